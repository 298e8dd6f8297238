"""Parts of addresses: what stands outside names the whole; the part may name itself."""

import pytest

from auditor.detect.addresses import amid_name, opens_address, segment_of

LABELLED = {
    "マイナンバー保管先: arn:aws:s3:::hr-{}/backup": "ignore",
    "個人番号: arn:aws:kms:ap-northeast-1:{}:key/hr": "ignore",
    "マイナンバー https://example.jp/doc/{}?v=1": "ignore",
    "マイナンバー\nhttps://{}.signin.example.com/console": "ignore",
    r"個人番号：\\fs01\scan\{}\原本": "ignore",
    r"個人番号：D:\scan\2024\{}": "ignore",
    "my_number=/mnt/scan/{}/enc.db": "ignore",
    "my_number: scan/archive/{}.zip": "ignore",
    "my_number: scan/{}/zip": "ignore",
    "my_number: box.example/s/{}": "ignore",
    "マイナンバーは {}@mail.example.jp まで": "ignore",
    "マイナンバー: postgres://app_{}@db01:5432/hr": "ignore",
    "https://example.jp/my_number/{}": "ignore",
    "s3://my_number-{}": "ignore",
    "保存先: my_number-{}-ap-northeast-1": "ignore",
    # The part itself is named, or stands in nothing longer.
    "https://example.jp/staff?lang=ja&my_number={}": "high",
    "GET /api/staff?kojinBango={}&v=2": "high",
    "佐藤/個人番号/{}/済": "high",
    "個人番号：{}/佐藤": "high",
    "個人番号:{}": "high",
    "my_number-{}": "high",
    "マイナンバー {}（控え https://example.jp/doc/1 ）": "high",
    # An identifier with a word before it, and one with the label or a mere mark before it.
    "マイナンバー: hr-{}": "medium",
    "個人番号 No.{}": "high",
    "my_number_{}_sato": "medium",
}


@pytest.mark.parametrize("text", LABELLED)
def test_a_label_outside_names_the_whole_address(text, make, verdict):
    said = verdict(text.format(make.number("57")))
    assert said == LABELLED[text]


def test_a_number_with_spaces_is_no_part_of_an_address():
    text = "https://x.example/ab 4"
    assert segment_of(text, 18, len(text)) is None
    assert segment_of("a\nb:", 0, 3) is None


def test_segments():
    text = "arn:aws:iam::#:role/x"
    assert segment_of(text, 13, 14) == (13, 14)
    assert segment_of("papers/#/x", 7, 8) == (7, 8)
    assert segment_of("#.host.example", 0, 1) == (0, len("#.host.example"))
    assert segment_of("plain #", 6, 7) is None
    assert segment_of("a:#", 2, 3) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("x-#-y", True), ("x-#", False), ("1-#-y", False), ("-#-y", False)]
)
def test_names_with_hyphens(text, expected):
    at = text.index("#")
    assert amid_name(text, at, at + 1) is expected


def test_a_word_in_a_path_is_no_label(make, verdict, table):
    assert opens_address(r"\\fs01\マイナンバー", 7)
    rows = [["arn:aws:s3:::my_number", make.number("57")], ["b", "c"]]
    assert verdict(table(rows)) in {"ignore", "low"}


def test_the_header_of_a_column_names_no_part_of_its_addresses(make, verdict, table):
    rows = [["氏名", "マイナンバー"], ["佐藤", f"https://example.jp/doc/{make.number('57')}"]]
    assert verdict(table(rows)) == "ignore"


def test_a_list_goes_on_over_no_address(make, verdict):
    text = "個人番号\n{}\nhttps://example.jp/doc/{}".format(*make.numbers(2))
    assert verdict(text) == "high"


def test_a_part_of_an_address_among_the_numbers_is_worth_a_look(make, verdict):
    text = f"arn:aws:iam::{make.number('57')}:root"
    assert verdict(text, around=("マイナンバー一覧",)) == "low"
