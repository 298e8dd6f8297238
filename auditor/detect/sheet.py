"""One table at work: candidates put into their cells, and what headers and columns say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .beside import Beside
from .cells import Cells
from .column import Tally, tally
from .context import Evidence, labels_near, weigh
from .evidence import Surroundings, codes_of, supposed, surroundings, titled
from .forms import Candidate, Found
from .grid import Boxes
from .headers import NAMING, Headers
from .heard import HEADING, Spot, write
from .labels import Meaning
from .placed import FULL, Placed
from .verdict import judge

__all__ = ["TITLED", "Sheet", "Spot"]

_TABLE = 3
"""Numbers in a column from which its header counts before the row's label."""
_MOST_FAILING = 100_000
"""Numbers that fail and stand under no label of their own column: weighed up to here."""
TITLED = 40
"""Rows at the top of which each may stand under a title of its own."""

_OPEN = frozenset((Meaning.GENERIC, Meaning.TOPIC, Meaning.EITHER))
"""Headers beside which the row's label has its say."""


class Sheet:
    """A table's candidates and their evidence."""

    def __init__(self, cells: Cells, headers: Headers, around: Sequence[str], found: Found) -> None:
        """Take the cells, their labels, the names around the table, and what was found in it."""
        self.cells = cells
        self.headers = headers
        self.around = surroundings(around)
        self._placed = Placed(cells, found)
        self._beside = Beside(cells, headers, self._placed)
        self._tally: dict[int, tuple[Tally, Tally]] = {}
        self._named: defaultdict[int, list[str]] = defaultdict(list)
        self._headed: dict[Meaning | None, Evidence] = {}
        self._titles: dict[int, Surroundings] = {}
        self._boxed: dict[bool, list[str]] = {False: [], True: []}
        """Digits of boxes that no label names, and that one does."""

    def beside_labels(self) -> None:
        """Read the cells that a label names and that hold no plain candidate."""
        self._beside.read()

    @property
    def lost(self) -> set[tuple[int, int]]:
        """Rows and columns of cells whose digits are gone."""
        return self._beside.lost

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
        spots = [*self._beside.spots, *self._one_by_one(chosen)]
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
        if label in {None, Meaning.GENERIC} or (header in HEADING and up < over):
            evidence.generic |= label is Meaning.GENERIC
            self._said(header, "header", evidence)
            self._unheard(column, evidence)
            return evidence
        if table and header is Meaning.EITHER and label not in HEADING:
            return self._said(header, "header", evidence)
        evidence.generic |= header is Meaning.GENERIC
        return self._said(label, "row", evidence)

    def _unheard(self, column: int, evidence: Evidence) -> None:
        """A header that names something else, in words that nobody listed."""
        if evidence.meaning is None and not evidence.generic and self.headers.other(column):
            evidence.codes.append("other_field")

    def _dense(self, row: int, column: int, up: int) -> bool:
        """Whether numbers fill the column below its label: a table, and no form with boxes."""
        if self._placed.count(column) < _TABLE:
            return False
        return 2 * self._placed.between(column, row - up, row) > up

    def _said(self, said: Meaning | None, scope: str, evidence: Evidence) -> Evidence:
        return write(said, scope, evidence, self.headers.extras)

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
            if short := self._beside.short[column]:
                labelled = tally([*self._named[column], *short])
            self._tally[column] = (self._placed.tally(column).without(named), labelled)
        return self._tally[column]
