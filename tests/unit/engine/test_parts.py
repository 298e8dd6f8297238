"""An item of several parts, one of which cannot be had."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from auditor.executor import Local
from auditor.model import Limits, State
from connectors import Body, Broken, Denied, Item, Partition
from tests.benchmarks.pipe import NoScan

ITEM = Item(Partition("mail", "p", "p", "t"), "i", "i", "v")


def part(name: str, error: Exception | None = None) -> Body:
    async def reader(_offset: int, _length: int | None) -> AsyncIterator[bytes]:
        if error is not None:
            raise error
        yield name.encode()

    return Body(name, "text/plain", None, None, reader, part=name)


class Parts:
    """A source whose items have these parts."""

    def __init__(self, *parts: Body) -> None:
        self.parts = parts

    async def read(self, _item: Item) -> AsyncIterator[Body]:
        for one in self.parts:
            yield one


async def _read(*parts: Body) -> Any:
    (outcome,) = await Local(NoScan(), Limits()).work(Parts(*parts), [ITEM])  # type: ignore[arg-type]
    return outcome


async def test_a_part_that_fails_takes_no_other_with_it() -> None:
    outcome = await _read(part("one", Broken("cut")), part("two"), part("three", Denied("no")))
    assert outcome.state is State.PARTIAL
    assert [(gap.part, gap.reason) for gap in outcome.scan.gaps] == [
        ("one", "service_error"),
        ("three", "permission_denied"),
    ]
    assert outcome.scan.bytes_read == len("two")


@pytest.mark.parametrize("before", [(), (part("zero"),)])
async def test_a_service_that_asks_to_wait_is_not_asked_for_the_rest(
    before: tuple[Body, ...],
) -> None:
    asked = Broken("wait", reason="throttled")
    outcome = await _read(*before, part("one", asked), part("two", AssertionError("asked")))
    assert [(gap.part, gap.reason) for gap in outcome.scan.gaps] == [("one", "throttled")]
    assert outcome.state is (State.PARTIAL if before else State.FAILED)
