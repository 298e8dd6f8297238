"""Pages and objects, whoever sends the requests."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import Broken
from connectors._odata import collection, whole

PAGES: dict[str, dict[str, Any]] = {
    "": {"value": [1], "@odata.nextLink": "a"},
    "a": {"value": [], "@odata.nextLink": "b"},
    "b": {"value": [2]},
}


async def walked(pages: dict[str, dict[str, Any]], forbidden: str = "") -> list[Any]:
    async def page(link: str) -> dict[str, Any]:
        return pages[link]

    def check(link: str) -> None:
        if link == forbidden:
            raise Broken("another host")

    return [value async for one in collection(page, check) for value in one["value"]]


async def test_empty_pages_go_on() -> None:
    assert await walked(PAGES) == [1, 2]


@pytest.mark.parametrize(
    "pages",
    [
        PAGES | {"b": {"value": [2], "@odata.nextLink": "a"}},
        PAGES | {"b": {"values": [2]}},
        PAGES | {"b": {"value": {}}},
    ],
)
async def test_circles_and_what_is_no_collection_are_faults(pages: dict[str, Any]) -> None:
    with pytest.raises(Broken):
        await walked(pages)


async def test_a_link_that_must_not_be_followed() -> None:
    with pytest.raises(Broken):
        await walked(PAGES, forbidden="b")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [([b'{"a": 1}'], {"a": 1}), ([b"<html>", b'{"a": 1}'], {"a": 1}), ([b"[1]", b"{"], None)],
)
async def test_an_answer_that_is_no_object_is_asked_for_once_more(
    answers: list[bytes], expected: dict[str, int] | None
) -> None:
    left = iter(answers)

    async def fetch() -> bytes:
        return next(left)

    if expected is None:
        with pytest.raises(Broken):
            await whole(fetch)
    else:
        assert await whole(fetch) == expected
