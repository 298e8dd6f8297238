"""The forms of a number a second time: a character at a time, from their description alone."""

from __future__ import annotations

import unicodedata

from auditor.detect.characters import SEPARATOR_FLAGS
from auditor.detect.forms import GROUPED, MIXED, PLAIN, SPACED

__all__ = ["Reference", "rows"]

FAST = {
    **{str(i): i for i in range(10)},
    **{chr(0xFF10 + i): i for i in range(10)},
}
LETTERS = (
    ("A", "Z"),
    ("a", "z"),
    ("\xc0", "\u024f"),
    ("\u0370", "\u052f"),
    ("Ａ", "Ｚ"),
    ("ａ", "ｚ"),
)
JOINS = set("-.－．−ー") | {chr(code) for code in range(0x2010, 0x2016)}
ZERO = {char for char, flag in SEPARATOR_FLAGS.items() if flag == 32}


class Reference:
    """Reads a text a character at a time; no runs, no arrays, no patterns."""

    def __init__(self, text: str) -> None:
        self.text = self.folded(text)

    @staticmethod
    def folded(text: str) -> str:
        """Runs of four and more rare digits become ASCII."""
        plain = list(text)
        i = 0
        while i < len(text):
            j = i
            while j < len(text) and Reference.rare(text[j]) is not None:
                j += 1
            if j - i >= 4:
                plain[i:j] = [str(Reference.rare(char)) for char in text[i:j]]
            i = max(j, i + 1)
        return "".join(plain)

    @staticmethod
    def rare(char: str) -> int | None:
        folded = unicodedata.normalize("NFKC", char)
        if char in FAST or len(folded) != 1 or folded not in "0123456789":
            return None
        return int(folded)

    def at(self, i: int) -> str:
        return self.text[i] if 0 <= i < len(self.text) else ""

    def group(self, start: int, size: int) -> int | None:
        """End of a run of exactly ``size`` digits at ``start``."""
        end = start
        while self.at(end) in FAST and self.at(end):
            end += 1
        before = self.at(start - 1)
        return end if end - start == size and not (before and before in FAST) else None

    def gap(self, start: int) -> tuple[int, frozenset[int]] | None:
        """Where the separators at ``start`` end, and their kinds."""
        end = start
        while self.at(end) and self.at(end) in SEPARATOR_FLAGS:
            end += 1
        if not 1 <= end - start <= 3 or self.at(end) not in FAST or not self.at(end):
            return None
        kinds = frozenset(SEPARATOR_FLAGS[char] for char in self.text[start:end])
        return end, kinds - {32} or kinds

    def following(self, end: int, size: int) -> tuple[int, int, frozenset[int]] | None:
        gap = self.gap(end)
        if gap is None:
            return None
        stop = self.group(gap[0], size)
        if stop is None or (size == 4 and self.is_year(stop)):
            return None
        return gap[0], stop, gap[1]

    def is_year(self, end: int) -> bool:
        """Whether what ends there is the year of a date: a mark, one or two digits, a mark."""
        short = [self.group(end + 1, size) for size in (1, 2)]
        return self.at(end) in [*"-./年"] and any(
            stop is not None and self.at(stop) in [*"-./月"] for stop in short
        )

    def chains(self, size: int) -> list[list[tuple[int, int, frozenset[int]]]]:
        """Maximal chains of groups: (start, end, kinds of the gap before)."""
        found = []
        starts = [i for i in range(len(self.text)) if self.group(i, size) is not None]
        followers = {}
        for i in starts:
            nxt = self.following(self.group(i, size), size)
            if nxt:
                followers[i] = nxt
        heads = [i for i in starts if i not in {nxt[0] for nxt in followers.values()}]
        for head in heads:
            chain = [(head, self.group(head, size), frozenset())]
            while chain[-1][0] in followers:
                chain.append(followers[chain[-1][0]])
            found.append(chain)
        return found

    def numbers(self) -> list[tuple[int, int, int, int, bool]]:
        found = [
            (i, i + 12, PLAIN, frozenset())
            for i in range(len(self.text))
            if self.group(i, 12) is not None
        ]
        for chain in self.chains(4):
            found += self.cut(chain, 3, GROUPED, lambda kinds: kinds)
            if len(chain) == 3 and chain[1][2] != chain[2][2]:
                found.append((chain[0][0], chain[2][1], MIXED, chain[1][2] | chain[2][2]))
        for chain in self.chains(1):
            found += self.cut(chain, 12, SPACED, lambda kinds: 16 in kinds)
        return sorted(
            (start, end, form, sum(kinds), self.passes(start, end))
            for start, end, form, kinds in found
            if self.bounded(start, end)
        )

    def cut(self, chain, count, form, key):
        """Stretches of like gaps, cut into numbers."""
        first = 0
        while first < len(chain) - 1:
            last = first + 1
            kind = key(chain[last][2])
            while last + 1 < len(chain) and key(chain[last + 1][2]) == kind:
                last += 1
            groups = chain[first : last + 1]
            if len(groups) % count == 0 and len(groups) // count <= 4:
                parts = [groups[i : i + count] for i in range(0, len(groups), count)]
                spans = [
                    (p[0][0], p[-1][1], form, frozenset().union(*(g[2] for g in p[1:])))
                    for p in parts
                ]
                if len(spans) == 1 or all(self.passes(start, end) for start, end, *_ in spans):
                    yield from spans
            first = last

    def passes(self, start: int, end: int) -> bool:
        digits = [FAST[char] for char in self.text[start:end] if char in FAST]
        remainder = (
            sum(d * w for d, w in zip(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False)) % 11
        )
        return digits[11] == (0 if remainder < 2 else 11 - remainder)

    @staticmethod
    def letter(char: str) -> bool:
        return any(low <= char <= high for low, high in LETTERS) if char else False

    def bounded(self, start: int, end: int) -> bool:
        before, after = self.at(start - 1), self.at(end)
        if before.isdecimal() or after.isdecimal() or before in set("+＋"):
            return False
        if (before and before in "円¥￥$＄€£￡") or (after and after in "円¥￥$＄€£￡"):
            return False
        if self.letter(after):
            return False
        if self.letter(before) and not self.text[:start].lower().endswith(("mynumber", "my_no")):
            return False
        if before in JOINS:
            group = self.text[max(0, start - 5) : start - 1]
            if group[-1:].isdecimal() or (
                len(group) == 4 and all(char in "0123456789abcdefABCDEF" for char in group)
            ):
                return False
        if after in JOINS and self.at(end + 1).isdecimal():
            return self.text[end : end + 2] == ".0" and not self.at(end + 2).isdecimal()
        return True


def rows(found):
    columns = (found.starts, found.ends, found.shapes >> 8, found.shapes & 255, found.passing)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))
