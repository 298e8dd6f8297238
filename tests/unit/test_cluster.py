"""What travels through a cluster and how it is closed; the board; who may stay in a room."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from auditor.cluster.coordinator import Cluster, _shared_out
from auditor.cluster.room import DONE, FAULT, MISSET, NO_PROCESS
from auditor.cluster.seal import (
    Lock,
    UnsealedError,
    new_key,
    opened,
    pack,
    seal,
    seal_for,
    unpack,
)
from auditor.cluster.terms import Setup, passport
from auditor.executor import Local
from auditor.locales import LANGUAGES, has_word, words
from auditor.model import Finding, Gap, Limits, Reason, Scan, State
from auditor.settings import SettingsError, load
from auditor.worker import NoWorkerError
from connectors import Body, Denied, Item, Misconfigured, Partition
from connectors._identity import Access, Auth, Cloud, Tenant
from connectors._model import METER, Meter

PLACE = Partition("mail", "a", "b@contoso.example", "contoso.example", {"kind": "mailbox"})
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


def item(name: str, **more: Any) -> Item:
    return Item(PLACE, name, name, "v", modified=NOON, **more)


# — closed, and nouns only —————————————————————————————————————————————————————————————————————


def test_what_is_sealed_opens_with_its_key_for_its_purpose_only() -> None:
    key = new_key()
    closed = seal(key, b"a page", "page r 1")
    assert b"a page" not in closed
    assert opened(key, closed, "page r 1") == b"a page"
    for other, purpose in ((new_key(), "page r 1"), (key, "page r 2")):
        with pytest.raises(UnsealedError):
            opened(other, closed, purpose)
    with pytest.raises(UnsealedError):
        opened(key, closed[:-1] + bytes([closed[-1] ^ 1]), "page r 1")
    with pytest.raises(UnsealedError):
        opened(key, b"", "page r 1")


def test_a_setup_opens_for_one_worker_only() -> None:
    mine, other = Lock(), Lock()
    closed = seal_for(mine.public, b"the key", "setup r")
    assert b"the key" not in closed
    assert mine.opened(closed, "setup r") == b"the key"
    for lock, purpose in ((other, "setup r"), (mine, "setup q")):
        with pytest.raises(UnsealedError):
            lock.opened(closed, purpose)
    with pytest.raises(UnsealedError):
        mine.opened(b"short", "setup r")


NOUNS = [
    item("a", body=Body("", "text/plain", 1, b"x"), row={"氏名": "山田"}, facts={"link": "https://x"}),
    item("b", facts={"error": Denied("EACCES", reason="not_licensed", permission="Mail.Read")}),
    Scan(State.PARTIAL, (Finding("p", ("B7",), "individual_number", "high", 1, 1, ()),),
         (Gap(Reason.CRASHED),), persons=frozenset({b"token"}), rows={1: Scan(State.COMPLETE)}),
]  # fmt: skip


@pytest.mark.parametrize("noun", NOUNS, ids=["item", "error", "scan"])
def test_nouns_travel_whole(noun: Any) -> None:
    there = unpack(pack(noun))
    if not isinstance(noun, Item) or "error" not in noun.facts:
        assert there == noun
        return
    error = there.facts["error"]
    assert (type(error), error.detail) == (Denied, "EACCES")
    assert (error.reason, error.permission) == ("not_licensed", "Mail.Read")


STAY = [
    Access(Tenant("contoso.example")),
    print,
    lambda: None,
    item("c", body=Body("", reader=lambda _offset, _length: None)),  # type: ignore[arg-type,return-value]
    Path("secret"),
]


@pytest.mark.parametrize("thing", STAY, ids=["access", "builtin", "function", "reader", "path"])
def test_what_is_no_noun_stays(thing: Any) -> None:
    """A credential, a client, a function: an error of this program, and no page."""
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
        pack(thing)


def test_what_comes_is_a_noun_or_nothing() -> None:
    class Harm:
        def __reduce__(self) -> Any:
            return os.system, ("true",)

    with pytest.raises(pickle.UnpicklingError):
        unpack(pickle.dumps(Harm()))
    with pytest.raises(pickle.UnpicklingError):
        unpack(b"cauditor.cluster.coordinator\nexecutor_of\n.")


def test_keys_are_never_shown() -> None:
    setup = Setup(b"of pages", b"of persons", Tenant("t"), Auth(), Cloud(), (), Limits())
    assert "of p" not in repr(setup)


# — how a page is shared out ———————————————————————————————————————————————————————————————————


def test_files_are_shared_out_and_rows_stay_together() -> None:
    files = [item(f"{n}") for n in range(60)]
    parts = list(_shared_out(files))
    assert [len(part) for part in parts] == [25, 25, 10]
    assert all(a.stop == b.start for a, b in pairwise(parts))
    rows = [item(f"{n}", row={"番号": "1"}) for n in range(60)]
    assert list(_shared_out(rows)) == [range(60)]
    assert list(_shared_out([*files, *rows])) == [range(120)]


def test_a_task_carries_a_bounded_number_of_bytes() -> None:
    heavy = [item(f"{n}", body=Body("", data=bytes(3 << 20))) for n in range(3)]
    assert list(_shared_out(heavy)) == [range(1), range(1, 2), range(2, 3)]


def test_large_files_are_shared_out_more_finely() -> None:
    large = [item(f"{n}", size=400 << 10) for n in range(5)]
    assert list(_shared_out(large)) == [range(2), range(2, 4), range(4, 5)]
    assert list(_shared_out([item("one", size=9 << 30)])) == [range(1)]


# — who agrees —————————————————————————————————————————————————————————————————————————————————


def test_a_passport_names_what_differs() -> None:
    mine = passport()
    same = {"version": mine.version, "rules": mine.rules, "program": mine.program}
    same["readers"] = mine.readers
    assert mine.differs(same) == ""
    for name in same:
        assert mine.differs(same | {name: "other"}) == name
    assert mine.differs({}) == "version"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_a_cluster_is_there_and_used(lang: str) -> None:
    said = {
        "crew",
        "nobody",
        "refused",
        "no_workers",
        "scheduler_away",
        "scheduler_back",
        "differs",
    }
    assert set(words(lang, "cluster")) == said
    named = {"version", "rules", "program", "readers"}
    assert set(words(lang, "cluster")["differs"]) == named
    assert all(has_word(f"errors.{code}.words", lang) for code in ("no_dask", "workers_refused"))


SETTINGS = [
    ('scheduler = "tls://scheduler.example:8786"', []),
    ('scheduler = "tcp://127.0.0.1:8786"', []),
    ('scheduler = "tcp://[::1]:8786"', []),
    ('scheduler = "tcp://scheduler.example:8786"', ["scheduler_open"]),
    ('scheduler = "scheduler.example"', ["bad_scheduler"]),
    ('scheduler = "https://scheduler.example:8786"', ["bad_scheduler"]),
    ("", ["missing_key"]),
    ('scheduler = "tls://s.example:8786"\nsecurity_ca = "nowhere.pem"', ["missing_file"]),
    ('scheduler = "tls://s.example:8786"\nshared_paths = 1', ["wrong_type"]),
]


@pytest.mark.parametrize(("lines", "codes"), SETTINGS)
def test_the_way_to_a_scheduler_is_closed_to_others(
    tmp_path: Path, lines: str, codes: list[str]
) -> None:
    file = tmp_path / "audit.toml"
    file.write_text(f'[sources.folder]\npaths = ["."]\n[engine]\nkind = "dask"\n{lines}\n', "utf-8")
    if not codes:
        assert load(file).engine.scheduler in lines
        return
    with pytest.raises(SettingsError) as error:
        load(file)
    assert [problem.code for problem in error.value.problems] == codes


def test_nobody_signs_in_by_hand_on_a_worker(tmp_path: Path) -> None:
    file = tmp_path / "audit.toml"
    tenant = '[[tenants]]\nid = "contoso.example"\n[tenants.auth]\nmethod = "device-code"\n'
    far = '[sources.mail]\n[engine]\nkind = "dask"\nscheduler = "tls://s.example:8786"\n'
    file.write_text(tenant + far, "utf-8")
    with pytest.raises(SettingsError) as error:
        load(file)
    assert [problem.code for problem in error.value.problems] == ["interactive"]


# — what a worker cannot do ————————————————————————————————————————————————————————————————————


class Lobby:
    """A hall without a cluster: its run has a name, and that is all."""

    run = "r"

    async def aclose(self) -> None:
        """Nobody is there."""


class Scripted(Cluster):
    """A cluster whose workers answer as ``script`` says; None is the death of four of them."""

    def __init__(self, script: Callable[[list[Item]], tuple[Any, ...] | None]) -> None:
        self.setup = Setup(
            new_key(), b"", Tenant("t"), Auth(), Cloud(), (("mail", None),), Limits()
        )
        super().__init__(Lobby(), self.setup, Local)  # type: ignore[arg-type]
        self.script = script
        self.asked: list[int] = []

    async def _asked(self, number: int, sealed: bytes) -> bytes | str | None:
        _, items = unpack(opened(self.setup.key, sealed, f"page r {number}"))
        self.asked.append(len(items))
        answer = self.script(items)
        return answer and seal(self.setup.key, pack(answer), f"results r {number}")


def done(items: list[Item], rules: str = "") -> tuple[Any, ...]:
    found = [(State.COMPLETE, Scan(State.COMPLETE)) for _ in items]
    return DONE, rules or passport().rules, (3, 2, 1, 0.5), found


async def test_an_item_that_ends_workers_is_one_row() -> None:
    """Alone it is tried three times more; the others of its task are read."""

    def poison(items: list[Item]) -> tuple[Any, ...] | None:
        return None if any(item.id == "7" for item in items) else done(items)

    meter = Meter()
    METER.set(meter)
    cluster = Scripted(poison)
    outcomes = await cluster.work(None, [item(f"{n}") for n in range(10)])  # type: ignore[arg-type]
    assert [o.item.id for o in outcomes] == [f"{n}" for n in range(10)]
    assert [o.item.id for o in outcomes if o.state is not State.COMPLETE] == ["7"]
    scan = outcomes[7].scan
    assert scan is not None
    assert (scan.state, scan.gaps) == (State.FAILED, (Gap(Reason.CRASHED, "", "machine"),))
    assert cluster.asked.count(10) == 1
    assert cluster.asked.count(1) == 9 + 3
    assert (meter.requests, meter.units, meter.bytes, meter.throttled) == (27, 18, 9, 4.5)


REFUSALS = [
    ((MISSET, "missing_environment", "NAME", "host"), Misconfigured),
    ((NO_PROCESS, "no worker process: OSError"), NoWorkerError),
    ((FAULT, "KeyError"), RuntimeError),
    (done([item("a")], "other"), Misconfigured),
]


@pytest.mark.parametrize(("answer", "error"), REFUSALS, ids=["misset", "none", "fault", "rules"])
async def test_what_every_worker_refuses_ends_in_words(
    answer: tuple[Any, ...], error: type[Exception]
) -> None:
    """One that cannot is not the end: two more are asked."""
    cluster = Scripted(lambda _items: answer)
    with pytest.raises(error):
        await cluster.work(None, [item("a")])  # type: ignore[arg-type]
    assert len(cluster.asked) == 3
    answers = iter([answer, done([item("a")])])
    assert await Scripted(lambda _items: next(answers)).work(None, [item("a")])  # type: ignore[arg-type]
