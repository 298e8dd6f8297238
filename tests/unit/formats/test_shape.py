"""Rows read many at a time are the rows read one by one."""

from __future__ import annotations

import random

import pytest

from auditor.formats import _cellvalue, _numfmt, _sheet

CELLS = (
    '<c r="{}"><v>12</v></c>',
    '<c r="{}"><v>12.0</v></c>',
    '<c r="{}" s="1"><v>12</v></c>',
    '<c r="{}" t="s"><v>1</v></c>',
    '<c r="{}" t="s"><v>99</v></c>',
    '<c r="{}" t="s"><v>x</v></c>',
    '<c r="{}" t="str"><f>A1</f><v>a&amp;b</v></c>',
    '<c r="{}"><f t="shared" si="0"/><v>3</v></c>',
    '<c r="{}" t="inlineStr"><is><t>in</t></is></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" s="1"/>',
    "",
)


def sheet(rng: random.Random, kinds: int) -> str:
    """A long sheet whose cells are of so many kinds."""
    chosen = rng.sample(CELLS, kinds)
    columns = rng.sample("ABCDEFG", rng.randrange(1, 6))
    rows = []
    number = 0
    for _ in range(1_500):
        number += rng.choice((1, 1, 1, 1, 1, 5))
        cells = "".join(rng.choice(chosen).format(f"{name}{number}") for name in sorted(columns))
        rows.append(f'<row r="{number}" spans="1:7">{cells}</row>')
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


def read(xml: str, step: int) -> tuple[list[tuple[int, tuple[str, ...]]], list[bool]]:
    """Rows without trailing blanks, and which strings were used."""
    book = _cellvalue.Book([None, _numfmt.renderer("0000")])
    book.items("<si><t>zero</t></si><si><t>one</t></si>")
    found = _sheet.Sheet()
    pieces = (xml[at : at + step] for at in range(0, len(xml), step))
    rows = [
        (number, tuple(row))
        for numbers, batch in _sheet.batches(pieces, book, found)
        for number, row in zip(numbers, batch, strict=True)
    ]
    assert found.ended
    trimmed = ((number, "\0".join(row).rstrip("\0").split("\0")) for number, row in rows)
    return [(n, tuple(row)) for n, row in trimmed if any(row)], [bool(x) for x in book.used]


@pytest.mark.parametrize("seed", range(24))
def test_the_quick_way_reads_what_the_slow_way_reads(seed: int) -> None:
    rng = random.Random(f"shape {seed}")
    xml = sheet(rng, rng.randrange(1, len(CELLS)))
    at_once, one_by_one = read(xml, 1 << 20), read(xml, 300)
    assert len(at_once[0]) > 100 or not at_once[0]
    alike = at_once == one_by_one
    assert alike


def test_cells_between_rows_are_not_lost() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 3_000))
    stray = rows.replace("</row>", '</row><c r="B7"><v>77</v></c>', 1)
    found = read(f"<worksheet><sheetData>{stray}</sheetData></worksheet>", 1 << 20)[0]
    assert any("77" in row for _, row in found)
