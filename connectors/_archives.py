"""In-place archive mailboxes: which there are; Graph's mail API reads none of them.

Source: Graph v1.0 ``reports: getMailboxUsageDetail`` (a CSV behind a redirect). Reading one would
take an export in Exchange's own stream format, which is no reading of mails.
"""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Callable

from connectors._errors import ConnectorError, Denied, Misconfigured, Withheld
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._model import Partition

_REPORT = "/reports/getMailboxUsageDetail(period='D7')"
_WHY = "in-place archive"
_KEY = "archives"


class Archives:
    """Names the archive mailboxes as places that were not read."""

    def __init__(self, source: str, access: Access) -> None:
        self._source = source
        self._tenant = access.tenant.id
        self._graph = Graph.of(access)

    async def partitions(self, included: Callable[[str], bool]) -> AsyncIterator[Partition]:
        """One each; one for all of them where the service does not say whose there are."""
        try:
            report = await self._graph.fetch(Ask(_REPORT, permission="Reports.Read.All"))
            owners = _owners(report.decode("utf-8-sig", "replace"))
        except Misconfigured:
            raise
        except Denied as error:
            yield self._unread("archive mailboxes", _KEY, error)
            return
        except ConnectorError:
            yield self._unread("archive mailboxes", _KEY, Withheld(_WHY, reason="not_offered"))
            return
        for owner in owners:
            if included(owner):
                unread = Withheld(_WHY, reason="not_offered")
                yield self._unread(f"{owner} › archive", f"{_KEY}/{owner.lower()}", unread)

    def _unread(self, name: str, key: str, error: ConnectorError) -> Partition:
        return Partition(self._source, key, name, self._tenant, {"error": error})


def _owners(text: str) -> list[str]:
    """Addresses (or their hashes, where the tenant conceals names) with an archive."""
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        told = {str(name).strip().lower(): str(value).strip() for name, value in row.items()}
        if told.get("has archive", "").lower() == "true" and told.get("is deleted") != "True":
            found.append(told.get("user principal name", ""))
    return [owner for owner in found if owner]
