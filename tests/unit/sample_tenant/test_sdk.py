"""The real msgraph-sdk client against the sample tenant."""

from __future__ import annotations

import ssl

import httpx
import pytest
from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphServiceClient
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.graph_request_adapter import GraphRequestAdapter

from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import hosted


@pytest.fixture
async def sdk(tenant, transport):
    context = ssl.create_default_context(cafile=tenant.ca_file)
    credential = ClientSecretCredential(
        tenant.tenant_id,
        tenant.client_id,
        tenant.client_secret,
        authority=tenant.authority,
        disable_instance_discovery=True,
        transport=transport(tenant),
    )
    provider = AzureIdentityAuthenticationProvider(
        credential, scopes=[f"{tenant.authority}/.default"], allowed_hosts=["127.0.0.1"]
    )
    async with credential, httpx.AsyncClient(verify=context, follow_redirects=True) as client:
        adapter = GraphRequestAdapter(provider, client=client)
        adapter.base_url = tenant.graph
        yield GraphServiceClient(request_adapter=adapter)


async def test_typed_answers(sdk) -> None:
    users = await sdk.users.get()
    assert len(users.value) == 5
    folders = await sdk.users.by_user_id("aaaaaaaa-alice").mail_folders.get()
    assert folders.value[0].display_name == "受信トレイ"
    inbox = sdk.users.by_user_id("aaaaaaaa-alice").mail_folders.by_mail_folder_id(
        folders.value[0].id
    )
    configuration = RequestConfiguration()
    configuration.headers.add("Prefer", 'odata.maxpagesize=30, IdType="ImmutableId"')
    delta = await inbox.messages.delta.get(configuration)
    assert len(delta.value) == 26
    assert delta.odata_delta_link
    found = (
        await sdk.users.by_user_id("aaaaaaaa-alice")
        .messages.by_message_id(delta.value[25].id)
        .attachments.get()
    )
    assert [type(one).__name__ for one in found.value][2:] == [
        "FileAttachment",
        "ItemAttachment",
        "ReferenceAttachment",
    ]
    sites = await sdk.sites.get_all_sites.get()
    assert [site.is_personal_site for site in sites.value] == [False, False, True]


async def test_drives_and_downloads(tenant, sdk) -> None:
    drive = sdk.drives.by_drive_id("b!hr")
    delta = await drive.items.by_drive_item_id("root").get()
    assert delta.root is not None
    permissions = await drive.items.by_drive_item_id("01FILEBE").permissions.get()
    assert permissions.value[1].link.scope == "anonymous"
    content = await drive.items.by_drive_item_id("01FILEAC").content.get()
    assert content == b"content 2"
    hosts = [(r.host, r.authorized) for r in tenant.requests()][-2:]
    assert hosts == [("main", True), ("download", False)]


async def test_typed_errors(sdk) -> None:
    with pytest.raises(ODataError) as denied:
        await sdk.users.by_user_id("aaaaaaaa-dave").mail_folders.get()
    assert denied.value.error.code == "ErrorAccessDenied"
    assert denied.value.response_status_code == 403


async def test_the_sdk_answers_a_claims_challenge(tenant, sdk) -> None:
    tenant.faults([{"action": "claims", "path": "/users"}])
    assert len((await sdk.users.get()).value) == 5


def test_the_company_is_served_whole(ask_of) -> None:
    """Everything the company holds is listed exactly once."""
    world = company(300)
    with hosted(world) as tenant:
        ask = ask_of(tenant)

        def listed(target, **headers):
            found = []
            while target:
                page = ask(target, **headers).json
                found += page["value"]
                target = page.get("@odata.nextLink")
            return found

        def mails(user, folders):
            count = 0
            for folder in folders:
                base = f"/users/{user.id}/mailFolders/{folder.id}"
                prefer = 'odata.maxpagesize=50, IdType="ImmutableId"'
                found = listed(f"{base}/messages/delta?$select=subject", prefer=prefer)
                assert [v["id"] for v in found] == [m.id for m in folder.messages]
                count += len(found) + mails(user, folder.children)
            return count

        count = sum(mails(user, world.folders(user)) for user in world.users if not user.denied)
        for site in world.sites:
            for drive in site.drives:
                if site.locked:
                    continue
                found = listed(f"/drives/{drive.id}/root/delta?$select=id,file&$top=30")
                files = [v["id"] for v in found if "file" in v]
                assert files == [f.id for f in drive.files]
                count += len(files)
    rest = sum(len(c.blobs) for c in world.containers)
    rest += sum(len(d.files) for s in world.sites if s.locked for d in s.drives)
    rest += sum(len(f.messages) for u in world.users if u.denied for f in world.folders(u))
    rest += sum(len(one.rows) for s in world.sites for one in s.lists)
    rest += sum(len(s.pages) for s in world.sites)
    assert count + rest == world.items
