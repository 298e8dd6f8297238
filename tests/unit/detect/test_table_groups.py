"""Numbers of one column are judged together; the answer is that of judging them one by one."""

import random
from types import SimpleNamespace

import pytest

from auditor.detect import detect
from auditor.detect.context import Evidence
from auditor.detect.evidence import supposed, value_codes
from auditor.detect.forms import PLAIN, Candidate
from auditor.detect.lookalikes import STRUCTURES, TELLING
from auditor.detect.sheet import Sheet
from corpus import identifiers

HEADERS = (
    "個人番号 マイナンバー 法人番号 送り状番号 番号 氏名 社員番号 コード id my_number 注文番号 "
    "住民票コード マイナンバーの提出について 個人番号又は法人番号 源泉徴収票 生年月日 見本 "
    "個人番号は書かないでください"
).split()


class Tables:
    """Tables of all kinds of columns, from a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        digits = identifiers.digits
        self.kinds = (
            lambda: identifiers.individual(rng),
            lambda: digits(rng, 12),
            lambda: identifiers.courier(rng),
            lambda: identifiers.licence(rng),
            lambda: identifiers.mistyped(rng),
            lambda: identifiers.individual(rng).lstrip("0")[:11],
            lambda: digits(rng, 4),
            lambda: digits(rng, 1),
            lambda: digits(rng, 11),
            lambda: "-".join(digits(rng, 4) for _ in range(3)),
            lambda: f"{identifiers.individual(rng)}.0",
            lambda: f"'{identifiers.individual(rng)}",
            lambda: f"個人番号：{identifiers.individual(rng)}",
            lambda: f"伝票番号 {identifiers.individual(rng)}",
            lambda: f"マイナンバー {digits(rng, 12)} です",
            lambda: identifiers.timestamp(rng),
            lambda: f"12341234{digits(rng, 4)}",
            lambda: "123456789018",
            lambda: "1.23457E+11",
            lambda: "東京都港区1-2-3",
            lambda: "山田太郎",
            lambda: "",
        )

    def heads(self, width: int) -> list[str]:
        return [self.rng.choice(["", *HEADERS]) for _ in range(width)]

    def table(self) -> SimpleNamespace:
        rng = self.rng
        width, height = rng.randint(1, 7), rng.choice([1, 3, 8, 45, 60, 150])
        columns = [rng.choices(self.kinds, k=rng.choice([1, 1, 1, 2])) for _ in range(width)]
        rows = [[rng.choice(kinds)() for kinds in columns] for _ in range(height)]
        for row in rng.choices(rows, k=height // 20):
            row[rng.randrange(width)] = rng.choice(self.kinds)()
        for share in (0.8, 0.2):
            if rng.random() < share:
                rows.insert(rng.choice([0, 0, 0, rng.randint(0, len(rows))]), self.heads(width))
        rows.insert(rng.randint(0, len(rows)), rows[0][: rng.randint(0, width)])
        known = {"columns": (), "head": ()}
        if rng.random() < 0.3:
            known[rng.choice(list(known))] = rng.choice([self.heads(width), [self.heads(width)]])
        known["head"] = [row for row in known["head"] if isinstance(row, list)]
        known["columns"] = [name for name in known["columns"] if isinstance(name, str)]
        return SimpleNamespace(rows=rows, place="", first_row=1, first_column=1, lines=(), **known)


def plain(found):
    hits = [
        (hit.number, hit.kind, hit.confidence, hit.location, hit.reasons, hit.row, hit.column)
        for hit in found.hits
    ]
    return hits, [hit.start for hit in found.hits], found.suspects


@pytest.mark.parametrize("seed", range(4))
def test_a_column_together_is_each_of_its_numbers_alone(seed, monkeypatch):
    tables = Tables(seed)
    segments = [
        (tables.table(), tables.rng.choice([(), ("マイナンバー一覧",), ("請求書",), ("年末調整",)]))
        for _ in range(120)
    ]
    together = [plain(detect(one, around=around)) for one, around in segments]
    asked = []
    monkeypatch.setattr(Sheet, "_columns", lambda *_: asked.append(1) or iter(()))
    alone = [plain(detect(one, around=around)) for one, around in segments]
    assert asked
    assert [at for at, (a, b) in enumerate(zip(together, alone, strict=True)) if a != b] == []
    assert sum(len(hits) for hits, _, _ in together) > 1_000


def test_numbers_that_count_as_none_are_not_looked_at(make, table, monkeypatch):
    looked = []
    monkeypatch.setattr(
        "auditor.detect.tables.value_codes", lambda *both: looked.append(1) or value_codes(*both)
    )
    rows = [["送り状番号"], *([make.courier()] for _ in range(2_000))]
    assert detect(table(rows)).hits == ()
    assert len(looked) < 40


@pytest.mark.parametrize("make_one", ["number", "dated", "minute", "mobile", "licence", "article"])
def test_all_that_digits_can_say_is_supposed(make_one, make):
    values = [make.passing(getattr(make, make_one)) for _ in range(50)]
    values += ["123456789018", "111111111118", "123412341230"]
    for digits in values:
        one = Candidate(0, 12, PLAIN, 0, digits, make.number(digits[:11]) == digits)
        for specimen in (False, True):
            said = value_codes(one, Evidence(specimen=specimen))
            assert not one.passes or said in list(supposed(one))


def test_what_no_label_outweighs_stands_first_among_structures():
    first = [one.code in TELLING for one in STRUCTURES]
    assert first == sorted(first, reverse=True)
    assert any(first)
