"""What the company keeps in Dynamics 365: customers, cases, a table of its own, notes, mails."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from connectors._sample_tenant import _company_dataverse_people as _people
from connectors._sample_tenant._company_dataverse_desk import Desk, Draft, found
from connectors._sample_tenant._company_keys import (
    corporate,
    courier,
    draw,
    full_width,
    grouped,
    guid,
)
from connectors._sample_tenant._company_people import HR, SALES, employees
from connectors._sample_tenant._company_plan import HIGH, Core, Plant, lookalike
from connectors._sample_tenant._company_sharing import INTERNAL, PRIVATE
from connectors._sample_tenant._documents import CSV_TYPE, PNG_TYPE, TEXT_TYPE, delimited
from connectors._sample_tenant._documents_image import qr
from connectors._sample_tenant._model import User
from connectors._sample_tenant._model_dataverse import Column, Environment, Stored

EMPLOYEE = "cr1_employee"


def _customers(desk: Desk) -> None:
    """Customers with corporate numbers; one description holds a person's number."""
    written = desk.number("account")
    drafts = [
        Draft(
            {
                "name": f"株式会社見本商店{chr(65 + at)}",
                "accountnumber": corporate(desk.seed, f"dataverse {at}", passing=at < 2),
                "description": "<p>年一回の取引。</p>" if at == 0 else "年一回の取引。",
            },
            [
                lookalike(
                    "corporate number", corporate(desk.seed, f"dataverse {at}", passing=at < 2)
                )
            ],
        )
        for at in range(5)
    ]
    drafts.append(
        Draft(
            {"name": "見本 太郎（個人事業主）", "description": f"支払調書用 個人番号 {written}"},
            found(written, "description of a customer"),
        )
    )
    columns = (
        Column("name", "取引先企業名"),
        Column("accountnumber", "法人番号"),
        Column("description", "説明", "Memo"),
        Column("revenue", "年間売上高", "Money"),
    )
    desk.table("account", "accounts", "取引先企業", columns, drafts, SALES, INTERNAL,
               schema="Account", tracked=True)  # fmt: skip


def _cases(desk: Desk) -> None:
    """Cases with parcel numbers; one was told a number in full-width digits."""
    told = desk.number("case")
    parcels = [courier(desk.seed, f"dataverse {at}", passing=at < 2) for at in range(6)]
    drafts = [
        Draft(
            {"title": f"配送の問い合わせ {chr(65 + at)}", "cr1_parcel": number},
            [lookalike("courier number of a case", number)],
        )
        for at, number in enumerate(parcels)
    ]
    text = f"電話でマイナンバー{full_width(grouped(told))}をお伝えいただいた。"
    drafts.append(Draft({"title": "書類の不備", "description": text}, found(told, "of a case")))
    columns = (
        Column("title", "サポート案件のタイトル"),
        Column("cr1_parcel", "送り状番号"),
        Column("description", "説明", "Memo"),
    )
    desk.table("incident", "incidents", "サポート案件", columns, drafts, SALES, PRIVATE,
               schema="Incident")  # fmt: skip


def _staff(desk: Desk) -> None:
    """A table of the company's own, with every kind of column that can hold a number."""
    staff = employees(desk.seed, "dataverse", 18)
    paper, picture = desk.number("paper"), desk.number("picture")
    drafts = []
    for at, one in enumerate(staff):
        values: dict[str, Any] = {
            "cr1_name": one.name,
            "cr1_code": one.code,
            "cr1_mynumber": one.number,
        }
        numbers, files, formatted = [one.number], {}, {}
        if at % 6 == 1:
            spouse = desk.number(f"spouse {at}")
            values["cr1_spouse"] = int(spouse)
            formatted["cr1_spouse"] = f"{int(spouse):,}"
            numbers.append(spouse)
        if at == 3:
            text = f"氏名 {one.name}\r\n個人番号 {paper}\r\n".encode()
            files["cr1_document"] = Stored("扶養控除等申告書.txt", TEXT_TYPE, partial(bytes, text))
            values["cr1_document_name"] = "扶養控除等申告書.txt"
            numbers.append(paper)
        if at == 5:
            files["cr1_photo"] = Stored("card.png", PNG_TYPE, partial(qr, picture))
            values["cr1_photoid"] = guid(draw(desk.seed, "picture", at))
            numbers.append(picture)
        if at == 7:
            reserve = desk.number("reserve")
            values["cr1_reserve"] = f"旧姓のときの個人番号 {reserve}"
            numbers.append(reserve)
        plants = [Plant((number,), HIGH, "row of a table") for number in numbers]
        drafts.append(Draft(values, plants, files, formatted))
    columns: tuple[Column, ...] = (
        Column("cr1_name", "氏名"),
        Column("cr1_code", "社員番号"),
        Column("cr1_mynumber", "マイナンバー"),
        Column("cr1_spouse", "配偶者の個人番号", "BigInt"),
        Column("cr1_document", "提出書類", "File"),
        Column("cr1_document_name", "", of="cr1_document"),
        Column("cr1_photo", "本人確認書類", "Image"),
        Column("cr1_photoid", "", "Uniqueidentifier", of="cr1_photo"),
        Column("cr1_photo_timestamp", "", "BigInt", of="cr1_photo"),
        Column("cr1_photo_url", "", of="cr1_photo"),
        Column("cr1_reserve", "備考（人事限り）", "Memo", secured=True),
        Column("cr1_former", "旧番号", secured=True, hidden=True),
    )
    desk.table(EMPLOYEE, "cr1_employees", "従業員", columns, drafts, HR, PRIVATE, tracked=True)
    plain = employees(desk.seed, "plain dataverse", 40)
    rows = [
        Draft({"cr1_title": f"受付 {at}", "cr1_value": one.number}, found(one.number, "column"))
        for at, one in enumerate(plain, 1)
    ]
    columns = (Column("cr1_title", "件名"), Column("cr1_value", "番号"))
    desk.table("cr1_entry", "cr1_entries", "受付簿", columns, rows, HR, PRIVATE)


def _notes(desk: Desk) -> None:
    """Notes: written as markup, with a file, and with neither."""
    written = desk.number("note")
    people = employees(desk.seed, "dataverse note", 4)
    lines = [["氏名", "個人番号"], *([one.name, one.number] for one in people)]
    sheet = Stored("名簿.csv", CSV_TYPE, partial(bytes, delimited(lines)))
    drafts = [
        Draft({"subject": "打ち合わせ", "notetext": "来週の予定を確認した。", "isdocument": False}),
        Draft(
            {
                "subject": "確認",
                "notetext": f"<div><p>本人の<b>個人番号</b>：{written}</p></div>",
                "isdocument": False,
            },
            found(written, "text of a note"),
        ),
        Draft(
            {
                "subject": "添付",
                "isdocument": True,
                "filename": sheet.name,
                "mimetype": sheet.media_type,
                "filesize": len(sheet.data()),
            },
            [Plant((one.number,), HIGH, "file of a note") for one in people],
            {"documentbody": sheet},
        ),
    ]
    columns = (
        Column("subject", "タイトル"),
        Column("notetext", "説明", "Memo"),
        Column("isdocument", "ドキュメント", "Boolean"),
        Column("filename", "ファイル名"),
        Column("mimetype", "MIME の種類"),
        Column("filesize", "ファイル サイズ", "Integer"),
        Column("documentbody", "ドキュメント"),
    )
    desk.table("annotation", "annotations", "メモ", columns, drafts, SALES, INTERNAL,
               schema="Note", tracked=True)  # fmt: skip


def _mails(desk: Desk) -> None:
    """Mails of the timeline, their attachments, and a post."""
    body, inside, posted = (desk.number(key) for key in ("mail", "attachment", "post"))
    html = f"<html><body><p>お世話になっております。</p><p>マイナンバー {body}</p></body></html>"
    columns: tuple[Column, ...] = (Column("subject", "件名"), Column("description", "説明", "Memo"))
    desk.table(
        "email", "emails", "電子メール", columns,
        [
            Draft({"subject": "お見積り", "description": "<p>お見積りをお送りします。</p>"}),
            Draft({"subject": "提出書類", "description": html}, found(body, "body of a mail")),
        ],
        SALES, INTERNAL, key="activityid", schema="Activity",
    )  # fmt: skip
    text = f"氏名 見本 次郎\r\n個人番号 {inside}\r\n".encode("cp932")
    paper = Stored("提出書類.txt", TEXT_TYPE, partial(bytes, text))
    values = {"filename": paper.name, "mimetype": paper.media_type, "filesize": len(text)}
    columns = (
        Column("filename", "ファイル名"),
        Column("mimetype", "MIME の種類"),
        Column("filesize", "ファイル サイズ", "Integer"),
        Column("body", "本文"),
    )
    draft = Draft(values, found(inside, "attachment of a mail"), {"body": paper})
    desk.table("activitymimeattachment", "activitymimeattachments", "添付ファイル", columns,
               [draft], SALES, INTERNAL, schema="Activity")  # fmt: skip
    desk.table(
        "post", "posts", "投稿", (Column("text", "テキスト", "Memo"),),
        [Draft({"text": f"担当者の個人番号は {posted} です。"}, found(posted, "post"))],
        SALES, INTERNAL, schema="Post",
    )  # fmt: skip


def _elsewhere(desk: Desk) -> None:
    """A table that the role does not read, one whose rows lie elsewhere, one seen twice."""
    name = (Column("cr1_name", "名前"),)
    desk.table("cr1_board", "cr1_boards", "役員", name, (), HR, PRIVATE, denied=True)
    desk.table("cr1_ledger", "cr1_ledgers", "外部台帳", name, (), HR, PRIVATE, kind="Virtual")
    desk.table("activitypointer", "activitypointers", "活動",
               (Column("subject", "件名"),), (), SALES, INTERNAL, key="activityid")  # fmt: skip


def write(core: Core, users: Sequence[User]) -> None:
    """Everything of this chapter."""
    desk = Desk(core, users)
    for chapter in (_customers, _cases, _staff, _notes, _mails, _elsewhere):
        chapter(desk)
    tables = (*desk.tables, *_people.tables(users, desk.tables))
    core.dataverse = Environment(tables, _people.app_user())
