"""The coordinator's line to a cluster: that it stands, who is there, and who is admitted."""

from __future__ import annotations

import asyncio
import functools
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from auditor._run import Engine
from auditor.cluster.client import CONNECT, close, connected, reached
from auditor.cluster.lines import BOARD, Lines
from auditor.cluster.room import admit, dismiss, greet, renew
from auditor.cluster.seal import pack, seal_for
from auditor.cluster.terms import LEASE, Setup, passport
from auditor.locales import has_word, word
from connectors import Misconfigured
from connectors._identity import Access, host_of
from connectors._shared_throttle import SharedGates

__all__ = ["Hall"]

_LOOK = 0.5
"""Seconds between two looks at who is there."""
_PATIENCE = 900.0
"""Seconds that a scheduler may be away during a run."""
_ALONE = 60.0
"""Seconds without a worker after which a person is told, once."""
_REFUSED = 30.0
"""Seconds for which workers may all be refused before the run ends."""
_TOLD = 5
"""Refusals that are told one by one."""
_ANSWER = 10.0
"""Seconds that a worker has to say that it is still there."""
_SIGN_IN = 180.0
"""Seconds that it has to import the program and to sign in, at first."""
_LAST = 15.0
"""Seconds for saying good-bye."""


class Hall:
    """The cluster of one run. Made by :meth:`open`; closed by whoever made it."""

    def __init__(self, engine: Engine, setup: Setup, access: Access, lang: str) -> None:
        self.run = "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(16))
        self._engine = engine
        self._setup = setup
        self._say = access.say
        self._lang = lang
        self._client: Any = None
        self._ready = asyncio.Event()
        self._wake = asyncio.Event()
        self._error: Exception | None = None
        self._admitted: set[str] = set()
        self._refused: dict[str, str] = {}
        """Workers that take no part, with the code of why."""
        self._examined: dict[str, asyncio.Task[None]] = {}
        self._told = 0
        self._watch: asyncio.Task[None] | None = None
        self._closing = False
        lines = Lines(
            lambda: self._client.scheduler,
            lambda: self._client.id,
            access.tenant.id,
            self._hopeless,
        )
        access.shared["gates"] = SharedGates(lines)

    @classmethod
    async def open(cls, engine: Engine, setup: Setup, access: Access, lang: str) -> Hall:
        """Connect. Raises Misconfigured when there is no scheduler that may be used."""
        hall = cls(engine, setup, access, lang)
        with reached(engine):
            await hall._connect()
        hall._watch = asyncio.get_running_loop().create_task(hall._attend())
        return hall

    async def client(self) -> Any:
        """Dask's client, once it is connected. Raises what ended the run."""
        await self._ready.wait()
        if self._error is not None:
            raise self._error
        return self._client

    def lost(self, worker: str) -> None:
        """A worker says that it takes no part: it is asked anew."""
        self._admitted.discard(worker)
        self._wake.set()

    async def interrupted(self) -> None:
        """The scheduler did not answer: give the watch time to see that."""
        self._wake.set()
        await asyncio.sleep(_LOOK)

    async def aclose(self) -> None:
        """Let the workers forget the run, and hang up."""
        self._closing = True
        while self._watch is not None and not self._watch.done():
            self._watch.cancel()  # again, where Dask took that for a line that broke
            await asyncio.wait([self._watch], timeout=_LOOK)
        with suppress(Exception):
            await asyncio.wait_for(self._run(dismiss, *self._admitted), _LAST)
        await self._hang_up()

    # — the line ——————————————————————————————————————————————————————————————————————————————

    async def _connect(self) -> None:
        from auditor.cluster.board import Board

        self._client = await connected(self._engine)
        try:
            await self._client.register_plugin(Board())
        except BaseException:
            await self._hang_up()
            raise
        self._ready.set()

    async def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await close(client)

    async def _hopeless(self) -> bool:
        return self._error is not None

    async def _reconnect(self) -> None:
        """A scheduler that has gone is waited for. Raises Misconfigured when it stays away."""
        self._ready.clear()
        self._admitted.clear()
        self._say(word("cluster.scheduler_away", self._lang))
        until = time.monotonic() + _PATIENCE
        while not self._closing:
            await self._hang_up()
            try:
                await self._connect()
                self._say(word("cluster.scheduler_back", self._lang))
                return
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                if time.monotonic() > until:
                    host = host_of(self._engine.scheduler)
                    detail = type(error).__name__
                    raise Misconfigured("unreachable", detail, host=host) from None
            await asyncio.sleep(_LOOK)

    # — who is there ——————————————————————————————————————————————————————————————————————————

    async def _attend(self) -> None:
        """As long as the run lasts; what ends it is told to whoever waits."""
        try:
            await self._look_out()
        except Exception as error:  # noqa: BLE001 - raised again where pages are asked for
            self._error = error
            self._ready.set()
            await self._hang_up()  # else pages that are out would be waited for

    async def _look_out(self) -> None:
        renewed = since = time.monotonic()
        alone_told = False
        while not self._closing:
            try:
                ask: Callable[[], Awaitable[list[str]]] = getattr(
                    self._client.scheduler, f"{BOARD}_workers"
                )
                there = set(await asyncio.wait_for(ask(), CONNECT))
                self._welcome(there)
                if time.monotonic() - renewed > LEASE / 6:
                    renewed = time.monotonic()
                    await self._renew()
            except Misconfigured:
                raise
            except Exception:  # noqa: BLE001 - the line, or a scheduler that has just been started
                await self._reconnect()
                continue
            if self._admitted:
                since = time.monotonic()
            away = time.monotonic() - since
            if there and there <= self._refused.keys() and away > _REFUSED:
                why = ", ".join(sorted(set(self._refused.values())))
                raise Misconfigured("workers_refused", why)
            if away > _ALONE and not alone_told:
                alone_told = True
                self._say(word("cluster.no_workers", self._lang))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _LOOK)
            self._wake.clear()

    def _welcome(self, there: set[str]) -> None:
        self._admitted &= there
        self._refused = {worker: why for worker, why in self._refused.items() if worker in there}
        for worker in there - self._admitted - self._refused.keys() - self._examined.keys():
            examined = asyncio.wait_for(self._examine(worker), _SIGN_IN)
            task = asyncio.get_running_loop().create_task(examined)
            self._examined[worker] = task
            task.add_done_callback(functools.partial(self._examination, worker))

    def _examination(self, worker: str, task: asyncio.Task[None]) -> None:
        """It is over; whoever could not be asked is asked at the next look."""
        self._examined.pop(worker, None)
        if not task.cancelled():
            task.exception()

    async def _examine(self, worker: str) -> None:
        """Admit a worker, or say why not; one that dies meanwhile is neither."""
        try:
            held = (await self._run(greet, worker)).get(worker)
        except ImportError:
            held = ({}, b"")
        if held is None:
            return
        theirs, public = held
        why = passport().differs(theirs)
        detail = host = ""
        if not why:
            sealed = seal_for(public, pack(self._setup), f"setup {self.run}")
            answer = (await self._run(admit, worker, more=(sealed,))).get(worker)
            if answer is None:
                return
            why, detail, host = answer
        if why:
            await self._refuse(worker, why, detail, host)
            return
        self._admitted.add(worker)
        await getattr(self._client.scheduler, f"{BOARD}_open")(worker=worker)

    async def _refuse(self, worker: str, why: str, detail: str, host: str) -> None:
        await self._run(dismiss, worker)
        self._told += 1
        key = f"cluster.differs.{why}"
        if has_word(key, self._lang):
            reason = word(key, self._lang)
        elif has_word(f"errors.{why}.words", self._lang):
            reason = word(f"errors.{why}.words", self._lang, detail=detail, host=host)
        else:
            reason = why
        self._refused[worker] = why
        if self._told <= _TOLD:
            said = word("cluster.refused", self._lang, worker=host_of(worker), why=reason)
            self._say(said)

    async def _renew(self) -> None:
        """Tell all who take part that we are here; one that hangs holds up nobody for long."""
        await asyncio.gather(*(self._renewed(worker) for worker in self._admitted))

    async def _renewed(self, worker: str) -> None:
        with suppress(Exception):  # whether it is still there is for the scheduler to say
            still = await asyncio.wait_for(self._run(renew, worker), _ANSWER)
            if still.get(worker) is False:
                self._admitted.discard(worker)

    async def _run(self, what: Any, *workers: str, more: tuple[Any, ...] = ()) -> dict[str, Any]:
        """What each of ``workers`` answers; who does not answer is left out."""
        if not workers:
            return {}
        answers = await self._client.run(
            what, self.run, *more, workers=list(workers), on_error="return"
        )
        for answer in answers.values():
            if isinstance(answer, ImportError | AttributeError):
                raise ImportError  # noqa: TRY004 - an older version, which lacks what is asked for
        return {w: a for w, a in answers.items() if not isinstance(a, BaseException)}
