"""Mails and letters: forms filled in by hand, corrections, forwarded requests, notes at the end."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import called, inbox, typed
from corpus.world import World
from corpus.writing import grouped

POST = "Mails between staff, offices, accountants and clients"


@template("mail", source=POST)
def q_template_filled_in(world: World) -> Draft:
    """A template of the office, filled in below each heading."""
    me = world.person()
    open_, close = world.pick(
        ("【", "】"), ("■", ""), ("◆", "："), ("○ ", ""), ("［", "］"), ("", "：")
    )
    fields = [
        ("氏名", me.name),
        ("生年月日", f"{me.born:%Y年%m月%d日}"),
        (called(world), typed(world, 0.1)),
        ("住所", me.address),
        ("電話番号", world.phone()),
    ]
    gap = world.pick("\n", "\n　", " ", "\n→ ")
    body = world.pick("\n", "\n\n").join(
        f"{open_}{name}{close}{gap}{value}" for name, value in fields
    )
    head = f"{world.person().surname}様\n\nご依頼の件、下記のとおり回答いたします。"
    text = f"{head}\n\n{body}\n\n{me.name}"
    return inbox(world, me, "Re: 入社手続きについて", Text(text))


@template("mail", source=POST)
def q_corrected(world: World) -> Draft:
    """A wrong one and the right one."""
    me, number = world.person(), typed(world, 0)
    wrong = typed(world, 0)
    text = world.pick(
        f"先日お知らせしたマイナンバーに誤りがありました。\n誤：{wrong}\n正：{number}\n失礼しました。",
        f"マイナンバーの訂正です。\n\n（誤） {wrong}\n（正） {number}",
        f"個人番号の件、{wrong}とお伝えしましたが、正しくは{number}です。",
        f"マイナンバー訂正\n変更前　{wrong}\n変更後　{number}",
        f"すみません、昨日のマイナンバーは妻のものでした（{wrong}）。私のは {number} です。",
    )
    return inbox(world, me, world.pick("訂正", "マイナンバーの訂正", "お詫び"), Text(text))


@template("mail", source=POST)
def q_answer_above_the_request(world: World) -> Draft:
    """A bare answer; the request is quoted below with its sender."""
    me, clerk = world.person(), world.person()
    answer = world.pick(
        "{n}",
        "{n}です。",
        "お世話になります。\n{n}\nよろしくお願いします。",
        "{n}\n\niPhoneから送信",
    )
    ask = world.pick(
        "マイナンバーをご返信ください。",
        "年末調整のため、個人番号（12桁）をお知らせください。",
        "支払調書作成のためマイナンバーのご提供をお願いいたします。",
        "マイナンバーが未提出です。このメールに返信してください。",
    )
    head = world.pick(
        f"-----Original Message-----\nFrom: {clerk.name}\nSent: 2025年11月4日\nSubject: 連絡\n\n",
        f"2025年11月4日(火) 10:12 {clerk.name} <{world.mail(clerk)}>:\n\n> ",
        f"差出人: {clerk.name}\n送信日時: 2025/11/04\n件名: ご連絡\n\n",
        f"On Tue, Nov 4, 2025 at 10:12 {clerk.roman} wrote:\n> ",
    )
    text = f"{answer.format(n=typed(world, 0.1))}\n\n{head}{ask}"
    return inbox(world, me, "Re: ご連絡", Text(text), labelled=False)


@template("mail", source=POST)
def q_for_a_client(world: World) -> Draft:
    """An accountant's list of clients' staff in prose."""
    me = world.person()
    form = world.pick("{who}（{born}生）　{n}", "{who} {n} {at}", "・{who}様　{n}")
    lines = []
    for _ in world.many(2, 6):
        one = world.person()
        facts = {"who": one.name, "born": f"{one.born:%Y/%m/%d}", "at": one.address}
        lines.append(form.format(n=typed(world, 0), **facts))
    head = world.pick(
        "従業員のマイナンバーをお送りします。",
        "お預かりしているマイナンバーの一覧です。",
        "扶養控除申告書に記載の個人番号は次のとおりでした。",
        "マイナンバー一覧（12月入社分）",
    )
    text = f"お世話になっております。\n{head}\n\n" + "\n".join(lines) + "\n\n以上です。"
    return inbox(world, me, "12月分資料", Text(text), labelled=False)


@template("mail", source=POST)
def q_in_a_sentence(world: World) -> Draft:
    """The number stands somewhere in a sentence on something else."""
    me = world.person()
    n = typed(world, 0.1)
    text = world.pick(
        f"口座は先日のとおりで、マイナンバーは{n}、住所変更はありません。",
        f"保険の手続きに使うマイナンバー（{n}）を念のため書いておきます。",
        f"申告書の個人番号欄には{n}と書けばよいでしょうか。",
        f"市役所で確認したところ個人番号は {n} とのことでした。",
        f"カードを紛失しました。番号は{n}、マイナンバーカードです。",
        f"マイナンバー: {n}\n免許証: 省略\n以上で本人確認をお願いします。",
        f"e-Taxで使った番号（マイナンバー）は{n}で合っていますか？",
        f"先月入社した{me.surname}です。マイナンバーのカードが届いていて、{n}と印字されています。",
        f"ふるさと納税のワンストップ特例、個人番号 {n} で申請しました。",
        f"Please use my Individual Number {n} for the tax form.",
        f"My number (マイナンバー) is {n}. Residence card to follow.",
    )
    return inbox(world, me, world.pick("ご連絡", "手続きの件", "お願い", "tax"), Text(text))


@template("mail", source=POST)
def q_signature_of_numbers(world: World) -> Draft:
    """Private facts at the foot of a mail to an agent."""
    me = world.person()
    word = world.pick("マイナンバー", "個人番号", "My No.", "マイナンバーNo.")
    text = (
        f"お世話になります。手続きに必要な情報です。\n\n"
        f"{me.name}（{me.kana}）\n{me.born:%Y.%m.%d}\n{me.address}\n{world.phone()}\n"
        f"{word} {typed(world, 0.1)}\n"
        f"基礎年金番号 1234-567890\n"
    )
    return inbox(world, me, "必要情報", Text(text))


@template("mail", source=POST)
def q_other_numbers_on_the_matter(world: World) -> Draft:
    """The mail is on the matter; the number is a parcel's, a ticket's, an account's."""
    me, number = world.person(), world.random12(0.8)
    n = world.pick(number, grouped(number), grouped(number, "-"))
    text = world.pick(
        f"マイナンバー関係書類を本日発送しました。\nお問い合わせ番号：{n}\n明日着の予定です。",
        f"マイナンバー収集サービスの利用料、請求番号 {n} にてお振込みをお願いします。",
        f"個人番号カード交付通知書が届きました。受付の番号が {n} となっています。",
        f"マイナンバー提出の件、ヘルプデスクに問い合わせました。\n受付：{n}\n回答待ちです。",
        f"簡易書留でマイナンバー通知を送りました（{n}）。",
        f"マイナンバーの本人確認は免許証で行いました。免許証 {n}",
        f"マイナポータルの申請、控えの番号は{n}でした。",
        f"マイナンバー管理台帳の保管箱、管理No.{n} を倉庫に移しました。",
        f"特定個人情報の廃棄が完了しました。証明書番号：{n}",
        f"マイナンバー登録口座（公金受取）は普通 {n} です。",
    )
    return inbox(world, me, world.pick("書類の件", "マイナンバーの件", "ご連絡"), Text(text))
