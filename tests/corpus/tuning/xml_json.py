"""XML and JSON: the tag or key is the label."""

from __future__ import annotations

import json

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.world import World
from corpus.writing import grouped

KEYS = (
    "myNumber",
    "my_number",
    "mynumber",
    "individual_number",
    "individualNumber",
    "kojin_bango",
    "kojinBango",
    "my_no",
    "個人番号",
    "マイナンバー",
    "jp_my_number",
)


def _value(world: World) -> str:
    number = world.number()
    return world.pick(number, number, number, grouped(number, "-"), grouped(number))


@template("xml", source="National Tax Agency, e-Tax data of procedures (.xtx)")
def etax_file(world: World) -> Draft:
    """An e-Tax file as labelled lines."""
    me = world.person()
    lines = [
        "DATA id: DATA",
        f"NOZEISHA_ID: {identifiers.digits(world.rng, 16)}",
        f"NOZEISHA_NM: {me.name}",
        f"NOZEISHA_NM_KN: {me.kana}",
        f"kojinbango: {world.number()}",
        f"zipcode: {world.postcode()}",
        f"NOZEISHA_ADR: {me.address}",
        f"ZEIMUSHO zeimusho_CD: {identifiers.digits(world.rng, 5)}",
    ]
    if world.chance(0.5):
        lines.append(f"hojinbango: {identifiers.corporate(world.rng)}")
    for _ in world.many(0, 4):
        one = world.person()
        lines += [f"kubun_NM: {one.name}", f"ABD00020: {world.rng.randrange(10**5, 10**7)}"]
        lines.append(f"kojinbango: {world.number()}")
    text = world.pick("\n", "\n", "\t").join(lines)
    return Draft([Text(text)], where(world, world.pick("RKO0010.xtx", "申告書.xtx", "data.xml")))


@template("xml", source="National Tax Agency, e-Tax data of procedures (.xtx)")
def etax_as_text(world: World) -> Draft:
    """The same kept as plain text, tags and all."""
    me = world.person()
    tag = world.pick("gen:kojinbango", "kojinbango", "gen:KOJIN_BANGO")
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', f'<DATA id="{identifiers.guid(world.rng)}">']
    parts.append(f"<NOZEISHA_ID>{identifiers.digits(world.rng, 16)}</NOZEISHA_ID><NOZEISHA_BANGO>")
    parts.append(f"<{tag}>{world.number()}</{tag}></NOZEISHA_BANGO>")
    parts.append(f"<NOZEISHA_NM>{me.name}</NOZEISHA_NM>")
    parts.append(f"<gen:hojinbango>{identifiers.corporate(world.rng)}</gen:hojinbango></DATA>")
    return Draft([Text(world.pick("\n", "").join(parts))], where(world, "etax_copy.txt"))


@template("xml", source="e-Gov, electronic applications of labour and pension offices")
def egov_application(world: World) -> Draft:
    """電子申請: Japanese tags."""
    lines = [
        f"様式名称: {world.pick('資格取得届', '雇用保険被保険者資格取得届', '被扶養者異動届')}"
    ]
    lines.append(f"事業所番号: {identifiers.insurance(world.rng)}")
    tag = world.pick("個人番号", "被保険者個人番号", "個人番号_12桁", "マイナンバー")
    for _ in world.many(1, 12):
        one = world.person()
        lines += [
            f"被保険者氏名: {one.name}",
            f"生年月日: {one.born:%Y%m%d}",
            f"{tag}: {world.number()}",
            f"被保険者番号: {identifiers.insurance(world.rng).replace('-', '')}",
        ]
    return Draft([Text("\n".join(lines))], where(world, f"{identifiers.timestamp(world.rng)}.xml"))


@template("json", source="HR services' interfaces")
def json_people(world: World) -> Draft:
    """A list of like objects: a table with its keys."""
    key = world.pick(*KEYS)
    keys = world.pick(
        ("id", "emp_code", "last_name", "birth_date", key, "updated_at", "phone"),
        ("employeeId", "name", "kana", key, "dependents", "createdAt"),
        ("社員番号", "氏名", key, "更新日時"),
    )
    rows = []
    for nth in world.many(3, 60):
        one = world.person()
        known = {
            "id": str(nth + 1),
            "emp_code": one.staff,
            "employeeId": identifiers.guid(world.rng),
            "社員番号": one.staff,
            "last_name": one.surname,
            "氏名": one.name,
            "name": one.roman,
            "kana": one.kana,
            "birth_date": one.born.isoformat(),
            "phone": world.phone(),
            "dependents": str(world.rng.randrange(4)),
            key: _value(world) if not nth or world.chance(0.9) else "",
        }
        rows.append(
            [
                known.get(name, str(world.rng.randrange(1_500_000_000_000, 1_800_000_000_000)))
                for name in keys
            ]
        )
    return Draft(
        [Table(rows, "employees", columns=keys)],
        where(world, world.pick("employees.json", "dump.jsonl")),
    )


@template("json", source="HR services' interfaces")
def json_person(world: World) -> Draft:
    """One object, as labelled lines."""
    me, key = world.person(), world.pick(*KEYS)
    lines = [
        f"request_id: {identifiers.guid(world.rng)}",
        f"employee_id: {world.other(lambda rng: identifiers.digits(rng, 12), 0.3)}",
        "[profile]",
        f"name: {me.name}",
        f"{key}: {_value(world)}",
        f"birthday: {me.born.isoformat()}",
        f"tel: {world.phone()}",
    ]
    for _ in world.many(0, 2):
        one = world.person(me.surname)
        lines += [
            "[family]",
            f"relation: {world.pick('spouse', 'child')}",
            f"name: {one.name}",
            f"{key}: {_value(world)}",
        ]
    lines.append(f"updated: {world.rng.randrange(1_500_000_000_000, 1_800_000_000_000)}")
    return Draft(
        [Text("\n".join(lines))],
        where(world, world.pick("employee.json", "response.json", "payload.txt")),
    )


@template("json", source="HR services' interfaces")
def json_as_text(world: World) -> Draft:
    """JSON pasted into a note or ticket."""
    me, key = world.person(), world.pick(*KEYS[:7])
    data = {"name": me.name, "employee_no": me.staff, key: _value(world), "email": world.mail(me)}
    if world.chance(0.5):
        data["trace"] = identifiers.guid(world.rng)
    if world.chance(0.3):
        data["corporate_number"] = identifiers.corporate(world.rng)
    body = json.dumps(data, ensure_ascii=False, indent=world.pick(None, 2, 4))
    note = world.pick(
        "APIの応答です。\n", "再現手順：\nPOST /v1/employees\n", "", "エラーになったリクエスト↓\n"
    )
    return Draft([Text(note + body)], where(world, world.pick("メモ.txt", "issue.md", "curl.txt")))


@template("export", source="Database dumps of HR systems")
def sql_dump(world: World) -> Draft:
    """INSERT statements: the label stands in the list of columns."""
    key = world.pick("my_number", "kojin_no", "individual_no", "kojin_bango", "mynumber")
    table = world.pick("employees", "m_shain", "t_employee_mynumber", "hr.staff")
    lines = [
        f"-- dump {world.day()} 03:00:12",
        f"CREATE TABLE {table} (id int, name text, {key} char(12), tel text);",
    ]
    for nth in world.many(1, 25):
        one, number = world.person(), world.number()
        values = f"({nth + 1}, '{one.name}', '{number}', '{world.phone()}')"
        lines.append(f"INSERT INTO {table} (id, name, {key}, tel) VALUES {values};")
    return Draft(
        [Text("\n".join(lines))],
        where(world, world.pick("backup.sql", "insert.sql", "hr_dump.txt")),
    )


@template("json", source="Settings and fixtures kept in YAML")
def yaml_people(world: World) -> Draft:
    """YAML: one key a line."""
    key = world.pick(*KEYS)
    quote = world.pick("", "'", '"')
    lines = ["employees:"]
    for _ in world.many(1, 8):
        one = world.person()
        lines += [
            f"  - name: {one.name}",
            f"    {key}: {quote}{_value(world)}{quote}",
            f"    code: {one.staff}",
        ]
    return Draft([Text("\n".join(lines))], where(world, world.pick("seed.yml", "people.yaml")))
