"""``suppress``: accept a finding, take that back, or list what is accepted."""

from __future__ import annotations

from datetime import UTC, datetime

from auditor.locales import word
from auditor.suppressions import LONGEST, PastDayError, Suppression, accept, standing, withdraw
from auditor.terminal.arguments import Options
from auditor.terminal.console import Console
from auditor.terminal.display import clean, cut, table
from auditor.terminal.failures import Refusal
from auditor.terminal.live import source_name
from auditor.terminal.reading import finding, reading

__all__ = ["suppress"]

_PLACE = 70
"""Columns of a place."""


def suppress(options: Options, console: Console) -> int:
    """Do what was asked for."""
    if not options.operands:
        if options.reason is not None or options.revoke or options.until or options.owner:
            raise Refusal("no_finding")
        return _listed(options, console)
    with reading(options.workspace) as db:
        found = finding(db, options.operands[0])
    now = datetime.now(UTC)
    if options.revoke:
        if options.reason is not None or options.until or options.owner:
            raise Refusal("revoke_alone")
        if not withdraw(options.workspace, found.finding_id, now):
            raise Refusal("not_suppressed")
        console.note(word("comparison.accepting.withdrawn", console.lang, item=clean(found.item)))
        return 0
    if found.status == "resolved":
        raise Refusal("finding_resolved")
    if not (options.reason or "").strip():
        raise Refusal("no_reason")
    if max(len(options.reason or ""), len(options.owner)) > LONGEST:
        raise Refusal("long_reason", most=str(LONGEST))
    try:
        accept(
            options.workspace,
            found.finding_id,
            options.reason or "",
            options.owner,
            options.until,
            now,
        )
    except PastDayError:
        raise Refusal("past_day", today=now.date().isoformat()) from None
    key = "accepted_until" if options.until else "accepted"
    until = options.until.isoformat() if options.until else ""
    words = word(f"comparison.accepting.{key}", console.lang, item=clean(found.item), until=until)
    console.note(words)
    return 0


def _listed(options: Options, console: Console) -> int:
    """All that is accepted, with what became of it."""
    lang = console.lang
    with reading(options.workspace) as db:
        rows = [_row(one, lang) for one in standing(db)]
    if not rows:
        console.note(word("comparison.accepting.none", lang))
        return 0
    names = ("finding", "state", "until", "owner", "where", "reason")
    heads = [word(f"comparison.accepting.{name}", lang) for name in names]
    for place, line in enumerate(table([heads, *rows])):
        console.say(line if place else console.paint(line, "dim"))
    return 0


def _row(one: Suppression, lang: str) -> list[str]:
    steps = (source_name(one.source, lang), one.partition, one.item, one.part)
    return [
        one.finding_id,
        word(f"comparison.accepting.states.{one.state}", lang),
        one.until or "–",
        clean(one.owner) or "–",
        cut(clean(" › ".join(step for step in steps if step)), _PLACE),
        clean(one.reason),
    ]
