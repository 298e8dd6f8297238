"""The preflight in words: what :mod:`auditor.doctor` found, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.doctor import Health, Refused, View
from auditor.locales import has_word, word
from auditor.permits import Permission
from auditor.settings import LOCAL
from auditor.terminal.console import Console
from auditor.terminal.display import clean, number, table
from auditor.terminal.estimates import estimates
from auditor.terminal.failures import failure_of
from auditor.terminal.live import source_name
from connectors import Misconfigured

__all__ = ["checkup"]

_COLORS = {"granted": "green", "missing": "red", "optional": "yellow", "writing": "red"}
_SHOWN = 5
"""Refused places of one source that are named; the count says how many more."""


def checkup(console: Console, health: Health) -> None:
    """Print one tenant's preflight."""
    for line in _lines(console, health):
        console.say(line)


def _lines(console: Console, health: Health) -> Iterator[str]:
    lang = console.lang
    tenant = health.tenant
    name = f"{tenant.name} ({tenant.id})" if tenant.name else tenant.id
    title = "cli.doctor.local" if tenant.id == LOCAL.id else "cli.doctor.tenant"
    yield console.paint(word(title, lang, tenant=clean(name)), "bold")
    yield from _sign_in(console, health)
    parts = (
        ("cli.doctor.cluster", _crew(console, health)),
        ("cli.doctor.permissions", _permissions(console, health)),
        ("cli.doctor.sources", (line for view in health.views for line in _view(console, view))),
        ("cli.doctor.forecast", _forecasts(health, lang)),
    )
    for heading, lines in parts:
        if shown := list(lines):
            yield ""
            yield console.paint(word(heading, lang), "bold")
            yield from shown
    yield ""
    if health.faults:
        yield console.paint(word("cli.doctor.not_ready", lang), "red")
    elif health.missing:
        yield console.paint(word("cli.doctor.not_well", lang), "yellow")
    else:
        yield console.paint(word("cli.doctor.all_well", lang), "green")


def _sign_in(console: Console, health: Health) -> Iterator[str]:
    lang = console.lang
    if health.fault is not None:
        yield f"  {console.paint(word('cli.doctor.sign_in_failed', lang), 'red')}"
        yield from _fault(console, health.fault)
    elif health.host:
        yield f"  {word('cli.doctor.signed_in', lang, host=health.host)}"
        if health.delegated:
            yield f"  {word('cli.doctor.delegated', lang)}"
        if health.empty:
            yield f"  {console.paint(word('cli.doctor.no_roles', lang), 'red')}"


def _crew(console: Console, health: Health) -> Iterator[str]:
    """The workers of a cluster: how many, and who would take no part."""
    lang, crew = console.lang, health.crew
    if crew is None:
        return
    if crew.fault is not None:
        yield from _fault(console, crew.fault)
        return
    cores = number(sum(hand.processors for hand in crew.fit))
    text = word("cluster.crew", lang, n=number(len(crew.fit)), cores=cores)
    yield f"  {text if crew.fit else console.paint(word('cluster.nobody', lang), 'yellow')}"
    for hand in [hand for hand in crew.hands if hand.differs][:_SHOWN]:
        why = word(f"cluster.differs.{hand.differs}", lang)
        refused = word("cluster.refused", lang, worker=clean(hand.host), why=why)
        yield f"    {console.paint(refused, 'yellow')}"


def _fault(console: Console, fault: Misconfigured) -> Iterator[str]:
    """What is wrong; the remedy is told with the error itself."""
    for message in failure_of(fault).messages(console.lang):
        yield f"    {message.words}"


def _permissions(console: Console, health: Health) -> Iterator[str]:
    lang = console.lang
    rows = [
        [word(f"cli.doctor.{p.status}", lang), p.name, _meaning(p, lang)]
        for p in health.permissions
    ]
    for line, permission in zip(table(rows), health.permissions, strict=True):
        color = _COLORS.get(permission.status, "")
        yield f"  {console.paint(line, color) if color else line}"


def _meaning(permission: Permission, lang: str) -> str:
    """What it opens, hides, or is wanted for."""
    opens = [
        word(key, lang) if has_word(key := f"sources.needs.{opens}", lang) else opens
        for opens in permission.opens
    ]
    sources = ", ".join(permission.sources)
    key = {
        "granted": "opened",
        "missing": "hides",
        "optional": "hides",
        "asked": "asked_why",
        "unneeded": "unneeded_why",
        "writing": "writing_why",
    }[permission.status]
    return word(f"cli.doctor.{key}", lang, what=", ".join(opens), sources=sources)


def _view(console: Console, view: View) -> Iterator[str]:
    lang = console.lang
    name = source_name(view.source, lang)
    unlisted = any(not refused.name for refused in view.refused)
    if view.places:
        key = "cli.doctor.seen_more" if view.more else "cli.doctor.seen"
        text = word(key, lang, n=number(view.places))
        if view.tried:
            sampled = word("cli.doctor.sampled", lang, n=number(view.tried), ok=number(view.opened))
            text = f"{text} {sampled}"
        yield f"  {name}: {text}"
    elif not unlisted and view.fault is None:
        yield f"  {name}: {word('cli.doctor.nothing', lang)}"
    else:
        yield f"  {name}:"
    if view.fault is not None:
        yield from _fault(console, view.fault)
    for refused in view.refused[:_SHOWN]:
        yield f"    {console.paint(_refused(refused, lang), 'yellow')}"
    if (rest := len(view.refused) - _SHOWN) > 0:
        yield f"    {word('cli.scan.more', lang, n=number(rest))}"


def _refused(refused: Refused, lang: str) -> str:
    reason = word(f"reasons.{refused.reason.value}.words", lang)
    key = "cli.doctor.refused" if refused.name else "cli.doctor.refused_source"
    text = word(key, lang, name=clean(refused.name), reason=reason)
    if refused.permission:
        text = f"{text} {word('cli.doctor.needs', lang, permission=refused.permission)}"
    return text


def _forecasts(health: Health, lang: str) -> Iterator[str]:
    if health.outlook is not None and health.outlook.sources:
        yield from estimates(health.outlook, lang)
        yield f"  {word('cli.doctor.later', lang)}"
