"""One table at work: candidates put into their cells, and what headers and columns say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .beside import Beside
from .cell_labels import NAMING
from .cells import Cells
from .column import Tally, tally, tally_mixed
from .context import Evidence, labels_near, weigh
from .evidence import Surroundings, codes_of, supposed, surroundings, titled
from .forms import Candidate, Found
from .grid import Boxes
from .headers import Headers
from .heard import HEADING, Group, Spot, write
from .labels import Meaning
from .placed import FULL, Placed
from .verdict import judge

__all__ = ["TITLED", "Group", "Sheet", "Spot"]

_TABLE = 3
"""Numbers in a column from which its header counts before the row's label."""
_SEVERAL = 2
"""Numbers in a column from which its header counts before a word on the matter in the row."""
_MANY = 12
"""Numbers from which it is faster to ask for all of a column at once."""
_MOST_FAILING = 100_000
"""Numbers that fail and stand under no label of their own column: weighed up to here."""
TITLED = 40
"""Rows at the top of which each may stand under a title of its own."""

_OPEN = frozenset((Meaning.GENERIC, Meaning.TOPIC, Meaning.EITHER))
"""Headers beside which the row's label has its say."""


_MEANINGS = max(Meaning) + 1
_DECIDED = np.array([bool(said) and said not in _OPEN for said in range(_MEANINGS)])
_NAMED = np.array([said in HEADING for said in range(_MEANINGS)])
"""By the header's meaning (0 = none): whether it decides alone, and whether it names a number."""


class _Heard(NamedTuple):
    """What stands above a number and beside it."""

    header: Meaning | None
    label: Meaning | None
    table: bool
    """Whether numbers fill the column below its header."""
    nearer: bool
    """Whether the header names the number or another, and is nearer than the label."""


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
        self._groups: list[Group] = []
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

    @property
    def found(self) -> Found:
        """The candidates, with offsets in their cells."""
        return self._placed.found

    def rows(self, index: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Rows of candidates."""
        return self._placed.row[index]

    def pick(self, index: npt.NDArray[np.int64], evidence: Evidence) -> Iterator[Spot]:
        """Make candidates of which the same is known into objects."""
        return (Spot(*found, evidence) for found in self._placed.pick(index))

    def weighed(self, *, labelled: bool) -> tuple[list[Spot], list[Group]]:
        """Weigh the candidates that pass, and those that fail but that a label names.

        Very many that a label names stay together: all but their place and digits is the same.
        """
        passing = self._placed.found.passing
        chosen = passing | self._failing() if labelled else passing.copy()
        others: list[Group] = []
        for group in self._columns(chosen):
            chosen[group.index] = False
            (self._groups if group.evidence.strong else others).append(group)
        spots = [*self._beside.spots, *self._one_by_one(chosen)]
        for spot in spots:
            if spot.evidence.strong:
                self._named[spot.column].append(spot.one.digits)
        for group in others:
            telling = self._telling(group, group.index[passing[group.index]])
            spots += self.pick(telling, group.evidence)
        return spots, self._groups

    def _failing(self) -> npt.NDArray[np.bool_]:
        """Mark the candidates that fail and may stand under a label."""
        placed = self._placed
        named = [
            column
            for column in placed.columns()
            if any(said in NAMING for said in self.headers.meanings(column))
        ]
        marks = np.zeros(self.cells.width, dtype=np.bool_)
        marks[named] = True
        under = marks[placed.column]
        failing = ~placed.found.passing & under
        failing[np.flatnonzero(~placed.found.passing & ~under)[:_MOST_FAILING]] = True
        return failing

    def _columns(self, chosen: npt.NDArray[np.bool_]) -> Iterator[Group]:
        """Give the chosen candidates of large columns by what their headers and rows say."""
        placed = self._placed
        for column in placed.columns(_MANY):
            here = placed.under(column)
            here = here[chosen[here] & placed.alone[here]]
            if len(here):
                yield from self._alike(column, here)

    def _alike(self, column: int, here: npt.NDArray[np.int64]) -> Iterator[Group]:
        """Ask header and row of each number of a column, and give those of like answers."""
        rows = self._placed.row[here]
        header, up = self.headers.aboves(rows, column)
        table = (header > 0) & (2 * self._placed.between(column, rows - up, rows) > up)
        asked = np.flatnonzero(~(table & _DECIDED[header]))
        label, over = np.zeros_like(rows), np.zeros_like(rows)
        label[asked], over[asked] = self.headers.lefts(rows[asked], column)
        keys = ((header * _MEANINGS + label) * 2 + table) * 2 + (_NAMED[header] & (up < over))
        for key in np.flatnonzero(np.bincount(keys)).tolist():
            (above, beside), (in_table, nearer) = divmod(key // 4, _MEANINGS), divmod(key % 4, 2)
            meanings = [Meaning(one) if one else None for one in (above, beside)]
            heard = _Heard(meanings[0], meanings[1], bool(in_table), bool(nearer))
            yield Group(column, here[keys == key], self._speak(heard, column, Evidence()))

    def _telling(self, group: Group, index: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Leave out those of a column's numbers that count as none, whatever their digits."""
        found, evidence = self._placed.found, group.evidence
        kinds = found.shapes[index] << 1 | (found.values[index] % 10 == 0)
        keep = self._placed.row[index] < TITLED
        for kind in np.flatnonzero(np.bincount(kinds[~keep])).tolist():
            shape, zero = kind >> 1, kind & 1
            one = Candidate(0, 0, shape >> 8, shape & 255, "10"[zero], passes=True)
            spot = Spot(one, TITLED, group.column, evidence)
            near, tallies = self.near(spot), self.tallies(spot)
            if any(
                judge(codes_of(one, evidence, near, *tallies, value)) for value in supposed(one)
            ):
                keep |= kinds == kind
        return index[keep]

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
            # The header names the address in a cell, and no part of it.
            if evidence.meaning is not None or "in_path" in evidence.codes:
                return evidence
        return self._outer(row, column, evidence)

    def _outer(self, row: int, column: int, evidence: Evidence) -> Evidence:
        header, up = self.headers.above(row, column)
        table = header is not None and self._dense(row, column, up)
        asked = not table or header in _OPEN
        label, over = self.headers.left(row, column) if asked else (None, 0)
        heard = _Heard(header, label, table, nearer=header in HEADING and up < over)
        return self._speak(heard, column, evidence)

    def _speak(self, heard: _Heard, column: int, evidence: Evidence) -> Evidence:
        """Let the header or the row's label speak of a number."""
        header, label, table, nearer = heard
        if table and header not in _OPEN:
            return self._said(header, "header", evidence)
        # A device or a paper on the matter may be listed with other numbers of its own.
        several = header is None and self._placed.count(column) >= _SEVERAL
        listed = header in HEADING or (several and self.headers.other(column))
        # What was done or sent is a value of the column beside; this one has its own name.
        value = label in HEADING and several and self._listed(column)
        topic = (label is Meaning.TOPIC and listed) or value
        if label in {None, Meaning.GENERIC} or nearer or topic:
            evidence.generic |= label is Meaning.GENERIC
            self._said(header, "header", evidence)
            self._unheard(column, evidence)
            return evidence
        if table and header is Meaning.EITHER and label not in HEADING:
            return self._said(header, "header", evidence)
        evidence.generic |= header is Meaning.GENERIC
        return self._said(label, "row", evidence)

    def _listed(self, column: int) -> bool:
        """Whether numbers fill a column under a name of something else."""
        fills = 2 * self._placed.count(column) >= len(self.cells.rows)
        return fills and self.headers.breadth >= _TABLE and self.headers.other(column)

    def _unheard(self, column: int, evidence: Evidence) -> None:
        """A header that names something else, in words that nobody listed."""
        if evidence.meaning is None and not evidence.generic and self.headers.other(column):
            evidence.codes.append("other_field")

    def _dense(self, row: int, column: int, up: int) -> bool:
        """Whether numbers fill the column below its label: a table, and no form with boxes."""
        if self._placed.count(column) < _TABLE:
            return False
        above, below = np.array([row - up]), np.array([row])
        return 2 * int(self._placed.between(column, above, below)[0]) > up

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
            title = self.headers.title(row)
            said = self.headers.meaning(title)
            if said in {Meaning.STRONG, Meaning.EITHER}:
                self._titles[row] = Surroundings("label_around", Meaning.STRONG)
            elif said is Meaning.TOPIC:
                self._titles[row] = titled(title)
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
            named = labelled = self._tally_named(column, ())
            if short := self._beside.short[column]:
                labelled = self._tally_named(column, short)
            self._tally[column] = (self._placed.tally(column).without(named), labelled)
        return self._tally[column]

    def _tally_named(self, column: int, short: Sequence[str]) -> Tally:
        """Tally the numbers of a column that a label names."""
        numbers = [*self._named[column], *short]
        index = [group.index for group in self._groups if group.column == column]
        if not index:
            return tally(numbers)
        many = np.concatenate(index)
        return tally_mixed(self.found.values[many], self.found.passing[many], numbers)
