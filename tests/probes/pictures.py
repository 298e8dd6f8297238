"""Where a number can sit in a picture."""

from __future__ import annotations

import functools
import io
from typing import Any

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from probes.probe import SUSPECT, probes, table, told, zipped

KOJIN = "個人番号"


def drawn(text: str, kind: Any = zxingcpp.BarcodeFormat.QRCode, scale: int = 4) -> Image.Image:
    """A code that says ``text``."""
    made = zxingcpp.create_barcode(text, kind)
    return Image.fromarray(np.array(made.to_image(scale=scale)))


def saved(image: Image.Image, kind: str = "PNG", **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def code(text: str) -> bytes:
    """A picture file of a QR code."""
    return saved(drawn(text))


@functools.cache
def blank(size: int = 40) -> Image.Image:
    return Image.new("RGB", (size, size), "white")


def png_text(n: str, *, packed: bool = False, wide: bool = False) -> bytes:
    notes = PngInfo()
    if wide:
        notes.add_itxt("Description", told(n))
    else:
        notes.add_text("Description", f"My Number: {n}", zip=packed)
    return saved(blank(), pnginfo=notes)


def exif(tag: int, value: Any) -> bytes:
    made = Image.Exif()
    made[tag] = value
    return saved(blank(), "JPEG", exif=made)


def user_comment(n: str) -> bytes:
    made = Image.Exif()
    made.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + told(n).encode("utf-16-le")
    return saved(blank(), "JPEG", exif=made)


def xmp(n: str) -> bytes:
    packet = f'<x:xmpmeta xmlns:x="x"><dc:title>{told(n)}</dc:title></x:xmpmeta>'.encode()
    return saved(blank(), "JPEG", xmp=packet)


def iptc(n: str) -> bytes:
    said = told(n).encode()
    record = b"\x1c\x02\x78" + len(said).to_bytes(2, "big") + said
    record += b"\0" * (len(record) % 2)
    resource = b"8BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record
    segment = b"Photoshop 3.0\0" + resource
    whole = saved(blank(), "JPEG")
    return whole[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment + whole[2:]


def second(n: str, kind: str) -> bytes:
    """A code on the second page of a picture file."""
    after = drawn(told(n)).convert("RGB")
    first = Image.new("RGB", after.size, "white")
    return saved(first, kind, save_all=True, append_images=[after])


def written(n: str) -> bytes:
    """Digits drawn as a picture."""
    image = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(image).text((20, 40), n, "black")
    return saved(image)


def inverted(n: str) -> bytes:
    return saved(Image.eval(drawn(told(n)).convert("L"), lambda value: 255 - value))


BAR = zxingcpp.BarcodeFormat
PROBES = (
    *probes(
        "png",
        {
            "QR code": lambda n: code(told(n)),
            "QR code, turned": lambda n: saved(
                drawn(told(n)).convert("L").rotate(20, expand=True, fillcolor=255)
            ),
            "QR code, white on black": inverted,
            "Data Matrix": lambda n: saved(drawn(f"My Number: {n}", BAR.DataMatrix)),
            "Aztec code": lambda n: saved(drawn(f"My Number: {n}", BAR.Aztec)),
            "text chunk": png_text,
            "packed text chunk": lambda n: png_text(n, packed=True),
            "international text chunk": lambda n: png_text(n, wide=True),
            "zip behind the picture": lambda n: saved(blank()) + zipped({"a.csv": table(n)}),
        },
    ),
    *probes("png", {"bar code": lambda n: saved(drawn(n, BAR.Code128))}, f"{KOJIN}.png"),
    *probes("png", {"writing without OCR": written}, f"{KOJIN}.png", SUSPECT),
    *probes("png", {"writing, said to be unread": written}, "a.png", "ocr_off"),
    *probes("gif", {"QR code of the second frame": lambda n: second(n, "GIF")}),
    *probes("tiff", {"QR code of the second page": lambda n: second(n, "TIFF")}),
    *probes(
        "tiff",
        {"description": lambda n: saved(blank(), "TIFF", description=f"My Number: {n}")},
    ),
    *probes("webp", {"QR code": lambda n: saved(drawn(told(n)), "WEBP", lossless=True)}),
    *probes("bmp", {"QR code": lambda n: saved(drawn(told(n)), "BMP")}),
    *probes(
        "jpeg",
        {
            "description": lambda n: exif(0x010E, f"My Number: {n}"),
            "Windows comment": lambda n: exif(0x9C9C, told(n).encode("utf-16-le")),
            "user comment in UTF-16": user_comment,
            "comment": lambda n: saved(blank(), "JPEG", comment=told(n).encode()),
            "XMP": xmp,
            "IPTC caption": iptc,
        },
    ),
)
