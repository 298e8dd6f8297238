"""Chats, short messages and mails in English."""

from __future__ import annotations

import json

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import inbox, kept, opened, said, typed
from corpus.world import World

CHAT = "Exports of chats and messages between colleagues"
ENGLISH = "Mails of foreign staff to a personnel office in Japan"


def _at(world: World) -> str:
    return f"{world.rng.randrange(8, 20)}:{world.rng.randrange(60):02d}"


def _talk(world: World, count: int) -> list[str]:
    return world.sample(
        (
            "了解です！",
            "お昼行きますか？",
            "会議室、15時から取れました",
            "[スタンプ]",
            "プリンターまた止まってます…",
            "見積の件、先方OKでした",
            "ありがとうございます🙏",
            "あとで電話します",
            "請求書 20251031.pdf を共有しました",
        ),
        count,
    )


@template("chat", source=CHAT)
def s_line_export(world: World) -> Draft:
    """[LINE] history: time, sender and text by tabs."""
    me, you = world.person(), world.person()
    names = (f"{me.surname}{me.given}", f"{you.surname}店長")
    lines = [f"[LINE] {names[1]}とのトーク履歴", f"保存日時：{world.day():%Y/%m/%d} 21:10", ""]
    lines.append(f"{world.day():%Y/%m/%d}(火)")
    talk = [(world.pick(*names), line) for line in _talk(world, 4)]
    ask = world.pick("バイトの書類なんだけど", "税理士さんに出すから", "年末調整いるので")
    shown = typed(world)
    talk += [
        (names[1], ask),
        (names[0], world.pick(said(world, shown=shown), f"マイナンバー{shown}です")),
    ]
    talk += [(world.pick(*names), line) for line in _talk(world, 3)]
    lines += [f"{_at(world)}\t{who}\t{line}" for who, line in talk]
    return kept(world, ("[LINE]トーク.txt", "talk.txt"), Text("\n".join(lines)))


@template("chat", source=CHAT)
def s_line_answer_only(world: World) -> Draft:
    """The question has the word, the answer is nothing but the number."""
    me, you = world.person(), world.person()
    ask = world.pick(
        "マイナンバー教えて", "個人番号わかる？", "マイナンバー送ってください！", "MNお願い"
    )
    between = world.pick([], [(me.surname, "ちょっと待って")], [(me.surname, "カード見てきます")])
    talk = [(you.surname, ask), *between, (me.surname, typed(world, 0.1))]
    talk += [(you.surname, world.pick("ありがとう", "届きました", "了解です"))]
    gap = world.pick("\t", "  ")
    lines = [f"{_at(world)}{gap}{who}{gap}{line}" for who, line in talk]
    return kept(world, ("talk.txt", "チャット履歴.txt"), Text("\n".join(lines)), labelled=False)


@template("chat", source=CHAT)
def s_teams_paste(world: World) -> Draft:
    """Copied from Teams: sender and time on a line of their own."""
    me, clerk = world.person(), world.person()
    stamp = f"{world.day():%Y/%m/%d} {_at(world)}"
    ask = "来月の手当申請に使うので、個人番号をここに貼ってもらえますか？"
    shown = typed(world)
    answer = world.pick(said(world, shown=shown), f"はい、マイナンバーは\n{shown}\nです")
    text = (
        f"[{stamp}] {clerk.name}\n{ask}\n\n[{stamp}] {me.name}\n{answer}\n\n"
        f"[{stamp}] {clerk.name}\n{_talk(world, 1)[0]}\n"
    )
    return Draft([Text(text)], ("Teams", world.pick("人事総務チーム", "1:1", "雑談")))


@template("chat", source=CHAT)
def s_slack_json(world: World) -> Draft:
    """A channel exported by Slack."""
    messages = [
        {
            "type": "message",
            "user": f"U0{world.rng.randrange(10**7, 10**8)}",
            "text": line,
            "ts": f"{world.rng.randrange(16 * 10**8, 17 * 10**8)}.{world.rng.randrange(10**6):06d}",
        }
        for line in _talk(world, 5)
    ]
    at = world.rng.randrange(len(messages))
    messages[at]["text"] = f"<@U024BE7LH> {said(world)} {world.pick('', 'です', ':pray:')}"
    text = json.dumps(messages, ensure_ascii=False, indent=world.pick(None, 4))
    return kept(world, ("2025-11-02.json",), *opened("2025-11-02.json", text))


@template("chat", source=CHAT)
def s_several_answer(world: World) -> Draft:
    """A room in which one after another answers the same question."""
    lead = world.person()
    what = world.pick("マイナンバー", "個人番号")
    lines = [f"{lead.surname}：みなさん{what}を返信してください（社保の手続きです）"]
    word = world.pick("", "", f"{what} ", f"{what}：")
    for _ in world.many(2, 7):
        one = world.person()
        tail = world.pick("", "です", " よろしくお願いします")
        lines.append(f"{one.surname}：{word}{typed(world, 0.1)}{tail}")
    return Draft([Text("\n".join(lines))], ("Teams", "店舗連絡"), labelled=bool(word))


@template("chat", source=CHAT)
def s_chatwork(world: World) -> Draft:
    """Chatwork's own marks around the text."""
    me = world.person()
    room = world.rng.randrange(10**7, 10**8)
    shown = typed(world, 0.1)
    plain = said(world, shown=shown)
    inner = f"[info][title]{world.pick('マイナンバー', '個人番号')}[/title]{shown}[/info]"
    text = (
        f"[To:{room}]{me.surname}さん\nお疲れさまです。\n"
        f"{world.pick(inner, plain, f'[code]{plain}[/code]')}\n"
        f"[rp aid={room} to={room}-{world.rng.randrange(10**18, 10**19)}] 確認お願いします(bow)"
    )
    return Draft([Text(text)], ("チャット", "給与計算依頼"))


@template("chat", source=CHAT)
def s_short_words(world: World) -> Draft:
    """Among people who do this every day, a short word is enough."""
    word = world.pick(
        "MN", "mn", "マイナン", "マイナ番号", "ﾏｲﾅ", "マイナンバ", "My№", "Myナンバー"
    )
    one = world.person()
    shown = typed(world, 0.1)
    text = world.pick(
        f"{one.surname}さんの{word} {shown} 登録お願いします",
        f"{one.name} {one.born:%Y/%m/%d} {word}:{shown}",
        f"{word}：{shown}（{one.name}・新規）",
    )
    return Draft([Text(text)], ("Teams", world.pick("社会保険手続き", "労務", "入退社連絡")))


@template("mail", source=ENGLISH)
def s_here_is_mine(world: World) -> Draft:
    """The word in the first sentence, the number in the next."""
    me = world.person()
    name = world.pick("My Number", "individual number", "Individual Number (マイナンバー)")
    text = (
        f"Hi,\n\nYou asked for my {name} for the year-end adjustment. "
        f"{world.pick('Here is mine:', 'Here it is -', 'It is', 'The 12 digits are')} "
        f"{typed(world, 0.1)}{world.pick('.', '')}\n\nBest,\n{me.roman.title()}"
    )
    return inbox(world, me, world.pick("Re: documents", "payroll", "Re: Onboarding"), Text(text))


@template("mail", source=ENGLISH)
def s_english_block(world: World) -> Draft:
    """Details of a new hire, one a line."""
    me = world.person()
    word = world.pick(
        "My Number",
        "MN",
        "MyNumber",
        "My number (12 digits)",
        "Individual No.",
        "Japan My Number",
        "Individual Number / 個人番号",
        "Social Security and Tax Number",
        "My No",
    )
    lines = [
        f"Name: {me.roman.replace('.', ' ').title()}",
        f"DOB: {me.born:%d %b %Y}",
        f"{word}{world.pick(': ', ' : ', ' = ', ' - ')}{typed(world, 0.1)}",
        f"Mobile: +81 {world.phone()[1:]}",
        f"Bank: MUFG, a/c {world.rng.randrange(10**6, 10**7)}",
    ]
    body = "Dear HR team,\n\nPlease find my details below.\n\n" + "\n".join(lines) + "\n\nThanks!"
    return inbox(world, me, "New hire information", Text(body))


@template("mail", source=ENGLISH)
def s_romaji(world: World) -> Draft:
    """Japanese in Latin letters."""
    me = world.person()
    number = typed(world, 0)
    text = world.pick(
        f"Watashi no mai nanbaa wa {number} desu. Yoroshiku onegaishimasu.",
        f"Kojin bango: {number}\nShimei: {me.roman.replace('.', ' ')}",
        f"kojin bangou ha {number} desu",
        f"Mainanbaa {number}",
        f"MAI NAMBA: {number}\nSEINENGAPPI: {me.born:%Y/%m/%d}",
    )
    return inbox(world, me, world.pick("shorui", "onegai shimasu", "Re: paperwork"), Text(text))


@template("mail", source=ENGLISH)
def s_english_thread(world: World) -> Draft:
    """The answer above, the question with the word in the mail below."""
    me, clerk = world.person(), world.person()
    text = (
        f"Sorry for the delay - {typed(world, 0.1)}. Do you need a copy of the card?\n\n"
        f"{me.given}\n\nOn {world.day():%b %d, %Y}, {clerk.roman} wrote:\n"
        f"> Hi {me.given},\n> we still need your My Number to file the withholding slip.\n> Thanks"
    )
    return inbox(world, me, "Re: My Number", Text(text), labelled=False)
