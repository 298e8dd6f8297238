"""What ``audit`` prints at its end: exposure, what to act on first, coverage, and the books."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice

from auditor.comparison import before, compare
from auditor.locales import word
from auditor.suppressions import standing as suppressed
from auditor.terminal.console import Console
from auditor.terminal.diff_words import trend
from auditor.terminal.display import clean, cut, number, size, table
from auditor.terminal.live import source_name

__all__ = ["overview"]

_LEVELS = ("public", "external", "unknown", "internal", "private")
_COLORS = {"public": "red", "external": "magenta", "unknown": "yellow"}
_STATES = ("complete", "partial", "skipped", "failed", "not_assessed", "unchanged")
_TOP = 10
_NAMED = 3
"""Acceptances that are named; ``suppress`` lists all."""
_OPEN = "confidence IN ('high', 'medium', 'low')"
"""Items that count: no published samples, and nothing that was accepted as a whole."""
_LEVEL = (
    "CASE WHEN exposure IN ('public', 'external', 'internal', 'private') "
    "THEN exposure ELSE 'unknown' END"
)
_RANK = (
    "CASE exposure WHEN 'public' THEN 0 WHEN 'external' THEN 1 WHEN 'internal' THEN 3 "
    "WHEN 'private' THEN 4 ELSE 2 END"
)
_LATE = f"CASE WHEN confidence IN ('high', 'medium') THEN 2 * ({_RANK}) ELSE 7 END"
"""What a person has to look at first: behind what is open, before what only a few can open."""
_PERSONS = "CASE WHEN confidence IN ('high', 'medium') THEN \"distinct\" ELSE 0 END"


def overview(db: sqlite3.Connection, console: Console, run_ids: Sequence[str]) -> None:
    """Print the summary of the latest audits, as far as they are among ``run_ids``."""
    for line in _lines(db, console, run_ids):
        console.say(line)


def _lines(db: sqlite3.Connection, console: Console, run_ids: Sequence[str]) -> Iterator[str]:
    for run in db.execute("SELECT run_id, tenant_id, tenant_name, state FROM runs").fetchall():
        if run[0] in run_ids:
            title = word("cli.summary.title", console.lang, tenant=clean(run[2] or run[1]))
            yield ""
            yield console.paint(title, "bold")
            state = word(f"cli.run_states.{run[3]}", console.lang)
            yield word("cli.summary.state", console.lang, state=state)
            if pair := before(db, run[0]):
                yield trend(compare(db, pair), console.lang)
    yield from _exposure(db, console, run_ids)
    yield from _to_act_on(db, console)
    yield from _accepted(db, console)
    yield from _coverage(db, console)
    yield from _reasons(db, console)
    yield from _books(db, console)


def _exposure(db: sqlite3.Connection, console: Console, run_ids: Sequence[str]) -> Iterator[str]:
    lang = console.lang
    counts: dict[tuple[str, str], int] = {
        (level, confidence): count
        for level, confidence, count in db.execute(
            f"SELECT {_LEVEL}, confidence, count(*) FROM items "  # noqa: S608 - our own words
            f"WHERE {_OPEN} GROUP BY 1, 2"
        )
    }
    yield ""
    if not counts:
        accepted = db.execute("SELECT 1 FROM items WHERE confidence = 'suppressed' LIMIT 1")
        only = accepted.fetchone() is not None
        yield word("comparison.accepting.only" if only else "cli.summary.nothing", lang)
        return
    yield console.paint(word("cli.summary.exposure", lang), "bold")
    rows = [
        [
            "",
            *(word(f"report.confidences.{c}", lang) for c in ("high", "medium", "low")),
            word("cli.summary.items", lang),
        ]
    ]
    levels = []
    for level in _LEVELS:
        cells = [counts.get((level, confidence), 0) for confidence in ("high", "medium", "low")]
        if sum(cells):
            levels.append(level)
            words = (word(f"exposure.{what}.{level}", lang) for what in ("levels", "levels_short"))
            name = "{} ({})".format(*words)
            rows.append([name, *map(number, cells), number(sum(cells))])
    for place, line in enumerate(table(rows, right=(1, 2, 3, 4))):
        color = _COLORS.get(levels[place - 1], "") if place else "dim"
        yield "  " + (console.paint(line, color) if color else line)
    yield "  " + word("cli.summary.persons", lang, persons=_persons(db, lang, run_ids))


def _persons(db: sqlite3.Connection, lang: str, run_ids: Sequence[str]) -> str:
    marks = ", ".join("?" * len(run_ids))
    query = (
        "SELECT coalesce(max(persons_low), 0), coalesce(sum(persons_high), 0) FROM runs "  # noqa: S608
        f"WHERE run_id IN ({marks})"
    )
    low, high = db.execute(query, list(run_ids)).fetchone()
    if low == high:
        return word("cli.summary.persons_exact", lang, n=number(high))
    return word("cli.summary.persons_range", lang, low=number(low), high=number(high))


def _to_act_on(db: sqlite3.Connection, console: Console) -> Iterator[str]:
    """The most exposed items, in the order of the report."""
    lang = console.lang
    found = db.execute(
        f"SELECT {_LEVEL}, confidence, {_PERSONS}, source, partition, item FROM items "  # noqa: S608
        f"WHERE {_OPEN} ORDER BY {_LATE}, {_RANK}, {_PERSONS} DESC, "
        f"age_days DESC, item_id LIMIT {_TOP}"
    ).fetchall()
    if not found:
        return
    yield ""
    yield console.paint(word("cli.summary.act", lang), "bold")
    rows = [
        [
            word(f"exposure.levels.{level}", lang),
            word(f"report.confidences.{confidence}", lang),
            word("cli.summary.persons_of", lang, n=number(persons)) if persons else "",
            source_name(source, lang),
            cut(f"{clean(partition)} › {clean(item)}", 80),
        ]
        for level, confidence, persons, source, partition, item in found
    ]
    for line, row in zip(table(rows, right=(2,)), found, strict=True):
        color = _COLORS.get(row[0], "")
        yield "  " + (console.paint(line, color) if color else line)
    total = db.execute(f"SELECT count(*) FROM items WHERE {_OPEN}").fetchone()[0]  # noqa: S608
    if total > len(found):
        yield "  " + word("cli.summary.act_more", lang, n=number(total - len(found)))


def _accepted(db: sqlite3.Connection, console: Console) -> Iterator[str]:
    """What is accepted, and which acceptances have lost their time or their finding."""
    counts: dict[str, int] = dict(
        db.execute("SELECT state, count(*) FROM suppressions WHERE state <> 'revoked' GROUP BY 1")
    )
    if counts:
        yield ""
        active = number(counts.get("active", 0))
        yield word("comparison.accepting.count", console.lang, n=active)
    for state in ("expired", "unused"):
        if count := counts.get(state, 0):
            named = ", ".join(one.finding_id for one in islice(suppressed(db, state), _NAMED))
            ids = named + (" …" if count > _NAMED else "")
            text = word(f"comparison.accepting.{state}", console.lang, n=number(count), ids=ids)
            yield console.paint(text, "yellow")


def _coverage(db: sqlite3.Connection, console: Console) -> Iterator[str]:
    lang = console.lang
    sums = ", ".join(f"sum({name})" for name in ("listed", *_STATES, "bytes"))
    rows = [
        [
            word("cli.summary.source", lang),
            word("cli.summary.listed", lang),
            *(word(f"cli.states.{state}", lang) for state in _STATES),
            "",
        ]
    ]
    for source, *counts, read in db.execute(
        f"SELECT source, {sums} FROM totals GROUP BY source ORDER BY source"  # noqa: S608
    ):
        rows.append([source_name(source, lang), *(number(int(c)) for c in counts), size(read)])
    yield ""
    yield console.paint(word("cli.summary.coverage", lang), "bold")
    for place, line in enumerate(table(rows, right=range(1, 9))):
        yield "  " + (line if place else console.paint(line, "dim"))


def _reasons(db: sqlite3.Connection, console: Console) -> Iterator[str]:
    """What could not be seen, and what would open it; probable numbers first."""
    lang = console.lang
    found = db.execute(
        "SELECT reason, permission, count(*), sum(suspect), min(partition), max(partition), "
        "min(source), state = 'not_assessed' FROM coverage "
        "GROUP BY reason, permission, state = 'not_assessed' "
        "ORDER BY sum(suspect) DESC, 8 DESC, count(*) DESC"
    ).fetchall()
    yield ""
    if not found:
        yield word("cli.summary.all_read", lang)
        return
    yield console.paint(word("cli.summary.reasons", lang), "bold")
    for reason, permission, count, suspects, first, last, source, scope in found:
        line = f"{number(count):>6}  {word(f'reasons.{reason}.words', lang)}"
        if scope and count == 1:
            line += f": {source_name(source, lang)} {cut(clean(first), 60)}"
        elif scope:
            places = f"{cut(clean(first), 30)} … {cut(clean(last), 30)}"
            line += f": {source_name(source, lang)} {places}"
        if permission:
            line += f" — {word('cli.summary.opens', lang, permission=permission)}"
        if suspects:
            warning = word("cli.summary.suspects", lang, n=number(suspects))
            line += " " + console.paint(f"[{warning}]", "red")
        yield f"  {line}"


def _books(db: sqlite3.Connection, console: Console) -> Iterator[str]:
    """Listed equals the sum of the states; the run itself has checked each partition."""
    parts = " + ".join(_STATES)
    wrong = db.execute(
        f"SELECT count(*) FROM totals WHERE listed <> {parts}"  # noqa: S608 - our own words
    ).fetchone()[0]
    yield ""
    key = "cli.summary.unbalanced" if wrong else "cli.summary.balanced"
    text = word(key, console.lang)
    yield console.paint(text, "red") if wrong else text
