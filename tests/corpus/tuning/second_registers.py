"""Sheets: fields in pairs, people to the right, headers with notes, and words only in a title."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._paper import style
from corpus.tuning.second_frame import digits_of, kept, opened
from corpus.world import World

BOOKS = "Workbooks of personnel offices and tax accountants"


@template("table", source=BOOKS)
def s_pairs_abreast(world: World) -> Draft:
    """Two or three pairs of field and value in every row."""
    me = world.person()
    rows = [
        [world.pick("従業員カード", "新入社員登録票", "")],
        ["社員番号", me.staff, "", "氏名", me.name],
        ["生年月日", f"{me.born:%Y/%m/%d}", "", "電話", world.phone()],
        ["口座", str(world.rng.randrange(10**6, 10**7)), "", "個人番号", digits_of(world)],
        ["基礎年金番号", identifiers.pension(world.rng), "", "住所", me.address],
    ]
    if world.chance(0.5):
        one = world.person()
        rows += [["配偶者", one.name, "", "同　個人番号", digits_of(world)]]
    return kept(world, ("従業員カード.xlsx", "登録票.xlsx"), Table(rows, "Sheet1"))


@template("table", source=BOOKS)
def s_field_sheet(world: World) -> Draft:
    """項目 / 内容 / 備考, one field a row."""
    me = world.person()
    word = world.pick("マイナンバー", "個人番号(12桁)", "個人番号\n※半角", "My Number / 個人番号")
    rows = [
        ["No", "項目", "内容", "備考"],
        ["1", "氏名", me.name, ""],
        ["2", "フリガナ", me.kana, "全角"],
        ["3", word, digits_of(world), world.pick("", "通知カードで確認", "必須")],
        ["4", "雇用保険番号", identifiers.insurance(world.rng), "前職"],
        ["5", "携帯電話", world.phone(), ""],
    ]
    return kept(world, ("入社シート.xlsx",), Table(rows, "入力"))


@template("table", source=BOOKS)
def s_people_to_the_right(world: World) -> Draft:
    """Fields go down, every person is a column."""
    people = [world.person() for _ in world.many(2, 7)]
    rows = [
        ["", *(f"{nth}人目" for nth in range(1, len(people) + 1))],
        ["氏名", *(one.name for one in people)],
        ["続柄", *(world.pick("本人", "妻", "子") for _ in people)],
        ["生年月日", *(f"{one.born:%Y-%m-%d}" for one in people)],
        [world.pick("マイナンバー", "個人番号"), *(digits_of(world) for _ in people)],
        ["電話", *(world.phone() for _ in people)],
    ]
    return kept(world, ("家族.xlsx", "扶養.xlsx"), Table(rows, "扶養"))


@template("table", source=BOOKS)
def s_family_to_the_right(world: World) -> Draft:
    """A person a row; dependants' names and numbers repeat to the right under grouped headers."""
    deep = world.chance(0.5)
    word = world.pick("個人番号", "マイナンバー", "番号")
    groups = ("本人", "配偶者", "扶養1", "扶養2")
    if deep:
        rows = [["社員CD", *(cell for group in groups for cell in (group, ""))]]
        rows += [["", *(cell for _ in groups for cell in ("氏名", word))]]
        rows = [["マイナンバー台帳"], *rows] if word == "番号" else rows
    else:
        word = world.pick("個人番号", "マイナンバー")
        rows = [["社員CD", *(c for group in groups for c in (f"{group}氏名", f"{group}{word}"))]]
    for _ in world.many(2, 25):
        me = world.person()
        cells = [me.staff]
        for nth in range(len(groups)):
            there = nth == 0 or world.chance(0.5)
            cells += [world.person(me.surname).name, world.number()] if there else ["", ""]
        rows.append(cells)
    return kept(world, ("台帳.xlsx", "扶養一覧.csv"), Table(rows), labelled=word != "番号")


@template("table", source=BOOKS)
def s_noted_header(world: World) -> Draft:
    """A header with unit, note mark or a second language, and notes below the table."""
    word = world.pick(
        "個人番号\n(12桁)",
        "マイナンバー※1",
        "個人番号\n（半角数字・ﾊｲﾌﾝなし）",
        "My Number\n個人番号",
        "マイナンバー\nIndividual Number",
        "個人\n番号",
        "【必須】個人番号",
        "ﾏｲﾅﾝﾊﾞｰ(数字)",
    )
    show = style(world, 0.1)
    rows = [
        ["社員名簿", "", "", f"{world.day():%Y/%m/%d}現在"],
        [],
        ["氏名\nName", "所属", word, "備考"],
    ]
    for _ in world.many(2, 40):
        place = world.pick("営業", "製造", "管理")
        rows.append([world.person().name, place, show(world.number()), world.pick("", "育休中")])
    rows += [[], ["※1 取扱いは人事部のみ"], ["合計", str(len(rows) - 4), "名"]]
    return kept(world, ("名簿.xlsx",), Table(rows, "名簿"))


@template("table", source=BOOKS)
def s_title_says_it(world: World) -> Draft:
    """Columns are 番号, 数字, No. or a person's 番号①; the title or the sheet has the word."""
    titled = world.chance(0.6)
    column = world.pick("番号", "12桁", "ナンバー", "番号（本人）", "控え", "数字")
    rows = [[world.pick("マイナンバー回収表", "個人番号　提出一覧", "マイナンバー管理")], []]
    rows = rows if titled else []
    rows.append(["部署", "氏名", column, "提出日", "確認"])
    for _ in world.many(4, 40):
        when = f"{world.day(2024, 2026):%m/%d}"
        rows.append(["営業部", world.person().name, digits_of(world), when, world.pick("済", "")])
    place = "Sheet1" if titled else world.pick("マイナンバー", "個人番号")
    return kept(world, ("回収.xlsx", "一覧.xlsx"), Table(rows, place), labelled=False)


@template("table", source=BOOKS)
def s_zero_lost(world: World) -> Draft:
    """A program took the numbers for numbers: zeros in front are lost, perhaps ``.0`` behind."""
    tail = world.pick("", "", ".0")
    rows = [["emp_id", "name", world.pick("個人番号", "my_number", "マイナンバー"), "updated"]]
    for nth in world.many(3, 40):
        number = world.number_from("0") if not nth or world.chance(0.15) else world.number()
        rows.append(["E0" + str(nth), world.person().name, number.lstrip("0") + tail, "2025-10-01"])
    return kept(world, ("export.csv", "merge_out.xlsx"), Table(rows))


@template("table", source=BOOKS)
def s_cell_comment(world: World) -> Draft:
    """The number is in a comment or a text box, the sheet beside it is harmless."""
    me = world.person()
    word = world.pick("マイナンバー", "個人番号", "MN")
    note = f"{world.person().surname}:\n{word} {digits_of(world)}{world.pick('', ' 台帳転記済')}"
    rows = [["社員番号", "氏名", "入社日"]]
    for _ in world.many(5, 20):
        one = world.person()
        rows.append([one.staff, one.name, f"{world.day():%Y/%m/%d}"])
    place = world.pick("comment B4", "text box", "note")
    return kept(world, (f"{me.surname}課.xlsx",), Table(rows, "名簿"), Text(note, place))


@template("table", source=BOOKS)
def s_bits_in_remarks(world: World) -> Draft:
    """The column is 備考: among remarks of all kinds some name the number."""
    rows = [["氏名", "入社日", "備考"]]
    for nth in world.many(4, 20):
        remark = world.pick("", "時短勤務", "社宅", f"交通費 {world.rng.randrange(10**4)}円")
        if nth % 4 == 1:
            remark = f"{world.pick('マイナンバー', '個人番号')}{world.pick('：', ' ', '')}"
            remark += digits_of(world)
        rows.append([world.person().name, f"{world.day():%Y/%m/%d}", remark])
    return kept(world, ("入社者.xlsx",), Table(rows, "R7"))


@template("table", source="Payroll programs' exports with codes for headers")
def s_coded_header(world: World) -> Draft:
    """A line of field codes, then a line of names, then values in quotation marks."""
    lines = [
        '"F001","F002","F017","F018"',
        f'"社員ｺｰﾄﾞ","氏名","{world.pick("個人番号", "ﾏｲﾅﾝﾊﾞｰ")}","続柄"',
    ]
    for _ in world.many(3, 30):
        one = world.person()
        lines.append(f'"{one.staff}","{one.name}","{world.number()}","本人"')
    return kept(world, ("KYUYO.CSV",), *opened("KYUYO.CSV", "\r\n".join(lines)))


@template("table", source=BOOKS)
def s_many_kinds_one_column(world: World) -> Draft:
    """種別 says what the number beside it is."""
    rows = [["氏名", "種別", "番号", "確認日"]]
    for _ in world.many(3, 12):
        one = world.person()
        rows += [
            [one.name, "基礎年金番号", identifiers.pension(world.rng), ""],
            ["", world.pick("個人番号", "マイナンバー"), world.number(), f"{world.day():%m/%d}"],
            ["", "雇用保険番号", identifiers.insurance(world.rng), ""],
        ]
    return kept(world, ("番号一覧.xlsx",), Table(rows, "番号"))
