"""Who can reach a row of Dataverse: its owner, and those whose roles read beyond their own rows.

A role reads a table to one of four depths: own rows (the owner is told anyway), those of a business
unit, of that and the units below it, or all of the organisation. Whom a row was shared with is told
where the environment answers the question (``principalobjectaccessset``); else, and for access that
comes with a hierarchy of managers, this is a lower bound.

Source: Dataverse "Security concepts", ``roleprivilegescollection`` (``privilegedepthmask``).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors import _dataverse_rows as rows
from connectors._dataverse_lane import Ask, Environment
from connectors._dataverse_people import People, key, people_of
from connectors._errors import Broken, ConnectorError, Gone, Misconfigured
from connectors._model import Grant, Item, Reach, Via
from connectors._tables import Columns, Table

LOCAL, DEEP, GLOBAL = 2, 4, 8
"""``privilegedepthmask``: a business unit, that and those below it, the organisation."""
MANY = 25
"""So many people who hold a role are more than a few named colleagues."""
_NEARLY_ALL = 0.9
_PAGE = {"prefer": "odata.maxpagesize=5000"}
_AT_ONCE = 50
"""Rows asked about at a time."""
_SHARE = "objectid,principalid,accessrightsmask"
_READ = 1
"""The bit of ``accessrightsmask`` that lets somebody read."""


@dataclass(slots=True)
class Reachers:
    """Answers for the rows of one environment."""

    environment: Environment
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _people: People | None = None
    _depths: dict[str, dict[str, int]] = field(default_factory=dict)
    """Privilege → role → the deepest mask it has."""
    _tells_shares: bool = True

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Grants of rows of one table, in the order asked."""
        table: Table = items[0].partition.facts["table"]
        try:
            async with self._lock:
                people = self._people or await people_of(self.environment)
                self._people = people
                depths = await self._roles(table)
            owners = await self._owners(items)
            shares = await self._shares(people, [item.id for item in items])
        except Misconfigured:
            raise
        except Gone as error:  # the environment has no such list, the row is still there
            return [Broken(error.detail)] * len(items)
        except ConnectorError as error:
            return [error] * len(items)
        answers: list[Sequence[Grant] | ConnectorError] = []
        for item in items:
            held = owners.get(item.id)
            if held is None:
                answers.append(Gone("the row is not there any more"))
            else:
                answers.append(_of(people, depths, held, shares.get(item.id, ())))
        return answers

    async def _roles(self, table: Table) -> dict[str, int]:
        """Role → depth to which it reads ``table``."""
        if table.privilege not in self._depths:
            found: dict[str, int] = {}
            async for value in self._reading(table):
                role, mask = key(value, "roleid"), value.get("privilegedepthmask")
                if isinstance(mask, int):
                    found[role] = max(found.get(role, 0), mask)
            self._depths[table.privilege] = found
        return self._depths[table.privilege]

    async def _reading(self, table: Table) -> AsyncIterator[dict[str, Any]]:
        privilege = table.privilege_id
        if not privilege:
            path = f"/privileges?$select=privilegeid&$filter=name%20eq%20'{table.privilege}'"
            async for value in self.environment.values(Ask(path, "prvReadRole", _PAGE)):
                privilege = key(value, "privilegeid")
        if not privilege:
            raise Broken("the privilege that reads the table is not known")
        path = "/roleprivilegescollection?$select=roleid,privilegedepthmask"
        path += f"&$filter=privilegeid%20eq%20{privilege}"
        async for value in self.environment.values(Ask(path, "prvReadRole", _PAGE)):
            yield value

    async def _owners(self, items: Sequence[Item]) -> dict[str, tuple[str, str]]:
        """Row → owner and business unit; rows that an earlier run listed are asked about again."""
        found = {
            item.id: (str(item.facts["owner"] or ""), str(item.facts["unit"] or ""))
            for item in items
            if "owner" in item.facts
        }
        missing = [item for item in items if item.id not in found]
        if missing:
            columns: Columns = missing[0].partition.facts["columns"]
            table: Table = missing[0].partition.facts["table"]
            lookups = [name for name in columns.rest if name.startswith("_")]
            select = ",".join((table.key, *lookups))
            ids = [item.id for item in missing]
            for value in await rows.some(self.environment, missing[0].partition, ids, select):
                owner = str(value.get("_ownerid_value") or "")
                unit = str(value.get("_owningbusinessunit_value") or "")
                found[key(value, table.key)] = (owner, unit)
        return found

    async def _shares(self, people: People, ids: Sequence[str]) -> dict[str, list[Grant]]:
        """Row → those it was shared with; nothing more once the environment did not answer."""
        found: dict[str, list[Grant]] = defaultdict(list)
        for start in range(0, len(ids), _AT_ONCE):
            if not self._tells_shares:
                break
            named = ids[start : start + _AT_ONCE]
            path = f"/principalobjectaccessset?$select={_SHARE}&$filter="
            path += "%20or%20".join(f"objectid%20eq%20{one}" for one in named)
            try:
                async for value in self.environment.values(Ask(path, headers=_PAGE)):
                    if grant := _share(people, value):
                        found[key(value, "objectid")].append(grant)
            except Misconfigured:
                raise
            except ConnectorError:
                self._tells_shares = False
        return found


def _of(
    people: People, depths: dict[str, int], held: tuple[str, str], shares: Sequence[Grant]
) -> Sequence[Grant]:
    owner, unit = (one.lower() for one in held)
    found = [*_owner(people, owner), *shares]
    above = people.above(unit)
    readers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for role, depth in depths.items():
        name = people.roles.get(role, role)
        holders = people.holders.get(role, set())
        if depth >= GLOBAL:
            readers[name, "organisation"] |= holders
        elif depth >= LOCAL and unit:
            units = above if depth >= DEEP else {unit}
            near = {one for one in holders if people.units[one] in units}
            readers[name, people.unit_names.get(unit, "business unit")] |= near
    total = len(people.units)
    for (name, where), some in sorted(readers.items()):
        if some:
            who = f"role {name} ({where})"
            found.append(Grant(_reach(len(some), total), Via.ROLE, who, len(some)))
    return found or [Grant(Reach.OWNER, Via.ROLE, "nobody but administrators")]


def _team(people: People, team: str) -> Grant:
    name, count = people.teams[team], len(people.members.get(team, ()))
    return Grant(Reach.NAMED, Via.GROUP, f"team {name}", count)


def _share(people: People, value: Mapping[str, Any]) -> Grant | None:
    """The grant of a share; None where it lets nobody read, or somebody who is not there."""
    mask, principal = value.get("accessrightsmask"), key(value, "principalid")
    if not isinstance(mask, int) or not mask & _READ:
        return None
    if principal in people.teams:
        return _team(people, principal)
    name = people.names.get(principal)
    return Grant(Reach.NAMED, Via.DIRECT, name, 1) if name else None


def _owner(people: People, owner: str) -> list[Grant]:
    if owner in people.teams:
        return [_team(people, owner)]
    if owner:
        return [Grant(Reach.OWNER, Via.DIRECT, people.names.get(owner) or "owner", 1)]
    return []


def _reach(count: int, total: int) -> Reach:
    if count >= total * _NEARLY_ALL:
        return Reach.ORGANISATION
    return Reach.LARGE_GROUP if count >= MANY else Reach.NAMED
