"""Tickets, minutes, calendars, to-do lists, slides and letters that hold a number."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import called, digits_of, kept, said, typed
from corpus.world import World

NOTES = "Notes and tickets of offices"


@template("ticket", source="Help desks' tickets")
def s_help_desk(world: World) -> Draft:
    """Ticket number, device, a history of comments; the user wrote the number himself."""
    me = world.person()
    lines = [
        f"チケット番号: {identifiers.date_serial(world.rng)}",
        f"起票者: {me.name}　優先度: 中　状態: 対応中",
        "件名: 年末調整システムに登録できない",
        "内容:",
        world.pick("エラー「個人番号が不正です」と出ます。", "番号を入れると画面が固まります。"),
        f"入力した{world.pick('マイナンバー', '個人番号')}：{typed(world)}",
        f"--- コメント 1 ({world.day():%Y/%m/%d}) ---",
        f"端末シリアル {world.random12(0.2)} でも再現しました。",
    ]
    return kept(world, ("ticket.txt", "INC0012.md"), Text("\n".join(lines)))


@template("note", source=NOTES)
def s_call_memo(world: World) -> Draft:
    """A memo of a call: groups set apart as they were read out."""
    me, number = world.person(), world.number()
    gap = world.pick("、", "・", "　", " / ", "‐", "ー", "，")
    shown = gap.join((number[:4], number[4:8], number[8:]))
    lines = [
        f"{world.day():%m/%d} {me.surname}様より入電",
        f"折返し {world.phone()}",
        f"{world.pick('マイナンバー', '個人番号')}を口頭で確認{world.pick('→', '：', '　')}{shown}",
        world.pick("復唱済み", "明日までに登録", "書面は別途郵送とのこと"),
    ]
    return kept(world, ("電話メモ.txt", "memo.docx"), Text("\n".join(lines)))


@template("note", source=NOTES)
def s_calendar_entry(world: World) -> Draft:
    """An appointment: its description carries what one needs on the day."""
    me = world.person()
    lines = [
        f"件名: {world.pick('区役所で手続き', '証券口座の開設', 'ハローワーク')}",
        f"開始: {world.day():%Y/%m/%d} 10:00",
        "場所: 2階 4番窓口",
        f"持ち物：免許証、印鑑、{said(world)}、通帳",
        f"予約番号 {world.rng.randrange(10**7, 10**8)}",
    ]
    entry = (
        f"BEGIN:VEVENT\nDTSTART:{world.day():%Y%m%d}T010000Z\nSUMMARY:役所\n"
        f"DESCRIPTION:{me.surname} {called(world)} {digits_of(world)}\\n印鑑\nEND:VEVENT"
    )
    whole = "\n".join(lines)
    if world.chance(0.5):
        return kept(world, ("予定.txt",), Text(f"{whole}\n\n{entry}"))
    return kept(world, ("予定表.txt",), Text(whole), Text(entry.replace("\\n", "\n"), "part 2"))


@template("meeting", source=NOTES)
def s_minutes(world: World) -> Draft:
    """Somebody wrote down more than was meant: the number in an item of the minutes."""
    one = world.person()
    lines = [
        "労務定例　議事メモ",
        f"日時：{world.day():%Y年%m月%d日} 13時",
        "1. 36協定の更新について",
        "　・来月中に届出",
        f"2. {one.surname}さんの入社手続き",
        f"　・{said(world)}（本人より受領）",
        f"　・雇用保険 {identifiers.insurance(world.rng)}",
        "3. その他　健康診断の日程",
    ]
    return kept(world, ("議事メモ.docx", "定例.md"), Text("\n".join(lines)))


@template("note", source="Password notes and private jottings")
def s_private_list(world: World) -> Draft:
    """One's own numbers, one below the other, with the shortest labels."""
    me = world.person()
    entries = [
        f"{world.pick('マイナンバー', 'マイナ', '個人番号', 'My No.', 'MyNumber')}",
        typed(world),
    ]
    others = [
        ["免許", world.other(identifiers.licence, 0.4)],
        ["基礎年金", identifiers.pension(world.rng)],
        ["口座", f"三葉 普通 {world.rng.randrange(10**6, 10**7)}"],
        ["Wi-Fi", f"pass{world.rng.randrange(10**6)}"],
        ["会員証", str(world.rng.randrange(10**9, 10**10))],
    ]
    fields = [entries, *world.sample(others, 3)]
    world.rng.shuffle(fields)
    gap = world.pick("：", " ", "　", "\n", "\t", " … ")
    between = "\n\n" if gap == "\n" else "\n"
    text = between.join(gap.join(field) for field in fields)
    return kept(world, ("メモ.txt", f"{me.surname}.txt", "自分用.docx"), Text(text))


@template("note", source="Slides of training or of a hand-over")
def s_slide(world: World) -> Draft:
    """A screen's fields typed over on a slide: label and value in boxes of their own."""
    me = world.person()
    lines = ["給与システム 操作手順 3/12", "「従業員登録」を開き、個人番号欄に入力します。"]
    boxes = ["氏名", me.name, world.pick("個人番号", "マイナンバー"), typed(world, 0.1), "登録"]
    return kept(world, ("手順.pptx", "引継ぎ.pptx"), Text("\n".join([*lines, *boxes]), "slide 3"))


@template("note", source="Letters to customers and payees")
def s_letter_receipt(world: World) -> Draft:
    """An acknowledgement that repeats the number in a sentence."""
    me = world.person()
    text = (
        f"{me.name}　様\n\n拝啓　時下ますますご清栄のこととお慶び申し上げます。\n"
        f"このたびは{world.pick('マイナンバー', '個人番号')}のご提供ありがとうございました。\n"
        f"お預かりした番号は{typed(world, 0.1)}です。お間違いがないかご確認ください。\n"
        f"ご不明の点は{world.phone()}までお問い合わせください。\n敬具"
    )
    return kept(world, ("受領書.docx", "お礼状.docx"), Text(text), labelled=False)


@template("note", source="Lists in wikis and to-do tools")
def s_task_list(world: World) -> Draft:
    """Check boxes, bullets, code marks around the number."""
    lines = ["## 入社手続き ToDo"]
    for _ in world.many(1, 5):
        one = world.person()
        word = world.pick("マイナンバー", "個人番号", "MN", "My Number")
        mark = world.pick("`", "**", "", '"', "~~")
        lines += [
            f"- [x] {one.name} 契約書",
            f"- [ ] {one.name} {word} {mark}{typed(world, 0.1)}{mark}",
            f"  - 期限 {world.day():%Y-%m-%d} #{world.rng.randrange(1000, 9999)}",
        ]
    return kept(world, ("todo.md", "OneNote_労務.txt"), Text("\n".join(lines)))


@template("table", source="Shared trackers of outsourced payroll")
def s_tracker(world: World) -> Draft:
    """Questions and answers in cells: the number in the middle of a cell's sentence."""
    rows = [["日付", "依頼者", "内容", "回答", "状況"]]
    for nth in world.many(3, 12):
        one = world.person()
        ask, answer = "交通費の変更", f"{world.rng.randrange(100, 900)}円増で登録"
        if nth % 3 == 0:
            word = world.pick("マイナンバー", "個人番号")
            ask = f"{one.surname}さんの{word}をご連絡ください"
            answer = world.pick(f"{word}は", f"{word}：", f"{one.surname} {word}\n") + typed(
                world, 0.1
            )
        rows.append(
            [f"{world.day():%m/%d}", one.surname, ask, answer, world.pick("完了", "対応中")]
        )
    return kept(world, ("QA管理表.xlsx",), Table(rows, "QA"))


@template("name", source="Files named by the people who scan")
def s_named_after(world: World) -> Draft:
    """The number in a file's name or a mail's subject, with the word or without."""
    one, number = world.person(), world.number()
    word = world.pick("マイナンバー", "個人番号", "MyNumber")
    name = world.pick(
        f"{word}_{one.surname}{one.given}_{number}.pdf",
        f"{one.staff}_{one.surname}_{word}{number}.jpg",
        f"{number}（{word}）.pdf",
        f"{word} {number[:4]}-{number[4:8]}-{number[8:]} {one.surname}.docx",
    )
    return kept(world, (name,), Text(world.pick("", "別紙のとおり", one.name)))
