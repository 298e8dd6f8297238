"""Workbooks with several people and their dependants: how many numbers they hold is known."""

from __future__ import annotations

from collections.abc import Callable

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import grouped

BOOKS = "Workbooks of payroll offices and consultants"
ANSWERS = "Answers to web forms, exported"
LABELS = ("個人番号", "マイナンバー", "マイナンバー（個人番号）", "個人番号(12桁)")


def _style(world: World) -> Callable[[str], str]:
    return world.pick(str, str, grouped, lambda number: grouped(number, "-"))


def _sheet(world: World, rows: list[list[str]], *names: str, labelled: bool = True) -> Draft:
    place = f"sheet {world.pick('Sheet1', '一覧', '入力', '2026')}"
    return kept(world, names, Table(rows, place), labelled=labelled)


@template("table", source=BOOKS, weight=1.5)
def u_number_over_people(world: World) -> Draft:
    """The upper header is the label, the lower ones say whose number it is."""
    show, kins = _style(world), ["本人", "配偶者", "扶養1", "扶養2"][: world.rng.randint(2, 4)]
    label = world.pick(*LABELS)
    other = world.pick(["基礎年金番号", "雇用保険番号"], ["生年月日", "入社日"])
    rows = [
        ["社員No", "氏名", *other, label, *[""] * (len(kins) - 1), "備考"],
        ["", "", "", "", *kins, ""],
    ]
    if world.chance(0.3):
        rows.insert(0, [world.pick("2026年度 名簿", "扶養家族 台帳")])
    for _ in world.many(2, 25):
        me = world.person()
        more = [f"{world.day():%Y/%m/%d}", f"{world.day():%Y/%m/%d}"]
        if other[0] == "基礎年金番号":
            more = [identifiers.pension(world.rng), identifiers.insurance(world.rng)]
        cells = [
            show(world.number()) if not nth or world.chance(0.5) else "" for nth in range(len(kins))
        ]
        rows.append([me.staff, me.name, *more, *cells, world.pick("", "要確認")])
    return _sheet(world, rows, "名簿.xlsx", "扶養.xlsx")


@template("table", source=BOOKS)
def u_person_in_three_rows(world: World) -> Draft:
    """Each has a row for self and one for each dependant; names of staff are merged."""
    show, label = _style(world), world.pick(*LABELS)
    rows = [["社員番号", "社員名", "続柄", "氏名", "生年月日", label, "同居"]]
    for _ in world.many(2, 12):
        me = world.person()
        for nth, kin in enumerate(["本人", *world.sample(("妻", "子", "母"), world.pick(0, 1, 2))]):
            one = me if not nth else world.person(me.surname)
            shown = show(world.number()) if world.chance(0.85) else world.pick("", "未", "取得中")
            head = [me.staff, me.name] if not nth else ["", ""]
            rows.append([*head, kin, one.name, f"{one.born:%Y/%m/%d}", shown, "同"])
    rows[1][5] = rows[1][5] if rows[1][5][:1].isdigit() else show(world.number())
    return _sheet(world, rows, "家族台帳.xlsx", "R7扶養.xlsx")


@template("table", source=BOOKS)
def u_typed_twice(world: World) -> Draft:
    """The number and, for confirmation, the same number again."""
    show, label = _style(world), world.pick(*LABELS)
    again = world.pick(f"{label}（確認用）", f"{label}(再入力)", "確認入力", f"{label} 再")
    rows = [["氏名", label, again, "一致"]]
    for _ in world.many(2, 15):
        number = world.number()
        rows.append([world.person().name, show(number), show(number), world.pick("○", "OK")])
    return _sheet(world, rows, "入力シート.xlsx", "check.xlsx")


@template("form", source=BOOKS)
def u_label_and_value_cells(world: World) -> Draft:
    """A form of one person: labels and values in turn, two pairs in a row."""
    me, show, label = world.person(), _style(world), world.pick(*LABELS)
    blank = world.pick([], [""])
    kin = world.person(me.surname)
    rows = [
        [world.pick("入社届", "身上異動届")],
        ["氏名", *blank, me.name, "フリガナ", *blank, me.kana],
        ["生年月日", *blank, me.era_birth, label, *blank, show(world.number())],
        ["住所", *blank, me.address, "電話", *blank, world.phone()],
        ["配偶者氏名", *blank, kin.name, f"配偶者{label}", *blank, show(world.number())],
        ["雇用保険番号", *blank, identifiers.insurance(world.rng), "整理番号", *blank, me.staff],
    ]
    return _sheet(world, rows, "入社届.xlsx", "異動届.xlsx")


@template("form", source=BOOKS)
def u_form_for_each(world: World) -> Draft:
    """The form of one person again and again down the sheet."""
    show, label = _style(world), world.pick(*LABELS)
    rows: list[list[str]] = []
    for nth in world.many(2, 6):
        me = world.person()
        rows += [
            [f"{nth + 1}人目"],
            ["氏名", me.name],
            [label, show(world.number())],
            ["生年月日", f"{me.born:%Y/%m/%d}"],
            ["被保険者番号", identifiers.insurance(world.rng)],
            [],
        ]
    return _sheet(world, rows, "個票.xlsx", "まとめ.xlsx")


@template("table", source=BOOKS)
def u_people_across(world: World) -> Draft:
    """People stand in columns, facts in rows."""
    show, people = _style(world), [world.person() for _ in world.many(2, 6)]
    label = world.pick(*LABELS)
    rows = [
        ["項目", *(f"{nth + 1}" for nth in range(len(people)))],
        ["氏名", *(one.name for one in people)],
        ["続柄", "本人", *(world.pick("妻", "子") for _ in people[1:])],
        ["生年月日", *(f"{one.born:%Y/%m/%d}" for one in people)],
        [label, *(show(world.number()) for _ in people)],
        ["年収見込", *(str(world.rng.randrange(200) * 10000) for _ in people)],
    ]
    return _sheet(world, rows, "家族表.xlsx", "transposed.xlsx")


@template("table", source=BOOKS)
def u_beside_another_number(world: World) -> Draft:
    """Beside the number a column of other numbers of twelve digits, some of which pass."""
    show, label = _style(world), world.pick(*LABELS)
    other = world.pick("整理番号", "契約番号", "会員番号", "管理番号", "申請番号")
    heads = ["氏名", label, other] if world.chance(0.5) else ["氏名", other, label]
    rows = [heads]
    for _ in world.many(1, 20):
        both = {label: show(world.number()), other: world.random12(0.4)}
        rows.append([world.person().name, *(both[head] for head in heads[1:])])
    return _sheet(world, rows, "加入者.xlsx", "対照表.xlsx")


@template("table", source=BOOKS)
def u_payees_of_both_kinds(world: World) -> Draft:
    """People and firms in one list: twelve digits or thirteen."""
    label = world.pick("個人番号又は法人番号", "個人番号・法人番号", "マイナンバー/法人番号")
    rows = [["支払先", label, "区分", "支払金額"]]
    for nth in world.many(3, 20):
        firm = nth and world.chance(0.5)
        number = identifiers.corporate(world.rng) if firm else world.number()
        name = world.company() if firm else world.person().name
        rows.append([name, number, "法人" if firm else "個人", f"{world.rng.randrange(10**6):,}"])
    return _sheet(world, rows, "支払調書.xlsx", "支払先.csv")


@template("export", source=ANSWERS)
def u_questions_for_headers(world: World) -> Draft:
    """Headers are whole questions."""
    show = _style(world)
    question = world.pick(
        "あなたのマイナンバー（12桁）を半角数字で入力してください。",
        "4. マイナンバーをご入力ください（ハイフンなし）",
        "個人番号（マイナンバーカード裏面の12桁の番号）",
        "Please enter your My Number (12 digits)",
        "Q5 個人番号を教えてください",
    )
    other = world.pick("ご希望の連絡先電話番号", "扶養家族はいますか？")
    rows = [["タイムスタンプ", "お名前を入力してください", question, other]]
    for _ in world.many(1, 15):
        stamp = f"{world.day():%Y/%m/%d} 10:2{world.rng.randrange(10)}:33"
        answer = world.phone() if "電話" in other else world.pick("はい", "いいえ")
        rows.append([stamp, world.person().name, show(world.number()), answer])
    return _sheet(world, rows, "フォームの回答.xlsx", "responses.csv")


@template("table", source=BOOKS)
def u_several_in_a_cell(world: World) -> Draft:
    """A cell holds the numbers of a whole family, in lines or behind commas."""
    label, between = world.pick(*LABELS), world.pick("\n", "、", " / ", ", ")
    rows = [["社員名", f"家族の{label}" if world.chance(0.5) else label]]
    for _ in world.many(1, 8):
        me = world.person()
        kins = ["本人", *world.sample(("妻", "長男", "母"), world.pick(1, 2))]
        cell = between.join(f"{kin}{world.pick('：', ' ')}{world.number()}" for kin in kins)
        rows.append([me.name, cell])
    return _sheet(world, rows, "家族.xlsx", "メモ.xlsx")


@template("table", source=BOOKS)
def u_zeros_lost(world: World) -> Draft:
    """Numbers were typed as figures: those that begin with 0 are shorter."""
    label = world.pick(*LABELS)
    rows = [["コード", "氏名", label, "入社日"]]
    for nth in world.many(3, 20):
        number = world.number_from("0") if nth % 4 == 1 else world.number()
        me = world.person()
        rows.append([me.staff, me.name, number.lstrip("0"), f"{world.day():%Y/%m/%d}"])
    return _sheet(world, rows, "社員マスタ.xlsx", "export.csv")


@template("table", source=BOOKS)
def u_printed_pages_in_a_sheet(world: World) -> Draft:
    """A printout pasted into a sheet: title, header and totals repeat on each page."""
    show, label = _style(world), world.pick(*LABELS)
    rows: list[list[str]] = []
    for page in range(world.rng.randint(2, 4)):
        rows += [["従業員番号台帳", "", "", f"{page + 1} 頁"], [], ["No", "氏名", label, "確認"]]
        count = world.rng.randint(4, 12)
        rows += [
            [str(nth + 1), world.person().name, show(world.number()), world.pick("済", "")]
            for nth in range(count)
        ]
        rows += [["", "頁計", str(count), ""], []]
    return _sheet(world, rows, "台帳.xlsx", "印刷用.xlsx")
