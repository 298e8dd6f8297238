"""Papers of tax accountants and of those who pay fees and rents."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import csv, era, passages, pen, sheet, word
from corpus.world import World
from corpus.writing import boxed, grouped, spaced


@template("table", source="client ledgers of tax accountants, with the ids of e-Tax and eLTAX")
def x_client_ledger(world: World) -> Draft:
    rng, write = world.rng, pen(world, 0.1)
    label = world.pick("代表者個人番号", "代表者\nマイナンバー", "個人番号(代表)", "代表者MN")
    head = ["コード", "関与先名", "法人番号", "代表者", label, "利用者識別番号", "納税者ID", "TEL"]
    rows = [[f"{era(world)}現在　関与先一覧（{world.person().surname}税理士事務所）"], [], head]
    for nth in world.many(4, 30):
        person = world.person()
        sole = world.chance(0.3)
        rows.append(
            [
                f"{nth + 101}",
                f"{person.surname}商店" if sole else world.company(),
                "" if sole else identifiers.corporate(rng),
                person.name,
                write(world.number()) if sole or world.chance(0.8) else world.pick("", "未", "－"),
                identifiers.digits(rng, 16),
                "ELT" + identifiers.digits(rng, 8),
                world.phone(),
            ]
        )
    if len(world.issued) == 0:
        rows[-1][4] = write(world.number())
    return Draft([sheet(rows, "関与先")], ["税務", "関与先台帳.xlsx"])


@template("table", source="不動産の使用料等の支払調書: payees are people and firms in one column")
def x_rent_payees(world: World) -> Draft:
    rng, write = world.rng, pen(world, 0.1)
    head = ["No", "支払先", "住所", "物件", "年間支払額", world.pick(
        "個人番号又は法人番号", "個人番号/法人番号", "支払を受ける者の個人番号又は法人番号"
    )]  # fmt: skip
    rows = [[f"{world.rng.randint(2019, 2026)}年分 不動産の使用料等　支払調書作成用"], head]
    for nth in world.many(4, 25):
        person = world.person()
        firm = nth and world.chance(0.5)
        rows.append(
            [
                str(nth + 1),
                world.company() if firm else person.name,
                person.address,
                world.pick("本社駐車場", "第二倉庫", "社宅201号", "店舗", "事務所3F"),
                f"{rng.randint(2, 90) * 60000:,}",
                identifiers.corporate(rng) if firm else write(world.number()),
            ]
        )
    if world.chance(0.5):
        return Draft([csv(rows[1:])], ["経理", "支払調書", "不動産_支払先.csv"])
    return Draft([sheet(rows, "不動産")], ["経理", "法定調書合計表.xlsx"])


@template("pdf", source="支払調書 for fees: the label stands under the box, in two printed lines")
def x_fee_slip(world: World) -> Draft:
    person, payer = world.person(), world.company()
    digits = spaced(world.number(), world.pick(" ", "  "))
    corporate = spaced(identifiers.corporate(world.rng), " ")
    year, paid = world.rng.randint(2018, 2026), world.rng.randint(30, 900) * 1000
    payee = world.pick(
        ["個 人 番 号 又 は 法 人 番 号", digits],
        ["支払を", "受ける者 個人番号又は法人番号 " + digits],
        [digits, "個人番号又は法人番号"],
    )
    lines = [
        f"令和{year - 2018}年分　報酬、料金、契約金及び賞金の支払調書",
        f"住所(居所)又は所在地　{person.address}",
        f"氏名又は名称　{person.name}",
        *payee,
        "区分 細目 支払金額 源泉徴収税額",
        f"{world.pick('講演料', '原稿料', '税理士報酬', 'デザイン料')} {paid:,} {paid // 10:,}",
        "（摘要）",
        f"支払者 所在地 {world.address()}",
        f"名称 {payer} (電話){world.phone()}",
        "法人番号 " + corporate,
    ]
    return Draft([Text("\n".join(lines), "page 1")], [f"{person.surname}様_支払調書.pdf"])


@template("pdf", source="源泉徴収票: a page whose reader gives labels and boxes in drawing order")
def x_withholding_slip(world: World) -> Draft:
    family = world.person()
    kin = [world.person(family.surname) for _ in world.many(0, 3)]
    write = world.pick(spaced, lambda n: n, grouped)
    lines = [
        f"令和{world.rng.randint(1, 8)}年分　給与所得の源泉徴収票",
        f"支払を受ける者 {family.address}",
        f"(受給者番号) {family.staff}",
        "(個人番号)" + world.pick("", " ", "\n") + write(world.number()),
        f"(フリガナ) {family.kana}",
        f"氏名 {family.name}",
        "種別 支払金額 給与所得控除後の金額 所得控除の額の合計額 源泉徴収税額",
        f"給与・賞与 {world.rng.randint(2000, 9000)},000 {world.rng.randint(1500, 6000)},400",
    ]
    for nth, one in enumerate(kin):
        who = "(源泉・特別)控除対象配偶者" if nth == 0 else f"控除対象扶養親族 {nth}"
        lines += [who, f"(フリガナ) {one.kana} 区分", f"氏名 {one.name}"]
        lines.append(world.pick("個人番号 ", "個人番号\n", "個 人 番 号 ") + write(world.number()))
    lines += [
        f"中途就・退職 受給者生年月日 {family.era_birth}",
        "支払者 個人番号又は法人番号 " + identifiers.corporate(world.rng) + " (右詰で記載)",
        f"氏名又は名称 {world.company()} (電話) {world.phone()}",
        "(税務署提出用) 375",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["年末調整", f"{family.staff}.pdf"])


@template("csv", source="NTA: records of statutory reports for optical media, no header row")
def x_statutory_records(world: World) -> Draft:
    rng = world.rng
    code = world.pick("309", "316", "313")
    office, firm = identifiers.digits(rng, 10), identifiers.corporate(rng)
    payer, where = world.company(), world.address()
    rows = []
    for nth in world.many(5, 40):
        person = world.person()
        start = [code, office, "0", f"{nth + 1:04d}", where, payer, world.phone(), ""]
        pay = [str(rng.randint(50, 4000) * 1000), str(rng.randint(5, 400) * 1021), "", "0"]
        who = [person.address, person.name, person.era_birth[:2], "1"]
        last = [world.number(), firm] if code != "313" else [firm, world.number()]
        rows.append([*start, *who, *pay, "", *last])
    return Draft([csv(rows)], ["eLTAX提出", f"{code}_houtei.csv"], labelled=False)


@template("table", source="inheritance tax papers: heirs stand side by side, facts down the page")
def x_heirs(world: World) -> Draft:
    late = world.person()
    heirs = [world.person(late.surname) for _ in world.many(1, 5)]
    write = pen(world)
    label = world.pick("個人番号", "マイナンバー", "個人番号(マイナンバー)", "個人番号又は法人番号")
    facts = [
        ["氏名", *[one.name for one in (late, *heirs)]],
        ["フリガナ", *[one.kana for one in (late, *heirs)]],
        ["生年月日", *[one.era_birth for one in (late, *heirs)]],
        ["住所", *[one.address for one in (late, *heirs)]],
        [label, "" if world.chance(0.5) else write(world.number())]
        + [write(world.number()) for _ in heirs],
        ["電話", "", *[world.phone() for _ in heirs]],
        ["続柄", "", *[world.pick("妻", "長男", "長女", "二男", "孫") for _ in heirs]],
    ]
    head, rest = facts[0], facts[1:]
    world.rng.shuffle(rest)
    rows = [["", "被相続人", *[f"相続人{n + 1}" for n in range(len(heirs))]], head, *rest]
    title = f"{late.name}様　相続税申告　相続人関係表"
    if world.chance(0.5):
        return Draft([sheet([[title], *rows], "相続人")], ["相続", f"{late.surname}家.xlsx"])
    return Draft(word(world, [title, era(world)], rows, passages(world, 0, 3)), ["相続.docx"])


@template("grid", source="開業届 and 専従者: twelve boxes beside the label, thirteen elsewhere")
def x_opening_notice(world: World) -> Draft:
    person, number = world.person(), world.number()
    blank = world.pick(0, 0, 1)
    start = world.pick("個人番号", "個　人　番　号", "個人番号\n（12桁）")
    rows = [
        ["個人事業の開業・廃業等届出書"],
        ["", "", "税務署長", "", era(world)],
        ["納税地", "", person.address],
        ["フリガナ", "", person.kana],
        ["氏名", "", person.name],
        ["生年月日", "", person.era_birth],
        [start, *[""] * world.rng.randint(0, 3), *boxed(number, blank)],
        ["職業", "", world.pick("デザイン業", "飲食業", "大工", "翻訳業", "理容業")],
        ["屋号", "", person.surname + world.pick("工房", "屋", "事務所", "企画")],
    ]
    if world.chance(0.5):
        rows.append(["専従者", "", world.person(person.surname).name])
        rows.append(["専従者の個人番号", "", *boxed(world.number(), blank)])
    if world.chance(0.6):
        rows.append(["税理士法人の法人番号", *identifiers.corporate(world.rng)])
    return Draft([sheet(rows, "届出")], ["開業", f"{person.surname}.xlsx"])
