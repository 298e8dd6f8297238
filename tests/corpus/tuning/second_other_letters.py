"""Mails, chats and pages with the word and another identifier: nothing is to be found."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import inbox, kept, opened
from corpus.world import World
from corpus.writing import grouped, spaced

OTHERS = "Identifiers of others beside words about the Individual Number"


def _other(world: World, hard: float = 0.7) -> str:
    number = world.random12(hard)
    return world.pick(number, number, grouped(number, "-"), grouped(number))


@template("courier", source=OTHERS)
def s_sent_by_post(world: World) -> Draft:
    """Papers with numbers went by parcel; the parcel's number follows."""
    me = world.person()
    number = world.other(identifiers.courier, 0.7)
    shown = world.pick(number, grouped(number, "-"), grouped(number, " "))
    how = world.pick(
        "ヤマトの宅急便", "佐川急便", "ゆうパック", "レターパックプラス", "セキュリティ便"
    )
    text = world.pick(
        f"マイナンバー関係書類一式、本日{how}でお送りしました。\n追跡は {shown} です。",
        f"個人番号カードのコピー、{how}で発送済みです。{shown}\n到着しましたらご一報ください。",
        f"収集キット（マイナンバー）の返送ですが、{how}（{shown}）にて明日着予定です。",
        f"マイナンバーの件、原本を{how}で出しました。\n伝票No：{shown}",
    )
    return inbox(world, me, "マイナンバー書類送付の件", Text(f"{me.surname}です。\n\n{text}\n"))


@template("ticket", source=OTHERS)
def s_question_received(world: World) -> Draft:
    """An automatic answer of a desk for the number's card."""
    word = world.pick("受付番号", "お問い合わせ番号", "ケースID", "整理番号", "照会番号")
    text = (
        "マイナンバー総合窓口をご利用いただきありがとうございます。\n"
        f"お問い合わせ：{world.pick('個人番号の変更について', 'マイナンバーカードの紛失')}\n\n"
        f"{world.pick('■', '', '・')}{word}{world.pick('：', ' ', chr(10))}{_other(world)}\n\n"
        "ご返信の際は上記の番号を件名に残してください。"
    )
    return inbox(world, world.person(), "【自動返信】お問い合わせ受付", Text(text))


@template("order", source=OTHERS)
def s_shop_order(world: World) -> Draft:
    """An order of things for keeping numbers."""
    item = world.pick(
        "マイナンバーカードケース 10枚", "個人番号保護シール 100枚", "マイナンバー保管金庫"
    )
    text = (
        f"ご注文ありがとうございます。\n\n注文番号 {_other(world)}\n注文日 {world.day():%Y/%m/%d}\n"
        f"商品 {item}\n商品コード {world.other(identifiers.article, 0.6)}\n"
        f"金額 {world.rng.randrange(500, 90000):,}円（税込）\nお支払い 請求書払い"
    )
    return inbox(world, world.person(), "ご注文の確認", Text(text))


@template("phone", source=OTHERS)
def s_my_new_telephone(world: World) -> Draft:
    """*My number* is a telephone."""
    number = world.other(identifiers.mobile, 0.7)
    shown = world.pick(
        number, f"+{number}", f"+{number[:2]} {number[2:4]} {number[4:8]} {number[8:]}"
    )
    text = world.pick(
        f"Hi, I lost my phone. My new mobile number is {shown}, please call or text.",
        f"Please call me when you arrive. My number: {shown} (WhatsApp)",
        f"携帯が変わりました。新しい番号は {shown} です。電話かSMSでお願いします。",
        f"My phone number is {shown}. Extension {world.rng.randrange(1000, 9999)}.",
    )
    return inbox(
        world, world.person(), world.pick("new number", "電話番号変更", "Contact"), Text(text)
    )


@template("inventory", source=OTHERS)
def s_individual_parts(world: World) -> Draft:
    """English prose on individual parts, lots and cartons."""
    lines = ["Each carton has an individual barcode; please quote the carton ID.", ""]
    for nth in world.many(2, 10):
        code = world.other(identifiers.article, 0.6)
        lines.append(f"Carton {nth + 1}: UPC {code}, lot {world.rng.randrange(10**5, 10**6)}")
    lines.append("\nThe number of individual items differs by carton.")
    return inbox(world, world.person(), "Packing list", Text("\n".join(lines)))


@template("meeting", source=OTHERS)
def s_training_call(world: World) -> Draft:
    """An invitation to a training on the number with dial-in data."""
    number = world.random12(0.8)
    shown = world.pick(" ".join(number[i : i + 3] for i in (0, 3, 6, 9)), number, grouped(number))
    text = (
        "件名：マイナンバー取扱者研修（必須）\n日時：11月14日 15:00\n\n"
        f"Microsoft Teams 会議に参加\n会議 ID: {shown}\nパスコード: x{world.rng.randrange(9999)}\n"
        f"電話会議 ID: {world.rng.randrange(10**8, 10**9)}#\n\n"
        "個人番号の安全管理措置について説明します。資料は当日配布します。"
    )
    return inbox(world, world.person(), "マイナンバー取扱者研修", Text(text))


@template("chat", source=OTHERS)
def s_chat_on_card_post(world: World) -> Draft:
    """A chat on a card in the post; the number is a registered letter's or an application's."""
    me, you = world.person(), world.person()
    number = world.other(identifiers.courier, 0.7)
    what = world.pick("追跡番号", "お問い合わせ番号", "伝票番号", "送り状")
    lines = [
        f"10:02 {me.surname} マイナンバーカード届いた？",
        f"10:05 {you.surname} まだ。{what}わかる？",
        f"10:06 {me.surname} {what}は{world.pick(number, grouped(number, '-'))}",
        f"10:07 {you.surname} ありがとう、配達状況見てみる",
    ]
    return Draft([Text("\n".join(lines))], ("Teams", "1:1"))


@template("licence", source=OTHERS)
def s_identity_checked(world: World) -> Draft:
    """The number's submission was checked with a licence; the licence's number is noted."""
    me = world.person()
    licence = world.other(identifiers.licence, 0.6)
    lines = [
        "マイナンバー提供時の本人確認記録",
        f"提供者：{me.name}　提供日：{world.day():%Y/%m/%d}",
        "番号確認：通知カード（写しは廃棄済み）",
        f"身元確認：運転免許証　{world.pick('番号 ', '免許証番号：', '第', '番号：')}{licence}",
        f"確認者：{world.person().name}",
    ]
    return kept(world, ("本人確認記録.docx", "記録.pdf"), Text("\n".join(lines)))


@template("sample", source=OTHERS)
def s_how_to_fill_in(world: World) -> Draft:
    """A guide that shows how a field is to be filled in."""
    number = world.pick("1234 5678 9012", "123456789012", "1234-5678-9018", "000000000000")
    text = (
        f"入力のしかた\n\n個人番号：12桁です。{world.pick('例）', '(例) ', '記入例：')}{number}\n"
        "ハイフンは不要です。入力後「確認」を押してください。\n"
        f"お困りのときは内線{world.rng.randrange(1000, 9999)}まで。"
    )
    return kept(world, ("手順書.docx", "マニュアル.pdf"), Text(text))


@template("contract", source=OTHERS)
def s_outsourcing_contract(world: World) -> Draft:
    """A contract on handling numbers with the contract's own number."""
    text = (
        f"業務委託契約書\n契約番号 {_other(world)}\n\n"
        f"{world.company()}（以下「甲」）と{world.company()}（以下「乙」）は、個人番号関係事務の委託に関し、"
        "契約を締結する。\n第1条 乙は、特定個人情報を番号法に従って取り扱う。\n"
        f"第2条 委託料は月額 {world.rng.randrange(10**4, 10**6):,} 円とする。\n"
        f"収入印紙\n甲 法人番号 {identifiers.corporate(world.rng)}"
    )
    return kept(world, ("契約書.docx", "委託契約.pdf"), Text(text))


@template("bank", source=OTHERS)
def s_utility_bill(world: World) -> Draft:
    """A bill with customer number and payment number; below it the firm's notice on numbers."""
    lines = [
        "ガス料金等払込受領証",
        f"{world.pick('お客さま番号', 'お客様番号', 'ご契約番号')}　{_other(world)}",
        f"納付番号 {identifiers.digits(world.rng, 16)}　確認 {identifiers.digits(world.rng, 6)}",
        f"金額 ¥{world.rng.randrange(1000, 30000):,}",
        "当社がお客さまのマイナンバーをお聞きすることはありません。",
    ]
    return kept(world, ("検針票.pdf", "領収証.pdf"), Text("\n".join(lines), "page 1"))


@template("notice", source=OTHERS)
def s_card_in_use(world: World) -> Draft:
    """A confirmation of the card's other numbers: made, expiry, application, certificates."""
    serial = identifiers.digits(world.rng, 16)
    lines = [
        "マイナンバーカード 受取確認",
        f"申請書ID {identifiers.digits(world.rng, 23)}",
        f"製造番号 {grouped(serial[:12])} {serial[12:]}",
        f"有効期限 {world.rng.randint(2027, 2035)}年",
        f"利用者証明用電子証明書 シリアル {world.rng.getrandbits(60):x}",
    ]
    return kept(world, ("カード.txt", "受取.pdf"), Text("\n".join(lines)))


@template("digits", source="Forms in squares whose box for the number is empty")
def s_other_boxes_text(world: World) -> Draft:
    """The number's field is blank or masked, another field has twelve boxes."""
    blank = world.pick(
        "□" * 12, "＊＊＊＊ ＊＊＊＊ ＊＊＊＊", "（記入不要）", "", "提出済み", "XXXX-XXXX-XXXX"
    )
    shown = spaced(world.random12(0.7), world.pick(" ", "│", ""))
    fields = [
        f"個人番号　{blank}",
        f"{world.pick('指定番号', '整理番号', '宛名番号', '登録番号')}　{shown}",
        f"氏名　{world.person().name}",
    ]
    if world.chance(0.3):
        fields.reverse()
    return kept(world, ("報告書.pdf",), Text("\n".join(["給与支払報告書（総括表）", *fields])))


@template("order", source="HTML mails of shops and ministries")
def s_html_order(world: World) -> Draft:
    """A table in a mail: the row beside the word holds something else."""
    rows = [
        ("お手続き", "マイナンバーカードでの本人確認"),
        (world.pick("予約番号", "申込番号", "受付ID", "取引番号"), world.random12(0.7)),
        ("マイナンバーの提出", world.pick("完了", "不要", "未")),
    ]
    body = "".join(f"<tr><td>{name}</td><td>{entry}</td></tr>" for name, entry in rows)
    page = f"<html><body><p>お申し込みを受け付けました。</p><table>{body}</table></body></html>"
    return inbox(world, world.person(), "お申し込み受付", *opened("mail.html", page))
