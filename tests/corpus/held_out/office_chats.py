"""Chats and tickets: Teams, a messenger's export, a help desk of the personnel office."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import meeting
from corpus.held_out._matter import csv, era, pen
from corpus.world import World


@template("chat", source="a Teams channel: mentions, an answer to a question, parcels afterwards")
def y_teams_mentions(world: World) -> Draft:
    one, two, write = world.person(), world.person(), pen(world, 0.1)
    ask = world.pick(
        f"@{two.surname} 奥さんのマイナンバーってもらえます？",
        f"@{two.surname} さん　扶養届に要るのでマイナンバーください（12桁の）",
        f"@{two.surname} 個人番号だけ空欄でした。ここで教えて",
    )
    talk = [
        (one, ask),
        (two, f"@{one.surname} {write(world.number())}"),
        (one, world.pick("👍", "助かります！", "入れました")),
        (two, f"ちなみに昨日の荷物、ヤマトの {world.other(identifiers.courier)} です"),
        (one, f"会議は ID {meeting(world)} で"),
    ]
    start = world.rng.randint(0, 50)
    lines = [
        f"[{world.rng.randint(9, 11)}:{start + n:02d}] {by.name}: {t}"
        for n, (by, t) in enumerate(talk)
    ]
    return Draft([Text("\n".join(lines))], ["人事チーム", "一般"], labelled=False)


@template("chat", source="a messenger's history: time, name and words set apart by tabs")
def y_messenger_history(world: World) -> Draft:
    boss, staff = world.person(), world.person()
    label = world.pick("マイナンバー", "マイナンバー(本人)", "個人番号")
    rows = [
        ("店長", "面接おつかれさま。契約書に必要なので住所とマイナンバー送ってね"),
        (staff.surname, staff.address),
        (staff.surname, f"{label} {world.number()}"),
        (staff.surname, f"口座は {identifiers.digits(world.rng, 7)} です"),
        ("店長", "ありがと！シフトは土日で"),
        (boss.surname, f"制服届きました 追跡 {world.other(identifiers.courier)}"),
    ]
    lines = [
        f"[LINE] {world.pick('新人', 'バイト連絡')}のトーク履歴",
        f"{world.day():%Y/%m/%d}(土)",
    ]
    lines += [f"1{nth}:2{nth}\t{who}\t{words}" for nth, (who, words) in enumerate(rows)]
    return Draft([Text("\n".join(lines))], ["トーク履歴.txt"])


@template("chat", source="a chat exported as a table: sender, time, message")
def y_chat_table(world: World) -> Draft:
    clerk, write = world.person(), pen(world, 0.1)
    rows = [["投稿者", "日時", "メッセージ"]]
    for _ in world.many(2, 6):
        staff = world.person()
        rows += [
            [clerk.name, era(world), f"{staff.surname}さん、マイナンバーの登録がまだです"],
            [staff.name, era(world), f"マイナンバーです {write(world.number())}"],
            [clerk.name, era(world), f"受付しました（受付No.{world.random12()}）"],
        ]
        if world.chance(0.5):
            rows.append([world.person().name, era(world), f"見積 {world.random12()} の件、至急"])
    return Draft([csv(rows)], ["chat_export.csv"])


@template("ticket", source="a personnel office's ticket: fields, then a comment with the answer")
def y_personnel_ticket(world: World) -> Draft:
    person, clerk, write = world.person(), world.person(), pen(world, 0.2)
    lines = [
        f"チケット #{world.random12()}",
        f"題名: {world.pick('扶養追加の申請', '入社手続き', '氏名変更')}",
        f"起票者: {person.name} ({person.staff})",
        "状態: 対応中 → 完了",
        f"内線: {world.rng.randint(1000, 9999)}",
        "",
        f"コメント 1 ({clerk.name})",
        world.pick("マイナンバーの記入が漏れています。", "個人番号欄が空白です。ご記入ください。"),
        "",
        f"コメント 2 ({person.name})",
        f"失礼しました。個人番号: {write(world.number())}",
        "",
        f"コメント 3 ({clerk.name})",
        f"確認しました。関連チケット {world.random12()}",
    ]
    return Draft([Text("\n".join(lines))], ["HRデスク"])


@template("ticket", source="an export of a help desk: the text of a request is one long cell")
def y_desk_export(world: World) -> Draft:
    write = pen(world, 0.1)
    rows = [["チケット番号", "受付日時", "申請者", "分類", "内容"]]
    lucky = world.rng.randint(0, 2)
    for nth in world.many(6, 20):
        who = world.person()
        kind, words = world.pick(
            ("PC", f"画面が割れました。資産番号 {world.random12()}"),
            ("経費", f"立替の振込がまだ。伝票番号 {world.random12()}"),
            ("人事", "マイナンバーの登録画面が開けません"),
            ("荷物", f"不在票の番号は {world.other(identifiers.courier)} です"),
        )
        if nth % 6 == lucky:
            kind = "人事"
            words = (
                f"登録できないので代行お願いします。\nマイナンバー：{write(world.number())}\n以上"
            )
        rows.append([world.random12(0.1), identifiers.timestamp(world.rng), who.name, kind, words])
    return Draft([csv(rows)], ["ヘルプデスク", "tickets.csv"])


@template("chat", source="a channel about the card as a health-insurance card, with meeting ids")
def y_card_talk(world: World) -> Draft:
    one, two = world.person(), world.person()
    talk = [
        (one, f"@all {world.pick('マイナ保険証', 'マイナンバーカード')}の説明会、来週に変更です"),
        (two, f"会議 ID: {meeting(world)}\nパスコード: xK4m9p"),
        (one, world.pick("マイナンバーは聞かれませんよね？", "カードは持参しますか？")),
        (two, f"不要です。参加登録番号 {world.random12()} だけ控えてください"),
        (one, f"電話会議なら +{world.other(identifiers.mobile)} へ"),
    ]
    lines = [f"{by.name}  {9 + n}:15\n{t}" for n, (by, t) in enumerate(talk)]
    return Draft([Text("\n\n".join(lines))], ["全社", "お知らせ"])


@template("ticket", source="a help desk's tickets about the number's register, without a number")
def y_register_tickets(world: World) -> Draft:
    matters = ("マイナンバー登録画面のエラー", "個人番号の変更届はどこですか", "通知カードの紛失")
    rows = [["問合せ番号", "件名", "回答", "関連"]]
    for _ in world.many(5, 25):
        sent = f"再送 {world.other(identifiers.courier, 0.1)}"
        row = [world.random12(0.1), world.pick(*matters), world.pick("手順書を案内", sent)]
        rows.append([*row, world.pick("", world.random12(0.1))])
    table = Table(rows, place="一覧")
    return Draft([table], ["ヘルプデスク", "マイナンバー問合せ.xlsx"])


@template("chat", source="a bot that posts the state of the collection of numbers in a channel")
def y_collection_bot(world: World) -> Draft:
    lines = [f"🤖 マイナンバー収集ボット　{era(world)}"]
    for _ in world.many(3, 10):
        who = world.person()
        state = world.pick("提出済み ✅", "未提出 ⚠", "差戻し")
        lines.append(f"@{who.name} 個人番号: {state} / 依頼ID {world.random12()}")
    lines.append("返信に番号を書き込まないでください。")
    return Draft([Text("\n".join(lines))], ["人事", "bot"])
