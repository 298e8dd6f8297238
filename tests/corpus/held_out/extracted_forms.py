"""Forms that were filled in, as a PDF's or a document's text comes out of an extractor."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import boxes, firm, hand
from corpus.held_out._matter import era, pen
from corpus.world import World
from corpus.writing import grouped, spaced


@template(
    "form", source="declaration of dependants: boxes for the worker, a block for each relative"
)
def y_dependants_declared(world: World) -> Draft:
    rng, person, payer = world.rng, world.person(), world.company()
    lines = [
        f"令和{rng.randint(6, 9)}年分　給与所得者の扶養控除等（異動）申告書",
        f"給与の支払者の名称（氏名）　{payer}",
        f"給与の支払者の法人（個人）番号　{spaced(identifiers.corporate(rng))}",
        f"あなたの氏名　{person.name}　あなたの生年月日　{person.era_birth}",
        f"あなたの個人番号　{boxes(world, world.number())}",
        f"あなたの住所又は居所　（郵便番号 {world.postcode()}）{person.address}",
    ]
    for who in ("源泉控除対象配偶者", "控除対象扶養親族 1", "控除対象扶養親族 2"):
        if world.chance(0.6):
            kin = world.person(person.surname)
            lines += [
                f"{who}　{kin.name}　{kin.era_birth}",
                f"個人番号　{boxes(world, world.number())}",
            ]
        else:
            lines += [who, "個人番号　"]
    return Draft([Text("\n".join(lines), "page 1")], ["年末調整", f"マル扶_{person.staff}.pdf"])


@template("pdf", source="an extractor gives all labels of a form first, then all values")
def y_labels_then_values(world: World) -> Draft:
    rng, person = world.rng, world.person()
    fields = [
        ("氏名", person.name),
        ("フリガナ", person.kana),
        ("生年月日", person.era_birth),
        (world.pick("個人番号", "マイナンバー"), hand(world, "plain", "spaces")(world.number())),
        ("郵便番号", world.postcode()),
        ("住所", person.address),
        ("基礎年金番号", identifiers.pension(rng)),
        ("電話番号", world.phone()),
    ]
    rng.shuffle(fields)
    title = world.pick("従業員カード", "入社時届出書", "身上調書")
    lines = [title, *[name for name, _ in fields], *[value for _, value in fields]]
    return Draft([Text("\n".join(lines), "page 1")], [f"{title}.pdf"], labelled=False)


@template("pdf", source="two columns of a form run together in one line")
def y_two_columns(world: World) -> Draft:
    rng, person, write = world.rng, world.person(), hand(world, "plain", "spaces", "digits")
    lines = [
        world.pick("報酬等支払先登録票", "講師登録カード"),
        f"氏　名　{person.name}　　　　　　　登 録 日　{era(world)}",
        f"フリガナ　{person.kana}　　　　　　整理番号　{world.random12()}",
        f"生年月日　{person.era_birth}　　　個 人 番 号　{write(world.number())}",
        f"住　所　{person.address}　　電　話　{world.phone()}",
        f"銀行名　{world.pick('青葉銀行', '港信金')}　　口座番号　{identifiers.digits(rng, 7)}",
    ]
    return Draft([Text("\n".join(lines))], ["支払先登録"])


@template("form", source="the report of fees paid: payee with his number, payer with a firm's")
def y_fees_reported(world: World) -> Draft:
    rng, person = world.rng, world.person()
    lines = [
        f"令和{rng.randint(5, 8)}年分　報酬、料金、契約金及び賞金の支払調書",
        "支払を受ける者　住所（居所）又は所在地",
        person.address,
        f"氏名又は名称　{person.name}",
        f"個人番号又は法人番号　{boxes(world, world.number())}",
        "区分　細目　支払金額　源泉徴収税額",
        f"原稿料　広報誌　{rng.randint(10, 99)}0,000　{rng.randint(1, 9)},{rng.randint(100, 999)}",
        f"支払者　所在地　{world.address()}",
        f"名称　{world.company()}　（電話）{world.phone()}",
        f"個人番号又は法人番号　{spaced(firm(world))}",
        f"整理欄 ①　{world.random12(0.3)}",
    ]
    return Draft([Text("\n".join(lines))], ["法定調書", f"支払調書_{person.surname}.pdf"])


@template("form", source="slip of pay and tax withheld, the copy for the office, read line by line")
def y_withholding_slip(world: World) -> Draft:
    rng, person, write = world.rng, world.person(), pen(world, 0.1)
    lines = [
        f"令和{rng.randint(5, 8)}年分　給与所得の源泉徴収票（税務署提出用）",
        f"支払を受ける者　住所　{person.address}",
        f"（受給者番号）{world.random12(0.3)}",
        f"（個人番号）{write(world.number())}",
        f"氏名（フリガナ）{person.kana}　{person.name}",
        f"種別　給料・賞与　支払金額　{rng.randint(2, 9)},{rng.randint(100, 999)},000",
        "（源泉・特別）控除対象配偶者",
        f"（フリガナ）{world.person(person.surname).kana}　個人番号　{write(world.number())}",
    ]
    for nth in world.many(0, 3):
        kin = world.person(person.surname)
        lines.append(
            f"控除対象扶養親族{nth + 1}　氏名　{kin.name}　個人番号　{write(world.number())}"
        )
    lines.append(f"支払者　個人番号又は法人番号　{firm(world)}　{world.company()}")
    return Draft([Text("\n".join(lines))], ["源泉徴収票.pdf"])


@template(
    "form", source="copy of the residents' register with number, code and the copy's own number"
)
def y_register_copy(world: World) -> Draft:
    person = world.person()
    lines = ["住　民　票", f"発行番号 {world.random12()}", f"住所　{person.address}"]
    for nth in world.many(1, 4):
        one = person if nth == 0 else world.person(person.surname)
        lines += [
            f"氏名　{one.name}　続柄　{'世帯主' if nth == 0 else world.pick('妻', '子')}",
            f"生年月日　{one.era_birth}",
            f"個人番号　{hand(world, 'plain', 'spaces')(world.number())}",
            f"住民票コード　{world.resident_code()}",
        ]
    lines += ["この写しは、住民票の原本と相違ないことを証明する。", era(world), "市長　印"]
    return Draft([Text("\n".join(lines), "page 1")], ["本人確認書類", "住民票.pdf"])


@template("form", source="notice that a worker enters unemployment insurance: numbered boxes")
def y_unemployment_entry(world: World) -> Draft:
    rng, person = world.rng, world.person()
    lines = [
        "雇用保険被保険者資格取得届",
        f"帳票種別 {identifiers.digits(rng, 5)}",
        "1. 個人番号",
        boxes(world, world.number()),
        "2. 被保険者番号",
        identifiers.insurance(rng),
        "3. 取得区分　1 新規　2 再取得",
        f"4. 被保険者氏名　{person.name}　フリガナ　{person.kana}",
        f"8. 事業所番号　{identifiers.insurance(rng)}",
        f"10. 賃金　{rng.randint(160, 400)} 千円",
        f"電子申請 到達番号 {era(world)} {identifiers.digits(rng, 17)}",
    ]
    return Draft([Text("\n".join(lines))], ["ハローワーク", "取得届控.pdf"])


@template("form", source="notice of dependants to the health insurance: one block a person")
def y_health_dependants(world: World) -> Draft:
    rng, person, write = world.rng, world.person(), pen(world, 0.1)
    lines = [
        "健康保険　被扶養者（異動）届",
        f"事業所整理記号　{rng.randint(10, 99)}-{world.pick('アイウ', 'カキク')}",
        f"被保険者整理番号 {rng.randint(1, 400)}",
        f"被保険者　氏名 {person.name}　個人番号［基礎年金番号］ {write(world.number())}",
    ]
    for _ in world.many(1, 4):
        kin = world.person(person.surname)
        lines += [
            f"被扶養者　氏名 {kin.name}　生年月日 {kin.era_birth}",
            f"　続柄 {world.pick('長男', '母', '妻')}　個人番号 {write(world.number())}　職業 無職",
        ]
    lines += [
        f"受付番号 {world.random12()}",
        f"社会保険労務士記載欄　登録番号 第{identifiers.digits(rng, 8)}号",
    ]
    return Draft([Text("\n".join(lines))], ["社会保険", "被扶養者異動届.docx"])


@template("pdf", source="a list runs on over pages; the head stands on the first page alone")
def y_list_runs_on(world: World) -> Draft:
    write = hand(world, "plain", "spaces")
    label = world.pick("個人番号", "マイナンバー")
    pages = []
    serial = 0
    for nth in world.many(2, 4):
        lines = (
            [f"番号確認対象者一覧　　No　氏名　生年月日　{label}"]
            if nth == 0
            else [f"（続き）　{nth + 1} ページ"]
        )
        for _ in world.many(4, 15):
            one = world.person()
            serial += 1
            lines.append(f"{serial}　{one.name}　{one.born:%Y/%m/%d}　{write(world.number())}")
        pages.append(Text("\n".join(lines), f"page {nth + 1}"))
    return Draft(pages, ["契約社員", f"{label}一覧.pdf"], labelled=False)


@template("pdf", source="running text: the end of a line falls into the number")
def y_broken_by_line(world: World) -> Draft:
    person, number = world.person(), world.number()
    cut = world.pick(4, 8)
    parts = [number[at : at + 4] for at in (0, 4, 8)]
    head, tail = " ".join(parts[: cut // 4]), " ".join(parts[cut // 4 :])
    text = (
        f"申立人{person.name}（{person.era_birth}生）に係る個人番号は、\n{head}\n{tail}\nであり、"
        f"令和{world.rng.randint(4, 8)}年（家）第{world.rng.randint(100, 999)}号に添付する。\n"
        f"郵便追跡番号 {grouped(world.other(identifiers.courier), '-')}"
    )
    return Draft([Text(text)], ["法務", "報告書.docx"])


@template("scan", source="a picture of the card's back, as an engine reads it")
def y_card_back(world: World) -> Draft:
    person = world.person()
    lines = [
        world.pick("個人番号", "個 人 番 号"),
        grouped(world.number(), world.pick(" ", "  ")),
        f"氏名 {person.surname} {person.given}",
        f"{person.era_birth}生",
        "公的個人認証サービス　コールセンター 0120-95-0178",
    ]
    return Draft([Text("\n".join(lines), recognised=True)], ["本人確認", f"IMG_{person.staff}.jpg"])


@template(
    "form", source="gifts to towns: application for the tax relief, with the gift's own number"
)
def y_gift_relief(world: World) -> Draft:
    person = world.person()
    lines = [
        f"令和{world.rng.randint(5, 8)}年寄附分　市町村民税・道府県民税",
        "寄附金税額控除に係る申告特例申請書",
        f"整理番号　{world.random12()}",
        f"フリガナ　{person.kana}",
        f"氏名　{person.name}　性別　{world.pick('男', '女')}",
        f"個人番号　{boxes(world, world.number())}",
        f"生年月日　{person.era_birth}　電話番号 {world.phone()}",
        f"寄附年月日　{era(world)}　寄附金額　{world.rng.randint(1, 9)}0,000円",
        f"受領書番号　{world.random12()}",
    ]
    return Draft([Text("\n".join(lines))], ["ふるさと納税", "申請書.pdf"])


@template("form", source="a hospital's sheet for a new physician: registers, then the number")
def y_physician_sheet(world: World) -> Draft:
    rng, person, write = world.rng, world.person(), pen(world, 0.1)
    facts = [
        f"医籍登録番号：第{identifiers.digits(rng, 6)}号",
        f"保険医登録番号：医{identifiers.digits(rng, 7)}",
        f"マイナンバー：{write(world.number())}",
        f"医師賠償責任保険 証券番号：{world.random12()}",
        f"医師会会員番号：{world.random12(0.2)}",
    ]
    rng.shuffle(facts)
    lines = [
        "採用時提出書（医師）",
        f"氏名：{person.name}",
        f"診療科：{world.pick('内科', '外科')}",
        *facts,
    ]
    return Draft([Text("\n".join(lines))], ["人事課", "医師採用"])
