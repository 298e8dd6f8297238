"""How long a run takes: the largest of what the services, the line and this machine allow.

Every bound is one term. A window's allowance may be used up at once, so a run that asks for less
than one window's is not slowed by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, log, sqrt

from auditor.loads import CLUSTER_PLACES, SHAPES, Load
from auditor.quotas import QUOTAS, Tier

__all__ = ["Machine", "hours_of"]

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_SPREAD = 0.3
"""Requests take unequal times: the standard deviation, as a share of the mean."""
_SHARP = 4
"""How sharply the larger of two bounds decides."""
Bound = tuple[float, str]
"""Seconds, and what they are for."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What this side allows: how much is under way, the line, and the processors."""

    line: float = 125e6
    """Bytes a second: a gigabit."""
    cores: int = 2
    """Processors, of all machines together."""
    rooms: int = 0
    """Machines of a cluster that read and scan; 0: this one does."""
    item: float = 0.0003
    """CPU seconds an item in the main process, without its content (``make bench``)."""
    byte: float = 1 / 10e6
    """CPU seconds a byte of a file, in a worker process: workbooks 4 MB a second, text 200."""

    def places(self, source: str) -> int:
        """Mailboxes, drives or containers of a source that are read at a time."""
        few = SHAPES[source].places
        return max(few, CLUSTER_PLACES) if self.rooms else few

    def reads(self, source: str) -> int:
        """Items of a source that are read at a time."""
        return SHAPES[source].reads * max(self.rooms, 1)


def hours_of(loads: Mapping[str, Load], tier: Tier, machine: Machine) -> tuple[float, str]:
    """Hours that these sources take side by side, and what decides them.

    That is a name of ``QUOTAS``, ``minute`` or ``day`` (SharePoint's units), or of this side
    ``places``, ``reads``, ``line`` or ``cpu``.
    """
    own = {source: _unthrottled(source, load, machine) for source, load in loads.items()}
    bounds = [*own.values(), *_services(loads, own), *_drives(loads, own, tier)]
    carried = sum(load.bytes for load in loads.values())
    bounds.append((carried / machine.line, "line"))
    bounds.append((_work(loads, machine), "cpu"))
    seconds, name = max(bounds, key=lambda bound: bound[0])  # of equal ones the nearest to us
    return seconds / _HOUR, name


def _work(loads: Mapping[str, Load], machine: Machine) -> float:
    """Seconds of the processors; the main process is one, and cannot be shared out."""
    main = sum(load.items for load in loads.values()) * machine.item
    looked = 0.0
    for source, load in loads.items():
        shape = SHAPES[source]
        fresh = load.items if shape.tracked else load.reads / shape.alone if shape.alone else 0
        looked += fresh * shape.look + load.reads * shape.body * machine.byte
    return max(main, (main + looked) / machine.cores)


def _unthrottled(source: str, load: Load, machine: Machine) -> Bound:
    """What a source takes that no service slows down: its places in turn, some side by side."""
    if not load.places:
        return 0.0, "places"
    shape = SHAPES[source]
    lists, reads = load.lists / load.places, (load.reads + load.asks) / load.places
    # The items of a page are read before the next page is asked for, and the last is waited for.
    pages = min(reads, max(lists - shape.fixed, 1.0))
    together = min(shape.at_once, reads / pages) if reads else 1.0
    rounds = max(pages, reads / shape.at_once) + pages * _SPREAD * sqrt(log(max(together, 1.0)))
    seconds, name = (lists + rounds) * shape.wait, "places"
    if source == "mail":  # the limit is each mailbox's own
        limit = QUOTAS["mail"]
        paced = _paced(seconds, lists + reads, limit.amount, limit.seconds)
        name = "mail" if paced > seconds else name
        seconds = paced
    seconds *= ceil(load.places / machine.places(source))
    reading = _reading(source, load, machine)
    # Where both are near each other, each waits for the other now and then.
    both = (seconds**_SHARP + reading**_SHARP) ** (1 / _SHARP)
    return both, "reads" if reading > seconds else name


def _reading(source: str, load: Load, machine: Machine) -> float:
    """Seconds that single items take, so many at a time over all places of a source."""
    return load.reads * SHAPES[source].wait / machine.reads(source)


def _services(loads: Mapping[str, Load], own: Mapping[str, Bound]) -> Iterator[Bound]:
    """Limits that a whole source shares."""
    for source, load in loads.items():
        quota = SHAPES[source].quota
        if quota not in {"drives", "mail"}:
            limit = QUOTAS[quota]
            yield _paced(own[source][0], load.requests, limit.amount, limit.seconds), quota
        if quota == "blob":
            yield load.bytes / QUOTAS["blob_bytes"].rate, "blob_bytes"
    graph = [s for s in loads if SHAPES[s].quota in {"drives", "mail", "teams", "intune"}]
    yield sum(loads[s].requests for s in graph) / QUOTAS["graph"].rate, "graph"


def _drives(loads: Mapping[str, Load], own: Mapping[str, Bound], tier: Tier) -> Iterator[Bound]:
    """SharePoint and OneDrive use up one budget; that of a day may be gone before the day is."""
    some = [source for source in loads if loads[source].units]
    if not some:
        return
    units = sum(loads[source].units for source in some)
    seconds = max(own[source][0] for source in some)
    days = ceil(units / tier.day) - 1
    last = units - days * tier.day
    rest = _paced(seconds * last / units, last, tier.minute, _MINUTE)
    yield days * _DAY + rest, "day" if days else "minute"
    yield sum(loads[source].bytes for source in some) / QUOTAS["drives_bytes"].rate, "drives_bytes"


def _paced(seconds: float, asked: float, amount: int, window: int) -> float:
    """What ``asked`` takes under a limit, where it would take ``seconds`` without one.

    >>> _paced(10, 100, 1_000, 60), _paced(10, 1_000, 500, 60), _paced(100, 1_000, 500, 30)
    (10, 65.0, 100)
    """
    if not asked or asked / seconds <= amount / window:
        return seconds
    windows = ceil(asked / amount) - 1
    return windows * window + (asked - windows * amount) * seconds / asked
