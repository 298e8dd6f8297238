"""Where a number can sit behind the end of another file: two files in one."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile

from PIL import Image

from probes.archives import tar
from probes.excel import workbook
from probes.paper import pdf, show
from probes.probe import Maker, probes, table, told, zipped
from probes.word import SAID, inside
from probes.writing import database

PAGE = "<!DOCTYPE html><html><head><title>memo</title></head><body><p>memo</p></body></html>\n"


def picture(kind: str) -> bytes:
    """A picture too small to hold any writing."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 40)).save(out, kind)
    return out.getvalue()


def archive(n: str) -> bytes:
    return zipped({"a.csv": table(n)})


def program(overlay: bytes, signature: bytes = b"") -> bytes:
    """A program of Windows with one section, something behind it, and a signature behind that."""
    head = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64) + b"PE\0\0"
    head += struct.pack("<HHIIIHH", 0x14C, 1, 0, 0, 0, 224, 0x102)
    start = 64 + 24 + 224 + 40
    at = start + 512 + len(overlay) if signature else 0
    options = struct.pack("<H", 0x10B).ljust(128, b"\0") + struct.pack("<II", at, len(signature))
    section = b".text\0\0\0" + struct.pack("<IIII", 512, 4096, 512, start) + bytes(16)
    return head + options.ljust(224, b"\0") + section + bytes(512) + overlay + signature


def woven(n: str) -> bytes:
    """A PDF whose table of objects lies in the comment of a zip, which lies behind its objects."""
    objects, _, end = MEMO.rpartition(b"xref\n0")
    table_ = (b"xref\n0" + end).rpartition(b"startxref")[0]
    packed = zipped({"a.csv": table(n)}, zipfile.ZIP_STORED)
    start = len(objects) + len(packed)
    comment = table_ + b"startxref\n%d\n%%%%EOF\n" % start
    return objects + packed[:-2] + struct.pack("<H", len(comment)) + comment


def moved(n: str) -> bytes:
    """A zip whose directory counts from the beginning of the picture before it."""
    out = io.BytesIO()
    out.write(picture("PNG"))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(zipfile.ZipInfo("a.csv"), table(n))
    return out.getvalue()


MEMO = pdf(show("memo"))
PDF: dict[str, Maker] = {
    "zip behind the end": lambda n: MEMO + archive(n),
    "zip around a PDF behind the end": lambda n: (
        MEMO + zipped({"a.csv": table(n), "memo.pdf": MEMO}, zipfile.ZIP_STORED)
    ),
    "zip woven into it": woven,
    "tar.gz behind the end": lambda n: MEMO + tar(n, "w:gz"),
    "workbook behind the end": lambda n: MEMO + workbook(n),
    "text behind the end": lambda n: MEMO + told(n).encode("cp932"),
}
HTML: dict[str, Maker] = {
    "zip behind the end": lambda n: PAGE.encode() + archive(n),
    "xz behind the end": lambda n: PAGE.encode() + lzma.compress(table(n)),
    "zip behind a long page": lambda n: (
        PAGE.replace("memo", "memo " * 9_000, 1).encode() + archive(n)
    ),
}
NAMES = {"png": "PNG", "gif": "GIF", "jpg": "JPEG", "bmp": "BMP", "webp": "WEBP"}


def behind_a_picture(kind: str) -> dict[str, Maker]:
    before = picture(NAMES[kind])
    return {
        "zip behind the end": lambda n: before + archive(n),
        "text behind the end": lambda n: before + told(n).encode("cp932"),
    }


BEYOND = PDF | HTML
PROBES = (
    *probes("pdf", PDF),
    *probes("html", HTML),
    *(probe for kind in NAMES for probe in probes(kind, behind_a_picture(kind))),
    *probes("png", {"zip that counts from the picture": moved}),
    *probes("jpg", {"Word document behind the end": lambda n: picture("JPEG") + inside(SAID)(n)}),
    *probes("gif", {"gzip behind the end": lambda n: picture("GIF") + gzip.compress(table(n))}),
    *probes(
        "exe",
        {
            "zip behind the sections": lambda n: program(archive(n)),
            "xz behind the sections": lambda n: program(lzma.compress(table(n))),
            "zip before the signature": lambda n: program(archive(n), bytes(range(256)) * 8),
        },
    ),
    *probes(
        "csv",
        {"zip behind a long table": lambda n: b"memo,memo\r\n" * 20_000 + archive(n)},
    ),
    *probes("docx", {"xz behind the end": lambda n: inside("")("x") + lzma.compress(table(n))}),
    *probes("zip", {"gzip behind the end": lambda n: archive("x") + gzip.compress(table(n))}),
    *probes("rtf", {"zip behind the end": lambda n: rb"{\rtf1 memo}" + archive(n)}),
    *probes("sqlite", {"zip behind the end": lambda n: database("memo")("1") + archive(n)}, "a.db"),
)
