"""The papers of a personnel office as text: tables, exports, notices, in any encoding."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from html import escape

from connectors._sample_tenant._company_keys import grouped
from connectors._sample_tenant._company_people import Employee
from connectors._sample_tenant._words import COMPANY

CSV_TYPE = "text/csv"
TEXT_TYPE = "text/plain"
HTML_TYPE = "text/html"
XML_TYPE = "application/xml"
JSON_TYPE = "application/json"
ZIP_TYPE = "application/zip"
PDF_TYPE = "application/pdf"
PNG_TYPE = "image/png"
MAIL_TYPE = "message/rfc822"
BINARY_TYPE = "application/octet-stream"


def delimited(
    rows: Iterable[Sequence[str | int]], encoding: str = "cp932", separator: str = ","
) -> bytes:
    """Rows as separated text with CRLF, as office programs export it."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def payroll_rows(people: Sequence[Employee], *, lost: bool = False) -> list[list[str | int]]:
    """A payroll export with its header; ``lost`` drops leading zeros as Excel does on saving."""
    rows: list[list[str | int]] = [
        ["社員番号", "氏名", "フリガナ", "生年月日", "所属", "個人番号", "基本給", "扶養人数"]
    ]
    rows += [
        [
            one.code,
            one.name,
            one.kana,
            f"{one.born:%Y/%m/%d}",
            one.department,
            one.number.lstrip("0") if lost else one.number,
            one.salary,
            one.born.day % 4,
        ]
        for one in people
    ]
    return rows


def tax_notice_rows(people: Sequence[Employee]) -> list[list[str | int]]:
    """The municipal tax notice (特別徴収税額通知) of eLTAX: no header, number in column 8."""
    return [
        [
            "2",
            "R08",
            f"{index:05d}",
            "131016",
            one.code,
            one.kana,
            one.name,
            one.number,
            one.address,
            one.salary * 12,
            one.salary // 20,
            one.salary // 240,
        ]
        for index, one in enumerate(people, 1)
    ]


def import_rows(people: Sequence[Employee]) -> list[list[str | int]]:
    """A headerless import file of a payroll program: name, dependant, relation, kana, number."""
    return [[one.name, "", "本人", one.kana, one.number] for one in people]


def parcel_rows(numbers: Sequence[str]) -> list[list[str | int]]:
    """A parcel list: date, tracking number, receiver, pieces."""
    rows: list[list[str | int]] = [["出荷日", "送り状番号", "お届け先", "個数"]]
    rows += [
        [f"2026/03/{1 + index % 28:02d}", number, f"第{1 + index % 12}倉庫", 1 + index % 5]
        for index, number in enumerate(numbers)
    ]
    return rows


def html_page(
    title: str,
    paragraphs: Sequence[str],
    table: Sequence[Sequence[str]] = (),
    *,
    charset: str = "utf-8",
) -> str:
    """A page with paragraphs and one table whose first row is its header."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table[0]) if table else ""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table[1:]
    )
    grid = f'<table border="1"><tr>{head}</tr>{rows}</table>' if table else ""
    text = "".join(f"<p>{escape(line)}</p>" for line in paragraphs)
    return (
        f'<html><head><meta charset="{charset}">'
        f"<title>{escape(title)}</title></head><body>{text}{grid}</body></html>"
    )


def employee_table(people: Sequence[Employee]) -> list[list[str]]:
    """Name, date of birth and number, with a header."""
    return [
        ["氏名", "生年月日", "個人番号"],
        *([one.name, f"{one.born:%Y年%m月%d日}", grouped(one.number)] for one in people),
    ]


def tax_data(people: Sequence[Employee], company_number: str, user_number: str) -> bytes:
    """Filing data as e-Tax programs save it (.xtx): one statement a payee."""
    statements = "".join(
        f'<HOA110 VR="1.0" page="{page}"><HAA00010><HAA00020>{escape(one.name)}</HAA00020>'
        f"<NOZEISHA_BANGO><gen:kojinbango>{one.number}</gen:kojinbango></NOZEISHA_BANGO>"
        f"<HAA00050>{one.salary * 12}</HAA00050></HAA00010></HOA110>"
        for page, one in enumerate(people, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<DATA id="DATA" xmlns="http://xml.e-tax.nta.go.jp/XSD/hotei"'
        ' xmlns:gen="http://xml.e-tax.nta.go.jp/XSD/general"><HOT010 VR="3.0" id="HOT010">'
        f'<IT VR="1.4"><NOZEISHA_ID ID="NOZEISHA_ID">{user_number}</NOZEISHA_ID>'
        f'<NOZEISHA_NM ID="NOZEISHA_NM">{COMPANY}</NOZEISHA_NM><NOZEISHA_BANGO>'
        f"<gen:hojinbango>{company_number}</gen:hojinbango></NOZEISHA_BANGO></IT>"
        f"<CONTENTS>{statements}</CONTENTS></HOT010></DATA>\n"
    ).encode()


def staff_export(people: Sequence[Employee]) -> bytes:
    """The export of a personnel service as JSON."""
    crews = [
        {
            "emp_code": one.code,
            "name": one.name,
            "name_kana": one.kana,
            "birth_at": f"{one.born:%Y-%m-%d}",
            "department": one.department,
            "address": {"full": one.address},
            "my_number": one.number,
            "custom_fields": [],
        }
        for one in people
    ]
    return json.dumps({"crews": crews}, ensure_ascii=False, indent=1).encode()


def memo(one: Employee, written: str) -> str:
    """A note of the personnel office on somebody who joined; ``written`` is the number as typed."""
    return (
        "入社手続メモ\r\n"
        "================\r\n"
        f"氏名　　　：{one.name}（{one.kana}）\r\n"
        f"所属　　　：{one.department}\r\n"
        f"住所　　　：{one.address}\r\n"
        f"個人番号　：{written}\r\n"
        "身元確認　：運転免許証の写しで確認済み\r\n"
        "備考　　　：雇用保険の資格取得届は今週中に提出すること。\r\n"
    )
