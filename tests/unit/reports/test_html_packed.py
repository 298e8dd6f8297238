"""Columns as short text: what went in comes out, and nothing in them looks like a number."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reports import _links, _packed

unpacked: Any = runpy.run_path(str(Path(__file__).with_name("conftest.py")))["unpacked"]
whole = st.one_of(st.none(), st.integers(min_value=0, max_value=2**45))


@given(st.lists(whole))
def test_numbers_come_back(values: list[int | None]) -> None:
    packed = _packed.numbers(values)
    assert unpacked(packed) == values
    assert not re.search(r"\d", packed["n"])


def test_what_is_before_zero_is_missing() -> None:
    assert unpacked(_packed.numbers([-5, 0, 3])) == [None, 0, 3]


@given(st.lists(st.text()))
def test_texts_come_back(values: list[str]) -> None:
    assert unpacked(_packed.texts(values)) == values
    assert unpacked(_packed.dictionary(values)) == values


@given(st.lists(st.lists(st.sampled_from(["anyone_link", "guest", "named"]))))
def test_lists_come_back(values: list[list[str]]) -> None:
    assert unpacked(_packed.lists(values)) == values


def test_a_repeated_text_stands_once() -> None:
    packed = _packed.texts(["人事部"] * 500 + ["経理部"] * 500)
    assert isinstance(packed, dict)
    assert packed["d"] == ["人事部", "経理部"]
    assert len(packed["n"]) == 1000


def test_names_sort_by_reading_by_width_and_by_value() -> None:
    names = ["台帳 10", "ｱ社", "台帳 9", "b.txt", "A.txt", "愛知", "大阪", "Ｂ.txt"]
    places = unpacked(_packed.ranks(names))
    ordered = [name for _, name in sorted(zip(places, names, strict=True))]
    assert ordered == ["A.txt", "b.txt", "Ｂ.txt", "ｱ社", "愛知", "台帳 9", "台帳 10", "大阪"]


def test_equal_names_have_one_place() -> None:
    assert unpacked(_packed.ranks(["a", "b", "a"])) == [0, 1, 0]


@pytest.mark.parametrize(
    "url",
    [
        "https://contoso.sharepoint.com/sites/hr/Shared%20Documents/a.xlsx",
        "https://outlook.office365.com/owa/?ItemID=abc&exvsurl=1",
        "https://acct.blob.core.windows.net/www/list.csv",
        "https://org.crm7.dynamics.com/main.aspx?id=1",
        "https://contoso.sharepoint.cn",
    ],
)
def test_microsofts_own_addresses_are_links(url: str) -> None:
    assert _links.known(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://contoso.sharepoint.com/",
        "//contoso.sharepoint.com/",
        "https://sharepoint.com.evil.example/",
        "https://notsharepoint.com/",
        "https://evil.example/#.sharepoint.com/",
        "https://evil.example/?a=.sharepoint.com/",
        "https://evil.example\\@contoso.sharepoint.com/",
        "https://user@contoso.sharepoint.com/",
        "https://contoso.sharepoint.com:444/",
        "https://[::1/",
        "https://127.0.0.1/a",
    ],
)
def test_other_addresses_are_text(url: str) -> None:
    assert not _links.known(url)
