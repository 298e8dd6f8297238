from __future__ import annotations

import pickle
import random
from urllib.parse import quote, unquote

import pytest

from auditor import redact
from auditor.detect import Confidence, Hit, Kind, Number
from auditor.redact import MASK, findings, groups, mask, persons

KEY = b"k" * 32
WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
rng = random.Random(20)


def number() -> str:
    base = [rng.randrange(10) for _ in range(11)]
    rest = sum(d * w for d, w in zip(base, WEIGHTS, strict=True)) % 11
    return "".join(map(str, base)) + str(0 if rest <= 1 else 11 - rest)


def hit(
    digits: str,
    location: str = "line 1",
    confidence: Confidence = Confidence.HIGH,
    kind: Kind = Kind.INDIVIDUAL_NUMBER,
    reasons: tuple[str, ...] = ("check_passes",),
) -> Hit:
    return Hit(Number(digits), kind, confidence, location, reasons, 0, 12)


def test_hits_of_one_kind_and_confidence_are_one_finding() -> None:
    one, two = number(), number()
    hits = [
        hit(one, "B2", reasons=("a",)),
        hit(one, "B3", reasons=("b", "a")),
        hit(two, "B2"),
        hit(two, "B9", Confidence.LOW),
    ]
    found = findings(groups(hits, "sheet 1", KEY))
    assert [(f.confidence, f.count, f.distinct, f.locations) for f in found] == [
        ("high", 3, 2, ("B2", "B3")),
        ("low", 1, 1, ("B9",)),
    ]
    assert found[0].reasons == ("a", "b", "check_passes")


def test_parts_that_came_in_pieces_are_counted_once() -> None:
    one, two = number(), number()
    first = groups([hit(one, "line 1"), hit(two, "line 2")], "", KEY)
    second = groups([hit(one, "line 9")], "", KEY)
    (found,) = findings((*first, *second))
    assert (found.count, found.distinct, found.locations) == (3, 2, ("line 1", "line 2", "line 9"))


def test_locations_are_few() -> None:
    hits = [hit(number(), f"line {n}") for n in range(1000)]
    (found,) = findings(groups(hits, "", KEY))
    assert len(found.locations) == 20
    assert found.distinct == 1000


def test_very_many_parts_become_their_container() -> None:
    made = [
        group for n in range(5000) for group in groups([hit(number())], f"a.pdf › page {n}", KEY)
    ]
    found = findings(made)
    assert len(found) == 201
    assert sum(f.count for f in found) == sum(f.distinct for f in found) == 5000
    assert found[-1].part == "a.pdf"
    assert found[-1].locations[0] == "page 200"


def test_persons_are_probable_individual_numbers_only() -> None:
    certain, probable, doubtful, sample, code = (number() for _ in range(5))
    made = groups(
        [
            hit(certain),
            hit(probable, confidence=Confidence.MEDIUM),
            hit(doubtful, confidence=Confidence.LOW),
            hit(sample, confidence=Confidence.SAMPLE),
            hit(code, kind=Kind.RESIDENT_RECORD_CODE),
        ],
        "",
        KEY,
    )
    assert persons(made) == {Number(certain).token(KEY), Number(probable).token(KEY)}


def test_nothing_that_comes_out_holds_a_digit_of_it() -> None:
    secret = number()
    made = groups([hit(secret)], "", KEY)
    for thing in (made, findings(made), persons(made)):
        assert secret not in repr(thing)
        assert secret.encode() not in pickle.dumps(thing)
    assert all(token.hex() not in repr(made) for token in persons(made))


WRITTEN = {
    "plain": lambda n: n,
    "spaced": lambda n: f"{n[:4]} {n[4:8]} {n[8:]}",
    "dashed": lambda n: f"{n[:4]}-{n[4:8]}-{n[8:]}",
    "long vowels": lambda n: f"{n[:4]}ー{n[4:8]}ー{n[8:]}",
    "full width": lambda n: n.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "single": " ".join,
    "underscored": lambda n: f"{n[:4]}_{n[4:8]}_{n[8:]}",
    "encoded": lambda n: "".join(f"%{ord(d):02X}" for d in n),
    "encoded wide": lambda n: quote(
        n.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    ),
    "encoded twice": lambda n: quote(quote(f"{n[:4]} {n[4:8]} {n[8:]}")),
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("frame", ["{}", "山田_{}.pdf", "https://a.example/x/{}/b?c=%E8%A1%A8"])
def test_no_written_form_survives_in_a_name(written, frame: str) -> None:
    for _ in range(20):
        secret = number()
        masked = mask(frame.format(written(secret)))
        assert MASK in masked
        between = unquote(masked[masked.index(MASK) : masked.rindex(MASK)])
        assert not any(char.isdigit() for char in between)
        assert written(secret) not in masked
        assert mask(masked) == masked


@pytest.mark.parametrize(
    "name",
    [
        "給与 2026-04-01 第12版.xlsx",
        "https://a.example/sites/hr/Shared%20Documents/%E8%A1%A8.xlsx?web=1",
        "100%",
        "50%25 done",
        "",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    ],
)
def test_other_names_stay_as_they_are(name: str) -> None:
    assert mask(name) == name


def test_addresses_stay_addresses() -> None:
    masked = mask(f"https://a.example/%E8%A1%A8/{number()}?x=1&y=%20")
    assert masked.startswith("https://a.example/%E8%A1%A8/")
    assert masked.endswith("?x=1&y=%20")
    assert redact.JOINT.strip() == "›"


def test_no_reason_tells_a_digit() -> None:
    """Evidence on a check digit of 0 or a lost leading 0 leaves without saying so."""
    from auditor.detect import detect

    texts = ("個人番号 271828182849", "個人番号: 23456789013", "個人番号 4839 2017 5644")
    rows = [detect(text).hits for text in texts]
    codes = {c for hits in rows for g in groups(hits, "", b"k") for c in g.reasons}
    assert codes
    assert not codes & {"check_passes_zero", "zero_lost"}
