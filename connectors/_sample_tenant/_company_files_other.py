"""The hand-written files of the other sites: sharing of every kind, look-alikes."""

from __future__ import annotations

from connectors._sample_tenant._company_keys import corporate, courier, grouped, individual, licence
from connectors._sample_tenant._company_people import (
    ACCOUNTS,
    AFFAIRS,
    DESIGNER,
    HR,
    IT,
    SALES,
    employee,
    employees,
)
from connectors._sample_tenant._company_plan import Core, Plant, day, lookalike
from connectors._sample_tenant._company_sharing import (
    EXTERNAL,
    FUTURE,
    INTERNAL,
    PRIVATE,
    PUBLIC,
    Sharing,
)
from connectors._sample_tenant._documents import (
    CSV_TYPE,
    HTML_TYPE,
    PDF_TYPE,
    TEXT_TYPE,
    XML_TYPE,
    delimited,
    html_page,
    memo,
    parcel_rows,
    payroll_rows,
    tax_data,
)
from connectors._sample_tenant._documents_forms import letter, payment_record, plain_pdf
from connectors._sample_tenant._documents_office import DOCX_TYPE
from connectors._sample_tenant._documents_sheet import MEDIA_TYPE as XLSX_TYPE
from connectors._sample_tenant._documents_sheet import Sheet, xlsx
from connectors._sample_tenant._words import PARTNERS

ACCOUNTING = ("経理部", "ドキュメント")
PORTAL = ("全社ポータル", "ドキュメント")
PROJECT = ("プロジェクトX", "ドキュメント")
BOARD = ("役員会", "ドキュメント")


def _accounting(core: Core, sharing: Sharing) -> None:
    """Filing data and a payment record."""
    seed = core.seed
    payees = employees(seed, "payees", 6)
    payer = corporate(seed, "payer")
    few = (sharing.direct(ACCOUNTS, "owner"),)
    core.file(
        ACCOUNTING,
        "法定調書/令和7年分_法定調書.xtx",
        XML_TYPE,
        tax_data(payees, payer, f"{int(individual(seed, 'e-tax')) * 7919 % 10**16:016d}"),
        few,
        PRIVATE,
        Plant(tuple(one.number for one in payees), note="e-Tax data, gen:kojinbango"),
        lookalike("corporate number in e-Tax data", payer),
        author=ACCOUNTS,
    )
    lecturer = employee(seed, "lecturer", 0)
    core.file(
        ACCOUNTING,
        "支払調書/支払調書_講師.pdf",
        PDF_TYPE,
        payment_record(lecturer),
        (*few, sharing.direct(HR, "read")),
        PRIVATE,
        Plant((lecturer.number,), note="direct grant to a named member"),
        author=ACCOUNTS,
        when=day(2019, 1, 21),
    )


def _trade(core: Core, sharing: Sharing) -> None:
    """Corporate and parcel numbers in long columns."""
    seed, groups = core.seed, sharing.site_groups("経理部")
    firms = [corporate(seed, "firms", index, passing=index % 2 == 0) for index in range(60)]
    rows = [["法人番号", "取引先名", "登録番号"]]
    rows += [[firm, PARTNERS[n % 6][0], f"T{firm}"] for n, firm in enumerate(firms)]
    core.file(
        ACCOUNTING,
        "取引先/取引先マスタ.xlsx",
        XLSX_TYPE,
        xlsx([Sheet("取引先", rows)]),
        groups,
        INTERNAL,
        lookalike("corporate numbers", *firms),
        author=ACCOUNTS,
    )
    parcels = [courier(seed, "accounting", index, passing=index % 10 == 0) for index in range(200)]
    bare: list[list[str | int]] = [
        [f"2026/03/{1 + n % 28:02d}", number, 1 + n % 4] for n, number in enumerate(parcels)
    ]
    core.file(
        ACCOUNTING,
        "運賃/出荷実績_202603.csv",
        CSV_TYPE,
        delimited(bare),
        groups,
        INTERNAL,
        lookalike("200 parcel numbers without a header", *parcels),
        author=ACCOUNTS,
    )
    core.file(
        ACCOUNTING,
        "運賃/送り状一覧_202602.csv",
        CSV_TYPE,
        delimited(parcel_rows(parcels[:50])),
        groups,
        INTERNAL,
        lookalike("parcel numbers under their header", *parcels[:50]),
        author=ACCOUNTS,
    )


def _portal(core: Core, sharing: Sharing) -> None:
    """A list behind an anonymous link."""
    seed, groups = core.seed, sharing.site_groups("全社ポータル")
    entrants = employees(seed, "entrants", 5)
    core.file(
        PORTAL,
        "2026年度/内定者アンケート.csv",
        CSV_TYPE,
        delimited(payroll_rows(entrants), "utf-8-sig"),
        (*groups, sharing.link("anonymous", "survey", expires=FUTURE, password=True)),
        PUBLIC,
        Plant(
            tuple(one.number for one in entrants),
            note="anonymous link with an end and a password",
        ),
        author=AFFAIRS,
    )


def _housing(core: Core, sharing: Sharing) -> None:
    """Rules without a number, and an application with one, open to the whole company."""
    seed, groups = core.seed, sharing.site_groups("全社ポータル")
    everyone = (*groups, sharing.link("organization", "portal"))
    text = [
        "当社は、従業員等のマイナンバー（個人番号）および特定個人情報を適切に取り扱います。",
        "マイナンバーは、法令で定められた事務以外の目的で利用しません。",
        "ご不明な点は総務部までお問い合わせください。",
    ]
    core.file(
        PORTAL,
        "規程/特定個人情報取扱規程.docx",
        DOCX_TYPE,
        letter("特定個人情報の適正な取扱いに関する基本方針", text),
        everyone,
        INTERNAL,
        author=AFFAIRS,
    )
    core.file(
        PORTAL,
        "index.html",
        HTML_TYPE,
        html_page("全社ポータル", ["社員のみなさまへのお知らせを掲載しています。"]).encode(),
        everyone,
        INTERNAL,
        author=IT,
    )
    one = employee(seed, "example", 1)
    core.file(
        PORTAL,
        "申請書/住宅手当申請書_提出済.docx",
        DOCX_TYPE,
        letter(
            "住宅手当申請書",
            ["下記のとおり申請します。"],
            [["氏名", "マイナンバー"], [one.name, grouped(one.number)]],
        ),
        (*groups, sharing.link("organization", "housing", kind="edit")),
        INTERNAL,
        Plant((one.number,), note="organisation link, edit"),
        author=SALES,
    )


def _project(core: Core, sharing: Sharing) -> None:
    """Papers that a guest, or somebody outside, can open."""
    seed, groups = core.seed, sharing.site_groups("プロジェクトX")
    people = employees(seed, "project", 2)
    core.file(
        PROJECT,
        "体制/メンバー登録票.txt",
        TEXT_TYPE,
        memo(people[0], grouped(people[0].number, ".")).encode(),
        (*groups, sharing.direct(DESIGNER, "write")),
        EXTERNAL,
        Plant((people[0].number,), note="guest with direct access, dots between groups"),
        author=SALES,
    )
    core.file(
        PROJECT,
        "体制/入館申請.txt",
        TEXT_TYPE,
        memo(people[1], people[1].number).encode("cp932"),
        (*groups, sharing.link("users", "gate", people=("guard@minato-print.example", SALES))),
        EXTERNAL,
        Plant((people[1].number,), note="link to named people, one outside"),
        author=SALES,
    )


def _copies(core: Core, sharing: Sharing) -> None:
    """Copies of identity papers."""
    seed, groups = core.seed, sharing.site_groups("プロジェクトX")
    shown = employee(seed, "project", 2).number
    driver = licence(seed, "copy")
    core.file(
        PROJECT,
        "体制/本人確認書類台紙.docx",
        DOCX_TYPE,
        letter("本人確認書類台紙", [f"運転免許証 {driver}", "", f"マイナンバー {grouped(shown)}"]),
        (sharing.direct(SALES, "owner"),),
        PRIVATE,
        Plant((shown,), note="beside a licence number"),
        lookalike("licence beside a number", driver),
        author=SALES,
    )
    core.file(
        PROJECT,
        "体制/運転免許証の写し.docx",
        DOCX_TYPE,
        letter(
            "運転免許証（写し）",
            [f"免許証番号　第{licence(seed, 'copy', 2)}号", "東京都公安委員会"],
        ),
        groups,
        INTERNAL,
        lookalike("licence copy", licence(seed, "copy", 2)),
        author=SALES,
    )


def _board(core: Core, sharing: Sharing) -> None:
    """The site that is locked."""
    secret = employee(core.seed, "board", 0)
    core.file(
        BOARD,
        "役員/役員報酬.pdf",
        PDF_TYPE,
        plain_pdf("役員報酬の支給について", 5, pages=1),
        sharing.site_groups("役員会"),
        INTERNAL,
        author=HR,
    )
    core.file(
        BOARD,
        "役員/役員_個人番号.txt",
        TEXT_TYPE,
        memo(secret, secret.number).encode("cp932"),
        sharing.site_groups("役員会"),
        INTERNAL,
        lookalike("locked site: cannot be read", secret.number),
        author=HR,
    )


def write(core: Core, sharing: Sharing) -> None:
    """Put the files of the other sites into the core."""
    for chapter in (_accounting, _trade, _portal, _housing, _project, _copies, _board):
        chapter(core, sharing)
