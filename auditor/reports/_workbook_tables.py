"""The tables of the workbook, in words: what to act on, what was found, what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from auditor.locales import has_word, placed, word
from auditor.reports import _cells
from auditor.reports._joined import Record, records
from auditor.reports._workbook import Column, Sheet, Value
from auditor.retention import CHECK, basis
from auditor.summary import LEVELS, Summary

__all__ = ["RESPONSES", "controls", "coverage", "findings", "items", "named"]

Row = Sequence[Value]

RESPONSES: Final = ("open", "started", "done", "not_needed")
"""How far somebody has come with an item."""
COLOURS: Final = {
    "public": ("#C00000", "#FFFFFF"),
    "external": ("#F4B183", "#000000"),
    "unknown": ("#FFE699", "#000000"),
    "internal": ("#DDEBF7", "#000000"),
    "private": ("#F2F2F2", "#000000"),
}
"""Level → colours of its cell and of the words in it, which can be read without the colour."""

_ITEMS = (
    Column("rank", 6, "number"),
    Column("exposure", 9),
    Column("persons", 8, "number"),
    Column("place", 22),
    Column("item", 32),
    Column("link", 7, "link"),
    Column("owner", 20),
    Column("action", 44),
    Column("in_charge", 14, "entry"),
    Column("due", 11, "due"),
    Column("response", 11, "entry"),
    Column("memo", 22, "entry"),
    Column("reach", 14, printed=False),
    Column("people", 10, "number", printed=False),
    Column("confidence", 12, printed=False),
    Column("source", 16, printed=False),
    Column("age", 12, "number", printed=False),
    Column("modified", 12, "date", printed=False),
    Column("document", 24, printed=False),
    Column("kept", 34, printed=False),
    Column("reasons", 38, printed=False),
    Column("breach", 28, printed=False),
    Column("measures", 28, printed=False),
    Column("item_id", 26, printed=False),
)
_FINDINGS = (
    Column("status", 9),
    Column("source", 12),
    Column("place", 22),
    Column("item", 32),
    Column("part", 18),
    Column("where", 20),
    Column("kind", 12),
    Column("confidence", 10),
    Column("count", 8, "number"),
    Column("evidence", 46),
    Column("distinct", 10, "number", printed=False),
    Column("document", 24, printed=False),
    Column("first_seen", 12, "date", printed=False),
    Column("last_seen", 12, "date", printed=False),
    Column("finding_id", 26, printed=False),
    Column("item_id", 26, printed=False),
)
_COVERAGE = (
    Column("source", 12),
    Column("place", 22),
    Column("item", 32),
    Column("part", 16),
    Column("state", 12),
    Column("reason", 20),
    Column("suspect", 12),
    Column("remedy", 50),
    Column("detail", 24, printed=False),
    Column("permission", 26, printed=False),
    Column("bytes_read", 14, "number", printed=False),
    Column("bytes_total", 14, "number", printed=False),
)
_CONTROLS = (
    Column("status", 10),
    Column("check", 42),
    Column("pillar", 14),
    Column("measures", 24),
    Column("seen", 42),
    Column("remedy", 48),
    Column("permission", 26, printed=False),
    Column("control_id", 34, printed=False),
)


def named(table: str, code: object, lang: str) -> str:
    """The words of a code; one that the catalogue does not have stands for itself."""
    text = "" if code is None else str(code)
    key = f"{table}.{text}"
    return word(key, lang) if text and has_word(key) else text


def items(sheet: Sheet, summary: Summary) -> None:
    """Items to act on, the most urgent first, with columns to fill in."""
    count = sheet.table(_ITEMS, _item_rows(summary, sheet.book.lang))
    _rules(sheet, max(count, 1))


def _item_rows(summary: Summary, lang: str) -> Iterator[Row]:
    frame = summary.to_act_on()
    names = list(frame.columns)
    for values in _cells.rows(frame):
        row: Record = dict(zip(names, values, strict=True))
        told = {
            "exposure": named("exposure.levels", row["exposure"], lang),
            "reach": named("exposure.reaches", row["reach"], lang),
            "people": row["reach_people"],
            "confidence": named("report.confidences", row["confidence"], lang),
            "source": named("report.sources", row["source"], lang),
            "place": row["partition"],
            "link": row["url"],
            "age": row["age_days"],
            "modified": _time(row["modified"]),
            "document": named("papers.types", row["document_type"], lang),
            "kept": _kept(row, lang),
            "reasons": _lines("exposure.reasons", row["exposure_reasons"], lang),
            "action": _action(row, lang),
            "breach": named("report.breaches", row["breach_class"], lang),
            "measures": _lines("report.measures", row["measures"], lang),
        }
        yield [told.get(column.name, row.get(column.name)) for column in _ITEMS]


def _rules(sheet: Sheet, count: int) -> None:
    """Colours by level, and what may stand in the columns to fill in."""
    lang, raw = sheet.book.lang, sheet.raw
    at = {column.name: place for place, column in enumerate(_ITEMS)}
    top, last = 1, count
    for level in LEVELS:
        colours = sheet.book.colour(*COLOURS[level])
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{word(f"exposure.levels.{level}", lang)}"',
            "format": colours,
        }
        raw.conditional_format(top, at["exposure"], last, at["exposure"], rule)
    choices = [word(f"workbook.responses.{name}", lang) for name in RESPONSES]
    raw.data_validation(
        top,
        at["response"],
        last,
        at["response"],
        {
            "validate": "list",
            "source": choices,
            "error_title": word("workbook.columns.response", lang),
            "error_message": word("workbook.one_of", lang, choices=" / ".join(choices)),
        },
    )
    raw.data_validation(
        top,
        at["due"],
        last,
        at["due"],
        {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            "error_title": word("workbook.columns.due", lang),
            "error_message": word("workbook.a_day", lang),
        },
    )


def findings(sheet: Sheet, summary: Summary) -> None:
    """Every finding, resolved and accepted ones too."""
    sheet.table(_FINDINGS, _finding_rows(summary, sheet.book.lang))


def _finding_rows(summary: Summary, lang: str) -> Iterator[Row]:
    comma = word("report.table.comma", lang)
    for row in records(summary, "findings"):
        told = {
            "status": named("report.statuses", row["status"], lang),
            "source": named("report.sources", row["source"], lang),
            "place": row["partition"],
            "where": comma.join(placed(where, lang) for where in row["locations"]),
            "part": placed(row["part"], lang),
            "kind": named("report.kinds", row["kind"], lang),
            "confidence": named("report.confidences", row["confidence"], lang),
            "evidence": _lines("evidence", row["reasons"], lang),
            "document": named("papers.types", row["document_type"], lang),
            "first_seen": _time(row["first_seen"]),
            "last_seen": _time(row["last_seen"]),
        }
        yield [told.get(column.name, row.get(column.name)) for column in _FINDINGS]


def coverage(sheet: Sheet, summary: Summary) -> None:
    """Everything that was not fully read, and why."""
    sheet.table(_COVERAGE, _coverage_rows(summary, sheet.book.lang))


def _coverage_rows(summary: Summary, lang: str) -> Iterator[Row]:
    for row in records(summary, "coverage"):
        told = {
            "source": named("report.sources", row["source"], lang),
            "place": row["partition"],
            "item": row["item"] or word("report.table.whole_scope", lang),
            "part": placed(row["part"], lang),
            "state": named("report.states", row["state"], lang),
            "reason": word(f"reasons.{row['reason']}.words", lang),
            "remedy": word(f"reasons.{row['reason']}.remedy", lang),
            "suspect": word("workbook.suspect", lang) if row["suspect"] else "",
        }
        yield [told.get(column.name, row.get(column.name)) for column in _COVERAGE]


def controls(sheet: Sheet, summary: Summary) -> None:
    """Settings of the tenant that were checked."""
    lang = sheet.book.lang
    rows = (
        [
            named("report.checks", row["status"], lang),
            row["title"],
            named("controls.pillars", row["pillar"], lang),
            _lines("report.measures", row["measures"], lang),
            row["evidence"],
            row["remedy"],
            row["permission"],
            row["control_id"],
        ]
        for row in records(summary, "controls")
    )
    sheet.table(_CONTROLS, rows)


def _lines(table: str, codes: Sequence[str], lang: str) -> str:
    return "\n".join(named(table, code, lang) for code in codes)


def _action(row: Record, lang: str) -> str:
    """What to do, a line each: about who can open it, about its age, about a doubtful hit."""
    said = [named("exposure.fixes", code, lang) for code in row["exposure_reasons"]]
    if row["retention_check"] == CHECK:
        said.append(word("report.steps.retention", lang))
    if row["confidence"] == "low":
        said.append(word("report.steps.review", lang))
    return "\n".join(dict.fromkeys(said))


def _kept(row: Record, lang: str) -> str:
    """The retention check in words, with what it was counted from."""
    check, until = row["retention_check"], _time(row["retention_until"])
    if not check:
        return ""
    if until is None:
        return named("papers.checks", check, lang)
    created, modified = _time(row["created"]), _time(row["modified"])
    kind, day = basis(row["document_type"] or "", until.date(), modified, created)
    counted = word(f"papers.basis.{kind}", lang, day=day) if kind else ""
    return word(f"papers.checks.{check}", lang, until=until.date().isoformat(), basis=counted)


def _time(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
