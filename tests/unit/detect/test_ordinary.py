"""What is called ordinary by arithmetic is neither a sample nor what no label outweighs."""

import random

import numpy as np
import pytest

from auditor.detect import ordinary as module
from auditor.detect.column import tally, tally_mixed
from auditor.detect.context import Evidence, Meaning
from auditor.detect.evidence import value_codes
from auditor.detect.forms import PLAIN, Candidate
from auditor.detect.lookalikes import SAMPLES
from auditor.detect.ordinary import ordinary
from auditor.detect.scopes import FIELD

CHECKS = {"check_passes", "check_passes_zero", "check_fails"}


def odd_ones(rng):
    """Numbers with equal digits, repeated groups, counting digits, one of them changed or none."""
    step, digit = rng.choice([0, 1, 9]), rng.randrange(10)
    counting = [str((digit + step * i) % 10) for i in range(12)]
    group = [*map(str, rng.choices(range(10), k=4))]
    for made in (counting, group * 3):
        for _ in range(rng.randrange(4)):
            made[rng.randrange(12)] = str(rng.randrange(10))
        yield "".join(made)


def all_kinds(make):
    rng = random.Random(5)
    makers = (make.minute, make.dated, make.mobile, make.courier, make.number, make.mistyped)
    numbers = [*SAMPLES, *(one() for one in makers for _ in range(300))]
    numbers += [one for _ in range(20_000) for one in odd_ones(rng)]
    return numbers + [f"{first:04d}{make.digits(8)}" for first in range(10_000)]


def test_nothing_is_said_of_ordinary_numbers(make):
    numbers = all_kinds(make)
    plain = ordinary(np.array([int(one) for one in numbers])).tolist()
    named = Evidence(meaning=Meaning.STRONG, scope=FIELD)
    for digits, said in zip(numbers, plain, strict=True):
        one = Candidate(0, 12, PLAIN, 0, digits, make.number(digits[:11]) == digits)
        assert not said or set(value_codes(one, named)) <= CHECKS


def test_nearly_all_numbers_are_ordinary(make):
    values = np.array([int(number) for number in make.numbers(5_000)])
    assert ordinary(values).mean() > 0.98


def test_a_structure_of_unknown_beginnings_may_be_any_number(make, monkeypatch):
    values = np.array([int(number) for number in make.numbers(50)])
    module._telling.cache_clear()
    monkeypatch.setattr(module, "TELLING", frozenset(("shape_new",)))
    assert not ordinary(values).any()
    module._telling.cache_clear()


@pytest.mark.parametrize("share", [0, 3])
def test_a_mixed_tally_counts_as_the_plain_one(share, make):
    numbers = [*all_kinds(make)[:400], *make.numbers(300), *make.numbers(5) * 3]
    single = [*numbers[: 20 * share], *make.numbers(10)]
    values = np.array([int(one) for one in numbers])
    passing = np.array([make.number(one[:11]) == one for one in numbers])
    assert tally_mixed(values, passing, single) == tally([*numbers, *single])
