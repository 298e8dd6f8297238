"""Parcels, orders, bills and contracts: twelve digits of trade, none of a person."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._z_reading import calendar, day, eml, in_fours, read, stamp, worksheet
from corpus.world import World
from corpus.writing import grouped


@template(
    "courier", source="export of a courier's program: 伝票番号 first, goods at the end", weight=3.0
)
def z_slips_exported(world: World) -> Draft:
    head = "お客様管理番号,送り状種類,伝票番号,出荷予定日,お届け先電話番号,お届け先名,品名１,記事"
    lines, date = [head], calendar(world)
    for nth in world.many(6, 120):
        goods = world.pick(
            "書類", "年末調整書類", "マイナンバー台紙", "源泉徴収票", "制服", "社内便"
        )
        number = world.other(identifiers.courier, 0.0)
        shown = f"{date()},{world.phone()},{world.person().name}"
        lines.append(f"{nth + 1:06d},0,{number},{shown},{goods},{world.pick('', '至急', '親展')}")
    return Draft(read("b2_export.csv", "\n".join(lines)), ["総務", "発送", "b2_export.csv"])


@template(
    "courier", source="a reply on a kit for collecting numbers that has not arrived", weight=2.0
)
def z_kit_not_arrived(world: World) -> Draft:
    me, other = world.person(), world.person()
    number = world.other(identifiers.courier, 0.8)
    write = world.pick(grouped, str, lambda n: grouped(n, "-"))
    lines = [
        f"{other.surname}様",
        "",
        "マイナンバーの提出用台紙がまだ届いていないとのこと、失礼いたしました。",
        world.pick("日本郵便では、", "発送記録では、") + f"{day(world)}に差し出しています。",
        f"お手数ですが{world.pick('追跡', '引受')}の番号 {write(number)} でご確認ください。",
        "届き次第、個人番号カードのコピーを貼ってご返送をお願いします。",
        "",
        me.name,
    ]
    subject = world.pick("Re: マイナンバー台紙について", "Re: 提出書類が届きません")
    return Draft(eml(world, subject, lines, me), ["受信トレイ", subject])


@template("order", source="confirmations of shops: order number in the subject, items, JAN codes")
def z_shop_confirms(world: World) -> Draft:
    me = world.person()
    order = world.random12(0.7)
    shown = world.pick(order, grouped(order, "-"))
    items = [
        f"・{world.pick('ICカードリーダライタ', '保管用鍵付ケース', 'シュレッダー')}"
        f"（JAN {identifiers.article13(world.rng)}）× {world.rng.randint(1, 9)}"
        for _ in world.many(1, 4)
    ]
    lines = [
        f"{me.name} 様",
        "このたびはご注文いただきありがとうございます。",
        "─" * 20,
        f"■{world.pick('ご注文番号', 'オーダーNo.', '注文ID')}　{shown}",
        f"■ご注文日時　{day(world)} {stamp(world)}",
        *items,
        f"■お支払い　クレジットカード **** **** **** {identifiers.digits(world.rng, 4)}",
        "─" * 20,
        "※マイナンバーカードでのご本人確認は店頭のみ承ります。",
    ]
    subject = f"【ご注文確認】{shown}"
    return Draft(eml(world, subject, lines, world.person()), ["受信トレイ", subject])


@template(
    "corporate", source="lists of customers; 法人番号 is called the Number of firms", weight=2.0
)
def z_numbers_of_firms(world: World) -> Draft:
    label = world.pick(
        "法人番号", "法人マイナンバー", "企業版マイナンバー（13桁）", "法人番号(13桁)"
    )
    rows = [
        ["取引先一覧（法人マイナンバー調査）"],
        ["コード", "取引先名", label, "会社法人等番号", "与信"],
    ]
    for nth in world.many(8, 90):
        number = identifiers.corporate(world.rng)
        registry = number[1:]
        shown = f"{registry[:4]}-{registry[4:6]}-{registry[6:]}" if world.chance(0.2) else registry
        limit = f"{world.rng.randint(1, 90)}00万円"
        rows.append([f"C{nth:05d}", world.company(), number, shown, limit])
    return Draft([worksheet(rows, "取引先")], ["営業", "取引先一覧.xlsx"])


@template(
    "invoice", source="a sole trader's bill: T-number, bank, and a word that it is not the other"
)
def z_sole_traders_bill(world: World) -> Draft:
    me = world.person()
    number = identifiers.corporate(world.rng)
    bill = world.pick(identifiers.date_serial, lambda rng: identifiers.digits(rng, 12))
    lines = [
        "請　求　書",
        f"請求書番号　{world.other(bill, 0.6)}　　発行日　{day(world)}",
        f"{world.company()} 御中",
        f"屋号　{me.surname}デザイン事務所　代表 {me.name}",
        f"登録番号　T{number}（マイナンバーとは異なります）",
        f"デザイン制作費　一式　¥{world.rng.randint(30, 400)},000（税込）",
        "源泉徴収のためマイナンバーが必要な場合は別途ご連絡ください。",
        f"振込先　みらい銀行 本店 普通 {identifiers.digits(world.rng, 7)}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["請求書", "請求書.pdf"])


@template(
    "invoice",
    source="bills of power and gas: customer number in three groups, 22 digits of the point",
)
def z_power_bill(world: World) -> Draft:
    rng = world.rng
    customer = world.random12(0.6)
    shown = world.pick(grouped(customer, "-"), grouped(customer), customer)
    point = "-".join(["03", *(identifiers.digits(rng, 4) for _ in range(5))])
    lines = [
        "電気ご使用量のお知らせ",
        f"ご契約名義　{world.company()}",
        f"お客さま番号　{shown}",
        f"供給地点特定番号　{point}",
        f"ご使用期間　{day(world)}～{day(world)}　検針日 {day(world)}",
        f"今回指示数　{rng.randint(1000, 9999)}.4　ご使用量 {rng.randint(90, 9000)}kWh",
        f"ご請求金額　{rng.randint(3, 300):,},{identifiers.digits(rng, 3)}円",
        "2026年4月より、口座振替のお申込みにマイナンバーは不要です。",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["経費", "電気料金.pdf"])


@template("contract", source="group insurance: policy numbers and claims of twelve digits")
def z_policies_in_force(world: World) -> Draft:
    rows = [
        ["団体保険　被保険者明細"],
        ["証券番号", "被保険者", "生年月日", "保険金額", "受付番号", "備考"],
    ]
    for _ in world.many(6, 70):
        person = world.person()
        note = world.pick("", "", "マイナンバー申告書 未提出", "支払調書対象", "住所変更")
        policy = world.random12(0.0)
        claim = world.random12(0.0) if world.chance(0.3) else ""
        rows.append(
            [
                policy,
                person.name,
                person.era_birth,
                f"{world.rng.randint(1, 30)}00万円",
                claim,
                note,
            ]
        )
    return Draft([worksheet(rows, "明細")], ["福利厚生", "団体保険.xlsx"])


@template(
    "order",
    source="a chat with a supplier: the order's number is asked for, then given",
    weight=2.0,
)
def z_which_order(world: World) -> Draft:
    one, two = world.person(), world.person()
    number = world.random12(0.8)
    ask = world.pick("発注番号", "オーダー番号", "見積の番号", "契約No.")
    lines = [
        f"{one.name}: マイナンバー保管サービスの更新の件です",
        f"{two.name}: {ask}わかりますか？",
        f"{one.name}: {world.pick('こちらです', 'えーと')}　{world.pick(grouped, str)(number)}",
        f"{two.name}: ありがとうございます、{day(world)}更新で手配します",
    ]
    return Draft([Text("\n".join(lines))], ["購買", "チャット"])


@template("article", source="master of goods: GTIN of 12 and 13 digits, case codes of 14")
def z_goods_codes(world: World) -> Draft:
    rng = world.rng
    rows = [["品番", "商品名", "UPC", "JAN", "ITF", "入数", "原価"]]
    for nth in world.many(10, 150):
        jan = identifiers.article13(rng)
        cost = str(rng.randint(80, 9000))
        upc = identifiers.article(rng) if nth % 3 else ""
        goods = world.pick("クリアファイル", "封筒 角2", "印鑑ケース", "目隠しシール")
        box = f"1{jan[:12]}{identifiers.digits(rng, 1)}"
        rows.append([f"A{nth:04d}", goods, upc, jan, box, str(rng.randint(1, 100)), cost])
    text = "\n".join(",".join(row) for row in rows)
    return Draft(read("商品マスタ.csv", text), ["物流", "商品マスタ.csv"])


@template(
    "headerless", source="files of payments for banks: fixed records of 120 characters", weight=2.0
)
def z_bank_records(world: World) -> Draft:
    rng = world.rng
    date = world.day(2024, 2026)
    payer = f"1110{identifiers.digits(rng, 10)}{'ｶ)ｻﾝﾖｳｼﾖｳｼﾞ':<40}"
    first = f"{payer}{date:%m%d}{identifiers.digits(rng, 4)}"
    lines = [f"{first:<120}"]
    total = 0
    for _ in world.many(5, 80):
        person = world.person()
        pay = rng.randint(150, 600) * 1000
        total += pay
        who = person.roman.upper().replace(".", " ")
        bank = f"2{identifiers.digits(rng, 4)}{'ﾐﾗｲ':<15}{identifiers.digits(rng, 3)}{'ﾎﾝﾃﾝ':<15}"
        account = f"    1{identifiers.digits(rng, 7)}{who:<30}{pay:010d}0{person.staff}"
        lines.append(f"{bank + account:<120}")
    lines += [f"8{len(lines) - 1:06d}{total:012d}".ljust(120), "9".ljust(120)]
    return Draft(read("kyuyo_fb.txt", "\n".join(lines)), ["給与振込", "kyuyo_fb.txt"])


@template("card", source="statements of corporate cards: 16 and 15 digits, slips of 12")
def z_card_statement(world: World) -> Draft:
    rng = world.rng
    lines = [f"ご利用明細書　{world.company()}　様", f"会員番号 {in_fours(identifiers.card(rng))}"]
    other = "-".join(
        ["37" + identifiers.digits(rng, 2), *(identifiers.digits(rng, n) for n in (6, 5))]
    )
    lines.append(f"Amex {other}")
    date = calendar(world)
    lines.append("ご利用日　ご利用先　伝票番号　金額")
    for _ in world.many(5, 40):
        shop = world.pick(
            "JR東日本", "アマゾン", "マイナンバー写真スタジオ", "文具のさくら", "タクシー"
        )
        lines.append(f"{date()} {shop} {world.random12(0.1)} {rng.randint(3, 900) * 110:,}")
    return Draft([Text("\n".join(lines), "page 1")], ["経費", "カード明細.pdf"])
