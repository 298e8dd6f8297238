"""A workbook that cannot be made to compute, to call out, or to lose a row unsaid.

Every text is written as a cell of type string, which Excel and LibreOffice never evaluate; one that
would become a formula if somebody edited the cell also carries Excel's quote prefix, so nothing has
to be put in front of the text itself. Rows go to disk one by one.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from auditor.locales import word
from auditor.reports import _files
from auditor.reports.csv import TRIGGERS

__all__ = ["Book", "Column", "Sheet", "Value", "opened", "shown"]

Value = str | int | float | datetime | None

ROWS: Final = 1_048_576
TEXT: Final = 32_767
LINKS: Final = 65_530
LINK_LENGTH: Final = 2_079
"""Limits of Excel: rows of a sheet, UTF-16 units of a cell, links of a sheet, length of a link."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
"""Control characters, marks that turn the direction of writing, and what XML cannot hold."""
_LINE, _MOST_LINES = 15.0, 24
"""Height of a line in points; what a row may grow to. Excel would find the height itself, but not
every program does."""
_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16},
    "lead": {"font_color": "#404040"},
    "plain": {"align": "left"},
    "section": {"bold": True, "font_size": 12, "bottom": 1},
    "head": {
        "bold": True,
        "text_wrap": True,
        "bg_color": "#1F3864",
        "font_color": "#FFFFFF",
        "border": 1,
    },
    "entry_head": {"bold": True, "text_wrap": True, "bg_color": "#FFF2CC", "border": 1},
    "text": {"text_wrap": True, "border": 4},
    "number": {"num_format": "#,##0", "border": 4},
    "share": {"num_format": "0.0%", "border": 4},
    "date": {"num_format": "yyyy-mm-dd", "border": 4, "align": "left"},
    "link": {"font_color": "#0563C1", "underline": 1, "border": 4},
    "entry": {"text_wrap": True, "bg_color": "#FFFBEB", "border": 4},
    "due": {"num_format": "yyyy-mm-dd", "bg_color": "#FFFBEB", "border": 4, "align": "left"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its heading is ``workbook.columns.<name>``, or the words of ``key``."""

    name: str
    width: int = 14
    """In characters of half width; longer text is wrapped."""
    kind: str = "text"
    """``text``, ``number``, ``share``, ``date``, ``link``, ``entry`` or ``due``."""
    key: str = ""
    printed: bool = True
    """Whether it goes on paper; the columns that do stand first."""


def shown(text: str) -> str:
    """``text`` as a cell can hold it: what nobody sees is marked, what is too long is cut."""
    text = _UNSEEN.sub("\ufffd", text)
    if text.startswith("<r>"):  # XlsxWriter would take it for markup of its own
        text = f" {text}"
    if len(text) * 2 > TEXT and len(text.encode("utf-16-le")) // 2 > TEXT:
        kept = text.encode("utf-16-le")[: 2 * (TEXT - 1)].decode("utf-16-le", "ignore")
        return f"{kept}…"
    return text


@contextlib.contextmanager
def opened(path: Path, lang: str, title: str, made: datetime) -> Iterator[Book]:
    """A workbook at ``path``, whole or not at all; what it needs on disk stands beside it, closed.

    ``made`` stands in its properties, so that the same audit gives the same file. Raises OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        _files.binary(path) as file,
        tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder,
    ):
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "use_zip64": True,
            "default_format_properties": {
                "font_name": "Yu Gothic" if lang == "ja" else "Calibri",
                "font_size": 10,
                "valign": "top",
            },
        }
        workbook = xlsxwriter.Workbook(file, options)
        workbook.set_properties(
            {"title": shown(title), "author": "mynumber-audit", "created": made}
        )
        try:
            yield Book(workbook, lang)
            workbook.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from None
        finally:
            for sheet in workbook.worksheets():
                sheet._opt_close()  # noqa: SLF001 - else a failure leaves its files open


class Book:
    """The sheets of a workbook, in the order in which they are asked for."""

    def __init__(self, workbook: xlsxwriter.Workbook, lang: str) -> None:
        self.lang = lang
        self.notes: list[str] = []
        """What did not go into a sheet, in words."""
        self._workbook = workbook
        self._formats: dict[tuple[str, bool], Format] = {}

    def sheet(self, name: str) -> Sheet:
        """A new sheet, named ``workbook.sheets.<name>``."""
        made: Worksheet = self._workbook.add_worksheet(word(f"workbook.sheets.{name}", self.lang))
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        footer = word("workbook.footer", self.lang).replace("&", "&&")
        made.set_footer(f"&L&8{footer}&R&8&A  &P / &N")
        return Sheet(self, made, name)

    def format(self, kind: str, *, quoted: bool = False) -> Format:
        """One format for all cells of a kind; ``quoted`` has Excel's quote prefix."""
        if (kind, quoted) not in self._formats:
            prefix = {"quote_prefix": True} if quoted else {}
            properties = {"valign": "top", **_FORMATS[kind], **prefix}
            self._formats[kind, quoted] = self._workbook.add_format(properties)
        return self._formats[kind, quoted]

    def colour(self, background: str, text: str) -> Format:
        """A format of a rule that colours cells."""
        return self._workbook.add_format({"bg_color": background, "font_color": text})


class Sheet:
    """One sheet, written from top to bottom."""

    def __init__(self, book: Book, sheet: Worksheet, name: str) -> None:
        self.book = book
        self.raw = sheet
        self.row = 0
        """The next row."""
        self._name = name
        self._links = 0
        self._widths: Sequence[int] = ()

    def widths(self, *widths: int) -> None:
        """Of the columns, from the first, in characters of half width."""
        self._widths = widths
        for place, width in enumerate(widths):
            self.raw.set_column(place, place, width)

    def line(self, values: Sequence[Value], kinds: Sequence[str]) -> None:
        """One row; texts in the format of their kind, links as links."""
        lines = 1
        for place, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            self._cell(place, value, kind)
            if isinstance(value, str) and _FORMATS[kind].get("text_wrap"):
                lines = max(lines, _lines(value, self._widths[place]))
        tall = {"title": 2, "section": 1.4}.get(kinds[0] if kinds else "", lines)
        if tall > 1:
            self.raw.set_row(self.row, min(tall, _MOST_LINES) * _LINE)
        for kept in (self.raw.row_info, self.raw.row_sizes):  # else they grow with the table
            kept.pop(self.row - 2, None)
        self.row += 1

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> int:
        """A table with its headings, filter and frozen head; how many rows it has.

        What Excel has no room for is counted, and said in the last row and in ``book.notes``.
        """
        top = self.row
        self._heads(columns)
        kinds = [column.kind for column in columns]
        left_out = 0
        for row in rows:
            if self.row >= ROWS - 1:
                left_out += 1
            else:
                self.line(row, kinds)
        written = self.row - top - 1
        last = top + max(written, 1)
        self.raw.autofilter(top, 0, last, len(columns) - 1)
        self.raw.print_area(top, 0, last, sum(column.printed for column in columns) - 1)
        if left_out:
            self._note("rows_left_out", left_out)
        if self._links > LINKS:
            self._note("links_left_out", self._links - LINKS, told=bool(left_out))
        return written

    def _heads(self, columns: Sequence[Column]) -> None:
        keys = [column.key or f"workbook.columns.{column.name}" for column in columns]
        heads = [word(key, self.book.lang) for key in keys]
        self.widths(*(column.width for column in columns))
        entries = {"entry", "due"}
        kinds = ["entry_head" if column.kind in entries else "head" for column in columns]
        self.raw.freeze_panes(self.row + 1, 0)
        self.raw.repeat_rows(self.row)
        self.line(heads, kinds)

    def _note(self, key: str, count: int, *, told: bool = False) -> None:
        lang = self.book.lang
        sheet = word(f"workbook.sheets.{self._name}", lang)
        note = word(f"workbook.{key}", lang, n=f"{count:,}", sheet=sheet)
        self.book.notes.append(note)
        if not told and self.row < ROWS:
            self.line([note], ["text"])

    def _cell(self, place: int, value: Value, kind: str) -> None:
        if value is None or value == "":
            self.raw.write_blank(self.row, place, None, self.book.format(kind))
        elif isinstance(value, datetime):
            self._date(place, value, kind)
        elif not isinstance(value, str):
            self.raw.write_number(self.row, place, value, self.book.format(kind))
        elif kind == "link":
            self._link(place, value)
        else:
            self._text(place, value, kind)

    def _text(self, place: int, value: str, kind: str) -> None:
        text = shown(value)
        quoted = text.lstrip(" \u3000\u00a0")[:1] in TRIGGERS
        self.raw.write_string(self.row, place, text, self.book.format(kind, quoted=quoted))

    def _date(self, place: int, value: datetime, kind: str) -> None:
        """Excel has no days before 1900; those are text."""
        day = value.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        if day.year < 1901:
            self._text(place, day.date().isoformat(), "text")
        else:
            self.raw.write_datetime(self.row, place, day, self.book.format(kind))

    def _link(self, place: int, url: str) -> None:
        """The item's own https address; anything else, and what Excel cannot link, is text."""
        text = word("workbook.open", self.book.lang)
        safe = url.startswith("https://") and shown(url) == url and len(url) <= LINK_LENGTH
        self._links += safe
        if safe and self._links <= LINKS:
            self.raw.write_url(self.row, place, url, self.book.format("link"), text)
        else:
            self._text(place, url, "text")


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a sign beyond ASCII counts as two of half width."""
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    parts = text.split("\n")
    wide = ((len(part) + len(part.encode("utf-8", "replace"))) // 2 for part in parts)
    return sum(max(1, -(-size // max(width - 1, 1))) for size in wide)
