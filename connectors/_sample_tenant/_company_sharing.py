"""Permissions as Graph v1.0 returns them: links of every scope, people, groups, guests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from connectors._sample_tenant._company_keys import draw, guid, token
from connectors._sample_tenant._model import User
from connectors._sample_tenant._words import SHAREPOINT

Permission = dict[str, Any]

PRIVATE, INTERNAL, EXTERNAL, PUBLIC = "private", "internal", "external", "public"
FUTURE = datetime(2036, 3, 31, 14, 59, 59, tzinfo=UTC)
PAST = datetime(2025, 12, 31, 14, 59, 59, tzinfo=UTC)
BY_GROUP = PRIVATE
"""What a grant to a group of unknown size means: its members count as named."""


class Sharing:
    """Makes permissions; each call with the same key gives the same ids."""

    def __init__(self, seed: int, users: Sequence[User]) -> None:
        """Know the directory, so that grants carry the ids of its users."""
        self._seed = seed
        self._users = {user.mail: user for user in users}

    def _id(self, *key: object) -> str:
        return token(draw(self._seed, "permission", *key), 40)

    def _person(self, address: str) -> dict[str, Any]:
        user = self._users.get(address)
        if user is None:  # an outsider who never signed in: a mail address is all there is
            login = f"i:0#.f|membership|urn%3aspo%3aguest#{address}"
            name = {"displayName": address, "email": address}
            return {"user": dict(name), "siteUser": {"id": "41", "loginName": login, **name}}
        login = f"i:0#.f|membership|{user.upn.lower()}"
        name = {"displayName": user.display_name, "email": user.mail}
        return {
            "user": {"id": user.id, **name},
            "siteUser": {"id": "12", "loginName": login, **name},
        }

    def owner(self, address: str) -> Permission:
        """The owner of a OneDrive."""
        return {
            "id": self._id("owner", address),
            "roles": ["owner"],
            "grantedToV2": self._person(address),
        }

    def direct(self, address: str, role: str = "read") -> Permission:
        """A person, a member or a guest, named directly."""
        return {
            "id": self._id("direct", address, role),
            "roles": [role],
            "grantedToV2": self._person(address),
        }

    def group(self, name: str, role: str = "read") -> Permission:
        """A directory group."""
        identity = guid(draw(self._seed, "group", name))
        login = f"c:0o.c|federateddirectoryclaimprovider|{identity}"
        return {
            "id": self._id("group", name, role),
            "roles": [role],
            "grantedToV2": {
                "group": {"id": identity, "displayName": name},
                "siteUser": {"id": "15", "loginName": login, "displayName": name},
            },
        }

    def site_groups(self, site: str) -> tuple[Permission, ...]:
        """Owners, members and visitors of a site: on everything in its libraries."""
        kinds = (("3", "所有者", "owner"), ("5", "メンバー", "write"), ("4", "閲覧者", "read"))
        return tuple(
            {
                "id": self._id("site-group", site, kind),
                "roles": [role],
                "grantedToV2": {
                    "siteGroup": {
                        "id": number,
                        "displayName": f"{site} {kind}",
                        "loginName": f"{site} {kind}",
                    }
                },
            }
            for number, kind, role in kinds
        )

    def link(
        self,
        scope: str,
        *key: object,
        kind: str = "view",
        people: Sequence[str] = (),
        expires: datetime | None = None,
        password: bool = False,
        download: bool = True,
    ) -> Permission:
        """A sharing link: scope anonymous, organization or users."""
        identity = self._id("link", scope, kind, *key)
        found: Permission = {
            "id": guid(draw(self._seed, "link", scope, kind, *key)),
            "roles": ["write" if kind == "edit" else "read"],
            "shareId": f"u!{identity}",
            "hasPassword": password,
            "grantedToIdentitiesV2": [self._person(address) for address in people],
            "link": {
                "scope": scope,
                "type": kind,
                "webUrl": f"https://{SHAREPOINT}/:x:/s/{identity[:32]}",
                "preventsDownload": not download,
            },
        }
        if expires is not None:
            found["expirationDateTime"] = f"{expires:%Y-%m-%dT%H:%M:%SZ}"
        return found
