"""Labels around a cell: long cells, other people's values, titles."""

from auditor.detect.cells import Cells
from auditor.detect.headers import Headers
from auditor.detect.labels import Meaning

PROSE = "この表は、ご提出いただいた内容の控えです。記入のあとで担当までお戻しください。" * 2


def headers(rows, columns=(), head=()) -> Headers:
    return Headers(Cells(rows), columns, head)


def test_prose_is_no_label_but_what_it_says_of_the_table_counts():
    said = headers([[PROSE + "源泉徴収票と氏名です。"], ["1"]])
    assert said.meaning(PROSE + "個人番号") is None
    assert said.meaning("") is None
    assert {Meaning.FORM, Meaning.COMPANION} <= said.extras


def test_a_label_to_the_left_behind_the_values_of_others_is_not_ours():
    near = ["個人番号", "甲", "12", "", "乙", "x"]
    far = ["個人番号", "甲", "乙", "丙", "丁", "x"]
    said = headers([near, far])
    assert said.left(0, 5) == (Meaning.STRONG, 5)
    assert said.left(1, 5) == (None, 0)


def test_a_cell_that_holds_a_number_is_no_label():
    said = headers([["個人番号 123456789"], ["個人番号 12"]])
    meanings = [said.meaning("個人番号 123456789"), said.meaning("個人番号 12")]
    assert meanings == [None, Meaning.STRONG]
