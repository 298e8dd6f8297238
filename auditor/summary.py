"""The workspace as pandas frames, and the tables that say how exposed a tenant is.

Frames have the columns of the contract, in its order; these and those of the functions have these
dtypes: text ``string``, whole numbers ``Int64``, seconds and shares ``Float64``, flags ``boolean``,
times ``datetime64[ns, UTC]``, lists ``object`` holding a ``list[str]`` a row. Without a run they
are empty, of these dtypes.

Two rules hold in every exposure table: published samples (confidence ``sample``) never count, and
the columns of the exposure levels count items of high or medium confidence only. Items that a
person has to look at first (``low``) stand beside them in ``review``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import pandas as pd

from auditor._frames import COLUMNS, Frames, Table, slices
from auditor._trend import LEVELS
from auditor._types import FLAG, INT, TEXT, spec, typed
from auditor.controls import checks
from auditor.controls._measures import MEASURES, by_documents

__all__ = ["COLUMNS", "LEVELS", "Summary", "load"]

REACHES: Final = tuple("anyone external guest organisation large_group named owner unknown".split())
"""Reaches, farthest first."""
CERTAIN: Final = ("high", "medium")
"""Confidences that count as exposure."""
STATES: Final = ("complete", "partial", "skipped", "failed", "not_assessed", "unchanged")
"""What becomes of a listed item; together they are all that was listed."""
STATUSES: Final = ("fail", "not_assessed", "manual", "pass")
"""What a check of the tenant's settings gives, the most urgent first."""
AGES: Final = ("under_1", "from_1_to_3", "from_3_to_7", "over_7")
"""Age classes in years since the last change; the classes touch and do not overlap."""
AGE_EDGES: Final = (365, 3 * 365, 7 * 365)
"""First day of every class but the youngest; a year is 365 days."""

_COUNTS: Final = dict(list(COLUMNS["totals"].items())[2:])


@dataclass(frozen=True, eq=False, repr=False)
class Summary:
    """One audit as frames, with the tables that a report shows.

    All frames show the moment of :func:`load`. ``with`` or :meth:`close` lets go of the workspace
    before the object is gone. Several threads may read; pickled, it holds every frame.
    """

    runs: Table = Table()
    """Audits, the earliest first."""
    findings: Table = Table()
    """Those that this audit resolved stand among them. Millions are better read by blocks."""
    items: Table = Table()
    grants: Table = Table()
    coverage: Table = Table()
    totals: Table = Table()
    controls: Table = Table()
    suppressions: Table = Table()
    """Accepted risks, those that were taken back among them."""
    shown: tuple[str, ...] = ()
    """The ``run_id`` of the audit that is shown, one a tenant; ``runs`` has earlier ones too."""
    known_on: date | None = None
    """The day on which a breach was known, where the reader of a report gives it."""
    workspace: Frames | None = None

    def __repr__(self) -> str:
        return f"Summary(shown={self.shown!r}, known_on={self.known_on!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def source(self) -> Frames:
        """Where frames come from. Raises ValueError for a summary that was made of frames."""
        if self.workspace is None:
            raise ValueError("a summary without workspace")
        return self.workspace

    def close(self) -> None:
        """Let go of the workspace; frames that were read stay, others raise ValueError."""
        if self.workspace:
            self.workspace.close()

    def audits(self) -> pd.DataFrame:
        """The rows of ``runs`` that are shown."""
        return self.runs[self.runs["run_id"].isin(self.shown)].reset_index(drop=True)

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Every table of the contract by name, in its order."""
        yield from ((name, getattr(self, name)) for name in COLUMNS)

    def blocks(self, table: str, rows: int = 10_000) -> Iterator[pd.DataFrame]:
        """A table of the contract, ``rows`` rows at a time; an empty one gives one empty block.

        Rows come from the workspace as they are asked for, unless the whole table was read before:
        memory does not grow with the table. Do not change a list in a cell: equal ones are shared.
        """
        if table not in COLUMNS:
            raise KeyError(table)
        if rows < 1:
            raise ValueError(rows)
        if self.workspace and self.__dict__.get(table) is None:
            return self.workspace.blocks(table, rows)
        return slices(getattr(self, table), rows)

    def trend(self) -> pd.DataFrame:
        """What every run found, one row each, a tenant after the other, the oldest run first.

        Columns: run_id, tenant_id, tenant_name, started, state, findings, new, resolved,
        suppressed (of the findings), items, one column a level, review, persons_low, persons_high,
        listed, unread, read_share; counted like the tables of each run.
        """
        return self.source().trend()

    def by_source(self) -> pd.DataFrame:
        """Items a source: source, one column a level, review, items, persons_low, persons_high."""
        return self._by_level(["source"])

    def by_partition(self) -> pd.DataFrame:
        """The same a site, mailbox or container (source, partition); the most exposed first."""
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
        return frame.assign(exact=(frame["low"] == frame["high"]).astype(FLAG))

    def _counted(self) -> tuple[int | None, int | None]:
        """Bounds of the distinct persons that the audits shown counted; None where one did not."""
        known = self.audits()[["persons_low", "persons_high"]]
        if known.empty or known.isna().any(axis=None):
            return None, None
        return int(known["persons_low"].max()), int(known["persons_high"].sum())

    def coverage_by_reason(self) -> pd.DataFrame:
        """What was not read: reason, rows, items, scopes, suspects, permissions, sources."""
        columns = spec("reason rows:i items:i scopes:i suspects:i permissions:l sources:l")
        rows = []
        for reason, group in self.coverage.groupby("reason", sort=False):
            scope = group["state"] == "not_assessed"
            suspect = group["suspect"].fillna(value=False)
            items = [group.loc[which, "item_id"].nunique() for which in (~scope, scope, suspect)]
            texts = _distinct(group["permission"]), _distinct(group["source"])
            rows.append((reason, len(group), *items, *texts))
        frame = typed(rows, columns)
        return frame.sort_values(["scopes", "suspects", "rows"], ascending=False, ignore_index=True)

    def coverage_by_source(self) -> pd.DataFrame:
        """The books a source.

        Columns: source, listed, one column for each of the states, bytes, requests, seconds, units
        (of SharePoint), and three judgements: unread, read_share, balanced (boolean: listed is the
        sum of the states). ``unread`` counts what is not wholly known: not read now, or unchanged
        since it could not be read. ``read_share`` is the rest as a part (0 to 1) of listed, missing
        where that is 0.
        """
        sums = self.totals.groupby("source")[[*_COUNTS]].sum()
        missed = self.coverage.groupby("source")["item_id"].nunique().reindex(sums.index)
        return _judged(sums, missed.fillna(0)).reset_index()

    def books(self) -> pd.DataFrame:
        """The same for everything together, in one row."""
        sums = self.totals[[*_COUNTS]].sum().to_frame().T.astype(_COUNTS)
        return _judged(sums, pd.Series([self.coverage["item_id"].nunique()]))

    def measures(self) -> pd.DataFrame:
        """Each safety measure of the guideline's annex 1 (別添1), with what bears on it.

        Columns: measure, checks (ids of those that ran, a list), fail, not_assessed, manual, pass
        (how many of them), items (with findings that bear on it), document_only (boolean: no check
        can judge it).
        """
        documents = by_documents(checks())
        ran = self.controls[["control_id", "status", "measures"]].explode("measures")
        touched = self.exposed()["measures"].explode().value_counts()
        rows = []
        for measure in MEASURES:
            some = ran[ran["measures"] == measure]
            counts = [int((some["status"] == status).sum()) for status in STATUSES]
            ids = sorted(map(str, some["control_id"]))
            rows.append((measure, ids, *counts, touched.get(measure, 0), measure in documents))
        return typed(
            rows, spec(f"measure checks:l {':i '.join(STATUSES)}:i items:i document_only:b")
        )

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
        return items.assign(rank=pd.array(range(1, len(items) + 1), dtype=INT))


def load(workspace: Path | str, run_id: str | None = None, known_on: date | None = None) -> Summary:
    """Read a workspace, without changing it: its latest audit, or the one named ``run_id``.

    Raises WorkspaceError where there is none that can be read, KeyError for a run it does not have.
    """
    frames = Frames(Path(workspace), run_id)
    return Summary(shown=frames.shown, known_on=known_on, workspace=frames)


def age_class(days: pd.Series[Any]) -> pd.Series[str]:
    """The class of :data:`AGES` for each age in days; ``undated`` where the age is missing."""
    edges = [float("-inf"), *AGE_EDGES, float("inf")]
    cut = pd.cut(days.astype("Float64").astype("float64"), edges, right=False, labels=list(AGES))
    return cut.astype(TEXT).fillna("undated")


def _counts(
    items: pd.DataFrame, keys: list[str], what: pd.Series[Any], classes: Sequence[str]
) -> pd.DataFrame:
    """How many items of each class, and of all of them, a group of ``keys``."""
    counts = items.groupby([*keys, what.rename(None)]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(classes), fill_value=0).rename_axis(columns=None)
    return counts.assign(items=counts.sum(axis=1))


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts with their groups as columns, in the documented dtypes."""
    return frame.astype(INT).reset_index().astype(dict.fromkeys(frame.index.names, TEXT))


def _distinct(column: pd.Series[Any]) -> list[str]:
    return sorted({str(value) for value in column.dropna() if value})


def _judged(books: pd.DataFrame, missed: pd.Series[Any]) -> pd.DataFrame:
    listed, known = books["listed"], books["complete"] + books["unchanged"]
    unread = missed.astype(INT).combine(listed - known, max).clip(upper=listed).astype(INT)
    share = (listed - unread).astype("Float64") / listed.where(listed > 0).astype("Float64")
    balanced = (books[list(STATES)].sum(axis=1) == listed).astype(FLAG)
    return books.assign(unread=unread, read_share=share, balanced=balanced)
