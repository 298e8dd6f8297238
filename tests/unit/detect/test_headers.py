"""Labels around a cell: long cells, other people's values, titles."""

import pytest

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


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("マイナンバーを記入してください", "high"),
        ("個人番号は何番ですか", "high"),
        ("マイナンバーカードを持っていますか", "medium"),
    ],
)
def test_a_question_for_the_number_is_a_label(question, expected, make, table, verdict):
    rows = [["お名前", "佐藤"], [question, make.number("57")]]
    assert verdict(table(rows)) == expected


def test_a_group_of_columns_is_no_title(make, table, verdict):
    rows = [["", "申込", "", "マイナンバー"], ["氏名", "番号", "日付", "確認"]]
    rows.append(["佐藤", make.number("57"), "4/1", "済"])
    said = verdict(table(rows))
    assert said in {"ignore", "low"}


@pytest.mark.parametrize("head", ["機器ID", "設置先"])
def test_a_column_says_more_than_a_word_on_the_matter(head, make, table, verdict):
    rows = [["機器名", head], *(["マイナンバーカードリーダー", one] for one in make.numbers(2))]
    assert verdict(table(rows)) in {"ignore", "low", "low low"}


def test_an_either_header_counts_before_a_vague_label(make, table, verdicts):
    rows = [["区分", "個人番号又は法人番号"], *(["コード", one] for one in make.numbers(4))]
    assert verdicts(table(rows)) == ["high"] * 4


def test_a_cell_is_read_once(make, table, verdict):
    short = [make.number("0")[1:].lstrip("0") for _ in range(2)]
    assert verdict(table([["個人番号 {} マイナンバー {}".format(*short)]])) == "high"


def test_a_name_and_its_value_are_no_title(make, table, verdicts):
    rows = [["個人番号", make.number("57")], ["別の控え", make.number("57")]]
    assert verdicts(table(rows)) == ["high", "low"]


def test_an_insurance_named_in_the_row_is_another_number(make, table, verdict):
    rows = [["マイナンバー一覧", ""], ["雇用保険", make.number("57")]]
    assert verdict(table(rows)) in {"ignore", "low"}


def test_how_a_number_is_written_is_no_name_of_another(make, table, verdict):
    rows = [["氏名", "個人番号"], ["（全角）", "（半角12桁）"], ["佐藤", make.number("57")]]
    assert verdict(table(rows)) == "high"


def test_a_second_table_below_a_gap_has_names_of_its_own():
    rows = [
        ["氏名", "個人番号", "日付"],
        ["甲", "1", "2"],
        [],
        ["貸与品"],
        ["氏名", "端末識別", "日付"],
    ]
    below = headers([*rows, ["乙", "1", "2"]])
    assert below.above(5, 1) == (Meaning.VAGUE, 1)


@pytest.mark.parametrize(
    "row",
    [
        ["乙", "提出待ち", "営業部"],
        ["氏名", "端末識別"],
        ["氏名", "値", "日付"],
        ["氏名", "", "日付"],
    ],
)
def test_other_rows_below_a_gap_rename_nothing(row):
    below = headers([["氏名", "個人番号", "日付"], ["甲", "1", "2"], [], row, ["丙", "1", "2"]])
    assert below.above(4, 1)[0] is Meaning.STRONG


def test_a_second_table_far_below_is_told_apart_too():
    rows = [
        ["氏名", "個人番号", "日付"],
        *([["甲", "1", "2"]] * 60),
        [],
        ["氏名", "端末識別", "日付"],
    ]
    assert headers([*rows, ["乙", "1", "2"]]).above(63, 1) == (Meaning.VAGUE, 1)
