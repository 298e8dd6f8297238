"""Chats as people write them: slang, other languages, pieces, replies that quote, bots that ask."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept, typed
from corpus.world import World
from corpus.writing import full_width, grouped

TEAM = "Chats of firms and of families, in several programs"
NAMES = ("chat.txt", "トーク履歴.txt", "messages.txt", "やりとり.txt", "export.txt")


def _clock(world: World) -> str:
    return f"{world.rng.randrange(7, 23)}:{world.rng.randrange(60):02d}"


def _talk(world: World, *turns: tuple[str, str]) -> str:
    form = world.pick(
        "{t} {who} {said}",
        "{t}\t{who}\t{said}",
        "{who}  {t}\n{said}\n",
        "[{who}] {said}",
        "{who}「{said}」",
        "2025/6/3 {t}, {who}: {said}",
        "<{who}> {said}",
        "2025/06/03, {t} - {who}: {said}",
        "@{who} {said}",
        "👤{who} {said}",
        "{who}\n{said}\n{t}",
        "{who} — 今日 {t}\n{said}",
    )
    return "\n".join(form.format(t=_clock(world), who=who, said=said) for who, said in turns)


@template("chat", source=TEAM)
def q_slang(world: World) -> Draft:
    """The word as people shorten it."""
    me, you = world.person(), world.person()
    word = world.pick("マイナ", "マイナカード", "マイナンバーカード", "個人ナンバー", "通知カード")
    ask = world.pick(
        f"{word}の番号わかる？",
        f"{word}の12桁教えて",
        f"年末調整、{word}の番号も書いてって言われた",
        f"{word}の番号送ってくれる？写真でもいいよ",
    )
    said = world.pick("{n}", "これ\n{n}", "はいよ {n}", "{n}でした", "えっと、{n}", "{n} だと思う")
    turns = [(me.surname, ask), (you.surname, said.format(n=typed(world, 0.1)))]
    return kept(world, NAMES, Text(_talk(world, *turns)), labelled=False)


@template("chat", source=TEAM)
def q_three_messages(world: World) -> Draft:
    """Four digits a message."""
    me, you, number = world.person(), world.person(), world.number()
    pieces = [number[:4], number[4:8], number[8:]]
    if world.chance(0.3):
        pieces = [full_width(piece) for piece in pieces]
    turns = [(me.surname, world.pick("マイナンバー教えて", "個人番号を4桁ずつ送ってください"))]
    turns += [(you.surname, piece) for piece in pieces]
    text = "\n".join(f"{who}: {said}" for who, said in turns)
    return kept(world, NAMES, Text(text), labelled=False)


@template("chat", source=TEAM)
def q_quoted_question(world: World) -> Draft:
    """A reply with the question quoted above it."""
    me, you = world.person(), world.person()
    ask = world.pick(
        "マイナンバーの提出をお願いします",
        "マイナンバーまだですか？",
        "個人番号お願いできますか？",
        "扶養申請するので奥様のマイナンバーを教えてください",
    )
    quote = world.pick(
        f"> {ask}",
        f"> {me.name} {_clock(world)}\n> {ask}",
        f"{me.name}さんに返信:\n「{ask}」",
        f"[引用 {me.name}] {ask} [/引用]",
        f"┃{me.name}\n┃{ask}",
    )
    said = world.pick("{n}", "{n}です", "こちらです\n{n}", "お待たせしました、{n}", "妻の分 {n}")
    who = world.pick("", f"{you.name} {_clock(world)}\n")
    text = f"{who}{quote}\n{said.format(n=typed(world, 0.1))}"
    return kept(world, NAMES, Text(text), labelled=False)


@template("chat", source=TEAM)
def q_bot_asks(world: World) -> Draft:
    """A bot asks one thing after another."""
    me = world.person()
    bot = world.pick("入社手続きBot", "HR Bot", "労務くん", "Onboarding")
    word = world.pick("マイナンバー(12桁)", "個人番号", "マイナンバー")
    asks = [
        ("お名前を入力してください", me.name),
        ("生年月日は？", f"{me.born:%Y/%m/%d}"),
        (
            f"{word}を{world.pick('入力してください', '送信してください', 'どうぞ')}",
            typed(world, 0.05),
        ),
        ("電話番号を入力してください", world.phone()),
    ]
    turns = [turn for ask, said in asks for turn in ((bot, ask), (me.surname, said))]
    return kept(world, NAMES, Text(_talk(world, *turns)), labelled=False)


@template("chat", source=TEAM)
def q_in_other_tongues(world: World) -> Draft:
    """English, Portuguese, Chinese and Vietnamese talk with a Japanese office."""
    me, clerk = world.person(), world.person()
    ask, said = world.pick(
        ("Hi, could you send me your My Number? need it for tax", "sure, {n}"),
        ("What's your individual number (My Number)?", "It's {n}"),
        ("we still need ur mynumber", "{n} there you go"),
        ("Preciso do seu My Number para o imposto", "meu my number é {n}"),
        ("请把你的个人编号(My Number)发给我", "{n}"),
        ("请提供个人番号", "我的个人番号是{n}"),
        ("Cho tôi xin số My Number của bạn", "Số My Number của tôi là {n}"),
        ("My Number please!!", "{n} thanks"),
        ("Can you tell me the 12-digit number on your My Number card?", "yes: {n}"),
    )
    turns = [(clerk.roman, ask), (me.roman, said.format(n=typed(world, 0.05)))]
    return kept(world, NAMES, Text(_talk(world, *turns)), labelled=False)


@template("chat", source=TEAM)
def q_told_unasked(world: World) -> Draft:
    """Somebody posts a number and says what it is before or behind."""
    me = world.person()
    n = typed(world, 0.15)
    said = world.pick(
        f"マイナンバー届いた！ {n} だって",
        f"{n}\n↑マイナンバーです。登録お願いします",
        f"{n}（マイナンバー）",
        f"番号送ります。マイナンバー→{n}",
        f"さっきのマイナンバー間違えてました🙇 正しくは {n} です",
        f"マイナンバーですが、{n}になります。",
        f"{me.surname}さんのマイナンバー預かりました。{n}です。",
        f"{me.surname}さんマイナンバー\n{n}",
        f"個人番号控え {n}",
        f"メモ：母のマイナンバー {n}",
        f"忘れるのでここに貼っとく マイナンバー {n}",
    )
    turns = [(me.surname, said), (world.person().surname, world.pick("了解", "ありがとう！", "👍"))]
    return kept(world, NAMES, Text(_talk(world, *turns)))


@template("chat", source=TEAM)
def q_whole_family_in_turns(world: World) -> Draft:
    """Asked for all, told one by one, with talk between."""
    me, you = world.person(), world.person()
    turns = [(you.surname, "家族全員分のマイナンバーください")]
    for kin in world.sample(("私", "妻", "長男", "長女", "次女", "母"), world.rng.randint(2, 4)):
        turns.append((me.surname, world.pick(f"{kin} {{n}}", f"{kin}：{{n}}", f"{kin}が{{n}}")))
        if world.chance(0.4):
            turns.append((you.surname, world.pick("はい", "OKです", "メモしました")))
    turns = [
        (who, said.format(n=typed(world, 0)) if "{n}" in said else said) for who, said in turns
    ]
    return kept(world, NAMES, Text(_talk(world, *turns)), labelled=False)


@template("chat", source=TEAM)
def q_other_number_asked(world: World) -> Draft:
    """The talk is of the matter, the number is another's."""
    me, you = world.person(), world.person()
    number = world.random12(0.8)
    n = world.pick(number, grouped(number), grouped(number, "-"))
    ask, said = world.pick(
        ("マイナンバーの書類送った？", "送ったよ。追跡 {n}"),
        ("マイナンバーのシステム、ログインできない", "問い合わせたら受付番号 {n} だって"),
        ("マイナポイントの申込番号ってどれ？", "{n} ってやつ"),
        ("マイナンバー研修のZoom教えて", "ミーティングID {n}"),
        ("マイナンバーカードの更新、予約取れた？", "取れた！予約番号は{n}"),
        ("マイナンバー収集の請求書どれだっけ", "請求書番号 {n} です"),
        ("マイナ保険証つかえた？", "使えたよ。レシートの番号 {n}"),
        ("マイナンバー管理の契約番号わかります？", "{n} です"),
        ("マイナ免許証にした？", "した。免許の番号は {n} のまま"),
    )
    turns = [(me.surname, ask), (you.surname, said.format(n=n))]
    return kept(world, NAMES, Text(_talk(world, *turns)))
