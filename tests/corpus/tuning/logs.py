"""Logs, listings, dumps and sources: machines' digits in quantity."""

from __future__ import annotations

import json

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import clock, where
from corpus.world import World

MACHINE = "Logs and listings of servers and services"


def _time(world: World) -> str:
    return f"{world.day(2023, 2026)}T{clock(world)}Z"


@template("log", source=MACHINE, weight=5)
def access_log(world: World) -> Draft:
    lines = []
    for _ in world.many(5, 200):
        rng = world.rng
        ip = ".".join(str(rng.randrange(1, 255)) for _ in range(4))
        page = world.pick(
            "/mynumber/guide.html",
            "/orders/",
            "/api/kojinbango/status",
            "/img/logo.png",
            "/マイナンバー/faq",
        )
        tail = world.pick(
            f"?id={world.random12(0.2)}",
            f"?_={rng.randrange(10**12, 2 * 10**12)}",
            "",
            f"/{world.random12(0.2)}",
        )
        lines.append(
            f'{ip} - - [{world.day():%d/%b/%Y}:{rng.randrange(24):02d}:00:00 +0900] "GET {page}'
            f'{tail} HTTP/1.1" 200 {rng.randrange(99999)}'
        )
    return Draft([Text("\n".join(lines))], where(world, world.pick("access.log", "u_ex2504.log")))


@template("log", source=MACHINE, weight=5)
def service_log(world: World) -> Draft:
    """A log that talks of My Numbers and shows the ids of requests, sessions and messages."""
    lines = []
    for _ in world.many(5, 120):
        name, value = world.pick(
            ("requestId", world.random12(0.3)),
            ("要求ID", world.other(identifiers.date_serial, 0.3)),
            ("seq", world.random12(0.3)),
            ("sessionId", identifiers.guid(world.rng)),
            ("伝送番号", world.random12(0.3)),
            ("ジョブ番号", world.other(identifiers.timestamp, 0.3)),
        )
        said = world.pick(
            "マイナンバー照会を開始しました",
            "個人番号チェック OK",
            "mynumber service started",
            "マイナンバー連携 応答受信",
            "heartbeat",
            "個人番号マスク済",
        )
        lines.append(
            f"{_time(world)} {world.pick('INFO', 'WARN', 'ERROR')} {said} {name}"
            f"{world.pick('=', ': ', ' ')}{value}"
        )
    return Draft(
        [Text("\n".join(lines))],
        where(world, world.pick("mynumber-svc.log", "app.log", "trace.txt")),
    )


@template("json", source=MACHINE, weight=5)
def event_records(world: World) -> Draft:
    """Events as JSON lines: a table with epochs, ids and GUIDs."""
    keys = ("timestamp", "eventId", "userId", "sessionId", "message", "durationNs")
    rows = []
    for _ in world.many(4, 150):
        rng = world.rng
        message = world.pick("mynumber.view", "login", "マイナンバー画面を表示", "logout")
        stamp, span = (
            str(rng.randrange(1_600_000_000_000, 1_800_000_000_000)),
            str(rng.randrange(10**9, 10**12)),
        )
        rows.append(
            [
                stamp,
                identifiers.guid(rng),
                world.random12(0),
                identifiers.digits(rng, 18),
                message,
                span,
            ]
        )
    return Draft(
        [Table(rows, "", columns=keys, lines=tuple(range(1, len(rows) + 1)))],
        where(world, "events.jsonl"),
    )


@template("cloud", source="Policies and trails of cloud accounts", weight=3)
def cloud_policy(world: World) -> Draft:
    account = world.random12(0.8)
    arns = [
        f"arn:aws:iam::{account}:role/mynumber-batch",
        f"arn:aws:s3:::mynumber-backup-{account}",
        f"arn:aws:kms:ap-northeast-1:{account}:key/{identifiers.guid(world.rng)}",
        f"{account}.dkr.ecr.ap-northeast-1.amazonaws.com/mynumber:1.2",
        f"https://sqs.ap-northeast-1.amazonaws.com/{account}/mynumber-queue",
    ]
    chosen = world.sample(arns, world.rng.randint(1, 5))
    body = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Resource": chosen, "AccountId": account}],
    }
    text = (
        json.dumps(body, indent=2)
        if world.chance(0.5)
        else "\n".join([f"account_id = {account}", *chosen])
    )
    return Draft([Text(text)], where(world, world.pick("policy.txt", "main.tf.txt", "deploy.md")))


@template("guid", source="Registry exports, directory objects, hash lists", weight=3)
def guids_and_hashes(world: World) -> Draft:
    rng = world.rng
    lines = [
        world.pick(
            "マイナンバー管理システム オブジェクト一覧",
            "Object IDs",
            "SHA256SUMS",
            "mynumber-client components",
        )
    ]
    for _ in world.many(3, 60):
        tail = world.random12(0.8) if world.chance(0.15) else None
        lines.append(
            world.pick(
                f"{{{identifiers.guid(rng, tail)}}}",
                identifiers.guid(rng, tail),
                f"{rng.getrandbits(256):064x}  setup_mynumber.exe",
                f"md5:{rng.getrandbits(128):032x}",
                f"0x{rng.getrandbits(64):016x}",
                f"S-1-5-21-{rng.randrange(10**9)}-{rng.randrange(10**10)}-1104",
                "00000000-0000-0000-0000-000000000000",
            )
        )
    return Draft(
        [Text("\n".join(lines))],
        where(world, world.pick("guids.txt", "hash.txt", "objects.csv.txt")),
    )


@template("time", source="Directory listings", weight=4)
def file_listing(world: World) -> Draft:
    """Names made of times and serial numbers."""
    lines = [
        world.pick(
            " D:\\mynumber のディレクトリ",
            "total 48",
            "フォルダー：マイナンバー写し",
            "バックアップ一覧",
        )
    ]
    for _ in world.many(3, 80):
        stamp = world.other(world.pick(identifiers.timestamp, identifiers.date_serial), 0.6)
        name = world.pick(
            f"log_{stamp}.txt",
            f"IMG_{stamp}.jpg",
            f"{stamp}.pdf",
            f"mynumber_{stamp}.zip",
            f"マイナンバー_{stamp}.xlsx",
            f"DSC{stamp}.png",
        )
        size = world.rng.randrange(10**3, 10**8)
        lines.append(
            world.pick(
                f"{world.day()}  10:12  {size:>14,} {name}",
                f"-rw-r--r-- 1 root {size} {name}",
                name,
            )
        )
    return Draft(
        [Text("\n".join(lines))], where(world, world.pick("list.txt", "dir.txt", "files.log"))
    )


@template("time", source="Names of files that programs give", weight=3)
def stamped_name(world: World) -> Draft:
    """The file's own name is a time; the folder speaks of My Numbers."""
    stamp = world.other(world.pick(identifiers.timestamp, identifiers.date_serial), 0.7)
    name = world.pick(
        f"Scan_{stamp}.pdf", f"{stamp}.pdf", f"export_{stamp}.xlsx", f"IMG{stamp}.jpg"
    )
    folder = world.pick("マイナンバー", "個人番号", "写真", "受信FAX")
    inside = Text(
        f"受信日時 {world.day()}\n送信元 {world.phone()}\n全{world.rng.randint(1, 9)}ページ",
        "page 1",
    )
    return Draft([Text(name, "name"), inside], ("総務部", folder, name))


@template("code", source="Sources and tests of programs", weight=2)
def source_constants(world: World) -> Draft:
    """Constants, masks, sizes, epochs."""
    rng = world.rng
    lines = [f"// {world.pick('マイナンバーの検査', 'generated file', 'check digit of My Number')}"]
    lines.extend(
        world.pick(
            f"const MAX_{nth} = {world.random12(0.2)}L;",
            f"private static final long serialVersionUID = -{identifiers.digits(rng, 19)}L;",
            f"#define SEED_{nth} 0x{rng.getrandbits(48):012x}",
            f"expires = {rng.randrange(10**12, 2 * 10**12)}",
            f"x = {rng.random():.12f}",
            f"timeout_ns = {rng.randrange(10**11, 10**12)}",
            f'id: "{identifiers.guid(rng)}"',
            f"ports: [{rng.randrange(10**4)}, {rng.randrange(10**4)}]",
        )
        for nth in world.many(3, 30)
    )
    return Draft(
        [Text("\n".join(lines))],
        where(world, world.pick("Const.java.txt", "config.ini", "seed.sql")),
    )


@template("sample", source="Tests and manuals of libraries with published samples", weight=2)
def test_code(world: World) -> Draft:
    """Sample numbers that everybody uses, in code that checks My Numbers."""
    samples = (
        "123456789018",
        "123456789012",
        "000000000000",
        "111111111111",
        "1234 5678 9018",
        "987654321098",
        "1234-5678-9012",
    )
    lines = [
        world.pick(
            "describe('マイナンバー', () => {",
            "class MyNumberTest(TestCase):",
            "# IndividualNumber",
            "func TestMyNumber(t *testing.T) {",
        )
    ]
    for _ in world.many(1, 8):
        sample = world.pick(*samples)
        lines.append(
            world.pick(
                f"    assert validate_my_number('{sample}')",
                f"  expect(isMyNumber('{sample}')).toBe(true)",
                f'my_number: "{sample}"',
                f"IndividualNumber('{sample}')",
                f"個人番号 = '{sample}'  # サンプル",
            )
        )
    return Draft(
        [Text("\n".join(lines))],
        where(world, world.pick("mynumber.spec.txt", "test_mynumber.txt", "README.md")),
    )


@template("network", source=MACHINE, weight=2)
def network_list(world: World) -> Draft:
    """Addresses, ports, hardware ids, SIM cards."""
    rng = world.rng
    rows = [["ホスト名", "IPアドレス", "MAC", "IMEI", "ICCID"]]
    for _ in world.many(3, 60):
        ip = ".".join(str(rng.randrange(100, 255)) for _ in range(4))
        mac = world.pick(":", "-", "").join(f"{rng.randrange(256):02x}" for _ in range(6))
        rows.append(
            [
                f"mynumber-pc{rng.randrange(99):02d}",
                ip,
                mac,
                identifiers.digits(rng, 15),
                identifiers.digits(rng, 19),
            ]
        )
    if world.chance(0.4):
        return Draft([Text("\n".join("\t".join(row) for row in rows))], where(world, "hosts.txt"))
    return Draft([Table(rows, "sheet 端末")], where(world, "マイナンバー端末一覧.xlsx"))
