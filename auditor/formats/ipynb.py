"""Notebooks (Jupyter): cells, what they put out, and pictures in both."""

from __future__ import annotations

import binascii
import json
from collections.abc import Iterator
from typing import Any

from auditor.formats import _encoding
from auditor.formats import json as plain
from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Flow, Gap, Limits, Reason, Table, Text

SUFFIXES = (".ipynb",)
MEDIA_TYPES = ("application/x-ipynb+json",)
BEGINNING = False

_MARKS = ('"cells"', '"worksheets"')


def claims(look: Look) -> int:
    """By name, or by the words that a notebook is made of."""
    if not look.text.startswith("{"):
        return 0
    said = '"cell_type"' in look.text and any(mark in look.text for mark in _MARKS)
    return SNIFFED + 10 if said or look.named(SUFFIXES, MEDIA_TYPES) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Flow | Table | Content | Gap]:
    """Cell after cell as it is read, then what else the file says, then pictures."""
    decoded = _encoding.decode(content.data)
    try:
        whole = json.loads(decoded.text.removeprefix("\ufeff"), parse_int=str, parse_float=str)
        cells = _cells(whole)
    except (ValueError, RecursionError, TypeError, AttributeError):
        yield from plain.parts(content, limits)
        return
    pictures: list[Content] = []
    rest = {key: value for key, value in whole.items() if key not in ("cells", "worksheets")}
    for number, cell in enumerate(cells, 1):
        place = f"cell {number}"
        source = _joined(cell.pop("source", cell.pop("input", "")))
        if source.strip():
            yield Text(source, place)
        outputs = cell.pop("outputs", None)
        for said in _said(outputs, place, pictures):
            yield Text(said, f"{place} › output")
        for said in _said(cell, place, pictures):
            yield Text(said, f"{place} › metadata")
    for said in _said(rest, "metadata", pictures):
        yield Text(said, "metadata")
    if not decoded.sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")
    yield from pictures[: limits.members]
    if len(pictures) > limits.members:
        yield Gap(Reason.TOO_MANY_MEMBERS)


def _cells(whole: Any) -> list[dict[str, Any]]:
    """The cells, also of notebooks of version 3."""
    sheets = whole.get("worksheets", [whole])
    return [dict(cell) for sheet in sheets for cell in sheet.get("cells", ())]


def _joined(value: Any) -> str:
    """A text that may be written line by line."""
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def _said(root: Any, place: str, pictures: list[Content]) -> Iterator[str]:
    """All texts below ``root`` as one; pictures and pages of their own go to ``pictures``."""
    lines: list[str] = []
    stack: list[tuple[str, Any]] = [("", root)]
    while stack:
        key, value = stack.pop()
        if isinstance(value, dict):
            stack.extend((str(k), v) for k, v in reversed(value.items()))
        elif isinstance(value, list) and not all(isinstance(line, str) for line in value):
            stack.extend((key, inner) for inner in reversed(value))
        elif value not in (None, "", []):
            text = _joined(value)
            if file := _file(key, text, place, len(pictures) + 1):
                pictures.append(file)
            else:
                lines.append(f"{key}: {text}" if key else text)
    if lines:
        yield "\n".join(lines)


def _file(kind: str, text: str, place: str, number: int) -> Content | None:
    """What a value is whose key is a media type."""
    path = (
        f"{place} › image {number}" if kind.startswith("image/") else f"{place} › page {number}",
    )
    if kind in ("text/html", "image/svg+xml"):
        return Content("", text.encode(), kind, path)
    if not kind.startswith(("image/", "application/pdf")):
        return None
    try:
        return Content("", binascii.a2b_base64(text), kind, path)
    except (ValueError, binascii.Error):
        return None
