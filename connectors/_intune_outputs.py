"""What scripts put out on devices, as rows: a column of a script's results is one of its tables.

Source: Graph beta ``deviceManagementScriptDeviceState``, ``deviceHealthScriptDeviceState``,
``deviceComplianceScriptDeviceState``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from connectors._errors import Broken, ConnectorError, Gone, Misconfigured, Withheld
from connectors._graph import Graph
from connectors._identity import Access
from connectors._intune_content import Thing, title
from connectors._intune_places import SCOPE, Outputs
from connectors._intune_readers import ADMINISTRATORS
from connectors._intune_things import fingerprint
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Page, Partition
from connectors._permissions import when

_WITH_DEVICE = "?$expand=managedDevice($select=id,deviceName)"
_ATTRIBUTE = "customAttributeName"


class ScriptOutputs:
    """Reads what one kind of scripts put out."""

    def __init__(self, outputs: Outputs, access: Access) -> None:
        self._outputs = outputs
        self._graph = Graph.of(access)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """A stream a script; one that fails does not keep the others back."""
        del cursors
        failed: ConnectorError | None = None
        none = True
        async for script in self._graph.values(self._ask()):
            none = False
            try:
                async for page in self._of(partition, script):
                    yield page
            except Misconfigured:
                raise
            except Gone:  # the script was deleted meanwhile, and its outputs with it
                yield Page(stream=str(script["id"]), done=True)
            except ConnectorError as error:
                failed = failed or error
        if none:
            yield Page(done=True)
        if failed is not None:
            raise failed

    async def _of(self, partition: Partition, script: Thing) -> AsyncIterator[Page]:
        """The states of one script, with the names of their devices where the service adds them."""
        identifier = str(script["id"])
        begun = False
        for more in (_WITH_DEVICE, ""):
            try:
                async for page in self._graph.pages(self._ask(identifier, more=more)):
                    begun = True
                    items = [self._item(partition, script, state) for state in page["value"]]
                    done = not page.get("@odata.nextLink")
                    yield Page(items, stream=identifier, done=done)
                return
            except (Broken, Withheld) as error:
                if begun or not more or not error.detail.startswith(("HTTP 400", "HTTP 501")):
                    raise

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """Nothing beside the row."""
        del item
        nothing: tuple[Body, ...] = ()
        for body in nothing:
            yield body

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Administrators alone see what came back."""
        return [[ADMINISTRATORS] for _ in items]

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Never needed: every listing names all outputs."""
        scripts: dict[str, Thing] = {}
        found = []
        for identifier in ids:
            script, slash, state = identifier.partition("/")
            if not slash:  # none of ours
                continue
            try:
                if script not in scripts:
                    scripts[script] = await self._graph.json(self._ask(script, whole=True))
                value = await self._graph.json(self._ask(script, state, _WITH_DEVICE))
            except Gone:
                continue
            found.append(self._item(partition, scripts[script], value))
        return found

    def _ask(
        self, script: str = "", state: str = "", more: str = "", *, whole: bool = False
    ) -> Ask:
        """The scripts, one of them (``whole``), its states, or one state."""
        path = self._outputs.scripts.path
        if script:
            path += f"/{quote(script, safe='')}"
        if script and not whole:
            path += "/deviceRunStates"
        if state:
            path += f"/{quote(state, safe='')}"
        what = self._graph.beta(f"{path}{more}")
        return Ask(what, SCOPE, permission=self._outputs.scripts.permission)

    def _item(self, partition: Partition, script: Thing, state: Mapping[str, Any]) -> Item:
        """A custom attribute's own name is the header of its values."""
        device = state.get("managedDevice") or {}
        row = {"Device name": str(device["deviceName"])} if device.get("deviceName") else {}
        for name, header in self._outputs.columns:
            if state.get(name):
                shown = script.get(_ATTRIBUTE) if name == "resultMessage" else None
                row[str(shown or header)] = str(state[name])
        return Item(
            partition,
            id=f"{script['id']}/{state['id']}",
            name=str(device.get("deviceName") or device.get("id") or state["id"]),
            version=fingerprint(row),
            modified=when(state.get("lastStateUpdateDateTime")),
            path=title(script),
            row=row or {"": ""},
            facts={"etag": str(state.get("lastStateUpdateDateTime") or "")},
        )
