"""Mails in which no label stands beside the number: answers, telegrams, threads, postscripts."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import inbox, typed
from corpus.world import Person, World
from corpus.writing import full_width, grouped

REPLIES = "Answers to requests of personnel and tax offices, as mail programs quote them"
SHORT = "Mails of few words, from phones and between offices"
WORDS = ("マイナンバー", "個人番号", "マイナンバー（個人番号）", "My Number")


def _foot(world: World, me: Person) -> str:
    """What stands below a short mail, or nothing."""
    return world.pick(
        "",
        f"\n{me.surname}",
        "\n\nスマートフォンから送信",
        f"\n\n=====================\n{world.company()}\n{me.name}\n"
        f"TEL: {world.phone()}\nE-mail: {world.mail(me)}\n=====================",
        f"\n--\n{me.surname} / {world.pick('製造部', '第二営業課')}（内線{me.staff[:3]}）",
    )


def _below(world: World, by: Person, lines: list[str]) -> str:
    """The mail that is answered, as it stands below the answer."""
    day, mark = world.day(), world.pick("> ", ">", "")
    told = world.pick(
        f"{day:%Y/%m/%d} {by.surname} <{world.mail(by)}>のメール:",
        f"-------- Original Message --------\nSubject: ご連絡\nFrom: {by.name} <{world.mail(by)}>",
        f"{day.year}年{day.month}月{day.day}日 {by.name}さんは書きました:",
        f"{'_' * 32}\n差出人: {by.name}\n日時: {day:%Y年%m月%d日}\n件名: ご連絡",
        f"On {day:%b %d, %Y}, {by.roman} wrote:",
    )
    return told + "\n\n" + "\n".join(mark + line for line in lines)


@template("mail", source=REPLIES, weight=1.5)
def u_terse_answer(world: World) -> Draft:
    """The answer is one line; the request below names the number in a longer letter."""
    me, clerk = world.person(), world.person()
    word, number = world.pick(*WORDS), typed(world, 0.2)
    answer = world.pick(
        f"お世話になっております。\n{number} になります。\nよろしくお願いいたします。",
        f"承知しました。{number}",
        f"お待たせしました、{number} です！",
        f"ご依頼の番号です。\n\n{number}",
        f"{number}\n以上です。",
        f"確認しました。{number}です。間違いありません。",
    )
    asked = [
        f"{me.surname} 様",
        "",
        f"{clerk.surname}です。いつもありがとうございます。",
        world.pick("年末調整の時期となりました。", "お支払の件でご連絡しました。"),
        world.pick(
            f"お手数ですが{word}をお知らせいただけますか。",
            f"恐れ入りますが、{word}のご提出をお願いいたします。",
            f"{word}（１２桁）をこのメールへの返信でご連絡ください。",
            f"まだ{word}を伺っておりません。折り返しご教示ください。",
        ),
        "どうぞよろしくお願いいたします。",
    ]
    text = f"{answer}{_foot(world, me)}\n\n{_below(world, clerk, asked)}"
    return inbox(world, me, world.pick("Re: ご連絡", "RE: ご確認事項"), Text(text), labelled=False)


@template("mail", source=REPLIES)
def u_answers_by_number(world: World) -> Draft:
    """Questions are numbered in the request below, answers have its numbers alone."""
    me, clerk = world.person(), world.person()
    marks = world.pick("①②③④", "1234", "ABCD")
    after = "" if marks[0] == "①" else world.pick(". ", ") ", "：")
    facts = [
        ("お名前の読み", me.kana),
        (world.pick(*WORDS), typed(world, 0.1)),
        ("緊急連絡先", world.phone()),
        ("入社日", f"{world.day():%Y/%m/%d}"),
    ]
    world.rng.shuffle(facts)
    pairs = list(zip(marks, facts, strict=True))
    answers = "\n".join(f"{mark}{after}{value}" for mark, (_, value) in pairs)
    asked = [
        "下記についてご回答ください。",
        *(f"{mark}{after}{name}" for mark, (name, _) in pairs),
    ]
    text = f"回答します。\n\n{answers}{_foot(world, me)}\n\n{_below(world, clerk, asked)}"
    return inbox(world, me, "Re: 入社前のご確認", Text(text), labelled=False)


@template("mail", source=REPLIES)
def u_two_letters_deep(world: World) -> Draft:
    """The request is quoted twice over, with a reminder between."""
    me, clerk = world.person(), world.person()
    word = world.pick(*WORDS)
    asked = [f">> {clerk.surname}です。", f">> {word}をご返信いただけますでしょうか。", ">>"]
    reminder = [
        f"> {me.surname}様",
        "> "
        + world.pick("先日の件、いかがでしょうか。", "念のため再送します。", "リマインドです。"),
        ">",
    ]
    number = typed(world, 0.1)
    answer = world.pick(
        f"遅くなり申し訳ございません。\n{number}です。",
        f"すみません、失念しておりました。\n\n{number}",
        f"{number}　でお願いします。",
    )
    text = (
        f"{answer}{_foot(world, me)}\n\n{world.day():%Y年%m月%d日} {clerk.name}:\n"
        + "\n".join(reminder)
        + f"\n> {world.day():%Y年%m月%d日} {clerk.name}:\n"
        + "\n".join(asked)
    )
    return inbox(
        world, me, world.pick("Re: Re: お願い", "Re: 【再送】"), Text(text), labelled=False
    )


@template("mail", source=REPLIES)
def u_answers_between_the_lines(world: World) -> Draft:
    """Each quoted question has its answer below, after a blank line or an arrow."""
    me, word = world.person(), world.pick(*WORDS)
    blank, arrow = world.pick("\n", "\n\n"), world.pick("", "→ ", "⇒", "A. ", "【回答】")
    mark = world.pick("> ", ">", "｜ ")
    asked = [
        (world.pick("現住所に変更はありますか。", "昨年からの変更点は？"), "ありません。"),
        (
            world.pick(
                f"配偶者様の{word}をご記入ください。",
                f"{word}は何番でしょうか？",
                f"{word}（12桁）",
                f"{word}が空欄でした。",
            ),
            typed(world, 0.1),
        ),
        ("ご不在の場合の連絡先", world.phone()),
    ]
    body = "\n\n".join(f"{mark}{question}{blank}{arrow}{answer}" for question, answer in asked)
    text = f"{world.person().surname}様\n\n回答を差し込みます。\n\n{body}{_foot(world, me)}"
    return inbox(world, me, "Re: 申告内容のご確認", Text(text), labelled=False)


@template("mail", source=SHORT)
def u_telegram(world: World) -> Draft:
    """Few words, no verbs, several facts in a line."""
    me = world.person()
    word, number = (
        world.pick("マイナ", "MN", "ﾏｲﾅﾝﾊﾞｰ", "個番", "マイナンバー", "個人no"),
        world.number(),
    )
    shown = world.pick(number, grouped(number), grouped(number, "-"), full_width(number))
    line = world.pick(
        f"{me.surname}分、{word}{shown}。口座は前回同様。",
        f"{word}→{shown}　住所変更なし　以上",
        f"{me.name} {me.born:%Y.%m.%d}生 {word} {shown} 健保加入希望",
        f"追加1名：{me.name}、{word}：{shown}、給与25万、交通費1万",
        f"{shown}（{me.surname}の{word}）",
    )
    text = f"{world.pick('', 'お疲れ様です。', '取急ぎ。')}\n{line}{_foot(world, me)}"
    return inbox(world, me, world.pick("追加", "入社1名", "Re:"), Text(text.strip()))


@template("mail", source=SHORT)
def u_postscript(world: World) -> Draft:
    """The matter is another one; the number comes last."""
    me, word = world.person(), world.pick(*WORDS)
    number = typed(world, 0.2)
    last = world.pick(
        f"追伸：{word}ですが、{number}でした。",
        f"P.S. {word}のご連絡が漏れていました。{number}です。",
        f"なお、先日お尋ねの{word}は {number} です。",
        f"※{word}も記載しておきます。\n{number}",
    )
    text = (
        f"来週の打ち合わせは{world.day():%m月%d日} 14時からでお願いします。\n"
        f"会議室は{world.rng.randrange(101, 999)}、資料は{world.rng.randint(2, 30)}部です。\n"
        f"参加者は{world.person().surname}、{world.person().surname}、私です。\n\n{last}"
    )
    return inbox(world, me, "打ち合わせの件", Text(text + _foot(world, me)))


@template("mail", source=SHORT)
def u_corrected(world: World) -> Draft:
    """A wrong number and the right one."""
    me, word = world.person(), world.pick(*WORDS)
    wrong, right = identifiers.mistyped(world.rng), world.number()
    show = world.pick(str, grouped, lambda n: grouped(n, "-"))
    lines = world.pick(
        f"誤：{show(wrong)}\n正：{show(right)}",
        f"（誤）{show(wrong)}\n（正）{show(right)}",
        f"誤　{show(wrong)}　→　正　{show(right)}",
        f"訂正前 {show(wrong)}\n訂正後 {show(right)}",
    )
    text = f"先日お伝えした{word}に誤りがありました。訂正をお願いします。\n\n{lines}"
    return inbox(world, me, world.pick("訂正", "お詫びと訂正"), Text(text + _foot(world, me)))


@template("mail", source=SHORT)
def u_taken_by_phone(world: World) -> Draft:
    """A colleague notes what somebody said on the phone."""
    me, caller = world.person(), world.person()
    word, number = world.pick(*WORDS), typed(world, 0.2)
    line = world.pick(
        f"{word}を伺いました。{number} とのことです。",
        f"{word}をお預かりしました。\n{number}",
        f"「{word}は{number}」と仰っていました。",
        f"ご本人から{word}の連絡あり。復唱済み。{number}。",
    )
    text = (
        f"{me.surname}さん\n\n{caller.surname}様よりお電話がありました（{world.phone()}）。\n"
        f"{line}\n折り返しは不要です。"
    )
    return inbox(world, me, world.pick("電話メモ", "伝言", "不在中のお電話"), Text(text))


@template("mail", source=SHORT)
def u_sent_from_a_phone(world: World) -> Draft:
    """Words as in a chat, pictures among them."""
    me, word = (
        world.person(),
        world.pick("マイナンバー", "まいなんばー", "マイナンバーカードの番号"),
    )
    number, smile = typed(world, 0.1), world.pick("😊", "✨", "(^^)", "♪", "！")
    line = world.pick(
        f"{word}わかりました{smile}{number}です",
        f"カード見つかりました{smile}\n{number}",
        f"{word}これです{smile}→{number}",
        f"遅れてごめんなさい🙇\n{word}\n{number}\nで合ってますか？",
    )
    named = word in line
    subject = (
        world.pick(f"{word}", f"Re: {word}") if not named else world.pick("Re:", "（件名なし）")
    )
    return inbox(world, me, subject, Text(line + _foot(world, me)), labelled=named)


@template("mail", source=REPLIES)
def u_quoted_again(world: World) -> Draft:
    """The number is repeated by whoever answers, and quoted below: one number all the same."""
    me, clerk = world.person(), world.person()
    word, number = world.pick(*WORDS), world.number()
    first, again = (world.pick(number, grouped(number), grouped(number, "-")) for _ in range(2))
    thanks = world.pick(
        f"ありがとうございます。{word} {again} で登録しました。",
        f"確かに受領しました。\n{word}：{again}\n相違ないかご確認ください。",
        f"復唱いたします。{word}は{again}ですね。",
    )
    body = world.pick(f"{word}は{first}です。", f"{word}\n{first}", f"{word}：{first}")
    text = f"{me.surname}様\n\n{thanks}\n\n{_below(world, me, ['お世話になります。', body])}"
    return inbox(world, clerk, "Re: 番号の件", Text(text))


@template("mail", source=REPLIES)
def u_subject_and_name(world: World) -> Draft:
    """Subject names it; the body is a name or two, each with a number."""
    me, word = world.person(), world.pick(*WORDS)
    people = [world.person() for _ in world.many(1, 3)]
    gap = world.pick("　", "：", "\t", "…", "\n")
    lines = [f"{one.name}{gap}{typed(world, 0.1)}" for one in people]
    head = world.pick("以下の通りです。", f"{len(people)}名分です。", "", "ご査収ください。")
    subject = world.pick(f"{word}", f"【{word}】{me.surname}", f"Fw: {word}一覧", f"{word}連絡")
    text = f"{head}\n\n" + "\n".join(lines) + _foot(world, me)
    return inbox(world, me, subject, Text(text.strip()), labelled=False)


@template("mail", source="Staff from abroad and their Japanese offices")
def u_english_thread(world: World) -> Draft:
    """Question and answer in plain English."""
    me, clerk = world.person(), world.person()
    word = world.pick(
        "My Number", "Individual Number", "My Number (個人番号)", "12-digit My Number"
    )
    number = typed(world, 0.1)
    answer = world.pick(
        f"Hi {clerk.surname}-san, it's {number}.",
        f"Sorry for the delay!\n{number}\nLet me know if anything else is missing.",
        f"{number}",
        f"Please see below.\n\n{number}",
        f"Thanks, the number is {number}",
    )
    asked = [
        f"Dear {me.roman},",
        "",
        world.pick(
            f"Could you please provide your {word} for payroll?",
            f"We need your {word} to file the withholding report.",
            f"Kindly reply with your {word}.",
        ),
        "Best regards,",
    ]
    text = f"{answer}\n\n{_below(world, clerk, asked)}"
    return inbox(world, me, world.pick("Re: Onboarding", "RE: payroll"), Text(text), labelled=False)
