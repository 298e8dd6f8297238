"""Presidio: its own analyzer with a recognizer as its documentation says to write one.

Presidio ships none for Japan, so this is a ``PatternRecognizer`` with a pattern of low score, the
check digit as ``validate_result`` and context words, in an ``AnalyzerEngine`` whose NLP engine is
spaCy's tokenizer for Japanese (``blank("ja")``), the lightest that works. A failing check digit
drops a match; a passing one leaves its score, since a number that passes is still no My Number in
most cases; context lifts it, in Presidio's own way and by Presidio's own amount.

Needs the packages of the group ``bench``; :func:`find` says so where they are missing.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Iterator
from typing import Any

from corpus.baselines.plain import text_of
from corpus.document import Document
from corpus.identifiers import passes

__all__ = ["LEVELS", "NAME", "available", "find"]

NAME = "Presidio with check digit and context"
LEVELS = ("context", "any")

_ENTITY = "JP_MY_NUMBER"
_LANGUAGE = "ja"
_PATTERN = r"(?<![0-9A-Za-z])[0-9]{4}[ .\-]?[0-9]{4}[ .\-]?[0-9]{4}(?![0-9A-Za-z])"
_SCORE = 0.4
_WITH_CONTEXT = 0.6
_CONTEXT = ["マイナンバー", "個人番号", "通知カード", "my number", "mynumber", "individual number"]
_LONGEST = 10_000
"""Characters of one piece: the tokenizer refuses texts of 49,150 bytes."""


def available() -> bool:
    """Whether Presidio and a Japanese tokenizer are installed."""
    return all(map(importlib.util.find_spec, ("presidio_analyzer", "spacy", "sudachipy")))


@functools.cache
def _engine() -> Any:
    if not available():
        msg = "Presidio is not installed: install the dependency group `bench`"
        raise ModuleNotFoundError(msg)
    import spacy
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    class MyNumber(PatternRecognizer):
        def validate_result(self, pattern_text: str) -> bool | None:
            return None if passes("".join(filter(str.isdigit, pattern_text))) else False

    class Tokenizer(SpacyNlpEngine):
        """A pipeline that is at hand already, so nothing is downloaded."""

        def __init__(self) -> None:
            super().__init__(ner_model_configuration=NerModelConfiguration())
            self.nlp = {_LANGUAGE: spacy.blank(_LANGUAGE)}

    registry = RecognizerRegistry(recognizers=[], supported_languages=[_LANGUAGE])
    registry.add_recognizer(
        MyNumber(
            supported_entity=_ENTITY,
            supported_language=_LANGUAGE,
            patterns=[Pattern("4-4-4", _PATTERN, _SCORE)],
            context=_CONTEXT,
        )
    )
    return AnalyzerEngine(
        registry=registry, nlp_engine=Tokenizer(), supported_languages=[_LANGUAGE]
    )


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text at the ends of lines."""
    while len(text) > _LONGEST:
        cut = text.rfind("\n", 0, _LONGEST) + 1 or _LONGEST
        yield text[:cut]
        text = text[cut:]
    yield text


def find(document: Document) -> dict[str, set[str]]:
    """Digits by level.

    Raises:
        ModuleNotFoundError: without the packages of the group ``bench``.
    """
    found: dict[str, set[str]] = {level: set() for level in LEVELS}
    for piece in _pieces(text_of(document)):
        for result in _engine().analyze(piece, language=_LANGUAGE, entities=[_ENTITY]):
            digits = "".join(filter(str.isdigit, piece[result.start : result.end]))
            found["any"].add(digits)
            if result.score >= _WITH_CONTEXT:
                found["context"].add(digits)
    return found
