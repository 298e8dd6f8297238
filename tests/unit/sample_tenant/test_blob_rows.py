"""States of blobs as Microsoft's own client reads them; access lists and roles, raw."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity.aio import ClientSecretCredential
from azure.storage.blob.aio import BlobServiceClient

from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._model import Container
from tests.unit.connectors.storage_world import DELETED, WITH_OWNER, Company, earlier, stored

STORAGE, ARM = "https://storage.azure.com", "https://management.azure.com"
ROLES = "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01"
VERSION = {"x_ms_version": "2025-11-05"}
WORLD = Company(
    (
        Container(
            "hr",
            (
                stored(
                    "a",
                    b"now",
                    metadata=(("owner", "x"),),
                    tags=(("k", "v & w"),),
                    earlier=(earlier(1, b"first"), earlier(2, b"taken", snapshot=True)),
                ),
                stored("b", deleted=DELETED),
                stored("c", current=False, earlier=(earlier(3, b"left"),)),
                stored("d", b"sealed", customer_key=True),
            ),
            policies=(("out", "rl", DELETED),),
        ),
        Container("was", (), deleted=DELETED),
    ),
    (Container("raw", (stored("a/b.txt"),), acls={"a/b.txt": "user::rw-,other::r--"}),),
)


@pytest.fixture(scope="module")
def states() -> Iterator[Tenant]:
    with hosted(WORLD, roles=WITH_OWNER) as tenant:
        yield tenant


@pytest.fixture
def get(states, ask_of):
    def get(target, **more):
        return ask_of(states)(target, resource=STORAGE, **{**VERSION, **more})

    return get


async def test_the_real_client_reads_every_state(states, transport) -> None:
    credential = ClientSecretCredential(
        states.tenant_id,
        states.client_id,
        states.client_secret,
        authority=states.authority,
        disable_instance_discovery=True,
        transport=transport(states),
    )
    client = BlobServiceClient(states.blob, credential, transport=transport(states), retry_total=0)
    async with credential, client:
        rows = {c.name: c.deleted async for c in client.list_containers(include_deleted=True)}
        assert {name: bool(gone) for name, gone in rows.items()} == {"hr": False, "was": True}
        hr = client.get_container_client("hr")
        wanted = ["metadata", "tags", "versions", "snapshots", "deleted"]
        found = [b async for b in hr.list_blobs(include=wanted, results_per_page=2)]
        told = [(b.name, bool(b.version_id), b.is_current_version, bool(b.snapshot)) for b in found]
        assert told == [
            ("a", True, None, False), ("a", False, None, True), ("a", True, True, False),
            ("b", False, None, False), ("c", True, None, False), ("d", True, True, False),
        ]  # fmt: skip
        assert (found[2].metadata, found[2].tags) == ({"owner": "x"}, {"k": "v & w"})
        assert found[3].deleted
        assert found[3].deleted_time == DELETED
        a = hr.get_blob_client("a")
        assert await (await a.download_blob(version_id=found[0].version_id)).readall() == b"first"
        assert await (await a.download_blob(version_id=found[2].version_id)).readall() == b"now"
        taken = hr.get_blob_client("a", snapshot=found[1].snapshot)
        assert await (await taken.download_blob()).readall() == b"taken"
        for gone in ("b", "c"):
            with pytest.raises(ResourceNotFoundError):
                await hr.get_blob_client(gone).download_blob()
        with pytest.raises(HttpResponseError) as sealed:
            await hr.get_blob_client("d").download_blob()
        assert sealed.value.error_code == "BlobUsesCustomerSpecifiedEncryption"
        only = [b async for b in hr.list_blobs(include=["deletedwithversions"])]
        assert {b.name: b.has_versions_only for b in only} == {"a": None, "c": True, "d": None}
        policies = (await hr.get_container_access_policy())["signed_identifiers"]
        assert [(p.id, p.access_policy.permission) for p in policies] == [("out", "rl")]
        assert not (await client.get_service_properties())["static_website"].enabled


@pytest.mark.parametrize(
    ("path", "status", "name"),
    [
        ("/hr?restype=container&comp=list&include=nonsense", 400, "InvalidQueryParameterValue"),
        ("/hr?restype=container&comp=list&include=Tags", 400, "InvalidQueryParameterValue"),
        ("?comp=list&include=tags", 400, "InvalidQueryParameterValue"),
        ("/was?restype=container&comp=list", 404, "ContainerNotFound"),
        ("/hr/a?versionid=2026-01-09T00:00:00.0000000Z", 404, "BlobNotFound"),
        ("lake/raw?restype=container&comp=list&include=tags", 400, "InvalidQueryParameterValue"),
        ("lake/raw?restype=container&comp=list&include=deleted&showonly=deleted", 400,
         "InvalidQueryParameterValue"),
        ("lake-dfs/raw/a/b.txt?action=getAccessControl", 405, "UnsupportedHttpVerb"),
    ],
)  # fmt: skip
def test_refusals(states, get, path: str, status: int, name: str) -> None:
    reply = get(f"{states.blob}{path}")
    assert (reply.status, ET.fromstring(reply.body).findtext("Code")) == (status, name)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/raw/a/b.txt?action=getAccessControl&upn=true", 200),
        ("/raw/?action=getAccessControl", 200),
        ("/raw/none?action=getAccessControl", 404),
        ("/none/a?action=getAccessControl", 404),
        ("/raw/a/b.txt?action=getAccessControl&upn=yes", 400),
        ("/raw/a/b.txt?action=getStatus", 501),
    ],
)
def test_access_lists(states, get, path: str, status: int) -> None:
    reply = get(f"{states.blob}lake-dfs{path}", method="HEAD")
    assert reply.status == status
    if path.startswith("/raw/a/b.txt") and status == 200:
        assert reply.headers["x-ms-acl"] == "user::rw-,other::r--"
    unversioned = get(f"{states.blob}lake-dfs{path}", method="HEAD", x_ms_version="")
    assert unversioned.status in {400, 403}
    assert get(f"{states.blob}lake-dfs{path}", method="HEAD", token="").status == 401


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/blobServices/default?api-version=2023-05-01", 200),
        ("/blobServices/default?api-version=2010-01-01", 400),
        ("/blobServices/default/containers?api-version=2023-05-01", 200),
        (f"{ROLES}&$filter=atScope()", 200),
        (f"{ROLES}&$filter=principalId%20eq%20'x'", 400),
        (f"/blobServices/default/containers/none{ROLES}&$filter=atScope()", 404),
        ("/queueServices/nonsense?api-version=2023-05-01", 404),
    ],
)
def test_what_belongs_to_an_account(states, ask_of, path: str, status: int) -> None:
    ask = ask_of(states)
    listed = "/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01"
    one = ask(f"{states.resource_manager}/subscriptions?api-version=2022-12-01", resource=ARM)
    place = f"{states.resource_manager}{one.json['value'][0]['id']}{listed}"
    accounts = {a["name"]: a["id"] for a in ask(place, resource=ARM).json["value"]}
    assert set(accounts) == {"tinystore", "tinystorelake"}
    for scope in accounts.values():
        reply = ask(f"{states.resource_manager}{scope}{path}", resource=ARM)
        assert reply.status == status
