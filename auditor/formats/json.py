"""JSON and JSON lines: keys are labels, lists of like objects are tables."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from auditor.formats import _base64, _encoding, _jsonrows, _long
from auditor.formats._jsonrows import SCALARS, STEP, Inside, Object
from auditor.formats._look import NAMED, SNIFFED, Look
from auditor.model import Content, Flow, Gap, Limits, Reason, Table, Text

SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson", ".ipynb", ".har")
MEDIA_TYPES = ("application/json", "application/x-ndjson", "application/jsonl", "text/json")
BEGINNING = True
LONG = True

_OBJECT = re.compile(r"\{\s*(?:\"(?:[^\"\\]|\\.){0,500}\"\s*:|\})")
_ARRAY = re.compile(r"\[\s*(?:[\[{\"\]]|-?\d|true|false|null)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_DIGITS = 12
"""Of the number that a list may hold in groups."""
_HEAD = 10
"""Lines at the beginning that head a long file's."""

_Node: TypeAlias = tuple[str, str, Any]
"""A value: where it stands, its key, and it."""


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
        yield from _by_line(text, files, [], cut=content.truncated)
    if not decoded.sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")
    yield from files.parts()


def _load(text: str) -> Any:
    """Numbers stay as they are written."""
    return json.loads(
        text,
        object_pairs_hook=Object,
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
    before, head = 0, list[list[str]]()
    for text in _long.lines(content):
        if isinstance(text, Gap):
            yield text
            continue
        yield from _by_line(text.removeprefix("\ufeff"), files, head, cut=False, before=before)
        before += text.count("\n")


def _by_line(
    text: str, files: _base64.Files, head: list[list[str]], *, cut: bool, before: int = 0
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
    yield from _records(objects, files, head)
    if faults:
        yield Text(_ESCAPE.sub(_unescape, "\n".join(bad)))
        if not cut:
            yield Gap(Reason.MALFORMED, detail="not well-formed")


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _records(
    objects: Sequence[tuple[int, Any]], files: _base64.Files, head: list[list[str]]
) -> Iterator[Text | Table]:
    """Lines with one value each: tables that know the lines, and the rest by place."""
    rows = [(number, value) for number, value in objects if isinstance(value, Object)]
    if rows:
        numbers, pairs = zip(*rows, strict=True)
        records = _jsonrows.Records(files)
        yield from records.tables(pairs, "", numbers)
        for number, rest in zip(numbers, records.rest, strict=True):
            for key, value in rest:
                yield from _walk(value, files, f"line {number}{STEP}{key}")
    others = [(number, value) for number, value in objects if not isinstance(value, Object)]
    if others and all(isinstance(value, list) for _, value in others):
        yield from _line_grid(others, files, head)
        return
    for number, value in others:
        yield from _walk(value, files, f"line {number}")


def _line_grid(
    objects: Sequence[tuple[int, Any]], files: _base64.Files, head: list[list[str]]
) -> Iterator[Text | Table]:
    """A list a line: rows under the first one; ``head`` keeps the first ones of a long file."""
    numbers, rows = zip(*objects, strict=True)
    grid = _jsonrows.Grid(rows)
    for table in grid.tables("", (), numbers):
        yield replace(table, head=head or table.head)
    head.extend(() if head else grid.rows[:_HEAD])
    yield from _walk(Object(grid.rest), files)


def _walk(root: Any, files: _base64.Files, place: str = "") -> Iterator[Text | Table]:
    """Everything below ``root``; a list of like objects is a table, the rest are lines."""
    lines: list[str] = []
    stack: list[tuple[_Node, Inside | None]] = [((place, "", root), None)]
    while stack:
        (where, key, value), around = stack.pop()
        below: Sequence[_Node] = ()
        if isinstance(value, SCALARS):
            packed = isinstance(value, str) and files.look(value, key)
            if value is not None and value != "" and not packed:
                lines.append(f"{key}: {value}" if key else str(value))
        elif isinstance(value, Object):
            columns = [*_jsonrows.by_columns(value, where), *_jsonrows.by_codes(key, value, where)]
            if columns:
                yield from columns
                continue
            lines += [f"[{key}]"] if key else []
            around, below = Inside(value, around), _named(where, value)
        elif _is_number(value):
            lines.append(f"{key}: {' '.join(value)}" if key else " ".join(value))
        else:
            below = yield from _list(where, key, value, around, files)
        stack.extend((node, around) for node in reversed(below))
    if lines:
        yield Text("\n".join(lines), place)


def _named(where: str, pairs: _jsonrows.Pairs) -> list[_Node]:
    return [(_jsonrows.under(where, key) if key else where, key, value) for key, value in pairs]


def _list(
    where: str, key: str, values: list[Any], around: Inside | None, files: _base64.Files
) -> Generator[Text | Table, None, list[_Node]]:
    """A list as a table, if it is one; gives what lies in it besides."""
    rows, names = _jsonrows.grid(values, around)
    if rows:
        grid = _jsonrows.Grid(rows)
        yield from grid.tables(where, names)
        return _named(where, grid.rest)
    if not _jsonrows.alike(values):
        return [(where, key, value) for value in values]
    records = _jsonrows.Records(files)
    yield from records.tables(values, where)
    return _named(where, [pair for rest in records.rest for pair in rest])


def _is_number(values: list[Any]) -> bool:
    """Whether a list holds the digits of one number, each by itself or in groups."""
    if len(values) < 2 or not all(isinstance(value, str) and value.isdigit() for value in values):
        return False
    return max(map(len, values)) == 1 or sum(map(len, values)) == _DIGITS
