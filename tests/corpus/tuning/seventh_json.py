"""JSON as interfaces, forms, logs and stores give it: read by its format, or pasted as it is."""

from __future__ import annotations

import json
from typing import Any

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import digits_of, kept, seen
from corpus.world import World
from corpus.writing import grouped

STORE = "Interfaces, exports and logs of HR, form and database services"
KEYS = ("my_number", "myNumber", "individual_number", "kojin_bango", "個人番号", "マイナンバー")
FILES = ("export.json", "response.json", "dump.json", "records.json", "data.json")


def _written(world: World, value: Any) -> str:
    return json.dumps(
        value,
        ensure_ascii=world.chance(0.15),
        indent=world.pick(None, None, 2, 4),
        separators=world.pick(None, (",", ":")),
    )


def _draft(world: World, value: Any, *, raw: float = 0.5, labelled: bool = True) -> Draft:
    name = world.pick(*FILES)
    return kept(
        world, (name,), *seen(world, name, _written(world, value), raw=raw), labelled=labelled
    )


@template("json", source=STORE)
def q_columns_and_rows(world: World) -> Draft:
    """Names of columns once, and lists of cells."""
    name, number = world.pick(("氏名", world.pick(*KEYS[4:])), ("name", world.pick(*KEYS[:4])))
    columns = ["id", name, "birth", number, "tel"]
    rows = []
    mark = world.pick("", "", "-")
    for nth in world.many(1, 12):
        one, digits = world.person(), grouped(world.number(), mark)
        rows.append([nth, one.name, one.born.isoformat(), digits, world.phone()])
    heading: Any = columns
    if world.chance(0.4):
        heading = [{"name": column, "type": "string"} for column in columns]
    keys = world.pick(("columns", "rows"), ("header", "data"), ("fields", "values"))
    return _draft(world, {"table": "staff", keys[0]: heading, keys[1]: rows})


@template("json", source=STORE)
def q_fields_with_types(world: World) -> Draft:
    """Every field is an object of its own, with its type."""
    key = world.pick(*KEYS)
    records = []
    for _ in world.many(1, 8):
        one = world.person()
        records.append(
            {
                "$id": {"type": "__ID__", "value": identifiers.digits(world.rng, 3)},
                "氏名": {"type": "SINGLE_LINE_TEXT", "value": one.name},
                key: {"type": "SINGLE_LINE_TEXT", "value": digits_of(world)},
                "電話": {"type": "LINK", "value": world.phone()},
            }
        )
    value = {"record": records[0]} if len(records) == 1 else {"records": records}
    return _draft(world, value)


@template("json", source=STORE)
def q_typed_attributes(world: World) -> Draft:
    """A store of documents: a letter tells the type of each value."""
    key = world.pick(*KEYS[:4])
    items = []
    for _ in world.many(1, 9):
        one = world.person()
        items.append({"pk": {"S": f"EMP#{one.staff}"}, "name": {"S": one.name}})
        items[-1][key] = {"S": digits_of(world)}
        items[-1]["updated"] = {"N": str(world.rng.randrange(1_600_000_000, 1_800_000_000))}
    return _draft(world, {"Items": items, "Count": len(items)})


@template("json", source=STORE)
def q_escaped_in_a_log(world: World) -> Draft:
    """A body that is itself JSON, as text in a field of a line of a log."""
    key = world.pick(*KEYS)
    lines = []
    for _ in world.many(1, 6):
        one = world.person()
        body = json.dumps({"employee": one.staff, key: digits_of(world)}, ensure_ascii=False)
        line = {
            "time": f"{world.day()}T03:11:{world.rng.randrange(60):02d}Z",
            "level": world.pick("INFO", "DEBUG", "ERROR"),
            "traceId": identifiers.guid(world.rng),
            "body": body,
        }
        lines.append(json.dumps(line, ensure_ascii=False))
    text = world.pick("", "2026-04-01 12:00:00 api[312]: ") + "\n".join(lines)
    return kept(world, ("app.log", "trace.txt", "調査メモ.txt"), Text(text))


@template("json", source=STORE)
def q_number_in_pieces(world: World) -> Draft:
    """Three boxes of a form, as a list, or as three fields that are counted."""
    key, number = world.pick(*KEYS), world.number()
    pieces = [number[:4], number[4:8], number[8:]]
    one = world.person()
    value: dict[str, Any] = {"name": one.name, "zip": world.postcode()}
    if world.chance(0.5):
        value[key] = pieces if world.chance(0.6) else list(number)
    else:
        mark = world.pick("", "_", "-")
        value |= {f"{key}{mark}{nth}": piece for nth, piece in enumerate(pieces, 1)}
    value["tel"] = world.phone()
    return _draft(world, value)


@template("json", source=STORE)
def q_numbers_by_person(world: World) -> Draft:
    """A map from codes of persons to their numbers, under its name."""
    key = world.pick("my_numbers", "myNumbers", "個人番号", "マイナンバー", "individual_numbers")
    people = {f"E{world.person().staff}": digits_of(world) for _ in world.many(2, 10)}
    return _draft(world, {"company": world.company(), key: people})


@template("json", source=STORE)
def q_list_items(world: World) -> Draft:
    """Items of a list: what people filled in lies in an object of its own."""
    key = world.pick("個人番号", "マイナンバー", "_x500b__x4eba__x756a__x53f7_", "MyNumber")
    items = []
    for nth in world.many(1, 12):
        one = world.person()
        fields = {"Title": one.name, key: digits_of(world), "Modified": f"{world.day()}T00:00:00Z"}
        items.append({"id": str(nth + 1), "eTag": identifiers.guid(world.rng), "fields": fields})
    return _draft(world, {"@odata.count": len(items), "value": items})


@template("json", source=STORE)
def q_read_off_a_paper(world: World) -> Draft:
    """What a service read off a scanned paper: pairs of a name and its value."""
    one = world.person()
    number = digits_of(world)
    pairs = [
        ("氏名", one.name),
        (world.pick("個人番号", "マイナンバー"), number),
        ("住所", one.address),
    ]
    found = [
        {
            "key": {"content": name, "page": 1},
            "value": {"content": value, "page": 1},
            "confidence": round(world.rng.uniform(0.7, 0.99), 3),
        }
        for name, value in pairs
    ]
    return _draft(world, {"keyValuePairs": found})


@template("json", source=STORE)
def q_orders_in_columns(world: World) -> Draft:
    """The same shapes with other numbers."""
    key = world.pick("注文番号", "order_no", "trackingNumber", "送り状番号", "account_id")
    rows = [[world.person().name, world.random12()] for _ in world.many(1, 10)]
    value = world.pick(
        {"columns": ["name", key], "rows": rows},
        {"records": [{"name": {"value": a}, key: {"type": "T", "value": b}} for a, b in rows]},
        {"Items": [{"name": {"S": a}, key: {"S": b}} for a, b in rows]},
        {key: {f"A{nth:03d}": b for nth, (_, b) in enumerate(rows)}},
    )
    return _draft(world, value)


@template("json", source=STORE)
def q_requests_on_the_matter(world: World) -> Draft:
    """Requests of the system that keeps the numbers, with ids of their own."""
    lines = []
    for _ in world.many(1, 6):
        body = {"requestId": world.random12(), "system": "mynumber-vault", "status": "collected"}
        body["myNumberStatus"] = world.pick("registered", "missing", "expired")
        lines.append(json.dumps({"level": "INFO", "body": json.dumps(body)}))
    return kept(world, ("vault.log", "api.jsonl"), Text("\n".join(lines)))
