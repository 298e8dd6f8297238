"""Chats and tickets on the matter: ticket, order and case numbers around, true ones between."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.fifth_mails import other
from corpus.tuning.second_frame import kept, typed
from corpus.world import World

CHATS = "Chats of staff, and tickets of help desks"
WORDS = ("マイナンバー", "個人番号", "マイナンバーカード")


def _chat(world: World, *lines: str) -> Text:
    people = [world.person(), world.person()]
    style = world.pick("{who} {at}\n{line}", "[{at}] {who}: {line}", "{who}：{line}")
    told = []
    for nth, line in enumerate(lines):
        at = f"{9 + nth}:{world.rng.randrange(60):02d}"
        told.append(style.format(who=people[nth % 2].surname, at=at, line=line))
    return Text("\n".join(told))


@template("chat", source=CHATS)
def v_what_was_the_ticket(world: World) -> Draft:
    """Somebody asks for the number of a ticket on the matter."""
    word, thing = world.pick(*WORDS), world.pick("チケット", "案件", "申請", "エスカレ", "稟議")
    chat = _chat(
        world,
        f"{word}システムの{world.pick('障害', '権限追加', '改修')}の件ってどうなりました？",
        f"{thing}立ててますよ",
        world.pick("何番ですか？", "番号わかります？", f"{thing}の番号ください"),
        world.pick(f"{other(world)}", f"{other(world)} です", f"これです → {other(world)}"),
    )
    return kept(world, ("General", "情シス"), chat)


@template("chat", source=CHATS)
def v_parcel_in_a_chat(world: World) -> Draft:
    """The papers were sent; the other asks how, and the number follows."""
    word = world.pick(*WORDS)
    chat = _chat(
        world,
        f"{word}の用紙って送ってもらえました？",
        world.pick("昨日出しました！", "さっきコンビニから出した", "今朝の集荷で"),
        world.pick("追えます？", "控えあります？", "荷物の番号教えて"),
        world.pick(other(world), f"{other(world)} ですー", f"はい {other(world)}"),
    )
    return kept(world, ("General", "総務"), chat)


@template("chat", source=CHATS)
def v_number_then_parcel(world: World) -> Draft:
    """The number is asked for and given; then a parcel's."""
    word = world.pick("マイナンバー", "個人番号")
    chat = _chat(
        world,
        f"{word}教えてください",
        f"{typed(world, 0.1)}",
        "ありがとうございます。原本も送ってもらえました？",
        world.pick(f"レターパックで出しました {other(world)}", f"はい、追跡は {other(world)}"),
    )
    return kept(world, ("1on1", "人事"), chat)


@template("chat", source=CHATS)
def v_parcel_then_number(world: World) -> Draft:
    """First a thing's number, then the person's."""
    word, number = world.pick("マイナンバー", "個人番号"), typed(world, 0.1)
    chat = _chat(
        world,
        f"健保の番号は {other(world)} でした",
        "了解です",
        f"{word}の方もお願いします",
        world.pick(number, f"{number} です", f"{word}は{number}"),
    )
    return kept(world, ("1on1", "人事"), chat)


@template("chat", source=CHATS)
def v_pasted_error(world: World) -> Draft:
    """A line of a log is pasted under a question on a program for the numbers."""
    word = world.pick(*WORDS)
    line = world.pick(
        f"ERR seq={other(world)} timeout",
        f"エラーコード {other(world)}",
        f"Request failed (ref {other(world)})",
        f"処理ID {other(world)} が異常終了",
        f"job {other(world)} exited 1",
    )
    chat = _chat(world, f"{word}登録画面でこんなの出ました", line, "再起動してみてください")
    return kept(world, ("helpdesk",), chat)


@template("ticket", source=CHATS)
def v_help_desk_record(world: World) -> Draft:
    """A ticket with its own number, title on the matter, and a device's or a case's."""
    word, me = world.pick(*WORDS), world.person()
    name = world.pick("関連", "親チケット", "資産番号", "端末", "受付", "Case", "インシデント")
    gap = world.pick(": ", "：", " ", " #")
    text = (
        f"[#{world.rng.randrange(10**5)}] {word}が登録できない\n報告者: {me.name}\n"
        f"{name}{gap}{other(world)}\n状態: {world.pick('対応中', '完了')}\n\n"
        f"{word}の入力欄でエラーになるとのこと。再現せず。"
    )
    return kept(world, ("tickets.txt", "問合せ.txt"), Text(text))


@template("ticket", source=CHATS)
def v_record_with_both(world: World) -> Draft:
    """A ticket holds the number itself, and case and asset numbers."""
    word, me = world.pick("マイナンバー", "個人番号"), world.person()
    text = (
        f"受付ID：{other(world)}\n件名：{word}誤登録の訂正\n依頼者：{me.name}\n"
        f"内容：正しい{word}は {typed(world, 0)} です。\n"
        f"関連ID：{other(world)}\n対応：{world.pick('済', '未')}"
    )
    return kept(world, ("訂正依頼.txt", "tickets.txt"), Text(text))


@template("ticket", source=CHATS)
def v_record_of_wrong_and_right(world: World) -> Draft:
    """Before and after the change: both are numbers; the ticket's own is none."""
    word = world.pick("マイナンバー", "個人番号")
    text = (
        f"■ 変更依頼 {other(world)}\n項目：{word}\n変更前：{typed(world, 0)}\n"
        f"変更後：{typed(world, 0)}\n承認：{world.person().surname}"
    )
    return kept(world, ("変更依頼.txt",), Text(text))


@template("chat", source=CHATS)
def v_reserved_a_slot(world: World) -> Draft:
    """A slot at the town hall for the card was reserved."""
    word = world.pick("マイナンバーカード", "マイナカード", "個人番号カード")
    chat = _chat(
        world,
        f"{word}の受け取り、予約した？",
        world.pick(
            f"した。{other(world)}",
            f"予約とれた！ {other(world)} だって",
            f"来週土曜。控えは{other(world)}",
        ),
    )
    return kept(world, ("family", "雑談"), chat)


@template("note", source=CHATS)
def v_memo_of_numbers(world: World) -> Draft:
    """A memo of everything a person needs: each number has its name before it."""
    names = world.sample(
        ("Suica", "JAF", "生命保険", "マイレージ", "図書館", "楽天", "年金手帳", "ガス", "水道"), 4
    )
    gap = world.pick(" ", "：", "　", " … ")
    lines = [f"{name}{gap}{other(world)}" for name in names]
    lines.insert(world.rng.randint(0, 4), f"マイナンバー{gap}{typed(world, 0.1)}")
    return kept(world, ("メモ.txt", "番号控え.txt"), Text("\n".join(lines)))


@template("note", source=CHATS)
def v_memo_without_it(world: World) -> Draft:
    """The same memo, but the number is only said to be elsewhere."""
    names = world.sample(("Suica", "JAF", "生命保険", "マイレージ", "図書館", "ガス", "水道"), 4)
    gap = world.pick(" ", "：", "　", " … ")
    lines = [f"{name}{gap}{other(world)}" for name in names]
    where = world.pick("金庫", "カード参照", "実家", "手帳に")
    lines.insert(world.rng.randint(0, 4), f"マイナンバー{gap}{where}")
    return kept(world, ("メモ.txt", "番号控え.txt"), Text("\n".join(lines)))
