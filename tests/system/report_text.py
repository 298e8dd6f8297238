"""What stands in a report, whatever it is packed in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pyarrow.parquet as pq

__all__ = ["plain"]


def plain(file: Path) -> bytes:
    """The bytes of a file; of a workbook its parts, of a Parquet file its values, a line each."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    if file.suffix == ".parquet":
        rows = pq.read_table(file).to_pylist()
        return "\n".join(str(value) for row in rows for value in row.values()).encode()
    return file.read_bytes()
