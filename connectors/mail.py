"""Exchange: the mailboxes of all users, shared, room and equipment ones, and what is beside them.

Source: Graph v1.0 ``users``, ``mailFolders``, ``reports/getMailboxUsageDetail``. In-place archive
mailboxes are outside this API: they are named, and said to be unread.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from connectors._archives import Archives
from connectors._conversations import CONVERSATIONS, GROUP, Conversations
from connectors._directory import NEEDS as DIRECTORY_NEEDS
from connectors._directory import People
from connectors._groups import MEMBERS
from connectors._identity import Access
from connectors._kinds import ByKind
from connectors._mailboxes import Mailboxes
from connectors._model import Need, Partition

NEEDS = (
    Need("Mail.Read", "mail"),
    Need("MailboxSettings.Read", "forwarding", optional=True),
    Need("Reports.Read.All", "archives", optional=True),
    CONVERSATIONS,
    MEMBERS,
    *DIRECTORY_NEEDS,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.mail]``: globs over addresses."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    since: date | None = None
    """Mails received before this day are left out, and said to be."""
    until: date | None = None


class Source(ByKind):
    """All mailboxes of a tenant that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._tenant = access.tenant.id
        self._people = People.of(access)
        self._archives = Archives("mail", access)
        self._conversations = Conversations("mail", access)
        super().__init__({"mailbox": Mailboxes(access), GROUP: self._conversations}, settings)

    async def partitions(self) -> AsyncIterator[Partition]:
        """Every user that may have a mailbox; who has none is told by its first request."""
        for person in await self._people.users():
            address = person.mail or person.upn
            if not person.guest and self._included(address, person.upn):
                yield Partition("mail", person.id, address, self._tenant)
        async for partition in self._conversations.partitions(self._included):
            yield partition
        async for partition in self._archives.partitions(self._included):
            yield partition

    def _included(self, *addresses: str) -> bool:
        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(a.lower(), g.lower()) for a in addresses for g in globs)

        return meets(self._settings.include) and not meets(self._settings.exclude)
