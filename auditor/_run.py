"""``[limits]``, ``[engine]``, ``[privacy]``, ``[controls]``: how a run goes about its work.

And ``[sentinel]``: where its findings may be sent afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

from auditor._tables import LOOPBACK, Table, fill
from auditor.model import Limits

__all__ = [
    "VARIABLE",
    "Controls",
    "Engine",
    "Privacy",
    "Sentinel",
    "controls",
    "engine",
    "limits",
    "privacy",
    "sentinel",
]

_ENGINES = ("local", "dask")
_SECURITY = ("security_ca", "security_cert", "security_key")
_SCHEDULER = re.compile(r"(tls|tcp)://(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})")
VARIABLE = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
"""How a secret is named that stands in the environment."""
VAULT = re.compile(r"keyvault:(https://[^/?#@]+/secrets/[0-9A-Za-z-]{1,127}(?:/[0-9a-fA-F]{32})?)")
"""How a secret is named that lies in a key vault: its latest version, or a certain one."""
_SMALLEST_WORKER = 256 << 20


_RULE = re.compile(r"dcr-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Sentinel:
    """``[sentinel]``: where ``send`` sends; nothing else ever does."""

    endpoint: str
    """``https://NAME.REGION.ingest.monitor.azure.com``, of the rule or of a collection endpoint."""
    rule_id: str
    """The immutable id of the data collection rule."""
    stream: str = "Custom-MyNumberAudit_CL"
    tenant: str = ""
    """The ``id`` of the tenant that signs in; "" is the first."""


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
    """Worker processes on each machine; 0 is one a processor."""
    scheduler: str = ""
    """Of a Dask cluster: ``tls://host:8786``, or ``tcp://`` on this machine."""
    security_ca: str = ""
    """File of the roots that the cluster's TLS goes by; "" is as Dask itself is configured."""
    security_cert: str = ""
    security_key: str = ""
    shared_paths: bool = False
    """Every worker has the folders of ``[sources.folder]`` in the same place."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """``[privacy]``: whether tokens of distinct persons outlive a run."""

    key: str = ""
    """``""``, ``env:NAME`` or ``keyvault:https://…/secrets/NAME``."""


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


def engine(table: Table, folder: Path) -> Engine:
    """``[engine]``; files are meant from ``folder``."""
    table.check_keys([entry.name for entry in fields(Engine)])
    kind = table.choice("kind", _ENGINES, "local")
    workers = table.whole("workers", 0, 0, 1_024)
    scheduler = table.text("scheduler")
    if kind == "dask" or scheduler:
        _check_scheduler(table, scheduler)
    ca, cert, key = (_file(table, key, folder) for key in _SECURITY)
    shared = table.flag("shared_paths", default=False)
    return Engine(kind, workers, scheduler, ca, cert, key, shared)


def _check_scheduler(table: Table, address: str) -> None:
    """Note an address that is none, or whose way is open to others."""
    match = _SCHEDULER.fullmatch(address)
    if not address:
        table.note("missing_key", "scheduler")
    elif match is None:
        table.note("bad_scheduler", "scheduler")
    elif match[1] == "tcp" and match[2].strip("[]") not in LOOPBACK:
        table.note("scheduler_open", "scheduler")


def _file(table: Table, key: str, folder: Path) -> str:
    path = table.text(key)
    if not path:
        return ""
    found = folder / Path(path).expanduser()
    if not found.is_file():
        table.note("missing_file", key, path=str(found))
    return str(found)


def privacy(table: Table) -> Privacy:
    """``[privacy]``."""
    table.check_keys(("key",))
    key = table.text("key")
    if key.startswith("keyvault:"):
        if not VAULT.fullmatch(key):
            table.note("bad_vault", "key")
    elif key.startswith("env:") and not VARIABLE.fullmatch(key):
        table.note("bad_variable", "key")
    elif key and not key.startswith("env:"):
        table.note("key_in_file", "key")
    return Privacy(key)


def sentinel(table: Table) -> Sentinel | None:
    """``[sentinel]``; None where there is none, or a mistake was noted."""
    if not table.values:
        return None
    found = fill(Sentinel, table)
    if found is None:
        return None
    if not found.endpoint.startswith("https://"):
        table.note("not_https", "endpoint")
    if not _RULE.fullmatch(found.rule_id):
        table.note("bad_rule", "rule_id")
    return found
