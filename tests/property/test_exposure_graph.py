"""Reach and numbers against a brute-force walk over random permission graphs.

A world has people inside, guests and people outside, groups that hold people and groups (cycles
too), permissions on an item and on what lies above it, and links. Its permissions go the
connectors' own way (``of_permission``) and are judged; the walk asks of every single person whether
a path leads from the item to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditor.exposure import LARGE_GROUP, LEVELS, judge
from connectors import Grant, Reach
from connectors._permissions import Crowd, Directory, of_permission

NOW = datetime(2026, 4, 1, tzinfo=UTC)
HOME = "sample-shoji.example"
INSIDE = [f"person{n}@{HOME}" for n in range(40)]
GUESTS = [f"guest{n}@partner.example" for n in range(4)]
OUTSIDE = [f"other{n}@outside.example" for n in range(3)]
GROUPS = [f"group{n}" for n in range(5)]

members = st.frozensets(st.sampled_from([*INSIDE, *GUESTS, *GROUPS]), max_size=40)
ends = st.none() | st.sampled_from([NOW - timedelta(days=1), NOW + timedelta(days=1)])


@dataclass(frozen=True)
class Edge:
    """A permission: somebody, or the scope of a link, reaches the item; or what is above it."""

    to: tuple[str, ...]
    scope: str = ""
    inherited: bool = False
    expires: datetime | None = None

    @property
    def alive(self) -> bool:
        return self.expires is None or self.expires > NOW


someone = st.sampled_from([*INSIDE[:6], *GUESTS, *OUTSIDE, *GROUPS])
edges = st.one_of(
    st.builds(Edge, st.tuples(someone), inherited=st.booleans()),
    st.builds(
        Edge,
        st.lists(someone, min_size=1, max_size=3, unique=True).map(tuple),
        st.just("users"),
        expires=ends,
    ),
    st.builds(Edge, st.just(()), st.sampled_from(["anonymous", "organization"]), expires=ends),
)
people_only = st.builds(Edge, st.tuples(st.sampled_from([*INSIDE, *GUESTS, *OUTSIDE])))
worlds = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(GROUPS, members)),
    st.lists(edges, min_size=1, max_size=6),
)


# — the connectors' way ————————————————————————————————————————————————————————————————————————


def identity(who: str) -> dict[str, Any]:
    if who in GROUPS:
        return {"group": {"id": who, "displayName": who}}
    return {"user": {"displayName": who.partition("@")[0], "email": who}}


def permission(edge: Edge) -> dict[str, Any]:
    said: dict[str, Any] = {"roles": ["read"]}
    if edge.inherited:
        said["inheritedFrom"] = {"id": "above"}
    if not edge.scope:
        return said | {"grantedToV2": identity(edge.to[0])}
    said |= {"link": {"scope": edge.scope, "type": "view"}}
    said |= {"grantedToIdentitiesV2": [identity(who) for who in edge.to]}
    return said | ({"expirationDateTime": edge.expires.isoformat()} if edge.expires else {})


def grants(groups: Mapping[str, frozenset[str]], held: Sequence[Edge]) -> list[Grant]:
    crowds = {name: set(walk(name, groups)) for name in groups}
    directory = Directory(
        [HOME],
        GUESTS,
        {name: Crowd(len(some), len(some & set(GUESTS))) for name, some in crowds.items()},
    )
    return [grant for edge in held for grant in of_permission(permission(edge), directory)]


# — the walk ———————————————————————————————————————————————————————————————————————————————————


def walk(start: str, groups: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Every person behind a principal, once."""
    seen, left = {start}, [start]
    while left:
        here = left.pop()
        if here not in groups:
            yield here
        for one in groups.get(here, ()):
            if one not in seen:
                seen.add(one)
                left.append(one)


def reached(groups: Mapping[str, frozenset[str]], held: Sequence[Edge]) -> set[str]:
    """People to whom a living path leads, by name."""
    alive = [edge for edge in held if edge.alive]
    return {one for edge in alive for who in edge.to for one in walk(who, groups)}


def farthest(groups: Mapping[str, frozenset[str]], held: Sequence[Edge]) -> str:
    """The level, from who is reached; nobody at all is the owner alone."""
    scopes = {edge.scope for edge in held if edge.alive}
    who = reached(groups, held)
    if "anonymous" in scopes:
        return "public"
    if who & {*GUESTS, *OUTSIDE}:
        return "external"
    named = {one for edge in held if edge.alive for one in edge.to if one in groups}
    crowded = any(len(set(walk(name, groups))) >= LARGE_GROUP for name in named)
    return "internal" if "organization" in scopes or crowded else "private"


# — laws ———————————————————————————————————————————————————————————————————————————————————————


@given(worlds)
def test_the_level_is_that_of_the_farthest_person_reached(world: Any) -> None:
    assert judge(grants(*world), NOW).level == farthest(*world)


@given(worlds)
def test_no_more_people_are_reached_than_is_said(world: Any) -> None:
    groups, held = world
    people = judge(grants(*world), NOW).people
    wide = any(edge.alive and not edge.to for edge in held)
    if wide or not any(edge.alive for edge in held):
        assert people is None
    else:
        assert people is not None
        assert people >= len(reached(groups, held))


@given(worlds)
def test_what_is_counted_twice_is_only_who_is_behind_several_groups(world: Any) -> None:
    """The bound is at most the sum of the principals named, each once."""
    groups, held = world
    people = judge(grants(*world), NOW).people
    named = {who for edge in held if edge.alive for who in edge.to}
    if people is not None:
        assert people <= sum(len(set(walk(who, groups))) for who in named)


@given(st.lists(people_only, min_size=1, max_size=12))
def test_of_people_alone_the_number_is_exact(held: list[Edge]) -> None:
    empty = dict.fromkeys(GROUPS, frozenset[str]())
    assert judge(grants(empty, held), NOW).people == len(reached(empty, held))


@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_permissions_does_not_matter(world: Any, chance: Any) -> None:
    found = grants(*world)
    mixed = list(found)
    chance.shuffle(mixed)
    assert judge(mixed, NOW) == judge(found, NOW)


@given(worlds, edges)
def test_one_more_permission_never_lowers_level_reach_or_people(world: Any, more: Edge) -> None:
    groups, held = world
    before, after = (judge(grants(groups, some), NOW) for some in (held, [*held, more]))
    ranks = ["private", "internal", "external", "public"]
    assert ranks.index(after.level) >= ranks.index(before.level)
    assert Reach[after.reach.upper()] >= Reach[before.reach.upper()]
    if before.people is not None and after.people is not None:
        assert after.people >= before.people


def test_every_level_can_come_out_of_a_world() -> None:
    empty = dict.fromkeys(GROUPS, frozenset[str]())
    full = {**empty, GROUPS[0]: frozenset(INSIDE)}
    found = [
        farthest(empty, [Edge((INSIDE[0],))]),
        farthest(full, [Edge((GROUPS[0],))]),
        farthest(empty, [Edge((OUTSIDE[0],))]),
        farthest(empty, [Edge((), "anonymous")]),
    ]
    assert found == ["private", "internal", "external", "public"]
    assert set(found) == set(LEVELS.values())
