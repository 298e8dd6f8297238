"""The workspace as pandas frames, and the tables that say how exposed a tenant is.

Frames have the columns of the contract, in its order, with these dtypes: text ``string``, whole
numbers ``Int64``, seconds ``Float64``, flags ``boolean``, times ``datetime64[ns, UTC]``, lists
``object`` holding a ``list[str]`` a row. An empty workspace gives empty frames of these dtypes.

Two rules hold in every exposure table: published samples (confidence ``sample``) never count, and
the columns of the exposure levels count items of high or medium confidence only. Items that a
person has to look at first (``low``) stand beside them in ``review``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from auditor.workspace import reading

__all__ = ["Summary", "load"]

LEVELS: Final = ("public", "external", "unknown", "internal", "private")
"""Exposure levels, worst first. ``unknown`` may be anything short of public until it is checked."""
REACHES: Final = tuple("anyone external guest organisation large_group named owner unknown".split())
"""Reaches, farthest first."""
CERTAIN: Final = ("high", "medium")
"""Confidences that count as exposure."""
STATES: Final = ("complete", "partial", "skipped", "failed", "not_assessed", "unchanged")
"""What becomes of a listed item; together they are all that was listed."""
AGES: Final = ("under_1", "from_1_to_3", "from_3_to_7", "over_7")
"""Age classes in years since the last change; the classes touch and do not overlap."""
AGE_EDGES: Final = (365, 3 * 365, 7 * 365)
"""First day of every class but the youngest; a year is 365 days."""

_TEXT: Final[Any] = "string"
_INT: Final[Any] = "Int64"
_FLAG: Final[Any] = "boolean"
_TIME: Final[Any] = "datetime64[ns, UTC]"
_LIST: Final[Any] = "object"
_CLOCK: Final = pd.Timestamp("1678-01-01", tz="UTC"), pd.Timestamp("2262-01-01", tz="UTC")


def _spec(text: str) -> dict[str, Any]:
    """``"name:dtype …"`` → columns in order; a name alone is text."""
    kinds = {"": _TEXT, "i": _INT, "r": "Float64", "b": _FLAG, "t": _TIME, "l": _LIST}
    pairs = (column.partition(":") for column in text.split())
    return {name: kinds[kind] for name, _, kind in pairs}


COLUMNS: Final[Mapping[str, Mapping[str, Any]]] = {
    "runs": _spec(
        "run_id tenant_id tenant_name started:t ended:t state tool_version rules_digest full:b"
        " persons_low:i persons_high:i"
    ),
    "findings": _spec(
        "finding_id run_id tenant_id source partition item_id item url part locations:l kind"
        " confidence count:i distinct:i reasons:l document_type purview_sit_id first_seen:t"
        " last_seen:t status"
    ),
    "items": _spec(
        "item_id source partition item url owner created:t modified:t size:i content_type version"
        " confidence count:i distinct:i exposure reach reach_people:i exposure_reasons:l age_days:i"
        " retention_check measures:l breach_class document_type retention_until:t"
    ),
    "grants": _spec("item_id reach via who people:i expires:t password:b"),
    "coverage": _spec(
        "source partition item_id item part state reason detail bytes_read:i bytes_total:i"
        " suspect:b permission"
    ),
    "totals": _spec(
        "source partition listed:i complete:i partial:i skipped:i failed:i not_assessed:i"
        " unchanged:i bytes:i requests:i seconds:r units:i"
    ),
    "controls": _spec("control_id title pillar measures:l status evidence remedy permission"),
}
"""Table → column → dtype."""
_ORDER: Final = "started source partition item_id control_id part finding_id reach via who".split()
_COUNTS: Final = dict(list(COLUMNS["totals"].items())[2:])


@dataclass(frozen=True, slots=True)
class Summary:
    """One audit as frames, with the tables that a report shows."""

    runs: pd.DataFrame
    findings: pd.DataFrame
    items: pd.DataFrame
    grants: pd.DataFrame
    coverage: pd.DataFrame
    totals: pd.DataFrame
    controls: pd.DataFrame
    shown: tuple[str, ...] = ()
    """The ``run_id`` of the audit that is shown, one a tenant; ``runs`` has earlier ones too."""
    known_on: date | None = None
    """The day on which a breach was known, where the reader of a report gives it."""

    def audits(self) -> pd.DataFrame:
        """The rows of ``runs`` that are shown."""
        return self.runs[self.runs["run_id"].isin(self.shown)].reset_index(drop=True)

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Every table of the contract by name, in its order."""
        yield from ((name, getattr(self, name)) for name in COLUMNS)

    def blocks(self, table: str, rows: int = 10_000) -> Iterator[pd.DataFrame]:
        """A table of the contract, ``rows`` rows at a time; an empty one gives one empty block."""
        frame: pd.DataFrame = getattr(self, table)
        yield frame.iloc[:rows]
        for start in range(rows, len(frame), rows):
            yield frame.iloc[start : start + rows]

    def by_source(self) -> pd.DataFrame:
        """Items a source: source, one column a level, review, items, persons_low, persons_high."""
        return self._by_level(["source"])

    def by_partition(self) -> pd.DataFrame:
        """The same a site, mailbox or container; the most exposed first."""
        rows, by = self._by_level(["source", "partition"]), [*LEVELS, "review", "persons_high"]
        return rows.sort_values(by, ascending=False, ignore_index=True)

    def _by_level(self, keys: list[str]) -> pd.DataFrame:
        items = self.exposed()
        what = items["exposure"].where(items["confidence"].isin(CERTAIN), "review")
        frame = _counts(items, keys, what, (*LEVELS, "review"))
        persons = items.groupby(keys)["persons"]
        most = persons.sum().clip(upper=self._counted()[1])
        return _flat(frame.assign(persons_low=persons.max(), persons_high=most))

    def reach_by_confidence(self) -> pd.DataFrame:
        """Items a reach (farthest first): reach, high, medium, low, items."""
        items = self.exposed()
        frame = _counts(items, ["reach"], items["confidence"], (*CERTAIN, "low"))
        return _flat(frame.reindex(list(REACHES), fill_value=0))

    def reach_by_age(self) -> pd.DataFrame:
        """Certain items a reach: reach, one column an age class, undated, items."""
        items = self.exposed(certain=True)
        frame = _counts(items, ["reach"], age_class(items["age_days"]), (*AGES, "undated"))
        return _flat(frame.reindex(list(REACHES), fill_value=0))

    def persons(self) -> pd.DataFrame:
        """Distinct persons: scope (``all`` or a level), items, low, high, exact.

        Without the run's own count, bounds: largest item ≤ persons ≤ sum of the items.
        """
        items, (low, high) = self.exposed(certain=True), self._counted()
        parts = [items, *(items[items["exposure"] == level] for level in LEVELS)]
        rows = [(len(p), max(p["persons"], default=0), sum(p["persons"])) for p in parts]
        scopes = pd.Index(["all", *LEVELS], name="scope")
        frame = pd.DataFrame(rows, scopes, ["items", "low", "high"])
        if low is not None:
            frame.loc["all", ["low", "high"]] = low, high
        frame = _flat(frame.assign(high=frame["high"].clip(upper=high)))
        return frame.assign(exact=(frame["low"] == frame["high"]).astype(_FLAG))

    def _counted(self) -> tuple[int | None, int | None]:
        """Bounds of the distinct persons that the audits shown counted; None where one did not."""
        known = self.audits()[["persons_low", "persons_high"]]
        if known.empty or known.isna().any(axis=None):
            return None, None
        return int(known["persons_low"].max()), int(known["persons_high"].sum())

    def coverage_by_reason(self) -> pd.DataFrame:
        """What was not read: reason, rows, items, scopes, suspects, permissions, sources."""
        spec = _spec("reason rows:i items:i scopes:i suspects:i permissions:l sources:l")
        rows = []
        for reason, group in self.coverage.groupby("reason", sort=False):
            scope = group["state"] == "not_assessed"
            suspect = group["suspect"].fillna(value=False)
            items = [group.loc[which, "item_id"].nunique() for which in (~scope, scope, suspect)]
            texts = _distinct(group["permission"]), _distinct(group["source"])
            rows.append((reason, len(group), *items, *texts))
        frame = pd.DataFrame(rows, columns=list(spec)).astype(spec)
        return frame.sort_values(["scopes", "suspects", "rows"], ascending=False, ignore_index=True)

    def coverage_by_source(self) -> pd.DataFrame:
        """The books a source: listed, the states, bytes, requests, seconds, and three judgements.

        ``unread`` counts what is not wholly known: not read now, or unchanged since it could not be
        read. ``read_share`` is the rest as a part (0 to 1) of listed, missing where that is 0.
        """
        sums = self.totals.groupby("source")[[*_COUNTS]].sum()
        missed = self.coverage.groupby("source")["item_id"].nunique().reindex(sums.index)
        return _judged(sums, missed.fillna(0)).reset_index()

    def books(self) -> pd.DataFrame:
        """The same for everything together, in one row."""
        sums = self.totals[[*_COUNTS]].sum().to_frame().T.astype(_COUNTS)
        return _judged(sums, pd.Series([self.coverage["item_id"].nunique()]))

    def exposed(self, *, certain: bool = False) -> pd.DataFrame:
        """Items with anything but published samples; ``persons`` is 0 where only low hits are."""
        wanted = CERTAIN if certain else (*CERTAIN, "low")
        items = self.items[self.items["confidence"].isin(wanted)].reset_index(drop=True)
        return items.assign(
            persons=items["distinct"].fillna(0).where(items["confidence"].isin(CERTAIN), 0),
            exposure=items["exposure"].where(items["exposure"].isin(LEVELS), "unknown"),
            reach=items["reach"].where(items["reach"].isin(REACHES), "unknown"),
        )

    def to_act_on(self) -> pd.DataFrame:
        """Items, most urgent first: level, then persons, then age. Adds persons and rank (1…).

        What a person has to look at first stands behind whatever is known to be open, and before
        what only a few can open.
        """
        items = self.exposed()
        level = items["exposure"].map({name: place for place, name in enumerate(LEVELS)})
        late = (2 * level).where(items["confidence"].isin(CERTAIN), 2 * len(LEVELS) - 3)
        items = items.assign(_late=late, rank=level)
        order = ["_late", "rank", "persons", "age_days", "item_id"]
        upwards = [True, True, False, False, True]
        items = items.sort_values(order, ascending=upwards, ignore_index=True).drop(columns="_late")
        return items.assign(rank=pd.array(range(1, len(items) + 1), dtype=_INT))


def load(workspace: Path, run_id: str | None = None, known_on: date | None = None) -> Summary:
    """Read a workspace, without changing it: its latest audit, or the one named ``run_id``.

    Raises WorkspaceError where there is none that can be read, KeyError for a run it does not have.
    """
    with reading(workspace) as db:
        if run_id is not None:
            _show(db, run_id)
        db.execute("BEGIN")  # one moment for all tables, also while an audit writes
        runs = db.execute("SELECT run_id FROM run JOIN shown USING (tenant_id, seq) ORDER BY seq")
        frames = {name: _frame(db, name) for name in COLUMNS}
        return Summary(**frames, shown=tuple(run_id for (run_id,) in runs), known_on=known_on)


def _show(db: sqlite3.Connection, run_id: str) -> None:
    """Lay the views over another run, in this connection only."""
    run = db.execute("SELECT tenant_id, seq FROM run WHERE run_id = ?", (run_id,)).fetchone()
    if run is None:
        raise KeyError(run_id)
    db.execute("CREATE TEMP TABLE shown (tenant_id TEXT NOT NULL, seq INTEGER NOT NULL)")
    db.execute("INSERT INTO shown VALUES (?, ?)", run)
    views = "SELECT sql FROM main.sqlite_master WHERE type = 'view' AND name <> 'shown'"
    for (view,) in db.execute(views).fetchall():
        db.execute(view.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))


def _frame(db: sqlite3.Connection, table: str) -> pd.DataFrame:
    spec = COLUMNS[table]
    names = ", ".join(f'"{name}"' for name in spec)
    order = ", ".join(f'"{name}"' for name in _ORDER if name in spec)  # two exports are the same
    sql = f'SELECT {names} FROM "{table}" ORDER BY {order}'  # noqa: S608 - our own names
    rows = db.execute(sql).fetchall()
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(spec)
    return pd.DataFrame({name: _column(columns[at], spec[name]) for at, name in enumerate(spec)})


def age_class(days: pd.Series[Any]) -> pd.Series[str]:
    """The class of :data:`AGES` for each age in days; ``undated`` where the age is missing."""
    edges = [float("-inf"), *AGE_EDGES, float("inf")]
    cut = pd.cut(days.astype("Float64").astype("float64"), edges, right=False, labels=list(AGES))
    return cut.astype(_TEXT).fillna("undated")


def _counts(
    items: pd.DataFrame, keys: list[str], what: pd.Series[Any], classes: Sequence[str]
) -> pd.DataFrame:
    """How many items of each class, and of all of them, a group of ``keys``."""
    counts = items.groupby([*keys, what.rename(None)]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(classes), fill_value=0).rename_axis(columns=None)
    return counts.assign(items=counts.sum(axis=1))


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts with their groups as columns, in the documented dtypes."""
    return frame.astype(_INT).reset_index().astype(dict.fromkeys(frame.index.names, _TEXT))


def _distinct(column: pd.Series[Any]) -> list[str]:
    return sorted({str(value) for value in column.dropna() if value})


def _judged(books: pd.DataFrame, missed: pd.Series[Any]) -> pd.DataFrame:
    listed, known = books["listed"], books["complete"] + books["unchanged"]
    unread = missed.astype(_INT).combine(listed - known, max).clip(upper=listed).astype(_INT)
    share = (listed - unread).astype("Float64") / listed.where(listed > 0).astype("Float64")
    balanced = (books[list(STATES)].sum(axis=1) == listed).astype(_FLAG)
    return books.assign(unread=unread, read_share=share, balanced=balanced)


def _column(values: Sequence[Any], dtype: Any) -> pd.Series[Any]:
    """A column of the workspace in its dtype; a time that nanoseconds cannot hold is missing."""
    if dtype == _TIME:
        texts = pd.Series(values, dtype=_LIST)
        times = pd.to_datetime(texts, utc=True, format="ISO8601", errors="coerce")
        values = times.where(times.between(*_CLOCK)).astype(_TIME)
    elif dtype == _LIST:
        values = [json.loads(value) if value else [] for value in values]
    elif dtype == _FLAG:
        values = [None if value is None else bool(value) for value in values]
    column: pd.Series[Any] = pd.Series(values, dtype=dtype)
    return column
