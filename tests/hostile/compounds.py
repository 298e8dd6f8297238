"""Compound files and the binary formats inside them: chains, trees and records that lead back."""

from __future__ import annotations

import struct

from auditor.model import Reason, State
from hostile.hostile import Set, noise, zlibbed
from probes import legacy
from probes.legacy import compound, item, node, prop, properties

SET = Set()
MALFORMED = Reason.MALFORMED
SECTOR = 512
SIGNED = bytes.fromhex("06092a864886f70d010702")
WORDS = "words that are still there. ".encode("utf-16-le")


def document() -> bytearray:
    """A good text document of LibreOffice."""
    return bytearray(legacy.emptied("doc", "body"))


def table_at(data: bytes) -> int:
    """Where the first sector of the allocation table lies."""
    (first,) = struct.unpack_from("<I", data, 76)
    return int((first + 1) * SECTOR)


def directory_at(data: bytes) -> int:
    """Where the directory begins."""
    (first,) = struct.unpack_from("<I", data, 48)
    return int((first + 1) * SECTOR)


@SET.add("a.doc", MALFORMED, Reason.UNSUPPORTED_FORMAT)
def sector_loop() -> bytes:
    """An allocation table in which every sector is followed by the first one."""
    data = document()
    at = table_at(data)
    data[at : at + SECTOR] = bytes(SECTOR)
    return bytes(data)


@SET.add("a.doc", MALFORMED, Reason.UNSUPPORTED_FORMAT)
def sector_to_itself() -> bytes:
    """An allocation table in which every sector is followed by itself."""
    data = document()
    at = table_at(data)
    struct.pack_into("<128I", data, at, *range(128))
    return bytes(data)


@SET.add("a.doc", MALFORMED)
def directory_loop() -> bytes:
    """Entries of the directory that are their own neighbours and children."""
    data = document()
    at = directory_at(data)
    for number in range(8):
        struct.pack_into("<III", data, at + 128 * number + 68, number, 0, number)
    return bytes(data)


@SET.add("a.doc")
def more_tables_loop() -> bytes:
    """A list of further allocation tables that leads to itself, and counts four billion."""
    data = document()
    struct.pack_into("<II", data, 68, 0, 0xFFFFFFFF)
    data[SECTOR + 508 : SECTOR + 512] = bytes(4)
    return bytes(data)


@SET.add("a.doc", MALFORMED)
def stream_sizes() -> bytes:
    """Streams that say they have 2⁶³ bytes."""
    data = document()
    at = directory_at(data)
    for number in range(1, 6):
        if data[at + 128 * number + 66] == 2:
            struct.pack_into("<Q", data, at + 128 * number + 120, (1 << 63) - 1)
    return bytes(data)


@SET.add("a.doc", Reason.UNSUPPORTED_FORMAT)
def sector_size() -> bytes:
    """Sectors of 2⁶⁵⁵³⁵ bytes."""
    data = document()
    struct.pack_into("<HH", data, 30, 0xFFFF, 0xFFFF)
    return bytes(data)


@SET.add("a.doc", MALFORMED)
def pieces() -> bytes:
    """A text document whose table of pieces counts and points wherever it likes."""
    data = document()
    at = data.find(b"\xec\xa5")
    data[at + 0x4C : at + 0x60] = b"\xff\xff\xff\x7f" * 5
    data[at + 0x1A2 : at + 0x1AA] = struct.pack("<II", 0, 0x7FFFFFFF)
    return bytes(data)


@SET.add("a.ppt")
def deep_atoms() -> bytes:
    """Containers of a presentation in containers, fifty thousand deep."""
    body = struct.pack("<HHI", 0, 0x0FA0, len(WORDS)) + WORDS
    left = 50_000 * 8 + len(body)
    heads = b"".join(struct.pack("<HHI", 0x0F, 0x03E8, left - 8 * (n + 1)) for n in range(50_000))
    return compound(node("PowerPoint Document", heads + body), node("Current User", bytes(40)))


@SET.add("a.ppt", MALFORMED)
def atom_lengths() -> bytes:
    """Records of a presentation with lengths of four GB."""
    body = struct.pack("<HHI", 0, 0x0FA0, len(WORDS)) + WORDS
    lie = struct.pack("<HHI", 0, 0x0FA0, 0xFFFFFFFF)
    return compound(
        node("PowerPoint Document", body + lie + WORDS), node("Current User", bytes(40))
    )


@SET.add("a.ppt", Reason.EXPANSION_RATIO, Reason.UNSUPPORTED_FORMAT)
def packed_objects() -> bytes:
    """An embedded object that is a Deflate bomb."""
    body = struct.pack("<I", 0xFFFFFFF0) + zlibbed(512 << 20)
    atom = struct.pack("<HHI", 0x10, 0x1011, len(body)) + body
    words = struct.pack("<HHI", 0, 0x0FA0, len(WORDS)) + WORDS
    return compound(node("PowerPoint Document", words + atom), node("Current User", bytes(40)))


@SET.add("a.doc", MALFORMED)
def property_set() -> bytes:
    """Properties that count four thousand million, and whose offsets lead to themselves."""
    head = struct.pack("<HHI16sI16sI", 0xFFFE, 0, 2, bytes(16), 1, bytes(16), 48)
    body = struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + struct.pack("<II", 2, 8) * 500
    vector = struct.pack("<III", 0x101E, 0xFFFFFFFF, 0xFFFFFFFF) * 200
    return compound(
        node("\5SummaryInformation", head + body + vector), node("WordDocument", WORDS * 50)
    )


@SET.add("a.msg", Reason.TOO_DEEP)
def message_in_message() -> bytes:
    """A message in a message, thirty deep."""
    inner = (prop(0x0037, "words"), properties(24))
    for _ in range(30):
        place = node("__substg1.0_3701000D", None, *inner)
        attached = node("__attach_version1.0_#00000000", None, properties(), place)
        inner = (properties(24), prop(0x0037, "words"), attached)
    return item(*inner[1:])


@SET.add("a.msg")
def rich_text_sizes() -> bytes:
    """Packed rich text that says it has four GB, and is one long repetition."""
    body = (
        struct.pack("<II4sI", 0xFFFFFFFF, 0xFFFFFFFF, b"LZFu", 0) + b"\xff" + b"\x00\x0f" * 90_000
    )
    return item(prop(0x0037, "words"), prop(0x1009, body))


@SET.add("a.msg", MALFORMED, Reason.UNSUPPORTED_FORMAT)
def storage_loop() -> bytes:
    """A message whose attachment is the storage it lies in."""
    data = bytearray(
        item(prop(0x0037, "words"), node("__attach_version1.0_#00000000", None, properties()))
    )
    at = directory_at(data)
    for number in range(12):
        start = at + 128 * number
        if data[start + 66] == 1:
            struct.pack_into("<I", data, start + 76, number)
    return bytes(data)


@SET.add("a.xls")
def macros() -> bytes:
    """Packed source of macros in which every piece repeats four thousand letters."""
    named = b"\0Attribut\0e words"  # eight letters behind each byte of flags
    packed = b"\x01" + struct.pack("<H", 0xB000 | (len(named) - 1)) + named
    piece = b"\x02a\xff\x0f"  # a letter, then 4,098 more of it
    packed += (struct.pack("<H", 0xB000 | (len(piece) - 1)) + piece) * 6_000
    return compound(
        node(
            "Workbook",
            legacy.record(0x809, struct.pack("<HHII", 0x600, 5, 0, 0)) + legacy.record(0x0A),
        ),
        node(
            "_VBA_PROJECT_CUR",
            None,
            node("VBA", None, node("Module1", packed), node("dir", packed)),
        ),
    )


@SET.add("winmail.dat", MALFORMED)
def tnef_lengths() -> bytes:
    """Attributes of a TNEF that say they have two GB."""
    head = struct.pack("<IH", 0x223E9F78, 1)
    good = b"words"
    one = struct.pack("<BII", 1, 0x00018004, len(good)) + good + struct.pack("<H", sum(good))
    return head + one + struct.pack("<BII", 2, 0x0006800F, 0x7FFFFFFF) + WORDS


@SET.add("winmail.dat", MALFORMED, state=State.FAILED)
def tnef_counts() -> bytes:
    """A TNEF whose properties count four thousand million."""
    body = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x101F, 0x0037, 0xFFFFFFFF) * 50
    one = (
        struct.pack("<BII", 1, 0x00069003, len(body)) + body + struct.pack("<H", sum(body) & 0xFFFF)
    )
    return struct.pack("<IH", 0x223E9F78, 1) + one


@SET.add("a.one", Reason.UNSUPPORTED_FORMAT)
def files_of_a_notebook() -> bytes:
    """A notebook whose files say they have 2⁶³ bytes, or lie in one another."""
    mark = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
    head = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3")
    lies = b"".join(mark + struct.pack("<Q12x", size) for size in (1 << 63, 400, 300, 200, 0) * 400)
    return head + bytes(1_000) + WORDS + lies + noise(400, "one")


@SET.add("a.mdb", Reason.UNSUPPORTED_FORMAT)
def access_pages() -> bytes:
    """A database of Access of nothing but pointers."""
    return b"\0\1\0\0Standard Jet DB\0" + WORDS * 20 + b"\xff" * 900_000


@SET.add("a.p7m", MALFORMED, state=State.FAILED)
def sealed_in_sealed() -> bytes:
    """A signed message of containers in containers, each of unknown length."""
    return b"\x30\x80" + SIGNED + b"\xa0\x80\x30\x80" * 50_000


@SET.add("a.p7m", MALFORMED, state=State.FAILED)
def der_lengths() -> bytes:
    """Values with lengths of 126 bytes of ones."""
    return (
        b"\x30\x82\xff\xff"
        + SIGNED
        + b"\xa0\x84\xff\xff\xff\xff"
        + (b"\x04\xfe" + b"\xff" * 126) * 50
    )
