"""Files, tables and queues of the sample tenant: what they refuse, as the services do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from connectors._sample_tenant._handle import Tenant, hosted
from tests.unit.connectors.services_world import SNAPSHOT, Company
from tests.unit.sample_tenant.conftest import Ask

STORAGE = "https://storage.azure.com"
DATE = {"x_ms_date": "Mon, 05 Jan 2026 00:00:00 GMT"}
FILE = {**DATE, "x_ms_version": "2024-11-04", "x_ms_file_request_intent": "backup"}
QUEUE = {**DATE, "x_ms_version": "2021-12-02"}
TABLE = {**DATE, "x_ms_version": "2020-12-06", "accept": "application/json;odata=minimalmetadata"}


@pytest.fixture(scope="module")
def served() -> Iterator[Tenant]:
    with hosted(Company()) as tenant:
        yield tenant


@pytest.fixture(scope="module")
def get(served: Tenant) -> Iterator[Any]:
    ask = Ask(served)

    def get(service: str, path: str, headers: dict[str, str], **more: Any) -> Any:
        kept = {name: value for name, value in {**headers, **more}.items() if value is not None}
        return ask(f"{served.blob}-{service}{path}", resource=STORAGE, **kept)

    yield get
    ask.close()


def code(reply: Any) -> tuple[int, str]:
    return reply.status, reply.headers["x-ms-error-code"]


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        ("/?comp=list", {"x_ms_version": "2023-11-03"}, (403, "AuthenticationFailed")),
        ("/beta/one.txt", {"x_ms_version": "2021-12-02"}, (403, "AuthenticationFailed")),
        ("/beta/one.txt", {"x_ms_version": None}, (400, "InvalidHeaderValue")),
        ("/beta/one.txt", {"x_ms_date": None}, (400, "MissingRequiredHeader")),
        (
            "/beta/one.txt",
            {"x_ms_file_request_intent": None},
            (400, "MissingRequiredHeader"),
        ),
        ("/beta/one.txt", {"if_match": "x"}, (400, "ConditionHeadersNotSupported")),
        ("/beta/one.txt", {"method": "PUT"}, (405, "UnsupportedHttpVerb")),
        ("/beta/one.txt", {"token": ""}, (401, "NoAuthenticationInformation")),
        ("/beta/two.txt", {}, (404, "ResourceNotFound")),
        ("/gone?restype=directory&comp=list", {}, (404, "ShareNotFound")),
        ("/lost?restype=directory&comp=list", {}, (404, "ShareNotFound")),
        ("/alpha/no?restype=directory&comp=list", {}, (404, "ResourceNotFound")),
        (
            "/alpha?restype=directory&comp=list&include=tags",
            {},
            (400, "InvalidQueryParameterValue"),
        ),
        (
            "/alpha?restype=directory&comp=list&select=x",
            {},
            (400, "UnsupportedQueryParameter"),
        ),
        (
            "/alpha?restype=directory&comp=list&maxresults=0",
            {},
            (400, "OutOfRangeQueryParameterValue"),
        ),
        ("/alpha?restype=directory&comp=list&marker=m", {}, (400, "OutOfRangeInput")),
        ("/alpha?restype=share&comp=acl", {}, (403, "AuthorizationPermissionMismatch")),
    ],
)
def test_files_refuse(
    get: Any, path: str, change: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert code(get("file", path, FILE, **change)) == expected


def test_dots_at_the_end_count_for_those_who_say_so(get: Any) -> None:
    assert get("file", "/alpha/a/dot.", FILE, x_ms_allow_trailing_dot="true").status == 200
    assert get("file", "/alpha/a/dot.", FILE).status == 404


def test_a_snapshot_has_its_own_files(get: Any) -> None:
    snapshot = f"sharesnapshot={SNAPSHOT}"
    assert get("file", f"/alpha/top.txt?{snapshot}", FILE).body == b"old"
    listing = get("file", f"/alpha?restype=directory&comp=list&{snapshot}", FILE)
    root = ET.fromstring(listing.body)
    assert root.get("ShareSnapshot") == SNAPSHOT
    assert [entry.findtext("Name") for entry in root.iter("File")] == ["top.txt"]


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        ("/jobs/messages?numofmessages=33&peekonly=true", {}, "OutOfRangeQueryParameterValue"),
        ("/jobs/messages?numofmessages=1", {}, "AuthorizationPermissionMismatch"),
        ("/jobs/messages?peekonly=true", {"method": "DELETE"}, "UnsupportedHttpVerb"),
        ("/jobs/messages?peekonly=true&visibilitytimeout=1", {}, "UnsupportedQueryParameter"),
        ("/none/messages?peekonly=true", {}, "QueueNotFound"),
        ("/?comp=list&include=tags", {}, "InvalidQueryParameterValue"),
        ("/?comp=list", {"token": ""}, "NoAuthenticationInformation"),
    ],
)
def test_queues_refuse(get: Any, path: str, change: dict[str, Any], expected: str) -> None:
    assert code(get("queue", path, QUEUE, **change))[1] == expected


def test_one_message_where_nobody_says_how_many(get: Any) -> None:
    reply = get("queue", "/jobs/messages?peekonly=true", QUEUE)
    assert len(ET.fromstring(reply.body)) == 1
    count = get("queue", "/jobs?comp=metadata", QUEUE)
    assert count.headers["x-ms-approximate-messages-count"] == "43"


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        ("/Many()?$top=1001", {}, (400, "InvalidInput")),
        ("/Many()?NextPartitionKey=x", {}, (400, "InvalidInput")),
        ("/Many()?$filter=x", {}, (501, "NotImplemented")),
        ("/Many()", {"accept": "application/atom+xml"}, (415, "AtomFormatNotSupported")),
        ("/Many()", {"x_ms_version": "2019-02-02"}, (403, "AuthenticationFailed")),
        ("/Many()", {"token": ""}, (401, "NoAuthenticationInformation")),
        ("/Few()", {}, (404, "TableNotFound")),
        ("/Many(PartitionKey='p',RowKey='x')", {}, (404, "ResourceNotFound")),
    ],
)
def test_tables_refuse_in_json(
    get: Any, path: str, change: dict[str, Any], expected: tuple[int, str]
) -> None:
    reply = get("table", path, TABLE, **change)
    assert (reply.status, reply.json["odata.error"]["code"]) == expected
    assert "x-ms-error-code" not in reply.headers


def test_how_much_a_row_says_of_itself(get: Any) -> None:
    path = "/Many(PartitionKey='p',RowKey='r01')"
    plain = {**TABLE, "accept": "application/json;odata=nometadata"}
    assert set(get("table", path, plain).json) == {"PartitionKey", "RowKey", "Timestamp", "Text"}
    assert "odata.etag" in get("table", path, TABLE).json
