"""Parcels, tickets and support logs near the matter, and the few that hold the number itself."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import closing, opening, signature
from corpus.tuning.second_frame import inbox, kept, typed
from corpus.world import World
from corpus.writing import grouped

DESKS = "Mails, chats and records of personnel offices, carriers and help desks"
WORDS = ("マイナンバー", "個人番号", "マイナンバーカード")


def _slip(world: World, hard: float = 0.85) -> str:
    n = world.other(identifiers.courier, hard)
    return world.pick(n, grouped(n, "-"), grouped(n, "-"), grouped(n))


def _case(world: World) -> str:
    n = world.random12(0.85)
    return world.pick(n, n, grouped(n, "-"))


@template("courier", source=DESKS)
def y_sends_papers_and_a_number(world: World) -> Draft:
    """Papers with the word are sent; below stands a number and nothing else."""
    me, word = world.person(), world.pick(*WORDS)
    first = world.pick(
        f"{word}の書類を本日発送いたしました。",
        f"{word}の控えを郵送しましたのでご査収ください。",
        f"{word}台紙一式、宅配便にてお送りしております。",
        f"先ほど{word}関係の書類をコンビニから出しました。",
        f"{word}の返信用封筒、ポストに入れました。",
    )
    text = f"{opening(world, me)}\n{first}\n\n{_slip(world)}\n\n{closing(world)}"
    return inbox(world, me, world.pick("発送しました", "書類の件", f"{word}書類"), Text(text))


@template("courier", source=DESKS)
def y_asks_whether_it_came(world: World) -> Draft:
    """A chat on a packet that has the papers."""
    a, b, word, n = world.person(), world.person(), world.pick(*WORDS), _slip(world)
    turns = world.pick(
        [f"{word}の書類届いた？", "まだ", f"{n}", "追跡したら配達中になってる"],
        [f"{word}の封筒出しといたよ", "ありがとう、番号は？", f"{n}", "明日着くね"],
        [f"{word}送ってくれた？", "レターパックで送った", f"{n} これで追えるよ"],
        [f"例の{word}の箱どこ", f"佐川に聞いたら {n} は持ち出し中だって"],
    )
    who = (a.surname, b.surname)
    text = "\n".join(f"{who[k % 2]}: {said}" for k, said in enumerate(turns))
    return kept(world, ("chat.txt", "talk.txt"), Text(text))


@template("courier", source=DESKS)
def y_shipping_mail_of_a_shop(world: World) -> Draft:
    """An automatic mail of a maker of forms or lockers for the number."""
    me, word, n = world.person(), world.pick(*WORDS), _slip(world)
    goods = world.pick("保管ファイル", "目隠しシール", "回収セット", "耐火金庫", "ハンドブック")
    text = (
        f"{me.name} 様\n\nご注文の商品を発送しました。\n\n■ 商品：{word}{goods}　2個\n"
        f"■ 配送：{world.pick('ヤマト運輸', '日本郵便', '佐川急便')}\n"
        f"■ {world.pick('番号', '伝票', 'お問合せ', '送り状')}：{n}\n■ お届け：{world.day()}"
    )
    return inbox(world, me, "【発送のお知らせ】ご注文ありがとうございます", Text(text))


@template("courier", source=DESKS)
def y_register_of_post(world: World) -> Draft:
    """A book of what went out, a line a packet."""
    form = world.pick(
        "{day} 簡易書留 {who}様 {word}書類 {n}",
        "{n} / {who} / {word}届出書在中 / {day}",
        "{day}\t{who}\t{word}通知\t{n}\t受領印",
        "□ {who} 宛　{word}申告書　{n}",
    )
    word = world.pick(*WORDS)
    lines = [
        form.format(day=world.day(), who=world.person().name, word=word, n=_slip(world, 0.1))
        for _ in world.many(3, 9)
    ]
    text = world.pick("郵便物発送簿", "書留控", "特定個人情報 発送記録") + "\n" + "\n".join(lines)
    return kept(world, ("発送簿.txt", "書留.txt"), Text(text))


@template("courier", source=DESKS)
def y_parcel_and_number_both(world: World) -> Draft:
    """Both stand in the mail: the packet's number and the person's."""
    me, n, slip = world.person(), typed(world, 0.2), _slip(world)
    text = world.pick(
        f"台紙を送りました（追跡 {slip}）。急ぐので番号だけ先に。\nマイナンバー {n}",
        f"マイナンバーは {n} です。原本はヤマト {slip} で送っています。",
        f"お問い合わせ送り状番号：{slip}\n同封物：通知カードの写し\n個人番号：{n}",
        f"荷物 {slip} が届かないので、個人番号をメールで伝えます。{n} です。",
    )
    return inbox(world, me, "書類の件", Text(f"{text}\n\n{signature(world, me)}"))


@template("ticket", source=DESKS)
def y_log_of_support(world: World) -> Draft:
    """A call log with its number and the caller's matter."""
    me, word, n = world.person(), world.pick(*WORDS), _case(world)
    text = world.pick(
        f"{n}\n10:02 {me.surname}様より入電\n{word}の登録画面でエラー\n10:15 折返し",
        f"問合せ管理 {n}\n分類：{word}\n内容：カードが読めない\n状態：完了",
        f"[{world.day()}] {word}の件 #{n} 担当:{me.surname} 状態:保留",
        f"{me.surname}様 {word}入力不可 → 2次へエスカレ（{n}）",
        f"■{word}サポート履歴\n・{n} パスワード失念\n・{_case(world)} 端末故障",
    )
    return kept(world, ("サポート履歴.txt", "call.log", "対応記録.txt"), Text(text))


@template("ticket", source=DESKS)
def y_mail_of_a_help_desk(world: World) -> Draft:
    """A help desk's mail opens with its number, the matter follows."""
    me, word, n = world.person(), world.pick(*WORDS), _case(world)
    name = world.pick("インシデント", "ケース", "お問合せ", "案件", "Ticket", "Case", "Ref")
    text = world.pick(
        f"{name}: {n}\n件名: {word}が反映されない\n\n調査のためしばらくお待ちください。",
        f"{word}の件でご連絡いただきありがとうございます。\n{name} {n} として登録しました。",
        f"{me.surname}様\n\n{n}でお問い合わせいただいた{word}の不具合は解消しました。",
        f"{word}の登録方法について、回答いたします。（{name} {n}）",
    )
    return inbox(
        world, me, world.pick(f"[{n}] {word}", "お問い合わせの件", "Re: 不具合"), Text(text)
    )


@template("ticket", source=DESKS)
def y_number_in_a_ticket(world: World) -> Draft:
    """A person writes the number itself into a ticket."""
    case, n, me = _case(world), typed(world, 0.2), world.person()
    text = world.pick(
        f"チケット {case}\n依頼：マイナンバーの訂正\n誤り→正しい番号：{n}\n氏名：{me.name}",
        f"Q. 登録したマイナンバーが違うと言われました。\n私のは {n} なのですが。\n（受付 {case}）",
        f"受付番号 {case}\n社員 {me.staff} {me.name}\n個人番号 {n}\n対応 登録済",
        f"ケース{case}\nエラー「個人番号が不正です」\n入力値：{n}",
    )
    return kept(world, ("ticket.txt", "問合せ.txt"), Text(text))


@template("ticket", source=DESKS)
def y_reservation_at_the_hall(world: World) -> Draft:
    """A place in the queue at a town hall."""
    me, n = world.person(), _case(world)
    word = world.pick("マイナンバーカード", "マイナンバー", "個人番号カード")
    text = world.pick(
        f"{word}の受け取り予約が完了しました\n日時 11/20 10:30\n予約 {n}\n持ち物 本人確認書類",
        f"{me.name}様\n{word}交付のご予約です。\nキャンセルは {n} をお伝えください。",
        f"{word}出張申請会 受付票\nNo. {n}\n会場 市民ホール",
        f"{word}更新予約→ {n} 当日印刷して持っていく",
    )
    return inbox(world, me, "予約完了のお知らせ", Text(text))
