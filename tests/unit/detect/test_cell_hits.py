"""Very many hits of a table are kept in arrays; each is what it would be alone."""

import pickle

import pytest

from auditor.detect import detect


@pytest.fixture
def many(make, table):
    numbers = make.numbers(6_000)
    rows = [["氏名", "個人番号"], *(["山田", number] for number in numbers)]
    return detect(table(rows)).hits, numbers


def told(hit):
    return hit.number, hit.kind, hit.confidence, hit.reasons, hit.start, hit.end, hit.column


def test_hits_of_a_large_table_are_those_of_small_ones(many, make, table):
    hits, numbers = many
    assert len(hits) == 6_000
    few = [["氏名", "個人番号"], *(["山田", number] for number in numbers[:900])]
    alone = detect(table(few)).hits
    assert isinstance(alone, tuple)
    assert [at for at, one in enumerate(alone) if told(one) != told(hits[at])] == []
    assert [hit.row for hit in hits] == list(range(1, 6_001))


def test_locations_of_the_first_thousands(many):
    hits, _ = many
    assert (hits[0].location, hits[4_999].location, hits[5_000].location) == ("B2", "B5001", "")
    assert (hits[-1].row, [hit.row for hit in hits[2:5]]) == (6_000, [3, 4, 5])


def test_they_never_leave_the_process(many):
    with pytest.raises(TypeError):
        pickle.dumps(many[0])
    with pytest.raises(IndexError):
        many[0][6_000]


def test_samples_and_others_in_a_large_column(make, table):
    odd = {100: "123456789018", 200: "111111111118", 300: make.passing(make.minute)}
    rows = [["個人番号"], *([odd.get(at) or make.number("5")] for at in range(2_000))]
    hits = {hit.row - 1: hit for hit in detect(table(rows)).hits}
    said = [hits[at].confidence.value for at in odd]
    assert said[:2] == ["sample", "sample"]
    assert [code for code in hits[300].reasons if code.startswith("shape_")] == ["shape_time"]
    assert hits[99].confidence == "high"
