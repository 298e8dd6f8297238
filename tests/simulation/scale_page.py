"""The tables of docs/scale.md and docs/scale.ja.md, from the model that ``doctor`` prints.

``python -m simulation.scale_page`` (with ``PYTHONPATH=.:tests``) writes them anew;
``test_scale_page`` holds the pages to the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.bounds import Machine
from auditor.forecast import LATER, Outlook, outlook
from auditor.loads import SHAPES
from auditor.locales import LANGUAGES
from auditor.quotas import QUOTAS, TIERS
from auditor.terminal.display import number, size
from auditor.terminal.estimates import binds, span
from auditor.terminal.live import source_name
from simulation.scale_words import WORDS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "scale.md", "ja": DOCS / "scale.ja.md"}
SIZES = (1_000, 50_000, 500_000)
MACHINE = Machine(cores=8)
WIDE = Machine(cores=64, line=1.25e9, rooms=8)
"""A large machine, or a cluster with as much: what would then decide."""
ROWS, DEVICES = 1_000, 2
"""Rows of Dataverse and things of Intune, a user."""
EGRESS, READS, MESSAGES, FILES = 0.12, 0.005 / 10_000, 0.75 / 1_000, 0.75 / 50_000
"""US dollars: a GB out of Azure, a read of a blob, an object of Graph Data Connect (a mail, a line
about a file). Assumed list prices."""
KINDS = 20
"""Kinds of things in Intune."""


def tenant(users: int, machine: Machine = MACHINE) -> Outlook:
    """The tenant that is assumed for so many users."""
    places = {
        "mail": users,
        "onedrive": users,
        "sharepoint": users // 10,
        "teams": users + users // 10,
        "blob": users // 100,
        "dataverse": max(100, users // 50),
        "intune": KINDS,
    }
    counted = {"dataverse": users * ROWS, "intune": users * DEVICES}
    return outlook(places, counted, users, machine)


def limits(lang: str) -> Iterator[Sequence[str]]:
    """Each published limit in its line, with where it is published."""
    yield WORDS[lang]["limits"]
    link = f"[{WORDS[lang]['page']}]({{}})"
    for name, quota in QUOTAS.items():
        yield f"`{name}`", binds(name, TIERS[0], MACHINE, lang), link.format(quota.source)
    for tier in TIERS:
        key = "tier" if tier.licences else "tier_most"
        words = WORDS[lang][key].format(
            licences=number(tier.licences or TIERS[-2].licences),
            minute=number(tier.minute),
            day=number(tier.day),
            tenant=number(tier.tenant),
        )
        yield "`minute`, `day`", words, link.format(tier.source)


def assumed(lang: str) -> Iterator[Sequence[str]]:
    """What is assumed of each source, and how many places tenants of the sizes have."""
    yield (*WORDS[lang]["assumed"], *(f"{number(users)}" for users in SIZES))
    tenants = [tenant(users) for users in SIZES]
    for at, one in enumerate(tenants[0].sources):
        shape = SHAPES[one.source]
        each = number(shape.items) if not one.counted else "–"
        yield (
            source_name(one.source, lang),
            each,
            number(shape.page),
            number(shape.fixed),
            f"{shape.alone:.0%}",
            size(shape.row),
            size(shape.body) if shape.body else "–",
            f"{shape.wait:g}",
            f"{shape.places} · {shape.reads}",
            *(
                f"{number(t.sources[at].first.places)} · {number(t.sources[at].items)}"
                for t in tenants
            ),
        )


def sources(users: int, lang: str) -> Iterator[Sequence[str]]:
    """A first audit, source by source, then the tenant as a whole and later audits."""
    yield WORDS[lang]["sources"]
    found = tenant(users)
    for one in found.sources:
        yield (
            source_name(one.source, lang),
            number(one.items),
            number(one.first.requests),
            number(one.first.units) if one.first.units else "–",
            size(one.first.bytes),
            span(one.hours, lang),
            f"`{one.binds}`",
        )
    items = number(sum(one.items for one in found.sources))
    for title, run in zip(_titles(lang), found.runs, strict=True):
        yield (
            f"**{title}**",
            items,
            number(run.requests),
            number(run.units),
            size(run.bytes),
            f"**{span(run.hours, lang)}**",
            f"`{run.binds}`",
        )


def _titles(lang: str) -> list[str]:
    later = WORDS[lang]["later"]
    return [WORDS[lang]["first"], *(later.format(percent=f"{share:.0%}") for share in LATER)]


def wide(lang: str) -> Iterator[Sequence[str]]:
    """The same on a larger machine."""
    yield WORDS[lang]["wide"]
    for users in SIZES:
        for machine in (MACHINE, WIDE):
            found = tenant(users, machine)
            first, same, _ = found.runs
            mail = next(one for one in found.sources if one.source == "mail")
            yield (
                number(users),
                f"{machine.cores} · {machine.places('mail')} · {machine.reads('mail')}",
                f"{span(mail.hours, lang)} (`{mail.binds}`)",
                f"{span(first.hours, lang)} (`{first.binds}`)",
                f"{span(same.hours, lang)} (`{same.binds}`)",
            )


def costs(lang: str) -> Iterator[Sequence[str]]:
    """Money, beside the licences that are there anyway."""
    yield WORDS[lang]["costs"]
    for users in SIZES:
        found = {one.source: one for one in tenant(users).sources}
        blob = found["blob"].first
        files = found["sharepoint"].items + found["onedrive"].items
        yield (
            number(users),
            "0",
            _dollars(blob.requests * READS),
            _dollars(blob.bytes / 1e9 * EGRESS),
            _dollars(found["mail"].items * MESSAGES),
            _dollars(files * FILES),
        )


def _dollars(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:,.2f}"


def tables(lang: str) -> dict[str, str]:
    """Every table of the page by the name of its place."""
    made = {
        "limits": limits(lang),
        "assumed": assumed(lang),
        "wide": wide(lang),
        "costs": costs(lang),
    }
    made |= {f"users-{users}": sources(users, lang) for users in SIZES}
    return {name: markdown([*rows]) for name, rows in made.items()}


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table; the first row is its head."""
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def filled(text: str, made: dict[str, str]) -> str:
    """The page with each table between its two comments; ValueError for a place that is missing."""
    for name, table in made.items():
        begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
        before, found, rest = text.partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"no place for {name}")
        text = f"{before}{begin}\n{table}\n\n{end}{after}"
    return text


def main() -> None:
    for lang in LANGUAGES:
        page = PAGES[lang]
        page.write_text(filled(page.read_text("utf-8"), tables(lang)), "utf-8")


if __name__ == "__main__":
    main()
