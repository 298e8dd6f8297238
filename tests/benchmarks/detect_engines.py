"""Other ways to look for twelve digits, each set up as its makers advise, and how they are timed.

Peers are imported on use: where one is not installed its row is skipped, and says so.
"""

from __future__ import annotations

import logging
import re
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from auditor.detect.characters import SEPARATOR_FLAGS, SEPARATOR_SET
from corpus.identifiers import passes

__all__ = [
    "count",
    "hyperscan_forms",
    "presidio_engine",
    "presidio_recognizer",
    "speeds",
    "tuned",
    "usual",
]

_D = "[0-9０-９]"
_GAP = f"[{SEPARATOR_SET}]{{1,3}}"

tuned = re.compile(
    rf"{_D}(?<!{_D}{_D})(?:{_D}{{11}}|{_D}{{3}}(?:{_GAP}{_D}{{4}}){{2}}|(?:{_GAP}{_D}){{11}})(?!{_D})"
)
"""The three forms with the first digit in front, so that the engine can skip to it."""
usual = re.compile(r"(?<!\d)\d{4}[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
"""As found in most rules and answers: the assertion in front keeps the engine from skipping."""

_PIECE = 10_000
"""Characters of one piece: the tokenizer refuses texts of 49,150 bytes."""


def count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def hyperscan_forms() -> Callable[[str], int]:
    """The three forms in one database; a text has to be encoded first."""
    hyperscan = pytest.importorskip("hyperscan", reason="hyperscan is not installed")
    digit = "[0-9\\x{ff10}-\\x{ff19}]"
    gap = "[" + "".join(f"\\x{{{ord(char):x}}}" for char in SEPARATOR_FLAGS) + "]{1,3}"
    forms = (
        f"{digit}{{12}}",
        f"{digit}{{4}}(?:{gap}{digit}{{4}}){{2}}",
        f"{digit}(?:{gap}{digit}){{11}}",
    )
    database = hyperscan.Database()
    database.compile(
        expressions=[form.encode() for form in forms],
        ids=[1, 2, 3],
        elements=3,
        flags=hyperscan.HS_FLAG_UTF8,
    )

    def search(text: str) -> int:
        found = 0

        def match(*_: Any) -> None:
            nonlocal found
            found += 1

        database.scan(text.encode(), match_event_handler=match)
        return found

    return search


def _recognizer() -> Any:
    presidio = pytest.importorskip("presidio_analyzer", reason="Presidio is not installed")

    class MyNumber(presidio.PatternRecognizer):  # type: ignore[misc,name-defined]
        def validate_result(self, pattern_text: str) -> bool | None:
            return None if passes("".join(filter(str.isdigit, pattern_text))) else False

    return MyNumber(
        supported_entity="JP_MY_NUMBER",
        supported_language="ja",
        patterns=[presidio.Pattern("4-4-4", r"(?<!\d)\d{4}[-\s]?\d{4}[-\s]?\d{4}(?!\d)", 0.4)],
        context=["マイナンバー", "個人番号", "my number", "mynumber"],
    )


def presidio_recognizer() -> Callable[[str], int]:
    """The pattern recogniser alone, with the check digit and without context."""
    one = _recognizer()
    return lambda text: len(one.analyze(text, ["JP_MY_NUMBER"]))


def presidio_engine(model: str) -> Callable[[str], int]:
    """The whole analyzer with a pipeline of spaCy for Japanese ("blank" or a model's name)."""
    recognizer = _recognizer()
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    pytest.importorskip("sudachipy", reason="the Japanese tokenizer is not installed")
    if model != "blank":
        pytest.importorskip(model, reason=f"the model {model} is not installed")
    # It tells of every entity of the model that it has no name for, once a text.
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    class Pipeline(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(ner_model_configuration=NerModelConfiguration())
            self.nlp = {"ja": spacy.blank("ja") if model == "blank" else spacy.load(model)}

    registry = RecognizerRegistry(recognizers=[recognizer], supported_languages=["ja"])
    engine = AnalyzerEngine(registry=registry, nlp_engine=Pipeline(), supported_languages=["ja"])

    def analyze(text: str) -> int:
        pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
        return sum(
            len(engine.analyze(piece, language="ja", entities=["JP_MY_NUMBER"])) for piece in pieces
        )

    return analyze


def speeds(
    work: Mapping[str, tuple[Callable[[], object], int]], rounds: int = 3
) -> dict[str, float]:
    """Characters a microsecond of CPU time, by name: the median of rounds in which all take turns.

    Args:
        work: what to do, and how many characters that are.
        rounds: how often.
    """
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, (do, _size) in work.items():
            started = time.process_time()
            do()
            times[name].append(time.process_time() - started)
    return {
        name: size / max(statistics.median(times[name]), 1e-9) / 1e6
        for name, (_do, size) in work.items()
    }
