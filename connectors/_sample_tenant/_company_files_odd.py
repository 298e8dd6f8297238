"""The odd files of the personnel site: archives, pictures, strange names, specimens."""

from __future__ import annotations

from connectors._sample_tenant._company_files_hr import Desk
from connectors._sample_tenant._company_keys import (
    individual,
)
from connectors._sample_tenant._company_people import employee, employees
from connectors._sample_tenant._company_plan import (
    SAMPLE,
    Core,
    Plant,
    lookalike,
)
from connectors._sample_tenant._company_sharing import (
    Sharing,
)
from connectors._sample_tenant._documents import (
    BINARY_TYPE,
    PDF_TYPE,
    PNG_TYPE,
    TEXT_TYPE,
    ZIP_TYPE,
    delimited,
    memo,
    payroll_rows,
)
from connectors._sample_tenant._documents_forms import (
    letter,
    plain_pdf,
)
from connectors._sample_tenant._documents_image import card, qr
from connectors._sample_tenant._documents_office import DOCX_TYPE
from connectors._sample_tenant._documents_sheet import MEDIA_TYPE as XLSX_TYPE
from connectors._sample_tenant._documents_sheet import Sheet, xlsx
from connectors._sample_tenant._documents_zip import archive

_OPENING = "Kisetsu#2026"
"""What opens the archive that the audit cannot open."""


def _archives(desk: Desk) -> None:
    seed = desk.seed
    people = employees(seed, "archives", 12)
    listed = delimited(payroll_rows(people[:4]))
    note = memo(people[4], people[4].number).encode("cp932")
    inner = archive([("メモ/番号.txt", note)], encoding="cp932")
    desk.private(
        "データ/年末調整一式.zip",
        ZIP_TYPE,
        archive([("一覧.csv", listed), ("案内.txt", "案内文".encode())]),
        Plant(tuple(one.number for one in people[:4]), note="csv in a zip"),
    )
    desk.private(
        "データ/バックアップ_2024.zip",
        ZIP_TYPE,
        archive([("内側.zip", inner), ("読んでください.txt", "保管用".encode("cp932"))]),
        Plant((people[4].number,), note="zip in a zip"),
    )
    locked = delimited(payroll_rows(people[5:10]))
    desk.private(
        "マイナンバー/マイナンバー一覧.zip",
        ZIP_TYPE,
        archive([("マイナンバー一覧.csv", locked)], encoding="cp932", password=_OPENING),
        lookalike("encrypted: cannot be read", *(one.number for one in people[5:10])),
    )


def _pictures(desk: Desk) -> None:
    shown = individual(desk.seed, "card back")
    desk.private("本人確認書類/通知カード.png", PNG_TYPE, card())
    desk.private(
        "本人確認書類/個人番号カード_裏面.png",
        PNG_TYPE,
        qr(shown),
        Plant((shown,), note="qr"),
    )


def _names(desk: Desk) -> None:
    seed = desk.seed
    named = individual(seed, "file name")
    long = employee(seed, "long name", 0)
    kana = employee(seed, "kana name", 0)
    desk.private(
        f"入社手続/{named}_山田太郎.pdf",
        PDF_TYPE,
        plain_pdf("健康診断書の提出について", 3, pages=1),
        Plant((named,), note="number in the file name"),
    )
    title = "人事評価制度の見直しに関する検討会議（第三回）配布資料および議事要旨ならびに今後の予定"
    desk.private(
        f"入社手続/{(title * 6)[:212]}.txt",
        TEXT_TYPE,
        memo(long, long.number).encode("cp932"),
        Plant((long.number,), note="very long name"),
    )
    desk.private(
        "入社手続/まいなんばーのめも.txt",
        TEXT_TYPE,
        memo(kana, kana.number).encode(),
        Plant((kana.number,), note="hiragana name"),
    )
    desk.private("懇親会🍻の写真🎉について.txt", TEXT_TYPE, "写真は後日共有します📷\r\n".encode())
    desk.private("空.txt", TEXT_TYPE, b"")
    desk.private(".txt", TEXT_TYPE, "名前のないメモです。\r\n".encode("cp932"))
    desk.private("", BINARY_TYPE, "名前が失われたファイル\r\n".encode("cp932"))
    desk.private("入社手続/壊れた届出書.docx", DOCX_TYPE, letter("届出書", ["（控え）"])[:900])


def _specimens(desk: Desk) -> None:
    table = [["欄", "書き方"], ["個人番号", "1234 5678 9012"], ["氏名", "番号 花子"]]
    desk.private(
        "様式/個人番号届出書_記入例.docx",
        DOCX_TYPE,
        letter("個人番号届出書（記入例）", ["個人番号は四桁ずつ書きます。"], table),
        Plant(("123456789012",), SAMPLE, "published specimen that fails the check"),
    )
    empty = [["個人番号届出書"], ["氏名", ""], ["個人番号", ""], ["個人番号", "XXXX XXXX XXXX"]]
    desk.private("様式/個人番号届出書.xlsx", XLSX_TYPE, xlsx([Sheet("様式", empty)]))


def write(core: Core, sharing: Sharing) -> None:
    """Put the odd files into the core."""
    desk = Desk(core, sharing)
    for chapter in (_archives, _pictures, _names, _specimens):
        chapter(desk)
