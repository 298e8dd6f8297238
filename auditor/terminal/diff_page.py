"""What changed between two audits as one self-contained page without a script.

Its policy forbids everything but the style that stands in it, by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence

from auditor.comparison import CHANGES, Comparison
from auditor.locales import word
from auditor.reports._markup import Html, el, esc, join, own
from auditor.terminal.diff_words import CONFIDENCES, counted, heading, standing
from auditor.terminal.diff_words import cells as cells_of
from auditor.terminal.display import number

__all__ = ["LIMIT", "after", "before", "section"]

LIMIT = 1_000
"""Rows of one change, unless more are asked for."""
_COLUMNS = ("finding", "sure", "what", "where", "why")
_STYLE = """
:root{color-scheme:light dark;--line:#c8ced6;--soft:#f3f5f8;--bad:#a4161a;--warn:#7a4b00}
@media(prefers-color-scheme:dark){:root{--line:#3d4653;--soft:#1c222b;--bad:#ff9b9b;--warn:#ffcf7d}}
body{font:16px/1.55 system-ui,"Hiragino Sans","Noto Sans JP","Yu Gothic UI",sans-serif;
max-width:76rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:2.5rem}h3{font-size:1.05rem;margin-top:2rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
thead th{background:var(--soft);white-space:nowrap}
table.counts{width:auto}.counts td,.counts thead th{text-align:right}
.counts td{font-variant-numeric:tabular-nums}
table.rows{min-width:48rem}.rows td{overflow-wrap:anywhere}
.rows td:nth-child(-n+3){white-space:nowrap}.rows code{font-size:.85em}
tr.new th,tr.exposure_up th,tr.unsuppressed th{color:var(--bad)}
tr.unreachable th{color:var(--warn)}.note{color:GrayText}
@media print{body{max-width:none;padding:0}tr{break-inside:avoid}thead{display:table-header-group}}
"""
_HEAD = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
"""


def before(lang: str) -> str:
    """The page up to its first section."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = esc(word("comparison.heading.page", lang))
    head = _HEAD.format(lang=lang, policy=policy, title=title, style=_STYLE)
    return f"{head}{el('h1', title)}\n"


def after(lang: str) -> str:
    """The end of the page."""
    note = el("p", word("comparison.heading.never", lang), class_="note")
    return f"</main>\n{el('footer', note)}\n</body>\n</html>\n"


def section(comparison: Comparison, lang: str, limit: int) -> Iterator[str]:
    """A comparison of one tenant, piece by piece."""
    title, *rest = heading(comparison, lang)
    yield f"<section>\n{el('h2', own(title))}\n"
    for text in rest:
        yield f"{el('p', text)}\n"
    changes = [change for change in CHANGES if comparison.total(change)]
    if changes:
        yield f"{_summary(comparison, changes, lang)}\n"
    else:
        yield f"{el('p', word('comparison.kept.nothing', lang))}\n"
    for text in standing(comparison, lang):
        yield f"{el('p', text)}\n"
    for change in changes:
        yield from _change(comparison, change, lang, limit)
    yield "</section>\n"


def _summary(comparison: Comparison, changes: Sequence[str], lang: str) -> Html:
    names = [word(f"comparison.confidences.{name}", lang) for name in CONFIDENCES]
    heads = ["", *names, word("comparison.rows.all", lang)]
    rows = []
    for change in changes:
        title = el("th", word(f"comparison.changes.{change}", lang), scope="row")
        *counts, total = counted(comparison, change)
        split = counts if sum(counts) else [None] * len(counts)
        cells = [el("td", count) for count in (*split, total)]
        rows.append(el("tr", title, *cells, class_=change))
    return el(
        "div",
        el("table", _head(heads), el("tbody", *rows), class_="counts"),
        class_="wide",
        tabindex="0",
    )


def _head(names: Sequence[str]) -> Html:
    first, *rest = names
    corner = el("th", first, scope="col") if first else el("td")
    return el("thead", el("tr", corner, *(el("th", name, scope="col") for name in rest)))


def _change(comparison: Comparison, change: str, lang: str, limit: int) -> Iterator[str]:
    total = comparison.total(change)
    title = join(word(f"comparison.changes.{change}", lang), " (", total, ")")
    names = [word(f"comparison.columns.{name}", lang) for name in _COLUMNS]
    opening = f'<div class="wide" tabindex="0"><table class="rows">{_head(names)}<tbody>'
    yield f"{el('h3', title)}\n{opening}\n"
    shown = 0
    for shown, row in enumerate(comparison.rows(change, limit), 1):  # noqa: B007 - its count
        name = el("td", el("code", row.get("finding_id", "")[:8]))
        cells = (el("td", own(cell)) for cell in cells_of(change, row, lang))
        yield f"{el('tr', name, *cells)}\n"
    yield "</tbody></table></div>\n"
    if total > shown:
        yield f"{el('p', word('comparison.rows.more', lang, n=number(total - shown)))}\n"
