"""The hand-written mails of the personnel office: papers that its shared mailbox received."""

from __future__ import annotations

from connectors._sample_tenant._company_keys import (
    corporate,
    full_width,
    grouped,
)
from connectors._sample_tenant._company_people import (
    ACCOUNTS,
    HR,
    HR_JUNIOR,
    SALES,
    SHARED,
    employee,
    employees,
)
from connectors._sample_tenant._company_plan import (
    ENTRY,
    SAMPLE,
    YEAR_END,
    Core,
    Draft,
    Plant,
    attach,
    day,
    lookalike,
    nested,
)
from connectors._sample_tenant._company_sharing import PRIVATE
from connectors._sample_tenant._documents import (
    PDF_TYPE,
    PNG_TYPE,
    ZIP_TYPE,
    delimited,
    html_page,
    memo,
    payroll_rows,
)
from connectors._sample_tenant._documents_forms import (
    declaration,
    notification,
    roster_slide,
    slip,
)
from connectors._sample_tenant._documents_image import card, qr
from connectors._sample_tenant._documents_office import DOCX_TYPE, PPTX_TYPE
from connectors._sample_tenant._documents_sheet import MEDIA_TYPE as XLSX_TYPE
from connectors._sample_tenant._documents_zip import archive


def _year_end(core: Core) -> None:
    """A declaration for dependants that came in as a sheet."""
    seed = core.seed
    people = employees(seed, "declarations", 2)
    payer = corporate(seed, "payer")
    core.mail(
        SHARED,
        YEAR_END,
        PRIVATE,
        Draft(
            "扶養控除等申告書を提出します（田中）",
            "人事部 ご担当者様\r\n\r\nお疲れさまです。営業第一部の田中です。\r\n"
            "令和8年分の扶養控除等申告書を添付いたします。\r\nご確認をお願いいたします。\r\n",
            SALES,
            (SHARED,),
            attachments=(
                attach(
                    seed,
                    "扶養控除等申告書_田中.xlsx",
                    XLSX_TYPE,
                    declaration(people[0], people[1], payer),
                ),
            ),
            when=day(2025, 11, 18),
        ),
        Plant((people[0].number, people[1].number), note="xlsx, one digit a cell"),
        lookalike("corporate number, thirteen boxes", payer),
    )


def _year_end_replies(core: Core) -> None:
    """Numbers that people typed into a mail."""
    people = employees(core.seed, "declarations", 4, zeros=(3,))
    core.mail(
        SHARED,
        YEAR_END,
        PRIVATE,
        Draft(
            "【提出】マイナンバーのご連絡",
            "人事部 ご担当者様\r\n\r\n品質管理部の小林です。\r\n"
            "お問い合わせいただいた番号を下記のとおりお知らせします。\r\n\r\n"
            f"マイナンバー　{full_width(grouped(people[2].number, '　'))}\r\n\r\n"
            "よろしくお願いいたします。\r\n",
            f"kobayashi.megumi@{SHARED.partition('@')[2]}",
            (SHARED,),
            charset="iso-2022-jp",
            when=day(2025, 11, 20),
        ),
        Plant((people[2].number,), note="iso-2022-jp, full-width digits"),
    )
    core.mail(
        SHARED,
        YEAR_END,
        PRIVATE,
        Draft(
            "Re: 年末調整書類の不備について",
            "佐藤様\r\n\r\nご指摘ありがとうございます。\r\n記入漏れの番号は次のとおりです。\r\n\r\n"
            f"個人番号： {people[3].number[:4]} {people[3].number[4:8]}\r\n"
            f"{people[3].number[8:]}\r\n"
            "\r\nお手数をおかけしました。\r\n",
            ACCOUNTS,
            (SHARED,),
            (HR,),
            when=day(2025, 11, 25),
        ),
        Plant((people[3].number,), note="line break inside the number"),
    )


def _arrive(core: Core, subject: str, file: tuple[str, str, bytes], *plants: Plant) -> None:
    """A mail from a department head that brings one paper."""
    draft = Draft(
        subject,
        "人事部 御中\r\n\r\n入社手続の書類をお送りします。ご査収ください。\r\n",
        SALES,
        (SHARED,),
        attachments=(attach(core.seed, *file),),
        when=day(2026, 3, 24),
    )
    core.mail(SHARED, ENTRY, PRIVATE, draft, *plants)


def _entry_papers(core: Core) -> None:
    """Papers of people who joined, one format each."""
    people = employees(core.seed, "entry", 5)
    _arrive(
        core,
        "個人番号届出書の送付",
        ("個人番号届出書.docx", DOCX_TYPE, notification(people[0], people[1:3])),
        Plant(tuple(one.number for one in people[:3]), note="docx, table and page header"),
    )
    _arrive(
        core,
        "新入社員紹介スライド",
        ("新入社員紹介.pptx", PPTX_TYPE, roster_slide(people[3])),
        Plant((people[3].number,), note="pptx"),
    )
    _arrive(
        core,
        "前職の源泉徴収票",
        ("源泉徴収票_前職.pdf", PDF_TYPE, slip(people[4], "令和7年", broken=True)),
        Plant((people[4].number,), note="pdf, number over two lines"),
    )


def _entry_archive(core: Core) -> None:
    """A list of people who joined, packed under Windows, and a photographed card."""
    listed = employees(core.seed, "entry", 10)[5:]
    packed = archive(
        [
            ("入社者一覧/個人番号一覧.csv", delimited(payroll_rows(listed))),
            ("入社者一覧/はじめにお読みください.txt", "社外秘".encode("cp932")),
        ],
        encoding="cp932",
    )
    _arrive(
        core,
        "4月入社者の一覧（zip）",
        ("入社者一覧.zip", ZIP_TYPE, packed),
        Plant(tuple(one.number for one in listed), note="csv in a zip with cp932 names"),
    )
    _arrive(
        core,
        "通知カードの写し",
        ("通知カード.png", PNG_TYPE, card()),
    )


def _entry_card(core: Core) -> None:
    """The back of a card, pasted into a mail."""
    shown = employee(core.seed, "entry", 10).number
    body = html_page("カードの写し", ["カード裏面の写しを貼り付けます。"])
    core.mail(
        SHARED,
        ENTRY,
        PRIVATE,
        Draft(
            "マイナンバーカード裏面の写し",
            body.replace("</body>", '<img src="cid:image001.png" alt=""></body>'),
            SALES,
            (SHARED,),
            body_type="html",
            attachments=(attach(core.seed, "image001.png", PNG_TYPE, qr(shown), inline=True),),
        ),
        Plant((shown,), note="qr, inline picture"),
    )


def _entry_forwarded(core: Core) -> None:
    """A mail inside a mail."""
    one = employee(core.seed, "entry", 11)
    core.mail(
        SHARED,
        ENTRY,
        PRIVATE,
        Draft(
            "FW: 番号のご連絡",
            "転送します。中身は添付のメールを見てください。\r\n",
            HR_JUNIOR,
            (SHARED,),
            attachments=(
                nested(
                    core.seed,
                    "番号のご連絡.eml",
                    Draft(
                        "番号のご連絡",
                        memo(one, grouped(one.number)),
                        SALES,
                        (HR_JUNIOR,),
                        charset="iso-2022-jp",
                        when=day(2026, 3, 20),
                    ),
                    "forwarded",
                ),
            ),
        ),
        Plant((one.number,), note="mail in a mail"),
    )


def _entry_subject(core: Core) -> None:
    """A number in the subject, and a specimen."""
    shown = employee(core.seed, "entry", 12).number
    subject = f"個人番号 {grouped(shown)} のご連絡（田中）"
    core.mail(
        SHARED,
        ENTRY,
        PRIVATE,
        Draft(subject, "件名のとおりです。よろしくお願いします。\r\n", SALES, (SHARED,)),
        Plant((shown,), note="number in the subject"),
    )
    core.mail(
        SHARED,
        ENTRY,
        PRIVATE,
        Draft(
            "届出書の記入例",
            "届出書の記入例です。個人番号の欄は次のように四桁ずつ書いてください。\r\n"
            "　個人番号　1234 5678 9018\r\n　（番号は実在しません）\r\n",
            HR,
            (SHARED,),
        ),
        Plant(("123456789018",), SAMPLE, "published specimen"),
    )


def write(core: Core) -> None:
    """Put what the personnel office received into the core."""
    for chapter in (
        _year_end,
        _year_end_replies,
        _entry_papers,
        _entry_archive,
        _entry_card,
        _entry_forwarded,
        _entry_subject,
    ):
        chapter(core)
