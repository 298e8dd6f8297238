"""Other numbers, made by the hundred, are no findings; samples are set apart."""

import pytest

from auditor.detect.lookalikes import SAMPLES, low_entropy, sample_code, structure_code

LABELLED = {
    "courier": ("courier", "送り状番号：{}"),
    "courier, grouped": ("courier", "ヤマト運輸 {0[0]}-{0[1]}-{0[2]}"),
    "courier in a sentence": ("courier", "佐川で発送しました。番号は{}です。"),
    "licence": ("licence", "運転免許証番号 第{}号"),
    "article": ("article", "JANコード {}"),
    "order": ("dated", "注文番号 {}"),
    "ticket": ("courier", "チケット番号: {}"),
    "customer": ("courier", "お客様番号 {}"),
    "unknown kind of number": ("courier", "申込み番号 {}"),
    "AWS": ("courier", "arn:aws:s3:::{}:bucket"),
    "account": ("courier", "account id {}"),
    "mobile": ("mobile", "TEL {}"),
    "designation": ("courier", "指定番号 {}"),
    "invoice": ("courier", "invoice no. {}"),
    "json key": ("courier", '{{"order_id": "{}"}}'),
    "employee": ("courier", "社員番号 {}"),
}


@pytest.mark.parametrize("name", LABELLED)
def test_numbers_with_a_label_of_their_own_are_ignored(name, make, verdict):
    kind, text = LABELLED[name]
    said = set()
    for _ in range(30):
        digits = make.passing(getattr(make, kind))
        parts = (digits[:4], digits[4:8], digits[8:])
        said.add(verdict(text.format(parts if "{0" in text else digits)))
    assert said == {"ignore"}


@pytest.mark.parametrize("kind", ["minute", "dated", "mobile"])
def test_times_dates_and_mobiles_are_ignored_without_a_label(kind, make, verdict):
    said = {verdict(f"file {make.passing(getattr(make, kind))} end") for _ in range(50)}
    assert said == {"ignore"}


@pytest.mark.parametrize("kind", ["minute", "dated", "mobile"])
def test_what_reads_as_a_time_or_a_mobile_is_low_at_most(kind, make, verdict):
    said = {verdict(f"個人番号 {make.passing(getattr(make, kind))}") for _ in range(30)}
    assert said <= {"low", "ignore"}


@pytest.mark.parametrize("kind", ["licence", "courier", "article"])
def test_a_label_beats_the_structure(kind, make, verdict):
    said = {verdict(f"個人番号 {make.passing(getattr(make, kind))}") for _ in range(30)}
    assert said == {"high"}


@pytest.mark.parametrize("kind", ["licence", "courier", "article"])
def test_structures_that_many_numbers_fit_do_not_drop_one(kind, make, verdict):
    said = [verdict(make.passing(getattr(make, kind))) for _ in range(300)]
    # A thousandth reads as a time of day as well.
    assert said.count("low") >= 297


def test_longer_numbers_are_ignored_whatever_their_windows_say(make, verdict):
    texts = [
        text
        for _ in range(200)
        for text in (
            f"法人番号 {make.corporate()}",
            f"T{make.corporate()}",
            f"個人番号又は法人番号 {make.corporate()}",
            f"card {make.card()}",
            " ".join(make.card()[i : i + 4] for i in range(0, 16, 4)),
            make.guid(make.number()),
            f"緯度 35.{make.number()}",
            f"epoch 1{make.number()}",
            f"sha {make.number()}abcdef",
        )
    ]
    found = sum(verdict(text) != "ignore" for text in texts)
    assert found == 0


def test_a_million_random_guids_would_give_nothing(make, verdict):
    said = {verdict("\n".join(make.guid(make.number()) for _ in range(400))) for _ in range(3)}
    assert said == {"ignore"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_published_samples_are_samples_under_a_label(sample, grouped, verdict):
    said = {verdict(f"個人番号 {sample}"), verdict(f"マイナンバー：{grouped(sample)}")}
    assert said == {"sample"}


@pytest.mark.parametrize("digit", "0123456789")
def test_equal_digits_are_samples(digit, verdict):
    said = verdict(f"個人番号 {digit * 12}")
    assert said == "sample"


@pytest.mark.parametrize(
    "text", ["012345678901", "987654321098", "234567890123", "0000-0000-0000", "000000000001"]
)
def test_placeholders_are_samples(text, verdict):
    said = verdict(f"個人番号 {text}")
    assert said == "sample"


@pytest.mark.parametrize("text", ["XXXX XXXX XXXX", "＊＊＊＊ ＊＊＊＊ ＊＊＊＊", "●●●●●●●●●●●●"])
def test_masks_are_nothing(text, verdict):
    said = verdict(f"個人番号 {text}")
    assert said == "ignore"


def test_a_sample_word_does_not_hide_a_real_number(make, verdict):
    said = verdict(f"記入例\n個人番号 {make.number('57')}")
    assert said == "high"


def test_a_sample_word_and_digits_typed_by_hand_make_a_sample(verdict):
    said = [verdict("見本\n個人番号 121221211212"), verdict("個人番号 232332322323")]
    assert said == ["sample", "low"]


def test_random_numbers_are_no_samples(make):
    wrong = sum(bool(sample_code(number)) for number in make.numbers(5_000))
    assert wrong == 0
    assert sum(low_entropy(number) for number in make.numbers(5_000)) < 15


def test_shares_of_true_numbers_that_fit_a_structure_are_as_stated(make):
    codes = [structure_code(number) for number in make.numbers(40_000)]
    share = {code: codes.count(code) / len(codes) for code in set(codes)}
    assert share.get("shape_time", 0) < 0.002
    assert share.get("shape_date_serial", 0) < 0.001
    assert share.get("shape_mobile", 0) < 0.001
    assert 0.07 < share["shape_courier"] < 0.13
    assert 0.07 < share["shape_article"] < 0.13


def test_each_structure_is_recognised(make):
    for kind, code in (("minute", "shape_time"), ("dated", "shape_"), ("mobile", "shape_mobile")):
        assert all(structure_code(getattr(make, kind)()).startswith(code) for _ in range(200))
    assert structure_code("261231235959") == "shape_short_time"
    assert structure_code("010001123403") == "shape_registry"
