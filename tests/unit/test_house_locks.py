"""The locks pin everything, name no server, and hold nothing under a licence that binds us."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-test.lock"]
COPYLEFT = re.compile(r"\b(?:A?GPL|GNU (?:Affero )?General Public)", re.IGNORECASE)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, set[str]]:
    """Name → pinned versions; several where they differ by Python version."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line):
            found.setdefault(canonical(match[1]), set()).add(match[2])
    return found


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def names(requirements: list[str]) -> set[str]:
    return {canonical(re.split(r"[\s\[<>=!~;]", line)[0]) for line in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_server(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-[if]\b|--(index|extra|find|trusted))", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    pinned = [block for block in blocks if not block.startswith("#")]
    assert len(pinned) > 30
    assert [block[:40] for block in pinned if "--hash=sha256:" not in block] == []


def test_the_locks_hold_what_the_project_declares() -> None:
    declared = project()
    groups = declared["dependency-groups"]
    runtime = names(declared["project"]["dependencies"]) | names(groups["build"])
    assert runtime - set(pins(LOCKS[0])) == set()
    assert names(groups["test"]) - set(pins(LOCKS[1])) == set()


def test_the_test_lock_pins_what_the_other_pins() -> None:
    runtime, test = (pins(lock) for lock in LOCKS)
    assert {name for name, versions in runtime.items() if test.get(name) != versions} == set()


def test_the_npm_lock_names_no_server_and_pins_by_hash() -> None:
    text = (ROOT / "tests/azurite/package-lock.json").read_text("utf-8")
    assert "://" not in text
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert len(packages) > 50
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_no_licence_binds_us() -> None:
    """GPL and AGPL are out; what is not installed here belongs to another platform."""
    bound, seen = [], 0
    for name in pins("requirements.lock"):
        try:
            metadata = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        seen += 1
        licence = metadata.get("License-Expression") or (metadata.get("License") or "")[:200]
        stated = [licence, *(metadata.get_all("Classifier") or [])]
        if any(COPYLEFT.search(line) for line in stated):
            bound.append(name)
    assert bound == []
    assert seen > 30


def notebook_cells() -> list[str]:
    """The code of all notebooks."""
    return [
        cell["source"]
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    ours = {"auditor", "connectors"} | sys.stdlib_module_names
    texts = [
        path.read_text("utf-8")
        for top in ("auditor", "connectors")
        for path in sorted((ROOT / top).rglob("*.py"))
    ]
    imported = {
        module.split(".")[0]
        for text in (*texts, *notebook_cells())
        for node in ast.walk(ast.parse(text))
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom) and node.module and not node.level
            else []
        )
    } - ours
    providers = importlib.metadata.packages_distributions()
    declared = names(project()["project"]["dependencies"])
    for extra in project()["project"]["optional-dependencies"].values():
        declared |= names(extra)
    provided = {module: {canonical(d) for d in providers.get(module, ())} for module in imported}
    assert {module for module, found in provided.items() if not found & declared} == set()
    # `azure` is one import name of several distributions: each of them counts.
    used = set().union(*provided.values())
    assert declared - used == {"ipykernel"}  # what Jupyter starts to run a notebook
