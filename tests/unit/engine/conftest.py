"""The hostile source, and a fresh workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import connectors
from tests.unit.engine.place import SOURCES, Place


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The hostile source, found by its folder like any other."""
    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(SOURCES)])
    module = connectors.load("hostile")
    module.TENANT.clear()
    module.FAULTS.clear()
    yield module
    module.TENANT.clear()
    module.FAULTS.clear()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A fresh workspace."""
    return Place(tmp_path / "workspace")
