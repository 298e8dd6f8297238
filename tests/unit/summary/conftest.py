"""A sample workspace, its summary, and one to spoil."""

from __future__ import annotations

import runpy
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor import summary

SAMPLE: dict[str, Any] = runpy.run_path(
    str(Path(__file__).parents[1] / "reports" / "sample_workspace.py")
)


@pytest.fixture(scope="session")
def build() -> Callable[..., Path]:
    """Make a sample workspace of any size."""
    return SAMPLE["build"]


@pytest.fixture(scope="session")
def counted() -> tuple[int, int]:
    """The bounds of distinct persons that the sample's runs counted."""
    return SAMPLE["PERSONS"]


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, which no test changes."""
    return SAMPLE["build"](tmp_path_factory.mktemp("summary") / "workspace", runs=2)


@pytest.fixture(scope="session")
def found(workspace: Path) -> summary.Summary:
    """The latest of them."""
    return summary.load(workspace)


@pytest.fixture
def spoiled(tmp_path: Path) -> Callable[..., summary.Summary]:
    """The summary of a small workspace after some statements were run on it."""

    def make(*statements: str) -> summary.Summary:
        folder = SAMPLE["build"](tmp_path / f"{len(list(tmp_path.iterdir()))}", items=30)
        db = sqlite3.connect(folder / "workspace.sqlite", isolation_level=None)
        for statement in statements:
            db.execute(statement)
        db.close()
        return summary.load(folder)

    return make
