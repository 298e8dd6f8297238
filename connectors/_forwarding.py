"""Inbox rules that send a mailbox's mails on to others.

Source: Graph v1.0 ``messageRule``. Forwarding that an administrator set on a mailbox is in no
answer of Graph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from connectors._errors import Denied, Gone, Withheld
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._model import Grant, Partition, Via
from connectors._permissions import Directory

_ACTIONS = ("forwardTo", "forwardAsAttachmentTo", "redirectTo")


class Forwarding:
    """Whom mailboxes forward to, asked once a mailbox and only where it has findings."""

    def __init__(self, access: Access) -> None:
        self._graph = Graph.of(access)
        self._known: dict[str, Sequence[str]] = {}

    async def of(self, mailbox: Partition, directory: Directory) -> list[Grant]:
        """A grant an address; none where the rules are not shown: ``doctor`` says that.

        Raises ConnectorError for a fault of the service: it is no mailbox without rules.
        """
        if mailbox.id not in self._known:
            self._known[mailbox.id] = await self._asked(mailbox)
        return [
            Grant(directory.reach_of(address), Via.FORWARD, address, 1)
            for address in self._known[mailbox.id]
        ]

    async def _asked(self, mailbox: Partition) -> Sequence[str]:
        path = f"/users/{quote(mailbox.id)}/mailFolders/inbox/messageRules"
        ask = Ask(path, f"mail:{mailbox.id}", permission="MailboxSettings.Read")
        try:
            rules = [rule async for rule in self._graph.values(ask)]
        except (Denied, Gone, Withheld):
            return ()
        return tuple(dict.fromkeys(address.lower() for address in _targets(rules)))


def _targets(rules: Sequence[Mapping[str, Any]]) -> list[str]:
    """Addresses to which rules that are switched on forward."""
    return [
        str(address)
        for rule in rules
        if rule.get("isEnabled", True)
        for action in _ACTIONS
        for one in (rule.get("actions") or {}).get(action) or ()
        if (address := (one.get("emailAddress") or {}).get("address"))
    ]
