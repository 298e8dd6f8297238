"""JSON that is a table: like objects with what lies in them, lists of cells and their headers.

Interfaces write tables in three ways: an object a row, a list of cells a row with the names of the
columns beside or around it, or an object a column. A field may be an object itself, as where a
value comes with its type: its names are joined, so that the outer one heads what the inner one
holds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias, TypeGuard

from auditor.formats import _base64, _rows
from auditor.model import Table, Text

SCALARS = (str, int, float, bool, type(None))
STEP = " › "
_ALIKE = 3
"""Objects in a list from which on they are rows."""
_SEEN = 100
"""Of them, those that are compared."""
_COLUMNS = 2_000
_NAMES = 3
"""Names of a field within fields that are told, the innermost ones."""
_DEEP = 8
"""Objects within a row that are its fields; deeper ones are read by themselves."""
_OUTWARD, _INWARD = 4, 3
"""Objects around a list of rows, and within each of them, in which the names of its columns are."""
_NAMING = ("title", "label", "displayname", "name", "text", "header", "field", "key", "id")
"""Keys of a column's description under which its name is, the one for people first."""

_CODE = re.compile(r"[A-Za-z]{0,4}[_\-]?[0-9]{3,}")
"""A key that is the code of a person or a thing."""

Pairs: TypeAlias = Sequence[tuple[str, Any]]


class Object(list[tuple[str, Any]]):
    """An object with its keys as they stand, twice the same one included."""


class Inside:
    """An object that is read, and those around it."""

    def __init__(self, pairs: Pairs, outer: Inside | None) -> None:
        self._pairs = pairs
        self._outer = outer

    def names(self, width: int, outward: int = _OUTWARD) -> tuple[str, ...]:
        """The nearest names of so many columns; () where there are none."""
        if found := self._known.get(width):
            return found
        return self._outer.names(width, outward - 1) if self._outer and outward > 1 else ()

    @functools.cached_property
    def _known(self) -> dict[int, tuple[str, ...]]:
        return dict(_name_lists(self._pairs, _INWARD))


def _name_lists(pairs: Pairs, depth: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Lists of names by their lengths; the first one, and the nearest, comes last."""
    if depth:
        for _, value in reversed(pairs):
            if isinstance(value, Object):
                yield from _name_lists(value, depth - 1)
    for _, value in reversed(pairs):
        if _is_list(value) and 0 < len(value) <= _COLUMNS and (names := _names(value)):
            yield len(names), names


def _names(values: Sequence[Any]) -> tuple[str, ...]:
    """The names that a list gives to columns, each once; () for a list of anything else."""
    names: dict[str, None] = {}
    for value in values:
        name = _described(value) if isinstance(value, Object) else value
        if not isinstance(name, str) or not any(map(str.isalpha, name)) or name in names:
            return ()
        names[name] = None
    return tuple(names)


def _described(column: Pairs) -> Any:
    """The name in a column's description."""
    said = {key.lower(): value for key, value in reversed(column) if isinstance(value, str)}
    return next((said[key] for key in _NAMING if said.get(key)), None)


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and not isinstance(value, Object)


def alike(values: Sequence[Any]) -> bool:
    """Objects that share most of their keys."""
    if len(values) < _ALIKE or not all(isinstance(value, Object) for value in values):
        return False
    common = {key for key, _ in values[0]}
    return bool(common) and all(
        2 * len(common & {key for key, _ in value}) >= len(common) for value in values[:_SEEN]
    )


class Records:
    """Objects as rows under the union of their keys, and of the keys of the objects in them."""

    def __init__(self, files: _base64.Files) -> None:
        """``files`` takes the files that values are as Base64."""
        self.rest: list[list[tuple[str, Any]]] = []
        """What lies in each row and is no field."""
        self._files = files
        self._columns: dict[tuple[str, ...], int] = {}
        self._surplus: list[str] = []

    def tables(
        self, objects: Sequence[Pairs], place: str, lines: Sequence[int] = ()
    ) -> Iterator[Text | Table]:
        """The rows in blocks; ``lines`` are those of the file on which they stand."""
        rows = [self._row(pairs) for pairs in objects]
        names = tuple(STEP.join(path[-_NAMES:]) for path in self._columns)
        numbers = lines or range(1, len(rows) + 1)
        if names:
            for block in _rows.blocks(zip(numbers, rows, strict=True), place, by_line=bool(lines)):
                yield _named(names, block)
        if odd := [name for name in names if any(map(str.isdigit, name))]:
            yield Text("\n".join(odd), under(place, "keys"))
        if self._surplus:
            yield Table([[line] for line in self._surplus], under(place, "more"))

    def _row(self, pairs: Pairs) -> list[str]:
        row: list[str] = []
        self.rest.append([])
        for path, value in _fields(pairs, self.rest[-1]):
            if isinstance(value, str) and self._files.look(value, path[-1]):
                continue
            if path not in self._columns and len(self._columns) < _COLUMNS:
                self._columns[path] = len(self._columns)
            at = self._columns.get(path, -1)
            if at < 0 or (at < len(row) and row[at]):
                self._surplus.append(f"{STEP.join(path)}: {value}")
                continue
            row.extend("" for _ in range(at + 1 - len(row)))
            row[at] = _written(value)
        return row


def _fields(
    pairs: Pairs, rest: list[tuple[str, Any]], outer: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values in an object and in those in it; what is no value goes to the ``rest``."""
    for key, value in pairs:
        if isinstance(value, SCALARS):
            yield (*outer, key), value
        elif isinstance(value, Object) and len(outer) < _DEEP:
            yield from _fields(value, rest, (*outer, key))
        else:
            rest.append((key, value))


def grid(
    values: Sequence[Any], inside: Inside | None
) -> tuple[Sequence[Sequence[Any]], tuple[str, ...]]:
    """The cells of each row of a list of rows, and the names of its columns where there are such.

    A row is a list, or an object with one list in it, of as many cells as there are named columns;
    whatever else such an object holds stands behind them. No rows where it is something else.
    """
    lists = bool(values) and all(map(_is_list, values))
    rows = values if lists else [_only_list(value) for value in values]
    if not rows or not (lists or all(rows)):
        return (), ()
    names = inside.names(max(map(len, rows))) if inside else ()
    if lists or not names:
        return (rows if lists else ()), names
    others = ([inner for _, inner in value if not _is_list(inner)] for value in values)
    return [[*row, *other] for row, other in zip(rows, others, strict=True)], names


def _only_list(value: Any) -> Sequence[Any]:
    lists = [inner for _, inner in value if _is_list(inner)] if isinstance(value, Object) else []
    return lists[0] if len(lists) == 1 else ()


class Grid:
    """Rows of cells, each a value, or one that comes with its type, its style or its column."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.rest: list[tuple[str, Any]] = []
        """What lies in the cells and is no value."""
        self.rows = [[self._cell(cell) for cell in row] for row in rows]

    def _cell(self, value: Any) -> str:
        if isinstance(value, SCALARS):
            return _written(value)
        if not isinstance(value, Object):
            self.rest.append(("", value))
            return ""
        parts = (_written(part) for _, part in _fields(value, self.rest))
        return "\n".join(dict.fromkeys(filter(None, parts)))

    def tables(
        self, place: str, names: Sequence[str] = (), lines: Sequence[int] = ()
    ) -> Iterator[Table]:
        """The rows under these names, or, without any, under what stands in the first ones."""
        numbers = lines or range(1, len(self.rows) + 1)
        for block in _rows.blocks(zip(numbers, self.rows, strict=True), place, by_line=bool(lines)):
            yield _named(names, block)


def by_columns(pairs: Pairs, place: str) -> Iterator[Table]:
    """A table that comes as objects, a column each, whose keys count the rows; else nothing."""
    if not pairs or not all(isinstance(column, Object) and column for _, column in pairs):
        return
    first = [key for key, _ in pairs[0][1]]
    if not all(map(str.isdecimal, first)):
        return
    for _, column in pairs:
        if [key for key, _ in column] != first or not all(
            isinstance(value, SCALARS) for _, value in column
        ):
            return
    rows = zip(*([value for _, value in column] for _, column in pairs), strict=True)
    yield from Grid(rows).tables(place, [name for name, _ in pairs])


def by_codes(name: str, pairs: Pairs, place: str) -> Iterator[Table]:
    """A column that comes as an object: values by codes of persons or things; else nothing."""
    coded = all(_CODE.fullmatch(key) and isinstance(value, SCALARS) for key, value in pairs)
    if name and len(pairs) > 1 and coded:
        yield from Grid(pairs).tables(place, ("", name))


def _named(names: Sequence[str], block: Table) -> Table:
    return Table(
        block.rows,
        block.place,
        columns=tuple(names),
        head=() if names else block.head,
        first_row=block.first_row,
        lines=block.lines,
    )


def _written(value: Any) -> str:
    return "" if value is None else str(value)


def under(place: str, step: str) -> str:
    """The place of what stands below ``place`` under a name."""
    return f"{place}{STEP}{step}" if place else step
