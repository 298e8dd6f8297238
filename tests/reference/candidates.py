"""What is a candidate, said a second time: slowly, a character at a time, from the rules alone.

Shares no code and no table with the detector. Separators are listed by their Unicode names, and odd
digits are those that NFKC maps to one ASCII digit, so a slip in a table of code points shows.

The rules: a number is twelve digits in a run, three groups of four, or twelve single digits, with
one to three separators in a gap. Groups whose gaps are of like kinds make a chain: one that fits
one number is that number; one that fits two to four numbers holds them when all pass the check;
any other chain is something else. Four digits that begin a date are no group of the chain before.
Three groups alone may have unlike gaps. A gap of single digits either holds a line break or not;
only that makes gaps unlike. The neighbours must let it stand.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

__all__ = ["Stretch", "candidates", "passes"]

_NAMES = {
    "space": "SPACE|CHARACTER TABULATION|NO-BREAK SPACE|EN QUAD|EM QUAD|EN SPACE|EM SPACE|"
    "THREE-PER-EM SPACE|FOUR-PER-EM SPACE|SIX-PER-EM SPACE|FIGURE SPACE|PUNCTUATION SPACE|"
    "THIN SPACE|HAIR SPACE|NARROW NO-BREAK SPACE|MEDIUM MATHEMATICAL SPACE|IDEOGRAPHIC SPACE",
    "dash": "HYPHEN-MINUS|HYPHEN|NON-BREAKING HYPHEN|FIGURE DASH|EN DASH|EM DASH|HORIZONTAL BAR|"
    "MINUS SIGN|SMALL EM DASH|SMALL HYPHEN-MINUS|FULLWIDTH HYPHEN-MINUS|"
    "KATAKANA-HIRAGANA PROLONGED SOUND MARK|WAVE DASH|FULLWIDTH TILDE|"
    "HALFWIDTH KATAKANA-HIRAGANA PROLONGED SOUND MARK|BOX DRAWINGS LIGHT HORIZONTAL|"
    "BOX DRAWINGS HEAVY HORIZONTAL",
    "dot": "FULL STOP|MIDDLE DOT|BULLET|HYPHENATION POINT|KATAKANA MIDDLE DOT|FULLWIDTH FULL STOP|"
    "HALFWIDTH KATAKANA MIDDLE DOT",
    "bar": "SOLIDUS|VERTICAL LINE|LOW LINE|FULLWIDTH SOLIDUS|FULLWIDTH VERTICAL LINE|"
    "FULLWIDTH LOW LINE|BOX DRAWINGS LIGHT VERTICAL|BOX DRAWINGS HEAVY VERTICAL|"
    "BOX DRAWINGS LIGHT TRIPLE DASH VERTICAL|BOX DRAWINGS HEAVY TRIPLE DASH VERTICAL|"
    "BOX DRAWINGS LIGHT QUADRUPLE DASH VERTICAL|BOX DRAWINGS HEAVY QUADRUPLE DASH VERTICAL|"
    "IDEOGRAPHIC COMMA|HIRAGANA LETTER NO|BROKEN BAR|LEFT SQUARE BRACKET|RIGHT SQUARE BRACKET|"
    "FULLWIDTH LEFT SQUARE BRACKET|FULLWIDTH RIGHT SQUARE BRACKET",
    "line": "LINE FEED|CARRIAGE RETURN|LINE TABULATION|FORM FEED|NEXT LINE|LINE SEPARATOR|"
    "PARAGRAPH SEPARATOR",
    "zero": "SOFT HYPHEN|ZERO WIDTH SPACE|ZERO WIDTH NON-JOINER|ZERO WIDTH JOINER|WORD JOINER|"
    "ZERO WIDTH NO-BREAK SPACE",
}
_KINDS = {
    unicodedata.lookup(name): kind for kind, names in _NAMES.items() for name in names.split("|")
}
_JOINS = {
    unicodedata.lookup(name)
    for name in (
        "HYPHEN-MINUS|FULL STOP|FULLWIDTH HYPHEN-MINUS|FULLWIDTH FULL STOP|MINUS SIGN|HYPHEN|"
        "KATAKANA-HIRAGANA PROLONGED SOUND MARK|NON-BREAKING HYPHEN|FIGURE DASH|EN DASH|EM DASH|"
        "HORIZONTAL BAR"
    ).split("|")
}
_MONEY = set("円¥$€£") | {
    unicodedata.lookup(f"FULLWIDTH {name} SIGN") for name in ("YEN", "DOLLAR", "POUND")
}
_WIDE_ZERO = ord(unicodedata.lookup("FULLWIDTH DIGIT ZERO"))
_ALPHABETS = (
    *(("A", "Z"), ("a", "z"), ("Ａ", "Ｚ"), ("ａ", "ｚ")),
    *(("À", "ɏ"), ("Ͱ", "Ͽ"), ("Ѐ", "ӿ"), ("Ԁ", "ԯ")),
)
_LABELS = {"my": ("number", "no"), "kojin": ("bango", "number", "no")}
_LABELS["individual"] = _LABELS["kojin"]

_Kinds = frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)
class Stretch:
    """One candidate; shows no digit."""

    start: int
    end: int
    form: str
    """``plain``, ``grouped``, ``spaced`` or ``mixed``."""
    kinds: _Kinds
    """Of the separators in its gaps."""
    digits: str
    passes: bool


@functools.cache
def _rare(char: str) -> str:
    """The ASCII digit that NFKC makes of an odd digit; "" for anything else."""
    folded = unicodedata.normalize("NFKC", char)
    odd = len(folded) == 1 and "0" <= folded <= "9" and _plain(char) is None
    return folded if odd else ""


def _plain(char: str) -> int | None:
    """Value of a digit in one of the two common widths."""
    for zero in (ord("0"), _WIDE_ZERO):
        if char and zero <= ord(char) < zero + 10:
            return ord(char) - zero
    return None


def _folded(text: str) -> str:
    """Odd digits of one plane count from four in a row on: fewer are bullets and footnotes."""
    done, waiting = "", ""
    for char in (*text, ""):
        odd = bool(char and _rare(char))
        if waiting and not (odd and (char > "\uffff") == (waiting[0] > "\uffff")):
            done += "".join(map(_rare, waiting)) if len(waiting) >= 4 else waiting
            waiting = ""
        if odd:
            waiting += char
        else:
            done += char
    return done


def passes(digits: str) -> bool:
    """Article 5 of ordinance 85: Pn from the right, Qn = n + 1 up to the sixth, then n - 5."""
    total = 0
    for n in range(1, 12):
        total += int(digits[11 - n]) * (n + 1 if n <= 6 else n - 5)
    right = 0 if total % 11 <= 1 else 11 - total % 11
    return int(digits[11]) == right


class _Reader:
    """One text, with its runs of digits."""

    def __init__(self, text: str) -> None:
        self.text = _folded(text)
        self.runs: list[tuple[int, int]] = []
        self._chains: dict[tuple[int, int], tuple[int, int]] = {}
        start = -1
        for at in range(len(text) + 1):
            digit = _plain(self.at(at)) is not None
            if digit and start < 0:
                start = at
            elif not digit and start >= 0:
                self.runs.append((start, at))
                start = -1

    def at(self, offset: int) -> str:
        return self.text[offset] if 0 <= offset < len(self.text) else ""

    def size(self, run: int) -> int:
        start, end = self.runs[run]
        return end - start

    def link(self, run: int, size: int) -> _Kinds | None:
        """Kinds of the gap that joins a run of ``size`` to the next such run; None without one."""
        if not 0 <= run < len(self.runs) - 1 or {self.size(run), self.size(run + 1)} != {size}:
            return None
        low, high = self.runs[run][1], self.runs[run + 1][0]
        if high - low > 3 or (size == 4 and self.is_year(run + 1)):
            return None
        kinds = set()
        for offset in range(low, high):
            if self.text[offset] not in _KINDS:
                return None
            kinds.add(_KINDS[self.text[offset]])
        return frozenset(kinds - {"zero"} or kinds)

    def is_year(self, run: int) -> bool:
        """Whether a date begins with a run of four: one or two digits behind it, then a mark."""
        month = self.runs[run + 1] if run + 1 < len(self.runs) else (0, 0)
        behind, joined = self.at(self.runs[run][1]), month[0] == self.runs[run][1] + 1
        short = 1 <= month[1] - month[0] <= 2
        return behind in [*"-./年"] and joined and short and self.at(month[1]) in [*"-./月"]

    def alike(self, one: _Kinds | None, other: _Kinds | None, size: int) -> bool:
        if one is None or other is None:
            return False
        return one == other if size == 4 else ("line" in one) == ("line" in other)

    def chain(self, run: int, size: int) -> tuple[int, int] | None:
        """First and last run of the chain in which ``run`` is no last one."""
        if (run, size) in self._chains:
            return self._chains[run, size]
        kinds = self.link(run, size)
        if kinds is None:
            return None
        first, last = run, run + 1
        while self.alike(self.link(first - 1, size), kinds, size):
            first -= 1
        while self.alike(self.link(last, size), kinds, size):
            last += 1
        # Remembered for its other members, or a text of one long chain would take for ever.
        self._chains.update(((member, size), (first, last)) for member in range(first, last))
        return first, last

    def digits(self, first: int, last: int) -> str:
        low, high = self.runs[first][0], self.runs[last][1]
        values = (_plain(self.text[offset]) for offset in range(low, high))
        return "".join(str(value) for value in values if value is not None)

    def is_number(self, run: int, size: int) -> bool:
        """Whether a number of groups of ``size`` begins with ``run``."""
        chain = self.chain(run, size)
        if chain is None:
            return False
        first, last = chain
        count, groups = 12 // size, last - first + 1
        if groups % count or groups > 4 * count or (run - first) % count:
            return False
        starts = range(first, last, count)
        return groups == count or all(
            passes(self.digits(start, start + count - 1)) for start in starts
        )

    def is_mixed(self, run: int) -> bool:
        """Whether three groups alone, with unlike gaps, begin with ``run``."""
        before, one, other, after = (self.link(run + step, 4) for step in (-1, 0, 1, 2))
        alone = before is None and after is None
        return alone and one is not None and other is not None and one != other

    def stretch(self, first: int, last: int, form: str) -> Stretch:
        kinds: _Kinds = frozenset()
        for run in range(first, last):
            kinds |= self.link(run, self.size(run)) or frozenset()
        digits = self.digits(first, last)
        start, end = self.runs[first][0], self.runs[last][1]
        return Stretch(start, end, form, kinds, digits, passes(digits))

    def stretches(self) -> list[Stretch]:
        found = []
        for run in range(len(self.runs)):
            size = self.size(run)
            if size == 12:
                found.append(self.stretch(run, run, "plain"))
            elif size == 4 and self.is_number(run, 4):
                found.append(self.stretch(run, run + 2, "grouped"))
            elif size == 4 and self.is_mixed(run):
                found.append(self.stretch(run, run + 2, "mixed"))
            elif size == 1 and self.is_number(run, 1):
                found.append(self.stretch(run, run + 11, "spaced"))
        return [one for one in found if self.stands(one.start, one.end)]

    def stands(self, start: int, end: int) -> bool:
        """Whether the neighbours let it be a number of its own."""
        before, after = self.at(start - 1), self.at(end)
        if before.isdecimal() or after.isdecimal():
            return False
        if before in _MONEY or after in _MONEY or before in {"+", "＋"} or _letter(after):
            return False
        if _letter(before) and not _ends_in_label(self.text[:start]):
            return False
        if before in _JOINS:
            group = self.text[max(0, start - 5) : start - 1]
            if group[-1:].isdecimal():
                return False
            if len(group) == 4 and all(char in "0123456789abcdefABCDEF" for char in group):
                return False
        if after in _JOINS and self.at(end + 1).isdecimal():
            float_ = after == "." and self.at(end + 1) == "0"
            return float_ and not self.at(end + 2).isdecimal()
        return True


def _narrow(char: str) -> str:
    """A Latin letter in lower case and ASCII width; anything else as it is."""
    wide = "Ａ" <= char <= "Ｚ" or "ａ" <= char <= "ｚ" or char == "＿"
    low = unicodedata.normalize("NFKC", char).lower() if wide else char.lower()
    return low if len(low) == 1 else char


def _letter(char: str) -> bool:
    """Whether a Latin, Greek or Cyrillic letter, in any width."""
    return any(low <= char <= high for low, high in _ALPHABETS)


def _ends_in_label(text: str) -> bool:
    """Whether ``text`` ends in ``MyNumber``, ``kojin_bango`` …, in any case and width."""
    low = "".join(_narrow(char) for char in text[-20:])
    for first, seconds in _LABELS.items():
        for second in seconds:
            if low.endswith(second):
                rest = low[: -len(second)]
                joined = rest[-1:] in {"_", "-"} or rest[-1:].isspace()
                if rest.endswith(first) or (joined and rest[:-1].endswith(first)):
                    return True
    return False


def candidates(text: str) -> list[Stretch]:
    """Find every candidate of ``text``, by start."""
    return _Reader(text).stretches()
