"""Other archives and packed files: lies in headers, loops, and what leads outside."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zlib

from auditor.model import Reason, State
from hostile.hostile import Set, deflated, noise
from hostile.quine import quine
from probes.archives import ar, cpio

SET = Set()
MIB = 1 << 20
GIB = 1 << 30
MALFORMED = Reason.MALFORMED


def tar(*members: tuple[str, bytes, bytes, str]) -> bytes:
    """A tar of (name, type, data, link)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, data, link in members:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), link
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def summed(header: bytes) -> bytes:
    """A header of a tar with the checksum it needs."""
    blank = header[:148] + b" " * 8 + header[156:512]
    return blank[:148] + b"%06o\0 " % sum(blank) + blank[156:]


@SET.add("a.tar")
def tar_leads_outside() -> bytes:
    """Links, devices and names that lead outside of the archive."""
    return tar(
        ("../../tmp/out.txt", tarfile.REGTYPE, b"words", ""),
        ("/etc/cron.d/out", tarfile.REGTYPE, b"words", ""),
        ("link", tarfile.SYMTYPE, b"", "/etc/passwd"),
        ("link/below.txt", tarfile.REGTYPE, b"words", ""),
        ("hard", tarfile.LNKTYPE, b"", "/etc/shadow"),
        ("self", tarfile.LNKTYPE, b"", "self"),
        ("loop", tarfile.SYMTYPE, b"", "loop"),
        ("null", tarfile.CHRTYPE, b"", ""),
        ("pipe", tarfile.FIFOTYPE, b"", ""),
    )


@SET.add("a.tar", MALFORMED, Reason.TOO_LARGE)
def tar_says_much() -> bytes:
    """A member of 2⁶³ bytes, in base 256."""
    whole = tar(("a.txt", tarfile.REGTYPE, b"words", ""))
    size = b"\x80" + bytes(3) + struct.pack(">Q", (1 << 63) - 1)
    return summed(whole[:124] + size + whole[136:]) + whole[512:]


@SET.add("a.tar", MALFORMED, Reason.TOO_LARGE)
def tar_says_less_than_nothing() -> bytes:
    """A member of −512 bytes, behind which the same header would come again."""
    whole = tar(("a.txt", tarfile.REGTYPE, b"words", ""))
    return summed(whole[:124] + b"\xff" * 10 + b"\xfe\x00" + whole[136:]) + whole[512:]


@SET.add("a.tar", Reason.TOO_DEEP, state=State.FAILED)
def tar_in_tar() -> bytes:
    """A tar in a tar, sixty times."""
    data = b"words"
    for level in range(60):
        data = tar(("a.tar" if level else "a.txt", tarfile.REGTYPE, data, ""))
    return data


@SET.add("a.tar")
def tar_of_long_names() -> bytes:
    """Ten thousand headers of the kind that only names what follows."""
    long = tar(("x" * 600, tarfile.REGTYPE, b"", ""))[:1536]
    return long * 5_000 + tar(("a.txt", tarfile.REGTYPE, b"words", ""))


@SET.add("a.gz", Reason.TOO_DEEP, state=State.FAILED)
def gzip_quine() -> bytes:
    """A file that unpacks to itself, for ever."""
    return quine()


@SET.add("a.gz", Reason.TOO_LARGE)
def gzip_bomb() -> bytes:
    """Four GiB of one letter."""
    return b"\x1f\x8b\x08" + bytes(7) + deflated(4 * GIB, b"a") + bytes(8)


@SET.add("a.gz", Reason.TOO_DEEP, state=State.FAILED)
def gzip_in_gzip() -> bytes:
    """Packed a hundred times over."""
    data = b"words"
    for _ in range(100):
        data = gzip.compress(data, mtime=0)
    return data


@SET.add("a.gz")
def gzip_of_members() -> bytes:
    """A hundred thousand streams of nothing, one after the other."""
    return gzip.compress(b"words", mtime=0) + gzip.compress(b"", mtime=0) * 100_000


@SET.add("a.gz", MALFORMED)
def gzip_cut() -> bytes:
    """The first half of a packed file."""
    data = gzip.compress(b"\n".join(noise(40, str(n)).hex().encode() for n in range(400)), mtime=0)
    return data[: len(data) // 2]


@SET.add("a.xz", Reason.TOO_LARGE, Reason.UNSUPPORTED_FORMAT, state=State.SKIPPED)
def xz_bomb() -> bytes:
    """Streams of 16 MiB of zeros, fifty of them."""
    return lzma.compress(bytes(16 * MIB)) * 50


@SET.add("a.xz", MALFORMED)
def xz_cut() -> bytes:
    """A packed file without its end."""
    return lzma.compress(b"words " * 99_999)[:-30]


@SET.add("a.lzma", MALFORMED, state=State.FAILED)
def lzma_dictionary() -> bytes:
    """A dictionary of four GiB, for two bytes."""
    return b"\x5d\0\0\0\xff" + b"\xff" * 8 + bytes(6)


@SET.add("a.bz2", Reason.EXPANSION_RATIO, Reason.UNSUPPORTED_FORMAT, state=State.FAILED)
def bzip2_bomb() -> bytes:
    """Streams of eight MiB of zeros, two hundred of them."""
    return bz2.compress(bytes(8 * MIB)) * 200


@SET.add("a.zst", MALFORMED, state=State.FAILED)
def zstd_says_much() -> bytes:
    """A window of terabytes, and contents of 2⁶⁴ − 1 bytes."""
    return b"\x28\xb5\x2f\xfd\xc0\xff" + b"\xff" * 8 + b"\x02\xff\xff\0" * 8


@SET.add("a.zst", Reason.TOO_LARGE)
def zstd_bomb() -> bytes:
    """Blocks that say: this byte, 128 KiB times."""
    block = struct.pack("<I", (131_072 << 3) | 2)[:3] + b"a"
    last = struct.pack("<I", (1 << 3) | 3)[:3] + b"a"
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * 20_000 + last


@SET.add("a.zst", MALFORMED)
def zstd_cut() -> bytes:
    """A frame that ends before its last block."""
    block = struct.pack("<I", (6 << 3) | 0)[:3] + b"words "
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * 100


@SET.add("a.7z", MALFORMED, state=State.FAILED)
def sevenzip_header() -> bytes:
    """A header that lies behind the end, of 2⁶² bytes."""
    start = struct.pack("<QQI", 1 << 40, 1 << 62, 0)
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + bytes(64)


@SET.add("a.7z", MALFORMED, state=State.FAILED)
def sevenzip_counts() -> bytes:
    """A header that counts 2⁶³ files."""
    body = b"\x01\x05" + b"\xff" * 9 + b"\x11" + b"\xff" * 9 + b"\0\0"
    start = struct.pack("<QQI", 0, len(body), zlib.crc32(body))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + body


def vint(value: int) -> bytes:
    """A number as RAR 5 writes it."""
    out = b""
    while value > 0x7F:
        out, value = out + bytes((value & 0x7F | 0x80,)), value >> 7
    return out + bytes((value,))


def rar5(*bodies: bytes) -> bytes:
    """A RAR 5 archive of these headers."""
    out = b"Rar!\x1a\x07\x01\x00"
    for body in (vint(1) + vint(0) + vint(0), *bodies):
        sized = vint(len(body)) + body
        out += struct.pack("<I", zlib.crc32(sized)) + sized
    return out


def rar5_file(name: bytes, size: int, packed: int, method: int) -> bytes:
    """The header of a file in a RAR 5 archive."""
    facts = (2, 2, packed, 0, size, 0o644, method, 1, len(name))
    return b"".join(map(vint, facts)) + name


@SET.add("a.rar", MALFORMED)
def rar5_says_much() -> bytes:
    """A stored file that says it has a terabyte, and has five bytes."""
    return rar5(rar5_file(b"a.txt", 1 << 40, 1 << 40, 0)) + b"words"


@SET.add("a.rar", Reason.UNSUPPORTED_FORMAT, state=State.SKIPPED)
def rar5_window() -> bytes:
    """A packed file with a window of four GiB and no data."""
    return rar5(rar5_file(b"a.txt", 1 << 40, 64, (15 << 10) | (3 << 7))) + noise(64, "rar")


@SET.add("a.rar", MALFORMED, state=State.FAILED)
def rar5_header_size() -> bytes:
    """A header as long as a number may be."""
    return b"Rar!\x1a\x07\x01\x00" + bytes(4) + b"\xff" * 9 + b"\x7f" + bytes(64)


@SET.add("a.rar", MALFORMED, state=State.FAILED)
def rar4_sizes() -> bytes:
    """Blocks of RAR 4 with sizes of nothing, which lead back to themselves."""
    return b"Rar!\x1a\x07\x00" + struct.pack("<HBHH", 0, 0x73, 0, 0) * 200


@SET.add("a.cab", MALFORMED, state=State.FAILED)
def cab_offsets() -> bytes:
    """Folders and files that lie behind the end, 65,535 of each."""
    facts = (0, 0xFFFFFFFF, 0, 0xFFFFFFF0, 0, 3, 1, 0xFFFF, 0xFFFF, 0, 0, 0)
    return b"MSCF" + struct.pack("<IIIIIBBHHHHH", *facts) + noise(200, "cab")


@SET.add("a.lzh", MALFORMED, state=State.FAILED)
def lzh_sizes() -> bytes:
    """A member of four GiB in ten bytes, its name longer than the header."""
    body = b"-lh5-" + struct.pack("<IIIBB", 0xFFFFFFFF, 0xFFFFFFFF, 0, 0x20, 0) + b"\xffa.txt\0\0"
    return bytes((len(body), sum(body) & 0xFF)) + body + bytes(40)


@SET.add("a.cpio", MALFORMED)
def cpio_size() -> bytes:
    """A member of four GiB in a file of some bytes."""
    whole = cpio("words")
    return whole[:54] + b"ffffffff" + whole[62:]


@SET.add("a.deb", MALFORMED)
def ar_size() -> bytes:
    """A member of ten digits of bytes."""
    whole = ar("words")
    return whole[:56] + b"9999999999" + whole[66:]


@SET.add("a.iso", MALFORMED, state=State.FAILED)
def iso_loop() -> bytes:
    """A root folder that lies in itself, and is as long as the disk."""
    root = struct.pack("<BBI4xI4x7xBBBHHB", 34, 0, 16, 0xFFFFFF, 2, 0, 0, 1, 256, 1)[:33] + b"\0"
    volume = b"\x01CD001\x01" + bytes(149) + root
    return bytes(32_768) + volume.ljust(2048, b"\0") + b"\xffCD001\x01".ljust(2048, b"\0")


@SET.add("a.Z", MALFORMED, state=State.FAILED)
def compress_codes() -> bytes:
    """Codes that no table has yet."""
    return b"\x1f\x9d\x90" + b"\x77\xee" * 4 + b"\xff" * 4_000
