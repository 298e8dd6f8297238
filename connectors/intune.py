"""Intune: what people write about devices, and what scripts bring back from them.

Source: Graph v1.0 ``deviceManagement`` and ``deviceAppManagement``; beta only where the settings
allow it, since beta may change any day. Each place that is left out is named, with the reason.

Least permissions, all application roles that only read:
``DeviceManagementManagedDevices.Read.All`` (devices, their notes, categories),
``DeviceManagementConfiguration.Read.All`` (profiles, compliance policies, settings catalogue),
``DeviceManagementServiceConfig.Read.All`` (notification templates, terms, enrollment),
``DeviceManagementApps.Read.All`` (apps and their configuration),
``DeviceManagementScripts.Read.All`` (scripts and their outputs; beta only).
Encrypted OMA-URI values would take a permission to write, and stay unread.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from connectors import _intune_devices
from connectors._errors import ConnectorError, Withheld
from connectors._groups import MEMBERS
from connectors._identity import Access
from connectors._intune_devices import ManagedDevices
from connectors._intune_outputs import ScriptOutputs
from connectors._intune_places import (
    APPS,
    BETA,
    CONFIGURATION,
    DEVICES,
    OUTPUTS,
    PLACES,
    SCRIPTS,
    SERVICE,
)
from connectors._intune_things import Things
from connectors._kinds import KIND, ByKind, Reading
from connectors._model import Need, Partition

NEEDS = (
    Need(DEVICES, "intune_devices"),
    Need(CONFIGURATION, "intune_configuration"),
    Need(SERVICE, "intune_service"),
    Need(APPS, "intune_apps"),
    Need(SCRIPTS, "intune_scripts", optional=True),
    MEMBERS,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.intune]``."""

    notes: bool = True
    """Notes of devices: one small request a device, twenty of them at a time."""
    allow_beta: bool = False
    """Also places that only Graph beta has: scripts, their outputs, the settings catalogue."""


class Source(ByKind):
    """The places of Intune, each a partition."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._tenant = access.tenant.id
        kinds: dict[str, Reading] = {
            _intune_devices.NAME: ManagedDevices(access, notes=settings.notes),
            **{place.key: Things(place, access) for place in (*PLACES, *BETA)},
            **{outputs.key: ScriptOutputs(outputs, access) for outputs in OUTPUTS},
        }
        super().__init__(kinds, settings)

    async def partitions(self) -> AsyncIterator[Partition]:
        """All places in any tenant; what the settings leave out says so."""
        for place in PLACES:
            yield self._place(place.key, place.name)
        yield self._place(_intune_devices.NAME, "managed devices")
        if not self._settings.notes:
            left_out = Withheld("notes of devices", reason="excluded_by_settings")
            yield self._place("devices/notes", "managed devices › notes", left_out)
        beta = None
        if not self._settings.allow_beta:
            beta = Withheld("only in Graph beta", reason="excluded_by_settings")
        for key, name in [(p.key, p.name) for p in BETA] + [(o.key, o.name) for o in OUTPUTS]:
            yield self._place(key, name, beta)

    def _place(self, key: str, name: str, error: ConnectorError | None = None) -> Partition:
        facts = {"error": error} if error else {KIND: key}
        return Partition("intune", key, name, self._tenant, facts)
