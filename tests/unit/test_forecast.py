"""What an audit is said to take: the arithmetic, and the words of ``doctor``."""

from __future__ import annotations

from itertools import pairwise

import pytest

from auditor.bounds import Machine, hours_of
from auditor.forecast import LATER, Forecast, Outlook, outlook
from auditor.loads import SHAPES, load_of
from auditor.locales import LANGUAGES
from auditor.quotas import QUOTAS, TIERS, tier_of
from auditor.terminal.estimates import binds, estimates, span

MACHINE = Machine(cores=4)


def found(
    places: dict[str, int], counted: dict[str, int] | None = None, members: int | None = None
) -> Outlook:
    return outlook(places, counted or {}, members, MACHINE)


def one(source: str, places: int, items: int = 0, members: int | None = None) -> Forecast:
    counted = {source: items} if items else {}
    (forecast,) = found({source: places}, counted, members).sources
    return forecast


def test_mail_is_listed_by_the_hundred_and_one_in_five_is_read_whole() -> None:
    mail = one("mail", 100)
    assert (mail.items, mail.counted) == (1_000_000, False)
    assert (mail.first.lists, mail.first.reads) == (10_000 + 100 * 17, 200_000)
    assert (mail.first.asks, mail.first.units) == (0, 0)


def test_drives_use_up_units_by_the_minute_and_the_day() -> None:
    small = one("sharepoint", 10, members=900)
    units = 2 * (100_000 / 500 + 10) + 100_000 + 5 * 2_000
    assert small.first.units == units
    assert small.binds == "minute"
    # The budget of a minute is gone at once, and that of the last is not waited for.
    assert small.hours == pytest.approx(units / 1_250 / 60, rel=0.02)
    large = one("onedrive", 10, 5_000_000, 900)
    units = large.first.units
    days, rest = divmod(units, 1_200_000)
    assert large.binds == "day"
    assert large.hours == pytest.approx(days * 24 + rest / 1_250 / 60, rel=0.02)


def test_sharepoint_and_onedrive_share_one_budget() -> None:
    both = found({"sharepoint": 100, "onedrive": 500}, members=900)
    apart = [f.first.units for f in both.sources]
    assert both.runs[0].units == sum(apart)
    assert both.runs[0].hours > max(f.hours for f in both.sources)


def test_later_runs_ask_what_changed_and_who_can_reach_findings() -> None:
    drives = one("onedrive", 100, 200_000)
    assert LATER == (0.0, 0.01)
    same, some = drives.later
    assert (same.lists, same.reads, same.asks) == (100, 0, 4_000)
    assert same.units == 100 + 5 * 4_000
    assert (some.lists, some.reads) == (100 + 2_000 // 500, 2_000)
    blobs = one("blob", 10, 1_000_000)
    assert blobs.later[0].lists == blobs.first.lists  # storage has no delta
    assert blobs.later[0].reads == 0


@pytest.mark.parametrize("source", SHAPES)
def test_more_of_a_source_never_takes_less(source: str) -> None:
    hours = [one(source, places).hours for places in (8, 80, 800, 8_000)]
    assert all(less < more for less, more in pairwise(hours))


def test_each_bound_of_this_side_can_decide() -> None:
    load = {"blob": load_of("blob", 80, 800_000)}
    slow = {
        "line": Machine(line=1e5, cores=64, byte=0.0),
        "cpu": Machine(byte=1e-3),
        "reads": Machine(byte=0.0, line=1e15, item=0.0, cores=1_000),
    }
    for name, machine in slow.items():
        assert hours_of(load, TIERS[0], machine)[1] == name
    teams = {"teams": load_of("teams", 1_000, 2_000_000)}
    assert hours_of(teams, TIERS[0], Machine(item=0.0, cores=1_000))[1] == "places"


def test_what_nobody_bounds_or_has_is_not_forecast() -> None:
    empty = found({"mail": 0, "folder": 3})
    assert empty.sources == ()
    assert [run.requests for run in empty.runs] == [0, 0, 0]
    assert found({"sharepoint": 1}).tier == TIERS[0]  # the smallest, where nobody knows
    assert tier_of(200_000) == TIERS[-1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_bound_has_words(lang: str) -> None:
    for tier in TIERS:
        for name in (*QUOTAS, "minute", "day", "places", "reads", "line", "cpu"):
            assert "{" not in binds(name, tier, MACHINE, lang)
    assert "1,250" in binds("minute", TIERS[0], MACHINE, lang)
    assert "6,250" in binds("minute", TIERS[-1], MACHINE, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_doctor_says_the_numbers_of_the_model(lang: str) -> None:
    model = found({"mail": 900, "onedrive": 900}, {"mail": 4_000_000}, 900)
    said = "\n".join(estimates(model, lang))
    for forecast in model.sources:
        assert f"{forecast.first.requests:,}" in said
    for run in model.runs:
        assert f"{run.requests:,}" in said
        assert f"{run.units:,}" in said
    assert "4,000,000" in said


def test_a_span_is_no_more_precise_than_an_estimate() -> None:
    hours = (0.001, 0.5, 30.4, 100.0)
    said = [span(some, "en") for some in hours]
    assert said == ["less than a minute", "30 minutes", "30 hours", "4 days"]
