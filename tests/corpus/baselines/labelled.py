"""The usual cure for a check digit's false alarms: a label must stand within 100 characters."""

from __future__ import annotations

import re

from corpus.baselines.numbers import passing
from corpus.baselines.plain import text_of
from corpus.document import Document

__all__ = ["LEVELS", "NAME", "find"]

NAME = "Label within 100 characters"
LEVELS = ("labelled",)

_REACH = 100
_LABEL = re.compile(
    "マイナンバー|個人番号|通知カード|"
    "my[ _-]?number|individual[ _-]?(?:number|no)|kojin[ _-]?bango",
    re.IGNORECASE,
)


def find(document: Document) -> dict[str, set[str]]:
    """Digits by level."""
    text = text_of(document)
    return {
        "labelled": {
            digits
            for start, end, digits in passing(text)
            if _LABEL.search(text, max(0, start - _REACH), start)
            or _LABEL.search(text, end, end + _REACH)
        }
    }
