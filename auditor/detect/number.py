"""The one type that may hold a number: it never shows it and never leaves the process.

Everything outside :mod:`auditor.detect` sees numbers only as :class:`Number`: they can be counted,
compared inside this process, and turned into a keyed token. There is no way to print, copy or
pickle one, so a log line, a traceback or a worker's answer cannot carry a digit by accident.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import NoReturn, final

__all__ = ["Number"]

_SALT = secrets.token_bytes(16)
_MASK = "Number(•)"
_TOKEN_BYTES = 16


@final
class Number:
    """A number that was found, sealed.

    >>> Number("483920175644")
    Number(•)
    >>> f"{Number('483920175644'):>20}"
    'Number(•)'
    """

    __slots__ = ("__digits",)

    def __init__(self, digits: str) -> None:
        """Seal ``digits`` (ASCII)."""
        self.__digits = digits

    def token(self, key: bytes) -> bytes:
        """HMAC-SHA256 under ``key``, 16 bytes: equal numbers give equal tokens, nothing else.

        The key must be random and secret: the number space is so small that any unkeyed hash is
        reversed in minutes (my-number reference, 5.5).
        """
        return hmac.digest(key, self.__digits.encode("ascii"), hashlib.sha256)[:_TOKEN_BYTES]

    def __eq__(self, other: object) -> bool:
        """Compare inside this process."""
        return isinstance(other, Number) and self.__digits == other.__digits

    def __hash__(self) -> int:
        """Hash under a salt of this process, so that the value says nothing elsewhere."""
        return hash((_SALT, self.__digits))

    def __repr__(self) -> str:
        """Show that there is a number, not which."""
        return _MASK

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        """Ignore the format, which could otherwise cut or pad digits."""
        return _MASK

    def __refuse(self, *_: object) -> NoReturn:
        msg = "a Number never leaves its process"
        raise TypeError(msg)

    __reduce__ = __refuse
    __reduce_ex__ = __refuse
    __getstate__ = __refuse
    __copy__ = __refuse
    __deepcopy__ = __refuse
