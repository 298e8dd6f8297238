from __future__ import annotations

import io
import pickle
import random
import zipfile
from email.message import EmailMessage
from types import SimpleNamespace

import openpyxl
import pytest

from auditor import formats
from auditor import scan as scanning
from auditor.detect import Detection, Suspect
from auditor.model import Content, Gap, Limits, Reason, State, Text
from auditor.scan import Part, fold, scan

KEY = b"k" * 32
LIMITS = Limits(ocr=False)
WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
rng = random.Random(21)


def number() -> str:
    base = [rng.randrange(10) for _ in range(11)]
    rest = sum(d * w for d, w in zip(base, WEIGHTS, strict=True)) % 11
    return "".join(map(str, base)) + str(0 if rest <= 1 else 11 - rest)


def people(count: int) -> tuple[list[str], bytes]:
    """Numbers, and a list of them in CP932."""
    numbers = [number() for _ in range(count)]
    rows = (f"山田{n},{digits},東京都\n" for n, digits in enumerate(numbers))
    return numbers, ("氏名,個人番号,住所\n" + "".join(rows)).encode("cp932")


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def look(data: bytes, name: str = "a.bin", limits: Limits = LIMITS, **more):
    return scan(Content(name, data, **more), limits, key=KEY)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch):
    """A format that does what a test says."""

    def do(parts):
        name = "auditor.formats.fake"
        module = SimpleNamespace(BEGINNING=True, parts=parts, __name__=name)
        monkeypatch.setattr(formats, "pick", lambda content: module)

    return do


def test_a_list_is_found_complete() -> None:
    _, data = people(30)
    result = look(data, "list.csv")
    assert (result.state, result.content_type) == (State.COMPLETE, "csv")
    assert result.bytes_read == len(data)
    (found,) = result.findings
    assert (found.kind, found.confidence) == ("individual_number", "high")
    assert (found.count, found.distinct) == (30, 30)
    assert found.locations[0] == "line 2"
    assert (result.distinct, len(result.persons)) == (30, 30)


def test_the_parts_lead_to_where_it_lies() -> None:
    numbers, data = people(3)
    book = openpyxl.Workbook()
    book.active.title = "給与"
    book.active.append(["氏名", "個人番号"])
    for digits in numbers:
        book.active.append(["山田", digits])
    out = io.BytesIO()
    book.save(out)
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "中", "a@example.jp"
    inner.set_content("本文")
    archive = zipped({"sub/a.xlsx": out.getvalue(), "b.csv": data})
    inner.add_attachment(archive, maintype="application", subtype="zip", filename="x.zip")
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "外", "a@example.jp"
    outer.set_content("本文")
    outer.add_attachment(inner)
    result = look(outer.as_bytes(), "mail.eml")
    assert result.state is State.COMPLETE
    assert [f.part for f in result.findings] == [
        "attachment 1 › attachment 1 › sub/a.xlsx › sheet 給与",
        "attachment 1 › attachment 1 › b.csv",
    ]
    assert result.findings[0].locations[0] == "B2"
    assert result.distinct == 3  # the same people twice


def test_a_number_in_a_name_is_found_and_masked() -> None:
    secret = number()
    result = look(zipped({f"マイナンバー_{secret}.txt": b"words"}), "a.zip")
    (found,) = result.findings
    assert found.part == "マイナンバー_••••••••••••.txt › name"
    assert found.locations == ()
    assert secret not in repr(result)
    top = look(b"words", f"個人番号{secret}.txt")
    assert [f.part for f in top.findings] == ["name"]


def test_names_of_what_cannot_be_read_are_read() -> None:
    secret = number()
    data = bytearray(zipped({f"個人番号_{secret}.txt": b"words"}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    result = look(bytes(data), "a.zip")
    assert result.state is State.SKIPPED
    assert [g.reason for g in result.gaps] == [Reason.PASSWORD_PROTECTED]
    assert result.gaps[0].suspect
    assert len(result.findings) == 1
    assert secret not in repr(result)


def test_names_around_speak_of_what_lies_inside() -> None:
    """A bare list of numbers means nothing until a container says what it is."""
    bare = "\n".join(number() for _ in range(3)).encode()
    plain = look(bare, "list.txt")
    told = look(zipped({"list.txt": bare}), "マイナンバー一覧.zip")
    order = ["high", "medium", "low", "none"]
    best = [
        min((order.index(f.confidence) for f in result.findings), default=3)
        for result in (plain, told)
    ]
    assert best[1] < best[0]


@pytest.mark.parametrize(
    ("name", "around", "suspect"),
    [
        ("マイナンバー一覧.zip", (), True),
        ("a.zip", ("扶養控除申告書",), True),
        ("a.zip", ("memo",), False),
    ],
)
def test_gaps_are_suspect_where_names_say_so(name: str, around, suspect: bool) -> None:
    result = look(b"PK\x03\x04", name, around=around, truncated=True, total=99)
    assert [g.suspect for g in result.gaps] == [suspect]


def test_lost_digits_are_a_suspect_gap() -> None:
    result = look("氏名,個人番号\n山田,1.23457E+11\n佐藤,1.33457E+11\n".encode(), "a.csv")
    assert [(g.reason, g.detail, g.suspect) for g in result.gaps] == [
        (Reason.MALFORMED, "digits_lost", True)
    ]
    assert result.state is State.PARTIAL


@pytest.mark.parametrize(
    ("data", "name", "more", "state", "reasons"),
    [
        (b"", "a.pdf", {}, State.COMPLETE, []),
        (b"words", "a.txt", {}, State.COMPLETE, []),
        (b"\0\1\2\3" * 99, "a.dat", {}, State.SKIPPED, ["unsupported_format"]),
        (b"words", "a.txt", {"truncated": True, "total": 9}, State.PARTIAL, ["too_large"]),
        (b"PK\3\4", "a.zip", {"truncated": True}, State.SKIPPED, ["too_large"]),
        (b"%PDF-1.7", "a.pdf", {"truncated": True}, State.SKIPPED, ["too_large"]),
        (b"", "a.pdf", {"truncated": True, "total": 9}, State.SKIPPED, ["too_large"]),
        (b"%PDF-1.7", "a.pdf", {}, State.FAILED, ["malformed"]),
        (b"PK\3\4 junk", "a.zip", {}, State.FAILED, ["malformed"]),
        (b"\xff\xd8\xff" + bytes(9), "a.jpg", {}, State.SKIPPED, ["ocr_off"]),
    ],
)
def test_states(data: bytes, name: str, more, state: State, reasons: list[str]) -> None:
    result = look(data, name, **more)
    assert (result.state, [g.reason.value for g in result.gaps]) == (state, reasons)


def test_what_was_left_unread_is_told_in_bytes() -> None:
    (gap,) = look(b"words", "a.txt", truncated=True, total=9).gaps
    assert (gap.bytes_read, gap.bytes_total) == (5, 9)


class Panic(BaseException):
    """As native libraries raise."""


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (ValueError("page 12"), "malformed"),
        (Panic("12"), "malformed"),
        (RecursionError(), "too_deep"),
        (MemoryError(), "memory"),
    ],
)
def test_faults_keep_what_came_before(fake, fault: BaseException, reason: str) -> None:
    secret = number()

    def parts(content, limits):
        yield Text(f"個人番号 {secret}", "page 1")
        raise fault

    fake(parts)
    result = look(b"x")
    assert result.state is State.PARTIAL
    assert [(g.reason.value, "12" in g.detail) for g in result.gaps] == [(reason, False)]
    assert result.distinct == 1


@pytest.mark.parametrize("fault", [KeyboardInterrupt, SystemExit])
def test_who_wants_to_stop_is_not_stopped(fake, fault: type[BaseException]) -> None:
    def parts(content, limits):
        raise fault
        yield

    fake(parts)
    with pytest.raises(fault):
        look(b"x")


def test_a_fault_of_the_detector_costs_one_segment(fake, monkeypatch) -> None:
    def broken(segment, *, around=()):
        if segment.place == "page 1":
            raise ZeroDivisionError
        return Detection(suspects=(Suspect("digits_lost", "line 1"),))

    fake(lambda content, limits: iter([Text("one", "page 1"), Text("two", "page 2")]))
    monkeypatch.setattr(scanning, "detect", broken)
    result = look(b"x")
    assert [(g.reason.value, g.part) for g in result.gaps] == [
        ("crashed", ""),
        ("malformed", "page 2"),
    ]


def test_depth_members_and_bytes_are_bounded() -> None:
    nested = b"words"
    for level in range(12):
        nested = zipped({f"l{level}.zip" if level else "a.txt": nested})
    deep = look(nested, limits=Limits(depth=3))
    assert [(g.reason.value, g.part.count("›")) for g in deep.gaps] == [("too_deep", 2)]
    inner = zipped({f"{n}.txt": b"words" for n in range(40)})
    wide = look(zipped({f"{n}.zip": inner for n in range(40)}), limits=Limits(members=100))
    assert "too_many_members" in [g.reason.value for g in wide.gaps]
    assert wide.state is State.PARTIAL
    bomb = zipped({f"{n}.txt": bytes(1 << 20) for n in range(20)})
    big = look(zipped({"a.zip": bomb, "b.zip": bomb}), limits=Limits(expanded_bytes=5 << 20))
    assert "too_large" in [g.reason.value for g in big.gaps]


def test_very_many_gaps_alike_are_few() -> None:
    result = look(zipped({f"{n}.dat": b"\0\1\2\3" * 9 for n in range(500)}))
    assert len(result.gaps) == 51
    assert result.gaps[-1].part == ""


def test_parts_come_as_they_are_read_and_fold_to_the_same() -> None:
    _, data = people(3)
    emitted: list[Part] = []
    content = Content("a.zip", zipped({"a.csv": data, "b.csv": data, "c.dat": b"\0\1\2\3" * 9}))
    result = scan(content, Limits(), key=KEY, emit=emitted.append)
    assert len(emitted) >= 3
    assert fold(pickle.loads(pickle.dumps(emitted))) == result
    half = fold(emitted[:1])
    assert (half.content_type, half.bytes_read) == ("zip", len(content.data))
    assert half.distinct == 3
    assert fold([]) == fold([Part()])


def test_what_emit_raises_passes(fake) -> None:
    def emit(part: Part) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        scan(Content("a.txt", b"words"), Limits(), key=KEY, emit=emit)


def test_nothing_in_a_scan_holds_a_digit() -> None:
    numbers, data = people(20)
    place = f"sheet {numbers[0]}"
    result = look(zipped({f"{numbers[1]}/{place}.csv": data}), f"{numbers[2]}.zip")
    emitted = pickle.dumps(result) + repr(result).encode()
    assert not any(digits.encode() in emitted for digits in numbers)
    assert any(f.count >= 20 for f in result.findings)


def test_control_characters_and_length_of_parts(fake) -> None:
    fake(
        lambda content, limits: iter(
            [Gap(Reason.MALFORMED, part="a\x00\x1b[31m\u202eb" + "x" * 999)]
        )
    )
    (gap,) = look(b"x").gaps
    assert "\x1b" not in gap.part
    assert "\u202e" not in gap.part
    assert len(gap.part) <= 300
