"""Zip files that lie, overlap, nest, and lead outside."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from auditor.model import Reason, State
from hostile.hostile import Set, deflated
from probes.probe import zipped

SET = Set()
GIB = 1 << 30


def entry(
    name: bytes, body: bytes, *, size: int, method: int = 8, crc: int = 0, at: int = 0
) -> tuple[bytes, bytes]:
    """A local header with its body, and its entry of the directory; both say what they are told."""
    facts = struct.pack("<HHHHHIIIH", 20, 0, method, 0, 0, crc, len(body), size, len(name))
    local = b"PK\3\4" + facts + b"\0\0" + name + body
    listed = b"PK\1\2\x14\3" + facts + struct.pack("<HHHHII", 0, 0, 0, 0, 0o100644 << 16, at) + name
    return local, listed


def ended(body: bytes, directory: bytes, count: int) -> bytes:
    """A zip of these parts."""
    said = min(count, 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, said, said, len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


@SET.add("a.zip", Reason.TOO_LARGE, state=State.SKIPPED)
def flat() -> bytes:
    """Four GiB of zeros in one member of four megabytes."""
    return ended(*entry(b"a.txt", deflated(4 * GIB), size=0xFFFFFFFE), 1)


@SET.add("a.zip", Reason.MALFORMED, state=State.FAILED)
def says_little() -> bytes:
    """A member that says it has ten bytes, and has a GiB."""
    return ended(*entry(b"a.txt", deflated(GIB), size=10), 1)


@SET.add("a.zip", Reason.MALFORMED)
def says_much() -> bytes:
    """A member of ten bytes that says it has four GiB."""
    return ended(*entry(b"a.txt", b"too little", size=0xFFFFFFFE, method=0), 1)


@SET.add("42.zip", Reason.TOO_LARGE, Reason.UNSUPPORTED_FORMAT, state=State.SKIPPED)
def nested_sixteen_wide() -> bytes:
    """Sixteen zips in each of sixteen zips, five levels deep, 64 MiB in each of the last ones."""
    data = ended(*entry(b"0.dll", deflated(64 << 20), size=64 << 20), 1)
    for _ in range(5):
        data = zipped({f"lib {n}.zip": data for n in range(16)})
    return data


@SET.add("a.zip", Reason.TOO_DEEP, state=State.FAILED)
def two_hundred_deep() -> bytes:
    """A zip in a zip, two hundred times."""
    data = zipped({"a.txt": b"words"})
    for _ in range(200):
        data = zipped({"a.zip": data}, zipfile.ZIP_STORED)
    return data


@SET.add("a.zip", Reason.MALFORMED, Reason.TOO_MANY_MEMBERS, state=State.FAILED)
def overlapping() -> bytes:
    """Five thousand entries of the directory that share the bytes of one member."""
    local, listed = entry(b"a.txt", deflated(1 << 20), size=1 << 20)
    return ended(local, listed * 5_000, 5_000)


@SET.add("a.zip", Reason.TOO_MANY_MEMBERS)
def members_without_end() -> bytes:
    """Twenty thousand members of one letter."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_000):
            archive.writestr(zipfile.ZipInfo(f"{number}.txt"), b"x")
    return out.getvalue()


@SET.add("a.zip")
def leads_outside() -> bytes:
    """Members named with .., absolute paths, drives, devices and a newline."""
    names = ("../../../../tmp/out.txt", "/etc/cron.d/out", "C:\\Windows\\out.txt", "\\\\host\\out")
    return zipped(dict.fromkeys((*names, "CON", "a\nb\x1b[31m.txt", "..", "x" * 60_000), b"words"))


@SET.add("a.zip")
def symbolic_link() -> bytes:
    """A member that is a link to a file of this machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr(zipfile.ZipInfo("link.txt/below"), "words")
    return out.getvalue()


@SET.add("a.zip", Reason.MALFORMED)
def directory_elsewhere() -> bytes:
    """Counts and offsets of the directory that lead behind the end."""
    whole = bytearray(zipped({"a.txt": b"words that are still there"}))
    whole[-12:-2] = b"\xff" * 10
    return bytes(whole)


@SET.add("a.zip", Reason.MALFORMED)
def lying_zip64() -> bytes:
    """A 64-bit end of the directory that counts 2⁶⁴ − 1 entries."""
    local, listed = entry(b"a.txt", b"words", size=5, method=0)
    most = (1 << 64) - 1
    long = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, most, most, most, most)
    finder = b"PK\6\7" + struct.pack("<IQI", 0, len(local) + len(listed), 1)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return local + listed + long + finder + end


@SET.add("a.zip", Reason.UNSUPPORTED_FORMAT, state=State.SKIPPED)
def unknown_methods() -> bytes:
    """A member packed in a way that does not exist."""
    return ended(*entry(b"a.txt", b"words", size=5, method=77), 1)


@SET.add("a.zip", Reason.TOO_LARGE)
def beside_good_ones() -> bytes:
    """A bomb between two good members."""
    body = directory = b""
    for name, data in (
        (b"1.txt", zlib.compress(b"words", wbits=-15)),
        (b"2.txt", deflated(GIB)),
        (b"3.txt", zlib.compress(b"words", wbits=-15)),
    ):
        size, crc = (GIB, 0) if name == b"2.txt" else (5, zlib.crc32(b"words"))
        local, listed = entry(name, data, size=size, crc=crc, at=len(body))
        body, directory = body + local, directory + listed
    return ended(body, directory, 3)


@SET.add("a.zip", Reason.TOO_LARGE)
def many_small_bombs() -> bytes:
    """Two hundred members that expand three hundred times each: no single one is conspicuous."""
    data = b"words " * (1 << 18)
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(data) + packer.flush()
    body = directory = b""
    for number in range(200):
        name = b"%d.txt" % number
        local, listed = entry(name, packed, size=len(data), crc=zlib.crc32(data), at=len(body))
        body, directory = body + local, directory + listed
    return ended(body, directory, 200)
