"""A forecast in words, for ``doctor`` and for the page on scale."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.bounds import Machine
from auditor.forecast import LATER, Forecast, Outlook, Whole
from auditor.locales import word
from auditor.quotas import QUOTAS, TIERS, Tier
from auditor.terminal.display import number, size
from auditor.terminal.live import source_name

__all__ = ["binds", "estimates", "span"]


def estimates(found: Outlook, lang: str) -> Iterator[str]:
    """Each source and what its hours rest on; then the tenant as a whole, and later runs."""
    for one in found.sources:
        yield "  " + word(
            "forecast.estimate",
            lang,
            source=source_name(one.source, lang),
            requests=number(one.first.requests),
            size=size(one.first.bytes),
            hours=span(one.hours, lang),
        )
        yield f"    {_basis(one, found, lang)}"
    for whole, share in zip(found.runs, (None, *LATER), strict=True):
        yield f"  {_whole(whole, share, found, lang)}"


def _basis(one: Forecast, found: Outlook, lang: str) -> str:
    decides = binds(one.binds, found.tier, found.machine, lang)
    if one.counted:
        return word("forecast.basis_counted", lang, listed=number(one.items), binds=decides)
    places, each = number(one.first.places), number(one.items // one.first.places)
    return word("forecast.basis_assumed", lang, places=places, each=each, binds=decides)


def _whole(whole: Whole, share: float | None, found: Outlook, lang: str) -> str:
    values = {
        "requests": number(whole.requests),
        "units": number(whole.units),
        "size": size(whole.bytes),
        "hours": span(whole.hours, lang),
    }
    if share is None:
        decides = binds(whole.binds, found.tier, found.machine, lang)
        return word("forecast.first", lang, **values, binds=decides)
    if not share:
        return word("forecast.same", lang, **values)
    return word("forecast.changed", lang, **values, percent=f"{share:.0%}".rstrip("%"))


def binds(name: str, tier: Tier, machine: Machine, lang: str) -> str:
    """What decides the hours, in words; ``name`` as ``hours_of`` gives it."""
    values: dict[str, object] = {
        "cores": machine.cores,
        "size": size(machine.line),
    }
    if quota := QUOTAS.get(name):
        values = {
            "amount": number(quota.amount),
            "seconds": number(quota.seconds),
            "gigabytes": f"{quota.amount / 1e9:g}",
        }
    elif name in {"minute", "day"}:
        values = {"minute": number(tier.minute), "day": number(tier.day)}
        values["licences"] = number(tier.licences or TIERS[-2].licences)
        name = name if tier.licences else f"{name}_most"
    return word(f"forecast.binds.{name}", lang, **values)


def span(hours: float, lang: str) -> str:
    """So many minutes, hours or days, in figures that are no more precise than the estimate."""
    if hours * 60 < 1:
        return word("forecast.minute_less", lang)
    if hours < 2:
        return word("forecast.minutes", lang, n=number(round(hours * 60)))
    if hours < 72:
        return word("forecast.hours", lang, n=number(round(hours)))
    return word("forecast.days", lang, n=number(round(hours / 24)))
