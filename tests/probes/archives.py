"""Where a number can sit in an archive, or in a file that is not what its name says."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from typing import Any

from probes.excel import workbook
from probes.probe import Maker, probes, table, told, zipped
from probes.slides import package as slides
from probes.word import SAID, inside

ASCII = "My Number: "


def packed(n: str, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    return zipped({"a.csv": table(n)}, kind)


def tar(n: str, mode: str = "w", **more: Any) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        data = table(n)
        info = tarfile.TarInfo("a.csv")
        info.size = len(data)
        for key, value in more.items():
            setattr(info, key, value)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def sealed(n: str) -> bytes:
    """A zip whose member says that it is encrypted."""
    whole = bytearray(packed(n))
    whole[6] |= 1
    whole[whole.find(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def commented(n: str) -> bytes:
    out = io.BytesIO(packed("x"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = told(n).encode("cp932")
    return out.getvalue()


def named(n: str) -> bytes:
    """A member with a name in CP932, as Windows writes it."""
    name = f"個人番号_{n}.txt".encode("cp932")
    whole = zipped({"x" * len(name): b"memo"})
    return whole.replace(b"x" * len(name), name)


def gzipped(n: str, name: str = "") -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=out, mtime=0) as stream:
        stream.write(table(n))
    return out.getvalue()


def gzip_comment(n: str) -> bytes:
    """A gzip file with a comment in its header."""
    body = zlib.compress(b"memo", wbits=-15)
    said = f"{ASCII}{n}".encode() + b"\0"
    end = struct.pack("<II", zlib.crc32(b"memo"), 4)
    return b"\x1f\x8b\x08\x10\0\0\0\0\0\x03" + said + body + end


def cpio(n: str) -> bytes:
    out = b""
    for name, data in (("a.csv", table(n)), ("TRAILER!!!", b"")):
        raw = name.encode() + b"\0"
        fields = [0] * 13
        fields[1], fields[6], fields[11] = 0o100644, len(data), len(raw)
        head = b"070701" + "".join(f"{value:08x}" for value in fields).encode() + raw
        out += head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4)
    return out


def ar(n: str) -> bytes:
    data = table(n)
    head = f"{'a.csv/':<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode()
    return b"!<arch>\n" + head + data + b"\n" * (len(data) % 2)


def deep(n: str) -> bytes:
    data = table(n)
    for level in range(6):
        data = zipped({"a.zip" if level else "a.csv": data})
    return data


NAMED: dict[str, Maker] = {
    "member": packed,
    "zip in a zip": lambda n: zipped({"b.zip": packed(n)}),
    "LZMA": lambda n: packed(n, zipfile.ZIP_LZMA),
    "behind junk": lambda n: b"junk" * 500 + packed(n),
    "name in CP932": named,
}
BEYOND: dict[str, Maker] = {
    "bzip2": lambda n: packed(n, zipfile.ZIP_BZIP2),
    "comment": commented,
    "name of a folder": lambda n: zipped({f"個人番号_{n}/a.txt": b"memo"}),
    "name of an empty folder": lambda n: zipped({f"個人番号_{n}/": b"", "a.txt": b"memo"}),
    "directory lost": lambda n: packed(n).partition(b"PK\x01\x02")[0],
    "six zips deep": deep,
    "member of no known kind": lambda n: zipped(
        {"a.bin": b"\0\1\xfe" * 50 + f"\0{ASCII}{n}\0".encode()}
    ),
}
PROBES = (
    *probes("zip", NAMED | BEYOND),
    *probes("zip", {"encrypted": sealed}, expects="password_protected"),
    *probes("zip", {"encrypted, named so": sealed}, "マイナンバー.zip", "suspect"),
    *probes(
        "epub",
        {
            "page": lambda n: zipped(
                {"mimetype": "application/epub+zip", "a.xhtml": f"<html><p>{told(n)}</p></html>"}
            )
        },
    ),
    *probes(
        "xps",
        {
            "glyphs": lambda n: zipped(
                {
                    "[Content_Types].xml": "<Types/>",
                    "Documents/1/Pages/1.fpage": "<FixedPage><Glyphs "
                    f'UnicodeString="{told(n)}"/></FixedPage>',
                }
            )
        },
    ),
    *probes(
        "tar",
        {
            "member": tar,
            "owner": lambda n: tar("x", uname=f"{ASCII}{n}"),
            "target of a link": lambda n: tar("x", type=tarfile.SYMTYPE, linkname=f"個人番号{n}"),
        },
    ),
    *probes("tgz", {"member": lambda n: tar(n, "w:gz")}),
    *probes(
        "gz",
        {
            "content": gzipped,
            "name": lambda n: gzipped("x", f"mynumber_{n}.csv"),
            "comment": gzip_comment,
            "second stream": lambda n: gzipped("x") + gzipped(n),
        },
    ),
    *probes("bz2", {"content": lambda n: bz2.compress(table(n))}),
    *probes("xz", {"content": lambda n: lzma.compress(table(n))}),
    *probes("lzma", {"content": lambda n: lzma.compress(table(n), lzma.FORMAT_ALONE)}),
    *probes("cpio", {"member": cpio}),
    *probes("ar", {"member": ar}),
    *probes(
        "bin",
        {
            "Word document": inside(SAID),
            "Excel workbook": workbook,
            "presentation": lambda n: slides(f"<a:t>{told(n)}</a:t>"),
            "text": lambda n: told(n).encode("cp932"),
            "ASCII between bytes": lambda n: bytes(range(256)) * 9 + f"{ASCII}{n}\0".encode(),
            "UTF-16 between bytes": lambda n: (
                bytes(range(256)) * 9 + b"\0" * 3 + told(n).encode("utf-16-le") + b"\0\0"
            ),
        },
    ),
    *probes("jpg", {"CSV in truth": table}),
)
