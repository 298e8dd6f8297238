"""The hand-written files of the personnel site: every format, every way to write a number."""

from __future__ import annotations

from collections.abc import Callable

from connectors._sample_tenant._company_keys import (
    corporate,
    draw,
    full_width,
    grouped,
)
from connectors._sample_tenant._company_people import HR, HR_JUNIOR, SALES, employee, employees
from connectors._sample_tenant._company_plan import (
    Core,
    Draft,
    Plant,
    day,
    lookalike,
    message,
)
from connectors._sample_tenant._company_sharing import (
    BY_GROUP,
    EXTERNAL,
    INTERNAL,
    PRIVATE,
    PUBLIC,
    Permission,
    Sharing,
)
from connectors._sample_tenant._documents import (
    CSV_TYPE,
    HTML_TYPE,
    JSON_TYPE,
    MAIL_TYPE,
    PDF_TYPE,
    TEXT_TYPE,
    delimited,
    employee_table,
    html_page,
    import_rows,
    memo,
    staff_export,
    tax_notice_rows,
)
from connectors._sample_tenant._documents_forms import (
    declaration,
    hidden_list,
    ledger,
    notification,
    payroll_book,
    slip,
    training,
)
from connectors._sample_tenant._documents_office import DOCX_TYPE, PPTX_TYPE
from connectors._sample_tenant._documents_sheet import MEDIA_TYPE as XLSX_TYPE

SITE = "人事部"
MAIN = (SITE, "ドキュメント")
COMMON = (SITE, "共有")


class Desk:
    """What every chapter below needs."""

    def __init__(self, core: Core, sharing: Sharing) -> None:
        self.core = core
        self.seed = core.seed
        self.sharing = sharing
        self.few: tuple[Permission, ...] = (sharing.direct(HR, "owner"),)
        """Only the manager: inheritance is broken."""

    def private(self, path: str, media_type: str, data: bytes, *plants: Plant) -> None:
        """A file of the main library that only its owner can open."""
        self.core.file(MAIN, path, media_type, data, self.few, PRIVATE, *plants, author=HR)


def _payroll(desk: Desk) -> None:
    seed, sharing = desk.seed, desk.sharing
    book = employees(seed, "book", 30, zeros=(4, 5, 19))
    notice = employees(seed, "notice", 40)
    imported = employees(seed, "import", 24)
    data = payroll_book(book)
    numbers = tuple(one.number for one in book)
    desk.core.file(
        MAIN,
        "給与/2026年/給与一覧_2026年4月.xlsx",
        XLSX_TYPE,
        data,
        (*desk.few, sharing.group("人事部")),
        BY_GROUP,
        Plant(numbers, note="numeric cells padded by their format; group grant"),
        author=HR,
        when=day(2026, 3, 27),
    )
    desk.private(
        "住民税/特別徴収税額通知_R8.csv",
        CSV_TYPE,
        delimited(tax_notice_rows(notice)),
        Plant(tuple(one.number for one in notice), note="no header, column 8"),
    )
    desk.private(
        "給与/取込用.txt",
        TEXT_TYPE,
        delimited(import_rows(imported), separator="\t"),
        Plant(tuple(one.number for one in imported), note="no header, tabs, fifth field"),
    )
    digits_gone = [["氏名", "個人番号"], *([one.name, "1.23457E+11"] for one in imported)]
    desk.private("給与/番号一覧（CSV保存）.csv", CSV_TYPE, delimited(digits_gone))


def _ledgers(desk: Desk) -> None:
    seed, sharing = desk.seed, desk.sharing
    many = employees(seed, "ledger", 500, zeros=range(0, 500, 11))
    seats = employees(seed, "seats", 18)
    desk.core.file(
        MAIN,
        "マイナンバー/マイナンバー管理台帳.xlsx",
        XLSX_TYPE,
        ledger(many),
        sharing.site_groups(SITE),
        BY_GROUP,
        Plant(tuple(one.number for one in many), note="500 rows below one header; site groups"),
        author=HR,
        when=day(2025, 4, 3),
    )
    desk.core.file(
        COMMON,
        "座席表_2026年度.xlsx",
        XLSX_TYPE,
        hidden_list(seats),
        (*sharing.site_groups(SITE), sharing.link("organization", "seats", kind="edit")),
        INTERNAL,
        Plant(tuple(one.number for one in seats), note="hidden sheet; organisation link, edit"),
        author=HR_JUNIOR,
    )


def _papers(desk: Desk) -> None:
    seed, sharing = desk.seed, desk.sharing
    people = employees(seed, "papers", 6)
    desk.core.file(
        MAIN,
        "入社手続/個人番号届出書_加藤.docx",
        DOCX_TYPE,
        notification(people[0], people[1:3]),
        (*desk.few, sharing.link("users", "notice", people=(HR_JUNIOR, SALES))),
        PRIVATE,
        Plant(tuple(one.number for one in people[:3]), note="table and header; named people link"),
        author=HR,
    )
    desk.core.file(
        COMMON,
        "研修/マイナンバー取扱研修.pptx",
        PPTX_TYPE,
        training(people[3]),
        (*sharing.site_groups(SITE), sharing.link("organization", "training", kind="view")),
        INTERNAL,
        Plant((people[3].number,), note="speaker's notes; organisation link"),
        author=HR,
    )
    desk.private(
        "源泉徴収票/2015/源泉徴収票_平成27年_小林.pdf",
        PDF_TYPE,
        slip(people[4], "平成27年"),
        Plant((people[4].number,), note="pdf"),
    )
    desk.core.file(
        MAIN,
        "源泉徴収票/2016/源泉徴収票_平成28年_清水.pdf",
        PDF_TYPE,
        slip(people[5], "平成28年"),
        desk.few,
        PRIVATE,
        Plant((people[5].number,), note="of 2017: past its retention period"),
        author=HR,
        when=day(2017, 1, 20),
    )


def _declared(desk: Desk) -> None:
    """Papers that somebody outside can open."""
    seed, sharing = desk.seed, desk.sharing
    people = employees(seed, "papers", 11)
    desk.core.file(
        COMMON,
        "扶養控除等申告書_記入済.xlsx",
        XLSX_TYPE,
        declaration(people[6], people[7], corporate(seed, "payer")),
        (*sharing.site_groups(SITE), sharing.direct("tani@tani-sr.example", "write")),
        EXTERNAL,
        Plant((people[6].number, people[7].number), note="guest with direct access"),
        lookalike("corporate number, thirteen boxes", corporate(seed, "payer")),
        author=HR_JUNIOR,
    )
    desk.core.file(
        COMMON,
        "内定者/内定者_個人番号.html",
        HTML_TYPE,
        html_page("内定者", ["内定者の一覧です。"], employee_table(people[8:11])).encode(),
        (*sharing.site_groups(SITE), sharing.link("anonymous", "offer")),
        PUBLIC,
        Plant(tuple(one.number for one in people[8:11]), note="anonymous link without an end"),
        author=HR_JUNIOR,
    )


def _hyphens(number: str) -> str:
    return grouped(number, "‐")


def _wide_groups(number: str) -> str:
    return grouped(full_width(number), "　")


def _texts(desk: Desk) -> None:
    seed = desk.seed
    spelled: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("cp932", "入社手続メモ_SJIS.txt", grouped),
        ("euc_jp", "入社手続メモ_EUC.txt", full_width),
        ("utf-16", "入社手続メモ_Unicode.txt", _hyphens),
        ("iso2022_jp", "入社手続メモ_JIS.txt", _wide_groups),
    )
    for index, (encoding, name, written) in enumerate(spelled):
        one = employee(seed, "texts", index)
        text = memo(one, written(one.number)).encode(encoding)
        desk.private(f"入社手続/{name}", TEXT_TYPE, text, Plant((one.number,), note=encoding))
    crews = employees(seed, "crews", 20, zeros=(2,))
    desk.private(
        "データ/crews_export.json",
        JSON_TYPE,
        staff_export(crews),
        Plant(tuple(one.number for one in crews), note="json, key my_number"),
    )
    mailed = employee(seed, "texts", 9)
    draft = Draft("番号のご連絡", memo(mailed, mailed.number), SALES, (HR,), charset="iso-2022-jp")
    saved = message(draft, draw(seed, "saved mail"), 0)
    desk.private(
        "保存メール/番号のご連絡.eml", MAIL_TYPE, saved.mime(), Plant((mailed.number,), note="eml")
    )


def write(core: Core, sharing: Sharing) -> None:
    """Put the files of the personnel site into the core."""
    desk = Desk(core, sharing)
    for chapter in (_payroll, _ledgers, _papers, _declared, _texts):
        chapter(desk)
