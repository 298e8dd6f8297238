"""Mails on the matter that hold other numbers of twelve digits, with and without true ones."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning._office import closing, opening
from corpus.tuning.second_frame import inbox, typed
from corpus.world import World
from corpus.writing import grouped

LETTERS = "Mails between staff, offices and suppliers that touch on the matter in passing"
WORDS = ("マイナンバー", "個人番号", "マイナンバーカード", "マイナンバー（個人番号）")
HARD = 0.85


def other(world: World) -> str:
    """A number of something else, as people type it."""
    number = world.random12(HARD)
    return world.pick(number, number, grouped(number), grouped(number, "-"))


@template("mail", source=LETTERS)
def v_named_without_the_word_number(world: World) -> Draft:
    """The noun right before says what it is, without 番号 or a colon."""
    me, word = world.person(), world.pick(*WORDS)
    noun = world.pick("受付", "予約", "会員", "証券", "ご契約", "保険証", "口座", "整理券", "申込")
    first = world.pick(
        f"{word}の提出の件、ありがとうございました。",
        f"{word}の変更手続きを窓口で済ませました。",
        f"{word}の書類は先週お渡ししたとおりです。",
    )
    text = (
        f"{opening(world, me)}\n{first}\n{noun} {other(world)} で確認できます。\n{closing(world)}"
    )
    return inbox(world, me, world.pick("手続きの件", f"{word}の件"), Text(text))


@template("mail", source=LETTERS)
def v_called_back(world: World) -> Draft:
    """A call centre gave a number for the next call."""
    me, word = world.person(), world.pick(*WORDS)
    head = world.pick("次回のお電話の際は", "再度お問い合わせの場合は", "オペレーターに")
    text = (
        f"{me.surname}様\n\n{word}についてのお問い合わせありがとうございました。\n"
        f"{head}「{other(world)}」とお伝えください。\n\n"
        f"{world.pick('サポートセンター', 'コールセンター')} {world.phone()}"
    )
    return inbox(world, me, f"お問い合わせの件（{word}）", Text(text))


@template("mail", source=LETTERS)
def v_thanks_for_an_application(world: World) -> Draft:
    """An automatic mail confirms an application for the card and gives its number."""
    me, word = world.person(), world.pick("マイナンバーカード", "個人番号カード")
    name = world.pick("申請書ID", "申込受付番号", "照会番号", "お手続き番号", "引換番号")
    text = (
        f"{me.name} 様\n\n{word}の交付申請を受け付けました。\n\n"
        f"{name}\n{other(world)}\n\nこのメールには返信できません。"
    )
    return inbox(world, me, f"【{word}】申請受付のお知らせ", Text(text))


@template("mail", source=LETTERS)
def v_two_facts_in_a_sentence(world: World) -> Draft:
    """One sentence speaks of the matter and gives an account, a licence or an insurance number."""
    me, word = world.person(), world.pick(*WORDS)
    text = world.pick(
        f"{word}は後日郵送、免許は{other(world)}です。",
        f"{word}の代わりに保険証の番号 {other(world)} でもよいでしょうか。",
        f"{word}はまだ届いていないので、社会保険の記号番号 {other(world)} を書きました。",
        f"{word}の件と別に、振込先は {other(world)} でお願いします。",
        f"{word}は総務に提出済みです。定期券の番号は{other(world)}でした。",
        f"{word}カードの暗証は忘れました。会員証なら {other(world)} です。",
    )
    return inbox(world, me, "確認", Text(f"{opening(world, me)}\n{text}\n{me.surname}"))


@template("invoice", source=LETTERS)
def v_invoice_for_a_system(world: World) -> Draft:
    """A supplier of a program for the numbers sends a bill."""
    me, word = world.person(), world.pick(*WORDS)
    name = world.pick("ご請求No", "請求ID", "お支払コード", "明細番号", "受注No.", "納品書No")
    gap = world.pick("：", " ", "　", "\n")
    text = (
        f"{world.company()} 御中\n\n{word}収集代行サービス {world.rng.randint(1, 12)}月分\n"
        f"{name}{gap}{other(world)}\n金額 {world.rng.randrange(10**6):,}円\n{closing(world)}"
    )
    return inbox(world, me, f"{word}収集サービスご利用料金", Text(text))


@template("meeting", source=LETTERS)
def v_training_on_the_numbers(world: World) -> Draft:
    """An invitation to a course on the matter, with the numbers of the call."""
    me, word = world.person(), world.pick(*WORDS)
    number = world.random12(HARD)
    shown = world.pick(
        grouped(number), number, f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
    )
    name = world.pick(
        "ミーティング ID", "会議ID", "Meeting ID", "Webinar ID", "電話会議", "参加コード"
    )
    text = (
        f"{word}の取扱い研修を行います。\n日時: {world.day():%Y/%m/%d} 10:00\n場所: オンライン\n"
        f"{name}: {shown}\nパスコード: {world.rng.randrange(10**6):06d}"
    )
    return inbox(world, me, f"{word}研修のご案内", Text(text))


@template("courier", source=LETTERS)
def v_sent_and_asked_back(world: World) -> Draft:
    """Papers on the matter travel; the number is in the next sentence, its kind before it."""
    me, word = world.person(), world.pick(*WORDS)
    how = world.pick(
        "本日、簡易書留で出しました", "昨日、速達で投函しました", "赤帽さんに渡しました"
    )
    text = world.pick(
        f"{word}の届出書ですが、{how}。{other(world)}です。",
        f"{word}届の原本は{how}。\n番号控え {other(world)}",
        f"{word}の書類一式、{how}（{other(world)}）。",
    )
    return inbox(world, me, "書類の件", Text(f"{opening(world, me)}\n{text}\n{closing(world)}"))


@template("mail", source=LETTERS)
def v_signature_with_a_number(world: World) -> Draft:
    """The firm's number of registration stands in the signature, below a request."""
    me, word = world.person(), world.pick(*WORDS)
    name = world.pick("許可番号", "登録", "宅建免許", "労働者派遣事業", "古物商許可", "事業者ID")
    text = (
        f"{word}のご提出がまだのようです。お早めにお願いいたします。\n\n"
        f"--\n{world.company()}\n{me.name}\n{name} {other(world)}\nTEL {world.phone()}"
    )
    return inbox(world, me, f"{word}のお願い", Text(text))


@template("mail", source=LETTERS)
def v_number_and_order_in_turn(world: World) -> Draft:
    """The number of a person, then one of a thing, then again."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    first, second = typed(world, 0.1), typed(world, 0.1)
    name = world.pick("社員ID", "保険証", "登録口座", "健保", "年金コード")
    lines = [
        f"本人 {word} {first}",
        f"本人 {name} {other(world)}",
        f"妻 {word} {second}",
        f"妻 {name} {other(world)}",
    ]
    return inbox(world, me, "家族分", Text("お世話になります。\n" + "\n".join(lines)))


@template("mail", source=LETTERS)
def v_answer_with_two_facts(world: World) -> Draft:
    """Answers in one line each: the number asked for and another one."""
    me, clerk, word = world.person(), world.person(), world.pick("マイナンバー", "個人番号")
    name = world.pick("健康保険証", "運転免許", "ゆうちょ", "銀行口座", "基礎年金")
    lines = [f"{word}は {typed(world, 0)} です。", f"{name}は {other(world)} です。"]
    if world.chance(0.5):
        lines.reverse()
    text = (
        f"{clerk.surname}様\n\n" + "\n".join(lines) + f"\n\n{me.surname}\n\n"
        f"> {word}と{name}の番号をお知らせください。"
    )
    return inbox(world, me, "Re: 番号のご連絡", Text(text))


@template("mail", source=LETTERS)
def v_number_above_an_order(world: World) -> Draft:
    """The number is given; a postscript has a parcel's, an order's or a call's."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号", "My Number")
    tail = world.pick(
        f"追伸：先日の注文の品が届いていません。{other(world)}",
        f"PS. 備品の発注は {other(world)} で出しています。",
        f"なお、プリンタ修理の受付は {other(world)} でした。",
        f"別件ですが、出張のeチケットは {other(world)} です。",
        f"あわせて経費精算（{other(world)}）の承認もお願いします。",
    )
    text = f"{opening(world, me)}\n{word}：{typed(world, 0.1)}\n\n{tail}\n{me.surname}"
    return inbox(world, me, "ご連絡", Text(text))


@template("mail", source=LETTERS)
def v_number_missing_order_given(world: World) -> Draft:
    """A field of the number is empty or masked; another field of the block is filled."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    empty = world.pick("", "未提出", "後日", "別送", "************", "（紙で提出）", "なし")
    name = world.pick("受験番号", "学籍No", "職員コード", "派遣スタッフID", "給与振込", "名簿番号")
    lines = [
        f"氏名：{me.name}",
        f"{word}：{empty}",
        f"{name}：{other(world)}",
        f"電話：{world.phone()}",
    ]
    if world.chance(0.4):
        lines[1], lines[2] = lines[2], lines[1]
    return inbox(world, me, "入社書類", Text("下記のとおりです。\n\n" + "\n".join(lines)))
