"""Who the users of a Dataverse environment are: teams, business units, and who holds which role.

Read once an environment, when the first finding asks. Application users and disabled ones are no
people.

Source: Dataverse Web API ``systemusers``, ``teams``, ``teammemberships``, ``businessunits``,
``roles``, ``systemuserrolescollection``, ``teamrolescollection``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors._dataverse_lane import Ask, Environment

_PAGE = {"prefer": "odata.maxpagesize=5000"}
_INTERACTIVE = frozenset({None, 0, 1, 2})
"""Access modes of people: read and write, administrative, read."""


@dataclass(slots=True)
class People:
    """The users of one environment; every id is in lower case."""

    names: dict[str, str] = field(default_factory=dict)
    """User → address, or name where there is none; everybody, so that an owner can be named."""
    units: dict[str, str] = field(default_factory=dict)
    """Person → business unit; only those who count as people."""
    teams: dict[str, str] = field(default_factory=dict)
    """Team → name."""
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Team → its people."""
    parents: dict[str, str] = field(default_factory=dict)
    """Business unit → the one above it, "" for the topmost."""
    unit_names: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    """Role → name; every business unit has its own copy of a role."""
    holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Role → the people who hold it, by themselves or through a team."""

    def above(self, unit: str) -> set[str]:
        """A business unit with all those above it."""
        found: set[str] = set()
        while unit and unit not in found:
            found.add(unit)
            unit = self.parents.get(unit, "")
        return found


async def people_of(environment: Environment) -> People:
    """Everybody of an environment. Raises :class:`ConnectorError` with the privilege that lacks."""
    found = People()
    for value in await _all(environment, "systemusers", _USERS, "prvReadUser"):
        _user(found, value)
    for value in await _all(environment, "teams", "teamid,name", "prvReadTeam"):
        found.teams[key(value, "teamid")] = str(value.get("name") or "")
    joins = await _all(environment, "teammemberships", "teamid,systemuserid", "prvReadTeam")
    for value in joins:
        if (person := key(value, "systemuserid")) in found.units:
            found.members[key(value, "teamid")].add(person)
    for value in await _all(environment, "businessunits", _UNITS, "prvReadBusinessUnit"):
        identity = key(value, "businessunitid")
        found.parents[identity] = key(value, "_parentbusinessunitid_value")
        found.unit_names[identity] = str(value.get("name") or "")
    for value in await _all(environment, "roles", "roleid,name", "prvReadRole"):
        found.roles[key(value, "roleid")] = str(value.get("name") or "")
    wanted = ("systemuserrolescollection", "systemuserid,roleid", "prvReadRole")
    for value in await _all(environment, *wanted):
        if (person := key(value, "systemuserid")) in found.units:
            found.holders[key(value, "roleid")].add(person)
    for value in await _all(environment, "teamrolescollection", "teamid,roleid", "prvReadRole"):
        found.holders[key(value, "roleid")] |= found.members.get(key(value, "teamid"), set())
    return found


_USERS = (
    "systemuserid,fullname,internalemailaddress,isdisabled,applicationid,accessmode,"
    "_businessunitid_value"
)
_UNITS = "businessunitid,name,_parentbusinessunitid_value"


async def _all(
    environment: Environment, entity_set: str, select: str, privilege: str
) -> list[dict[str, Any]]:
    ask = Ask(f"/{entity_set}?$select={select}", privilege, _PAGE)
    return [value async for value in environment.values(ask)]


def _user(found: People, value: Mapping[str, Any]) -> None:
    identity = key(value, "systemuserid")
    name = value.get("internalemailaddress") or value.get("fullname") or ""
    found.names[identity] = str(name)
    person = value.get("accessmode") in _INTERACTIVE and not value.get("applicationid")
    if person and not value.get("isdisabled"):
        found.units[identity] = key(value, "_businessunitid_value")


def key(value: Mapping[str, Any], name: str) -> str:
    """A property that is an id, in lower case; "" where it is absent."""
    return str(value.get(name) or "").lower()
