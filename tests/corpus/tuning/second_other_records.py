"""Tables and machine formats with the word and other identifiers: nothing is to be found."""

from __future__ import annotations

import json

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._paper import Paper
from corpus.tuning.second_frame import kept, opened, seen
from corpus.world import World

OTHERS = "Identifiers of others in records about the Individual Number"


@template("handling", source=OTHERS)
def s_collection_status(world: World) -> Draft:
    """Who has handed in, under a receipt's or parcel's number."""
    column = world.pick("受付番号", "整理No", "送り状番号", "申請ID", "管理番号")
    rows = [["マイナンバー提出状況"], [], ["社員番号", "氏名", "個人番号提出", column, "提出日"]]
    for _ in world.many(4, 40):
        one = world.person()
        when = f"{world.day(2024, 2026):%Y/%m/%d}"
        rows.append([one.staff, one.name, world.pick("済", "未", "○"), world.random12(0.1), when])
    return kept(world, ("提出状況.xlsx",), Table(rows, "一覧"))


@template("time", source=OTHERS)
def s_registered_at(world: World) -> Draft:
    """The header has the word, the column is a time."""
    column = world.pick(
        "マイナンバー登録日時", "個人番号取得日時", "MyNumberUpdatedAt", "個人番号最終更新"
    )
    rows = [["社員番号", "氏名", column, "登録者"]]
    for _ in world.many(4, 40):
        one = world.person()
        rows.append([one.staff, one.name, world.other(identifiers.timestamp, 0.1), "admin"])
    return kept(world, ("登録履歴.csv",), Table(rows))


@template("cloud", source=OTHERS)
def s_archive_account(world: World) -> Draft:
    """Events of a cloud on a store named after the word; account ids have twelve digits."""
    account = world.random12(0.8)
    event = {
        "eventTime": "2025-11-04T02:11:09Z",
        "userIdentity": {"accountId": account, "arn": f"arn:aws:iam::{account}:user/hr-batch"},
        "requestParameters": {"bucketName": "mynumber-archive", "key": "2025/個人番号台帳.enc"},
        "recipientAccountId": account,
        "requestID": identifiers.guid(world.rng),
    }
    text = json.dumps(event, ensure_ascii=False, indent=2)
    return kept(world, ("trail.json",), *seen(world, "trail.json", text))


@template("json", source=OTHERS)
def s_masked_answer(world: World) -> Draft:
    """The interface masks the number; its receipt has twelve digits."""
    me = world.person()
    data = {
        "employee": me.staff,
        "myNumber": world.pick("************", "●●●●●●●●●●●●", "REDACTED", None, "登録済み"),
        "myNumberStatus": world.pick("registered", "pending"),
        world.pick("receiptNo", "orderId", "jobId", "batchId"): world.random12(0.7),
        "updatedAt": world.rng.randrange(16 * 10**11, 17 * 10**11),
    }
    text = json.dumps(data, ensure_ascii=False, indent=world.pick(None, 2))
    return kept(world, ("response.json",), *seen(world, "response.json", text))


@template("log", source=OTHERS)
def s_access_records(world: World) -> Draft:
    """A system for the number writes who did what: jobs, sessions, stamps, no numbers."""
    lines = []
    for nth in world.many(5, 30):
        stamp = f"2025-11-04 09:{nth % 60:02d}:{world.rng.randrange(60):02d}"
        who = world.person().roman
        job = world.random12(0.4)
        lines.append(
            world.pick(
                f"{stamp} INFO mynumber-service job={job} user={who} action=VIEW result=OK",
                f"{stamp} [マイナンバー管理] 参照 ユーザー={who} セッションID={job}",
                f"{stamp} 個人番号照会 処理ID:{job} 件数:1",
                f"{stamp} WARN MyNumberController - invalid format (request {job})",
                f"{stamp} GET /mynumber/list?page=2 200 {job}us",
            )
        )
    return kept(world, ("access.log", "audit.log"), Text("\n".join(lines)))


@template("xml", source=OTHERS)
def s_feature_settings(world: World) -> Draft:
    """Settings of a feature, with identifiers of contract and release beside them."""
    text = (
        '<?xml version="1.0"?>\n<settings>\n  <myNumber enabled="true" mask="true"/>\n'
        f"  <contractId>{world.random12(0.7)}</contractId>\n"
        f'  <build number="{world.other(identifiers.timestamp, 0.6)}"/>\n'
        f"  <tenant>{identifiers.guid(world.rng)}</tenant>\n</settings>"
    )
    return kept(world, ("settings.xml",), *seen(world, "settings.xml", text))


@template("digits", source="Squared forms whose boxes for the number are empty")
def s_other_boxes_sheet(world: World) -> Draft:
    """Twelve boxes hold another number; those of the Individual Number are blank."""
    paper = Paper()
    paper.put(0, 0, world.pick("給与支払報告書　総括表", "労働保険　一括有期事業報告書", "届出書"))
    word = world.pick("指定番号", "整理番号", "管理番号", "受付番号", "お客様番号")
    above = world.chance(0.5)
    first, second = (2, 5) if world.chance(0.5) else (5, 2)
    for row, name, cells in (
        (first, word, list(world.random12(0.7))),
        (second, world.pick("個人番号", "個人番号（記入不要）"), [""] * 11 + ["　"]),
    ):
        paper.put(row, 0, name)
        paper.put(row + 1 if above else row, 0 if above else 2, *cells)
    paper.put(8, 0, "氏名", "", world.person().name)
    return kept(world, ("総括表.xlsx", "届.xlsx"), Table(paper.rows(), "Sheet1"))


@template("licence", source=OTHERS)
def s_documents_shown(world: World) -> Draft:
    """Which papers were shown at the collection; the licence's number is kept."""
    rows = [
        ["マイナンバー収集　本人確認台帳"],
        ["氏名", "番号確認書類", "身元確認書類", "書類の番号", "確認日"],
    ]
    for _ in world.many(4, 30):
        one = world.person()
        licence = world.other(identifiers.licence, 0.15)
        when = f"{world.day():%Y/%m/%d}"
        rows.append([one.name, "通知カード", "運転免許証", licence, when])
    return kept(world, ("本人確認台帳.xlsx",), Table(rows, "台帳"))


@template("register", source=OTHERS)
def s_empty_column(world: World) -> Draft:
    """The number's column is blank or masked; the neighbour has twelve digits."""
    blank = world.pick("", "＊＊＊＊", "別途管理", "提出済")
    column = world.pick("契約者番号", "学籍番号", "会員番号", "患者番号", "登録番号")
    pair = ["個人番号", column] if world.chance(0.5) else [column, "個人番号"]
    rows = [["氏名", *pair, "電話"]]
    for _ in world.many(4, 40):
        one = world.person()
        known = {"個人番号": blank, column: world.random12(0.1)}
        rows.append([one.name, *(known[name] for name in pair), world.phone()])
    return kept(world, ("一覧.xlsx",), Table(rows, "Sheet1"))


@template("decimal", source="Open data of municipalities")
def s_counters_on_map(world: World) -> Draft:
    """Counters for the card with coordinates of many decimals."""
    lines = ["名称,所在地,緯度,経度,マイナンバーカード交付枚数,備考"]
    for _ in world.many(4, 30):
        north, east = (identifiers.digits(world.rng, 12) for _ in range(2))
        count = world.rng.randrange(1000, 99999)
        lines.append(f"市民課窓口,{world.address()},35.{north},139.{east},{count},平日のみ")
    return kept(world, ("窓口.csv",), *opened("窓口.csv", "\n".join(lines)))


@template("bank", source=OTHERS)
def s_transfer_records(world: World) -> Draft:
    """Payments to persons: customer codes of twelve digits; the notes name the slip."""
    lines = ["支払先コード,支払先名,顧客番号,金額,摘要"]
    for _ in world.many(4, 40):
        one = world.person()
        code, paid = world.random12(0.1), world.rng.randrange(10**4, 10**6)
        lines.append(f"{one.staff},{one.name},{code},{paid},支払調書（個人番号は別紙）")
    return kept(world, ("支払.csv",), *opened("支払.csv", "\n".join(lines)))


@template("code", source="Test code and fixtures of personnel software")
def s_published_values(world: World) -> Draft:
    """Tests of a check digit with published or impossible values."""
    values = world.sample(
        ("123456789018", "123456789012", "111111111111", "000000000000", "999999999999"), 3
    )
    lines = ["# 個人番号のチェックデジット"]
    lines += [f"expect(valid_my_number?('{value}')).to be(true)" for value in values]
    lines += ["my_number = '123456789018'", "kojin_bango: '000000000000'"]
    return kept(world, ("my_number_spec.rb", "fixture.yml"), Text("\n".join(lines)))


@template("export", source=OTHERS)
def s_audit_table(world: World) -> Draft:
    """A table named after the word; its rows have only jobs and times."""
    lines = [
        "CREATE TABLE mynumber_access_log (job_id char(12), emp_cd char(5), at char(12));",
    ]
    for _ in world.many(3, 30):
        job, at = world.random12(0.1), identifiers.timestamp(world.rng)
        lines.append(
            f"INSERT INTO mynumber_access_log VALUES ('{job}','{world.person().staff}','{at}');"
        )
    return kept(world, ("audit.sql",), Text("\n".join(lines)))


@template("inventory", source=OTHERS)
def s_safe_goods(world: World) -> Draft:
    """Office goods for keeping numbers, with codes of articles."""
    rows = [["品名", "UPC", "JAN", "数量"]]
    for _ in world.many(3, 20):
        name = world.pick(
            "マイナンバー保護シール", "個人番号台紙 A4", "鍵付き保管庫（マイナンバー対応）"
        )
        upc, jan = world.other(identifiers.article, 0.1), identifiers.article13(world.rng)
        rows.append([name, upc, jan, str(world.rng.randrange(1, 99))])
    return kept(world, ("備品.xlsx", "見積.xlsx"), Table(rows, "備品"))
