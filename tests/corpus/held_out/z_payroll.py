"""Files that payroll and personnel programs write, with numbers in them."""

from __future__ import annotations

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._z_reading import day, hand, read, worksheet
from corpus.world import World
from corpus.writing import grouped


def _lines(rows: list[list[str]], gap: str = ",") -> str:
    return "\n".join(gap.join(row) for row in rows) + "\n"


_KNOWN = ("MY_NO", "MYNUMBER", "KOJIN_NO")
"""Codes that anybody in the trade would read; the others are those of one firm."""


def _yen(world: World, low: int, high: int) -> str:
    return str(world.rng.randint(low, high) * 100)


@template("csv", source="employee masters of payroll programs: every field quoted, many codes")
def z_master_quoted(world: World) -> Draft:
    rng = world.rng
    head = (
        "社員コード 社員氏名 フリガナ 生年月日 入社年月日 郵便番号 住所 電話番号 基礎年金番号 "
        "雇用保険被保険者番号 個人番号 銀行コード 口座番号 基本給 最終更新"
    ).split()
    head[10] = world.pick(
        "個人番号", "個人番号", "マイナンバー", "個人番号（本人）", "本人マイナンバー"
    )
    rows = [head]
    for nth in world.many(6, 120):
        person = world.person()
        rows.append(
            [
                person.staff,
                person.name,
                person.kana,
                person.born.strftime("%Y/%m/%d"),
                world.day(1990, 2026).strftime("%Y/%m/%d"),
                world.postcode(),
                person.address,
                world.phone(),
                identifiers.pension(rng),
                identifiers.insurance(rng),
                "" if nth % 9 == 8 else world.number(),
                identifiers.digits(rng, 4),
                identifiers.digits(rng, 7),
                _yen(world, 1800, 6200),
                identifiers.timestamp(rng),
            ]
        )
    quoted = [[f'"{cell}"' for cell in row] for row in rows]
    return Draft(read("社員マスタ.csv", _lines(quoted)), ["給与", "社員マスタ.csv"])


@template(
    "headerless", source="import files of payroll programs: a line for a person, lines for kin"
)
def z_records_of_two_kinds(world: World) -> Draft:
    rows = []
    for _ in world.many(4, 50):
        person = world.person()
        born = person.born.strftime("%Y%m%d")
        rows.append(["1", person.staff, person.name, person.kana, born, world.number()])
        for kin in world.sample(["妻", "子", "父", "母"], world.rng.randint(0, 2)):
            other = world.person(person.surname)
            birth = other.born.strftime("%Y%m%d")
            rows.append(["2", person.staff, other.name, kin, birth, world.number()])
    return Draft(
        read("取込用.txt", _lines(rows)), ["マイナンバー取込", "取込用.txt"], labelled=False
    )


@template("csv", source="dependants across one row: a group of columns for each")
def z_dependants_across(world: World) -> Draft:
    label = world.pick("個人番号", "マイナンバー")
    groups = range(1, world.rng.randint(3, 5))
    mark = world.pick("扶養{0}_{1}", "扶養親族{0}：{1}", "{1}（扶養{0}）")
    head = ["従業員番号", "従業員名", label]
    head += [mark.format(n, what) for n in groups for what in ("氏名", "続柄", "生年月日", label)]
    write = hand(world)
    rows = [head]
    for _ in world.many(5, 45):
        person = world.person()
        row = [person.staff, person.name, write(world.number())]
        kin = world.rng.randint(0, len(groups))
        for n in range(len(groups)):
            other = world.person(person.surname)
            known = [other.name, world.pick("配偶者", "子"), f"{other.born:%Y/%m/%d}"]
            row += [*known, write(world.number())] if n < kin else [""] * 4
        rows.append(row)
    return Draft(read("家族情報.csv", _lines(rows)), ["労務", "家族情報.csv"])


@template("csv", source="interfaces between personnel systems: short English column codes, tabs")
def z_short_codes(world: World) -> Draft:
    code = world.pick(*_KNOWN, "IND_NO_12", "KJN_BNG")
    rows = [["EMP_CD", "EMP_NM", "EMP_KN", "BRTH_YMD", code, "DEPT_CD", "UPD_DTM"]]
    for _ in world.many(8, 90):
        person = world.person()
        rows.append(
            [
                person.staff,
                person.name,
                person.kana,
                person.born.strftime("%Y%m%d"),
                world.number(),
                identifiers.digits(world.rng, 6),
                identifiers.timestamp(world.rng),
            ]
        )
    name = f"HR_IF_{world.day(2024, 2026):%Y%m%d}.tsv"
    return Draft(read(name, _lines(rows, "\t")), [name], labelled=code in _KNOWN)


@template(
    "headerless", source="eLTAX 給与支払報告書: a record of code 315 for each person, no head"
)
def z_payment_records(world: World) -> Draft:
    rng = world.rng
    payer = [world.company(), world.address(), world.phone(), identifiers.corporate(rng)]
    rows = []
    for _ in world.many(5, 70):
        person = world.person()
        pay = rng.randint(150, 900) * 10_000
        rows.append(
            [
                "315",
                "1",
                *payer,
                f"{rng.randint(10_000, 480_000):06d}",
                person.name,
                person.kana,
                person.address,
                f"{person.born.year - 1988:02d}{person.born:%m%d}",
                str(pay),
                str(pay * 7 // 10),
                str(pay // 20 // 100 * 100),
                world.number(),
                *[str(rng.randint(0, 3)) for _ in range(6)],
            ]
        )
    name = world.pick("315_R7.csv", "kyuho_honnin.csv", "給報明細.csv")
    return Draft(read(name, _lines(rows)), ["住民税", "eLTAX", name], labelled=False)


@template("headerless", source="年金機構 SHFD0006.CSV: sections kanri and data, half-width kana")
def z_pension_disk(world: World) -> Draft:
    rng = world.rng
    made = world.day(2022, 2026).strftime("%Y%m%d")
    lines = [f"{rng.randint(10, 99)},{rng.randint(1, 99):02d},ｱｱｱ,001,{made},22223", "[kanri]"]
    lines += ["社会保険労務士氏名,事業所数", f",001,{world.company()}", "[data]"]
    for nth in world.many(1, 30):
        person = world.person()
        lines.append(
            f"2200700,{rng.randint(10, 99)},{rng.randint(1, 99):02d},ｱｱｱ,{nth + 1},"
            f"{person.kana},{person.name},7,{person.born.year % 100:02d}{person.born:%m%d},1,1,"
            f"{world.number()},,,9,{made[2:]},1,{rng.randint(180, 600)}000,0,"
            f"{rng.randint(180, 600)}000,,{world.postcode()},,{person.address}"
        )
    return Draft(
        read("SHFD0006.CSV", "\n".join(lines)), ["資格取得届", "SHFD0006.CSV"], labelled=False
    )


@template("text", source="spool files of old payroll computers: half-width kana, fixed columns")
def z_spool_kana(world: World) -> Draft:
    lines = []
    for page in world.many(1, 3):
        lines += [
            f"ｼﾞﾕｳｷﾞﾖｳｲﾝ ﾀﾞｲﾁﾖｳ          {world.day(2023, 2026):%y.%m.%d}   PAGE {page + 1:>4}",
            "ｼﾔｲﾝ NO  ｼﾒｲ                ｾｲﾈﾝｶﾞﾂﾋﾟ   ｺｼﾞﾝﾊﾞﾝｺﾞｳ       ｷﾎﾝｷﾕｳ",
            "-" * 72,
        ]
        for _ in world.many(5, 22):
            person = world.person()
            kana = person.roman.upper().replace(".", " ")
            pay = world.rng.randint(1800, 5200) * 100
            lines.append(
                f"{person.staff:<8} {kana:<18} {person.born:%y.%m.%d}   "
                f"{world.number():<15} {pay:>9,}"
            )
        lines += ["", ""]
    return Draft(read("DAICHO.TXT", "\n".join(lines)), ["移行データ", "DAICHO.TXT"])


@template(
    "csv", source="pandas writes a column with blanks as floats: .0 behind, zeros in front lost"
)
def z_floats_of_pandas(world: World) -> Draft:
    label = world.pick("マイナンバー", "個人番号", "my_number")
    rows = [["", "employee_id", "name", label, "joined"]]
    for nth in world.many(8, 60):
        person = world.person()
        number = world.number_from("0") if world.chance(0.1) else world.number()
        shown = "" if nth % 7 == 3 else f"{int(number)}.0"
        if not shown:
            world.issued.discard(number)
        rows.append([str(nth), person.staff, person.name, shown, f"{world.day():%Y-%m-%d}"])
    return Draft(read("merged.csv", _lines(rows)), ["集計", "merged.csv"])


@template("table", source="people across, fields down: how small firms keep a family's facts")
def z_people_across(world: World) -> Draft:
    people = [world.person() for _ in world.many(2, 7)]
    write = hand(world)
    facts = [
        ["氏名", *(one.name for one in people)],
        ["フリガナ", *(one.kana for one in people)],
        ["生年月日", *(one.era_birth for one in people)],
        [world.pick("個人番号", "マイナンバー"), *(write(world.number()) for _ in people)],
        ["基礎年金番号", *(identifiers.pension(world.rng) for _ in people)],
        ["住所", *(one.address for one in people)],
        ["携帯電話", *(world.phone() for _ in people)],
        ["通勤手当", *(_yen(world, 0, 300) for _ in people)],
    ]
    rows = [["", world.company(), "入社時確認シート"], [], *facts]
    return Draft([worksheet(rows, "入社")], ["入社書類", "確認シート.xlsx"])


@template("table", source="registers of specific personal information: taken, used, destroyed")
def z_register_with_disposal(world: World) -> Draft:
    write = hand(world)
    rows = [
        ["特定個人情報等 取扱台帳", "", "", "", "", f"作成 {day(world)}"],
        ["※閲覧は事務取扱担当者に限る"],
        ["№", "氏名", "取得日", "番号", "確認書類", "廃棄日", "担当"],
    ]
    rows[2][3] = world.pick("個人番号", "マイナンバー", "個人番号\n（12桁）")
    for nth in world.many(5, 80):
        gone = nth % 5 == 4
        shown = world.pick("廃棄済", "削除済み", "－") if gone else write(world.number())
        papers = world.pick("通知カード・運転免許証", "個人番号カード", "住民票・パスポート")
        left = day(world) if gone else ""
        rows.append([str(nth + 1), world.person().name, day(world), shown, papers, left, "総務"])
    return Draft([worksheet(rows, "台帳")], ["管理", "取扱台帳.xlsx"])


@template("table", source="address labels and cards: everything about a person in one cell")
def z_cards_in_cells(world: World) -> Draft:
    write = hand(world)
    label = world.pick("個人番号：", "マイナンバー ", "MN番号:", "個人番号\n")
    cells = []
    for _ in world.many(3, 24):
        person = world.person()
        cells.append(
            f"{person.name}（{person.staff}）\n{person.era_birth}生\n"
            f"{label}{write(world.number())}\nTEL {world.phone()}"
        )
    rows = [cells[at : at + 3] for at in range(0, len(cells), 3)]
    return Draft([worksheet([["従業員カード"], *rows], "カード")], ["名簿カード.xlsx"])


@template("table", source="payees of rent and fees: persons and firms under one head")
def z_either_kind_payees(world: World) -> Draft:
    rng = world.rng
    head = ["支払先", "区分", "個人番号又は法人番号", "支払金額", "源泉徴収税額", "登録番号"]
    rows = [[f"令和{rng.randint(4, 8)}年分 支払調書 作成用データ"], [], head]
    for nth in world.many(5, 40):
        alone = nth % 3 != 1
        who = world.person().name if alone else world.company()
        number = world.number() if alone else identifiers.corporate(rng)
        mark = f"T{identifiers.corporate(rng)}" if world.chance(0.4) else ""
        kind = world.pick("講師", "家賃", "原稿料", "税理士報酬")
        amount = rng.randint(3, 300) * 10_000
        rows.append([who, kind, number, f"{amount:,}", f"{amount * 1021 // 10_000:,}", mark])
    return Draft([worksheet(rows, "支払先")], ["経理", "支払調書データ.xlsx"])


@template("survey", source="Microsoft Forms: whole questions as heads, an answer a row")
def z_form_answers(world: World) -> Draft:
    head = ["ID", "開始時刻", "完了時刻", "メール", "名前", "社員番号をご入力ください"]
    asked = world.pick(
        "あなたのマイナンバー（半角数字12桁、ハイフンなし）をご入力ください",
        "マイナンバーを入力してください。※個人番号カード裏面の12桁",
        "Q4.個人番号",
    )
    head += [asked, "本人確認書類の種類", "ご意見"]
    rows = [head]
    for nth in world.many(4, 60):
        person = world.person()
        number = world.number()
        shown = world.pick(number, number, number, grouped(number), grouped(number, "-"))
        when = f"{world.day(2025, 2026):%Y/%m/%d} 9:{world.rng.randint(10, 59)}"
        papers = world.pick("個人番号カード", "通知カード＋運転免許証", "住民票")
        start = [str(nth + 1), when, when, "anonymous", person.name, person.staff]
        rows.append([*start, shown, papers, world.pick("", "", "特になし", "紙でも提出しました")])
    return Draft([Table(rows, place="sheet Form1")], ["マイナンバー提出(1-60).xlsx"])
