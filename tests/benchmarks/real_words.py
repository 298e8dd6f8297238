"""Words and numbers of a text as keyed checksums, so that two readers can be compared unseen.

Only the standard library: this runs under every compared tool's own interpreter.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import unicodedata
from collections.abc import Iterable

KEY = "REAL_FILES_KEY"
"""The environment variable with the key of this run, in hexadecimal."""
_NUMBER = re.compile(r"(?<![0-9])(?<![0-9][.,])[0-9]{6,}(?![0-9])")
"""Six digits at least, and no fraction: those every reader rounds in its own way."""
_LETTERS = re.compile(r"[^\W\d_]+")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]+")
_SHORTEST = 3


def _checksums(words: Iterable[str]) -> set[int]:
    key = bytes.fromhex(os.environ[KEY])
    return {
        int.from_bytes(hashlib.blake2b(w.encode(), digest_size=7, key=key).digest()) for w in words
    }


def seen(text: str) -> tuple[set[int], set[int]]:
    """Checksums of the numbers and of the words; of Japanese, the pairs of characters."""
    text = unicodedata.normalize("NFKC", text.replace("\xad", "").replace("\0", " "))
    text = text.encode("utf-8", "replace").decode().casefold()
    words: set[str] = set()
    for run in set(_LETTERS.findall(text)):
        for japanese in _JAPANESE.findall(run):
            words.update(map("".join, itertools.pairwise(japanese)))
        words.update(w for w in _JAPANESE.split(run) if len(w) >= _SHORTEST)
    return _checksums(set(_NUMBER.findall(text))), _checksums(words)
