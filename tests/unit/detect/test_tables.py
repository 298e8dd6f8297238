"""Tables: headers, row labels, columns, boxes, coordinates."""

import pytest

from auditor.detect import detect
from auditor.detect.column import Tally, tally


def hits(segment, around=()):
    return detect(segment, around=around).hits


@pytest.mark.parametrize(
    "header", ["個人番号", "マイナンバー", "my_number", "ﾏｲﾅﾝﾊﾞｰ", "本人 個人番号"]
)
def test_a_header_far_away(header, make, table, verdicts):
    rows = [["氏名", header], *(["", ""] for _ in range(3_000)), ["山田", make.number("5")]]
    said = verdicts(table(rows))
    assert said == ["high"]


def test_headers_below_titles(make, table, verdicts):
    rows = [
        ["社員名簿"],
        ["2026年4月"],
        [],
        ["", "氏名", "個人番号"],
        ["", "山田", make.number("5")],
    ]
    said = verdicts(table(rows))
    assert said == ["high"]


def test_headers_merged_over_columns(make, table, verdicts):
    rows = [
        ["氏名", "個人番号", "", ""],
        ["", "本人", "配偶者", "子"],
        *(["山田", *make.numbers(3)] for _ in range(4)),
    ]
    said = verdicts(table(rows))
    assert set(said) == {"high"}
    assert len(said) == 12


def test_headers_that_the_format_knows(make, table, verdicts):
    said = verdicts(table([[make.number("5"), "7"]], columns=("my_number", "id")))
    assert said == ["high"]


def test_later_blocks_carry_the_first_rows(make, table):
    rows = [[make.number("5")] for _ in range(3)]
    found = hits(table(rows, head=[["名簿"], ["個人番号"]], first_row=1001))
    assert [hit.location for hit in found] == ["A1001", "A1002", "A1003"]
    assert {hit.confidence for hit in found} == {"high"}


def test_columns_headed_number_under_a_title(make, table, verdicts):
    rows = [["マイナンバー管理表"], ["番号", "氏名"], [make.number("5"), "山田"]]
    said = verdicts(table(rows))
    assert said == ["high"]


def test_columns_headed_number_in_a_sheet_of_that_name(make, table, verdicts):
    rows = [["番号", "金種"], [make.number("5"), "a"]]
    said = [verdicts(table(rows), ["マイナンバー"]), verdicts(table(rows), ["受付台帳"])]
    assert said == [["high"], ["low"]]


@pytest.mark.parametrize("header", ["送り状番号", "注文番号", "法人番号", "チケット番号", "伝票No"])
def test_columns_of_other_numbers(header, make, table, verdicts):
    rows = [["氏名", header], *(["山田", make.passing(make.courier)] for _ in range(3))]
    said = verdicts(table(rows), ["マイナンバー"])
    assert said == []


def test_a_whole_column_of_true_numbers_beats_its_header(make, table, verdicts):
    rows = [["社員番号"], *([number] for number in make.numbers(60))]
    said = verdicts(table(rows))
    assert said == ["medium"] * 60


@pytest.mark.parametrize("count", [25, 100, 1000])
def test_dummy_data_under_a_header_is_low_at_most(count, make, table):
    rows = [["氏名", "個人番号"], *(["山田", make.digits(12)] for _ in range(count))]
    found = hits(table(rows))
    assert {hit.confidence for hit in found} <= {"low", "sample"}
    assert any("column_dummy" in hit.reasons for hit in found)


def test_a_few_mistyped_numbers_do_not_make_a_dummy(make, table, verdicts):
    numbers = make.numbers(95) + [make.mistyped() for _ in range(5)]
    said = verdicts(table([["個人番号"], *([number] for number in numbers)]))
    assert (said.count("high"), said.count("low")) == (95, 5)


def test_headerless_columns_by_size(make, table, verdicts):
    said = {n: set(verdicts(table([[x] for x in make.numbers(n)]))) for n in (1, 3, 6)}
    assert said[6] == {"high"}
    assert said[1] == {"low"}
    assert said[3] <= {"low", "medium"}


def test_a_true_column_beside_a_false_one(make, table):
    rows = [[make.courier(), make.number("5")] for _ in range(30)]
    found = hits(table(rows))
    assert {hit.column for hit in found} == {1}
    assert len(found) == 30


@pytest.mark.parametrize("length", [9, 10, 11])
def test_lost_zeros_under_a_header(length, make, table, verdicts):
    numbers = [make.number("0" * (12 - length) + "5").lstrip("0") for _ in range(5)]
    said = verdicts(table([["個人番号"], *([number] for number in numbers)]))
    assert said == ["high"] * 5
    assert verdicts(table([["電話"], *([number] for number in numbers)])) == []
    assert verdicts(table([[number] for number in numbers])) == []


def test_floats_apostrophes_and_spaces(make, table, verdicts):
    cells = [f"{make.number('5')}.0", f"'{make.number('5')}", f" {make.number('5')}\u00a0"]
    said = verdicts(table([["個人番号"], *([cell] for cell in cells)]))
    assert said == ["high"] * 3


def test_eleven_digit_phones_under_the_header_are_no_numbers(table, verdicts, make):
    rows = [["個人番号"], *([f"9{make.digits(9)}"] for _ in range(40))]
    said = verdicts(table(rows))
    assert set(said) <= {"low"}


def test_lost_digits_are_told_by_cell(table):
    rows = [["氏名", "個人番号"], ["山田", "1.23457E+11"], ["佐藤", "2.3E+11"]]
    assert [suspect.location for suspect in detect(table(rows)).suspects] == ["B2", "B3"]
    assert not detect(table([["売上"], ["1.23457E+11"]])).suspects


def test_the_row_label_of_a_form(make, table, verdicts):
    rows = [
        ["氏名", "山田"],
        ["運転免許証番号", make.passing(make.licence)],
        ["個人番号", make.number("5")],
        ["法人番号", make.passing(make.courier)],
    ]
    found = hits(table(rows))
    assert [(hit.row, hit.column, hit.confidence) for hit in found] == [(2, 1, "high")]


def test_a_label_above_its_value(make, table, verdicts):
    rows = [["氏名", "個人番号", "電話番号"], ["山田", make.number("5"), "03-1234-5678"]]
    assert verdicts(table(rows)) == ["high"]


def test_people_side_by_side(make, table, verdicts):
    rows = [["氏名", *("山田" for _ in range(20))], ["個人番号", *make.numbers(20)]]
    said = verdicts(table(rows))
    assert said == ["high"] * 20


def test_tables_below_tables(make, table):
    rows = [
        ["個人番号"],
        *([number] for number in make.numbers(3)),
        [""],
        ["送り状番号"],
        *([make.passing(make.courier)] for _ in range(3)),
    ]
    assert {hit.row for hit in hits(table(rows))} == {1, 2, 3}


def test_label_and_value_in_one_cell(make, table):
    cell = f"本人：山田、個人番号：{make.number('5')}、電話 03-1234-5678"
    (hit,) = hits(table([["備考"], [cell]]))
    assert (hit.confidence, hit.location, hit.start) == ("high", "A2", cell.index("5", 10))


def test_coordinates(make, table):
    rows = [["", "個人番号"], ["", make.number("5")]]
    (hit,) = hits(table(rows, first_row=10, first_column=27))
    assert (hit.location, hit.row, hit.column) == ("AB11", 1, 1)
    (hit,) = hits(table(rows, lines=(3, 12)))
    assert hit.location == "line 12"


def test_ragged_and_empty_tables(make, table, verdicts):
    said = verdicts(table([[], ["個人番号"], [], [make.number("5"), "x"], ["", "y", "z"]]))
    assert said == ["high"]
    assert [verdicts(table(rows)) for rows in ([], [[]], [[""]], [["a"], []])] == [[]] * 4


def test_samples_in_tables(table, verdicts):
    said = verdicts(table([["個人番号"], ["123456789012"], ["1234 5678 9018"]]))
    assert said == ["sample", "sample"]


def test_the_resident_record_code_column(make, table):
    found = hits(table([["住民票コード"], ["5" + make.digits(10)], [make.number("5")]]))
    assert [(hit.kind, hit.row) for hit in found] == [("resident_record_code", 1)]


# One digit a cell.

GAPS = {
    "tight": [""] * 11,
    "groups apart": ["", "", "", "x", "", "", "", "x", "", "", ""],
    "merged pairs": ["x"] * 11,
    "merged triples": ["xx"] * 11,
}


def boxed(number, gaps):
    cells = [number[0]]
    for gap, digit in zip(gaps, number[1:], strict=True):
        cells += [""] * len(gap) + [digit]
    return cells


@pytest.mark.parametrize("name", GAPS)
@pytest.mark.parametrize("wide", [False, True])
def test_boxes_in_a_row(name, wide, make, table, verdicts):
    number = make.number("5")
    number = number.translate({48 + i: 0xFF10 + i for i in range(10)}) if wide else number
    said = verdicts(table([["扶養控除等申告書"], ["個人番号", "", *boxed(number, GAPS[name])]]))
    assert said == ["high"]


@pytest.mark.parametrize("name", GAPS)
def test_boxes_in_a_column(name, make, table, verdicts):
    rows = [["", "個人番号"], *(["", cell] for cell in boxed(make.number("5"), GAPS[name]))]
    said = verdicts(table(rows))
    assert said == ["high"]


def test_boxes_below_their_label(make, table):
    rows = [["", "", "あなたの個人番号"], ["", "", *make.number("5")]]
    (hit,) = hits(table(rows))
    assert (hit.location, hit.confidence) == ("C2", "high")


def test_thirteen_boxes_with_the_first_empty(make, table, verdicts):
    rows = [["法人（個人）番号", "", *make.number("5")], ["法人（個人）番号", *make.corporate()]]
    said = verdicts(table(rows))
    assert said == ["high"]


def test_three_boxes_of_four(make, table, verdicts):
    number = make.number("5")
    said = verdicts(table([["個人番号", number[:4], number[4:8], number[8:]]]))
    assert said == ["high"]
    assert verdicts(table([["年度", number[:4], number[4:8], number[8:]]])) == []


def test_two_people_in_one_row_of_boxes(make, table, verdicts):
    first, second = make.numbers(2)
    said = verdicts(table([["個人番号", *first, "", "", "配偶者 個人番号", *second]]))
    assert said == ["high", "high"]


def test_scores_and_flags_are_no_boxes(make, table, verdicts):
    rows = [["問" + str(i) for i in range(12)], *(list(make.digits(12)) for _ in range(300))]
    assert verdicts(table(rows)) == []


def test_the_column_statistic_is_the_binomial_likelihood_ratio(make):
    true = tally(make.numbers(10))
    other = tally(make.courier() for _ in range(200))
    assert true.ratio(zero=False) > 15
    assert (true.chance, other.chance, other.dummy) == (False, True, True)
    assert Tally().code("483920175644", ok=True) == ""
    assert tally(["123456789018", "483920175644"] * 5).count == 1


def test_numbers_ending_in_zero_say_less():
    zero, others = Tally(passed=(4, 0)), Tally(passed=(0, 4))
    assert zero.ratio(zero=True) < others.ratio(zero=False)


def test_labelled_numbers_in_a_column_say_nothing_of_the_others(make, table):
    rows = [["個人番号"], *([number] for number in make.numbers(60)), ["伝票番号"]]
    rows += [[make.passing(make.courier)] for _ in range(3)]
    assert {hit.row for hit in hits(table(rows))} == set(range(1, 61))
