"""From a candidate and its context to the codes that the verdict sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .around import around
from .characters import BAR, LINE
from .column import Tally
from .forms import GROUPED, LABELLED, MIXED, SPACED, Candidate
from .labels import Meaning
from .lookalikes import STRUCTURES, TELLING, first_fit, fitting, low_entropy, sample_code
from .number import Number
from .result import Confidence, Hit, Kind
from .said import Evidence
from .scopes import FIELD, PARAGRAPH
from .scopes import LINE as LINE_SCOPE
from .verdict import EVIDENCE

__all__ = [
    "DETAILED",
    "NO_SURROUNDINGS",
    "Surroundings",
    "Where",
    "codes_of",
    "hit",
    "supposed",
    "surroundings",
    "titled",
    "value_codes",
]

DETAILED = 5_000
"""Hits that get a location; the rest are counted all the same."""

RESIDENT = "resident_code"
_OPEN = frozenset((None, Meaning.TOPIC, Meaning.VAGUE))
"""What leaves the question to the names around."""
_OF_DIGITS = sorted(
    {one.code for one in STRUCTURES} | {code for code in EVIDENCE if code[:7] == "sample_"}
)
_OTHERS = frozenset(("column_chance", "column_dummy"))
_ABOUT = frozenset((Meaning.STRONG, Meaning.EITHER, Meaning.TOPIC))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the names around a text say."""

    code: str = ""
    meaning: Meaning | None = None


NO_SURROUNDINGS = Surroundings()


def surroundings(names: Sequence[str]) -> Surroundings:
    """Read the names around a text, outermost first."""
    return Surroundings(*around([name for name in names if name])) if names else NO_SURROUNDINGS


def titled(title: str) -> Surroundings:
    """Read a title above a table as a name around it."""
    return Surroundings(*around([title]))


def _shape(one: Candidate, evidence: Evidence, near: Surroundings) -> list[str]:
    """Evidence of the written form; odd ones weigh nothing beside a label."""
    codes = [one.code] if one.code else []
    boxed = one.code == "boxes" and (evidence.generic or near.meaning is Meaning.STRONG)
    odd = not boxed and (one.form == MIXED or bool(one.flags & (LINE | BAR)))
    if one.form == GROUPED and not odd:
        codes.append("grouped")
    labelled = evidence.meaning in {Meaning.STRONG, Meaning.EITHER} and evidence.scope <= PARAGRAPH
    if labelled or one.form == LABELLED:
        return codes
    if odd:
        codes.append("odd_form")
    elif one.form == SPACED:
        codes.append("spaced")
    return codes


def value_codes(one: Candidate, evidence: Evidence) -> list[str]:
    """Evidence of the digits themselves."""
    if one.code == RESIDENT:
        return []
    sample = sample_code(one.digits)
    codes = []
    if one.passes:
        codes.append("check_passes_zero" if one.digits[-1] == "0" else "check_passes")
    elif not sample:
        codes.append("check_fails")
    if sample:
        codes.append(sample)
    elif evidence.specimen and low_entropy(one.digits):
        codes.append("sample_word")
    elif shape := first_fit(one.digits, fitting(strong=evidence.strong)):
        codes.append(shape)
    return codes


def supposed(one: Candidate) -> Iterator[list[str]]:
    """All that :func:`value_codes` can say of numbers that pass and end like ``one``."""
    check = "check_passes_zero" if one.digits[-1] == "0" else "check_passes"
    yield [check]
    for code in _OF_DIGITS:
        yield [check, code]


def _around(evidence: Evidence, near: Surroundings) -> list[str]:
    """Names around the text count where no label decides; ``番号`` takes its sense from them."""
    codes = list(evidence.codes)
    outside = evidence.meaning in _OPEN or (
        evidence.meaning is Meaning.AGAINST and evidence.scope >= PARAGRAPH
    )
    if near.meaning is Meaning.AGAINST and _told(evidence):
        outside = False
    # A field or column with a name of its own does not take the title's.
    if near.code and outside and "other_field" not in codes:
        if near.meaning is Meaning.STRONG:
            codes = [code for code in codes if not code.startswith("topic_")]
        if near.meaning is not Meaning.TOPIC or evidence.meaning is not Meaning.TOPIC:
            codes.append(near.code)
        if near.code == "form_around":
            codes = [code for code in codes if code != "form_word"]
    distant = evidence.meaning in _ABOUT and evidence.scope >= PARAGRAPH
    about = distant or (outside and near.meaning in {Meaning.STRONG, Meaning.TOPIC, Meaning.FORM})
    if evidence.generic and (about or evidence.meaning is Meaning.TOPIC):
        codes.append("generic_label")
    return codes


def _told(evidence: Evidence) -> bool:
    """Whether the line speaks of the matter and calls this its 番号: no title tells better."""
    return evidence.generic and evidence.meaning is Meaning.TOPIC and evidence.scope <= LINE_SCOPE


def _batch(one: Candidate, evidence: Evidence, batch: Tally, labelled: Tally) -> str:
    """What the other numbers of the column or list say."""
    if evidence.strong:
        if labelled.dummy:
            return "column_dummy"
        code = labelled.code(one.digits, ok=one.passes)
        return "" if code == "column_chance" else code
    return batch.code(one.digits, ok=one.passes)


def codes_of(
    one: Candidate,
    evidence: Evidence,
    near: Surroundings = NO_SURROUNDINGS,
    batch: Tally | None = None,
    labelled: Tally | None = None,
    value: Sequence[str] | None = None,
) -> tuple[str, ...]:
    """Collect all evidence on one candidate.

    Args:
        one: the candidate.
        evidence: what labels say of it.
        near: what the names around say.
        batch: a tally of the numbers of its column or list.
        labelled: a tally of those of them that a label names.
        value: codes of the digits themselves, where they are known or supposed.
    """
    if one.code == RESIDENT:
        return (RESIDENT, *(code for code in evidence.codes if code.startswith("label_")))
    codes = [*(value_codes(one, evidence) if value is None else value)]
    codes += _around(evidence, near) + _shape(one, evidence, near)
    nothing = Tally()
    if column := _batch(one, evidence, batch or nothing, labelled or nothing):
        # Groups across lines and cells chain by chance, and a whole grid of them with it.
        # And dates and times follow on each other; addresses are no list of people.
        odd = not {"odd_form", "in_path"}.isdisjoint(codes) or not TELLING.isdisjoint(codes)
        if not odd or column in _OTHERS:
            codes.append(column)
    against = evidence.meaning is Meaning.AGAINST and evidence.scope <= FIELD + 1
    if against or "other_field" in codes:
        codes = [code for code in codes if code not in {"form_word", "companion"}]
    return tuple(dict.fromkeys(codes))


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a hit."""

    location: str
    start: int
    end: int
    row: int | None = None
    column: int | None = None


def hit(one: Candidate, confidence: Confidence, codes: tuple[str, ...], where: Where) -> Hit:
    """Seal a judged candidate."""
    resident = one.code == RESIDENT
    return Hit(
        Number(one.digits),
        Kind.RESIDENT_RECORD_CODE if resident else Kind.INDIVIDUAL_NUMBER,
        confidence,
        where.location,
        codes,
        where.start,
        where.end,
        where.row,
        where.column,
    )
