"""Folder paths of a drive: its delta names parents by id, and leaves the path out.

Source: Graph v1.0 ``driveItem: delta`` ("track items by id"); a single ``driveItem`` has the path.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from connectors._errors import ConnectorError, Misconfigured

_DEEPEST = 400
"""Steps up at most; SharePoint allows paths of 400 characters."""


def path_of(value: Mapping[str, Any]) -> str | None:
    """The folder a drive item lies in, where the answer tells; "" is the root."""
    path = (value.get("parentReference") or {}).get("path")
    return unquote(path.partition("root:")[2]).strip("/") if isinstance(path, str) else None


class Folders:
    """What is known of the folders of one drive, from its pages, or asked for once."""

    def __init__(self, ask: Callable[[str], Awaitable[Mapping[str, Any]]]) -> None:
        """``ask`` gives one drive item by its id."""
        self._ask = ask
        self._known: dict[str, tuple[str, str]] = {}
        """Folder → its parent's id and its own name; both "" for the root."""
        self._paths: dict[str, str] = {}

    def learn(self, values: Iterable[Mapping[str, Any]]) -> None:
        """Take note of the folders of a page."""
        for value in values:
            if value.get("root") is not None:
                self._known[str(value["id"])] = ("", "")
            elif value.get("folder") is not None and value.get("deleted") is None:
                parent = str((value.get("parentReference") or {}).get("id") or "")
                self._known[str(value["id"])] = (parent, str(value.get("name") or ""))
                self._paths.clear()  # a folder that was renamed renames what is below it

    async def path(self, value: Mapping[str, Any]) -> str:
        """The folder that an item lies in, for people; "" at the root and where nobody tells."""
        if (told := path_of(value)) is not None:
            return told
        return await self._of(str((value.get("parentReference") or {}).get("id") or ""))

    async def _of(self, folder: str) -> str:
        names: list[str] = []
        at = folder
        while at and at not in self._paths and len(names) < _DEEPEST:
            if at not in self._known and not await self._learn_one(at):
                break
            if at in self._paths:
                break
            at, name = self._known[at]
            names.append(name)
        whole = "/".join(filter(None, (self._paths.get(at, ""), *reversed(names))))
        if folder:
            self._paths[folder] = whole
        return whole

    async def _learn_one(self, folder: str) -> bool:
        """Ask for a folder that the changes did not name."""
        try:
            value = await self._ask(folder)
        except Misconfigured:
            raise
        except ConnectorError:
            self._known[folder] = ("", "")
            return False
        self.learn([value])
        if folder in self._known and (told := path_of(value)) is not None:
            self._paths[folder] = "/".join(filter(None, (told, str(value.get("name") or ""))))
        return folder in self._known
