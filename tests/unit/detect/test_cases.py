"""The twenty-five cases and extras of the My Number reference, section 7, with its verdicts."""

import pytest

from auditor.detect import detect

POLICY = "プライバシーポリシー\n当社はマイナンバーを取得します。利用目的の範囲で取り扱います。\n"

TEXTS = {
    "1 label and groups": ("個人番号：4839 2017 5644", "high"),
    "3 long-vowel sign": ("My Number 4839ー2017ー5644", "high"),
    "3 hyphen U+2010": ("My Number 4839‐2017‐5644", "high"),
    "9 alone in a chat": ("483920175644 これお願いします", "low"),
    "9 alone in a chat, next line": ("483920175644\nこれお願いします", "low"),
    "10 label, check fails": ("個人番号 483920175645", "low"),
    "11 placeholder": ("個人番号 1234 5678 9012", "sample"),
    "12 sample in code": ("IndividualNumber('123456789018')", "sample"),
    "13 empty GUID": ("00000000-0000-0000-0000-000000000000", "ignore"),
    "13 GUID": ("3f2504e0-4f89-41d3-9a0c-314159265301", "ignore"),
    "14 card": ("4111 1111 1111 1111", "ignore"),
    "15 invoice number": ("T4700110005905", "ignore"),
    "15 corporate number": ("法人番号 4700110005905", "ignore"),
    "16 registry number": ("会社法人等番号 0100-01-123403", "ignore"),
    "17 licence": ("免許証番号 第302112340390号", "ignore"),
    "18 licence and My Number": ("運転免許証 302112340390 … マイナンバー 4839 2017 5644", "high"),
    "19 courier below a heading": (
        "マイナンバーの提出について\n" + "本文が続きます。\n" * 20 + "送り状番号 4812-1234-5014",
        "ignore",
    ),
    "20 timestamp in a name": ("log_202604010006.txt", "ignore"),
    "20 order number": ("注文番号 202610160001", "ignore"),
    "21 phone": ("+81 90 1234 5606", "ignore"),
    "21 phone without plus": ("TEL: 819012345606", "ignore"),
    "23 e-Tax": ("<gen:kojinbango>483920175644</gen:kojinbango>", "high"),
    "25 privacy policy": (POLICY + "お問い合わせ番号 481212345073", "ignore"),
    "25 in one line": ("マイナンバーを取得します … お問い合わせ番号 481212345073", "ignore"),
    "ARN": ("arn:aws:iam::123456789018:role/x", "ignore"),
    "amount": ("123,456,789,018円", "ignore"),
    "line break inside": ("個人番号 4839 2017\n5644", "high"),
    "Aadhaar": ("Aadhaar 2341 2341 2380", "ignore"),
    "pension number": ("個人番号［基礎年金番号］ 1234-567890", "ignore"),
    "file name with a person": ("483920175644_山田太郎.pdf", "high"),
    "machine-translated phone": ("個人番号 +15551234567", "ignore"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_case_in_a_text(name, verdict):
    text, expected = TEXTS[name]
    said = verdict(text)
    assert said == expected


def test_case_2_full_width_in_an_iso_2022_jp_mail(verdict):
    mail = "マイナンバー　４８３９　２０１７　５６４４".encode("iso2022_jp")
    said = verdict(mail.decode("iso2022_jp"))
    assert said == "high"


def test_case_4_five_hundred_rows_under_one_header(make, table, verdicts):
    rows = [["氏名", "個人番号"], *(["山田", number] for number in make.numbers(500))]
    said = verdicts(table(rows))
    assert said == ["high"] * 500


def test_case_5_a_numeric_cell_that_lost_its_zero(table, verdict):
    said = verdict(table([["氏名", "マイナンバー"], ["山田", "47185936208"]]))
    assert said == "high"


def test_case_6_one_digit_a_cell(table, verdict):
    boxes = ["4", "8", "3", "9", "", "2", "0", "1", "7", "", "5", "6", "4", "4"]
    said = verdict(table([["", "あなたの個人番号", *boxes]]))
    assert said == "high"


def test_case_7_a_headerless_column_in_which_all_pass(make, table, verdicts):
    rows = [
        ["375", "1", "東京都", "", str(i), "0", "a", number, "x"]
        for i, number in enumerate(make.numbers(20))
    ]
    said = verdicts(table(rows))
    assert said == ["high"] * 20


def test_case_8_a_headerless_column_of_courier_numbers(make, table, verdicts):
    rows = [["481212345014"], ["481212345073"], *([make.courier()] for _ in range(198))]
    said = verdicts(table(rows))
    assert said == []


def test_case_24_digits_lost_to_scientific_notation(table, verdict):
    said = verdict(table([["氏名", "個人番号"], ["山田", "1.23457E+11"]]))
    assert said == "suspect"


def test_case_18_ignores_the_licence_only():
    text = TEXTS["18 licence and My Number"][0]
    (hit,) = detect(text).hits
    assert hit.start == text.index("4839")


def test_a_qr_code_of_nothing_but_the_digits_is_high() -> None:
    """Case 22 with a reader for QR codes: the card's back."""
    from types import SimpleNamespace

    code = SimpleNamespace(text="483920175644", place="QR code")
    (hit,) = detect(code).hits
    assert hit.confidence == "high"
    longer = SimpleNamespace(text="483920175644 https://sample-shoji.example", place="QR code")
    assert [h.confidence for h in detect(longer).hits] != ["high"]
