"""Mails once more: numbers in quotes, under inner headers, over line ends, behind relations."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning._office import parcel
from corpus.tuning.second_frame import inbox, typed
from corpus.world import World
from corpus.writing import grouped

THREADS = "Threads of mails between staff and offices"
WORDS = ("マイナンバー", "個人番号", "マイナンバー（個人番号）")


@template("mail", source=THREADS)
def u_thanks_above_the_answer(world: World) -> Draft:
    """Thanks on top, the answer quoted below, the question quoted twice."""
    me, clerk = world.person(), world.person()
    word, number = world.pick(*WORDS), typed(world, 0.1)
    answer = world.pick(f"{number}です。", f"お待たせしました。{number}", f"番号は {number} です")
    text = (
        f"{me.surname}様\n\nありがとうございます。確かに承りました。\n\n{clerk.surname}\n\n"
        f"{world.day():%Y/%m/%d} {me.name}:\n> お世話になります。\n> {answer}\n>\n"
        f"> {world.day():%Y/%m/%d} {clerk.name}:\n"
        f">> {word}をお知らせいただけますでしょうか。\n>> よろしくお願いします。"
    )
    return inbox(world, clerk, "Re: Re: お手続き", Text(text), labelled=False)


@template("mail", source=THREADS)
def u_named_in_the_inner_subject(world: World) -> Draft:
    """The forwarded mail's own subject names the number."""
    me, number = world.person(), typed(world, 0.1)
    word = world.pick("マイナンバー", "個人番号", "マイナンバー（個人番号）の提出")
    inner = world.pick(
        f"---------- Forwarded message ----------\nFrom: {me.name}\nSubject: {word}\nTo: 人事",
        f"-----Original Message-----\n差出人: {me.name}\n件名: {word}\n宛先: 総務",
    )
    text = f"転送します。\n\n{inner}\n\n{number}\nよろしくお願いします。\n{me.surname}"
    return inbox(world, me, world.pick("FW:", "Fwd: 転送"), Text(text), labelled=False)


@template("mail", source=THREADS)
def u_same_kind_for_each(world: World) -> Draft:
    """The first number is named, the next ones are the same for others."""
    me, word = world.person(), world.pick(*WORDS)
    one, two, three = (typed(world, 0.1) for _ in range(3))
    text = world.pick(
        f"本人：{one}（{word}）\n妻：{two}（同）\n長男：{three}（同）",
        f"{word} 本人 {one}\n　　　　妻 {two}\n　　　　子 {three}",
        f"{word}\n本人／{one}　妻／{two}　長男／{three}",
        f"①妻 {one}　②長女 {two}　③次女 {three}　以上、{word}です。",
    )
    return inbox(world, me, "家族の件", Text(f"お疲れ様です。\n\n{text}\n\n{me.surname}"))


@template("mail", source=THREADS)
def u_broken_by_the_line_end(world: World) -> Draft:
    """A mail program broke the line within the number."""
    me, word, number = world.person(), world.pick(*WORDS), world.number()
    mark, gap = world.pick("", "> "), world.pick(" ", "-")
    first, rest = f"{number[:4]}{gap}{number[4:8]}{gap if gap == '-' else ''}", number[8:]
    head = world.pick(f"ご連絡いただいた{word}は", f"{word}：", f"私の{word}、")
    text = (
        f"{mark}お世話になっております。\n{mark}{head}{first}\n{mark}{rest}です。\n\n{me.surname}"
    )
    return inbox(world, me, "Re: ご連絡", Text(text))


@template("mail", source=THREADS)
def u_block_like_a_signature(world: World) -> Draft:
    """The facts stand in a block like a signature's, between rules."""
    me, word = world.person(), world.pick("MN", *WORDS)
    rule = world.pick("-" * 24, "=" * 20, "・・・・・・・・・・")
    lines = [
        me.name,
        f"〒{world.postcode()} {me.address}",
        f"TEL {world.phone()}",
        f"{word} {typed(world, 0.1)}",
        f"Mail {world.mail(me)}",
    ]
    text = f"登録をお願いします。\n\n{rule}\n" + "\n".join(lines) + f"\n{rule}"
    return inbox(world, me, "登録のお願い", Text(text))


@template("mail", source=THREADS)
def u_quoted_subject_asks(world: World) -> Draft:
    """What is quoted names the number in its subject alone."""
    me, clerk, number = world.person(), world.person(), typed(world, 0.1)
    word, head = world.pick(*WORDS), world.pick("遅くなりました。", "", "お世話になります。")
    text = (
        f"{head}\n{number}です。\n{me.surname}\n\n"
        f"差出人: {clerk.name}\n件名: {word}{world.pick('ご提出のお願い', 'のご連絡のお願い')}\n"
        f"宛先: {me.name}\n\n先日の件、お返事をお待ちしております。\n{clerk.surname}"
    )
    return inbox(world, me, "Re:", Text(text.strip()), labelled=False)


@template("mail", source=THREADS)
def u_numbered_family(world: World) -> Draft:
    """Relations with numbers, each on its line with birth and income, a heading above."""
    me, word = world.person(), world.pick(*WORDS)
    lines = []
    for nth, kin in enumerate(world.sample(("妻", "長男", "長女", "母"), world.pick(2, 3)), 1):
        one = world.person(me.surname)
        lines.append(
            f"{nth}. {kin} {one.given} {one.born:%Y/%m/%d} {typed(world, 0)} "
            f"年収{world.rng.randrange(100)}万"
        )
    head = world.pick(f"扶養親族（続柄 名前 生年月日 {word} 年収）", f"扶養親族の{word}ほか")
    return inbox(world, me, "扶養親族", Text(f"{head}\n" + "\n".join(lines)))


@template("courier", source=THREADS)
def u_thanks_for_a_parcel(world: World) -> Draft:
    """Thanks on top, a parcel's number quoted below; papers on the matter were asked for."""
    me, clerk, word = world.person(), world.person(), world.pick(*WORDS)
    answer = world.pick(f"{parcel(world)}で発送しました。", f"追跡番号は{parcel(world)}です。")
    text = (
        f"{me.surname}様\n\nありがとうございます。\n\n{world.day():%Y/%m/%d} {me.name}:\n"
        f"> お世話になります。\n> {answer}\n>\n> {world.day():%Y/%m/%d} {clerk.name}:\n"
        f">> {word}の届出書を至急お送りください。追跡番号もご連絡ください。"
    )
    return inbox(world, clerk, "Re: Re: 書類", Text(text))


@template("contract", source=THREADS)
def u_inner_subject_of_another(world: World) -> Draft:
    """The forwarded mail's subject names the matter; its text a contract's number."""
    me, number = world.person(), world.random12(0.6)
    name = world.pick("契約番号", "受付番号", "お客様番号")
    text = (
        f"転送します。\n\n-----Original Message-----\n差出人: {me.name}\n"
        f"件名: マイナンバーのご提出\n\n{name}：{world.pick(number, grouped(number))}\n"
        f"マイナンバーは郵送しました。\n{me.surname}"
    )
    return inbox(world, me, "FW: ご提出", Text(text))


@template("mail", source=THREADS)
def u_block_of_another(world: World) -> Draft:
    """A block like a signature's with a member's number, under a request for papers."""
    me, number = world.person(), world.random12(0.6)
    name = world.pick("会員No.", "お客様番号", "加入者番号")
    lines = [me.name, f"TEL {world.phone()}", f"{name} {number}", f"Mail {world.mail(me)}"]
    text = "マイナンバーの書類を送ってください。\n\n----------\n" + "\n".join(lines)
    return inbox(world, me, "書類の送付", Text(text))
