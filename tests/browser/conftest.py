"""The browser to test in: named by the variable CHROMIUM, and then it must work."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from auditor import reports, summary

HERE = Path(__file__).parent
PROGRAM = os.environ.get("CHROMIUM", "")

browser: Any = runpy.run_path(str(HERE / "chromium.py"))["browser"]
build: Any = runpy.run_path(str(HERE.parent / "unit" / "reports" / "sample_workspace.py"))["build"]


@pytest.fixture
def chromium() -> Callable[[], AbstractAsyncContextManager[Any]]:
    """Start the browser named by CHROMIUM."""
    return lambda: browser(PROGRAM)


def _report(folder: Path, lang: str, **options: Any) -> Path:
    found = summary.load(build(folder / "workspace", **options))
    (file,) = reports.load("html").write(found, folder / "out", lang)
    return file


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a few hundred items, hostile names among them."""
    return _report(tmp_path_factory.mktemp("report"), "ja", runs=2)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of twenty thousand items."""
    return _report(tmp_path_factory.mktemp("large"), "ja", items=20_000)
