"""How the devices of a tenant stand: encryption, compliance, jail-break, last contact. Counts only.

Source: Graph v1.0 ``managedDevice: list``. The audit of devices and the controls share one listing.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors._graph import Graph
from connectors._identity import Access
from connectors._intune_places import DEVICES, SCOPE
from connectors._lane import Ask
from connectors._permissions import when

LIST = "/deviceManagement/managedDevices"
SELECT = (
    "id,deviceName,managedDeviceName,userDisplayName,emailAddress,userPrincipalName,phoneNumber,"
    "deviceCategoryDisplayName,enrolledDateTime,lastSyncDateTime,complianceState,isEncrypted,"
    "jailBroken,operatingSystem"
)
_AGES = (("week", 7), ("month", 30), ("quarter", 90))


@dataclass(frozen=True, slots=True)
class DevicePosture:
    """Counts of devices; each of the first two and each mapping adds up with what is unknown."""

    devices: int = 0
    encrypted: int = 0
    unencrypted: int = 0
    jailbroken: int = 0
    """Jail-broken or rooted, as far as their systems tell."""
    compliance: Mapping[str, int] = field(default_factory=dict)
    """Graph's ``complianceState`` → devices."""
    last_sync: Mapping[str, int] = field(default_factory=dict)
    """``week``, ``month``, ``quarter`` (since the last contact, at most), ``older``, ``never``."""
    windows_encrypted: int = 0
    """Of those encrypted: the ones that Windows runs, whose BitLocker keys can be kept."""


class Counting:
    """Counts devices one after another."""

    def __init__(self, now: datetime) -> None:
        """``now`` is what the age of the last contact is counted from."""
        self._now = now
        self._plain: Counter[str] = Counter()
        self._compliance: Counter[str] = Counter()
        self._synced: Counter[str] = Counter()

    def add(self, device: Mapping[str, Any]) -> None:
        """Count a ``managedDevice``."""
        encrypted = device.get("isEncrypted")
        self._plain["devices"] += 1
        self._plain["encrypted"] += encrypted is True
        self._plain["unencrypted"] += encrypted is False
        system = str(device.get("operatingSystem")).lower()
        self._plain["windows"] += encrypted is True and system.startswith("windows")
        self._plain["jailbroken"] += str(device.get("jailBroken")).lower() == "true"
        self._compliance[str(device.get("complianceState") or "unknown")] += 1
        self._synced[self._age(when(device.get("lastSyncDateTime")))] += 1

    def _age(self, last: datetime | None) -> str:
        if last is None:
            return "never"
        age = self._now - (last if last.tzinfo else last.replace(tzinfo=UTC))
        return next((name for name, days in _AGES if age <= timedelta(days=days)), "older")

    def posture(self) -> DevicePosture:
        """What was counted so far."""
        plain = self._plain
        return DevicePosture(
            plain["devices"],
            plain["encrypted"],
            plain["unencrypted"],
            plain["jailbroken"],
            dict(self._compliance),
            dict(self._synced),
            plain["windows"],
        )


@dataclass(slots=True)
class Devices:
    """The managed devices of a tenant; ``Devices.of(access)`` is shared."""

    access: Access
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _posture: DevicePosture | None = None

    @classmethod
    def of(cls, access: Access) -> Devices:
        """The ones of this tenant."""
        found = access.shared.get("devices")
        if found is None:
            found = access.shared["devices"] = cls(access)
        assert isinstance(found, cls)  # noqa: S101 — the name is ours alone
        return found

    async def aclose(self) -> None:
        """Nothing is held open."""

    async def pages(self) -> AsyncIterator[dict[str, Any]]:
        """Every page of the listing; when the last was given, the devices have been counted."""
        counting = Counting(datetime.now(UTC))
        ask = Ask(f"{LIST}?$select={SELECT}", SCOPE, permission=DEVICES)
        async for page in Graph.of(self.access).pages(ask):
            for device in page["value"]:
                counting.add(device)
            if not page.get("@odata.nextLink"):
                self._posture = counting.posture()
            yield page

    async def posture(self) -> DevicePosture:
        """From the listing of this run; listed for it where there was none. May raise."""
        async with self._lock:
            if self._posture is None:
                async for _ in self.pages():
                    pass
        return self._posture or DevicePosture()


async def device_posture(access: Access) -> DevicePosture:
    """How the devices of a tenant stand. Raises ConnectorError where they cannot be listed."""
    return await Devices.of(access).posture()
