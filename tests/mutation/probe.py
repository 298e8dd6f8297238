"""Asks a copy of the detector what a fault could change: ``python probe.py FOLDER [QUESTION]``.

Prints the name of the question that was answered wrongly, and nothing of any text.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from auditor.detect import EVIDENCE, arrays, detect
from auditor.detect import candidates as paths
from auditor.detect.context import labels_near
from auditor.detect.forms import Found
from auditor.detect.labels import read
from reference.candidates import candidates, passes
from reference.sight import line_of, windows
from reference.texts import texts
from reference.verdicts import confidence, scenes

TEXTS = 500
FORMS = ("plain", "grouped", "spaced", "mixed")
WEIGHTS = {code: weight.weight for code, weight in EVIDENCE.items()}


def _right(text: str, offset: int = 0) -> list[tuple[int, int, int, bool]]:
    return [
        (one.start + offset, one.end + offset, int(one.digits), one.passes)
        for one in candidates(text)
    ]


def _rows(found: Found) -> list[tuple[int, int, int, bool]]:
    columns = (found.starts, found.ends, found.values, found.passing)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def small() -> bool:
    """The small path, on short texts."""
    return all(_rows(paths.find_small(text)) == _right(text) for text in texts(1, TEXTS))


def large() -> bool:
    """The array path, in small and in large chunks."""
    for nth, text in enumerate(texts(2, TEXTS)):
        right = _right(text)
        edge = right[-1][0] if right else 0
        arrays.CHUNK = (64, 90, max(edge, 64), max(edge + 1, 64), 1 << 20)[nth % 5]
        if _rows(arrays.find_large(text)) != right:
            return False
    return True


def sparse() -> bool:
    """The array path where few words of the bitmap are worked, at every offset in a word."""
    for nth, text in enumerate(texts(3, TEXTS)):
        pad = (";" if text.isascii() else "、") * (300 + nth % 64)
        if _rows(arrays.find_large(pad + text + pad)) != _right(text, len(pad)):
            return False
    return True


def kinds() -> bool:
    """Forms and flags: both paths call the same stretches by the same names."""
    for text in texts(5, TEXTS):
        left, right = paths.find_small(text), arrays.find_large(text)
        forms = [
            ("plain", "grouped", "spaced", "mixed").index(one.form) for one in candidates(text)
        ]
        if left.shapes.tolist() != right.shapes.tolist() or (left.shapes >> 8).tolist() != forms:
            return False
    return True


def seen() -> bool:
    """Both windows of a number in a cell, to the character."""
    rng = random.Random(6)
    for text in texts(6, 60):
        words = rng.choices(["マイナンバー", "ほげ" * 20, "送り状番号", "氏"], k=40)
        whole = "".join([*words, text, *words])
        spans = [(one.start, one.end) for one in candidates(whole)]
        right = [
            label
            for low, high in windows(spans, len(whole))
            for label in read(whole[low:high], low)
        ]
        if list(labels_near(whole, spans).found) != right:
            return False
    return True


def _judged(lead: str, count: int) -> bool:
    """Plain scenes behind ``lead``: evidence, verdict and line."""
    for scene in scenes(7, count):
        start = len(lead) + scene.start
        hits = [hit for hit in detect(lead + scene.text).hits if hit.start == start]
        right = confidence(scene.codes, WEIGHTS) if scene.seen else "ignore"
        if (hits[0].confidence if hits else "ignore") != right:
            return False
        if hits and frozenset(hits[0].reasons) != scene.codes:
            return False
        if hits and hits[0].location != f"line {line_of(lead + scene.text, start)}":
            return False
    return True


def judged() -> bool:
    """Plain scenes alone."""
    return _judged("", TEXTS)


def far() -> bool:
    """Plain scenes at the end of a long text."""
    return _judged("ほげふがぴよ。\n" * 1_500 + "\n", TEXTS // 2)


def _numbers(seed: int, count: int, *, passing: bool) -> list[str]:
    """Distinct numbers that end in no 0 and resemble nothing, all passing or all failing."""
    rng = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        digits = "57" + "".join(rng.choices("0123456789", k=10))
        if passes(digits) == passing and digits[-1] != "0":
            found.append(digits)
    return found


def _said(lines: list[str]) -> set[str]:
    """The column's codes among the reasons of a list's hits."""
    hits = detect("\n".join(lines)).hits
    return {code for hit in hits for code in hit.reasons if code.startswith("column")} or {
        f"{len(hits)} hits"
    }


def lists() -> bool:
    """What the numbers of a list say of each other."""
    good, bad = _numbers(8, 30, passing=True), _numbers(9, 190, passing=False)
    named = [f"個人番号 {number}" for number in [good[0], *bad[:6]]]
    mixed = [f"個人番号 {number}" for number in [*good[:7], *bad[:18]]]
    return (
        _said(good[:1]) == {"1 hits"}
        and _said(good[:2]) == {"2 hits"}
        and _said(good[:3]) == {"column_leans"}
        and _said(good[:4]) == {"column_passes"}
        and _said(good) == {"column_certain"}
        and _said([*good[:9], *bad]) == {"0 hits"}
        and _said(named) == {"column_dummy"}
        and _said(named[:6]) == {"6 hits"}
        and _said(mixed) == {"column_dummy"}
        and _said(mixed[:24]) == {"24 hits"}
    )


def cells() -> bool:
    """Places of a table's hits."""
    numbers = _numbers(10, 3, passing=True)
    rows = [["氏名", "個人番号"], *(["ほげ", number] for number in numbers)]
    shape = {"columns": (), "head": (), "first_row": 1, "first_column": 1, "lines": ()}
    hits = detect(SimpleNamespace(rows=rows, place="", **shape)).hits
    return [(hit.location, hit.confidence.value) for hit in hits] == [
        ("B2", "high"),
        ("B3", "high"),
        ("B4", "high"),
    ]


QUESTIONS: dict[str, Callable[[], bool]] = {
    question.__name__: question
    for question in (small, large, sparse, kinds, seen, judged, far, lists, cells)
}


def main(folder: str, *names: str) -> int:
    """Ask the named questions, or all, until one answer is wrong: 1 then, 0 when all are right."""
    if Path(folder).resolve() not in Path(arrays.__file__).resolve().parents:
        print("another detector")
        return 2
    for name in names or QUESTIONS:
        if not QUESTIONS[name]():
            print(name)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
