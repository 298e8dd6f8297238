"""Text on a terminal: columns, breaks, and names that must not command it."""

from __future__ import annotations

import pytest

from auditor.terminal.display import clean, cut, duration, number, pad, size, table, width, wrap


def test_japanese_takes_two_columns() -> None:
    assert [width(text) for text in ("abc", "個人", "ｶﾅ", "e\u0301", "")] == [3, 4, 2, 1, 0]
    assert pad("個", 4) == "個  "
    assert pad("7", 3, right=True) == "  7"
    assert pad("too long", 3) == "too long"


def test_columns_line_up() -> None:
    lines = table([["個人番号", "1"], ["a", "1,000"]], right=(1,))
    assert lines == ["個人番号      1", "a         1,000"]
    assert table([]) == []


@pytest.mark.parametrize("columns", [10, 21, 40])
def test_wrapped_lines_fit(columns: int) -> None:
    text = "監査の結果は、作業フォルダー（audit-workspace）に保存されます。Run it again 後で。"
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[:1] in "、。）ー" for line in lines[1:])
    longest = max(width(word) for word in ("（audit-workspace）に", *"あ"))
    assert max(width(line) for line in lines) <= max(columns + 2, longest)
    assert wrap("", 10) == [""]
    assert wrap("one two three", 7) == ["one two", "three"]


def test_names_cannot_command_the_terminal() -> None:
    hostile = "a\033[31m\u202eb\r\n\x07\x9bc\u200b"
    assert clean(hostile).isprintable()
    assert clean("人事 › 給与.xlsx") == "人事 › 給与.xlsx"


def test_long_names_lose_their_middle() -> None:
    assert cut("short", 10) == "short"
    text = cut("とても長いファイルの名前.xlsx", 16)
    assert width(text) <= 16
    assert text.startswith("とて")
    assert text.endswith("xlsx")


def test_numbers_sizes_and_times() -> None:
    assert number(1234567) == "1,234,567"
    assert [size(n) for n in (0, 1023, 1536, 5 << 30)] == ["0 B", "1023 B", "1.5 KiB", "5.0 GiB"]
    assert [duration(s) for s in (-1, 59.9, 3600)] == ["0:00", "0:59", "1:00:00"]
