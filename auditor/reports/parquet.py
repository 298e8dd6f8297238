"""One Parquet file a table, typed and compressed, for pandas, Spark, DuckDB and the like.

Times are microseconds in UTC, whole numbers int64, lists list<string>. Columns that repeat a few
words (codes, names of places) are dictionary-encoded inside the file and read as plain strings;
ids, which never repeat, are not. Needs the extra ``columns``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor.reports import _cells, _files
from auditor.reports._extras import needed
from auditor.summary import COLUMNS, Summary

__all__ = ["NAME", "SUFFIX", "write"]

NAME = "parquet"
SUFFIX = ".parquet"

_ROWS = 16_384
"""In a row group: what a reader holds at a time, and what is held while writing."""
_UNIQUE = frozenset(("finding_id", "item_id", "item", "url", "version", "evidence", "run_id"))
"""Text that hardly repeats: a dictionary of it would only cost."""


def write(summary: Summary, out: Path, lang: str) -> list[Path]:  # noqa: ARG001 - names are fixed
    """``<table>.parquet`` for every table of the contract; a missing value is null.

    Raises MissingExtra without pyarrow, before any file is touched.
    """
    arrow = needed("pyarrow", NAME, "columns")
    parquet = needed("pyarrow.parquet", NAME, "columns")
    written = []
    for name in COLUMNS:
        path, schema = out / f"{name}{SUFFIX}", _schema(arrow, name)
        with (
            _files.binary(path) as file,
            parquet.ParquetWriter(
                file, schema, compression="zstd", use_dictionary=_repeating(name), version="2.6"
            ) as rows,
        ):
            for block in _groups(summary, arrow, name, schema):
                rows.write_table(block)
        written.append(path)
    return written


def _groups(summary: Summary, arrow: Any, name: str, schema: Any) -> Iterator[Any]:
    """A table as Arrow tables, one a row group."""
    for frame in summary.blocks(name, _ROWS):
        columns = [
            arrow.array(_values(frame[column], kind), schema.field(column).type)
            for column, kind in COLUMNS[name].items()
        ]
        if len(frame):  # an empty row group says nothing
            yield arrow.table(columns, schema=schema)


def _values(series: Any, kind: Any) -> list[Any]:
    """Plain values: a time as the microseconds since 1970, for a column of any pandas dtype."""
    if _is_time(kind):
        exact = series.astype("datetime64[us, UTC]").astype("int64").astype(object)
        return list(exact.where(series.notna(), None))
    return _cells.column(series)


def _schema(arrow: Any, name: str) -> Any:
    kinds = {
        "Int64": arrow.int64(),
        "Float64": arrow.float64(),
        "boolean": arrow.bool_(),
        "object": arrow.list_(arrow.string()),
    }
    time = arrow.timestamp("us", tz="UTC")
    return arrow.schema(
        [
            (column, time if _is_time(kind) else kinds.get(str(kind), arrow.string()))
            for column, kind in COLUMNS[name].items()
        ]
    )


def _is_time(kind: Any) -> bool:
    return str(kind).startswith("datetime64")


def _repeating(name: str) -> list[str]:
    """Columns of a file that are dictionary-encoded, as Parquet names them."""
    texts = [column for column, kind in COLUMNS[name].items() if str(kind).startswith("str")]
    lists = [f"{column}.list.element" for column, kind in COLUMNS[name].items() if kind == "object"]
    return [column for column in texts if column not in _UNIQUE] + lists
