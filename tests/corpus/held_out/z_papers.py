"""Papers as they come out of PDF files, scanners and 方眼紙, with numbers on them."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._z_reading import day, hand, worksheet
from corpus.world import World
from corpus.writing import full_width, grouped, spaced


@template("form", source="退職所得の受給に関する申告書 as text of a PDF: boxes lost, marks kept")
def z_retirement_declared(world: World) -> Draft:
    person = world.person()
    write = world.pick(str, spaced, grouped, full_width)
    lines = [
        "年　月　日　　　　　令和　　年分　退職所得の受給に関する申告書",
        "税務署長　　　　　　　　　　　　　退　職　所　得　申　告　書",
        "市町村長　殿",
        "退職手当の支払者の　所在地（住所）",
        world.address(),
        "名　称（氏名）",
        world.company(),
        f"法人番号（個人番号） {spaced(identifiers.corporate(world.rng))}",
        "現　住　所　〒" + world.postcode(),
        person.address,
        f"氏　名　{person.name}",
        f"個　人　番　号　{write(world.number())}",
        "その年１月１日現在の住所　同上",
        "Ａ　このＡ欄には、全ての人が記載してください。",
        f"① 退職手当等の支払を受けることとなった年月日　{day(world)}",
        f"② 退職の区分等　一般・障害　③ 勤続期間　{world.rng.randint(2, 38)}年",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["退職", "退職所得申告書.pdf"])


@template("pdf", source="報酬の支払調書: every cell of the form became a line of its own")
def z_fee_slip_in_pieces(world: World) -> Draft:
    person = world.person()
    pay = world.rng.randint(1, 80) * 10_000
    payer = identifiers.corporate(world.rng)
    pieces = [
        f"令和{world.rng.randint(4, 8)}年分　報酬、料金、契約金及び賞金の支払調書",
        "支払を",
        "受ける者",
        "住所（居所）",
        "又は所在地",
        person.address,
        "氏名又は",
        "名称",
        person.name,
        "個人番号又は法人番号",
        world.pick(str, spaced)(world.number()),
        "区　　分 細　　目 支払金額 源泉徴収税額",
        f"{world.pick('講演料', '原稿料', 'デザイン料')} 　 {pay:,} {pay * 1021 // 10_000:,}",
        "（摘要）",
        "支払者",
        "住所（居所）又は所在地",
        world.address(),
        "氏名又は名称",
        f"{world.company()}（電話） {world.phone()}",
        "個人番号又は法人番号",
        world.pick(str, spaced)(payer),
        "整　理　欄 ① ②　　　309",
    ]
    return Draft([Text("\n".join(pieces), "page 1")], ["支払調書", "税務署提出用.pdf"])


@template("scan", source="健保・厚年 資格取得届 read by OCR: boxes became bars, several people")
def z_insured_by_bars(world: World) -> Draft:
    label = world.pick(
        "⑥個人番号［基礎年金番号］", "⑥ 個人番号 [基礎年金番号]", "個人番号［基礎年金番号］"
    )
    gap = world.pick("|", "｜", " | ", "¦")
    lines = ["様式コード 2 2 0 0", "健康保険・厚生年金保険 被保険者資格取得届", f"{day(world)}提出"]
    lines += [
        f"事業所整理記号 {world.rng.randint(10, 99)}－アサヒ　事業所番号 {world.person().staff}"
    ]
    for nth in world.many(1, 3):
        person = world.person()
        lines += [
            f"被保険者{nth + 1}",
            f"①被保険者整理番号 {world.rng.randint(1, 400)} ②氏名 {person.kana} {person.name}",
            f"③生年月日 {person.era_birth} ④種別 1.男 2.女",
            f"{label} {gap.join(world.number())}",
            f"⑦取得年月日 {day(world)} ⑨報酬月額 ㋐ {world.rng.randint(180, 600)},000円",
            f"⑪住所 〒{world.postcode()} {person.address}",
        ]
    return Draft([Text("\n".join(lines), "page 1", recognised=True)], ["社会保険", "取得届控.pdf"])


@template("scan", source="雇用保険 資格取得届: the number beside the eleven digits of the insured")
def z_employment_insured(world: World) -> Draft:
    person = world.person()
    write = world.pick(grouped, spaced, str)
    rng = world.rng
    body = [
        f"1.個人番号 {write(world.number())}",
        f"2.被保険者番号 {identifiers.insurance(rng)}",
        f"3.取得区分 {world.pick('1 新規', '2 再取得')}",
        f"4.被保険者氏名 {person.name} フリガナ（カタカナ） {person.kana}",
        f"6.性別 {world.pick('1', '2')} 7.生年月日 {person.era_birth}",
        f"8.事業所番号 {identifiers.insurance(rng)}",
        f"10.賃金（支払の態様－賃金月額：単位千円） 1-{rng.randint(160, 480)}",
        f"11.資格取得年月日 {day(world)}",
        f"17.1週間の所定労働時間 {rng.randint(20, 40)}時間00分",
    ]
    head = ["様式第2号（第6条関係）", "雇用保険被保険者資格取得届", "帳票種別 1 9 1 0 1"]
    text = "\n".join([*head, *body, "公共職業安定所長 殿"])
    return Draft([Text(text, "page 1", recognised=world.chance(0.5))], ["雇用保険", "img004.pdf"])


@template("grid", source="方眼紙: the letters of the label, too, stand one in a cell")
def z_letter_a_cell(world: World) -> Draft:
    label = list(world.pick("個人番号", "マイナンバー", "あなたの個人番号"))
    rows: list[list[str]] = [list("従業員基本情報届"), [], ["", *"提出日", "", *day(world)], []]
    for _ in world.many(1, 3):
        person = world.person()
        blank = world.pick(0, 0, 1)
        cells = list(world.number())
        for at in (8, 4) if blank else ():
            cells[at:at] = [""]
        rows += [
            ["", *"氏名", "", "", *person.name],
            ["", *"住所", "", "", *person.address],
            ["", *label, "", *cells],
            ["", *"電話", "", "", *world.phone()],
            [],
        ]
    return Draft([worksheet(rows, "届")], ["総務", "従業員基本情報届.xlsx"])


@template(
    "grid", source="扶養控除等申告書 as a sheet: a digit in every second column, merged cells"
)
def z_declaration_grid(world: World) -> Draft:
    me = world.person()
    apart = world.pick(1, 2)

    def digits(number: str) -> list[str]:
        return [cell for digit in number for cell in (digit, *[""] * (apart - 1))]

    rows: list[list[str]] = [
        ["令和8年分　給与所得者の扶養控除等（異動）申告書"],
        ["給与の支払者の名称", "", world.company(), "", "あなたの氏名", "", me.name],
        ["給与の支払者の法人番号", "", *digits(identifiers.corporate(world.rng))],
        ["", "", "", "", "あなたの個人番号", "", *digits(world.number())],
        ["", "", "", "", "あなたの住所", "", me.address],
        ["区分", "氏名", "個人番号", *[""] * (12 * apart - 1), "生年月日", "住所又は居所"],
    ]
    places = ("源泉控除対象配偶者", "控除対象扶養親族 1", "控除対象扶養親族 2", "16歳未満")
    for place in world.sample(places, world.rng.randint(1, 4)):
        kin = world.person(me.surname)
        rows.append([place, kin.name, *digits(world.number()), kin.era_birth, "同居"])
    return Draft([worksheet(rows, "申告書")], ["年末調整", f"{me.staff}_扶養控除.xlsx"])


@template("scan", source="個人番号通知書, photographed: a code of letters, the office, the number")
def z_notice_photographed(world: World) -> Draft:
    person = world.person()
    write = world.pick(grouped, grouped, lambda n: full_width(grouped(n, "　")), spaced)
    lines = [
        world.pick("個人番号通知書", "個 人 番 号 通 知 書"),
        "あなたの個人番号（マイナンバー）は次のとおりです。",
        f"{person.born:%Y}年生",
        f"氏名 {person.name}",
        f"生年月日 {person.era_birth}",
        world.pick("個人番号", "個人番号 ", "個人番号:") + write(world.number()),
        "※この通知書は、個人番号を証明する書類としては使用できません。",
        f"発行日 {day(world)}　地方公共団体情報システム機構",
        "お問い合わせ 0120-95-0178",
    ]
    if world.chance(0.4):
        lines[3:6] = [lines[5], lines[3], lines[4]]
    name = world.pick("IMG_4412.jpg", "20260403_0911.heic", "写真.jpeg")
    return Draft([Text("\n".join(lines), recognised=True)], ["入社", name])


@template(
    "form", source="指定難病 医療費助成 支給認定申請書: the patient, the household, the guardian"
)
def z_rare_disease_claim(world: World) -> Draft:
    patient, helper = world.person(), world.person()
    write = hand(world)
    rng = world.rng
    family = [world.person(patient.surname) for _ in world.many(0, 2)]
    lines = [
        "特定医療費（指定難病）支給認定申請書（新規・更新）",
        f"受診者　フリガナ　{patient.kana}",
        f"　　　　氏　　名　{patient.name}　　生年月日　{patient.era_birth}",
        f"　　　　個人番号　{write(world.number())}",
        f"　　　　保険者番号 {identifiers.digits(rng, 8)}　枝番 {rng.randint(0, 9):02d}",
        f"保護者　氏名　{helper.name}　続柄　{world.pick('父', '母')}　電話 {world.phone()}",
        f"　　　　個人番号　{write(world.number())}",
        "支給認定基準世帯員",
        *(f"　{one.name}　個人番号　{write(world.number())}" for one in family),
        f"受給者番号　{identifiers.digits(rng, 7)}　公費 54{identifiers.digits(rng, 6)}",
        f"指定医　{world.person().name}　医療機関コード {identifiers.digits(rng, 10)}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["医事課", "申請書控え.pdf"])


@template("form", source="securities: 個人番号告知書 beside account number and customer number")
def z_told_to_broker(world: World) -> Draft:
    person = world.person()
    rng = world.rng
    write = hand(world)
    pairs = [
        ("部店コード－口座番号", f"{rng.randint(100, 999)}-{identifiers.digits(rng, 7)}"),
        ("お客さま名", person.name),
        ("ご住所", person.address),
        ("個人番号（マイナンバー）", write(world.number())),
        ("特定口座", world.pick("源泉徴収あり", "源泉徴収なし")),
        ("整理番号", world.random12(0.3)),
        ("ご連絡先", world.phone()),
    ]
    gap = world.pick("：", "\n", "　", "\t")
    lines = ["個人番号告知書 兼 特定口座開設届出書", *(f"{a}{gap}{b}" for a, b in pairs)]
    return Draft([Text("\n".join(lines), "page 1")], ["口座開設", "告知書.pdf"])


@template(
    "pdf",
    source="源泉徴収票, two copies on a page: for the office with numbers, for the payee without",
)
def z_slip_of_two_copies(world: World) -> Draft:
    me = world.person()
    spouse, firm = world.person(me.surname), world.company()
    payer = f"{identifiers.corporate(world.rng)}　{firm}"
    pay = world.rng.randint(200, 900) * 10_000
    number, other = world.number(), world.number()

    def copy(kind: str, mine: str, kin: str) -> list[str]:
        return [
            f"令和7年分　給与所得の源泉徴収票　（{kind}）",
            f"支払を受ける者　住所 {me.address}",
            f"（受給者番号）{me.staff} （個人番号）{mine}",
            f"（フリガナ）{me.kana}　氏名 {me.name}",
            f"給与・賞与　支払金額 {pay:,}　源泉徴収税額 {pay // 40:,}",
            f"（源泉・特別）控除対象配偶者 {spouse.name} 個人番号 {kin}",
            "社会保険料等の金額 内 " + f"{pay // 7:,}",
            f"支払者　個人番号又は法人番号 {payer}",
        ]

    lines = [*copy("税務署提出用", number, other), "", *copy("受給者交付用", "", "")]
    return Draft([Text("\n".join(lines), "page 1")], ["源泉徴収票", f"{me.staff}.pdf"])


@template("scan", source="fax: a line of the machine at the top, a cover, a form below")
def z_faxed(world: World) -> Draft:
    person = world.person()
    page = f"P.001/00{world.rng.randint(1, 3)}"
    clock = f"{world.rng.randint(1, 12)}時{world.rng.randint(0, 59):02d}分"
    when = f"2026年 4月{world.rng.randint(1, 28)}日 {clock}"
    lines = [
        f"{when} {world.company()} NO.{person.staff} {page}",
        "FAX送付状",
        f"{world.company()}　総務ご担当者様",
        f"FAX {world.phone()}　TEL {world.phone()}",
        world.pick("マイナンバーをお送りします。", "ご依頼のマイナンバーの件、下記のとおりです。"),
        "記",
        f"{person.name}　　{hand(world)(world.number())}",
        f"（{person.era_birth}生）",
        "以上　送信後、原本は破棄いたします。",
    ]
    return Draft([Text("\n".join(lines), "page 1", recognised=True)], ["FAX受信", "FAX0031.tif"])
