"""Where a number can sit on the pages of a PDF document."""

from __future__ import annotations

import base64
import io
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from probes import pictures
from probes.paper import pdf, show, stream, string
from probes.probe import SUSPECT, Maker, probes, told

LABEL = "My Number: "


def canvassed(draw: Any, **more: Any) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, invariant=1, **more)
    draw(page)
    page.save()
    return out.getvalue()


def japanese(n: str, *, upright: bool = False) -> bytes:
    """In one of the fonts that every reader has for Japanese."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=upright))

    def draw(page: Any) -> None:
        page.setFont("HeiseiMin-W3", 12)
        page.drawString(200, 700, told(n))

    return canvassed(draw)


def boxes(n: str, *, order: int = 1, ruled: bool = True) -> bytes:
    """A digit a box, as forms have it; drawn backwards when ``order`` is -1."""
    drawn = [show(digit, 200 + 20 * index) for index, digit in enumerate(n)]
    lines = "".join(f"{195 + 20 * i} 690 20 24 re S\n" for i in range(12)) if ruled else ""
    return pdf(lines + show(LABEL) + "".join(drawn[::order]))


def spaced(n: str) -> bytes:
    shown = " ".join(f"({digit}) -900" for digit in n)
    return pdf(show(LABEL) + f"BT /F1 12 Tf 200 700 Td [{shown}] TJ ET")


def three(n: str) -> bytes:
    return pdf(show(LABEL) + "".join(show(n[4 * i : 4 * i + 4], 200 + 60 * i) for i in range(3)))


def upright(n: str) -> bytes:
    return pdf(show(LABEL) + "".join(show(digit, 72, 680 - 16 * i) for i, digit in enumerate(n)))


def layer(n: str) -> bytes:
    group = "/OC/Layer BDC\n" + show(LABEL + n) + "EMC\n"
    return pdf(
        show("memo", y=300) + group,
        resources="/Properties<</Layer 6 0 R>>",
        catalog="/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
        objects=["<</Type/OCG/Name(layer)>>"],
    )


def within_a_form(n: str) -> bytes:
    inner = stream(
        show(LABEL + n).encode(),
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>",
    )
    return pdf("/X1 Do", resources="/XObject<</X1 6 0 R>>", objects=[inner])


def earlier(n: str) -> bytes:
    """A page that was overwritten by a later version of the file."""
    first = pdf(show(LABEL + n), page="/Annots[]")
    at = len(first)
    new = stream(show("redacted").encode())
    update = b"4 0 obj\n" + new + b"\nendobj\n"
    start = at + len(update)
    before = first.rindex(b"startxref") + 10
    previous = first[before : first.index(b"\n", before)].decode()
    update += f"xref\n4 1\n{at:010} 00000 n \n".encode()
    update += (
        f"trailer\n<</Size 7/Root 1 0 R/Prev {previous}>>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return first + update


def pictured(image: Any, x: int = 100, side: int = 300) -> bytes:
    return canvassed(lambda page: page.drawImage(ImageReader(image), x, 300, side, side))


def vector_code(n: str) -> bytes:
    """A QR code drawn as squares."""
    image = pictures.drawn(told(n), scale=1).convert("L")
    dark = [
        f"{100 + 4 * x} {600 - 4 * y} 4 4 re f"
        for y in range(image.height)
        for x in range(image.width)
        if not image.getpixel((x, y))
    ]
    return pdf("\n".join(dark))


def locked(user: str) -> Maker:
    def made(n: str) -> bytes:
        seal = StandardEncryption(user, ownerPassword="owner", strength=128)
        return canvassed(lambda page: page.drawString(72, 700, LABEL + n), encrypt=seal)

    return made


def xdp(n: str) -> bytes:
    inner = base64.b64encode(pdf(show(LABEL + n))).decode()
    whole = f'<?xml version="1.0"?><xdp:xdp xmlns:xdp="x"><pdf><document><chunk>{inner}</chunk>'
    return whole.encode()


PAGES: dict[str, Maker] = {
    "page": lambda n: pdf(show(LABEL + n)),
    "page in Japanese": japanese,
    "turned page": lambda n: pdf(show(LABEL + n), page="/Rotate 90"),
    "turned text": lambda n: pdf(f"BT /F1 12 Tf 0 1 -1 0 300 300 Tm ({LABEL}{n}) Tj ET"),
    "one digit a box": boxes,
    "invisible text": lambda n: pdf(f"3 Tr {show(LABEL + n)}"),
    "white text": lambda n: pdf(f"1 1 1 rg {show(LABEL + n)}"),
    "hidden layer": layer,
}
PAGES_BEYOND: dict[str, Maker] = {
    "vertical writing": lambda n: japanese(n, upright=True),
    "one digit a box, drawn backwards": lambda n: boxes(n, order=-1),
    "one digit a place, without boxes": lambda n: boxes(n, ruled=False),
    "digits spaced out": spaced,
    "three groups": three,
    "one digit a line": upright,
    "beyond the edge of the page": lambda n: pdf(show(LABEL + n, x=900)),
    "outside the cropped part": lambda n: pdf(show(LABEL + n), page="/CropBox[0 0 300 300]"),
    "behind a black bar": lambda n: pdf(show(LABEL + n) + "60 690 400 30 re f"),
    "form object": within_a_form,
    "replacement text": lambda n: pdf(
        f"/Span<</ActualText{string(told(n))}>>BDC\n" + show("memo") + "EMC"
    ),
    "earlier version of the file": earlier,
    "QR code of a picture": lambda n: pictured(pictures.drawn(told(n))),
    "QR code as lines": vector_code,
}
DAMAGED: dict[str, Maker] = {
    "without its table of places": lambda n: pdf(show(LABEL + n)).partition(b"xref")[0],
    "cut off at the end": lambda n: pdf(show(LABEL + n))[:-60],
    "behind junk": lambda n: b"junk\r\n" * 20 + pdf(show(LABEL + n)),
    "empty password": locked(""),
}
PROBES = (
    *probes("pdf", PAGES | PAGES_BEYOND | DAMAGED),
    *probes("pdf", {"password": locked("user")}, expects="password_protected"),
    *probes(
        "pdf",
        {"scan without OCR": lambda n: pictured(pictures.blank(400))},
        "個人番号.pdf",
        SUSPECT,
    ),
    *probes(
        "pdf",
        {"nothing but a signature": lambda n: b"%PDF-1.7\n" + b"junk" * 99},
        expects="malformed",
    ),
    *probes("xdp", {"PDF in it": xdp}),
    *probes(
        "fdf",
        {
            "value of a field": lambda n: (
                b"%FDF-1.2\n1 0 obj\n<</FDF<</Fields[<</T(kojin)/V"
                + string(told(n)).encode()
                + b">>]>>>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
            )
        },
    ),
    *probes(
        "xfdf",
        {
            "value of a field": lambda n: (
                '<?xml version="1.0"?><xfdf><fields><field name="個人番号">'
                f"<value>{n}</value></field></fields></xfdf>".encode()
            )
        },
    ),
)
