"""The workbook opens where people open it, runs nothing, and says what it has no room for."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from auditor.locales import LANGUAGES, word
from auditor.reports import _workbook, _workbook_tables
from auditor.reports import xlsx as report
from auditor.summary import LEVELS, Summary

ROOT = Path(__file__).parents[3]
SHEETS = ("summary", "items", "findings", "coverage", "controls", "breach", "key")
Rows = list[tuple[Any, ...]]


def rows(book: openpyxl.Workbook, name: str, lang: str = "ja") -> Rows:
    return list(book[word(f"workbook.sheets.{name}", lang)].iter_rows(values_only=True))


def column(table: Rows, name: str, lang: str = "ja") -> list[Any]:
    place = table[0].index(word(f"workbook.columns.{name}", lang))
    return [row[place] for row in table[1:]]


@pytest.fixture(scope="module")
def file(sample: Summary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = report.write(sample, tmp_path_factory.mktemp("xlsx"), "ja")
    return path


@pytest.fixture(scope="module")
def book(file: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_its_sheets_in_the_readers_language(
    sample: Summary, tmp_path: Path, lang: str
) -> None:
    (path,) = report.write(sample, tmp_path, lang)
    found = openpyxl.load_workbook(path, read_only=True).sheetnames
    assert found == [word(f"workbook.sheets.{name}", lang) for name in SHEETS]


def test_items_stand_in_the_order_of_urgency(book: openpyxl.Workbook, sample: Summary) -> None:
    table, wanted = rows(book, "items"), sample.to_act_on()
    assert column(table, "item_id") == list(wanted["item_id"])
    assert column(table, "rank") == list(range(1, len(wanted) + 1))
    assert column(table, "persons") == [int(n) for n in wanted["persons"]]
    words = [word(f"exposure.levels.{level}", "ja") for level in wanted["exposure"]]
    assert column(table, "exposure") == words
    assert all(column(table, "action"))
    modified = [None if m is None else m.date() for m in column(table, "modified")]
    assert modified == [m.date() if m == m else None for m in wanted["modified"]]  # noqa: PLR0124


def test_every_row_of_the_other_tables_is_there(book: openpyxl.Workbook, sample: Summary) -> None:
    table = rows(book, "findings")
    assert sorted(column(table, "finding_id")) == sorted(sample.findings["finding_id"])
    assert sum(column(table, "count")) == sample.findings["count"].sum()
    assert len(rows(book, "coverage")) == len(sample.coverage) + 1
    assert set(column(rows(book, "coverage"), "remedy")) <= {
        word(f"reasons.{code}.remedy", "ja") for code in sample.coverage["reason"].unique()
    }
    told = {row[0]: row[1:6] for row in rows(book, "summary") if row[1] is not None}
    counts = sample.findings["status"].value_counts()
    names = ("new", "changed", "unchanged", "suppressed", "resolved")
    assert told[word("workbook.columns.count", "ja")] == tuple(counts.get(n, 0) for n in names)
    first = dict(row[:2] for row in rows(book, "summary") if row[1])
    assert first[word("report.about.run", "ja")] == sample.shown[0]
    listed = [row for row in rows(book, "summary") if row[0] == "SharePoint"]
    assert sum(row[1] for row in listed) == sum(
        int(value)
        for frame, name in ((sample.by_source(), "public"), (sample.coverage_by_source(), "listed"))
        for value in frame.loc[frame["source"] == "sharepoint", name]
    )


def test_there_is_room_to_write_and_a_list_to_choose_from(book: openpyxl.Workbook) -> None:
    sheet = book[word("workbook.sheets.items", "ja")]
    for name in ("in_charge", "due", "response", "memo"):
        assert set(column(rows(book, "items"), name)) == {None}
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    choices = [word(f"workbook.responses.{name}", "ja") for name in _workbook_tables.RESPONSES]
    assert rules["list"].formula1 == f'"{",".join(choices)}"'
    assert rules["date"].operator == "greaterThanOrEqual"
    last = len(rows(book, "items"))
    assert all(str(rule.sqref).endswith(str(last)) for rule in rules.values())


def test_levels_have_colours(book: openpyxl.Workbook) -> None:
    sheet = book[word("workbook.sheets.items", "ja")]
    found = [rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules]
    assert found == [f'"{word(f"exposure.levels.{level}", "ja")}"' for level in LEVELS]
    assert set(_workbook_tables.COLOURS) == set(LEVELS)


def test_tables_are_made_for_the_screen_and_for_paper(book: openpyxl.Workbook) -> None:
    for name in ("items", "findings", "coverage", "controls", "breach"):
        sheet = book[word(f"workbook.sheets.{name}", "ja")]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_area
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (
            True,
            0,
        )
        assert "&P" in sheet.oddFooter.right.text
        assert all(c.width > 5 for c in sheet.column_dimensions.values())
        paper = sheet.print_area.rpartition("$A$1:")[2]
        printed = openpyxl.utils.column_index_from_string(re.sub("[^A-Z]", "", paper))
        assert sum([c.width for c in sheet.column_dimensions.values()][:printed]) < 250


def test_no_cell_is_a_formula_and_no_link_leads_elsewhere(
    book: openpyxl.Workbook, sample: Summary
) -> None:
    links = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                if cell.hyperlink:
                    links.add(unquote(cell.hyperlink.target))
    own = {url for url in sample.to_act_on()["url"] if url.startswith("https://")}
    assert links == own
    assert (~sample.items["url"].str.startswith("https://")).any()


def test_a_full_sheet_says_how_many_rows_it_has_no_room_for(
    sample: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_workbook, "ROWS", 102)
    (path,) = report.write(sample, tmp_path, "en")
    found = openpyxl.load_workbook(path)
    table = rows(found, "items", "en")
    left = f"{len(sample.to_act_on()) - 100:,}"
    note = word("workbook.rows_left_out", "en", n=left, sheet=word("workbook.sheets.items", "en"))
    assert len(table) == 102
    assert table[-1][0] == note
    assert note in [row[0] for row in rows(found, "summary", "en")]


def test_links_beyond_the_limit_are_text_and_counted(
    sample: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_workbook, "LINKS", 20)
    (path,) = report.write(sample, tmp_path, "en")
    found = openpyxl.load_workbook(path)
    links = column(rows(found, "items", "en"), "link", "en")
    assert links.count("Open") == 20
    urls = [url for url in sample.to_act_on()["url"] if url.startswith("https://")]
    note = word("workbook.links_left_out", "en", n=f"{len(urls) - 20:,}", sheet="To act on")
    assert note in [row[0] for row in rows(found, "items", "en")]
    assert sum(str(link).startswith("https://") for link in links) == len(urls) - 20


def test_it_reaches_nothing_outside(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        outside = re.findall(rb'TargetMode="External"', b"".join(map(archive.read, names)))
        rels = archive.read("xl/worksheets/_rels/sheet2.xml.rels")
    assert not [name for name in names if re.search("vba|externalLink|connection|query", name)]
    assert len(outside) == rels.count(b'TargetMode="External"') > 0


def test_an_empty_workspace_is_a_workbook_too(empty: Summary, tmp_path: Path) -> None:
    (path,) = report.write(empty, tmp_path, "ja")
    found = openpyxl.load_workbook(path)
    assert len(rows(found, "items")) == 1
    assert len(rows(found, "key")) > 20


def test_every_word_of_the_workbook_is_used(sample: Summary, tmp_path: Path) -> None:
    """Fixed keys stand in the source; columns, sheets and choices are put together there."""
    text = "".join(p.read_text("utf-8") for p in ROOT.glob("auditor/reports/*.py"))
    words = tomllib.loads((ROOT / "auditor/locales/en/workbook.toml").read_text("utf-8"))
    for key, value in words.items():
        names = value if isinstance(value, dict) else {}
        assert f"workbook.{key}" in text or f'"{key}"' in text, key
        assert [name for name in names if f'"{name}"' not in text] == [], key


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
@pytest.mark.timeout(120)
def test_libreoffice_opens_it(sample: Summary, tmp_path: Path) -> None:
    few = dataclasses.replace(sample, findings=sample.findings.head(40))
    (path,) = report.write(few, tmp_path, "ja")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    # every sheet as CSV: UTF-8, texts quoted, values as they are shown
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    out = ["--convert-to", kind, "--outdir", str(tmp_path / "csv"), str(path)]
    subprocess.run([*command, *out], check=True, capture_output=True, timeout=110)
    sheets = {word(f"workbook.sheets.{name}", "ja") for name in SHEETS}
    written = {file.stem.partition("-")[2]: file for file in (tmp_path / "csv").iterdir()}
    assert set(written) == sheets
    text = written[word("workbook.sheets.items", "ja")].read_text("utf-8")
    table = list(csv.reader(io.StringIO(text)))
    names = table[0]
    ids = [row[names.index(word("workbook.columns.item_id", "ja"))] for row in table[1:]]
    assert ids == list(sample.to_act_on()["item_id"])
    item = names.index(word("workbook.columns.item", "ja"))
    shown = [_workbook.shown(name) for name in sample.to_act_on()["item"]]
    assert [row[item] for row in table[1:]] == shown
    assert "#NAME?" not in text
    assert "Err:5" not in text
