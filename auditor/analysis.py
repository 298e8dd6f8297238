"""What a notebook or a script calls: scan, audit, load and compare, without the command line.

Everything here returns when it is done, in a script as well as in Jupyter, whose own event loop is
running. Nothing that is returned holds a digit of a number.
"""

from __future__ import annotations

import asyncio
import errno
import os
import secrets
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from auditor import engine
from auditor._types import spec, typed
from auditor.locales import default_language
from auditor.model import Content, Limits, Scan
from auditor.progress import Silent
from auditor.redact import mask
from auditor.scan import scan
from auditor.settings import Settings
from auditor.settings import load as settings_of
from auditor.store import Store
from auditor.summary import Summary, load
from auditor.terminal.local import STDIN, Result, look_through

__all__ = ["audit", "scan_file", "scan_files", "scan_text", "summarize"]

T = TypeVar("T")
PathLike = str | os.PathLike[str]

_FILES = spec("item state content_type confidence count:i distinct:i reasons:l gaps:l")
_LOOK = 0.5
"""Seconds after which an interrupt is heard at the latest, also on Windows."""


def scan_text(text: str, name: str = "") -> Scan:
    r"""Read a text as an audit reads a file of that ``name`` (``"list.csv"``), in this process.

    The result has ``state``, ``findings`` (surest first: part, locations, kind, confidence, count,
    distinct, reasons) and ``gaps`` (reason, part). Raises nothing for whatever the text is.

    >>> found = scan_text("氏名　山田\n個人番号：4839 2017 5644")
    >>> [(f.confidence, f.count, f.locations) for f in found.findings]
    [('high', 1, ('line 2',))]
    """
    content = Content(name, text.encode("utf-8", "replace"), "text/plain")
    return _kept(scan(content, Limits(), key=secrets.token_bytes(32)))


def scan_file(path: PathLike, *, limits: Limits | None = None) -> Scan:
    """Read a file as an audit does: in a process that a hostile file cannot leave.

    The result is that of :func:`scan_text`. Raises OSError where there is no such file, and
    RuntimeError where no worker process can be started; what the file does to one is a gap.
    """
    given = _given(path)
    if Path(given).is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), mask(given))
    (result,) = _finished(_results([given], limits or Limits()))
    return _kept(result.scan)


def scan_files(*paths: PathLike, limits: Limits | None = None) -> pd.DataFrame:
    """Read files, and all files below folders, as ``mynumber-audit scan`` does; a row a file.

    Columns: item (the path as given and the path below it, masked), state, content_type,
    confidence (of the surest finding, missing where nothing was found), count (without published
    samples), distinct (numbers of high or medium confidence), reasons (of the surest finding, a
    list), gaps (why something was not read, a list). Raises as :func:`scan_file` does.
    """
    results = _finished(_results([_given(path) for path in paths], limits or Limits()))
    return typed([_row(result) for result in results], _FILES)


def audit(
    settings: PathLike | Settings = "audit.toml",
    workspace: PathLike = "audit-workspace",
    *,
    sources: Sequence[str] = (),
    full: bool = False,
) -> Summary:
    """Audit the tenants of the settings into the workspace, and load what was found.

    The same as ``mynumber-audit audit``: ``sources`` limits which are read, ``full`` reads all
    anew, a run that was interrupted goes on. Secrets come from the environment. An interrupt saves
    what there is.

    Raises:
        SettingsError: with every mistake of the file.
        Misconfigured: before work, when credentials or hosts are wrong.
        WorkspaceError: when results cannot be kept; what was committed stays.

    """
    read = settings if isinstance(settings, Settings) else settings_of(Path(settings))
    read.check_sources(sources)
    _finished(_audited(read, Path(workspace), sources, full=full))
    return load(Path(workspace))


def summarize(*found: PathLike | Summary) -> pd.DataFrame:
    """Workspaces, or summaries of them, side by side: a row a tenant, as its latest audit left it.

    Columns are those of :meth:`Summary.trend`: tenant, run, findings, new, resolved, suppressed,
    items, one column an exposure level, review, persons_low, persons_high, listed, unread,
    read_share. Raises WorkspaceError for a folder that is none.
    """
    rows = []
    for one in found:
        summary = one if isinstance(one, Summary) else load(Path(one))
        trend = summary.trend()
        rows.append(trend[trend["run_id"].isin(summary.shown)])
        if summary is not one:
            summary.close()
    return pd.concat(rows, ignore_index=True)


def _given(path: PathLike) -> str:
    """The path as ``scan`` takes it: there, and never the standard input."""
    given = os.fspath(path)
    if not os.path.lexists(given):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), mask(given))
    return str(Path(".", given).absolute()) if given == STDIN else given


async def _audited(
    settings: Settings, workspace: Path, sources: Sequence[str], *, full: bool
) -> None:
    """As the command does, in the thread of the loop: the store belongs to one."""
    store = Store.open(workspace, tenants=[tenant.id for tenant in settings.tenants_or_local()])
    try:
        lang = default_language()
        await engine.audit(settings, store, Silent(), sources=sources, full=full, lang=lang)
    finally:
        store.close()


async def _results(paths: Sequence[str], limits: Limits) -> list[Result]:
    async with aclosing(look_through(paths, limits, "")) as results:
        return [result async for result in results]


def _kept(found: Scan) -> Scan:
    """A scan without the tokens by which it told numbers apart."""
    return replace(found, persons=frozenset(), rows={})


def _row(result: Result) -> tuple[Any, ...]:
    found = result.scan
    surest = found.findings[0] if found.findings else None
    return (
        result.item,
        found.state.value,
        found.content_type,
        surest.confidence if surest else None,
        sum(finding.count for finding in found.findings if finding.confidence != "sample"),
        found.distinct,
        list(surest.reasons) if surest else [],
        list(dict.fromkeys(gap.reason.value for gap in found.gaps)),
    )


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """Run ``work`` to its end in a thread with a loop of its own.

    An interrupt cancels it, so that it can save what it has, and is raised when it has ended.
    """
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]]] = []

    async def told() -> T:
        if task := asyncio.current_task():
            running.append((asyncio.get_running_loop(), task))
        return await work

    with ThreadPoolExecutor(1, "auditor") as pool:
        future = pool.submit(asyncio.run, told())
        try:
            while not future.done():
                wait([future], _LOOK)
        except KeyboardInterrupt:
            for loop, task in running:
                loop.call_soon_threadsafe(task.cancel)
            wait([future])
            raise
        return future.result()
