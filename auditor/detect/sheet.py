"""One table at work: candidates put into their cells, and what headers and columns say of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from . import labelled
from .column import Tally, tally, tally_values
from .context import FIELD, Evidence, Labels, labels_near, weigh
from .evidence import RESIDENT, Surroundings, surroundings
from .forms import NONE, Candidate, Found
from .grid import Boxes, Cells
from .headers import NAMING, Headers
from .labels import Meaning, label_places, read

__all__ = ["Sheet", "Spot"]

_FULL = 2
"""Characters that a cell may have beside its number (a quote, a space)."""
_TABLE = 3
"""Numbers in a column from which its header counts before the row's label."""
_MOST_FAILING = 100_000
"""Numbers that fail and stand under no label of their own column: weighed up to here."""
_NEXT = 14
_LONG_CELL = 13
_LONGEST_VALUE = 60
_NOTHING = Tally()

_HEADER = {
    Meaning.STRONG: "label",
    Meaning.EITHER: "label",
    Meaning.AGAINST: "against",
    Meaning.RESIDENT: "against",
}


@dataclass(slots=True, repr=False)
class Spot:
    """A candidate in its cell, with what is said of it."""

    one: Candidate
    row: int
    column: int
    evidence: Evidence


class Sheet:
    """A table's candidates and their evidence."""

    def __init__(self, cells: Cells, headers: Headers, around: Sequence[str]) -> None:
        """Take the cells, their labels, and the names around the table."""
        self.cells = cells
        self.headers = headers
        self.around = surroundings(around)
        self.lost: set[tuple[int, int]] = set()
        self._found = NONE
        self._index = self._row = self._column = np.zeros(0, dtype=np.int64)
        self._begin = self._order = self._sorted = self._index
        self._extra: list[Spot] = []
        self._short: defaultdict[int, list[str]] = defaultdict(list)
        """Too short and no numbers: they tell dummy data."""
        self._taken: set[tuple[int, int]] = set()
        self._columns: Counter[int] = Counter()
        self._tally: dict[int, tuple[Tally, Tally]] = {}
        self._named: defaultdict[int, list[str]] = defaultdict(list)
        self._headed: dict[Meaning | None, Evidence] = {}
        self._titles: dict[int, Surroundings] = {}

    def place(
        self, found: Found, index: npt.NDArray[np.int64], begins: npt.NDArray[np.int64]
    ) -> None:
        """Put the candidates into their cells (flat ``index``; ``begins`` are offsets)."""
        self._found, self._index = found, index
        rows, columns = self.cells.at(index)
        self._row, self._column = np.array(rows, np.int64), np.array(columns, np.int64)
        self._begin = begins[index] if len(index) else index
        self._order = np.argsort(self._column, kind="stable")
        self._sorted = self._column[self._order]
        self._columns = Counter(columns)
        self._taken = set(zip(rows, columns, strict=True))

    def beside_labels(self, joined: str, begins: npt.NDArray[np.int64]) -> None:
        """Read the cells that a label names and that hold no plain candidate."""
        below: set[int] = set()
        for row, column, said in list(self.headers.named()):
            below.add(column)
            if row >= 0:
                self._beside(row, column, said)
        for column in sorted(below):
            self._below(column)
        places = np.array(label_places(joined), dtype=np.int64)
        for i in np.unique(np.searchsorted(begins, places, "right") - 1).tolist():
            if len(self.cells.flat[i]) >= _LONG_CELL:
                self._inside(i, self.cells.flat[i])

    def _below(self, column: int) -> None:
        """Read the cells below the labels of a column."""
        for row in range(len(self.cells.rows)):
            if self.cells.get(row, column) and (row, column) not in self._taken:
                said, _ = self.headers.above(row, column)
                if said is not None and said in NAMING:
                    self._value(row, column, said, "header")

    def _beside(self, row: int, column: int, said: Meaning) -> None:
        """Read the first filled cell to the right of a label."""
        for right in range(column + 1, column + 1 + _NEXT):
            if self.cells.get(row, right):
                if (row, right) not in self._taken:
                    self._value(row, right, said, "row")
                return

    def _value(self, row: int, column: int, said: Meaning, scope: str) -> None:
        """Read a whole cell as a value of its label."""
        cell = self.cells.get(row, column)
        text = cell.strip()
        if not 0 < len(text) <= _LONGEST_VALUE:
            return
        read_as = labelled.behind(text, 0, said)
        if isinstance(read_as, int):
            self.lost.add((row, column))
        elif read_as is not None and read_as.end == len(text):
            lead = len(cell) - len(cell.lstrip())
            one = replace(read_as, start=read_as.start + lead, end=read_as.end + lead)
            evidence = self._said(said, scope, Evidence())
            if one.code == RESIDENT:
                evidence.codes = [f"label_{scope}"]
            self._add(one, row, column, evidence)
        elif text.isascii() and text.isdecimal() and 9 <= len(text) <= 11 and text[0] != "0":
            self._short[column].append(text.zfill(12))

    def _inside(self, i: int, cell: str) -> None:
        """Read a cell that holds label and value together."""
        rows, columns = self.cells.at(np.array([i], dtype=np.int64))
        row, column = rows[0], columns[0]
        labels = Labels(list(read(cell)))
        here = np.flatnonzero(self._index == i)
        taken = set((self._found.starts[here] - self._begin[here]).tolist())
        for one in labelled.beside_labels(cell, labels, taken):
            if isinstance(one, int):
                self.lost.add((row, column))
            else:
                evidence = weigh(cell, labels, one)
                if one.code == RESIDENT:
                    evidence.codes = ["label_field"]
                self._add(one, row, column, evidence)

    def _add(self, one: Candidate, row: int, column: int, evidence: Evidence) -> None:
        if (row, column) in self._taken:
            return
        self._taken.add((row, column))
        self._extra.append(Spot(one, row, column, evidence))

    def spots(self, *, labelled: bool) -> list[Spot]:
        """Weigh the candidates that pass, and those that fail but that a label names."""
        spots = [*self._extra]
        found = self._found
        spots.extend(self._spots(found.passing))
        if labelled:
            spots.extend(self._failing())
        for spot in spots:
            if spot.evidence.strong:
                self._named[spot.column].append(spot.one.digits)
        return spots

    def _failing(self) -> Iterator[Spot]:
        """Weigh the candidates that fail, and keep those that a label names."""
        found = self._found
        named = {
            column
            for column in self._columns
            if any(said in NAMING for said in self.headers.meanings(column))
        }
        under = np.isin(self._column, np.array(sorted(named), dtype=np.int64))
        others = np.flatnonzero(~found.passing & ~under)[:_MOST_FAILING]
        failing = ~found.passing & under
        failing[others] = True
        return (spot for spot in self._spots(failing) if spot.evidence.strong)

    def _spots(self, chosen: npt.NDArray[np.bool_]) -> list[Spot]:
        rows, columns = self._row[chosen].tolist(), self._column[chosen].tolist()
        begins = self._begin[chosen].tolist()
        spots = []
        for one, row, column, begin in zip(
            self._found.pick(chosen), rows, columns, begins, strict=True
        ):
            inside = replace(one, start=one.start - begin, end=one.end - begin)
            spots.append(Spot(inside, row, column, self._evidence(inside, row, column)))
        return spots

    def _evidence(self, one: Candidate, row: int, column: int) -> Evidence:
        """Ask the cell itself, then the column's header and the row's label."""
        cell = self.cells.get(row, column)
        evidence = Evidence()
        if len(cell) - (one.end - one.start) > _FULL:
            evidence = weigh(cell, labels_near(cell, [(one.start, one.end)]), one)
            if evidence.meaning is not None:
                return evidence
        return self._outer(row, column, evidence)

    def _outer(self, row: int, column: int, evidence: Evidence) -> Evidence:
        header, up = self.headers.above(row, column)
        table = self._columns[column] >= _TABLE and header is not None
        if table and header not in {Meaning.GENERIC, Meaning.TOPIC, Meaning.EITHER}:
            if evidence.codes:
                return self._said(header, "header", evidence)
            if header not in self._headed:
                self._headed[header] = self._said(header, "header", evidence)
            return self._headed[header]
        label, over = self.headers.left(row, column)
        if label in {None, Meaning.GENERIC} or (header in _HEADER and up < over):
            evidence.generic |= label is Meaning.GENERIC
            return self._said(header, "header", evidence)
        if table and header is Meaning.EITHER and label not in _HEADER:
            return self._said(header, "header", evidence)
        evidence.generic |= header is Meaning.GENERIC
        return self._said(label, "row", evidence)

    def _said(self, said: Meaning | None, scope: str, evidence: Evidence) -> Evidence:
        """Write what a header or row label says, and what stands at the top of the table."""
        top = self.headers.extras
        evidence.specimen |= Meaning.SPECIMEN in top
        extras = [(Meaning.FORM, "form_word"), (Meaning.COMPANION, "companion")]
        if said is Meaning.GENERIC:
            evidence.generic = True
        elif said is Meaning.RESIDENT:
            evidence.meaning, evidence.scope = said, FIELD
            evidence.codes.append(f"against_{scope}")
        elif said is not None:
            evidence.meaning, evidence.scope = said, FIELD
            plain = {Meaning.TOPIC: "topic_field", Meaning.VOID: "warning"}
            evidence.codes.append(plain.get(said) or f"{_HEADER[said]}_{scope}")
            if said is Meaning.EITHER:
                evidence.codes.append("either_kind")
        evidence.codes.extend(code for meaning, code in extras if meaning in top)
        return evidence

    def boxed(self, box: Boxes) -> Spot:
        """Weigh a number written over several cells."""
        evidence = self._said(*self._box_label(box), Evidence())
        return Spot(box.candidate, box.row, box.column, evidence)

    def _box_label(self, box: Boxes) -> tuple[Meaning | None, str]:
        """Find the label of a row or column of boxes: beside it, above it, then the header."""
        left, _ = self.headers.left(box.row, box.column)
        over, _ = self.headers.above(box.row, box.column)
        if box.down and over is not None:
            return over, "header"
        if left is not None:
            return left, "row"
        for column in range(max(0, box.column - 2), box.column):
            over = over or self.headers.above(box.row, column)[0]
        return over, "header"

    def near(self, spot: Spot) -> Surroundings:
        """What title and names around say; the title is nearer."""
        row = min(spot.row, 40)
        if row not in self._titles:
            said = self.headers.title(row)
            if said in {Meaning.STRONG, Meaning.TOPIC, Meaning.EITHER}:
                self._titles[row] = Surroundings("label_around", Meaning.STRONG)
            elif said is Meaning.AGAINST:
                self._titles[row] = Surroundings("against_around", Meaning.AGAINST)
            else:
                self._titles[row] = self.around
        return self._titles[row]

    def tallies(self, spot: Spot) -> tuple[Tally, Tally]:
        """Tally the numbers of the column that no label names, and those that one does."""
        column = spot.column
        if column not in self._tally:
            low, high = np.searchsorted(self._sorted, (column, column + 1))
            here = self._order[low:high]
            whole = tally_values(self._found.values[here], self._found.passing[here])
            named = tally(self._named[column])
            labelled = tally([*self._named[column], *self._short[column]])
            self._tally[column] = (whole.without(named), labelled)
        return self._tally[column]
