"""Numbers in JSON that stands in a text, in pieces, and in chats of several programs."""

import json
from dataclasses import dataclass

import pytest

from auditor.detect import Confidence, detect

SURE = {"high", "medium"}


@dataclass
class Sheet:
    """A table of which the names of the columns are known."""

    rows: list[list[str]]
    columns: tuple[str, ...]
    head: tuple[()] = ()
    first_row: int = 1
    first_column: int = 1
    lines: tuple[()] = ()


def four(number):
    return number[:4], number[4:8], number[8:]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("key", "found"), [("my_number", True), ("個人番号", True), ("order_no", False)]
)
@pytest.mark.parametrize("shape", ["lists", "described", "typed", "body"])
def test_shapes_of_json(shape, key, found, indent, make, verdict):
    rows = [(f"n{nth}", make.passing(make.courier)) for nth in range(2)]
    names = ["id", key, "tel"]
    written = {
        "lists": {"columns": names, "rows": [[a, b, "03-1111-2222"] for a, b in rows]},
        "described": {
            "columns": [{"name": name, "type": "T"} for name in names],
            "rows": [[a, b, "03-1111-2222"] for a, b in rows],
        },
        "typed": {"Items": [{"id": {"S": a}, key: {"S": b}} for a, b in rows]},
        "body": {"body": json.dumps({key: rows[0][1]}, ensure_ascii=False)},
    }[shape]
    hits = detect(json.dumps(written, ensure_ascii=False, indent=indent)).hits
    sure = [hit for hit in hits if hit.confidence.value in SURE]
    assert len(sure) == (found and (1 if shape == "body" else 2))


@pytest.mark.parametrize(
    "text",
    [
        '{{"my_number": ["{0}", "{1}", "{2}"]}}',
        '{{"my_number_1": "{0}", "my_number_2": "{1}", "my_number_3": "{2}"}}',
        "name=a&mynumber1={0}&mynumber2={1}&mynumber3={2}&tel=1",
        "佐藤: マイナンバー教えて\n鈴木: {0}\n鈴木: {1}\n鈴木: {2}",
    ],
)
def test_four_digits_at_a_time(text, make):
    number = make.number()
    (hit,) = detect(text.format(*four(number))).hits
    assert hit.confidence.value in SURE
    wrong = make.mistyped()
    assert all(hit.confidence is Confidence.LOW for hit in detect(text.format(*four(wrong))).hits)


@pytest.mark.parametrize(
    "form",
    [
        "<{who}> {said}",
        "[{who}] {said}",
        "{who}「{said}」",
        "@{who} {said}",
        "2025/06/03, 10:12 - {who}: {said}",
        "\U0001f464{who} {said}",
        "{who} — 今日 10:12\n{said}",
    ],
)
@pytest.mark.parametrize("answer", ["{0}", "お疲れ様です。{0}", "{0} だと思う", "{0} で入れといて"])
def test_whoever_speaks_the_answer_is_heard(form, answer, make, verdict):
    number = make.passing(make.courier)
    turns = [("佐藤", "マイナンバーカードの12桁教えて"), ("鈴木", answer.format(number))]
    text = "\n".join(form.format(who=who, said=said) for who, said in turns)
    assert verdict(text) in SURE
    other = text.replace("マイナンバーカードの12桁", "追跡番号")
    assert verdict(other) not in SURE


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("マイナンバー届いた！ {} だって", True),
        ("田中さんのマイナンバー預かりました。{}です。", True),
        ("さっきのマイナンバー間違えてました。正しくは {} です", True),
        ("我的个人番号是{}", True),
        ("お預かりしているマイナンバーの一覧です。\n\n佐藤 {} 東京都", True),
        ("簡易書留でマイナンバー通知を送りました（{}）。", False),
        ("マイナンバー書類、特定記録で出しました。\n{}", False),
        ('"aws_s3_bucket" "my_number" {{\n  bucket = "hr-{}"\n}}', False),
    ],
)
def test_what_is_told_in_a_sentence(text, sure, make, verdict):
    said = [verdict(text.format(make.passing(make.article))) for _ in range(20)]
    # One in ten ends in the digit that stands for two remainders, and says less.
    share = sum(one in SURE for one in said)
    assert share >= 15 if sure else share == 0


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("fields › 個人番号", "high"),
        ("my_number › S", "high"),
        ("_x500b__x4eba__x756a__x53f7_", "high"),
        ("fields › 送り状番号", "ignore"),
        ("myNumber › vaultRef", "ignore"),
    ],
)
def test_headers_of_fields_within_fields(header, said, make):
    table = Sheet([["a", make.passing(make.courier)]], ("name", header))
    assert [hit.confidence.value for hit in detect(table).hits] == [said] * (said == "high")


@pytest.mark.parametrize("name", ["[個人番号]", "[[MyNumber]]"])
def test_a_section_heads_the_keys_below_it(name, make, verdict):
    text = "{}\nname=佐藤 花子\nupdated=2024/01/01 10:00\nno={}\n"
    number = make.passing(make.courier)
    assert verdict(text.format(name, number)) == "high"
    assert verdict(text.format("[追跡]", number)) not in SURE
