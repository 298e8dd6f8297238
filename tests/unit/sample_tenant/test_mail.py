"""Mail as Graph v1.0 serves it."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

INBOX = "F-aaaaaaaa-alice-inbox"
DELTA = f"/users/aaaaaaaa-alice/mailFolders/{INBOX}/messages/delta"
IMMUTABLE = 'odata.maxpagesize=4, IdType="ImmutableId"'
MAIL = "/users/alice@tiny.example/messages"


def ids(pages):
    return [v["id"] for page in pages for v in page["value"]]


def test_folders_come_ten_at_a_time_and_hidden_ones_only_when_asked_for(pages) -> None:
    found = pages("/users/aaaaaaaa-alice/mailFolders")
    assert [len(page["value"]) for page in found] == [10, 2]
    everything = pages("/users/aaaaaaaa-alice/mailFolders?includeHiddenFolders=true&$top=100")
    assert [len(page["value"]) for page in everything] == [13]
    hidden = [v["displayName"] for v in everything[0]["value"] if v["isHidden"]]
    assert hidden == ["会話の履歴"]


def test_a_next_link_keeps_the_other_options(pages) -> None:
    target = "/users/aaaaaaaa-alice/mailFolders?includeHiddenFolders=true&$top=6&$select=isHidden"
    found = pages(target)
    assert [len(page["value"]) for page in found] == [6, 6, 1]
    assert {tuple(v) for page in found for v in page["value"]} == {("isHidden", "id")}


def test_child_folders_and_well_known_names(ask) -> None:
    children = ask(f"/users/aaaaaaaa-alice/mailFolders/{INBOX}/childFolders").json["value"]
    assert [c["parentFolderId"] for c in children] == [INBOX]
    inbox = ask("/users/aaaaaaaa-alice/mailFolders/inbox").json
    assert (inbox["id"], inbox["totalItemCount"], inbox["childFolderCount"]) == (INBOX, 26, 1)


def test_a_delta_round_names_every_message_once_and_ends_with_a_delta_link(pages) -> None:
    found = pages(f"{DELTA}?$select=subject", prefer=IMMUTABLE)
    assert len(ids(found)) == len(set(ids(found))) == 26
    assert max(len(page["value"]) for page in found) == 4
    assert all(("@odata.deltaLink" in page) == (page is found[-1]) for page in found)
    assert set(found[0]["value"][0]) == {"@odata.etag", "subject", "id"}


def test_some_rounds_have_an_empty_page_before_their_end(pages) -> None:
    target = "/users/aaaaaaaa-bob/mailFolders/F-aaaaaaaa-bob-inboxe/messages/delta"
    found = pages(target, prefer="odata.maxpagesize=20")
    assert [len(page["value"]) for page in found] == [20, 0, 6]


def test_without_changes_the_next_round_is_one_empty_page(pages) -> None:
    link = pages(DELTA, prefer=IMMUTABLE)[-1]["@odata.deltaLink"]
    again = pages(link, prefer=IMMUTABLE)
    assert [page["value"] for page in again] == [[]]
    assert "@odata.deltaLink" in again[0]


def test_the_next_round_tells_exactly_what_changed(tenant, pages) -> None:
    first = pages(f"{DELTA}?$select=subject", prefer=IMMUTABLE)
    link = first[-1]["@odata.deltaLink"]
    added = tenant.change("message", "add", mailbox="alice@tiny.example", subject="new")
    tenant.change(
        "message",
        "modify",
        mailbox="alice@tiny.example",
        subject="mail 3",
        new_subject="mail 3 again",
    )
    gone = tenant.change("message", "delete", mailbox="alice@tiny.example", subject="mail 5")
    moved = tenant.change(
        "message",
        "move",
        mailbox="alice@tiny.example",
        subject="mail 7",
        folder="受信トレイ/取引先",
    )
    found = pages(link, prefer='odata.maxpagesize=2, IdType="ImmutableId"')
    assert [len(page["value"]) for page in found] == [2, 2]
    values = [v for page in found for v in page["value"]]
    assert {v["id"] for v in values if "@removed" in v} == {gone, moved}
    assert {v["subject"] for v in values if "@removed" not in v} == {"new", "mail 3 again"}
    assert added in {v["id"] for v in values}
    assert pages(found[-1]["@odata.deltaLink"])[0]["value"] == []
    child = DELTA.replace("-inbox", "-child")
    assert moved in ids(pages(child, prefer=IMMUTABLE))


def test_what_changes_during_a_round_is_told_by_the_next_one(tenant, ask, pages) -> None:
    page = ask(f"{DELTA}?$select=subject", prefer=IMMUTABLE).json
    tenant.change("message", "delete", mailbox="alice@tiny.example", subject="mail 20")
    added = tenant.change("message", "add", mailbox="alice@tiny.example", subject="late")
    rest = pages(page["@odata.nextLink"], prefer=IMMUTABLE)
    assert len(ids([page, *rest])) == 26
    after = pages(rest[-1]["@odata.deltaLink"], prefer=IMMUTABLE)
    assert added in ids(after)
    assert len(ids(after)) == 2


def test_ids_without_the_header_change_with_the_folder(tenant, ask, pages) -> None:
    one = ask(f"{DELTA}?$select=subject", prefer="odata.maxpagesize=1").json["value"][0]
    same = ask(f"{DELTA}?$select=subject", prefer=IMMUTABLE).json["value"][0]
    assert one["id"] != same["id"]
    assert ask(f"{MAIL}/{quote(one['id'], safe='')}").status == 200
    tenant.change(
        "message", "move", mailbox="alice@tiny.example", id=same["id"], folder="受信トレイ/取引先"
    )
    assert ask(f"{MAIL}/{quote(one['id'], safe='')}").code == "ErrorItemNotFound"
    assert ask(f"{MAIL}/{quote(same['id'], safe='')}").status == 200


@pytest.mark.parametrize("how", ["garbage", "expired", "other folder"])
def test_a_void_token_is_gone(tenant, ask, pages, how) -> None:
    link = pages(DELTA)[-1]["@odata.deltaLink"]
    match how:
        case "garbage":
            link = f"{DELTA}?$deltatoken=nonsense"
        case "expired":
            tenant.expire()
        case _:
            link = link.replace(INBOX, INBOX.replace("inbox", "child"))
    reply = ask(link)
    assert (reply.status, reply.code) == (410, "syncStateNotFound")


def test_the_default_message_has_no_property_on_request(ask) -> None:
    found = ask(f"{MAIL}/AAkAMessagea%61=").json
    assert found["body"] == {"contentType": "html", "content": "<p>text <b>0</b></p>"}
    assert found["from"]["emailAddress"] == {"name": "Alice", "address": "alice@tiny.example"}
    assert found["bodyPreview"] == "text 0"
    assert found["hasAttachments"] is False
    assert found["receivedDateTime"] == "2026-01-05T00:00:00Z"
    assert not {"uniqueBody", "internetMessageHeaders"} & set(found)
    chosen = ask(f"{MAIL}/AAkAMessageaa=?$select=internetMessageHeaders").json
    assert {"name": "X-Trace", "value": "one"} in chosen["internetMessageHeaders"]


def test_mime_is_the_whole_message(ask) -> None:
    reply = ask(f"{MAIL}/AAkAMessageaa=/$value")
    assert reply.body.startswith(b"Subject: hello")
    assert reply.headers["content-type"] == "text/plain"


def test_attachments_of_each_kind(ask) -> None:
    base = f"{MAIL}/AAkAMessageaz=/attachments"
    chosen = ask(f"{base}?$select=id,name,contentType,size,isInline").json["value"]
    kinds = [v["@odata.type"].rpartition(".")[2] for v in chosen]
    assert kinds == ["fileAttachment"] * 3 + ["itemAttachment", "referenceAttachment"]
    assert all("contentBytes" not in v for v in chosen)
    default = ask(base).json["value"]
    assert ["contentBytes" in v for v in default] == [True, True, False, False, False]
    cast = ask(f"{base}?$select=microsoft.graph.fileAttachment/contentBytes").json["value"]
    assert "contentBytes" in cast[0]
    assert "name" not in cast[0]
    values = [ask(f"{base}/{quote(v['id'], safe='')}/$value") for v in chosen]
    assert [v.status for v in values] == [200, 200, 200, 200, 405]
    assert values[0].body == b"a,b\r\n1,2\r\n"
    assert values[3].body.startswith(b"Subject:")
    assert len(ask(f"{base}/{quote(chosen[2]['id'], safe='')}").json["contentBytes"]) > 4_000_000


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [
        ("/users/aaaaaaaa-carol/mailFolders", 404, "MailboxNotEnabledForRESTAPI"),
        ("/users/aaaaaaaa-dave/mailFolders", 403, "ErrorAccessDenied"),
        ("/users/nobody@tiny.example/mailFolders", 404, "ErrorInvalidUser"),
        ("/users/aaaaaaaa-alice/mailFolders/none/messages/delta", 404, "ErrorItemNotFound"),
        (f"{MAIL}/none", 404, "ErrorItemNotFound"),
        (f"{DELTA}?$select=subject,colour", 400, "BadRequest"),
        (f"{MAIL}/AAkAMessageaz=/attachments?$select=contentBytes", 400, "BadRequest"),
        (f"{DELTA}?$colour=red", 400, "BadRequest"),
        (f"{DELTA}?$filter=receivedDateTime+ge+2026-01-01", 501, "notSupported"),
        ("/users/aaaaaaaa-alice/mailFolders?$top=0", 400, "invalidRequest"),
        ("/users/aaaaaaaa-alice/letters", 400, "BadRequest"),
    ],
)
def test_refusals(ask, target, status, code) -> None:
    reply = ask(target)
    assert (reply.status, reply.code) == (status, code)
    inner = reply.json["error"]["innerError"]
    assert inner["request-id"] == reply.headers["request-id"]
    assert "date" in inner


def test_nothing_can_be_written(ask) -> None:
    reply = ask(f"{MAIL}/AAkAMessageaa=", method="PATCH", body=json.dumps({}).encode())
    assert reply.status == 405
    assert ask(f"{MAIL}/AAkAMessageaa=", method="DELETE").status == 405
