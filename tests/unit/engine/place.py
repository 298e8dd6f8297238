"""A workspace, settings and files for the tests of the engine."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import connectors
from auditor.engine import RunSummary, audit
from auditor.model import Limits, State
from auditor.progress import Silent
from auditor.settings import Controls, Engine
from auditor.store import Store
from auditor.workspace import DATABASE
from connectors._identity import Access, Tenant

SOURCES = Path(__file__).parents[2] / "contract" / "sources"


def number(seed: int) -> str:
    """A valid number from a seed."""
    source = random.Random(seed)
    digits = [source.randrange(10) for _ in range(11)]
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
    return "".join(map(str, [*digits, 0 if rest <= 1 else 11 - rest]))


def holds(seed: int) -> bytes:
    """A file in which one number is found."""
    return f"個人番号: {number(seed)}\n".encode()


CLEAN = "お世話になっております。\n".encode()


@dataclass(frozen=True)
class OneTenant:
    """A tenant of the settings."""

    id: str = "sample-shoji.example"
    name: str = "サンプル商事"

    def access(self) -> Access:
        """Without credentials: the hostile source needs none."""
        return Access(Tenant(self.id, self.name))


@dataclass(frozen=True)
class Plain:
    """Settings that switch on the hostile source only."""

    limits: Limits = field(default_factory=Limits)
    controls: Controls = field(default_factory=Controls)
    tenant: OneTenant = field(default_factory=OneTenant)
    key: bytes | None = None
    engine: Engine = field(default_factory=Engine)

    def tenants_or_local(self) -> Sequence[Any]:
        """One tenant."""
        return [self.tenant]

    def sources_of(self, _tenant: Any, _names: Sequence[str]) -> Mapping[str, object]:
        """The hostile source."""
        return {"hostile": connectors.load("hostile").Settings()}

    async def kept_key(self, _environ: Mapping[str, str]) -> bytes | None:
        """Tokens of persons persist under this key, if there is one."""
        return self.key

    def workers(self) -> int:
        """In this process: these tests are about the books."""
        return 0


class Place:
    """A workspace and what is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def audit(self, *, full: bool = False, settings: Any = None) -> RunSummary:
        """One run."""
        store = Store.open(self.path, tenants=())
        try:
            (summary,) = asyncio.run(
                audit(settings or Plain(), store, Silent(), full=full)  # type: ignore[arg-type]
            )
        finally:
            store.close()
        return summary

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the workspace as a script would."""
        db = sqlite3.connect(self.path / DATABASE)
        try:
            return db.execute(query).fetchall()
        finally:
            db.close()

    def totals(self) -> dict[str, int]:
        """The books of the shown run."""
        names = ["listed", *[s.value for s in State]]
        columns = ", ".join(f"total({n})" for n in names)
        (row,) = self.rows(f"SELECT {columns} FROM totals")
        return {n: int(v) for n, v in zip(names, row, strict=True)}

    def findings(self) -> dict[str, str]:
        """Item → status."""
        return dict(self.rows("SELECT item, status FROM findings"))

    def reasons(self) -> dict[str, str]:
        """Item → reason of its gap."""
        return dict(self.rows("SELECT item, reason FROM coverage"))
