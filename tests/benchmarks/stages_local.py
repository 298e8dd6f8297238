"""The stages that need no service: extract, detect, store, summarise, report."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import runpy
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import xlsxwriter

from auditor import formats, summary
from auditor.detect import detect
from auditor.model import Content, Finding, Limits, Outcome, Scan, State
from auditor.reports import html
from auditor.store import Store
from benchmarks import detect_engines, detect_inputs
from connectors import Item, Page, Partition
from tests.benchmarks.stages import Stage

ROWS, PAGES, FOUND = 4_000, 40, 20_000
"""Rows of a workbook; pages stored; items in a summary."""
SAMPLE = Path(__file__).parents[1] / "unit" / "reports" / "sample_workspace.py"


@contextmanager
def extracting(kind: str) -> Iterator[Stage]:
    """Text and tables out of a file, before anybody looks for numbers."""
    data = {"xlsx": workbook, "eml": mail}[kind]()
    content = Content(f"sample.{kind}", data)

    def ours() -> None:
        reader = formats.pick(content)
        assert reader is not None
        assert sum(1 for _ in reader.parts(content, Limits()))

    if kind == "xlsx":
        yield Stage("`zipfile` and `ElementTree`", ours, lambda: parts(data), 15)
    else:
        yield Stage("the standard library's `email`", ours, lambda: walked(data), 15)


def workbook() -> bytes:
    """A table of people without numbers, as a workbook."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名簿")
        for row in range(ROWS):
            sheet.write_row(
                row, 0, [f"S-{row}", "見本 太郎", "東京都千代田区", row * 1.5, "備考なし"]
            )
    return file.getvalue()


def parts(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            ET.fromstring(archive.read(name))


def mail() -> bytes:
    """A mail with a long body and an attachment."""
    message = EmailMessage()
    message["Subject"] = "年末調整の書類について"
    message.set_content("お世話になっております。書類をお送りします。\n" * 2_000)
    message.add_attachment(workbook(), "application", "octet-stream", filename="名簿.xlsx")
    return message.as_bytes()


def walked(data: bytes) -> None:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert sum(len(part.get_payload(decode=True) or b"") for part in message.walk())


@contextmanager
def detecting() -> Iterator[Stage]:
    """The verdict on a table written as text, full of digits."""
    text = detect_inputs.csv_text()[:4_000_000]
    yield Stage(
        "`re`, the usual pattern",
        lambda: detect(text),
        lambda: detect_engines.count(detect_engines.usual, text),
    )


@contextmanager
def storing() -> Iterator[Stage]:
    """Pages of outcomes, one in fifty with a finding, each page with its cursor."""
    place = Partition("mail", "box", "box", "tenant")
    pages = [_page(place, number) for number in range(PAGES)]
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(1_000))

        def ours() -> None:
            store = Store.open(Path(folder, f"w{next(numbers)}"))
            now = datetime(2026, 5, 1, tzinfo=UTC)
            run = store.begin("t", "t", full=False, rules="r", version="1", now=now)
            book = store.partition(run, place, full=False)
            for page, outcomes in pages:
                store.commit(run, book, page, outcomes, 0)
            store.close()

        def bare() -> None:
            db = sqlite3.connect(Path(folder, f"b{next(numbers)}"), isolation_level=None)
            db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            db.execute("CREATE TABLE t (k BLOB, v BLOB, s TEXT, PRIMARY KEY (k)) WITHOUT ROWID")
            for page, _ in pages:
                db.execute("BEGIN")
                rows = ((i.id.encode(), i.version.encode(), "complete") for i in page.items)
                db.executemany("INSERT OR REPLACE INTO t VALUES (?, ?, ?)", rows)
                db.execute("COMMIT")
            db.close()

        yield Stage("bare `sqlite3`, a row an item", ours, bare)


def _page(place: Partition, number: int) -> tuple[Page, list[Outcome]]:
    items = [Item(place, f"m{number}-{n}", f"件名 {n}", f"v{n}") for n in range(100)]
    finding = Finding("body", ("line 1",), "individual_number", "high", 1, 1, ("label",))
    found = [
        Outcome(i, State.COMPLETE, Scan(State.COMPLETE, findings=(finding,) if not n % 50 else ()))
        for n, i in enumerate(items)
    ]
    return Page(items, cursor=f"c{number}"), found


@contextmanager
def summarising() -> Iterator[Stage]:
    """Every table of a workspace as frames."""
    with tempfile.TemporaryDirectory() as folder:
        path: Path = runpy.run_path(str(SAMPLE))["build"](Path(folder, "w"), items=FOUND)

        def ours() -> None:
            with summary.load(path) as found:
                assert sum(len(frame) for _, frame in found.tables())

        def bare() -> None:
            db = sqlite3.connect(path / "workspace.sqlite")
            for table in ("finding_version", "item_version", "grant_version", "gap_version"):
                pd.read_sql_query(f"SELECT * FROM {table}", db)
            db.close()

        yield Stage("`pandas.read_sql_query` of the same tables", ours, bare, 3)


@contextmanager
def reporting() -> Iterator[Stage]:
    """The HTML report of a workspace."""
    with tempfile.TemporaryDirectory() as folder:
        path: Path = runpy.run_path(str(SAMPLE))["build"](Path(folder, "w"), items=FOUND // 4)
        with summary.load(path) as found:
            rows = found.items.astype(str).to_numpy().tolist()
            yield Stage(
                "`csv` writing the items",
                lambda: html.write(found, Path(folder), "ja"),
                lambda: csv.writer(io.StringIO()).writerows(rows),
                3,
            )
