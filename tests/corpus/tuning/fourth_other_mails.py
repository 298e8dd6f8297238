"""Mails of the shapes of the fourth set whose numbers of twelve digits are other ones."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import CARRIERS, PARCEL, parcel
from corpus.tuning.second_frame import inbox
from corpus.world import World
from corpus.writing import grouped

OTHER = "Mails that speak of the number and hold another one"
WORDS = ("マイナンバー", "個人番号", "マイナンバーカード", "マイナンバー（個人番号）")


def _digits(world: World) -> str:
    number = world.random12(0.7)
    return world.pick(number, grouped(number), grouped(number, "-"))


@template("courier", source=OTHER)
def u_parcel_asked_below(world: World) -> Draft:
    """A terse answer; what is asked below is the parcel's number, the papers are on the matter."""
    me, clerk = world.person(), world.person()
    answer = world.pick(
        f"{parcel(world)} です。", f"お待たせしました。\n{parcel(world)}", parcel(world)
    )
    mark = world.pick("> ", ">", "")
    asked = [
        f"{me.surname}様",
        f"{world.pick(*WORDS)}の書類はいつ届きますか。",
        f"{world.pick(*CARRIERS)}の{world.pick(*PARCEL)}を教えてください。",
    ]
    text = f"{answer}\n\n{me.surname}\n\n{world.day():%Y/%m/%d} {clerk.name} wrote:\n" + "\n".join(
        mark + line for line in asked
    )
    return inbox(world, me, world.pick("Re: 書類の件", "Re: 発送について"), Text(text))


@template("contract", source=OTHER)
def u_other_of_the_answers(world: World) -> Draft:
    """Numbered answers: the number comes by post, another of twelve digits stands in the mail."""
    me = world.person()
    marks = world.pick("①②③④", "1234")
    facts = [
        ("お名前", me.name),
        (world.pick(*WORDS), world.pick("別途郵送します", "紙で提出済みです", "後日")),
        (world.pick("契約番号", "お客様番号", "証券番号", "会員番号"), _digits(world)),
        ("連絡先", world.phone()),
    ]
    world.rng.shuffle(facts)
    pairs = list(zip(marks, facts, strict=True))
    own = world.chance(0.5)
    answers = "\n".join(f"{m} {name + '：' if own else ''}{value}" for m, (name, value) in pairs)
    asked = "\n".join(f"> {m} {name}" for m, (name, _) in pairs)
    text = f"回答します。\n\n{answers}\n\n{me.surname}\n\n> 下記をご回答ください。\n{asked}"
    return inbox(world, me, "Re: ご確認事項", Text(text))


@template("ticket", source=OTHER)
def u_request_with_ticket(world: World) -> Draft:
    """A request for the number, with a ticket of twelve digits in subject or foot."""
    me, number = world.person(), _digits(world)
    word = world.pick(*WORDS)
    where = world.pick(f"お問い合わせID：{number}", f"チケット番号 {number}", f"受付番号：{number}")
    text = (
        f"{me.surname}様\n\n{word}のご提出をお願いいたします。\n"
        f"ご返信の際は下記の番号を件名に含めてください。\n\n{where}\n\n人事サービスデスク"
    )
    return inbox(world, me, f"{word}のご提出について", Text(text))


@template("order", source=OTHER)
def u_kit_ordered(world: World) -> Draft:
    """Something to do with the number was bought: the order's number alone on a line."""
    me, number = world.person(), _digits(world)
    goods = world.pick("マイナンバー収集キット", "マイナンバー保管金庫", "個人番号届出用封筒")
    label = world.pick("注文番号", "ご注文番号", "オーダーID", "ご請求番号")
    text = (
        f"{me.name} 様\n\nご注文ありがとうございます。\n\n{label}\n{number}\n\n"
        f"商品：{goods}　数量：{world.rng.randint(1, 30)}\n"
        f"お届け先：{me.address}\n合計：{world.rng.randrange(1000, 90000):,}円（税込）"
    )
    return inbox(world, me, "ご注文の確認", Text(text))


@template("bank", source=OTHER)
def u_fields_without_it(world: World) -> Draft:
    """A web form's fields: the number is masked or empty, the receipt's has twelve digits."""
    me = world.person()
    gap = world.pick("：", "\n", " : ")
    empty = world.pick("（未入力）", "********", "", "提出済", "＊＊＊＊ ＊＊＊＊ ＊＊＊＊")
    fields = [
        ("お名前", me.name),
        (world.pick(*WORDS), empty),
        (world.pick("受付番号", "申込番号", "お取引番号", "照会番号"), _digits(world)),
        ("電話番号", world.phone()),
    ]
    if world.chance(0.4):
        fields[1], fields[2] = fields[2], fields[1]
    body = "\n".join(f"■{name}{gap}{value}" for name, value in fields)
    return inbox(world, me, "受付完了のお知らせ", Text(f"以下の内容で受け付けました。\n\n{body}\n"))


@template("courier", source=OTHER)
def u_names_and_parcels(world: World) -> Draft:
    """Names and numbers in turn under a heading on papers that were sent."""
    me, word = world.person(), world.pick(*WORDS)
    lines = [f"{world.person().name}　{parcel(world)}" for _ in world.many(2, 6)]
    head = world.pick(
        f"{word}の書類を発送しました。{world.pick(*PARCEL)}は次の通りです。",
        f"{word}関係書類の{world.pick(*PARCEL)}",
        f"{world.pick(*CARRIERS)}で{word}の返送用封筒を送りました。",
    )
    blank = world.pick("", "\n")
    return inbox(world, me, "発送連絡", Text(f"{head}\n{blank}" + "\n".join(lines)))


@template("invoice", source=OTHER)
def u_telegram_of_trade(world: World) -> Draft:
    """Few words on trade; the matter is named in another sentence."""
    me, word = world.person(), world.pick(*WORDS)
    line = world.pick(
        f"発注No.{_digits(world)}、納期は{world.day():%m/%d}で。",
        f"伝票{_digits(world)}　至急　以上",
        f"請求書番号 {_digits(world)} 支払済",
        f"見積 {_digits(world)} 承認願います。",
    )
    more = f"{word}は総務へ直接提出してください。"
    lines = [line, more] if world.chance(0.5) else [more, line]
    return inbox(world, me, world.pick("発注", "Re:"), Text("\n".join(lines)))


@template("mail", source=OTHER)
def u_code_for_login(world: World) -> Draft:
    """A service on the matter sends a code or an id of twelve digits."""
    me, number = world.person(), _digits(world)
    name = world.pick(
        "ログインID", "お客様ID", "申請ID", "ワンタイムコード", "利用者ID", "照会コード"
    )
    gap = world.pick("：", "\n", " ")
    text = (
        f"{me.name} 様\n\nマイナンバー収集サービスへの登録が完了しました。\n\n{name}{gap}{number}\n"
        f"有効期限　{world.day():%Y/%m/%d}\n\n※マイナンバーはメールでは受け付けておりません。"
    )
    return inbox(world, me, "マイナンバー収集サービス 登録完了", Text(text))


@template("phone", source=OTHER)
def u_calls_back(world: World) -> Draft:
    """A request for the number is quoted; the answer is a telephone number with +81 or a time."""
    me, clerk = world.person(), world.person()
    answer = world.pick(
        f"電話でお伝えします。{world.other(identifiers.mobile, 0.6)} におかけください。",
        f"ファイルは {world.other(identifiers.timestamp, 0.6)} 版に保存しました。",
        f"紙で提出しました。受付番号は{_digits(world)}です。",
        f"本日郵送しました。追跡は{parcel(world)}です。",
    )
    text = (
        f"{clerk.surname}様\n\n{answer}\n\n{me.surname}\n\n{world.day():%Y/%m/%d} {clerk.name}:\n"
        f"> {world.pick(*WORDS)}をご返信ください。\n> よろしくお願いします。"
    )
    return inbox(world, me, "Re: ご提出のお願い", Text(text))
