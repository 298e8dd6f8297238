"""The workspace as pandas frames, and the tables that say how exposed a tenant is.

Frames have the columns of the contract, in its order, with these dtypes: text ``string``, whole
numbers ``Int64``, seconds ``Float64``, flags ``boolean``, times ``datetime64[ns, UTC]``, lists
``object`` holding a ``list[str]`` in every row. An empty workspace gives empty frames of the same
dtypes.

Two rules hold in every exposure table: published samples (confidence ``sample``) never count, and
the columns of the exposure levels count items of high or medium confidence only. Items that a
person has to look at first (``low``) stand beside them in ``review``.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from auditor.workspace import DATABASE, WorkspaceError, check_private, problems_of

__all__ = [
    "AGES",
    "AGE_EDGES",
    "CERTAIN",
    "COLUMNS",
    "LEVELS",
    "REACHES",
    "STATES",
    "Summary",
    "load",
]

LEVELS: Final = ("public", "external", "unknown", "internal", "private")
"""Exposure levels, worst first. ``unknown`` may be anything short of public until it is checked."""
REACHES: Final = (
    "anyone",
    "external",
    "guest",
    "organisation",
    "large_group",
    "named",
    "owner",
    "unknown",
)
"""Reaches, farthest first."""
CERTAIN: Final = ("high", "medium")
"""Confidences that count as exposure."""
STATES: Final = ("complete", "partial", "skipped", "failed", "not_assessed", "unchanged")
"""What becomes of a listed item; together they are all that was listed."""
AGES: Final = ("under_1", "from_1_to_3", "from_3_to_7", "over_7")
"""Age classes in years since the last change; the classes touch and do not overlap."""

AGE_EDGES: Final = (365, 3 * 365, 7 * 365)
"""First day of every class but the youngest; a year is 365 days."""

_TEXT, _INT, _REAL, _FLAG = "string", "Int64", "Float64", "boolean"
_TIME, _LIST = "datetime64[ns, UTC]", "object"


def _spec(text: str) -> dict[str, str]:
    """``"name:dtype …"`` → columns in order; a name alone is text."""
    kinds = {"": _TEXT, "i": _INT, "r": _REAL, "b": _FLAG, "t": _TIME, "l": _LIST}
    pairs = (column.partition(":") for column in text.split())
    return {name: kinds[kind] for name, _, kind in pairs}


COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
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
        " retention_check measures:l breach_class"
    ),
    "grants": _spec("item_id reach via who people:i expires:t password:b"),
    "coverage": _spec(
        "source partition item_id item part state reason detail bytes_read:i bytes_total:i"
        " suspect:b permission"
    ),
    "totals": _spec(
        "source partition listed:i complete:i partial:i skipped:i failed:i not_assessed:i"
        " unchanged:i bytes:i requests:i seconds:r"
    ),
    "controls": _spec("control_id title pillar measures:l status evidence remedy permission"),
}
"""Table → column → dtype."""


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
    """The ``run_id`` of the audit that is shown, one a tenant; ``runs`` has the earlier ones too."""

    def audits(self) -> pd.DataFrame:
        """The rows of ``runs`` that are shown."""
        return self.runs[self.runs["run_id"].isin(self.shown)].reset_index(drop=True)

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Every table of the contract by name, in its order."""
        for name in COLUMNS:
            yield name, getattr(self, name)

    def by_source(self) -> pd.DataFrame:
        """Items a source: source, one column a level, review, items, persons_low, persons_high."""
        return _by_level(self.exposed(), ["source"])

    def by_partition(self) -> pd.DataFrame:
        """The same a site, mailbox or container; the most exposed first."""
        frame = _by_level(self.exposed(), ["source", "partition"])
        order = [*LEVELS, "review", "persons_high"]
        return frame.sort_values(order, ascending=False, kind="stable", ignore_index=True)

    def reach_by_confidence(self) -> pd.DataFrame:
        """Items a reach (farthest first): reach, high, medium, low, items."""
        items = self.exposed()
        frame = _cross(items, "reach", REACHES, items["confidence"], ("high", "medium", "low"))
        return frame.assign(items=frame[["high", "medium", "low"]].sum(axis=1))

    def reach_by_age(self) -> pd.DataFrame:
        """Certain items a reach: reach, one column an age class, undated, items."""
        items = _certain(self.exposed())
        classes = (*AGES, "undated")
        frame = _cross(items, "reach", REACHES, age_class(items["age_days"]), classes)
        return frame.assign(items=frame[list(classes)].sum(axis=1))

    def persons(self) -> pd.DataFrame:
        """Distinct persons: scope (``all`` or a level), items, low, high, exact.

        Without the run's own count, bounds: largest item ≤ persons ≤ sum of the items.
        """
        items = _certain(self.exposed())
        rows = [("all", *_bounds(items))]
        rows += [(level, *_bounds(items[items["exposure"] == level])) for level in LEVELS]
        frame = pd.DataFrame(rows, columns=["scope", "items", "low", "high"])
        runs = self.audits()
        known = runs[["persons_low", "persons_high"]].dropna()
        if len(known) and len(known) == len(runs):
            frame.loc[0, "low"] = int(known["persons_low"].max())
            frame.loc[0, "high"] = int(known["persons_high"].sum())
        frame = frame.astype({"scope": _TEXT, "items": _INT, "low": _INT, "high": _INT})
        return frame.assign(exact=(frame["low"] == frame["high"]).astype(_FLAG))

    def coverage_by_reason(self) -> pd.DataFrame:
        """What was not read: reason, rows, items, scopes, suspects, permissions, sources."""
        rows = []
        for reason, group in self.coverage.groupby("reason", sort=False, dropna=False):
            scope = group["state"] == "not_assessed"
            inside = group[~scope]
            suspects = group[group["suspect"].fillna(value=False)]
            rows.append(
                {
                    "reason": reason,
                    "rows": len(group),
                    "items": len(_identities(inside)),
                    "scopes": int(scope.sum()),
                    "suspects": len(_identities(suspects)),
                    "permissions": _distinct(group["permission"]),
                    "sources": _distinct(group["source"]),
                }
            )
        spec = _spec("reason rows:i items:i scopes:i suspects:i permissions:l sources:l")
        order = ["suspects", "scopes", "rows"]
        return _typed(rows, spec).sort_values(order, ascending=False, ignore_index=True)

    def coverage_by_source(self) -> pd.DataFrame:
        """The books a source: listed, one column a state, balanced, read_share, bytes, requests.

        ``read_share`` is the part (0 to 1) of the listed items whose whole content is known, now
        (complete) or from an earlier run (unchanged); missing where nothing was listed.
        """
        numbers = ["listed", *STATES, "bytes", "requests", "seconds"]
        frame = self.totals.groupby("source", as_index=False, sort=True)[numbers].sum()
        return _with_share(frame)

    def books(self) -> pd.DataFrame:
        """The same for everything together, in one row."""
        numbers = ["listed", *STATES, "bytes", "requests", "seconds"]
        return _with_share(self.totals[numbers].sum().to_frame().T.astype(_dtypes(numbers)))

    def exposed(self) -> pd.DataFrame:
        """Items with anything but published samples; ``persons`` is 0 where only low hits are."""
        items = self.items[self.items["confidence"] != "sample"].reset_index(drop=True)
        certain = items["confidence"].isin(CERTAIN)
        return items.assign(
            persons=items["distinct"].fillna(0).where(certain, 0).astype(_INT),
            exposure=items["exposure"].where(items["exposure"].isin(LEVELS), "unknown"),
            reach=items["reach"].where(items["reach"].isin(REACHES), "unknown"),
        )

    def to_act_on(self) -> pd.DataFrame:
        """Items, most urgent first: level, then persons, then age. Adds persons and rank (1…)."""
        items = self.exposed()
        level = items["exposure"].map({name: place for place, name in enumerate(LEVELS)})
        items = items.assign(_level=level)
        items = items.sort_values(
            ["_level", "persons", "age_days", "item_id"],
            ascending=[True, False, False, True],
            ignore_index=True,
        ).drop(columns="_level")
        return items.assign(rank=pd.array(range(1, len(items) + 1), dtype=_INT))


def load(workspace: Path, run_id: str | None = None) -> Summary:
    """Read a workspace, without changing it: its latest audit, or the one named ``run_id``.

    Raises:
        WorkspaceError: where there is no workspace, or one that cannot be read.
        KeyError: for a run that the workspace does not have.

    """
    if not (workspace / DATABASE).is_file():
        raise WorkspaceError("workspace_missing", workspace)
    check_private(workspace)
    with problems_of(workspace), closing(_connect(workspace / DATABASE)) as db:
        if run_id is not None:
            _show(db, run_id)
        db.execute("BEGIN")  # one moment for all tables, also while an audit writes
        rows = db.execute("SELECT run_id FROM run WHERE seq IN (SELECT seq FROM shown) ORDER BY seq")
        shown = tuple(row[0] for row in rows)
        return Summary(**{name: _frame(db, name) for name in COLUMNS}, shown=shown)


def _connect(file: Path) -> sqlite3.Connection:
    """Read-only; where the folder cannot be written, without SQLite's own side files.

    Those hold what an audit has committed last, so one that is left behind must not be overlooked.
    """
    log = file.with_name(f"{file.name}-wal")
    alone = not os.access(file.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    mode = "mode=ro&immutable=1" if alone else "mode=ro"
    db = sqlite3.connect(f"{file.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def _show(db: sqlite3.Connection, run_id: str) -> None:
    """Lay the views over another run, in this connection only."""
    run = db.execute("SELECT tenant_id, seq FROM run WHERE run_id = ?", (run_id,)).fetchone()
    if run is None:
        raise KeyError(run_id)
    db.execute("CREATE TEMP TABLE shown (tenant_id TEXT NOT NULL, seq INTEGER NOT NULL)")
    db.execute("INSERT INTO shown VALUES (?, ?)", run)
    views = db.execute("SELECT sql FROM main.sqlite_master WHERE type = 'view' AND name <> 'shown'")
    for (view,) in views.fetchall():
        db.execute(view.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))


def _frame(db: sqlite3.Connection, table: str) -> pd.DataFrame:
    spec = COLUMNS[table]
    names = ", ".join(f'"{name}"' for name in spec)
    rows = db.execute(f'SELECT {names} FROM "{table}"').fetchall()  # noqa: S608 - our own names
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(spec)
    pairs = zip(columns, spec.items(), strict=True)
    return pd.DataFrame({name: _column(values, dtype) for values, (name, dtype) in pairs})


def age_class(days: pd.Series) -> pd.Series:
    """The class of :data:`AGES` for each age in days; ``undated`` where the age is missing."""
    edges = [float("-inf"), *AGE_EDGES, float("inf")]
    cut = pd.cut(days.astype("Float64").astype("float64"), edges, right=False, labels=list(AGES))
    return cut.astype(_TEXT).fillna("undated")


def _certain(items: pd.DataFrame) -> pd.DataFrame:
    return items[items["confidence"].isin(CERTAIN)]


def _bounds(items: pd.DataFrame) -> tuple[int, int, int]:
    """Items, the least and the most distinct persons in them."""
    if items.empty:
        return 0, 0, 0
    return len(items), int(items["persons"].max()), int(items["persons"].sum())


def _cross(
    items: pd.DataFrame, by: str, places: Sequence[str], what: pd.Series, classes: Sequence[str]
) -> pd.DataFrame:
    """Counts of ``classes`` a value of ``by``; every place of ``places`` has a row."""
    counts = items.groupby([items[by], what]).size().unstack(fill_value=0)
    counts = counts.reindex(index=list(places), columns=list(classes), fill_value=0).astype(_INT)
    counts.columns.name = None
    frame = counts.rename_axis(by).reset_index()
    return frame.astype({by: _TEXT})


def _by_level(items: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Counts and bounds of persons a group of ``keys``."""
    numbers = ["review", "items", "persons_low", "persons_high"]
    certain = _certain(items)
    levels = certain.groupby([*keys, "exposure"]).size().unstack(fill_value=0)
    frame = items.groupby(keys).agg(
        items=("item_id", "size"), persons_low=("persons", "max"), persons_high=("persons", "sum")
    )
    frame = frame.join(levels.reindex(columns=list(LEVELS))).fillna(dict.fromkeys(LEVELS, 0))
    frame = frame.assign(review=frame["items"] - frame[list(LEVELS)].sum(axis=1)).reset_index()
    dtypes = dict.fromkeys(keys, _TEXT) | dict.fromkeys([*LEVELS, *numbers], _INT)
    return frame[list(dtypes)].astype(dtypes)


def _identities(rows: pd.DataFrame) -> pd.DataFrame:
    """Coverage rows → one row an item; several parts of one item are one item."""
    return rows[["source", "partition", "item_id"]].drop_duplicates()


def _distinct(column: pd.Series) -> list[str]:
    return sorted({str(value) for value in column.dropna() if value})


def _with_share(frame: pd.DataFrame) -> pd.DataFrame:
    known = (frame["complete"] + frame["unchanged"]).astype("Float64")
    listed = frame["listed"].astype("Float64")
    balanced = (frame[list(STATES)].sum(axis=1) == frame["listed"]).astype(_FLAG)
    share = (known / listed.where(listed > 0)).astype(_REAL)
    return frame.assign(read_share=share, balanced=balanced)


def _dtypes(names: Sequence[str]) -> dict[str, str]:
    return {name: COLUMNS["totals"][name] for name in names}


def _typed(rows: Sequence[Mapping[str, Any]], spec: Mapping[str, str]) -> pd.DataFrame:
    """Rows → a frame with exactly the columns and dtypes of ``spec``."""
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=dtype)
            for name, dtype in spec.items()
        }
    )


def _column(values: Sequence[Any], dtype: str) -> pd.Series:
    """One column of the workspace in its dtype; a time beyond what 64 bits of ns hold is missing."""
    if dtype == _TIME:
        times = pd.to_datetime(
            pd.Series(values, dtype="object"), utc=True, format="ISO8601", errors="coerce"
        )
        return times.astype(_TIME)
    if dtype == _LIST:
        return pd.Series([json.loads(value) if value else [] for value in values], dtype=_LIST)
    if dtype == _FLAG:
        values = [None if value is None else bool(value) for value in values]
    return pd.Series(values, dtype=dtype)
