"""A run of paragraphs and tables as old word processors keep them: marks in the text, no tree.

Text comes with what became of it, so that a number struck out and the one put in its place do not
run into each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _grid
from auditor.formats._visibility import BEFORE, CONCEALED, of_step
from auditor.model import Table, Text

DELETED, INSERTED, HIDDEN = 1, 2, 4
"""What became of text; any of them together."""
_REPEATED = ("header", "footer")


class Story:
    """Collects what is read now, what was read before changes, and codes of fields."""

    def __init__(self, place: str = "") -> None:
        """``place``: where the story stands, for people."""
        self._place = place
        self._main: list[str] = []
        self._tables: list[Table] = []
        self._extra: dict[str, list[str]] = {}
        self._now: list[str] = []
        self._before: list[str] = []
        self._whole: list[str] | None = None
        """With what is hidden; None where nothing is."""
        self._grid: _grid.Grid | None = None
        self._count = 0

    @property
    def blank(self) -> bool:
        """Whether nothing was said since the last end of a cell or paragraph."""
        return not self._now and not self._before and self._whole is None

    def say(self, text: str, change: int = 0) -> None:
        """Take text of the paragraph that is open."""
        if not change & DELETED:
            if change & HIDDEN and self._whole is None:
                self._whole = list(self._now)
            if self._whole is not None:
                self._whole.append(text)
            if not change & HIDDEN:
                self._now.append(text)
        if not change & INSERTED:
            self._before.append(text)

    def aside(self, step: str, text: str) -> None:
        """Take what stands in no paragraph: the code of a field."""
        if text.strip():
            self._extra.setdefault(step, []).append(text)

    def cell(self) -> None:
        """The open cell ends."""
        text = self._taken(cell=True)
        grid = self._table()
        grid.cell()
        grid.text(text)
        grid.close_cell()

    def row(self) -> None:
        """The open row ends."""
        if text := self._taken(cell=True).strip():
            self._main.append(text)
        self._table().row()

    def paragraph(self) -> None:
        """The open paragraph ends, outside of tables."""
        now = self._taken()
        self._end_table()
        if now.strip():
            self._main.append(now)

    def close(self) -> Iterator[Text | Table]:
        """Everything that was read."""
        self.paragraph()
        # Headers are kept again for every section and side of the page.
        lines = dict.fromkeys(self._main) if self._place in _REPEATED else self._main
        if lines:
            yield Text("\n".join(lines), self._place)
        yield from self._tables
        for step, lines in self._extra.items():
            text = "\n".join(dict.fromkeys(lines))
            yield Text(text, self._within(step), visibility=of_step(step))

    def _taken(self, *, cell: bool = False) -> str:
        """The paragraph as it is shown now; as it was, and what is hidden, go aside.

        A cell says all it has: beside its column it would be read as less.
        """
        now, before = "".join(self._now), "".join(self._before)
        whole = now if self._whole is None else "".join(self._whole)
        self._now, self._before, self._whole = [], [], None
        if before != whole:
            self.aside(BEFORE, before)
        if cell or now == whole:
            return whole
        self.aside(CONCEALED, f"{_grid.title_of(self._main[-1:])}\n{whole}".lstrip())
        return now

    def _table(self) -> _grid.Grid:
        if self._grid is None:
            self._grid = _grid.Grid(_grid.title_of(self._main[-1:]))
            self._grid.row()
        return self._grid

    def _end_table(self) -> None:
        grid, self._grid = self._grid, None
        if grid is None:
            return
        while grid.rows and not grid.rows[-1]:
            grid.rows.pop()
        if grid.is_table():
            self._count += 1
            self._tables.extend(grid.tables(self._within(f"table {self._count}")))
        elif flat := grid.flat().strip():
            self._main.append(flat)

    def _within(self, step: str) -> str:
        return f"{self._place} › {step}" if self._place else step
