"""Equal files are read once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from auditor.model import Finding, Outcome, Scan, State
from auditor.twins import Twins, likeness
from connectors import Item, Partition

PLACE = Partition("sharepoint", "d", "人事部 › 共有", "t")
FOUND = Finding("", ("line 1",), "individual_number", "high", 1, 1, ("check_passes",))


def _item(name: str, digest: str = "quickxor:a:9", path: str = "") -> Item:
    return Item(PLACE, f"{path}/{name}", name, "1", path=path, digest=digest)


def _key(item: Item) -> bytes | None:
    like = likeness(item)
    return None if like is None else repr(like).encode()


class Reader:
    """Reads, slowly, and counts."""

    def __init__(self, state: State = State.COMPLETE) -> None:
        self.read: list[str] = []
        self._state = state

    async def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        await asyncio.sleep(0.01)
        self.read += [item.name for item in items]
        return [Outcome(i, self._state, Scan(self._state, (FOUND,), bytes_read=9)) for i in items]


async def test_of_equal_files_one_is_read() -> None:
    twins, reader = Twins(_key, lambda _: {}), Reader()
    first, second = await asyncio.gather(
        twins.work([_item("a.txt"), _item("b.txt"), _item("c.txt", "")], reader),
        twins.work([_item("a.txt", path="別"), _item("d.txt", "quickxor:b:9")], reader),
    )
    later = await twins.work([_item("e.txt")], reader)
    assert sorted(reader.read) == ["a.txt", "c.txt", "d.txt"]
    assert [o.item.name for o in (*first, *second, *later)] == [
        "a.txt", "b.txt", "c.txt", "a.txt", "d.txt", "e.txt",
    ]  # fmt: skip
    assert {len(o.scan.findings) for o in (*first, *second, *later) if o.scan} == {1}
    assert later[0].scan is not None
    assert later[0].scan.bytes_read == 0


async def test_names_that_say_something_else_have_no_twin() -> None:
    twins, reader = Twins(_key, lambda _: {}), Reader()
    names = [
        "メモ.txt",
        "マイナンバー一覧.txt",
        "送り状番号.txt",
        "メモ.csv",
        "memo 2026-04-01 12-30-59.txt",
    ]
    await twins.work([_item(name) for name in names], reader)
    assert sorted(reader.read) == sorted(names)


async def test_what_was_not_wholly_read_stands_for_nothing() -> None:
    twins, reader = Twins(_key, lambda _: {}), Reader(State.PARTIAL)
    await twins.work([_item("a.txt"), _item("b.txt")], reader)
    assert sorted(reader.read) == ["a.txt", "b.txt"]


async def test_a_fault_leaves_nobody_waiting() -> None:
    async def broken(items: Sequence[Item]) -> list[Outcome]:
        await asyncio.sleep(0.01)
        raise RuntimeError(str(len(items)))

    twins, reader = Twins(_key, lambda _: {}), Reader()
    results = await asyncio.gather(
        twins.work([_item("a.txt")], broken),
        twins.work([_item("b.txt")], reader),
        return_exceptions=True,
    )
    assert isinstance(results[0], RuntimeError)
    assert reader.read == ["b.txt"]


async def test_results_of_earlier_runs_are_recalled() -> None:
    key = _key(_item("a.txt"))
    assert key is not None
    twins, reader = (
        Twins(_key, lambda keys: {k: Scan(State.COMPLETE, (FOUND,)) for k in keys}),
        Reader(),
    )
    (outcome,) = await twins.work([replace(_item("b.txt"), path="x")], reader)
    assert (reader.read, outcome.state, twins.recalled) == ([], State.COMPLETE, 1)
