"""Each baseline finds and misses what its definition says; public vectors only."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import pytest

from auditor.model import Table, Text
from corpus.baselines import checksum, labelled, plain, presidio, purview
from corpus.document import Document

VALID = "483920175644"
GROUPED = "4839 2017 5644"
INVALID = "483920175645"
COURIER = "4812-1234-5014"
"""Passes the check by chance."""
FAR = "。" * 301


def document(*segments: str | Table, around: Sequence[str] = ()) -> Document:
    read = tuple(Text(one) if isinstance(one, str) else one for one in segments)
    return Document("made_up", "test", read, tuple(around), labelled=True)


def found(baseline: ModuleType, *segments: str | Table, around: Sequence[str] = ()) -> str:
    """The strictest level that finds something, or ""."""
    levels = baseline.find(document(*segments, around=around))
    assert tuple(levels) == baseline.LEVELS
    return next((level for level in baseline.LEVELS if levels[level]), "")


PURVIEW = [
    (f"個人番号：{VALID}", "85"),
    (f"My Number {GROUPED}", "85"),
    (f"{GROUPED.replace(' ', '.')} 通知カード", "85"),
    (f"共通番号{'。' * 290}{VALID}", "85"),
    (f"共通番号{FAR}{VALID}", "65"),
    (f"これお願いします {VALID}", "65"),
    (f"送り状番号 {COURIER}", "65"),
    (f"マイナンバーの書類は {COURIER} で送りました", "85"),
    (f"個人番号：{INVALID}", ""),
    (f"個人番号：{'４８３９２０１７５６４４'}", ""),
    (f"個人番号：{GROUPED.replace(' ', '・')}", ""),
    (f"個人番号：{' '.join(VALID)}", ""),
    ("T4700110005905", ""),
]


@pytest.mark.parametrize("number", range(len(PURVIEW)))
def test_purview_is_the_published_rule(number: int) -> None:
    text, level = PURVIEW[number]
    assert found(purview, text) == level


def test_purview_sees_a_header_only_as_far_as_300_characters() -> None:
    near = Table(rows=[["氏名", "マイナンバー"], ["山田", VALID]])
    far = Table(rows=[["氏名", "マイナンバー"], *[["山田太郎", "東京都"]] * 60, ["山田", VALID]])
    assert [found(purview, table) for table in (near, far)] == ["85", "65"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (f"番号 {GROUPED}", "any"),
        (f"送り状番号 {COURIER}", "any"),
        (f"個人番号 {INVALID}", ""),
        (f"0{VALID}", ""),
        (f"a{VALID}", ""),
    ],
    ids=["grouped", "courier", "invalid", "thirteen", "glued"],
)
def test_checksum_knows_nothing_but_the_check_digit(text: str, level: str) -> None:
    assert found(checksum, text) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (f"kojin_bango={VALID}", "labelled"),
        (f"{VALID}（個人番号）", "labelled"),
        (f"個人番号{'。' * 90}{VALID}", "labelled"),
        (f"個人番号{'。' * 101}{VALID}", ""),
        (f"これお願いします {VALID}", ""),
        (f"個人番号 {INVALID}", ""),
    ],
    ids=["key", "behind", "near", "far", "none", "invalid"],
)
def test_labelled_needs_a_label_within_100_characters(text: str, level: str) -> None:
    assert found(labelled, text) == level


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_presidio_weighs_check_digit_and_context() -> None:
    for package in ("presidio_analyzer", "spacy", "sudachipy"):
        pytest.importorskip(package, reason="needs the dependency group `bench`")
    said = [
        found(presidio, text)
        for text in (
            f"マイナンバーは {GROUPED}",
            f"送り状番号 {COURIER}",
            f"マイナンバーは {INVALID}",
            "あ\n" * 5_100 + f"マイナンバー {VALID}",
        )
    ]
    assert said == ["context", "any", "", "context"]


def test_presidio_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presidio, "available", lambda: False)
    presidio._engine.cache_clear()
    with pytest.raises(ModuleNotFoundError, match="group `bench`"):
        presidio.find(document(VALID))


def test_a_document_is_flattened_as_plain_tools_do() -> None:
    sheet = Table(rows=[["a", "", "b"], ["c"]], place="Sheet1", columns=["x", "y", "z"])
    flat = plain.text_of(document("body", sheet, around=("folder", "file.xlsx")))
    assert flat == "folder\nfile.xlsx\nbody\nSheet1\nx\ty\tz\na\t\tb\nc"
