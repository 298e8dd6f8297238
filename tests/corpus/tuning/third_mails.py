"""Mails that answer, forward, correct or announce: the number far from its label, or beside it."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import called, inbox, typed
from corpus.world import Person, World
from corpus.writing import full_width, grouped, spaced

ANSWERS = "Answers by mail, with the request quoted as each mail program quotes"
LISTS = "Lists of personal facts sent by mail to an office"
FOREIGN = "Mails of staff from abroad to an office in Japan"
SYSTEMS = "Notices of personnel systems"
WORDS = ("マイナンバー", "個人番号", "マイナンバー（個人番号）", "個人番号（12桁）")


def _ends(world: World, me: Person) -> str:
    return world.pick(
        f"\n\n{me.surname}",
        f"\n\n以上、よろしくお願いいたします。\n{me.name}\n携帯 {world.phone()}",
        f"\n\n**********************\n{world.company()} 経理部\n{me.name} {me.kana}\n"
        f"〒{world.postcode()} {me.address}\nTEL {world.phone()}  FAX {world.phone()}\n"
        f"https://www.example.co.jp/?id={world.rng.randrange(10**5, 10**6)}\n{'*' * 22}",
        "\n\niPhoneから送信",
        "",
    )


def _quoted(world: World, by: Person, to: Person, lines: list[str]) -> str:
    """Somebody's mail as it stands in the answer to it."""
    day, mail = world.day(), world.mail(by)
    plain = "\n".join(lines)
    marked = {mark: "\n".join(mark + line for line in lines) for mark in ("> ", ">", "| ", "＞")}
    return world.pick(
        f"{day.year}年{day.month}月{day.day}日(水) 10:{world.rng.randrange(10, 60)} {by.name} "
        f"<{mail}>:\n\n{marked[world.pick('> ', '>')]}",
        f"-----Original Message-----\nFrom: {by.name} <{mail}>\nSent: {day:%A, %B %d, %Y} 4:12 PM\n"
        f"To: {to.name} <{world.mail(to)}>\nSubject: 提出書類について\n\n{plain}",
        f"________________________________\n差出人: {by.name} <{mail}>\n"
        f"送信日時: {day.year}年{day.month}月{day.day}日 9:30\n宛先: {to.name}\n"
        f"件名: 提出書類について\n\n{plain}",
        f"----- 元のメッセージ -----\n{marked['| ']}",
        f"({day:%Y/%m/%d} 11:20), {by.name} wrote:\n{marked[world.pick('> ', '＞')]}",
        f"On {day:%a, %b %d, %Y} at 8:05 AM {by.roman} <{mail}> wrote:\n\n{marked['> ']}",
    )


def _request(world: World, clerk: Person, me: Person) -> list[str]:
    word = world.pick(*WORDS)
    return [
        f"{me.surname}様",
        "",
        world.pick("お疲れ様です。", "お世話になっております。") + f"{clerk.surname}です。",
        world.pick(
            f"支払調書の作成に必要なため、{word}をお知らせください。",
            f"{word}が未提出です。至急このメールにご返信ください。",
            f"扶養に入れる方の{word}を教えていただけますでしょうか。",
            f"①{word}　②振込口座　③住所　をご連絡願います。",
        ),
        world.pick(f"ご不明点は内線{world.rng.randrange(1000, 9999)}まで。", "期限：今月末"),
    ]


@template("mail", source=ANSWERS)
def t_subject_has_the_word(world: World) -> Draft:
    """Only the subject says what the number is."""
    me, number = world.person(), typed(world, 0.2)
    line = world.pick(
        f"{number}です。よろしくお願いします。",
        f"番号は{number}になります。",
        f"遅くなりました。{number}",
        f"ご依頼の件、{number} でお願いいたします。",
        f"{me.name}　{number}",
        number,
    )
    word = world.pick("マイナンバー", "個人番号", "マイナンバーカード", "My Number")
    subject = world.pick(f"{word}の件", f"Re: {word}提出のお願い", f"{word}", f"【{word}】回答")
    head = world.pick(f"{world.person().surname}様\n\n", "お世話になっております。\n\n", "")
    return inbox(world, me, subject, Text(head + line + _ends(world, me)), labelled=False)


@template("mail", source=ANSWERS, weight=1.5)
def t_request_quoted_below(world: World) -> Draft:
    """A terse answer on top, the request under it in one of many styles."""
    me, clerk, number = world.person(), world.person(), typed(world, 0.2)
    answer = world.pick(
        f"{number}です。",
        f"下記の件、{number} です。よろしくお願いします。",
        f"ご連絡ありがとうございます。\n{number}\nご査収ください。",
        f"お返事遅れて申し訳ありません。\n\n　{number}\n\n電話は{world.phone()}です。",
        f"① {number}\n② 三陽銀行 本店 普通 {identifiers.digits(world.rng, 7)}\n③ 変更ありません",
        f"{me.surname}です、{number}で登録お願いします！",
    )
    below = _quoted(world, clerk, me, _request(world, clerk, me))
    text = f"{clerk.surname}様\n\n{answer}{_ends(world, me)}\n\n{below}"
    subject = world.pick("Re: 提出書類について", "RE: 提出書類について", "Re: ご確認のお願い")
    return inbox(world, me, subject, Text(text), labelled=False)


@template("mail", source=ANSWERS)
def t_request_quoted_above(world: World) -> Draft:
    """The question comes first in quotes, the answer stands under it."""
    me, mark = world.person(), world.pick("> ", ">", ">> ", "| ", "＞ ")
    word, number = world.pick(*WORDS), typed(world, 0.2)
    asked = [
        f"お名前（フリガナ）もお願いします。\n\n{me.name}（{me.kana}）",
        world.pick(f"{word}はお分かりになりますか？", f"・{word}", f"{word}をご教示ください。")
        + f"{world.pick(chr(10), chr(10) * 2)}{world.pick('', '→', 'はい、', '　')}{number}",
        f"昼間に連絡の取れる番号は？\n\n{world.phone()}",
    ]
    if world.chance(0.4):
        world.rng.shuffle(asked)
    text = f"{me.surname}です。以下に回答いたします。\n\n" + "\n\n".join(mark + a for a in asked)
    return inbox(world, me, "Re: 確認事項", Text(text + _ends(world, me)), labelled=False)


@template("mail", source=LISTS)
def t_bulleted_family(world: World) -> Draft:
    """A heading and a bullet for each of the family."""
    me, word = world.person(), world.pick(*WORDS)
    kins = ["本人", *world.sample(("妻", "夫", "子", "長女", "次男", "母", "義父"), 3)]
    kins = kins[: world.rng.randint(2, 4)]
    marks = world.pick("・・・・", "①②③④", "1234", "●●●●", "----", "ⅠⅡⅢⅣ")
    after = {"1": world.pick(". ", "）", ") "), "-": " "}.get(marks[0], world.pick("", " "))
    gap, blank = world.pick("　", "：", " ", "／", "\t", "、"), world.pick("", "", "\n")
    items = [
        f"{mark}{after}{kin} {world.person(me.surname).given}{gap}{typed(world, 0.1)}"
        + world.pick(
            "", f"（{world.rng.randint(1, 80)}歳）", f" {world.day(1950, 2015):%Y.%m.%d}生"
        )
        for mark, kin in zip(marks, kins, strict=False)
    ]
    head = world.pick(f"家族の{word}一覧：", f"{word}は次のとおりです。", f"【{word}】")
    text = f"お疲れ様です。\n\n{head}\n{blank}" + "\n".join(items) + _ends(world, me)
    return inbox(world, me, world.pick("扶養追加", "異動届"), Text(text), labelled=not blank)


@template("mail", source=LISTS)
def t_remarks_under_label(world: World) -> Draft:
    """Label, two or three lines of remarks, number: all in one paragraph."""
    me = world.person()
    remarks = world.sample(
        (
            "※カードの裏の数字を見ながら入力しました。",
            "（引越し後に役所で確認してもらったものです）",
            "取り扱いにはくれぐれもご注意ください。",
            "用途：源泉徴収票の作成",
            "パスワードは付けていません。読んだら削除をお願いします。",
            f"何かあれば{world.phone()}へ。",
        ),
        world.rng.randint(1, 3),
    )
    tail = world.pick("", "です。", " です。以上", "\n↑お間違いないか一度ご確認ください。")
    text = (
        f"{world.pick('ご担当者様', '先生')}\n\n{world.pick('■', '', '【1】')}{called(world)}\n"
        + "\n".join(remarks)
        + f"\n{typed(world, 0.2)}{tail}{_ends(world, me)}"
    )
    return inbox(world, me, world.pick("提出", "ご連絡です", "Fwd: 手続き"), Text(text))


@template("mail", source=LISTS, weight=1.5)
def t_blanks_filled_in(world: World) -> Draft:
    """A form in the mail's text, filled between brackets, on lines, after squares."""
    me, number = world.person(), world.number()
    shown = world.pick(number, grouped(number), spaced(number), full_width(number))
    open_, close = world.pick(
        ("【 ", " 】"), ("［", "］"), ("＿＿", "＿＿"), ("__", "__"), ("（　", "　）"), ("「", "」")
    )
    square = world.pick("□", "■", "☑ ", "◇", "")
    fields = [
        ("氏　　名", me.name),
        (world.pick(*WORDS, "ﾏｲﾅﾝﾊﾞｰ"), shown),
        ("生年月日", me.era_birth),
        ("郵便番号", world.postcode()),
        ("連 絡 先", world.phone()),
        ("社員番号", me.staff),
        ("口座番号", identifiers.digits(world.rng, 7)),
    ]
    world.rng.shuffle(fields)
    rows = [f"{square}{name}{world.pick('', '：')}{open_}{value}{close}" for name, value in fields]
    text = "必要事項を記入のうえ返送します。\n\n" + world.pick("\n", "\n\n").join(rows)
    return inbox(world, me, "Re: 【要返信】登録票", Text(text + _ends(world, me)))


@template("mail", source=LISTS)
def t_lecturer_and_landlord(world: World) -> Draft:
    """A payee from outside: fee or rent, bank account, address and the number in one list."""
    me = world.person()
    bank = f"{world.pick('みらい', '北斗')}銀行 駅前支店({world.rng.randrange(100, 999)})"
    facts = [
        f"住所　〒{world.postcode()} {me.address}",
        f"振込先　{bank} 普通 {identifiers.digits(world.rng, 7)}",
        f"電話　{world.phone()}",
        f"{world.pick(*WORDS)}{world.pick('　', '：', '　… ')}{typed(world, 0.2)}",
        f"金額　{world.rng.randrange(10, 300) * 1000:,}円（税込）",
    ]
    world.rng.shuffle(facts)
    about = world.pick("先日の講演料", "原稿料", "駐車場の賃料", "家賃の支払調書", "審査謝金")
    bullet = world.pick("・", "", "－ ", "* ")
    text = (
        f"{world.company()} 御中\n\n{about}の件、必要な情報をお送りします。\n\n"
        + "\n".join(bullet + fact for fact in facts)
        + _ends(world, me)
    )
    return inbox(world, me, f"{about}について", Text(text))


@template("mail", source=FOREIGN)
def t_english_of_staff(world: World) -> Draft:
    """English as it is written by people for whom it is a second language, too."""
    me, clerk, number = world.person(), world.person(), typed(world, 0.15)
    word = world.pick(
        "my number card number",
        "individual number (マイナンバー)",
        "Kojin bango",
        "My Number (12 digits)",
        "Japanese individual number",
        "MyNumber",
        "mynumber",
    )
    line = world.pick(
        f"Here is {word} : {number}",
        f"I check the back side of card, {word} is {number}. Is it ok?",
        f"About {word}, please use {number} for the tax paper.",
        f"{word}\n{number}",
        f"1) Name: {me.roman}\n2) {word}: {number}\n3) Phone: {world.phone()}",
        f"Please find {word} below.\n{number}",
        f"My wife's {word} is {number}, she has moved with me in April.",
    )
    text = f"Dear {clerk.surname} san,\n\n{line}\n\n{world.pick('Best regards', 'Thank you')},\n"
    return inbox(world, me, world.pick("document", "Re: HR request", "質問"), Text(text + me.roman))


@template("mail", source=FOREIGN)
def t_card_digits_in_english(world: World) -> Draft:
    """The number is described, the request with its name is quoted."""
    me, clerk, number = world.person(), world.person(), typed(world, 0.15)
    line = world.pick(
        f"the 12 digit number on my card is {number}",
        f"{number} this is the number.",
        f"It is {number}.",
        f"Sure! {number} (and my phone: {world.phone()})",
    )
    ask = [
        f"Hi {me.roman.split('.')[-1].title()},",
        world.pick(
            'Please send us your "My Number" (Individual Number) by Friday.',
            "We still need your マイナンバー for the year-end adjustment.",
            "Could you tell us the My Number on your card?",
        ),
    ]
    text = f"Hello,\n\n{line}\n\n{_quoted(world, clerk, me, ask)}"
    return inbox(world, me, world.pick("Re: Reminder", "Re: Documents"), Text(text), labelled=False)


@template("mail", source=ANSWERS)
def t_as_attached(world: World) -> Draft:
    """A file is attached, and its main fact is repeated in a sentence."""
    me, word, number = world.person(), world.pick(*WORDS), typed(world, 0.2)
    line = world.pick(
        f"添付の通り、{word}は{number}です。",
        f"通知書の写しを添付します。読みにくいので書きますと、{word}、{number}です。",
        f"添付の住民票に記載の{word} {number} にて申請しました。",
        f"{word}の確認書類を添付しました（{number}）。",
        f"先日FAXした{word}ですが、正しくは{number}でした。差し替えをお願いします。",
        f"再送：{word}は前回同様{number}ですので、変更ございません。",
    )
    file = world.pick("scan0012.pdf", "IMG_2041.jpg", f"{me.surname}様_書類.zip")
    text = f"{world.person().surname}様\n\n{line}\n\n添付：{file}{_ends(world, me)}"
    return inbox(world, me, world.pick("書類送付", "再送", "差し替え"), Text(text))


@template("mail", source=SYSTEMS)
def t_system_announces(world: World) -> Draft:
    """A system tells the office that somebody has entered a number."""
    me, day, number = world.person(), world.day(), world.number()
    word, mark = world.pick("マイナンバー", "個人番号"), world.pick("", "・", "■ ", "  ")
    what = world.pick("登録されました", "変更されました", "提出されました", "承認待ちです")
    gap = world.pick(": ", "：", " : ", "　　")
    rows = [
        f"対象者{gap}{me.name}（{me.staff}）",
        f"{world.pick('番号', '登録内容', '入力値', word)}{gap}{number}",
        f"日時{gap}{day:%Y/%m/%d} 13:{world.rng.randrange(10, 60)}:07",
        f"申請ID{gap}{world.rng.randrange(10**6, 10**8)}",
    ]
    named = word in rows[1]
    text = (
        f"※このメールは送信専用です。\n\n{word}が{what}。\n\n"
        + "\n".join(mark + row for row in rows)
        + f"\n\nhttps://hr.example.co.jp/requests/{world.rng.randrange(10**8, 10**9)}\n"
    )
    return inbox(world, me, f"【人事システム】{word}が{what}", Text(text), labelled=named)
