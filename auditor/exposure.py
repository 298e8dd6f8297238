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

_MAILED = frozenset({Via.RECIPIENT, Via.FORWARD})
_OTHERS_NAMED = frozenset({Via.GROUP, Via.RECIPIENT, Via.ROLE, Via.FORWARD})


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
    Rule("external_person", lambda g: g.reach is Reach.EXTERNAL and g.via not in _MAILED),
    Rule("guest", lambda g: g.reach is Reach.GUEST and g.via is not Via.FORWARD),
    Rule("organisation_link", lambda g: g.reach is Reach.ORGANISATION and g.via is Via.LINK),
    Rule("organisation", lambda g: g.reach is Reach.ORGANISATION and g.via is not Via.LINK),
    Rule("large_group", lambda g: g.reach is Reach.LARGE_GROUP),
    Rule("group", lambda g: g.reach is Reach.NAMED and g.via is Via.GROUP),
    Rule("internal_recipient", lambda g: g.reach is Reach.NAMED and g.via is Via.RECIPIENT),
    Rule("data_role", lambda g: g.reach is Reach.NAMED and g.via is Via.ROLE),
    Rule("forwarded", lambda g: g.reach is Reach.NAMED and g.via is Via.FORWARD),
    Rule("named", lambda g: g.reach is Reach.NAMED and g.via not in _OTHERS_NAMED),
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
    """How many principals, where every grant says it; one person named twice counts once."""
    if any(g.people is None for g in grants):
        return None
    single = {g.who.lower() for g in grants if g.people == 1}
    return len(single) + sum(g.people or 0 for g in grants if g.people != 1)


def _open_ended(grant: Grant) -> bool:
    return grant.via is Via.LINK and grant.expires is None
