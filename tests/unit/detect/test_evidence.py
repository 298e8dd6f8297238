"""Names around a text that are about the matter, and values that are a pattern."""

from auditor.detect import detect
from auditor.detect.around import around
from auditor.detect.labels import Meaning
from auditor.detect.lookalikes import sample_code

ABOUT = "マイナンバー制度の研修"


def reasons(text: str, *names: str) -> frozenset[str]:
    (hit,) = detect(text, around=names).hits
    return frozenset(hit.reasons)


def test_a_name_about_the_matter_is_less_than_one_that_names_the_number():
    assert around([ABOUT]) == ("topic_around", Meaning.TOPIC)
    assert around([ABOUT, "個人番号一覧"]) == ("label_around", Meaning.STRONG)


def test_what_the_text_says_of_the_matter_is_not_said_twice(make, grouped):
    number = grouped(make.number("57"))
    alone, within = reasons(number, ABOUT), reasons(f"通知カード {number}", ABOUT)
    assert "topic_around" in alone
    assert "topic_around" not in within
    assert any(code.startswith("topic_") for code in within)


def test_one_group_three_times_is_a_pattern(make):
    said = {sample_code(make.rng.choice(["4821", "0917", "3305"]) * 3) for _ in range(20)}
    assert said == {"sample_pattern"}


def test_a_line_that_calls_it_the_number_tells_more_than_a_name_around(make, verdict):
    text = f"個人番号の登録内容を修正してください。正しい番号は {make.number('57')} です。"
    assert verdict(text, around=("ticket.txt",)) == "medium"
