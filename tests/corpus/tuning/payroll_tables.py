"""Workbooks of personnel and payroll offices: wherever the header stands, if it stands at all."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.tuning._paper import NUMBER, columns, filled, style, title_rows
from corpus.world import World

BOOK = "Workbooks of personnel offices"


@template("table", source=BOOK, weight=1.5)
def staff_book(world: World) -> Draft:
    """A list of staff as everybody keeps one: title rows, blanks, perhaps a typing error."""
    show, table = style(world), columns(world, 3, 10)
    typos = world.chance(0.15)

    def cell() -> str:
        if world.issued and world.chance(0.1):
            return world.pick("", "未提出", "提出拒否", "-", "後日")
        if typos and world.issued and world.chance(0.03):
            return show(identifiers.mistyped(world.rng))
        return show(world.number())

    at = world.rng.randint(1, len(table))
    header = world.pick(*NUMBER)
    rows = filled(world, table, len(world.many(1, 120)), at=at, header=header, cell=cell)
    titles = title_rows(
        world, "従業員名簿", "社員マスタ", "年末調整対象者一覧", "扶養一覧", "番号管理台帳"
    )
    total = world.pick([], [[], ["合計", f"{len(rows) - 1}名"]])
    place = f"sheet {world.pick('Sheet1', '名簿', '一覧', '2025', 'マスタ')}"
    name = world.pick("名簿.xlsx", "社員一覧(最新).xlsx", "master.xlsx", "コピー ～ 台帳.xlsx")
    return Draft([Table([*titles, *rows, *total], place)], where(world, name, personnel=True))


@template("table", source=BOOK)
def long_book(world: World) -> Draft:
    """Hundreds of rows below one header; the later ones come as a block with ``head``."""
    show, table = style(world), columns(world, 3, 7)
    at = world.rng.randint(1, len(table))
    rows = filled(
        world,
        table,
        len(world.many(200, 600)),
        at=at,
        header=world.pick(*NUMBER),
        cell=lambda: show(world.number()),
    )
    rows = [*title_rows(world, "全社員一覧", "マスタ出力", "退職者含む一覧"), *rows]
    cut = world.rng.randint(60, len(rows) - 1)
    blocks = [
        Table(rows[:cut], "sheet 全社"),
        Table(rows[cut:], "sheet 全社", head=rows[:10], first_row=cut + 1),
    ]
    if world.chance(0.4):
        blocks = [Table(rows, "sheet 全社")]
    return Draft(blocks, where(world, world.pick("全社員.xlsx", "DWH出力.xlsx"), personnel=True))


@template("table", source=BOOK)
def stacked_headers(world: World) -> Draft:
    """Headers in two or three rows, merged above: 本人 | 配偶者 | 扶養親族."""
    show = style(world)
    label = world.pick("個人番号", "マイナンバー", "番号", "個人番号(12桁)")
    kin = ["本人", *world.sample(["配偶者", "扶養親族1", "扶養親族2"], world.rng.randint(1, 3))]
    if label == "番号":
        kin = [f"{one}マイナンバー" for one in kin]
    top, below = ["社員番号", "氏名"], ["", ""]
    for one in kin:
        top += [one, "", ""]
        below += ["氏名", "生年月日", label]
    rows = [top, below]
    for _ in world.many(2, 40):
        me = world.person()
        row = [me.staff, me.name]
        for nth, _ in enumerate(kin):
            if nth and world.chance(0.5):
                row += ["", "", ""]
                continue
            one = me if not nth else world.person(me.surname)
            row += [one.name, one.born.strftime("%Y/%m/%d"), show(world.number())]
        rows.append(row)
    titles = title_rows(world, "扶養控除申告 集計", "家族情報一覧")
    return Draft(
        [Table([*titles, *rows], "sheet 家族")], where(world, "扶養家族.xlsx", personnel=True)
    )


@template("table", source=BOOK)
def wide_family_table(world: World) -> Draft:
    """One header row, several number columns."""
    show = style(world)
    kin = world.rng.randint(1, 4)
    family = [f"扶養{nth + 1}" for nth in range(kin)]
    heads = [
        name
        for one in family
        for name in (f"{one}氏名", f"{one}続柄", f"{one}{world.pick('個人番号', 'マイナンバー')}")
    ]
    rows = [["コード", "氏名", "個人番号", "配偶者氏名", "配偶者個人番号", *heads, "電話"]]
    for _ in world.many(1, 50):
        me = world.person()
        row = [me.staff, me.name, show(world.number())]
        row += (
            [world.person(me.surname).name, show(world.number())] if world.chance(0.6) else ["", ""]
        )
        for _ in family:
            has = world.chance(0.4)
            row += (
                [world.person(me.surname).name, "子", show(world.number())] if has else ["", "", ""]
            )
        rows.append([*row, world.phone()])
    return Draft([Table(rows, "sheet Sheet1")], where(world, "家族_横.xlsx", personnel=True))


@template("table", source=BOOK)
def several_tables_in_a_sheet(world: World) -> Draft:
    """Two tables below or beside each other; only one is about numbers."""
    show = style(world)
    table = columns(world, 2, 4)
    mine = filled(
        world,
        table,
        len(world.many(2, 20)),
        at=len(table),
        header=world.pick(*NUMBER),
        cell=lambda: show(world.number()),
    )
    kind, make = world.pick(
        ("送り状番号", identifiers.courier),
        ("会社法人等番号", identifiers.registry),
        ("免許証番号", identifiers.licence),
    )
    theirs = [["日付", "相手先", kind, "担当"]]
    theirs.extend(
        [world.day().isoformat(), world.company(), world.other(make, 0), world.person().surname]
        for _ in world.many(2, 20)
    )
    if world.chance(0.35):
        depth, wide = max(len(mine), len(theirs)), len(mine[0])
        left = [row + [""] * (wide - len(row)) for row in [*mine, *[[]] * (depth - len(mine))]]
        rows = [
            [*row, "", *(theirs[nth] if nth < len(theirs) else [])] for nth, row in enumerate(left)
        ]
    else:
        first, second = (mine, theirs) if world.chance(0.5) else (theirs, mine)
        gap: list[list[str]] = [[] for _ in world.many(1, 3)]
        rows = [[world.pick("■一覧", "1.")], *first, *gap, [world.pick("■別表", "2.")], *second]
    return Draft([Table(rows, "sheet 作業")], where(world, "作業用.xlsx"))


@template("headerless", source=BOOK)
def headerless_sheet(world: World) -> Draft:
    """People and numbers, no header; names may tell, or not."""
    show = style(world, odd=0.1)
    order = world.rng.randint(0, 3)
    rows = []
    for _ in world.many(5, 60):
        one = world.person()
        cells = [one.staff, one.name, one.born.strftime("%Y/%m/%d")]
        cells.insert(order, show(world.number()))
        rows.append(cells)
    place = f"sheet {world.pick('Sheet1', 'Sheet2', 'マイナンバー', '貼付', 'work')}"
    name = world.pick(
        "Book1.xlsx", "マイナンバー一覧.xlsx", "作業中.xlsx", "temp.xlsx", "個人番号.xlsx"
    )
    return Draft([Table(rows, place)], where(world, name), labelled=False)


@template("headerless", source=BOOK)
def column_named_number(world: World) -> Draft:
    """A column that is only called 番号; sheet or file speak of My Numbers."""
    show = style(world, odd=0.1)
    header = world.pick("番号", "No.", "12桁", "NUMBER", "番号（12桁）", "コード")
    rows = [["社員", "カナ", header, "確認"]]
    for _ in world.many(4, 50):
        one = world.person()
        rows.append([one.name, one.kana, show(world.number()), world.pick("済", "")])
    titled = world.chance(0.5)
    place = "sheet マイナンバー" if titled else world.pick("sheet 個人番号一覧", "sheet MN")
    title = [[world.pick("マイナンバー収集状況", "個人番号台帳")]] if world.chance(0.4) else []
    return Draft(
        [Table([*title, *rows], place)], where(world, "マイナンバー回収.xlsx"), labelled=False
    )


@template("table", source="Payment records: persons and firms in one column")
def either_kind_column(world: World) -> Draft:
    """個人番号又は法人番号: twelve digits for a person, thirteen for a firm."""
    show = style(world, odd=0.1)
    header = world.pick(
        "個人番号又は法人番号",
        "個人番号または法人番号",
        "法人（個人）番号",
        "マイナンバー/法人番号",
    )
    rows = [["支払先コード", "氏名又は名称", header, "住所", "支払金額", "源泉徴収税額"]]
    for nth in world.many(3, 60):
        paid = world.rng.randrange(10_000, 2_000_000)
        is_person = not nth or world.chance(0.5)
        name = world.person().name if is_person else world.company()
        number = show(world.number()) if is_person else identifiers.corporate(world.rng)
        code = identifiers.digits(world.rng, 6)
        rows.append([code, name, number, world.address(), str(paid), str(paid * 1021 // 10000)])
    titles = title_rows(world, "支払調書 集計表", "報酬一覧", "地代家賃 支払先")
    return Draft([Table([*titles, *rows], "sheet 支払先")], where(world, "支払先マスタ.xlsx"))


@template("table", source=BOOK)
def beside_lookalike_columns(world: World) -> Draft:
    """The number's column between columns of licences, registrations and bank accounts."""
    rng, show = world.rng, style(world)
    others = [
        ("運転免許証番号", lambda: world.other(identifiers.licence, 0)),
        ("登録番号", lambda: "T" + identifiers.corporate(rng)),
        (world.pick("管理番号", "整理番号", "契約番号"), lambda: world.random12(0)),
        ("携帯", lambda: world.other(identifiers.mobile, 0)),
        ("カード番号", lambda: identifiers.card(rng)),
    ]
    chosen = world.sample(others, world.rng.randint(1, 3))
    chosen.insert(rng.randint(0, len(chosen)), (world.pick(*NUMBER), lambda: show(world.number())))
    rows = [["氏名", *[name for name, _ in chosen], "備考"]]
    rows += [[world.person().name, *[make() for _, make in chosen], ""] for _ in world.many(3, 60)]
    return Draft([Table(rows, "sheet ドライバー")], where(world, "委託先個人事業主.xlsx"))


@template("table", source=BOOK)
def comment_and_hidden_places(world: World) -> Draft:
    """A number in a comment of a sheet, or in a text box, beside an innocent table."""
    one = world.person()
    rows = [["社員番号", "氏名", "提出状況"]]
    rows += [
        [world.person().staff, world.person().name, world.pick("済", "未")]
        for _ in world.many(3, 20)
    ]
    number = style(world)(world.number())
    note = world.pick(
        f"{one.surname}:\n{world.pick(*NUMBER[:6])} {number}",
        f"電話で確認。個人番号は{number}",
        f"マイナンバー：{number}（仮）",
    )
    place = world.pick("comment", "text box", "sheet 回収 › comment")
    return Draft([Table(rows, "sheet 回収"), Text(note, place)], where(world, "回収状況.xlsx"))


@template("table", source=BOOK)
def receipts_book(world: World) -> Draft:
    """Several sheets, each a person or an office."""
    show = style(world)
    segments = []
    for nth in world.many(2, 6):
        one = world.person()
        pair = [world.pick("個人番号", "マイナンバー"), show(world.number())]
        rows = [
            ["受付票"],
            ["受付日", world.day().isoformat(), "受付番号", world.random12(0.3)],
            ["氏名", one.name],
            pair,
        ]
        if world.chance(0.3):
            rows = [["受付票"], ["氏名", pair[0], "住所"], [one.name, pair[1], one.address]]
        segments.append(Table(rows, f"sheet {nth + 1}_{one.surname}"))
    return Draft(segments, where(world, world.pick("受付票.xlsx", "個票.xlsx"), personnel=True))
