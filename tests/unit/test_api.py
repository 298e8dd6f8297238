"""``import auditor``: a few names, alike in a script and in Jupyter, and never a digit."""

from __future__ import annotations

import asyncio
import importlib
import pickle
import random
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import auditor
from auditor import analysis
from auditor.model import Limits, Reason, State
from auditor.settings import Settings
from connectors import folder

SAMPLE = Path(__file__).parent / "reports" / "sample_workspace.py"
DTYPES = {
    "item": "string",
    "state": "string",
    "content_type": "string",
    "confidence": "string",
    "count": "Int64",
    "distinct": "Int64",
    "reasons": "object",
    "gaps": "object",
}


def number(rng: random.Random) -> str:
    digits = [rng.randrange(10) for _ in range(11)]
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
    return "".join(map(str, [*digits, 0 if rest <= 1 else 11 - rest]))


NUMBERS = [number(random.Random(seed)) for seed in range(20)]


def in_jupyter(call: Callable[[], Any]) -> Any:
    """As a cell runs: inside a loop that is running."""

    async def cell() -> Any:
        return call()

    return asyncio.run(cell())


def assert_silent(*found: object) -> None:
    shown = "".join(repr(one) + str(pickle.dumps(one)) for one in found)
    assert not any(planted in shown or planted[-4:] in repr(found) for planted in NUMBERS)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    place = tmp_path / "人事"
    place.mkdir()
    (place / "届.txt").write_text(f"氏名 山田\n個人番号: {NUMBERS[0]}\n", "utf-8")
    rows = "".join(f"山田,{planted}\n" for planted in NUMBERS)
    (place / "台帳.csv").write_text(f"氏名,個人番号\n{rows}", "cp932")
    (place / "議事録.txt").write_text("本日はお集まりいただき\n", "utf-8")
    (place / f"写し_{NUMBERS[1]}.zip").write_bytes(b"PK\x03\x04 no archive at all")
    return place


# — names —————————————————————————————————————————————————————————————————————————————————————


def test_the_names_are_few_documented_and_there() -> None:
    names = [name for name in auditor.__all__ if name != "__version__"]
    assert len(auditor.__all__) <= 12
    assert list(auditor.__all__) == sorted(auditor.__all__) == dir(auditor)
    assert all(getattr(auditor, name).__doc__ for name in names)
    assert all(f"``{name}``" in str(auditor.__doc__) for name in names if name.islower())
    assert {"audit", "load", "scan_file", "scan_text", "summarize"} <= set(names)
    with pytest.raises(AttributeError):
        _ = auditor.nosuchname


def test_importing_it_imports_no_pandas() -> None:
    code = "import sys, auditor; sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# — scan_text, scan_file, scan_files ——————————————————————————————————————————————————————————


def test_a_text_is_read_as_a_file_of_that_name_would_be() -> None:
    found = auditor.scan_text(f"氏名 山田\n個人番号: {NUMBERS[0]}")
    (finding,) = found.findings
    assert (finding.confidence, finding.count, finding.locations) == ("high", 1, ("line 2",))
    assert auditor.scan_text("本日は").findings == ()
    rows = "".join(f"山田,{planted}\n" for planted in NUMBERS)
    (column,) = auditor.scan_text(f"氏名,個人番号\n{rows}", "台帳.csv").findings
    assert (column.count, column.distinct) == (len(NUMBERS), len(NUMBERS))
    assert auditor.scan_text("\ud800 no text").state is State.COMPLETE
    assert_silent(found, column)


@pytest.mark.parametrize("run", [lambda call: call(), in_jupyter], ids=["script", "jupyter"])
def test_a_file_is_read_as_an_audit_reads_it(run: Callable[..., Any], files: Path) -> None:
    found = run(lambda: auditor.scan_file(files / "台帳.csv"))
    (finding,) = found.findings
    assert (finding.confidence, finding.count, found.content_type) == ("high", 20, "csv")
    assert found.persons == frozenset()
    assert_silent(found)


def test_what_cannot_be_read_of_a_file_is_a_gap(files: Path) -> None:
    (file,) = files.glob("*.zip")
    found = auditor.scan_file(file)
    assert {gap.reason for gap in found.gaps} == {Reason.MALFORMED}
    assert [finding.part for finding in found.findings] == ["name"]
    assert_silent(found)
    cut = auditor.scan_file(files / "台帳.csv", limits=Limits(bytes=100, held_bytes=100))
    assert Reason.TOO_LARGE in {gap.reason for gap in cut.gaps}


def test_a_file_that_is_none_is_an_error_without_a_number(files: Path) -> None:
    with pytest.raises(IsADirectoryError):
        auditor.scan_file(files)
    for call in (auditor.scan_file, auditor.scan_files):
        with pytest.raises(FileNotFoundError) as error:
            call(files / f"{NUMBERS[2]}.txt")
        assert_silent(str(error.value))


def test_files_are_rows_of_a_frame(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (files / "-").write_text("one file of that name", "utf-8")
    monkeypatch.chdir(files)
    found = auditor.scan_files("届.txt", files, "-")
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == DTYPES
    assert found["item"].iloc[0] == "届.txt"
    rows = found.iloc[1:].set_index(found["item"].iloc[1:].str.rpartition("/")[2])
    assert rows["confidence"].dropna().to_dict().keys() >= {"届.txt", "台帳.csv"}
    assert rows.loc["台帳.csv", "distinct"] == len(NUMBERS)
    assert "label_field" in rows.loc["届.txt", "reasons"]
    clean = rows.loc["議事録.txt"]
    assert (clean["state"], clean["count"], clean["reasons"]) == ("complete", 0, [])
    assert clean["confidence"] is not clean["state"]
    assert len(found) == 7
    assert ["malformed"] in list(found["gaps"])
    assert found["confidence"].isna().sum() == 3
    assert_silent(found.to_dict("records"))


def test_no_file_at_all_is_an_empty_frame(tmp_path: Path) -> None:
    found = auditor.scan_files(tmp_path)
    assert found.empty
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == DTYPES


# — audit, load, summarize ————————————————————————————————————————————————————————————————————


@pytest.mark.parametrize("run", [lambda call: call(), in_jupyter], ids=["script", "jupyter"])
def test_an_audit_ends_with_its_summary(run: Callable[..., Any], files: Path) -> None:
    config, place = files.parent / "audit.toml", files.parent / "workspace"
    config.write_text('[sources.folder]\npaths = ["人事"]\n', "utf-8")
    found = run(lambda: auditor.audit(config, place))
    assert found.books()["listed"].iloc[0] == 4
    assert set(found.findings["status"]) == {"new"}
    read = Settings(sources={"folder": folder.Settings(paths=(str(files),))})
    again = run(lambda: auditor.audit(read, place, sources=["folder"]))
    assert set(again.findings["status"]) == {"unchanged"}
    assert len(again.trend()) == 2
    assert_silent(again.items.to_dict("records"), again.findings.to_dict("records"))
    again.close()
    found.close()


def test_paths_of_a_service_are_globs_wherever_the_settings_stand(tmp_path: Path) -> None:
    """Only those of this machine are meant from the file's folder."""
    config = tmp_path / "audit.toml"
    blob = '[[tenants]]\nid = "contoso.example"\n[sources.blob]\npaths = ["hr/*"]\n'
    config.write_text(f'{blob}[sources.folder]\npaths = ["here"]\n', "utf-8")
    sources = importlib.import_module("auditor.settings").load(config).sources
    assert sources["blob"].paths == ("hr/*",)
    assert sources["folder"].paths == (str(tmp_path / "here"),)


def test_an_interrupt_saves_what_there_is_before_it_is_raised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    waiting = analysis.wait

    async def work() -> None:
        said.append("begun")
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(0.05)
            said.append("saved")
            raise

    def wait(futures: Any, timeout: float | None = None) -> Any:
        if timeout is None:
            return waiting(futures)
        while not said:
            waiting(futures, 0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(analysis, "wait", wait)
    with pytest.raises(KeyboardInterrupt):
        analysis._finished(work())
    assert said == ["begun", "saved"]


def test_tenants_stand_side_by_side(tmp_path: Path) -> None:
    build = runpy.run_path(str(SAMPLE))["build"]
    places = [build(tmp_path / name, items=30, runs=2) for name in ("first", "second")]
    loaded = auditor.load(places[0])
    frame = auditor.summarize(loaded, places[1])
    assert len(frame) == 2
    assert list(frame.columns) == list(loaded.trend().columns)
    assert frame.loc[0, "items"] == len(loaded.exposed())
    assert list(frame["run_id"]) == [*loaded.shown, *auditor.load(places[1]).shown]
    assert len(loaded.grants)  # what was given open stays open
    workspace = importlib.import_module("auditor.workspace")
    with pytest.raises(workspace.WorkspaceError):
        auditor.summarize(tmp_path / "nosuch")
