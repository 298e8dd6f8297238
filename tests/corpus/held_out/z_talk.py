"""People who write, quote and say numbers: mails, chats, captions, minutes."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._z_reading import day, eml, hand, read, stamps
from corpus.world import World
from corpus.writing import grouped

_LABELS = ("マイナンバー", "個人番号")


@template("mail", source="a form of questions by mail, answered inside the quote")
def z_answers_inside_quote(world: World) -> Draft:
    me, staff = world.person(), world.person()
    asked = ["氏名（フリガナ）", "生年月日", world.pick(*_LABELS), "扶養の有無", "給与振込口座"]
    told = [
        f"{me.name}（{me.kana}）",
        me.era_birth,
        hand(world)(world.number()),
        world.pick("なし", "あり（妻1名）"),
        f"第一銀行 本店 普通 {identifiers.digits(world.rng, 7)}",
    ]
    lines = [f"{staff.surname}様", "", "返信が遅くなりました。以下に記入いたします。", ""]
    for nth, (question, answer) in enumerate(zip(asked, told, strict=True), 1):
        lines += [f"> {nth}. {question}", f"{world.pick('→', '⇒ ', '　')}{answer}", ">"]
    lines += [f"> {world.company()} 人事部 {staff.name}", f"> TEL {world.phone()}"]
    subject = world.pick("Re: 入社前のご確認事項", "RE: 【要返信】入社手続きのお願い")
    return Draft(eml(world, subject, lines, me), ["受信トレイ", subject])


@template("mail", source="the subject has the word, the body a name and 番号")
def z_child_in_subject(world: World) -> Draft:
    me = world.person()
    child = world.person(me.surname)
    subject = world.pick(
        "子のマイナンバーについて", "マイナンバー（第二子）のご連絡", "扶養追加：マイナンバー"
    )
    lines = [
        "人事ご担当者様",
        "",
        f"お疲れ様です、{me.surname}です。先日生まれた{child.given}の番号が届きました。",
        "",
        f"番号は{world.pick(' ', '', '　')}{hand(world)(world.number())}です。",
        f"生年月日は{day(world)}、保険証の発行もお願いいたします。",
        "",
        f"{me.name}（社員番号 {me.staff}）",
    ]
    return Draft(eml(world, subject, lines, me), ["受信トレイ", subject], labelled=False)


@template("mail", source="staff from abroad answer in English")
def z_english_reply(world: World) -> Draft:
    me = world.person()
    name = world.pick("My Number", "individual number", "Individual Number (My Number)")
    number = world.pick(grouped, str, lambda n: grouped(n, "-"))(world.number())
    lines = [
        "Hi,",
        "",
        f"{world.pick('As requested,', 'Sorry for the delay,')} the {name} from my letter:",
        "",
        number,
        "",
        f"My residence card is AB{identifiers.digits(world.rng, 8)}CD, valid until 2028-03-31.",
        f"Let me know if you need my pension number too ({identifiers.pension(world.rng)}).",
        "",
        f"Best regards, {me.roman.replace('.', ' ').title()}",
    ]
    subject = world.pick("Re: Documents for payroll", "Re: New employee documents")
    return Draft(eml(world, subject, lines, me), ["Inbox", subject])


@template(
    "mail", source="a short list typed into a mail, columns by spaces, the word in the sentence"
)
def z_list_typed_into_mail(world: World) -> Draft:
    me = world.person()
    write, month = hand(world), world.rng.randint(3, 12)
    lines = [
        "社労士事務所 御中",
        "",
        f"{month}月入社分の{world.pick(*_LABELS)}をお送りします。",
        "資格取得の手続きをお願いいたします。",
        "",
    ]
    for nth in world.many(2, 9):
        person = world.person()
        lines.append(f"{nth + 1}) {person.name}　{person.born:%Y.%m.%d}　{write(world.number())}")
    lines += ["", "メールでの送付となり恐縮です。", me.name, world.phone()]
    subject = f"{month}月入社者の件"
    return Draft(eml(world, subject, lines, me), ["送信済み", subject])


@template("mail", source="a correction: the wrong number does not pass, the right one does")
def z_correction(world: World) -> Draft:
    me = world.person()
    write = hand(world)
    wrong = identifiers.mistyped(world.rng)
    lines = [
        f"お世話になっております、{me.surname}です。",
        f"先ほどお伝えした{world.pick(*_LABELS)}に誤りがありました。訂正いたします。",
        "",
        f"（誤）{write(wrong)}",
        f"（正）{write(world.number())}",
        "",
        "お手数をおかけして申し訳ございません。",
    ]
    subject = world.pick("訂正", "【訂正】番号の件", "Re: Re: ご提出書類")
    return Draft(eml(world, subject, lines, me), ["受信トレイ", subject])


@template("chat", source="the history that a messenger on phones saves as text")
def z_messenger_export(world: World) -> Draft:
    boss, me = world.person(), world.person()
    date = world.day(2023, 2026)
    head = [f"[LINE] {me.name}とのトーク履歴", f"保存日時：{date:%Y/%m/%d} 21:04", ""]
    talk = [
        (boss, world.pick("マイナンバー送ってもらえる？", "税理士さんに出すマイナンバー教えて")),
        (me, world.pick("あとで送ります", "カード家なので帰ったら")),
        (boss, "[スタンプ]"),
        (me, hand(world)(world.number())),
        (me, world.pick("これです！", "お願いします🙇")),
        (boss, "ありがとう、控えたら消しておくね"),
    ]
    lines = [f"{date:%Y/%m/%d}(木)"]
    times = stamps(world, len(talk))
    lines += [f"{at[:5]}\t{who.name}\t{what}" for at, (who, what) in zip(times, talk, strict=True)]
    return Draft(read("talk.txt", "\n".join([*head, *lines])), ["トーク履歴.txt"], labelled=False)


@template("chat", source="several numbers in one message, each behind a word of kin")
def z_family_in_chat(world: World) -> Draft:
    me, staff = world.person(), world.person()
    write = hand(world)
    kin = ["本人", *world.sample(["妻", "長男", "長女", "母"], world.rng.randint(1, 3))]
    gap = world.pick(": ", "：", " ", "→")
    lines = [
        f"{staff.name}: ご家族分の{world.pick(*_LABELS)}も必要です。こちらに返信でお願いします",
        f"{me.name}: 承知しました",
        *(f"{who}{gap}{write(world.number())}" for who in kin),
        f"{staff.name}: ありがとうございます。登録後に削除してください",
    ]
    return Draft([Text("\n".join(lines))], ["人事総務", "チャット"])


@template("chat", source="a number in the wrong channel, and what people say then")
def z_wrong_channel(world: World) -> Draft:
    me, other = world.person(), world.person()
    label = world.pick("マイナンバー", "マイナ番号", "個人番号")
    first, second, third = (time[:5] for time in stamps(world, 3))
    lines = [
        f"{me.name} {first}",
        f"{world.person().name} {hand(world)(world.number())} ←登録お願いします",
        f"{other.name} {second}",
        f"@{me.name} これ{label}ですよね？ここ全社チャンネルです💦",
        f"{me.name} {third}",
        "すみません！消します",
    ]
    return Draft([Text("\n".join(lines))], ["全社", "雑談"], labelled=False)


@template("text", source="captions of a meeting: a number is read out, in three breaths")
def z_captions(world: World) -> Draft:
    one, two = world.person(), world.person()
    said = world.pick("、", "、 ", " ", "-")
    talk = [
        (one, "では次に本人確認ですね。マイナンバーを読み上げていただけますか。"),
        (two, f"はい、{grouped(world.number(), said)}です。"),
        (one, f"ありがとうございます。内線は{world.rng.randint(1000, 9999)}で合っていますか。"),
        (two, "合っています。"),
    ]
    lines = ["WEBVTT", ""]
    at = world.rng.randint(60, 900)
    for who, what in talk:
        begin, at = at + 1, at + world.rng.randint(3, 12)
        times = [
            f"00:{s // 60:02d}:{s % 60:02d}.{world.rng.randint(0, 999):03d}" for s in (begin, at)
        ]
        lines += [" --> ".join(times), f"<v {who.name}>{what}</v>", ""]
    return Draft([Text("\n".join(lines))], ["面談", "入社手続き面談.vtt"])


@template("meeting", source="minutes whose list of things to do holds what it should not")
def z_minutes_with_number(world: World) -> Draft:
    person = world.person()
    lines = [
        f"# 労務定例 議事メモ {day(world)}",
        f"出席: {world.person().name}、{world.person().name}",
        "## 1. 36協定の更新",
        f"- 監督署の受付は{day(world)}。控えは共有済み",
        "## 2. 資格取得の遅れ",
        f"- {person.surname}さんの取得届が返戻。{world.pick(*_LABELS)}の桁誤り",
        f"- 正しくは {hand(world)(world.number())}（住民票で確認済）",
        "## 3. その他",
        f"- 健診の予約 {world.rng.randint(20, 90)}名、費用 {world.rng.randint(200, 900)},000円",
    ]
    return Draft(read("memo.md", "\n".join(lines)), ["議事録", "労務定例.md"])


@template("mail", source="a calendar entry with what has to be brought, folded lines")
def z_calendar_entry(world: World) -> Draft:
    me = world.person()
    when = world.day(2025, 2026)
    number = hand(world)(world.number())
    said = f"窓口で必要なもの：身分証、印鑑。{world.pick(*_LABELS)}　{number}　整理券は当日。"
    folded = said[:24] + "\n " + said[24:]
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//Calendar//JA",
        "BEGIN:VEVENT",
        f"DTSTART;TZID=Asia/Tokyo:{when:%Y%m%d}T{world.rng.randint(9, 16):02d}3000",
        f"UID:{identifiers.guid(world.rng)}",
        f"SUMMARY:{world.pick('区役所', '年金事務所', '税務署')} {me.surname}",
        f"DESCRIPTION:{folded}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return Draft(read("invite.ics", "\n".join(lines)), ["予定表", "invite.ics"])


@template("bare", source="a number sent without a word on what it is")
def z_nothing_said(world: World) -> Draft:
    one, two = world.person(), world.person()
    lines = [
        f"{one.name}: お昼行きますか？",
        f"{two.name}: 先にこれだけ送っておきます",
        f"{two.name}: {hand(world)(world.number())}",
        f"{one.name}: {world.pick('助かります', '了解です', 'もらいました')}",
    ]
    return Draft([Text("\n".join(lines))], ["チャット"], labelled=False)
