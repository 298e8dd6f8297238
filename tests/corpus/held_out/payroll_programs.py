"""Exports and imports of payroll and tax programs, in the words of several makers."""

from __future__ import annotations

import json

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import firm
from corpus.held_out._matter import csv, pen, sheet
from corpus.world import World


@template("csv", source="payroll export: worker and relatives, coded heads, several numbers a row")
def y_coded_heads(world: World) -> Draft:
    rng, kin = world.rng, world.rng.randint(1, 3)
    head = ["社員番号", "氏名", "雇用保険番号", "振込依頼番号", "個人番号", "配偶者_個人番号"]
    head += [f"扶養親族{nth + 1}_個人番号" for nth in range(kin)]
    rows = [head]
    for _ in world.many(3, 40):
        one = world.person()
        row = [one.staff, one.name, identifiers.insurance(rng).replace("-", "")]
        row += [world.random12(0.1), world.number()]
        row += [world.number() if world.chance(0.4) else "" for _ in range(1 + kin)]
        rows.append(row)
    return Draft([csv(rows)], ["給与大臣連携", f"社員情報_{identifiers.timestamp(rng)}.csv"])


@template("csv", source="import of numbers without a head: name, relative, kind, date, number")
def y_import_of_numbers(world: World) -> Draft:
    rows = []
    for _ in world.many(5, 25):
        one = world.person()
        rows.append([one.name, "", "本人", f"{one.born:%Y/%m/%d}", world.number()])
        if world.chance(0.5):
            kin = world.person(one.surname)
            rows.append([one.name, kin.name, "配偶者", f"{kin.born:%Y/%m/%d}", world.number()])
    return Draft([csv(rows)], ["給与", "マイナンバー取込.txt"], labelled=False)


@template("csv", source="export of a cloud payroll: many columns, purposes as 0 and 1")
def y_cloud_payroll(world: World) -> Draft:
    rng = world.rng
    head = [
        "従業員番号",
        "姓",
        "名",
        "メールアドレス",
        "マイナンバー（個人番号）",
        "利用目的_源泉徴収",
    ]
    head += ["利用目的_雇用保険", "依頼ID", "口座番号", "最終更新"]
    rows = [head]
    for _ in world.many(3, 50):
        one = world.person()
        row = [one.staff, one.surname, one.given, world.mail(one)]
        row += [world.number(), "1", world.pick("0", "1"), world.random12(0.1)]
        rows.append([*row, identifiers.digits(rng, 7), identifiers.timestamp(rng)])
    return Draft([csv(rows)], ["employees_export.csv"])


@template(
    "table", source="a payroll program's sheet: a row a relative, the worker's number repeated"
)
def y_relatives_by_row(world: World) -> Draft:
    write = pen(world, 0.1)
    rows = [
        ["従業員コード", "従業員名", "続柄", "家族氏名", "マイナンバー", "同居", "保険証送付番号"]
    ]
    for _ in world.many(2, 15):
        one = world.person()
        sent = world.other(identifiers.courier, 0.1)
        rows.append([one.staff, one.name, "本人", one.name, write(world.number()), "", sent])
        for _ in world.many(0, 3):
            kin = world.person(one.surname)
            relation = world.pick("妻", "子", "父", "母")
            row = [one.staff, one.name, relation, kin.name, write(world.number())]
            rows.append([*row, world.pick("同居", "別居"), sent])
    return Draft([sheet(rows, "家族情報")], ["人事給与", "家族情報一覧.xlsx"])


@template("csv", source="a town's notice of withheld tax: no head, the number in the eighth field")
def y_town_withholding(world: World) -> Draft:
    rng, town = world.rng, identifiers.digits(world.rng, 6)
    rows = []
    for nth in world.many(6, 40):
        one = world.person()
        row = ["2", town, f"{nth + 1:06d}", one.kana, one.name, one.address, f"{one.born:%Y%m%d}"]
        row += [world.number(), str(rng.randint(100, 400)) + "00", str(rng.randint(80, 300)) + "00"]
        rows.append(row)
    return Draft([csv(rows)], ["eLTAX", "特別徴収税額通知_個人番号あり.csv"], labelled=False)


@template("xml", source="e-Tax data: tags for the person's number, the user's and a firm's")
def y_return_data(world: World) -> Draft:
    rng, person = world.rng, world.person()
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<DATA id="D1"><CATALOG><NOZEISHA_ID ID="NOZEISHA_ID">{identifiers.digits(rng, 16)}</NOZEISHA_ID>
<NOZEISHA_NM><gen:kaisya>{person.name}</gen:kaisya></NOZEISHA_NM>
<NOZEISHA_BANGO><gen:kojinbango>{world.number()}</gen:kojinbango></NOZEISHA_BANGO>
<SHIHARAISHA><gen:hojinbango>{firm(world)}</gen:hojinbango></SHIHARAISHA>
<FUYO><gen:kojinbango>{world.number()}</gen:kojinbango></FUYO>
<SAKUSEI>{identifiers.timestamp(rng)}</SAKUSEI><KANRI_NO>{world.random12()}</KANRI_NO>
</CATALOG></DATA>"""
    return Draft([Text(text)], ["申告データ", f"{person.staff}.xtx"])


@template("json", source="answers of a personnel system's interface")
def y_personnel_answer(world: World) -> Draft:
    people = []
    key = world.pick("my_number", "myNumber", "individual_number", "kojin_bango")
    for _ in world.many(1, 6):
        one = world.person()
        people.append(
            {
                "employee_id": int(one.staff),
                "request_id": world.random12(),
                "name": one.name,
                key: world.number(),
                "dependents": [
                    {"relation": world.pick("spouse", "child"), key: world.number()}
                    for _ in world.many(0, 2)
                ],
                "trace": identifiers.guid(world.rng, world.random12()),
            }
        )
    body = json.dumps({"employees": people}, ensure_ascii=False, indent=world.pick(None, 2))
    return Draft([Text(body)], ["response.json"])


@template("code", source="a dump of a data base: the columns are told once, values follow")
def y_table_dumped(world: World) -> Draft:
    column = world.pick("my_number", "kojin_no", "mynumber")
    rows = []
    for nth in world.many(2, 20):
        one = world.person()
        rows.append(
            f"({nth + 1}, '{one.name}', '{world.random12(0.1)}', '{world.number()}', "
            f"'{world.day()}')"
        )
    text = (
        "-- Host: db01  Database: jinji\n"
        f"INSERT INTO `m_staff` (`id`, `name`, `card_no`, `{column}`, "
        "`updated`) VALUES\n" + ",\n".join(rows) + ";\n"
    )
    return Draft([Text(text)], ["backup", "jinji.sql"])


@template("log", source="a log at the level of debugging writes the whole request down")
def y_request_logged(world: World) -> Draft:
    day = world.day()
    key = world.pick("kojinBango", "my_number", "mynumber")
    lines = []
    for nth in world.many(5, 20):
        trace = world.random12(0.2)
        lines.append(f"{day} 10:{nth:02d}:11.204 INFO  [{trace}] GET /mynumber/status 200")
        if nth % 5 == 2:
            body = f'{{"empNo":"{world.person().staff}","{key}":"{world.number()}","seq":{trace}}}'
            lines.append(f"{day} 10:{nth:02d}:12.871 DEBUG [{trace}] POST /mynumber body={body}")
    return Draft([Text("\n".join(lines))], ["logs", "app.log"])


@template("table", source="a database's rows with the names of their columns known to the reader")
def y_columns_known(world: World) -> Draft:
    columns = ("EMP_NO", "NAME_KANJI", "TRAN_ID", world.pick("MY_NUMBER", "KOJIN_BANGO"), "UPD_TS")
    rows = []
    for _ in world.many(1, 12):
        one = world.person()
        stamp = identifiers.timestamp(world.rng)
        rows.append([one.staff, one.name, world.random12(0.2), world.number(), stamp])
    return Draft([Table(rows, columns=columns)], ["jinji.db", "T_SHAIN_MN"])


@template("csv", source="a payroll export keeps zeros of some columns and loses those of one")
def y_zeros_gone(world: World) -> Draft:
    rows = [["社員CD", "氏名", "マイナンバー", "支店コード", "送金番号"]]
    for nth in world.many(6, 30):
        one = world.person()
        number = world.number_from("0") if nth % 6 == 0 else world.number()
        branch = identifiers.digits(world.rng, 3)
        rows.append([one.staff, one.name, number.lstrip("0"), branch, world.random12(0.1)])
    return Draft([csv(rows)], ["MN一覧.csv"])
