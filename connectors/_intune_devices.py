"""Managed devices as rows: names, their user's fields, category, and the notes of an admin.

Source: Graph v1.0 ``managedDevice: list``, ``managedDevice: get``. A listing leaves notes out: each
device is asked for its own by ``$select``, twenty a request.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from connectors._errors import ConnectorError, Gone
from connectors._graph import Graph
from connectors._identity import Access
from connectors._intune_places import DEVICES, SCOPE
from connectors._intune_readers import ADMINISTRATORS
from connectors._intune_things import fingerprint
from connectors._model import Body, Grant, Item, Page, Partition
from connectors._permissions import when
from connectors._posture_devices import LIST, SELECT, Devices

NAME = "devices"
"""The kind of partition that is read here."""
NOTES = "notes"
_COLUMNS = (
    ("deviceName", "Device name"),
    ("managedDeviceName", "Management name"),
    ("userDisplayName", "Primary user"),
    ("emailAddress", "Email address"),
    ("userPrincipalName", "User principal name"),
    ("phoneNumber", "Phone number"),
    ("deviceCategoryDisplayName", "Device category"),
    (NOTES, "Notes"),
)
_ERROR = "error"


class ManagedDevices:
    """Reads the devices of a tenant."""

    def __init__(self, access: Access, *, notes: bool) -> None:
        """``notes`` asks for the notes of each, which costs a twentieth of a request."""
        self._devices = Devices.of(access)
        self._graph = Graph.of(access)
        self._notes = notes

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """All devices each time: Intune has no delta."""
        del cursors
        async for page in self._devices.pages():
            values: Sequence[dict[str, Any]] = page["value"]
            notes = await self._asked([str(v["id"]) for v in values], f"id,{NOTES}")
            items = [_item(partition, v, n) for v, n in zip(values, notes, strict=True)]
            yield Page(items, done=not page.get("@odata.nextLink"))

    async def _asked(
        self, ids: Sequence[str], select: str
    ) -> Sequence[dict[str, Any] | ConnectorError]:
        """Single devices; nothing of them where notes are not asked for."""
        if not self._notes:
            return [{} for _ in ids]
        paths = [f"{LIST}/{quote(identifier, safe='')}?$select={select}" for identifier in ids]
        return await self._graph.batch(paths, SCOPE, DEVICES)

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """Nothing beside the row; raises what kept its notes from it."""
        if error := item.facts.get(_ERROR):
            raise error
        nothing: tuple[Body, ...] = ()
        for body in nothing:
            yield body

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Administrators: users see their devices, not what is noted of them."""
        return [[ADMINISTRATORS] for _ in items]

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Never needed: every listing names all devices."""
        select = f"{SELECT},{NOTES}" if self._notes else SELECT
        paths = [f"{LIST}/{quote(identifier, safe='')}?$select={select}" for identifier in ids]
        found = []
        for answer in await self._graph.batch(paths, SCOPE, DEVICES):
            if isinstance(answer, Gone):
                continue
            if isinstance(answer, ConnectorError):
                raise answer
            found.append(_item(partition, answer, answer))
        return found


def _item(
    partition: Partition, device: Mapping[str, Any], notes: Mapping[str, Any] | ConnectorError
) -> Item:
    failed = isinstance(notes, ConnectorError)
    told = {**device, NOTES: None if isinstance(notes, ConnectorError) else notes.get(NOTES)}
    row = {header: str(told[name]) for name, header in _COLUMNS if told.get(name)}
    facts: dict[str, Any] = {"etag": ""}
    if failed:
        facts[_ERROR] = notes
    return Item(
        partition,
        id=str(device["id"]),
        name=str(device.get("deviceName") or device.get("managedDeviceName") or device["id"]),
        version=fingerprint([row, failed]),
        created=when(device.get("enrolledDateTime")),
        owner=str(device.get("userPrincipalName") or device.get("emailAddress") or ""),
        row=row or {"": ""},
        facts=facts,
    )
