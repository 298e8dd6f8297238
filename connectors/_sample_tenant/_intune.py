"""Graph's Intune: devices, what admins write, who it is assigned to; of beta, scripts as well.

As the service does it: a listing holds no notes of devices and no content of scripts, both come
with one thing alone (notes only when selected); encrypted OMA-URI values are asterisks.

Not imitated: ``$filter``, ``$search``, ``$orderby``, reports, actions, ``$batch`` of beta,
``$select`` of anything but devices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors._sample_tenant._query import count, link, options, select
from connectors._sample_tenant._roles import Role, require
from connectors._sample_tenant._state import State
from connectors._sample_tenant._wire import Answer, Call, Handler, Refusal, data, refuse

Thing = Mapping[str, Any]

PAGE = 1000
"""Things in a page: by default, and at most."""
_ALONE = frozenset(
    "activationLockBypassCode enrollmentProfileName ethernetMacAddress iccid notes "
    "requireUserEnrollmentApproval udid".split()
)
"""Of a device: told only where it is asked for alone, by ``$select``."""
_EXPANSION = "managedDevice($select=id,deviceName)"
_ASSIGNMENTS = "assignments"


@dataclass(frozen=True, slots=True)
class Intune:
    """What the company keeps in Intune."""

    things: Mapping[str, Sequence[Thing]]
    """Collection (``deviceManagement/deviceCategories``) → things, whole, as Graph writes them."""
    inner: Mapping[tuple[str, str], Sequence[Thing]] = field(default_factory=dict)
    """(Id of a thing, collection inside it) → what is in there."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A collection: who may read it, what is inside its things, what a listing leaves out."""

    role: Role
    inner: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    beta: bool = False


_SCRIPT = ("scriptContent",)
_DETECTION = ("detectionScriptContent", "remediationScriptContent")
_RUN = (_ASSIGNMENTS, "deviceRunStates")
_M, _A = "deviceManagement", "deviceAppManagement"
_CONFIGURATION, _SERVICE, _APPS = Role.INTUNE_CONFIGURATION, Role.INTUNE_SERVICE, Role.INTUNE_APPS
KINDS: Mapping[str, _Kind] = {
    f"{_M}/deviceCategories": _Kind(Role.INTUNE_CATEGORIES),
    f"{_M}/deviceConfigurations": _Kind(_CONFIGURATION, (_ASSIGNMENTS,)),
    f"{_M}/deviceCompliancePolicies": _Kind(_CONFIGURATION, (_ASSIGNMENTS,)),
    f"{_M}/deviceEnrollmentConfigurations": _Kind(Role.INTUNE_ENROLLMENT, (_ASSIGNMENTS,)),
    f"{_M}/notificationMessageTemplates": _Kind(_SERVICE, ("localizedNotificationMessages",)),
    f"{_M}/termsAndConditions": _Kind(_SERVICE, (_ASSIGNMENTS,)),
    f"{_A}/mobileApps": _Kind(_APPS, (_ASSIGNMENTS,), ("largeIcon",)),
    f"{_A}/mobileAppConfigurations": _Kind(_APPS, (_ASSIGNMENTS,)),
    f"{_A}/managedAppPolicies": _Kind(_APPS),
    f"{_A}/targetedManagedAppConfigurations": _Kind(_APPS, (_ASSIGNMENTS,)),
    f"{_M}/deviceManagementScripts": _Kind(Role.INTUNE_SCRIPTS, _RUN, _SCRIPT, beta=True),
    f"{_M}/deviceShellScripts": _Kind(Role.INTUNE_SCRIPTS, _RUN, _SCRIPT, beta=True),
    f"{_M}/deviceHealthScripts": _Kind(Role.INTUNE_SCRIPTS, _RUN, _DETECTION, beta=True),
    f"{_M}/deviceComplianceScripts": _Kind(Role.INTUNE_SCRIPTS, _RUN, _DETECTION, beta=True),
    f"{_M}/deviceCustomAttributeShellScripts": _Kind(Role.INTUNE_SCRIPTS, _RUN, _SCRIPT, beta=True),
    f"{_M}/configurationPolicies": _Kind(_CONFIGURATION, (_ASSIGNMENTS, "settings"), beta=True),
}
_DEVICES = f"{_M}/managedDevices"
_POLICIES = f"{_M}/deviceCompliancePolicies"


class Endpoint:
    """Answers about devices and things, of v1.0 or of beta."""

    def __init__(self, state: State, base: str) -> None:
        """``base`` is the URL of the version."""
        self._state = state
        self._base = base
        self._origin = base.rpartition("/")[0]
        self._held: Intune = getattr(state.world, "intune", None) or Intune({})

    # ------------------------------------------------------------------------------------ devices

    def devices(self, call: Call) -> Answer:
        """GET /deviceManagement/managedDevices."""
        options(call, ("$select", "$top", "$skiptoken"))
        require(call, Role.INTUNE_DEVICES)
        chosen = select(call, "managedDevice")
        found = self._held.things.get(_DEVICES, ())
        values = [_device(one, chosen, alone=False) for one in found]
        return self._paged(call, _DEVICES, values)

    def device(self, call: Call) -> Answer:
        """GET /deviceManagement/managedDevices/{id}: notes where they are selected."""
        options(call, ("$select",))
        require(call, Role.INTUNE_DEVICES)
        chosen = select(call, "managedDevice")
        return data(_device(self._thing(_DEVICES, call), chosen, alone=True))

    # ------------------------------------------------------------------------------------- things

    def things(self, call: Call) -> Answer:
        """GET of a collection."""
        name, kind = self._kind(call)
        expand = ("$expand",) if name == _POLICIES else ()
        options(call, ("$top", "$skiptoken", *expand))
        values = [
            {n: None if n in kind.left_out else v for n, v in one.items()}
            for one in self._held.things.get(name, ())
        ]
        if (wanted := call.query.get("$expand")) is not None:
            if wanted != _ASSIGNMENTS:
                raise refuse(501, "notSupported", "The sample tenant expands assignments alone.")
            values = [
                {**one, wanted: list(self._held.inner.get((str(one["id"]), wanted), ()))}
                for one in values
            ]
        return self._paged(call, name, values)

    def thing(self, call: Call) -> Answer:
        """GET of one."""
        name, _ = self._kind(call)
        options(call, ())
        context = {"@odata.context": f"{self._base}/$metadata#{name}/$entity"}
        return data({**context, **self._thing(name, call)})

    def inside(self, call: Call) -> Answer:
        """GET of a collection inside one."""
        name, kind = self._kind(call)
        inner = call.segments[3]
        if inner not in kind.inner:
            raise _no_segment(inner)
        states = inner == "deviceRunStates"
        options(call, ("$top", "$skiptoken", *(("$expand",) if states else ())))
        thing = self._thing(name, call)
        values = [
            _expanded(one, call) if states else one
            for one in self._held.inner.get((str(thing["id"]), inner), ())
        ]
        return self._paged(call, f"{name}('{thing['id']}')/{inner}", values)

    def state(self, call: Call) -> Answer:
        """GET …/deviceRunStates/{id}."""
        name, _ = self._kind(call)
        options(call, ("$expand",))
        states = self._held.inner.get((str(self._thing(name, call)["id"]), call.segments[3]), ())
        for one in states:
            if one["id"] == call.segments[4]:
                return data(_expanded(one, call))
        raise _not_found()

    # ------------------------------------------------------------------------------------- shared

    @staticmethod
    def _kind(call: Call) -> tuple[str, _Kind]:
        name = "/".join(call.segments[:2])
        kind = KINDS[name]
        require(call, kind.role)
        return name, kind

    def _thing(self, name: str, call: Call) -> Thing:
        for one in self._held.things.get(name, ()):
            if one["id"] == call.segments[2]:
                return one
        raise _not_found()

    def _paged(self, call: Call, context: str, values: Sequence[Thing]) -> Answer:
        top, start = count(call, "$top", PAGE, PAGE), 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self._state.open(token)
            if parts is None or parts[:2] != ["intune", context]:
                raise refuse(400, "BadRequest", "The skip token is not valid.")
            start = parts[2]
        page: dict[str, Any] = {
            "@odata.context": f"{self._base}/$metadata#{context}",
            "@odata.count": len(values[start : start + top]),
        }
        if start + top < len(values):
            token = self._state.seal("intune", context, start + top)
            following = {**call.query, "$skiptoken": token}
            page["@odata.nextLink"] = link(f"{self._origin}{call.path}", following)
        return data({**page, "value": values[start : start + top]})


def routes(state: State, base: str, *, beta: bool = False) -> tuple[tuple[str, Handler], ...]:
    """The paths of one version of Graph."""
    made = Endpoint(state, base)
    found: list[tuple[str, Handler]] = []
    if not beta:
        found += [(_DEVICES, made.devices), (f"{_DEVICES}/*", made.device)]
    for name, kind in KINDS.items():
        if kind.beta == beta:
            found += [(name, made.things), (f"{name}/*", made.thing), (f"{name}/*/*", made.inside)]
            if "deviceRunStates" in kind.inner:
                found.append((f"{name}/*/deviceRunStates/*", made.state))
    return tuple(found)


def _device(device: Thing, chosen: Sequence[str], *, alone: bool) -> Thing:
    told = set(chosen) if alone else set()
    whole = {n: None if n in _ALONE and n not in told else v for n, v in device.items()}
    return {n: v for n, v in whole.items() if not chosen or n in (*chosen, "id")}


def _expanded(state: Thing, call: Call) -> Thing:
    """A state as the service writes it; with its device where that is asked for."""
    wanted = call.query.get("$expand")
    if wanted not in {None, _EXPANSION}:
        raise refuse(501, "notSupported", "The sample tenant expands managedDevice alone here.")
    return {n: v for n, v in state.items() if wanted or n != "managedDevice"}


def _not_found() -> Refusal:
    return refuse(404, "ResourceNotFound", "The resource was not found.")


def _no_segment(name: str) -> Refusal:
    return refuse(400, "BadRequest", f"Resource not found for the segment '{name[:60]}'.")
