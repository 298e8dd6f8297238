"""How near a label stands, and which labels have a value of their own."""

import pytest

SAID = {
    # A label has a value of its own, or says that it has none: it speaks of no other number.
    "個人番号　□□□□ □□□□ □□□□\n備考\n{}": "low",
    "個人番号　| | | | | | | |\n\n{}": "low",
    "個人番号　（別紙）\n受領\n{}": "low",
    "個人番号（妻）：別の数 1234\n\nその他\n証：{}": "ignore",
    "個人番号＿＿＿＿{}": "high",
    "個人番号\n03-1234-5678に電話ください\n{}": "high",
    "氏名 個人番号 支払金額\n佐藤と鈴木\n{} 12,000": "high",
    "氏名 個人番号 支払金額\n佐藤と鈴木\n{} 確認": "low",
    # The label stands below its number.
    "{}\n[個人番号]\n住所": "high",
    "{}\n【マイナンバー】\n": "high",
    "佐藤 {}\n　↑ マイナンバー\n住所": "high",
    # The next to speak say what it was.
    "佐藤: {}\n佐藤: ↑マイナンバーです": "high",
    "佐藤: {}です。\n鈴木: これマイナンバー？\n佐藤: そうです": "high",
    "10:01 佐藤\n{}\n\n10:02 佐藤\nマイナンバーです": "high",
    "佐藤: {}\n鈴木: マイナンバーは？": "low",
    "佐藤: {}\n鈴木: 荷物の控えでマイナンバーです": "ignore",
    "佐藤: {} の荷物\n鈴木: マイナンバーです": "ignore",
    "佐藤: {}\n話は変わりますが、大事な件です。\n鈴木: マイナンバーです": "low",
    # A sentence on the matter gives it in brackets, or behind a person.
    "個人番号の確認をしました（{}）。": "medium",
    "個人番号の確認をしました（{} ほか）。": "low",
    "マイナンバーを確認 {}": "medium",
    "マイナンバーの届出 佐藤さん {}": "medium",
    "マイナンバーの届出 ほか {}": "low",
}


@pytest.mark.parametrize("text", SAID)
def test_scopes(text, make, verdict):
    said = verdict(text.format(make.number("57")))
    assert said == SAID[text]
