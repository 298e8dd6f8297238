"""What every report of the folder promises: those that exist, and the next one."""

from __future__ import annotations

import os
import re
import runpy
import stat
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor import reports, summary
from auditor.locales import LANGUAGES
from tests.system.report_text import plain

SAMPLE: dict[str, Any] = runpy.run_path(
    str(Path(__file__).parents[1] / "unit" / "reports" / "sample_workspace.py")
)
TWELVE = re.compile(rb"(?<![0-9])[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
every_report = pytest.mark.parametrize("name", reports.names())


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    return summary.load(SAMPLE["build"](tmp_path_factory.mktemp("full") / "workspace", runs=2))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    return summary.load(SAMPLE["build"](tmp_path_factory.mktemp("none") / "workspace", runs=0))


def test_the_folder_is_the_list() -> None:
    known = {"breach", "csv", "html", "jsonl", "ocsf", "parquet", "sentinel", "xlsx"}
    assert known <= set(reports.names())
    assert list(reports.names()) == sorted(reports.names())
    assert not any(name.startswith("_") for name in reports.names())


def test_a_name_that_is_not_there_is_an_error() -> None:
    for name in ("nosuchreport", "_files", "../html"):
        with pytest.raises(KeyError):
            reports.load(name)


@every_report
def test_it_says_its_name_and_suffix(name: str) -> None:
    module = reports.load(name)
    assert name == module.NAME
    assert module.SUFFIX.startswith(".")


@every_report
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_names_what_it_wrote_and_leaves_nothing_else(
    name: str, lang: str, found: summary.Summary, tmp_path: Path
) -> None:
    module = reports.load(name)
    out = tmp_path / "new" / "folder"
    files = module.write(found, out, lang)
    assert files
    assert sorted(files) == sorted(out.iterdir())
    beside = getattr(module, "COMPANIONS", ())
    assert all(file.suffix == module.SUFFIX for file in files if file.name not in beside)
    assert set(beside) < {file.name for file in files}
    assert sum(file.stat().st_size for file in files) > 10_000


@every_report
def test_it_writes_an_empty_workspace(name: str, empty: summary.Summary, tmp_path: Path) -> None:
    files = reports.load(name).write(empty, tmp_path, "ja")
    assert files
    assert all(file.is_file() for file in files)


@every_report
@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_only_its_owner_can_read_it(name: str, found: summary.Summary, tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        files = reports.load(name).write(found, tmp_path / "out", "en")
    finally:
        os.umask(before)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


@every_report
def test_it_replaces_what_stood_there(name: str, found: summary.Summary, tmp_path: Path) -> None:
    module = reports.load(name)
    first = {file: file.read_bytes() for file in module.write(found, tmp_path, "ja")}
    for file in first:
        file.write_text("old")
    again = {file: file.read_bytes() for file in module.write(found, tmp_path, "ja")}
    assert first == again
    assert sorted(tmp_path.iterdir()) == sorted(again)


@every_report
@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX stands for the full disk")
def test_a_full_disk_leaves_the_old_files_and_nothing_half(
    name: str, found: summary.Summary, tmp_path: Path
) -> None:
    import resource

    module = reports.load(name)
    before = {file: file.read_bytes() for file in module.write(found, tmp_path, "ja")}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OSError, match=r"."):
            module.write(found, tmp_path, "ja")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


@every_report
def test_a_place_that_is_no_folder_is_an_os_error(
    name: str, found: summary.Summary, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r"."):
        reports.load(name).write(found, tmp_path / "file", "ja")


@every_report
def test_no_run_of_twelve_digits_is_in_it(
    name: str, found: summary.Summary, tmp_path: Path
) -> None:
    files = reports.load(name).write(found, tmp_path, "ja")
    assert [file.name for file in files if TWELVE.search(plain(file))] == []


@every_report
def test_the_frames_are_not_changed(name: str, found: summary.Summary, tmp_path: Path) -> None:
    before = {table: frame.copy() for table, frame in found.tables()}
    reports.load(name).write(found, tmp_path, "ja")
    for table, frame in found.tables():
        pd.testing.assert_frame_equal(frame, before[table])
