"""Mails in which numbers travel."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import LABELS, labelled_number, letter, mail, paragraph
from corpus.world import World
from corpus.writing import grouped, written

MAIL = "Mails between staff, personnel offices and labour consultants"
SUBJECTS = (
    "マイナンバーの件",
    "個人番号のご連絡",
    "入社書類について",
    "Re: 年末調整のお願い",
    "扶養追加の件",
    "ご依頼の件",
    "【提出】マイナンバー",
    "Re: Re: 確認事項",
    "（無題）",
    "社会保険手続き",
    "Fw: 書類送付",
    "資格取得の件",
)


@template("mail", source=MAIL, weight=2)
def mail_with_a_number(world: World) -> Draft:
    me, number = world.person(), world.number()
    told = labelled_number(world, number)
    matter = world.pick(
        told,
        f"私の{told}",
        f"氏名：{me.name}\n生年月日：{me.born:%Y/%m/%d}\n{told}\n住所：{me.address}",
        f"{me.surname}さんの{world.pick(*LABELS)}は {written(world, number)} でした。"
        f"登録をお願いします。",
        f"・{told}\n・基礎年金番号：{identifiers.pension(world.rng)}\n・電話：{world.phone()}",
    )
    return mail(world, world.pick(*SUBJECTS), letter(world, matter, me=me))


@template("mail", source=MAIL)
def mail_of_a_family(world: World) -> Draft:
    me = world.person()
    gap = world.pick("　", "：", " / ", "\t", " ")
    lines = [
        world.pick(
            "家族のマイナンバーは以下の通りです。",
            "扶養家族の個人番号です。",
            "下記、個人番号を送ります。",
            "■マイナンバー",
        )
    ]
    for kin in ["本人", *world.sample(["妻", "長男", "長女", "母", "父"], world.rng.randint(1, 4))]:
        one = me if kin == "本人" else world.person(me.surname)
        parts = [kin, one.name, written(world, world.number(), odd=0.1)]
        if world.chance(0.5):
            parts.insert(2, one.born.strftime("%Y/%m/%d"))
        lines.append(world.pick("・", "", "- ") + gap.join(parts))
    return mail(world, world.pick(*SUBJECTS), letter(world, "\n".join(lines), me=me))


@template("mail", source=MAIL)
def mail_of_labelled_blocks(world: World) -> Draft:
    """One block a person, label in each."""
    blocks = []
    mark = world.pick("■", "【", "▼", "")
    for nth in world.many(2, 6):
        one = world.person()
        lines = [
            f"{mark}{nth + 1}人目" + ("】" if mark == "【" else ""),
            f"氏名：{one.name}（{one.kana}）",
        ]
        lines += [f"生年月日：{one.era_birth}", f"個人番号：{written(world, world.number())}"]
        lines.append(f"雇用保険：{identifiers.insurance(world.rng)}")
        blocks.append("\n".join(lines))
    return mail(world, world.pick(*SUBJECTS), letter(world, *blocks))


@template("mail", source=MAIL)
def reply_with_quotes(world: World) -> Draft:
    """The answer is above, the question and older answers below with ``>``."""
    you, number = world.person(), written(world, world.number())
    asked = world.pick(
        "マイナンバーを教えてください。",
        "個人番号（12桁）をご連絡ください。",
        "マイナンバーがまだ未提出です。",
    )
    quoted = [f"> {line}" for line in letter(world, asked, me=you).split("\n")]
    answer = world.pick(
        f"マイナンバーは{number}です。",
        f"個人番号\n{number}",
        f"遅くなりました。マイナンバー {number} になります。",
    )
    lines = [
        "了解しました。" if world.chance(0.3) else "",
        answer,
        "",
        f"{world.day():%Y/%m/%d} {you.name}:",
        *quoted,
    ]
    if world.chance(0.3):
        inside = f"> > {labelled_number(world, world.number())}"
        lines += [f">> {world.person().name} wrote:", inside]
    return mail(world, f"Re: {world.pick(*SUBJECTS)}", "\n".join(lines))


@template("mail", source=MAIL)
def inline_answer(world: World) -> Draft:
    """The answer is written below the quoted question."""
    me = world.person()
    number = written(world, world.number(), odd=0.1)
    lines = [
        f"{me.surname}です。以下に回答します。",
        "> 1) 扶養に変更はありますか。",
        world.pick("ありません。", "長女が生まれました。"),
        f"> 2) {world.pick('マイナンバー', '個人番号')}を記入してください。",
        number,
        "> 3) 振込口座を教えてください。",
        f"○○銀行 本店 普通 {identifiers.digits(world.rng, 7)}",
    ]
    return mail(world, f"Re: {world.pick(*SUBJECTS)}", "\n".join(lines))


@template("mail", source="Plain mails wrapped at 76 columns")
def number_over_two_lines(world: World) -> Draft:
    """A line break fell into the number."""
    number = world.number()
    groups = [number[:4], number[4:8], number[8:]]
    gap, cut = world.pick(" ", " ", "-", ""), world.pick(1, 2)
    tail = world.pick("", "-") if gap == "-" else ""
    broken = f"{gap.join(groups[:cut])}{tail}\n{gap.join(groups[cut:])}"
    between = world.pick("：", " ", "は")
    whose, label = world.person().surname, world.pick(*LABELS)
    sentence = f"ご依頼いただいておりました{whose}の{label}{between}{broken}"
    sentence += world.pick("", " です。", "\nよろしくお願いします。")
    if world.chance(0.2):
        sentence = "\n".join(f"> {line}" for line in sentence.split("\n"))
    return mail(world, world.pick(*SUBJECTS), letter(world, sentence))


@template("mail", source=MAIL)
def mail_with_other_ids(world: World) -> Draft:
    """Number, licence, card, parcel: in one line or in lines below each other."""
    rng = world.rng
    label = world.pick("個人番号", "マイナンバー", "My Number")
    mine = f"{label}{world.pick('：', ' ', '=')}{written(world, world.number())}"
    others = [
        f"免許証番号：{world.other(identifiers.licence)}",
        (
            f"クレジットカード：{grouped(identifiers.card(rng)[:12], '-')}-"
            f"{identifiers.digits(rng, 4)}"
        ),
        f"送り状番号：{grouped(world.other(identifiers.courier), '-')}",
        f"法人番号：{identifiers.corporate(rng)}",
        f"会員番号：{world.random12()}",
        f"携帯：+{world.other(identifiers.mobile)}",
        f"パスポート：TK{identifiers.digits(rng, 7)}",
    ]
    items = world.sample(others, rng.randint(1, 3))
    items.insert(rng.randint(0, len(items)), mine)
    return mail(
        world, world.pick(*SUBJECTS), letter(world, world.pick("\n", "、", " / ", "　").join(items))
    )


@template("mail", source="HTML mails with tables")
def mail_with_table(world: World) -> Draft:
    rows = [["氏名", "入社日", world.pick("個人番号", "マイナンバー", "マイナンバー（12桁）")]]
    rows.extend(
        [world.person().name, world.day().strftime("%Y/%m/%d"), written(world, world.number())]
        for _ in world.many(1, 8)
    )
    if world.chance(0.3):
        rows = [list(row) for row in zip(*rows, strict=True)]
    body = letter(
        world, world.pick("下表のとおりです。", "一覧をお送りします。", "新入社員分です。")
    )
    return mail(world, world.pick(*SUBJECTS), body, Table(rows, "table 1"))


@template("mail", source=MAIL)
def mail_with_aligned_table(world: World) -> Draft:
    """A table of blanks or rules in a plain mail."""
    lines = [world.pick("氏名　　　　個人番号", "No 氏名 マイナンバー", "氏名\tマイナンバー\t区分")]
    gap = "\t" if "\t" in lines[0] else world.pick("　　", "   ", " ")
    if world.chance(0.4):
        lines.append("-" * 40)
    show = world.pick(lambda n: n, grouped)
    for nth in world.many(1, 12):
        lead = f"{nth + 1}{gap}" if "No" in lines[0] else ""
        lines.append(
            f"{lead}{world.person().name}{gap}{show(world.number())}{gap}"
            f"{world.pick('甲', '')}".rstrip()
        )
    return mail(world, world.pick(*SUBJECTS), letter(world, "\n".join(lines)))


@template("mail", source=MAIL)
def subject_only_mail(world: World) -> Draft:
    """Only the subject says what the number is."""
    me = world.person()
    subject = world.pick(
        "マイナンバー送付", "個人番号です", "マイナンバーの件", "Re: マイナンバーご提出のお願い"
    )
    matter = world.pick("{0}\n{1}", "{1}", "こちらになります。\n{1}", "{0}　{1}").format(
        me.name, written(world, world.number(), odd=0.1)
    )
    return mail(world, subject, letter(world, matter, me=me), labelled=False)


@template("mail", source=MAIL)
def long_thread(world: World) -> Draft:
    """Pages of correspondence with one number somewhere."""
    messages = [letter(world, paragraph(world, 3, 7)) for _ in world.many(3, 9)]
    at = world.rng.randrange(len(messages))
    messages[at] += f"\n\n{labelled_number(world, world.number())}\n"
    rule = f"\n\n-----Original Message-----\nFrom: {world.mail(world.person())}\n\n"
    return mail(world, f"Re: Re: {world.pick(*SUBJECTS)}", rule.join(messages))


@template("mail", source="Exchange: a mail as an attachment or an exported file")
def english_mail(world: World) -> Draft:
    """Foreign staff write English."""
    me = world.person()
    label = world.pick(
        "My Number",
        "my number",
        "MyNumber",
        "Individual Number",
        "My Number (Kojin Bango)",
        "My Number ID",
    )
    number = written(world, world.number(), odd=0.1)
    matter = world.pick(
        f"My {label.removeprefix('My ')} is {number}."
        if label.startswith("My ")
        else f"{label}: {number}",
        f"{label}: {number}\nDate of birth: {me.born.isoformat()}\nTel: {world.phone()}",
        f"Please register my dependant:\n{label} {number}",
    )
    body = f"Dear HR team,\n\n{matter}\n\nBest regards,\n{me.roman.replace('.', ' ').title()}"
    return mail(world, world.pick("My Number", "Onboarding documents", "Re: Tax form"), body)


@template("mail", source=MAIL)
def attached_note(world: World) -> Draft:
    """A text file attached to a mail whose subject speaks."""
    number = written(world, world.number())
    text = world.pick(
        f"{world.person().name}\n個人番号 {number}",
        f"マイナンバー\n{number}",
        f"個人番号{number}号",
    )
    subject = world.pick(*SUBJECTS)
    return Draft(
        [Text(text)], ("受信トレイ", subject, world.pick("mn.txt", "メモ.txt", "新規テキスト.txt"))
    )
