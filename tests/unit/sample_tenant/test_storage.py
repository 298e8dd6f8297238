"""Blob storage and Resource Manager, raw and by the real client."""

from __future__ import annotations

import hashlib
from xml.etree import ElementTree as ET

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError, ResourceModifiedError, ResourceNotFoundError
from azure.identity.aio import ClientSecretCredential
from azure.storage.blob.aio import BlobServiceClient, ContainerClient

from connectors._sample_tenant._handle import hosted
from connectors._sample_tenant._roles import DEFAULT_ROLES

STORAGE = "https://storage.azure.com"
VERSION = {"x_ms_version": "2025-11-05"}


@pytest.fixture
def get(tenant, ask):
    def get(path, **more):
        return ask(f"{tenant.blob}{path}", resource=STORAGE, **{**VERSION, **more})

    return get


def code(reply):
    assert reply.headers["x-ms-error-code"] == ET.fromstring(reply.body).findtext("Code")
    return reply.headers["x-ms-error-code"]


def test_containers_tell_their_public_access(get) -> None:
    found = ET.fromstring(get("?comp=list&include=metadata").body)
    access = {
        c.findtext("Name"): c.findtext("Properties/PublicAccess") for c in found.iter("Container")
    }
    assert access == {"backup": None, "forms": "blob", "web": "container"}
    page = ET.fromstring(get("?comp=list&maxresults=2").body)
    rest = ET.fromstring(get(f"?comp=list&marker={page.findtext('NextMarker')}").body)
    assert [c.findtext("Name") for c in rest.iter("Container")] == ["web"]


def test_blobs_are_paged_by_a_marker(get) -> None:
    names, marker, sizes = [], "", []
    while True:
        reply = get(f"/backup?restype=container&comp=list&maxresults=5&marker={marker}")
        page = ET.fromstring(reply.body)
        found = [b.findtext("Name") for b in page.iter("Blob")]
        names += found
        sizes.append(len(found))
        marker = page.findtext("NextMarker") or ""
        if not marker:
            break
    assert sizes == [5, 5, 4]
    assert len(set(names)) == 14
    assert "日本 & <語>.txt" in names
    one = page.find("Blobs/Blob/Properties")
    assert one.findtext("Etag") == "0x8DEAB"
    assert one.findtext("Last-Modified") == "Mon, 05 Jan 2026 00:00:00 GMT"
    some = ET.fromstring(get("/backup?restype=container&comp=list&prefix=a/0").body)
    assert len(list(some.iter("Blob"))) == 10


def test_ranges_and_conditions(get) -> None:
    whole = get("/backup/a/01.txt")
    assert whole.body == b"blob data"
    assert whole.headers["etag"] == '"0x8DEAB"'
    assert "content-md5" in whole.headers
    for header in ("range", "x_ms_range"):
        part = get("/backup/a/01.txt", **{header: "bytes=5-6"})
        assert (part.status, part.body) == (206, b"da")
    assert part.headers["content-range"] == "bytes 5-6/9"
    assert get("/backup/a/01.txt", range="bytes=99-").status == 416
    assert code(get("/backup/a/01.txt", if_match='"other"')) == "ConditionNotMet"
    assert get("/backup/a/01.txt", if_match='"0x8DEAB"').status == 200
    assert get("/backup/a/01.txt", if_none_match='"0x8DEAB"').status == 304
    head = get("/backup/a/01.txt", method="HEAD")
    assert (head.headers["content-length"], head.body) == ("9", b"")


@pytest.mark.parametrize(
    ("path", "status", "name"),
    [
        ("/backup/old.bak", 409, "BlobArchived"),
        ("/backup/none", 404, "BlobNotFound"),
        ("/none?restype=container&comp=list", 404, "ContainerNotFound"),
        ("/none/none", 404, "ContainerNotFound"),
        (
            "/backup?restype=container&comp=list&maxresults=5001",
            400,
            "OutOfRangeQueryParameterValue",
        ),
        ("/backup?restype=container&comp=list&marker=x", 400, "OutOfRangeInput"),
        (
            "/backup?restype=container&comp=list&include=tags",
            403,
            "AuthorizationPermissionMismatch",
        ),
        ("/backup", 400, "InvalidUri"),
    ],
)
def test_refusals(get, path, status, name) -> None:
    reply = get(path)
    assert (reply.status, code(reply)) == (status, name)


def test_who_may_ask(tenant, ask, get) -> None:
    target = f"{tenant.blob}/backup/a/01.txt"
    assert code(ask(target, token="", **VERSION)) == "NoAuthenticationInformation"
    assert code(ask(target, token="")) == "ResourceNotFound"
    assert code(ask(target, resource=STORAGE)) == "AuthenticationFailed"
    assert ask(target, **VERSION).status == 401
    assert code(get("/backup/a/01.txt", method="PUT", body=b"")) == "UnsupportedHttpVerb"
    assert code(get("/backup/a/01.txt", x_ms_version="yesterday")) == "InvalidHeaderValue"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/web/index.html", 200),
        ("/web?restype=container&comp=list", 200),
        ("/web?restype=container", 200),
        ("/forms/form.txt", 200),
        ("/forms?restype=container&comp=list", 404),
        ("/backup/a/01.txt", 404),
        ("?comp=list", 404),
    ],
)
def test_anonymous_readers_get_what_is_public(tenant, ask, path, status) -> None:
    assert ask(f"{tenant.blob}{path}", token="").status == status


def test_container_properties_and_acl(tenant, get) -> None:
    assert get("/web?restype=container").headers["x-ms-blob-public-access"] == "container"
    assert get("/forms?restype=container").headers["x-ms-blob-public-access"] == "blob"
    assert code(get("/forms?restype=container&comp=acl")) == "AuthorizationPermissionMismatch"
    assert "x-ms-blob-public-access" not in get("/backup?restype=container").headers
    tenant.change("container", "expose", name="backup", access="blob")
    assert get("/backup?restype=container").headers["x-ms-blob-public-access"] == "blob"


def test_without_the_role_nothing_is_read(tiny, ask_of) -> None:
    roles = [role for role in DEFAULT_ROLES if not role.startswith("Storage")]
    with hosted(tiny, roles=roles) as tenant:
        reply = ask_of(tenant)(f"{tenant.blob}?comp=list", resource=STORAGE, **VERSION)
    assert code(reply) == "AuthorizationPermissionMismatch"


async def test_the_real_client(tenant, transport) -> None:
    credential = ClientSecretCredential(
        tenant.tenant_id,
        tenant.client_id,
        tenant.client_secret,
        authority=tenant.authority,
        disable_instance_discovery=True,
        transport=transport(tenant),
    )
    client = BlobServiceClient(tenant.blob, credential, transport=transport(tenant), retry_total=0)
    async with credential, client:
        containers = {c.name: c.public_access async for c in client.list_containers()}
        assert containers == {"backup": None, "forms": "blob", "web": "container"}
        backup = client.get_container_client("backup")
        found = {
            b.name: b async for b in backup.list_blobs(results_per_page=5, include=["metadata"])
        }
        assert len(found) == 14
        assert found["old.bak"].blob_tier == "Archive"
        one = backup.get_blob_client("日本 & <語>.txt")
        assert (await one.get_blob_properties()).size == 9
        stream = await one.download_blob(
            etag=found["a/01.txt"].etag, match_condition=MatchConditions.IfNotModified
        )
        data = await stream.readall()
        assert data == b"blob data"
        assert hashlib.md5(data).digest() == stream.properties.content_settings.content_md5
        part = await (await one.download_blob(offset=5, length=4)).readall()
        assert part == b"data"
        with pytest.raises(HttpResponseError) as archived:
            await backup.get_blob_client("old.bak").download_blob()
        assert archived.value.error_code == "BlobArchived"
        with pytest.raises(ResourceModifiedError):
            await one.download_blob(etag='"x"', match_condition=MatchConditions.IfNotModified)
        with pytest.raises(ResourceNotFoundError):
            await backup.get_blob_client("none").download_blob()
        assert (await backup.get_container_properties()).public_access is None


async def test_the_real_client_in_pieces(tenant, transport) -> None:
    tenant.change("blob", "put", container="web", name="large", data=bytes(range(256)) * 4096)
    client = ContainerClient(
        tenant.blob,
        "web",
        transport=transport(tenant),
        max_single_get_size=2**18,
        max_chunk_get_size=2**18,
    )
    async with client:
        stream = await client.get_blob_client("large").download_blob()
        pieces = [len(piece) async for piece in stream.chunks()]
        assert (sum(pieces), len(pieces)) == (2**20, 4)


def test_changes_of_blobs(tenant, get) -> None:
    tenant.change("blob", "put", container="backup", name="z.txt", data=b"new")
    tenant.change("blob", "put", container="backup", name="a/01.txt", data=b"other")
    tenant.change("blob", "delete", container="backup", name="a/02.txt")
    page = ET.fromstring(get("/backup?restype=container&comp=list").body)
    found = {b.findtext("Name"): b.findtext("Properties/Etag") for b in page.iter("Blob")}
    assert len(found) == 14
    assert found["a/01.txt"] != "0x8DEAB"
    assert get("/backup/z.txt").body == b"new"
    assert get("/backup/a/02.txt").status == 404


ARM = "https://management.azure.com"


def test_resource_manager_names_the_account(tenant, ask) -> None:
    def get(path):
        return ask(f"{tenant.resource_manager}{path}", resource=ARM)

    one = get("/subscriptions?api-version=2022-12-01").json["value"][0]
    assert one["tenantId"] == tenant.tenant_id
    scope = f"{one['id']}/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01"
    account = get(scope).json["value"][0]
    assert account["properties"]["primaryEndpoints"]["blob"] == f"{tenant.blob}/"
    assert account["properties"]["allowBlobPublicAccess"] is True
    assert get("/subscriptions").code == "MissingApiVersionParameter"
    assert get("/subscriptions/none?api-version=2022-12-01").code == "SubscriptionNotFound"
    assert ask(f"{tenant.resource_manager}/subscriptions?api-version=1", token="").status == 401
    graph = ask(f"{tenant.resource_manager}/subscriptions?api-version=1")
    assert graph.code == "InvalidAuthenticationToken"


def test_without_the_reader_role_there_is_no_subscription(tiny, ask_of) -> None:
    with hosted(tiny, roles=["Mail.Read"]) as tenant:
        reply = ask_of(tenant)(f"{tenant.authority}/subscriptions?api-version=1", resource=ARM)
    assert reply.json["value"] == []
