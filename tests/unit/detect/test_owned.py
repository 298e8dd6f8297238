"""Keys and what holds them: whether the name above or before is the value's."""

import pytest

from auditor.detect.keys import is_another
from auditor.detect.labels import Meaning
from auditor.detect.owned import said_by

KEYS = {
    "myNumber": Meaning.STRONG,
    "mynumber_self": Meaning.STRONG,
    "my_number2": Meaning.STRONG,
    "myNumberText": Meaning.STRONG,
    "myNumberVaultPath": Meaning.VAGUE,
    "mynumber_account": Meaning.VAGUE,
    "mynumber-prod": Meaning.VAGUE,
    "order_id": Meaning.AGAINST,
    "plain": None,
}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_ends_with_what_it_names(key):
    assert said_by(key) is KEYS[key]


HELD = {
    # A parent, a section, a label that is a value: they speak of keys that hold anything.
    '{{"my_number": {{"number": "{}"}}}}': "high",
    '{{"my_number": {{"encrypted": false, "plain": "{}"}}}}': "high",
    "[my_number]\nstatus: done\nvalue: {}": "high",
    "[my_number]\nsato = {}": "ignore",
    "my_number:\n  sato: {}": "high",
    "item1.X-ABLabel:My Number\nitem1.X-ABRELATEDNAMES:{}": "high",
    "column: 個人番号\nafter: {}": "high",
    "question: マイナンバーを入力してください\nanswer1: {}": "high",
    # Other keys have names of their own, whatever stands above them.
    '{{"my_number": {{"requestId": "{}"}}}}': "ignore",
    "■個人番号\nterminal = {}": "ignore",
    "マイナンバー\naccount: {}": "ignore",
    "name: my_number\nowner: {}": "ignore",
}


@pytest.mark.parametrize("text", HELD)
def test_what_holds_a_key(text, make, verdict):
    said = verdict(text.format(make.number("57")))
    assert said == HELD[text]


@pytest.mark.parametrize(
    ("key", "expected"),
    [("requestId", True), ("vault_ref", True), ("accountNo", True), ("number", False)],
)
def test_keys_of_other_things(key, expected):
    assert is_another(key) is expected


def test_identifiers_in_cells_are_read_as_keys(make, verdict, table):
    rows = [["system", "value"], ["mynumber-prod", make.number("57")]]
    assert verdict(table(rows)) in {"ignore", "low"}
