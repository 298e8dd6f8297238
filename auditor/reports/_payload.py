"""The data blocks of the page: rows of its long tables as columns, and the words they are shown in.

A block is written a column at a time, so no more than one column is in memory as text. What stands
behind an item (its evidence and grants) are blocks of their own, which the page reads when the
first item is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from auditor.locales import LANGUAGES, word, words
from auditor.reports import _cells, _classes, _links, _packed
from auditor.retention import basis
from auditor.summary import CERTAIN, LEVELS, STATES, Summary, age_class

__all__ = ["Columns", "blocks", "embedded", "general", "statuses"]

ITEMS = 100_000
"""Rows of the items table in the file, the most exposed."""
GAPS = 50_000
"""Rows of the coverage table in the file: suspects and whole scopes first."""
_RESTS_ON = ("document_type", "retention_until", "modified", "created")
_SURE = (*CERTAIN, "low")
_DAY_ZERO = datetime(1900, 1, 1, tzinfo=UTC)
"""Days are counted from here, as the script does too."""

_STATUS = {"resolved": -2, "suppressed": -1, "new": 0, "changed": 1, "unchanged": 2}

Columns = Iterator[tuple[str, Any]]
"""Name → packed column."""


def blocks(summary: Summary) -> Iterator[tuple[str, Columns]]:
    """The blocks of the page after the general one, each with its columns one after the other."""
    items = _rows(summary).head(ITEMS)
    places = {item_id: place for place, item_id in enumerate(items["item_id"])}
    findings = summary.findings[summary.findings["item_id"].isin(places)]
    yield "items", _items(items, findings, _classes.today(summary))
    yield "findings", _findings(findings[findings["status"] != "resolved"], places)
    yield "grants", _grants(summary.grants[summary.grants["item_id"].isin(places)], places)
    yield "gaps", _gaps(summary.coverage)


def _rows(summary: Summary) -> pd.DataFrame:
    """Items to act on, and behind them those that were accepted, as sure as they were found."""
    items = summary.items[summary.items["confidence"] == "suppressed"]
    if items.empty:
        return summary.to_act_on()
    found = summary.findings[summary.findings["item_id"].isin(items["item_id"])]
    found = found[found["confidence"].isin(_SURE)]
    best = found["confidence"].map(_SURE.index).astype("int64").groupby(found["item_id"]).min()
    sure = items["item_id"].map(best).map(dict(enumerate(_SURE))).fillna("low").astype("string")
    accepted = items.assign(confidence=sure, persons=items["distinct"].where(sure != "low", 0))
    return pd.concat([summary.to_act_on(), accepted], ignore_index=True)


def general(summary: Summary, title: str) -> dict[str, Any]:
    """What the script needs besides rows; codes and text, no markup."""
    return {
        "words": {
            lang: _words(lang) | {"title": word("report.page.title", lang, tenant=title)}
            for lang in LANGUAGES
        },
        "levels": LEVELS,
        "confidences": _SURE,
        "tenants": _tenants(summary),
        "states": STATES,
        "root": title,
    }


def _tenants(summary: Summary) -> dict[str, str]:
    """The name of each tenant by its id."""
    runs = summary.audits()
    names = zip(_plain(runs["tenant_id"]), _plain(runs["tenant_name"]), strict=True)
    return {tenant_id: name or tenant_id for tenant_id, name in names}


def embedded(value: Any) -> str:
    """JSON that can stand inside a script element whatever its texts are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def statuses(findings: pd.DataFrame) -> pd.Series[Any]:
    """What became of each item since the audit before, by ``item_id``.

    ``suppressed`` or ``resolved`` where all of its findings are (both: ``suppressed``, since it is
    still there); ``new`` or ``unchanged`` where all the others are; else ``changed``. Published
    samples never count.
    """
    findings = findings[findings["confidence"] != "sample"]
    code = findings["status"].map(_STATUS).astype("int64")  # groups of texts are slow
    ends = code < 0
    ended = code[ends].groupby(findings["item_id"][ends]).max()
    left = code[~ends].groupby(findings["item_id"][~ends]).agg(["min", "max"])
    one = left["min"].where(left["min"] == left["max"], _STATUS["changed"])
    return one.combine_first(ended).map({code: name for name, code in _STATUS.items()})


def _words(lang: str) -> dict[str, str]:
    """Catalogue words under the names the script knows; ``why`` and ``evidence`` are reasons."""
    report, exposure = words(lang, "report"), words(lang, "exposure")
    same = ("table", "sources", "confidences", "kinds", "states", "statuses", "ages")
    tables: dict[str, Mapping[str, str]] = {
        name: report[name]
        for name in (*same, "measures", "breaches", "people", "periods", "places")
    }
    tables |= {name: exposure[name] for name in ("levels", "reaches", "ways", "fixes")}
    tables |= {"why": exposure["reasons"], "evidence": words(lang, "evidence")}
    tables |= words(lang, "papers")
    reasons = {code: table["words"] for code, table in words(lang, "reasons").items()}
    return {
        f"{name}.{code}": text
        for name, table in (tables | {"reasons": reasons}).items()
        for code, text in table.items()
    }


def _plain(series: pd.Series[Any]) -> list[Any]:
    return list(series.fillna("").astype(object))


def _days(times: pd.Series[Any]) -> dict[str, Any]:
    return _packed.numbers((times - pd.Timestamp(_DAY_ZERO)).dt.days.astype("Int64"))


def _flags(values: pd.Series[Any]) -> Iterable[int]:
    return values.fillna(value=False).astype(int)


def _items(items: pd.DataFrame, findings: pd.DataFrame, today: pd.Timestamp) -> Columns:
    tenants = findings.drop_duplicates("item_id").set_index("item_id")["tenant_id"]
    yield "tenant", _packed.dictionary(_plain(items["item_id"].map(tenants)))
    closed = ("source", "partition", "owner", "exposure", "reach", "confidence", "document_type")
    for name in (*closed, "breach_class", "retention_check", "content_type"):
        yield name, _packed.dictionary(_plain(items[name]))
    status = items["item_id"].map(statuses(findings)).fillna("unchanged")
    yield "status", _packed.dictionary(list(status))
    names = _plain(items["item"])
    yield "item", _packed.texts(names)
    yield "order", _packed.ranks(names)
    yield from _addresses(_plain(items["url"]))
    for name in ("exposure_reasons", "measures"):
        yield name, _packed.lists(items[name])
    for name in ("size", "persons", "reach_people", "count"):
        yield name, _packed.numbers(items[name])
    yield "age_days", _packed.numbers(items["age_days"].clip(lower=0))
    yield "age", _packed.dictionary(list(age_class(items["age_days"])))
    yield "people", _packed.dictionary(list(_classes.people(items["persons"])))
    yield "period", _packed.dictionary(list(_classes.period(items["retention_until"], today)))
    for name in ("created", "modified", "retention_until"):
        yield name, _days(items[name])
    dated = items[items["retention_until"].notna()]
    basis_of = dict(zip(dated.index, map(_basis, _cells.records(dated[[*_RESTS_ON]])), strict=True))
    yield "basis", _packed.lists(basis_of.get(row, []) for row in items.index)


def _addresses(urls: list[str]) -> Columns:
    """An address in two halves, since files of a folder share one; and whether it is a link."""
    halves = [url.rpartition("/") for url in urls]
    yield "folder", _packed.texts([f"{head}{slash}" for head, slash, _ in halves])
    yield "leaf", _packed.texts([leaf for _, _, leaf in halves])
    yield "linked", _packed.numbers(int(_links.known(url)) for url in urls)


def _basis(row: dict[str, Any]) -> list[str]:
    """What a period was counted from, as a code, and when that was."""
    modified, created = (
        None if pd.isna(row[name]) else row[name].to_pydatetime()
        for name in ("modified", "created")
    )
    until = row["retention_until"].date()
    return list(basis(str(row["document_type"]), until, modified, created))


def _findings(findings: pd.DataFrame, places: dict[str, int]) -> Columns:
    """Evidence, in the order of the items; ``item`` is the item's row."""
    rows, findings = _sorted(findings, places)
    yield "item", rows
    for name in ("part", "kind", "confidence", "status"):
        yield name, _packed.dictionary(_plain(findings[name]))
    yield "locations", _packed.texts([", ".join(where) for where in findings["locations"]])
    yield "reasons", _packed.lists(findings["reasons"])
    yield "count", _packed.numbers(findings["count"])
    yield "finding_id", _packed.texts(_plain(findings["finding_id"]))


def _grants(grants: pd.DataFrame, places: dict[str, int]) -> Columns:
    """Who can reach the items, in their order."""
    rows, grants = _sorted(grants, places)
    yield "item", rows
    for name in ("reach", "via", "who"):
        yield name, _packed.dictionary(_plain(grants[name]))
    yield "people", _packed.numbers(grants["people"])
    yield "expires", _days(grants["expires"])
    yield "password", _packed.numbers(_flags(grants["password"]))


def _sorted(rows: pd.DataFrame, places: dict[str, int]) -> tuple[dict[str, Any], pd.DataFrame]:
    place = rows["item_id"].map(places).sort_values(kind="stable")
    return _packed.numbers(place), rows.loc[place.index]


def _gaps(coverage: pd.DataFrame) -> Columns:
    scope = coverage["state"] == "not_assessed"
    urgent = coverage["suspect"].fillna(value=False).astype(int) * 2 + scope.astype(int)
    rows = coverage.loc[urgent.sort_values(ascending=False, kind="stable").index[:GAPS]]
    for name in ("source", "partition", "part", "state", "reason", "detail", "permission"):
        yield name, _packed.dictionary(_plain(rows[name]))
    names = _plain(rows["item"])
    yield "item", _packed.texts(names)
    yield "order", _packed.ranks(names)
    for name in ("bytes_read", "bytes_total"):
        yield name, _packed.numbers(rows[name])
    yield "suspect", _packed.numbers(_flags(rows["suspect"]))
