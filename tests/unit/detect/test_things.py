"""Names of other things right before a number, and fields beside fields."""

import pytest

from auditor.detect import detect
from auditor.detect.labels import read
from auditor.detect.things import is_thing, named_otherwise, of_a_field, put_to_use, thing_before


@pytest.mark.parametrize(
    ("before", "length"),
    [
        ("予約 ", 3),
        ("マイナンバーは後日、免許は", 3),
        ("代わりに保険証の番号 ", 5),
        ("INFO trace=", 6),
        ("集荷を頼みました。控えは ", 4),
        ("照会用の番号は", 7),
        ("妻 ", 0),
        ("佐藤 ", 0),
        ("予約\n", 0),
        ("backtrace ", 0),
        ("予約しました。", 0),
    ],
)
def test_what_stands_right_before(before, length):
    assert thing_before(before + "4839", len(before)) == length


def test_a_column_may_be_so_named():
    assert is_thing("ref")
    assert not is_thing("name")


@pytest.mark.parametrize(
    ("behind", "used"),
    [
        ("」とお伝えください", True),
        (" で確認できます", True),
        ("\nで検索してね", True),
        ("\nこちらの荷物ですが", True),
        ("\nこちらの番号ですが", False),
        (" でお願いします", False),
        ("です", False),
    ],
)
def test_what_is_done_with_a_number(behind, used):
    assert put_to_use("4839" + behind, 4) is used


@pytest.mark.parametrize(
    ("before", "other"),
    [
        ("図書館：", True),
        ("妻：", False),
        ("佐藤 ", False),
        ("ありがとう ", False),
        ("図書館", False),
    ],
)
def test_the_name_at_the_beginning_of_a_line(before, other):
    assert named_otherwise(before + "4839", len(before)) is other
    assert not named_otherwise("・" * 70 + before + "4839", 70 + len(before))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("マイナンバー：金庫\n図書館：4839", True),
        ("マイナンバー：以下の通り\n図書館：4839", False),
        ("マイナンバー：\n図書館：4839", False),
        ("マイナンバー 金庫\n図書館：4839", False),
        ("マイナンバー：金庫\n妻：4839", False),
        ("マイナンバー：金庫\n4839", False),
        ("私のマイナンバー：金庫\n図書館：4839", True),
        ("社内：マイナンバー\n図書館：4839", False),
        ("マイナンバー：4839", False),
    ],
)
def test_a_field_with_words_speaks_of_no_other_field(text, other):
    label = next(iter(read(text)))
    assert of_a_field(text, label[:2], text.index("4839")) is other


def test_the_nearest_name_decides(make):
    number = make.number("57")
    for text, said in {
        "マイナンバー登録の件、予約は{}": [],
        "マイナンバー登録 {}": ["low"],
        "マイナンバーの件\n案件の番号 {}": [],
        "個人番号って送ってもらえました？\n今朝\n荷物はどこ？\n{}": [],
        "個人番号を教えてください\n{}": ["high"],
    }.items():
        hits = detect(text.format(number)).hits
        assert [hit.confidence for hit in hits] == said, text


def test_the_key_beside_the_key_that_has_the_word(make):
    number = make.number("57")
    for key, said in {"caseKey": [], "answerText": ["high"]}.items():
        hits = detect(f'{{"type": "個人番号", "{key}": "{number}"}}').hits
        assert [hit.confidence for hit in hits] == said, key


def test_numbers_given_one_after_the_other_are_no_persons(make, table):
    first = int(make.number("57"))
    rows = [[str(first + 7 * nth)] for nth in range(12)]
    assert not detect(table(rows), around=["マイナンバー.csv"]).hits
    hits = detect(table([["個人番号"], *rows])).hits
    assert {hit.confidence for hit in hits} == {"low"}


def test_a_second_column_of_a_text_goes_on_down_the_page(make):
    first, second = make.numbers(24)[::2], make.numbers(24)[1::2]
    lines = ["受付 | 氏名 | 個人番号"]
    lines += [f"{a} | 佐藤 | {b}" for a, b in zip(first, second, strict=True)]
    found = {hit.start for hit in detect("\n".join(lines)).hits if hit.confidence == "high"}
    text = "\n".join(lines)
    assert found >= {text.index(f"| {number}") + 2 for number in second}


def test_a_list_ends_where_a_line_has_a_name_of_its_own(make):
    first, second = make.numbers(2)
    for name, count in {"図書館": 1, "妻": 2}.items():
        hits = detect(f"マイナンバー {first}\n{name} {second}").hits
        assert sum(hit.confidence == "high" for hit in hits) == count, name
