"""Labels: which one speaks of the number, and how strongly."""

import pytest

from auditor.detect import detect
from auditor.detect.keys import key_before
from auditor.detect.labels import Meaning, fold, has_label, read
from auditor.detect.vocabulary import pattern

STRONG = [
    *("個人番号", "マイナンバー", "マイナンバー（個人番号）", "個人番号(12桁)", "本人個人番号"),
    *(
        "配偶者個人番号",
        "扶養親族個人番号",
        "納税義務者-個人番号",
        "受給者個人番号",
        "あなたの個人番号",
    ),
    *("被保険者個人番号", "MyNumber", "my_number", "mynumber", "kojin_bango", "kojinbango"),
    *(
        "individual_number",
        "individual_no",
        "jp_my_number",
        "マイナンバー番号",
        "ﾏｲﾅﾝﾊﾞｰ",
        "マイナンバ",
    ),
    *("MN番号", "My Number", "Individual Number", "Kojin Bango", "個 人 番 号", "個　人　番　号"),
    *("ＭＹ　ＮＵＭＢＥＲ", "マ イ ナ ン バ ー", "個人識別番号", "共通番号", "employeeMyNumber"),
    "Social Security and Tax Number",
]
FORMATS = ["{}：{}", "{} {}", "{}\n{}", "【{}】{}", "{}は{}です。", "{} = {}", "{}\t{}", "・{}　{}"]


@pytest.mark.parametrize("label", STRONG)
def test_every_name_of_the_number_is_a_label(label, make, verdict):
    said = {verdict(form.format(label, make.number("5"))) for form in FORMATS}
    assert said == {"high"}


@pytest.mark.parametrize("label", [name for name in STRONG if not name.isascii()])
def test_labels_are_glued_before_without_a_word_boundary(label, make, verdict):
    said = verdict(f"{label}{make.number()}")
    assert said == "high"


@pytest.mark.parametrize(
    "text", ["{}（マイナンバー）", "{}が個人番号です", "{} ← マイナンバー", "{}：個人番号"]
)
def test_labels_stand_behind_too(text, make, verdict):
    said = verdict(text.format(make.number()))
    assert said == "high"


@pytest.mark.parametrize(
    "text",
    [
        '{{"my_number": "{}"}}',
        '{{"name": "x", "myNumber": {}}}',
        "<kojinbango>{}</kojinbango>",
        '<gen:kojinbango AutoCalc="1">{}</gen:kojinbango>',
        "my_number={}",
        "individual_number: {}",
        "INSERT INTO t (my_number) VALUES ('{}')",
        "kojin_no => {}",
        '<input name="my_number" value="{}">',
    ],
)
def test_keys_and_tags_are_labels(text, make, verdict):
    said = verdict(text.format(make.number("5")))
    assert said == "high"


@pytest.mark.parametrize("key", ["order_id", "session", "trace", "device", "tracking"])
def test_keys_with_another_name_speak_against(key, make, verdict):
    said = {
        verdict(form.format(key, make.number("57")))
        for form in ('{{"{}": "{}"}}', "<{0}>{1}</{0}>", "{}={}")
    }
    assert said == {"ignore"}


def test_keys_are_found():
    assert key_before('{"a_b": 12', 8) == "a_b"
    assert key_before("<ns:tag x='1'>12", 14) == "ns:tag"
    assert key_before("plain 12", 6) == ""


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("件名：マイナンバーのご連絡\n\n番号は {} です。", "medium"),
        ("マイナンバーの件です。\n番号は {} です。", "medium"),
        ("マイナンバーをお送りします。\n\n山田\n{}\n", "medium"),
        ("マイナンバーを教えてください。\n> 番号は {} です", "medium"),
        ("お世話になっております。マイナンバーは以下です。\n\n本人　{}\n", "medium"),
    ],
)
def test_the_word_in_a_mail_and_the_number_a_line_below(text, least, make, grouped, verdict):
    said = {verdict(text.format(grouped(make.number("5")))) for _ in range(5)}
    assert said <= {least, "high"}


@pytest.mark.parametrize(
    "text",
    [
        "マイナンバーの書類はヤマトで送りました。{}",
        "マイナンバーの件、書類はヤマトで送りました。\n{}",
        "マイナンバー書類の追跡番号：{}",
        "マイナンバーについて\nお問い合わせ番号 {}",
        "マイナンバー提出のチケット番号は{}です",
        "マイナンバーカードの配送。伝票番号 {}",
        "マイナンバー担当 TEL: {}",
        "マイナンバー登録 order_id={}",
        "2026-04-01 INFO マイナンバー画面 閲覧 session={} ok",
        "マイナンバーのお知らせ\n注文番号\n{}",
    ],
)
def test_a_nearer_label_against_beats_the_word(text, make, grouped, verdict):
    numbers = [make.number("57") for _ in range(5)]
    said = {verdict(text.format(number)) for number in [*numbers, *map(grouped, numbers)]}
    assert said == {"ignore"}


@pytest.mark.parametrize(
    "text",
    [
        "TEL: 03-1234-5678\nマイナンバー：{}",
        "注文番号 1234\n個人番号 {}",
        "お客様番号 12345\n電話 03-1234-5678\n個人番号：{}\n送り状番号 4812-1234-5014",
        "法人番号 4700110005905 個人番号 {}",
    ],
)
def test_a_nearer_label_for_beats_the_others(text, make, verdict):
    said = verdict(text.format(make.number("5")))
    assert said == "high"


def test_a_label_with_its_own_number_does_not_lend_itself_to_the_next(make, grouped):
    text = f"送り状番号 4812-1234-5014\nこちらです {make.number('57')}"
    assert len(detect(text).hits) == 1
    for name, said in {"受付": ["high"], "こちら": ["high", "low"]}.items():
        text = f"マイナンバー {make.number('5')}\n{name} {grouped(make.number('57'), '-')}"
        assert [hit.confidence for hit in detect(text).hits] == said, name


@pytest.mark.parametrize(
    "text",
    [
        "マイナンバーは記載しないでください。受付 {}",
        "個人番号は黒塗りにしてください {}",
        "マイナポータルの受付 {}",
        "マイナンバー提出不要 {}",
    ],
)
def test_warnings_are_no_labels(text, make, verdict):
    said = verdict(text.format(make.number("57")))
    assert said in {"low", "ignore"}


def test_scopes_weigh_less_with_distance(make, grouped, verdict):
    number = grouped(make.number("57"))
    filler = "本文です。\n" * 12
    texts = [
        f"マイナンバー {number}",
        f"マイナンバーを送ります。山田です。よろしく。{number}",
        f"マイナンバーを送ります。\n山田です。\n{number}",
        f"マイナンバーを送ります。\n\n{filler}{number}",
        f"マイナンバーを送ります。\n\n{filler * 6}{number}",
    ]
    assert [verdict(text) for text in texts] == ["high", "high", "high", "medium", "low"]


def test_form_words_raise(make, grouped, verdict):
    number = grouped(make.number("57"))
    said = [verdict(f"令和7年分 給与所得の源泉徴収票\n氏名 山田\n{number}"), verdict(number)]
    assert said == ["medium", "low"]


@pytest.mark.parametrize("name", ["マイナンバー.xlsx", "個人番号一覧", "Re: マイナンバーの件"])
def test_names_around_are_of_medium_strength(name, make, grouped, verdict):
    said = {verdict(text, [name, "2026"]) for text in (make.number(), grouped(make.number()))}
    assert said == {"medium"}


def test_the_innermost_name_around_decides(make, verdict):
    number = make.number("57")
    said = [
        verdict(number, ["マイナンバー", "送り状控え"]),
        verdict(number, ["送り状控え", "マイナンバー"]),
        verdict(number, ["源泉徴収票"]),
        verdict(f"送り状番号 {number}", ["マイナンバー"]),
        verdict(f"番号 {number}", ["マイナンバー"]),
    ]
    assert said == ["ignore", "medium", "low", "ignore", "high"]


def test_a_list_of_numbers_that_all_pass_needs_no_label(make, verdicts):
    said = verdicts("\n".join(make.numbers(8)))
    assert said == ["high"] * 8


def test_a_list_of_other_numbers_is_cleared(make, verdicts):
    said = verdicts("\n".join(make.courier() for _ in range(200)))
    assert said == []


def test_failing_numbers_count_only_beside_a_label(make, verdict):
    number = make.mistyped()
    said = [verdict(f"個人番号 {number}"), verdict(number), verdict(f"{number}\n" * 3)]
    assert said == ["low", "ignore", "ignore"]


@pytest.mark.parametrize(
    "text", ["住民票コード：{}", "住民票コード {}", '"juminhyo_code": "{}"', "住民票コード\n{}"]
)
def test_the_resident_record_code_is_its_own_kind(text, make):
    (hit,) = detect(text.format("5" + make.digits(10))).hits
    assert (hit.kind, hit.confidence) == ("resident_record_code", "high")


def test_eleven_digits_without_that_label_are_nothing(make, verdict):
    said = {verdict(form.format("9" + make.digits(10))) for form in ("{}", "電話 {}", "番号 {}")}
    assert said == {"ignore"}


@pytest.mark.parametrize(
    "text", ["個人番号 1.23457E+11", "マイナンバー,4.8392E+11", "my_number: 2.3e+10"]
)
def test_lost_digits_are_suspect(text):
    found = detect(text)
    assert [suspect.reason for suspect in found.suspects] == ["digits_lost"]
    assert not detect("測定値 1.23457E+11").suspects


FILES = {
    "{}_氏名.pdf": "high",
    "{}_山田太郎.pdf": "high",
    "{} 佐藤　花子様.jpg": "high",
    "{}_鈴木（表）.png": "high",
    "田中一郎_{}.pdf": "high",
    "scan/高橋_{}.pdf": "high",
    "{}_請求書.pdf": "ignore",
    "{}_発送一覧.xlsx": "ignore",
    "{}_議事録.docx": "low",
    "{}.pdf": "low",
    "マイナンバー_{}.pdf": "high",
    "IMG_{}.jpg": "ignore",
}


@pytest.mark.parametrize("name", FILES)
def test_file_names(name, make, verdict):
    said = {verdict(name.format(make.number("57"))) for _ in range(10)}
    assert said == {FILES[name]}


def test_a_word_that_may_be_a_name(make, verdict):
    said = {verdict(f"{make.number('57')}_白鳥麗子.pdf") for _ in range(20)}
    assert said == {"medium", "low"}


def test_labels_are_read_in_any_case_and_width():
    assert fold("ＭＹＮumber İ") == "mynumber İ"
    said = {label.meaning for name in STRONG for label in read(name)}
    assert Meaning.STRONG in said
    assert all(has_label(name) for name in STRONG)


def test_words_inside_other_words_are_no_labels():
    texts = ["dummynumber x", "hotel", "my_notes", "interface id3", "coordinate"]
    said = [[label.meaning.name for label in read(text)] for text in texts]
    assert not any("STRONG" in names for names in said)
    assert said[1] == []


def test_the_pattern_takes_the_longest_word():
    (label,) = read("個人番号又は法人番号")
    assert label.meaning is Meaning.EITHER
    assert pattern().fullmatch("マイナンバーカード番号")


def test_labelled_numbers_in_a_text_say_nothing_of_the_others(make, verdicts):
    lines = [f"個人番号 {number}" for number in make.numbers(30)]
    lines += [f"送り状番号 {make.passing(make.courier)}" for _ in range(3)]
    said = verdicts("\n".join(lines))
    assert said == ["high"] * 30
