"""Tables without a header of their own: headerless files, titles alone, few rows, side by side."""

from __future__ import annotations

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import parcel
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import boxed, grouped

FILES = "Files that one system writes for another"
BOOKS = "Workbooks of offices"
LABELS = ("個人番号", "マイナンバー", "マイナンバー（個人番号）")


@template("headerless", source=FILES)
def u_two_columns_of_numbers(world: World) -> Draft:
    """No header: staff's numbers, spouses' numbers, and an id of twelve digits."""
    rows = []
    for nth in world.many(8, 30):
        me = world.person()
        spouse = world.number() if nth < 6 or world.chance(0.5) else ""
        row = [me.staff, me.name, world.number(), spouse, world.random12(0.0)]
        rows.append([*row, f"{world.day():%Y%m%d}"])
    names = ("upload.csv", "data_01.csv", "送信用.csv")
    return kept(world, names, Table(rows, lines=range(1, len(rows) + 1)), labelled=False)


@template("headerless", source=FILES)
def u_named_by_the_file(world: World) -> Draft:
    """No header and few rows; the file's name tells."""
    rows = [
        [world.person().name, world.number(), f"{world.day():%Y%m%d}"] for _ in world.many(1, 5)
    ]
    name = world.pick(
        "マイナンバー.csv", "個人番号一覧.csv", "mynumber_list.csv", "マイナンバー提出分.txt"
    )
    return kept(world, (name,), Table(rows, lines=range(1, len(rows) + 1)), labelled=False)


@template("table", source=BOOKS)
def u_title_and_number_column(world: World) -> Draft:
    """A title has the word, the column is headed 番号 or No."""
    title = world.pick("マイナンバー一覧", "個人番号 管理簿", "家族のマイナンバー")
    head = world.pick("番号", "番号（12桁）", "12桁の番号")
    rows = [[title], *world.pick([], [[]]), ["氏名", head, "提出日"]]
    show = world.pick(str, grouped)
    rows += [
        [world.person().name, show(world.number()), f"{world.day():%Y/%m/%d}"]
        for _ in world.many(1, 12)
    ]
    return kept(world, ("管理簿.xlsx", "一覧.xlsx"), Table(rows, "sheet Sheet1"), labelled=False)


@template("table", source=BOOKS)
def u_beside_a_table_of_parcels(world: World) -> Draft:
    """Two tables side by side: people's numbers, and parcels."""
    label = world.pick(*LABELS)
    head = world.pick("送り状番号", "追跡番号", "お問い合わせ番号")
    rows = [["氏名", label, "", "宛先", head]]
    if world.chance(0.5):
        rows.insert(0, ["入社者", "", "", "発送", ""])
    rows += [
        [world.person().name, world.number(), "", world.company(), parcel(world, hard=0.4)]
        for _ in world.many(2, 12)
    ]
    return kept(world, ("作業.xlsx", "庶務.xlsx"), Table(rows, "sheet 作業"))


@template("table", source=BOOKS)
def u_few_among_many(world: World) -> Draft:
    """Of some hundred rows only a few have a number; the rest is empty or says why."""
    label = world.pick(*LABELS)
    rows = [["社員番号", "氏名", "部署", label, "状態"]]
    for nth in range(world.rng.randint(60, 160)):
        has = nth % 29 == 3
        me = world.person()
        shown = world.number() if has else world.pick("", "", "-", "未回収")
        rows.append([me.staff, me.name, world.pick("営業", "製造"), shown, "済" if has else "未"])
    return kept(world, ("回収状況.xlsx", "進捗.xlsx"), Table(rows, "sheet 状況"))


@template("table", source=BOOKS)
def u_groups_in_cells(world: World) -> Draft:
    """Three cells of four digits for each person, under one header."""
    label = world.pick(*LABELS)
    rows = [["No", "氏名", label, "", "", "備考"]]
    for nth in world.many(1, 10):
        number = world.number()
        rows.append(
            [str(nth + 1), world.person().name, number[:4], number[4:8], number[8:], ""],
        )
    return kept(world, ("記入表.xlsx", "台帳.xlsx"), Table(rows, "sheet 記入"))


@template("table", source=BOOKS)
def u_boxes_for_each(world: World) -> Draft:
    """Twelve boxes for each person, the header over the first or over all."""
    label = world.pick(*LABELS)
    head = [label, *[""] * 11] if world.chance(0.7) else [f"{label}{nth + 1}" for nth in range(12)]
    rows = [["氏名", *head, "生年月日"]]
    for _ in world.many(1, 8):
        me = world.person()
        rows.append([me.name, *boxed(world.number()), f"{me.born:%Y/%m/%d}"])
    return kept(world, ("方眼.xlsx", "届出.xlsx"), Table(rows, "sheet 届出"))


@template("table", source=BOOKS)
def u_number_again_in_rows(world: World) -> Draft:
    """A payment each row: the same payee, and the same number, comes again."""
    label = world.pick(*LABELS, "受給者個人番号")
    people = [(world.person().name, world.number()) for _ in world.many(2, 5)]
    rows = [["支払日", "氏名", label, "伝票番号", "金額"]]
    chosen = [*people, *(world.pick(*people) for _ in world.many(3, 15))]
    rows += [
        [f"{world.day():%Y/%m/%d}", name, number, world.random12(0.2), f"{nth * 1000:,}"]
        for nth, (name, number) in enumerate(chosen, 5)
    ]
    return kept(world, ("支払明細.xlsx", "謝金.csv"), Table(rows, "sheet 明細"))


@template("table", source=BOOKS)
def u_english_headers(world: World) -> Draft:
    """Headers of a system in English, spouses and children in columns of their own."""
    one, two, three = world.pick(
        ("MyNumber", "SpouseMyNumber", "Child1MyNumber"),
        ("My No.", "Spouse My No.", "Dependent1 My No."),
        ("individual_number", "spouse_individual_number", "dependent_individual_number"),
        ("EMP_MYNO", "SPOUSE_MYNO", "DEP1_MYNO"),
    )
    rows = [["EmpID", "Name", one, "Spouse", two, "Child", three, "AccountNo"]]
    for nth in world.many(1, 15):
        me = world.person()
        spouse = ["Y", world.number()] if world.chance(0.5) else ["N", ""]
        child = ["1", world.number()] if world.chance(0.3) else ["0", ""]
        account = identifiers.digits(world.rng, 7)
        rows.append([str(nth), me.roman, world.number(), *spouse, *child, account])
    return kept(world, ("payroll.xlsx", "HR_export.csv"), Table(rows, "sheet Export"))
