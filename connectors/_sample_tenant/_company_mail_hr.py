"""The hand-written mails of the personnel manager: sent, deleted, drafted, hidden."""

from __future__ import annotations

from connectors._sample_tenant._company_keys import (
    grouped,
    individual,
    licence,
)
from connectors._sample_tenant._company_people import (
    ACCOUNTS,
    HR,
    HR_JUNIOR,
    RETIRED,
    SALES,
    employee,
    employees,
)
from connectors._sample_tenant._company_plan import (
    DELETED,
    DRAFTS,
    HIDDEN,
    INBOX,
    SENT,
    Core,
    Draft,
    Plant,
    attach,
    day,
    lookalike,
)
from connectors._sample_tenant._company_sharing import EXTERNAL, PRIVATE
from connectors._sample_tenant._documents import (
    CSV_TYPE,
    PDF_TYPE,
    delimited,
    employee_table,
    html_page,
    memo,
    payroll_rows,
)
from connectors._sample_tenant._documents_forms import (
    payment_record,
)
from connectors._sample_tenant._documents_sheet import MEDIA_TYPE as XLSX_TYPE
from connectors._sample_tenant._words import COMPANY, LABOUR_OFFICE, SHAREPOINT, TAX_OFFICE

SIGNATURE = f"\r\n--\r\n{COMPANY} 人事部\r\n佐藤 陽子\r\nTEL 03-5550-0123（内線 2104）\r\n"


def _payroll(core: Core) -> None:
    """Payroll data for a colleague, and the same kind for the tax accountant outside."""
    seed = core.seed
    payroll = employees(seed, "payroll", 60, zeros=(7, 31))
    lost = employees(seed, "payroll-lost", 12, zeros=range(12))
    core.mail(
        HR,
        SENT,
        PRIVATE,
        Draft(
            "3月分給与データ",
            f"鈴木さん\r\n\r\n3月分の給与データを添付します。\r\n{SIGNATURE}",
            HR,
            (ACCOUNTS,),
            attachments=(
                attach(seed, "給与データ_202603.csv", CSV_TYPE, delimited(payroll_rows(payroll))),
            ),
            when=day(2026, 3, 16),
        ),
        Plant(tuple(one.number for one in payroll), note="csv in cp932"),
    )
    core.mail(
        HR,
        SENT,
        EXTERNAL,
        Draft(
            "給与支払報告書のデータについて",
            "みどり税理士事務所 御中\r\n\r\n"
            f"Excelで保存し直したデータをお送りします。\r\n{SIGNATURE}",
            HR,
            (TAX_OFFICE,),
            charset="iso-2022-jp",
            attachments=(
                attach(seed, "報告書.csv", CSV_TYPE, delimited(payroll_rows(lost, lost=True))),
            ),
            when=day(2026, 1, 15),
        ),
        Plant(tuple(one.number for one in lost), note="leading zeros lost"),
    )


def _outside(core: Core) -> None:
    """A table for the labour consultant, and a payee's copy that must not carry its number."""
    few = employees(core.seed, "sent", 4)
    core.mail(
        HR,
        SENT,
        EXTERNAL,
        Draft(
            "雇用保険 資格取得届の件",
            html_page(
                "資格取得届",
                ["谷先生", "4月入社の方の資格取得届をお願いいたします。番号は次の表のとおりです。"],
                employee_table(few[:3]),
            ),
            HR,
            (LABOUR_OFFICE,),
            (HR_JUNIOR,),
            body_type="html",
            when=day(2026, 4, 1),
        ),
        Plant(tuple(one.number for one in few[:3]), note="table in an html mail"),
    )
    core.mail(
        HR,
        SENT,
        EXTERNAL,
        Draft(
            "令和7年分 支払調書の送付",
            f"講師 {few[3].name} 様\r\n\r\n支払調書をお送りいたします。\r\n{SIGNATURE}",
            HR,
            ("koushi@himawari-foods.example",),
            bcc=(ACCOUNTS,),
            attachments=(attach(core.seed, "支払調書.pdf", PDF_TYPE, payment_record(few[3])),),
            when=day(2026, 1, 28),
        ),
        Plant((few[3].number,), note="payee's copy of a payment record"),
    )


def _linked(core: Core) -> None:
    """A mail that only points to a file."""
    core.mail(
        HR,
        SENT,
        PRIVATE,
        Draft(
            "申告書の保存場所",
            html_page("保存場所", ["申告書は人事部サイトに置きました。リンクからご覧ください。"]),
            HR,
            (HR_JUNIOR,),
            body_type="html",
            attachments=(
                attach(
                    core.seed,
                    "マイナンバー管理台帳.xlsx",
                    XLSX_TYPE,
                    b"",
                    kind="reference",
                    url=f"https://{SHAREPOINT}/sites/hr/Shared%20Documents/ledger.xlsx",
                ),
            ),
        ),
    )


def _kept(core: Core) -> None:
    """What lies in deleted items, drafts and a hidden folder."""
    few = employees(core.seed, "kept", 2)
    plain = individual(core.seed, "kept-draft")
    core.mail(
        HR,
        DELETED,
        PRIVATE,
        Draft("メモ", memo(few[0], few[0].number), HR, (HR,), when=day(2018, 12, 3)),
        Plant((few[0].number,), note="deleted items, of 2018"),
    )
    core.mail(
        HR,
        DRAFTS,
        PRIVATE,
        Draft(
            "（下書き）番号の確認",
            f"個人番号: {grouped(plain, 'ー')} で合っていますか。\r\n",
            HR,
            when=day(2026, 3, 30),
        ),
        Plant((plain,), note="draft without recipients, long vowel marks between groups"),
    )
    core.mail(
        HR,
        HIDDEN,
        PRIVATE,
        Draft(
            "チャット：高橋 美咲",
            html_page("", ["高橋：番号わかりますか？", f"佐藤：マイナンバーは{few[1].number}です"]),
            HR,
            (HR_JUNIOR,),
            body_type="html",
        ),
        Plant((few[1].number,), note="hidden folder"),
    )


def _left(core: Core) -> None:
    """The mailbox of somebody who left, and a licence that is no number."""
    one = employee(core.seed, "kept", 2, zero=True)
    driving = licence(core.seed, "mail-licence")
    core.mail(
        RETIRED,
        INBOX,
        PRIVATE,
        Draft(
            "退職所得の受給に関する申告書について",
            f"中村様\r\n\r\n申告書に次の番号を記入してください。\r\n個人番号 {one.number}\r\n",
            HR,
            (RETIRED,),
            when=day(2016, 3, 10),
        ),
        Plant((one.number,), note="mailbox of somebody who left, of 2016"),
    )
    core.mail(
        HR,
        INBOX,
        PRIVATE,
        Draft(
            "運転免許証の更新について",
            f"人事部 佐藤様\r\n\r\n更新後の免許証番号は第{driving}号です。\r\n"
            "業務で社用車を使うため、台帳の更新をお願いします。\r\n",
            SALES,
            (HR,),
        ),
        lookalike("driving licence", driving),
    )


def write(core: Core) -> None:
    """Put the mails of the personnel manager into the core."""
    for chapter in (_payroll, _outside, _linked, _kept, _left):
        chapter(core)
