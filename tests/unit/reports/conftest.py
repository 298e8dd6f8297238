"""Summaries of sample workspaces, built once."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from auditor import summary

build: Any = runpy.run_path(str(Path(__file__).with_name("sample_workspace.py")))["build"]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    """Two audits of a company of a few hundred items, hostile names among them."""
    return summary.load(build(tmp_path_factory.mktemp("sample") / "workspace", runs=2))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    """A workspace in which nothing ran yet."""
    return summary.load(build(tmp_path_factory.mktemp("empty") / "workspace", runs=0))
