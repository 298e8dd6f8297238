"""What one run asks of one source: requests, resource units and bytes, from places and items.

The shape of each source is that of its connector: items a page, requests a place, which items take
a request of their own. Everything a tenant would have to be asked for is an assumption, and stands
in ``SHAPES`` once.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.quotas import COSTS

__all__ = ["ANY", "CLUSTER_PLACES", "SHAPES", "Load", "Shape", "load_of"]

KB, MB = 1 << 10, 1 << 20
_UNCHANGED = 2 * KB
"""Bytes of an answer that tells of no change."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a source is read, and what is assumed where nothing was counted."""

    quota: str
    """Which limit of ``QUOTAS`` counts its requests; ``drives`` for SharePoint's units."""
    items: int
    """Assumed in one place: a mailbox, library, personal drive, container, team, person, table."""
    page: int
    """Items that one answer of a listing holds."""
    fixed: int
    """Requests that a place takes in any run: folders, columns, the round itself."""
    alone: float
    """Share of the items that take a request of their own."""
    row: int
    """Bytes of an item in its listing."""
    body: int
    """Bytes of an item that takes a request of its own."""
    at_once: int = 24
    """Requests under way in one place."""
    places: int = 8
    """Places read at a time."""
    reads: int = 24
    """Items read at a time, over all places: one that has to wait holds up no other."""
    tracked: bool = True
    """A later run lists what has changed; else everything is listed again."""
    wait: float = 0.2
    """Seconds that a request takes, there and back."""
    look: float = 0.0002
    """CPU seconds of a worker process for an item, beside those for its bytes."""


SHAPES = {
    "mail": Shape(
        "mail", 10_000, 100, 17, 0.2, 20 * KB, 500 * KB, 4, places=24, reads=96, look=0.0006
    ),
    "sharepoint": Shape("drives", 10_000, 500, 1, 1, 1 * KB, 1 * MB),
    "onedrive": Shape("drives", 2_000, 500, 1, 1, 1 * KB, 1 * MB),
    "teams": Shape("teams", 2_000, 50, 1, 0, 4 * KB, 0, places=48, wait=0.25),
    "blob": Shape("blob", 10_000, 5_000, 1, 1, 1 * KB, 1 * MB, tracked=False, wait=0.03),
    "dataverse": Shape("dataverse", 2_000, 5_000, 2, 0, 1 * KB, 0, look=0.00003),
    "intune": Shape("intune", 200, 1_000, 2, 1, 2 * KB, 4 * KB, tracked=False),
    # a folder takes a request, and has some twenty files
    "azure_files": Shape("blob", 10_000, 20, 1, 1, 1 * KB, 1 * MB, tracked=False, wait=0.03),
    "azure_tables": Shape("blob", 100_000, 1_000, 1, 0, 1 * KB, 0, tracked=False, wait=0.03),
    "azure_queues": Shape("blob", 32, 32, 2, 0, 4 * KB, 0, tracked=False, wait=0.03),
}
"""Mail: 15 folders and 2 requests a mailbox; one mail in five has attachments and is read whole.

A mailbox's limit is its own, and Teams allows 200 requests a second: there it takes many places at
a time to ask for as much as the services allow. Elsewhere few do.
"""

ANY = Shape("", 0, 1, 1, 1, 0, 0)
"""A source that nobody bounds: folders of this machine."""
CLUSTER_PLACES = 48
"""Places of any source read at a time, at least, where a cluster works on what is in them."""

WITH_FINDINGS = 0.02
"""Share of files with findings: in every run it is asked who can reach them."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run asks of one source."""

    places: int
    items: int
    """Listed; in a later run those that are listed because they changed, unless all are."""
    lists: int
    """Requests for listings, one after the other within a place."""
    reads: int
    """Requests for single items, several at a time within a place."""
    asks: int
    """Questions who can reach an item, each counted, also in a batch."""
    units: int
    """SharePoint's resource units; 0 for other services."""
    bytes: int

    @property
    def requests(self) -> int:
        """All requests, as the services count them."""
        return self.lists + self.reads + self.asks


def load_of(source: str, places: int, items: int, changed: float | None = None) -> Load:
    """What a run asks of ``places`` with ``items`` in all.

    Args:
        source: one of ``SHAPES``.
        places: mailboxes, drives, containers …
        items: in all places together.
        changed: share of the items that changed since the run before; None for a first run.

    """
    shape = SHAPES[source]
    read = items if changed is None else round(items * changed)
    listed = read if shape.tracked else items
    # A page of each place is asked for in any run, and is among its fixed requests.
    pages = _pages(places, listed, shape.page)
    lists = pages + places * shape.fixed
    reads = round(read * shape.alone)
    drives = shape.quota == "drives"
    asks = round(items * WITH_FINDINGS) if drives else 0
    cost = COSTS["page" if changed is None else "changes"]
    units = lists * cost + reads * COSTS["download"] + asks * COSTS["permissions"]
    carried = listed * shape.row + lists * _UNCHANGED + reads * shape.body
    return Load(places, listed, lists, reads, asks, units if drives else 0, carried)


def _pages(places: int, listed: int, page: int) -> int:
    """Pages that are full, over places that are alike."""
    return round(listed / page) if places else 0
