"""What a coordinator and its workers must agree on before a page goes out."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import resources

from auditor.detect import rules_digest
from auditor.model import VERSION, Limits
from connectors._identity import Auth, Cloud, Tenant

__all__ = ["LEASE", "RESOURCE", "Passport", "Setup", "passport"]

RESOURCE = "mynumber-audit-{run}"
"""The resource that a worker has once it is admitted to a run; each page needs one of it."""
LEASE = 90.0
"""Seconds after which a worker that has heard nothing of a run forgets its key."""
_READERS = ("fastavro", "onnxruntime", "pyarrow", "rapidocr")
_PROGRAM = "tesseract"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True, slots=True)
class Passport:
    """By what a worker judges; all of it must be the coordinator's."""

    version: str
    rules: str
    program: str
    """Digest of the source of readers and judges, in letters."""
    readers: str
    """Optional readers that are installed: without one its formats are gaps."""

    def differs(self, other: Mapping[str, str]) -> str:
        """The first thing in which another's, as a mapping, differs; "" where they agree."""
        names = (entry.name for entry in fields(self))
        return next((name for name in names if getattr(self, name) != other.get(name)), "")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker must know of a run. Secrets of the tenant are not among it."""

    key: bytes = field(repr=False)
    """Closes pages and results."""
    persons: bytes = field(repr=False)
    """Makes tokens of distinct numbers."""
    tenant: Tenant
    auth: Auth
    cloud: Cloud
    sources: tuple[tuple[str, object], ...]
    """Names with the connectors' own settings."""
    limits: Limits
    workers: int = 0
    """Processes for reading on each worker; 0 is one a processor."""


@functools.cache
def passport() -> Passport:
    """This installation's."""
    readers = [name for name in _READERS if importlib.util.find_spec(name)]
    readers += [_PROGRAM] if shutil.which(_PROGRAM) else []
    return Passport(VERSION, rules_digest(), _program(), " ".join(readers))


def _program() -> str:
    digest = hashlib.sha256()
    for package in ("auditor", "auditor.formats", "connectors"):
        folder = resources.files(package)
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                digest.update(file.name.encode())
                digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest().translate(_LETTERS)[:16]
