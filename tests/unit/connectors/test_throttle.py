"""Waiting when the service says so."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from connectors import Broken
from connectors._model import METER, Meter
from connectors._throttle import Gates, Patience, retry_after


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"retry-after": "7"}, 7, 7),
        ({"retry-after": "1.5"}, 1.5, 1.5),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "30"}, 30, 30),
        ({"retry-after": "5", "ratelimit-remaining": "0", "ratelimit-reset": "9"}, 9, 9),
        (
            {"retry-after": format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)},
            50,
            61,
        ),
        ({"retry-after": "-3"}, 0, 0),
    ],
)
def test_the_longest_wait_asked_for_counts(
    headers: dict[str, str], low: float, high: float
) -> None:
    """Seconds, HTTP dates and RateLimit-Reset are understood; the longest wins."""
    wait = retry_after(headers)
    assert wait is not None
    assert low <= wait <= high


@pytest.mark.parametrize("headers", [{}, {"retry-after": "soon"}])
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
    assert free < 0.2
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
