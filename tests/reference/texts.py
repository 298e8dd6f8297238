"""Nasty texts from a seed: everything that meets a number of twelve digits, in every order.

``texts(seed, count)`` gives short ones (0 to about 600 characters, most below 200);
``long_texts(seed, count, size, border)`` gives long ones with nasty stretches across every multiple
of ``border``. The same seed gives the same texts on every machine. About one in a hundred holds a
lone surrogate, which UTF-8 refuses; a third is pure ASCII.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from reference.alphabets import (
    ASCII_GAPS,
    ASCII_JOINTS,
    ASCII_LABELS,
    ASCII_PROSE,
    ASCII_PUNCTUATION,
    DIGITS,
    GLUED,
    JOINTS,
    KANA,
    LABELS,
    LETTERS_ASCII,
    LETTERS_OTHER,
    OTHER_GAPS,
    PROSE,
    PUNCTUATION,
    RARE,
    SAMPLES,
    SCRIPTS,
    TEN,
    WRONG_ASCII,
    WRONG_OTHER,
)

__all__ = ["long_texts", "text_at", "texts"]


class _Writer:
    """Writes one text; ``ascii`` keeps it to seven bits."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.ascii = rng.random() < 1 / 3
        self.gaps = ASCII_GAPS if self.ascii else ASCII_GAPS * 3 + OTHER_GAPS
        self.wrong = WRONG_ASCII if self.ascii else WRONG_ASCII + WRONG_OTHER
        self.letters = LETTERS_ASCII if self.ascii else LETTERS_ASCII + LETTERS_OTHER
        self.labels = ASCII_LABELS if self.ascii else LABELS
        self.marks = ASCII_PUNCTUATION if self.ascii else PUNCTUATION

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def digits(self, count: int) -> str:
        return "".join(self.rng.choices(TEN, k=count))

    def number(self) -> str:
        """Twelve digits: most pass the check, some fail it by one, some are anything."""
        kind = self.rng.random()
        if kind < 0.04:
            return self.rng.choice(SAMPLES)
        if kind < 0.14:
            return self.digits(12)
        base = "00" + self.digits(9) if kind < 0.2 else self.digits(11)
        total = sum(
            int(d) * w for d, w in zip(base, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)
        )
        check = 0 if total % 11 < 2 else 11 - total % 11
        return base + str((check + (kind > 0.88)) % 10)

    def dressed(self, text: str) -> str:
        """The digits of ``text`` in one or several kinds of digits."""
        if self.ascii or self.chance(0.6):
            return text
        kinds = [["wide"], ["ascii", "wide"], [self.rng.choice(RARE)]]
        kinds += [self.rng.sample(["ascii", "wide", *RARE], 2), [self.rng.choice(list(DIGITS))]]
        (names,) = self.rng.choices(kinds, weights=(8, 4, 5, 2, 1))
        return "".join(
            DIGITS[self.rng.choice(names)][int(char)] if char in TEN else char for char in text
        )

    def gap(self) -> str:
        kind = self.rng.random()
        if kind < 0.3:
            return self.rng.choice(" -")
        if kind < 0.65:
            return self.rng.choice(self.gaps)
        if kind < 0.85:
            return "".join(self.rng.choices(self.gaps, k=self.rng.randint(2, 3)))
        if kind < 0.9:
            return "".join(self.rng.choices(self.gaps, k=self.rng.randint(4, 5)))
        if kind < 0.95:
            return self.rng.choice(["\r\n", " - ", "\n  ", "  ", "   ", "    ", "-\n"])
        wrong = self.rng.choice(self.wrong)
        return self.rng.choice([wrong, wrong + " ", "-" + wrong, wrong * 2])

    def joined(self, parts: Sequence[str]) -> str:
        """Parts with one gap, with one that differs, or with as many gaps as places."""
        kind = self.rng.random()
        gaps = [self.gap()] * (len(parts) - 1)
        if gaps and kind > 0.82:
            gaps[self.rng.randrange(len(gaps))] = self.gap()
        if kind > 0.95:
            gaps = [self.gap() for _ in gaps]
        return "".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True))

    def written(self) -> str:
        """One number in one of its forms, or nearly."""
        number = self.number()
        kind = self.rng.random()
        if kind < 0.3:
            parts = [number]
        elif kind < 0.6:
            parts = [number[:4], number[4:8], number[8:]]
        elif kind < 0.8:
            parts = list(number)
        elif kind < 0.9:
            cut = self.rng.randrange(1, 12)
            parts = [number[:cut], number[cut:]]
        else:
            size = self.rng.choice([2, 3, 5, 6])
            parts = [number[i : i + size] for i in range(0, 12, size)]
        return self.dressed(self.joined(parts))

    def chain(self) -> str:
        """Several numbers in one chain of like gaps, complete or not."""
        size = self.rng.choice([1, 4])
        most = 5 * 12 // size
        count = (
            self.rng.randint(2, most) if self.chance(0.4) else 12 // size * self.rng.randint(1, 5)
        )
        digits = "".join(self.number() for _ in range(5))
        return self.dressed(self.joined([digits[i * size :][:size] for i in range(count)]))

    def other(self) -> str:
        """What is no number: other lengths, decimals, GUIDs, dates, keys, lost digits."""
        d = self.digits
        hexes = "".join(self.rng.choices("0123456789abcdefABCDEF", k=24))
        return self.rng.choice(
            [
                d(self.rng.choice([1, 1, 2, 3, 4, 4, 8, 9, 10, 11, 13, 14, 16, 24])),
                f"139.{d(12)}",
                f"{hexes[:8]}-{hexes[8:12]}-{hexes[12:16]}-{hexes[16:20]}-{self.number()}",
                f"2026-0{d(1)}-1{d(1)}T0{d(1)}:4{d(1)}:5{d(1)}.{d(3)}Z",
                f"{d(1)}.{d(5)}E+1{self.rng.choice('01')}",
                "-".join(
                    d(n) for n in self.rng.choice([(4, 4, 4, 4), (4, 6, 5), (3, 4, 4), (4, 2, 6)])
                ),
                self.number().translate(str.maketrans("0158", "OlSB")),
                f'{{"k{d(1)}": "{self.number()}"}}',
            ]
        )

    def before(self) -> str:
        """What may be glued on before a number."""
        joint = self.rng.choice(ASCII_JOINTS if self.ascii else JOINTS)
        hexes = "".join(self.rng.choices("01389abdEFg", k=self.rng.randint(2, 5)))
        glued = self.rng.choice(GLUED)
        choices = [
            *(self.rng.choice(self.letters), self.rng.choice("+$#(/_,'"), self.digits(1)),
            *(
                joint,
                self.digits(self.rng.randint(1, 4)) + joint,
                hexes + joint,
                " " + hexes + joint,
            ),
            *("MyNumber", glued if glued.isascii() or not self.ascii else "my_no"),
        ]
        if not self.ascii:
            name = self.rng.choice(list(DIGITS))
            choices += [
                *(self.rng.choice(KANA), self.rng.choice(SCRIPTS)),
                "".join(self.rng.choices(DIGITS[name], k=self.rng.randint(1, 5))),
            ]
        return self.rng.choice(choices)

    def behind(self) -> str:
        """What may be glued on behind."""
        joint = self.rng.choice(ASCII_JOINTS if self.ascii else JOINTS)
        choices = [
            *(self.rng.choice(self.letters), self.rng.choice("+$#)/_,'"), self.digits(1)),
            *(
                joint,
                joint + self.digits(self.rng.randint(1, 4)),
                joint + self.rng.choice(self.letters),
            ),
            *(".0", ".00", ".01", ".0,", ".0.", "..0"),
        ]
        if not self.ascii:
            choices += [
                *(self.rng.choice(KANA), self.rng.choice(SCRIPTS)),
                *(joint + self.rng.choice(SCRIPTS), ".0" + self.rng.choice(SCRIPTS), ".０", "．0"),
            ]
        return self.rng.choice(choices)

    def framed(self) -> str:
        """A clean number whose neighbours decide."""
        number = self.number()
        gap = self.rng.choice(["", "", *self.gaps])
        text = self.dressed(gap.join((number[:4], number[4:8], number[8:])))
        kind = self.rng.random()
        return (self.before() if kind < 0.6 else "") + text + (self.behind() if kind > 0.4 else "")

    def label(self) -> str:
        return self.rng.choice(self.labels) + self.rng.choice(self.marks)

    def prose(self, most: int) -> str:
        words = ASCII_PROSE if self.ascii else PROSE
        start = self.rng.randrange(len(words))
        return (words * (2 + most // len(words)))[start : start + self.rng.randint(0, most)]

    def filler(self) -> str:
        """Text of some length without a form of its own; reaches beyond both windows."""
        kind = self.rng.random()
        if kind < 0.5:
            return self.prose(self.rng.choice([5, 30, 90, 310]))
        if kind < 0.7:
            return (self.prose(20) + "\n") * self.rng.randint(1, 6)
        if kind < 0.85:
            return "".join(f"{self.digits(2)}," for _ in range(self.rng.randint(1, 40)))
        return self.rng.choice([" ", "\n", "x", "0", "-", "1 ", "a1"]) * self.rng.randint(1, 120)

    def piece(self) -> str:
        kind = self.rng.random()
        steps = (
            (0.34, self.written),
            (0.42, self.chain),
            (0.48, self.other),
            (0.64, self.framed),
            (0.68, self.before),
            (0.71, self.behind),
            (0.8, self.label),
            (0.86, self.gap),
            (0.9, lambda: self.dressed(self.digits(self.rng.choice([1, 1, 4, 4, 12])))),
            (0.93, lambda: self.rng.choice(self.wrong)),
            (0.998, self.filler),
        )
        write = next((make for most, make in steps if kind < most), None)
        if write is not None:
            return write()
        return "." if self.ascii else self.rng.choice("\ud83d\udc00")

    def text(self) -> str:
        """Pieces, glued or with something harmless between."""
        apart = self.rng.choice([0.0, 0.4, 0.8, 0.9])
        between = " \n,;" if self.ascii else " \n、。あ"
        return "".join(
            self.piece() + (self.rng.choice(between) if self.chance(apart) else "")
            for _ in range(self.rng.choice([0, 1, 2, 3, 4, 5, 6, 8, 12]))
        )


def text_at(seed: int, nth: int) -> str:
    """Give the ``nth`` text of a seed, alone: the one that a failing run names."""
    return _Writer(random.Random(f"{seed}/{nth}")).text()


def texts(seed: int, count: int) -> Iterator[str]:
    """Give ``count`` short texts of ``seed``."""
    for nth in range(count):
        yield text_at(seed, nth)


def _padded(writer: _Writer, length: int) -> str:
    """Filler of exactly ``length`` characters."""
    unit = writer.rng.choice(
        [writer.prose(400) or "x", "12,ab,345\n", "2026-01-02 GET /a1 200\n", " "]
    )
    return (unit * (length // len(unit) + 1))[:length]


def long_texts(seed: int, count: int, size: int, border: int = 0) -> Iterator[str]:
    """Give ``count`` texts of ``size`` characters and a little more.

    With ``border``, a nasty stretch lies across every multiple of it, at a random offset; without,
    nasty stretches and filler follow each other. Half of them are dense, half are mostly filler.
    """
    for nth in range(count):
        writer = _Writer(random.Random(f"{seed}/long/{nth}"))
        most = border or writer.rng.choice([20, 200, 2_000])
        parts: list[str] = []
        length = 0
        while length < size:
            nasty = writer.text()
            if border:
                ahead = border - length % border - writer.rng.randint(0, max(1, len(nasty)))
                gap = ahead if ahead >= 0 else ahead + border
            else:
                gap = writer.rng.randint(0, most)
            parts += [_padded(writer, gap), nasty]
            length += gap + len(nasty)
        yield "".join(parts)
