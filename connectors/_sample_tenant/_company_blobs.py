"""The hand-written blobs: backups, public forms, a public web folder, an archived year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from connectors._sample_tenant._company_keys import blob_etag, draw, individual, minute
from connectors._sample_tenant._company_people import Employee, employee, employees
from connectors._sample_tenant._company_plan import Core, Plant, day, held, lookalike
from connectors._sample_tenant._company_sharing import PRIVATE, PUBLIC
from connectors._sample_tenant._documents import (
    CSV_TYPE,
    HTML_TYPE,
    JSON_TYPE,
    PDF_TYPE,
    TEXT_TYPE,
    delimited,
    employee_table,
    html_page,
    memo,
    payroll_rows,
    staff_export,
)
from connectors._sample_tenant._documents_forms import plain_pdf, slip
from connectors._sample_tenant._model import Earlier
from connectors._sample_tenant._words import COMPANY, DEPARTMENTS

BACKUP, FORMS, WEB, LOGS = "backup", "public-forms", "www", "logs"
_ROWS = 60_000
_EVERY = 240
_MONTH = _ROWS // 12
_HEADER = "伝票日付,部門,摘要,支払先氏名,支払先個人番号,金額\r\n".encode()
_ROW_SIZE = 88
JOURNAL_SIZE = len(_HEADER) + _ROWS * _ROW_SIZE
"""Bytes of the journal: every row has the same length."""


def journal_numbers(seed: int) -> tuple[str, ...]:
    """The payees' numbers in the large journal, in order."""
    return tuple(individual(seed, "journal", index) for index in range(_ROWS // _EVERY))


def _line(seed: int, row: int, number: str) -> bytes:
    entropy = draw(seed, "journal row", row % 97)
    department = DEPARTMENTS[row % len(DEPARTMENTS)]
    day = f"2025/{1 + row // _MONTH:02d}/{1 + row % 28:02d}"
    amount = 1_000 + (entropy[0] << 8 | entropy[1])
    name = employee(seed, "payee", row // _EVERY).name if number else ""
    text = f"{day},{department},消耗品費,{name},{number},{amount}".encode()
    return text.ljust(_ROW_SIZE - 2) + b"\r\n"


def journal(seed: int) -> bytes:
    """A year of bookings of some five megabytes, with a payee's number in one row of 240."""
    numbers = journal_numbers(seed)
    plain = {}
    rows = []
    for row in range(_ROWS):
        if row % _EVERY == _EVERY - 1:
            rows.append(_line(seed, row, numbers[row // _EVERY]))
            continue
        key = (row // _MONTH, row % 28, row % 15, row % 97)
        if key not in plain:
            plain[key] = _line(seed, row, "")
        rows.append(plain[key])
    return _HEADER + b"".join(rows)


def _numbers(people: Sequence[Employee]) -> tuple[str, ...]:
    return tuple(one.number for one in people)


def _backup(core: Core) -> None:
    """A private container with exports in nested folders, and one blob that is archived."""
    seed = core.seed
    staff, saved = employees(seed, "blob staff", 25, zeros=(3,)), employees(seed, "blob json", 10)
    old = employees(seed, "blob archive", 8)
    core.blob(
        BACKUP,
        "2016/payroll_2016.csv",
        CSV_TYPE,
        held(delimited(payroll_rows(old))),
        PRIVATE,
        lookalike("archive tier: cannot be read", *_numbers(old)),
        tier="Archive",
    )
    core.blob(
        BACKUP,
        "hr/2026/04/crews.json",
        JSON_TYPE,
        held(staff_export(saved)),
        PRIVATE,
        Plant(_numbers(saved), note="nested virtual folders"),
    )
    core.blob(
        BACKUP,
        "hr/2026/04/staff.csv",
        CSV_TYPE,
        held(delimited(payroll_rows(staff), "utf-8-sig")),
        PRIVATE,
        Plant(_numbers(staff), note="csv with a byte order mark"),
    )


def _earlier(
    seed: int, date: int, people: Sequence[Employee], *, snapshot: bool = False
) -> Earlier:
    """The payees' list as it was on a day of January."""
    data = delimited(payroll_rows(people))
    when = day(2026, 1, date)
    return Earlier(when, blob_etag(draw(seed, "earlier", date)), held(data), snapshot)


def _scans(core: Core) -> None:
    """A number in a blob's name, numbers beside a blob, an empty and a deleted one, the journal."""
    named = individual(core.seed, "blob name")
    beside, tagged = individual(core.seed, "metadata"), individual(core.seed, "index tag")
    core.blob(
        BACKUP,
        "hr/scan/badge.txt",
        TEXT_TYPE,
        held("社員証の台紙です。\r\n".encode()),
        PRIVATE,
        Plant((beside,), note="metadata of a blob"),
        metadata=(("owner", "jinji"), ("mynumber", beside)),
    )
    core.blob(BACKUP, "hr/scan/empty.txt", TEXT_TYPE, held(b""), PRIVATE)
    core.blob(
        BACKUP,
        "hr/scan/left.txt",
        TEXT_TYPE,
        held("退職者の控え\r\n".encode()),
        PRIVATE,
        deleted=day(2026, 3, 30),
    )
    core.blob(
        BACKUP,
        "hr/scan/tagged.txt",
        TEXT_TYPE,
        held("受付済みです。\r\n".encode()),
        PRIVATE,
        lookalike("index tag: cannot be read without a role of its own", tagged),
        tags=(("mynumber", tagged),),
    )
    core.blob(
        BACKUP,
        f"hr/scan/個人番号_{named}.pdf",
        PDF_TYPE,
        held(plain_pdf("受付票", 9, pages=1)),
        PRIVATE,
        Plant((named,), note="number in the blob name"),
    )
    core.blob(
        BACKUP,
        "keiri/journal_2025.csv",
        CSV_TYPE,
        partial(journal, core.seed),
        PRIVATE,
        Plant(journal_numbers(core.seed), note="five megabytes, few rows with a number"),
        size=JOURNAL_SIZE,
        tier="Cool",
    )
    before = employees(core.seed, "blob version", 4)
    core.blob(
        BACKUP,
        "keiri/payees.csv",
        CSV_TYPE,
        held("支払先,金額\r\n".encode()),
        PRIVATE,
        lookalike("earlier version: cannot be read unless the settings say so", *_numbers(before)),
        earlier=(_earlier(core.seed, 1, before), _earlier(core.seed, 2, before[:2], snapshot=True)),
    )


def _notes(core: Core) -> None:
    """A log full of times, and a note whose name is Japanese and has no suffix."""
    moments = [minute(core.seed, "blob log", index, passing=index % 10 == 0) for index in range(20)]
    core.blob(
        BACKUP,
        "log/batch.log",
        TEXT_TYPE,
        held("".join(f"{moment} job finished rc=0\n" for moment in moments).encode()),
        PRIVATE,
        lookalike("time stamps", *moments),
    )
    noted = employee(core.seed, "blob note", 0)
    core.blob(
        BACKUP,
        "人事/入社手続メモ",
        TEXT_TYPE,
        held(memo(noted, noted.number).encode("cp932")),
        PRIVATE,
        Plant((noted.number,), note="japanese name without a suffix"),
    )


def _public(core: Core) -> None:
    """Two public containers, one at each level."""
    people = employees(core.seed, "blob public", 3)
    form = held(plain_pdf("申請書の書き方", 1))
    core.blob(FORMS, "form_sample.pdf", PDF_TYPE, form, PUBLIC)
    core.blob(
        FORMS,
        "申請書_提出分.pdf",
        PDF_TYPE,
        held(slip(people[0], "令和7年")),
        PUBLIC,
        Plant((people[0].number,), note="public container, blob level"),
    )
    home = html_page(COMPANY, ["ようこそ。"]).encode()
    core.blob(WEB, "index.html", HTML_TYPE, held(home), PUBLIC)
    listed = html_page(
        "名簿", ["旧サイトの名簿です。"], employee_table(people[1:]), charset="Shift_JIS"
    )
    core.blob(
        WEB,
        "old/名簿.html",
        HTML_TYPE,
        held(listed.encode("cp932")),
        PUBLIC,
        Plant(_numbers(people[1:]), note="public container, container level; cp932"),
    )


def write(core: Core) -> None:
    """Put the blobs into the core, in the order of their names."""
    for chapter in (_backup, _scans, _notes, _public):
        chapter(core)
