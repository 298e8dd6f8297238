"""One self-contained page for the tenant's administrator: no network, both languages inside.

Its policy forbids everything but the style and the script that stand in it, by their digests; so
a file name of the audited tenant stays text whatever it says, and nothing is ever fetched.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from string import Template

from auditor.locales import LANGUAGES, word
from auditor.reports import _files
from auditor.reports._accepted import accepted
from auditor.reports._breach_section import breach
from auditor.reports._controls_section import controls
from auditor.reports._coverage import coverage
from auditor.reports._exposure import exposure
from auditor.reports._front import front
from auditor.reports._long import items_table
from auditor.reports._markup import (
    Html,
    Part,
    both,
    counted,
    el,
    esc,
    join,
    own,
    plain,
    section,
    term,
)
from auditor.reports._measures import measures
from auditor.reports._payload import Columns, blocks, embedded, general
from auditor.reports._reading import about, moment, never, reading
from auditor.summary import Summary

__all__ = ["NAME", "SUFFIX", "write"]

NAME = "html"
SUFFIX = ".html"

_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}
_THEMES = ("auto", "light", "dark")


def write(summary: Summary, out: Path, lang: str) -> list[Path]:
    """``report.html``, opening in ``lang``."""
    path = out / f"report{SUFFIX}"
    with _files.opened(path) as file:
        for part in _page(summary, lang):
            file.write(part)
    return [path]


def _page(summary: Summary, lang: str) -> Iterator[str]:
    style, script = _assets(".css"), _assets(".js")
    tenant = plain("、".join(_tenants(summary)))
    policy = _POLICY.format(script=_digest(script), style=_digest(style))
    page = resources.files("auditor.reports").joinpath("_page", "page.html").read_text("utf-8")
    before, after = page.split("$data")
    title = esc(word("report.page.title", lang, tenant=tenant))
    body = _body(summary, tenant, lang)
    yield Template(before).substitute(lang=lang, csp=policy, title=title, css=style, body=body)
    yield from _data("data", [embedded(general(summary, tenant))])
    for name, columns in blocks(summary):
        yield from _data(f"data-{name}", _columns(columns))
    yield Template(after).substitute(js=script)


def _data(name: str, parts: Iterable[str]) -> Iterator[str]:
    yield f'<script type="application/json" id="{name}">'
    yield from parts
    yield "</script>\n"


def _columns(columns: Columns) -> Iterator[str]:
    """A block as JSON, with no more than one column in memory."""
    sign = "{"
    for name, column in columns:
        yield f'{sign}"{name}":'
        yield embedded(column)
        sign = ","
    yield "}"


def _assets(suffix: str) -> str:
    """The page's own files of one kind, in the order of their names."""
    folder = resources.files("auditor.reports").joinpath("_page")
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(suffix)),
        key=lambda file: file.name,
    )
    return "\n" + "\n".join(file.read_text("utf-8").strip() for file in found) + "\n"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _tenants(summary: Summary) -> list[str]:
    runs = summary.audits()
    named = runs["tenant_name"].fillna("") != ""
    names = runs["tenant_name"].where(named, runs["tenant_id"])
    return [str(name) for name in names.drop_duplicates()]


def _body(summary: Summary, tenant: str, lang: str) -> Html:
    parts: list[Part] = [_warning(summary), front(summary)]
    if not summary.audits().empty:  # before the first audit, "none found" would be a lie
        parts += [_items(summary, lang), exposure(summary), breach(summary)]
        parts += [coverage(summary, lang), accepted(summary)]
        parts += [controls(summary), measures(summary)]
    parts += [reading(), never()]
    if not summary.audits().empty:
        parts.append(about(summary))
    main = el("main", *parts, id="main")
    skip = el("a", both("report.page.skip"), href="#main", class_="skip")
    footer = el("footer", el("p", both("report.page.footer")))
    return join(skip, "\n", _header(summary, tenant, lang), "\n", main, "\n", footer)


def _header(summary: Summary, tenant: str, lang: str) -> Html:
    title = el(
        "h1", el("span", both("report.page.name"), class_="product"), " ", own(tenant), id="title"
    )
    return el(
        "header",
        el("div", title, _when(summary), class_="masthead"),
        el("div", _languages(lang), _themes(), _print(), class_="tools"),
        _contents(summary),
    )


def _when(summary: Summary) -> Html | None:
    if summary.audits().empty:
        return None
    row = summary.audits().iloc[-1]
    state = str(row["state"])
    chip = el("span", term("report.run_states", state), class_=f"state {state}")
    times = join(moment(row["started"]), " – ", moment(row["ended"]))
    listed = counted("report.page.listed", int(summary.books()["listed"].iloc[0]))
    return el("p", times, " · ", listed, " ", chip, class_="when")


def _radios(name: str, values: tuple[str, ...], chosen: str, words: dict[str, Html]) -> Html:
    options = [
        el(
            "label",
            el("input", type="radio", name=name, value=value, checked=value == chosen),
            el("span", words[value]),
        )
        for value in values
    ]
    legend = el("legend", both(f"report.page.{name}"), class_="hidden")
    return el("fieldset", legend, *options, class_="switch")


def _languages(lang: str) -> Html:
    words = {name: el("bdi", text, lang=name) for name, text in _LANGUAGE_NAMES.items()}
    return _radios("lang", LANGUAGES, lang, words)


def _themes() -> Html:
    words = {name: both(f"report.page.{name}") for name in _THEMES}
    return _radios("theme", _THEMES, "auto", words)


def _print() -> Html:
    return el("button", both("report.page.print"), type="button", id="print")


def _contents(summary: Summary) -> Html:
    names = ["overview", "reading", "never"]
    if not summary.audits().empty:
        told = [] if accepted(summary) is None else ["accepted"]
        told += [] if summary.controls.empty else ["controls"]
        names = ["overview", "items", "exposure", "breach", "coverage", *told]
        names += ["safety", "reading", "never", "about"]
    links = [el("li", el("a", both(f"report.{name}.short"), href=f"#{name}")) for name in names]
    label = el("span", both("report.page.contents"), id="contents", class_="hidden")
    return el("nav", label, el("ul", *links), aria_labelledby="contents")


def _warning(summary: Summary) -> Html | None:
    """Said before everything else: this audit did not end, or does not add up."""
    states = set(summary.audits()["state"].dropna())
    key = next((name for name in ("running", "interrupted") if name in states), None)
    if key is None:
        return None
    return el("p", both(f"report.page.{key}"), class_="banner", role="note")


def _items(summary: Summary, lang: str) -> Html:
    if summary.exposed().empty:
        return section("items", el("p", both("report.items.none"), class_="none"))
    return section("items", items_table(summary, lang))
