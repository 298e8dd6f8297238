"""ORC files: every column of every row, nested ones too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.formats import _columnar
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".orc",)
MEDIA_TYPES = ("application/vnd.apache.orc",)
BEGINNING = False
LONG = True

_SIGNATURE = b"ORC"


def claims(look: Look) -> int:
    """By the signature at its beginning and at its end."""
    both = look.head.startswith(_SIGNATURE) and _SIGNATURE in look.end(16)
    return CERTAIN if both and not look.text else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Rows in blocks, stripe by stripe."""
    try:
        import pyarrow as pa
        from pyarrow import orc
    except ImportError:
        yield _columnar.MISSING
        return
    try:
        file = orc.ORCFile(_columnar.file(content))
        stripes = file.nstripes
    except (pa.ArrowException, OSError, ValueError) as bad:
        yield Gap(Reason.MALFORMED, detail=type(bad).__name__)
        return

    def batches() -> Iterator[Any]:
        for number in range(stripes):
            stripe = file.read_stripe(number)
            for start in range(0, stripe.num_rows, _columnar.BATCH):
                yield stripe.slice(start, _columnar.BATCH)

    yield from _columnar.parts(batches(), limits)
