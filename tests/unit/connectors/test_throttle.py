"""Waiting when the service says so."""

import asyncio
import itertools
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from connectors import Broken
from connectors._model import METER, Meter
from connectors._throttle import Gate, Gates, Patience, backoff, retry_after

NOON = "Tue, 24 Nov 2026 12:00:00 GMT"
LATER = "Tue, 24 Nov 2026 12:01:00 GMT"


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"retry-after": "7"}, 7, 7),
        ({"retry-after": "1.5"}, 1.5, 1.5),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "30"}, 30, 30),
        ({"retry-after": "5", "ratelimit-remaining": "0", "ratelimit-reset": "9"}, 9, 9),
        ({"retry-after": LATER, "date": NOON}, 60, 60),
        ({"retry-after": NOON, "date": LATER}, 0, 0),
        ({"retry-after": "-3"}, 0, 0),
        ({"retry-after": "nan", "ratelimit-remaining": "0", "ratelimit-reset": "4"}, 4, 4),
    ],
)
def test_the_longest_wait_asked_for_counts(
    headers: dict[str, str], low: float, high: float
) -> None:
    """Seconds, HTTP dates and RateLimit-Reset are understood; the longest wins."""
    wait = retry_after(headers)
    assert wait is not None
    assert low <= wait <= high


def test_a_date_without_a_date_of_the_answer_counts_from_now() -> None:
    """The clock here has to do."""
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    wait = retry_after({"retry-after": until})
    assert wait is not None
    assert 50 < wait <= 60


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"retry-after": "soon"},
        {"retry-after": "inf"},
        {"retry-after": "Tue, 99 Nov 2026"},
        {"ratelimit-remaining": "5", "ratelimit-reset": "30"},
    ],
)
def test_no_wait_asked_for(headers: dict[str, str]) -> None:
    """Absent or unreadable: the caller backs off by itself."""
    assert retry_after(headers) is None


def test_a_pause_holds_everybody_of_the_scope_and_nobody_else() -> None:
    """A 429 in one mailbox stops that mailbox, not the neighbour."""

    async def run() -> tuple[float, float, float]:
        gates = Gates()
        meter = Meter()
        METER.set(meter)
        gates.of("mail:a").pause(0.3)

        async def enter(scope: str) -> float:
            started = time.monotonic()
            async with gates.of(scope).enter():
                return time.monotonic() - started

        a, b = await asyncio.gather(enter("mail:a"), enter("mail:b"))
        return a, b, meter.throttled

    waited, free, counted = asyncio.run(run())
    assert waited >= 0.29
    assert free < waited
    assert counted == pytest.approx(0.3, abs=0.1)


def test_patience_ends_as_throttled() -> None:
    """Asked to wait for longer than we would, the request ends with the reason."""
    patience = Patience(seconds=100)
    gate = Gates().of("sharepoint")
    with pytest.raises(Broken) as caught:
        patience.throttled(gate, {"retry-after": "400"})
    assert caught.value.reason == "throttled"


def test_faults_are_tried_a_bounded_number_of_times() -> None:
    """The last fault is raised as it came."""

    async def run() -> int:
        patience = Patience(attempts=3)
        for tries in range(1, 10):
            try:
                await patience.fault(Broken("HTTP 503"))
            except Broken:
                return tries
        return 0

    assert asyncio.run(run()) == 3


async def test_after_a_pause_one_goes_ahead_and_the_others_follow() -> None:
    """Only when the service has answered the one."""
    gate = Gate(4)
    gate.pause(0.05)
    inside: list[int] = []
    answered = asyncio.Event()

    async def caller(number: int) -> None:
        async with gate.enter():
            inside.append(number)
            await answered.wait()
            gate.passed()

    work = [asyncio.create_task(caller(n)) for n in range(8)]
    await asyncio.sleep(0.1)
    assert len(inside) == 1
    answered.set()
    await asyncio.gather(*work)
    assert len(inside) == 8


async def test_the_one_that_fails_lets_another_go_ahead() -> None:
    """A fault is no answer; the scope does not wait for ever."""
    gate = Gate(4)
    gate.pause(0)
    tried: list[int] = []

    async def caller(number: int) -> None:
        async with gate.enter():
            tried.append(number)
            if number:
                gate.passed()
            else:
                raise ConnectionError

    failed, *rest = await asyncio.gather(*map(caller, range(5)), return_exceptions=True)
    assert isinstance(failed, ConnectionError)
    assert rest == [None] * 4
    assert sorted(tried) == [0, 1, 2, 3, 4]


async def test_answers_that_were_under_way_do_not_end_a_pause() -> None:
    """They were asked before the service said wait."""
    gate = Gate(4)
    async with gate.enter():
        gate.pause(0.2)
        gate.passed()
        began = time.monotonic()
    async with gate.enter():
        assert time.monotonic() - began >= 0.19


async def test_a_scope_that_is_shut_for_too_long_turns_everybody_away_but_one() -> None:
    """Waiting has an end for the scope, not only for each request; asking goes on, one a pause."""
    gate = Gate(4, patience=0.05)
    gate.pause(60)
    with pytest.raises(Broken) as caught:
        async with gate.enter():
            pass
    assert caught.value.reason == "throttled"
    gate = Gate(4, patience=0.05)
    gate.pause(0.04)
    async with gate.enter():
        await asyncio.sleep(0.06)
        gate.pause(0.03)  # refused again
    with pytest.raises(Broken):
        async with gate.enter():
            pass
    await asyncio.sleep(0.04)
    async with gate.enter():
        gate.passed()
    async with gate.enter():
        pass


def test_a_request_that_is_refused_for_ever_is_tried_a_bounded_number_of_times() -> None:
    """Also where the service says to come back at once: our own time grows then."""
    for headers in ({}, {"retry-after": "0"}, {"retry-after": "1"}):
        patience, gate = Patience(), Gate(1)

        def refused(patience: Patience = patience, headers: dict[str, str] = headers) -> bool:
            try:
                patience.throttled(gate, headers)  # noqa: B023 — called in this turn only
            except Broken:
                return False
            return True

        tries = sum(itertools.takewhile(bool, (refused() for _ in range(1000))))
        assert 10 < tries <= 70


def test_a_batch_waits_as_long_as_its_slowest_part_asks() -> None:
    """And its patience pays once, not once a part."""
    patience, gate = Patience(seconds=100), Gate(1)
    patience.throttled(gate, *({"retry-after": str(n)} for n in range(60)))
    left = gate._paused_until - time.monotonic()
    assert 58 < left <= 59


def test_our_own_waits_grow_and_stay_finite() -> None:
    """Half of each by chance."""
    assert 0.25 <= backoff(0) <= 0.5
    assert 32 <= backoff(10_000) <= 64


async def test_what_is_left_of_a_limit_is_spread_over_its_time() -> None:
    """From four fifths on; ten requests in half a second, one after the other."""
    gate = Gate(8)
    gate.heed({"ratelimit-limit": "100", "ratelimit-remaining": "10", "ratelimit-reset": "0.5"})

    async def once() -> float:
        async with gate.enter():
            return time.monotonic()

    began = time.monotonic()
    entered = sorted(await asyncio.gather(*(once() for _ in range(6))))
    assert entered[-1] - began >= 0.24
    assert all(later - earlier >= 0.04 for earlier, later in itertools.pairwise(entered))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"ratelimit-limit": "100", "ratelimit-remaining": "60", "ratelimit-reset": "30"},
        {"ratelimit-remaining": "nonsense", "ratelimit-reset": "30"},
        {"ratelimit-remaining": "1", "ratelimit-reset": "0"},
    ],
)
async def test_with_plenty_left_nobody_waits(
    headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def waited(seconds: float) -> None:
        raise AssertionError(seconds)

    monkeypatch.setattr("connectors._throttle._sleep", waited)
    gate = Gate(8)
    gate.heed(headers)
    for _ in range(3):
        async with gate.enter():
            pass
