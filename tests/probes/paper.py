"""A small writer of PDF files: objects as they are given, and a table of where they stand."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

PAGE = (
    "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>{}>>/Contents 4 0 R"
)
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def string(text: str) -> str:
    """A text string as hexadecimal UTF-16."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def stream(data: bytes, more: str = "", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        data, more = zlib.compress(data), more + "/Filter/FlateDecode"
    return f"<<{more}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def show(text: str, x: float = 72, y: float = 700, size: float = 12) -> str:
    """Operators that show ``text``."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def pdf(
    content: str = "",
    page: str = "",
    catalog: str = "",
    objects: Sequence[bytes | str] = (),
    info: str = "",
    resources: str = "",
) -> bytes:
    """A document of one page.

    Args:
        content: operators of the page.
        page: more entries of the page's dictionary.
        catalog: more entries of the document's.
        objects: more objects, numbered from 6.
        info: entries of the properties.
        resources: more entries of the page's resources.
    """
    bodies: list[bytes | str] = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<<{PAGE.format(resources)}{page}>>",
        stream((content or show("memo")).encode("latin-1")),
        FONT,
        *objects,
        f"<<{info}>>",
    ]
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        raw = body if isinstance(body, bytes) else body.encode("latin-1")
        out += f"{number} 0 obj\n".encode() + raw + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(bodies) + 1}/Root 1 0 R/Info {len(bodies)} 0 R>>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
