"""How many requests and hours a first audit will take, under the services' published quotas.

An estimate. Sources: Graph throttling limits (Outlook: 10,000 requests per 10 minutes, app and
mailbox), SharePoint's resource units per app and tenant (1 a download, 2 a first delta page, 5 a
permissions call), storage account targets (20,000 requests a second), Teams export (200 a second),
Dataverse (6,000 requests in five minutes, user and web server), Intune (2,000 in 20 seconds).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["TIERS", "Forecast", "Tier", "forecast"]

MAILS, FOLDERS, FILES, PERSONAL, BLOBS, MESSAGES = 10_000, 15, 10_000, 2_000, 10_000, 2_000
ROWS, DEVICES, ENTITIES, PEEKED = 2_000, 200, 100_000, 32
"""Assumed a place where nothing was counted yet: mails and folders a mailbox, files a library and a
personal drive, blobs a container, messages a team and a person, rows a table, things of
one kind in Intune, entities a table of storage, messages that a queue shows."""

_MAIL_PAGE, _WITH_ATTACHMENT = 100, 0.2
_DRIVE_PAGE, _WITH_FINDINGS, _PERMISSIONS = 500, 0.02, 5
_MAILBOX_RATE = 10_000 / 600
_AT_A_TIME = 8
"""Places that the engine reads side by side."""


_EACH = {
    "mail": MAILS,
    "sharepoint": FILES,
    "onedrive": PERSONAL,
    "blob": BLOBS,
    "teams": MESSAGES,
    "dataverse": ROWS,
    "intune": DEVICES,
    "azure_files": FILES,
    "azure_tables": ENTITIES,
    "azure_queues": PEEKED,
}


@dataclass(frozen=True, slots=True)
class _Steady:
    """A service that answers so many requests a second, whatever they are."""

    quota: str
    rate: float
    requests: Callable[[int, int], int]
    """Of ``(items, places)``."""


_STEADY = {
    "teams": _Steady("teams", 200, lambda items, places: items // 50 + places),
    "dataverse": _Steady(
        "dataverse", 6_000 / 300, lambda items, places: items // 5_000 + 2 * places
    ),
    "intune": _Steady("intune", 2_000 / 20, lambda items, places: items // 20 + 2 * places),
    "blob": _Steady("blob", 20_000, lambda items, places: items + items // 5_000 + places),
    # a folder takes a request, and has some twenty files
    "azure_files": _Steady("blob", 20_000, lambda items, places: items + items // 20 + places),
    "azure_tables": _Steady("blob", 20_000, lambda items, places: items // 1_000 + places),
    "azure_queues": _Steady("blob", 20_000, lambda _, places: 2 * places),
}
"""Pages of 50 messages, 5,000 rows or blobs, 1,000 entities; notes of devices twenty at a time."""


@dataclass(frozen=True, slots=True)
class Tier:
    """SharePoint's budget for one app in a tenant of up to so many licences."""

    licences: int
    """0: any number above the last tier."""
    minute: int
    """Resource units a minute."""
    day: int
    """Resource units a day."""


TIERS = (
    Tier(1_000, 1_250, 1_200_000),
    Tier(5_000, 2_500, 2_400_000),
    Tier(15_000, 3_750, 3_600_000),
    Tier(50_000, 5_000, 4_800_000),
    Tier(0, 6_250, 6_000_000),
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one source will take, and on what that rests."""

    source: str
    requests: int
    hours: float
    places: int
    items: int
    counted: bool
    """``items`` was counted by an earlier audit, not assumed."""
    quota: str
    """Which published limit decides: ``mail``, ``drives``, ``blob`` (any storage), ``teams``,
    ``dataverse``, ``intune``."""
    tier: Tier | None = None


def forecast(
    places: Mapping[str, int], counted: Mapping[str, int], members: int | None
) -> list[Forecast]:
    """One forecast a source that the quotas of a service bound.

    Args:
        places: mailboxes, drives, containers a source.
        counted: items that an earlier audit listed, a source.
        members: people of the tenant, standing in for its licences; None where nobody told.

    """
    found = []
    for source, count in places.items():
        each = _EACH.get(source)
        if not each or not count:
            continue
        known = counted.get(source, 0)
        items = known or count * each
        if source == "mail":
            made = _mail(count, items, known > 0)
        elif steady := _STEADY.get(source):
            requests = steady.requests(items, count)
            hours = requests / steady.rate / 3600
            made = Forecast(source, requests, hours, count, items, known > 0, steady.quota)
        else:
            made = _drives(source, count, items, _tier(members), known > 0)
        found.append(made)
    return found


def _mail(mailboxes: int, mails: int, counted: bool) -> Forecast:
    requests = round(mails * (1 / _MAIL_PAGE + _WITH_ATTACHMENT)) + mailboxes * FOLDERS
    hours = requests / (_MAILBOX_RATE * min(_AT_A_TIME, mailboxes)) / 3600
    return Forecast("mail", requests, hours, mailboxes, mails, counted, "mail")


def _drives(source: str, drives: int, files: int, tier: Tier, counted: bool) -> Forecast:
    pages = files / _DRIVE_PAGE + drives
    units = 2 * pages + files * (1 + _PERMISSIONS * _WITH_FINDINGS)
    requests = round(pages + files * (1 + _WITH_FINDINGS))
    days, rest = divmod(units, tier.day)  # a day's budget may be used up before the day is over
    hours = days * 24 + rest / tier.minute / 60
    return Forecast(source, requests, hours, drives, files, counted, "drives", tier)


def _tier(members: int | None) -> Tier:
    """The smallest budget where the number of licences is not known."""
    people = members or 0
    return next(tier for tier in TIERS if not tier.licences or people <= tier.licences)
