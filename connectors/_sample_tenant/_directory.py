"""Graph's directory: ``/organization``, ``/domains``, ``/users``, ``mailboxSettings``.

Not imitated: directory roles, groups, delta, licences' names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from connectors._sample_tenant._model import User
from connectors._sample_tenant._policies import held
from connectors._sample_tenant._policies_data import policies_of
from connectors._sample_tenant._query import count, link, options, select
from connectors._sample_tenant._roles import Role, allowed, require
from connectors._sample_tenant._state import State
from connectors._sample_tenant._types import BASIC_USER
from connectors._sample_tenant._wire import Answer, Call, data, refuse

_SKU = "05e9a617-a0fb-4d1b-8c1d-f6e0acb2d9aa"
_CREATED = datetime(2019, 4, 1, 1, 0, tzinfo=UTC)
_USER_DEFAULTS = (
    "businessPhones displayName givenName jobTitle mail mobilePhone officeLocation "
    "preferredLanguage surname userPrincipalName id"
).split()
_USER: dict[str, Callable[[User], Any]] = {
    "id": lambda u: u.id,
    "userPrincipalName": lambda u: u.upn,
    "mail": lambda u: u.mail or None,
    "displayName": lambda u: u.display_name,
    "userType": lambda u: u.user_type,
    "accountEnabled": lambda u: u.enabled,
    "assignedLicenses": lambda u: (
        [{"disabledPlans": [], "skuId": _SKU}] if u.purpose == "user" and u.enabled else []
    ),
    "businessPhones": lambda _: [],
    "createdDateTime": lambda _: _CREATED,
    "creationType": lambda u: "Invitation" if u.user_type == "Guest" else None,
    "externalUserState": lambda u: "Accepted" if u.user_type == "Guest" else None,
    "imAddresses": lambda _: [],
    "mailNickname": lambda u: u.upn.partition("@")[0],
    "otherMails": lambda u: [u.mail] if u.user_type == "Guest" and u.mail else [],
    "proxyAddresses": lambda u: [f"SMTP:{u.mail}"] if u.mail else [],
}
_LISTS = frozenset(
    "assignedPlans identities interests licenseAssignmentStates onPremisesProvisioningErrors "
    "pastProjects provisionedPlans responsibilities schools serviceProvisioningErrors "
    "skills".split()
)
_REPORT = 600
"""Seconds that the link to a report is good for."""
_ACTIVITY = "signInActivity"
_UNIT = {"x-ms-resource-unit": "1"}


class Directory:
    """Answers about people and domains."""

    def __init__(self, state: State, base: str, downloads: str) -> None:
        """``base`` is the URL of v1.0, ``downloads`` the origin of the download host."""
        self._downloads = downloads
        self._state = state
        self._base = base
        self._listed = list(state.world.users)

    def rules(self, call: Call) -> Answer:
        """GET mailFolders/inbox/messageRules."""
        options(call, ())
        require(call, Role.SETTINGS)
        user = mailbox_owner(self._state, call)
        values = [
            {
                "id": f"AQAAAJ5dZq{at}=",
                "displayName": "転送",
                "sequence": at + 1,
                "isEnabled": True,
                "hasError": False,
                "isReadOnly": False,
                "actions": {
                    "forwardTo": [{"emailAddress": {"name": address, "address": address}}],
                    "stopProcessingRules": True,
                },
            }
            for at, address in enumerate(user.forwards)
        ]
        context = f"{self._base}/$metadata#users('{user.id}')/mailFolders('inbox')/messageRules"
        return data({"@odata.context": context, "value": values})

    def mailbox_usage(self, call: Call) -> Answer:
        """GET /reports/getMailboxUsageDetail: a redirect to a CSV."""
        require(call, Role.REPORTS)
        key = self._state.seal("report", "mailboxes", "", int(time.time() + _REPORT))
        return Answer(302, b"", {"location": f"{self._downloads}/reports/mailbox.csv?token={key}"})

    def organization(self, call: Call) -> Answer:
        """GET /organization."""
        options(call, ("$select",))
        require(call, Role.ORGANIZATION)
        chosen = select(call, "organization")
        world = self._state.world
        names = {"capabilities": "Email, OfficeCommunicationsOnline", "type": "Managed"}
        whole: dict[str, Any] = {
            "id": world.tenant_id,
            "deletedDateTime": None,
            "businessPhones": ["03-5550-0100"],
            "city": "千代田区",
            "countryLetterCode": policies_of(self._state).country,
            "createdDateTime": _CREATED,
            "displayName": world.name,
            "preferredLanguage": "ja",
            "tenantType": "AAD",
            "technicalNotificationMails": [],
            "verifiedDomains": [
                {**names, "name": world.domain, "isDefault": True, "isInitial": False},
                {**names, "name": self._initial, "isDefault": False, "isInitial": True},
            ],
        }
        value = {name: whole.get(name) for name in chosen} if chosen else whole
        return self._collection("organization", [value], chosen)

    @property
    def _initial(self) -> str:
        return f"{self._state.world.domain.split('.')[0]}.onmicrosoft.com"

    def domains(self, call: Call) -> Answer:
        """GET /domains."""
        options(call, ("$select",))
        require(call, Role.DOMAIN)
        chosen = select(call, "domain")
        domain = self._state.world.domain
        values = []
        for name, default in ((domain, True), (self._initial, False)):
            whole: dict[str, Any] = {
                "authenticationType": "Managed",
                "availabilityStatus": None,
                "id": name,
                "isAdminManaged": True,
                "isDefault": default,
                "isInitial": not default,
                "isRoot": True,
                "isVerified": True,
                "manufacturer": None,
                "model": None,
                "passwordNotificationWindowInDays": 14,
                "passwordValidityPeriodInDays": 2147483647,
                "state": None,
                "supportedServices": ["Email", "OfficeCommunicationsOnline"],
            }
            values.append({n: whole[n] for n in chosen} if chosen else whole)
        return self._collection("domains", values, chosen)

    def users(self, call: Call) -> Answer:
        """GET /users: ``$top`` up to 999, then ``$skiptoken``."""
        options(call, ("$select", "$top", "$skiptoken"))
        require(call, Role.USER)
        chosen = self._chosen(call)
        top = count(call, "$top", 100, 999, "Request_UnsupportedQuery")
        start = 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self._state.open(token)
            if parts is None or parts[0] != "users":
                raise refuse(
                    400, "Directory_ExpiredPageToken", "The specified page token has expired."
                )
            start = parts[1]
        page = self._listed[start : start + top]
        extra = {}
        if start + top < len(self._listed):
            following = {**call.query, "$skiptoken": self._state.seal("users", start + top)}
            extra["@odata.nextLink"] = link(f"{self._base}/users", following)
        values = [self._told(one, chosen) for one in page]
        return self._collection("users", values, chosen, extra)

    def user(self, call: Call) -> Answer:
        """GET /users/{id}."""
        options(call, ("$select",))
        require(call, Role.USER)
        chosen = self._chosen(call)
        found = self._state.users.get(call.segments[1].lower())
        if found is None:
            raise refuse(
                404,
                "Request_ResourceNotFound",
                "Resource does not exist or one of its queried reference-property objects are "
                "not present.",
            )
        context = f"{self._base}/$metadata#users/$entity"
        return data({"@odata.context": context, **self._told(found, chosen)}, headers=_UNIT)

    def settings(self, call: Call) -> Answer:
        """GET /users/{id}/mailboxSettings, or one of its properties."""
        options(call, ("$select",))
        require(call, Role.SETTINGS)
        user = mailbox_owner(self._state, call)
        whole: dict[str, Any] = {
            "timeZone": "Tokyo Standard Time",
            "dateFormat": "yyyy/MM/dd",
            "timeFormat": "H:mm",
            "userPurpose": user.purpose,
            "language": {"locale": "ja-JP", "displayName": "日本語 (日本)"},
        }
        context = f"{self._base}/$metadata#users('{user.id}')/mailboxSettings"
        if len(call.segments) > 3:
            name = call.segments[3]
            if name not in whole:
                raise refuse(400, "BadRequest", f"Resource not found for the segment '{name}'.")
            return data({"@odata.context": f"{context}/{name}", "value": whole[name]})
        chosen = select(call, "mailboxSettings") or tuple(whole)
        return data({"@odata.context": context, **{name: whole.get(name) for name in chosen}})

    def _told(self, user: User, chosen: tuple[str, ...]) -> dict[str, Any]:
        found = _user(user, chosen)
        if _ACTIVITY in found:
            found[_ACTIVITY] = held(self._state).activity.get(user.id)
        return found

    def _chosen(self, call: Call) -> tuple[str, ...]:
        chosen = select(call, "user")
        if _ACTIVITY in chosen:
            require(call, Role.AUDIT_LOG)
            if not held(self._state).premium:
                raise refuse(
                    403,
                    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                    "Neither tenant is B2C or tenant doesn't have premium license",
                )
        if not allowed(call, Role.USER_DETAIL) and not BASIC_USER.issuperset(chosen):
            raise refuse(
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.",
            )
        return chosen

    def _collection(
        self,
        name: str,
        values: list[dict[str, Any]],
        chosen: tuple[str, ...],
        extra: dict[str, str] | None = None,
    ) -> Answer:
        shape = f"({','.join(chosen)})" if chosen else ""
        context = f"{self._base}/$metadata#{name}{shape}"
        return data({"@odata.context": context, **(extra or {}), "value": values}, headers=_UNIT)


def _user(user: User, chosen: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in chosen or _USER_DEFAULTS:
        getter = _USER.get(name)
        if getter is not None:
            found[name] = getter(user)
        else:
            found[name] = [] if name in _LISTS else None
    return found


def mailbox_owner(state: State, call: Call) -> User:
    """The user of a mail call; refuses unknown ones, those without a mailbox, and denied ones."""
    name = call.segments[1]
    user = state.users.get(name.lower())
    if user is None:
        raise refuse(404, "ErrorInvalidUser", f"The requested user '{name[:80]}' is invalid.")
    if not user.purpose:
        raise refuse(
            404,
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
        )
    if user.denied:
        raise refuse(
            403,
            "ErrorAccessDenied",
            "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly "
            "AccessPolicy settings.",
        )
    return user


def usage_report(users: Iterable[User]) -> bytes:
    """The CSV of mailboxes, as the usage report writes it."""
    lines = ["Report Refresh Date,User Principal Name,Display Name,Is Deleted,Has Archive"]
    lines += [
        f"2026-04-30,{one.upn},{one.display_name},False,{one.archive}"
        for one in users
        if one.purpose
    ]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
