"""Progress for people: a live table on a terminal, one plain line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from auditor.locales import has_word, word
from auditor.model import Reason
from auditor.progress import Tally
from auditor.terminal.console import LOG, Console
from auditor.terminal.display import clean, duration, number, size

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Watcher", "source_name"]

_EVERY = 10.0
"""Seconds between two plain lines."""
_SHOWN_GAPS = 5
"""Scopes that could not be read and are told while the audit runs; the summary has all."""


def source_name(name: str, lang: str) -> str:
    """A source as people call it; its own name where the catalogue has none."""
    key = f"sources.names.{name}"
    return word(key, lang) if has_word(key, lang) else name


@dataclass(slots=True)
class _Books:
    """What is known of one source so far."""

    found: int = 0
    done: int = 0
    tally: Tally = field(default_factory=Tally)


class Watcher(AbstractContextManager["Watcher"]):
    """An :class:`auditor.progress.Observer` that tells the person at the console."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._sources: dict[str, _Books] = {}
        self._started = self._told = clock()
        self._gaps = 0
        self._live: AbstractContextManager[Any] = nullcontext()

    def __enter__(self) -> Self:
        """Begin to draw, where drawing is possible."""
        if self._console.live:
            self._live = _drawing(self._console, self._table)
        self._live.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the last state on the screen."""
        self._live.__exit__(*error)  # type: ignore[arg-type]

    # — Observer ——————————————————————————————————————————————————————————————————————————————

    def run_started(self, tenant: str, *, resumed: bool) -> None:
        """Say whose audit begins; the books of the tenant before are dropped."""
        self._sources.clear()
        self._gaps = 0
        self._started = self._told = self._clock()
        key = "progress.resumed" if resumed else "progress.started"
        self._console.note(word(key, self._console.lang, tenant=clean(tenant)))

    def partitions_found(self, source: str, count: int) -> None:
        """More places of a source are known."""
        self._of(source).found += count

    def partition_started(self, source: str, name: str) -> None:
        """Log it."""
        LOG.info("%s: %s", source, clean(name))

    def progress(self, source: str, tally: Tally) -> None:
        """Add a page."""
        self._of(source).tally.add(tally)
        self._line()

    def waiting(self, source: str, seconds: float) -> None:
        """The time itself comes with the page's tally."""
        LOG.info("%s: asked to wait %.0f s", source, seconds)
        self._line()

    def gap(self, source: str, name: str, reason: Reason, permission: str) -> None:
        """A whole scope could not be read: say so at once, as long as there are few."""
        LOG.info("%s: %s %s", source, clean(name), reason.value)
        self._gaps += 1
        if self._gaps > _SHOWN_GAPS:
            return
        lang = self._console.lang
        key = "progress.gap_needs" if permission else "progress.gap"
        self._console.note(
            word(
                key,
                lang,
                source=source_name(source, lang),
                name=clean(name),
                reason=word(f"reasons.{reason.value}.words", lang),
                permission=permission,
            )
        )

    def partition_done(self, source: str, name: str, tally: Tally) -> None:
        """One place less to go."""
        self._of(source).done += 1
        LOG.info(
            "%s: %s done, %d items, %d requests", source, clean(name), tally.listed, tally.requests
        )
        self._line()

    def run_done(self, tenant: str, tally: Tally) -> None:
        """Say that the books are closed."""
        elapsed = duration(self._clock() - self._started)
        self._console.note(
            word(
                "progress.done",
                self._console.lang,
                tenant=clean(tenant),
                items=number(tally.listed),
                time=elapsed,
            )
        )

    # — drawing ———————————————————————————————————————————————————————————————————————————————

    def _of(self, source: str) -> _Books:
        return self._sources.setdefault(source, _Books())

    def _line(self) -> None:
        """One plain line now and then, where nothing is drawn."""
        now = self._clock()
        if self._console.live or now - self._told < _EVERY:
            return
        self._told = now
        lang = self._console.lang
        parts = []
        for name, books in sorted(self._sources.items()):
            text = word(
                "progress.source_line",
                lang,
                source=source_name(name, lang),
                done=number(books.done),
                total=number(books.found),
                items=number(books.tally.listed),
                findings=number(books.tally.findings),
            )
            if books.tally.throttled >= 1:
                text += f", {word('progress.waited', lang, time=duration(books.tally.throttled))}"
            parts.append(text)
        elapsed = duration(now - self._started)
        self._console.note(word("progress.line", lang, time=elapsed, parts=" | ".join(parts)))

    def _left(self, books: _Books) -> str:
        """Time left, by the places done so far; a guess, and none before the first is done."""
        if not books.done or books.done >= books.found:
            return ""
        elapsed = self._clock() - self._started
        return f"≈ {duration(elapsed * (books.found - books.done) / books.done)}"

    def _table(self) -> Table:
        """The state as a rich table."""
        from rich.table import Table

        lang = self._console.lang
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        table.add_column(word("progress.head.source", lang))
        for head in ("partitions", "items", "bytes", "findings", "waited", "left"):
            table.add_column(word(f"progress.head.{head}", lang), justify="right", no_wrap=True)
        for name, books in sorted(self._sources.items()):
            tally = books.tally
            table.add_row(
                source_name(name, lang),
                f"{number(books.done)}/{number(books.found)}",
                number(tally.listed),
                size(tally.bytes),
                number(tally.findings),
                duration(tally.throttled) if tally.throttled >= 1 else "",
                self._left(books),
            )
        return table


def _drawing(console: Console, table: Callable[[], Table]) -> AbstractContextManager[Any]:
    """A live display on standard error; lines written meanwhile stand above it."""
    from rich.console import Console as Screen
    from rich.live import Live

    screen = Screen(stderr=True, no_color=console.no_color or None, highlight=False)
    return Live(
        get_renderable=table,
        console=screen,
        refresh_per_second=4,
        redirect_stdout=False,
        redirect_stderr=True,
    )
