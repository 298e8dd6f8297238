"""Caches of pivot tables: a copy of their source, also when the source is long deleted."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from auditor.formats import _ooxml, _prose, _rows
from auditor.model import Gap, Table, Text

_FOLDER = "xl/pivotcache/"
_PLACE = "pivot cache"
_VALUES = frozenset("snbedm")
"""Elements that are a text, number, truth, error, date, or nothing."""


class Definition:
    """The fields of a cache, and the values that records refer to by their place."""

    def __init__(self) -> None:
        self.line = 0
        self.names: list[str] = []
        self.items: list[list[str]] = []
        self.used: list[set[int]] = []
        self._shared = False
        self._notes: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A field, one of its values, or something else."""
        if tag == "cacheField":
            self.names.append(attributes.get("name", ""))
            self.items.append([])
            self.used.append(set())
        elif tag == "sharedItems":
            self._shared = True
        elif self._shared and tag in _VALUES and self.items:
            self.items[-1].append(attributes.get("v", ""))
            return
        values = attributes.items()
        self._notes.extend(f"{tag} {key}: {value}" for key, value in values if _prose.worth(value))

    def end(self, tag: str) -> None:
        """Values of a field end with it."""
        if tag == "sharedItems":
            self._shared = False

    def data(self, text: str) -> None:
        """There is no text."""
        if text.strip():
            self._notes.append(text.strip())

    def aside(self, text: str) -> None:
        """A comment of the XML."""
        self._notes.append(text)

    def ready(self) -> Iterator[Text | Table]:
        """Nothing before the end."""
        return iter(())

    def close(self) -> Iterator[Text | Table]:
        """What is said beside the values."""
        if self._notes:
            yield Text("\n".join(self._notes), f"{_PLACE} › fields")

    def value(self, column: int, place: str) -> str:
        """The value that a record refers to."""
        at = int(place) if place.isdigit() and len(place) < 10 else -1
        if not (column < len(self.items) and 0 <= at < len(self.items[column])):
            return ""
        self.used[column].add(at)
        return self.items[column][at]

    def unused(self) -> Iterator[Table]:
        """Values that no record refers to, in columns."""
        left = (
            [item for at, item in enumerate(items) if at not in used]
            for items, used in zip(self.items, self.used, strict=True)
        )
        rows = map(list, itertools.zip_longest(*left, fillvalue=""))
        yield from _headed(rows, f"{_PLACE} › items", self.names, 1)


class Records:
    """The rows of a cache."""

    def __init__(self, definition: Definition) -> None:
        self.line = 0
        self._of = definition
        self._rows: list[list[str]] = []
        self._count = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A row, or a value of one."""
        if tag == "r":
            self._rows.append([])
        elif tag == "x" or tag in _VALUES:
            if not self._rows:
                self._rows.append([])
            row, value = self._rows[-1], attributes.get("v", "")
            row.append(self._of.value(len(row), value) if tag == "x" else value)

    def end(self, tag: str) -> None:
        """Nothing hangs on an end."""

    def data(self, text: str) -> None:
        """There is no text."""
        if text.strip():
            self._rows.append([text.strip()])

    def aside(self, text: str) -> None:
        """A comment of the XML."""
        self._rows.append([text])

    def ready(self) -> Iterator[Text | Table]:
        """Rows, when there are many."""
        if len(self._rows) > _rows.ROWS:
            *rows, self._rows = *self._rows[:-1], self._rows[-1:]
            yield from self._tables(rows)

    def close(self) -> Iterator[Text | Table]:
        """The rest, and the values of no row."""
        rows, self._rows = self._rows, []
        yield from self._tables(rows)
        yield from self._of.unused()

    def _tables(self, rows: list[list[str]]) -> Iterator[Table]:
        yield from _headed(iter(rows), _PLACE, self._of.names, self._count + 1)
        self._count += len(rows)


def _headed(rows: Iterator[list[str]], place: str, names: list[str], first: int) -> Iterator[Table]:
    for block in _rows.blocks(enumerate(rows, first), place):
        yield Table(block.rows, place, columns=tuple(names), first_row=block.first_row)


def caches(package: _ooxml.Package) -> Iterator[Text | Table | Gap]:
    """Every cache of a workbook with its records; records of no known cache are read as rows."""
    for key in [key for key in package.parts if key.startswith(_FOLDER + "pivotcachedefinition")]:
        definition = Definition()
        yield from package.read(key, _PLACE, definition)
        mine = (part for kind, part in package.relations(key).values() if "ecords" in kind)
        usual = key.replace("definition", "records")
        part = next((part for part in (*mine, usual) if package.has(part)), "")
        if part and part not in package.done:
            yield from package.read(part, _PLACE, Records(definition))
        else:
            yield from definition.unused()
    for key in [key for key in package.parts if key.startswith(_FOLDER + "pivotcacherecords")]:
        if key not in package.done:
            yield from package.read(key, _PLACE, Records(Definition()))
