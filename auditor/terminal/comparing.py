"""``diff``: two audits of a tenant beside each other, in the format that was asked for."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any, TextIO

from auditor.comparison import CHANGES, Comparison, Pair, WrongRunError, compare, pairs
from auditor.locales import word
from auditor.terminal import diff_page, diff_text
from auditor.terminal.arguments import Options
from auditor.terminal.console import Console
from auditor.terminal.display import clean
from auditor.terminal.failures import Refusal, outcome
from auditor.terminal.reading import reading, runs
from auditor.workspace import private_umask

__all__ = ["diff"]

_NAMED = 10
"""Audits whose ids a message names."""


def diff(options: Options, console: Console) -> int:
    """Write what differs; the exit code is that of what came, opened up or fell out of sight."""
    from auditor.reports._files import opened

    alarming: set[str] = set()
    unreachable = 0
    with reading(options.workspace) as db:
        db.execute("BEGIN")  # one moment for all questions, also while an audit writes
        chosen = _chosen(db, options, console)
        with private_umask():
            target = opened(options.file) if options.file else nullcontext(sys.stdout)
            with target as file:
                for comparison in _written(db, chosen, options, console, file):
                    alarming |= comparison.alarming()
                    unreachable += comparison.total("unreachable")
    if options.file:
        console.note(str(options.file))
    return outcome(
        fail_on=options.fail_on,
        fail_on_incomplete=options.fail_on_incomplete,
        confidences=alarming,
        incomplete=unreachable > 0,
    )


def _chosen(db: sqlite3.Connection, options: Options, console: Console) -> list[Pair]:
    known = runs(db)
    if not known:
        raise Refusal("no_runs", path=str(options.workspace))
    try:
        found, single = pairs(db, *options.operands)
    except WrongRunError as error:
        raise Refusal(error.code, valid=", ".join(known[-_NAMED:])) from None
    for audit in single:
        tenant = clean(audit.tenant_name or audit.tenant_id)
        console.note(word("comparison.heading.single", console.lang, tenant=tenant))
    return found


def _written(
    db: sqlite3.Connection, chosen: list[Pair], options: Options, console: Console, file: TextIO
) -> Iterator[Comparison]:
    """Write one tenant after the other."""
    page, lang = options.shape == "html", console.lang
    if page:
        file.write(diff_page.before(lang))
    for place, pair in enumerate(chosen):
        comparison = compare(db, pair)
        if page:
            file.writelines(diff_page.section(comparison, lang, options.limit or diff_page.LIMIT))
        elif options.shape == "jsonl":
            file.writelines(_objects(comparison, options.limit or None))
        else:
            told = diff_text.lines(comparison, console, options.limit or diff_text.LIMIT)
            file.writelines(f"{line}\n" for line in ([""] if place else []))
            file.writelines(f"{line}\n" for line in told)
        yield comparison
    if page:
        file.write(diff_page.after(lang))


def _objects(comparison: Comparison, limit: int | None) -> Iterator[str]:
    """A line that says what is compared, then one a change."""
    pair = comparison.pair
    same, unseen = comparison.kept()
    yield _line(
        {
            "change": "summary",
            "tenant_id": pair.new.tenant_id,
            "old_run_id": pair.old.run_id,
            "new_run_id": pair.new.run_id,
            "old_started": pair.old.started,
            "new_started": pair.new.started,
            "new_state": pair.new.state,
            "rules_changed": pair.other_rules,
            "by_rules_alone": comparison.rules_alone() if pair.other_rules else 0,
            "unchanged": same,
            "not_seen_again": unseen,
            **{change: comparison.total(change) for change in CHANGES},
        }
    )
    for change in CHANGES:
        for row in comparison.rows(change, limit):
            for name in ("suppressed", "suspect", "known"):
                if name in row:
                    row[name] = bool(row[name])
            yield _line({"change": change, "tenant_id": pair.new.tenant_id, **row})


def _line(values: dict[str, Any]) -> str:
    values.pop("up", None)  # only says which of two changes it is
    return json.dumps(values, ensure_ascii=False) + "\n"
