"""Mails in Japanese: where people put the number when they answer politely."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import called, inbox, opened, said, typed
from corpus.world import Person, World

ANSWERS = "Answers by mail to a personnel office's request"
FAMILY = ("妻", "夫", "長男", "長女", "次男", "母", "父")


def _foot(world: World, me: Person) -> str:
    return world.pick(
        f"\n{me.surname}",
        f"\n--\n{me.name}（{me.kana}）\n{world.company()}\nTEL：{world.phone()}\n{world.mail(me)}",
        f"\n◇◆◇――――――――\n{world.company()}　第二営業部\n{me.name}\n〒{world.postcode()}\n"
        f"{me.address}\n直通 {world.phone()}／内線 {world.rng.randrange(1000, 9999)}",
        "",
    )


@template("mail", source=ANSWERS)
def s_mid_sentence(world: World) -> Draft:
    """The number in the middle of a long polite sentence."""
    me = world.person()
    number = typed(world, 0.1)
    word = world.pick("マイナンバー", "個人番号", "私のマイナンバー", "当方の個人番号")
    body = world.pick(
        f"先日ご依頼いただきました{word}でございますが、通知カードで確認いたしましたところ"
        f"{number}とのことでしたので、ご登録のほどよろしくお願い申し上げます。",
        f"{word}につきましては、{number}で間違いございませんので、このまま手続きをお進めください。",
        f"お電話でお伝えした{word}、念のためメールでもお送りします。{number}です。",
        f"なお、{word}（{number}）は本日付で人事システムにも入力済みです。",
        f"入社書類の{word}欄に{number}と書きましたが、これで問題ないでしょうか。",
    )
    text = f"{me.surname}です。\nお世話になっております。\n\n{body}\n{_foot(world, me)}"
    return inbox(world, me, world.pick("Re: 入社手続きの件", "ご連絡", "書類について"), Text(text))


@template("mail", source=ANSWERS)
def s_names_and_numbers(world: World) -> Draft:
    """A sentence with the word, then a line for every member of the family."""
    me = world.person()
    gap = world.pick("　", "：", " ", "…", " / ", "→")
    lines = [
        f"{person.name}{world.pick('', f'（{kin}）')}{gap}{typed(world, 0.1)}"
        for kin in world.sample(FAMILY, world.rng.randint(2, 4))
        for person in [world.person(me.surname)]
    ]
    blank = world.pick("", "\n")
    text = (
        f"総務ご担当者様\n\n家族分のマイナンバー{world.pick('です', 'を記載します')}。\n"
        f"{blank}"
        + "\n".join(lines)
        + f"\n{blank}以上、よろしくお願いいたします。{_foot(world, me)}"
    )
    return inbox(world, me, "扶養の件", Text(text), labelled=not blank)


@template("mail", source=ANSWERS)
def s_asked_far_above(world: World) -> Draft:
    """The answer does not repeat the word; the quoted request below has it."""
    me, clerk = world.person(), world.person()
    text = (
        f"{clerk.surname}様\n\n{world.pick('承知しました。', '遅くなりすみません。')}\n"
        f"{world.pick('番号は', 'こちらです。', '', '以下のとおりです。')}{typed(world, 0.1)}\n"
        f"{_foot(world, me)}\n\n{world.day():%Y/%m/%d} {clerk.name} <{world.mail(clerk)}>:\n"
        f"> {me.surname}さん\n>\n> お疲れさまです。人事の{clerk.surname}です。\n"
        f"> 年末調整で使いますので、{world.pick('マイナンバー', '個人番号（12桁）')}を"
        "ご返信いただけますか。\n> 期限は今週金曜です。\n"
    )
    subject = world.pick(
        "Re: 年末調整のお願い", "Re: マイナンバーのご提出について", "RE: 【人事】依頼"
    )
    return inbox(world, me, subject, Text(text), labelled=False)


@template("mail", source=ANSWERS)
def s_post_scriptum(world: World) -> Draft:
    """The number comes as an afterthought below the signature."""
    me = world.person()
    kin = world.pick(*FAMILY)
    text = (
        f"お疲れさまです、{me.surname}です。\n来週の研修、参加いたします。"
        f"\n会場は第3会議室でよろしいでしょうか。\n{_foot(world, me)}\n\n"
        f"{world.pick('追伸', 'P.S.', 'PS', '※書き忘れました')}　{kin}の"
        f"{world.pick('マイナンバー', '個人番号')}をお伝えしていませんでした。"
        f"{world.pick('', chr(10))}{typed(world, 0.1)}{world.pick('です。', 'になります。', '')}"
    )
    return inbox(world, me, "研修参加の件", Text(text))


@template("mail", source=ANSWERS)
def s_forwarded_block(world: World) -> Draft:
    """Forwarded twice; every line of the innermost mail is quoted."""
    me, boss = world.person(), world.person()
    mark = world.pick("> ", ">> ", "| ", "＞")
    inner = [
        "お世話になっております。",
        f"{me.name}（社員番号{me.staff}）です。",
        "",
        said(world),
        f"生年月日：{me.era_birth}",
        f"携帯：{world.phone()}",
    ]
    text = (
        f"FYI\n\n{boss.surname}\n\n-----Original Message-----\nFrom: {me.name} <{world.mail(me)}>\n"
        f"Sent: {world.day():%A, %B %d, %Y} 9:41 AM\nTo: {boss.name}\nSubject: 入社書類\n\n"
        + "\n".join(mark + line for line in inner)
    )
    return inbox(world, boss, world.pick("FW: 入社書類", "転送: 入社書類"), Text(text))


@template("mail", source="Web forms that mail what was entered")
def s_form_mail(world: World) -> Draft:
    """A contact form's mail: label, and the value on the line below it."""
    me = world.person()
    mark = world.pick("■", "【", "◆", "● ", "[", "▼")
    close = {"【": "】", "[": "]"}.get(mark, "")
    fields = [
        ("お名前", me.name),
        ("フリガナ", me.kana),
        (
            world.pick("マイナンバー", "個人番号（12桁・ハイフンなし）", "個人番号 ※必須"),
            typed(world),
        ),
        ("電話番号", world.phone()),
        ("受付番号", str(world.rng.randrange(10**7, 10**8))),
        ("ご住所", me.address),
    ]
    if world.chance(0.5):
        world.rng.shuffle(fields)
    gap = world.pick("\n", "\n　", "\n  ")
    body = "\n\n".join(f"{mark}{name}{close}{gap}{value}" for name, value in fields)
    head = f"フォームから送信がありました。\n送信日時：{world.day():%Y/%m/%d} 14:02\n{'=' * 40}\n"
    return inbox(world, me, "【自動送信】入社手続きフォーム", Text(head + body))


@template("mail", source=ANSWERS)
def s_label_explained(world: World) -> Draft:
    """A long explanation in brackets between label and number."""
    me = world.person()
    why = world.pick(
        "通知カードに記載されている12桁の番号です",
        "住民票で確認済み",
        "カードの裏面にあります。表面の番号ではありません",
        "家族分は別途送付します",
        "年末調整・社会保険の手続きにのみ使用",
        "令和3年に変更されています。旧番号は破棄してください",
    )
    open_, close = world.pick(("（", "）"), ("(", ")"), ("［", "］"), ("〔※", "〕"))
    text = (
        f"{me.surname}と申します。\n\n{called(world)}{open_}{why}{close}"
        f"{world.pick('：', ' ', chr(10), '→', ' = ')}{typed(world, 0.15)}\n{_foot(world, me)}"
    )
    return inbox(world, me, world.pick("ご提出", "Re: 提出書類", "番号の件"), Text(text))


@template("mail", source=ANSWERS)
def s_correction(world: World) -> Draft:
    """A wrong number and the right one."""
    me = world.person()
    wrong = identifiers.mistyped(world.rng)
    text = (
        f"先ほどお送りした{world.pick('マイナンバー', '個人番号')}に打ち間違いがありました。\n"
        f"{world.pick('誤）', '×', '【誤】', '(誤) ')}{wrong}\n"
        f"{world.pick('正）', '○', '【正】', '(正) ')}{world.number()}\n"
        f"大変失礼いたしました。\n{_foot(world, me)}"
    )
    return inbox(world, me, "【訂正】先ほどのメール", Text(text), labelled=False)


@template("mail", source=ANSWERS)
def s_label_behind(world: World) -> Draft:
    """The number first, what it is afterwards."""
    me = world.person()
    number = typed(world, 0.15)
    text = world.pick(
        f"{number}\n↑ マイナンバーです。",
        f"{number}（{world.pick('マイナンバー', '個人番号', '私の個人番号')}）",
        f"{number} が{me.name}の個人番号です。",
        f"{number}←マイナンバー",
        f"{number}　※個人番号。取扱注意でお願いします",
        f"「{number}」こちらがマイナンバーになります。",
    )
    return inbox(world, me, "(件名なし)", Text(f"{me.surname}です。\n\n{text}\n{_foot(world, me)}"))


@template("mail", source="Rows of a workbook pasted into a mail")
def s_pasted_rows(world: World) -> Draft:
    """A pasted selection: other identifiers stand in the same rows."""
    me, count = world.person(), world.rng.randint(1, 12)
    header = [
        "No",
        "社員CD",
        "氏名",
        "雇用保険番号",
        world.pick("マイナンバー", "個人番号"),
        "携帯",
    ]
    rows = [header]
    for nth in range(count):
        one = world.person()
        insured = identifiers.insurance(world.rng)
        rows.append([str(nth + 1), one.staff, one.name, insured, world.number(), world.phone()])
    gap = world.pick("\t", "\t", "  |  ", " , ")
    table = "\n".join(gap.join(row) for row in rows)
    text = (
        f"{me.surname}様\n\n今月の入社者です。ご確認ください。\n\n{table}\n\n以上{_foot(world, me)}"
    )
    return inbox(world, me, "今月入社者", Text(text))


@template("mail", source=ANSWERS)
def s_family_in_one_sentence(world: World) -> Draft:
    """One sentence for the whole family, the word at its head."""
    me = world.person()
    kins = world.sample(FAMILY, world.rng.randint(2, 4))
    parts = [f"{kin}（{world.person(me.surname).given}）が{typed(world, 0.1)}" for kin in kins]
    text = (
        f"お世話になります。\n{world.pick('家族の', '扶養家族の', '')}個人番号ですが、"
        f"私が{typed(world, 0.1)}、{'、'.join(parts)}です。\nよろしくお願いいたします。"
    )
    return inbox(world, me, "Re: 扶養控除申告書", Text(text))


@template("mail", source="Mails written with a mail program's formatting")
def s_html_mail(world: World) -> Draft:
    """HTML: a list of terms, or a table without borders, or a label in bold above."""
    me, number, word = world.person(), typed(world, 0.1), called(world)
    body = world.pick(
        f"<dl><dt>氏名</dt><dd>{me.name}</dd><dt>{word}</dt><dd>{number}</dd></dl>",
        f"<p><b>{word}</b></p><p style='font-size:18px'>{number}</p>",
        f"<table><tr><td>氏名</td><td>{me.name}</td></tr><tr><td>{word}</td><td>{number}</td></tr>"
        f"<tr><td>電話</td><td>{world.phone()}</td></tr></table>",
        f"<ul><li>氏名 {me.name}</li><li>{word}<br>{number}</li><li>TEL {world.phone()}</li></ul>",
        f"<p>{word}：<span style='color:red'>{number[:4]}</span>{number[4:]}</p>",
    )
    page = f"<html><body><p>{me.surname}です。お世話になっております。</p>{body}</body></html>"
    return inbox(world, me, "必要情報のご連絡", *opened("mail.html", page))
