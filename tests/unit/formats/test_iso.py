"""Discs: every file of UDF however its partition is mapped, and nothing twice where ISO is too."""

from __future__ import annotations

import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.formats import _long
from auditor.model import Content, Limits, State
from auditor.scan import scan
from fixtures import damage
from probes.discs import BLOCK, EXTENDED, LONG, PROBES, SHORT, Disc, leads

MAPS = ("", "virtual", "spared", "metadata")
NOISE = bytes(range(256)) * 100
WIDE = "氏名の一覧です。\r\n".encode()


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_discs_of_the_probes_are_read_whole(probe) -> None:
    found = scan(Content(probe.file, probe.made(probe.number)), Limits(ocr=False), key=b"k" * 32)
    assert found.state is State.COMPLETE
    assert found.content_type == "iso"


WAYS = [(form, mapped) for form in (SHORT, LONG, EXTENDED) for mapped in MAPS]
WAYS.remove((SHORT, "metadata"))  # short extents would lie where the metadata does


@pytest.mark.parametrize(("form", "mapped"), WAYS)
def test_bytes_come_as_they_were_written(read, form: int, mapped: str) -> None:
    tree = {"a.bin": NOISE, "空.txt": b"", "d": {"b.txt": WIDE}}
    reading = read(Disc(form, 3, long=bool(mapped), mapped=mapped).written(tree), "a.iso")
    assert {member.name: member.data for member in reading.members} == {
        "a.bin": NOISE, "空.txt": b"", "d/b.txt": WIDE
    }  # fmt: skip
    assert reading.gaps == []


def test_a_hole_is_zeros(read) -> None:
    disc = Disc(LONG)
    image = disc.written({"a.bin": b"\1" * BLOCK})
    extent = leads(disc.free - 2)
    assert image.count(extent) == 1
    hole = extent[:3] + bytes((extent[3] | 0x80,)) + extent[4:]
    (member,) = read(image.replace(extent, hole), "a.iso").members
    assert member.data == bytes(BLOCK)


def test_an_entry_that_was_renewed(read) -> None:
    """Under strategy 4096 an entry says where its successor is."""
    from probes.discs import described

    disc = Disc()
    older = disc.take(bytes(2 * BLOCK))
    newer = disc.entry(5, b"newer")
    disc.entry(5, b"older", at=older)
    old = bytearray(disc.blocks[older])
    old[20:22] = (4096).to_bytes(2, "little")
    disc.blocks[older] = bytes(old)
    disc.blocks[older + 1] = described(259, 0, bytes(20) + newer)
    image = disc.written({"a.txt": b"words"})
    first = image.index(b"\x08a.txt") - 18
    image = image[:first] + leads(older, 2 * BLOCK) + image[first + 16 :]
    assert [member.data for member in read(image, "a.iso").members] == [b"newer"]


def test_a_second_name_of_a_file_is_told_and_its_bytes_are_not(read) -> None:
    disc = Disc()
    image = disc.written({"a.txt": b"words", "b.txt": b"others"})
    first, second = image.index(b"\x08a.txt") - 18, image.index(b"\x08b.txt") - 18
    image = image[:second] + image[first : first + 16] + image[second + 16 :]
    found = [(member.name, member.data) for member in read(image, "a.iso").members]
    assert found == [("a.txt", b"words"), ("b.txt", b"")]


def test_the_second_row_of_descriptors_stands_in_for_the_first(read) -> None:
    image = bytearray(Disc().written({"a.txt": b"words"}))
    image[40 * BLOCK : 44 * BLOCK] = image[32 * BLOCK : 36 * BLOCK]
    image[32 * BLOCK : 36 * BLOCK] = bytes(4 * BLOCK)
    anchor = 256 * BLOCK + 16
    image[anchor + 8 : anchor + 16] = (16 * BLOCK).to_bytes(4, "little") + b"\x28\0\0\0"
    assert [member.name for member in read(bytes(image), "a.iso").members] == ["a.txt"]


@pytest.mark.parametrize("version", [b"NSR02", b"NSR03"])
def test_without_an_anchor_the_writing_is_searched(version: bytes) -> None:
    marks = b"".join((b"\0" + mark + b"\1").ljust(BLOCK, b"\0") for mark in (b"BEA01", version))
    disc = (bytes(16 * BLOCK) + marks).ljust(300 * BLOCK, b"\0") + WIDE + bytes(BLOCK)
    found = scan(Content("a.bin", disc), Limits(ocr=False), key=b"k" * 32)
    assert [(gap.reason.value, gap.detail) for gap in found.gaps] == [
        ("malformed", "UDF without an anchor")
    ]
    assert found.state is State.PARTIAL


def test_a_damaged_file_is_said_and_the_others_are_read(read) -> None:
    image = Disc(LONG).written({"a.bin": b"\1" * BLOCK, "b.txt": b"words"})
    extent = leads(3)  # the first file's: behind the folder and its entry
    image = image.replace(extent, leads(9_999))
    reading = read(image, "a.iso")
    assert [(gap.reason.value, gap.part) for gap in reading.gaps] == [("malformed", "a.bin")]
    assert [member.data for member in reading.members] == [b"words"]


def test_more_files_than_may_be(read) -> None:
    image = Disc().written({f"{n}.txt": b"x" for n in range(20)})
    reading = read(image, "a.iso", limits=Limits(members=10))
    assert reading.reasons == ["too_many_members"]
    assert len(reading.members) == 9  # the root is the first


def test_the_beginning_of_a_disc(read) -> None:
    image = Disc(LONG).written({"a.txt": b"words" * 99, "b.txt": b"\1" * 99 * BLOCK})
    reading = read(image[: -50 * BLOCK], "a.iso", truncated=True, total=len(image))
    assert reading.gaps == []
    assert len(reading.members) == 2


@dataclass
class Held:
    """A disc of which only pieces are asked for."""

    data: bytes
    most: int = 0

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        self.most = max(self.most, length)
        return self.data[offset : offset + length]


@pytest.mark.parametrize("mapped", MAPS)
def test_a_disc_that_is_too_long_to_be_held(read, mapped: str) -> None:
    tree = {"a.bin": NOISE, "b.txt": WIDE}
    source = Held(Disc(LONG, long=bool(mapped), mapped=mapped).written(tree))
    beginning = source.data[: 1 << 16]
    reading = read(beginning, "a.iso", truncated=True, total=source.size, source=source)
    assert {member.name: member.data for member in reading.members} == tree
    assert reading.gaps == []
    assert source.most <= _long.PIECE


def test_a_long_disc_without_udf_is_read_by_its_older_system(read, bridge: bytes) -> None:
    source = Held(bridge.replace(b"NSR02", b"NSR00"))
    start = source.data[: 1 << 16]
    reading = read(start, "a.iso", truncated=True, total=source.size, source=source)
    assert reading.gaps == []
    assert {member.name: member.data for member in reading.members} == FILES
    assert source.most <= _long.PIECE


@pytest.fixture(scope="module")
def bridge(tmp_path_factory) -> bytes:
    """A disc in both systems, by the program that burns them."""
    program = shutil.which("genisoimage") or shutil.which("mkisofs")
    if program is None:
        pytest.skip("no genisoimage on this machine")
    folder: Path = tmp_path_factory.mktemp("disc")
    (folder / "files" / "d").mkdir(parents=True)
    (folder / "files" / "給与の一覧.txt").write_bytes(WIDE)
    (folder / "files" / "d" / "b.bin").write_bytes(NOISE)
    command = [program, "-quiet", "-udf", "-J", "-R", "-input-charset", "utf-8", "-V", "SALARY",
               "-publisher", "WAGES OFFICE", "-o", folder / "a.iso", folder / "files"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "a.iso").read_bytes()


FILES = {"給与の一覧.txt": WIDE, "d/b.bin": NOISE}


def test_a_disc_in_both_systems_is_told_once(read, bridge: bytes) -> None:
    reading = read(bridge, "a.iso")
    assert reading.gaps == []
    assert [member.name for member in reading.members] == sorted(FILES)
    assert {"SALARY", "WAGES OFFICE"} <= set(reading.texts["disc"].split("\n"))
    assert {member.name: member.data for member in reading.members} == FILES


def test_a_disc_that_only_udf_tells_of(read, bridge: bytes) -> None:
    sectors = [bridge[at : at + BLOCK] for at in range(0, len(bridge), BLOCK)]
    begin = next(at for at, one in enumerate(sectors) if one[1:6] == b"BEA01")
    sectors[16:begin], sectors[begin : begin + 3] = (
        sectors[begin : begin + 3] + [bytes(BLOCK)] * (begin - 19), [bytes(BLOCK)] * 3
    )  # fmt: skip
    reading = read(b"".join(sectors), "a.iso")
    assert {member.name: member.data for member in reading.members} == FILES
    assert "SALARY" in reading.texts["disc"]


def test_a_disc_whose_udf_is_lost_is_read_by_its_other_system(read, bridge: bytes) -> None:
    anchors = [at for at in range(0, len(bridge), BLOCK) if bridge[at : at + 2] == b"\2\0"]
    lost = bytearray(bridge)
    for at in anchors:
        lost[at : at + BLOCK] = bytes(BLOCK)
    reading = read(bytes(lost), "a.iso")
    assert reading.reasons == ["malformed"]
    assert {member.name: member.data for member in reading.members} == FILES


def test_what_only_the_other_system_has_is_told_too(read, bridge: bytes) -> None:
    """A name that UDF has lost: its entry says the folder ends before it."""
    at = bridge.index("\x10給与の一覧.txt".encode("utf-16-be")[1:]) - 38
    assert bridge[at : at + 2] == b"\1\1"
    lost = bridge[:at] + bytes(16) + bridge[at + 16 :]
    reading = read(lost, "a.iso")
    assert {member.name: member.data for member in reading.members} == FILES


MEDIA = {
    "2.01": ["--media-type=hd"],
    "1.02": ["--media-type=hd", "--udfrev=1.02"],
    "512": ["--media-type=hd", "-b", "512"],
    "4096": ["--media-type=hd", "-b", "4096", "--ad=long"],
    "dvdram": ["--media-type=dvdram", "--ad=short"],
    "strategy": ["--media-type=dvd", "--strategy=4096"],
    "spared": ["--media-type=dvdrw"],
    "cdrw": ["--media-type=cdrw"],
    "virtual": ["--media-type=cdr", "--closed"],
    "virtual 1.50": ["--media-type=cdr", "--closed", "--udfrev=1.50"],
}


@pytest.mark.parametrize("kind", MEDIA)
def test_media_of_all_kinds_are_opened(read, tmp_path: Path, kind: str) -> None:
    """Empty ones, by the program that formats them: their label is read, and nothing is amiss."""
    program = shutil.which("mkudffs") or shutil.which("mkudffs", path="/usr/sbin:/sbin")
    if program is None:
        pytest.skip("no mkudffs on this machine")
    image = tmp_path / "a.img"
    image.write_bytes(bytes(6 << 20))
    command = [program, "--utf8", "--lvid=給与", "--owner=総務課", *MEDIA[kind], image]
    subprocess.run(command, check=True, capture_output=True)
    reading = read(image.read_bytes(), "a.img")
    assert reading.format == "iso"
    assert {"給与", "総務課"} <= set(reading.texts["disc"].split("\n"))
    assert reading.gaps == []


def test_damaged_discs_end_in_time_and_without_a_fault_of_ours() -> None:
    """Structures alone are hit, most of a disc is blank; their sums are mended."""
    disc = Disc(LONG, 3, chained=True, long=True, streams={"s": WIDE}).written(
        {"a.bin": NOISE[: 9 * BLOCK], "d": {"b.txt": WIDE}}
    )
    rng = random.Random("discs")
    told = [at for at, byte in enumerate(disc) if byte and at % BLOCK < 512]
    for _ in range(200):
        copy = bytearray(disc)
        for at in rng.choices(told, k=5):
            copy[at] = rng.choice((0, 255, rng.randrange(256)))
        for at in range(0, len(copy), BLOCK):
            copy[at + 4] = (sum(copy[at : at + 16]) - copy[at + 4]) & 0xFF
        assert damage.survives("iso", bytes(copy))
