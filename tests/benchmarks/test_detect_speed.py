"""How fast detection is: ratios to other engines and to decoding, in one run, by CPU time.

Every row of the requirement is a test here that prints its figures. "find" is the search for what
has the shape of a number, with boundaries and check digit; "verdict" is all of ``detect``.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from auditor.detect import detect
from auditor.detect.batch import detect_texts
from auditor.detect.candidates import find
from auditor.detect.encoded import detect_bytes
from auditor.model import Table
from benchmarks import detect_engines as engines
from benchmarks import detect_inputs as inputs
from corpus import identifiers

pytestmark = pytest.mark.benchmark

PROSE, CSV, LOGS = "prose", "csv", "logs"
TEXTS: dict[str, Callable[[], str]] = {
    PROSE: inputs.prose,
    CSV: inputs.csv_text,
    LOGS: inputs.logs,
}
STREAM = "MYNUMBER_BENCH_STREAM"
MIB = 1 << 20


def told(row: str, kind: str, speeds: dict[str, float]) -> None:
    figures = ", ".join(f"{name} {speed:,.4g}" for name, speed in speeds.items())
    print(f"\n{row} on {kind} (characters a µs): {figures}")


def against(row: str, kind: str, ours: str, other: str, speeds: dict[str, float]) -> float:
    ratio = speeds[ours] / speeds[other]
    told(row, kind, speeds)
    print(f"{row} on {kind}: {ours} is {ratio:,.3g} times as fast as {other}")
    return ratio


def verdict(kind: str) -> tuple[Callable[[], object], int]:
    """The whole verdict on an input; a CSV file comes as a table."""
    if kind == CSV:
        table = Table(inputs.csv_rows())
        return lambda: detect(table), len(inputs.csv_text())
    text = TEXTS[kind]()
    return lambda: detect(text), len(text)


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize(
    ("model", "size", "least"), [("blank", 40_000, 1_000), ("ja_ginza", 2_000, 10_000)]
)
def test_presidio_with_japanese(kind: str, model: str, size: int, least: float) -> None:
    """Presidio sees a slice: its speed does not depend on the length."""
    analyze = engines.presidio_engine(model)
    sample = TEXTS[kind]()[:size]
    analyze(sample[:100])
    speeds = engines.speeds({"verdict": verdict(kind), model: (lambda: analyze(sample), size)})
    assert against("Presidio", kind, "verdict", model, speeds) >= least


@pytest.mark.parametrize(("kind", "least"), [(PROSE, 2), (CSV, 12), (LOGS, 15)])
def test_presidios_recognizer_alone(kind: str, least: float) -> None:
    analyze = engines.presidio_recognizer()
    text = TEXTS[kind]()
    part = text[:2_000_000]
    work = {
        "find": (lambda: find(text), len(text)),
        "recognizer": (lambda: analyze(part), len(part)),
    }
    assert against("recognizer", kind, "find", "recognizer", engines.speeds(work)) >= least


@pytest.mark.parametrize(("kind", "tuned", "usual"), [(PROSE, 3, 15), (CSV, 6, 6), (LOGS, 8, 15)])
def test_regular_expressions(kind: str, tuned: float, usual: float) -> None:
    text = TEXTS[kind]()
    work: dict[str, tuple[Callable[[], object], int]] = {
        "find": (lambda: find(text), len(text)),
        "tuned": (lambda: engines.count(engines.tuned, text), len(text)),
        "usual": (lambda: engines.count(engines.usual, text), len(text)),
    }
    speeds = engines.speeds(work)
    assert against("re", kind, "find", "tuned", speeds) >= tuned
    assert against("re", kind, "find", "usual", speeds) >= usual


@pytest.mark.parametrize(("kind", "least"), [(PROSE, 1.2), (CSV, 2.5), (LOGS, 1.8)])
def test_hyperscan_from_str(kind: str, least: float) -> None:
    search = engines.hyperscan_forms()
    text = TEXTS[kind]()
    work = {
        "find": (lambda: find(text), len(text)),
        "hyperscan": (lambda: search(text), len(text)),
    }
    assert against("hyperscan", kind, "find", "hyperscan", engines.speeds(work, 5)) >= least


@pytest.mark.parametrize(("kind", "least"), [(PROSE, 1.5), (CSV, 0.45), (LOGS, 0.7)])
def test_decoding_utf8(kind: str, least: float) -> None:
    """Of 60 MB at once: short texts are decoded within the processor's cache."""
    text = inputs.long(TEXTS[kind]())
    data = text.encode()
    work = {"find": (lambda: find(text), len(text)), "decode": (data.decode, len(text))}
    assert against("UTF-8", kind, "find", "decode", engines.speeds(work, 5)) >= least


FILLED: dict[str, Callable[[int], bool]] = {
    "one in ten": lambda nth: nth % 10 == 3,
    "first tenth": lambda nth: nth < inputs.CSV_ROWS // 10,
    "all": lambda nth: True,
}
"""How the last column of the table is filled with numbers."""


@functools.cache
def filled(name: str) -> tuple[tuple[str, ...], ...]:
    """The table with its numbers in other rows, or without their column."""
    heads, *rows = inputs.csv_rows()
    if name not in FILLED:
        return (heads[:-1], *(row[:-1] for row in rows))
    rng = random.Random(inputs.SEED)
    numbers = (
        identifiers.individual(rng) if FILLED[name](nth) else "" for nth in itertools.count()
    )
    return (heads, *((*row[:-1], number) for row, number in zip(rows, numbers, strict=False)))


@pytest.mark.parametrize(
    ("name", "least"),
    [("one in ten", 0.3), ("first tenth", 0.33), ("all", 0.3), ("none", 0.35)],
)
def test_the_verdict_on_a_table(name: str, least: float) -> None:
    """Against the search for what has the shape of a number in the same cells.

    Half as fast is required; what is reached is asserted, less a margin. Cells come one ``str``
    each: to put them in a row takes as long as to search the row, and the verdict does both. Of
    more than a thousand hits, all are judged here, but objects are made when they are asked for.
    """
    rows = filled(name)
    text = "\r\n".join(",".join(row) for row in rows)
    table = Table(rows)
    work: dict[str, tuple[Callable[[], object], int]] = {
        "verdict": (lambda: detect(table), len(text)),
        "find in the cells": (lambda: find("\x01".join(chain.from_iterable(rows))), len(text)),
        "find in the text": (lambda: find(text), len(text)),
        "cells in a row": (lambda: "\x01".join(chain.from_iterable(rows)), len(text)),
    }
    speeds = engines.speeds(work, 5)
    kind = f"{CSV}, {name} filled"
    against("table", kind, "verdict", "find in the text", speeds)
    assert against("table", kind, "verdict", "find in the cells", speeds) >= least


@pytest.mark.parametrize(("kind", "least"), [(PROSE, 0.25), (CSV, 0.12), (LOGS, 0.15)])
def test_the_verdict_on_text(kind: str, least: float) -> None:
    """Every number of a table written as text, or of a log, is weighed as it is found."""
    text = TEXTS[kind]()
    work: dict[str, tuple[Callable[[], object], int]] = {
        "verdict": (lambda: detect(text), len(text)),
        "find": (lambda: find(text), len(text)),
    }
    assert against("text", kind, "verdict", "find", engines.speeds(work, 5)) >= least


def test_tiny_texts_together() -> None:
    """2 µs for 500 characters where re.search for a digit takes 1.46 µs; where nothing is found."""
    every = inputs.messages()
    texts = [text for text in every if not re.search(r"\d{12}|個人番号", text)]
    size = sum(map(len, texts))
    work: dict[str, tuple[Callable[[], object], int]] = {
        "together": (lambda: detect_texts(texts), size),
        "any digit": (lambda: [re.search("[0-9]", text) for text in texts], size),
    }
    speeds = engines.speeds(work, 5)
    ratio = against("tiny texts", "messages", "together", "any digit", speeds)
    print(f"tiny texts: {500 / speeds['together']:.2f} µs for 500 characters")
    assert ratio >= 1.46 / 2


def test_cp932_is_not_decoded() -> None:
    data = inputs.long(inputs.prose(), 24_000_000).encode("cp932", "replace")
    work: dict[str, tuple[Callable[[], object], int]] = {
        "bytes": (lambda: detect_bytes(data, "cp932"), len(data)),
        "decode, then detect": (lambda: detect(data.decode("cp932")), len(data)),
    }
    speeds = engines.speeds(work)
    assert against("CP932", PROSE, "bytes", "decode, then detect", speeds) >= 3


def test_a_long_stream() -> None:
    """500 MB/s where decoding alone takes 1,190 MB/s; 512 MiB unless the environment says more."""
    size = int(os.environ.get(STREAM, 512 * MIB))
    script = Path(__file__).with_name("detect_stream.py")
    done = subprocess.run(
        [sys.executable, str(script), str(size)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, script.parents[1:3]))},
        capture_output=True,
        text=True,
        check=True,
        timeout=3600,
    )
    cost: dict[str, Any] = json.loads(done.stdout)
    speed = size / (cost["detect"] + cost["decode"]) / 1e6
    decode = size / cost["decode"] / 1e6
    peak = cost["peak"] / MIB
    print(
        f"\nstream of {size / MIB:,.0f} MiB: {speed:,.0f} MB/s, decoding alone {decode:,.0f} MB/s"
    )
    print(f"stream: {cost['hits']} hits, {peak:.0f} MiB at most")
    assert cost["hits"]
    assert speed / decode >= 500 / 1190
    assert peak <= 128


@pytest.mark.parametrize("kind", inputs.HOSTILE)
def test_hostile_texts(kind: str) -> None:
    """10 characters a µs, on a machine on which prose takes a µs for 500."""
    text, prose = inputs.HOSTILE[kind](1_000_000), inputs.prose()[:1_000_000]
    work: dict[str, tuple[Callable[[], object], int]] = {
        "find": (lambda: find(text), len(text)),
        "find in prose": (lambda: find(prose), len(prose)),
    }
    speeds = engines.speeds(work)
    told("hostile", kind, speeds)
    assert speeds["find"] / speeds["find in prose"] >= 10 / 500
