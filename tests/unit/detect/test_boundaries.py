"""Neighbours decide whether twelve digits are a number of their own."""

import pytest

from auditor.detect.candidates import find

PLAIN = "483920175644"
GROUPS = "4839 2017 5644"
DASHES = "4839-2017-5644"

REFUSED = {
    "thirteenth digit before": "1{}",
    "thirteenth digit behind": "{}1",
    "full-width digit before": "１{}",
    "full-width digit behind": "{}１",
    "Thai digit before": "๑{}",
    "Arabic digit behind": "{}٣",
    "mathematical digit behind": "{}\U0001d7d1",
    "letter before": "a{}",
    "letter behind": "{}f",
    "full-width letter before": "Ａ{}",
    "full-width letter behind": "{}ｆ",
    "Cyrillic behind": "{}я",
    "decimals": "139.{}",
    "decimal point behind": "{}.5",
    "hyphen and digit before": "2024-{}",
    "hyphen and digit behind": "{}-01",
    "plus": "+{}",
    "yen before": "¥{}",
    "full-width yen": "￥{}",
    "dollar": "${}",
    "yen behind": "{}円",
    "GUID tail": "3f2504e0-4f89-41d3-9a0c-{}",
    "hex group before": "face-{}",
    "hexadecimal": "0x{}",
}
ACCEPTED = {
    "kanji glued before": "個人番号{}",
    "kana glued behind": "{}です",
    "katakana glued before": "マイナンバー{}",
    "label in Latin letters": "MyNumber{}",
    "label with underscore": "my_number_{}",
    "underscores": "20260401_{}_山田",
    "quotes": '"{}"',
    "brackets": "（{}）",
    "full stop behind": "{}.",
    "comma": "1,{},2",
    "slash": "/id/{}/",
    "spreadsheet float": "{}.0",
    "hyphen without digit": "No-{}",
    "circled bullet": "①{}",
    "footnote": "{}¹",
}


def count(text: str) -> int:
    """The same by both paths."""
    short, long = len(find(text)), len(find("あ" * 9_000 + "。" + text + "。" + "い" * 9_000))
    assert short == long
    return short


@pytest.mark.parametrize("written", [PLAIN, GROUPS, DASHES], ids=["plain", "spaces", "hyphens"])
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name, written):
    assert count(REFUSED[name].format(written)) == 0


@pytest.mark.parametrize("written", [PLAIN, GROUPS, DASHES], ids=["plain", "spaces", "hyphens"])
@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name, written):
    assert count(ACCEPTED[name].format(written)) == 1


OTHERS = {
    "card in groups": "4839 2017 5644 1234",
    "card with hyphens": "4839-2017-5644-1234",
    "group before": "1234-4839-2017-5644",
    "five groups": "1234 4839 2017 5644 9999",
    "IPv4": "192.168.100.200",
    "six and six": "483920 175644",
    "four two six": "4839-20-175644",
    "registered mail": "483-92-01756-4",
    "thirteen single digits": "4 8 3 9 2 0 1 7 5 6 4 4 1",
    "eleven single digits": "4 8 3 9 2 0 1 7 5 6 4",
    "four separators": "4839    2017    5644",
    "other characters between": "4839x2017x5644",
    "commas between": "4839,2017,5644",
    "amount": "483,920,175,644",
    "GUID in the middle": "3f2504e0-4839-2017-5644-9a0cbf314159",
}


@pytest.mark.parametrize("name", OTHERS)
def test_no_candidate(name):
    assert count(OTHERS[name]) == 0


def test_two_numbers_in_a_row_count_when_both_pass(make, grouped):
    both = grouped(make.number("5")) + " " + grouped(make.number("6"))
    one = grouped(make.number("5")) + " " + grouped(make.mistyped())
    assert (count(both), count(one)) == (2, 0)


def test_numbers_on_lines_of_their_own_do_not_run_together(make, grouped):
    text = "\n".join(grouped(make.digits(12)) for _ in range(40))
    assert count(text) == 40
    text = "\n".join(" ".join(make.digits(12)) for _ in range(40))
    assert count(text) == 40
