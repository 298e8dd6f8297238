"""Azure Queue storage: the messages of every queue, as far as a peek shows them.

The least that it needs is ``Storage Queue Data Reader`` on the accounts. ``Reader`` finds the
accounts, and shows who holds which role. Messages are never received, since that would hide them
from those who wait for them: of a queue the first 32 are seen, and the others are counted.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors._identity import Access
from connectors._kinds import ByKind
from connectors._model import Need, Partition
from connectors._peeks import Peeks
from connectors._service_places import Place, Places
from connectors._service_reach import Readers
from connectors._services import QUEUES

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from connectors._arm import Found
    from connectors._service_accounts import ServiceAccount

NEEDS = (
    Need(QUEUES.role, "queue_messages", "storage"),
    Need("Reader", "storage_accounts", "storage", optional=True),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.azure_queues]``: accounts by URL (none: all that are seen), globs over queues."""

    accounts: tuple[str, ...] = ()
    connection_string_env: str = ""
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


class Source(ByKind):
    """All queues of the accounts that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._places = Places("azure_queues", settings, access, QUEUES)
        peeks = Peeks(self._places, Readers(self._places, QUEUES))
        super().__init__({"queue": peeks}, settings)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._places.aclose()

    async def partitions(self) -> AsyncIterator[Partition]:
        """A queue each; an account that cannot be listed is a partition that says why."""
        async for partition in self._places.partitions(_queues):
            yield partition


async def _queues(account: ServiceAccount, found: Found) -> AsyncIterator[Place]:
    del found
    async for name in account.names({"comp": "list"}, "Queue", _name):
        yield Place(name)


def _name(element: Element) -> str:
    return element.findtext("Name") or ""
