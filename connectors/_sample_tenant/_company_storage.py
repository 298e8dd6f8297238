"""What the company keeps in shares, tables and queues: old file servers, apps, imports."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from connectors._sample_tenant._company_keys import blob_etag, courier, draw, guid, individual
from connectors._sample_tenant._company_people import Employee, employee, employees
from connectors._sample_tenant._company_plan import Core, Plant, day, held, lookalike
from connectors._sample_tenant._company_sharing import PRIVATE
from connectors._sample_tenant._documents import delimited, memo, parcel_rows, payroll_rows
from connectors._sample_tenant._documents_forms import plain_pdf, slip
from connectors._sample_tenant._model_storage import (
    Entity,
    Property,
    Queue,
    QueueMessage,
    Share,
    ShareFile,
    Storage,
    Table,
)

_FILES, _TABLES, _QUEUES = "azure_files", "azure_tables", "azure_queues"
_SNAPSHOT = "2026-03-01T00:00:00.0000000Z"
_DEPTH = 6


def write(core: Core) -> None:
    """Put shares, tables and queues into the core."""
    core.storage = Storage(
        shares=(*_shares(core),),
        tables=(_staff(core), _parcels(core), _scans(core)),
        queues=(_imports(core), _parcels_of(core, "orders", 40), _parcels_of(core, "returns", 3)),
    )


# ---------------------------------------------------------------------------------------- shares


class _Shelf:
    """Files of one share, with what is planted in them."""

    def __init__(self, core: Core, share: str) -> None:
        self.files: list[ShareFile] = []
        self._core = core
        self._share = share

    def put(self, path: str, data: Callable[[], bytes], *plants: Plant) -> None:
        """Put a file; ``path`` is its folder and name."""
        core, name = self._core, path.rpartition("/")[2]
        made = day(2026, 1, 20) + timedelta(hours=len(self.files))
        etag = blob_etag(draw(core.seed, "share file", self._share, path))
        size = len(data())
        self.files.append(ShareFile(path, size, etag, made, made + timedelta(days=1), data))
        core.plant(_FILES, self._share, name, PRIVATE, plants)


def _shares(core: Core) -> list[Share]:
    staff = _Shelf(core, "jinji")
    people = employees(core.seed, "share staff", 12, zeros=(2,))
    numbers = tuple(one.number for one in people)
    staff.put(
        "給与/2026/給与台帳.csv", held(delimited(payroll_rows(people), "cp932")), Plant(numbers)
    )
    staff.put("給与/2026/読んでください.txt", held("毎月末に更新します。\r\n".encode("cp932")))
    one = employee(core.seed, "share memo", 0)
    staff.put("入社手続/メモ.", held(memo(one, one.number).encode("cp932")), Plant((one.number,)))
    deep = employee(core.seed, "share deep", 0)
    folders = "/".join(f"階層{chr(65 + step)}" for step in range(_DEPTH))
    staff.put(f"{folders}/控え.txt", held(memo(deep, deep.number).encode()), Plant((deep.number,)))
    named = individual(core.seed, "share name")
    plain = held(plain_pdf("受付票", 7, pages=1))
    staff.put(f"入社手続/個人番号_{named}.pdf", plain, Plant((named,), note="number in the name"))
    staff.put("空.txt", held(b""))
    scans = _Shelf(core, "scan")
    for at in range(3):
        paid = employee(core.seed, "share slip", at)
        scans.put(f"源泉徴収票_{at + 1}.pdf", held(slip(paid, "令和7年")), Plant((paid.number,)))
    goods = _Shelf(core, "souko")
    parcels = [courier(core.seed, "share parcel", at, passing=at % 10 == 0) for at in range(12)]
    sent = held(delimited(parcel_rows(parcels)))
    goods.put("配送/送り状.csv", sent, lookalike("parcel numbers", *parcels))
    return [
        Share("jinji", tuple(staff.files), ("空のフォルダー",)),
        Share("jinji", tuple(staff.files[:2]), snapshot=_SNAPSHOT),
        Share("kyu-jinji", deleted=day(2026, 3, 20)),
        Share("scan", tuple(scans.files)),
        Share("souko", tuple(goods.files)),
    ]


# ---------------------------------------------------------------------------------------- tables


def _entity(core: Core, table: str, keys: tuple[str, str], **said: Property) -> Entity:
    turn = draw(core.seed, "entity", table, *keys)[0]
    return Entity(*keys, day(2026, 2, 2) + timedelta(minutes=turn), said)


def _staff(core: Core) -> Table:
    """An app's master of employees, keyed by office; the numbers are a property of it."""
    rows = []
    for one in employees(core.seed, "table staff", 25, zeros=(7,)):
        keys = ("honsha", one.code)
        rows.append(
            _entity(
                core, "Employees", keys,
                Name=("Edm.String", one.name),
                Kana=("Edm.String", one.kana),
                BirthDate=("Edm.DateTime", f"{one.born:%Y-%m-%d}T00:00:00Z"),
                Salary=("Edm.Int32", one.salary),
                Retired=("Edm.Boolean", False),
                MyNumber=("Edm.String", one.number),
                CardId=("Edm.Guid", guid(draw(core.seed, "card", one.code))),
            )
        )  # fmt: skip
        core.plant(_TABLES, "Employees", ", ".join(keys), PRIVATE, [Plant((one.number,))])
    return Table("Employees", tuple(rows))


def _parcels(core: Core) -> Table:
    """Tracking numbers as 64-bit integers."""
    rows = []
    for at in range(20):
        number = courier(core.seed, "table parcel", at, passing=at % 10 == 0)
        keys = ("2026", f"P{chr(65 + at)}")
        said: dict[str, Property] = {
            "TrackingNumber": ("Edm.Int64", number),
            "Weight": ("Edm.Double", 2.5),
            "ShippedAt": ("Edm.DateTime", f"2026-03-{1 + at:02d}T03:00:00Z"),
        }
        rows.append(_entity(core, "Parcels", keys, **said))
        core.plant(_TABLES, "Parcels", ", ".join(keys), PRIVATE, [lookalike("parcel", number)])
    return Table("Parcels", tuple(rows))


def _scans(core: Core) -> Table:
    """Documents in binary properties, with and without a number."""
    rows = []
    for at in range(6):
        one = employee(core.seed, "table scan", at)
        data = slip(one, "令和7年") if at % 2 == 0 else memo(one, "未提出").encode()
        keys = ("scan", one.code)
        said: dict[str, Property] = {
            "FileName": ("Edm.String", "source.pdf" if at % 2 == 0 else "memo.txt"),
            "Data": ("Edm.Binary", base64.b64encode(data).decode()),
        }
        rows.append(_entity(core, "Scans", keys, **said))
        if at % 2 == 0:
            core.plant(_TABLES, "Scans", ", ".join(keys), PRIVATE, [Plant((one.number,))])
    return Table("Scans", tuple(rows))


# ---------------------------------------------------------------------------------------- queues


def _message(core: Core, queue: str, at: int, text: str, plants: Sequence[Plant]) -> QueueMessage:
    identity = guid(draw(core.seed, "message", queue, at))
    core.plant(_QUEUES, queue, f"message {identity}", PRIVATE, plants)
    return QueueMessage(identity, text, _moment(at), at % 3)


def _moment(at: int) -> datetime:
    return day(2026, 3, 30) + timedelta(minutes=7 * at)


def _imported(one: Employee) -> str:
    said = {"event": "employee.created", "name": one.name, "my_number": one.number}
    return json.dumps(said, ensure_ascii=False)


def _packed(text: str, encoding: str = "utf-8") -> str:
    return base64.b64encode(text.encode(encoding)).decode()


def _imports(core: Core) -> Queue:
    """What an import service was sent: JSON in base64 and plain, XML, a memo in UTF-16."""
    people = employees(core.seed, "queue import", 5)
    texts = (
        _packed(_imported(people[0])),
        _imported(people[1]),
        f"<crew><name>{people[2].name}</name><個人番号>{people[2].number}</個人番号></crew>",
        _packed(memo(people[3], people[3].number), "utf-16"),
        f"個人番号 {people[4].number}",
    )
    pairs = zip(texts, people, strict=True)
    made = [
        _message(core, "hr-import", at, text, [Plant((one.number,))])
        for at, (text, one) in enumerate(pairs)
    ]
    made.append(_message(core, "hr-import", len(made), "ping", []))
    return Queue("hr-import", tuple(made), taken=2)


def _parcels_of(core: Core, queue: str, many: int) -> Queue:
    """Parcel numbers; of more than 32 messages, the last ones nobody can see."""
    made = []
    for at in range(many):
        number = courier(core.seed, queue, at, passing=at % 10 == 0)
        text = _packed(json.dumps({"order": f"A-{at}", "tracking_number": number}))
        made.append(_message(core, queue, at, text, [lookalike("parcel", number)]))
    return Queue(queue, tuple(made))
