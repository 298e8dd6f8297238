"""Logs, alerts, labels and keys of the sample tenant: as strict as the reference is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._policies_data import KINDS
from connectors._sample_tenant._roles import DEFAULT_ROLES

LOG, ALERTS = "/auditLogs/directoryAudits", "/security/alerts_v2"
KEYS = "/informationProtection/bitlocker/recoveryKeys"
AGENT = {"user_agent": "test"}


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with hosted(company(30)) as found:
        yield found


def test_a_log_is_the_newest_first_unless_asked_otherwise(ask) -> None:
    moments = [one["activityDateTime"] for one in ask(LOG).json["value"]]
    assert len(moments) == 30
    assert moments == sorted(moments, reverse=True)
    (oldest,) = ask(f"{LOG}?$top=1&$orderby=activityDateTime").json["value"]
    assert oldest["activityDateTime"] == moments[-1]
    (newest,) = ask(f"{LOG}?$top=1&$orderby=activityDateTime%20desc").json["value"]
    assert newest["activityDateTime"] == moments[0]


def test_pages_go_on_to_the_end(ask, pages) -> None:
    whole = ask(LOG).json["value"]
    parts = pages(f"{LOG}?$top=7")
    assert [len(part["value"]) for part in parts] == [7, 7, 7, 7, 2]
    assert [one for part in parts for one in part["value"]] == whole


def test_alerts_are_filtered_as_asked(ask) -> None:
    assert len(ask(ALERTS).json["value"]) == 2
    both = f"{ALERTS}?$filter=status%20eq%20'new'%20and%20severity%20eq%20"
    assert len(ask(f"{both}'high'").json["value"]) == 1
    assert ask(f"{both}'low'").json["value"] == []


def test_keys_come_without_the_key(ask) -> None:
    found = ask(KEYS, **AGENT).json["value"]
    assert {frozenset(one) for one in found} == {
        frozenset({"id", "createdDateTime", "volumeType", "deviceId"})
    }


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (f"{LOG}?$top=1001", 400),
        (f"{LOG}?$orderby=category", 400),
        (f"{LOG}?$select=id", 501),
        (f"{LOG}?$filter=category%20eq%20'x'", 501),
        (f"{LOG}?$skiptoken=abc", 400),
        (f"{ALERTS}?$filter=title%20eq%20'x'", 400),
        (f"{ALERTS}?$filter=startswith(status,'n')", 501),
        (f"{ALERTS}?$orderby=createdDateTime", 501),
        (f"{KEYS}?$top=1", 501),
        (KEYS, 400),  # without a user agent
        ("/deviceManagement?$select=shoe", 400),
        ("/security/labels/retentionLabels", 403),
    ],
)
def test_what_is_wrong_is_refused(ask, target: str, status: int) -> None:
    assert ask(target).status == status


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_written_and_nobody_comes_in_without_a_token(ask, name: str) -> None:
    assert ask(f"/{name}", method="POST", body=b"{}", **AGENT).status == 405
    assert ask(f"/{name}", **AGENT).status == 200
    assert ask(f"/{name}", token="").status == 401


def test_each_permission_opens_its_own(ask_of) -> None:
    for role in {kind.role for kind in KINDS.values()}:
        (granted,) = set(role.value) & set(DEFAULT_ROLES)
        with hosted(company(30), roles=[one for one in DEFAULT_ROLES if one != granted]) as tenant:
            ask = ask_of(tenant)
            shut = {name for name in KINDS if ask(f"/{name}", **AGENT).status == 403}
        assert shut == {name for name, kind in KINDS.items() if kind.role is role}


def test_the_settings_of_devices(ask) -> None:
    assert set(ask("/deviceManagement?$select=settings").json) == {"@odata.context", "settings"}
    assert ask("/deviceManagement").json["settings"]["secureByDefault"] is False
    policies = ask("/deviceManagement/deviceCompliancePolicies?$expand=assignments").json["value"]
    assert [one["assignments"] for one in policies] == [[]]
    assert ask("/deviceManagement/deviceCompliancePolicies?$expand=deviceStatuses").status == 501
