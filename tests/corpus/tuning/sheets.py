"""Forms that were drawn in Excel: squared paper, keys and values, people side by side."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.tuning._paper import NUMBER, Paper, boxes, companions, day, style
from corpus.world import World

DRAWN = "Forms drawn in workbooks by personnel offices"


@template("form", source=DRAWN)
def squared_declaration_sheet(world: World) -> Draft:
    """扶養控除等申告書 on squared paper: twelve cells a number, thirteen for the payer."""
    me, paper = world.person(), Paper()
    left, step = world.rng.randint(2, 6), world.rng.randint(2, 4)
    paper.put(0, left, f"令和{world.rng.randint(2, 8)}年分　給与所得者の扶養控除等（異動）申告書")
    paper.put(2, 0, "所轄税務署長等", "", "給与の支払者の名称（氏名）", world.company())
    if world.chance(0.7):
        paper.put(3, 0, "給与の支払者の法人（個人）番号")
        paper.put(3, left + 2, *identifiers.corporate(world.rng))
    paper.put(4, 0, "あなたの氏名", "", me.name)
    at = left + world.rng.randint(2, 8)
    row = 4 + step
    label = world.pick("あなたの個人番号", "あなたの個人番号", "個人番号")
    paper.put(row, world.pick(0, left), label)
    paper.put(row, at, *boxes(world, world.number()))
    paper.put(row + 1, 0, "あなたの住所又は居所", "", me.address)
    for kin in world.sample(
        ["源泉控除対象配偶者", "控除対象扶養親族１", "控除対象扶養親族２"], world.pick(0, 1, 2)
    ):
        row += step + 1
        one = world.person(me.surname)
        paper.put(row, 0, kin, "", one.name)
        below = world.chance(0.3)
        paper.put(row, at - 2 if not below else at, "個人番号")
        paper.put(row + below, at, *boxes(world, world.number()))
        paper.put(row + 2, 0, "生年月日", "", one.era_birth)
    place = f"sheet {world.pick('申告書', 'Sheet1', 'R7', me.surname)}"
    return Draft(
        [Table(paper.rows(), place)], where(world, world.pick("扶養控除申告書.xlsx", "申告書.xlsx"))
    )


@template("form", source=DRAWN)
def withholding_slip_sheet(world: World) -> Draft:
    """源泉徴収票 as payroll programs write it into a sheet."""
    me, paper = world.person(), Paper()
    show, squared = style(world), world.chance(0.4)

    def number(row: int, column: int) -> None:
        digits = world.number()
        paper.put(row, column, *(boxes(world, digits) if squared else [show(digits)]))

    paper.put(0, 3, f"令和{world.rng.randint(1, 8)}年分　給与所得の源泉徴収票")
    paper.put(1, 0, "支払を受ける者", "住所又は居所", me.address)
    paper.put(1, 8, "（受給者番号）", me.staff)
    paper.put(2, 8, world.pick("（個人番号）", "個人番号", "(個人番号)"))
    number(2, 9)
    paper.put(3, 8, "（役職名）", "")
    paper.put(4, 8, "氏名", f"（フリガナ）{me.kana}", me.name)
    paper.put(5, 0, "種別", "", "支払金額", "", "給与所得控除後の金額", "", "源泉徴収税額")
    paid = world.rng.randrange(2_000_000, 9_000_000)
    paper.put(6, 0, "給料・賞与", "", str(paid), "", str(paid * 7 // 10), "", str(paid // 30))
    row = 8
    for nth in world.many(0, 3):
        kid = world.person(me.surname)
        paper.put(
            row, 0, "控除対象扶養親族" if not nth else "", str(nth + 1), "（フリガナ）", kid.kana
        )
        paper.put(row + 1, 2, "氏名", kid.name, "区分", "", "個人番号")
        number(row + 1, 7)
        row += 2
    paper.put(row + 1, 0, "支払者", "個人番号又は法人番号")
    payer = identifiers.corporate(world.rng)
    paper.put(row + 1, 2, *(payer if squared else [payer]))
    paper.put(
        row + 2, 1, "住所（居所）又は所在地", world.address(), "", "氏名又は名称", world.company()
    )
    return Draft(
        [Table(paper.rows(), "sheet 源泉徴収票")], where(world, "gensen.xlsx", personnel=True)
    )


@template("form", source=DRAWN)
def key_value_sheet(world: World) -> Draft:
    """入社カード: labels in one column, values beside them."""
    me, show = world.person(), style(world)
    table = world.sample(companions(world), len(world.many(5, 11)))
    pairs = [[name, make(me)] for name, make in table]
    pairs.insert(world.rng.randint(2, len(pairs)), [world.pick(*NUMBER), show(world.number())])
    if world.chance(0.4):
        payer = identifiers.registry(world.rng)
        pairs.append([world.pick("会社法人等番号", "管理番号", "文書番号"), payer])
    gap = world.pick(0, 0, 1, 3)
    lead = world.pick(0, 1)
    rows = [[""] * lead + [name, *[""] * gap, value] for name, value in pairs]
    if world.chance(0.6):
        rows = [["" * lead, world.pick("社員カード", "入社時登録シート", "従業員情報")], [], *rows]
    return Draft([Table(rows, "sheet 登録")], where(world, f"{me.name}.xlsx", personnel=True))


@template("form", source=DRAWN)
def transposed_sheet(world: World) -> Draft:
    """Labels in column A, one column a person."""
    people = [world.person() for _ in world.many(2, 12)]
    show = style(world)
    table = world.sample(companions(world)[1:], len(world.many(3, 8)))
    rows = [[name, *[make(one) for one in people]] for name, make in table]
    numbers = [world.pick(*NUMBER), *[show(world.number()) for _ in people]]
    rows.insert(world.rng.randint(1, len(rows)), numbers)
    head = ["項目", *[one.name for one in people]]
    titles = world.pick([], [["年末調整 回収一覧"]], [["扶養情報（横持ち）"], []])
    return Draft(
        [Table([*titles, head, *rows], "sheet Sheet1")], where(world, "転記用.xlsx", personnel=True)
    )


@template("table", source=DRAWN)
def squared_list_sheet(world: World) -> Draft:
    """Many people, each number in twelve cells under one merged header."""
    rows = [["No.", "氏名", "フリガナ", world.pick(*NUMBER[:6]), *[""] * 11, "生年月日", "備考"]]
    blank = world.pick(0, 0, 1)
    serial = world.chance(0.3)
    if blank:
        rows[0][4:4] = ["", ""]
    if world.chance(0.4):
        rows.insert(0, ["提出者一覧"])
    for nth in world.many(2, 30):
        one = world.person()
        digits = list(world.number())
        for at in (8, 4):
            digits[at:at] = [""] * blank
        rows.append([str(nth + 1), one.name, one.kana, *digits, day(one.born, serial=serial)])
    return Draft([Table(rows, "sheet 一覧")], where(world, "届出用一覧.xlsx", personnel=True))


@template("form", source=DRAWN)
def upright_boxes_sheet(world: World) -> Draft:
    """One digit a row, downwards, one column a person."""
    paper = Paper()
    label = world.pick(*NUMBER[:6])
    top = world.rng.randint(1, 4)
    paper.put(0, 0, world.pick("縦書き様式", "転記シート", "本人確認シート"))
    apart = world.pick(1, 2)
    for nth in world.many(1, 5):
        one, column = world.person(), 1 + nth * apart
        paper.put(top, column, one.surname)
        paper.put(top + 1, column, label)
        paper.put(top + 2, column, *world.number(), down=True)
    paper.put(top + 15, 0, "備考", "上から順に記入")
    return Draft([Table(paper.rows(), "sheet 縦")], where(world, "様式.xlsx"))


@template("form", source="National Tax Agency: a person leaves the first of thirteen boxes empty")
def thirteen_boxes_sheet(world: World) -> Draft:
    """個人番号又は法人番号: persons and firms in the same thirteen boxes."""
    paper, row = Paper(), 0
    paper.put(
        0,
        0,
        world.pick("報酬、料金等の支払調書", "不動産の使用料等の支払調書", "支払調書 入力シート"),
    )
    for nth in world.many(1, 5):
        row += 2
        is_firm = nth > 0 and world.chance(0.4)
        name = world.company() if is_firm else world.person().name
        paper.put(row, 0, "氏名又は名称", name, "", "個人番号又は法人番号")
        digits = identifiers.corporate(world.rng) if is_firm else " " + world.number()
        cells = ["" if cell == " " else cell for cell in digits]
        if world.chance(0.5):
            paper.put(row, 4, *cells)
        else:
            paper.put(row + 1, 4, *cells)
            row += 1
    return Draft([Table(paper.rows(), "sheet 調書")], where(world, "調書入力.xlsx"))


@template("table", source=DRAWN)
def number_in_three_cells(world: World) -> Draft:
    """The three groups in three cells."""
    header = world.pick(*NUMBER[:6])
    heads = world.pick([header, "", ""], [f"{header}1", f"{header}2", f"{header}3"], [header] * 3)
    rows = [["No", "氏名", *heads, "提出日"]]
    for nth in world.many(1, 40):
        number = world.number()
        groups = (number[:4], number[4:8], number[8:])
        submitted = world.day().strftime("%m/%d")
        rows.append([str(nth + 1), world.person().name, *groups, submitted])
    return Draft([Table(rows, "sheet 一覧")], where(world, "分割入力.xlsx", personnel=True))


@template("form", source=DRAWN)
def filled_example_sheet(world: World) -> Draft:
    """A sheet that is called an example, with a person's true number in it."""
    me, show = world.person(), style(world)
    rows = [
        [world.pick("【記入例】", "記入例（総務で使用）", "見本")],
        ["氏名", me.name, "フリガナ", me.kana],
        [world.pick(*NUMBER), show(world.number()), "生年月日", me.era_birth],
        ["住所", me.address, "電話", world.phone()],
    ]
    note = Text("記入例を参考に漏れなく記入してください。", "sheet 記入例 › settings")
    return Draft([Table(rows, "sheet 記入例"), note], where(world, "提出様式.xlsx", personnel=True))
