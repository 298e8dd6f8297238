"""Counts of devices: right, and from the one listing that the audit makes anyway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors import Broken, intune
from connectors._identity import Access
from connectors._posture_devices import Counting, DevicePosture, device_posture
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import asked, opened, pages, partitions
from tests.unit.connectors.intune_world import managed

access = pytest.fixture(opened)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def tenant() -> Iterator[Tenant]:
    for served, _ in managed():
        yield served


def counted(*devices: dict[str, Any]) -> DevicePosture:
    counting = Counting(NOW)
    for one in devices:
        counting.add(one)
    return counting.posture()


def test_what_is_not_told_is_in_no_count() -> None:
    found = counted({}, {"isEncrypted": None}, {"isEncrypted": True}, {"isEncrypted": False})
    assert (found.devices, found.encrypted, found.unencrypted) == (4, 1, 1)
    assert found.compliance == {"unknown": 4}
    assert found.last_sync == {"never": 4}
    assert counted() == DevicePosture()


def test_compliance_and_jailbreak() -> None:
    found = counted(
        {"jailBroken": "True", "complianceState": "compliant"},
        {"jailBroken": "Unknown", "complianceState": "noncompliant"},
        {"jailBroken": "False", "complianceState": "compliant"},
    )
    assert found.jailbroken == 1
    assert found.compliance == {"compliant": 2, "noncompliant": 1}


@pytest.mark.parametrize(
    ("days", "age"), [(0, "week"), (7, "week"), (8, "month"), (31, "quarter"), (91, "older")]
)
def test_the_age_of_the_last_contact(days: int, age: str) -> None:
    last = (NOW - timedelta(days=days)).isoformat()
    assert counted({"lastSyncDateTime": last}).last_sync == {age: 1}


def test_a_year_of_one_is_never() -> None:
    assert counted({"lastSyncDateTime": "0001-01-01T00:00:00Z"}).last_sync == {"never": 1}


async def test_an_audit_and_its_posture_list_once(access: Access, tenant: Tenant) -> None:
    source = intune.Source(intune.Settings(), access)
    place = next(p for p in await partitions(source) if p.id == "devices")
    await pages(source, place)
    found = await device_posture(access)
    assert (found.devices, found.encrypted, found.unencrypted) == (45, 23, 22)
    assert len(asked(tenant, "managedDevices?")) == 1


async def test_alone_it_lists_for_itself(access: Access, tenant: Tenant) -> None:
    first, second = await device_posture(access), await device_posture(access)
    assert first == second
    assert first.devices == 45
    assert len(tenant.requests()) == 2  # the token and the listing


async def test_a_listing_that_broke_off_is_no_posture(access: Access, tenant: Tenant) -> None:
    tenant.faults([{"action": "foreign_link", "path": "managedDevices"}])
    with pytest.raises(Broken):
        await device_posture(access)
    tenant.faults([])
    assert (await device_posture(access)).devices == 45
