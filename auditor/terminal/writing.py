"""``report``: the audit of a workspace written into files, and what could not be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from auditor import reports
from auditor.reports._extras import MissingExtra
from auditor.summary import Summary, load
from auditor.terminal.arguments import Options
from auditor.terminal.commands import registry
from auditor.terminal.console import Console
from auditor.terminal.failures import Refusal, failure_of, outcome
from auditor.terminal.reading import reading, runs
from auditor.workspace import private_umask

__all__ = ["report", "shown", "written"]


def report(options: Options, console: Console) -> int:
    """Write the reports that were asked for, or all of them; the exit code."""
    out = options.out or options.workspace / "reports"
    names = options.output_formats or registry("auditor.reports")
    with shown(options.workspace, options.run, options.known_on) as summary:
        paths, left_out = written(summary, names, out, console.lang)
        code = _outcome(summary, options)
    for path in paths:
        console.say(str(path))
    for missing in left_out:
        failure = failure_of(Refusal("missing_extra", report=missing.report, extra=missing.extra))
        if options.output_formats:  # asked for by name: the others are written, and this is told
            console.fail(failure)
            code = failure.exit
        else:
            (message,) = failure.messages(console.lang)
            console.note(f"{message.words}\n  → {message.remedy}")
    return code


def shown(workspace: Path, run: str = "", known_on: date | None = None) -> Summary:
    """The latest audit of a workspace, or the one named; raises Refusal where there is none."""
    try:
        summary = load(workspace, run or None, known_on)
    except KeyError:
        with reading(workspace) as db:
            valid = ", ".join(runs(db)) or "-"
        raise Refusal("unknown_run", valid=valid) from None
    if not summary.shown:
        raise Refusal("no_runs", path=str(workspace))
    return summary


def written(
    summary: Summary, names: Sequence[str], out: Path, lang: str
) -> tuple[list[Path], list[MissingExtra]]:
    """Write reports into ``out``: their paths, and those for which something is not installed."""
    paths: list[Path] = []
    left_out: list[MissingExtra] = []
    with private_umask():
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            try:
                paths += reports.load(name).write(summary, out, lang)
            except MissingExtra as missing:
                left_out.append(missing)
    return paths, left_out


def _outcome(summary: Summary, options: Options) -> int:
    """What the findings that stand ask for."""
    confidences: set[str] = set()
    for block in summary.blocks("findings"):
        stands = ~block["status"].isin(["resolved", "suppressed"])
        confidences.update(block["confidence"][stands].unique())
    return outcome(
        fail_on=options.fail_on,
        fail_on_incomplete=options.fail_on_incomplete,
        confidences=confidences,
        incomplete=any(state != "complete" for state in summary.audits()["state"]),
    )
