"""Outlook data files: folders, items and what is left of them; nothing in them is believed."""

from __future__ import annotations

import random
import time

import pytest

from auditor.formats import _guard, _pstcodes, pst
from auditor.model import Content, Gap, Limits
from probes.datafile import (
    ANSI,
    BIG,
    CYCLIC,
    PERMUTED,
    PLAIN,
    UNICODE,
    Writer,
    datafile,
    item,
    mail,
)

LIMITS = Limits()
KINDS = (ANSI, UNICODE, BIG)


def two(writer: Writer) -> None:
    mail(writer, item("one", "words of one"))
    mail(writer, item("two", "words of two"), 2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoded", [PLAIN, PERMUTED, CYCLIC])
def test_items_are_messages_in_their_folders(read, kind: str, encoded: int) -> None:
    reading = read(datafile(two, kind, encoded), "a.pst")
    assert reading.format == "pst"
    assert [member.path for member in reading.members] == [("受信", "one"), ("受信", "two")]
    assert all(member.around == ("受信",) for member in reading.members)
    inner = [read(member.data) for member in reading.members]
    assert [one.format for one in inner] == ["msg", "msg"]
    assert ["words of one" in one.words for one in inner] == [True, False]
    assert "受信" in reading.texts["folders"]
    assert not reading.gaps


def test_a_deleted_item_is_said_to_be_deleted(read) -> None:
    def fill(writer: Writer) -> None:
        two(writer)
        writer.trees()
        del writer.nodes[0x200000 + 32 * 2 | 4]

    reading = read(datafile(fill))
    assert [m.path for m in reading.members] == [("受信", "one"), ("deleted", "受信", "two")]
    assert not reading.gaps


def test_a_file_without_trees_gives_its_items_and_a_gap(read) -> None:
    whole = bytearray(datafile(two))
    whole[224:232] = whole[240:248] = bytes(8)
    reading = read(bytes(whole))
    assert [m.path[0] for m in reading.members] == ["recovered", "recovered"]
    assert reading.reasons == ["malformed"]


def test_a_beginning_is_read_as_far_as_it_goes(read) -> None:
    def fill(writer: Writer) -> None:
        two(writer)
        writer.trees()
        mail(writer, item("three", "x" * 50_000), 3)

    whole = datafile(fill)
    reading = read(whole[: len(whole) // 2], truncated=True, total=len(whole))
    assert {m.path[-1] for m in reading.members} >= {"one", "two"}
    assert not reading.gaps


def test_bounds_hold(read) -> None:
    data = datafile(two)
    assert read(data, limits=Limits(members=1)).reasons == ["too_many_members"]
    assert "too_large" in read(data, limits=Limits(expanded_bytes=100)).reasons


def test_blocks_that_list_themselves_end() -> None:
    def fill(writer: Writer) -> None:
        number = writer._number | 2
        rows = number.to_bytes(8, "little") * 500
        writer.block(b"\1\1" + (500).to_bytes(2, "little") + bytes(4) + rows, internal=True)
        writer.node(0x200024, (number, number), 0x8022)

    start = time.process_time()
    pieces = list(pst.parts(Content("a.pst", datafile(fill)), LIMITS))
    assert any(isinstance(piece, Gap) for piece in pieces)
    assert time.process_time() - start < 5


def test_the_encoding_by_place_undoes_itself() -> None:
    raw = bytes(range(256)) * 5
    assert _pstcodes.cyclic(_pstcodes.cyclic(raw, 0x12345), 0x12345) == raw
    assert _pstcodes.cyclic(raw, 0x12345) != raw


@pytest.mark.parametrize("kind", KINDS)
def test_damage_never_passes(kind: str) -> None:
    whole = datafile(two, kind)
    rng = random.Random(kind)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(rng.randrange(1, 30)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        cut = bytes(damaged[: rng.choice((len(damaged), rng.randrange(len(damaged))))])
        for piece in _guard.Pieces(pst, Content("a.pst", cut), LIMITS):
            ours = ("AttributeError", "TypeError", "KeyError", "IndexError", "UnboundLocalError")
            assert not isinstance(piece, Gap) or piece.detail not in ours
