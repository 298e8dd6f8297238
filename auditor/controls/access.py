"""Access control: who may come in from outside, and how far sharing may go."""

from __future__ import annotations

from auditor.controls._check import FAIL, PASS, Answers, Check, Verdict, told

_RESTRICTED_GUEST = "2af84b1e-32c8-42b7-82bc-daa82404023b"
"""Role template of guests that see only themselves."""
_GUEST = "10dae51f-b6af-4016-8d66-8c2a99b929b3"
"""Role template of guests with limited access, Microsoft's default."""
_AUTHORIZATION = "policies/authorizationPolicy"
_SHAREPOINT = "admin/sharepoint/settings"


def _verdict(*, good: bool, evidence: str) -> Verdict:
    return Verdict(PASS if good else FAIL, (evidence,))


def _invitations(answers: Answers) -> Verdict:
    policy = answers.one("authorization_policy")
    good = policy["allowInvitesFrom"] in {"none", "adminsAndGuestInviters"}
    return _verdict(good=good, evidence=told(_AUTHORIZATION, policy, "allowInvitesFrom"))


def _guest_role(answers: Answers) -> Verdict:
    policy = answers.one("authorization_policy")
    good = str(policy["guestUserRoleId"]).lower() in {_RESTRICTED_GUEST, _GUEST}
    return _verdict(good=good, evidence=told(_AUTHORIZATION, policy, "guestUserRoleId"))


def _anonymous_links(answers: Answers) -> Verdict:
    settings = answers.one("sharepoint_settings")
    good = settings["sharingCapability"] != "externalUserAndGuestSharing"
    return _verdict(good=good, evidence=told(_SHAREPOINT, settings, "sharingCapability"))


CHECKS = (
    Check("access.guest_invitations", ("F-a",), ("authorization_policy",), _invitations),
    Check("access.guest_role", ("F-a",), ("authorization_policy",), _guest_role),
    Check("access.anonymous_links", ("F-a", "F-d"), ("sharepoint_settings",), _anonymous_links),
)
