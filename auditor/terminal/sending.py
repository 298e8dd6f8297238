"""``send``: the findings of an audit into Microsoft Sentinel, each batch once.

What was acknowledged is written down before the next batch leaves, so that a command that was cut
short goes on behind it. For the one batch that was under way then, nobody here can know whether it
arrived: it is sent again, and its rows have the same ``RecordId``, by which Sentinel tells them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import aclosing, closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from auditor.locales import word
from auditor.reports._sentinel import Key, rows
from auditor.settings import Sentinel, Settings, TenantSettings, load
from auditor.summary import Summary
from auditor.terminal.arguments import Options
from auditor.terminal.console import Console
from auditor.terminal.failures import Refusal
from auditor.terminal.writing import shown
from auditor.workspace import Workspace, identifier, private_umask

__all__ = ["FILE", "send"]

FILE = "sent-to-sentinel.json"
"""In the workspace: what was acknowledged, by target and audit."""
_ENDED = ("complete", "incomplete")


async def send(options: Options, console: Console) -> int:
    """Send what of the audits shown was not sent yet."""
    settings = load(options.config)
    target = settings.sentinel
    if target is None:
        raise Refusal("no_sentinel")
    try:
        from connectors._ingestion import Ingestion
    except ImportError:
        raise Refusal("missing_extra", report="sentinel", extra="sentinel") from None
    with closing(Workspace.open(options.workspace, create=False)) as workspace:
        run_ids = _ended(options)
        access = _tenant(settings, target).access()
        try:
            where = target.endpoint, target.rule_id, target.stream
            async with aclosing(Ingestion(access, *where)) as sink:
                for run_id in run_ids:
                    receipt = Receipt.of(workspace.path, identifier(*where, run_id))
                    with shown(options.workspace, run_id) as summary:
                        count = await _send(sink, summary, receipt)
                    key = "cli.send.sent" if count else "cli.send.nothing"
                    console.say(word(key, console.lang, n=count, run=run_id))
        finally:
            await access.aclose()
    return 0


def _ended(options: Options) -> tuple[str, ...]:
    """The audits, one a tenant; raises Refusal for one that is still to be gone on with.

    Rows come in the order of their keys and an audit that goes on would add some before the last
    one that was sent.
    """
    with shown(options.workspace, options.run) as summary:
        for row in summary.audits().to_dict("records"):
            if row["state"] not in _ENDED:
                raise Refusal("not_ended", run=str(row["run_id"]))
        return summary.shown


def _tenant(settings: Settings, target: Sentinel) -> TenantSettings:
    """Whose sign-in is used: the tenant that is named, else the first."""
    tenants = settings.tenants_or_local()
    return next((one for one in tenants if one.id == target.tenant), tenants[0])


async def _send(sink: Any, summary: Summary, receipt: Receipt) -> int:
    """Send what is behind the receipt; how many rows."""
    before = receipt.rows
    for batch in _batches(rows(summary), receipt.after):
        await sink.send([row for _, row in batch])
        receipt.add(len(batch), batch[-1][0])
    return receipt.rows - before


def _batches(
    found: Iterable[tuple[Key, dict[str, Any]]], after: Key
) -> Iterator[list[tuple[Key, dict[str, Any]]]]:
    """Rows behind ``after``, as many together as one call takes."""
    from connectors._ingestion import MOST_BYTES, size

    batch: list[tuple[Key, dict[str, Any]]] = []
    filled = 2
    for key, row in found:
        if key <= after:
            continue
        more = size(row)
        if batch and filled + more > MOST_BYTES:
            yield batch
            batch, filled = [], 2
        batch.append((key, row))
        filled += more
    if batch:
        yield batch


@dataclass(slots=True)
class Receipt:
    """What one target acknowledged of one audit."""

    folder: Path
    name: str
    """Of the target and the audit, in letters."""
    batches: int = 0
    rows: int = 0
    after: Key = field(default=("", "", ""))
    """The key of the last row; those behind it are still to be sent."""

    @classmethod
    def of(cls, folder: Path, name: str) -> Receipt:
        """As it stands in the workspace."""
        known = _read(folder).get(name, {})
        return cls(folder, name, known.get("batches", 0), known.get("rows", 0), _key(known))

    def add(self, rows: int, after: Key) -> None:
        """Another batch was acknowledged: on disk before this returns."""
        self.batches, self.rows, self.after = self.batches + 1, self.rows + rows, after
        every = _read(self.folder)
        every[self.name] = {
            name: value for name, value in asdict(self).items() if name not in {"folder", "name"}
        }
        part = self.folder / f".{FILE}.part"
        with private_umask(), part.open("w", encoding="utf-8") as file:
            json.dump(every, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / FILE)


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    """Raises Refusal where it cannot be understood: to send everything again would be a guess."""
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise Refusal("receipt_damaged", path=str(folder / FILE)) from None
    if not isinstance(found, dict):
        raise Refusal("receipt_damaged", path=str(folder / FILE))
    return found


def _key(known: dict[str, Any]) -> Key:
    source, partition, item_id = known.get("after", ("", "", ""))
    return str(source), str(partition), str(item_id)
