"""Numbers that only show how one looks are never sure, and never dropped."""

import pytest

EXAMPLES = (
    "個人番号は12桁です。例えば {} のように入力します。",
    "マイナンバー（例：{}）",
    "マイナンバー欄には（例）{} と書きます。",
    "仮にマイナンバーが {} だとすると",
    "マイナンバーの形式：{}（例示）",
    "the My Number, e.g. {}",
    'is_my_number("{}")',
    "MyNumberValidator.validate('{}')",
    'assert normalize_mynumber(x) == "{}"',
    'my_number\n>>> mask("1")\n"{}"',
    "DUMMY_MY_NUMBER = '{}'",
    "const mockMyNumber: string = '{}'",
    '# my_number\n  ["{}", true],',
    '# my_number\n    ("{}", False),',
    '# my_number\n  {{ input: "{}", want: false }},',
)
REAL = (
    "ワンストップ特例 個人番号 {}",
    "個人番号 {} の例外について",
    "set_my_number('{}')",
    "UPDATE staff SET my_number = '{}'",
    "INSERT INTO mynumbers VALUES\n    ('{}', true),",
    '{{"my_number": "{}", "verified": true}}',
    'my_number = latest("{}")',
    "例年どおりマイナンバーは {} です",
)


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_for_a_person_to_look_at(text, make, verdict):
    assert verdict(text.format(make.number("57"))) == "low"


@pytest.mark.parametrize("text", REAL)
def test_what_keeps_a_number_is_no_example(text, make, verdict):
    assert verdict(text.format(make.number("57"))) in {"high", "medium"}
