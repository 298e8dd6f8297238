"""Pages and sheets again, in other layouts: bars, fields of forms, people side by side, notes."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept, typed
from corpus.world import World
from corpus.writing import grouped, spaced

PRINTS = "Prints and forms of offices, as text or as cells"
WORDS = ("個人番号", "マイナンバー", "マイナンバー（個人番号）")


def _shown(world: World) -> str:
    return world.pick(str, grouped, lambda n: grouped(n, "-"), spaced)(world.number())


def _page(world: World, lines: list[str], *names: str, labelled: bool = True) -> Draft:
    return kept(world, names, Text("\n".join(lines), "page 1"), labelled=labelled)


@template("pdf", source=PRINTS)
def u_names_with_bars(world: World) -> Draft:
    """A form's table: names and values between bars."""
    me, bar = world.person(), world.pick("|", "│", "｜")
    rows = [
        ["氏名", me.name, "性別", "男"],
        [world.pick(*WORDS), _shown(world), "生年月日", f"{me.born:%Y/%m/%d}"],
        ["住所", me.address, "電話", world.phone()],
    ]
    world.rng.shuffle(rows)
    lines = ["登録票", *(f"{bar} " + f" {bar} ".join(row) + f" {bar}" for row in rows)]
    return _page(world, lines, "登録票.pdf", "form.pdf")


@template("pdf", source=PRINTS)
def u_fields_of_a_form(world: World) -> Draft:
    """Names and values of fields, as they are stored in a form."""
    me, kin = world.person(), world.person()
    word = world.pick("個人番号", "マイナンバー", "myNumber", "KojinBango")
    gap = world.pick(": ", "=", "\t")
    fields = [
        ("氏名_本人", me.name),
        (f"{word}_本人", typed(world, 0)),
        ("氏名_配偶者", kin.name),
        (f"{word}_配偶者", typed(world, 0)),
        ("電話1", world.phone()),
        ("整理番号", me.staff),
    ]
    lines = [f"{name}{gap}{value}" for name, value in fields]
    return _page(world, lines, "入力済み.pdf", "fields.txt")


@template("pdf", source=PRINTS)
def u_lines_of_a_register(world: World) -> Draft:
    """A line for each: code, name, number, birth by era, relation; a header above or none."""
    word, head = world.pick(*WORDS), world.chance(0.6)
    title = "給与支払報告 対象者" if head else f"{word} 登録者"
    lines = [title]
    if head:
        lines.append(f"コード 氏名 {word} 生年月日 続柄")
    for nth in world.many(3, 9):
        one = world.person()
        number = world.pick(str, grouped)(world.number())
        lines.append(f"{1000 + nth} {one.surname}{one.given} {number} {one.era_birth} 本人")
    return _page(world, lines, "対象者.pdf", "登録者.pdf", labelled=head)


@template("form", source=PRINTS)
def u_in_a_contract(world: World) -> Draft:
    """A contract's or an oath's sentence has the number in it."""
    me, number = world.person(), typed(world, 0.1)
    word = world.pick(*WORDS)
    line = world.pick(
        f"乙（{me.name}、{word}{number}）は、本契約に同意する。",
        f"私の{word}は次のとおりであることを誓約します。\n{number}",
        f"委任者の{word}「{number}」に係る手続きを委任します。",
        f"乙の{word}（{number}）は支払調書の作成にのみ用いる。",
    )
    lines = [world.pick("契約書", "誓約書", "委任状"), "", line, "", me.address, me.name]
    return kept(world, ("契約書.docx", "委任状.pdf"), Text("\n".join(lines)))


@template("form", source=PRINTS)
def u_two_people_in_a_line(world: World) -> Draft:
    """Name and number of two people on each line."""
    word, gap = world.pick(*WORDS), world.pick("　　", "    ", "\t")
    lines = ["家族票"]
    for kins in (("本人", "配偶者"), ("長男", "長女")):
        cells = [f"{kin} {world.person().surname} {word} {typed(world, 0)}" for kin in kins]
        lines.append(gap.join(cells))
    return _page(world, lines, "家族票.pdf", "家族.docx")


@template("table", source=PRINTS)
def u_group_header_with_a_gap(world: World) -> Draft:
    """The word stands in a row of groups above; the column itself is headed 番号."""
    word, show = world.pick(*WORDS), world.pick(str, grouped)
    rows = [
        ["", "本人情報", "", word, "", "口座"],
        ["No", "氏名", "カナ", world.pick("番号", "12桁"), "確認日", "番号"],
    ]
    for nth in world.many(1, 12):
        me = world.person()
        account = identifiers.digits(world.rng, 7)
        facts = [show(world.number()), f"{world.day():%Y/%m/%d}", account]
        rows.append([str(nth + 1), me.name, me.kana, *facts])
    return kept(world, ("管理表.xlsx", "本人情報.xlsx"), Table(rows, "sheet 管理"))


@template("table", source=PRINTS)
def u_noted_in_the_cell(world: World) -> Draft:
    """A few cells have a remark behind the number."""
    word = world.pick(*WORDS)
    rows = [["氏名", word, "部署"]]
    for nth in world.many(2, 12):
        note = world.pick("（変更前）", " ※要確認", "(本人申告)", " 再発行") if nth % 3 == 1 else ""
        rows.append([world.person().name, world.number() + note, world.pick("営業", "総務")])
    return kept(world, ("一覧.xlsx", "台帳.xlsx"), Table(rows, "sheet 一覧"))


@template("form", source=PRINTS)
def u_questions_and_answers_in_cells(world: World) -> Draft:
    """Questions down the first column, answers in the second."""
    me = world.person()
    question = world.pick(
        "マイナンバー（12桁の数字）",
        "あなたの個人番号を記入してください",
        "マイナンバーは何番ですか",
    )
    rows = [
        ["質問", "回答"],
        ["お名前", me.name],
        ["マイナンバーカードはお持ちですか", world.pick("はい", "いいえ")],
        [question, typed(world, 0)],
        ["連絡先電話番号", world.phone()],
    ]
    return kept(world, ("回答票.xlsx", "質問票.xlsx"), Table(rows, "sheet 回答"))


@template("table", source=PRINTS)
def u_blocks_by_department(world: World) -> Draft:
    """A header at the top alone, then a line for each department between the people."""
    word = world.pick(*WORDS)
    rows = [["氏名", "生年月日", word, "備考"]]
    for name in world.sample(("営業部", "総務部", "製造部", "経理部"), 3):
        rows.append([name, "", "", ""])
        for _ in world.many(1, 5):
            one = world.person()
            shown = world.number() if world.chance(0.8) or len(rows) < 4 else "未"
            rows.append([one.name, f"{one.born:%Y/%m/%d}", shown, ""])
    return kept(world, ("部署別.xlsx", "全社.xlsx"), Table(rows, "sheet 部署別"))


@template("table", source=PRINTS)
def u_others_with_a_group_header(world: World) -> Draft:
    """A row of groups has the word over 確認 and 日付; the numbers stand under another group."""
    rows = [
        ["", "申込", "", "マイナンバー", ""],
        ["氏名", world.pick("番号", "No", "ID"), "日付", "確認", "日付"],
    ]
    rows += [
        [
            world.person().name,
            world.random12(0.4),
            f"{world.day():%Y/%m/%d}",
            world.pick("済", "未"),
            f"{world.day():%m/%d}",
        ]
        for _ in world.many(2, 12)
    ]
    return kept(world, ("申込管理.xlsx", "受付.xlsx"), Table(rows, "sheet 申込"))


@template("form", source=PRINTS)
def u_answers_of_others_in_cells(world: World) -> Draft:
    """Questions on the card, and another number's answer."""
    me = world.person()
    name = world.pick("会員番号を記入してください", "契約番号（12桁）", "お客様番号は何番ですか")
    rows = [
        ["質問", "回答"],
        ["お名前", me.name],
        ["マイナンバーカードはお持ちですか", world.pick("はい", "いいえ")],
        [name, world.random12(0.7)],
        ["マイナンバーの提出方法", world.pick("郵送", "窓口")],
    ]
    return kept(world, ("回答票.xlsx", "質問票.xlsx"), Table(rows, "sheet 回答"))


@template("contract", source=PRINTS)
def u_contract_of_another_number(world: World) -> Draft:
    """A contract that speaks of the number, and has one of its own in a sentence."""
    me, number = world.person(), world.random12(0.7)
    line = world.pick(
        f"本契約（契約番号{number}）に基づき、乙は個人番号を甲に提出する。",
        f"乙はマイナンバーを提出する。本書の管理番号は{number}とする。",
        f"お客様番号「{number}」に係る手続きを委任します。個人番号は記載しません。",
    )
    lines = [world.pick("契約書", "誓約書", "委任状"), "", line, "", me.address, me.name]
    return kept(world, ("契約書.docx", "委任状.pdf"), Text("\n".join(lines)))
