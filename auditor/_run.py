"""``[limits]``, ``[engine]``, ``[privacy]`` and ``[controls]``: how a run goes about its work."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from auditor._tables import Table, fill
from auditor.model import Limits

__all__ = ["VARIABLE", "Controls", "Engine", "Privacy", "controls", "engine", "limits", "privacy"]

_ENGINES = ("local", "dask")
VARIABLE = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
"""How a secret is named that stands in the environment."""
_SMALLEST_WORKER = 256 << 20


@dataclass(frozen=True, slots=True)
class Controls:
    """``[controls]``: checks of the tenant's settings, made after its sources."""

    enabled: bool = True
    exclude: tuple[str, ...] = ()
    """Globs over ids of checks."""
    allow_beta: bool = False
    """Also ask Graph beta, which may change any day."""


@dataclass(frozen=True, slots=True)
class Engine:
    """``[engine]``: where pages are worked."""

    kind: str = "local"
    workers: int = 0
    """Worker processes; 0 is one a processor."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """``[privacy]``: whether tokens of distinct persons outlive a run."""

    key: str = ""
    """``""`` or ``env:NAME``."""


def controls(table: Table) -> Controls:
    """``[controls]``."""
    return fill(Controls, table) or Controls()


def limits(table: Table) -> Limits:
    """``[limits]``."""
    base = Limits()
    table.check_keys([entry.name for entry in fields(Limits)])
    return Limits(
        bytes=table.bytes("bytes", base.bytes, 1),
        held_bytes=table.bytes("held_bytes", base.held_bytes, 1),
        depth=table.whole("depth", base.depth, 0, 100),
        members=table.whole("members", base.members, 1, 100_000_000),
        expanded_bytes=table.bytes("expanded_bytes", base.expanded_bytes, 1),
        ratio=table.whole("ratio", base.ratio, 1, 1_000_000),
        seconds=table.seconds("seconds", base.seconds, 0.1, 86_400),
        worker_memory=table.bytes("worker_memory", base.worker_memory, _SMALLEST_WORKER),
        ocr=table.flag("ocr", default=base.ocr),
    )


def engine(table: Table) -> Engine:
    """``[engine]``."""
    table.check_keys(("kind", "workers", "scheduler"))
    kind = table.choice("kind", _ENGINES, "local")
    workers = table.whole("workers", 0, 0, 1_024)
    table.text("scheduler")
    if kind == "dask":
        table.note("dask_not_here", "kind")
    return Engine("local", workers)


def privacy(table: Table) -> Privacy:
    """``[privacy]``."""
    table.check_keys(("key",))
    key = table.text("key")
    if key.startswith("keyvault:"):
        table.note("keyvault_not_here", "key")
    elif key.startswith("env:") and not VARIABLE.fullmatch(key):
        table.note("bad_variable", "key")
    elif key and not key.startswith("env:"):
        table.note("key_in_file", "key")
    return Privacy(key)
