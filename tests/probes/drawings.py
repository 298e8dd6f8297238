"""Where a number can sit in a drawing of Windows: metafiles, enhanced or not."""

from __future__ import annotations

import io
import struct

from PIL import Image

from probes.pictures import code
from probes.probe import Maker, probes, told

ASCII = "My Number: "


def record(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def emf(*records: bytes, title: str = "") -> bytes:
    """An enhanced metafile of these records."""
    said = f"memo\0{title}\0\0".encode("utf-16-le") if title else b""
    described = struct.pack("<II", len(said) // 2, 108 if said else 0)
    header = bytes(32) + b" EMF" + bytes(16) + described + bytes(32) + bytes(4) + said
    return record(1, header) + b"".join(records) + record(14, bytes(12))


def output(text: str, left: int = 0, top: int = 0) -> bytes:
    head = struct.pack("<iiIIII16xI", left, top, len(text), 76, 0, 0, 0)[:40]
    return record(84, bytes(28) + head + text.encode("utf-16-le"))


def commented(data: bytes) -> bytes:
    return record(70, struct.pack("<I", len(data)) + data)


def plus(kind: int, body: bytes, flags: int = 0, whole: int = 0) -> bytes:
    """A record of EMF+ in a comment of its own; ``whole`` is the size of what goes on."""
    body += bytes(-len(body) % 4)
    more = struct.pack("<I", whole) if whole else b""
    head = struct.pack("<HHI", kind, flags, 12 + len(more) + len(body)) + more
    return commented(b"EMF+" + head + struct.pack("<I", len(body)) + body)


def string(text: str, left: float = 0.0, top: float = 0.0) -> bytes:
    head = struct.pack("<IIIffff", 0, 0, len(text), left, top, 100.0, 20.0)
    return plus(0x401C, head + text.encode("utf-16-le"))


def driver_string(text: str, left: float = 0.0, top: float = 0.0) -> bytes:
    head = struct.pack("<IIII", 0, 1, 0, len(text)) + text.encode("utf-16-le")
    return plus(0x4036, head + b"".join(struct.pack("<ff", left, top) for _ in text))


def image(data: bytes, kind: int = 1) -> bytes:
    """An object of EMF+: a bitmap that is a file, or a metafile."""
    if kind == 2:
        return struct.pack("<IIII", 0xDBC01002, 2, 3, len(data)) + data
    return struct.pack("<IIiiiII", 0xDBC01002, 1, 0, 0, 0, 0, 1) + data


def pixels(n: str) -> bytes:
    """A bitmap without a header of its own."""
    with Image.open(io.BytesIO(code(n))) as drawn:
        plain = drawn.convert("RGBA")
    width, height = plain.size
    head = struct.pack("<IIiiiII", 0xDBC01002, 1, width, height, 4 * width, 0x26200A, 0)
    return head + plain.tobytes("raw", "BGRA")


def continued(data: bytes, size: int = 400) -> bytes:
    """An object in several records, each in a comment of its own."""
    data += bytes(-len(data) % 4)
    cuts = range(0, len(data), size)
    return b"".join(
        plus(0x4008, data[at : at + size], 0x8507, len(data))
        if at + size < len(data)
        else plus(0x4008, data[at : at + size], 0x0507)
        for at in cuts
    )


def wmf(*records: tuple[int, bytes]) -> bytes:
    body = b""
    for kind, written in records:
        said = written + bytes(len(written) % 2)
        body += struct.pack("<IH", 3 + len(said) // 2, kind) + said
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0)
    return b"\xd7\xcd\xc6\x9a" + bytes(18) + head + body + struct.pack("<IH", 3, 0)


def narrow(text: str, left: int = 0, top: int = 0) -> tuple[int, bytes]:
    raw = text.encode("cp932")
    return 0x0521, struct.pack("<H", len(raw)) + raw + bytes(len(raw) % 2) + struct.pack(
        "<hh", top, left
    )


EMF: dict[str, Maker] = {
    "text": lambda n: emf(output(told(n))),
    "digits drawn one by one": lambda n: emf(
        output("個人番号："), *(output(digit, 200 + 9 * at) for at, digit in enumerate(n))
    ),
    "groups of digits beside each other": lambda n: emf(
        output("個人番号"), *(output(n[at : at + 4], 200 + 20 * at) for at in (0, 4, 8))
    ),
    "title": lambda n: emf(output("memo"), title=told(n)),
    "comment of a program": lambda n: emf(output("memo"), commented(f"TOOL{ASCII}{n}".encode())),
    "string of EMF+": lambda n: emf(string(told(n))),
    "digits of EMF+ drawn one by one": lambda n: emf(
        string("個人番号"), *(driver_string(digit, 90 + 7.5 * at) for at, digit in enumerate(n))
    ),
    "driver string of EMF+": lambda n: emf(driver_string(told(n))),
    "QR code of EMF+": lambda n: emf(string("memo"), plus(0x4008, image(code(n)), 0x507)),
    "QR code of EMF+ in several records": lambda n: emf(continued(image(code(n)))),
    "QR code of EMF+ in bare pixels": lambda n: emf(continued(pixels(n), 60_000)),
    "metafile in EMF+": lambda n: emf(continued(image(emf(output(told(n))), 2), 60)),
}
WMF: dict[str, Maker] = {
    "text": lambda n: wmf(narrow(told(n))),
    "digits drawn one by one": lambda n: wmf(
        narrow("個人番号"), *(narrow(digit, 90 + 8 * at) for at, digit in enumerate(n))
    ),
    "escape of a program": lambda n: wmf(
        narrow("memo"), (0x0626, struct.pack("<HH", 15, 40) + f"TOOL{ASCII}{n}".encode())
    ),
}
BEYOND = EMF | WMF
PROBES = (*probes("emf", EMF), *probes("wmf", WMF))
