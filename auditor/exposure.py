"""Grants and dates → Exposure: a pure judgement on who can reach an item.

Every rule is a line of :data:`RULES` with a code that the catalogue has words for
(``exposure.reasons.<code>``). Adding a grant never lowers the result; a question that failed is
``unknown``, never ``private``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from auditor.model import Exposure
from connectors import Grant, Reach, Via

LARGE_GROUP = 25
"""A named group of this many principals or more counts as a large one."""

LEVELS = {
    Reach.OWNER: "private",
    Reach.NAMED: "private",
    Reach.LARGE_GROUP: "internal",
    Reach.ORGANISATION: "internal",
    Reach.GUEST: "external",
    Reach.EXTERNAL: "external",
    Reach.ANYONE: "public",
}
UNKNOWN = Exposure("unknown", "", None, ("grants_unknown",))

_OTHER_OUTSIDE = frozenset({Via.RECIPIENT, Via.FORWARD, Via.ROLE})
_OTHER_INSIDE = frozenset({Via.CONTAINER, Via.LINK, Via.ROLE})
_WIDE = frozenset({Reach.LARGE_GROUP, Reach.ORGANISATION})
_NAMED_BY = frozenset({Via.DIRECT, Via.LINK, Via.INHERITED, Via.CONTAINER})
_KEYS = "account keys"
_FIREWALL = "behind the account's firewall"
"""How the storage connectors begin and end the words for two of their facts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A code that is given as reason when ``holds`` for a grant."""

    code: str
    holds: Callable[[Grant], bool]


RULES = (
    Rule("public_container", lambda g: g.reach is Reach.ANYONE and g.via is Via.CONTAINER),
    Rule("anyone_link", lambda g: g.reach is Reach.ANYONE and g.via is Via.LINK),
    Rule("anyone", lambda g: g.reach is Reach.ANYONE and g.via not in {Via.CONTAINER, Via.LINK}),
    Rule("link_without_expiry", lambda g: g.reach is Reach.ANYONE and _open_ended(g)),
    Rule("link_with_password", lambda g: g.reach is Reach.ANYONE and g.password),
    Rule("forwarded_outside", lambda g: g.reach >= Reach.GUEST and g.via is Via.FORWARD),
    Rule("external_recipient", lambda g: g.reach is Reach.EXTERNAL and g.via is Via.RECIPIENT),
    Rule("external_role", lambda g: g.reach is Reach.EXTERNAL and g.via is Via.ROLE),
    Rule("external_person", lambda g: g.reach is Reach.EXTERNAL and g.via not in _OTHER_OUTSIDE),
    Rule("guest", lambda g: g.reach is Reach.GUEST and g.via is not Via.FORWARD),
    Rule("networks", lambda g: g.reach is Reach.ORGANISATION and _firewalled(g)),
    Rule("default_permission", lambda g: _inside(g, Via.CONTAINER) and not _firewalled(g)),
    Rule("organisation_link", lambda g: _inside(g, Via.LINK) and not _firewalled(g)),
    Rule("wide_role", lambda g: g.reach in _WIDE and g.via is Via.ROLE),
    Rule("organisation", lambda g: g.reach is Reach.ORGANISATION and g.via not in _OTHER_INSIDE),
    Rule("large_group", lambda g: g.reach is Reach.LARGE_GROUP and g.via is not Via.ROLE),
    Rule("group", lambda g: _named(g, Via.GROUP)),
    Rule("group_uncounted", lambda g: _named(g, Via.GROUP) and g.people is None),
    Rule("internal_recipient", lambda g: _named(g, Via.RECIPIENT)),
    Rule("account_keys", lambda g: _named(g, Via.ROLE) and g.who.startswith(_KEYS)),
    Rule("data_role", lambda g: _named(g, Via.ROLE) and not g.who.startswith(_KEYS)),
    Rule("forwarded", lambda g: _named(g, Via.FORWARD)),
    Rule("named", lambda g: g.reach is Reach.NAMED and g.via in _NAMED_BY),
    Rule("owner_only", lambda g: g.reach is Reach.OWNER),
)


def judge(grants: Sequence[Grant] | None, now: datetime) -> Exposure:
    """The exposure of an item with these grants; ``None`` or nobody at all is unknown."""
    alive = [_widened(g) for g in grants or () if g.expires is None or g.expires > now]
    if not alive:
        return UNKNOWN if not grants else Exposure("private", "owner", None, ("link_expired",))
    reach = max(g.reach for g in alive)
    level = LEVELS[reach]
    told = [g for g in alive if LEVELS[g.reach] == level]
    reasons = tuple(rule.code for rule in RULES if any(rule.holds(g) for g in told))
    return Exposure(level, reach.word, _people(alive), reasons)


def _widened(grant: Grant) -> Grant:
    """A named group with many people in it reaches farther than a few colleagues."""
    large = grant.via is Via.GROUP and (grant.people or 0) >= LARGE_GROUP
    if large and grant.reach < Reach.LARGE_GROUP:
        return Grant(
            Reach.LARGE_GROUP, grant.via, grant.who, grant.people, grant.expires, grant.password
        )
    return grant


def _people(grants: Sequence[Grant]) -> int | None:
    """No more principals than this can open it, where every grant says how many; else None.

    The same person or group named again, by whatever path, counts once. Who is in two groups, or
    named and in a group, counts twice: grants do not say who is in a group. Exact for persons.
    """
    if any(g.people is None for g in grants):
        return None
    told = {_principal(g): g.people or 0 for g in grants if g.who}
    return sum(told.values()) + sum(g.people or 0 for g in grants if not g.who)


def _principal(grant: Grant) -> tuple[str, int | None, Reach | None]:
    """What tells principals apart: a group is split by how far its people are, a person is not."""
    person = grant.people == 1 and grant.via is not Via.GROUP
    return grant.who.lower(), grant.people, None if person else grant.reach


def _named(grant: Grant, via: Via) -> bool:
    return grant.reach is Reach.NAMED and grant.via is via


def _inside(grant: Grant, via: Via) -> bool:
    return grant.reach is Reach.ORGANISATION and grant.via is via


def _firewalled(grant: Grant) -> bool:
    """Open without signing in, but only from networks that the firewall lets in."""
    return grant.who.endswith(_FIREWALL)


def _open_ended(grant: Grant) -> bool:
    return grant.via is Via.LINK and grant.expires is None
