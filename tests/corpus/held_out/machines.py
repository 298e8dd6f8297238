"""Machine output without a My Number: logs, clouds, measurements, code."""

from __future__ import annotations

import json

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import csv, passages, sheet
from corpus.world import World
from corpus.writing import grouped


@template("log", source="web server logs: request ids, epochs, sizes", weight=5.0)
def x_web_log(world: World) -> Draft:
    rng, lines = world.rng, []
    for _ in world.many(20, 120):
        path = world.pick("/", "/login", "/mynumber/guide", "/api/items/", "/img/kojin_bango.png")
        if path.endswith("items/"):
            path += world.random12(0.1)
        lines.append(
            f"10.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)} - - "
            f'[{rng.randint(1, 28):02d}/Apr/2026:10:{rng.randint(10, 59)}:11 +0900] "GET {path} '
            f'HTTP/1.1" 200 {rng.randint(100, 99999)} rid={identifiers.digits(rng, 12)}'
        )
    return Draft([Text("\n".join(lines))], ["logs", "access.log"])


@template("guid", source="listings of ids whose last group is all digits", weight=3.0)
def x_device_ids(world: World) -> Draft:
    rng = world.rng
    rows = [["deviceId", "displayName", "approximateLastSignIn"]]
    for _ in world.many(5, 60):
        tail = world.random12(0.5) if world.chance(0.3) else None
        name = "PC-" + world.person().staff
        rows.append([identifiers.guid(rng, tail), name, str(world.day()) + "T00:00:00Z"])
    return Draft([csv(rows)], ["devices.csv"])


@template("arn", source="cloud inventories: accounts of twelve digits", weight=3.0)
def x_cloud_accounts(world: World) -> Draft:
    accounts = [world.random12(0.6) for _ in world.many(1, 4)]
    what = ["iam::{}:role/deploy", "s3:ap-northeast-1:{}:log", "lambda:us-east-1:{}:function:f"]
    arns = [world.pick(*what).format(world.pick(*accounts)) for _ in world.many(3, 40)]
    lines = [f"arn:aws:{arn}" for arn in arns]
    label = world.pick("Account", "AWS account id", "aws_account_id", "AWSアカウントID")
    heads = [f"{label}: {one}" for one in accounts]
    lines = world.pick([*heads, *lines], lines, [*lines, *heads])
    return Draft([Text("\n".join(lines))], [world.pick("accounts.txt", "構成メモ.md")])


@template("coordinates", source="GeoJSON and GPS tracks: long decimals", weight=2.0)
def x_coordinates(world: World) -> Draft:
    rng = world.rng
    features = [
        {
            "type": "Feature",
            "properties": {"name": world.address(), "kind": world.pick("市役所", "個人宅", "駅")},
            "geometry": {
                "type": "Point",
                "coordinates": [
                    float(f"{rng.randint(129, 145)}.{world.random12(0.5)}"),
                    float(f"{rng.randint(26, 45)}.{world.random12(0.5)}"),
                ],
            },
        }
        for _ in world.many(3, 40)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return Draft([Text(text)], ["gis", "points.geojson"])


@template("timestamp", source="names of files and jobs that carry the minute", weight=4.0)
def x_stamped_names(world: World) -> Draft:
    name = world.pick("backup_{}.bak", "IMG_{}.jpg", "{}_export.csv", "マイナンバー台帳_{}.xlsx")
    stamps = [world.other(identifiers.timestamp, 0.4) for _ in world.many(1, 30)]
    lines = [name.format(stamp) for stamp in stamps]
    lines[1:1] = passages(world, 0, 2)
    return Draft([Text("\n".join(lines))], [name.format(world.other(identifiers.timestamp, 0.5))])


@template("table", source="measurements: epochs, raw values of twelve digits", weight=3.0)
def x_counters(world: World) -> Draft:
    rng = world.rng
    rows = [["epoch_ms", "bytes_total", "packets", "temp"]]
    total = rng.randint(10**11, 8 * 10**11)
    for nth in world.many(10, 90):
        total += rng.randint(1000, 90_000_000)
        row = [1700000000000 + nth * 60000, total, rng.randint(1, 10**6), rng.random() * 40]
        rows.append([str(cell) for cell in row])
    return Draft([csv(rows)], ["metrics", "nic0.csv"])


@template("amount", source="accounts of firms and towns in yen, some without commas", weight=3.0)
def x_large_amounts(world: World) -> Draft:
    rng = world.rng
    title = world.pick("貸借対照表", "歳入歳出決算書")
    rows = [[title, "", "（単位：円）"], ["科目", "当期", "前期"]]
    plain = world.chance(0.4)
    subjects = ["現金預金", "売掛金", "建物", "借入金", "利益剰余金", "社会保障・税番号制度事業費"]
    for subject in world.sample(subjects, rng.randint(3, 6)):
        pair = [identifiers.amount(rng) for _ in range(2)]
        rows.append([subject, *[one.replace(",", "") if plain else one for one in pair]])
    note = Text(
        f"注記：為替予約の残高は{identifiers.amount(rng)}円。" + "".join(passages(world, 1, 3))
    )
    return Draft([sheet(rows, "決算"), note], ["決算書.xlsx"])


@template("code", source="source and tests of programs that check the number", weight=3.0)
def x_checker_source(world: World) -> Draft:
    samples = ["123456789018", "123456789012", "000000000000", "999999999999", "111111111118"]
    chosen = world.sample(samples, 3)
    lines = [
        "import re",
        world.pick("# マイナンバーの検査用数字を確かめる", "// individual number check digit"),
        f"{world.pick('MY_NUMBER', 'pattern', 'KOJIN_BANGO')} = re.compile(r'^[0-9]{{12}}$')",
        "WEIGHTS = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]",
        "def is_valid_my_number(value: str) -> bool:",
        "    total = sum(int(d) * w for d, w in zip(value, WEIGHTS))",
        "    return int(value[11]) == (0 if total % 11 <= 1 else 11 - total % 11)",
        "",
        *[f"assert is_valid_my_number('{one}') in (True, False)" for one in chosen],
        f"TICKET = '{identifiers.guid(world.rng)}'",
        f"# rev {world.rng.getrandbits(160):040x}",
    ]
    return Draft([Text("\n".join(lines))], ["src", world.pick("test_mynumber.py", "validator.py")])


@template("sample", source="API manuals: bodies with published placeholders", weight=2.0)
def x_api_manual(world: World) -> Draft:
    value = world.pick("123456789018", "123456789012", "1234-5678-9012", "000000000000")
    body = {"name": "山田 太郎", "myNumber": value, "birth": "1980-01-01", "clientId": "abcd-0001"}
    lines = [
        f"# {world.pick('従業員API', 'マイナンバー登録API')} 仕様書",
        *passages(world, 0, 3),
        "## リクエスト例",
        "```json",
        json.dumps(body, ensure_ascii=False, indent=2),
        "```",
        "| 項目 | 型 | 桁 | 説明 |",
        "| myNumber | string | 12 | 個人番号。チェックデジットを検証します |",
        f"正常時は201を返します。version {world.rng.randint(1, 9)}.{world.rng.randint(0, 9)}",
    ]
    return Draft([Text("\n".join(lines))], ["docs", "api.md"])


@template("dummy", source="generated test data under a true header, 30 rows and more")
def x_generated_staff(world: World) -> Draft:
    label = world.pick("個人番号", "マイナンバー", "my_number", "MyNumber")
    spread = world.pick(str, str, grouped)
    rows = [["社員番号", "氏名", "カナ", label, "メール"]]
    for _ in world.many(30, 120):
        person = world.person()
        number = spread(world.random12(0.0))
        rows.append([person.staff, person.name, person.kana, number, world.mail(person)])
    kind = world.pick("csv", "xlsx")
    segment: Table = csv(rows) if kind == "csv" else sheet(rows, "データ")
    return Draft([segment], ["開発", f"employees.{kind}"])


@template("lottery", source="draws, boards and grids of numbers, one a cell")
def x_lottery(world: World) -> Draft:
    rng = world.rng
    title = world.pick("忘年会 抽選結果", "年末ジャンボ 共同購入", "ビンゴ大会")
    rows = [[title], ["賞", "番号", "当選者"]]
    for nth in world.many(3, 20):
        number = world.pick(
            f"{rng.randint(1, 200)}組{identifiers.digits(rng, 6)}番", identifiers.digits(rng, 6)
        )
        rows.append([f"{nth + 1}等", number, world.person().name])
    board = [list(identifiers.digits(rng, 12)) for _ in world.many(9, 15)]
    return Draft([sheet(rows, "抽選"), sheet(board, "数字パズル")], ["親睦会", "抽選.xlsx"])


@template("serial", source="stock of equipment with serials, lots and SIM cards", weight=2.0)
def x_equipment(world: World) -> Draft:
    rng = world.rng
    rows = [["資産番号", "機種", "シリアル", "IMEI", "ICCID", "使用者", "区分"]]
    rows += [
        [
            world.random12(0.0),
            world.pick("iPhone 15", "Let's note", "Surface", "Pixel 8"),
            world.pick("F", "C02", "8") + identifiers.digits(rng, 9),
            identifiers.digits(rng, 15),
            "8981" + identifiers.digits(rng, 15),
            world.person().name,
            world.pick("個人貸与", "共用"),
        ]
        for _ in world.many(4, 50)
    ]
    return Draft([sheet(rows, "端末")], ["情シス", "資産台帳.xlsx"])
