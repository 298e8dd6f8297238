"""The check digit, against vectors, the ordinance's own wording, and by the array."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

import auditor.detect
from auditor.detect import checkdigit

VALID = [
    *("123456789018", "621498320257", "465281266333", "983205673214", "000111111111"),
    *("123456789131", "123456789050", "123456789140", "271828182840", "700000000010"),
    *("023456789013", "009876543211", "999999999996", "483920175644", "000000000000"),
    *("123456789069", "123456789077", "123456789026", "123456789085", "123456789034"),
    *("123456789093", "123456789042"),
]
INVALID = [
    *("123456789012", "123456789019", "012345678901", "987654321098", "210987654321"),
    "112233445566",
    *(str(digit) * 12 for digit in range(1, 10)),
]


def by_ordinance(base: str) -> int:
    """Article 5 as it is written: Pn from the right, Qn = n + 1 to the sixth, then n - 5."""
    total = sum(
        int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(base), 1)
    )
    return 0 if total % 11 <= 1 else 11 - total % 11


@pytest.mark.parametrize("number", VALID)
def test_published_valid_numbers_pass(number):
    assert checkdigit.passes(number)


@pytest.mark.parametrize("number", INVALID)
def test_published_invalid_numbers_fail(number):
    assert not checkdigit.passes(number)


def test_it_is_the_rule_of_the_ordinance(make):
    bases = [make.digits(11) for _ in range(5_000)]
    wrong = sum(by_ordinance(base) != checkdigit.check_digit(base) for base in bases)
    assert wrong == 0


def test_many_at_once_agree_with_one_at_a_time(make):
    numbers = [make.digits(12) for _ in range(5_000)] + make.numbers(500) + VALID + INVALID
    digits = np.array([[int(digit) for digit in number] for number in numbers], dtype=np.uint8)
    single = [checkdigit.passes(number) for number in numbers]
    assert checkdigit.passes_many(digits).tolist() == single


def test_nothing_at_once_gives_nothing():
    assert checkdigit.passes_many(np.zeros((0, 12), dtype=np.uint8)).tolist() == []


def test_one_random_number_in_ten_passes_and_twice_as_many_that_end_in_zero():
    digits = np.random.default_rng(7).integers(0, 10, (200_000, 12), dtype=np.uint8)
    passing = checkdigit.passes_many(digits)
    zero = digits[:, 11] == 0
    assert abs(passing.mean() - 0.1) < 0.004
    assert abs(passing[zero].mean() - checkdigit.PASS_ZERO) < 0.01
    assert abs(passing[~zero].mean() - checkdigit.PASS_OTHER) < 0.004


def modules() -> list[str]:
    names = [module.name for module in pkgutil.iter_modules(auditor.detect.__path__)]
    return ["auditor.detect", *(f"auditor.detect.{name}" for name in names)]


@pytest.mark.parametrize("name", modules())
def test_the_examples_in_the_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
