"""Machine formats, first half: JSON, XML, HTML and messages between systems."""

from __future__ import annotations

import json
from urllib.parse import quote

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import digits_of, kept, opened, seen
from corpus.world import World

SYSTEMS = "Interfaces between personnel, payroll and municipal systems"
KEYS = (
    "kojinNo",
    "kojinBango",
    "kojin_bango12",
    "kojin-bango",
    "kojinbangou",
    "KOJIN_NO",
    "myNum",
    "mynum",
    "my-number",
    "MyNumber",
    "MYNUMBER",
    "employeeMyNumber",
    "dependent_my_number",
    "individualNo",
    "individual-number",
    "IndividualNumber",
    "個人番号",
    "マイナンバー",
    "本人_個人番号",
)


def _pretty(world: World, data: object) -> str:
    return json.dumps(data, ensure_ascii=world.chance(0.2), indent=world.pick(None, 2, 4))


@template("json", source=SYSTEMS)
def s_json_value_below(world: World) -> Draft:
    """The label is the parent's key; the number stands under ``value`` or ``number``."""
    me, key = world.person(), world.pick(*KEYS)
    inner = world.pick("value", "number", "no", "text", "content")
    data = {
        "requestId": identifiers.guid(world.rng),
        "employee": {
            "code": me.staff,
            "name": {"value": me.name, "editable": False},
            key: {inner: digits_of(world), "verified": world.chance(0.5), "source": "card"},
            "phone": {inner: world.phone()},
        },
    }
    return kept(world, ("payload.json",), *seen(world, "payload.json", _pretty(world, data)))


@template("json", source="Forms and low-code tools that keep a field as an object")
def s_json_label_value(world: World) -> Draft:
    """A list of fields: the label is a value, the number the value beside it."""
    me = world.person()
    label, value = world.pick(
        ("label", "value"), ("name", "value"), ("title", "answer"), ("question", "response")
    )
    word = world.pick("マイナンバー", "個人番号", "個人番号（12桁）", "My Number", "myNumber")
    fields = [
        ("氏名", me.name),
        ("生年月日", me.born.isoformat()),
        (word, digits_of(world)),
        ("申請番号", str(world.rng.randrange(10**9, 10**10))),
        ("電話", world.phone()),
    ]
    typ = {"type": "TEXT"} if world.chance(0.5) else {}
    items = [{label: name, **typ, value: entry} for name, entry in fields]
    data = {"id": world.rng.randrange(10**5), "fields": items}
    name = world.pick("record.json", "submission.json")
    return kept(world, (name,), *seen(world, name, _pretty(world, data)))


@template("json", source="Interfaces that send names of columns once, then rows")
def s_json_rows(world: World) -> Draft:
    """A list of names, then lists of values."""
    key = world.pick(*KEYS)
    rows = []
    for nth in world.many(2, 20):
        one = world.person()
        rows.append([nth + 1, one.staff, one.name, digits_of(world), one.born.isoformat()])
    names = ["id", "code", "name", key, "birthday"]
    shape = world.pick(0, 1, 2)
    data: object = [names, *rows]
    if shape == 1:
        data = {"columns": names, "rows": rows, "total": len(rows)}
    if shape == 2:
        data = {"schema": [{"name": name} for name in names], "data": rows}
    name = world.pick("result.json", "query.json", "table.json")
    return kept(world, (name,), *seen(world, name, _pretty(world, data)), labelled=not shape)


@template("json", source="Microsoft Graph and SharePoint list items")
def s_list_items(world: World) -> Draft:
    """Items of a list; the field's inner name is half Latin."""
    key = world.pick("MyNumber", "MyNumber0", "KojinBango", "field_MyNumber", "マイナンバー")
    items = []
    for nth in world.many(1, 8):
        one = world.person()
        fields = {"Title": one.name, "StaffNo": one.staff, key: world.number(), "Author": one.roman}
        etag = f'"{identifiers.guid(world.rng)},{nth}"'
        items.append({"@odata.etag": etag, "id": str(nth + 1), "fields": fields})
    data = {"@odata.context": "https://graph.example/v1.0/$metadata#items", "value": items}
    return kept(world, ("items.json",), *seen(world, "items.json", _pretty(world, data)))


@template("xml", source=SYSTEMS)
def s_xml_field_value(world: World) -> Draft:
    """Label in one attribute, number in another or as the element's text."""
    me = world.person()
    word = world.pick("個人番号", "マイナンバー", *KEYS)
    tag, name, value = world.pick(
        ("field", "name", "value"), ("item", "label", "data"), ("Param", "Key", "Val")
    )
    inside = world.chance(0.5)

    def element(label: str, entry: str) -> str:
        if inside:
            return f'  <{tag} {name}="{label}">{entry}</{tag}>'
        return f'  <{tag} {name}="{label}" {value}="{entry}"/>'

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<form id="{world.rng.randrange(10**6)}">',
        element("氏名", me.name),
        element("受付番号", world.random12()),
        element(word, digits_of(world)),
        element("住所", me.address),
        "</form>",
    ]
    return kept(world, ("form.xml",), *seen(world, "form.xml", "\n".join(lines)))


@template("xml", source="SOAP services of payroll outsourcers")
def s_soap(world: World) -> Draft:
    """An envelope with namespaces; several persons."""
    tag = world.pick("KojinBango", "MyNumber", "IndividualNumber", "kojin_no", "個人番号")
    people = []
    for _ in world.many(1, 6):
        one = world.person()
        people.append(
            f"<hr:Employee><hr:Code>{one.staff}</hr:Code><hr:Name>{one.name}</hr:Name>"
            f"<hr:{tag}>{world.number()}</hr:{tag}><hr:Tel>{world.phone()}</hr:Tel></hr:Employee>"
        )
    text = (
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:hr="urn:example:hr"><soapenv:Header><hr:Trace>'
        f"{identifiers.guid(world.rng)}</hr:Trace></soapenv:Header><soapenv:Body>"
        f"{world.pick('', chr(10)).join(people)}</soapenv:Body></soapenv:Envelope>"
    )
    return kept(world, ("request.xml", "soap.log"), *seen(world, "request.xml", text, raw=0.5))


@template("xml", source="Attributes instead of elements")
def s_xml_attributes(world: World) -> Draft:
    """One element a person, everything an attribute."""
    key = world.pick("mynumber", "kojinNo", "個人番号", "MyNumber", "individual_no")
    lines = ["<?xml version='1.0'?>", "<社員一覧>"]
    for _ in world.many(1, 25):
        one = world.person()
        lines.append(
            f'<社員 code="{one.staff}" name="{one.name}" {key}="{world.number()}" '
            f'koyo="{identifiers.insurance(world.rng)}"/>'
        )
    lines.append("</社員一覧>")
    return kept(world, ("shain.xml",), *seen(world, "shain.xml", "\n".join(lines)))


@template("text", source="Pages of self-service portals saved from a browser")
def s_html_source(world: World) -> Draft:
    """A form's inputs, or its terms and descriptions."""
    me, number = world.person(), digits_of(world)
    word = world.pick("個人番号", "マイナンバー", "マイナンバー<span>必須</span>")
    row = world.pick(
        f'<label for="mn">{word}</label><input type="text" id="mn" name="f12" value="{number}">',
        f'<input type="hidden" name="kojinBango" value="{number}">',
        f"<dl>\n<dt>{word}</dt>\n<dd>{number}</dd>\n</dl>",
        f"<tr><th>{word}</th><td>{number}</td></tr>",
        f'<div class="row"><div class="col">{word}</div><div class="col">{number}</div></div>',
    )
    page = (
        f"<html><head><title>従業員情報</title></head><body><h1>{me.name}</h1>\n"
        f'<input type="hidden" name="csrf" value="{identifiers.guid(world.rng)}">\n'
        f"<table>{row}</table>\n<p>社員番号 {me.staff}</p></body></html>"
    )
    labelled = "hidden" not in row
    return kept(world, ("page.html",), *seen(world, "page.html", page), labelled=labelled)


@template("log", source="Form posts kept by a proxy or a test tool")
def s_form_post(world: World) -> Draft:
    """application/x-www-form-urlencoded, perhaps as a multipart body."""
    me = world.person()
    key = world.pick("kojinBango", "my_number", "myNumber", "individualNumber", "mynumber")
    number = world.number()
    bound = f"----WebKitFormBoundary{world.rng.randrange(10**9)}"
    plain = (
        f"POST /entry/confirm HTTP/1.1\nHost: hr.example\nContent-Type: "
        f"application/x-www-form-urlencoded\n\nname={quote(me.name)}&tel={world.phone()}"
        f"&{key}={number}&token={identifiers.guid(world.rng)}"
    )
    several = (
        f'{bound}\nContent-Disposition: form-data; name="shimei"\n\n{me.name}\n'
        f'{bound}\nContent-Disposition: form-data; name="{key}"\n\n{number}\n'
        f'{bound}\nContent-Disposition: form-data; name="tel"\n\n{world.phone()}\n{bound}--'
    )
    return kept(world, ("capture.txt", "post.log"), Text(world.pick(plain, several)))


@template("text", source="HL7 messages of hospitals; FHIR patients")
def s_hospital(world: World) -> Draft:
    """A patient with the number beside the hospital's own ids."""
    me, number = world.person(), world.number()
    own = str(world.rng.randrange(10**9))
    segments = (
        f"MSH|^~\\&|HIS|HOSP|LAB|HOSP|{identifiers.timestamp(world.rng)}||ADT^A08|{own}|P|2.5\n"
        f"PID|1||{own}^^^HOSP^PI~{number}^^^個人番号^NI||{me.name.replace('　', '^')}||"
        f"{me.born:%Y%m%d}|M|||{me.address}||{world.phone()}"
    )
    data = {
        "resourceType": "Patient",
        "identifier": [
            {"system": "urn:oid:1.2.392.100495.20.3.51", "value": own},
            {
                "type": {"text": world.pick("個人番号", "マイナンバー", "My Number")},
                "value": number,
            },
        ],
        "name": [{"text": me.name}],
        "birthDate": me.born.isoformat(),
    }
    if world.chance(0.5):
        return kept(world, ("adt.hl7", "message.txt"), Text(segments))
    return kept(world, ("patient.json",), *seen(world, "patient.json", _pretty(world, data)))


@template("json", source="Events and queues")
def s_json_lines(world: World) -> Draft:
    """One event a line; the number lies deep in some of them."""
    key = world.pick(*KEYS)
    lines = []
    for nth in world.many(4, 20):
        one = world.person()
        event: dict[str, object] = {"ts": str(world.rng.randrange(10**12, 2 * 10**12)), "seq": nth}
        if nth % 3 == 0:
            event |= {"type": "updated", "after": {"name": one.name, key: world.number()}}
        else:
            event |= {"type": "viewed", "by": one.roman, "item": world.random12(0.2)}
        lines.append(json.dumps(event, ensure_ascii=False))
    return kept(world, ("events.jsonl",), *opened("events.jsonl", "\n".join(lines)))
