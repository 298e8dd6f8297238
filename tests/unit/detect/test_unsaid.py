"""Numbers of which nothing is said are judged all at once, with the answer of a look at each."""

import random

import pytest

from auditor.detect import detect, passage, sight
from auditor.detect.evidence import DETAILED

COLUMN = ("", "\r", " ", "\u3000", "、", "x=", "(", "第", "/", "key: ", '"', "第 ")
WORDS = ("個人番号", "My Number", "ご注文番号", "氏名", "会議", "マイナンバーは次の通り", "番号")


def same(one, other):
    """Whether two answers are equal in everything; shows neither."""
    return list(one.hits) == list(other.hits) and one.suspects == other.suspects


@pytest.fixture
def each(monkeypatch):
    """Detect with a look at each number."""

    def look(text, **more):
        with monkeypatch.context() as patch:
            patch.setattr(sight, "_MANY", 1 << 60)
            return detect(text, **more)

    return look


def lines(make, seed, words, true):
    rng = random.Random(seed)
    for _ in range(1_500):
        number = make.number() if rng.random() < true else make.digits(12)
        if rng.random() < 0.2:
            number = f"{number[:4]}-{number[4:8]}-{number[8:]}"
        cells = [make.digits(5), rng.choice(COLUMN) * (rng.random() < 0.2) + number, make.digits(7)]
        if rng.random() < words:
            cells.insert(rng.randrange(3), rng.choice(WORDS))
        yield rng.choice((",", ",", "\n", " 号,")).join(cells)


@pytest.mark.parametrize("words", [0.0, 0.002, 0.02, 0.3])
@pytest.mark.parametrize("true", [0.0, 0.3, 1.0])
def test_all_at_once_is_one_by_one(words, true, make, each):
    text = "\n".join(lines(make, f"{words}:{true}", words, true))
    for around in ((), ("マイナンバー一覧",)):
        found = detect(text, around=around)
        assert same(found, each(text, around=around))
    count = len(found.hits)
    assert true < 1 or count > 1_000


def test_a_list_goes_on_far_below_its_label(make, each):
    numbers = "\n".join(make.numbers(300))
    text = f"{'あ' * 9_000}\n{numbers}\n個人番号\n{numbers}"
    assert same(detect(text), each(text))


def test_most_numbers_of_a_table_are_looked_at_once(make, monkeypatch):
    looked = []
    plain = passage._evidence
    monkeypatch.setattr(passage, "_evidence", lambda *given: looked.append(1) or plain(*given))
    text = "\n".join(f"{make.digits(5)},{number},x" for number in make.numbers(DETAILED // 2))
    found = len(detect(text).hits)
    # A few look like times.
    assert found > 0.99 * DETAILED // 2
    assert len(looked) < 10


@pytest.mark.parametrize("share", [700, 5_000])
def test_parts_of_a_passage_give_what_the_whole_one_does(share, make, monkeypatch):
    text = "\n".join(lines(make, share, 0.02, 0.3))
    whole = detect(text)
    monkeypatch.setattr(passage, "_SHARE", share)
    monkeypatch.setattr(passage, "_MOST", 0)
    assert len(whole.hits) > 20
    assert same(detect(text), whole)
