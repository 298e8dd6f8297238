"""Mails again, in other words: orders of facts told once, generic words for the number, pastes."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning._office import CARRIERS, parcel
from corpus.tuning.second_frame import inbox, typed
from corpus.world import World
from corpus.writing import grouped

WAYS = "Ways in which staff and offices write facts into a mail"
WORDS = ("マイナンバー", "個人番号", "マイナンバー（個人番号）")


def _eras(world: World, count: int) -> list[tuple[str, str]]:
    people = [world.person() for _ in range(count)]
    return [(one.surname + one.given, f"{one.born:%Y/%m/%d}") for one in people]


@template("mail", source=WAYS)
def u_order_told_once(world: World) -> Draft:
    """A line tells the order of the facts, the next ones hold them behind slashes."""
    me, word = world.person(), world.pick(*WORDS)
    gap = world.pick("／", " / ", "、", "・", "｜")
    shown = [world.pick(str, lambda n: grouped(n, "-"))(world.number()) for _ in world.many(1, 4)]
    head = world.pick(
        f"（氏名{gap}生年月日{gap}{word}の順です）",
        f"氏名{gap}生年月日{gap}{word}",
        f"※氏名{gap}生年月日{gap}{word}",
    )
    lines = [
        gap.join([*facts, number])
        for facts, number in zip(_eras(world, len(shown)), shown, strict=True)
    ]
    text = f"対象者です。\n\n{head}\n" + "\n".join(lines) + f"\n\n{me.surname}"
    return inbox(world, me, "対象者のご連絡", Text(text))


@template("mail", source=WAYS)
def u_generic_word_in_the_answer(world: World) -> Draft:
    """The mail below says 番号 in its request and names the matter in another line."""
    me, clerk, number = world.person(), world.person(), typed(world, 0.1)
    word = world.pick(*WORDS)
    answer = world.pick(
        f"番号は{number}です。", f"番号：{number}", f"{number}", f"下記の番号です。\n{number}"
    )
    asked = [
        f"{me.surname}様",
        f"{word}の提出期限が過ぎております。",
        world.pick("12桁の番号をご返信ください。", "番号をお知らせ願います。"),
    ]
    text = (
        f"{clerk.surname}様\n\n{answer}\n\n{me.surname}\n\n{clerk.name} さんのメール:\n"
        + "\n".join(f"> {line}" for line in asked)
    )
    return inbox(world, me, "Re: 提出期限について", Text(text), labelled=False)


@template("mail", source=WAYS)
def u_number_before_its_name(world: World) -> Draft:
    """The number comes first, and is named behind."""
    me, word, number = world.person(), world.pick(*WORDS), typed(world, 0.1)
    line = world.pick(
        f"{number} こちらが私の{word}です。",
        f"{number}\n上記が{word}になります。",
        f"{number} ←{word}",
        f"{number}（こちら{word}です）",
        f"{number} が妻の{word}です。",
    )
    close = world.pick("", "よろしくお願いします。")
    text = f"お世話になっております。\n{line}\n{close}\n{me.surname}"
    return inbox(world, me, world.pick("ご連絡", "Re: ご提出"), Text(text))


@template("mail", source=WAYS)
def u_rows_pasted_into_a_mail(world: World) -> Draft:
    """Rows of a file, pasted with commas or tabs."""
    me, word = world.person(), world.pick(*WORDS, "my_number", "kojin_bango")
    gap = world.pick(",", "\t", ", ")
    heads = ["社員番号", "氏名", word] if world.chance(0.5) else ["氏名", word, "入社日"]
    lines = [gap.join(heads)]
    for _ in world.many(1, 6):
        one = world.person()
        facts = {
            "社員番号": one.staff,
            "氏名": one.surname + one.given,
            word: world.number(),
            "入社日": f"{world.day():%Y-%m-%d}",
        }
        lines.append(gap.join(facts[head] for head in heads))
    head = f"{world.pick('取込', '登録')}用のデータを貼り付けます。"
    text = f"{head}\n\n" + "\n".join(lines) + f"\n\n{me.surname}"
    return inbox(world, me, "取込データ", Text(text))


@template("mail", source=WAYS)
def u_asked_to_confirm(world: World) -> Draft:
    """An office asks whether a number is right."""
    me, word, number = world.person(), world.pick(*WORDS), typed(world, 0.1)
    line = world.pick(
        f"{word}は {number} でお間違いないでしょうか。",
        f"ご提出いただいた{word}（{number}）を確認したところ、氏名と一致しませんでした。",
        f"{word}「{number}」で登録いたしましたのでご確認ください。",
        f"届出の{word}が{number}となっていますが、正しいでしょうか？",
        f"{word}：{number}\nこちらで合っておりますか。",
    )
    text = f"{me.surname}様\n\nいつもお世話になっております。\n{line}\nご返信をお待ちしております。"
    return inbox(world, me, world.pick("ご確認のお願い", "届出内容の照会"), Text(text))


@template("mail", source=WAYS)
def u_arrow_below_each_question(world: World) -> Draft:
    """A form in the mail: a question a line, the answer indented below."""
    me, word, number = world.person(), world.pick(*WORDS), typed(world, 0.1)
    arrow = world.pick("　→　", "　　", "⇒ ", "　・", "　答：")
    rows = [
        ("（１）氏名", me.name),
        (f"（２）{word}", number),
        ("（３）扶養の人数", f"{world.rng.randrange(4)}名"),
        ("（４）電話番号", world.phone()),
    ]
    text = "以下のとおり記入しました。\n\n" + "\n".join(f"{q}\n{arrow}{a}" for q, a in rows)
    return inbox(world, me, "Re: 記入のお願い", Text(text))


@template("mail", source=WAYS)
def u_people_one_by_one(world: World) -> Draft:
    """A block for each person without names of the fields; the heading names the number."""
    me, word = world.person(), world.pick(*WORDS)
    blocks = [
        f"【{nth}人目】\n{name}\n{born}\n{typed(world, 0.1)}"
        for nth, (name, born) in enumerate(_eras(world, world.rng.randint(2, 4)), 1)
    ]
    text = f"{word}を下記にまとめました。\n\n" + "\n\n".join(blocks) + f"\n\n{me.surname}"
    return inbox(world, me, world.pick("まとめ", "新人3名分"), Text(text), labelled=False)


@template("courier", source=WAYS)
def u_generic_word_for_a_parcel(world: World) -> Draft:
    """番号 in the request and in the answer is the parcel's; papers on the matter were sent."""
    me, clerk, number = world.person(), world.person(), parcel(world)
    answer = world.pick(f"番号は{number}です。", f"番号：{number}", number)
    asked = [
        f"{world.pick(*WORDS)}の書類を{world.pick(*CARRIERS)}で送っていただいたとのこと、",
        world.pick("荷物の番号をご返信ください。", "追跡の番号をお知らせ願います。"),
    ]
    text = f"{answer}\n\n{me.surname}\n\n{clerk.name} さんのメール:\n" + "\n".join(
        f"> {line}" for line in asked
    )
    return inbox(world, me, "Re: 書類の発送", Text(text))


@template("order", source=WAYS)
def u_order_of_other_facts(world: World) -> Draft:
    """Facts behind slashes, in an order that is told; the number was handed in on paper."""
    me, word = world.person(), world.pick(*WORDS)
    gap = world.pick("／", " / ", "、")
    name = world.pick("会員番号", "受付番号", "契約番号", "整理番号")
    head = world.pick(f"（氏名{gap}{name}の順です）", f"氏名{gap}{name}")
    lines = [
        gap.join([facts[0], world.random12(0.6)]) for facts in _eras(world, world.rng.randint(1, 4))
    ]
    text = f"{word}は紙で回収済みです。\n\n{head}\n" + "\n".join(lines)
    return inbox(world, me, "回収のご報告", Text(text))


@template("export", source=WAYS)
def u_rows_of_others_pasted(world: World) -> Draft:
    """Pasted rows on who handed in the number; the ids have twelve digits."""
    me = world.person()
    gap = world.pick(",", "\t")
    heads = [world.pick("受付番号", "申請ID", "管理番号"), "氏名", "マイナンバー"]
    lines = [gap.join(heads)]
    lines += [
        gap.join([world.random12(0.4), world.person().surname, world.pick("提出済", "未提出")])
        for _ in world.many(2, 8)
    ]
    return inbox(world, me, "提出状況", Text("本日時点の状況です。\n\n" + "\n".join(lines)))
