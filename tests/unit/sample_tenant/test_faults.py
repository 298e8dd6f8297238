"""Faults on demand, and the record of requests."""

from __future__ import annotations

import base64
import http.client
import json
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

import pytest

from connectors._sample_tenant._faults import Faults, load, rules
from connectors._sample_tenant._wire import parse

USERS = "/users?$select=id"
DELTA = "/users/aaaaaaaa-alice/mailFolders/F-aaaaaaaa-alice-inbox/messages/delta"


def statuses(ask, target, many):
    return [ask(target).status for _ in range(many)]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, [429] * 6),
        ({"times": 2}, [429, 429, 200, 200, 200, 200]),
        ({"hits": [1, 3]}, [429, 200, 429, 200, 200, 200]),
        ({"every": 3}, [200, 200, 429, 200, 200, 429]),
        ({"path": "/drives"}, [200] * 6),
        ({"method": "POST"}, [200] * 6),
        ({"host": "download"}, [200] * 6),
    ],
)
def test_which_calls_fail(tenant, ask, when, expected) -> None:
    tenant.faults([{"action": "throttle", **when}])
    assert statuses(ask, USERS, 6) == expected


def test_chance_is_drawn_from_a_seed() -> None:
    call = parse("GET", "/v1.0/users", {})

    def draws(seed):
        faults = Faults(rules([{"action": "html", "chance": 0.5, "seed": seed}]))
        return [faults.pick("main", call) is not None for _ in range(64)]

    assert draws(1) == draws(1) != draws(2)
    assert 10 < sum(draws(1)) < 54


@pytest.mark.parametrize(("wait", "shown"), [(7, "7"), (100_000, "100000"), ("none", None)])
def test_throttling_says_how_long(tenant, ask, wait, shown) -> None:
    tenant.faults([{"action": "throttle", "retry_after": wait, "status": 503}])
    reply = ask(USERS)
    assert (reply.status, reply.code) == (503, "TooManyRequests")
    assert reply.headers.get("retry-after") == shown


def test_throttling_may_name_a_date(tenant, ask) -> None:
    tenant.faults([{"action": "throttle", "retry_after": "date:30"}])
    until = parsedate_to_datetime(ask(USERS).headers["retry-after"])
    assert 20 < until.timestamp() - time.time() < 40


def test_storage_is_throttled_in_its_own_words(tenant, ask) -> None:
    tenant.faults([{"action": "throttle", "status": 503}])
    reply = ask(
        f"{tenant.blob}?comp=list", resource="https://storage.azure.com", x_ms_version="2025-11-05"
    )
    assert reply.headers["x-ms-error-code"] == "ServerBusy"


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ({"action": "status", "status": 504, "code": "UnknownError"}, 504),
        ({"action": "html"}, 502),
        ({"action": "unauthorized"}, 401),
        ({"action": "gone"}, 410),
        ({"action": "expired"}, 401),
    ],
)
def test_other_answers(tenant, ask, rule, status) -> None:
    tenant.faults([rule])
    assert ask(DELTA).status == status


def test_gone_names_where_a_drive_begins_anew(tenant, ask) -> None:
    tenant.faults([{"action": "gone", "times": 1}])
    reply = ask("/drives/b!hr/root/delta?$select=id,file&token=old")
    assert (reply.status, reply.code) == (410, "resyncRequired")
    assert len(ask(reply.headers["location"]).json["value"]) > 30


@pytest.mark.parametrize("action", ["cut", "reset"])
def test_the_line_breaks(tenant, ask, action) -> None:
    tenant.faults([{"action": action, "times": 1}])
    with pytest.raises((http.client.HTTPException, OSError)):
        ask(USERS)
    assert ask(USERS).status == 200


def test_a_late_answer(tenant, ask) -> None:
    tenant.faults([{"action": "delay", "seconds": 0.2, "times": 1}])
    began = time.monotonic()
    assert ask(USERS).status == 200
    assert time.monotonic() - began >= 0.2


def test_a_claims_challenge_holds_until_a_token_answers_it(tenant, ask) -> None:
    tenant.faults([{"action": "claims", "path": "/users"}])
    challenge = ask(USERS).headers["www-authenticate"]
    assert 'error="insufficient_claims"' in challenge
    claims = base64.b64decode(challenge.rpartition('claims="')[2].rstrip('"')).decode()
    form = {
        "grant_type": "client_credentials",
        "client_id": tenant.client_id,
        "claims": claims,
        "client_secret": tenant.client_secret,
        "scope": f"{tenant.authority}/.default",
    }
    url = f"{tenant.authority}/{tenant.tenant_id}/oauth2/v2.0/token"
    made = ask(url, method="POST", body=urlencode(form).encode(), token="").json
    assert ask(USERS).status == 401
    assert ask(USERS, token=made["access_token"]).status == 200


def test_spoilt_pages(tenant, ask, pages) -> None:
    tenant.faults([{"action": "malformed", "times": 1}])
    with pytest.raises(json.JSONDecodeError):
        _ = ask(USERS).json
    tenant.faults([{"action": "empty_page", "times": 2}])
    assert [len(page["value"]) for page in pages(USERS)] == [0, 0, 5]
    tenant.faults([{"action": "foreign_link"}])
    assert ask(USERS).json["@odata.nextLink"].startswith("https://graph.sample.invalid/v1.0/users")
    tenant.faults([{"action": "repeat"}])
    assert len(ask(USERS).json["value"]) == 10
    tenant.faults([{"action": "loop"}])
    first = ask(USERS).json["@odata.nextLink"]
    assert ask(first).json["@odata.nextLink"] == first


def test_an_expired_download(tenant, ask) -> None:
    tenant.faults([{"action": "expired", "host": "download", "times": 1}])
    url = ask("/drives/b!hr/items/01FILEAA/content").headers["location"]
    assert [ask(url, token="").status for _ in range(2)] == [401, 200]


def test_one_call_of_a_batch_may_be_throttled(tenant, ask) -> None:
    tenant.faults([{"action": "throttle", "path": "/users", "hits": [2], "retry_after": 5}])
    requests = [{"id": str(n), "method": "GET", "url": "/users"} for n in range(3)]
    body = json.dumps({"requests": requests}).encode()
    found = ask("/$batch", method="POST", body=body).json["responses"]
    assert [part["status"] for part in found] == [200, 429, 200]
    assert found[1]["headers"]["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rules.json", '{"rules": [{"action": "html", "times": 3}]}'),
        ("rules.toml", '[[rules]]\naction = "html"\ntimes = 3\n'),
    ],
)
def test_rules_come_from_a_file(tmp_path, name, text) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (rule,) = load(tmp_path / name)
    assert (rule.action, rule.times) == ("html", 3)


@pytest.mark.parametrize("table", [{"action": "nonsense"}, {"action": "cut", "colour": "red"}])
def test_unknown_rules_are_errors(table) -> None:
    with pytest.raises(ValueError, match="unknown"):
        rules([table])


def test_the_record_tells_what_was_asked(tenant, ask) -> None:
    ask(f"{DELTA}?$select=id,subject", prefer='IdType="ImmutableId"')
    url = ask("/drives/b!hr/items/01FILEAA/content").headers["location"]
    ask(url, token="", range="bytes=1-2")
    body = {"requests": [{"id": "a", "method": "GET", "url": "/users?$select=id,mail"}]}
    ask("/$batch", method="POST", body=json.dumps(body).encode())
    found = tenant.requests()
    shape = [(r.host, r.method, r.status, r.authorized, r.batched) for r in found]
    assert shape == [
        ("main", "GET", 200, True, False),
        ("main", "GET", 302, True, False),
        ("download", "GET", 206, False, False),
        ("main", "GET", 200, False, True),
        ("main", "POST", 200, True, False),
    ]
    assert (found[0].prefer, found[2].range) == ('IdType="ImmutableId"', "bytes=1-2")
    assert tenant.selects() == {"message": {"id", "subject"}, "user": {"id", "mail"}}
    assert tenant.token() not in str(found)
    tenant.forget()
    assert tenant.requests() == []


def test_control_needs_its_token(tenant, ask) -> None:
    assert ask(f"{tenant.authority}/__control/requests", method="POST").status == 403
    with pytest.raises(LookupError):
        tenant.change("file", "delete", drive="none", id="none")
