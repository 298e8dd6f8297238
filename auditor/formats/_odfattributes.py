"""OpenDocument elements: whose text stands aside, and attributes that may hold words or numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.formats import _prose
from auditor.formats._visibility import BEFORE, PROPERTIES

CELLS = frozenset(("table-cell", "covered-table-cell"))
ASIDE = {
    "annotation": "comment",
    "note": "footnote",
    "tracked-changes": BEFORE,
    "help-message": "input message",
    "error-message": "input message",
    "title": "alt text",
    "desc": "alt text",
    **dict.fromkeys(("header", "header-left", "header-first"), "header"),
    **dict.fromkeys(("footer", "footer-left", "footer-first"), "footer"),
    "settings": "settings",
    "meta": PROPERTIES,
    "master-page": "layout",
    "handout-master": "layout",
}
"""Elements whose text stands beside the running text, and where that is."""
_SHAPES = frozenset(
    "d points enhanced-path viewBox transform rsid paragraph-rsid id change-id".split()
)
"""Attributes of drawings and programs."""
_ANNOTATION = frozenset(("annotation", "annotation-end"))
"""Their names are programs' own."""
_OWN = frozenset(("value", "string-value", "formula", "number-columns-repeated"))
"""Attributes of a cell that are read with it."""
_INSIDE = ("Pictures/", "./", "Object", "#", "media/")
_MACHINE = frozenset(("font-face", "generator"))


def worth(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """``label: value`` of those that are not measures, shapes, fonts, or read elsewhere."""
    if tag in _MACHINE or tag.endswith("-properties"):
        return
    name = attributes.get("name", "")
    for key, value in attributes.items():
        own = (tag in CELLS and key in _OWN) or (tag in _ANNOTATION and key == "name")
        if (
            own
            or key in _SHAPES
            or (key == "href" and value.startswith(_INSIDE))
            or not _prose.worth(value)
        ):
            continue
        if tag == "table" and not _prose.counts(value):
            continue  # the place says it
        yield f"{name if name and key != 'name' else f'{tag} {key}'}: {value}"
