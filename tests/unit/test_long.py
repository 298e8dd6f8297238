"""Contents that are too long to be held: the same answers, piece by piece."""

from __future__ import annotations

import bz2
import io
import json
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import openpyxl
import pytest

from auditor import formats
from auditor.formats import _long, csv
from auditor.model import Content, Gap, Limits, LostError, Reason, Scan, State
from auditor.scan import scan
from probes.datafile import Writer, item, mail
from probes.datafile import datafile as made
from probes.packing import written

KEY = b"k" * 32
LIMITS = Limits(ocr=False)
WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
PEOPLE = 4_000


class Bytes:
    """A source that holds what it gives, and counts."""

    def __init__(self, data: bytes, end: int | None = None) -> None:
        self.size = len(data)
        self._data = data
        self._end = end
        self.asked: list[tuple[int, int]] = []

    def read(self, offset: int, length: int) -> bytes:
        self.asked.append((offset, length))
        if self._end is not None and offset + length > self._end:
            raise LostError(Reason.CHANGED_WHILE_READ, "changed")
        return self._data[offset : offset + length]


def numbers(count: int) -> Iterator[str]:
    rng = random.Random(33)
    for _ in range(count):
        base = [rng.randrange(10) for _ in range(11)]
        rest = sum(d * w for d, w in zip(base, WEIGHTS, strict=True)) % 11
        yield "".join(map(str, base)) + str(0 if rest <= 1 else 11 - rest)


def table(encoding: str = "utf-8") -> bytes:
    rows = (f"山田{n},{digits},東京都千代田区\r\n" for n, digits in enumerate(numbers(PEOPLE)))
    return ("氏名,個人番号,住所\r\n" + "".join(rows)).encode(encoding)


def quoted() -> bytes:
    rows = (f'"山田\n{n}",{digits},"港区, 東京"\n' for n, digits in enumerate(numbers(PEOPLE)))
    return ("氏名,個人番号,住所\n" + "".join(rows)).encode()


def prose(encoding: str = "utf-8") -> bytes:
    lines = (
        f"従業員{n}の個人番号は{digits}です。\n控えを添付します。\n"
        for n, digits in enumerate(numbers(PEOPLE))
    )
    return "".join(lines).encode(encoding)


def json_lines() -> bytes:
    rows = ({"氏名": f"山田{n}", "個人番号": digits} for n, digits in enumerate(numbers(PEOPLE)))
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("noise.bin", random.Random(5).randbytes(3 << 20))
        archive.writestr("名簿.csv", table())
        archive.writestr("more.bin", random.Random(6).randbytes(3 << 20))
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in (("a.csv", table()), ("b.txt", prose())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def gzipped() -> bytes:
    import gzip

    return gzip.compress(table(), mtime=0)


def book() -> bytes:
    out = io.BytesIO()
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["氏名", "個人番号"])
    for n, digits in enumerate(numbers(500)):
        sheet.append([f"山田{n}", digits])
    made.save(out)
    return out.getvalue()


def parquet() -> bytes:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as made

    out = io.BytesIO()
    found = list(numbers(PEOPLE))
    made.write_table(
        pa.table({"氏名": [f"山田{n}" for n in range(PEOPLE)], "個人番号": found}), out
    )
    return out.getvalue()


def markup() -> bytes:
    rows = "".join(f"<社員><個人番号>{digits}</個人番号></社員>\n" for digits in numbers(PEOPLE))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<名簿>\n{rows}</名簿>'.encode()


def datafile() -> bytes:
    found = list(numbers(300))

    def fill(writer: Writer) -> None:
        for n, digits in enumerate(found):
            mail(writer, item(f"件名 {n}", f"個人番号は{digits}です。"), n + 1)

    return made(fill)


def mailbox() -> bytes:
    mails = (
        f"From a@example.jp Mon Jan  1 00:00:00 2026\nSubject: {n}\n\n" + text + "\n\n"
        for n, text in enumerate(prose().decode().split("控え")[:200])
    )
    return "".join(mails).encode()


def few() -> bytes:
    return table()[:20_000].rpartition(b"\n")[0]


def packed(kind: str) -> bytes:
    """An archive with a table between two files of noise."""
    noise = [random.Random(seed).randbytes(400_000) for seed in (5, 6)]
    return written(kind, {"noise.bin": noise[0], "a.csv": few(), "more.bin": noise[1]})


MAKERS: dict[str, Callable[[], bytes]] = {
    "a.csv": table,
    "cp932.csv": lambda: table("cp932"),
    "utf16.csv": lambda: table("utf-16"),
    "quoted.csv": quoted,
    "a.txt": prose,
    "cp932.txt": lambda: prose("cp932"),
    "euc.txt": lambda: prose("euc_jp"),
    "jis.txt": lambda: prose("iso2022_jp"),
    "utf16.txt": lambda: prose("utf-16"),
    "a.jsonl": json_lines,
    "a.zip": zipped,
    "a.tar": tarred,
    "a.csv.gz": gzipped,
    "a.xlsx": book,
    "a.parquet": parquet,
    "a.xml": markup,
    "a.pst": datafile,
    "a.mbox": mailbox,
    "a.csv.bz2": lambda: bz2.compress(few()),
    "a.csv.xz": lambda: lzma.compress(few()),
    "a.7z": lambda: packed("7zip"),
    "a.iso": lambda: packed("iso9660"),
    "a.cpio": lambda: packed("cpio"),
    "a.ar": lambda: packed("ar_svr4"),
    "a.csv.zst": lambda: written("raw", {"a": few()}, "zstd"),
}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces so small that everything is cut in many places."""
    monkeypatch.setattr(_long, "PIECE", 65_521)
    monkeypatch.setattr(_long.pieces, "__defaults__", (65_521,))


def long(name: str, data: bytes, end: int | None = None) -> tuple[Content, Bytes]:
    source = Bytes(data, end)
    content = Content(name, data[:40_000], truncated=True, total=len(data), source=source)
    return content, source


def told(result: Scan) -> set[tuple[str, int, int]]:
    return {(f.confidence, f.count, f.distinct) for f in result.findings}


@pytest.mark.parametrize("name", MAKERS)
def test_what_is_long_says_the_same_as_what_is_held(name: str) -> None:
    data = MAKERS[name]()
    held = scan(Content(name, data), LIMITS, key=KEY)
    content, _ = long(name, data)
    result = scan(content, LIMITS, key=KEY)
    assert held.findings, "the test must find something"
    assert result.state is held.state
    assert result.persons == held.persons
    assert told(result) == told(held)
    assert {f.locations[:3] for f in result.findings} == {f.locations[:3] for f in held.findings}
    assert result.bytes_read == len(data)


def test_every_format_that_says_so_is_tried() -> None:
    tried = {formats.pick(Content(name, make())).__name__ for name, make in MAKERS.items()}  # type: ignore[union-attr]
    long_ones = {
        formats.load(n).__name__ for n in formats.names() if hasattr(formats.load(n), "LONG")
    }
    kin = {"docx", "pptx", "vsdx", "xlsb", "odf", "orc", "avro", "html", "json"}
    kin |= {"rar", "cab", "lzh", "compress"}
    assert {n.rpartition(".")[2] for n in long_ones} - kin <= {n.rpartition(".")[2] for n in tried}


def test_an_archive_is_not_read_whole_to_find_one_member(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped()
    content, source = long("a.zip", data)
    archive = zipfile.ZipFile(_long.file(content))
    archive.read("名簿.csv")
    assert sum(length for _, length in source.asked) < len(data) // 3


def test_of_a_format_that_needs_it_whole_the_beginning_is_held() -> None:
    mail = b"Subject: =?utf-8?b?5YCL5Lq655Wq5Y+3?=\r\n\r\n" + prose()
    content, _ = long("a.eml", mail)
    result = scan(content, replace(LIMITS, held_bytes=100_000), key=KEY)
    assert result.state is State.PARTIAL
    assert [(g.reason, g.bytes_read, g.bytes_total) for g in result.gaps] == [
        (Reason.TOO_LARGE, 100_000, len(mail))
    ]


def test_what_is_longer_may_have_more_members() -> None:
    """The bounds of members are for each so many bytes, as those of time are."""
    data = mailbox()
    content, _ = long("a.mbox", data)
    few = replace(LIMITS, members=30, held_bytes=len(data) // 8)
    assert scan(content, few, key=KEY).state is State.COMPLETE
    held = scan(Content("a.mbox", data), few, key=KEY)
    assert {gap.reason for gap in held.gaps} == {Reason.TOO_MANY_MEMBERS}


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.jsonl", "a.xml"])
def test_a_line_that_breaks_costs_the_rest_and_says_so(name: str) -> None:
    data = MAKERS[name]()
    content, _ = long(name, data, end=len(data) // 2)
    result = scan(content, LIMITS, key=KEY)
    assert result.findings
    assert result.state is State.PARTIAL
    assert Gap(Reason.CHANGED_WHILE_READ, detail="changed") in result.gaps


def test_bytes_beyond_the_setting_are_a_gap() -> None:
    data = prose()
    content, _ = long("a.txt", data)
    bounded = replace(content, source=Bytes(data[:100_000]))
    gaps = scan(bounded, LIMITS, key=KEY).gaps
    assert [(g.reason, g.bytes_read) for g in gaps] == [(Reason.TOO_LARGE, 100_000)]


def test_a_quote_that_is_never_closed_does_not_hold_back_the_rest() -> None:
    lines = "".join(f"{n},x\n" for n in range(5_000))
    pieces = iter([f'0,"open\n{lines}', lines])
    batches = csv._long_batches(pieces, [])
    assert sum(len(rows) for _, rows in batches) > 9_000
