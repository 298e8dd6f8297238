"""Files attached to rows of lists, by the REST interface of SharePoint: Graph has none of them.

Source: SharePoint REST ``AttachmentFiles`` of a list item, ``GetFileByServerRelativePath``; both
are only read. SharePoint takes tokens of an application only where it signed in with a certificate,
and looks at permissions of its own: ``Sites.Read.All`` of Office 365 SharePoint Online.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from connectors._credential import UNKNOWN_RESOURCE
from connectors._errors import Broken, Denied, Misconfigured, Withheld
from connectors._graph import Graph
from connectors._identity import Access, origin
from connectors._lane import Ask
from connectors._model import Body, Item, Need
from connectors._sites import SCOPE

WEB = "web"
"""The fact of a list that says where its site is."""
LIST_FILES = Need("SharePoint Sites.Read.All", "list_files", "sharepoint", optional=True)
_HEADERS = {"accept": "application/json;odata=nometadata"}


class ListFiles:
    """Reads attachments of rows, from the hosts that their sites stand on."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def of(self, item: Item) -> AsyncIterator[Body]:
        """Each file attached to a row.

        Raises Denied where sign-in knows no such SharePoint, or SharePoint refuses the token.
        """
        web = str(item.partition.facts.get(WEB) or "").rstrip("/")
        host = origin(web)
        if not host.startswith("https://"):
            raise Withheld("the site has no address", reason="not_offered")
        service = Graph.at(self._access, host)
        place = f"lists(guid'{quote(item.partition.facts['list'])}')/items({quote(item.id)})"
        number = 0
        try:
            async for file in service.values(_ask(f"{web}/_api/web/{place}/AttachmentFiles")):
                number += 1
                named = f"GetFileByServerRelativePath(decodedurl='{_path(file)}')"
                yield Body(
                    str(file.get("FileName") or ""),
                    reader=_reader(service, f"{web}/_api/web/{named}/$value"),
                    part=f"attachment {number}",
                )
        except Misconfigured as error:  # of this host alone: Graph has let us in
            if error.detail in UNKNOWN_RESOURCE:
                raise Denied(error.detail, permission=LIST_FILES.permission) from error
            raise Broken(f"SharePoint is {error.code}") from error


def attached(item: Item) -> Item:
    """A row with files that are read; its version tells, so that it is read anew for them."""
    files = item.facts.get("attachments")
    return replace(item, version=f"{item.version}/attachments") if files else item


def _path(file: Mapping[str, Any]) -> str:
    """Where a file lies; its path, unlike its URL, is never half encoded."""
    path = (file.get("ServerRelativePath") or {}).get("DecodedUrl") or file.get("ServerRelativeUrl")
    return quote(str(path or "").replace("'", "''"))


def _reader(service: Graph, url: str) -> Any:
    return lambda offset, length: service.stream(_ask(url), offset, length)


def _ask(url: str) -> Ask:
    return Ask(url, SCOPE, _HEADERS, LIST_FILES.permission)
