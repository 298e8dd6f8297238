"""Parquet files: every column of every row, nested ones too."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _columnar
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".parquet", ".pq")
MEDIA_TYPES = ("application/vnd.apache.parquet",)
BEGINNING = False
LONG = True

_SIGNATURE, _SEALED = b"PAR1", b"PARE"


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith((_SIGNATURE, _SEALED)) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Rows in blocks; keys beside them come as text."""
    if content.data.startswith(_SEALED):
        yield Gap(Reason.ENCRYPTED, detail="encrypted Parquet")
        return
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        yield _columnar.MISSING
        return
    try:
        file = parquet.ParquetFile(_columnar.file(content), memory_map=False)
        notes = file.schema_arrow.metadata or {}
    except (pa.ArrowException, OSError, ValueError) as bad:
        yield Gap(Reason.MALFORMED, detail=type(bad).__name__)
        return
    rows = file.iter_batches(batch_size=_columnar.BATCH, use_threads=False)
    yield from _columnar.parts(rows, limits)
    if told := b"\n".join(b"%s: %s" % note for note in notes.items()):
        yield Text(told.decode("utf-8", "replace"), "metadata")
