"""What this installation has, and why a finding is one: the commands that only tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import connectors
from auditor.locales import has_word, placed, word
from auditor.terminal.console import Console
from auditor.terminal.diff_words import moment
from auditor.terminal.display import clean, number, table, wrap
from auditor.terminal.live import source_name
from auditor.terminal.reading import Found, Judged, judgement
from connectors._model import Need

if TYPE_CHECKING:
    import sqlite3

__all__ = ["controls", "explain", "formats", "rules", "sources"]

_MARKS = {"storage": "cli.lists.storage", "dataverse": "cli.lists.dataverse"}
"""What stands behind the name of a permission that is none of Graph's."""
_EARLIER = re.compile(r"(version|snapshot) \d{4}-\d\d-\d\dT")
"""How the part of a finding begins that stands in an earlier state of a file."""
_COLUMNS = 96
"""Columns of a terminal that text is wrapped to."""
_SUFFIXES = 5
"""Suffixes of one format that are shown."""


def _words(key: str, lang: str, otherwise: str = "") -> str:
    """The words of something that came with its own file; its name where they are missing."""
    return word(key, lang) if has_word(key, lang) else otherwise


def sources(console: Console) -> None:
    """Each source, what it reads, and the permissions it needs. Imports no SDK."""
    lang = console.lang
    for place, name in enumerate(connectors.names()):
        if place:
            console.say()
        console.say(f"{console.paint(name, 'bold')}  {source_name(name, lang)}")
        for line in wrap(_words(f"sources.reads.{name}", lang), _COLUMNS):
            console.say(f"  {line}")
        needs: tuple[Need, ...] = connectors.load(name).NEEDS
        if not needs:
            console.say(f"  {word('cli.lists.no_needs', lang)}")
        for line in table([_need(need, lang) for need in needs]):
            console.say(f"  {line}")


def _need(need: Need, lang: str) -> list[str]:
    marks = [word(key, lang)] if (key := _MARKS.get(need.service, "")) else []
    marks += [word("cli.lists.optional", lang)] if need.optional else []
    name = " ".join([need.permission, *marks])
    return [word("cli.lists.needs", lang), name, _words(f"sources.needs.{need.opens}", lang)]


def formats(console: Console) -> None:
    """Each file format that can be read: name, suffixes, and what is read of it."""
    from auditor import formats as registry

    rows = []
    for name in registry.names():
        suffixes = list(registry.load(name).SUFFIXES)
        shown = " ".join(suffixes[:_SUFFIXES]) + (" …" if len(suffixes) > _SUFFIXES else "")
        rows.append([name, shown, _words(f"formats.{name}", console.lang)])
    for line in table(rows):
        console.say(line)


def rules(console: Console) -> None:
    """All evidence that is weighed, and the digest of the rules."""
    from auditor.detect import EVIDENCE, rules_digest

    lang = console.lang
    rows = [
        [code, f"{weight.weight:+.1f}", _words(f"evidence.{code}", lang, weight.because)]
        for code, weight in EVIDENCE.items()
    ]
    for line in table(rows, right=(1,)):
        console.say(line)
    console.say()
    console.say(word("cli.lists.rules_weight", lang))
    console.say(word("cli.lists.rules_digest", lang, digest=rules_digest()))


def controls(console: Console) -> None:
    """Each check of the tenant's settings, by pillar, with what it needs to be allowed to read."""
    from auditor.controls import checks
    from connectors._questions import QUESTIONS

    lang, last = console.lang, ""
    for pillar, check in checks():
        if pillar != last:
            if last:
                console.say()
            console.say(console.paint(word(f"controls.pillars.{pillar}", lang), "bold"))
            last = pillar
        needed = dict.fromkeys(QUESTIONS[name].permission for name in check.asks)
        console.say(f"  {check.id}  [{', '.join(check.measures)}]")
        for line in wrap(word(f"controls.{check.id}.title", lang), _COLUMNS):
            console.say(f"    {line}")
        by_hand = word("cli.lists.by_hand", lang)
        console.say(f"    {', '.join(needed) if needed else by_hand}")


def explain(console: Console, db: sqlite3.Connection, found: Found) -> None:
    """A finding in words: where it is, who can reach it, what speaks for it and against it."""
    lang, judged = console.lang, judgement(db, found.item_id)
    rows = [
        (word("cli.explain.finding", lang), found.finding_id),
        *_status(db, found, lang),
        (word("cli.explain.item", lang), clean(found.item)),
        (
            word("cli.explain.place", lang),
            f"{source_name(found.source, lang)} › {clean(found.partition)}",
        ),
    ]
    if found.url:
        rows.append(("URL", clean(found.url)))
    if found.part:
        rows.append((word("cli.explain.part", lang), clean(placed(found.part, lang))))
    if found.locations:
        places = ", ".join(placed(where, lang) for where in found.locations)
        rows.append((word("cli.explain.locations", lang), clean(places)))
    count = word("cli.explain.count", lang, n=number(found.count), distinct=number(found.distinct))
    rows += [
        (word("cli.explain.kind", lang), f"{word(f'report.kinds.{found.kind}', lang)}, {count}"),
        (
            word("cli.explain.confidence", lang),
            word(f"report.confidences.{found.confidence}", lang),
        ),
    ]
    if found.status != "resolved":
        rows.append((word("cli.explain.exposure", lang), _exposure(judged, lang)))
    if judged.document_type:
        document = _words(f"papers.types.{judged.document_type}", lang, judged.document_type)
        rows.append((word("cli.explain.document", lang), document))
    if judged.retention_check:
        rows.append((word("cli.explain.retention", lang), _retention(judged, lang)))
    for line in table(rows):
        console.say(line)
    for line in _evidence(console, found.reasons):
        console.say(line)
    for line in _to_do(console, judged, found):
        console.say(line)


def _status(db: sqlite3.Connection, found: Found, lang: str) -> Iterator[tuple[str, str]]:
    """Whether it stands and since when; who accepted it, why, and what became of that."""
    from auditor.suppressions import of_finding

    title = word("comparison.explaining.status", lang)
    if found.status == "resolved":
        when = moment(found.last_seen)
        yield title, word("comparison.explaining.resolved", lang, when=when)
    else:
        told = word(f"report.statuses.{found.status}", lang), moment(found.first_seen)
        yield title, word("comparison.explaining.since", lang, status=told[0], when=told[1])
    accepted = of_finding(db, found.finding_id)
    if accepted is None:
        return
    texts = {name: getattr(accepted, name) for name in ("reason", "owner", "until")}
    parts = [
        word("comparison.explaining.day", lang, when=accepted.created[:10]),
        *(
            word(f"comparison.rows.{name}", lang, **{name: clean(text)})
            for name, text in texts.items()
            if text
        ),
    ]
    if accepted.state != "active":
        parts.append(word(f"comparison.accepting.states.{accepted.state}", lang))
    comma = word("comparison.rows.comma", lang)
    yield word("comparison.explaining.accepted", lang), comma.join(parts)


def _exposure(judged: Judged, lang: str) -> str:
    level = judged.exposure if has_word(f"exposure.levels.{judged.exposure}") else "unknown"
    text = word(f"exposure.levels.{level}", lang)
    words = [_words(f"exposure.reasons.{code}", lang, code) for code in judged.reasons]
    return f"{text} ({', '.join(words)})" if words else text


def _retention(judged: Judged, lang: str) -> str:
    """Whether the paper may be past its period, until when, and what that was counted from."""
    from auditor.retention import NO_PERIOD, basis

    if judged.retention_until is None:
        return word(f"papers.checks.{NO_PERIOD}", lang)
    dates = judged.modified, judged.created
    rests_on, day = basis(judged.document_type, judged.retention_until, *dates)
    counted = word(f"papers.basis.{rests_on}", lang, day=day) if rests_on else ""
    until = judged.retention_until.isoformat()
    return word(f"papers.checks.{judged.retention_check}", lang, until=until, basis=counted)


def _to_do(console: Console, judged: Judged, found: Found) -> Iterator[str]:
    """What to do about who can open the item, and about its age."""
    from auditor.retention import CHECK

    lang = console.lang
    advice = [_words(f"exposure.fixes.{code}", lang) for code in judged.reasons]
    if _EARLIER.match(found.part):
        advice.append(word("papers.copies.itself", lang))
    if judged.retention_check == CHECK:
        copies = _words(f"papers.copies.{found.source}", lang)
        advice += [copies, word("papers.copies.caution", lang)]
    told = [("", text) for text in advice if text]
    if told:
        yield ""
        yield console.paint(word("cli.explain.to_do", lang), "bold")
        yield from _weighed(told)


def _evidence(console: Console, reasons: Sequence[str]) -> Iterator[str]:
    from auditor.detect import EVIDENCE

    lang = console.lang
    sides: Mapping[str, list[tuple[str, str]]] = {"pro": [], "contra": [], "other": []}
    for code in reasons:
        weight = EVIDENCE[code].weight if code in EVIDENCE else 0.0
        side = "pro" if weight > 0 else "contra" if weight < 0 else "other"
        mark = f"{weight:+.1f}" if weight else ""
        sides[side].append((mark, _words(f"evidence.{code}", lang, code)))
    prior = EVIDENCE.get("prior")
    if prior is not None:
        yield ""
        yield console.paint(word("cli.explain.prior", lang), "bold")
        yield from _weighed([(f"{prior.weight:+.1f}", _words("evidence.prior", lang))])
    for side, found in sides.items():
        if not found and side == "other":
            continue
        yield ""
        yield console.paint(word(f"cli.explain.{side}", lang), "bold")
        yield from _weighed(found or [("", word("cli.explain.none", lang))])


def _weighed(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for mark, text in rows:
        for place, line in enumerate(wrap(text, _COLUMNS - 8)):
            yield f"  {mark if not place else '':>5}  {line}"
