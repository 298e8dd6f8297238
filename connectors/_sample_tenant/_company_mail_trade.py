"""The hand-written mails of sales and accounts: parcels, orders, invoices, a chat."""

from __future__ import annotations

from connectors._sample_tenant._company_keys import (
    corporate,
    courier,
    full_width,
    grouped,
    individual,
    order,
    telephone,
)
from connectors._sample_tenant._company_people import (
    ACCOUNTS,
    HR_JUNIOR,
    SALES,
    employee,
)
from connectors._sample_tenant._company_plan import (
    INBOX,
    LOW,
    SENT,
    Core,
    Draft,
    Plant,
    attach,
    lookalike,
)
from connectors._sample_tenant._company_sharing import EXTERNAL, PRIVATE
from connectors._sample_tenant._documents import CSV_TYPE, delimited, html_page, parcel_rows
from connectors._sample_tenant._words import PARTNERS


def _wrong(number: str) -> str:
    """The same eleven digits with a check digit that does not fit."""
    return number[:11] + str((int(number[11]) + 1) % 10)


def _received(core: Core) -> None:
    """Parcels, an order and a telephone number for the salesman."""
    seed = core.seed
    parcels = [courier(seed, "mail", index) for index in range(3)]
    bought, called = order(seed, "mail"), telephone(seed, "mail")
    core.mail(
        SALES,
        INBOX,
        PRIVATE,
        Draft(
            "【青空運輸】お荷物発送のお知らせ",
            "サンプル商事 田中様\r\n\r\nお荷物を発送いたしました。\r\n"
            + "".join(f"送り状番号　{grouped(number, '-')}\r\n" for number in parcels)
            + "お届け予定日　3月5日　午前中\r\n",
            f"info@{PARTNERS[0][1]}",
            (SALES,),
            charset="iso-2022-jp",
        ),
        lookalike("parcel numbers", *parcels),
    )
    core.mail(
        SALES,
        INBOX,
        PRIVATE,
        Draft(
            "ご注文ありがとうございます",
            html_page(
                "ご注文",
                ["ご注文を承りました。"],
                [["注文番号", "品名", "金額"], [bought, "ギフトセット", "32,400円"]],
            ),
            f"order@{PARTNERS[1][1]}",
            (SALES,),
            body_type="html",
        ),
        lookalike("order number", bought),
    )
    core.mail(
        SALES,
        INBOX,
        PRIVATE,
        Draft(
            "携帯番号変更のご連絡",
            f"いつもお世話になっております。番号が変わりました。\r\nTEL: {called}\r\n"
            f"海外からは +{called[:2]} {called[2:4]} {called[4:8]} {called[8:]} です。\r\n",
            f"sales@{PARTNERS[5][1]}",
            (SALES,),
        ),
        lookalike("telephone number", called),
    )


def _chat(core: Core) -> None:
    """A bare number, and one with a slip of the finger."""
    shown, wrong = individual(core.seed, "chat"), _wrong(individual(core.seed, "typo"))
    core.mail(
        SALES,
        SENT,
        PRIVATE,
        Draft("Re: これお願いします", f"これお願いします\r\n{shown}\r\n", SALES, (ACCOUNTS,)),
        Plant((shown,), LOW, "bare number without a label"),
    )
    core.mail(
        SALES,
        SENT,
        PRIVATE,
        Draft(
            "番号の件",
            f"お疲れさまです。遅くなりました。\r\n個人番号 {grouped(wrong)} です。\r\n",
            SALES,
            (HR_JUNIOR,),
        ),
        Plant((wrong,), LOW, "typo: the check digit does not fit"),
    )


def _donation(core: Core) -> None:
    """A number sent to an authority outside."""
    mine = employee(core.seed, "sales", 0)
    core.mail(
        SALES,
        SENT,
        EXTERNAL,
        Draft(
            "Re: ふるさと納税のワンストップ特例について",
            f"申請書の控えです。\r\n氏名 {mine.name}\r\n生年月日 {mine.born:%Y年%m月%d日}\r\n"
            f"個人番号 {full_width(mine.number)}\r\n",
            SALES,
            ("furusato@minato-city.example",),
        ),
        Plant((mine.number,), note="external recipient, full-width digits"),
    )


def _invoices(core: Core) -> None:
    """Corporate numbers, an amount with commas, a card number."""
    seed = core.seed
    firm, holder = corporate(seed, "invoice"), corporate(seed, "registered")
    amount = courier(seed, "amount")
    shown = f"{int(amount):,}"
    core.mail(
        ACCOUNTS,
        INBOX,
        PRIVATE,
        Draft(
            "請求書発行のご案内（登録番号の追記）",
            f"適格請求書発行事業者の登録番号は T{firm} です。\r\n"
            f"法人番号 {holder}\r\n会社法人等番号 {holder[1:5]}-{holder[5:7]}-{holder[7:]}\r\n"
            "請求書番号 INV-2026-0312\r\n",
            f"seikyu@{PARTNERS[3][1]}",
            (ACCOUNTS,),
        ),
        lookalike("corporate numbers", firm, holder),
    )
    core.mail(
        ACCOUNTS,
        INBOX,
        PRIVATE,
        Draft(
            "決算説明資料（抜粋）",
            f"グループ連結の取扱高は {shown}円となりました。\r\n"
            "法人カード 4111 1111 1111 1111 のご利用分は別紙のとおりです。\r\n",
            f"info@{PARTNERS[2][1]}",
            (ACCOUNTS,),
        ),
        lookalike("amount with commas, card number", amount, "411111111111"),
    )


def _freight(core: Core) -> None:
    """A column of parcel numbers, below a sentence about My Number."""
    seed = core.seed
    parcels = [courier(seed, "monthly", index, passing=index % 9 == 0) for index in range(40)]
    core.mail(
        ACCOUNTS,
        INBOX,
        PRIVATE,
        Draft(
            "3月度運賃明細",
            "マイナンバーのご提出については別途ご案内しております。\r\n運賃明細を添付します。\r\n",
            f"unchin@{PARTNERS[0][1]}",
            (ACCOUNTS,),
            attachments=(attach(seed, "運賃明細.csv", CSV_TYPE, delimited(parcel_rows(parcels))),),
        ),
        lookalike("column of parcel numbers", *parcels),
    )


def write(core: Core) -> None:
    """Put the mails of sales and accounts into the core."""
    for chapter in (_received, _chat, _donation, _invoices, _freight):
        chapter(core)
