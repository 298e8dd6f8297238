"""Tables whose counts are hard, and tables with the word over another column."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import full_width, grouped, written

SHEETS = "Workbooks and lists of personnel, tax and insurance offices"
WORDS = ("マイナンバー", "個人番号")


@template("table", source=SHEETS)
def y_same_people_twice(world: World) -> Draft:
    """The same people on two sheets, written with other separators."""
    people = [(world.person(), world.number()) for _ in world.many(2, 12)]
    word = world.pick(*WORDS)
    first = [["社員番号", "氏名", word], *([p.staff, p.name, n] for p, n in people)]
    again = [["氏名", f"本人{word}"], *([p.name, grouped(n, "-")] for p, n in people)]
    world.rng.shuffle(again[1:])
    tables = [Table(first, "sheet 一覧"), Table(again, "sheet 控")]
    return kept(world, ("名簿.xlsx", "従業員.xlsx"), *tables)


@template("table", source=SHEETS)
def y_dependants_in_columns(world: World) -> Draft:
    """A row a person, dependants to the right, some of them empty."""
    word = world.pick(*WORDS)
    rows = [["氏名", word, "扶養親族1", word, "扶養親族2", word]]
    for _ in world.many(2, 9):
        one = world.person()
        row = [one.name, world.number()]
        for _kin in range(2):
            row += [world.person().given, world.number()] if world.chance(0.5) else ["", ""]
        rows.append(row)
    return kept(world, ("扶養.xlsx", "年調.xlsx"), Table(rows, "sheet 扶養"))


@template("table", source=SHEETS)
def y_number_with_totals(world: World) -> Draft:
    """Totals and counts under the column, money beside it."""
    word = world.pick(*WORDS)
    rows = [["No", "氏名", word, "支払金額"]]
    count = world.rng.randint(2, 15)
    rows += [
        [str(k + 1), world.person().name, world.number(), f"{world.rng.randint(1, 900)}000"]
        for k in range(count)
    ]
    rows += [["", "計", f"{count}名", world.random12(0.7)], ["", "前年", "", world.random12(0.7)]]
    return kept(world, ("支払.xlsx", "法定調書.xlsx"), Table(rows, "sheet 支払"))


@template("table", source=SHEETS)
def y_split_over_cells(world: World) -> Draft:
    """Three cells of four digits, or two of six, under one header."""
    word, three = world.pick(*WORDS), world.chance(0.7)
    rows = [["氏名", word, "", "", "備考"] if three else ["氏名", word, "", "備考"]]
    for _ in world.many(1, 8):
        n = world.number()
        parts = [n[:4], n[4:8], n[8:]] if three else [n[:6], n[6:]]
        rows.append([world.person().name, *parts, world.pick("", "済")])
    return kept(world, ("番号表.xlsx", "入力.xlsx"), Table(rows, "sheet 入力"))


@template("table", source=SHEETS)
def y_checked_twice(world: World) -> Draft:
    """Typed twice, to compare: each person counts once."""
    word = world.pick(*WORDS)
    rows = [["氏名", f"{word}（1回目）", f"{word}（2回目）", "一致"]]
    for _ in world.many(2, 9):
        n = world.number()
        rows.append([world.person().name, n, written(world, n, odd=0.3), "○"])
    return kept(world, ("照合.xlsx", "突合.xlsx"), Table(rows, "sheet 照合"))


@template("table", source=SHEETS)
def y_change_of_number(world: World) -> Draft:
    """Old and new value."""
    word = world.pick(*WORDS)
    rows = [["日付", "氏名", "項目", "変更前", "変更後"]]
    for _ in world.many(2, 6):
        one = world.person()
        what = world.pick("both", "new", "住所", "電話")
        if what == "both":
            row = [word, world.number(), world.number()]
        elif what == "new":
            row = [word, "", world.number()]
        elif what == "住所":
            row = [what, one.address, world.address()]
        else:
            row = [what, world.phone(), world.phone()]
        rows.append([str(world.day()), one.name, *row])
    rows.append([str(world.day()), world.person().name, word, "", world.number()])
    return kept(world, ("変更履歴.xlsx", "異動.xlsx"), Table(rows, "sheet 履歴"), labelled=False)


@template("table", source=SHEETS)
def y_card_of_a_person(world: World) -> Draft:
    """A person a sheet: labels at the left, values at the right, other numbers too."""
    segments = []
    for _ in world.many(1, 4):
        one = world.person()
        rows = [
            ["氏名", one.name],
            ["生年月日", one.era_birth],
            [world.pick("個人番号", "マイナンバー", "個人番号（12桁）"), world.number()],
            [world.pick("免許証番号", "口座番号", "保険証番号"), world.random12(0.7)],
            ["住所", one.address],
        ]
        world.rng.shuffle(rows)
        segments.append(Table(rows, f"sheet {one.surname}"))
    return kept(world, ("個人カード.xlsx", "人事カード.xlsx"), *segments)


@template("table", source=SHEETS)
def y_list_as_text(world: World) -> Draft:
    """A list pasted as text; a person may stand twice."""
    people = [(world.person(), world.number()) for _ in world.many(2, 7)]
    head = world.pick(
        "マイナンバー一覧", "氏名\tマイナンバー", "【個人番号リスト】", "氏名 / 個人番号"
    )
    gap = world.pick("\t", " / ", "　", ",", " … ", "：")
    lines = [f"{p.name}{gap}{world.pick(n, grouped(n), full_width(n))}" for p, n in people]
    if world.chance(0.3):
        p, n = people[0]
        lines.append(f"{p.name}{gap}{grouped(n, '-')}")
    return kept(world, ("一覧.txt", "メモ.txt"), Text("\n".join([head, *lines])))


@template("table", source=SHEETS)
def y_status_of_collection(world: World) -> Draft:
    """Who handed it in, by which envelope or request."""
    word = world.pick(*WORDS)
    key = world.pick("受付", "依頼", "封筒", "申請", "管理", "返送")
    rows = [["氏名", f"{word}", f"{key}{world.pick('番号', 'No', 'ID', 'コード')}", "日付"]]
    for _ in world.many(3, 14):
        state = world.pick("提出済", "未", "○", "確認中", "済")
        rows.append([world.person().name, state, world.random12(0.5), str(world.day())])
    return kept(world, (f"{word}回収状況.xlsx", "回収.xlsx"), Table(rows, f"sheet {word}"))


@template("table", source=SHEETS)
def y_ledger_of_access(world: World) -> Draft:
    """Who handled the numbers, with the key of each record."""
    word = world.pick(*WORDS)
    rows = [
        [f"{word}取扱記録", "", "", ""],
        ["日時", "担当", "操作", world.pick("対象", "キー", "記録")],
    ]
    for _ in world.many(3, 20):
        act = world.pick("閲覧", "登録", "削除", "印刷")
        rows.append(
            [str(world.day()), world.person().surname, f"{word}{act}", world.random12(0.35)]
        )
    return kept(world, ("取扱記録.xlsx", "ログ.xlsx"), Table(rows, "sheet 記録"))


@template("table", source=SHEETS)
def y_devices_for_cards(world: World) -> Draft:
    """Goods and devices for the matter, with their codes."""
    word = world.pick("マイナンバー", "マイナンバーカード")
    rows = [["品名", world.pick("コード", "シリアル", "資産", "JAN", "製番"), "数量"]]
    rows += [
        [f"{word}{one}", world.random12(0.6), str(world.rng.randint(1, 20))]
        for one in ("カードリーダー", "保管庫", "スタンプ", "封筒")
    ]
    return kept(world, ("備品.xlsx", f"{word}備品.xlsx"), Table(rows, "sheet 備品"))
