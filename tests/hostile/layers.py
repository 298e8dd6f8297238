"""Discs in UDF, drawings, and files behind files: loops, holes, and one in the other for ever."""

from __future__ import annotations

import base64
import struct

from auditor.model import Reason, State
from hostile.hostile import Set, deflated, noise
from probes import discs, drawings
from probes.discs import BLOCK, LONG, SHORT, START, Disc, described, leads
from probes.polyglots import PAGE, picture
from probes.probe import zipped

SET = Set()
MIB = 1 << 20
MALFORMED, LARGE, DEEP, OFF = (
    Reason.MALFORMED, Reason.TOO_LARGE, Reason.TOO_DEEP, Reason.OCR_OFF,
)  # fmt: skip
WORDS = {"a.txt": b"words"}


def patched(image: bytes, block: int, data: bytes) -> bytes:
    """The disc with other bytes at the beginning of a block of it."""
    at = block * BLOCK
    return image[:at] + data + image[at + len(data) :]


@SET.add("a.iso")
def disc_in_itself() -> bytes:
    """A folder whose only entry is the folder itself."""
    disc = Disc()
    names = discs.named("a", leads(1), 2)
    image = disc.written({})
    entry = Disc()
    entry.entry(discs.FOLDER, names, at=1)
    return patched(image, START + 1, entry.blocks[1].ljust(BLOCK, b"\0"))


@SET.add("a.iso", DEEP)
def disc_of_folders() -> bytes:
    """Folders in folders, ninety of them."""
    tree: discs.Tree = WORDS
    for _ in range(90):
        tree = {"a": tree}
    return Disc().written({"b.txt": b"words", "a": tree})


@SET.add("a.iso", MALFORMED)
def extents_in_a_circle() -> bytes:
    """A block of extents that says the next such block is itself."""
    disc = Disc(SHORT, chained=True)
    image = disc.written({"a.bin": b"words" * 999, "b.txt": b"words"})
    at = next(n for n, data in disc.blocks.items() if data[:2] == struct.pack("<H", 258))
    body = struct.pack("<III", 0, 8, BLOCK | 3 << 30) + struct.pack("<I", at)
    return patched(image, START + at, described(258, at, body))


@SET.add("a.iso", MALFORMED)
def entry_in_a_circle() -> bytes:
    """An entry that says it is elsewhere, which is where it is."""
    disc = Disc()
    image = disc.written({"a.txt": b"words", "b.txt": b"words"})
    entry = described(259, 2, bytes(20) + leads(2))
    return patched(image, START + 2, entry)


@SET.add("a.iso", LARGE, Reason.UNSUPPORTED_FORMAT)
def hole_of_a_terabyte() -> bytes:
    """A file of 2⁴⁰ bytes, none of which was ever written."""
    return holes(1 << 40, 1)


@SET.add("a.iso", LARGE, Reason.UNSUPPORTED_FORMAT)
def holes_of_many_files() -> bytes:
    """Thirty files with a hole of fifteen MiB each."""
    return holes(15 * MIB, 30)


def holes(size: int, count: int) -> bytes:
    """A disc of files that are a hole, and one that is not."""
    disc = Disc(LONG)
    image = bytearray(disc.written(WORDS | {f"{n}.bin": b"\1" * 9 for n in range(count)}))
    extent = struct.pack("<I", 9)
    for at in range(START * BLOCK, len(image), BLOCK):
        if image[at : at + 2] == struct.pack("<H", 261) and image[at + 27] == discs.FILE:
            if image[at + 56 : at + 64] != struct.pack("<Q", 9):
                continue
            assert image[at + 176 : at + 180] == extent
            image[at + 56 : at + 64] = struct.pack("<Q", size)
            image[at + 172 : at + 176] = struct.pack("<I", 16 * 100)
            image[at + 176 : at + 176 + 1600] = leads(0, 0x3FFFF800 | 2 << 30) * 100
    return bytes(image)


@SET.add("a.iso", MALFORMED)
def descriptors_in_a_circle() -> bytes:
    """A pointer to more descriptors that points at itself."""
    image = Disc().written(WORDS) + b"words and words"
    return patched(image, 32, described(3, 32, struct.pack("<III", 0, 16 * BLOCK, 32)))


@SET.add("a.iso", MALFORMED)
def metadata_in_itself() -> bytes:
    """A file of metadata that says it lies where its own blocks are mapped to, beyond the end."""
    image = Disc(LONG, long=True, mapped="metadata").written(WORDS) + b"words and words"
    return patched(image, START + 190, b"\xff" * 400)


@SET.add("a.emf", MALFORMED)
def one_text_many_times() -> bytes:
    """A record of fifty thousand texts, each of which is all of the record."""
    count = 50_000
    one = struct.pack("<iiIII", 0, 0, count * 20, 0, 0) + bytes(20)
    body = bytes(28) + struct.pack("<I", count) + one * count
    return drawings.emf(drawings.output("words"), drawings.record(97, body))


@SET.add("a.emf", MALFORMED)
def object_without_an_end() -> bytes:
    """An object that goes on in a hundred thousand records of nothing."""
    pieces = drawings.plus(0x4008, b"\1\2\3\4", 0x8507, 1 << 31) * 100_000
    return drawings.emf(drawings.output("words"), pieces, struct.pack("<II", 70, 1 << 30))


@SET.add("a.emf", DEEP)
def drawing_in_a_drawing() -> bytes:
    """A metafile in a metafile, forty times."""
    data = drawings.emf(drawings.output("words"))
    for _ in range(40):
        whole = drawings.plus(0x4008, drawings.image(data, 2), 0x507)
        data = drawings.emf(drawings.output("words"), whole)
    return data


@SET.add("a.png", DEEP, state=State.FAILED)
def picture_behind_a_picture() -> bytes:
    """Pictures one behind the other, three hundred of them."""
    return picture("PNG") * 300


@SET.add("a.jpg", OFF, state=State.SKIPPED)
def markers() -> bytes:
    """Half a million markers, and no picture."""
    return b"\xff\xd8\xff\xe1\0\2" + b"\xff\xe1\0\2" * 500_000


@SET.add("a.html")
def pages_without_end() -> bytes:
    """Ends of a page, two hundred thousand of them, and a zip that only seems to follow."""
    return PAGE.encode() + b"</html>\n" * 200_000 + b"PK\x05\x06" + b"words"


@SET.add("a.csv")
def directory_before_the_beginning() -> bytes:
    """The end of a zip whose members would lie before the file begins."""
    whole = zipped({"a.txt": b"words"})
    at = whole.index(b"PK\x01\x02")
    return b"words,words\r\n" * 9_000 + whole[at:].replace(b"words", b"")


@SET.add("a.drawio", LARGE)
def diagram_bomb() -> bytes:
    """A page of a diagram that unpacks to a GiB."""
    packed = base64.b64encode(deflated(1 << 30, b"a")).decode()
    return f'<mxfile a="words"><diagram>{packed}</diagram></mxfile>'.encode()


@SET.add("a.txt")
def tokens_without_end() -> bytes:
    """What begins like a token, and begins again, for four megabytes."""
    return b"eyJhbGciOiJ-" * 300_000 + b"\r\n" + b"eyJ. " * 100_000


@SET.add("a.exe", Reason.UNSUPPORTED_FORMAT)
def sections_beyond_the_end() -> bytes:
    """A program with 65,535 sections of four GiB."""
    head = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64) + b"PE\0\0"
    head += (
        struct.pack("<HHIIIHH", 0x14C, 0xFFFF, 0, 0, 0, 0xFFFF, 2)
        + b"\xff\xff\xff\x7f\0\1\x80\xff" * 500_000
    )
    return head + b"words and words\0" + noise(99, "sections")
