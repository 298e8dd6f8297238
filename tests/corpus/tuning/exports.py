"""Files that payroll, tax and personnel programs write, with and without headers."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.tuning._paper import columns, filled
from corpus.world import World


def _lines(rows: list[list[str]], place: str = "") -> Table:
    """A file of lines as its reader gives it."""
    return Table(rows, place, lines=tuple(range(1, len(rows) + 1)))


@template(
    "headerless", source="help.gozal.co.jp, article 7944998: eLTAX notice of special collection"
)
def eltax_notice_csv(world: World) -> Draft:
    """特別徴収税額通知: no header, the eighth column is the number."""
    city = identifiers.digits(world.rng, 6)
    rows = []
    for _ in world.many(4, 80):
        one, tax = world.person(), world.rng.randrange(60, 500) * 100
        months = [str(tax)] * 12
        rows.append(
            [
                "1",
                city,
                identifiers.digits(world.rng, 10),
                "2",
                one.staff,
                one.kana,
                one.name,
                world.number(),
                one.address,
                str(tax * 12),
                *months,
                "0",
                f"{one.born:%Y%m%d}",
                identifiers.digits(world.rng, 11),
            ]
        )
    name = world.pick(
        "特別徴収税額通知.csv", f"tokucho_{city}.csv", f"K{identifiers.digits(world.rng, 8)}.csv"
    )
    return Draft([_lines(rows)], where(world, name), labelled=False)


@template("headerless", source="nta.go.jp/hoteichosho/06.htm: layouts of the statutory records")
def statutory_records_csv(world: World) -> Draft:
    """法定調書: no header, the form code comes first."""
    code = world.pick("375", "316", "309", "315", "377")
    payer = identifiers.corporate(world.rng)
    firm, seat = world.company(), world.address()
    blanks = [""] * world.rng.randint(0, 12)
    rows = []
    for nth in world.many(4, 60):
        one = world.person()
        head = [
            code,
            identifiers.digits(world.rng, 10),
            "",
            str(nth + 1),
            seat,
            firm,
            world.phone(),
            "",
            "0",
        ]
        body = [one.address, one.name, "", str(world.rng.randrange(10**5, 10**7)), "0", *blanks]
        rows.append([*head, *body, world.number(), payer, f"{one.born:%y%m%d}", "0", "0"])
    name = world.pick(f"{code}.csv", "houtei.csv", "法定調書合計.csv", f"KYUYO{code}.CSV")
    return Draft([_lines(rows)], where(world, name), labelled=False)


@template("headerless", source="support.yayoi-kk.co.jp, page 24300: import of My Numbers")
def yayoi_import_text(world: World) -> Draft:
    """弥生給与: name, relative, two more, the number; comma, blank or tab between."""
    rows = []
    for _ in world.many(4, 30):
        one = world.person()
        kin = world.pick("", "", world.person(one.surname).name)
        rows.append([one.name, kin, world.pick("", "本人", "子"), "", world.number()])
    name = world.pick("マイナンバー取込.txt", "import.csv", "yayoi_mn.txt")
    around = where(world, name)
    if world.chance(0.6):
        return Draft([_lines(rows)], around, labelled=False)
    gap = world.pick(",", " ", "\t")
    return Draft([Text("\n".join(gap.join(row) for row in rows))], around, labelled=False)


@template("table", source="SmartHR: import of My Numbers with purposes of use")
def purposes_csv(world: World) -> Draft:
    """マイナンバー and 0/1 columns for every purpose."""
    purposes = world.sample(
        [
            "源泉徴収票作成事務",
            "健康保険・厚生年金保険関係届出事務",
            "雇用保険関係届出事務",
            "国民年金第3号被保険者関係届出事務",
            "労働者災害補償保険関係請求事務",
            "財産形成住宅貯蓄関係事務",
        ],
        world.rng.randint(2, 6),
    )
    rows = [["社員番号", "姓", "名", "続柄", "マイナンバー", *purposes, "確認書類"]]
    for _ in world.many(2, 120):
        one = world.person()
        flags = [world.pick("1", "1", "0") for _ in purposes]
        number = world.number() if len(rows) == 1 or world.chance(0.85) else ""
        rows.append(
            [
                one.staff,
                one.surname,
                one.given,
                world.pick("本人", "配偶者", "子"),
                number,
                *flags,
                "",
            ]
        )
    return Draft(
        [_lines(rows)], where(world, world.pick("mynumber_import.csv", "従業員_20250401.csv"))
    )


@template("table", source="Column names of freee, Yayoi, Office Station, Money Forward exports")
def payroll_service_csv(world: World) -> Draft:
    """One of the usual products' lists of employees."""
    header = world.pick(
        "マイナンバー（個人番号）",
        "個人番号",
        "個人番号確認",
        "本人個人番号",
        "従業員_マイナンバー",
        "基本情報.個人番号",
        "個人番号（本人）",
        "マイナンバー(本人)",
        "受給者個人番号",
    )
    table = columns(world, 4, 12)
    at = world.rng.randint(1, len(table))
    rows = filled(world, table, len(world.many(1, 150)), at=at, header=header, cell=world.number)
    return Draft(
        [_lines(rows)], where(world, world.pick("export.csv", "employee_list.csv", "社員台帳.csv"))
    )


@template("table", source="HR databases with English or romanised headers")
def english_export_csv(world: World) -> Draft:
    """emp_no, name, my_number …"""
    header = world.pick(
        "my_number",
        "MyNumber",
        "MY_NUMBER",
        "individual_no",
        "Individual Number",
        "individual_number",
        "kojin_bango",
        "KOJIN_NO",
        "mynumber",
        "employee_mynumber",
        "jp_my_number",
        "My Number (JP)",
    )
    rng = world.rng
    rows = [
        ["emp_no", "full_name", "dob", header, "bank_acct", "phone", "cost_center", "updated_at"]
    ]
    ids = world.chance(0.3)
    for _ in world.many(1, 100):
        one = world.person()
        number = world.number()
        bank = identifiers.digits(rng, 12 if ids else 7)
        phone = world.other(identifiers.mobile, 0) if ids else world.phone()
        rows.append(
            [
                one.staff,
                one.roman,
                one.born.isoformat(),
                number,
                bank,
                phone,
                "C100",
                f"{world.day()} 09:00",
            ]
        )
    if world.chance(0.3):
        rows = [[*row[3:], *row[:3]] for row in rows]
    return Draft(
        [_lines(rows)], where(world, world.pick("hris_export.csv", "workers.tsv", "dump_emp.csv"))
    )


@template("headerless", source="nenkin.go.jp, notices on media: SHFD0006")
def pension_media_csv(world: World) -> Draft:
    """年金機構の届書作成: sections, then lines without headers."""
    seal = f"{world.rng.randint(10, 99)}"
    rows = [
        [seal, identifiers.digits(world.rng, 4), "001", f"{world.day():%Y%m%d}", "22223"],
        ["[kanri]"],
        ["社会保険労務士氏名", "事業所情報数"],
        [world.person().name, "001"],
        [seal, "ｱｲｳ", identifiers.digits(world.rng, 5), world.company(), world.address()],
        ["[data]"],
    ]
    for nth in world.many(3, 40):
        one = world.person()
        birth = f"{one.born:%y%m%d}"
        number = world.number()
        rows.append(
            [
                "2200700",
                seal,
                "ｱｲｳ",
                str(nth + 1),
                one.kana,
                one.name,
                "5",
                birth,
                "1",
                "",
                number,
                "",
                "1",
            ]
        )
    return Draft(
        [_lines(rows)], where(world, world.pick("SHFD0006.CSV", "SHFD0006.TXT")), labelled=False
    )


@template("table", source="Spreadsheets that opened a file of lines")
def lost_zero_csv(world: World) -> Draft:
    """Numbers that went through a numeric cell: leading zeros are gone, perhaps with ``.0``."""
    header = world.pick("個人番号", "マイナンバー", "個人番号(12桁)", "本人個人番号", "my_number")
    tail = world.pick("", "", ".0")

    def cell() -> str:
        lost = world.pick("0", "0", "0", "00", "000") + world.pick(*"123456789")
        number = world.number_from(lost) if world.chance(0.3) else world.number()
        return number.lstrip("0") + tail

    kept = columns(world, 2, 6)
    rows = filled(world, kept, len(world.many(1, 60)), at=len(kept), header=header, cell=cell)
    name = world.pick("pandas_out.csv", "再保存.csv", "merge.csv", "突合.xlsx")
    table = Table(rows, "sheet Sheet1") if name.endswith("xlsx") else _lines(rows)
    return Draft([table], where(world, name))


@template("text", source="Lists pasted or saved as text")
def csv_as_text(world: World) -> Draft:
    """Comma, tab or bar separated lines in a text file or a mail."""
    gap = world.pick(",", ", ", "\t", "|", ";")
    header = world.pick("個人番号", "マイナンバー", "マイナンバー（個人番号）", "MyNumber")
    table = columns(world, 1, 4)
    at = world.rng.randint(0, len(table))
    rows = filled(world, table, len(world.many(1, 40)), at=at, header=header, cell=world.number)
    note = world.pick("", "以下、一覧です。\n\n", "CSVを貼ります\n")
    text = note + "\n".join(gap.join(row) for row in rows)
    return Draft([Text(text)], where(world, world.pick("list.txt", "貼り付け.txt", "memo.md")))


@template("text", source="Fixed-width output of mainframe payroll")
def fixed_width_report(world: World) -> Draft:
    """Columns by blanks, a rule below the header, page after page."""
    lines: list[str] = []
    for page in world.many(1, 3):
        lines += [f"*** 個人番号確認リスト ***            PAGE {page + 1:4d}", ""]
        lines += [
            (
                f"{'社員CD':<10}{'氏名':<14}{world.pick('個人番号', 'ｺｼﾞﾝﾊﾞﾝｺﾞｳ 個人番号'):<16}"
                f"{'区分':<4}"
            ),
            "-" * 50,
        ]
        for _ in world.many(2, 20):
            one = world.person()
            lines.append(
                f"{one.staff:<10}{one.name:<14}{world.number():<16}{world.pick('1', '2'):<4}"
            )
    return Draft([Text("\n".join(lines))], where(world, world.pick("LIST01.txt", "SYSOUT.prn.txt")))
