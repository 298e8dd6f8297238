"""One table at work: candidates put into their cells, and what headers and columns say of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from . import labelled
from .cells import CELL, Cells
from .column import Tally, tally
from .context import Evidence, Labels, labels_near, weigh
from .evidence import RESIDENT, Surroundings, codes_of, supposed, surroundings, titled
from .forms import Candidate, Found
from .grid import Boxes
from .headers import NAMING, Headers
from .labels import Meaning, has_label, label_places, read
from .placed import FULL, Placed
from .scopes import FIELD
from .verdict import judge

__all__ = ["TITLED", "Sheet", "Spot"]

_TABLE = 3
"""Numbers in a column from which its header counts before the row's label."""
_MOST_FAILING = 100_000
"""Numbers that fail and stand under no label of their own column: weighed up to here."""
_NEXT = 14
_LONG_CELL = 13
_LONGEST_VALUE = 60
TITLED = 40
"""Rows at the top of which each may stand under a title of its own."""
_LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")

_OPEN = frozenset((Meaning.GENERIC, Meaning.TOPIC, Meaning.EITHER))
"""Headers beside which the row's label has its say."""
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

    def __init__(self, cells: Cells, headers: Headers, around: Sequence[str], found: Found) -> None:
        """Take the cells, their labels, the names around the table, and what was found in it."""
        self.cells = cells
        self.headers = headers
        self.around = surroundings(around)
        self.lost: set[tuple[int, int]] = set()
        self._placed = Placed(cells, found)
        self._extra: list[Spot] = []
        self._short: defaultdict[int, list[str]] = defaultdict(list)
        """Too short and no numbers: they tell dummy data."""
        self._taken = np.zeros(len(cells.flat), dtype=np.bool_)
        self._taken[self._placed.index] = True
        self._tally: dict[int, tuple[Tally, Tally]] = {}
        self._named: defaultdict[int, list[str]] = defaultdict(list)
        self._headed: dict[Meaning | None, Evidence] = {}
        self._titles: dict[int, Surroundings] = {}
        self._boxed: dict[bool, list[str]] = {False: [], True: []}
        """Digits of boxes that no label names, and that one does."""

    def beside_labels(self) -> None:
        """Read the cells that a label names and that hold no plain candidate."""
        below: set[int] = set()
        for row, column, said in list(self.headers.named()):
            below.add(column)
            if row >= 0:
                self._beside(row, column, said)
        for column in sorted(below):
            self._below(column)
        for i in self._speaking():
            self._inside(i, self.cells.flat[i])

    def _speaking(self) -> list[int]:
        """Long cells that may hold a label for the number."""
        index = self.cells.lettered(_LONG_CELL)
        cells = [self.cells.flat[i] for i in index.tolist()]
        text = CELL.join(cells)
        # Without Latin letters the quicker question has the same answer.
        if not _LATIN.search(text) and not has_label(text):
            return []
        ends = np.cumsum(np.fromiter(map(len, cells), np.int64, len(cells)) + 1)
        places = np.array(label_places(text), dtype=np.int64)
        answer: list[int] = index[np.unique(np.searchsorted(ends, places, "right"))].tolist()
        return answer

    def _below(self, column: int) -> None:
        """Read the cells below the labels of a column."""
        rows, index = self.cells.filled(column)
        for row in rows[~self._taken[index]].tolist():
            said, _ = self.headers.above(row, column)
            if said is not None and said in NAMING:
                self._value(row, column, said, "header")

    def _is_taken(self, row: int, column: int) -> bool:
        return bool(self._taken[self.cells.first[row] + column])

    def _beside(self, row: int, column: int, said: Meaning) -> None:
        """Read the first filled cell to the right of a label."""
        for right in range(column + 1, column + 1 + _NEXT):
            if self.cells.get(row, right):
                if not self._is_taken(row, right):
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
        here = self._placed.index == i
        taken = set(self._placed.found.starts[here].tolist())
        for one in labelled.beside_labels(cell, labels, taken):
            if isinstance(one, int):
                self.lost.add((row, column))
            else:
                evidence = weigh(cell, labels, one)
                if one.code == RESIDENT:
                    evidence.codes = ["label_field"]
                self._add(one, row, column, evidence)

    def _add(self, one: Candidate, row: int, column: int, evidence: Evidence) -> None:
        if self._is_taken(row, column):
            return
        self._taken[self.cells.first[row] + column] = True
        self._extra.append(Spot(one, row, column, evidence))

    def spots(self, *, labelled: bool) -> list[Spot]:
        """Weigh the candidates that pass, and those that fail but that a label names."""
        passing = self._placed.found.passing
        chosen = passing | self._failing() if labelled else passing.copy()
        named: list[tuple[npt.NDArray[np.int64], Evidence]] = []
        others: list[tuple[npt.NDArray[np.int64], Evidence]] = []
        for here, evidence in self._columns():
            group = here[chosen[here]]
            chosen[here] = False
            (named if evidence.strong else others).append((group, evidence))
        spots = [*self._extra, *self._one_by_one(chosen)]
        for group, evidence in named:
            spots += [Spot(*found, evidence) for found in self._placed.pick(group)]
        for spot in spots:
            if spot.evidence.strong:
                self._named[spot.column].append(spot.one.digits)
        for group, evidence in others:
            telling = self._telling(group[passing[group]], evidence)
            spots += [Spot(*found, evidence) for found in self._placed.pick(telling)]
        return spots

    def _failing(self) -> npt.NDArray[np.bool_]:
        """Mark the candidates that fail and may stand under a label."""
        placed = self._placed
        named = [
            column
            for column in placed.columns()
            if any(said in NAMING for said in self.headers.meanings(column))
        ]
        under = np.isin(placed.column, np.array(named, dtype=np.int64))
        failing = ~placed.found.passing & under
        failing[np.flatnonzero(~placed.found.passing & ~under)[:_MOST_FAILING]] = True
        return failing

    def _columns(self) -> Iterator[tuple[npt.NDArray[np.int64], Evidence]]:
        """Give the candidates of which their column's header alone says the same."""
        placed = self._placed
        for column in placed.columns(_TABLE):
            here = placed.under(column)
            rows = placed.row[here]
            header, up = self.headers.above(int(rows[-1]), column)
            dense = 2 * np.count_nonzero(rows > rows[-1] - up) > up
            if header is not None and header not in _OPEN and dense:
                yield here[(rows > rows[-1] - up) & placed.alone[here]], self._shared(header)

    def _telling(self, group: npt.NDArray[np.int64], evidence: Evidence) -> npt.NDArray[np.int64]:
        """Leave out those of a column's numbers that count as none, whatever their digits."""
        found = self._placed.found
        kinds = found.shapes[group] << 1 | (found.values[group] % 10 == 0)
        keep = self._placed.row[group] < TITLED
        for kind in np.unique(kinds[~keep]).tolist():
            shape, zero = kind >> 1, kind & 1
            one = Candidate(0, 0, shape >> 8, shape & 255, "10"[zero], passes=True)
            spot = Spot(one, TITLED, int(self._placed.column[group[0]]), evidence)
            near, tallies = self.near(spot), self.tallies(spot)
            if any(
                judge(codes_of(one, evidence, near, *tallies, value)) for value in supposed(one)
            ):
                keep |= kinds == kind
        return group[keep]

    def _one_by_one(self, chosen: npt.NDArray[np.bool_]) -> Iterator[Spot]:
        """Weigh candidates each in its place; those that fail count only under a label."""
        for one, row, column in self._placed.pick(np.flatnonzero(chosen)):
            evidence = self._evidence(one, row, column)
            if one.passes or evidence.strong:
                yield Spot(one, row, column, evidence)

    def _evidence(self, one: Candidate, row: int, column: int) -> Evidence:
        """Ask the cell itself, then the column's header and the row's label."""
        cell = self.cells.get(row, column)
        evidence = Evidence()
        if len(cell) - (one.end - one.start) > FULL:
            evidence = weigh(cell, labels_near(cell, [(one.start, one.end)]), one)
            if evidence.meaning is not None:
                return evidence
        return self._outer(row, column, evidence)

    def _shared(self, header: Meaning) -> Evidence:
        """What a header says of all numbers of its column."""
        if header not in self._headed:
            self._headed[header] = self._said(header, "header", Evidence())
        return self._headed[header]

    def _outer(self, row: int, column: int, evidence: Evidence) -> Evidence:
        header, up = self.headers.above(row, column)
        table = header is not None and self._dense(row, column, up)
        if table and header not in _OPEN:
            return self._said(header, "header", evidence)
        label, over = self.headers.left(row, column)
        if label in {None, Meaning.GENERIC} or (header in _HEADER and up < over):
            evidence.generic |= label is Meaning.GENERIC
            self._said(header, "header", evidence)
            self._unheard(column, evidence)
            return evidence
        if table and header is Meaning.EITHER and label not in _HEADER:
            return self._said(header, "header", evidence)
        evidence.generic |= header is Meaning.GENERIC
        return self._said(label, "row", evidence)

    def _unheard(self, column: int, evidence: Evidence) -> None:
        """A header that names something else, in words that nobody listed."""
        if evidence.meaning is None and not evidence.generic and self.headers.other(column):
            evidence.codes.append("other_field")

    def _dense(self, row: int, column: int, up: int) -> bool:
        """Whether numbers fill the column below its label: a table, and no form with boxes."""
        rows = self._placed.row[self._placed.under(column)]
        between = np.count_nonzero((rows > row - up) & (rows <= row))
        return len(rows) >= _TABLE and 2 * between > up

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
            plain = {
                Meaning.TOPIC: "topic_field",
                Meaning.VOID: "warning",
                Meaning.VAGUE: "other_field",
            }
            evidence.codes.append(plain.get(said) or f"{_HEADER[said]}_{scope}")
            if said is Meaning.EITHER:
                evidence.codes.append("either_kind")
        evidence.codes.extend(code for meaning, code in extras if meaning in top)
        return evidence

    def boxed(self, box: Boxes) -> Spot:
        """Weigh a number written over several cells."""
        evidence = self._said(*self._box_label(box), Evidence())
        self._boxed[evidence.strong].append(box.candidate.digits)
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
        row = min(spot.row, TITLED)
        if row not in self._titles:
            said = self.headers.title(row)
            if said in {Meaning.STRONG, Meaning.EITHER}:
                self._titles[row] = Surroundings("label_around", Meaning.STRONG)
            elif said is Meaning.TOPIC:
                self._titles[row] = titled(self.headers.titles(row))
            elif said is Meaning.AGAINST:
                self._titles[row] = Surroundings("against_around", Meaning.AGAINST)
            else:
                self._titles[row] = self.around
        return self._titles[row]

    def tallies(self, spot: Spot) -> tuple[Tally, Tally]:
        """Tally the numbers of the column that no label names, and those that one does."""
        column = spot.column
        if spot.one.code == "boxes":
            return tally(self._boxed[False]), tally(self._boxed[True])
        if column not in self._tally:
            named = labelled = tally(self._named[column])
            if short := self._short[column]:
                labelled = tally([*self._named[column], *short])
            self._tally[column] = (self._placed.tally(column).without(named), labelled)
        return self._tally[column]
