"""The folders of a mailbox: the whole tree, hidden folders and the dumpster included.

Source: Graph v1.0 ``user: list mailFolders``, ``mailFolder: list childFolders``. The dumpster's
folders have well-known names (in the reference only ``recoverableitemsdeletions``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from connectors._errors import ConnectorError, Gone, Withheld
from connectors._graph import Graph
from connectors._lane import Ask
from connectors._model import Partition

PAGE = 100
"""Messages a page."""
_OPTIONS = "?includeHiddenFolders=true&$select=id,childFolderCount&$top=100"
_AT_A_TIME = 4
"""Requests that Outlook works at a time for one mailbox."""
_DUMPSTER, _DELETIONS = "recoverableitemsroot", "recoverableitemsdeletions"
"""Where deleted mails lie until their retention ends; the second where the first is unknown."""


class MailFolders:
    """Lists the folders of mailboxes."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    async def of(self, partition: Partition) -> AsyncIterator[str]:
        """Ids of all folders, nested, hidden and recoverable ones; search folders are views.

        Graph names the children of one folder a call: a level of the tree is asked together.
        """
        base = f"/users/{quote(partition.id)}/mailFolders"
        seen: set[str] = set()
        roots = [f"{base}{_OPTIONS}", f"{base}/{_DUMPSTER}/childFolders{_OPTIONS}"]
        top, recoverable = await self._asked(partition, roots)
        level = [*_given(top), *await self._recoverable(partition, base, recoverable)]
        while level:
            parents = []
            for folder in level:
                identifier = str(folder["id"])
                if identifier in seen or is_a(folder, "mailSearchFolder"):
                    continue
                seen.add(identifier)
                yield identifier
                if folder.get("childFolderCount"):
                    parents.append(f"{base}/{quote(identifier, safe='')}/childFolders{_OPTIONS}")
            answers = await self._asked(partition, parents)
            level = [folder for answer in answers for folder in _given(answer)]

    async def _asked(
        self, partition: Partition, paths: Sequence[str]
    ) -> list[list[Any] | ConnectorError]:
        """The folders under each of ``paths``, or why they cannot be had."""
        if len(paths) == 1:
            return [[f async for f in self._graph.values(ask_in(partition, paths[0]))]]
        scope = scope_of(partition)
        answers = await self._graph.batch(paths, scope, "Mail.Read", prefer(PAGE), _AT_A_TIME)
        found: list[list[Any] | ConnectorError] = []
        for answer in answers:
            if isinstance(answer, ConnectorError):
                found.append(answer)
                continue
            folders = list(answer.get("value") or ())
            if link := answer.get("@odata.nextLink"):
                folders += [f async for f in self._graph.values(ask_in(partition, link))]
            found.append(folders)
        return found

    async def _recoverable(
        self, partition: Partition, base: str, answer: list[Any] | ConnectorError
    ) -> list[Any]:
        """Folders of what can be recovered, as far as the service gives them."""
        if not isinstance(answer, ConnectorError):
            return answer
        if not _unknown(answer):
            raise answer
        try:
            return [await self._graph.json(ask_in(partition, f"{base}/{_DELETIONS}"))]
        except ConnectorError as error:
            if not _unknown(error):
                raise
            return []


def _given(answer: list[Any] | ConnectorError) -> list[Any]:
    if isinstance(answer, ConnectorError):
        raise answer
    return answer


def _unknown(error: ConnectorError) -> bool:
    """Whether the service does not know a folder, rather than refusing or failing."""
    return isinstance(error, Gone | Withheld) or error.detail.startswith("HTTP 400")


def ask_in(partition: Partition, what: str) -> Ask:
    """A request in the mailbox's own scope."""
    return Ask(what, scope_of(partition), prefer(PAGE), "Mail.Read")


def scope_of(partition: Partition) -> str:
    """The gate of a mailbox."""
    return f"mail:{partition.id}"


def prefer(size: int) -> dict[str, str]:
    """To be sent with every request: immutable ids, and pages of ``size`` messages."""
    return {"prefer": f'odata.maxpagesize={size}, IdType="ImmutableId"'}


def is_a(value: Mapping[str, Any], kind: str) -> bool:
    """Whether Graph says that an entity is of this derived type."""
    return str(value.get("@odata.type", "")).endswith(f".{kind}")
