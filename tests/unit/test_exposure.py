"""Exposure is a pure judgement: every rule once, and the laws that hold for all grants."""

import inspect
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.exposure import LARGE_GROUP, LEVELS, RULES, judge
from auditor.locales import LANGUAGES, has_word
from connectors import Grant, Reach, Via, _exposures, _service_reach
from connectors._account_facts import AccountFacts

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
EARLIER = NOW - timedelta(days=7)
RANK = ["private", "internal", "external", "public"]

grants = st.builds(
    Grant,
    st.sampled_from(Reach),
    st.sampled_from(Via),
    st.sampled_from(["", "a@sample-shoji.example", "人事部"]),
    st.none() | st.integers(0, 500),
    st.none() | st.sampled_from([EARLIER, LATER]),
    st.booleans(),
)


KEYS = "account keys and shared access signatures"
FIREWALLED = "container payroll, behind the account's firewall"

CASES = [
    (Grant(Reach.ANYONE, Via.CONTAINER), "public", "public_container"),
    (Grant(Reach.ANYONE, Via.LINK), "public", "anyone_link"),
    (Grant(Reach.ANYONE, Via.LINK), "public", "link_without_expiry"),
    (Grant(Reach.ANYONE, Via.LINK, password=True), "public", "link_with_password"),
    (Grant(Reach.ANYONE, Via.DIRECT), "public", "anyone"),
    (Grant(Reach.EXTERNAL, Via.RECIPIENT), "external", "external_recipient"),
    (Grant(Reach.EXTERNAL, Via.DIRECT), "external", "external_person"),
    (Grant(Reach.GUEST, Via.DIRECT), "external", "guest"),
    (Grant(Reach.ORGANISATION, Via.LINK), "internal", "organisation_link"),
    (Grant(Reach.ORGANISATION, Via.GROUP), "internal", "organisation"),
    (Grant(Reach.NAMED, Via.GROUP, people=LARGE_GROUP), "internal", "large_group"),
    (Grant(Reach.NAMED, Via.GROUP, people=3), "private", "group"),
    (Grant(Reach.NAMED, Via.RECIPIENT), "private", "internal_recipient"),
    (Grant(Reach.NAMED, Via.ROLE), "private", "data_role"),
    (Grant(Reach.NAMED, Via.DIRECT), "private", "named"),
    (Grant(Reach.OWNER, Via.DIRECT), "private", "owner_only"),
    (Grant(Reach.GUEST, Via.FORWARD), "external", "forwarded_outside"),
    (Grant(Reach.EXTERNAL, Via.FORWARD), "external", "forwarded_outside"),
    (Grant(Reach.EXTERNAL, Via.ROLE), "external", "external_role"),
    (Grant(Reach.ORGANISATION, Via.CONTAINER, FIREWALLED), "internal", "networks"),
    (Grant(Reach.ORGANISATION, Via.LINK, FIREWALLED), "internal", "networks"),
    (Grant(Reach.ORGANISATION, Via.CONTAINER), "internal", "default_permission"),
    (Grant(Reach.ORGANISATION, Via.ROLE, people=90), "internal", "wide_role"),
    (Grant(Reach.LARGE_GROUP, Via.ROLE, people=30), "internal", "wide_role"),
    (Grant(Reach.NAMED, Via.GROUP), "private", "group_uncounted"),
    (Grant(Reach.NAMED, Via.ROLE, KEYS), "private", "account_keys"),
    (Grant(Reach.NAMED, Via.FORWARD), "private", "forwarded"),
]


@pytest.mark.parametrize(("grant", "level", "reason"), CASES)
def test_each_rule_says_its_level_and_reason(grant: Grant, level: str, reason: str) -> None:
    """One grant alone gives the level of its reach and the reason of its rule."""
    exposure = judge([grant], NOW)
    assert exposure.level == level
    assert reason in exposure.reasons


def test_every_rule_has_its_case() -> None:
    """No rule goes untried."""
    assert {reason for _, _, reason in CASES} == {rule.code for rule in RULES}


@given(grants)
def test_every_grant_has_a_reason(grant: Grant) -> None:
    """Whatever a connector says, there are words for it."""
    assert judge([grant], NOW).reasons


@pytest.mark.parametrize("module", [_exposures, _service_reach])
def test_what_the_storage_connectors_say_is_understood(module: Any) -> None:
    """The two rules that look at words find them where the connectors write them."""
    source = inspect.getsource(module)
    assert source.count("behind the account's firewall\"") == 1
    assert 'f"account keys and ' in source
    policy = ET.fromstring("<S><Id>a</Id></S>")
    closed = AccountFacts(id="a", name="a", default_action="Deny")
    assert judge([module._policy(policy, closed)], NOW).reasons == ("networks",)


def test_the_same_principal_counts_once_by_whatever_path() -> None:
    """A group that is named twice, a person that is named twice."""
    group = Grant(Reach.NAMED, Via.GROUP, "payroll", 5)
    guests = Grant(Reach.GUEST, Via.GROUP, "payroll", 1)
    person = Grant(Reach.NAMED, Via.DIRECT, "A@sample-shoji.example", 1)
    again = Grant(Reach.OWNER, Via.INHERITED, "a@sample-shoji.example", 1)
    assert judge([group, group, guests, person, again], NOW).people == 7
    one = Grant(Reach.NAMED, Via.GROUP, "payroll", 1)
    assert judge([one, guests], NOW).people == 2
    assert judge([Grant(Reach.NAMED, Via.DIRECT, "", 1)] * 2, NOW).people == 2


def test_an_expired_link_reaches_nobody() -> None:
    """A link whose time is over no longer counts, and that is said."""
    exposure = judge([Grant(Reach.ANYONE, Via.LINK, expires=EARLIER)], NOW)
    assert (exposure.level, exposure.reasons) == ("private", ("link_expired",))


@pytest.mark.parametrize("answer", [None, []])
def test_unknown_grants_never_read_as_private(answer: list[Grant] | None) -> None:
    """No answer and an empty answer are unknown."""
    assert judge(answer, NOW).level == "unknown"


@given(st.lists(grants, min_size=1, max_size=8), grants)
def test_adding_a_grant_never_lowers_exposure(held: list[Grant], more: Grant) -> None:
    """Exposure is monotonous in the set of grants."""
    assert RANK.index(judge([*held, more], NOW).level) >= RANK.index(judge(held, NOW).level)


@given(st.lists(grants, min_size=1, max_size=8))
def test_the_level_is_that_of_the_farthest_living_grant(held: list[Grant]) -> None:
    """An independent reading of the same grants gives the same level."""
    alive = [g for g in held if not (g.expires and g.expires <= NOW)]
    levels = [LEVELS[g.reach] for g in alive]
    levels += ["internal" for g in alive if g.via is Via.GROUP and (g.people or 0) >= LARGE_GROUP]
    expected = max(levels, key=RANK.index) if levels else "private"
    assert judge(held, NOW).level == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_has_words(lang: str) -> None:
    """A report can say every code in both languages."""
    codes = [rule.code for rule in RULES] + ["grants_unknown", "link_expired"]
    assert [c for c in codes if not has_word(f"exposure.reasons.{c}", lang)] == []
    assert [c for c in codes if not has_word(f"exposure.fixes.{c}", lang)] == []
