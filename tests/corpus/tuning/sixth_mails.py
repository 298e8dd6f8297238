"""Mails that give the number in passing, in answers, in blocks and lists, and a few that do not."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import inbox, typed
from corpus.world import World
from corpus.writing import full_width, grouped

POST = "Mails of staff, families, part-timers and their offices"
HARD = 0.8


def _other(world: World) -> str:
    number = world.random12(HARD)
    return world.pick(number, number, grouped(number), grouped(number, "-"))


@template("mail", source=POST)
def w_told_below_a_greeting(world: World) -> Draft:
    """The first sentence says what follows; the number follows after another sentence."""
    me = world.person()
    first = world.pick(
        "マイナンバーのご依頼をいただいていた件です。",
        "遅くなりましたが、マイナンバーをお送りします。",
        "個人番号の提出がまだでしたので連絡します。",
        "先日お電話いただいたマイナンバーですが、",
        "マイナンバーカードが届きましたので番号をお知らせします。",
    )
    middle = world.pick(
        "紙での提出は来週になりそうです。",
        "写しは別途郵送いたします。",
        "パスワードは付けていません、すみません。",
        "",
    )
    last = world.pick("{n}", "{n} です。", "番号 {n}", "→ {n}", "{n}\n（{me}）", "　{n}")
    parts = [first, middle, last.format(n=typed(world, 0.2), me=me.name)]
    gap = world.pick("\n", "\n\n")
    return inbox(
        world, me, "ご連絡", Text(gap.join(part for part in parts if part)), labelled=False
    )


@template("mail", source=POST)
def w_family_by_lines(world: World) -> Draft:
    """The family one a line, in several manners; the word stands once, above."""
    me = world.person()
    head = world.pick(
        "扶養家族のマイナンバーは以下の通りです。",
        "家族分の個人番号を送ります。",
        "【マイナンバー】",
        "下記、扶養に入れる家族の個人番号になります：",
        "マイナンバー（扶養家族分）",
    )
    form = world.pick(
        "{kin}　{name}　{n}",
        "{kin}：{name}（{birth}）　{n}",
        "・{kin} {name} {birth}生 {n}",
        "{name}（{kin}） {n}",
        "{kin}\n{name}\n{n}\n",
        "{name}\t{birth}\t{n}",
        "{kin}/{name}/{n}",
        "{n}　{name}（{kin}）",
    )
    kins = world.sample(("妻", "長男", "次男", "長女", "母", "父"), world.rng.randint(2, 4))
    lines = [
        form.format(
            kin=kin,
            name=world.pick(me.surname, "") + world.person().given,
            birth=f"{world.day(1950, 2022):%Y/%m/%d}",
            n=typed(world, 0),
        )
        for kin in kins
    ]
    text = f"{world.pick('お疲れ様です。', '総務ご担当者様')}\n{head}\n\n" + "\n".join(lines)
    return inbox(world, me, world.pick("扶養の件", "家族の件"), Text(f"{text}\n\n{me.surname}"))


@template("mail", source=POST)
def w_block_of_facts(world: World) -> Draft:
    """A block of facts in no order; several are digits."""
    me = world.person()
    mark = world.pick("：", ": ", "　", " - ", "／", "】", "\t", " ⇒ ")
    opens = "【" if mark == "】" else world.pick("", "・", "■", "* ", "> ", "")
    facts = [
        (world.pick("氏名", "名前", "お名前", "姓名"), me.name),
        (world.pick("生年月日", "誕生日", "生まれ"), f"{me.born:%Y年%m月%d日}"),
        (
            world.pick(
                "マイナンバー", "個人番号", "マイナンバー番号", "個人番号(12桁)", "MyNumber"
            ),
            typed(world, 0.2),
        ),
        (world.pick("携帯", "電話番号", "連絡先"), world.phone()),
        (world.pick("社員番号", "社員No", "職員番号"), me.staff),
        (
            world.pick("雇用保険番号", "会員番号", "口座番号", "保険証番号", "免許証"),
            _other(world),
        ),
    ]
    world.rng.shuffle(facts)
    lines = [f"{opens}{name}{mark}{value}" for name, value in facts]
    text = f"入社に必要な情報です。\n\n{chr(10).join(lines)}\n\nよろしくお願いします。"
    return inbox(world, me, "入社手続き", Text(text))


@template("mail", source=POST)
def w_answer_between_quotes(world: World) -> Draft:
    """Answers stand right below each quoted question."""
    me = world.person()
    quote = world.pick("> ", ">", "＞", "| ")
    asked = world.pick(
        "マイナンバーを教えてください",
        "マイナンバー（12桁）",
        "③ 個人番号",
        "個人番号をご記入ください。",
        "3. マイナンバーの番号は？",
    )
    pairs = [
        (
            world.pick("口座の変更はありますか", "振込先の口座"),
            world.pick("なし", "変更ありません"),
        ),
        (asked, typed(world, 0.1)),
        (world.pick("送り状の控え番号", "会員番号もお願いします"), _other(world)),
    ]
    if world.chance(0.5):
        pairs.reverse()
    if world.chance(0.4):
        pairs = [pair for pair in pairs if pair[0] != pairs[-1][0] or pair[0] == asked]
    gap = world.pick("\n", "\n\n")
    blank = world.pick("\n", "\n\n")
    text = gap.join(f"{quote}{question}{blank}{answer}" for question, answer in pairs)
    return inbox(world, me, "Re: ご確認", Text(f"回答します。\n\n{text}\n\n{me.surname}"))


@template("mail", source=POST)
def w_reply_above_the_request(world: World) -> Draft:
    """A reply of a line or two; the request is quoted below, with headers of the mail."""
    me, clerk = world.person(), world.person()
    said = world.pick(
        "{n}です。",
        "お世話になります。\n{n}\nよろしくお願いします。",
        "承知しました。\n\n私: {n}\n妻: {m}",
        "下記です。\n{n}",
        "遅くなりすみません、{n} でお願いします。",
        "番号：{n}\n\niPhoneから送信",
    )
    said = said.format(n=typed(world, 0.1), m=typed(world, 0) if "{m}" in said else "")
    ask = world.pick(
        "マイナンバーのご提出がまだです。本メールにご返信ください。",
        "年末調整に必要なため、マイナンバー（個人番号）をお知らせください。",
        "お手数ですが、個人番号12桁をご返信いただけますでしょうか。",
    )
    head = world.pick(
        f"-----Original Message-----\nFrom: {clerk.roman}\nSubject: ご確認",
        f"{world.day():%Y年%m月%d日} 10:12 {clerk.name} <{world.mail(clerk)}>:",
        f"________________________________\n差出人: {clerk.name}\n件名: お願い",
        f"On {world.day():%d %b %Y}, at 9:10, {clerk.roman} <{world.mail(clerk)}> wrote:",
    )
    quote = world.pick("> ", "")
    body = f"{quote}{me.surname}様\n{quote}{ask}\n{quote}{clerk.surname}"
    return inbox(world, me, "Re: お願い", Text(f"{said}\n\n{head}\n{body}"), labelled=False)


@template("mail", source=POST)
def w_subject_says_it(world: World) -> Draft:
    """Only the subject has the word."""
    me = world.person()
    subject = world.pick(
        "マイナンバー",
        "マイナンバー連絡",
        "Re: マイナンバーの提出",
        "個人番号の件",
        "マイナンバーです",
    )
    text = world.pick(
        "{n}",
        "お疲れ様です。{me}です。\n{n}\n",
        "{me} {n}",
        "番号：{n}",
        "件名の通りです。{n}",
        "よろしくお願いします。\n\n本人 {n}\n配偶者 {m}",
    )
    text = text.format(
        n=typed(world, 0.1), m=typed(world, 0) if "{m}" in text else "", me=me.surname
    )
    return inbox(world, me, subject, Text(text), labelled=False)


@template("mail", source=POST)
def w_number_corrected(world: World) -> Draft:
    """A number told wrongly is told again."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    number = world.number()
    wrong = number[:5] + str((int(number[5]) + 3) % 10) + number[6:]
    shape = world.pick(lambda n: n, grouped, lambda n: grouped(n, "-"))
    text = world.pick(
        f"先ほどお送りした{word}に誤りがありました。\n誤：{shape(wrong)}\n正：{shape(number)}",
        f"{word}の訂正です。{shape(wrong)}ではなく{shape(number)}でした。",
        f"{word}ですが、正しくは {shape(number)} です（{shape(wrong)} と書いていました）。",
        f"{word}：{shape(wrong)} → {shape(number)} に訂正お願いします。",
    )
    return inbox(world, me, "訂正", Text(f"{text}\n{me.surname}"))


@template("mail", source=POST)
def w_foreign_worker(world: World) -> Draft:
    """Mails in English or in mixed language."""
    me, n = world.person(), typed(world, 0.1)
    text = world.pick(
        f"Hello,\nMy number card arrived. The 12-digit number is {n}.\nThanks",
        f"Dear HR team,\n\nName: {me.roman}\nIndividual Number: {n}\nVisa: Engineer\n",
        f"Hi, this is {me.given}. my number(マイナンバー) = {n}. is it ok?",
        f"おはようございます。わたしのマイナンバは {n} です。 {me.roman}",
        f"Please find my My Number (kojin bango) below.\n\n{n}\n\nBest regards,",
        f"Kojin Bangō: {n}\nZairyu card I will send tomorrow.",
        f'As requested my Social Security and Tax Number ("My Number") is {n}.',
        f"MY NUMBER {n}\nDATE OF BIRTH {me.born:%d/%m/%Y}",
    )
    return inbox(world, me, world.pick("documents", "My docs", "書類"), Text(text))


@template("mail", source=POST)
def w_wrapped_by_a_program(world: World) -> Draft:
    """A program breaks lines at a fixed width, wherever they are."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    number = grouped(world.number(), world.pick(" ", "-", "－"))
    lead = "お世話になっております。先日依頼のありました" if world.chance(0.5) else "念のため、"
    text = f"{lead}{word}は{number}です。ご確認をお願いいたします。"
    at = text.index(number) + world.pick(0, 5, 10)
    mark = world.pick("", "> ", "＞")
    rest = text[at:].lstrip(" ")
    return inbox(world, me, "Re: 書類", Text(f"{mark}{text[:at].rstrip()}\n{mark}{rest}\n"))


@template("mail", source=POST)
def w_phone_note_in_a_mail(world: World) -> Draft:
    """Somebody took a call and passes the number on."""
    me, who = world.person(), world.person()
    n = typed(world, 0.1)
    text = world.pick(
        f"{who.surname}様からお電話がありました。\nマイナンバーは{n}とのことです。",
        f"TEL受け：{who.name}様\n用件：個人番号の連絡\n内容：{n}\n折返し：不要",
        f"{who.surname}さんより電話。個人番号、{n}。折り返し{world.phone()}",
        f"伝言メモ\n{who.name}様 10:20\nマイナンバー\n{full_width(n)}\n以上",
    )
    return inbox(world, me, "電話メモ", Text(text))


@template("courier", source=POST)
def w_papers_sent_in_answer(world: World) -> Draft:
    """A request for the number is quoted; the answer gives how the papers travel."""
    me, clerk = world.person(), world.person()
    said = world.pick(
        "レターパックで送りました。{n}",
        "本日発送しました。追跡は {n} です。",
        "簡易書留 {n} で送付済みです。",
        "メールは心配なので郵送にしました（{n}）。",
        "宅急便で出しています。\n伝票 {n}",
    ).format(n=_other(world))
    ask = world.pick("マイナンバーをお送りください。", "個人番号の写しを郵送してください。")
    text = f"{said}\n{me.surname}\n\n> {clerk.surname}です。\n> {ask}\n"
    return inbox(world, me, "Re: ご提出のお願い", Text(text))


@template("mail", source=POST)
def w_number_not_in_mails(world: World) -> Draft:
    """A notice says not to send the number by mail, and gives a number of its own."""
    me = world.person()
    name = world.pick(
        "お問い合わせ番号", "通知番号", "案内番号", "ケース番号", "受付", "照会コード"
    )
    text = (
        f"マイナンバーをメール本文に記載しないでください。\n"
        f"{world.pick('書留で', 'アップロードで')}ご提出をお願いします。\n\n"
        f"{name}{world.pick('：', ' ', chr(10))}{_other(world)}\n期限 {world.day():%Y/%m/%d}\n"
    )
    return inbox(world, me, "ご提出のお願い", Text(text))


@template("bank", source=POST)
def w_accounts_for_refunds(world: World) -> Draft:
    """A mail on the account that is tied to the number: the account is given, not the number."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    key = world.pick("口座", "account", "Account No", "記号番号", "口座情報", "通帳")
    text = (
        f"{word}と口座の紐付けの件です。\n"
        f"{world.pick('公金受取口座は次のとおりです。', '以下を登録しました。')}\n"
        f"{key}{world.pick('：', ': ', ' ')}{_other(world)}\n名義：{me.kana}\n"
    )
    return inbox(world, me, f"{word}と口座", Text(text))
