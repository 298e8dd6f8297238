"""Who holds a role of the directory, and how.

Roles are known by their template, which is the same in every tenant; the privileged ones are
those of Microsoft's reference that can read or open up what a company keeps, Graph v1.0 has no
mark of it. Members of a group that holds a role are not among the answers: such groups are told,
and a count that they could change is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from auditor.controls._check import FAIL, NOT_ASSESSED, PASS, Answers, Verdict
from auditor.controls._settings import switch, valued

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
PRIVILEGED = frozenset(
    {
        GLOBAL_ADMINISTRATOR,
        "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",  # Application Administrator
        "c4e39bd9-1100-46d3-8c65-fb160da0071f",  # Authentication Administrator
        "158c047a-c907-4556-b7ef-446551a6b5f7",  # Cloud Application Administrator
        "17315797-102d-40b4-93e0-432062caca18",  # Compliance Administrator
        "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",  # Conditional Access Administrator
        "9360feb5-f418-4baa-8175-e2a00bac4301",  # Directory Writers
        "29232cdf-9323-42fd-ade2-1d097af3e4de",  # Exchange Administrator
        "729827e3-9c14-49f7-bb1b-9608f156bbb8",  # Helpdesk Administrator
        "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2",  # Hybrid Identity Administrator
        "3a2c62db-5318-420d-8d74-23affee5d9d5",  # Intune Administrator
        "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",  # Privileged Authentication Administrator
        "e8611ab8-c189-46e8-94e1-60213ab1f814",  # Privileged Role Administrator
        "194ae4cb-b126-40b2-bd5b-6091b380977d",  # Security Administrator
        "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",  # SharePoint Administrator
        "69091246-20e8-4a56-aa4d-066075b2a7a8",  # Teams Administrator
        "fe930be7-5e62-47db-91af-98c3a49a38b1",  # User Administrator
    }
)
_ASSIGNMENTS = "roleManagement/directory/roleAssignments"
_FEWEST, _MOST = 2, 5
_STANDING = 2
"""Accounts for emergencies, which have to hold their role all the time."""
_STALE = timedelta(days=90)
_USER, _GROUP, _APP = (f"#microsoft.graph.{kind}" for kind in ("user", "group", "servicePrincipal"))


@dataclass(frozen=True, slots=True)
class Holder:
    """A principal with the templates of its roles."""

    facts: Mapping[str, Any] = field(repr=False)
    roles: frozenset[str]

    @property
    def kind(self) -> str:
        """Its type, as Graph names it."""
        return str(self.facts["@odata.type"])

    @property
    def privileged(self) -> bool:
        """One of its roles is."""
        return not PRIVILEGED.isdisjoint(self.roles)


def holders(answers: Answers) -> list[Holder]:
    """Everything that holds a role, once. Raises as judges may."""
    templates = _templates(answers)
    roles: dict[str, set[str]] = {}
    facts: dict[str, Mapping[str, Any]] = {}
    for one in answers.all("role_assignments"):
        principal = one["principal"]
        identity = str(one["principalId"])
        facts[identity] = {"id": identity, **principal}
        roles.setdefault(identity, set()).add(_template(str(one["roleDefinitionId"]), templates))
    return [Holder(facts[name], frozenset(found)) for name, found in roles.items()]


def _templates(answers: Answers) -> Mapping[str, str]:
    """Id of a role → its template; custom roles have none of Microsoft's."""
    return {
        str(one["id"]).lower(): str(one.get("templateId") or one["id"]).lower()
        for one in answers.all("role_definitions")
    }


def _template(role: str, templates: Mapping[str, str]) -> str:
    return templates.get(role.lower(), role.lower())


# -------------------------------------------------------------------------------------- judgements


def global_administrators(answers: Answers) -> Verdict:
    """Two to five of them."""
    found = [one for one in holders(answers) if GLOBAL_ADMINISTRATOR in one.roles]
    users, groups = _of(found, _USER), _of(found, _GROUP)
    evidence = (f"{_ASSIGNMENTS}: Global Administrator: users={len(users)}, groups={len(groups)}",)
    if len(users) > _MOST:
        return Verdict(FAIL, evidence)
    if groups:
        return Verdict(NOT_ASSESSED, (*evidence, "members of these groups were not read"))
    return Verdict(PASS if len(users) >= _FEWEST else FAIL, evidence)


def guests(answers: Answers) -> Verdict:
    """No guest holds a role."""
    return _none(holders(answers), _USER, "userType=Guest", is_guest)


def apps(answers: Answers) -> Verdict:
    """No app holds a privileged role."""
    found = [one for one in holders(answers) if one.privileged]
    return _none(found, _APP, "servicePrincipals with a privileged role", lambda _: True)


def synced(answers: Answers) -> Verdict:
    """No account of the local directory holds a privileged role."""
    found = [one for one in holders(answers) if one.privileged]
    return _none(found, _USER, "onPremisesSyncEnabled=true", _is_synced)


def disabled(answers: Answers) -> Verdict:
    """No account that is switched off still holds a role."""
    return _none(holders(answers), _USER, "accountEnabled=false", _is_disabled)


def standing(answers: Answers) -> Verdict:
    """Privileged roles are taken when needed; all but two accounts hold theirs for a time."""
    templates = _templates(answers)
    lasting = {
        str(one["principalId"])
        for one in answers.all("role_schedules")
        if str(one["assignmentType"]).lower() == "assigned"
        and one.get("endDateTime") is None
        and _template(str(one["roleDefinitionId"]), templates) in PRIVILEGED
    }
    eligible = {str(one["principalId"]) for one in answers.all("role_eligibilities")}
    evidence = f"{_ASSIGNMENTS}: privileged without end={len(lasting)}, eligible={len(eligible)}"
    return Verdict(PASS if len(lasting) <= _STANDING else FAIL, (evidence,))


def multifactor(answers: Answers) -> Verdict:
    """Every administrator has registered a second factor."""
    found = answers.all("registered_methods")
    if not found:
        raise ValueError("no administrator in the report")
    without = sum(one["isMfaRegistered"] is not True for one in found)
    where = "reports/authenticationMethods/userRegistrationDetails"
    evidence = f"{where}: isAdmin=true: {len(found)}, isMfaRegistered=false: {without}"
    return Verdict(FAIL if without else PASS, (evidence,))


def stale(answers: Answers, *, now: datetime | None = None) -> Verdict:
    """Every administrator's account that is switched on was used within 90 days."""
    limit = (now or datetime.now(UTC)) - _STALE
    users = {str(one["id"]): one for one in answers.all("user_activity")}
    found = holders(answers)
    members = [str(one.facts["id"]) for one in _of(found, _USER)]
    seen = [users[name] for name in members if name in users]
    active = [one for one in seen if switch(one, "accountEnabled")]
    old = sum(not _used_since(one, limit) for one in active)
    evidence = f"users: administrators={len(active)}, not signed in for 90 days={old}"
    missing = len(members) - len(seen)
    left = f"administrators not listed={missing}" if missing else ""
    return _counted(old, evidence, _unread(found) or left)


def _used_since(user: Mapping[str, Any], limit: datetime) -> bool:
    """Whether an account signed in; one that never did has no activity."""
    activity = user.get("signInActivity") or {}
    names = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime")
    return any(moment(activity[name]) >= limit for name in names if activity.get(name))


def moment(text: Any) -> datetime:
    """A moment of Graph's. Raises ValueError where it is none."""
    found = datetime.fromisoformat(str(text))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# ------------------------------------------------------------------------------------------ counts


def is_guest(user: Mapping[str, Any]) -> bool:
    """Whether a user is one. Raises KeyError or ValueError where nothing tells."""
    if user.get("userType"):
        return str(user["userType"]).lower() == "guest"
    return "#ext#" in str(valued(user, "userPrincipalName")).lower()


def _is_synced(user: Mapping[str, Any]) -> bool:
    """Null says that it never came from the local directory; absent says nothing.

    Of somebody whom the app may not read, everything but the id is null: that says nothing either.
    """
    switch(user, "accountEnabled")
    return user["onPremisesSyncEnabled"] is True


def _is_disabled(user: Mapping[str, Any]) -> bool:
    return not switch(user, "accountEnabled")


def _of(found: Iterable[Holder], kind: str) -> list[Holder]:
    return [one for one in found if one.kind == kind]


def _none(
    found: Sequence[Holder], kind: str, what: str, bad: Callable[[Mapping[str, Any]], bool]
) -> Verdict:
    ones = _of(found, kind)
    some = sum(bad(one.facts) for one in ones)
    return _counted(some, f"{_ASSIGNMENTS}: {what}: {some} of {len(ones)}", _unread(found))


def _unread(found: Iterable[Holder]) -> str:
    """Groups hide who holds their roles."""
    groups = _of(found, _GROUP)
    return f"groups with roles={len(groups)}: members were not read" if groups else ""


def _counted(bad: int, evidence: str, left: str) -> Verdict:
    """A count that what is ``left`` could raise is a failure already, or open."""
    if bad:
        return Verdict(FAIL, (evidence,))
    if left:
        return Verdict(NOT_ASSESSED, (evidence, left))
    return Verdict(PASS, (evidence,))
