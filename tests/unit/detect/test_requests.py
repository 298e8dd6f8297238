"""Requests for the number and what answers them."""

import pytest

ANSWERS = {
    "{}です。\n\n佐藤 wrote:\n> 個人番号をお知らせください。": "medium",
    "お待たせしました、{} です！\n\n佐藤 wrote:\n> マイナンバーをご返信ください。": "medium",
    "It's {}.\n\nOn Monday X wrote:\n> We need your My Number, please reply.": "medium",
    "荷物の番号は {} です。\n\n佐藤 wrote:\n> 個人番号をお知らせください。": "ignore",
    "佐藤 98765 と {}\n\n佐藤 wrote:\n> 個人番号をお知らせください。": "low",
    "{}です。\n\n佐藤 wrote:\n> 個人番号の書類を送っています。": "low",
    "{}です。\n個人番号をお知らせください。": "low",
    "個人番号\n\nカードの裏です\n{}\n": "high",
    "個人番号を送ります。\n\n{}\n": "high",
    "個人番号の書類を送ります。\n\n{}\n": "low",
    "個人番号の書類を送ります。番号もお知らせください。\n\n{}\n": "high",
    "鈴木: マイナンバーお願いします\n佐藤: 待ってください\n佐藤: これです {}": "high",
    "鈴木 > マイナンバーください\n\n佐藤 > 了解\n\n佐藤 > {}": "high",
    "18:03\t鈴木\tマイナンバー教えて\n18:05\t佐藤\t{}": "high",
    "マイナンバーの件、遅くなりました。\n以下の通りお送りします。\n\n佐藤 {}": "high",
    "マイナンバーの件です。\n以下の荷物を発送しました。\n\n佐藤 {}": "ignore",
    "マイナンバーをお願いします。\n--\n山田\n{}": "low",
    "マイナンバーを教えてください\n佐藤\n会員証の番号もいいですか\n{}": "ignore",
    "マイナンバーを教えてください\nお振込先\n{}": "low",
    "マイナンバーの写真だめですか？\n番号を打ってもらえますか\n{}": "high",
    "郵送にしました（{}）。\n\n佐藤 wrote:\n> 個人番号をお送りください。": "low",
    "個人番号を送ります。\n" + "長い話がここに入ります、" * 5 + "\n{}\n": "medium",
}


@pytest.mark.parametrize("text", ANSWERS)
def test_answers(text, make, verdict):
    said = verdict(text.format(make.number("57")))
    assert said == ANSWERS[text]


def test_a_long_line_is_no_short_answer(make, verdict):
    ahead = "東京都と大阪府と京都府について" * 6
    text = f"{ahead}{make.number('57')}です。\n\n佐藤 wrote:\n> 個人番号をお知らせください。"
    assert verdict(text) == "low"
