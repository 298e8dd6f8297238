"""Notes, copies of cards, and numbers that nothing speaks for."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import csv, era, passages, pen, sheet, word
from corpus.world import World
from corpus.writing import full_width, grouped


@template("table", source="registers of identity papers: number, licence, insurance side by side")
def x_identity_register(world: World) -> Draft:
    rng = world.rng
    mine = world.pick("マイナンバー", "個人番号カード記載番号", "マイナンバーカード（12桁）")
    theirs = world.pick("運転免許証番号", "免許証", "免許証No.")
    columns = ["氏名", mine, theirs, "保険証 記号・番号", "確認日"]
    rows = []
    for nth in world.many(3, 30):
        licence = world.other(identifiers.licence, 0.15) if world.chance(0.7) else ""
        health = f"{rng.randint(10, 9999)}・{rng.randint(1, 999)}"
        number = world.number() if nth < 2 or world.chance(0.8) else ""
        rows.append([world.person().name, number, licence, health, era(world)])
    order = rng.sample(range(5), 5)
    table = [[row[at] for at in order] for row in (columns, *rows)]
    return Draft([sheet(table, "本人確認")], ["本人確認記録簿.xlsx"])


@template("form", source="sheets to which copies are glued, read by OCR: licence and card in turn")
def x_glued_copies(world: World) -> Draft:
    person, number = world.person(), world.number()
    licence = world.other(identifiers.licence, 0.8)
    card = [
        world.pick("個人番号カード（裏面）", "マイナンバーカード（うら）", "通知カード"),
        world.pick("個人番号 ", "個人番号\n", "") + grouped(number),
        f"氏名 {person.name} {person.era_birth}生",
    ]
    drive = [
        "運転免許証（おもて）",
        f"{person.surname} {person.given} {person.era_birth}生",
        world.pick("番号 第 {} 号", "免許証番号 {}", "番号 第{}号").format(licence),
        f"{era(world)}まで有効 {world.pick('東京都', '大阪府', '愛知県')}公安委員会",
    ]
    parts = [card, drive]
    world.rng.shuffle(parts)
    lines = ["本人確認書類貼付台紙", f"社員番号 {person.staff} 氏名 {person.name}", ""]
    lines += [*parts[0], "", *parts[1]]
    return Draft([Text("\n".join(lines), "page 1")], ["台紙", f"{person.roman}.pdf"])


@template("mail", source="private notebooks of all one's numbers")
def x_private_notebook(world: World) -> Draft:
    rng, write = world.rng, pen(world)
    lines = [
        f"{world.pick('MN', 'マイナンバー', '個人番号', 'マイナ')}　{write(world.number())}",
        f"年金番号　{identifiers.pension(rng)}",
        f"免許　{world.other(identifiers.licence, 0.5)}",
        f"楽天カード　{grouped(identifiers.card(rng)[:12])} {identifiers.digits(rng, 4)}",
        f"銀行 普通　{identifiers.digits(rng, 7)}",
        f"ANA お客様番号　{identifiers.digits(rng, 10)}",
        f"ガス お客様番号　{world.random12(0.3)}",
        f"携帯　{world.phone()}",
    ]
    first = lines[0]
    rest = world.sample(lines[1:], rng.randint(2, 6))
    rest.insert(rng.randint(0, len(rest)), first)
    if "MN" in first:
        rest[:0] = ["マイナンバーその他メモ", ""]
    return Draft([Text("\n".join(rest))], ["OneNote", world.pick("メモ", "個人用", "備忘")])


@template("form", source="健保・厚年 届: 個人番号［基礎年金番号］, one of the two for each person")
def x_either_kind(world: World) -> Draft:
    label = world.pick(
        "個人番号［基礎年金番号］", "個人番号\n[基礎年金番号]", "個人番号又は基礎年金番号"
    )
    rows = [["整理番号", "氏名", "生年月日", label, "取得年月日", "報酬月額"]]
    write = pen(world, 0.2)
    for nth in world.many(2, 12):
        person = world.person()
        value = identifiers.pension(world.rng)
        if nth == 0 or world.chance(0.7):
            value = write(world.number())
        pay = f"{world.rng.randint(160, 600)},000"
        rows.append([str(nth + 1), person.name, person.era_birth, value, era(world), pay])
    title = ["健康保険・厚生年金保険　被保険者資格取得届", f"事業主 {world.company()}"]
    return Draft(word(world, title, rows, passages(world, 0, 2)), ["社保手続", "取得届.docx"])


@template("table", source="English lists of foreign staff with cards of residence and passports")
def x_expatriates(world: World) -> Draft:
    rng, write = world.rng, pen(world, 0.1)
    label = world.pick("My Number", "Individual Number", "MyNumber (12 digits)", "Individual No.")
    head = ["ID", "Name", "Residence Card No.", "Passport", label, "Visa expiry", "National ID"]
    rows = [["Expatriates in Japan", f"as of {world.day(2024, 2026)}"], head]
    for _ in world.many(3, 30):
        person = world.person()
        rows.append(
            [
                "E" + person.staff,
                person.roman.replace(".", " ").title(),
                world.pick("AB", "UH") + identifiers.digits(rng, 8) + "EA",
                world.pick("TK", "C1") + identifiers.digits(rng, 7),
                write(world.number()),
                str(world.day(2025, 2026)),
                world.other(identifiers.aadhaar, 0) if world.chance(0.3) else "",
            ]
        )
    return Draft([sheet(rows, "JP")], ["HR", "expat_list.xlsx"])


@template("form", source="English forms for new staff, questions and answers in two columns")
def x_onboarding_form(world: World) -> Draft:
    person, write = world.person(), pen(world)
    ask = world.pick("My Number (個人番号)", "Individual Number", "12-digit My Number")
    rows = [
        ["Full name", person.roman.replace(".", " ").title()],
        ["Date of birth", person.born.isoformat()],
        [ask, write(world.number())],
        ["Mobile", "+" + identifiers.mobile(world.rng)],
        ["Bank account", identifiers.digits(world.rng, 7)],
        ["Address", person.address],
        ["Courier no. of returned contract", world.other(identifiers.courier, 0.7)],
    ]
    world.rng.shuffle(rows)
    return Draft(word(world, ["New hire form", world.company()], rows), ["onboarding.docx"])


@template("table", source="lists of numbers with nothing else, as pasted into another program")
def x_unlabelled_list(world: World) -> Draft:
    write = world.pick(str, grouped, full_width, lambda n: grouped(n, "-"))
    numbers = [write(world.number()) for _ in world.many(6, 60)]
    name = world.pick("新規 テキスト ドキュメント.txt", "貼付用.csv", "work.txt", "Book1.xlsx")
    if name.endswith("txt"):
        segments: list[Text | Table] = [Text("\n".join(numbers))]
    elif name.endswith("csv"):
        segments = [csv([[one] for one in numbers])]
    else:
        segments = [sheet([[one] for one in numbers])]
    return Draft(segments, [name], labelled=False)


@template("bare", source="a note that holds a number and nothing that says of what")
def x_bare_note(world: World) -> Draft:
    write = world.pick(str, grouped, lambda n: grouped(n, "-"))
    line = world.pick("{}", "{} これ", "メモ {}", "→ {}", "{}\n午後電話")
    name = world.pick("無題.txt", "新規 テキスト ドキュメント (2).txt", "memo.txt", "付箋")
    return Draft([Text(line.format(write(world.number())))], [name], labelled=False)


@template("bare", source="a chat line with a number, no request before it")
def x_bare_chat(world: World) -> Draft:
    talk = [f"{world.person().name}: {line}" for line in passages(world, 2, 6)]
    said = world.pick("{}", "{} です。", "さっきのやつ {}", "これ使ってください {}")
    at = world.rng.randint(0, len(talk))
    talk.insert(at, f"{world.person().name}: " + said.format(grouped(world.number())))
    return Draft([Text("\n".join(talk))], ["チャット"], labelled=False)


@template("bare", source="a name with a number, as on a sticky note")
def x_bare_name(world: World) -> Draft:
    person = world.person()
    text = world.pick("{p}　{n}", "{p}さん {n}", "{n}\n{p}", "{p}様 {n} 依頼済")
    said = text.format(p=person.name, n=world.pick(str, grouped)(world.number()))
    return Draft([Text(said)], [world.pick("Untitled", "下書き")], labelled=False)
