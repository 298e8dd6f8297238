"""Writing in unknown binaries, and in what its own reader cannot open."""

from __future__ import annotations

import io
import random
import time
import zipfile
import zlib
from operator import mul

import pytest

from auditor.detect import detect
from auditor.formats import _strings
from auditor.model import Content, Fatal, Limits, Reason, State
from auditor.redact import groups, persons
from auditor.scan import scan

FULL = str.maketrans("0123456789", "０１２３４５６７８９")
KEY = b"k" * 32


def number(seed: str) -> str:
    rng = random.Random(seed)
    body = [rng.randrange(10) for _ in range(11)]
    rest = sum(map(mul, body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2))) % 11
    return "".join(map(str, body)) + str(0 if rest <= 1 else 11 - rest)


def look(data: bytes, name: str = "a.dat", **more):
    return scan(Content(name, data, **more), Limits(), key=KEY)


def noise(seed: int, size: int) -> bytes:
    """Bytes that no text has, so that nothing in them is taken for writing."""
    return bytes(random.Random(seed).choices((*range(9), *range(0x0E, 0x20), 0xFF), k=size))


@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("label", ["個人番号：", "マイナンバー", "番号", "My Number: ", ""])
def test_a_number_is_found_once_however_it_is_written(
    encoding: str, label: str, full: bool, shift: int
) -> None:
    digits = number(f"{encoding}{label}{full}{shift}")
    text = label + (digits.translate(FULL) if full else digits)
    data = (
        noise(1, 1000 + shift) + b"\x01\x02" + text.encode(encoding) + b"\x03\x04" + noise(2, 999)
    )
    result = look(data)
    assert result.state is State.PARTIAL
    assert [gap.reason for gap in result.gaps] == [Reason.UNSUPPORTED_FORMAT]
    plain = detect(text)
    assert sum(found.count for found in result.findings) == len(plain.hits)
    assert result.distinct == len(persons(groups(plain.hits, "", KEY)))
    assert result.distinct or not label or label == "番号"


def test_digits_in_groups_and_one_by_one() -> None:
    n = number("groups")
    grouped = f"個人番号 {n[:4]}-{n[4:8]}-{n[8:]}".encode("utf-16-le")
    assert look(noise(3, 64) + grouped + noise(4, 64)).distinct == 1
    apart = f"個人番号 {' '.join(n)}".encode("cp932")
    assert look(noise(3, 64) + apart + noise(4, 64)).distinct == 1


@pytest.mark.parametrize("offset", range(-24, 25, 3))
def test_numbers_at_the_edges_of_slices(offset: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_strings, "_SLICE", 4096)
    monkeypatch.setattr(_strings, "_OVER", 256)
    text = f"個人番号：{number(str(offset))}".encode()
    data = noise(5, 8192 + offset) + text + noise(6, 9000)
    assert sum(f.count for f in look(data).findings) == 1


def test_a_run_without_an_end_loses_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_strings, "_SLICE", 4096)
    monkeypatch.setattr(_strings, "_OVER", 256)
    numbers = [number(f"run {i}") for i in range(600)]
    data = b"\0\1\2\xff" + " My Number: ".join(["", *numbers]).encode() + b"\0\1\2\xff"
    assert look(data).distinct == len(set(numbers))


def test_nothing_is_written_in_noise() -> None:
    for data in (noise(7, 50_000), bytes(50_000), bytes(range(16)) * 4000):
        result = look(data)
        assert result.state is State.SKIPPED
        assert [gap.reason for gap in result.gaps] == [Reason.UNSUPPORTED_FORMAT]


def test_random_bytes_are_bounded_in_time_and_hold_no_number() -> None:
    data = b"\0" + random.Random(8).randbytes(6 << 20)
    start = time.process_time()
    result = look(data)
    assert time.process_time() - start < 10
    assert result.distinct == 0


@pytest.mark.parametrize(
    "fill", [b"1", b"\x82\x4f", b"1\0", b"\0a", b"\x30", b"\x4e", b"\xe3\x81\x82"]
)
def test_repeats_take_linear_time(fill: bytes) -> None:
    data = b"\0\1\xff\xfe" + fill * ((2 << 20) // len(fill)) + b"\0\1\xff"
    start = time.process_time()
    for _ in _strings.parts(Content("", data), Limits()):
        pass
    assert time.process_time() - start < 5


def test_of_recordings_only_the_tags_are_read() -> None:
    tag = f"個人番号 {number('tag')}".encode("utf-16-le")
    body = noise(12, 3000) + b"a\0\1" + b"abcdefghij" * (1 << 20)
    for data in (
        b"ID3\x03\0\0" + tag + b"\0\0\1\2" + body,
        b"\0\0\0\x20ftypmp42" + b"\0\1\2\3" + body + b"\0\1\2\3" + tag,
    ):
        result = look(data, "a.mp4")
        assert [gap.detail for gap in result.gaps] == ["sound or video"]
        assert result.distinct == 1


def test_the_beginning_of_a_binary() -> None:
    data = noise(9, 100) + f"個人番号：{number('cut')}".encode()
    result = look(data, truncated=True, total=10_000)
    assert {gap.reason for gap in result.gaps} == {Reason.UNSUPPORTED_FORMAT, Reason.TOO_LARGE}
    assert result.distinct == 1


def test_named_like_a_pdf_and_none_is_damaged_not_unknown() -> None:
    data = noise(10, 300) + f"個人番号：{number('pdf')}".encode("cp932") + noise(11, 300)
    result = look(data, "a.pdf")
    assert [gap.reason for gap in result.gaps] == [Reason.MALFORMED]
    assert result.content_type == "pdf"
    assert (result.state, result.distinct) == (State.PARTIAL, 1)


def test_streams_of_a_pdf_that_does_not_open() -> None:
    packed = zlib.compress(f"<x>個人番号：{number('stream')}</x>".encode())
    data = b"%PDF-1.7\n1 0 obj <</Filter/FlateDecode>>\nstream\r\n" + packed + b"\nendstream\n"
    result = look(data, "a.pdf")
    assert [gap.reason for gap in result.gaps] == [Reason.MALFORMED]
    assert result.distinct == 1


def package(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" + " " * 900)
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>" + " " * 900)
    return out.getvalue()


def test_the_beginning_of_a_package_that_only_opens_whole() -> None:
    data = package(f"個人番号：{number('whole')}")[:-80]
    result = look(data, "a.docx", truncated=True, total=10_000)
    assert [gap.reason for gap in result.gaps] == [Reason.TOO_LARGE]
    assert (result.state, result.distinct) == (State.PARTIAL, 1)


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED])
def test_what_was_fatal_is_read_by_its_writing_and_the_reason_stands(reason: Reason) -> None:
    number_1, number_2 = number("fatal 1"), number("fatal 2")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.docx", package(f"個人番号：{number_1}"))
        archive.writestr("b.csv", f"氏名,個人番号\n山田,{number_2}\n")
    data = out.getvalue()
    begun: list[int] = []
    scan(Content("a.zip", data), Limits(), key=KEY, begin=begun.append)
    assert begun == [1, 2]
    result = look(data, "a.zip", fatal=Fatal(1, reason, "SIGABRT"))
    assert [(gap.reason, gap.part, gap.detail) for gap in result.gaps] == [
        (reason, "a.docx", "SIGABRT")
    ]
    assert (result.state, result.distinct) == (State.PARTIAL, 2)
    whole = look(package(f"個人番号：{number_1}"), "a.docx", fatal=Fatal(0, reason, "SIGABRT"))
    assert [(gap.reason, gap.part) for gap in whole.gaps] == [(reason, "")]
    assert whole.distinct == 1
