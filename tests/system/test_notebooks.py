"""Every notebook runs top to bottom on an audited workspace, in Jupyter's own kernel, and is clean.

Plots are looked at in the kernel before they are gone: axes are labelled, and every character of
every label has its glyph.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import auditor
from connectors._sample_tenant._handle import running
from tests.system.command import Command

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
PLOTS = {"evaluation": 1, "exposure": 4, "first_look": 0, "tenants": 2, "trend": 3}
"""How many each draws."""
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
TWELVE = re.compile(r"(?<![0-9])[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
WATCH = """
import json as _json
import matplotlib.pyplot as _plots
_drawn, _show = [], _plots.show
def _watched():
    _drawn.append([[a.get_xlabel(), a.get_ylabel()] for a in _plots.gcf().axes])
    _show()
_plots.show = _watched
"""
TELL = "print(_json.dumps(_drawn))"


def number(rng: random.Random) -> str:
    digits = [rng.randrange(10) for _ in range(11)]
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
    return "".join(map(str, [*digits, 0 if rest <= 1 else 11 - rest]))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Command]:
    """A tenant audited twice, which changed in between: one more, one gone, one opened."""
    with running(items=60, control=True) as tenant:
        command = Command(tmp_path_factory.mktemp("changed"), tenant, sources=("blob",))
        command.audit()
        found = "SELECT DISTINCT partition, item FROM findings ORDER BY partition, item"
        places = command.rows(found)
        container, name = places[0][0].rpartition("/")[2], places[0][1]
        tenant.change("blob", "delete", container=container, name=name)
        data = f"個人番号: {number(random.Random(3))}\n".encode()
        tenant.change("blob", "put", container=container, name="新規.txt", data=data)
        tenant.change("container", "expose", name=container, access="blob")
        with pytest.MonkeyPatch.context() as patch:  # as a notebook audits
            patch.setenv("AZURE_CLIENT_SECRET", tenant.client_secret)
            auditor.audit(command.config, command.workspace).close()
        yield command


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few labelled files, one of them hard to see and one hard to leave out."""
    folder, rng = tmp_path_factory.mktemp("labelled"), random.Random(11)
    for label, text in (("yes", "氏名 山田\n個人番号: {}\n"), ("no", "送り状番号: {}\n")):
        (folder / label / "深い").mkdir(parents=True)
        for place in range(6):
            file = folder / label / ("深い" if place % 2 else "") / f"{place}.txt"
            file.write_text(text.format(number(rng)), "utf-8")
    (folder / "yes" / "壊れた.zip").write_bytes(b"PK\x03\x04")
    return folder


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """What Jupyter and matplotlib keep stays in a folder of the tests."""
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR", "IPYTHONDIR"):
            (home / name).mkdir()
            patch.setenv(name, str(home / name))
        yield patch


def test_every_notebook_is_here() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(PLOTS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_is_clean_and_speaks_both_languages(path: Path) -> None:
    book = json.loads(path.read_text("utf-8"))
    nbformat.validate(nbformat.from_dict(book))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
        else:
            assert JAPANESE.search(cell["source"])
            assert re.search(r"[a-z]{3}", cell["source"])
    assert not re.search(r"/(home|root|tmp|work)/", path.read_text("utf-8"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_runs_and_its_plots_can_be_read(
    path: Path,
    audited: Command,
    changed: Command,
    sample: Path,
    kernel: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    first = changed if path.stem == "trend" else audited
    kernel.setenv("MYNUMBER_AUDIT_WORKSPACE", str(first.workspace))
    both = os.pathsep.join((str(audited.workspace), str(changed.workspace)))
    kernel.setenv("MYNUMBER_AUDIT_WORKSPACES", both)
    kernel.setenv("MYNUMBER_AUDIT_SAMPLE", str(sample))
    cells = run(path, tmp_path)
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    assert [o["text"] for o in outputs if o.get("name") == "stderr"] == []  # a glyph is missing
    assert sum("image/png" in output.get("data", {}) for output in outputs) == PLOTS[path.stem]
    drawn = json.loads(outputs[-1]["text"]) if PLOTS[path.stem] else []
    assert len(drawn) == PLOTS[path.stem]
    for labels in drawn:
        assert all(JAPANESE.search(y) for _, y in labels)
        assert JAPANESE.search(labels[-1][0])
    texts = [str(output.get("data", {}).get("text/plain", "")) for output in outputs]
    assert not any(TWELVE.search(text) for text in texts)
    assert sum(len(text) > 80 for text in texts) >= 2


def run(path: Path, folder: Path) -> list[Any]:
    """The cells with their outputs; a cell that fails fails the test."""
    book = nbformat.read(path, as_version=4)
    if PLOTS[path.stem]:
        new = nbformat.v4.new_code_cell
        book.cells = [new(WATCH), *book.cells, new(TELL)]
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(book, timeout=120, kernel_name="python3", resources=resources).execute()
    return list(book.cells)


def test_the_numbers_of_a_labelled_sample_are_right(sample: Path) -> None:
    """What the notebook computes its measures from."""
    found = auditor.scan_files(sample / "yes", sample / "no")
    certain = found["confidence"].isin(["high", "medium"])
    assert len(found) == 13
    assert certain.sum() == 6
    assert list(found.loc[~certain, "gaps"]).count([]) == 6


def test_the_trend_tells_what_happened(changed: Command) -> None:
    with auditor.load(changed.workspace) as found:
        trend = found.trend()
    assert list(trend["new"])[1] >= 1
    assert list(trend["resolved"])[1] >= 1
    assert trend["public"].iloc[1] > trend["public"].iloc[0]
