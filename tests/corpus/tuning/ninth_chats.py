"""Chats with talk between the question and the number, pieces, emoji, and other numbers in them."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept, typed
from corpus.world import World
from corpus.writing import grouped

TALKS = "Exports of chat programs, of offices and of families"
NAMES = ("chat.txt", "トーク.txt", "messages.txt", "export.txt", "[LINE] 人事.txt")
BETWEEN = (
    "ちょっと待ってください",
    "今出先なので後で送ります",
    "了解です",
    "はーい",
    "カード探してます",
    "財布にあるはず",
    "今日の会議って14時からでしたっけ",
    "そうです、第2会議室です",
    "お昼いきます",
    "👍",
    "すみません、電話してました",
    "急がなくて大丈夫ですよ",
    "ありました！",
    "明日までで大丈夫？",
    "もちろん🙆",
    "写真でもいいですか",
    "文字でお願いします🙏",
)
ASKS = (
    "マイナンバー教えて",
    "マイナンバー教えてください",
    "マイナンバーの番号を送ってもらえますか？",
    "年末調整でマイナンバー要るので教えてほしいです",
    "個人番号って控えてます？",
    "すみません、個人番号をお願いします",
    "マイナンバーまだもらってないです〜",
    "奥さんのマイナンバーも教えてもらえますか",
    "マイナンバーいただけますか",
)


def _export(world: World, turns: list[tuple[str, str]]) -> str:
    form = world.pick(
        "{t}\t{who}\t{said}",
        "[{t}] {who}: {said}",
        "{who} {t}\n{said}",
        "{who}: {said}",
        "{who}：{said}",
        "({t}) {who} > {said}",
        "{who}\n{t}\n{said}\n",
        "■{who} {t}\n{said}",
    )
    minute, lines = world.rng.randrange(540, 900), []
    for who, said in turns:
        minute += world.rng.randrange(0, 7)
        t = f"{minute // 60}:{minute % 60:02d}"
        lines.append(form.format(t=t, who=who, said=said))
    return "\n".join(lines)


def _between(world: World, a: str, b: str, low: int = 1, high: int = 4) -> list[tuple[str, str]]:
    count = world.rng.randint(low, high)
    return [(world.pick(a, b), said) for said in world.sample(BETWEEN, count)]


@template("chat", source=TALKS)
def y_answers_after_talk(world: World) -> Draft:
    """Asked, other talk, then the number and nothing else."""
    a, b = world.person().surname, world.person().name
    turns = [(a, world.pick(*ASKS)), *_between(world, a, b), (b, typed(world, 0.1))]
    turns.append((a, world.pick("ありがとう！", "助かります", "登録しました", "✅")))
    return kept(world, NAMES, Text(_export(world, turns)), labelled=False)


@template("chat", source=TALKS)
def y_answers_with_few_words(world: World) -> Draft:
    """Asked, other talk, then the number with a word or two around."""
    a, b = world.person().surname, world.person().surname
    said = world.pick(
        "{n}です", "これです {n}", "お待たせ！{n}", "{n}でお願いします", "→ {n}", "番号 {n}",
        "{n} 🙏", "遅くなりました。{n}", "はい\n{n}", "たぶん{n}", "{n}←これ", "カード見ました {n}",
    )  # fmt: skip
    turns = [(a, world.pick(*ASKS)), *_between(world, a, b, 1, 3)]
    turns.append((b, said.format(n=typed(world, 0.1))))
    return kept(world, NAMES, Text(_export(world, turns)), labelled=False)


@template("chat", source=TALKS)
def y_pieces_with_talk(world: World) -> Draft:
    """Four digits a message, with a nod between."""
    a, b, n = world.person().surname, world.person().surname, world.number()
    nod = world.pick("はい", "うん", "OK", "続けて", "👌")
    turns = [(a, world.pick(*ASKS)), (b, "読み上げますね")]
    for k in (0, 4, 8):
        turns.append((b, n[k : k + 4]))
        if k < 8 and world.chance(0.6):
            turns.append((a, nod))
    text = "\n".join(f"{who}: {said}" for who, said in turns)
    return kept(world, NAMES, Text(text), labelled=False)


@template("chat", source=TALKS)
def y_number_first_then_asked_what(world: World) -> Draft:
    """The number comes first; then someone asks, and it is said."""
    a, b, n = world.person().surname, world.person().surname, typed(world, 0.1)
    turns = world.pick(
        [(b, n), (a, "これは？"), (b, "マイナンバーです")],
        [(b, n), (b, "↑私の個人番号です")],
        [(b, n), (a, "マイナンバーですか？"), (b, "はい")],
        [(a, "例のやつお願いします"), (b, f"マイナンバーですよね {n}")],
        [(b, f"{n}"), (b, "マイナンバー送りました")],
    )
    return kept(world, NAMES, Text(_export(world, turns)), labelled=False)


@template("chat", source=TALKS)
def y_family_over_messages(world: World) -> Draft:
    """Several people's numbers, one a message."""
    a, b = world.person().surname, world.person().surname
    turns = [(a, "扶養の申請するので、家族のマイナンバー送ってください"), (b, "了解")]
    kin = world.sample(("妻", "長男", "長女", "母", "自分"), world.rng.randint(2, 4))
    turns += [(b, f"{one}{world.pick(' ', '　', '：')}{typed(world, 0)}") for one in kin]
    turns.append((a, "全員分受け取りました"))
    return kept(world, NAMES, Text(_export(world, turns)), labelled=False)


@template("chat", source=TALKS)
def y_other_thing_in_between(world: World) -> Draft:
    """The question of the number, and then the talk turns to another number."""
    a, b = world.person().surname, world.person().surname
    n = world.random12(0.85)
    n = world.pick(n, grouped(n, "-"))
    turns = world.pick(
        [(a, "マイナンバー教えて"), (b, "あとで"), (a, "そういえば荷物の番号わかる？"), (b, n)],
        [(a, "マイナンバー出した？"), (b, "出したよ"), (a, "予約番号は？"), (b, n)],
        [(a, "マイナンバーはもう登録済みです"), (b, "口座もお願いします"), (a, n)],
        [(a, "マイナンバー研修の会議ID教えて"), (b, "えっと"), (b, n)],
        [(a, "マイナンバーの書類送ったよ"), (b, "追跡は？"), (a, n)],
        [(a, "マイナンバーより先に、注文番号ください"), (b, n)],
        [(a, "個人番号の件は終わり。次、契約番号"), (b, f"{n}です")],
    )
    return kept(world, NAMES, Text(_export(world, turns)), labelled=False)


@template("chat", source=TALKS)
def y_refuses_and_sends_other(world: World) -> Draft:
    """The number is not to be told here; the number that stands there is another."""
    a, b = world.person().surname, world.person().surname
    n = world.random12(0.85)
    turns = world.pick(
        [(a, "マイナンバーここに書いていい？"), (b, "ダメ。サイトから。IDは"), (b, n)],
        [(a, "マイナンバーはチャットに書かないでね"), (b, f"はい。チケットは {n} です")],
        [(a, "マイナンバーは直接持ってきて"), (b, "了解、整理券"), (b, f"{n}")],
        [(a, "マイナンバーは封筒で出しました"), (b, "控えは？"), (a, n)],
    )
    return kept(world, NAMES, Text(_export(world, turns)), labelled=False)


@template("chat", source=TALKS)
def y_says_that_it_came(world: World) -> Draft:
    """A number without a question; who gets it says what came."""
    a, b, n = world.person().surname, world.person().surname, typed(world, 0.1)
    last = world.pick(
        "マイナンバー受け取りました",
        "マイナンバー登録しておきます",
        "個人番号確認しました！",
        "マイナンバーいただきました、ありがとうございます",
    )
    return kept(world, NAMES, Text(f"{b}: {n}\n{a}: {last}"), labelled=False)


@template("chat", source=TALKS)
def y_bot_confirms(world: World) -> Draft:
    """A bot asks for the number and repeats it."""
    me, n = world.person().surname, typed(world, 0.05)
    turns = [
        ("bot", "次に「マイナンバー」を12桁で入力してください"),
        (me, n),
        ("bot", f"{n} でよろしいですか？（はい／いいえ）"),
        (me, "はい"),
        ("bot", "登録しました"),
    ]
    return kept(world, NAMES, Text(_export(world, turns)), labelled=False)
