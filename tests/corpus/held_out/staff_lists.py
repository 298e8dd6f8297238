"""Lists of people: hospitals, shops, universities, payroll offices."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import csv, era, passages, pen, sheet, word
from corpus.world import World
from corpus.writing import STYLES, full_width, grouped


@template("table", source="hospital rosters: two header rows, a section title inside the rows")
def x_hospital_roster(world: World) -> Draft:
    rng, write = world.rng, pen(world, 0.1)
    label = world.pick("マイナンバー", "個人番号", "ﾏｲﾅﾝﾊﾞｰ", "マイナ\nンバー")
    rows = [
        [f"医療法人{world.pick('清和会', '慈恵会', '仁成会')}　職員名簿　{era(world)}"],
        ["職員", "", "", "免許", "", "社会保険等", "", ""],
        ["番号", "氏名", "職種", "登録番号", "取得日", "基礎年金番号", "雇用保険番号", label],
    ]
    wards = ["医局", "看護部", "薬剤部", "リハビリ科", "事務部"]
    for section in world.sample(wards, rng.randint(1, 4)):
        rows.append([f"【{section}】"])
        for _ in world.many(2, 14):
            person = world.person()
            rows.append(
                [
                    person.staff,
                    person.name,
                    world.pick("常勤", "非常勤", "パート"),
                    f"第{rng.randint(100000, 999999)}号",
                    era(world),
                    identifiers.pension(rng),
                    identifiers.insurance(rng),
                    write(world.number()),
                ]
            )
    return Draft([sheet(rows, world.pick("名簿", "R8", "Sheet1"))], ["総務", "職員名簿.xlsx"])


@template("table", source="payroll exports: one row a worker, a column for each dependant's number")
def x_family_columns(world: World) -> Draft:
    kin = ["本人", "配偶者", "扶養1", "扶養2", "扶養3"][: world.rng.randint(3, 5)]
    label = world.pick("マイナンバー", "個人番号")
    one_row = world.chance(0.5)
    if one_row:
        heads = [["社員CD", "氏名", *[f"{who}{label}" for who in kin], "更新日"]]
    else:
        heads = [["社員CD", "氏名", label, *[""] * (len(kin) - 1), "更新日"], ["", "", *kin, ""]]
    rows: list[list[str]] = [*heads]
    for _ in world.many(2, 40):
        person = world.person()
        share = world.pick(0.0, 0.4, 0.9)
        own = [world.number(), *[world.number() if world.chance(share) else "" for _ in kin[1:]]]
        rows.append([person.staff, person.name, *own, world.day().strftime("%Y/%m/%d")])
    if one_row and world.chance(0.5):
        return Draft([csv(rows)], ["年末調整", "扶養情報_出力.csv"])
    return Draft([sheet(rows)], ["給与", "扶養親族.xlsx"])


@template("table", source="sign-up forms for part-time work: the question is the column's head")
def x_part_time_answers(world: World) -> Draft:
    question = world.pick(
        "マイナンバー（12桁）を入力してください",
        "⑦ご自身のマイナンバーをご記入下さい（ハイフンなし）",
        "Q9. 個人番号(マイナンバーカード裏面の12ケタ)",
        "あなたのマイナンバー / Your My Number",
    )
    head = ["タイムスタンプ", "お名前", "フリガナ", "ご連絡先", question, "希望シフト", "交通手段"]
    rows = [head]
    for _ in world.many(2, 30):
        person = world.person()
        answer = STYLES[world.pick(*STYLES)](world.number())
        if world.chance(0.1):
            answer += world.pick("です", " ", "（本人）", "　よろしくお願いします")
        rows.append(
            [
                world.day().strftime("%Y/%m/%d 10:21:09"),
                person.name,
                person.kana,
                world.phone(),
                answer,
                world.pick("土日", "平日夜", "いつでも"),
                world.pick("徒歩", "バス", "電車"),
            ]
        )
    file = world.pick("アルバイト登録フォーム（回答）.xlsx", "短期スタッフ申込.csv")
    return Draft([csv(rows) if file.endswith("csv") else sheet(rows, "フォームの回答 1")], [file])


@template("form", source="universities pay lecturers 謝金: a request with bank account and number")
def x_lecture_fee(world: World) -> Draft:
    person, write = world.person(), pen(world)
    label = world.pick("個人番号", "マイナンバー", "マイナンバー※源泉徴収のため", "個人番号(12桁)")
    rows = [
        ["講師氏名", person.name, "所属", world.pick("非常勤講師", "フリーランス", "他大学 教授")],
        ["生年月日", person.era_birth, label, write(world.number())],
        ["現住所", person.address, "電話", world.phone()],
        ["振込先", f"普通 {identifiers.digits(world.rng, 7)}", "口座名義", person.kana],
        ["予算コード", world.random12(0.7), "区分", world.pick("講演謝金", "査読謝金")],
    ]
    tail = rows[1:]
    world.rng.shuffle(tail)
    title = world.pick("謝金支払依頼書", "諸謝金支給調書", "謝金等支払申請書")
    before = [title, f"日付 {era(world)}"]
    after = [*passages(world, 0, 3), f"申請番号 {world.random12(0.7)}"]
    return Draft(word(world, before, [rows[0], *tail], after), ["研究費", "謝金.docx"])


@template("table", source="sheets with people across and facts down, as for a handful of directors")
def x_directors_across(world: World) -> Draft:
    people = [world.person() for _ in world.many(3, 12)]
    write = pen(world, 0.2)
    label = world.pick("個人番号", "マイナンバー", "My Number", "個人番号（本人）")
    facts = [
        ["生年月日", *[one.era_birth for one in people]],
        ["住所", *[one.address for one in people]],
        [label, *[write(world.number()) for _ in people]],
        ["会員番号", *[world.random12(0.1) for _ in people]],
        ["役員報酬（年額）", *[f"{world.rng.randint(3, 30)}00,000" for _ in people]],
        ["就任日", *[era(world) for _ in people]],
    ]
    world.rng.shuffle(facts)
    rows = [["", *[one.name for one in people]], *facts]
    if world.chance(0.5):
        rows = [["役員一覧"], [], *rows]
    return Draft([sheet(rows, "役員")], ["役員.xlsx"])


@template("csv", source="exports of payroll programs without a header row")
def x_headerless_staff(world: World) -> Draft:
    rng, rows = world.rng, []
    at = rng.randint(3, 6)
    for _ in world.many(6, 60):
        person = world.person()
        row = [
            person.staff,
            person.name,
            person.kana,
            world.pick("1", "2"),
            person.born.strftime("%Y%m%d"),
            person.address,
            identifiers.digits(rng, 4) + identifiers.digits(rng, 6),
            str(rng.randint(160, 900)) + "000",
        ]
        row.insert(at, world.number())
        rows.append(row)
    name = world.pick("emp_20260401.csv", "OUT001.txt", "従業員データ.csv")
    return Draft([csv(rows)], ["給与移行", name], labelled=False)


@template("table", source="Excel and pandas lose leading zeros, or add .0 to a column with blanks")
def x_zero_lost(world: World) -> Draft:
    floats = world.chance(0.4)
    label = world.pick("個人番号", "マイナンバー", "mynumber", "MyNumber", "kojin_bango")
    rows = [["社員番号", "氏名", label, "入社日"]]
    for nth in world.many(4, 60):
        person = world.person()
        number = world.number_from("0") if nth < 2 or world.chance(0.1) else world.number()
        cell = number.lstrip("0") + (".0" if floats else "")
        row = [person.staff, person.name, cell, world.day().strftime("%Y/%m/%d")]
        rows.insert(world.rng.randint(1, len(rows)), row)
        if floats and world.chance(0.2):
            rows.append([world.person().staff, world.person().name, "", ""])
    if floats or world.chance(0.4):
        return Draft([csv(rows)], ["従業員マスタ.csv"])
    return Draft([sheet(rows)], ["人事", "従業員マスタ.xlsx"])


@template("table", source="office practice: the number ends up among remarks of a quite other list")
def x_number_in_remarks(world: World) -> Draft:
    rows = [["日付", "氏名", "内容", "金額", world.pick("備考", "メモ", "特記事項")]]
    lucky = world.rng.randint(1, 4)
    for nth in world.many(8, 30):
        person = world.person()
        note = world.pick("", "", "領収書あり", "本人へ確認済", f"{world.phone()}に折返し")
        if nth % 7 == lucky:
            label = world.pick("マイナンバー", "マイナンバー：", "MN=", "個人番号 ", "ﾏｲﾅﾝﾊﾞｰ→")
            note = f"{world.pick('', '本人より受領 ', '仮登録。')}{label}"
            note += pen(world, 0.1)(world.number()) + world.pick("", " 要登録", "（電話で聞取り）")
        work = world.pick("入社手続", "通勤費", "住所変更", "慶弔金", "退職手続")
        rows.append([era(world), person.name, work, f"{world.rng.randint(1, 90)}00", note])
    return Draft([sheet(rows, "対応記録")], ["総務", "対応記録簿.xlsx"])


@template("table", source="collection sheets: one column 番号 for My Numbers, one for parcels")
def x_collection_sheet(world: World) -> Draft:
    write = pen(world, 0.1)
    title = world.pick("マイナンバー収集管理表", "個人番号　回収一覧", "マイナンバー提出状況")
    column = world.pick("番号", "番号(12桁)", "ナンバー")
    head = ["社員番号", "氏名", column, "提出日", "送り状番号"]
    rows = [[title, "", "", f"更新 {era(world)}"], head]
    for nth in world.many(5, 40):
        person = world.person()
        got = nth < 3 or world.chance(0.8)
        rows.append(
            [
                person.staff,
                person.name,
                write(world.number()) if got else world.pick("未提出", "", "督促中"),
                era(world) if got else "",
                world.other(identifiers.courier, 0) if got and world.chance(0.6) else "",
            ]
        )
    return Draft([sheet(rows, "一覧")], ["人事", f"{title}.xlsx"], labelled=False)


@template("table", source="card-shaped blocks, stacked in one sheet, the value right of the label")
def x_stacked_blocks(world: World) -> Draft:
    label = world.pick("個人番号", "マイナンバー", "個人番号：", "■マイナンバー")
    write = world.pick(grouped, full_width, str)
    gap = [""] * world.rng.randint(0, 2)
    rows: list[list[str]] = []
    for nth in world.many(1, 15):
        person = world.person()
        rows += [
            [f"No.{nth + 1}", *gap, ""],
            ["氏名", *gap, person.name, "", "性別", world.pick("男", "女")],
            ["生年月日", *gap, person.era_birth, "", "続柄", world.pick("本人", "妻", "子")],
            [label, *gap, write(world.number()), "", "会員番号", world.random12(0.1)],
            ["住所", *gap, person.address],
            [],
        ]
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    block = Table(padded, place=world.pick("カード", "Sheet2"), first_row=4, first_column=2)
    return Draft([block], ["台帳", "個人カード.xlsx"])


@template("table", source="remarks that a clerk hangs on a cell of a roster without the number")
def x_cell_comment(world: World) -> Draft:
    rows = [["社員番号", "氏名", "所属", "入社日", "マイナンバー提出"]]
    for _ in world.many(4, 25):
        person = world.person()
        where = world.pick("営業部", "製造部", "開発部")
        rows.append([person.staff, person.name, where, era(world), world.pick("済", "未", "○")])
    comments = []
    for nth in world.many(1, 3):
        cell = f"comment E{nth + 2}"
        words = world.pick("個人番号 ", "マイナンバー:\n", "本人申告のマイナンバーは")
        by = world.person()
        tail = world.pick("", "\n登録後に消すこと", "\n原本は金庫")
        comments.append(Text(f"{by.name}:\n{words}{pen(world, 0.2)(world.number())}{tail}", cell))
    return Draft([sheet(rows, "名簿"), *comments], ["人事", "社員名簿.xlsx"])
