"""Labels beside many numbers of a column, asked at once, are those asked one by one."""

import random

import numpy as np
import pytest

from auditor.detect.cells import Cells
from auditor.detect.headers import Headers

WORDS = (
    "個人番号 マイナンバー 番号 法人番号 氏名 甲 乙 番 号 個 人 N o : - 12 7 1,200 1.個人番号 "
    "通知カード 営業一課12 東京都港区 (03) ①番 ３ 備考"
).split()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("width", [1, 2, 5, 17, 60])
def test_many_labels_are_those_one_by_one(seed, width):
    rng = random.Random(seed)
    pool = [*WORDS, *[""] * rng.choice([0, 20, 200]), "個人番号" * 20, "\u3000"]
    rows = [rng.choices(pool, k=width) for _ in range(80)]
    rows += [rows[0][: width // 2], [], [""] * width]
    at = np.array([nth for nth, row in enumerate(rows) if len(row) == width])
    column = width - 1
    said, away = Headers(Cells(rows), (), ()).lefts(at, column)
    alone = Headers(Cells(rows), (), ())
    expected = [alone.left(row, column) for row in at.tolist()]
    assert said.tolist() == [meaning or 0 for meaning, _ in expected]
    assert away.tolist() == [steps for _, steps in expected]


def test_blocks_of_rows(monkeypatch):
    monkeypatch.setattr("auditor.detect.headers._BLOCK", 3)
    rows = [["個人番号" if nth % 2 else "甲", "x"] for nth in range(10)]
    said, away = Headers(Cells(rows), (), ()).lefts(np.arange(10), 1)
    assert (said.tolist(), away.tolist()) == ([0, 1] * 5, [0, 1] * 5)
