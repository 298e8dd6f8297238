"""Permissions of Graph, as documented, become grants."""

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors import Grant, Reach, Via
from connectors._permissions import Directory, of_permission, of_recipients, when

INSIDE = Directory(frozenset({"sample-shoji.example"}), frozenset({"partner@other.example"}))


def user(email: str, **more: Any) -> dict[str, Any]:
    """A sharePointIdentitySet of one person."""
    return {"user": {"email": email, "displayName": "x"}, **more}


@pytest.mark.parametrize(
    ("permission", "reach", "via"),
    [
        ({"link": {"scope": "anonymous", "type": "view"}}, Reach.ANYONE, Via.LINK),
        ({"link": {"scope": "organization", "type": "edit"}}, Reach.ORGANISATION, Via.LINK),
        (
            {
                "link": {"scope": "users", "type": "view"},
                "grantedToIdentitiesV2": [user("tanaka@sample-shoji.example")],
            },
            Reach.NAMED,
            Via.LINK,
        ),
        (
            {
                "link": {"scope": "users"},
                "grantedToIdentitiesV2": [user("someone@elsewhere.example")],
            },
            Reach.EXTERNAL,
            Via.LINK,
        ),
        ({"link": {"scope": "users"}}, Reach.NAMED, Via.LINK),
        ({"link": {"scope": "everyoneInTheUniverse"}}, Reach.ANYONE, Via.LINK),
        (
            {"roles": ["read"], "grantedToV2": user("partner@other.example")},
            Reach.GUEST,
            Via.DIRECT,
        ),
        (
            {"roles": ["read"], "grantedToV2": user("a_b.example#EXT#@sample-shoji.example")},
            Reach.GUEST,
            Via.DIRECT,
        ),
        (
            {"roles": ["owner"], "grantedToV2": user("sato@sample-shoji.example")},
            Reach.OWNER,
            Via.DIRECT,
        ),
        (
            {"roles": ["write"], "grantedToV2": {"group": {"displayName": "人事部"}}},
            Reach.NAMED,
            Via.GROUP,
        ),
        (
            {
                "roles": ["read"],
                "grantedToV2": {"siteUser": {"loginName": "c:0(.s|true", "displayName": "全員"}},
            },
            Reach.GUEST,
            Via.GROUP,
        ),
        (
            {
                "roles": ["read"],
                "grantedToV2": {
                    "siteUser": {"loginName": "c:0-.f|rolemanager|spo-grid-all-users/tenant"}
                },
            },
            Reach.ORGANISATION,
            Via.GROUP,
        ),
        (
            {"roles": ["read"], "grantedToV2": {"siteGroup": {"displayName": "閲覧者"}}},
            Reach.NAMED,
            Via.GROUP,
        ),
        (
            {"roles": ["read"], "invitation": {"email": "new@elsewhere.example"}},
            Reach.EXTERNAL,
            Via.DIRECT,
        ),
        ({"roles": ["read"]}, Reach.NAMED, Via.DIRECT),
        (
            {
                "roles": ["read"],
                "inheritedFrom": {"id": "x"},
                "grantedToV2": user("tanaka@sample-shoji.example"),
            },
            Reach.NAMED,
            Via.INHERITED,
        ),
        (
            {"roles": ["read"], "grantedToV2": {"application": {"displayName": "backup"}}},
            Reach.NAMED,
            Via.ROLE,
        ),
        (
            {
                "roles": ["owner"],
                "grantedToV2": {
                    "siteUser": {
                        "loginName": "i:0#.f|membership|x_else.example#ext#@sample-shoji.example"
                    }
                },
            },
            Reach.GUEST,
            Via.DIRECT,
        ),
        (
            {
                "roles": ["read"],
                "grantedToV2": {
                    "siteUser": {"loginName": "i:0#.f|membership|sato@sample-shoji.example"}
                },
            },
            Reach.NAMED,
            Via.DIRECT,
        ),
        ({"grantedTo": user("old@elsewhere.example")}, Reach.EXTERNAL, Via.DIRECT),
        (
            {"link": {"scope": "users"}, "grantedToIdentities": [user("o@elsewhere.example")]},
            Reach.EXTERNAL,
            Via.LINK,
        ),
        ({"link": {"type": "view"}}, Reach.ANYONE, Via.LINK),
        ({"link": {"scope": "existingAccess"}}, Reach.NAMED, Via.LINK),
    ],
)
def test_reach_and_via(permission: dict[str, Any], reach: Reach, via: Via) -> None:
    """Each kind of permission says how far it reaches and by which path."""
    assert [(g.reach, g.via) for g in of_permission(permission, INSIDE)] == [(reach, via)]


def test_a_link_keeps_its_expiry_and_password() -> None:
    """They decide later whether the link still counts."""
    permission = {
        "link": {"scope": "anonymous", "type": "view"},
        "expirationDateTime": "2026-05-01T00:00:00Z",
        "hasPassword": True,
    }
    (grant,) = of_permission(permission, INSIDE)
    assert grant.expires == datetime(2026, 5, 1, tzinfo=UTC)
    assert grant.password


def test_year_one_means_no_expiry() -> None:
    """SharePoint writes the first day of the calendar for a link that never ends."""
    assert when("0001-01-01T00:00:00Z") is None


def test_recipients_count_once_and_by_domain() -> None:
    """A subdomain of ours is ours; a stranger is external; a guest is a guest."""
    grants = of_recipients(
        ["A@sub.sample-shoji.example", "a@sub.sample-shoji.example", "b@else.example", "no-at"],
        INSIDE,
    )
    assert grants == [
        Grant(Reach.NAMED, Via.RECIPIENT, "a@sub.sample-shoji.example", 1),
        Grant(Reach.EXTERNAL, Via.RECIPIENT, "b@else.example", 1),
    ]


def test_a_domain_that_only_ends_alike_is_foreign() -> None:
    """notsample-shoji.example is not ours."""
    assert INSIDE.reach_of("a@notsample-shoji.example") is Reach.EXTERNAL


def test_without_domains_everybody_counts_as_outside() -> None:
    """What cannot be told is never read as private."""
    assert Directory().reach_of("a@sample-shoji.example") is Reach.EXTERNAL


@pytest.mark.parametrize("written", ["2026-01-05T01:02:03.1234567Z", "2026-01-05T01:02:03.123456"])
def test_every_time_names_its_offset(written: str) -> None:
    """Times are compared with each other: one that names no offset is UTC."""
    assert when(written) == datetime(2026, 1, 5, 1, 2, 3, 123456, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, "", 7, "soon", "2026-13-01T00:00:00Z"])
def test_a_time_that_is_none(value: object) -> None:
    """Absent or nonsense."""
    assert when(value) is None


def test_nothing_known_is_never_nobody() -> None:
    """Whatever the service leaves out, somebody is there."""
    for permission in ({}, {"link": {}}, {"grantedToV2": {}}, {"grantedToV2": {"device": {}}}):
        assert of_permission(permission, INSIDE)
