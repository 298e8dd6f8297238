"""Chats and notes, where few words stand around a number."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import labelled_number, paragraph, where
from corpus.tuning._paper import NUMBER, companions, style
from corpus.world import World
from corpus.writing import grouped, written

CHAT = "Teams chats and channels"
NOTE = "Notes people keep for themselves"


def _chat(world: World, text: str, *, labelled: bool = True) -> Draft:
    room = world.pick("総務チャット", "1対1のチャット", "General", "労務相談", "新人受入", "雑談")
    return Draft([Text(text)], ("Teams", room), labelled=labelled)


@template("chat", source=CHAT, weight=2)
def chat_message(world: World) -> Draft:
    told = labelled_number(world, world.number(), odd=0.15)
    lines = world.pick(
        [told],
        ["お疲れ様です！", told],
        [f"{world.person().surname}さんの分です", told, "よろしくです🙏"],
        [f"すみません、{told} これで登録お願いできますか？"],
        [f"@{world.person().surname} {told}"],
    )
    return _chat(world, world.pick("\n", " ").join(lines))


@template("chat", source=CHAT)
def chat_question_and_answer(world: World) -> Draft:
    """A transcript: the label is in the question."""
    me, you = world.person(), world.person()
    stamp = world.pick("[10:04] {}: ", "{} 10:04\n", "{}：", "2025/04/02 10:04 {} ")
    asked = world.pick(
        "マイナンバー教えてもらえますか",
        "個人番号って何番でしたっけ？",
        "マイナンバーまだもらってないです",
        "通知カードの12桁を送ってください",
    )
    number = written(world, world.number(), odd=0.1)
    said = world.pick(number, f"{number}です", f"これです {number}", f"{number} になります！")
    lines = [f"{stamp.format(me.surname)}{asked}", f"{stamp.format(you.surname)}{said}"]
    if world.chance(0.5):
        lines.append(f"{stamp.format(me.surname)}ありがとうございます")
    if world.chance(0.3):
        lines.insert(
            0, f"{stamp.format(you.surname)}明日は{world.rng.randint(9, 18)}時からでお願いします"
        )
    return _chat(world, "\n".join(lines))


@template("bare", source=CHAT)
def bare_number_in_chat(world: World) -> Draft:
    """Nothing says what it is."""
    number = world.pick(lambda n: n, grouped, lambda n: grouped(n, "-"))(world.number())
    text = world.pick(
        f"これお願いします {number}",
        number,
        f"{number}\nです",
        f"さっきのやつ {number}",
        f"{number} で登録お願いします",
        f"はい、{number}",
        f"メモ：{number}",
        f"{world.person().name} {number}",
    )
    return _chat(world, text, labelled=False)


@template("bare", source=NOTE)
def bare_number_in_note(world: World) -> Draft:
    """A number between other notes, without a word about it."""
    number = world.pick(lambda n: n, grouped)(world.number())
    lines = paragraph(world, 2, 6).split("\n")
    lines.insert(
        world.rng.randint(0, len(lines)), world.pick(number, f"{world.person().surname} {number}")
    )
    return Draft(
        [Text("\n".join(lines))], where(world, world.pick("memo.txt", "無題.txt")), labelled=False
    )


@template("list", source=NOTE)
def list_with_heading(world: World) -> Draft:
    """A heading, then one number a line."""
    show = style(world, odd=0.15)
    named, gap = world.chance(0.6), world.pick(" ", "　", "：", "\t", ",")
    lines = [
        world.pick(
            "マイナンバー",
            "個人番号一覧",
            "【マイナンバー】",
            "# 個人番号",
            "マイナンバー控え（取扱注意）",
        )
    ]
    rule = world.pick([], [], [""], ["-----"])
    lines += rule
    for nth in world.many(2, 40):
        number = show(world.number())
        lead = world.pick(f"{nth + 1}. ", "") if not named else ""
        lines.append(f"{world.person().name}{gap}{number}" if named else f"{lead}{number}")
    around = where(world, world.pick("控え.txt", "list.txt", "メモ.md"))
    return Draft([Text("\n".join(lines))], around, labelled=not rule)


@template("headerless", source=NOTE)
def numbers_one_a_line(world: World) -> Draft:
    """Nothing but numbers, or names and numbers."""
    named = world.chance(0.5)
    lines = []
    for _ in world.many(5, 60):
        number = world.number()
        lines.append(f"{world.person().name} {number}" if named else number)
    name = world.pick(
        "list.txt", "a.txt", "マイナンバー.txt", "個人番号リスト.txt", "export (1).txt"
    )
    return Draft([Text("\n".join(lines))], where(world, name), labelled=False)


@template("note", source="Markdown notes and wikis")
def markdown_table(world: World) -> Draft:
    show = style(world, odd=0.1)
    table = world.sample(companions(world), world.rng.randint(1, 4))
    label = world.pick("個人番号", "マイナンバー", "My Number", "my_number")
    heads = [name for name, _ in table]
    at = world.rng.randint(0, len(heads))
    lines = [
        f"| {' | '.join([*heads[:at], label, *heads[at:]])} |",
        "|" + "---|" * (len(heads) + 1),
    ]
    for _ in world.many(1, 20):
        one = world.person()
        cells = [make(one) for _, make in table]
        lines.append(f"| {' | '.join([*cells[:at], show(world.number()), *cells[at:]])} |")
    head = world.pick("", "## 入社者\n\n", "# メモ\n\n検証環境ではなく本番の値です。\n\n")
    return Draft(
        [Text(head + "\n".join(lines))], where(world, world.pick("README.md", "入社.md", "wiki.md"))
    )


@template("note", source="vCard files and address books")
def address_card(world: World) -> Draft:
    lines = []
    for _ in world.many(1, 5):
        one = world.person()
        key = world.pick("NOTE", "X-MYNUMBER", "NOTE;CHARSET=UTF-8", "X-KOJIN-BANGO")
        label = (
            "" if key.startswith("X-") else world.pick("マイナンバー ", "個人番号:", "My Number: ")
        )
        lines += ["BEGIN:VCARD", "VERSION:3.0", f"N:{one.surname};{one.given};;;", f"FN:{one.name}"]
        lines += [
            f"TEL;TYPE=CELL:{world.phone()}",
            f"{key}:{label}{written(world, world.number(), odd=0)}",
        ]
        lines += [f"EMAIL:{world.mail(one)}", f"UID:{identifiers.guid(world.rng)}", "END:VCARD"]
    return Draft([Text("\n".join(lines))], where(world, world.pick("contacts.vcf", "address.vcf")))


@template("note", source=NOTE)
def family_notebook(world: World) -> Draft:
    """A private note of ids and passwords."""
    rng, me = world.rng, world.person()
    items = [
        (
            f"{world.pick('マイナンバー', '個人番号', 'マイナ')}"
            f"{world.pick('', '（自分）', '（妻）')}：{written(world, world.number())}"
        ),
        f"免許証：{world.other(identifiers.licence)}",
        f"年金：{identifiers.pension(rng)}",
        f"銀行　{identifiers.digits(rng, 3)}-{identifiers.digits(rng, 7)}",
        f"Wi-Fi {identifiers.digits(rng, 8)}a",
        f"マイル会員番号 {identifiers.digits(rng, 10)}",
        f"パスポート TR{identifiers.digits(rng, 7)}",
        f"{me.surname}家 電話 {world.phone()}",
    ]
    if items[0].startswith("マイナ") and "マイナンバー" not in items[0]:
        items[0] = items[0].replace("マイナ", "マイナンバー", 1)
    kept = [items[0], *world.sample(items[1:], rng.randint(2, 7))]
    rng.shuffle(kept)
    return Draft(
        [Text(world.pick("\n", "\n", "\n\n").join(kept))],
        where(world, world.pick("メモ.txt", "ID.txt")),
    )


@template("note", source="Minutes and procedures of personnel offices")
def minutes_with_a_number(world: World) -> Draft:
    """Pages of prose; in one sentence somebody wrote the number down."""
    one = world.person()
    paragraphs = [paragraph(world, 3, 7) for _ in world.many(4, 25)]
    told = labelled_number(world, world.number(), odd=0.15, plain=True)
    sentence = world.pick(
        f"{one.surname}氏の扶養追加について：{told}、資料は別途。",
        f"対応記録　{world.day():%Y/%m/%d}　{one.name}より電話あり。{told}",
        f"（{told}。届出済み）",
    )
    paragraphs.insert(world.rng.randint(0, len(paragraphs)), sentence)
    return Draft(
        [Text("\n\n".join(paragraphs))],
        where(world, world.pick("議事録.docx", "対応記録.docx", "日報.txt")),
    )


@template("name", source="Files named after the number")
def number_in_file_name(world: World) -> Draft:
    """The name itself is read as a text; what is inside says nothing."""
    one, number = world.person(), world.number()
    name = world.pick(
        f"{number}_{one.surname}{one.given}.pdf",
        f"{one.surname}_{number}.pdf",
        f"マイナンバー_{number}.jpg",
        f"{one.staff}_{number}.pdf",
        f"個人番号 {grouped(number, '-')}.docx",
        f"{grouped(number, ' ')} {one.surname}.pdf",
    )
    folders = (
        "人事部",
        world.pick("マイナンバー", "個人番号カード写し", "通知カード", "本人確認書類"),
    )
    inside = Text(f"{one.name}\n{one.address}\n{paragraph(world, 1, 2)}", "page 1")
    return Draft([Text(name, "name"), inside], (*folders, name), labelled=False)


@template("note", source="OneNote pages and Loop components")
def page_of_cells(world: World) -> Draft:
    """A small table in a page of notes."""
    show = style(world, odd=0.1)
    header = world.pick(*NUMBER[:6])
    rows = [["誰", header, "いつ"]]
    rows += [
        [world.person().name, show(world.number()), world.day().isoformat()]
        for _ in world.many(1, 6)
    ]
    if world.chance(0.3):
        rows = [[row[0], f"{header} {row[1]}", row[2]] for row in rows[1:]]
    return Draft([Text(paragraph(world, 1, 4)), Table(rows, "table 1")], ("個人用ノート", "メモ"))
