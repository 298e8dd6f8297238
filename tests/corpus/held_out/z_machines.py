"""What machines write: logs, settings, measurements, times, ids of resources."""

from __future__ import annotations

import json

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._z_reading import day, eml, read, stamp, stamps, worksheet
from corpus.world import World


@template(
    "timestamp", source="clocking machines: YYYYMMDDhhmm in and out, card of the person", weight=3.0
)
def z_clocked(world: World) -> Draft:
    lines = ["社員番号,カード種別,出勤打刻,退勤打刻,休憩,備考"]
    date = world.day(2024, 2026)
    for _ in world.many(15, 200):
        start = f"{date:%Y%m}{world.rng.randint(1, 28):02d}"
        come = f"{start}{world.rng.randint(7, 10):02d}{world.rng.randint(0, 59):02d}"
        leave = f"{start}{world.rng.randint(16, 22):02d}{world.rng.randint(0, 5)}0"
        kind = world.pick("社員証", "社員証", "マイナンバーカード")
        lines.append(
            f"{world.person().staff},{kind},{come},{leave},60,{world.pick('', '直行', '在宅')}"
        )
    return Draft(read("dakoku.csv", "\n".join(lines)), ["勤怠", "dakoku.csv"])


@template(
    "log", source="backups by night: names of jobs and files made of dates and minutes", weight=2.0
)
def z_backup_by_night(world: World) -> Draft:
    lines = []
    for _ in world.many(10, 120):
        when = world.other(identifiers.timestamp, 0.15)
        folder = world.pick("マイナンバー管理", "人事", "経理", "mynumber")
        size, part = world.rng.randint(10**6, 10**9), world.rng.randint(1, 9)
        lines.append(
            f"{when} OK  \\\\nas01\\backup\\{folder}\\{when}.bak  {size} bytes  job {when}-{part}"
        )
    return Draft(read("backup.log", "\n".join(lines)), ["backup.log"])


@template(
    "cloud",
    source="trails of calls in a cloud: account ids alone and inside names of resources",
    weight=2.0,
)
def z_cloud_trail(world: World) -> Draft:
    account = world.random12(0.6)
    records = [
        {
            "eventTime": f"{world.day(2025, 2026)}T{stamp(world)}Z",
            "eventName": world.pick("GetObject", "AssumeRole", "PutObject"),
            "userIdentity": {
                "type": "AssumedRole",
                "arn": f"arn:aws:sts::{account}:assumed-role/hr-mynumber/{world.person().roman}",
                "accountId": account,
            },
            "recipientAccountId": world.pick(account, world.random12(0.2)),
            "requestParameters": {"bucketName": f"mynumber-archive-{account}"},
        }
        for _ in world.many(2, 20)
    ]
    text = json.dumps({"Records": records}, indent=1)
    return Draft(read("trail.json", text), ["cloudtrail", "trail.json"])


@template(
    "guide", source="links to articles of help centres, whose ids have twelve digits", weight=2.0
)
def z_links_to_help(world: World) -> Draft:
    me = world.person()

    def link() -> str:
        article = "3600" + identifiers.digits(world.rng, 8)
        while world.chance(0.5) and not identifiers.passes(article):
            article = "3600" + identifiers.digits(world.rng, 8)
        return f"https://help.example.com/hc/ja/articles/{article}"

    lines = ["各位", "", "マイナンバー提出の手順は下記のヘルプをご覧ください。", ""]
    for title in (
        "マイナンバーを提出する",
        "個人番号の提出状況を確認する",
        "通知カードを紛失した場合",
    ):
        lines += [f"・{title}", f"　{link()}{world.pick('', '-マイナンバーの提出', '?lang=ja')}"]
    lines += ["", f"締切は{day(world)}です。", me.name]
    subject = world.pick("マイナンバー提出のお願い", "【再送】個人番号の提出について")
    return Draft(eml(world, subject, lines, me), ["受信トレイ", subject])


@template(
    "log", source="logs of web servers: pages on the number, ids of requests beside", weight=3.0
)
def z_requests_for_pages(world: World) -> Draft:
    lines = []
    date = world.day(2025, 2026)
    for time in stamps(world, len(world.many(20, 200))):
        path = world.pick(
            "/mynumber/form", "/hr/kojinbango/list", "/login", "/api/v1/my_number/status"
        )
        ident = world.random12(0.0)
        took = world.rng.randint(1, 900)
        when = f"{date:%d/%b/%Y}:{time}"
        lines.append(
            f"10.0.{world.rng.randint(0, 9)}.{world.rng.randint(1, 254)} - - "
            f'[{when} +0900] "GET {path}?rid={ident} HTTP/1.1" '
            f"200 {took * 13} rt={took / 1000:.3f} req_id={ident}"
        )
    return Draft(read("access.log", "\n".join(lines)), ["nginx", "access.log"])


@template("meter", source="counters and sensors: twelve digits raw, decimals, hex", weight=1.5)
def z_sensors(world: World) -> Draft:
    rng = world.rng
    rows = [["timestamp", "device", "pulse_total", "voltage", "lat", "lon", "raw"]]
    count = rng.randint(10**11, 9 * 10**11)
    for _ in world.many(20, 200):
        count += rng.randint(1000, 900_000)
        rows.append(
            [
                str(1_700_000_000_000 + rng.randint(0, 10**10)),
                f"sn{identifiers.digits(rng, 4)}",
                str(count),
                f"{rng.random() * 240:.12f}",
                f"35.{identifiers.digits(rng, 12)}",
                f"139.{identifiers.digits(rng, 12)}",
                f"{rng.getrandbits(48):012x}",
            ]
        )
    text = "\n".join(",".join(row) for row in rows)
    return Draft(read("sensor.csv", text), ["設備", "sensor.csv"])


@template(
    "amount", source="budgets of public bodies: sums of twelve digits, in yen and in thousands"
)
def z_budget(world: World) -> Draft:
    rows = [
        ["令和8年度 当初予算 歳出（款項別）", "", "", "単位：円"],
        ["款", "事業", "予算額", "前年度", "増減"],
    ]
    for nth in world.many(6, 40):
        now, before = world.rng.randint(10**11, 9 * 10**11), world.rng.randint(10**11, 9 * 10**11)
        what = world.pick(
            "戸籍住民基本台帳費", "マイナンバーカード交付事業", "個人番号関連システム改修", "民生費"
        )
        plain = nth % 3 == 0
        sums = [str(n) if plain else f"{n:,}" for n in (now, before)]
        rows.append([f"{nth + 1}款", what, *sums, f"{now - before:,}"])
    return Draft([worksheet(rows, "歳出")], ["財政", "予算.xlsx"])


@template("network", source="inventories of devices: MAC addresses without colons, serial numbers")
def z_devices(world: World) -> Draft:
    rng = world.rng
    rows = [["管理番号", "機種", "シリアル", "MACアドレス", "設置場所", "用途", "GUID"]]
    for _ in world.many(8, 90):
        use = world.pick("マイナンバー専用端末", "受付", "経理", "個人番号利用事務")
        address = (
            identifiers.digits(rng, 12) if world.chance(0.3) else f"{rng.getrandbits(48):012X}"
        )
        tail = identifiers.individual(rng) if world.chance(0.05) else None
        rows.append(
            [
                f"PC{identifiers.digits(rng, 5)}",
                world.pick("ThinkPad", "LIFEBOOK", "Surface"),
                world.random12(0.0),
                address,
                f"{rng.randint(1, 9)}F",
                use,
                identifiers.guid(rng, tail),
            ]
        )
    return Draft([worksheet(rows, "端末")], ["情シス", "端末台帳.xlsx"])


@template("code", source="tables of a data model: names, types, sizes, object ids", weight=1.5)
def z_model_described(world: World) -> Draft:
    rows = [["テーブル", "論理名", "物理名", "型", "桁", "NULL", "備考", "オブジェクトID"]]
    columns = [
        ("個人番号", "kojin_bango", "CHAR", "12", "暗号化（AES-256）"),
        ("個人番号枝番", "kojin_eda", "NUMBER", "2", ""),
        ("宛名番号", "atena_no", "CHAR", "15", ""),
        ("法人番号", "hojin_bango", "CHAR", "13", "チェックデジットあり"),
        ("更新日時", "upd_dtm", "CHAR", "12", "YYYYMMDDHHMI"),
    ]
    for table in world.sample(
        ["T_ATENA", "T_KOJIN", "M_SHAIN", "T_KYUYO"], world.rng.randint(2, 4)
    ):
        for logical, physical, kind, size, note in columns:
            ident = world.random12(0.0)
            rows.append([table, logical, physical, kind, size, "N", note, ident])
    return Draft([worksheet(rows, "定義")], ["設計", "テーブル定義書.xlsx"])


@template("json", source="states of jobs by API: ids of twelve digits under a path with the word")
def z_job_states(world: World) -> Draft:
    jobs = [
        {
            "jobId": int("1" + world.random12(0.0)[1:]),
            "type": world.pick("MYNUMBER_COLLECT", "MYNUMBER_DISPOSE", "PAYROLL_CLOSE"),
            "status": world.pick("DONE", "FAILED", "RUNNING"),
            "requestedAt": world.rng.randint(1_700_000_000, 1_790_000_000),
            "traceId": f"{world.rng.getrandbits(128):032x}",
        }
        for _ in world.many(3, 40)
    ]
    return Draft(read("jobs.json", json.dumps({"myNumberJobs": jobs})), ["ops", "jobs.json"])


@template(
    "ticket", source="a ticket of operations: one id that happens to pass the check", weight=2.0
)
def z_incident(world: World) -> Draft:
    ident = world.random12(1.0)
    lines = [
        f"[{world.pick('障害', '問合せ')}] {world.pick('INC', 'REQ', 'SR')}{ident}",
        f"発生 {day(world)} {stamp(world)[:5]}",
        "個人番号管理システムにログインできない。",
        f"セッション {identifiers.guid(world.rng)}",
        f"照会時は{world.pick('受付番号', '障害番号', '管理ID')} {ident} をお伝えください。",
    ]
    return Draft([Text("\n".join(lines))], ["ServiceDesk", "通知"])


@template("dummy", source="generated rows for tests: a strong head, values at random", weight=2.0)
def z_rows_for_tests(world: World) -> Draft:
    label = world.pick("マイナンバー", "個人番号", "my_number")
    rows = [["id", "氏名", label, "生年月日"]]
    for nth in world.many(60, 300):
        name = f"テスト{nth + 1:03d}"
        rows.append([str(nth + 1), name, world.random12(0.0), f"{world.person().born:%Y/%m/%d}"])
    name = world.pick("テストデータ_給与.csv", "負荷試験用.csv", "dummy_staff.csv")
    return Draft([Table(rows, lines=range(1, len(rows) + 1))], ["検証環境", name])
