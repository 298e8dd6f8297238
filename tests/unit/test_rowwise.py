"""Rows as items: judged together, told apart."""

from __future__ import annotations

import random

from auditor import rowwise
from auditor.model import Fatal, Limits, Reason, Scan, State
from auditor.scan import scan
from connectors._sample_tenant._company_keys import individual

KEY = b"k" * 32


def _scans(rows: list[dict[str, str]], name: str = "受付簿") -> list[Scan]:
    whole = scan(rowwise.content_of(rows, name, []), Limits(), key=KEY)
    return rowwise.scans_of(whole, rows)


def _rows(many: int, header: str) -> list[dict[str, str]]:
    return [{"件名": f"受付 {n}", header: individual(7, "row", n)} for n in range(many)]


def test_a_column_speaks_for_each_row_and_each_row_for_itself() -> None:
    rows = _rows(40, "番号")
    together = _scans(rows)
    assert {s.findings[0].confidence for s in together} == {"high"}
    assert {(s.findings[0].part, s.findings[0].locations, s.distinct) for s in together} == {
        ("", ("番号",), 1)
    }
    assert len({token for s in together for token in s.persons}) == 40
    (alone,) = _scans(rows[:1])
    assert [f.confidence for f in alone.findings] == ["low"]


def test_rows_beside_a_row_speak_for_its_column_and_are_not_judged() -> None:
    rows = _rows(40, "番号")
    content = rowwise.content_of(rows[:1], "受付簿", [], rows[1:])
    (found,) = rowwise.scans_of(scan(content, Limits(), key=KEY), rows[:1])
    assert [(f.confidence, f.count) for f in found.findings] == [("high", 1)]
    assert found.distinct == len(found.persons) == 1


def test_rows_without_a_number_are_complete_and_clean() -> None:
    rows = [*_rows(3, "個人番号"), {"件名": "なし"}, {"個人番号": ""}]
    found = _scans(rows)
    assert [len(s.findings) for s in found] == [1, 1, 1, 0, 0]
    assert {s.state for s in found} == {State.COMPLETE}


def test_digits_that_were_lost_are_the_rows_own_gap() -> None:
    rows = [*_rows(3, "個人番号"), {"個人番号": "1.23457E+11"}]
    found = _scans(rows)
    assert [[g.suspect for g in s.gaps] for s in found] == [[], [], [], [True]]
    assert found[3].state is State.PARTIAL


def test_a_header_that_holds_a_number_is_masked() -> None:
    number = individual(7, "header")
    (found,) = _scans([{f"個人番号 {number}": individual(7, "cell")}])
    shown = repr(found.findings)
    assert not any(part in shown for part in (number, number[:6]))


def test_a_table_that_killed_its_worker_is_a_gap_of_all() -> None:
    rows = _rows(2, "個人番号")
    content = rowwise.content_of(rows, "", [])
    again = scan(
        type(content)(
            content.name, content.data, rowwise=True, fatal=Fatal(0, Reason.TIMEOUT, "60 s")
        ),
        Limits(),
        key=KEY,
    )
    assert [s.state for s in rowwise.scans_of(again, rows)] == [State.FAILED] * 2


def test_long_pages_are_several_tables() -> None:
    rng = random.Random(5)
    rows = [{"a": "x" * rng.randrange(9_000)} for _ in range(5_000)]
    found = list(rowwise.slices(rows))
    assert [at for some in found for at in some] == list(range(5_000))
    assert len(found) > 2
    assert list(rowwise.slices([])) == []


def test_what_lies_beside_a_row_is_added() -> None:
    (row,) = _scans(_rows(1, "個人番号"))
    assert rowwise.beside(row, None) is row
    both = rowwise.beside(row, Scan(State.SKIPPED, bytes_read=5))
    assert (both.state, both.bytes_read) == (State.PARTIAL, row.bytes_read + 5)
