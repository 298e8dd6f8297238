"""Conditional access: a policy counts where nothing leaves a way around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.unit.controls.judged import OPEN, judged, status

PASS, FAIL = "pass", "fail"
ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
OFF = {"isEnabled": False}


def conditional(
    conditions: Mapping[str, Any] | None = None,
    grants: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    everywhere = {
        "clientAppTypes": ["all"],
        "applications": {"includeApplications": ["All"]},
        "users": {"includeUsers": ["All"]},
        "platforms": None,
        "signInRiskLevels": [],
    }
    made = {
        "id": "one",
        "state": "enabled",
        "conditions": {**everywhere, **(conditions or {})},
        "grantControls": grants,
        "sessionControls": None,
    }
    return made | more


def controls(*names: str, operator: str = "OR", **more: Any) -> dict[str, Any]:
    return {"operator": operator, "builtInControls": list(names), **more}


def asked(name: str, *policies: Any, defaults: Any = OFF) -> str:
    questions: dict[str, Any] = {"conditional_access": list(policies)}
    return status(f"access.{name}", security_defaults=defaults, **questions)


SECOND = controls("mfa")
LEGACY = {"clientAppTypes": ["exchangeActiveSync", "other"]}
SOME = {"users": {"includeGroups": ["g"]}}


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (conditional(grants=SECOND), PASS),
        (conditional(grants=controls(authenticationStrength={"id": "strong"})), PASS),
        (conditional(grants=controls("mfa", "compliantDevice", operator="AND")), PASS),
        (conditional(grants=controls("mfa", "compliantDevice")), FAIL),
        (conditional(grants=controls("mfa", termsOfUse=["t"])), FAIL),
        (conditional(grants=controls("compliantDevice")), FAIL),
        (conditional(SOME, SECOND), FAIL),
        (conditional(LEGACY, SECOND), FAIL),
        (conditional({"platforms": {"includePlatforms": ["iOS"]}}, SECOND), FAIL),
        (conditional({"locations": {"excludeLocations": ["AllTrusted"]}}, SECOND), FAIL),
        (conditional({"signInRiskLevels": ["high"]}, SECOND), FAIL),
        (conditional({"applications": {"includeApplications": ["Office365"]}}, SECOND), FAIL),
        (conditional(grants=SECOND, state="disabled"), FAIL),
        (conditional(grants=SECOND, state="enabledForReportingButNotEnforced"), FAIL),
        ({"id": "torn", "state": "enabled"}, OPEN),
        (conditional({"users": None}, SECOND), OPEN),
        (conditional({"users": {"includeUsers": "All"}}, SECOND), OPEN),
    ],
)
def test_a_second_factor_for_everybody(one: dict[str, Any], expected: str) -> None:
    assert asked("multifactor", one) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (conditional(LEGACY, controls("block")), PASS),
        (conditional({"clientAppTypes": ["other"]}, controls("block")), FAIL),
        (conditional(LEGACY, controls("mfa")), FAIL),
        (conditional({**LEGACY, **SOME}, controls("block")), FAIL),
    ],
)
def test_legacy_sign_ins_are_blocked(one: dict[str, Any], expected: str) -> None:
    assert asked("legacy_sign_in", one) == expected


def test_security_defaults_ask_the_same() -> None:
    on = {"isEnabled": True}
    for name in ("baseline", "multifactor", "legacy_sign_in"):
        assert asked(name, defaults=on) == PASS
        assert asked(name) == FAIL
        assert asked(name, defaults={}) == OPEN
    assert asked("baseline", conditional(SOME)) == PASS


ROLE = {"users": {"includeRoles": [ADMINISTRATOR]}}
OTHER_ROLE = {"users": {"includeUsers": ["All"], "excludeRoles": [ADMINISTRATOR]}}


@pytest.mark.parametrize(
    ("name", "one", "expected"),
    [
        ("administrators_devices", conditional(ROLE, controls("compliantDevice")), PASS),
        ("administrators_devices",
         conditional(ROLE, controls("compliantDevice", "domainJoinedDevice")), PASS),
        ("administrators_devices",
         conditional(ROLE, controls("mfa", "compliantDevice", operator="AND")), PASS),
        ("administrators_devices", conditional(ROLE, controls("mfa", "compliantDevice")), FAIL),
        ("administrators_devices", conditional(ROLE), FAIL),
        ("administrators_devices", conditional(OTHER_ROLE, controls("compliantDevice")), FAIL),
        ("session", conditional(ROLE, sessionControls={"signInFrequency": {"isEnabled": True}}),
         PASS),
        ("session", conditional(sessionControls={
            "persistentBrowser": {"isEnabled": True, "mode": "never"}}), PASS),
        ("session", conditional(sessionControls={
            "persistentBrowser": {"isEnabled": True, "mode": "always"}}), FAIL),
        ("session", conditional(SOME, sessionControls={"signInFrequency": {"isEnabled": True}}),
         FAIL),
        ("places", conditional({"locations": {"includeLocations": ["All"]}}, controls("block")),
         PASS),
        ("places", conditional({"locations": {"includeLocations": ["All"]}}, SECOND), FAIL),
        ("places", conditional(grants=controls("block")), FAIL),
    ],
)  # fmt: skip
def test_policies_for_some(name: str, one: dict[str, Any], expected: str) -> None:
    assert status(f"access.{name}", conditional_access=[one]) == expected


def test_who_is_left_out_is_counted_not_named() -> None:
    users = {"includeUsers": ["All"], "excludeUsers": ["a", "b"], "excludeGroups": ["c"]}
    found = judged(
        "access.multifactor",
        security_defaults=OFF,
        conditional_access=[conditional({"users": users}, SECOND)],
    )
    assert found.evidence[1] == (
        "identity/conditionalAccess/policies/one: state=enabled, excludeUsers=2, "
        "excludeGroups=1, excludeRoles=0, excludeApplications=0"
    )
