"""Characters by number, and numbers as they are written."""

from __future__ import annotations

import html
import random

import pytest

from auditor.formats import _cellvalue, _numfmt


def test_characters_by_number_are_read_as_html_reads_them() -> None:
    rng = random.Random(8)
    kinds = [
        lambda: f"&#{rng.choice((rng.randrange(0xA0, 0xD800), rng.randrange(0x10000, 0x110000)))};",
        lambda: rng.choice(("&#x65e5;", "&#60;", "&#38;", "&lt;", "&amp;", "&#;", "&#1", "&# 12;")),
        lambda: rng.choice(("番号", "a b", "123456789012", "\n", ";", "&")),
    ]
    for _ in range(300):
        text = "".join(rng.choice(kinds)() for _ in range(rng.randrange(20)))
        assert _cellvalue.plain(text) == html.unescape(text)


def test_what_is_no_character_is_not_kept() -> None:
    for code in range(0x110000, 0x110100):
        _cellvalue.plain(f"&#{code};")
    assert not [code for code in _cellvalue._CHARACTERS if int(code) >= 0xD800]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("123456789012", "123456789012"),
        ("123456789012.0", "123456789012"),
        ("123456789012.000", "123456789012"),
        ("1.23456789012E11", "123456789012"),
        ("1.23456789012e+11", "123456789012"),
        ("123.0456", "123.0456"),
        ("1.5E-3", "1.5E-3"),
        ("E", "E"),
        ("", ""),
    ],
)
def test_stored_numbers(stored: str, shown: str) -> None:
    assert _numfmt.plain(stored) == shown
