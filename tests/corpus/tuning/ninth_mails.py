"""Mails with quotes, signatures and forwarded headers, with the number and without it."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning._office import closing, opening, signature
from corpus.tuning.second_frame import called, inbox, typed
from corpus.world import World
from corpus.writing import grouped

BOXES = "Mails of staff, offices, advisers and members"
WORDS = ("マイナンバー", "個人番号")
HARD = 0.85


def _other(world: World) -> str:
    n = world.random12(HARD)
    return world.pick(n, n, grouped(n, "-"), grouped(n))


@template("mail", source=BOXES)
def y_reply_above_the_question(world: World) -> Draft:
    """The answer is a number, the question stands quoted below it."""
    me, clerk, word = world.person(), world.person(), world.pick(*WORDS)
    said = world.pick("{n}", "{n} です。", "こちらになります。\n{n}", "お送りします。\n\n{n}\n")
    ask = world.pick(
        f"{word}をご連絡ください。",
        f"{word}の提出がまだのようです。返信で結構ですのでお知らせください。",
        f"手続きのため、{word}が必要です。",
        f"{word}を教えていただけますでしょうか。",
    )
    mark = world.pick("> ", "＞", ">> ", "| ")
    text = (
        f"{opening(world, me)}\n{said.format(n=typed(world, 0.1))}\n{signature(world, me)}\n\n"
        f"{world.day()} {clerk.name} <{world.mail(clerk)}>:\n{mark}{me.surname}様\n{mark}{ask}"
    )
    return inbox(world, me, world.pick("Re: 手続きの件", f"Re: {word}の件"), Text(text))


@template("mail", source=BOXES)
def y_forwarded_answer(world: World) -> Draft:
    """A forwarded mail with headers between subject and number."""
    me, clerk, word = world.person(), world.person(), world.pick(*WORDS)
    rule = world.pick(
        "-----Original Message-----", "---------- Forwarded message ---------", "＿" * 12
    )
    text = (
        f"転送します。\n\n{rule}\nFrom: {me.name}\nSent: {world.day()}\nTo: {clerk.name}\n"
        f"Subject: {word}\n\n{world.pick('私の番号は', '番号です。', '')}\n{typed(world, 0.1)}\n"
        f"{me.surname}"
    )
    return inbox(world, clerk, f"FW: {word}", Text(text), labelled=False)


@template("mail", source=BOXES)
def y_two_people_in_prose(world: World) -> Draft:
    """Sentences give two people's numbers."""
    one, two = world.person(), world.person()
    n, m, word = typed(world, 0.1), typed(world, 0.1), world.pick(*WORDS)
    text = world.pick(
        f"{word}は私が{n}、妻が{m}です。",
        f"{one.surname}の{word}は{n}、{two.surname}さんは{m}と聞いています。",
        f"先日お伝えした{word}（{n}）は家内のもので、私のは{m}でした。",
        f"{word}を連絡します。\n{one.name} {n}\n{two.name} {m}",
        f"{word}\n・{one.surname}：{n}\n・{two.surname}：{m}\n以上2名です。",
    )
    return inbox(world, one, "扶養の件", Text(f"{opening(world, one)}\n{text}\n{closing(world)}"))


@template("mail", source=BOXES)
def y_tells_in_a_sentence(world: World) -> Draft:
    """A sentence tells the number, with words between."""
    me, n, word = world.person(), typed(world, 0.15), world.pick(*WORDS)
    text = world.pick(
        f"ご依頼の{word}ですが、カードを確認したところ{n}でした。",
        f"{word}を忘れないうちにお知らせします。{n}です。",
        f"遅くなりましたが、{word}をお知らせいたします。\n\n{n}\n\nご登録ください。",
        f"{n}が{me.surname}の{word}です。",
        f"{word}の件、下記のとおりです。\n\n{n}",
        f"登録されている{word}に誤りがあり、末尾は{n[-1]}が正しいです。{n}",
        f"件の{word}について：{n}（{me.name}）",
        f"My individual number is as follows.\n{n}\nRegards,\n{me.roman}",
    )
    return inbox(world, me, world.pick("ご連絡", "番号の件", "提出物"), Text(text))


@template("mail", source=BOXES)
def y_asks_back_with_a_number(world: World) -> Draft:
    """Asked for the number; the answer is about another."""
    me, word, n = world.person(), world.pick(*WORDS), _other(world)
    text = world.pick(
        f"{word}は後日提出します。先に会員番号だけ。\n{n}",
        f"{word}は手元にないので、代わりに申請番号を送ります。{n}",
        f"> {word}をお願いします\n\n窓口に出しました。受領番号 {n}",
        f"> {word}が未提出です\n\n郵送済です。追跡は\n{n}",
        f"{word}は提出しません。契約（{n}）は解約してください。",
        f"{word}ではなく、注文番号を聞かれています。{n} でよいですか。",
    )
    return inbox(world, me, f"Re: {word}のご提出", Text(text))


@template("mail", source=BOXES)
def y_signature_has_a_number(world: World) -> Draft:
    """The matter in the body, a number in the footer."""
    me, word, n = world.person(), world.pick(*WORDS), world.random12(HARD)
    foot = world.pick(
        f"会員 {n}",
        f"登録番号 {n}",
        f"届出番号：{n}",
        f"Member ID {n}",
        f"代理店コード {n}",
        f"配信ID: {n}",
        f"このメールの管理番号：{n}",
    )
    text = (
        f"{opening(world, me)}\n{word}の提出期限は今月末です。\n{closing(world)}\n\n--\n"
        f"{me.name}\n{world.company()}\n{foot}"
    )
    return inbox(world, me, f"{word}提出のお願い", Text(text))


@template("mail", source=BOXES)
def y_agenda_and_links(world: World) -> Draft:
    """A meeting on the matter has a meeting's number."""
    me, word, n = world.person(), world.pick(*WORDS), _other(world)
    text = world.pick(
        f"{word}勉強会\n日時 {world.day()} 15:00\nミーティングID {n}\nパスコード 未設定",
        f"{word}説明会にご参加ください。\nWebex {n}\n",
        f"{word}の打合せ、Zoom {n} に入ってください。",
        f"議題：{word}運用\n電話会議 03-0000-0000 会議番号 {n}#",
    )
    return inbox(world, me, f"{word}について", Text(text))


@template("mail", source=BOXES)
def y_labels_in_a_block(world: World) -> Draft:
    """A block of facts with the number in it and others of twelve digits beside it."""
    me = world.person()
    facts = [
        f"{called(world)}：{typed(world, 0.2)}",
        f"{world.pick('証券番号', '免許証番号', '受付番号', '会員番号')}：{_other(world)}",
        f"氏名：{me.name}",
        f"電話：{world.phone()}",
    ]
    world.rng.shuffle(facts)
    head = world.pick("変更届の内容です。", "以下で登録願います。", "申込内容")
    return inbox(world, me, "登録内容", Text("\n".join([head, "", *facts])))
