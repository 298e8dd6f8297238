"""Forms that count only right behind a label, because elsewhere they would be anything.

Numbers whose leading zeros a spreadsheet dropped, other groupings and line breaks, letters that a
scanner read for digits, kanji numerals, the 住民票コード, and numbers that a spreadsheet wrote as
``1.23457E+11``, whose digits are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import (
    DIGIT,
    FOLD_ALL,
    GLUE,
    JOIN,
    KANJI_DIGITS,
    MAX_GAP,
    MONEY,
    PLUS,
    SEPARATOR_FLAGS,
    digits_of,
    neighbour,
)
from .checkdigit import passes
from .forms import LABELLED, Candidate
from .labels import Label, Meaning
from .pairing import value_apart
from .said import Labels
from .scopes import THIN

__all__ = ["ANY_DIGIT", "behind", "beside_labels", "scientific", "short_number"]

_REACH = 80
_D = "[0-9０-９]"
_SHORT = re.compile(rf"({_D}{{9,11}})(\.0)?(?![0-9０-９])")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?1[01](?![0-9])")
# With commas, too, and over the mark of a quoted line. No dots:
# those are of addresses and decimals.
_SEPARATORS = "".join(re.escape(char) for char in SEPARATOR_FLAGS if char not in ".．,/／")
_MARKUP = (
    r"%20|&nbsp;|&#160;|[ \-]?=\r?\n[ \-]?|"
    r"\*{2,4} ?\*{0,4}|[)）] ?[(（]|[」』\]］][「『\[［]|[=＝/／]|"
    r"[\"'][ ]?,\s{0,24}[\"']"
)
"""What stands between groups in links, in pages, undecoded mails, lists, and by people's fancy."""
_CODED = re.compile("%20|&#160;")
_GAP = rf"(?:{_MARKUP}|[{_SEPARATORS}，]{{0,{MAX_GAP}}}(?:\n[>＞ \t\u3000]{{1,4}})?)"
_LOOSE = re.compile(rf"{_D}(?:{_GAP}{_D}){{11}}(?!{_GAP}{_D})")
_SCANNED = {"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "B": "8", "S": "5", "Z": "2"}
_SCANNED_MAP = str.maketrans(_SCANNED)
_S = "[0-9" + "".join(map(re.escape, _SCANNED)) + "]"
_SCANNED_NUMBER = re.compile(
    rf"{_S}(?:[ 　\-]{{0,2}}{_S}){{11}}(?![0-9A-Za-z]|[ 　\-]{{1,2}}[0-9])"
)
_LEAST_DIGITS = 8
_K = "[" + "".join(map(chr, KANJI_DIGITS)) + "]"
_KANJI_NUMBER = re.compile(rf"{_K}(?:[ 　・\-ー]{{0,2}}{_K}){{11}}(?!{_K})")
ANY_DIGIT = re.compile(f"{_D}|{_K}")
_RESIDENT = re.compile(rf"{_D}(?:[ 　\-－‐]?{_D}){{10}}(?![\-－‐]?{_D})")


def short_number(text: str, start: int = 0) -> Candidate | None:
    """Read a number at ``start`` that lost its leading zeros (9 to 11 digits, perhaps ``.0``).

    A number field keeps no leading zero, so one that begins with 0 is something else (a phone).
    """
    match = _SHORT.match(text, start)
    if match is None or not _free(text, match.start(), match.end()):
        return None
    digits = digits_of(match[1])
    padded = digits.zfill(12)
    if digits[0] == "0" or not passes(padded):
        return None
    return Candidate(match.start(), match.end(), LABELLED, 0, padded, True, "zero_lost")


def scientific(text: str, start: int = 0) -> bool:
    """Whether a number of twelve or eleven digits stands at ``start`` as ``1.23457E+11``."""
    return _SCIENTIFIC.match(text, start) is not None


def _free(text: str, start: int, end: int) -> bool:
    before, after = neighbour(text[start - 1 : start]), neighbour(text[end : end + 1])
    if before & (DIGIT | GLUE | PLUS | MONEY) or after & (DIGIT | GLUE | MONEY):
        return False
    return not (after & JOIN and neighbour(text[end + 1 : end + 2]) & DIGIT)


def _resident(text: str, start: int) -> Candidate | None:
    match = _RESIDENT.match(text, start)
    if match is None or not _free(text, match.start(), match.end()):
        return None
    digits = digits_of(match[0])
    return Candidate(match.start(), match.end(), LABELLED, 0, digits, False, "resident_code")


def _odd(text: str, start: int) -> Candidate | None:
    """Read twelve digits in an unusual writing, which must pass the check."""
    for pattern, table, code in (
        (_LOOSE, FOLD_ALL, "other_grouping"),
        (_SCANNED_NUMBER, _SCANNED_MAP, "scanned_letters"),
        (_KANJI_NUMBER, FOLD_ALL, "kanji_digits"),
    ):
        match = pattern.match(text, start)
        if match is None or not _free(text, match.start(), match.end()):
            continue
        if code == "scanned_letters" and len(digits_of(match[0])) < _LEAST_DIGITS:
            continue
        digits = digits_of(_CODED.sub(" ", match[0]).translate(table))
        if passes(digits):
            return Candidate(match.start(), match.end(), LABELLED, 0, digits, True, code)
    return None


def behind(text: str, start: int, meaning: Meaning) -> Candidate | int | None:
    """Read what a label of this meaning may name at ``start``; an offset where digits are lost."""
    if meaning is Meaning.RESIDENT:
        return _resident(text, start)
    if scientific(text, start):
        return start
    either = meaning is Meaning.EITHER
    return (None if either else short_number(text, start)) or _odd(text, start)


_TOLD = re.compile(
    r"[^\n0-9０-９:：→⇒=]{0,20}(?:[:：→⇒=][ \u3000]?|(?:です|ます)[。.]?\r?\n[>＞ \t\u3000]{0,6})"
)
"""What stands between a label and the number that is told behind it, or in the line below."""
_COMB = re.compile(
    r"[_\[(（.\- ]{0,2}[0-9]{1,2}[\])）]?[\"']?[ \u3000]?[:=：][ \u3000]?[\"']?"
    rf"({_D}{{4}}|{_D})(?!{_D})[\"']?[,;&\s\"']{{0,24}}"
)
_COMB_DIGITS = 12
_BARE_END = re.compile(r"[0-9０-９\[(（]")


def comb(text: str, label: Label) -> Candidate | None:
    """Read a form with a field a digit, or four: ``個人番号_1: 4``, then ``個人番号_2: 8``."""
    name, digits = _BARE_END.split(text[label.start : label.end], maxsplit=1)[0], ""
    at = label.start + len(name)
    first = last = 0
    while len(digits) < _COMB_DIGITS:
        match = _COMB.match(text, at)
        if match is None:
            return None
        first = first or match.start(1)
        digits += match[1]
        last, at = match.end(1), match.end()
        if len(digits) < _COMB_DIGITS and not text.startswith(name, at):
            return None
        at += len(name)
    digits = digits_of(digits)
    return Candidate(first, last, LABELLED, 0, digits, passes(digits), "boxes")


_FOUR = rf"(?<![0-9０-９])(?<![0-9０-９][-－])({_D}{{4}})(?![0-9０-９年円])"
_WORDS = (
    # Somebody nods.
    r"(?:\n[^0-9０-９\n]{1,16}(?=\n))?"
    r"[^0-9０-９\n]{0,6}\n?[^0-9０-９\n]{0,6}[ぁ-ん一-龥ァ-ヶ「」、]"
    r"[^0-9０-９\n]{0,8}\n?[^0-9０-９\n]{0,8}"
)
_PIECES = re.compile(
    rf"[^\n]{{0,20}}?(?:\n[^0-9０-９\n]{{1,24}}(?=\n)){{0,2}}?\n?[^\n]{{0,16}}?"
    rf"{_FOUR}{_WORDS}{_FOUR}{_WORDS}{_FOUR}"
)


def pieces(text: str, label: Label, taken: set[int]) -> Candidate | None:
    """Read a number that is told in three pieces with words between, and passes the check."""
    match = _PIECES.match(text, label.end)
    if match is None or not taken.isdisjoint(range(label.end, match.end())):
        return None
    digits = digits_of("".join(match.groups()))
    if not passes(digits):
        return None
    return Candidate(match.start(1), match.end(), LABELLED, 0, digits, True, "other_grouping")


def beside_labels(text: str, labels: Labels, taken: set[int]) -> Iterator[Candidate | int]:
    """Read what stands right behind each label: candidates, or the offset of lost digits.

    ``taken`` holds the starts of the candidates that need no label.
    """
    for label in labels.strong():
        gap = THIN.match(text[label.end : label.end + _REACH].lower())
        start = label.end + (gap.end() if gap else 0)
        if start not in taken and not ANY_DIGIT.match(text, start):
            told = _TOLD.match(text, label.end)
            start = told.end() if told else start
            apart = value_apart(text, label.start, label.end)
            start = apart if apart >= 0 else start
        found: Candidate | int | None = comb(text, label)
        if found is None and start not in taken:
            found = behind(text, start, label.meaning)
        if found is None and start not in taken and label.meaning is Meaning.STRONG:
            found = pieces(text, label, taken)
            start = found.start if found else start
        if found is not None:
            taken.add(start)
            yield found
