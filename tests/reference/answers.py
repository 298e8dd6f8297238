"""What the reference and the detector's paths find, as rows that can be compared."""

from __future__ import annotations

from auditor.detect import characters, forms
from reference.candidates import candidates

__all__ = ["right", "rows"]

FORMS = {
    "plain": forms.PLAIN,
    "grouped": forms.GROUPED,
    "spaced": forms.SPACED,
    "mixed": forms.MIXED,
}
KINDS = {
    "space": characters.SPACE,
    "dash": characters.DASH,
    "dot": characters.DOT,
    "bar": characters.BAR,
    "line": characters.LINE,
    "zero": characters.ZERO,
}


def right(text: str, offset: int = 0) -> list[tuple[int, ...]]:
    """What the reference finds: start, end, shape, value, and whether it passes."""
    return [
        (
            one.start + offset,
            one.end + offset,
            FORMS[one.form] << 8 | sum(KINDS[kind] for kind in one.kinds),
            int(one.digits),
            int(one.passes),
        )
        for one in candidates(text)
    ]


def rows(found: forms.Found) -> list[tuple[int, ...]]:
    """What a path of the detector found, likewise."""
    columns = (found.starts, found.ends, found.shapes, found.values, found.passing.astype(int))
    return list(zip(*(column.tolist() for column in columns), strict=True))
