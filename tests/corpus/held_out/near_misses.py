"""The words of My Numbers all around, the digits of something else."""

from __future__ import annotations

import json

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import csv, era, greeting, passages, pen, sheet, signed, word
from corpus.world import World


@template("phone", source="English mails in which 'my number' is a telephone's", weight=2.0)
def x_call_my_number(world: World) -> Draft:
    person = world.person()
    phone = world.other(identifiers.mobile, 0.8)
    groups = phone[:2], phone[2:4], phone[4:8], phone[8:]
    said = world.pick(
        f"You can reach me any time, my number is +{phone}.",
        f"My new mobile number: {phone}",
        f"Please call my phone number {' '.join(groups)}.",
        f"My number has changed, please use +{'-'.join(groups)} now.",
    )
    lines = ["Hello,", "", said, "The meeting is at 3 pm in room 12.", "I will bring the contract."]
    lines += ["", "Regards,", person.roman.replace(".", " ").title(), world.company()]
    return Draft([Text("\n".join(lines))], [world.pick("Contact", "Re: meeting", "New phone")])


@template("licence", source="notes of identification by licence, as there was no card")
def x_identified_by_licence(world: World) -> Draft:
    person, licence = world.person(), world.other(identifiers.licence, 0.9)
    lines = [
        f"本人確認記録　{era(world)}",
        f"お客様名　{person.name}　生年月日　{person.era_birth}",
        world.pick("マイナンバーカードは未取得とのこと。", "個人番号カードの提示なし。"),
        world.pick(
            f"運転免許証（番号 {licence}）にて確認。",
            f"確認書類：運転免許証　記号番号：{licence}",
            f"免許証番号：第{licence}号　{world.pick('東京都', '埼玉県')}公安委員会",
        ),
        *passages(world, 0, 3),
        f"担当　{world.person().surname}",
    ]
    return Draft([Text("\n".join(lines))], ["本人確認", "記録.docx"])


@template("table", source="exports of purposes of use: flags under long headers, ids in front")
def x_purpose_flags(world: World) -> Draft:
    label = world.pick("管理ID", "レコード番号", "申請ID", "ワークフローID")
    head = [
        label,
        "氏名",
        "マイナンバー提出有無",
        "源泉徴収関係事務",
        "健康保険届出事務",
        "更新日時",
    ]
    rows = [head]
    for _ in world.many(5, 60):
        flags = [world.pick("0", "1") for _ in range(3)]
        stamp = identifiers.timestamp(world.rng)
        rows.append([world.random12(0.0), world.person().name, *flags, stamp])
    return Draft([csv(rows)], ["マイナンバー", "利用目的_出力.csv"])


@template(
    "machine", source="answers of personnel services: the state of a number, never the number"
)
def x_status_json(world: World) -> Draft:
    people = [
        {
            "requestId": world.random12(0.1),
            "name": world.person().name,
            "myNumber": {"status": world.pick("registered", "none"), "value": None},
            "myNumberTicket": identifiers.guid(world.rng),
            "updatedAt": world.rng.randint(1600000000000, 1790000000000),
        }
        for _ in world.many(2, 40)
    ]
    text = json.dumps({"items": people}, ensure_ascii=False, indent=world.pick(None, 2))
    return Draft([Text(text)], ["api", "mynumber_status.json"])


@template("log", source="SQL of an access log's table about My Numbers", weight=2.0)
def x_access_log_sql(world: World) -> Draft:
    lines = ["-- mynumber_access_log", "CREATE TABLE mynumber_access_log (id bigint, at text);"]
    for nth in world.many(10, 80):
        stamp = identifiers.timestamp(world.rng)
        what = world.pick("閲覧", "登録", "削除", "出力")
        lines.append(
            "INSERT INTO mynumber_access_log (id, at, token, act) VALUES "
            f"({nth + 1}, '{stamp}', '{identifiers.digits(world.rng, 12)}', '{what}');"
        )
    return Draft([Text("\n".join(lines))], ["mynumber_log.sql"])


@template("notice", source="tax notices of towns: numbers of notices and payments", weight=2.0)
def x_tax_notice(world: World) -> Draft:
    rng, person = world.rng, world.person()
    lines = [
        world.pick(
            "市民税・県民税 税額決定通知書", "固定資産税 納税通知書", "国民健康保険料 通知書"
        ),
        f"{person.address}　{person.name} 様",
        f"{world.pick('通知書番号', '整理番号', '宛名番号')} {world.random12(0.9)}",
        f"個人番号 {world.pick('記載省略', '（省略）', '', '***')}",
        f"収納機関番号 {identifiers.digits(rng, 5)} 確認番号 {identifiers.digits(rng, 6)}",
        f"納付番号 {identifiers.digits(rng, 16)}",
        f"第1期 {rng.randint(1, 99)},000円 納期限 {era(world)}",
        f"問合せ先 市民税課 {world.phone()}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["税", "納税通知.pdf"])


@template("courier", source="mails on 書留: eleven digits in four groups")
def x_registered_mail(world: World) -> Draft:
    to, by = world.person(), world.person()
    post = identifiers.digits(world.rng, 11)
    shown = world.pick(post, f"{post[:3]}-{post[3:5]}-{post[5:10]}-{post[10]}")
    lines = [
        *greeting(world, to),
        "",
        world.pick(
            "個人番号通知書が返戻されました。", "マイナンバーの台紙は簡易書留で返送します。"
        ),
        f"{world.pick('引受番号', '書留番号', '追跡番号')}：{shown}",
        *passages(world, 0, 3),
        *signed(world, by),
    ]
    return Draft([Text("\n".join(lines))], ["マイナンバー書類の返送"])


@template(
    "table",
    source="staff codes of twelve digits under their own name, with birth dates",
    weight=2.0,
)
def x_long_staff_codes(world: World) -> Draft:
    label = world.pick("職員番号(12桁)", "社員ID", "組合員証番号", "学籍番号", "患者番号")
    rows = [[label, "氏名", "フリガナ", "生年月日", "続柄", "住所"]]
    for _ in world.many(5, 60):
        person = world.person()
        facts = [person.name, person.kana, person.era_birth, "本人", person.address]
        rows.append([world.random12(0.0), *facts])
    return Draft([sheet(rows, "名簿")], ["名簿.xlsx"])


@template("table", source="database tables: a flag named after the number, an id of twelve digits")
def x_database_flags(world: World) -> Draft:
    columns = ["cr3f1_requestno", "cr3f1_name", "cr3f1_mynumber_submitted", "modifiedon"]
    rows = []
    for _ in world.many(5, 60):
        done = world.pick("true", "false")
        day = world.day().isoformat() + "T05:00:00Z"
        rows.append([world.random12(0.0), world.person().name, done, day])
    return Draft([Table(rows, columns=columns)], ["cr3f1_mynumberrequest"])


@template("form", source="checklists for new staff: papers to bring, a number for the parcel")
def x_new_staff_checklist(world: World) -> Draft:
    rows = [["提出書類", "期限", "チェック"]]
    papers = ["マイナンバーカードのコピー", "年金手帳", "雇用保険被保険者証", "住民票", "口座届"]
    chosen = world.sample(papers, world.rng.randint(3, 5))
    rows += [[paper, era(world), world.pick("□", "☑")] for paper in chosen]
    parcel = pen(world, 0.1)(world.other(identifiers.courier, 0.8))
    after = [
        world.pick("返信用封筒の追跡番号：", "入社キット送付（ヤマト運輸 伝票番号）：") + parcel,
        f"入社キット管理番号：{world.random12(0.7)}",
        *passages(world, 0, 2),
    ]
    title = ["入社手続きチェックリスト", f"{world.person().name} 様"]
    return Draft(word(world, title, rows, after), ["入社", "チェックリスト.docx"])
