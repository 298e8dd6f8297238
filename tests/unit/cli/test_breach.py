"""``report --known-on`` and what ``explain`` says about the age of a paper."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.locales import LANGUAGES, word
from auditor.terminal import listing
from auditor.terminal.reading import reading
from connectors import _blob_items

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def old_paper(here: Path, run: Run, planted: list[str]) -> str:
    """A declaration of long ago, copied later; the id of its finding."""
    folder = here / "人事"
    folder.mkdir()
    paper = folder / "申告書.txt"
    title = "平成29年分 給与所得者の扶養控除等（異動）申告書"
    paper.write_text(f"{title}\n個人番号: {planted[0]}\n", "utf-8")
    copied = datetime(2019, 5, 20, tzinfo=UTC).timestamp()
    os.utime(paper, (copied, copied))
    Path("audit.toml").write_text('[sources.folder]\npaths = ["人事"]\n', "utf-8")
    assert run("audit", "--quiet")[0] == 0
    with reading(here / "audit-workspace") as db:
        ((found,),) = db.execute("SELECT finding_id FROM findings").fetchall()
    return str(found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explain_says_which_paper_it_is_and_that_its_period_may_be_over(
    run: Run, old_paper: str, lang: str
) -> None:
    code, out, _ = run("explain", old_paper, "--lang", lang)
    assert code == 0
    assert word("papers.types.dependents_declaration", lang) in out
    counted = word("papers.basis.year", lang, day="2017")
    assert word("papers.checks.check", lang, until="2025-01-10", basis=counted) in out
    shown = "".join(out.split())
    for key in ("papers.copies.folder", "papers.copies.caution"):
        assert "".join(word(key, lang).split()) in shown
    assert "illegal" not in out.lower()
    assert "違法" not in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_worksheet_has_the_deadlines_of_the_day_given(
    run: Run, old_paper: str, lang: str
) -> None:
    given = ("--output-formats", "breach", "--known-on", "2026-11-20", "--lang", lang)
    code, out, _ = run("report", *given)
    assert code == 0
    sheet, items = (Path(line) for line in out.splitlines())
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        said = [" ".join(row.values()) for row in csv.DictReader(file)]
    for day in ("2026-11-20", "2026-11-22", "2026-11-24", "2026-12-21", "2027-01-18"):
        assert any(day in text for text in said)
    assert len(items.read_text("utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "2014-12-31", "2100-01-01", ""])
def test_a_day_that_is_none_is_refused(run: Run, here: Path, day: str) -> None:
    code, out, err = run("report", "--known-on", day)
    assert (code, out) == (2, "")
    assert "--known-on" in err
    assert "2026-11-20" in err


@pytest.mark.parametrize(
    ("part", "earlier"),
    [
        ("version 2026-04-01T02:03:04Z", True),
        ("snapshot 2026-04-01T02:03:04Z › sheet 給与", True),
        ("version 2.xlsx › sheet 給与", False),
        ("", False),
    ],
)
def test_an_earlier_state_of_a_file_is_known_by_its_part(part: str, earlier: bool) -> None:
    assert bool(listing._EARLIER.match(part)) == earlier
    moment = "2026-04-01T02:03:04.0000000Z"
    assert listing._EARLIER.match(_blob_items._part("version", moment))
