"""What programs write: dumps, exchanges, settings, logs."""

from __future__ import annotations

import json

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import era, passages, pen
from corpus.world import World
from corpus.writing import grouped


@template("machine", source="personnel services' JSON: own and dependants' numbers, nested")
def x_hr_json(world: World) -> Draft:
    rng = world.rng
    own, kin = world.pick(
        ("myNumber", "dependents"), ("my_number", "family_members"), ("kojin_bango", "fuyou")
    )
    staff = []
    for _ in world.many(1, 25):
        person = world.person()
        family = [
            {"relation": world.pick("spouse", "child"), own: world.number()}
            for _ in world.many(0, 3)
        ]
        staff.append(
            {
                "id": identifiers.guid(rng),
                "emp_code": person.staff,
                "last_name": person.surname,
                "external_ref": world.random12(0.2),
                "phone": "+" + identifiers.mobile(rng),
                own: world.number(),
                kin: family,
                "updated_at": rng.randint(1600000000000, 1790000000000),
            }
        )
    text = json.dumps({"data": staff}, ensure_ascii=world.chance(0.2), indent=world.pick(None, 2))
    return Draft([Text(text)], ["backup", world.pick("employees.json", "crew_export.json")])


@template("machine", source="SQL dumps: the column is named once, far from most of the values")
def x_sql_dump(world: World) -> Draft:
    rng = world.rng
    column = world.pick("kojin_bango", "my_number", "`個人番号`", "mynumber", "individual_no")
    table = world.pick("m_employee", "hr_staff", "t_jinji", "`社員`")
    quote = world.pick("'{}'", "N'{}'", "{}") if world.chance(0.6) else "'{}'"
    rows = []
    for nth in world.many(4, 60):
        person = world.person()
        number = quote.format(world.number_from(world.pick(*"123456789")))
        born = person.born.isoformat()
        who = f"'{person.staff}','{person.name}'"
        rows.append(f"({nth + 1},{who},{number},'{born}',{rng.random():.6f})")
    columns = f"(id, emp_no, name, {column}, birth, rate)"
    into = f"INSERT INTO {table} {columns} VALUES"
    if world.chance(0.5):
        text = into + "\n" + ",\n".join(rows) + ";"
    else:
        text = "\n".join(f"{into} {row};" for row in rows)
    comment = f"-- Host: 10.0.{rng.randint(0, 9)}.15  Generated {era(world)}\nSET NAMES utf8mb4;\n"
    return Draft([Text(comment + text)], ["dump.sql"])


@template("machine", source="XML of any vendor: element, attribute, or a label element and a value")
def x_vendor_xml(world: World) -> Draft:
    label = world.pick("個人番号", "マイナンバー", "MyNumber", "KojinBango", "individualNumber")
    form = world.pick(
        "<{0}>{1}</{0}>",
        '<Item name="{0}" value="{1}"/>',
        "<field><label>{0}</label><data>{1}</data></field>",
        '<attr key="{0}"><![CDATA[{1}]]></attr>',
    )
    write = world.pick(str, grouped)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<list date="{era(world)}">']
    for _ in world.many(1, 25):
        person = world.person()
        lines += [
            f'  <rec no="{person.staff}">',
            "    " + form.format("Name", person.name),
            "    " + form.format("ContractNo", world.random12(0.2)),
            "    " + form.format(label, write(world.number())),
            f"  </rec><!-- {identifiers.guid(world.rng)} -->",
        ]
    return Draft([Text("\n".join([*lines, "</list>"]))], ["連携", "IF_STAFF.xml"])


@template("machine", source="settings files used as a notebook for one person")
def x_settings_note(world: World) -> Draft:
    person = world.person()
    key = world.pick("mynumber", "my_number", "個人番号", "MYNUMBER", "kojin_no", "マイナンバー")
    form = world.pick("{}={}", "{}: {}", '{}: "{}"', "{} = {}")
    pairs = [
        ("name", person.name),
        ("birth", person.born.isoformat()),
        (key, pen(world, 0.1)(world.number())),
        ("etax_id", identifiers.digits(world.rng, 16)),
        ("account", identifiers.digits(world.rng, 7)),
        ("amazon_order", world.random12(0.5)),
        ("zip", world.postcode()),
    ]
    world.rng.shuffle(pairs)
    lines = [form.format(*pair) for pair in pairs]
    if ": " in form:
        lines = ["owner:", *[f"  {line}" for line in lines]]
    else:
        lines = ["[owner]", *lines, "[misc]", "lang=ja"]
    return Draft([Text("\n".join(lines))], [world.pick("profile.yml", "me.ini", "memo.conf")])


@template("machine", source="debug logs that print the body of a request")
def x_leaking_log(world: World) -> Draft:
    rng = world.rng
    key = world.pick('"myNumber":"{}"', "my_number={}", '\\"kojinNo\\":\\"{}\\"', "個人番号=[{}]")
    lines = []
    leaks = set(rng.sample(range(30), rng.randint(1, 6)))
    for nth in range(rng.randint(30, 90)):
        stamp = f"{world.day(2024, 2026)}T0{rng.randint(0, 9)}:1{rng.randint(0, 9)}:22.{nth:03d}"
        session = identifiers.digits(rng, 12)
        said = world.pick("GET /health 200", "cache hit", "queue depth 0", "token refreshed")
        if nth in leaks:
            said = f'POST /api/v2/persons body={{{key.format(world.number())},"role":"self"}}'
        lines.append(f"{stamp} {world.pick('DEBUG', 'INFO ')} [sid={session}] {said}")
    return Draft([Text("\n".join(lines))], ["logs", "app-debug.log"])


@template("machine", source="address books: a note, or a field of one's own, in a vCard")
def x_contact_card(world: World) -> Draft:
    lines = []
    for nth in world.many(1, 8):
        person = world.person()
        lines += [
            "BEGIN:VCARD",
            "VERSION:3.0",
            f"N:{person.surname};{person.given};;;",
            f"TEL;TYPE=CELL:+{identifiers.mobile(world.rng)}",
            f"BDAY:{person.born:%Y%m%d}",
        ]
        if nth == 0 or world.chance(0.5):
            note = world.pick("NOTE:マイナンバー {}", "X-MYNUMBER:{}", "NOTE:個人番号：{}\\n社保済")
            lines.append(note.format(pen(world, 0.1)(world.number())))
        lines += [f"UID:{identifiers.guid(world.rng)}", "END:VCARD"]
    return Draft([Text("\n".join(lines))], ["連絡先.vcf"])


@template("table", source="Dataverse and database tables: the column's name is all there is")
def x_database_rows(world: World) -> Draft:
    rng = world.rng
    label = world.pick("cr3f1_mynumber", "new_kojinbango", "MY_NO", "KOJIN_BANGO", "個人番号")
    columns = ["id", "cr3f1_name", label, "cr3f1_contractno", "createdon"]
    rows = [
        [
            identifiers.guid(rng),
            world.person().name,
            world.number(),
            world.random12(0.1),
            world.day().isoformat() + "T01:02:03Z",
        ]
        for _ in world.many(1, 50)
    ]
    return Draft([Table(rows, columns=columns)], [world.pick("cr3f1_worker", "m_staff")])


@template("mail", source="handover notes in markdown, or a page's table as text")
def x_handover_table(world: World) -> Draft:
    label = world.pick("マイナンバー", "個人番号", "My Number", "マイナ番号")
    head = ["担当", "社員番号", label, "状態"]
    body = []
    for _ in world.many(1, 10):
        person = world.person()
        number = pen(world, 0.1)(world.number())
        body.append([person.name, person.staff, number, world.pick("完了", "保留", "確認中")])
    if world.chance(0.5):
        rows = [head, ["---"] * 4, *body]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
    else:
        lines = ["<table>", "<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>"]
        lines += ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body]
        lines.append("</table>")
    text = ["# 引継ぎメモ", *passages(world, 1, 5), "", "## 入社手続き", "", *lines, ""]
    return Draft([Text("\n".join([*text, *passages(world, 0, 3)]))], ["引継ぎ.md"])


@template("machine", source="records of the pension office's file, sections [kanri] and [data]")
def x_pension_file(world: World) -> Draft:
    rng = world.rng
    office = f"{rng.randint(10, 47)},{world.pick('ｱｲｳ', '01ｱ', 'ﾃｽｶ')},{identifiers.digits(rng, 5)}"
    lines = [
        f"{office},001,{world.day(2020, 2026):%Y%m%d},22223",
        "[kanri]",
        ",001",
        f"{office},{world.postcode()[:3]},{world.postcode()[4:]},{world.address()},{world.company()}",
        "[data]",
    ]
    for nth in world.many(4, 40):
        person = world.person()
        born = f"{world.pick('5', '7')},{person.born:%y%m%d}"
        kana = person.kana.replace("　", " ")
        lines.append(
            f"22007{nth % 2}1,{office},{nth + 1},{kana},{person.name},{born},1,"
            f"{world.number()},,9,{world.day(2020, 2026):%y%m%d},0,{rng.randint(160, 500)}000,0"
        )
    return Draft([Text("\n".join(lines))], ["社保", "SHFD0006.CSV"], labelled=False)
