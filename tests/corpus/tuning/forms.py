"""Tax forms as a PDF's text gives them."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.tuning._paper import printed_box
from corpus.world import Person, World
from corpus.writing import grouped, spaced

TAX = "National Tax Agency, forms of the wage withholding tax"


def _relative(world: World, person: Person, kin: str) -> list[str]:
    one = world.person(person.surname)
    number = printed_box(world, world.number())
    return world.pick(
        [
            f"（フリガナ）{one.kana}",
            f"氏名　{one.name}　個人番号　{number}",
            f"続柄　{kin}　{one.era_birth}",
        ],
        [f"{kin}　{one.name}（{one.kana}）　生年月日 {one.era_birth}", f"個人番号 {number}"],
        [
            f"氏名 {one.name} あなたとの続柄 {kin}",
            f"個 人 番 号 {number}",
            f"生年月日 {one.era_birth}",
        ],
    )


@template("form", source=TAX)
def dependants_declaration_page(world: World) -> Draft:
    """扶養控除等（異動）申告書."""
    me = world.person()
    payer = identifiers.corporate(world.rng)
    lines = [
        f"令和{world.rng.randint(2, 8)}年分　給与所得者の扶養控除等（異動）申告書",
        (
            f"{world.pick('麹町', '新宿', '北', '名古屋中')}税務署長　給与の支払者の名称（氏名）　"
            f"{world.company()}"
        ),
        f"給与の支払者の法人（個人）番号　{world.pick(spaced(payer), payer, '')}",
        f"あなたの氏名　{me.name}　（フリガナ）{me.kana}　あなたの生年月日　{me.era_birth}",
        (
            f"{world.pick('あなたの個人番号', 'あなたの個人番号　', '個人番号')} "
            f"{printed_box(world, world.number())}"
        ),
        f"あなたの住所又は居所（郵便番号 {world.postcode()}）{me.address}",
        "世帯主の氏名　同上　あなたとの続柄　本人　配偶者の有無　有・無",
    ]
    if world.chance(0.5):
        lines += ["Ａ　源泉控除対象配偶者", *_relative(world, me, "妻")]
    for nth in world.many(0, 3):
        lines += [
            f"Ｂ　控除対象扶養親族　{nth + 1}",
            *_relative(world, me, world.pick("子", "長男", "母")),
        ]
    lines.append(
        "◎この申告書の記載に当たっては、裏面の「１　申告についてのご注意」等をお読みください。"
    )
    name = world.pick(
        f"扶養控除等申告書_{me.surname}.pdf", f"{me.staff}.pdf", "scan0012.pdf", "R7扶養.pdf"
    )
    return Draft([Text("\n".join(lines), "page 1")], where(world, name, personnel=True))


@template("form", source=TAX)
def withholding_slip_page(world: World) -> Draft:
    """給与所得の源泉徴収票（税務署提出用）."""
    me, payer = world.person(), identifiers.corporate(world.rng)
    number = printed_box(world, world.number())
    paid = world.rng.randrange(2_000_000, 9_000_000, 1000)
    lines = [
        f"令和{world.rng.randint(1, 8)}年分　給与所得の源泉徴収票"
        + world.pick("", "　（税務署提出用）"),
        f"支払を受ける者　住所又は居所　{me.address}",
        f"（受給者番号）{me.staff}",
        f"（個人番号）{number}" if world.chance(0.6) else f"個人番号\n{number}",
        f"氏名（フリガナ）{me.kana}　{me.name}",
        "種別　支払金額　給与所得控除後の金額　所得控除の額の合計額　源泉徴収税額",
        f"給料・賞与　{paid:,}　{paid * 7 // 10:,}　{paid // 4:,}　{paid // 40:,}",
    ]
    for nth in world.many(0, 2):
        kid = world.person(me.surname)
        lines.append(f"控除対象扶養親族 {nth + 1}　（フリガナ）{kid.kana}　氏名 {kid.name}")
        lines.append(f"個人番号 {printed_box(world, world.number())}")
    lines += [
        (
            f"支払者　個人番号又は法人番号　{world.pick(spaced(payer), payer)}"
            f"（右詰で記載してください。）"
        ),
        (
            f"住所（居所）又は所在地　{world.address()}　氏名又は名称　{world.company()}（電話）"
            f"{world.phone()}"
        ),
    ]
    pages = [Text("\n".join(lines), f"page {nth + 1}") for nth in range(world.pick(1, 1, 2))]
    return Draft(
        pages, where(world, world.pick("源泉徴収票.pdf", f"gensen_{me.staff}.pdf", "票.pdf"))
    )


@template("form", source=TAX)
def payment_record_page(world: World) -> Draft:
    """報酬、料金、契約金及び賞金の支払調書."""
    blocks = []
    for _ in world.many(1, 4):
        me, payer = world.person(), identifiers.corporate(world.rng)
        fee = world.rng.randrange(50_000, 900_000, 500)
        label = world.pick("個人番号又は法人番号", "個人番号又は法人番号", "個人番号")
        lines = [
            f"令和{world.rng.randint(1, 8)}年分　報酬、料金、契約金及び賞金の支払調書",
            f"支払を受ける者　住所（居所）又は所在地　{me.address}",
            f"氏名又は名称　{me.name}　{label}　{printed_box(world, world.number())}",
            "区分　細目　支払金額　源泉徴収税額",
            f"原稿料　{world.pick('挿絵', '講演', '翻訳')}　{fee:,}　{fee * 1021 // 10000:,}",
            (
                f"支払者　氏名又は名称　{world.company()}（電話）{world.phone()}　"
                f"個人番号又は法人番号　{payer}"
            ),
            f"整理欄　①{identifiers.digits(world.rng, 4)}　②{identifiers.digits(world.rng, 6)}",
        ]
        blocks.append("\n".join(lines))
    return Draft(
        [Text("\n\n".join(blocks), "page 1")],
        where(world, world.pick("支払調書.pdf", "法定調書控.pdf")),
    )


@template("form", source=TAX)
def retirement_declaration_page(world: World) -> Draft:
    """退職所得の受給に関する申告書・退職所得申告書."""
    me, left = world.person(), world.day(2016, 2026)
    number = printed_box(world, world.number())
    order = [
        f"現住所　〒{world.postcode()}　{me.address}",
        f"氏名　{me.name}　㊞",
        world.pick(f"個人番号　{number}", f"個人番号\n{number}", f"個人番号　　　　　　{number}"),
        "その年１月１日現在の住所　同上",
    ]
    if world.chance(0.4):
        order[1], order[2] = order[2], order[1]
    lines = [
        f"{left.year}年分　退職所得の受給に関する申告書（退職所得申告書）",
        f"退職手当の支払者の　所在地 {world.address()}　名称 {world.company()}",
        (
            f"法人番号 {identifiers.corporate(world.rng)}　"
            f"※提出を受けた退職手当の支払者が記載してください。"
        ),
        *order,
        f"① 退職手当等の支払を受けることとなった年月日　{left.year}年{left.month}月{left.day}日",
        (
            f"② 退職の区分等　一般・障害　生活扶助の有無　有・無　③ 勤続期間 "
            f"{world.rng.randint(1, 40)}年"
        ),
    ]
    return Draft(
        [Text("\n".join(lines), "page 1")],
        where(world, world.pick("退職所得申告書.pdf", "退職.pdf")),
    )


@template("form", source="Ministry of Internal Affairs, hometown tax one-stop form 55-5")
def one_stop_application(world: World) -> Draft:
    """ふるさと納税 寄附金税額控除に係る申告特例申請書."""
    me = world.person()
    year = world.rng.randint(2017, 2026)
    fields = [
        f"住所　〒{world.postcode()}　{me.address}",
        f"フリガナ　{me.kana}",
        f"氏名　{me.name}",
        f"個人番号　{printed_box(world, world.number())}",
        f"性別　{world.pick('男', '女')}",
        f"生年月日　{me.era_birth}",
        f"電話番号　{world.phone()}",
    ]
    if world.chance(0.3):
        fields.insert(1, fields.pop(3))
    lines = [
        (
            f"令和{year - 2018 if year > 2018 else 1}年寄附分　市町村民税・道府県民税　"
            f"寄附金税額控除に係る申告特例申請書"
        ),
        (
            f"{world.pick('北海道', '佐賀県', '宮崎県')}○○町長 殿　整理番号　"
            f"{identifiers.digits(world.rng, 8)}"
        ),
        *fields,
        "１．当団体に対する寄附に関する事項　寄附年月日　寄附金額",
        (
            f"{year}年{world.rng.randint(1, 12)}月{world.rng.randint(1, 28)}日　"
            f"{world.rng.randint(1, 9)}0,000円"
        ),
        "□ 地方税法附則第７条第１項（第８項）に規定する申告特例対象寄附者である",
    ]
    return Draft(
        [Text("\n".join(lines), "page 1")],
        where(world, world.pick("ワンストップ.pdf", "ふるさと納税.pdf")),
    )


@template("form", source=TAX)
def form_in_fields(world: World) -> Draft:
    """A PDF form that was filled in: field names and values."""
    me = world.person()
    number, payer = world.number(), identifiers.corporate(world.rng)
    keys = world.pick(
        ("氏名", "住所", "個人番号", "法人番号", "電話"),
        ("txtName", "txtAddress", "txtMyNumber", "txtHojinNo", "txtTel"),
        ("name", "address", "kojin_bango", "hojin_bango", "tel"),
        ("あなたの氏名", "あなたの住所", "あなたの個人番号", "支払者の法人番号", "連絡先"),
    )
    show = world.pick(number, grouped(number), grouped(number, "-"))
    values = (me.name, me.address, show, payer, world.phone())
    fields = [f"{key}: {value}" for key, value in zip(keys, values, strict=True)]
    printed = world.pick(
        "給与所得者の保険料控除申告書", "給与所得者の基礎控除申告書 兼 配偶者控除等申告書", "申請書"
    )
    page = f"{printed}\n氏名\n住所又は居所\n個人番号\n記載のしかたはこちら"
    segments = [Text(page, "page 1"), Text("\n".join(fields), "page 1 › fields and notes")]
    return Draft(segments, where(world, world.pick("申告書_入力済.pdf", "form.pdf")))


@template("form", source="Municipalities: report of wages paid, one sheet a person")
def wage_report_page(world: World) -> Draft:
    """給与支払報告書（個人別明細書）: two copies of the same sheet on a page."""
    me, payer = world.person(), identifiers.corporate(world.rng)
    number = world.number()
    year = world.rng.randint(1, 8)
    paid = world.rng.randrange(1_000_000, 8_000_000, 1000)
    sheet = [
        f"令和{year}年分　給与支払報告書（個人別明細書）　※ 種別　※ 整理番号　※",
        f"支払を受ける者　住所　{me.address}",
        f"（受給者番号）{me.staff}　個人番号　{printed_box(world, number)}",
        f"（フリガナ）{me.kana}　氏名　{me.name}",
        f"給料　支払金額 {paid:,}　給与所得控除後の金額 {paid * 7 // 10:,}",
        f"前職　{world.pick('', '（摘要）前職分 株式会社○○ 退職 ' + world.day().isoformat())}",
    ]
    for nth in world.many(0, 3):
        kid = world.person(me.surname)
        sheet.append(f"１６歳未満の扶養親族 {nth + 1}　{kid.kana}　{kid.name}")
        sheet.append(f"個人番号　{printed_box(world, world.number())}")
    sheet.append(f"支払者　法人番号 {payer}　指定番号 {identifiers.digits(world.rng, 10)}")
    sheet.append(f"名称 {world.company()}　（電話）{world.phone()}")
    copies = world.pick(1, 2)
    text = "\n\n".join(["\n".join(sheet)] * copies)
    name = world.pick("給与支払報告書.pdf", f"給報_{me.surname}.pdf", "kyuho.pdf")
    return Draft([Text(text, "page 1")], where(world, name, personnel=True))
