"""The commands that work: each takes what was asked for and gives its exit code.

What they need is imported when they run, so that ``--help`` starts fast.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import aclosing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from auditor.locales import word
from auditor.terminal.arguments import Options
from auditor.terminal.commands import PROGRAM
from auditor.terminal.console import Console, loop_problem
from auditor.terminal.display import clean
from auditor.terminal.failures import USAGE, Refusal, failure_of, outcome

if TYPE_CHECKING:
    from auditor.model import Limits
    from auditor.settings import Settings
    from auditor.terminal.scan_output import Output

__all__ = ["audit", "demo", "doctor", "report", "scan", "send"]

T = TypeVar("T")


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run ``work``; the first SIGINT or SIGTERM cancels it, so that it can save what it has.

    Raises KeyboardInterrupt then, whatever else befalls it on the way out.
    """
    stopped = False
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    async def watched() -> T:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(loop_problem)
        task = asyncio.current_task()

        def stop() -> None:
            nonlocal stopped
            if stopped or task is None:
                raise KeyboardInterrupt
            stopped = True
            task.cancel()

        with suppress(NotImplementedError, RuntimeError, ValueError):
            for number in before:
                loop.add_signal_handler(number, stop)
        return await work

    try:
        with asyncio.Runner() as runner:
            return runner.run(watched())
    except BaseException as error:
        if stopped or isinstance(error, asyncio.CancelledError):
            raise KeyboardInterrupt from None
        raise
    finally:
        for number, handler in before.items():
            with suppress(ValueError, TypeError):  # not the main thread; set by no Python code
                signal.signal(number, handler)


def audit(options: Options, console: Console) -> int:
    """Audit the tenants of the settings into the workspace, and print the summary."""
    from auditor.settings import load

    settings = load(options.config)
    settings.check_sources(options.source)
    settings.privacy_key(os.environ)
    run_ids = _audited(settings, options.workspace, options, console)
    code = _concluded(options.workspace, run_ids, options, console)
    command = [PROGRAM, "report"]
    if options.workspace_given:
        command += ["--workspace", str(options.workspace)]
    console.note("\n" + word("cli.summary.next", console.lang, command=shlex.join(command)))
    return code


def _audited(
    settings: Settings, workspace: Path, options: Options, console: Console
) -> tuple[str, ...]:
    """Audit into the workspace; the ids of the runs."""
    from auditor import engine
    from auditor.store import Store
    from auditor.terminal.live import Watcher

    tenants = [tenant.id for tenant in settings.tenants_or_local()]
    store = Store.open(workspace, tenants=tenants)
    try:
        with Watcher(console) as watcher:
            work = engine.audit(
                settings,
                store,
                watcher,
                sources=options.source,
                full=options.full,
                lang=console.lang,
            )
            done = _run(work)
    finally:
        store.close()
    return tuple(summary.run_id for summary in done)


def _concluded(workspace: Path, run_ids: Sequence[str], options: Options, console: Console) -> int:
    """Print the summary; the exit code."""
    from auditor.terminal.overview import overview
    from auditor.terminal.reading import reading, standing

    with reading(workspace) as db:
        overview(db, console, run_ids)
        stands = standing(db, run_ids)
    return _outcome(options, stands.confidences, incomplete=stands.incomplete)


def _outcome(options: Options, confidences: frozenset[str], *, incomplete: bool) -> int:
    return outcome(
        fail_on=options.fail_on,
        fail_on_incomplete=options.fail_on_incomplete,
        confidences=confidences,
        incomplete=incomplete,
    )


def demo(options: Options, console: Console) -> int:
    """Audit the embedded sample tenant, and write its report."""
    from auditor.terminal.demo import ITEMS, WORKSPACE, settings_of

    try:
        from connectors._sample_tenant._handle import running
    except ImportError:
        raise Refusal("no_sample_tenant") from None
    workspace = options.workspace if options.workspace_given else WORKSPACE
    with running(items=options.items or ITEMS) as tenant:
        run_ids = _audited(settings_of(tenant), workspace, options, console)
    code = _concluded(workspace, run_ids, options, console)
    from auditor.terminal.writing import shown, written

    with shown(workspace) as summary:
        paths, _ = written(summary, ("html",), workspace / "reports", console.lang)
    console.say()
    for path in paths:
        console.say(word("cli.summary.report", console.lang, path=path.resolve()))
    return code


def doctor(options: Options, console: Console) -> int:
    """Examine every tenant of the settings before an audit, or print how to register the app."""
    if options.profile:
        return _registration(options)
    from auditor.doctor import examine
    from auditor.settings import load
    from auditor.terminal.checkup import checkup
    from auditor.terminal.reading import listed, reading
    from auditor.workspace import WorkspaceError

    settings = load(options.config)
    settings.check_sources(options.source)
    counted: Mapping[str, int] = {}
    with suppress(WorkspaceError), reading(options.workspace) as db:
        counted = listed(db)
    found = _run(examine(settings, options.source, counted))
    for place, health in enumerate(found):
        if place:
            console.say()
        checkup(console, health)
    sys.stdout.flush()
    failures = [failure_of(fault) for health in found for fault in health.faults]
    for failure in failures:
        console.fail(failure)
    if failures:
        return max(failure.exit for failure in failures)
    missing = any(health.missing for health in found)
    return _outcome(options, frozenset(), incomplete=missing)


def _registration(options: Options) -> int:
    """Print the script that gives an app the permissions of a profile; reaches nothing."""
    import connectors
    from auditor.settings import load
    from auditor.terminal.registration import script

    tenant, sources = "TENANT", tuple(n for n in connectors.names() if connectors.load(n).NEEDS)
    if options.config_given or options.config.is_file():
        settings = load(options.config)
        settings.check_sources(options.source)
        tenant = settings.tenants[0].id if settings.tenants else tenant
        sources = tuple(n for n in sources if n in settings.sources) or sources
    sources = tuple(n for n in sources if not options.source or n in options.source)
    sys.stdout.write(script(sources, options.profile, options.shell, tenant, options.lang))
    return 0


def scan(options: Options, console: Console) -> int:
    """Look through files and folders of this machine."""
    from auditor.redact import mask
    from auditor.terminal.local import STDIN
    from auditor.terminal.scan_output import Output

    if options.name and STDIN not in options.operands:
        raise Refusal("name_without_stdin")
    limits = _limits(options)
    paths = [path for path in options.operands if path == STDIN or os.path.lexists(path)]
    for path in options.operands:
        if path not in paths:
            console.fail(failure_of(Refusal("path_missing", path=clean(mask(path)))))
    if not paths:
        return USAGE
    with Output(console, options.format, options.coverage) as output:
        _run(_scanned(paths, limits, options.name, output))
        sys.stdout.flush()
        output.summary()
    incomplete = output.books.incomplete or len(paths) < len(options.operands)
    return _outcome(options, frozenset(output.books.confidences), incomplete=incomplete)


def _limits(options: Options) -> Limits:
    """Those of the settings file, where there is one."""
    from auditor.model import Limits
    from auditor.settings import load

    if options.config_given or options.config.is_file():
        return load(options.config).limits
    return Limits()


async def _scanned(paths: Sequence[str], limits: Limits, name: str, output: Output) -> None:
    from auditor.terminal.local import look_through

    watch = asyncio.create_task(output.watch())
    try:
        async with aclosing(look_through(paths, limits, name)) as results:
            async for result in results:
                output.take(result)
    finally:
        watch.cancel()


def report(options: Options, console: Console) -> int:
    """Write reports from the workspace."""
    from auditor.terminal.writing import report as write

    return write(options, console)


def send(options: Options, console: Console) -> int:
    """Send the findings of an audit to Microsoft Sentinel."""
    from auditor.terminal.sending import send as sending

    return _run(sending(options, console))
