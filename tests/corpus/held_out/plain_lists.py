"""Tables, logs, data and settings about the number, or like it, that hold none."""

from __future__ import annotations

import json

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import firm
from corpus.held_out._matter import csv, era, sheet
from corpus.world import World
from corpus.writing import grouped


@template("notice", source="who has handed the number in: only states, and the receipts' numbers")
def y_handed_in(world: World) -> Draft:
    rows = [["マイナンバー提出状況"], ["社員番号", "氏名", "個人番号", "受付番号", "受付日"]]
    for _ in world.many(5, 40):
        one = world.person()
        state = world.pick("提出済", "未", "登録済", "対象外")
        rows.append([one.staff, one.name, state, world.random12(0.1), era(world)])
    return Draft([sheet(rows, "状況")], ["人事", "マイナンバー提出状況.xlsx"])


@template("log", source="a web server's log of a system for the number")
def y_server_log(world: World) -> Draft:
    lines = []
    for nth in world.many(10, 40):
        path = world.pick(
            "/mynumber/list", "/mynumber/entry", "/kojinbango/check", "/mynumber/help"
        )
        lines.append(
            f"10.0.{nth}.8 - user{world.person().staff} "
            f"[{world.day():%d/%b/%Y}:10:{nth:02d}:00 +0900] "
            f'"GET {path}?rid={world.random12(0.2)} HTTP/1.1" 200 {world.rng.randint(200, 9000)}'
        )
    return Draft([Text("\n".join(lines))], ["mynumber-web", "access.log"])


@template("courier", source="kits for the collection of numbers: who got which parcel")
def y_kits_tracked(world: World) -> Draft:
    rows = [["氏名", "マイナンバー収集キット", "発送日", "送り状番号", "返送 追跡番号"]]
    for _ in world.many(4, 50):
        back = world.other(identifiers.courier, 0.1) if world.chance(0.6) else ""
        sent = grouped(world.other(identifiers.courier, 0.1), world.pick("-", "-", ""))
        rows.append([world.person().name, world.pick("送付", "返送済"), era(world), sent, back])
    return Draft([sheet(rows, "発送管理")], ["総務", "収集キット発送管理.xlsx"])


@template("corporate", source="a firm's suppliers: numbers of companies, registers, accounts")
def y_suppliers(world: World) -> Draft:
    rows = [["取引先CD", "名称", "法人番号", "会社法人等番号", "登録番号", "口座"]]
    for _ in world.many(4, 40):
        number = firm(world, 0.1)
        row = [world.random12(0.1), world.company(), number, number[1:], f"T{number}"]
        rows.append([*row, identifiers.digits(world.rng, 7)])
    return Draft([csv(rows)], ["購買", "取引先マスタ.csv"])


@template("dummy", source="data for a test of load: random digits that mostly fail the check")
def y_load_test(world: World) -> Draft:
    rows = [["テスト用ダミーデータ（実在の番号ではありません）"], ["ID", "氏名", "マイナンバー"]]
    for nth in world.many(12, 40):
        number = identifiers.mistyped(world.rng)
        rows.append([f"T{nth:05d}", f"テスト{nth}　太郎", number])
    return Draft([sheet(rows, "testdata")], ["開発", "負荷試験", "dummy.xlsx"])


@template("member", source="a health insurance's members: marks and numbers of another kind")
def y_insured_members(world: World) -> Draft:
    rng = world.rng
    rows = [["被保険者記号", "番号", "氏名", "被保険者識別番号", "保険証回収", "マイナ保険証登録"]]
    for _ in world.many(4, 40):
        row = [identifiers.digits(rng, 8), identifiers.digits(rng, 4), world.person().name]
        row += [world.random12(0.1), world.pick("済", "未"), world.pick("有", "無")]
        rows.append(row)
    return Draft([sheet(rows, "加入者")], ["健保組合", "加入者一覧.xlsx"])


@template("licence", source="a haulier's book of drivers")
def y_drivers_book(world: World) -> Draft:
    rows = [
        ["乗務員台帳"],
        ["乗務員CD", "氏名", "免許証番号", "有効期限", "ETCカード", "マイナ免許証"],
    ]
    for _ in world.many(3, 40):
        one = world.person()
        row = [one.staff, one.name, world.other(identifiers.licence, 0.15), era(world)]
        rows.append([*row, identifiers.card(world.rng), world.pick("", "一体化済")])
    return Draft([sheet(rows, "乗務員")], ["運行管理", "乗務員台帳.xlsx"])


@template("bank", source="a payroll export whose column for the number was left out on purpose")
def y_number_left_out(world: World) -> Draft:
    rows = [["社員番号", "氏名", "個人番号", "振込依頼番号", "支給額", "処理日時"]]
    shown = world.pick("", "************", "（出力対象外）", "登録済")
    for _ in world.many(4, 40):
        one = world.person()
        row = [one.staff, one.name, shown, world.random12(0.1), f"{world.rng.randint(180, 600)}000"]
        rows.append([*row, identifiers.timestamp(world.rng)])
    return Draft([csv(rows)], ["給与", "支給一覧_番号なし.csv"])


@template("code", source="the definition of a table, and the values of a counter")
def y_table_defined(world: World) -> Draft:
    text = f"""CREATE TABLE t_mynumber (
  id BIGINT NOT NULL,
  my_number CHAR(12) NOT NULL COMMENT '個人番号（暗号化）',
  updated TIMESTAMP
);
ALTER SEQUENCE seq_mynumber RESTART WITH {world.random12()};
-- migration {identifiers.timestamp(world.rng)}  ticket {world.random12()}
"""
    return Draft([Text(text)], ["db", f"V{world.rng.randint(1, 99)}__mynumber.sql"])


@template("arn", source="settings of a cloud account that runs the system for the number")
def y_account_settings(world: World) -> Draft:
    account = world.random12()
    text = f"""app: mynumber-portal
env: {world.pick("prod", "stg")}
aws:
  account_id: "{account}"
  role: arn:aws:iam::{account}:role/mynumber-reader
  bucket: mynumber-{account}-backup
trace: {identifiers.guid(world.rng, world.random12())}
"""
    return Draft([Text(text)], ["infra", "mynumber.yaml"])


@template("survey", source="answers to a survey on the card; an answer's id has twelve digits")
def y_survey_answers(world: World) -> Draft:
    rows = [
        ["回答ID", "送信日時", "マイナンバーカードを持っていますか", "利用した場面", "自由記述"]
    ]
    for _ in world.many(5, 60):
        free = world.pick("", "更新が面倒", "番号を知られるのが不安", "コンビニ交付が便利")
        row = [world.random12(0.1), identifiers.timestamp(world.rng), world.pick("はい", "いいえ")]
        rows.append([*row, world.pick("病院", "役所", "なし"), free])
    return Draft([csv(rows)], ["広報", "マイナンバーカード調査.csv"])


@template("serial", source="an inventory of readers for the card")
def y_readers_inventory(world: World) -> Draft:
    rows = [["管理番号", "品名", "製造番号", "JAN", "設置場所"]]
    for _ in world.many(3, 30):
        name = world.pick(
            "マイナンバーカードリーダー", "顔認証付きカードリーダー", "個人番号保管庫"
        )
        row = [world.random12(0.1), name, world.random12(0.1), identifiers.article13(world.rng)]
        rows.append([*row, world.pick("受付", "総務", "書庫")])
    return Draft([sheet(rows, "備品")], ["情報システム", "備品台帳.xlsx"])


@template("machine", source="an interface tells the state of the collection, never a number")
def y_state_answer(world: World) -> Draft:
    people = [
        {
            "employee_no": world.person().staff,
            "mynumber_status": world.pick("collected", "requested", "rejected"),
            "mynumber_request_id": world.random12(),
            "updated_at": identifiers.timestamp(world.rng),
        }
        for _ in world.many(1, 8)
    ]
    return Draft([Text(json.dumps({"items": people}, indent=world.pick(None, 2)))], ["status.json"])


@template("phone", source="the list of telephones lent out, in the international way")
def y_phones_lent(world: World) -> Draft:
    rows = [["氏名", "携帯番号", "回線契約番号", "IMEI", "MDM登録"]]
    for _ in world.many(3, 30):
        row = [world.person().name, world.other(identifiers.mobile, 0.2), world.random12(0.1)]
        rows.append([*row, identifiers.digits(world.rng, 15), world.pick("済", "未")])
    return Draft([sheet(rows, "貸与携帯")], ["総務", "携帯電話.xlsx"])


@template("roster", source="pupils of a school, in numbers made of year and serial")
def y_pupils(world: World) -> Draft:
    rows = [["学籍番号", "生徒氏名", "学年", "就学支援金 個人番号届出", "受験番号"]]
    for _ in world.many(5, 40):
        row = [world.other(identifiers.date_serial, 0.1), world.person().name]
        row += [str(world.rng.randint(1, 3)), world.pick("済", "未", "不要"), world.random12(0.1)]
        rows.append(row)
    return Draft([sheet(rows, "3年")], ["高等学校", "事務", "届出状況.xlsx"])
