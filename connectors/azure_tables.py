"""Azure Table storage: every table of every account; an entity is an item, its properties a row.

The least that it needs is ``Storage Table Data Reader`` on the accounts. ``Reader`` finds the
accounts, and shows who holds which role. A run lists all entities anew, 1,000 a request; their
content comes with the listing, so that no entity costs a request of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors._entities import Entities, tables
from connectors._identity import Access
from connectors._kinds import ByKind
from connectors._model import Need, Partition
from connectors._service_places import Place, Places
from connectors._service_reach import Readers
from connectors._services import TABLES

if TYPE_CHECKING:
    from connectors._arm import Found
    from connectors._service_accounts import ServiceAccount

NEEDS = (
    Need(TABLES.role, "table_rows", "storage"),
    Need("Reader", "storage_accounts", "storage", optional=True),
)

PAGE = 1_000
"""Entities a request; the service gives no more."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.azure_tables]``: accounts by URL (none: all that are seen), globs over tables."""

    accounts: tuple[str, ...] = ()
    connection_string_env: str = ""
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


class Source(ByKind):
    """All tables of the accounts that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._places = Places("azure_tables", settings, access, TABLES)
        readers = Readers(self._places, TABLES)
        super().__init__({"table": Entities(self._places, lambda: PAGE, readers)}, settings)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._places.aclose()

    async def partitions(self) -> AsyncIterator[Partition]:
        """A table each; an account that cannot be listed is a partition that says why."""
        async for partition in self._places.partitions(_tables):
            yield partition


async def _tables(account: ServiceAccount, found: Found) -> AsyncIterator[Place]:
    del found
    async for name in tables(account):
        yield Place(name)
