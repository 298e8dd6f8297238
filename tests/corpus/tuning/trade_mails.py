"""Mails of shops, carriers and trading partners."""

from __future__ import annotations

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import CARRIERS, PARCEL, letter, mail, parcel
from corpus.world import World
from corpus.writing import written

SHOPS = "Notices of shops and carriers"
DAILY = "Everyday business mail"


@template("courier", source=SHOPS, weight=5)
def parcel_notice(world: World) -> Draft:
    """A carrier's own notice."""
    me, number = world.person(), parcel(world, 0.5)
    lines = [
        f"{me.name} 様",
        world.pick(
            "お荷物お届けのお知らせ",
            "ご不在のためお荷物を持ち帰りました。",
            "商品を発送いたしました。",
        ),
        f"■{world.pick(*PARCEL)}：{number}",
        f"■お届け予定日時：{world.rng.randint(1, 12)}月{world.rng.randint(1, 28)}日 14時～16時",
        f"■品名：{world.pick('書類', '衣類', '食品', '本人確認書類')}",
        f"お問い合わせ先 {world.phone()}　受付時間 8:00-21:00",
    ]
    subject = world.pick(
        "【ヤマト運輸】お荷物お届けのお知らせ",
        "発送完了のお知らせ",
        "配送状況のご案内",
        "宅急便お届け完了",
    )
    return mail(world, subject, "\n".join(lines))


@template("order", source=SHOPS, weight=5)
def order_confirmation(world: World) -> Draft:
    rng = world.rng
    number = world.pick(world.random12, lambda: world.other(identifiers.date_serial))()
    kind = world.pick(
        "ご注文番号",
        "注文番号",
        "注文No.",
        "オーダー番号",
        "Order No.",
        "受注番号",
        "予約番号",
        "お取引番号",
    )
    lines = [
        f"{world.person().name} 様",
        "ご注文ありがとうございます。",
        f"{kind}{world.pick('：', ': ', ' ')}{number}",
    ]
    lines.extend(
        (
            f"{world.pick('コピー用紙A4', 'トナー', 'スチール棚', '印鑑ケース')} ×"
            f"{rng.randint(1, 9)}　{rng.randint(3, 300) * 100:,}円"
        )
        for _ in world.many(1, 4)
    )
    lines += [
        f"JANコード {world.other(identifiers.article13, 0) if rng.random() < 0.3 else '-'}",
        f"合計 {rng.randint(10, 900) * 100:,}円（税込）",
    ]
    if world.chance(0.4):
        lines.append(f"配送：{world.pick(*CARRIERS)}　{parcel(world, 0.4)}")
    return mail(
        world,
        world.pick("ご注文の確認", "Order confirmation", "【自動配信】ご注文内容のご確認"),
        "\n".join(lines),
    )


@template("invoice", source="Qualified invoices", weight=5)
def invoice_mail(world: World) -> Draft:
    corporate = identifiers.corporate(world.rng)
    rng = world.rng
    lines = [
        f"{world.company()}　御中",
        f"請求書番号：{world.random12(0.5)}",
        f"登録番号：T{corporate}"
        if world.chance(0.7)
        else f"適格請求書発行事業者登録番号 T-{corporate}",
        f"ご請求金額　{rng.randint(10, 9000) * 1000:,}円（消費税10%）",
        f"お振込先　○○銀行 {identifiers.digits(rng, 3)}支店 普通 {identifiers.digits(rng, 7)}",
        f"お支払期限　{world.day():%Y年%m月%d日}",
        f"お客様番号 {world.random12(0.3)}" if world.chance(0.4) else f"TEL {world.phone()}",
    ]
    if world.chance(0.3):
        lines.append("※個人事業主の登録番号はマイナンバーとは異なります。")
    return mail(
        world, world.pick("請求書送付のご案内", "10月分ご請求書", "Invoice"), "\n".join(lines)
    )


@template("contract", source=DAILY, weight=2)
def contract_mail(world: World) -> Draft:
    number = written(world, world.random12(0.7), odd=0.05)
    kind = world.pick(
        "契約番号",
        "証券番号",
        "ご契約者番号",
        "お客様番号",
        "会員番号",
        "保険証券番号",
        "加入者番号",
        "供給契約番号",
    )
    matter = world.pick(
        f"{kind}：{number}\nご契約者：{world.person().name}\n契約日：{world.day()}",
        f"{kind}{number}の更新手続きについてご案内します。本人確認のためマイナンバーカードまたは免許証をご用意ください。",
        f"下記契約の件です。\n　{kind}　{number}\n　担当　{world.person().surname}",
    )
    return mail(
        world,
        world.pick("ご契約内容の確認", "保険契約更新のご案内", "契約の件"),
        letter(world, matter),
    )


@template("card", source=DAILY, weight=2)
def payment_card_mail(world: World) -> Draft:
    """Sixteen digits, whose first or last twelve may pass."""
    card = identifiers.card(world.rng)
    for _ in range(200):
        if identifiers.passes(card[:12]) or identifiers.passes(card[4:]):
            break
        card = identifiers.card(world.rng)
    show = world.pick(" ", "-", "", "　").join(card[at : at + 4] for at in range(0, 16, 4))
    rows = [["カード番号", "有効期限", "名義"], [show, "09/28", world.person().roman.upper()]]
    word = world.pick(
        "", "マイナンバーカードではなくクレジットカードの番号です。", "製造番号", "利用者識別番号"
    )
    body = letter(world, f"{word or '法人カード'} {show}")
    more = [Table(rows, "table 1")] if world.chance(0.4) else []
    return mail(
        world,
        world.pick("カード登録", "経費精算", "e-Tax の件", "マイナンバーカード交付"),
        body,
        *more,
    )
