"""What the app may do in a tenant, held against what its sources need."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors._identity import Access, origin
from connectors._model import Need

__all__ = ["Permission", "claims_of", "held_by", "permissions_of"]

_READS = re.compile(r"\.(Read|ReadBasic|Selected|SelectedOperations)(\.|$)")
_BROADER = {
    "User.Read.All": ("User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"),
    "Domain.Read.All": ("Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"),
    "Sites.Read.All": ("Sites.ReadWrite.All", "Sites.Manage.All", "Sites.FullControl.All"),
    "Files.Read.All": ("Files.ReadWrite.All",),
    "Mail.Read": ("Mail.ReadWrite",),
}
"""What opens the same, and more than an audit wants."""


@dataclass(frozen=True, slots=True)
class Permission:
    """One permission, held against what the sources need."""

    name: str
    status: str
    """granted, missing, optional (missing, and the audit gets along), asked (an Azure role, which
    only the service itself can tell), unneeded, writing (can do more than read)."""
    opens: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


async def claims_of(access: Access) -> dict[str, Any]:
    """What the token for Graph says; nobody here has to trust it. Raises Misconfigured."""
    credential = await access.credential()
    token = await credential.get_token(f"{origin(access.cloud.graph)}/.default")
    try:
        payload = token.token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, IndexError):
        return {}
    return claims if isinstance(claims, dict) else {}


def held_by(claims: Mapping[str, Any] | None) -> frozenset[str]:
    """The permissions in a token: the app's roles, or the scopes that a person consented to."""
    if not claims:
        return frozenset()
    roles = claims.get("roles") or str(claims.get("scp") or "").split()
    return frozenset(str(role) for role in roles)


def permissions_of(
    needs: Mapping[str, Iterable[Need]], held: frozenset[str]
) -> tuple[Permission, ...]:
    """Every permission needed, then what is held beyond that; the dangerous last."""
    wanted: dict[str, list[tuple[str, Need]]] = {}
    for source, some in sorted(needs.items()):
        for need in some:
            wanted.setdefault(need.permission, []).append((source, need))
    found = []
    for name, users in wanted.items():
        opens = tuple(dict.fromkeys(need.opens for _, need in users))
        names = tuple(dict.fromkeys(source for source, _ in users))
        found.append(Permission(name, _status(name, users, held), opens, names))
    rest = sorted(held - set(wanted))
    found += [Permission(name, "unneeded") for name in rest if _READS.search(name)]
    found += [Permission(name, "writing") for name in rest if not _READS.search(name)]
    return tuple(found)


def _status(name: str, users: Sequence[tuple[str, Need]], held: frozenset[str]) -> str:
    if users[0][1].service != "graph":
        return "asked"
    if name in held or held.intersection(_BROADER.get(name, ())):
        return "granted"
    return "optional" if all(need.optional for _, need in users) else "missing"
