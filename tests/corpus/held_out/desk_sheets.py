"""Sheets that people keep by hand: heads in levels, boxes, cards, lists of files."""

from __future__ import annotations

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import firm, hand
from corpus.held_out._matter import era, pen, sheet
from corpus.world import World
from corpus.writing import boxed


@template("table", source="a long roster: its head is hundreds of rows away from the last row")
def y_long_roster(world: World) -> Draft:
    write = hand(world, "plain", "spaces")
    label = world.pick("個人番号", "マイナンバー", "マイナンバー\n（12桁）")
    rows = [["No", "部署", "氏名", "健保証番号", label, "入館証ID", "備考"]]
    for nth in range(world.rng.randint(80, 160)):
        one = world.person()
        rows.append(
            [
                str(nth + 1),
                world.pick("製造", "物流", "営業"),
                one.name,
                identifiers.digits(world.rng, 8),
                write(world.number()),
                world.random12(0.1),
                world.pick("", "", "休職", "出向"),
            ]
        )
    return Draft([sheet(rows, "全社員")], ["人事部", "社員台帳.xlsx"])


@template("table", source="heads in three levels, merged cells given once")
def y_three_levels(world: World) -> Draft:
    write = pen(world, 0.1)
    rows = [
        ["職員番号", "氏名", "番号情報", "", "", "", "免許"],
        ["", "", "本人", "", "配偶者", "", "運転"],
        ["", "", "個人番号", "確認日", "個人番号", "確認日", "免許証番号"],
    ]
    for _ in world.many(3, 30):
        one = world.person()
        wed = world.chance(0.5)
        rows.append(
            [
                one.staff,
                one.name,
                write(world.number()),
                era(world),
                write(world.number()) if wed else "",
                era(world) if wed else "",
                world.other(identifiers.licence, 0.1) if world.chance(0.7) else "",
            ]
        )
    return Draft([sheet(rows, "番号管理")], ["市役所", "総務課", "職員番号台帳.xlsx"])


@template("table", source="one person a sheet: what is asked on the left, the answer on the right")
def y_answers_right(world: World) -> Draft:
    rng, one, write = world.rng, world.person(), pen(world, 0.2)
    facts = [
        ["生年月日", one.era_birth],
        [world.pick("マイナンバー", "個人番号", "個人番号（必須）"), write(world.number())],
        ["雇用保険番号", identifiers.insurance(rng)],
        ["運転免許証番号", world.other(identifiers.licence)],
        ["ポイント会員番号", world.random12()],
        ["緊急連絡先", world.phone()],
    ]
    rng.shuffle(facts)
    rows = [["入社情報シート", ""], ["氏名", one.name], *facts]
    return Draft([sheet(rows, "回答")], ["新入社員", f"{one.surname}_入社情報.xlsx"])


@template("grid", source="a form drawn in a sheet: a digit a cell, for worker, spouse and firm")
def y_boxes_drawn(world: World) -> Draft:
    rng, one, blank = world.rng, world.person(), world.rng.randint(0, 1)
    rows = [
        ["扶養控除等申告書"],
        ["氏名", "", one.name],
        ["あなたの個人番号", "", *boxed(world.number(), blank)],
        ["給与支払者の法人番号", "", *identifiers.corporate(rng)],
        [],
        ["配偶者", "", world.person(one.surname).name],
        ["個人番号", "", *boxed(world.number(), blank)],
        ["扶養親族", "", ""],
        ["個人番号", "", *[""] * 12],
    ]
    return Draft([sheet(rows, "申告書")], ["年調", f"{one.staff}.xlsx"])


@template("table", source="the list of files of a folder; somebody named scans by the number")
def y_files_by_number(world: World) -> Draft:
    rows = [["名前", "更新日時", "種類", "サイズ"]]
    for nth in world.many(4, 20):
        name = {
            1: f"送り状_{world.other(identifiers.courier, 0.2)}.pdf",
            2: f"scan_{identifiers.timestamp(world.rng)}.jpg",
        }.get(nth % 4) or f"マイナンバー_{world.person().name}_{world.number()}.pdf"
        rows.append([name, f"{world.day():%Y/%m/%d}", name[-3:].upper(), "812 KB"])
    return Draft([sheet(rows)], ["OneDrive", "一覧.xlsx"])


@template("table", source="a day's tasks with remarks; one remark tells somebody's number")
def y_remark_tells(world: World) -> Draft:
    rows = [["期限", "担当", "案件番号", "作業", "メモ"]]
    lucky = world.rng.randint(0, 3)
    for nth in world.many(8, 25):
        who = world.person()
        memo = world.pick("", "済", f"伝票 {world.random12()}", f"TEL {world.phone()}", "保留")
        if nth % 8 == lucky:
            memo = f"{who.surname}さんの個人番号 {pen(world, 0.1)(world.number())} 入力まだ"
        rows.append(
            [era(world), who.surname, world.random12(0.1), world.pick("入社", "検収"), memo]
        )
    return Draft([sheet(rows, "タスク")], ["管理部", "タスク.xlsx"])


@template("table", source="people stand side by side, each with a block of two columns")
def y_side_by_side(world: World) -> Draft:
    write = hand(world, "plain", "spaces")
    people = [world.person() for _ in world.many(2, 5)]
    table: list[list[str]] = [[], [], [], [], []]
    for one in people:
        facts = [
            ("氏名", one.name),
            ("生年月日", one.era_birth),
            ("個人番号", write(world.number())),
            ("会員番号", world.random12(0.2)),
            ("電話", world.phone()),
        ]
        for row, fact in zip(table, facts, strict=True):
            row += [*fact, ""]
    return Draft([Table(table, place="役員", first_row=3)], ["株主総会", "役員情報.xlsx"])


@template(
    "table", source="payees of fees: number or firm's number in one column, told apart by kind"
)
def y_payees_mixed(world: World) -> Draft:
    rows = [["支払先", "区分", "個人番号又は法人番号", "登録番号", "支払額"]]
    for nth in world.many(4, 25):
        if nth % 3 == 0:
            one = world.person()
            row = [one.name, "個人", world.number(), f"T{firm(world, 0)}"]
        else:
            number = firm(world, 0)
            row = [world.company(), "法人", number, f"T{number}"]
        rows.append([*row, f"{world.rng.randint(10, 900)},000"])
    return Draft([sheet(rows, "支払調書")], ["経理", "支払調書作成.xlsx"])


@template(
    "table",
    source="a nursing home's book of residents: numbers of two insurances beside the number",
)
def y_nursing_home(world: World) -> Draft:
    rng, write = world.rng, hand(world, "plain", "spaces")
    rows = [
        [f"特別養護老人ホーム {world.pick('ひだまり', 'すずかぜ', '福寿')}荘　入居者基本台帳"],
        [f"作成 {era(world)}", "", "", "取扱注意"],
        [
            "居室",
            "入居者名",
            "介護保険被保険者番号",
            "後期高齢者番号",
            "マイナンバー",
            "身元引受人",
        ],
    ]
    for nth in world.many(4, 30):
        one = world.person()
        care, late = identifiers.digits(rng, 10), identifiers.digits(rng, 8)
        got = nth < 2 or world.chance(0.7)
        number = write(world.number()) if got else world.pick("家族保管", "", "未確認")
        rows.append([f"{rng.randint(101, 320)}", one.name, care, late, number, world.person().name])
    return Draft([sheet(rows, "台帳")], ["介護", "入居者台帳.xlsx"])
