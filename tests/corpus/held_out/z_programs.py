"""What programs keep, send and log, with numbers in it."""

from __future__ import annotations

import json

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._z_reading import day, hand, read, stamp, stamps
from corpus.world import World


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


@template(
    "json", source="SharePoint lists by Graph: the inner name of a column, letters as _xHHHH_"
)
def z_inner_column_names(world: World) -> Draft:
    name = "_x500b__x4eba__x756a__x53f7_"
    fields = []
    for nth in world.many(2, 25):
        person = world.person()
        fields.append(
            {
                "id": str(nth + 1),
                "Title": person.name,
                name: world.number(),
                "_x793e__x54e1__x756a__x53f7_": person.staff,
                "Modified": f"{world.day(2024, 2026)}T{stamp(world)}Z",
            }
        )
    text = _json({"@odata.context": "$metadata#items", "value": fields})
    return Draft(read("items.json", text), ["flow", "items.json"], labelled=False)


@template("json", source="records of no-code databases: a field is an object of type and value")
def z_typed_fields(world: World) -> Draft:
    label = world.pick("マイナンバー", "個人番号", "本人_個人番号")
    records = []
    for nth in world.many(1, 12):
        person = world.person()
        records.append(
            {
                "$id": {"type": "__ID__", "value": str(nth + 1)},
                "$revision": {"type": "__REVISION__", "value": str(world.rng.randint(1, 9))},
                "氏名": {"type": "SINGLE_LINE_TEXT", "value": person.name},
                label: {"type": "SINGLE_LINE_TEXT", "value": hand(world)(world.number())},
                "電話番号": {"type": "LINK", "value": world.phone()},
                "更新日時": {"type": "UPDATED_TIME", "value": f"{world.day(2024, 2026)}T01:02:00Z"},
            }
        )
    return Draft(read("records.json", _json({"records": records})), ["export", "records.json"])


@template("text", source="dumps of PostgreSQL: COPY names the columns once, tabs below")
def z_copied_in(world: World) -> Draft:
    column = world.pick("my_number", "individual_number", "kojin_bango", "mynumber")
    lines = [
        "--",
        "-- Data for Name: members; Type: TABLE DATA; Schema: public; Owner: app",
        "--",
        "",
        f"COPY public.members (id, uuid, name, birthday, {column}, tel, created_at) FROM stdin;",
    ]
    for nth in world.many(3, 60):
        person = world.person()
        number = world.number()
        cells = [
            str(1000 + nth),
            identifiers.guid(world.rng),
            person.name,
            str(person.born),
            number if nth % 6 != 5 else "\\N",
            world.phone(),
            f"{world.day(2022, 2026)} {stamp(world)}",
        ]
        if nth % 6 == 5:
            world.issued.discard(number)
        lines.append("\t".join(cells))
    lines += ["\\.", "", "", f"SELECT pg_catalog.setval('public.members_id_seq', {nth}, true);"]
    return Draft(read("backup.sql", "\n".join(lines)), ["dump", "backup.sql"])


@template("log", source="bodies of requests in a debug log, among ids and times")
def z_bodies_in_debug_log(world: World) -> Draft:
    key = world.pick("individualNumber", "myNumber", "kojinBango", "マイナンバー")
    lines = []
    date = world.day(2025, 2026)
    for nth, time in enumerate(stamps(world, len(world.many(8, 40)))):
        when = f"{date} {time},{world.rng.randint(0, 999):03d}"
        request = world.random12(0.2)
        lines.append(f"{when} INFO  [http-{nth % 8}] c.e.hr.Api - request={request} POST /v2/staff")
        if nth % 3 == 0:
            person = world.person()
            body = (
                f'{{"staffId":"{person.staff}","{key}":"{world.number()}","name":"{person.name}"}}'
            )
            lines.append(f"{when} DEBUG [http-{nth % 8}] c.e.hr.Api - body={body}")
        took = world.rng.randint(3, 900)
        lines.append(f"{when} INFO  [http-{nth % 8}] c.e.hr.Api - request={request} 200 {took}ms")
    return Draft(read("api-debug.log", "\n".join(lines)), ["logs", "api-debug.log"])


@template("log", source="messages of an importer that quote the value they complain about")
def z_importer_complains(world: World) -> Draft:
    what = world.pick(
        "個人番号「{0}」は既に登録されています。",
        "マイナンバー重複: {0}",
        "duplicate key value: my_number={0}",
        "Key (individual_number)=({0}) already exists.",
    )
    lines = [f"取込開始 {day(world)} {stamp(world)} 対象 {world.rng.randint(40, 300)}件"]
    for nth in world.many(2, 15):
        row = (nth + 1) * world.rng.randint(2, 9)
        lines.append(f"{row}行目: 警告 郵便番号の桁数 {world.postcode()}")
        lines.append(f"{row + 1}行目: エラー {what.format(world.number())}")
    lines.append(f"取込終了 {stamp(world)} エラーあり")
    return Draft(read("import_result.log", "\n".join(lines)), ["取込結果", "import_result.log"])


@template("name", source="a listing of a folder whose files are named after numbers")
def z_folder_listed(world: World) -> Draft:
    lines = [
        " ドライブ D のボリューム ラベルは DATA です",
        f" D:\\人事\\マイナンバー\\{day(world)[:4]} のディレクトリ",
        "",
    ]
    for _ in world.many(3, 30):
        person = world.person()
        when = f"{world.day(2022, 2026):%Y/%m/%d}  {stamp(world)[:5]}"
        size = f"{world.rng.randint(20_000, 3_000_000):>14,}"
        kind = world.pick("カード裏.jpg", "通知カード.pdf", "住民票.pdf")
        lines.append(f"{when} {size} {world.number()}_{person.surname}_{kind}")
    return Draft(read("dir.txt", "\n".join(lines)), ["dir.txt"], labelled=False)


@template("table", source="wikis of teams: a table in Markdown that somebody was to delete")
def z_table_in_wiki(world: World) -> Draft:
    write = hand(world)
    label = world.pick("マイナンバー", "個人番号", "My Number")
    lines = [
        "# 入社手続きチェック",
        "",
        f"最終更新 {day(world)} by {world.person().roman}",
        "",
        "> 完了したら行ごと消すこと",
        "",
        f"| 氏名 | 入社日 | {label} | PC資産番号 | 状態 |",
        "|---|---|---|---|---|",
    ]
    for _ in world.many(2, 14):
        asset = f"PC-{identifiers.digits(world.rng, 6)}"
        state = world.pick("済", "社保待ち", "雇保待ち")
        cells = [world.person().name, day(world), write(world.number()), asset, state]
        lines.append(f"| {' | '.join(cells)} |")
    return Draft(read("onboarding.md", "\n".join(lines)), ["wiki", "onboarding.md"])


@template("xml", source="statutory reports as XML with Japanese tags")
def z_japanese_tags(world: World) -> Draft:
    rng = world.rng
    tag = world.pick("個人番号", "受給者個人番号", "支払を受ける者の個人番号")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<法定調書 版="1.2">', "<提出義務者>"]
    lines += [
        f"<法人番号>{identifiers.corporate(rng)}</法人番号>",
        f"<名称>{world.company()}</名称>",
    ]
    lines += [f"<利用者識別番号>{identifiers.digits(rng, 16)}</利用者識別番号>", "</提出義務者>"]
    for nth in world.many(1, 20):
        person = world.person()
        lines += [
            f'<明細 番号="{nth + 1}">',
            f"<氏名>{person.name}</氏名><住所>{person.address}</住所>",
            f"<{tag}>{world.number()}</{tag}>",
            f"<支払金額>{rng.randint(50, 900)}0000</支払金額>",
            "</明細>",
        ]
    lines.append("</法定調書>")
    return Draft(read("houtei.xml", "\n".join(lines)), ["提出", "houtei.xml"])


@template("ticket", source="a help desk's ticket: the user explains the trouble by showing numbers")
def z_trouble_shown(world: World) -> Draft:
    me = world.person()
    write = hand(world)
    lines = [
        f"チケット #{world.random12(0.3)}",
        f"起票者: {me.name}　優先度: 中　カテゴリ: 給与システム",
        "件名: マイナンバーが登録できない",
        "",
        f"【内容】{world.pick('下記2名', '次の方々')}のマイナンバーを入力するとエラーになります。",
        f"　{world.person().name}　{write(world.number())}",
        f"　{world.person().name}　{write(world.number())}",
        f"【環境】Windows 11 / Edge 1{identifiers.digits(world.rng, 2)}.0.2478.51",
        f"【対応履歴】{day(world)} {stamp(world)[:5]} 一次受付",
        "個人番号はチケットに記載しないようお願いしました。",
    ]
    return Draft(read("ticket.txt", "\n".join(lines)), ["ヘルプデスク", "ticket.txt"])


@template("table", source="histories of changes: name of the field, before, after")
def z_changes_kept(world: World) -> Draft:
    label = world.pick("個人番号", "マイナンバー")
    rows = [["変更日時", "操作者", "対象社員", "項目", "変更前", "変更後"]]
    fields = ("住所", "電話番号", "銀行口座番号", "扶養人数", "等級")
    for nth in world.many(8, 60):
        when = f"{world.day(2024, 2026):%Y/%m/%d} {stamp(world)}"
        start = [when, world.person().roman, world.person().staff]
        if nth % 4 == 1:
            rows.append([*start, label, "", world.number()])
            continue
        field = world.pick(*fields)
        old, new = {
            "住所": (world.address(), world.address()),
            "電話番号": (world.phone(), world.phone()),
            "銀行口座番号": (identifiers.digits(world.rng, 7), identifiers.digits(world.rng, 7)),
        }.get(field, (str(world.rng.randint(0, 4)), str(world.rng.randint(0, 4))))
        rows.append([*start, field, old, new])
    return Draft([Table(rows, lines=range(1, len(rows) + 1))], ["監査ログ", "変更履歴.csv"])
