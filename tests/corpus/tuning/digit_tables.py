"""Figures, measurements and codes: tables of digits that are nobody's number."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.tuning._paper import Paper, companions, title_rows
from corpus.world import World
from corpus.writing import boxed, grouped, spaced

FIGURES = "Open data, accounts and measurements"


@template("digits", source="Evaluation sheets and shift tables", weight=2)
def scores_a_cell(world: World) -> Draft:
    """One digit a cell, twelve months or questions in a row."""
    count = world.pick(12, 12, 12, 10, 13, 24)
    head = world.pick(
        [f"{nth + 1}月" for nth in range(count)],
        [f"Q{nth + 1}" for nth in range(count)],
        [f"問{nth + 1}" for nth in range(count)],
        [str(nth + 1) for nth in range(count)],
        ["" for _ in range(count)],
    )
    rows = [
        *title_rows(
            world, "人事評価シート", "マイナンバー研修 理解度テスト", "出勤表", "アンケート集計"
        ),
        ["氏名", *head, "計"],
    ]
    for _ in world.many(2, 60):
        if world.chance(0.1):
            digits = boxed(world.random12(0.5))[:count]
        else:
            digits = [str(world.rng.randrange(world.pick(2, 6, 10))) for _ in range(count)]
        rows.append([world.person().name, *digits, str(sum(map(int, digits)))])
    return Draft(
        [Table(rows, "sheet 集計")],
        where(world, world.pick("評価.xlsx", "アンケート集計.xlsx", "flags.xlsx")),
    )


@template("digits", source="Tables of random digits, and of π", weight=0.5)
def digit_page(world: World) -> Draft:
    size = world.pick(4, 5, 10, 12, 1)
    gap = world.pick(" ", "  ", "\t") if size > 1 else " "
    lines = [
        world.pick(
            "乱数表", "円周率 3.", "Table of random digits", "パスワード生成用の乱数", "抽選番号"
        )
    ]
    lines.extend(
        gap.join(
            identifiers.digits(world.rng, size)
            for _ in range(world.pick(5, 10) if size > 1 else 20)
        )
        for _ in world.many(5, 60)
    )
    return Draft(
        [Text("\n".join(lines))], where(world, world.pick("random.txt", "乱数表.pdf", "pi.txt"))
    )


@template("amount", source=FIGURES, weight=3)
def amounts(world: World) -> Draft:
    """Large amounts with and without commas."""
    rng = world.rng
    plain = world.chance(0.4)
    unit = world.pick("（円）", "（千円）", "")
    rows = [
        *title_rows(world, "決算書", "マイナンバー関連事業 予算", "財政状況資料集"),
        ["科目", f"当期{unit}", f"前期{unit}", "増減"],
    ]
    for _ in world.many(3, 40):
        a, b = (rng.randrange(10**11, 10**12) for _ in range(2))
        cells = [str(a), str(b), str(a - b)] if plain else [f"{a:,}", f"{b:,}", f"{a - b:,}"]
        rows.append([world.pick("売上高", "国庫支出金", "システム整備費", "純資産"), *cells])
    text = Text(
        f"総額 {identifiers.amount(rng)}円、前年 ¥{identifiers.amount(rng)}。"
        f"マイナンバー制度の関連費用を含む。"
    )
    return Draft(
        [Table(rows, "sheet 予算"), *([text] if world.chance(0.5) else [])],
        where(world, "予算.xlsx"),
    )


@template("decimal", source=FIGURES, weight=3)
def coordinates(world: World) -> Draft:
    """Coordinates, rates, measurements with many decimals."""
    rng = world.rng
    decimals = world.pick(10, 12, 13, 14)
    rows = [["施設名", "緯度", "経度", "備考"]]
    for _ in world.many(3, 100):
        lat, lon = f"{rng.uniform(24, 45):.{decimals}f}", f"{rng.uniform(123, 145):.{decimals}f}"
        rows.append(
            [
                (
                    f"{world.person().surname}"
                    f"{world.pick('公民館', '保育所', '市民センター マイナンバー窓口')}"
                ),
                lat,
                lon,
                "",
            ]
        )
    if world.chance(0.3):
        text = "\n".join(",".join(row) for row in rows)
        return Draft([Text(text)], where(world, "geo.geojson.txt"))
    return Draft(
        [Table(rows, "", lines=tuple(range(1, len(rows) + 1)))], where(world, "shisetsu.csv")
    )


@template("foreign", source="Staff lists of branches abroad", weight=1)
def foreign_ids(world: World) -> Draft:
    """Aadhaar and other twelve-digit numbers of other countries."""
    header, make = world.pick(
        ("Aadhaar", identifiers.aadhaar),
        ("Aadhaar No.", identifiers.aadhaar),
        ("NRIC", identifiers.date_serial),
        ("CCCD", lambda rng: identifiers.digits(rng, 12)),
        ("ИНН", lambda rng: identifiers.digits(rng, 12)),
    )
    show = world.pick(lambda n: n, grouped, lambda n: grouped(n, "-"))
    if world.chance(0.4):
        number = show(world.other(make, 0.8))
        nation = world.pick("Indian", "Malaysian", "Vietnamese")
        text = (
            f"Onboarding\nName: {world.person().roman}\n{header}: {number}\nNationality: {nation}"
        )
        return Draft([Text(text)], where(world, "onboarding_IN.txt"))
    rows = [["Emp ID", "Name", header, "Joined"]]
    rows.extend(
        [
            world.person().staff,
            world.person().roman,
            show(world.other(make, 0)),
            world.day().isoformat(),
        ]
        for _ in world.many(3, 60)
    )
    return Draft([Table(rows, "sheet India")], where(world, "overseas_staff.xlsx"))


@template("cloud", source="Cloud account lists", weight=1)
def cloud_accounts(world: World) -> Draft:
    header = world.pick("AWSアカウントID", "Account ID", "accountId", "AWS Account", "アカウント")
    rows = [["名称", header, "環境", "担当"]]
    for _ in world.many(2, 40):
        name = world.pick("mynumber-prd", "web-stg", "mynumber-dev", "log")
        account = grouped(world.random12(0), "-") if world.chance(0.2) else world.random12(0)
        rows.append([name, account, world.pick("本番", "検証"), world.person().surname])
    if world.chance(0.4):
        return Draft([Table(rows[1:], "accounts", columns=rows[0])], where(world, "accounts.json"))
    return Draft([Table(rows, "sheet AWS")], where(world, "アカウント一覧.xlsx"))


@template("serial", source="Numbers given one after the other", weight=2)
def running_numbers(world: World) -> Draft:
    """Consecutive ids, under headings that may speak of My Numbers."""
    first = world.rng.randrange(10**11, 10**12 - 1000)
    step = world.pick(1, 1, 10)
    header = world.pick("管理番号", "受付番号", "ID", "番号", "連番", "封筒番号")
    rows = [
        *title_rows(world, "マイナンバー封筒管理", "申請受付一覧", "発番台帳"),
        [header, "氏名", "提出", "受付日"],
    ]
    for nth in world.many(5, 150):
        day = world.day().isoformat()
        rows.append([str(first + nth * step), world.person().name, world.pick("済", "未"), day])
    return Draft(
        [Table(rows, "sheet 発番")], where(world, world.pick("マイナンバー封筒.xlsx", "受付.xlsx"))
    )


@template("pension", source="Japan Pension Service, notices of employers", weight=1)
def basic_pension_numbers(world: World) -> Draft:
    """個人番号［基礎年金番号］ filled with the pension's ten digits."""
    rows = [
        ["氏名", "個人番号［基礎年金番号］", "雇用保険被保険者番号", "保険者番号", "資格取得日"]
    ]
    for _ in world.many(1, 50):
        insurer = identifiers.digits(world.rng, 8)
        pension = identifiers.pension(world.rng)
        insurance = identifiers.insurance(world.rng)
        rows.append([world.person().name, pension, insurance, insurer, world.day().isoformat()])
    if world.chance(0.4):
        text = "\n".join(
            f"{row[0]}　個人番号［基礎年金番号］ {spaced(row[1])}　{row[4]}" for row in rows[1:]
        )
        return Draft([Text(text, "page 1")], where(world, "資格取得届.pdf", personnel=True))
    return Draft([Table(rows, "sheet 取得")], where(world, "資格取得.xlsx", personnel=True))


@template("time", source="Lists of files, batches and measurements", weight=4)
def timestamp_table(world: World) -> Draft:
    make = world.pick(identifiers.timestamp, identifiers.date_serial)
    header = world.pick("処理日時", "timestamp", "バッチID", "ファイル", "キー")
    rows = [[header, "件数", "結果"]]
    for _ in world.many(3, 150):
        stamp = world.other(make, 0.1)
        cell = f"mynumber_{stamp}.csv" if header == "ファイル" else stamp
        rows.append([cell, str(world.rng.randrange(10**5)), world.pick("OK", "NG")])
    name = world.pick("batch.csv", "マイナンバー連携結果.csv", "joblist.csv")
    return Draft([Table(rows, "", lines=tuple(range(1, len(rows) + 1)))], where(world, name))


@template("form", source="Payroll: the copy for the employee carries no My Number", weight=3)
def slip_without_numbers(world: World) -> Draft:
    """源泉徴収票（受給者交付用）: empty boxes, the payer's thirteen digits, the employee's code."""
    me, paper = world.person(), Paper()
    payer = identifiers.corporate(world.rng)
    paper.put(0, 2, "令和6年分　給与所得の源泉徴収票" + world.pick("", "（受給者交付用）"))
    paper.put(1, 0, "支払を受ける者", me.address, "", world.pick("（受給者番号）", "受給者番号"))
    paper.put(1, 4, world.pick(me.staff, world.random12(0.4)))
    paper.put(
        2, 3, world.pick("（個人番号）", "個人番号"), world.pick("", "記載不要", "************")
    )
    paper.put(3, 0, "種別", "支払金額", "源泉徴収税額")
    paper.put(
        4,
        0,
        "給料・賞与",
        str(world.rng.randrange(10**6, 10**7)),
        str(world.rng.randrange(10**4, 10**6)),
    )
    paper.put(6, 0, "支払者", "個人番号又は法人番号", *(payer if world.chance(0.5) else [payer]))
    paper.put(7, 1, world.company(), world.address(), world.phone())
    return Draft(
        [Table(paper.rows(), "sheet 源泉")], where(world, "源泉徴収票_交付用.xlsx", personnel=True)
    )


@template("roster", source="Lists of staff without My Numbers", weight=5)
def plain_roster(world: World) -> Draft:
    """People with everything but their number; perhaps whether it was handed in."""
    table = world.sample(companions(world), world.rng.randint(4, 12))
    table.append(
        (
            world.pick("マイナンバー提出", "個人番号確認", "番号確認"),
            lambda _: world.pick("済", "未", "○"),
        )
    )
    if world.chance(0.5):
        header = world.pick("メンバーID", "カードID", "社内ID", "年金加入者番号", "健康保険証番号")
        table.insert(1, (header, lambda _: world.random12(0)))
    rows = [[name for name, _ in table]]
    for _ in world.many(3, 100):
        one = world.person()
        rows.append([make(one) for _, make in table])
    return Draft([Table(rows, "sheet 名簿")], where(world, "社員名簿.xlsx", personnel=True))
