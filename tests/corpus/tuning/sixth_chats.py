"""Chats of teams, families and shops: questions, answers, notes; other numbers between."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept, typed
from corpus.world import World
from corpus.writing import grouped

TEAM = "Channels and direct messages of a chat program, copied or exported"
HOME = "Messages in a family, and of part-timers with their shop"
HARD = 0.8
NAMES = ("chat.txt", "トーク.txt", "messages.txt", "会話ログ.txt", "Teams.txt")


def _other(world: World) -> str:
    number = world.random12(HARD)
    return world.pick(number, number, grouped(number), grouped(number, "-"))


def _clock(world: World) -> str:
    return f"{world.rng.randrange(7, 23):02d}:{world.rng.randrange(60):02d}"


def _talk(world: World, *turns: tuple[str, str]) -> str:
    """Write turns of speaker and words as one of several programs does."""
    form = world.pick(
        "{t} {who}\n{said}\n",
        "[{t}] {who}: {said}",
        "{who}　{t}\n　{said}",
        "{t}\t{who}\t{said}",
        "{who}: {said}",
        "**{who}** ({t})\n{said}\n",
        "{who} さんが {t} に投稿\n\n{said}\n",
    )
    return "\n".join(form.format(t=_clock(world), who=who, said=said) for who, said in turns)


@template("chat", source=TEAM)
def w_asked_and_answered(world: World) -> Draft:
    """A question, small talk, the answer."""
    me, clerk = world.person(), world.person()
    ask = world.pick(
        "マイナンバーもらっていいですか？",
        "年調で使うので個人番号お願いします",
        "マイナンバーの12桁を教えてください🙏",
        "個人番号って手元にあります？",
        "マイナンバー、まだもらってないかも",
    )
    between = world.pick(
        (), (("me", "ちょっと待ってください"),), (("me", "今出先なので後で"), ("c", "了解です"))
    )
    said = world.pick(
        "{n}", "{n}です", "お待たせしました {n}", "これです {n}", "はい、{n}", "番号 {n}"
    )
    turns = [("c", ask), *between, ("me", said.format(n=typed(world, 0.1))), ("c", "確認しました")]
    who = {"me": me.name, "c": clerk.name}
    text = _talk(world, *((who[one], words) for one, words in turns))
    return kept(world, NAMES, Text(text), labelled=False)


@template("chat", source=TEAM)
def w_asked_two_things(world: World) -> Draft:
    """Two questions, two answers; one of them is the number."""
    me, clerk = world.person(), world.person()
    thing = world.pick(
        "ETCカードの番号", "受験番号", "会員証の番号", "申請の受付番号", "PCの管理番号"
    )
    word = world.pick("マイナンバー", "個人番号")
    turns = [
        (clerk.name, f"{word}を教えてください"),
        (me.name, typed(world, 0)),
        (clerk.name, f"ありがとうございます。{thing}もいいですか"),
        (me.name, _other(world)),
    ]
    if world.chance(0.5):
        turns = [
            (clerk.name, f"{thing}を教えてください"),
            (me.name, turns[3][1]),
            (clerk.name, f"ありがとうございます。あと{word}も"),
            (me.name, turns[1][1]),
        ]
    return kept(world, NAMES, Text(_talk(world, *turns)), labelled=False)


@template("chat", source=HOME)
def w_wife_sends_numbers(world: World) -> Draft:
    """One message with the numbers of a family, and words around."""
    one, two, three = (world.person().given for _ in range(3))
    n = [typed(world, 0) for _ in range(3)]
    text = world.pick(
        f"マイナンバー送るね\n{one} {n[0]}\n{two} {n[1]}\n{three} {n[2]}",
        f"みんなのマイナンバー👇\n\n{one}\n{n[0]}\n\n{two}\n{n[1]}\n\n{three}\n{n[2]}\n\nよろしく",
        f"{one}のマイナンバーは{n[0]}、{two}が{n[1]}、{three}は{n[2]}だよ",
        f"マイナンバーカードの番号\n・{one}→{n[0]}\n・{two}→{n[1]}\n・{three}→{n[2]}",
        f"{one} {n[0]}\n{two} {n[1]}\n{three} {n[2]}\n↑マイナンバー",
    )
    turns = [("パパ", "会社に出すやつわかる？"), ("ママ", text), ("パパ", "さんきゅ")]
    return kept(world, NAMES, Text(_talk(world, *turns)))


@template("chat", source=HOME)
def w_part_timers_post(world: World) -> Draft:
    """A notice, and many answers with names, some without."""
    lines = [
        (
            "店長",
            world.pick(
                "今月中にマイナンバー提出してください！", "マイナンバー未提出の人、ここに書いて"
            ),
        )
    ]
    for _ in world.many(2, 6):
        who = world.person()
        n = typed(world, 0)
        lines.append(
            (
                who.surname,
                world.pick(
                    f"{who.surname}です {n}", n, f"{n} 遅れてすみません", f"提出します。{n}"
                ),
            )
        )
        if world.chance(0.4):
            lines.append(("店長", world.pick("OK", "ありがとう！", "了解です、シフト見といて")))
    return kept(world, NAMES, Text(_talk(world, *lines)), labelled=False)


@template("chat", source=TEAM)
def w_word_then_ticket(world: World) -> Draft:
    """Talk of the matter; the number is a ticket's, a call's, a parcel's."""
    me, clerk = world.person(), world.person()
    word = world.pick("マイナンバー", "個人番号", "マイナンバーシステム")
    turns = world.pick(
        [
            (me.name, f"{word}の画面が開けません"),
            (clerk.name, f"INC {_other(world)} で起票しました"),
        ],
        [
            (me.name, f"{word}の書類出しました"),
            (clerk.name, "追跡あります？"),
            (me.name, _other(world)),
        ],
        [(me.name, f"{word}研修のURLありますか"), (clerk.name, f"Zoom {_other(world)} です")],
        [
            (me.name, f"{word}の登録、エラーになります"),
            (clerk.name, "リクエストIDください"),
            (me.name, _other(world)),
        ],
        [(me.name, f"{word}登録済みです"), (me.name, f"あと発注番号は {_other(world)} です")],
        [(me.name, f"{word}はまだです。免許証なら {_other(world)}")],
        [(clerk.name, f"{word}の件、受付しました。受付は{_other(world)}です")],
    )
    return kept(world, NAMES, Text(_talk(world, *turns)))


@template("chat", source=TEAM)
def w_word_in_the_answer(world: World) -> Draft:
    """The answer has the word behind the number, or in a sentence of its own."""
    me, clerk = world.person(), world.person()
    n = typed(world, 0.1)
    said = world.pick(
        f"{n} がマイナンバーです",
        f"{n}←マイナンバー",
        f"{n}\nこれがマイナンバーです",
        f"個人番号ですよね、{n}です",
        f"{n} (個人番号) 合ってますか",
        f"マイナンバーわかりました！\n{n}",
        f"カード見ました。マイナンバーの方は {n} です",
    )
    turns = [(clerk.name, "例の番号どうなりました？"), (me.name, said), (clerk.name, "どうも")]
    return kept(world, NAMES, Text(_talk(world, *turns)))


@template("chat", source=TEAM)
def w_export_of_a_channel(world: World) -> Draft:
    """An export as JSON lines: one message holds label and number."""
    me, word, n = world.person(), world.pick("マイナンバー", "個人番号"), typed(world, 0)
    body = world.pick(f"{word}: {n}", f"{word}は{n}です", f"{word} {n}")
    rows = [
        f'{{"ts":"{world.rng.randrange(10**9, 2 * 10**9)}.{world.rng.randrange(10**6):06d}",'
        f'"user":"{who}","text":"{said}"}}'
        for who, said in (
            (me.roman, "おはようございます"),
            (me.roman, body),
            ("bot", f"ticket {world.random12(HARD)} を作成しました"),
        )
    ]
    return kept(world, ("channel.jsonl", "export.txt"), Text("\n".join(rows)))


@template("meeting", source=TEAM)
def w_minutes_with_an_action(world: World) -> Draft:
    """Minutes: the matter is on the list, the number is a document's or a project's."""
    word = world.pick("マイナンバー", "個人番号", "マイナンバー管理")
    key = world.pick("文書", "稟議", "案件", "プロジェクト", "管理", "契約")
    text = (
        f"議事録 {world.day():%Y/%m/%d}\n1. {word}の収集状況\n"
        f"   - 未提出 {world.rng.randint(1, 30)}名\n"
        f"   - {key}{world.pick('No.', '番号', ' ', 'ID')}{world.pick('：', ' ')}{_other(world)}\n"
        f"2. その他\n   - 次回 {world.day():%m/%d}\n"
    )
    return kept(world, ("議事録.txt", "minutes.md"), Text(text))


@template("meeting", source=TEAM)
def w_minutes_with_a_number(world: World) -> Draft:
    """Minutes in which somebody wrote the number down."""
    who, word = world.person(), world.pick("マイナンバー", "個人番号")
    text = (
        f"面談メモ\n日時 {world.day():%Y/%m/%d} 14:00\n"
        f"出席 {who.name}、人事 {world.person().surname}\n・入社日の確認\n"
        f"・{word}{world.pick('：', ' ', 'は', '（口頭）', 'を確認 ')}{typed(world, 0.1)}\n"
        f"・社用携帯 {world.phone()}\n・PC管理番号 {_other(world)}\n"
    )
    return kept(world, ("面談.txt", "memo.md"), Text(text))
