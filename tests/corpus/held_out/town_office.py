"""Papers of municipalities, nurseries and care."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import csv, era, passages, pen, sheet, table_text, word
from corpus.world import Person, World
from corpus.writing import full_width, grouped, spaced


def _household(world: World, low: int, high: int) -> list[tuple[str, Person]]:
    head = world.person()
    kin = ["妻", "長男", "長女", "二女", "母"]
    family = [(kin[n], world.person(head.surname)) for n in world.many(low, high)]
    return [("世帯主", head), *family]


@template("form", source="住民票の写し with number and 住民票コード of every member")
def x_residence_certificate(world: World) -> Draft:
    write = world.pick(lambda n: n, full_width, grouped, lambda n: full_width(grouped(n, "　")))
    code_first = world.chance(0.5)
    members = _household(world, 0, 3)
    lines = ["住　民　票", f"世帯主 {members[0][1].name}", f"住所 {members[0][1].address}", ""]
    for place, person in members:
        code = f"住民票コード {world.pick(full_width, str)(world.resident_code())}"
        number = world.pick("個人番号　", "個人番号 ", "個人番号：") + write(world.number())
        lines += [
            f"氏名 {person.name}　続柄 {place}",
            f"生年月日 {person.era_birth}　性別 {world.pick('男', '女')}",
            *((code, number) if code_first else (number, code)),
            f"住民となった日 {era(world)}　本籍 省略",
            "",
        ]
    lines += [
        "この写しは、世帯全員の住民票の原本と相違ないことを証明する。",
        f"{era(world)}　{world.pick('横浜市中区長', '仙台市長', '中野区長')}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["本人確認", "住民票.pdf"])


@template("form", source="児童手当 認定請求書, typed into a word-processor form")
def x_child_allowance(world: World) -> Draft:
    write = pen(world)
    (_, claimant), (_, spouse), *children = _household(world, 2, 5)
    label = world.pick("個人番号", "マイナンバー")
    rows = [["", "請求者", "配偶者"], ["氏名", claimant.name, spouse.name]]
    extra = [
        ["生年月日", claimant.era_birth, spouse.era_birth],
        [label, write(world.number()), write(world.number())],
        ["職業", world.pick("会社員", "公務員", "自営業"), world.pick("パート", "無職")],
        ["携帯", world.phone(), world.phone()],
    ]
    world.rng.shuffle(extra)
    rows += extra
    rows += [[f"児童{n + 1}", one.name, one.era_birth] for n, (_, one) in enumerate(children)]
    after = [f"振込先 普通 {identifiers.digits(world.rng, 7)}", *passages(world, 0, 2)]
    title = [world.pick("児童手当　認定請求書", "児童手当・特例給付　現況届"), era(world)]
    return Draft(word(world, title, rows, after), ["福利厚生", "児童手当.docx"])


@template("table", source="nursery applications: a row for each member of the family")
def x_nursery_family(world: World) -> Draft:
    members = _household(world, 1, 4)
    write = pen(world, 0.2)
    label = world.pick("個人番号", "マイナンバー", "ﾏｲﾅﾝﾊﾞｰ")
    head = ["続柄", "氏名", "生年月日", label, "勤務先等"]
    order = world.rng.sample(range(5), 5)
    rows = [
        [place, one.name, one.era_birth, write(world.number()), world.pick("在宅", "会社", "学校")]
        for place, one in members
    ]
    table = [[row[at] for at in order] for row in (head, *rows)]
    top = ["教育・保育給付認定申請書（兼　保育所等利用申込書）", "申込児童の世帯の状況"]
    if world.chance(0.4):
        return Draft([sheet([[top[0]], [], [top[1]], *table])], ["保育.xlsx"])
    text = "\n".join([*top, table_text(table, world.pick("\t", " ", "｜"))])
    return Draft([Text(text, "page 1")], ["保育所", "申込.pdf"])


@template("table", source="care insurance: 被保険者番号 of ten digits beside the number")
def x_care_users(world: World) -> Draft:
    rng = world.rng
    name = world.pick("利用者氏名", "入居者", "氏名")
    head = ["居室", name, "介護保険 被保険者番号", "要介護度", "個人番号", "認定有効期限", "主治医"]
    if world.chance(0.4):
        head[4] = world.pick("マイナンバー", "マイナ番号(12桁)", "個人№")
    write = pen(world, 0.1)
    rows = [[f"{world.company()}　{world.pick('ひまわり苑', '陽だまりの里')} 利用者台帳"], head]
    rows += [
        [
            str(101 + nth),
            world.person().name,
            "0000" + identifiers.digits(rng, 6),
            world.pick("要支援2", "要介護1", "要介護3", "要介護5"),
            write(world.number()),
            era(world),
            f"{world.person().surname}医院",
        ]
        for nth in world.many(3, 40)
    ]
    return Draft([sheet(rows, "台帳")], ["施設", "利用者台帳.xlsx"])


@template("table", source="printed tax lists: columns held apart by spaces, the head on each page")
def x_special_collection_print(world: World) -> Draft:
    pages = []
    for page in world.many(1, 3):
        lines = [
            f"給与所得等に係る市民税・県民税 特別徴収税額の決定通知書 {page + 1}頁",
            f"特別徴収義務者指定番号 {world.random12(0.5)}  {world.company()}",
            "受給者番号  氏名            個人番号        年税額      6月分",
        ]
        for _ in world.many(4, 25):
            person = world.person()
            tax = world.rng.randint(20, 600) * 100
            lines.append(
                f"{person.staff:<10}{person.name:<12}{world.number():<16}{tax:>8,} {tax // 12:>8,}"
            )
        pages.append(Text("\n".join(lines), f"page {page + 1}"))
    return Draft(pages, ["住民税", "特別徴収税額通知.pdf"])


@template("form", source="letters of attorney and claims, scanned: OCR takes zero for O, one for l")
def x_scanned_claim(world: World) -> Draft:
    person, number = world.person(), world.number()
    seen = number
    if world.chance(0.4):
        at = world.rng.choice([n for n, d in enumerate(number) if d in "01"] or [-1])
        if at >= 0:
            seen = number[:at] + {"0": "O", "1": "l"}[number[at]] + number[at + 1 :]
    label = world.pick("個人番号", "個 人 番 号", "マイナンバー", "マイナンバー（ 個人番号 ）")
    lines = [
        world.pick("高額療養費支給申請書", "出産育児一時金支給申請書", "傷病手当金支給申請書"),
        f"氏 名 {person.name} 印",
        f"被保険者証 記号 {world.rng.randint(10, 9999)} 番号 {world.rng.randint(1, 999)}",
        f"{label} {world.pick(grouped, spaced, str)(seen)}",
        f"生 年 月 日 {person.era_birth}",
        f"住 所 ｢{person.address}」",
        f"電 話 {world.phone()}",
        f"振込先 {identifiers.digits(world.rng, 4)}-{identifiers.digits(world.rng, 3)} 普 通 "
        + identifiers.digits(world.rng, 7),
    ]
    first, rest = lines[0], lines[1:]
    world.rng.shuffle(rest)
    noise = ["ー ‥ |", "'", "、 。", "iii", "~"]
    for _ in world.many(0, 4):
        rest.insert(world.rng.randint(0, len(rest)), world.pick(*noise))
    return Draft([Text("\n".join([first, *rest]), "page 1")], ["スキャン", "scan0012.pdf"])


@template("csv", source="case systems of municipalities export every field in quotes, many dates")
def x_case_export(world: World) -> Draft:
    rng = world.rng
    head = "宛名番号 世帯番号 カナ氏名 氏名 生年月日 異動日 個人番号 更新日時".split()
    if world.chance(0.4):
        head[6] = world.pick("KOJIN_NO", "共通番号", "個人番号_本人", "MYNUMBER")
    rows = [head]
    for _ in world.many(5, 60):
        person = world.person()
        rows.append(
            [
                identifiers.digits(rng, 12) if world.chance(0.5) else identifiers.digits(rng, 10),
                identifiers.digits(rng, 10),
                person.kana,
                person.name,
                person.born.strftime("%Y%m%d"),
                world.day().strftime("%Y%m%d"),
                world.number(),
                identifiers.timestamp(rng),
            ]
        )
    return Draft([csv(rows)], ["給付金", "抽出結果.csv"])
