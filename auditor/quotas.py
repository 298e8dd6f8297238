"""What the services allow: every published limit that bounds an audit, in one table.

Limits change without notice; each line says where it is published, so that it can be looked up.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COSTS", "QUOTAS", "TIERS", "Quota", "Tier", "tier_of"]

_GRAPH = "https://learn.microsoft.com/graph/throttling-limits"
_SHAREPOINT = (
    "https://learn.microsoft.com/sharepoint/dev/general-development/"
    "how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online"
)
_STORAGE = "https://learn.microsoft.com/azure/storage/common/scalability-targets-standard-account"
_DATAVERSE = "https://learn.microsoft.com/power-apps/developer/data-platform/api-limits"


@dataclass(frozen=True, slots=True)
class Quota:
    """So much of something in so many seconds, for each of what shares it."""

    amount: int
    """Requests, resource units or bytes in one window; requests under way where it has none."""
    seconds: int
    """Length of the window; 0 for what may be under way at a time."""
    source: str
    """Address of the page that publishes it."""

    @property
    def rate(self) -> float:
        """What it allows in one second, in the long run."""
        return self.amount / self.seconds


QUOTAS = {
    "mail": Quota(10_000, 600, _GRAPH),
    "mail_at_once": Quota(4, 0, _GRAPH),
    "graph": Quota(130_000, 10, _GRAPH),
    "drives_bytes": Quota(400_000_000_000, 3600, _SHAREPOINT),
    "teams": Quota(200, 1, _GRAPH),
    "intune": Quota(2_000, 20, _GRAPH),
    "dataverse": Quota(6_000, 300, _DATAVERSE),
    "dataverse_at_once": Quota(52, 0, _DATAVERSE),
    "blob": Quota(20_000, 1, _STORAGE),
    "blob_bytes": Quota(6_250_000_000, 1, _STORAGE),
}
"""By name; the words for what shares one stand in the catalogue (``forecast.quota``)."""


@dataclass(frozen=True, slots=True)
class Tier:
    """SharePoint's budget for one app in a tenant of up to so many licences."""

    licences: int
    """0: any number above the last tier."""
    minute: int
    """Resource units a minute."""
    day: int
    """Resource units in 24 hours."""
    tenant: int
    """Resource units in five minutes for all apps of the tenant together."""
    source: str = _SHAREPOINT


TIERS = (
    Tier(1_000, 1_250, 1_200_000, 18_750),
    Tier(5_000, 2_500, 2_400_000, 37_500),
    Tier(15_000, 3_750, 3_600_000, 56_250),
    Tier(50_000, 5_000, 4_800_000, 75_000),
    Tier(0, 6_250, 6_000_000, 93_750),
)

COSTS = {"download": 1, "changes": 1, "page": 2, "permissions": 5}
"""Resource units of a request to SharePoint or OneDrive, by the page that publishes ``TIERS``."""


def tier_of(people: int | None) -> Tier:
    """The budget of a tenant of so many; the smallest where nobody told.

    >>> tier_of(1_000).minute, tier_of(1_001).minute, tier_of(500_000).minute, tier_of(None).minute
    (1250, 2500, 6250, 1250)
    """
    licences = people or 0
    return next(tier for tier in TIERS if not tier.licences or licences <= tier.licences)
