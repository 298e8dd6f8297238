"""Logs and tickets into which programs and people let numbers slip."""

from __future__ import annotations

import json

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import clock, labelled_number, mail, paragraph, where
from corpus.world import World
from corpus.writing import grouped

LOG = "Logs of programs that write what they are given"


def _stamp(world: World) -> str:
    return f"{world.day(2023, 2026)} {clock(world)}.{world.rng.randrange(1000):03d}"


def _noise(world: World) -> str:
    rng = world.rng
    return world.pick(
        f"{_stamp(world)} INFO  [http-8080-{rng.randrange(20)}] GET /api/v1/employees/"
        f"{rng.randrange(10**6)} 200 {rng.randrange(900)}ms",
        f"{_stamp(world)} DEBUG session={identifiers.guid(rng)} user={identifiers.digits(rng, 6)}",
        f"{_stamp(world)} WARN  retry order={world.random12(0.2)} attempt={rng.randrange(5)}",
        f"{_stamp(world)} INFO  batch {identifiers.timestamp(rng)} finished rows="
        f"{rng.randrange(10**5)}",
    )


@template("log", source=LOG)
def leaking_log(world: World) -> Draft:
    """A number under its key, between lines of no interest."""
    lines = [_noise(world) for _ in world.many(3, 80)]
    key = world.pick(
        "myNumber",
        "my_number",
        "kojinBango",
        "individualNumber",
        "個人番号",
        "マイナンバー",
        "mynumber",
    )
    for _ in world.many(1, 6):
        number = world.number()
        said = world.pick(
            f"ERROR validation failed: {key}={number} is already registered",
            f'DEBUG request body {{"name":"{world.person().surname}","{key}":"{number}"}}',
            f"INFO  Employee[code={identifiers.digits(world.rng, 5)}, {key}={number}, dept=12]",
            f"WARN  {key}の形式が不正です: {grouped(number, '-')}",
            f"DEBUG SQL update m_emp set {key}='{number}' where id={world.rng.randrange(9999)}",
        )
        lines.insert(world.rng.randint(0, len(lines)), f"{_stamp(world)} {said}")
    return Draft(
        [Text("\n".join(lines))],
        where(world, world.pick("app.log", "batch_err.log", "catalina.out.txt")),
    )


@template("log", source=LOG)
def query_string_log(world: World) -> Draft:
    """Access log of a page that takes the number as a parameter."""
    key = world.pick("mynumber", "my_number", "kojin_no", "individual_number", "myNumber")
    lines = []
    for _ in world.many(2, 60):
        rng = world.rng
        wants = not lines or world.chance(0.2)
        query = (
            f"?{key}={world.number()}&t={rng.randrange(10**12, 2 * 10**12)}"
            if wants
            else f"?page={rng.randrange(40)}"
        )
        ip = ".".join(str(rng.randrange(1, 255)) for _ in range(4))
        lines.append(
            f'{ip} - - [{world.day():%d/%b/%Y}:10:02:11 +0900] "GET /verify{query} HTTP/1.1" '
            f"200 {rng.randrange(9999)}"
        )
    return Draft([Text("\n".join(lines))], where(world, "access.log"))


@template("log", source=LOG)
def structured_log(world: World) -> Draft:
    """One JSON object a line, saved as text."""
    key = world.pick("myNumber", "my_number", "individual_number")
    lines = []
    for nth in world.many(1, 30):
        entry: dict[str, object] = {
            "ts": world.rng.randrange(1_600_000_000_000, 1_800_000_000_000),
            "traceId": identifiers.guid(world.rng),
            "userId": world.random12(0.1),
        }
        if not nth or world.chance(0.3):
            entry["payload"] = {"name": world.person().name, key: world.number()}
        lines.append(json.dumps(entry, ensure_ascii=False))
    return Draft([Text("\n".join(lines))], where(world, "trace_jsonl.txt"))


@template("ticket", source="Support tickets about personnel systems")
def support_ticket(world: World) -> Draft:
    """Ticket number, order numbers, and a user's own number in the report."""
    one = world.person()
    told = labelled_number(world, world.number(), odd=0.1, plain=True)
    fields = [
        f"チケット番号: {world.random12()}",
        f"受付日時: {_stamp(world)}",
        f"報告者: {one.name}　内線 {identifiers.digits(world.rng, 4)}",
        f"内容: {paragraph(world, 1, 2)}",
        world.pick(
            f"入力値 {told} でエラーになります。",
            f"{told}を登録すると画面が固まります。",
            f"{told}\n上記が登録できません。",
        ),
    ]
    if world.chance(0.5):
        return mail(world, f"[#{world.random12()}] 登録エラー", "\n".join(fields))
    return Draft(
        [Text("\n".join(fields))], where(world, world.pick("ticket.txt", "問い合わせ.docx"))
    )


@template("ticket", source="Notes of telephone calls")
def call_note(world: World) -> Draft:
    """電話メモ: the number was read out."""
    one, number = world.person(), world.number()
    said = world.pick(
        grouped(number), grouped(number, "　"), grouped(number, "-"), grouped(number, "・"), number
    )
    lines = [
        f"電話メモ　{_stamp(world)[:16]}",
        f"{one.name}様より　折返し {world.phone()}",
        world.pick(
            f"マイナンバー {said} とのこと", f"個人番号は {said}", f"個人番号「{said}」を聞き取り"
        ),
        paragraph(world, 1, 2),
    ]
    return Draft([Text("\n".join(lines))], where(world, "電話メモ.txt"))
