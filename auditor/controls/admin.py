"""Administrator access: who holds roles, how safely, and what apps may do on their own."""

from __future__ import annotations

from auditor.controls import _apps, _roles
from auditor.controls._check import FAIL, PASS, Answers, Check, Verdict
from auditor.controls._settings import on, valued

_HOLDERS = ("role_definitions", "role_assignments")
_SCHEDULES = ("role_definitions", "role_schedules", "role_eligibilities")
_GRANTS = ("graph_roles", "graph_grants", "own_grants")
_NEVER = 2_147_483_647
"""Days for which a password is good, as the service writes that it does not expire."""


def _passwords(answers: Answers) -> Verdict:
    """Passwords of this tenant's own domains do not expire; forced changes make weak ones."""
    found = [
        one
        for one in answers.all("domains")
        if one["isVerified"] and one["authenticationType"] == "Managed"
    ]
    if not found:
        raise ValueError("no domain whose passwords are kept here")
    days = [int(valued(one, "passwordValidityPeriodInDays")) for one in found]
    bad = sum(one < _NEVER for one in days)
    evidence = f"domains: passwordValidityPeriodInDays: least={min(days)}, expiring={bad}"
    return Verdict(FAIL if bad else PASS, (evidence,))


def _partners(answers: Answers) -> Verdict:
    """Service providers come into the tenant by rights that its own role list does not show."""
    found = sum(one.get("isServiceProvider") is True for one in answers.all("partners"))
    evidence = f"policies/crossTenantAccessPolicy/partners: isServiceProvider=true: {found}"
    return Verdict(FAIL if found else PASS, (evidence,))


CHECKS = (
    Check("admin.global_administrators", ("C-a", "F-a"), _HOLDERS, _roles.global_administrators),
    Check("admin.guest_roles", ("F-a",), _HOLDERS, _roles.guests),
    Check("admin.app_roles", ("F-a",), _HOLDERS, _roles.apps),
    Check("admin.synced_roles", ("F-b", "F-c"), _HOLDERS, _roles.synced),
    Check("admin.disabled_roles", ("F-a",), _HOLDERS, _roles.disabled),
    Check("admin.standing_roles", ("F-a",), _SCHEDULES, _roles.standing),
    Check("admin.multifactor", ("F-b",), ("registered_methods",), _roles.multifactor),
    Check("admin.stale", ("F-a", "F-b"), (*_HOLDERS, "user_activity"), _roles.stale),
    Check("admin.password_expiry", ("F-b",), ("domains",), _passwords),
    Check("admin.app_data", ("F-a",), _GRANTS, _apps.data),
    Check("admin.app_control", ("F-a", "F-c"), _GRANTS, _apps.control),
    Check("admin.own_permissions", ("F-a",), ("graph_roles", "own_grants"), _apps.own),
    Check("admin.expired_credentials", ("F-b",), ("applications",), _apps.expired),
    Check("admin.lasting_secrets", ("F-b",), ("applications",), _apps.lasting),
    Check("admin.secrets", ("F-b",), ("applications",), _apps.secrets),
    Check("admin.guest_owners", ("F-a",), ("application_owners",), _apps.owners),
    Check("admin.partners", ("F-a", "D-a"), ("partners",), _partners),
    Check(
        "admin.consent_requests",
        ("F-a",),
        ("consent_requests",),
        on("consent_requests", "policies/adminConsentRequestPolicy", "isEnabled"),
    ),
    Check("admin.emergency_accounts", ("C-d", "F-b")),
    Check("admin.customer_lockbox", ("F-a",)),
    Check("admin.exchange_roles", ("F-a",)),
)
