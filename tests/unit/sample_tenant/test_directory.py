"""The directory, and which permission opens what."""

from __future__ import annotations

import json

import pytest

from connectors._sample_tenant._handle import hosted
from connectors._sample_tenant._roles import DEFAULT_ROLES


def test_users_are_paged_and_selected(ask, pages) -> None:
    found = pages("/users?$select=id,mail,userType&$top=2")
    assert [len(page["value"]) for page in found] == [2, 2, 1]
    values = [v for page in found for v in page["value"]]
    assert {tuple(v) for v in values} == {("id", "mail", "userType")}
    assert [v["userType"] for v in values].count("Guest") == 1
    assert "businessPhones" in ask("/users").json["value"][0]
    assert "userType" not in ask("/users").json["value"][0]


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/users?$top=1000", 400),
        ("/users?$top=0", 400),
        ("/users?$select=id,colour", 400),
        ("/users?$skiptoken=nonsense", 400),
        ("/users?$filter=true", 501),
        ("/nothing", 400),
        ("/users/nobody", 404),
        ("/users/alice@tiny.example", 200),
        ("/domains", 200),
    ],
)
def test_options_are_checked(ask, target, status) -> None:
    assert ask(target).status == status


def test_organisation_and_domains(tenant, ask) -> None:
    found = ask("/organization?$select=id,verifiedDomains").json["value"]
    assert found[0]["id"] == tenant.tenant_id
    assert found[0]["verifiedDomains"][0]["name"] == "tiny.example"
    assert [d["id"] for d in ask("/domains").json["value"]] == [
        "tiny.example",
        "tiny.onmicrosoft.com",
    ]


def test_mailbox_purpose(ask) -> None:
    assert ask("/users/aaaaaaaa-bob/mailboxSettings/userPurpose").json["value"] == "shared"
    assert (
        ask("/users/aaaaaaaa-bob/mailboxSettings?$select=userPurpose").json["userPurpose"]
        == "shared"
    )
    reply = ask("/users/aaaaaaaa-carol/mailboxSettings/userPurpose")
    assert reply.code == "MailboxNotEnabledForRESTAPI"


INBOX = "/users/aaaaaaaa-alice/mailFolders"


@pytest.mark.parametrize(
    ("lacking", "target", "code"),
    [
        ("User.Read.All", "/users", "Authorization_RequestDenied"),
        ("Domain.Read.All", "/domains", "Authorization_RequestDenied"),
        ("Organization.Read.All", "/organization", "Authorization_RequestDenied"),
        ("MailboxSettings.Read", "/users/aaaaaaaa-alice/mailboxSettings", "ErrorAccessDenied"),
        ("Mail.Read", INBOX, "ErrorAccessDenied"),
        ("Mail.Read", f"{INBOX}/F-aaaaaaaa-alice-inbox/messages/delta", "ErrorAccessDenied"),
        ("Mail.Read", "/users/aaaaaaaa-alice/messages/x/$value", "ErrorAccessDenied"),
        ("Sites.Read.All", "/sites/getAllSites", "accessDenied"),
        ("Files.Read.All", "/sites/tiny.example,aaaa-b,cccc-d/drives", "accessDenied"),
        ("Files.Read.All", "/users/aaaaaaaa-alice/drives", "accessDenied"),
        ("Files.Read.All", "/drives/b!hr/root/delta", "accessDenied"),
        ("Files.Read.All", "/drives/b!hr/items/01FILEAA/content", "accessDenied"),
        ("Files.Read.All", "/drives/b!hr/items/01FILEAA/permissions", "accessDenied"),
    ],
)
def test_a_missing_permission_is_a_refusal(tiny, ask_of, lacking, target, code) -> None:
    with hosted(tiny, roles=[role for role in DEFAULT_ROLES if role != lacking]) as tenant:
        reply = ask_of(tenant)(target)
    assert (reply.status, reply.code) == (403, code)


def test_basic_permissions_show_less(tiny, ask_of) -> None:
    delta = f"{INBOX}/F-aaaaaaaa-alice-inbox/messages/delta"
    with hosted(tiny, roles=["User.ReadBasic.All", "Mail.ReadBasic.All"]) as tenant:
        ask = ask_of(tenant)
        assert ask("/users?$select=id,mail").status == 200
        assert ask("/users?$select=id,userType").code == "Authorization_RequestDenied"
        assert "body" not in ask(delta).json["value"][0]
        assert ask(f"{delta}?$select=id,body").code == "ErrorAccessDenied"
        assert ask(f"{delta}?$select=id,subject").status == 200


BATCH = "/$batch"


def batch(ask, requests):
    return ask(BATCH, method="POST", body=json.dumps({"requests": requests}).encode())


def test_a_batch_answers_each_call_by_itself(ask) -> None:
    targets = [
        "/drives/b!hr/items/01FILEBE/permissions",
        "/users/nobody",
        "drives/b!hr/items/01FILEAA/content",
        "/drives/b!locked/root/delta",
        "/users/aaaaaaaa-alice/messages/AAkAMessageaa=/$value",
    ]
    requests = [{"id": str(n), "method": "GET", "url": url} for n, url in enumerate(targets)]
    reply = batch(ask, requests)
    parts = {part["id"]: part for part in reply.json["responses"]}
    assert [parts[str(n)]["status"] for n in range(5)] == [200, 404, 302, 423, 200]
    assert len(parts["0"]["body"]["value"]) == 2
    assert parts["1"]["body"]["error"]["code"] == "Request_ResourceNotFound"
    assert parts["2"]["headers"]["Location"].startswith("https://")
    assert isinstance(parts["4"]["body"], str)


def test_a_failed_dependency_fails_what_depends_on_it(ask) -> None:
    found = batch(
        ask,
        [
            {"id": "a", "method": "GET", "url": "/users/nobody"},
            {"id": "b", "method": "GET", "url": "/users", "dependsOn": ["a"]},
            {"id": "c", "method": "GET", "url": "/users?$select=id"},
        ],
    ).json["responses"]
    assert [part["status"] for part in found] == [404, 424, 200]


@pytest.mark.parametrize(
    "requests",
    [
        [],
        [{"id": str(n), "method": "GET", "url": "/users"} for n in range(21)],
        [{"id": "a", "method": "GET", "url": "/users"}] * 2,
        [{"method": "GET", "url": "/users"}],
        [{"id": "a", "method": "GET", "url": "https://graph.microsoft.com/v1.0/users"}],
        [{"id": "a", "method": "GET", "url": "/users", "dependsOn": ["b"]}],
        [{"id": "a", "method": "POST", "url": "/users", "body": {}}],
    ],
)
def test_a_malformed_batch_is_refused_as_a_whole(ask, requests) -> None:
    assert batch(ask, requests).status == 400


def test_a_batch_cannot_write(ask) -> None:
    found = batch(ask, [{"id": "a", "method": "DELETE", "url": "/users/aaaaaaaa-bob"}])
    assert found.json["responses"][0]["status"] == 405


@pytest.mark.parametrize(
    "target",
    [
        "/users/delta",
        "/sites/delta()",
        "/drives/b!hr/root/children",
        "/users/aaaaaaaa-alice/messages",
        "/../beta/users",
    ],
)
def test_what_is_not_imitated_says_so(tenant, ask, target) -> None:
    where = f"{tenant.authority}/beta/users" if "beta" in target else target
    assert (ask(where).status, ask(where).code) == (501, "notSupported")
