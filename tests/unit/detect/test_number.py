"""A Number shows nothing and goes nowhere."""

import copy
import dataclasses
import hmac
import json
import pickle

import pytest

from auditor.detect import Number, detect

VECTOR = "483920175644"


@pytest.mark.parametrize("show", [repr, str, format, "{:>30}".format, "%s".__mod__, "{!r}".format])
def test_no_way_of_printing_shows_a_digit(show):
    text = show(Number(VECTOR))
    assert not any(char.isdigit() for char in text)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling_is_refused(protocol):
    with pytest.raises(TypeError, match="never leaves"):
        pickle.dumps(Number(VECTOR), protocol)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_copying_is_refused(duplicate):
    with pytest.raises(TypeError, match="never leaves"):
        duplicate(Number(VECTOR))


def test_a_hit_cannot_be_turned_into_a_dictionary_or_json():
    (hit,) = detect(f"個人番号 {VECTOR}").hits
    with pytest.raises(TypeError):
        dataclasses.asdict(hit)
    with pytest.raises(TypeError):
        json.dumps(hit.number)


def test_it_has_no_dictionary_and_takes_no_attributes():
    number = Number(VECTOR)
    assert not hasattr(number, "__dict__")
    with pytest.raises(AttributeError):
        number.digits = ""


def test_equal_numbers_are_equal_and_hash_alike():
    same = {Number(VECTOR), Number(VECTOR), Number("000111111111")}
    assert len(same) == 2
    assert Number(VECTOR) != VECTOR


def test_the_hash_is_not_that_of_the_digits():
    ours = hash(Number(VECTOR))
    assert ours not in {hash(VECTOR), hash(int(VECTOR)), hash((VECTOR,))}


def test_the_token_is_a_keyed_hmac_cut_to_sixteen_bytes():
    key = b"k" * 32
    token = Number(VECTOR).token(key)
    right = hmac.digest(key, VECTOR.encode(), "sha256")[:16] == token
    assert right
    assert Number(VECTOR).token(b"other") != token


def test_repr_of_everything_detected_holds_no_digit_of_the_number():
    found = detect(f"個人番号 {VECTOR}\n番号 4839-2017-5644")
    text = repr(found)
    leaked = any(part in text for part in ("4839", "2017", "5644"))
    assert not leaked
