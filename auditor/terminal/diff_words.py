"""What changed between two audits, in words: the same for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.comparison import Comparison, Pair
from auditor.locales import has_word, word
from auditor.terminal.display import number
from auditor.terminal.live import source_name

__all__ = ["CONFIDENCES", "cells", "counted", "heading", "moment", "standing", "trend"]

CONFIDENCES = ("high", "medium", "low", "sample")
"""In the order of a table's columns."""
_JOINT = " › "
Row = Mapping[str, Any]


def moment(when: str) -> str:
    """A time of the workspace, to the minute, in UTC."""
    return f"{when[:10]} {when[11:16]} UTC"


def heading(comparison: Comparison, lang: str) -> Iterator[str]:
    """The tenant, the two audits, and whether they judged alike."""
    pair = comparison.pair
    yield word("comparison.heading.title", lang, tenant=_tenant(pair))
    for key, audit in (("old", pair.old), ("new", pair.new)):
        state = word(f"cli.run_states.{audit.state}", lang)
        when = moment(audit.started)
        yield word(f"comparison.heading.{key}", lang, when=when, state=state, run=audit.run_id)
    if pair.other_rules:
        alone = number(comparison.rules_alone())
        versions = pair.old.tool_version, pair.new.tool_version
        yield word("comparison.heading.rules", lang, n=alone, old=versions[0], new=versions[1])


def counted(comparison: Comparison, change: str) -> list[int]:
    """Rows of a change a confidence, and all of them."""
    counts = comparison.counts(change)
    return [*(counts.get(name, 0) for name in CONFIDENCES), sum(counts.values())]


def standing(comparison: Comparison, lang: str) -> Iterator[str]:
    """What neither came nor went; what was not seen again is told apart from what was."""
    same, unseen = comparison.kept()
    yield word("comparison.kept.same", lang, n=number(same))
    if unseen:
        yield word("comparison.kept.unseen", lang, n=number(unseen))


def trend(comparison: Comparison, lang: str) -> str:
    """One line: what came, went, opened up and fell out of sight since the audit before."""
    changes = ("new", "resolved", "exposure_up", "unreachable")
    values = {change: number(comparison.total(change)) for change in changes}
    when = moment(comparison.pair.old.started)
    return word("comparison.heading.trend", lang, when=when, **values)


def cells(change: str, row: Row, lang: str) -> tuple[str, str, str, str]:
    """Confidence, what changed, where, and the rest of it; in the tenant's words as they come."""
    confidence = row["confidence"]
    sure = word(f"comparison.confidences.{confidence}", lang) if confidence else ""
    return sure, _what(change, row, lang), _where(row, lang), _detail(change, row, lang)


def _tenant(pair: Pair) -> str:
    return pair.new.tenant_name or pair.new.tenant_id


def _where(row: Row, lang: str) -> str:
    steps = [row["partition"], row["item"], row.get("part") or ""]
    if steps[0] == steps[1] or row["partition"] == row["source"]:
        steps[0] = ""  # a scope is its own place
    if steps[1] == row["source"]:
        steps[1] = ""
    place = _JOINT.join(filter(None, steps))
    return (
        f"{source_name(row['source'], lang)}{_JOINT}{place}"
        if place
        else (source_name(row["source"], lang))
    )


def _level(code: str, lang: str) -> str:
    known = has_word(f"exposure.levels.{code}", lang)
    return word(f"exposure.levels.{code if known else 'unknown'}", lang)


def _what(change: str, row: Row, lang: str) -> str:
    """A few letters: a level, two of them, counts, or why something was not read."""
    if change.startswith("exposure_"):
        return f"{_level(row['exposure_then'], lang)} → {_level(row['exposure'], lang)}"
    if change == "changed":
        return f"{number(row['distinct_then'])} → {number(row['distinct'])}"
    if change in {"unreachable", "readable"}:
        return _reason(row["reason"], lang)
    return "" if change == "moved" else _level(row["exposure"], lang)


def _reason(code: str, lang: str) -> str:
    key = "comparison.source_off" if code == "source_off" else f"reasons.{code}.words"
    return word(key, lang) if has_word(key, lang) else str(code)


def _detail(change: str, row: Row, lang: str) -> str:
    if change.startswith("exposure_"):
        return _grants(row, lang)
    if change == "moved":
        return word("comparison.rows.moved", lang, old=row["item_then"])
    if change == "unreachable":
        return _unreachable(row, lang)
    if change in {"suppressed", "unsuppressed"}:
        return _accepted(change, row, lang)
    told = [word(f"comparison.why_{change}.{row['why']}", lang)] if row.get("why") else []
    if row.get("suppressed"):
        told.append(word("comparison.rows.accepted", lang))
    return _listed(told, lang)


def _grants(row: Row, lang: str) -> str:
    """Who can open the item now and could not before, and the other way round."""
    told = [
        word(f"comparison.rows.{key}", lang, who=_grant(grant, lang))
        for key, grants in (("opened", row["grants_added"]), ("closed", row["grants_removed"]))
        for grant in grants
    ]
    if not told:  # the grants are the same: an end that came, or an answer that did not
        codes = row["exposure_reasons"]
        keys = [f"exposure.reasons.{code}" for code in codes]
        told = [word(key, lang) for key in keys if has_word(key, lang)]
    if row["suppressed"]:
        told.append(word("comparison.rows.accepted", lang))
    return _listed(told, lang)


def _grant(grant: Mapping[str, Any], lang: str) -> str:
    reach = word(f"exposure.reaches.{grant['reach']}", lang)
    way = f"exposure.ways.{grant['via']}"
    told = [grant["who"], word(way, lang) if has_word(way, lang) else ""]
    return f"{reach} ({_listed([text for text in told if text], lang)})"


def _unreachable(row: Row, lang: str) -> str:
    told = []
    if row["findings"]:
        told.append(word("comparison.rows.stand", lang, n=number(row["findings"])))
    elif not row["known"]:
        told.append(word("comparison.rows.maybe_new", lang))
    if row["permission"]:
        told.append(word("cli.summary.opens", lang, permission=row["permission"]))
    return _listed(told, lang)


def _accepted(change: str, row: Row, lang: str) -> str:
    told = [word(f"comparison.why_{change}.{row['why']}", lang)] if "why" in row else []
    told.append(word("comparison.rows.reason", lang, reason=row["reason"]))
    if row["owner"]:
        told.append(word("comparison.rows.owner", lang, owner=row["owner"]))
    if row["until"]:
        told.append(word("comparison.rows.until", lang, until=row["until"]))
    return _listed(told, lang)


def _listed(told: list[str], lang: str) -> str:
    return word("comparison.rows.comma", lang).join(told)
