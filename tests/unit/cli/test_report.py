"""``report`` where something that one of the reports needs is not installed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import reports
from auditor.locales import LANGUAGES, word

Run = Callable[..., tuple[int, str, str]]


def written(out: str) -> set[str]:
    return {Path(line).suffix for line in out.splitlines()}


def test_all_reports_are_written_when_none_is_named(audited: Path, run: Run) -> None:
    code, out, err = run("report")
    assert (code, err) == (0, "")
    assert written(out) >= {reports.load(name).SUFFIX for name in reports.names()}
    assert all(Path(line).is_file() for line in out.splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_an_extra_the_others_are_written_and_a_note_says_so(
    audited: Path, run: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    code, out, err = run("report", "--lang", lang)
    assert code == 0
    assert ".parquet" not in written(out)
    assert {".csv", ".jsonl", ".html"} <= written(out)
    assert word("errors.missing_extra.words", lang, report="parquet", extra="columns") in err
    assert word("errors.missing_extra.remedy", lang, extra="columns") in err


def test_a_report_that_was_asked_for_by_name_is_missed_loudly(
    audited: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    code, out, err = run("report", "--output-formats", "parquet,jsonl", "--lang", "en")
    assert code == 2
    assert written(out) == {".jsonl"}
    assert "pip install '.[columns]'" in err
