"""Read a Microsoft tenant and report facts; the folder is the registry of sources.

``names()`` lists the sources without importing an SDK; ``load(name)`` imports one.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from connectors._errors import Broken, ConnectorError, Denied, Gone, Misconfigured, Withheld
from connectors._model import Body, Connector, Grant, Item, Page, Partition, Reach, Via

__all__ = [
    "Body",
    "Broken",
    "Connector",
    "ConnectorError",
    "Denied",
    "Gone",
    "Grant",
    "Item",
    "Misconfigured",
    "Page",
    "Partition",
    "Reach",
    "Via",
    "Withheld",
    "load",
    "names",
]


def names() -> tuple[str, ...]:
    """The sources of this installation, sorted: one module of this folder each."""
    return tuple(
        sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    )


def load(name: str) -> ModuleType:
    """The module of a source: ``Settings``, ``NEEDS``, ``Source``. Raises KeyError if unknown."""
    if name not in names():
        raise KeyError(name)
    return importlib.import_module(f"{__name__}.{name}")
