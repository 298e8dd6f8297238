"""Graph permissions, sharing links and mail recipients → Grants: facts in one vocabulary.

Sources: Graph v1.0 resources ``permission``, ``sharingLink``, ``sharePointIdentitySet``; the claim
names of SharePoint's built-in groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from connectors._model import Grant, Reach, Via

_EVERYONE = "c:0(.s|true"
_EVERYONE_INSIDE = "spo-grid-all-users"
_GUEST_MARK = "#ext#"
_GUEST_CLAIM = "urn%3aspo%3aguest"
_NO_DATE = "0001-01-01"


@dataclass(frozen=True, slots=True)
class Crowd:
    """The users behind a group, nested groups resolved."""

    people: int
    guests: int
    """How many of the people are guests."""


@dataclass(frozen=True, slots=True)
class Directory:
    """What is known of the tenant's own people: enough to tell inside from outside."""

    domains: Collection[str] = ()
    """Verified domains, lower case."""
    guests: Collection[str] = ()
    """Addresses of guest users, lower case."""
    crowds: Mapping[str, Crowd] = field(default_factory=dict)
    """Who stands behind groups, by their ids."""

    def reach_of(self, address: str) -> Reach:
        """NAMED for the tenant's own addresses, GUEST for its guests, EXTERNAL for all others.

        Without a list of domains nobody can be told to be inside; then everybody counts as outside
        rather than unseen.
        """
        folded = address.strip().lower()
        if _GUEST_MARK in folded or _GUEST_CLAIM in folded or folded in self.guests:
            return Reach.GUEST
        domain = folded.rpartition("@")[2]
        if any(domain == d or domain.endswith("." + d) for d in self.domains):
            return Reach.NAMED
        return Reach.EXTERNAL


def when(value: object) -> datetime | None:
    """A Graph time as an aware datetime, UTC where it names no offset.

    None for absent, the year-one marker, or nonsense.
    """
    if not isinstance(value, str) or not value or value.startswith(_NO_DATE):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def of_recipients(addresses: Iterable[str], directory: Directory) -> list[Grant]:
    """A grant a recipient of a mail."""
    return [
        Grant(directory.reach_of(address), Via.RECIPIENT, address, 1)
        for address in dict.fromkeys(a.strip().lower() for a in addresses if a and "@" in a)
    ]


def of_permission(permission: Mapping[str, Any], directory: Directory) -> list[Grant]:
    """The grants of one permission of a drive item."""
    link = permission.get("link")
    if isinstance(link, dict):
        return list(_of_link(permission, link, directory))
    owner = "owner" in (permission.get("roles") or ())
    via = Via.INHERITED if permission.get("inheritedFrom") else Via.DIRECT
    people = [permission.get("grantedToV2") or permission.get("grantedTo") or {}]
    people += permission.get("grantedToIdentitiesV2") or ()
    grants = [g for p in people if p for g in _of_identity(p, via, directory, owner=owner)]
    invited = (permission.get("invitation") or {}).get("email")
    if not grants and invited:
        grants.append(Grant(directory.reach_of(invited), via, invited, 1))
    if not grants:  # somebody is there whom the service does not name: never read it as nobody
        grants.append(Grant(Reach.NAMED, via, "", None))
    return grants


def _of_link(
    permission: Mapping[str, Any], link: Mapping[str, Any], directory: Directory
) -> Iterator[Grant]:
    scope = str(link.get("scope") or "").lower()
    expires = when(permission.get("expirationDateTime"))
    password = bool(permission.get("hasPassword"))
    kind = f"{scope or 'unknown'} link ({link.get('type') or 'view'})"
    identities = [
        p
        for p in [
            *(
                permission.get("grantedToIdentitiesV2")
                or permission.get("grantedToIdentities")
                or ()
            ),
            permission.get("grantedToV2"),
        ]
        if p
    ]
    if scope == "anonymous":
        yield Grant(Reach.ANYONE, Via.LINK, kind, None, expires, password)
    elif scope == "organization":
        yield Grant(Reach.ORGANISATION, Via.LINK, kind, None, expires, password)
    elif scope in {"users", "existingaccess"}:
        if not identities:
            yield Grant(Reach.NAMED, Via.LINK, kind, None, expires, password)
        for person in identities:
            for grant in _of_identity(person, Via.LINK, directory, owner=False):
                yield Grant(grant.reach, grant.via, grant.who, grant.people, expires, password)
    else:  # a scope this version has never heard of may be as wide as any
        yield Grant(Reach.ANYONE, Via.LINK, kind, None, expires, password)


def _of_identity(
    identity: Mapping[str, Any], via: Via, directory: Directory, *, owner: bool
) -> Iterator[Grant]:
    """A sharePointIdentitySet names one person or group, often under two keys at once."""
    group = identity.get("group")
    user = identity.get("user")
    site_group = identity.get("siteGroup")
    site_user = identity.get("siteUser")
    login = str((site_user or site_group or {}).get("loginName") or "").lower()
    name = _name(group or user or site_group or site_user or {})
    if _EVERYONE in login:
        yield Grant(Reach.GUEST, Via.GROUP, "Everyone", None)
    elif _EVERYONE_INSIDE in login:
        yield Grant(Reach.ORGANISATION, Via.GROUP, "Everyone except external users", None)
    elif group:
        crowd = directory.crowds.get(str(group.get("id") or ""))
        yield Grant(Reach.NAMED, Via.GROUP, name, crowd.people - crowd.guests if crowd else None)
        if crowd and crowd.guests:
            yield Grant(Reach.GUEST, Via.GROUP, name, crowd.guests)
    elif user or site_user:
        person = {**(site_user or {}), **(user or {})}
        address = str(person.get("email") or person.get("userPrincipalName") or "")
        known = address or login.rpartition("|")[2]
        reach = directory.reach_of(known or name) if "@" in known else Reach.NAMED
        if _GUEST_MARK in login or _GUEST_CLAIM in login:
            reach = Reach.GUEST
        yield Grant(Reach.OWNER if owner and reach == Reach.NAMED else reach, via, known or name, 1)
    elif site_group:
        yield Grant(Reach.NAMED, Via.GROUP, name, None)
    elif app := identity.get("application"):
        yield Grant(Reach.NAMED, Via.ROLE, _name(app), None)


def _name(thing: Mapping[str, Any]) -> str:
    for key in ("email", "userPrincipalName", "displayName", "loginName", "id"):
        if value := thing.get(key):
            return str(value)
    return ""
