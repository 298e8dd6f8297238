"""What was scanned, as OCSF events: one for each audit and one for each source of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from auditor.locales import has_word, word
from auditor.reports._joined import Record
from auditor.reports._ocsf_base import INFORMATIONAL, Audits, Event, compact, milliseconds
from auditor.summary import STATES

__all__ = ["Scans"]

_STATES: Final[Mapping[str, tuple[int, int]]] = {
    "complete": (2, 1),
    "incomplete": (2, 99),
    "interrupted": (3, 2),
    "running": (1, 0),
}
"""State of an audit → ``activity_id`` (completed, cancelled, started) and ``status_id``.

An audit that ended with something unread is completed, and neither a success nor a failure.
"""


class Scans:
    """The books of what is written, counted while it passes by."""

    def __init__(self, audits: Audits) -> None:
        self._audits = audits
        self._books: dict[str, Counter[str]] = {}
        self._found: Counter[tuple[str, str]] = Counter()

    def add(self, row: Record) -> None:
        """A row of ``totals``."""
        books = self._books.setdefault(row["source"], Counter())
        books.update({name: row[name] or 0 for name in ("listed", *STATES)})

    def count(self, findings: Sequence[Record]) -> None:
        """The findings of one item."""
        if any(row["status"] != "resolved" for row in findings):
            self._found[findings[0]["run_id"], findings[0]["source"]] += 1

    def events(self, lang: str) -> Iterator[Event]:
        """An event an audit, then one a source.

        The books of a source are those of all tenants that are shown; where there are several, an
        audit has its own detections only.
        """
        only = self._audits.only
        for run_id, run in self._audits.runs.items():
            found = sum(n for (of, _), n in self._found.items() if of == run_id)
            books = sum(self._books.values(), Counter[str]()) if run is only else None
            yield self._event(run, "", books, found, lang)
        for source, books in sorted(self._books.items()):
            found = sum(n for (_, of), n in self._found.items() if of == source)
            yield self._event(only, source, books, found, lang)

    def _event(
        self, run: Record | None, source: str, books: Counter[str] | None, found: int, lang: str
    ) -> Event:
        state = run["state"] if run else "incomplete"
        activity, status = _STATES[state]
        event = self._audits.event(6007, activity, INFORMATIONAL, run, source)
        start = milliseconds(run["started"]) if run else None
        end = milliseconds(run["ended"]) if run else None
        tenant = str(run["tenant_name"] or run["tenant_id"]) if run else ""
        event |= {
            "status_id": status,
            "status": word(f"report.run_states.{state}", lang),
            "status_code": state,
            "message": word("events.scan", lang, what=_named(source, lang) or tenant),
            "start_time": start,
            "end_time": end,
            "duration": end - start if start is not None and end is not None else None,
            "num_detections": found,
            "scan": {
                "type_id": 0,
                "name": source or tenant,
                "uid": "/".join(filter(None, (run["run_id"] if run else "", source))),
            },
            **_counts(books),
        }
        done: Event = compact(event)
        return done


def _counts(books: Counter[str] | None) -> Event:
    """``total`` is the sum of the others: the books balance here too."""
    if books is None:
        return {}
    return {
        "total": books["listed"],
        "num_files": books["complete"] + books["partial"],
        "num_skipped_items": books["skipped"] + books["failed"] + books["not_assessed"],
        "num_trusted_items": books["unchanged"],
    }


def _named(source: str, lang: str) -> str:
    key = f"report.sources.{source}"
    return word(key, lang) if has_word(key) else source
