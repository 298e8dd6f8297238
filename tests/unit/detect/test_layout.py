"""Tables and lists that are only laid out as such in running text."""

import pytest

from auditor.detect.layout import same_column, same_list


def places(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the label (L) and the number (N) of a sketch stand."""
    return (text.index("L"), text.index("L") + 1), (text.index("N"), text.index("N") + 1)


LISTS = {
    "INSERT INTO t (a, L, c) VALUES ('x', N, 'y')": True,
    "INSERT INTO t (L, b, c) VALUES ('x', N, 'y')": False,
    "CREATE t (a char(12), L char(12)); INSERT (1, N)": True,
    "INSERT INTO t (a, L) VALUES ('x', N, 'y')": None,
    "f(L) N": None,
    "L (a, N)": None,
    "(a, L, N)": None,
    "(L) (N)": None,
    "a, L, b N, c": None,
}


@pytest.mark.parametrize("text", LISTS)
def test_lists_in_parentheses(text):
    assert same_list(text, *places(text)) is LISTS[text]


COLUMNS = {
    "a\tL\tb\nx\tN\ty": True,
    "a\tL\tb\nx\ty\tN": False,
    "| a | L |\n| x | N |": True,
    "a,L,b\nN,x,y": False,
    "a,L\nx,N": None,
    "あ い L\nう え N": True,
    "it is L\nso be N": None,
    "a\tL\nx\ty\tN": None,
}


@pytest.mark.parametrize("text", COLUMNS)
def test_columns_of_a_text(text):
    assert same_column(text, *places(text)) is COLUMNS[text]
