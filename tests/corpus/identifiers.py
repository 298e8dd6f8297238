"""Individual Numbers and everything that looks like one, from a seeded random.

Structures and check digits as in the public descriptions of each identifier. A look-alike that
passes the Individual Number's check by chance is as common here as in life, unless ``passing`` asks
for one: those are the hard ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable

__all__ = [
    "aadhaar",
    "amount",
    "article",
    "article13",
    "card",
    "check_digit",
    "corporate",
    "courier",
    "date_serial",
    "digits",
    "guid",
    "individual",
    "insurance",
    "licence",
    "mistyped",
    "mobile",
    "passes",
    "passing",
    "pension",
    "registry",
    "resident_code",
    "timestamp",
]

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def check_digit(base: str) -> str:
    rest = sum(int(d) * w for d, w in zip(base, _WEIGHTS, strict=True)) % 11
    return "0" if rest <= 1 else str(11 - rest)


def passes(number: str) -> bool:
    return len(number) == 12 and check_digit(number[:11]) == number[11]


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def individual(rng: random.Random) -> str:
    base = digits(rng, 11)
    return base + check_digit(base)


def mistyped(rng: random.Random) -> str:
    """An Individual Number with one wrong digit: its check fails."""
    number = individual(rng)
    while passes(number):
        at = rng.randrange(12)
        number = number[:at] + rng.choice("0123456789") + number[at + 1 :]
    return number


def passing(make: Callable[[random.Random], str], rng: random.Random) -> str:
    """A look-alike that passes the Individual Number's check."""
    while not passes(number := make(rng)):
        pass
    return number


def courier(rng: random.Random) -> str:
    base = rng.choice(("48", "40", "36", "52", "10", "62")) + digits(rng, 9)
    return base + str(int(base) % 7)


_COMMISSIONS = (
    *range(10, 15),
    *range(20, 26),
    30,
    *range(40, 50),
    *range(50, 56),
    *range(60, 66),
    *range(70, 75),
    *range(80, 84),
    *range(90, 98),
)


def licence(rng: random.Random) -> str:
    base = f"{rng.choice(_COMMISSIONS):02d}{rng.choice((*range(70, 100), *range(26))):02d}"
    base += digits(rng, 6)
    total = sum(int(d) * w for d, w in zip(base, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    return base + str((11 - total % 11) % 10) + rng.choice("0000000123")


def registry(rng: random.Random) -> str:
    """会社法人等番号: registry office, kind of organisation, serial."""
    return f"{rng.randrange(100, 2000):04d}0{rng.choice('12345')}{digits(rng, 6)}"


def corporate(rng: random.Random) -> str:
    """法人番号: thirteen digits, the check digit first."""
    base = registry(rng)
    total = sum(int(d) * (1 + n % 2) for n, d in enumerate(reversed(base)))
    return str(9 - total % 9) + base


def article(rng: random.Random) -> str:
    base = digits(rng, 11)
    total = 3 * sum(map(int, base[::2])) + sum(map(int, base[1::2]))
    return base + str(-total % 10)


def article13(rng: random.Random) -> str:
    base = rng.choice(("45", "49")) + digits(rng, 10)
    total = sum(map(int, base[::2])) + 3 * sum(map(int, base[1::2]))
    return base + str(-total % 10)


def card(rng: random.Random) -> str:
    base = rng.choice("345") + digits(rng, 14)
    total = sum(sum(divmod(int(d) * (2 - n % 2), 10)) for n, d in enumerate(base))
    return base + str(-total % 10)


def timestamp(rng: random.Random) -> str:
    return (
        f"{rng.randrange(2015, 2027)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
        f"{rng.randrange(24):02d}{rng.randrange(60):02d}"
    )


def date_serial(rng: random.Random) -> str:
    return timestamp(rng)[:8] + digits(rng, 4)


def mobile(rng: random.Random) -> str:
    return "81" + rng.choice(("70", "80", "90")) + digits(rng, 8)


_VERHOEFF_D = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
_VERHOEFF_P = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)


def aadhaar(rng: random.Random) -> str:
    base = rng.choice("23456789") + digits(rng, 10)
    for last in "0123456789":
        state = 0
        for n, d in enumerate(reversed(base + last)):
            state = int(_VERHOEFF_D[state][int(_VERHOEFF_P[n % 8][int(d)])])
        if state == 0:
            return base + last
    raise AssertionError("one of ten digits always fits")


def guid(rng: random.Random, tail: str | None = None) -> str:
    """A GUID, whose last group may be given."""
    text = f"{rng.getrandbits(128):032x}"
    parts = [text[:8], text[8:12], text[12:16], text[16:20], tail or text[20:]]
    return "-".join(parts)


def resident_code(rng: random.Random) -> str:
    return digits(rng, 11)


def pension(rng: random.Random) -> str:
    return f"{digits(rng, 4)}-{digits(rng, 6)}"


def insurance(rng: random.Random) -> str:
    """雇用保険被保険者番号 4-6-1."""
    return f"{digits(rng, 4)}-{digits(rng, 6)}-{digits(rng, 1)}"


def amount(rng: random.Random) -> str:
    return f"{rng.randrange(10**11, 10**12):,}"
