"""The forms of a personnel office as office files: declarations, ledgers, slips, slides."""

from __future__ import annotations

from collections.abc import Sequence

from connectors._sample_tenant._company_keys import grouped
from connectors._sample_tenant._company_people import Employee
from connectors._sample_tenant._documents import employee_table, payroll_rows
from connectors._sample_tenant._documents_office import Block, Slide, docx, pptx
from connectors._sample_tenant._documents_pdf import LINES, pdf
from connectors._sample_tenant._documents_sheet import Sheet, column_name, xlsx
from connectors._sample_tenant._words import COMPANY, DOMAIN, SENTENCES

_BOXES = 6
"""The column in which the boxes for digits begin."""
Row = list[str | int]


def _boxes(label: str, digits: str) -> Row:
    return [label, *[""] * (_BOXES - 1), *digits]


def declaration(one: Employee, spouse: Employee, company_number: str) -> bytes:
    """The declaration for dependants (扶養控除等申告書) as a sheet with one digit a cell."""
    last = column_name(_BOXES + 12)
    rows: list[Row] = [
        ["令和8年分　給与所得者の扶養控除等（異動）申告書"],
        ["所轄税務署長等", "", "麹町税務署長"],
        ["給与の支払者の名称（氏名）", "", COMPANY],
        _boxes("給与の支払者の法人（個人）番号", company_number),
        [""],
        ["（フリガナ）", "", one.kana],
        ["あなたの氏名", "", one.name],
        _boxes("あなたの個人番号", one.number),
        ["あなたの生年月日", "", f"{one.born:%Y年%m月%d日}"],
        ["あなたの住所又は居所", "", one.address],
        [""],
        ["Ａ　源泉控除対象配偶者"],
        ["氏名", "", spouse.name],
        _boxes("個人番号", spouse.number),
        ["続柄", "", "配偶者"],
        ["令和8年中の所得の見積額", "", 480_000, "円"],
        ["Ｂ　控除対象扶養親族（16歳以上）"],
        ["Ｃ　障害者、寡婦、ひとり親又は勤労学生"],
    ]
    merged = (f"A1:{last}1", "A4:F4", "A8:F8", "A14:F14")
    return xlsx(
        [Sheet("申告書", rows, merged=merged), Sheet("記載要領", [["裏面をご覧ください。"]])]
    )


def payroll_book(people: Sequence[Employee]) -> bytes:
    """A payroll workbook with numbers in numeric cells that a format pads to twelve digits."""
    rows: list[Row] = [
        ["2026年4月支給分　給与一覧"],
        [""],
        ["社員番号", "氏名", "所属", "マイナンバー", "基本給", "通勤手当", "差引支給額"],
    ]
    rows += [
        [
            one.code,
            one.name,
            one.department,
            int(one.number),
            one.salary,
            12_600,
            one.salary - 9_000,
        ]
        for one in people
    ]
    rows.append(["合計", "", "", "", sum(one.salary for one in people)])
    return xlsx([Sheet("給与", rows, padded=frozenset({3}))])


def ledger(people: Sequence[Employee]) -> bytes:
    """The ledger of numbers (マイナンバー管理台帳): one header, very many rows below it."""
    rows: list[Row] = [
        [
            "社員番号",
            "氏名",
            "フリガナ",
            "個人番号",
            "取得日",
            "番号確認書類",
            "身元確認書類",
            "利用目的",
        ]
    ]
    rows += [
        [
            one.code,
            one.name,
            one.kana,
            one.number,
            f"2025/{1 + index % 12:02d}/{1 + index % 28:02d}",
            "個人番号カード" if index % 3 else "住民票の写し",
            "運転免許証" if index % 2 else "個人番号カード",
            "健康保険・厚生年金保険関係届出事務",
        ]
        for index, one in enumerate(people)
    ]
    notes: list[Row] = [["この台帳は特定個人情報です。事務取扱担当者以外は閲覧できません。"]]
    return xlsx([Sheet("表紙", notes), Sheet("台帳", rows)])


def hidden_list(people: Sequence[Employee]) -> bytes:
    """A seating plan whose hidden sheet still holds last year's list."""
    seats: list[Row] = [["座席表（5階）"]]
    seats += [[one.department, one.name] for one in people]
    return xlsx([Sheet("座席表", seats), Sheet("旧一覧", payroll_rows(people), hidden=True)])


def notification(one: Employee, family: Sequence[Employee]) -> bytes:
    """A notice of numbers (個人番号届出書): in a table, and again in the page header."""
    blocks: list[Block] = [
        "個人番号届出書",
        f"{COMPANY}　御中",
        "私は、社会保険および税に関する手続きのため、下記のとおり個人番号を届け出ます。",
        [
            ["項目", "本人"],
            ["氏名", one.name],
            ["フリガナ", one.kana],
            ["住所", one.address],
            ["個人番号", grouped(one.number)],
        ],
        "扶養親族の個人番号",
        employee_table(family),
        "利用目的：源泉徴収票作成事務、健康保険・厚生年金保険関係届出事務、雇用保険関係届出事務",
    ]
    return docx(blocks, header=f"マイナンバー {grouped(one.number, '-')}　取扱注意")


def letter(title: str, lines: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    """A plain document of the company."""
    blocks: list[Block] = [title, *lines]
    if table:
        blocks.append(table)
    return docx([*blocks, f"{COMPANY}"])


def slip(one: Employee, year: str, *, broken: bool = False) -> bytes:
    """A withholding slip (源泉徴収票) as PDF; ``broken`` wraps the number over two lines."""
    shown = grouped(one.number)
    split = [f"個人番号　{shown[:9]}", shown[10:]] if broken else [f"個人番号　{shown}"]
    lines = [
        f"{year}分　給与所得の源泉徴収票",
        "",
        f"支払を受ける者　住所又は居所　{one.address}",
        *split,
        f"氏名　{one.name}（{one.kana}）",
        f"役職名　{one.department}　社員",
        "",
        "種別　給料・賞与",
        f"支払金額　{one.salary * 14:,}円",
        f"給与所得控除後の金額　{one.salary * 10:,}円",
        f"源泉徴収税額　{one.salary // 3:,}円",
        "",
        f"支払者　{COMPANY}",
    ]
    return pdf([lines])


def payment_record(one: Employee) -> bytes:
    """A payment record (支払調書) for a lecturer, with the number that this copy must not carry."""
    lines = [
        "令和7年分　報酬、料金、契約金及び賞金の支払調書",
        f"支払を受ける者　{one.name}",
        f"住所　{one.address}",
        f"個人番号又は法人番号　{one.number}",
        "区分　講演料　細目　社員研修",
        "支払金額　150,000円　源泉徴収税額　15,315円",
        f"支払者　{COMPANY}",
    ]
    return pdf([lines])


def plain_pdf(title: str, seed: int = 0, pages: int = 2) -> bytes:
    """A report of several pages without any number."""
    texts = [
        [title, *(SENTENCES[(seed + page * 11 + line * 7) % 50] for line in range(LINES - 10))]
        for page in range(pages)
    ]
    return pdf(texts)


def training(one: Employee) -> bytes:
    """Training slides whose speaker's notes show a real number."""
    return pptx(
        [
            Slide("マイナンバー取扱研修", (COMPANY, "人事部")),
            Slide(
                "取得のときに確かめること",
                ("番号確認と身元確認を行う", "利用目的を知らせる", "控えを机の上に置かない"),
                notes=f"例として投影：{one.name}さんの個人番号 {grouped(one.number)}（消すこと）",
            ),
            Slide("廃棄", ("保存期間を過ぎたら速やかに廃棄する", f"相談先：jinji@{DOMAIN}")),
        ]
    )


def roster_slide(one: Employee) -> bytes:
    """A slide that shows a number on its face."""
    lines = (f"氏名：{one.name}", f"マイナンバー：{grouped(one.number)}", f"配属：{one.department}")
    return pptx([Slide("新入社員のご紹介", lines)])
