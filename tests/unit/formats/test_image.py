from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
import zxingcpp
from PIL import Image, PngImagePlugin


def code(text: str, kind=zxingcpp.BarcodeFormat.QRCode) -> Image.Image:
    made = zxingcpp.create_barcode(text, kind)
    return Image.fromarray(np.array(made.to_image(scale=4)))


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_codes_are_read_and_the_rest_is_a_gap(read, kind: str) -> None:
    reading = read(saved(code("in a code"), kind), "x.txt")
    assert reading.format == "image"
    assert reading.texts["QR code"] == "in a code"
    assert reading.reasons == ["ocr_off"]


def test_bar_codes_and_turned_pictures(read) -> None:
    bars = saved(code("BARS12", zxingcpp.BarcodeFormat.Code128), "PNG")
    assert read(bars).texts["bar code"] == "BARS12"
    assert read(saved(code("x").rotate(90, expand=True), "PNG")).texts["QR code"] == "x"


def test_metadata(read) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "in a note")
    reading = read(saved(Image.new("RGB", (100, 100)), "PNG", pnginfo=notes))
    assert reading.texts["metadata"] == "Comment: in a note"
    exif = Image.Exif()
    exif[0x010E] = "in EXIF"
    assert "in EXIF" in read(saved(Image.new("RGB", (99, 99)), "JPEG", exif=exif)).words


def test_every_page(read) -> None:
    pages = saved(code("one"), "TIFF", save_all=True, append_images=[code("two")])
    assert read(pages).texts["page 2 › QR code"] == "two"


def test_icons_hold_nothing_to_read(read) -> None:
    assert read(saved(Image.new("RGB", (32, 32)), "PNG")).gaps == []
    assert read(saved(Image.new("RGB", (600, 2)), "PNG")).gaps == []


@pytest.mark.parametrize(
    "head",
    [
        b"\0\0\0\x18ftypheic",
        b"\1\0\0\0" + b"\0" * 36 + b" EMF",
        b"\xd7\xcd\xc6\x9a",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
    ],
)
def test_what_cannot_be_opened_is_never_complete(read, head: bytes) -> None:
    assert "ocr_off" in read(head + b"\0" * 100).reasons


def test_pixel_bombs_are_not_unpacked(read) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels)
    assert "too_large" in read(bomb + chunk(b"IEND", b"")).reasons


def test_numbers_of_goods_are_no_text(read) -> None:
    goods = code("4901234567894", zxingcpp.BarcodeFormat.EAN13)
    assert "bar code" not in read(saved(goods, "PNG")).texts


@pytest.mark.parametrize("size", [(5_000, 3_600), (380, 9_000), (3_000, 200)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_codes_in_large_and_in_long_pictures(read, size: tuple[int, int], kind: str) -> None:
    page = Image.new("RGB", size, "white")
    mark = code("far off").resize((180, 180) if min(size) < 1_000 else (700, 700))
    page.paste(mark, (size[0] - mark.width - 10, size[1] - mark.height - 10))
    assert read(saved(page, kind)).texts["QR code"] == "far off"
