"""A document as plain extraction tools hand it on: one text, a line a row, tabs between cells.

Names around the document come first, so that a baseline knows no less than our detector does.
"""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Document, Segment

__all__ = ["text_of"]


def _lines(segment: Segment) -> list[str]:
    place = [segment.place] if segment.place else []
    if isinstance(segment, Text):
        return [*place, segment.text]
    header = ["\t".join(segment.columns)] if segment.columns else []
    return [*place, *header, *("\t".join(row) for row in segment.rows)]


def text_of(document: Document) -> str:
    """Flatten a document."""
    lines = [line for segment in document.segments for line in _lines(segment)]
    return "\n".join((*document.around, *lines))
