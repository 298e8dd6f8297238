"""What the talk around a number makes of it: answers, papers on their way, tests, descriptions."""

from __future__ import annotations

import pytest

from auditor.detect.column import Tally

_TALK = {
    "佐藤: {n}\n鈴木: これは？\n佐藤: マイナンバーです": "high",
    "佐藤: {n}\n佐藤: マイナンバー\n鈴木: ありがとう": "high",
    "佐藤: {n}\n鈴木: マイナンバー受け取りました": "high",
    "鈴木: マイナンバー教えて\n佐藤: 電話で言っていい？\n鈴木: いや文字で\n佐藤: {n}": "high",
    "個人番号リスト\n佐藤　花子,{n}": "high",
    "マイナンバー教えて\n了解、整理券\n{n}": "low",
    "マイナンバーの返信用封筒、ポストに入れました。\n\n{n}": "low",
    "個人番号の控えを郵送しました。\n\n{n}": "low",
    "マイナンバーの封筒出しといた\n番号は？\n{n}": "low",
    "下記のログインIDで個人番号収集サイトに入れます。\n\n{n}": "low",
}


@pytest.mark.parametrize(("text", "most"), _TALK.items())
def test_talk_decides(text, most, make, verdict):
    said = verdict(text.format(n=make.number("57")))
    assert said == most if most == "high" else said in {"low", "ignore"}


@pytest.mark.parametrize(
    "text",
    [
        "個人番号（サンプル） {n}",
        "※図の個人番号「{n}」は架空のものです。",
        "MyNumber('{n}')",
        "my_number = '{n}'  # ダミー",
        "my_number = '{n}'\nputs MyNumber.valid?(my_number)",
        "await page.getByLabel('マイナンバー').fill('{n}');",
        "@pytest.fixture\ndef staff():\n    return Staff(my_number='{n}')",
        "マイナンバーの検査\n$ verify {n}\nOK",
        "個人番号の書き方\n○ {n}\n× 4839",
    ],
)
def test_what_shows_a_number_is_low(text, make, verdict):
    said = verdict(text.format(n=make.number("57")))
    assert said == "low"


@pytest.mark.parametrize(
    "text",
    [
        "setMyNumber('{n}')",
        "my_number = '{n}'  # 佐藤さん",
        "誤 4839\n正 個人番号 {n}",
    ],
)
def test_what_keeps_a_number_is_none(text, make, verdict):
    said = verdict(text.format(n=make.number("57")))
    assert said == "high"


@pytest.mark.parametrize(
    ("passed", "failed", "dummy"), [(2, 6, True), (3, 6, False), (1, 5, False)]
)
def test_nobody_types_so_badly(passed, failed, dummy):
    said = Tally((0, passed), (0, failed))
    assert said.dummy is dummy
