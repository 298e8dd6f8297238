"""Which items of a source the settings leave out: by path, and by when they were last changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from fnmatch import fnmatchcase
from typing import Any

from connectors._errors import Withheld
from connectors._model import Item

_LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Selection:
    """Globs over ``folder/name``, and the days from and to which an item was last changed."""

    paths: Sequence[str] = ("*",)
    exclude_paths: Sequence[str] = ()
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, settings: Any) -> Selection:
        """What the settings of a source say; those it has not, leave nothing out."""
        told = {name: getattr(settings, name, None) for name in cls.__slots__}
        return cls(**{name: value for name, value in told.items() if value is not None})

    def of_all(self, items: Sequence[Item]) -> Sequence[Item]:
        """:meth:`apply` on each; the items themselves where nothing is left out."""
        return items if self == _EVERYTHING else [self.apply(item) for item in items]

    def apply(self, item: Item) -> Item:
        """The item as it is, or without what the listing holds of its content.

        Its version says that it was left out, so that other settings read it.
        """
        if self._takes(item):
            return item
        version = f"{_LEFT_OUT}/{item.version}"
        facts = {**item.facts, _LEFT_OUT: True}
        return replace(item, version=version, body=None, row={}, digest="", facts=facts)

    def _takes(self, item: Item) -> bool:
        place = f"{item.path}/{item.name}".lstrip("/").lower()
        if not _meets(place, self.paths) or _meets(place, self.exclude_paths):
            return False
        when = item.modified or item.created
        if when is None:
            return True
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        early = self.since is not None and when < datetime.combine(self.since, time.min, UTC)
        late = self.until is not None and when > datetime.combine(self.until, time.max, UTC)
        return not (early or late)


_EVERYTHING = Selection()


def check(item: Item) -> None:
    """Before an item is read: raises Withheld for one that was left out."""
    if item.facts.get(_LEFT_OUT):
        raise Withheld("", reason="excluded_by_settings")


def _meets(place: str, globs: Sequence[str]) -> bool:
    return any(fnmatchcase(place, glob.lower()) for glob in globs)
