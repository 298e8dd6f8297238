"""Which rules these are: scans under other rules are done again."""

from __future__ import annotations

import functools
import hashlib
from importlib import resources

__all__ = ["rules_digest"]

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_LENGTH = 24


@functools.cache
def rules_digest() -> str:
    """Digest this package's source, in letters only, so that it cannot look like a number.

    Any change of a label, weight or look-alike changes it; line endings do not.
    """
    digest = hashlib.sha256()
    files = resources.files(__package__).iterdir()
    for file in sorted((file for file in files if file.name.endswith(".py")), key=lambda f: f.name):
        digest.update(file.name.encode())
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest().translate(_LETTERS)[:_LENGTH]
