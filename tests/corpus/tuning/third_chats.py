"""Chats, short messages, invitations, minutes and family mails, and chats about other numbers."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import called, inbox, kept, typed
from corpus.world import World
from corpus.writing import grouped

CHAT = "Messages between colleagues, shops and part-timers"
HOME = "Mails and notes inside a family or with its accountant"
OTHERS = "Messages in which the word and the number do not belong together"


def _clock(world: World) -> str:
    return f"{world.rng.randrange(8, 21):02d}:{world.rng.randrange(60):02d}"


@template("chat", source=CHAT)
def t_chat_of_a_meeting(world: World) -> Draft:
    """The chat beside an online meeting: time, sender, colon, text."""
    me, host, number = world.person(), world.person(), typed(world, 0.15)
    word = world.pick("マイナンバー", "個人番号")
    said_by_host, mine = world.pick(
        (f"画面だと見えないので、{word}をチャットに打ってください", number),
        ("聞こえますか？", f"{word}は{number}です"),
        ("番号をもう一度お願いします", f"{word} {number} （音声が切れたので）"),
        ("次の方どうぞ", f"{me.surname}　{word}:{number}"),
        (f"{word}をDMでください", f"{number} です、確認したら消してください"),
    )
    mark = world.pick(
        " 開始 {who} 宛先 全員:\n", "\t{who}:\t", " {who} : ", " From {who} to Everyone:\n\t"
    )
    talk = [
        (host.name, said_by_host),
        (me.name, mine),
        (host.name, world.pick("ありがとうございます", "確認しました！", "👍")),
    ]
    lines = [f"{_clock(world)}:12{mark.format(who=who)}{line}" for who, line in talk]
    names = ("meeting_saved_chat.txt", "chat.txt", "面談チャット.txt")
    return kept(world, names, Text("\n".join(lines)), labelled=word in mine)


@template("chat", source=CHAT)
def t_short_message(world: World) -> Draft:
    """One short message, without any greeting."""
    number, word = typed(world, 0.2), world.pick("マイナンバー", "マイナ", "個人番号", "my number")
    name = world.person().surname
    text = world.pick(
        f"{word}これです→{number}",
        f"店長お疲れ様です！{word} {number} でお願いします🙇",
        f"さっきの{word}、{number}",
        f"{name}です。{word}わかりました。{number}　あとシフト金曜入れます",
        f"{word}なんですけど\n{number}\nであってますか？",
        f"【{name}】{word}={number}／口座は変更なし",
        f"{number} ({word})",
    )
    return kept(
        world, ("sms.txt", "メッセージ.txt", "note.txt"), Text(text), labelled=word != "マイナ"
    )


@template("chat", source=CHAT)
def t_part_timer_of_many(world: World) -> Draft:
    """Part-timers answer one after the other; the shop asked once, far above."""
    boss = world.person()
    ask = world.pick(
        "全員、今週中にマイナンバーを送ってください。",
        "年末調整のため個人番号（12桁）を返信してください",
        "Please everyone send My Number (マイナンバー) here",
    )
    lines = [f"{_clock(world)} {boss.surname}店長", ask, ""]
    for _ in world.many(2, 6):
        who, number = world.person(), typed(world, 0.15)
        answer = world.pick(
            number,
            f"{number}です",
            f"おつかれさまです {number}",
            f"{who.surname}です。\n{number}\nよろしくお願いします",
            f"sorry late. {number}",
        )
        lines += [f"{_clock(world)} {who.surname}{who.given}", answer, ""]
        if world.chance(0.4):
            chatter = (
                "写真でもいいですか？",
                "来週の水曜休みたいです",
                f"{world.phone()}に電話ください",
            )
            lines += [f"{_clock(world)} {world.person().surname}", world.pick(*chatter), ""]
    return kept(world, ("グループ.txt", "talk_export.txt"), Text("\n".join(lines)), labelled=False)


@template("note", source=CHAT)
def t_invitation_with_facts(world: World) -> Draft:
    """A calendar invitation whose description tells what to bring and what to type in."""
    me, number = world.person(), typed(world, 0.1)
    facts = [
        f"{called(world)}{world.pick(': ', '：', ' ')}{number}",
        f"受付TEL {world.phone()}",
        f"予約ID: {world.rng.randrange(10**6, 10**8)}",
        "持ち物：印鑑、本人確認書類",
    ]
    world.rng.shuffle(facts)
    text = (
        f"件名: {world.pick('役所', '税務署', '口座開設', '入社手続き')}（{me.surname}）\n"
        f"日時: {world.day():%Y年%m月%d日} {_clock(world)}～\n場所: {me.address}\n"
        f"会議 ID: {grouped(identifiers.digits(world.rng, 11))}\n\n" + "\n".join(facts)
    )
    return inbox(world, me, world.pick("予定: 手続き", "招待: 面談", "Invitation"), Text(text))


@template("note", source=CHAT)
def t_agenda_item(world: World) -> Draft:
    """Minutes: a point of the agenda is that somebody's number was given."""
    me, number, word = world.person(), typed(world, 0.1), world.pick("マイナンバー", "個人番号")
    point = world.pick(
        f"{me.surname}氏の{word}を確認（{number}）。労務にて登録する。",
        f"新規採用者 {me.name}：{word} {number}、社員番号 {me.staff}",
        f"{word}の届出漏れ → {me.surname}さん {number} で届出済み",
        f"{me.surname}さんより{word}の申告あり。\n　　{number}",
    )
    items = [
        "前回議事録の確認",
        f"経費精算（{world.rng.randrange(10**4, 10**7):,}円）",
        point,
        "その他",
    ]
    number_of = world.pick("{}. ", "（{}）", "議題{}　", "{}) ")
    lines = [number_of.format(nth) + item for nth, item in enumerate(items, 1)]
    head = f"定例会議事録\n{world.day():%Y.%m.%d} 出席：{me.surname}、{world.person().surname}\n\n"
    return kept(world, ("議事録.docx", "minutes.md"), Text(head + "\n".join(lines)))


@template("mail", source=HOME)
def t_between_spouses(world: World) -> Draft:
    """Mails at home: first names, no titles, the word in any sort of sentence."""
    me, number = world.person(), typed(world, 0.2)
    word, who = (
        world.pick("マイナンバー", "マイナンバーカードの番号"),
        world.pick("パパ", "お母さん", me.given),
    )
    text = world.pick(
        f"{who}の{word}、これね。\n{number}\n保育園の書類に書いといて！",
        f"頼まれてた{who}の{word} → {number}\n牛乳も買ってきて",
        f"{word}メモ\n{who} {number}",
        f"証券会社に出す{word}を教えて、って言われてたやつ。{number}だよ",
        f"市役所で聞かれたら{word}は{number}って答えてください。暗証番号は1から始まるやつです。",
    )
    subject = world.pick("さっきの", "Re:", "忘れないうちに", "（件名なし）")
    return inbox(world, me, subject, Text(text))


@template("mail", source=HOME, weight=1.5)
def t_clients_to_accountant(world: World) -> Draft:
    """Names and numbers under a heading, columns by spaces or tabs, forwarded once."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    gap = world.pick("\t", "    ", "　　", " | ", "  ")
    head = world.pick((), (gap.join(("氏名", "続柄", word)),), (gap.join(("名前", "番号")),))
    three = bool(head) and "続柄" in head[0]
    rows = []
    for _ in world.many(2, 7):
        kin = [world.pick("本人", "妻", "子", "専従者")] if three else []
        rows.append(gap.join([world.person(me.surname).name, *kin, typed(world, 0.05)]))
    intro = world.pick(
        f"確定申告で使う{word}を送ります。", f"{word}の控えが見つかりました。", f"{word}一式です。"
    )
    day = world.day()
    text = (
        f"先生から依頼のあった件、転送します。\n\n---------- Forwarded message ---------\n"
        f"From: {me.name} <{world.mail(me)}>\nDate: {day.year}年{day.month}月{day.day}日\n"
        f"Subject: 資料\nTo: <tax@example.com>\n\n{intro}\n\n" + "\n".join([*head, *rows])
    )
    named = bool(head) and word in head[0]
    return inbox(world, me, world.pick("Fwd: 資料", "Fw: 資料"), Text(text), labelled=named)


@template("courier", source=OTHERS)
def t_parcel_in_group_chat(world: World) -> Draft:
    """The shop asks for Individual Numbers; what comes back is a parcel's number."""
    boss, me = world.person(), world.person()
    number = world.other(identifiers.courier, 0.7)
    shown = world.pick(number, grouped(number, "-"))
    answer = world.pick(
        f"書類は宅急便で出しました、追跡番号 {shown}",
        f"コピーを送りました。伝票番号は{shown}です",
        f"問い合わせ番号：{shown}（佐川）で明日届きます",
    )
    lines = [
        f"{_clock(world)} {boss.surname}",
        "マイナンバーの書類まだの人は郵送でお願いします",
        "",
    ]
    lines += [f"{_clock(world)} {me.surname}", answer]
    return kept(world, ("グループ.txt", "chat_log.txt"), Text("\n".join(lines)))


@template("ticket", source=OTHERS)
def t_request_id_answered(world: World) -> Draft:
    """A reminder to hand in the number, whose own reference is of twelve digits."""
    me, number = world.person(), world.random12(0.7)
    word = world.pick("申請番号", "受付番号", "依頼ID", "チケット番号", "管理番号")
    text = (
        f"{me.name} 様\n\nマイナンバーの提出期限が近づいています。\n"
        f"まだの方は専用サイトから登録してください（メールには記載しないでください）。\n\n"
        f"{word}{world.pick('：', ': ', '　')}{number}\n期限：{world.day():%Y/%m/%d}\n"
        f"https://mn.example.co.jp/entry\n"
    )
    return inbox(world, me, "【リマインド】マイナンバー未提出", Text(text))
