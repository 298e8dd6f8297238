"""Dynamics 365 (Dataverse): every table of every environment, with notes, attachments and files.

The app reads as an application user of each environment, with a security role that reads and does
nothing else (``docs/dataverse-role.md``). A table that the role does not read is a place that says
so, with the privilege (``prvRead…``) that would open it. Virtual tables lie in other systems and
are named as not assessed; tables whose columns cannot hold a number have no place at all.

Environments stand in the settings. Only people, not apps, may ask the global discovery service
which there are, so an empty list works for delegated sign-ins alone.

Source: Dataverse Web API v9.2; global Discovery Service.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectors._credential import UNKNOWN_RESOURCE
from connectors._errors import Broken, ConnectorError, Denied, Misconfigured, Withheld
from connectors._identity import Access
from connectors._model import Body, Grant, Item, Need, Page, Partition

if TYPE_CHECKING:
    from connectors._dataverse_lane import Environment
    from connectors._dataverse_reach import Reachers
    from connectors._tables import Columns, Table

NEEDS = (
    Need("application user with the read-only role", "dataverse", "dataverse"),
    Need("prvReadRole", "dataverse_roles", "dataverse", optional=True),
)

GLOBAL_DISCOVERY = "https://globaldisco.crm.dynamics.com"
REPEATED = ("activitypointer", "attachment")
"""Tables whose rows are those of other tables, seen from another side."""
PROGRAMS = ("webresource", "pluginassembly", "pluginpackage")
"""Tables of the environment's own programs: files of megabytes, none of them about a person."""
_SIDE_BY_SIDE = 8
"""Tables whose columns are asked for at a time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.dataverse]``: environments by URL, globs over tables (logical names, labels)."""

    environments: tuple[str, ...] = ()
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = REPEATED + PROGRAMS
    discovery: str = GLOBAL_DISCOVERY
    """Asked for the environments where none stands above."""


class Source:
    """All tables of the environments that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._access = access
        self._environments: dict[str, Environment] = {}
        self._reachers: dict[str, Reachers] = {}
        self._columns: dict[tuple[str, str], Columns | ConnectorError] = {}

    async def aclose(self) -> None:
        """Close the connections."""
        for environment in self._environments.values():
            await environment.aclose()
        self._environments.clear()
        self._reachers.clear()

    async def partitions(self) -> AsyncIterator[Partition]:
        """A table each; an environment that cannot be read is a partition that says why.

        Raises Misconfigured when the only environment cannot be reached at all.
        """
        found = await self._found()
        for url in found:
            name = f"{_host(url)} › " if len(found) > 1 else ""
            try:
                async for partition in self._in(url, name):
                    yield partition
            except Misconfigured as error:
                if len(found) == 1 or not _of_one(error):
                    raise
                yield self._closed(_lasting(url), _host(url), Broken(error.detail))
            except ConnectorError as error:
                yield self._closed(_lasting(url), _host(url), error)

    async def _found(self) -> Sequence[str]:
        if self._settings.environments:
            return tuple(dict.fromkeys(map(_checked, self._settings.environments)))
        from connectors._dataverse_discovery import environments

        return await environments(self._access, _checked(self._settings.discovery))

    def _closed(self, identifier: str, name: str, error: ConnectorError) -> Partition:
        return Partition("dataverse", identifier, name, self._access.tenant.id, {"error": error})

    def _at(self, url: str) -> Environment:
        from connectors._dataverse_lane import Environment

        if url not in self._environments:
            self._environments[url] = Environment(self._access, url)
        return self._environments[url]

    async def _in(self, url: str, above: str) -> AsyncIterator[Partition]:
        from connectors._dataverse_secured import PROFILE
        from connectors._tables import tables_of

        environment = self._at(url)
        tables = [one for one in await tables_of(environment) if self._included(one)]
        opened: frozenset[tuple[str, str]] | ConnectorError | None = None
        for start in range(0, len(tables), _SIDE_BY_SIDE):
            some = tables[start : start + _SIDE_BY_SIDE]
            described = await asyncio.gather(*(self._described(environment, t) for t in some))
            for table, columns in zip(some, described, strict=True):
                identifier = f"{_lasting(url)}/{table.name}"
                name = f"{above}{table.label} ({table.name})"
                if isinstance(columns, ConnectorError):
                    yield self._closed(identifier, name, columns)
                    continue
                if not columns.cells and not columns.files:
                    continue
                facts = {"url": url, "table": table, "columns": columns}
                yield Partition("dataverse", identifier, name, self._access.tenant.id, facts)
                if columns.secured and opened is None:
                    opened = await _opened(environment)
                for column in _hidden(table, columns, opened):
                    error = Denied("column security", permission=PROFILE)
                    place = f"{name} › {columns.secured[column]}"
                    yield self._closed(f"{identifier}/{column}", place, error)

    async def _described(self, environment: Environment, table: Table) -> Columns | ConnectorError:
        from connectors._tables import columns_of

        if table.virtual:
            return Withheld("virtual table", reason="not_offered")
        known = (environment.url, table.name)
        if known not in self._columns:
            try:
                self._columns[known] = await columns_of(environment, table)
            except Misconfigured:
                raise
            except ConnectorError as error:
                return error
        return self._columns[known]

    def _included(self, table: Table) -> bool:
        names = (table.name.lower(), table.label.lower())

        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(name, glob.lower()) for name in names for glob in globs)

        return meets(self._settings.include) and not meets(self._settings.exclude)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The table's rows, or its changes where it tracks them."""
        from connectors import _dataverse_rows

        if error := partition.facts.get("error"):
            raise error
        environment = self._at(partition.facts["url"])
        async for page in _dataverse_rows.pages(environment, partition, cursors.get("", "")):
            yield page

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """What a row has beside its cells: written markup, then its files."""
        from connectors._dataverse_files import bodies

        for body in item.facts.get("parts", ()):
            yield body
        async for body in bodies(self._at(item.partition.facts["url"]), item):
            yield body

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Owner, and roles that read beyond their holders' own rows; all of one table."""
        from connectors._dataverse_reach import Reachers

        if not items:
            return []
        url = items[0].partition.facts["url"]
        if url not in self._reachers:
            self._reachers[url] = Reachers(self._at(url))
        return await self._reachers[url].grants(items)

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those rows that still exist."""
        from connectors import _dataverse_rows

        return await _dataverse_rows.lookup(self._at(partition.facts["url"]), partition, ids)


async def _opened(environment: Environment) -> frozenset[tuple[str, str]] | ConnectorError:
    """What column security opens to the app; the error where the app may not ask."""
    from connectors._dataverse_secured import readable

    try:
        return await readable(environment)
    except Misconfigured:
        raise
    except ConnectorError as error:
        return error


def _hidden(
    table: Table, columns: Columns, opened: frozenset[tuple[str, str]] | ConnectorError | None
) -> list[str]:
    """Secured columns whose values do not come, as far as anybody can tell."""
    known = opened if isinstance(opened, frozenset) else frozenset()
    return [name for name in columns.secured if (table.name, name) not in known]


def _of_one(error: Misconfigured) -> bool:
    """Whether an error is about one environment: nobody answers there, or sign-in knows it not."""
    lost = error.code in {"unreachable", "untrusted_certificate"}
    return lost or error.detail in UNKNOWN_RESOURCE


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.netloc or parts.query:
        raise Misconfigured("bad_setting", "sources.dataverse wants https URLs without a query")
    return url.rstrip("/").partition("/api/data")[0]


def _host(url: str) -> str:
    """An environment as people know it; below a path its port says nothing."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}" if parts.path else parts.netloc


def _lasting(url: str) -> str:
    """What stays of an environment's address."""
    return _host(url).lower()
