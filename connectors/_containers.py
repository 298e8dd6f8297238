"""Containers of a storage account, and what the listings of their blobs may be asked for.

Source: Blob service REST API, ``List Containers``, ``List Blobs`` (``include``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from connectors._blob_items import day_of
from connectors._errors import Broken, ConnectorError, Denied, Gone, Misconfigured

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from connectors._storage import Account

OWNER = "Storage Blob Data Owner"
"""The least of the built-in roles that may read index tags and stored access policies."""

INCLUDE, DELETED = "include", "deleted"
"""Facts of a partition: what its listing is asked for beside the blobs, and the options of one of
deleted blobs alone."""
TAGS = ",tags"

_BESIDE = "metadata,deleted"
_EARLIER = "versions,snapshots"
_ONLY_EARLIER = "deletedwithversions"
"""Names the blobs of which nothing but earlier versions is left."""
_LAKE_DELETED = {"showonly": "deleted", "include": "metadata"}
_UNKNOWN = ("HTTP 400", "HTTP 409", "HTTP 501")
"""How a service answers that does not have what it was asked for."""


@dataclass(frozen=True, slots=True)
class Container:
    """A row of a listing."""

    name: str
    access: str = ""
    """``blob``, ``container``; "" where nobody reads without signing in."""
    deleted: str = ""
    """The day it was deleted, while it can still be restored."""
    version: str = ""
    """Tells deleted ones of one name apart."""


async def containers(account: Account) -> AsyncIterator[Container]:
    """Every container, deleted ones that are still kept too."""
    query = {"comp": "list", "include": "deleted"}
    marker, begun = "", False
    while marker or not begun:
        asked = query | ({"marker": marker} if marker else {})
        try:
            rows, following = await account.listing("", asked, "Container", _container)
        except Broken as error:
            if begun or "include" not in query or not error.detail.startswith(_UNKNOWN):
                raise
            del query["include"]
            continue
        if following and following == marker:
            raise Broken("the listing comes back to where it was")
        begun, marker = True, following
        for row in rows:
            yield row


async def listable(account: Account, names: Iterable[str]) -> bool:
    """Whether the blobs of any of these containers may be listed."""
    query = {"restype": "container", "comp": "list", "maxresults": "1"}
    for name in names:
        try:
            await account.listing(quote(name), query, "Blob", lambda _: None)
        except Misconfigured:
            raise
        except ConnectorError:
            continue
        return True
    return False


@dataclass(frozen=True, slots=True)
class Offer:
    """What the listings of an account may be asked for beside names."""

    include: str
    untold: ConnectorError | None = None
    """Why index tags are not among it, where they were refused."""
    deleted: Mapping[str, str] = field(default_factory=dict)
    """The options of a listing of deleted blobs alone, where it takes one."""

    @property
    def facts(self) -> dict[str, Any]:
        """For the partitions of the account."""
        return {INCLUDE: self.include, DELETED: self.deleted}


def least(versions: str) -> Offer:
    """What is asked for where nothing is known."""
    return Offer(f"{_BESIDE},{_ONLY_EARLIER if versions == 'none' else _EARLIER}")


async def offered(
    account: Account, container: str, versions: str, *, lake: bool = False
) -> Offer | None:
    """What listings may include, tried on one blob; ``lake`` says that the account is one.

    None where this container tells nothing, because nobody may list it at all. Raises a
    :class:`ConnectorError` for faults of service and line.
    """

    async def answers(asked: Mapping[str, str]) -> bool:
        query = {"restype": "container", "comp": "list", "maxresults": "1"}
        query |= {name: value for name, value in asked.items() if value}
        try:
            await account.listing(quote(container), query, "Blob", lambda _: None)
        except Broken as error:
            if not error.detail.startswith(_UNKNOWN):
                raise
            return False
        return True

    untold: ConnectorError | None = None
    deleted: Mapping[str, str] = {}
    plain = least(versions).include
    try:
        if lake and await answers(_LAKE_DELETED):
            deleted = _LAKE_DELETED
        for include in dict.fromkeys((plain + TAGS, plain, _BESIDE, "metadata", "")):
            try:
                if await answers({"include": include}):
                    return Offer(include, untold, deleted)
            except Denied as error:
                if not include.endswith(TAGS):
                    raise
                untold = tags_untold(error)
    except (Denied, Gone):
        pass
    return None


def tags_untold(error: Denied) -> Denied:
    """The refusal of a listing with index tags, as what it is about."""
    return Denied(f"index tags: {error.detail}", permission=OWNER)


def _container(element: Element) -> Container:
    said = element.find("Properties")
    access = (said.findtext("PublicAccess") or "") if said is not None else ""
    kept = (element.findtext("Deleted") or "").lower() == "true"
    gone = day_of(said.findtext("DeletedTime") if said is not None else None) if kept else ""
    name, version = element.findtext("Name") or "", element.findtext("Version") or ""
    return Container(name, access, gone, version)
