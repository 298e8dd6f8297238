"""Where a number can sit beside what a picture, a recording, a program or an archive holds."""

from __future__ import annotations

import gzip
import io
import random
import struct
import tarfile
import zipfile
import zlib

from PIL import Image

from probes.pictures import blank, code, saved
from probes.probe import Maker, probes, told

ASCII = "My Number: "


def id3(n: str, codec: str = "utf-16", mark: bytes = b"\1") -> bytes:
    """A recording with a title."""
    frame = mark + told(n).encode(codec)
    body = b"TIT2" + struct.pack(">IH", len(frame), 0) + frame
    size = bytes((len(body) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + body + b"\xff\xfb\x90\0" * 400


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def film(n: str) -> bytes:
    """The comment of a film."""
    data = box(b"data", struct.pack(">II", 1, 0) + told(n).encode())
    tags = box(b"meta", bytes(4) + box(b"ilst", box(b"\xa9cmt", data)))
    noise = random.Random("film").randbytes(3_000)
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", noise) + box(b"moov", box(b"udta", tags))


def wave(n: str) -> bytes:
    said = told(n).encode("cp932") + b"\0"
    said += bytes(len(said) % 2)
    info = b"INFOICMT" + struct.pack("<I", len(said)) + said
    body = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    body += b"LIST" + struct.pack("<I", len(info)) + info + b"data" + struct.pack("<I", 0)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def resource(n: str) -> bytes:
    """A string of a program, as its resources have it."""
    words = "".join(f"{key}\0{value}\0" for key, value in (("Comments", told(n)),))
    return b"MZ" + bytes(range(256)) * 4 + words.encode("utf-16-le") + bytes(64)


def font(n: str) -> bytes:
    """A font whose description says it."""
    said = told(n).encode("utf-16-be")
    names = struct.pack(">HHH6H", 0, 1, 18, 3, 1, 0x411, 10, len(said), 0) + said
    head = b"\0\1\0\0" + struct.pack(">HHHH", 1, 16, 0, 0)
    return head + b"name" + struct.pack(">III", 0, 28, len(names)) + names + bytes(64)


def extra(n: str) -> bytes:
    """A field of a zip's member that no program knows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        body = f"{ASCII}{n}".encode()
        info.extra = struct.pack("<HH", 0x7777, len(body)) + body
        archive.writestr(info, b"memo")
    return out.getvalue()


def pax(n: str) -> bytes:
    """The comment of a member of a tar."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.pax_headers = {"comment": told(n)}
        archive.addfile(info)
    return out.getvalue()


def gzip_extra(n: str) -> bytes:
    """A field in the header of a gzip file."""
    body = f"{ASCII}{n}".encode()
    field = b"mn" + struct.pack("<H", len(body)) + body
    whole = gzip.compress(b"memo", mtime=0)
    return whole[:3] + b"\x04" + whole[4:10] + struct.pack("<H", len(field)) + field + whole[10:]


def chunked(n: str) -> bytes:
    """A chunk of a PNG that only its program knows."""
    body = f"{ASCII}{n}".encode()
    chunk = (
        struct.pack(">I", len(body))
        + b"myNo"
        + body
        + struct.pack(">I", zlib.crc32(b"myNo" + body))
    )
    plain = saved(blank())
    return plain[:33] + chunk + plain[33:]


def segment(mark: int, body: bytes) -> bytes:
    out = io.BytesIO()
    blank().save(out, "JPEG")
    data = out.getvalue()
    return data[:2] + struct.pack(">BBH", 0xFF, mark, 2 + len(body)) + body + data[2:]


def thumbnail(n: str) -> bytes:
    """A code in the small picture that a camera puts into the large one."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(code(n))) as drawn:
        drawn.convert("L").save(out, "JPEG", quality=90)
    small = out.getvalue()
    second = struct.pack("<H", 2)
    second += struct.pack("<HHII", 0x201, 4, 1, 8 + 6 + 2 + 24 + 4)
    second += struct.pack("<HHII", 0x202, 4, 1, len(small)) + bytes(4)
    head = b"II*\0" + struct.pack("<I", 8) + struct.pack("<HI", 0, 14)
    return segment(0xE1, b"Exif\0\0" + head + second + small)


def gif_words(kind: int, n: str) -> bytes:
    """Words in an extension of a GIF."""
    out = io.BytesIO()
    blank().save(out, "GIF")
    data = out.getvalue()
    said = f"{ASCII}{n}".encode()
    head = bytes((12,)) + bytes(12) if kind == 0x01 else b"\x0bMYTOOL\0\0\0\0\0"
    block = bytes((0x21, kind)) + head + bytes((len(said),)) + said + b"\0"
    return data[:-1] + block + data[-1:]


def both(value: int, size: int) -> bytes:
    """A number in either order of its bytes, one behind the other."""
    return value.to_bytes(size, "little") + value.to_bytes(size, "big")


def label_of_iso(n: str, codec: str = "ascii") -> bytes:
    """The publisher of a disc in the older system, which has an empty folder."""

    def folder(name: bytes) -> bytes:
        head = b"\x22\0" + both(20, 4) + both(2_048, 4) + b"\x64\1\1\0\0\0\0\2\0\0"
        return head + both(1, 2) + b"\1" + name

    def volume(kind: int, publisher: bytes) -> bytes:
        out = bytes((kind,)) + b"CD001\1\0" + b" " * 64 + bytes(8) + both(24, 4)
        out += (b"%/E" if kind == 2 else b"").ljust(32, b"\0") + both(1, 2) + both(1, 2)
        out += both(2_048, 2) + both(10, 4) + (22).to_bytes(4, "little") + bytes(4)
        out += (23).to_bytes(4, "big") + bytes(4) + folder(b"\0")
        blank = b"\0 " if kind == 2 else b" "
        fields = (b"", publisher, b"", b"")
        out += b"".join((one + blank * 128)[:128] for one in fields) + b" " * 111
        return (out + (b"0" * 16 + b"\0") * 4 + b"\1").ljust(2_048, b"\0")

    wide = codec != "ascii"
    first = volume(1, b"" if wide else f"{ASCII}{n}".encode())
    second = volume(2, told(n).encode(codec) if wide else b"")
    end = b"\xffCD001\1".ljust(2_048, b"\0")
    path = b"\1\0" + (20).to_bytes(4, "little") + b"\1\0\0\0"
    root = (folder(b"\0") + folder(b"\1")).ljust(2_048, b"\0")
    tables = bytes(2_048) + path.ljust(2_048, b"\0") + bytes(2_048)
    return bytes(32_768) + first + second + end + bytes(2_048) + root + tables


PICTURES: dict[str, Maker] = {"chunk of a program": chunked}
PHOTOGRAPHS: dict[str, Maker] = {
    "segment of a program": lambda n: segment(0xEB, f"{ASCII}{n}".encode()),
    "QR code of the small picture": thumbnail,
}
GIFS: dict[str, Maker] = {
    "plain text": lambda n: gif_words(0x01, n),
    "extension of a program": lambda n: gif_words(0xFF, n),
}
BEYOND = PICTURES | PHOTOGRAPHS | GIFS
PROBES = (
    *probes("png", PICTURES),
    *probes("jpeg", PHOTOGRAPHS),
    *probes("gif", GIFS),
    *probes("mp3", {"title": id3, "title in UTF-8": lambda n: id3(n, "utf-8", b"\3")}),
    *probes("mp4", {"comment": film}),
    *probes("wav", {"comment": wave}),
    *probes("dll", {"string of its resources": resource}),
    *probes("ttf", {"description": font}),
    *probes("zip", {"field of a member": extra}),
    *probes("tar", {"comment of a member": pax}),
    *probes("gz", {"field of the header": gzip_extra}),
    *probes(
        "iso",
        {
            "publisher": label_of_iso,
            "publisher in Japanese": lambda n: label_of_iso(n, "utf-16-be"),
        },
    ),
)
