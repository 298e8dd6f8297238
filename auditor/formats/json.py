"""JSON and JSON lines: keys are labels, lists of like objects are tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from auditor.formats import _base64, _encoding, _long, _rows
from auditor.formats._look import NAMED, SNIFFED, Look
from auditor.model import Content, Flow, Gap, Limits, Reason, Table, Text

SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson", ".ipynb", ".har")
MEDIA_TYPES = ("application/json", "application/x-ndjson", "application/jsonl", "text/json")
BEGINNING = True
LONG = True

_OBJECT = re.compile(r"\{\s*(?:\"(?:[^\"\\]|\\.){0,500}\"\s*:|\})")
_ARRAY = re.compile(r"\[\s*(?:[\[{\"\]]|-?\d|true|false|null)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ALIKE = 3
"""Objects in a list from which on they are rows."""
_COLUMNS = 2_000
_SCALARS = (str, int, float, bool, type(None))

Pairs = list[tuple[str, Any]]


class _Object(list[tuple[str, Any]]):
    """An object with its keys as they stand, twice the same one included."""


def claims(look: Look) -> int:
    """By the first characters; surer when a name says so too."""
    begins = _OBJECT.match(look.text) or _ARRAY.match(look.text)
    named = look.named(SUFFIXES, MEDIA_TYPES) or look.media_type.endswith("+json")
    if begins:
        return SNIFFED + 5 if named or _OBJECT.match(look.text) else NAMED + 20
    return NAMED if named and look.text else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Flow | Table | Content | Gap]:
    """Tables where objects are alike, labelled lines elsewhere; what does not parse, as text."""
    files = _base64.Files(limits)
    if content.source:
        yield from _long_lines(content, files)
        yield from files.parts()
        return
    decoded = _encoding.decode(content.data, cut=content.truncated)
    text = decoded.text.removeprefix("\ufeff")
    try:
        yield from _walk(_load(text), files)
    except (ValueError, RecursionError):
        yield from _by_line(text, files, cut=content.truncated)
    if not decoded.sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")
    yield from files.parts()


def _load(text: str) -> Any:
    """Numbers stay as they are written."""
    return json.loads(
        text,
        object_pairs_hook=_Object,
        parse_float=str,
        parse_int=str,
        parse_constant=str,
        strict=False,
    )


def _long_lines(content: Content, files: _base64.Files) -> Iterator[Text | Flow | Table | Gap]:
    """JSON lines piece by piece; anything else as running text, in which keys are labels still."""
    first = _encoding.decode(content.data, cut=True).text.partition("\n")[0]
    try:
        _load(first)
    except (ValueError, RecursionError):
        yield from _long.flow(content)
        return
    before = 0
    for text in _long.lines(content):
        if isinstance(text, Gap):
            yield text
            continue
        yield from _by_line(text.removeprefix("\ufeff"), files, cut=False, before=before)
        before += text.count("\n")


def _by_line(
    text: str, files: _base64.Files, *, cut: bool, before: int = 0
) -> Iterator[Text | Table | Gap]:
    """JSON lines; lines that are none come as they stand, and a gap says so."""
    lines = text.split("\n")
    objects: list[tuple[int, Any]] = []
    bad = [""] * len(lines)  # keeps every line where it stands
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                objects.append((before + number, _load(line)))
            except (ValueError, RecursionError):
                bad[number - 1] = line
    faults = len(bad) - bad.count("")
    if faults > len(objects):
        bad, objects = lines, []
    yield from _records(objects, files)
    if faults:
        yield Text(_ESCAPE.sub(_unescape, "\n".join(bad)))
        if not cut:
            yield Gap(Reason.MALFORMED, detail="not well-formed")


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _records(objects: Sequence[tuple[int, Any]], files: _base64.Files) -> Iterator[Text | Table]:
    """Lines with one value each: a table that knows the lines, and the rest by place."""
    rows = [(number, value) for number, value in objects if isinstance(value, _Object)]
    if rows:
        numbers = [number for number, _ in rows]
        yield from _table([value for _, value in rows], "", files, numbers)
    for number, value in objects:
        if not isinstance(value, _Object):
            yield from _walk(value, files, f"line {number}")
            continue
        for key, inner in value:
            if not isinstance(inner, _SCALARS):
                yield from _walk(inner, files, f"line {number} › {key}")


def _walk(root: Any, files: _base64.Files, place: str = "") -> Iterator[Text | Table]:
    """Everything below ``root``; a list of like objects is a table, the rest are lines."""
    lines: list[str] = []
    stack: list[tuple[str, str, Any]] = [(place, "", root)]
    while stack:
        where, key, value = stack.pop()
        if isinstance(value, _SCALARS):
            packed = isinstance(value, str) and files.look(value, key)
            if value is not None and value != "" and not packed:
                lines.append(f"{key}: {value}" if key else str(value))
            continue
        if isinstance(value, _Object):
            if key:
                lines.append(f"[{key}]")
            stack.extend((_under(where, k), k, inner) for k, inner in reversed(value))
            continue
        if _alike(value):
            yield from _table(value, where, files)
            value = [inner for row in value for inner in row if not isinstance(inner[1], _SCALARS)]
            stack.extend((_under(where, k), k, inner) for k, inner in reversed(value))
        elif value and all(isinstance(row, list) and not isinstance(row, _Object) for row in value):
            yield from _grid(value, where)
            nested = (cell for row in value for cell in row if not isinstance(cell, _SCALARS))
            stack.extend((where, key, cell) for cell in nested)
        elif len(value) > 1 and all(_is_digit(inner) for inner in value):
            lines.append(f"{key}: {' '.join(value)}" if key else " ".join(value))
        else:
            stack.extend((where, key, inner) for inner in reversed(value))
    if lines:
        yield Text("\n".join(lines), place)


def _is_digit(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 1 and value.isdigit()


def _under(where: str, key: str) -> str:
    return f"{where} › {key}" if where else key


def _alike(values: list[Any]) -> bool:
    """Objects that share most of their keys."""
    if len(values) < _ALIKE or not all(isinstance(value, _Object) for value in values):
        return False
    common = {key for key, _ in values[0]}
    return bool(common) and all(
        2 * len(common & {key for key, _ in value}) >= len(common) for value in values[:100]
    )


def _table(
    objects: Sequence[Pairs], place: str, files: _base64.Files, lines: Sequence[int] = ()
) -> Iterator[Text | Table]:
    """Objects as rows under the union of their keys."""
    columns: dict[str, int] = {}
    rows: list[list[str]] = []
    surplus: list[str] = []
    for pairs in objects:
        row: list[str] = []
        for key, value in pairs:
            packed = isinstance(value, str) and files.look(value, key)
            if packed or not isinstance(value, _SCALARS):
                continue
            if key not in columns and len(columns) < _COLUMNS:
                columns[key] = len(columns)
            at = columns.get(key, -1)
            if at < 0 or (at < len(row) and row[at]):
                surplus.append(f"{key}: {value}")
                continue
            row.extend("" for _ in range(at + 1 - len(row)))
            row[at] = "" if value is None else str(value)
        rows.append(row)
    numbers = lines or range(1, len(rows) + 1)
    for block in _rows.blocks(zip(numbers, rows, strict=True), place, by_line=bool(lines)):
        yield Table(
            block.rows,
            place,
            columns=tuple(columns),
            first_row=block.first_row,
            lines=block.lines,
        )
    if odd := [key for key in columns if any(map(str.isdigit, key))]:
        yield Text("\n".join(odd), _under(place, "keys"))
    if surplus:
        yield Table([[line] for line in surplus], _under(place, "more"))


def _grid(rows: Sequence[Sequence[Any]], place: str) -> Iterator[Table]:
    """A list of lists: rows without a header of their own."""
    cells = (
        [str(cell) if isinstance(cell, _SCALARS) and cell is not None else "" for cell in row]
        for row in rows
    )
    yield from _rows.blocks(enumerate(cells, 1), place)
