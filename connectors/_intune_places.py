"""Where Intune keeps what people write: each place with its path, its permission, its readers.

Source: Graph v1.0 ``deviceManagement`` and ``deviceAppManagement``; Graph beta for scripts, what
they put out, and the settings catalogue. The permissions are the least ones of the reference.

Not read: apps themselves (installers), icons, audit events, inventories of apps found on devices,
and hardware numbers of devices, which nobody but the hardware writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SCOPE = "intune"
"""Of the gate: Intune counts 2,000 requests in 20 seconds for an app in a tenant."""

DEVICES = "DeviceManagementManagedDevices.Read.All"
CONFIGURATION = "DeviceManagementConfiguration.Read.All"
SERVICE = "DeviceManagementServiceConfig.Read.All"
APPS = "DeviceManagementApps.Read.All"
SCRIPTS = "DeviceManagementScripts.Read.All"

_ONE, _APPS = "/deviceManagement", "/deviceAppManagement"


@dataclass(frozen=True, slots=True)
class Place:
    """A collection of things that an admin writes."""

    key: str
    """Id of its partition, and the name of its collection in Graph."""
    name: str
    """As the admin centre calls it."""
    path: str
    permission: str
    beta: bool = False
    whole: bool = False
    """The listing leaves the content out: each is asked for by itself."""
    inner: str = ""
    """A collection inside each that holds its content."""
    assigned: bool = False
    """It goes to devices or users, who can read it there."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Where only some types are assigned: the type, and the collection that knows to whom."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What scripts put out on devices, by the place of the scripts."""

    scripts: Place
    columns: tuple[tuple[str, str], ...]
    """Property and header."""

    @property
    def key(self) -> str:
        """Id of the partition."""
        return f"{self.scripts.key}/outputs"

    @property
    def name(self) -> str:
        """Name of the partition."""
        return f"{self.scripts.name} › outputs"


def _place(key: str, name: str, permission: str, **more: object) -> Place:
    root = _APPS if permission == APPS else _ONE
    return Place(key, name, f"{root}/{key}", permission, **more)  # type: ignore[arg-type]


PLACES = (
    _place("deviceCategories", "device categories", DEVICES),
    _place("deviceConfigurations", "configuration profiles", CONFIGURATION, assigned=True),
    _place("deviceCompliancePolicies", "compliance policies", CONFIGURATION),
    _place("deviceEnrollmentConfigurations", "enrollment settings", SERVICE, assigned=True),
    _place(
        "notificationMessageTemplates",
        "notification templates",
        SERVICE,
        inner="localizedNotificationMessages",
    ),
    _place("termsAndConditions", "terms and conditions", SERVICE, assigned=True),
    _place("mobileApps", "apps", APPS, assigned=True),
    _place("mobileAppConfigurations", "app configurations", APPS, assigned=True),
    _place(
        "managedAppPolicies",
        "app policies",
        APPS,
        assigned=True,
        kinds={"targetedManagedAppConfiguration": "targetedManagedAppConfigurations"},
    ),
)
"""In Graph v1.0."""

_SCRIPTS = tuple(
    _place(key, name, SCRIPTS, beta=True, whole=True, assigned=True)
    for key, name in (
        ("deviceManagementScripts", "PowerShell scripts"),
        ("deviceShellScripts", "shell scripts"),
        ("deviceHealthScripts", "remediations"),
        ("deviceComplianceScripts", "compliance scripts"),
        ("deviceCustomAttributeShellScripts", "custom attributes"),
    )
)
BETA = (
    *_SCRIPTS,
    _place(
        "configurationPolicies",
        "settings catalogue",
        CONFIGURATION,
        beta=True,
        inner="settings",
        assigned=True,
    ),
)
"""In Graph beta alone, which may change any day."""

_RESULT = (("resultMessage", "Result"), ("errorDescription", "Error"))
_COLUMNS = {
    "deviceHealthScripts": (
        ("preRemediationDetectionScriptOutput", "Output before remediation"),
        ("preRemediationDetectionScriptError", "Error before remediation"),
        ("remediationScriptError", "Error of remediation"),
        ("postRemediationDetectionScriptOutput", "Output after remediation"),
        ("postRemediationDetectionScriptError", "Error after remediation"),
    ),
    "deviceComplianceScripts": (("scriptOutput", "Output"), ("scriptError", "Error")),
}
OUTPUTS = tuple(Outputs(place, _COLUMNS.get(place.key, _RESULT)) for place in _SCRIPTS)
