"""Azure Blob storage, path-style: containers, blobs in all their states, ranges, public access.

Not imitated: writing, SAS, shared keys, leases, delimiters (501), blocks that are not committed.
Listings name no Content-MD5, as for blobs written in blocks. Tags and stored access policies want
the role Storage Blob Data Owner, the service's properties Reader, as Microsoft's table of
permissions has it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from connectors._sample_tenant._blob_containers import Containers
from connectors._sample_tenant._blob_content import blob_answer
from connectors._sample_tenant._blob_rows import rows
from connectors._sample_tenant._dfs import DataLake
from connectors._sample_tenant._roles import STORAGE_OWNER, STORAGE_READER
from connectors._sample_tenant._state import ContainerBox, State
from connectors._sample_tenant._storage import (
    READER,
    as_xml,
    challenge,
    checked,
    echo,
    included,
    mismatch,
    refused,
    results,
)
from connectors._sample_tenant._wire import Answer, Call

_OF_A_CONTAINER = frozenset({"", "acl", "list", "metadata"})
_INCLUDE = frozenset(
    "snapshots metadata uncommittedblobs copy deleted tags versions deletedwithversions "
    "immutabilitypolicy legalhold permissions".split()
)
_NOT_IN_A_LAKE = frozenset({"tags", "versions", "deletedwithversions"})


def storage(state: State, origin: str) -> dict[str, BlobService | DataLake]:
    """The endpoints of the company's accounts, by the first segment of their paths."""
    name = state.world.account
    found: dict[str, BlobService | DataLake] = {name: BlobService(state, origin)}
    if state.lake:
        found[f"{name}lake"] = BlobService(state, origin, lake=True)
        found[f"{name}lake-dfs"] = DataLake(state, origin)
    return found


class BlobService:
    """Answers of one storage account."""

    def __init__(self, state: State, origin: str, *, lake: bool = False) -> None:
        """``origin`` is this server's; the account stands below it."""
        self._state = state
        self._origin = origin
        self._lake = lake
        self._url = f"{origin}/{state.world.account}" + ("lake" if lake else "")
        self._boxes = state.lake if lake else state.containers
        self._containers = Containers(
            self._boxes, self._url, site=getattr(state.world, "website", True)
        )

    def handle(self, call: Call, identity: str) -> Answer:
        """Answer a call below ``/account``; ``identity`` is reader, other, or "" for anonymous."""
        if call.method not in {"GET", "HEAD"}:
            raise refused(405, "UnsupportedHttpVerb", "The resource doesn't support the Http Verb.")
        scope = call.segments[1:]
        if scope and f"{STORAGE_READER}/{scope[0]}" in call.roles:  # on this container alone
            identity = READER
        checked(call, identity)
        if not scope:
            return self._account(call, identity)
        box = self._boxes.get(scope[0])
        if box is not None and box.made.deleted is not None:
            box = None
        if not identity and (
            box is None or not box.access or (len(scope) == 1 and box.access != "container")
        ):
            raise challenge(call, self._state.world.tenant_id, self._origin)
        if box is None:
            raise refused(404, "ContainerNotFound", "The specified container does not exist.")
        if len(scope) > 1:
            return blob_answer(call, box, call.path.split("/", 3)[3])
        comp = call.query.get("comp", "")
        if call.query.get("restype") != "container" or comp not in _OF_A_CONTAINER:
            raise refused(400, "InvalidUri", "The requested URI does not represent any resource.")
        return self._blobs(call, box) if comp == "list" else Containers.one(call, comp, box)

    def _account(self, call: Call, identity: str) -> Answer:
        if not identity:
            raise challenge(call, self._state.world.tenant_id, self._origin)
        match call.query.get("restype", ""), call.query.get("comp", ""):
            case "service", "properties":
                return self._containers.properties(call)
            case "", "list":
                return self._containers.listed(call)
            case _:
                pass
        raise refused(
            400,
            "InvalidQueryParameterValue",
            "Value for one of the query parameters of the request URI is invalid.",
        )

    def _blobs(self, call: Call, box: ContainerBox) -> Answer:
        if "delimiter" in call.query:
            raise refused(501, "NotImplemented", "The sample tenant lists without delimiters.")
        include = included(call, _INCLUDE - (_NOT_IN_A_LAKE if self._lake else set()))
        if "tags" in include and STORAGE_OWNER not in call.roles:
            raise mismatch()
        if self._lake:
            include = _of_a_lake(call, include)
        most, start, within = results(call), 0, 0
        if marker := call.query.get("marker", ""):
            parts = self._state.open(marker)
            if parts is None or parts[:2] != ["blobs", box.name]:
                raise refused(400, "OutOfRangeInput", "One of the request inputs is out of range.")
            start, within = parts[2], parts[3]
        written = self._rows(box, call, include, start)
        found, following = self._page(box, itertools.islice(written, within, None), most)
        names = f"ServiceEndpoint={quoteattr(self._url + '/')} ContainerName={quoteattr(box.name)}"
        head = f"<EnumerationResults {names}>"
        return as_xml(
            f"{head}{echo(call)}<Blobs>{''.join(found)}</Blobs>"
            f"<NextMarker>{following}</NextMarker></EnumerationResults>"
        )

    def _rows(
        self, box: ContainerBox, call: Call, include: frozenset[str], start: int
    ) -> Iterator[tuple[int, int, str]]:
        """Place of the blob, number of its row, the row."""
        prefix = call.query.get("prefix", "")
        for place, blob in box.blobs.rows(start):
            if blob.name.startswith(prefix):
                for number, row in enumerate(rows(blob, include, lake=self._lake)):
                    yield place, number, row

    def _page(
        self, box: ContainerBox, written: Iterable[tuple[int, int, str]], most: int
    ) -> tuple[list[str], str]:
        found: list[str] = []
        for place, number, row in written:
            if len(found) == most:
                return found, self._state.seal("blobs", box.name, place, number)
            found.append(row)
        return found, ""


def _of_a_lake(call: Call, include: frozenset[str]) -> frozenset[str]:
    """Deleted files are listed alone, or not at all."""
    only = call.query.get("showonly", "")
    if only not in {"", "deleted"} or (only and "deleted" in include):
        raise refused(
            400,
            "InvalidQueryParameterValue",
            "Value for one of the query parameters specified in the request URI is invalid.",
        )
    return include - {"deleted"} | {"showonly" if only else "current"}
