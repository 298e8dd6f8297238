"""Everything drawn from the seed: entropy, identifiers, numbers and their look-alikes.

Identifiers never hold twelve digits in a row, so that none of them can be taken for a number.
Numbers are made at run time; none stands in the source.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from hashlib import blake2b

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LICENCE_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LETTERS = bytes(65 + byte % 26 for byte in range(256))
_UNLIKELY = ("19", "20", "81", "00")
"""Beginnings of times, telephone numbers and padded serials; planted numbers avoid them."""
CODE = 6
"""Letters of a code: 26**6 positions."""


def draw(seed: int, *key: object) -> bytes:
    """Sixty-four bytes that depend on the seed and the key, and on nothing else."""
    return blake2b(repr((seed, *key)).encode(), digest_size=64).digest()


def _with_letters(text: bytes, entropy: bytes) -> str:
    out = bytearray(text)
    out[5::8] = entropy[: len(range(5, len(out), 8))].translate(_LETTERS)
    return out.decode("ascii")


def token(entropy: bytes, length: int) -> str:
    """Base64url-like text of up to 64 characters with a letter at least every eighth place."""
    return _with_letters(base64.urlsafe_b64encode(entropy[:48])[:length], entropy[48:])


def base32(entropy: bytes, length: int) -> str:
    """Base32 text of up to 64 characters with a letter at least every eighth place."""
    return _with_letters(base64.b32encode(entropy[:40])[:length], entropy[48:])


def hash_text(entropy: bytes) -> str:
    """Twenty bytes as base64, as a quickXorHash is written."""
    return _with_letters(base64.b64encode(entropy[:20]), entropy[48:])


def guid(entropy: bytes) -> str:
    """A version 4 GUID whose second, fourth and last groups begin with a letter."""
    text = entropy[:16].hex()
    first, second, last = (b"abcdef"[byte % 6 : byte % 6 + 1].decode() for byte in entropy[16:19])
    variant = "ab"[entropy[19] & 1]
    return (
        f"{text[:8]}-{first}{text[9:12]}-4{text[13:16]}-"
        f"{variant}{text[17:20]}-{second}{text[21:26]}{last}{text[27:]}"
    )


def code(index: int, width: int = CODE) -> str:
    """A position as letters of a fixed width; later positions sort later."""
    letters = ""
    for _ in range(width):
        index, rest = divmod(index, 26)
        letters = chr(65 + rest) + letters
    return letters


def position(letters: str) -> int:
    """The position behind :func:`code`; -1 where the text is none."""
    index = 0
    for letter in letters:
        digit = ord(letter) - 65
        if not 0 <= digit < 26:
            return -1
        index = index * 26 + digit
    return index if letters else -1


def check_digit(base: str) -> str:
    """The twelfth digit for the first eleven (総務省令 平成26年第85号 第5条)."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, base, strict=True)) % 11
    return "0" if rest <= 1 else str(11 - rest)


def passes(number: str) -> bool:
    """Whether twelve digits satisfy the check digit."""
    return check_digit(number[:11]) == number[11]


def _whole(seed: int, *key: object) -> int:
    return int.from_bytes(draw(seed, *key)[:12], "big")


def individual(seed: int, *key: object, zero: bool = False) -> str:
    """A number that passes the check; ``zero`` asks for exactly one leading zero."""
    turn = 0
    while True:
        whole = _whole(seed, "individual", turn, *key)
        base = f"0{whole % (9 * 10**9) + 10**9}" if zero else f"{whole % 10**11:011d}"
        if not base.startswith(_UNLIKELY) and len(set(base)) > 4:
            return base + check_digit(base)
        turn += 1


def _candidates(seed: int, kind: str, key: tuple[object, ...]) -> Iterator[int]:
    turn = 0
    while True:
        yield _whole(seed, kind, turn, *key)
        turn += 1


def courier(seed: int, *key: object, passing: bool = True) -> str:
    """A parcel number: eleven digits and their remainder by seven (7DR)."""
    for whole in _candidates(seed, "courier", key):
        base = 4 * 10**10 + whole % 10**10
        number = f"{base}{base % 7}"
        if not passing or passes(number):
            return number
    raise AssertionError


def licence(seed: int, *key: object) -> str:
    """A driving licence number of Tokyo with its own check digit, which passes ours too."""
    for whole in _candidates(seed, "licence", key):
        base = f"30{5 + whole % 18:02d}{whole // 18 % 10**6:06d}"
        total = sum(w * int(d) for w, d in zip(_LICENCE_WEIGHTS, base, strict=True))
        number = f"{base}{(11 - total % 11) % 10}0"
        if passes(number):
            return number
    raise AssertionError


def telephone(seed: int, *key: object) -> str:
    """A mobile number with the country code in front, twelve digits that pass."""
    for whole in _candidates(seed, "telephone", key):
        number = f"8190{whole % 10**8:08d}"
        if passes(number):
            return number
    raise AssertionError


def order(seed: int, *key: object) -> str:
    """A date and a serial number, twelve digits that pass."""
    for whole in _candidates(seed, "order", key):
        day = f"2026{1 + whole % 12:02d}{1 + whole // 12 % 28:02d}"
        number = f"{day}{whole // 336 % 10**4:04d}"
        if passes(number):
            return number
    raise AssertionError


def minute(seed: int, *key: object, passing: bool = True) -> str:
    """A time to the minute as log names carry it, twelve digits that pass where asked."""
    for whole in _candidates(seed, "minute", key):
        clock = f"{whole // 336 % 24:02d}{whole // 8064 % 60:02d}"
        number = f"2026{1 + whole % 12:02d}{1 + whole // 12 % 28:02d}{clock}"
        if not passing or passes(number):
            return number
    raise AssertionError


def corporate(seed: int, *key: object, passing: bool = True) -> str:
    """A corporate number of thirteen digits whose last twelve pass our check where asked."""
    for whole in _candidates(seed, "corporate", key):
        base = f"{whole % 10**6:06d}01{whole // 10**6 % 10**4:04d}"
        total = sum(int(d) * (1 + n % 2) for n, d in enumerate(reversed(base)))
        if not passing or passes(base):
            return f"{9 - total % 9}{base}"
    raise AssertionError


def grouped(number: str, separator: str = " ") -> str:
    """Twelve digits in groups of four."""
    return separator.join((number[:4], number[4:8], number[8:]))


def full_width(text: str) -> str:
    """Digits as the full-width ones an input method types."""
    return text.translate({48 + digit: 0xFF10 + digit for digit in range(10)})


def blob_etag(entropy: bytes) -> str:
    """An ETag as storage writes it, with letters among its hexadecimal digits."""
    text = entropy[:6].hex().upper()
    return f'"0x8DE{text[:4]}A{text[4:8]}B{text[8:]}"'
