"""Conditional access: what the policies that are in force ask of whom.

Only a policy that is enabled and holds for every app counts; one that is narrowed to some
platforms, places, clients or risks leaves a way around it. Whom it excludes goes to the evidence.
Source: Graph v1.0 ``conditionalAccessPolicy``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from auditor.controls._check import FAIL, PASS, Answers, Verdict, told
from auditor.controls._roles import GLOBAL_ADMINISTRATOR
from auditor.controls._settings import single, switch

Policy = Mapping[str, Any]
_POLICIES = "identity/conditionalAccess/policies"
_DEFAULTS = "policies/identitySecurityDefaultsEnforcementPolicy"
_NARROWING = (
    "platforms",
    "locations",
    "devices",
    "signInRiskLevels",
    "userRiskLevels",
    "insiderRiskLevels",
    "servicePrincipalRiskLevels",
    "authenticationFlows",
)
_LEGACY = frozenset({"exchangeActiveSync", "other"})
_DEVICE = frozenset({"compliantDevice", "domainJoinedDevice"})
_EXCLUDED = ("excludeUsers", "excludeGroups", "excludeRoles")


def baseline(answers: Answers) -> Verdict:
    """Security defaults are on, or some policy is in force."""
    said, defaults = _defaults(answers)
    enabled = sum(1 for _ in _enabled(answers))
    evidence = (said, f"{_POLICIES}: enabled={enabled}")
    return Verdict(PASS if defaults or enabled else FAIL, evidence)


def multifactor(answers: Answers) -> Verdict:
    """Everybody needs a second factor for every app, at every sign-in."""
    return _by_defaults_or(answers, lambda one: _everybody(one) and _wide(one) and _strong(one))


def no_legacy(answers: Answers) -> Verdict:
    """Sign-ins that know no second factor are blocked for everybody."""

    def good(policy: Policy) -> bool:
        clients = set(_listed(policy["conditions"], "clientAppTypes"))
        blocks = "block" in _controls(policy)
        return _everybody(policy) and _unnarrowed(policy) and clients >= _LEGACY and blocks

    return _by_defaults_or(answers, good)


def administrators_devices(answers: Answers) -> Verdict:
    """Global Administrators come from managed devices only."""

    def good(policy: Policy) -> bool:
        controls = _controls(policy)
        required = controls <= _DEVICE or (_operator(policy) == "AND" and bool(controls & _DEVICE))
        return _administrators(policy) and _wide(policy) and bool(controls) and required

    return _any(answers, good)


def session(answers: Answers) -> Verdict:
    """How long a sign-in lasts is limited, for everybody or for Global Administrators."""

    def good(policy: Policy) -> bool:
        limits = policy.get("sessionControls") or {}
        kept = [limits.get(name) or {} for name in ("signInFrequency", "persistentBrowser")]
        limited = kept[0].get("isEnabled") is True or (
            kept[1].get("isEnabled") is True and kept[1].get("mode") == "never"
        )
        return _administrators(policy) and _every_app(policy) and limited

    return _any(answers, good)


def places(answers: Answers) -> Verdict:
    """Sign-ins from some places are blocked."""

    def good(policy: Policy) -> bool:
        where = policy["conditions"].get("locations") or {}
        some = _listed(where, "includeLocations") or _listed(where, "excludeLocations")
        return bool(some) and "block" in _controls(policy)

    return _any(answers, good)


def _defaults(answers: Answers) -> tuple[str, bool]:
    facts = single(answers, "security_defaults")
    return told(_DEFAULTS, facts, "isEnabled"), switch(facts, "isEnabled")


def _by_defaults_or(answers: Answers, good: Callable[[Policy], bool]) -> Verdict:
    """Security defaults ask the same of everybody; with policies of one's own they are off."""
    said, defaults = _defaults(answers)
    if defaults:
        return Verdict(PASS, (said,))
    found = _any(answers, good)
    return Verdict(found.status, (said, *found.evidence))


def _any(answers: Answers, good: Callable[[Policy], bool]) -> Verdict:
    enabled = list(_enabled(answers))
    found = [policy for policy in enabled if good(policy)]
    if not found:
        return Verdict(FAIL, (f"{_POLICIES}: enabled={len(enabled)}, as asked=0",))
    return Verdict(PASS, tuple(map(_said, found)))


def _said(policy: Policy) -> str:
    users = policy["conditions"]["users"]
    left = ", ".join(f"{name}={len(_listed(users, name))}" for name in _EXCLUDED)
    apps = len(_listed(policy["conditions"]["applications"], "excludeApplications"))
    return f"{_POLICIES}/{policy['id']}: state=enabled, {left}, excludeApplications={apps}"


def _enabled(answers: Answers) -> Iterator[Policy]:
    return (one for one in answers.all("conditional_access") if one["state"] == "enabled")


def _listed(facts: Mapping[str, Any], name: str) -> list[str]:
    found = facts.get(name) or []
    if not isinstance(found, list):
        raise TypeError(name)
    return found


def _everybody(policy: Policy) -> bool:
    users = policy["conditions"]["users"]
    return "All" in _listed(users, "includeUsers") and _every_app(policy)


def _administrators(policy: Policy) -> bool:
    users = policy["conditions"]["users"]
    named = GLOBAL_ADMINISTRATOR in _listed(users, "includeRoles")
    left_out = GLOBAL_ADMINISTRATOR in _listed(users, "excludeRoles")
    return not left_out and (named or "All" in _listed(users, "includeUsers"))


def _every_app(policy: Policy) -> bool:
    return "All" in _listed(policy["conditions"]["applications"], "includeApplications")


def _unnarrowed(policy: Policy) -> bool:
    return not any(policy["conditions"].get(name) for name in _NARROWING)


def _wide(policy: Policy) -> bool:
    """For every app and from every client, whatever the circumstances."""
    clients = set(_listed(policy["conditions"], "clientAppTypes"))
    return _every_app(policy) and _unnarrowed(policy) and (not clients or "all" in clients)


def _controls(policy: Policy) -> set[str]:
    return set(_listed(policy.get("grantControls") or {}, "builtInControls"))


def _operator(policy: Policy) -> str:
    return str((policy.get("grantControls") or {}).get("operator") or "OR").upper()


def _strong(policy: Policy) -> bool:
    """A second factor (or an authentication strength) that nothing else can stand in for."""
    grants = policy.get("grantControls") or {}
    second = ["mfa"] if "mfa" in _controls(policy) else []
    second += ["strength"] if grants.get("authenticationStrength") else []
    others = [*(_controls(policy) - {"mfa"}), *_listed(grants, "customAuthenticationFactors"),
              *_listed(grants, "termsOfUse")]  # fmt: skip
    return bool(second) and (not others or _operator(policy) == "AND")
