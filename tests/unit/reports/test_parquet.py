"""The Parquet files are typed, and hold what the frames hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from auditor.reports import parquet as report
from auditor.reports._extras import MissingExtra
from auditor.summary import COLUMNS, Summary


@pytest.fixture(scope="module")
def written(sample: Summary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    files = report.write(sample, tmp_path_factory.mktemp("parquet"), "ja")
    return {file.stem: file for file in files}


def test_one_file_a_table_with_its_columns(sample: Summary, written: dict[str, Path]) -> None:
    assert list(written) == list(COLUMNS)
    for name, columns in COLUMNS.items():
        file = pq.ParquetFile(written[name])
        assert file.schema_arrow.names == list(columns)
        assert file.metadata.num_rows == len(getattr(sample, name))


def test_columns_are_typed(written: dict[str, Path]) -> None:
    kinds = {
        "Int64": pa.int64(),
        "Float64": pa.float64(),
        "boolean": pa.bool_(),
        "datetime64[ns, UTC]": pa.timestamp("us", tz="UTC"),
        "object": pa.list_(pa.string()),
    }
    for name, columns in COLUMNS.items():
        schema = pq.read_schema(written[name])
        for column, kind in columns.items():
            assert schema.field(column).type == kinds.get(str(kind), pa.string()), column


def test_values_are_those_of_the_frames(sample: Summary, written: dict[str, Path]) -> None:
    for name, columns in COLUMNS.items():
        table, frame = pq.read_table(written[name]), getattr(sample, name)
        for column, kind in columns.items():
            found = table.column(column).to_pylist()
            wanted = [
                None if not isinstance(value, list) and pd.isna(value) else value
                for value in frame[column]
            ]
            if str(kind).startswith("datetime64"):
                wanted = [value and value.to_pydatetime() for value in wanted]
            assert found == wanted, column
    assert pq.read_table(written["items"]).column("created").null_count > 0


def test_words_that_repeat_stand_in_a_dictionary(written: dict[str, Path]) -> None:
    group = pq.ParquetFile(written["items"]).metadata.row_group(0)
    chunks = [group.column(place) for place in range(group.num_columns)]
    encoded = {c.path_in_schema: "RLE_DICTIONARY" in c.encodings for c in chunks}
    assert encoded["exposure"]
    assert encoded["exposure_reasons.list.element"]
    assert not encoded["item_id"]
    assert {chunk.compression for chunk in chunks} == {"ZSTD"}


def test_rows_are_written_a_group_at_a_time(
    sample: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "_ROWS", 100)
    files = {file.stem: file for file in report.write(sample, tmp_path, "en")}
    groups = pq.ParquetFile(files["items"]).metadata
    assert groups.num_row_groups == -(-len(sample.items) // 100)
    assert list(pq.read_table(files["items"])["item_id"].to_pylist()) == list(
        sample.items["item_id"]
    )


def test_an_empty_table_still_has_its_columns(empty: Summary, tmp_path: Path) -> None:
    for file in report.write(empty, tmp_path, "ja"):
        assert pq.read_table(file).num_rows == 0
        assert pq.read_schema(file).names == list(COLUMNS[file.stem])


def test_without_pyarrow_it_says_what_to_install_and_touches_nothing(
    sample: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra) as raised:
        report.write(sample, tmp_path / "out", "ja")
    assert (raised.value.report, raised.value.extra) == ("parquet", "columns")
    assert not (tmp_path / "out").exists()
