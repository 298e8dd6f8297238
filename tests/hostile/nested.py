"""Pages, JSON, notebooks and YAML that nest, repeat or never end."""

from __future__ import annotations

import json

from auditor.model import Reason
from hostile.hostile import Set

SET = Set()


@SET.add("a.html")
def deep_boxes() -> bytes:
    """Boxes in boxes, two hundred thousand deep."""
    return b"<html><body>" + b"<div>" * 200_000 + b"words"


@SET.add("a.html")
def tables_in_tables() -> bytes:
    """Tables in cells, five thousand deep, none of them closed."""
    return b"<html><body>" + b"<table><tr><td>words" * 5_000


@SET.add("a.html")
def spans() -> bytes:
    """Cells that span a billion rows and columns."""
    cell = b"<td colspan=1000000000 rowspan=1000000000>words"
    return b"<html><table>" + (b"<tr>" + cell * 20) * 500 + b"</table>"


@SET.add("a.html")
def half_tags() -> bytes:
    """Tags, comments, entities and scripts that never end."""
    return b"<html><body>words" + (b"<a href='" + b"<!--" * 9 + b"<script>&#" + b"&#x" * 9) * 9_000


@SET.add("a.html")
def style() -> bytes:
    """A style sheet of nothing but openings, and attributes that hold style sheets."""
    return (
        b"<html><style>"
        + b"@media (a:b){/*" * 60_000
        + b"</style><p style='"
        + b"a:url(" * 60_000
        + b"'>words"
    )


@SET.add("a.json", Reason.MALFORMED)
def deep_json() -> bytes:
    """Arrays in arrays, half a million deep."""
    return b"[" * 500_000 + b'"words"' + b"]" * 500_000


@SET.add("a.json", Reason.MALFORMED)
def deep_objects() -> bytes:
    """Objects in objects, a hundred thousand deep, and no end."""
    return b'{"words":' * 100_000


@SET.add("a.json")
def escaped_json() -> bytes:
    """JSON in a string in JSON in a string, whose escapes double each time."""
    value: object = {"words": "words"}
    for _ in range(16):
        value = {"a": json.dumps(value)}
    return json.dumps(value).encode()


@SET.add("a.ipynb", Reason.MALFORMED)
def deep_notebook() -> bytes:
    """A notebook whose output nests fifty thousand deep."""
    deep = '{"data":' * 50_000 + '"words"' + "}" * 50_000
    cell = f'{{"cell_type":"code","source":"words","outputs":[{deep}]}}'
    return f'{{"nbformat":4,"cells":[{cell}]}}'.encode()


@SET.add("a.yaml")
def laughs_in_yaml() -> bytes:
    """Aliases of aliases: a billion words to whoever resolves them."""
    lines = ["a: &a [words, words]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    return "\n".join(lines).encode()
