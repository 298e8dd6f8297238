"""How the company's things of Intune are made: ids, dates, assignments, what is planted."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from connectors._sample_tenant._company_keys import draw, guid, individual
from connectors._sample_tenant._company_plan import HIGH, Core, Plant, day

EVERYBODY = "devices"
"""Assigned to all devices; ``users`` stands for all users, anything else names a group."""
_TARGETS = {EVERYBODY: "allDevicesAssignmentTarget", "users": "allLicensedUsersAssignmentTarget"}


class Written:
    """Something that an admin writes: its type, its name, its own properties."""

    def __init__(self, kind: str, name: str, **own: Any) -> None:
        """``own`` replaces what every thing has; None takes it away."""
        self.kind = kind
        self.name = name
        self.own = own


class Shelf:
    """Collects things, who they go to, and what is planted in them."""

    def __init__(self, core: Core) -> None:
        """Begin with nothing."""
        self.core = core
        self.seed = core.seed
        self.things: dict[str, list[dict[str, Any]]] = {}
        self.inner: dict[tuple[str, str], Sequence[Mapping[str, Any]]] = {}

    def id(self, *key: object) -> str:
        """The id of a thing."""
        return guid(draw(self.seed, "intune", *key))

    def number(self, key: str) -> str:
        """A number of this chapter."""
        return individual(self.seed, "intune", key)

    def plant(self, place: str, item: str, exposure: str, number: str, note: str) -> None:
        """A number that an audit must find in ``item`` of a place."""
        self.core.plant("intune", place, item, exposure, [Plant((number,), HIGH, note)])

    def thing(self, written: Written) -> dict[str, Any]:
        """As Graph writes it."""
        made = {
            "@odata.type": f"#microsoft.graph.{written.kind}",
            "id": self.id(written.kind, written.name),
            "createdDateTime": day(2025, 10, 1),
            "lastModifiedDateTime": day(2026, 2, 16),
            "displayName": written.name,
            "description": "",
            "version": 3,
        }
        return {n: v for n, v in {**made, **written.own}.items() if v is not None}

    def put(self, collection: str, thing: dict[str, Any], assigned: Sequence[str] = ()) -> None:
        """Put a thing into a collection, and assign it."""
        self.things.setdefault(collection, []).append(thing)
        self.inner[thing["id"], "assignments"] = [self._assigned(thing, one) for one in assigned]

    def _assigned(self, thing: Mapping[str, Any], to: str) -> dict[str, Any]:
        target: dict[str, Any] = {"@odata.type": f"#microsoft.graph.{_TARGETS.get(to, 'group')}"}
        if to not in _TARGETS:
            target["@odata.type"] = "#microsoft.graph.groupAssignmentTarget"
            target["groupId"] = guid(draw(self.seed, "team", to))
        return {"id": f"{thing['id']}_{self.id('assignment', to)}", "target": target}


def told(text: str) -> str:
    """A text as Graph writes binary values."""
    return base64.b64encode(text.encode()).decode()
