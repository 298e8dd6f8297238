"""Pictures: dimensions that lie, dots without end, and notes that unpack to gigabytes."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from auditor.model import Reason, State
from hostile.hostile import Set, chunk, noise, zlibbed

SET = Set()
MALFORMED, OFF, LARGE = Reason.MALFORMED, Reason.OCR_OFF, Reason.TOO_LARGE
PNG = b"\x89PNG\r\n\x1a\n"
END = chunk(b"IEND", b"")


def header(width: int, height: int, depth: int = 8, kind: int = 2) -> bytes:
    """The first chunk of a PNG."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))


def saved(kind: str, size: tuple[int, int] = (64, 64), **more: object) -> bytes:
    """A good picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **more)
    return out.getvalue()


@SET.add("a.png", OFF, LARGE, state=State.SKIPPED)
def dots() -> bytes:
    """Sixty thousand by sixty thousand dots in a file of ten megabytes."""
    return PNG + header(60_000, 60_000, 1, 0) + chunk(b"IDAT", zlibbed(450 << 20)) + END


@SET.add("a.png", OFF, LARGE, state=State.SKIPPED)
def lying_dimensions() -> bytes:
    """Two thousand million by two thousand million dots, and data for ten."""
    return PNG + header(0x7FFFFFFF, 0x7FFFFFFF) + chunk(b"IDAT", zlib.compress(bytes(40))) + END


@SET.add("a.png", OFF, MALFORMED)
def packed_notes() -> bytes:
    """Notes of a GiB each, packed in three ways."""
    text = zlibbed(1 << 30, b"a")
    notes = chunk(b"zTXt", b"a\0\0" + text) + chunk(b"iTXt", b"b\0\1\0\0\0" + text)
    notes += chunk(b"iCCP", b"c\0\0" + text) + chunk(b"tEXt", b"note\0words")
    good = saved("PNG")
    return good[:33] + notes + good[33:]


@SET.add("a.png", OFF, MALFORMED)
def chunk_lengths() -> bytes:
    """Chunks that are longer than the file."""
    return PNG + header(64, 64) + b"\xff\xff\xff\xf0tEXt" + noise(300, "png")


@SET.add("a.png", OFF)
def hundred_thousand_chunks() -> bytes:
    """Chunks of nothing."""
    good = saved("PNG")
    return good[:33] + chunk(b"tEXt", b"a\0b") * 100_000 + good[33:]


@SET.add("a.jpg", OFF, LARGE, state=State.SKIPPED)
def jpeg_dimensions() -> bytes:
    """65,535 by 65,535 dots, and data for some."""
    good = bytearray(saved("JPEG"))
    at = good.index(b"\xff\xc0")
    good[at + 5 : at + 9] = b"\xff" * 4
    return bytes(good)


@SET.add("a.jpg", Reason.TIMEOUT)
def jpeg_scans() -> bytes:
    """A progressive picture with thousands of scans, each of which is read over all dots."""
    good = saved("JPEG", (4_000, 4_000), progressive=True)
    at = good.rindex(b"\xff\xda")
    return good[:at] + good[at:-2] * 2_000 + good[-2:]


@SET.add("a.jpg", OFF, state=State.SKIPPED)
def exif_loop() -> bytes:
    """A list of notes that follows itself, with counts of four thousand million."""
    rows = struct.pack("<HHII", 0x9286, 7, 0xFFFFFFFF, 8) + struct.pack("<HHII", 0x8769, 4, 1, 8)
    notes = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 2) + rows + struct.pack("<I", 8)
    good = saved("JPEG")
    return good[:2] + b"\xff\xe1" + struct.pack(">H", len(notes) + 2) + notes + good[2:]


@SET.add("a.tif", OFF, state=State.SKIPPED)
def tiff_loop() -> bytes:
    """A page that is followed by itself."""
    good = bytearray(saved("TIFF"))
    (at,) = struct.unpack_from("<I", good, 4)
    (count,) = struct.unpack_from("<H", good, at)
    struct.pack_into("<I", good, at + 2 + 12 * count, at)
    return bytes(good)


@SET.add("a.tif", OFF, LARGE, state=State.SKIPPED)
def tiff_counts() -> bytes:
    """Strips of four thousand million entries, and dimensions to match."""
    rows = (
        (256, 4, 1, 0x7FFFFFFF), (257, 4, 1, 0x7FFFFFFF), (258, 3, 1, 8), (259, 3, 1, 5),
        (262, 3, 1, 1), (273, 4, 0xFFFFFFFF, 8), (278, 4, 1, 1), (279, 4, 0xFFFFFFFF, 8),
    )  # fmt: skip
    body = b"".join(struct.pack("<HHII", *row) for row in rows)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(rows)) + body + bytes(4) + noise(99, "tif")


@SET.add("a.tif", Reason.TOO_MANY_MEMBERS, state=State.FAILED)
def tiff_pages() -> bytes:
    """Three hundred pages."""
    page = Image.new("1", (32, 32))
    out = io.BytesIO()
    page.save(out, "TIFF", save_all=True, append_images=[page] * 300)
    return out.getvalue()


@SET.add("a.gif", OFF, LARGE, state=State.SKIPPED)
def gif_frames() -> bytes:
    """Ten thousand frames of 65,535 by 65,535 dots."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 0xFFFF, 0xFFFF, 0) + b"\x02\x02\x4c\x01\x00"
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 0xFFFF, 0xFFFF, 0x80, 0, 0)
        + bytes(6)
        + frame * 10_000
        + b";"
    )


@SET.add("a.bmp", OFF, MALFORMED, state=State.FAILED)
def bmp_dimensions() -> bytes:
    """Lines of negative length, and runs that fill the world."""
    facts = struct.pack(
        "<IiiHHIIiiII", 40, 0x7FFFFFFF, -0x7FFFFFFF, 1, 8, 1, 0, 0, 0, 0xFFFFFFFF, 0
    )
    return b"BM" + struct.pack("<IHHI", 0xFFFFFFFF, 0, 0, 54) + facts + b"\xff\x01" * 900


@SET.add("a.webp", OFF, MALFORMED)
def webp_sizes() -> bytes:
    """A canvas of 16 million by 16 million dots without a picture."""
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + b"\xff" * 6
    return b"RIFF" + struct.pack("<I", 0xFFFFFFFF) + body + b"EXIF\xff\xff\xff\x7f"


@SET.add("a.ico", OFF, MALFORMED, state=State.FAILED)
def icons() -> bytes:
    """65,535 pictures at one place, which is the list of them."""
    entry = struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, 0xFFFFFFFF, 6)
    return struct.pack("<HHH", 0, 1, 0xFFFF) + entry * 65_535


@SET.add("a.psd", Reason.UNSUPPORTED_FORMAT, state=State.SKIPPED)
def layers() -> bytes:
    """A canvas of 300,000 by 300,000 dots in 56 channels, and resources of four GB."""
    return (
        b"8BPS\0\1"
        + bytes(6)
        + struct.pack(">HIIHH", 56, 300_000, 300_000, 8, 3)
        + b"\0\0\0\0\xff\xff\xff\xff"
    )
