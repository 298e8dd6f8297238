"""The data block of the page: rows of the two long tables, and the words they are shown in."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from auditor.locales import LANGUAGES, word, words
from auditor.reports import _cells
from auditor.retention import basis
from auditor.summary import AGE_EDGES, AGES, LEVELS, STATES, Summary

__all__ = ["embedded", "payload"]

ITEMS = 100_000
"""Rows of the items table in the file, the most exposed."""
DETAILS = 20_000
"""Of these, rows whose evidence and grants are in the file too."""
_RESTS_ON = ("document_type", "retention_until", "modified", "created")
GAPS = 50_000
"""Rows of the coverage table in the file: suspects and whole scopes first."""


def payload(summary: Summary, title: str) -> dict[str, Any]:
    """Everything the page's script needs; codes and text, no markup."""
    items = summary.to_act_on().head(ITEMS)
    return {
        "words": {lang: _words(lang) | {"title": _title(title, lang)} for lang in LANGUAGES},
        "levels": LEVELS,
        "confidences": ("high", "medium", "low"),
        "states": STATES,
        "ages": AGES,
        "age_edges": AGE_EDGES,
        "items": _items(items),
        "details": _details(summary, items.head(DETAILS)),
        "gaps": _gaps(summary.coverage),
    }


def embedded(value: dict[str, Any]) -> str:
    """JSON that can stand inside a script element whatever its texts are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _title(title: str, lang: str) -> str:
    return word("report.page.title", lang, tenant=title)


def _words(lang: str) -> dict[str, str]:
    """Catalogue words under the names the script knows; ``why`` and ``evidence`` are reasons."""
    found: dict[str, str] = {}
    report = words(lang, "report")
    for table in ("table", "sources", "confidences", "kinds", "states", "statuses", "ages"):
        found |= {f"{table}.{code}": text for code, text in report[table].items()}
    for table in ("measures", "breaches"):
        found |= {f"{table}.{code}": text for code, text in report[table].items()}
    exposure = words(lang, "exposure")
    for table, name in (("levels", "levels"), ("reaches", "reaches"), ("ways", "ways")):
        found |= {f"{name}.{code}": text for code, text in exposure[table].items()}
    found |= {f"why.{code}": text for code, text in exposure["reasons"].items()}
    found |= {f"fixes.{code}": text for code, text in exposure["fixes"].items()}
    for table, texts in words(lang, "papers").items():
        found |= {f"{table}.{code}": text for code, text in texts.items()}
    found |= {f"reasons.{code}": table["words"] for code, table in words(lang, "reasons").items()}
    found |= {f"evidence.{code}": text for code, text in words(lang, "evidence").items()}
    return found


def _packed(values: list[Any]) -> dict[str, list[Any]] | list[Any]:
    """A column; with a dictionary where that is shorter."""
    keys = [json.dumps(value, ensure_ascii=False) for value in values]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    if len(places) * 2 > len(values):
        return values
    return {"d": [json.loads(key) for key in places], "i": [places[key] for key in keys]}


def _table(columns: dict[str, list[Any]], count: int) -> dict[str, Any]:
    return {"count": count, "columns": {name: _packed(col) for name, col in columns.items()}}


def _days(times: pd.Series[Any]) -> list[Any]:
    return [None if value is None else value[:10] for value in _cells.column(times)]


def _items(items: pd.DataFrame) -> dict[str, Any]:
    same = ("item", "url", "source", "partition", "owner", "exposure", "reach", "confidence")
    columns = {name: _cells.column(items[name]) for name in (*same, "size", "content_type")}
    columns |= {name: _cells.column(items[name]) for name in ("age_days", "persons", "measures")}
    columns |= {
        "people": _cells.column(items["reach_people"]),
        "count": _cells.column(items["count"].fillna(0)),
        "reasons": _cells.column(items["exposure_reasons"]),
        "created": _days(items["created"]),
        "modified": _days(items["modified"]),
        "retention": _cells.column(items["retention_check"].fillna("") == "check"),
        "kept": _cells.column(items["retention_check"].fillna("")),
        "document": _cells.column(items["document_type"].fillna("")),
        "until": _days(items["retention_until"]),
        "basis": [_basis(row) for row in _cells.records(items[[*_RESTS_ON]])],
        "breach": _cells.column(items["breach_class"].fillna("")),
    }
    return _table(columns, len(items))


def _basis(row: dict[str, Any]) -> list[str] | None:
    """What a period was counted from, as a code, and when that was."""
    if pd.isna(row["retention_until"]):
        return None
    modified, created = (
        None if pd.isna(row[name]) else row[name].to_pydatetime()
        for name in ("modified", "created")
    )
    until = row["retention_until"].date()
    return list(basis(str(row["document_type"]), until, modified, created))


def _details(summary: Summary, items: pd.DataFrame) -> list[dict[str, list[list[Any]]]]:
    """Evidence (f) and grants (g) of each of ``items``, in their order."""
    places = {item_id: place for place, item_id in enumerate(items["item_id"])}
    details: list[dict[str, list[list[Any]]]] = [{"f": [], "g": []} for _ in range(len(items))]
    findings = summary.findings
    findings = findings[findings["item_id"].isin(places) & (findings["status"] != "resolved")]
    shown = ("part", "locations", "kind", "confidence", "count", "reasons", "status", "finding_id")
    for item_id, *row in _cells.rows(findings[["item_id", *shown]]):
        details[places[item_id]]["f"].append(row)
    grants = summary.grants[summary.grants["item_id"].isin(places)]
    columns = ["item_id", "reach", "via", "who", "people", "expires", "password"]
    for item_id, *row in _cells.rows(grants[columns]):
        row[4] = str(row[4])[:10] if row[4] else None
        details[places[item_id]]["g"].append(row)
    return details


def _gaps(coverage: pd.DataFrame) -> dict[str, Any]:
    scope = coverage["state"] == "not_assessed"
    urgent = coverage["suspect"].fillna(value=False).astype(int) * 2 + scope.astype(int)
    order = urgent.sort_values(ascending=False, kind="stable").index[:GAPS]
    rows = coverage.loc[order]
    same = ("source", "partition", "item", "part", "state", "reason", "detail", "permission")
    columns = {name: _cells.column(rows[name]) for name in same}
    columns |= {name: _cells.column(rows[name]) for name in ("bytes_read", "bytes_total")}
    columns["suspect"] = _cells.column(rows["suspect"].fillna(value=False))
    return _table(columns, len(rows))
