"""What the summary of a very large workspace costs: seconds, and memory at its highest.

``python tests/benchmarks/summary_size.py build DIR ITEMS`` writes a seeded workspace with five
findings an item and no number; ``… run DIR NAME`` measures one function in a process of its own and
prints one JSON line.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Any

from auditor.summary import Summary, load
from auditor.workspace import DATABASE, SCHEMA

PARTITIONS = 4_000
GIANT = 0.2
"""Share of the items that lie in one container."""
RUNS = ("2026-04-06", "2026-05-11", "2026-06-08")
FRAMES = ("findings", "items", "grants", "coverage", "totals")
STREAMS = ("findings", "items", "coverage")
TABLES = (
    "by_source by_partition reach_by_confidence reach_by_age persons to_act_on coverage_by_reason"
    " coverage_by_source books measures trend"
).split()
FUNCTIONS: dict[str, Callable[[Summary], Any]] = {
    **{f"{t}()": (lambda found, t=t: getattr(found, t)()) for t in TABLES},
    **{t: (lambda found, t=t: getattr(found, t)) for t in FRAMES},
    **{f"blocks({t})": (lambda found, t=t: deque(found.blocks(t), maxlen=0)) for t in STREAMS},
}

_ALPHABET = bytes(97 + byte % 26 for byte in range(256))
_FOLDERS = ("人事", "経理", "総務", "営業", "Shared Documents", "年末調整")
_FILES = ("源泉徴収票_{}.pdf", "従業員名簿{}.xlsx", "扶養控除等申告書 {}.pdf", "scan_{}.tif")
_LEVELS = ("public", "external", "internal", "private", "private", "private")
_REACHES = ("anyone", "guest", "organisation", "named", "named", "owner")
_PARTS = ("", "sheet 従業員", "page 3", "attachment 1 › page 2", "comment")
_REASONS = ('["check_passes", "label_field"]', '["check_passes", "grouped", "column_header"]')


def build(folder: Path, items: int) -> None:
    """Write the workspace."""
    folder.mkdir(mode=0o700, parents=True)
    db = sqlite3.connect(folder / DATABASE, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.executescript(resources.files("auditor").joinpath("schema.sql").read_text("utf-8"))
    db.execute("BEGIN")
    for table, rows in chain(_places(), _rows(random.Random(7), items)):
        names = ",".join(f'"{name}"' for name in rows[0])
        values = ",".join(f":{name}" for name in rows[0])
        db.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", rows)
    db.execute("COMMIT")
    db.close()
    (folder / DATABASE).chmod(0o600)


def _places() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Runs, partitions and books."""
    tenant = {"tenant_id": "contoso.example"}
    runs = [
        {
            **tenant,
            "seq": seq,
            "run_id": f"run{'abc'[seq - 1]}",
            "tenant_name": "Contoso",
            "started": f"{day}T18:00:00Z",
            "state": "complete",
            "tool_version": "0.1.0",
            "rules_digest": "r",
            "full": 1,
            "persons_low": 9_000,
            "persons_high": 80_000,
        }
        for seq, day in enumerate(RUNS, start=1)
    ]
    places = range(1, PARTITIONS + 1)
    named = {**tenant, "started": len(RUNS), "confirmed": len(RUNS)}
    yield "meta", [{"key": "schema", "value": str(SCHEMA)}]
    yield "run", runs
    yield (
        "partition",
        [
            {
                **named,
                "pk": pk,
                "source": ("sharepoint", "mail")[pk % 2],
                "key": str(pk).encode(),
                "name": f"部署{pk}@contoso.example",
            }
            for pk in places
        ],
    )
    book = {"listed": 5_000, "complete": 5_000}
    yield "total", [{**book, "seq": run["seq"], "partition": pk} for run in runs for pk in places]


def _rows(rng: random.Random, items: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of a thousand items at a time."""
    for start in range(0, items, 1_000):
        made = [_item(rng, place) for place in range(start, start + 1_000)]
        yield "item_version", made
        yield "finding_version", [row for item in made for row in _findings(rng, item)]
        yield "grant_version", [_grant(item, via) for item in made for via in ("link", "group")]
        yield "gap_version", [_gap(rng, item) for item in made]


def _letters(rng: random.Random, count: int = 22) -> str:
    return rng.randbytes(count).translate(_ALPHABET).decode()


def _item(rng: random.Random, place: int) -> dict[str, Any]:
    pick, item_id = rng.randrange(6), _letters(rng)
    pk = 1 if rng.random() < GIANT else rng.randrange(2, PARTITIONS + 1)
    day = f"20{10 + place % 16}-0{1 + place % 9}-11T02:03:04Z"
    return {
        "item_id": item_id,
        "partition": pk,
        "item": f"{rng.choice(_FOLDERS)}/{_FILES[place % 4].format(_letters(rng, 6))}",
        "url": f"https://contoso.sharepoint.example/sites/{pk}/Shared%20Documents/{item_id}",
        "owner": f"user{pk}@contoso.example",
        "created": day,
        "modified": day,
        "size": 9_000 + place,
        "content_type": "xlsx",
        "version": _letters(rng, 12),
        "confidence": "high" if pick < 4 else "low",
        "count": 20,
        "distinct": 1 + place % 40,
        "document_type": "withholding_slip",
        "exposure": _LEVELS[pick],
        "reach": _REACHES[pick],
        "reach_people": pick or None,
        "exposure_reasons": '["anyone_link"]',
        "measures": '["E-d", "F-a"]',
        "since": 1 if pick or place % 2 else 3,
        "until": None if pick or not place % 2 else 3,
    }


def _findings(rng: random.Random, item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    same = {name: item[name] for name in ("item_id", "confidence", "since", "until")}
    for place, part in enumerate(_PARTS):
        yield {
            **same,
            "finding_id": _letters(rng),
            "part": part,
            "locations": json.dumps([f"B{rng.randrange(1_000)}" for _ in range(4)]),
            "kind": "individual_number",
            "count": 4,
            "distinct": 4,
            "reasons": _REASONS[place % 2],
            "document_type": "withholding_slip",
        }


def _grant(item: dict[str, Any], via: str) -> dict[str, Any]:
    same = {name: item[name] for name in ("item_id", "reach", "since", "until")}
    return {**same, "via": via, "who": item["owner"], "people": 1, "password": 0}


def _gap(rng: random.Random, item: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(("part", "detail", "permission"), "")
    row |= {"suspect": 0, "retry": 0, "state": "partial", "reason": "ocr_off", "until": None}
    return {**row, "item_id": _letters(rng), "since": 1} | {
        name: item[name] for name in ("partition", "item")
    }


def run(folder: Path, name: str) -> dict[str, float]:
    """Seconds, MiB at the highest, and MiB of the interpreter with pandas alone."""
    bare = _peak()
    started = time.process_time()
    FUNCTIONS[name](load(folder))
    return {"seconds": time.process_time() - started, "peak": _peak(), "bare": bare}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(run(Path(sys.argv[2]), sys.argv[3])))
