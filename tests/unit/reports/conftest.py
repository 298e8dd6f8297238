"""Summaries of sample workspaces, built once."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from auditor import summary


def _sample() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "sample_workspace", Path(__file__).with_name("sample_workspace.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


sample_workspace = _sample()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    """Two audits of a company of a few hundred items, hostile names among them."""
    folder = tmp_path_factory.mktemp("sample") / "workspace"
    return summary.load(sample_workspace.build(folder, runs=2))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    """A workspace in which nothing ran yet."""
    folder = tmp_path_factory.mktemp("empty") / "workspace"
    return summary.load(sample_workspace.build(folder, runs=0))
