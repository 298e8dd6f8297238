"""Tables and lists that are only laid out as such in running text."""

import pytest

from auditor.detect.layout import same_column, same_list


def places(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the label (L) and the number (#) of a sketch stand."""
    return (text.index("L"), text.index("L") + 1), (text.index("#"), text.index("#") + 1)


LISTS = {
    "INSERT INTO t (a, L, c) VALUES ('x', #, 'y')": True,
    "INSERT INTO t (L, b, c) VALUES ('x', #, 'y')": False,
    "CREATE t (L char(12), b char(12)); INSERT (#, 1)": True,
    "CREATE t (L char(12), b char(12)); INSERT (1, #)": False,
    "INSERT INTO t (a, L) VALUES ('x', #, 'y')": None,
    "f(L) #": None,
    "L (a, #)": None,
    "(a, L, #)": None,
    "(L) (#)": None,
    "a, L, b #, c": None,
}


@pytest.mark.parametrize("text", LISTS)
def test_lists_in_parentheses(text):
    assert same_list(text, *places(text)) is LISTS[text]


COLUMNS = {
    "a\tL\tb\nx\t#\ty": True,
    "a\tL\tb\nx\ty\t#": False,
    "| a | L |\n| x | # |": True,
    "a,L,b\n#,x,y": False,
    "a,L\nx,#": None,
    "あ い L\nう え #": True,
    "it is L\nso be #": None,
    "あ 2024年分 L\nう え #": True,
    "あ 12345 L\nう え #": None,
    "氏名　L\n佐藤　#": True,
    "氏名　L\n#　佐藤": False,
    "氏名　L\n佐藤　花子　#": None,
    "氏名　L\n佐藤#": None,
    "a\tL\nx\ty\t#": None,
}


@pytest.mark.parametrize("text", COLUMNS)
def test_columns_of_a_text(text):
    assert same_column(text, *places(text)) is COLUMNS[text]
