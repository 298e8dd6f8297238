"""A realistic workspace of any size, seeded, with hostile names and without a single number.

It is written through the program's own schema; the rows are what an audit of a mid-sized company
leaves behind. Other tests load it with ``runpy``, since tests are no package.
"""

from __future__ import annotations

import json
import random
import sqlite3
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

from auditor.breach import Facts, class_of, measures_of
from auditor.model import Exposure
from auditor.papers import paper_of
from auditor.retention import Retention, check
from auditor.workspace import SCHEMA

TENANT = "contoso.onmicrosoft.com"
NAME = "株式会社サンプル商事"
NOW = datetime(2026, 10, 5, 18, 0, tzinfo=UTC)
PERSONS = (412, 1284)
WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
BLOATED = "とても長い名前" * 40 + ".pdf"


def build(
    folder: Path,
    items: int = 240,
    *,
    seed: int = 7,
    runs: int = 1,
    hostile: bool = True,
    tenants: int = 1,
) -> Path:
    """Write ``folder/workspace.sqlite``; with ``runs=0`` nothing ran in it yet."""
    folder.mkdir(mode=0o700, parents=True)
    file = folder / "workspace.sqlite"
    db = sqlite3.connect(file)
    db.execute("PRAGMA journal_mode = WAL")  # as the store writes it
    db.executescript(resources.files("auditor").joinpath("schema.sql").read_text("utf-8"))
    db.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
    for tenant in range(tenants if runs else 0):
        Builder(db, random.Random(seed + tenant), runs, tenant).fill(items, hostile=hostile)
    db.commit()
    db.close()
    file.chmod(0o600)
    return folder


def stamp(when: datetime) -> str:
    """A time as the store writes it."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def judged(
    name: str,
    exposure: tuple[str, list[str]],
    persons: int,
    times: tuple[datetime, datetime] | None,
) -> dict[str, Any]:
    """What the program's own rules say of an item of that name."""
    paper = paper_of("", [name])
    kept = check(paper, *(times or (None, None)), NOW.date()) if persons else Retention()
    level, reasons = exposure
    facts = Facts(Exposure(level, "", None, tuple(reasons)), persons, kept.check)
    return {
        "document_type": paper.code,
        "document_year": paper.year,
        "retention_check": kept.check,
        "retention_until": kept.until and kept.until.isoformat(),
        "measures": json.dumps(measures_of(facts)),
        "breach_class": class_of(facts),
    }


class Builder:
    def __init__(self, db: sqlite3.Connection, rng: random.Random, runs: int, tenant: int) -> None:
        self.db = db
        self.rng = rng
        self.first, self.last = tenant * runs + 1, (tenant + 1) * runs
        self.tenant = TENANT if not tenant else f"tenant-{'abcdef'[tenant]}.onmicrosoft.com"
        self.name = NAME if not tenant else f"{NAME} {'ABCDEF'[tenant]}"
        self.pk = 1000 * tenant
        self.states: dict[int, Counter[str]] = {}
        self.places = [
            (self.partition(source, name), source)
            for source, names in WORDS["places"].items()
            for name in names
        ]

    def insert(self, table: str, **values: object) -> None:
        names = ",".join(f'"{name}"' for name in values)
        marks = ",".join("?" * len(values))
        self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*values.values()])

    def letters(self, size: int = 22) -> str:
        """An id as the program makes them."""
        return "".join(self.rng.choices("abcdefghijklmnopqrstuvwxyz", k=size))

    def drawn(self, table: str, weight: int) -> str:
        """A key of a table of WORDS, by its weights."""
        rows = WORDS[table]
        return self.rng.choices(list(rows), [row[weight] for row in rows.values()])[0]

    def partition(self, source: str, name: str) -> int:
        pk = self.pk + len(self.states) + 1
        self.states[pk] = Counter()
        self.insert(
            "partition",
            pk=pk,
            tenant_id=self.tenant,
            source=source,
            key=self.letters().encode(),
            name=name,
            started=self.last,
            confirmed=self.last,
        )
        return pk

    def fill(self, items: int, *, hostile: bool) -> None:
        for seq in range(self.first, self.last + 1):
            self.run(seq)
        names = [*WORDS["hostile"], BLOATED] if hostile else []
        for place in range(items):
            self.item(
                names[place] if place < len(names) else None,
                (WORDS["hostile_urls"] if hostile else [])[place : place + 1],
            )
        for _ in range(max(12, items // 2)):
            self.gap()
        for source, name, permission in WORDS["scopes"]:
            self.scope(source, name, permission)
        for seq in range(self.first, self.last + 1):
            self.totals(seq)

    def run(self, seq: int) -> None:
        started = NOW - timedelta(days=7 * (self.last - seq))
        self.insert(
            "run",
            seq=seq,
            run_id=self.letters(),
            tenant_id=self.tenant,
            tenant_name=self.name,
            started=stamp(started),
            ended=stamp(started + timedelta(hours=2)),
            state="incomplete",
            tool_version="0.1.0",
            rules_digest=self.letters(),
            full=int(seq == self.first),
            persons_low=PERSONS[0],
            persons_high=PERSONS[1],
        )

    def item(self, name: str | None, urls: list[str]) -> None:
        rng = self.rng
        pk, source = rng.choice(self.places)
        reach = self.drawn("reaches", 1) if name is None else "anyone"
        if name is None:
            words = {"y": rng.choice(WORDS["years"]), "d": rng.choice(WORDS["departments"])}
            name = rng.choice(WORDS["files"]).format(**words)
        level, _, *reasons = WORDS["reaches"][reach]
        confidence = rng.choices(("high", "medium", "low", "sample"), (56, 22, 18, 4))[0]
        certain = confidence in {"high", "medium"}
        distinct = 1 + int(rng.expovariate(1 / 14)) if certain else 0
        modified = NOW - timedelta(days=1 + int(rng.expovariate(1 / 900)))
        dated = rng.random() > 0.03
        url = f"https://contoso.sharepoint.example/{self.letters(8)}/{self.letters(12)}"
        owner = rng.choice(WORDS["owners"])
        row: dict[str, Any] = {
            "item_id": self.letters(),
            "count": max(1, distinct) + rng.randrange(4),
            "distinct": distinct,
            "confidence": confidence,
            "since": self.last if rng.random() < 0.2 else self.first,
        }
        created = modified - timedelta(days=rng.randrange(300))
        people = {"anyone": None, "": None, "owner": 1, "organisation": 640}
        self.insert(
            "item_version",
            **row,
            partition=pk,
            item=name,
            url=urls[0] if urls else "" if source == "folder" else url,
            owner=f"{owner}@contoso.example" if owner else "",
            created=stamp(created) if dated else None,
            modified=stamp(modified) if dated else None,
            size=rng.randrange(4_000, 9_000_000),
            content_type=name.rpartition(".")[2][:8],
            version=self.letters(10),
            exposure=level,
            reach=reach,
            reach_people=people.get(reach, rng.randrange(2, 90)),
            exposure_reasons=json.dumps(reasons),
            **judged(name, (level, reasons), distinct, (modified, created) if dated else None),
        )
        self.findings(row)
        for _ in range(rng.randrange(1, 4) if reach else 0):
            self.grant(row, reach)
        self.states[pk]["complete"] += 1

    def findings(self, row: dict[str, Any]) -> None:
        for part in ("", "sheet 従業員")[: 1 + (row["count"] > 6)]:
            resident = self.rng.random() < 0.03
            places = [f"B{line}" for line in range(4, 4 + min(row["count"], 6))]
            self.insert(
                "finding_version",
                **row,
                finding_id=self.letters(),
                part=part,
                kind="resident_record_code" if resident else "individual_number",
                locations=json.dumps(places),
                reasons=json.dumps(self.rng.sample(WORDS["evidence"], 3)),
            )

    def grant(self, row: dict[str, Any], reach: str) -> None:
        rng = self.rng
        self.insert(
            "grant_version",
            item_id=row["item_id"],
            reach=reach,
            via=rng.choice(("link", "direct", "group")),
            who=rng.choice(WORDS["granted"]),
            people=rng.randrange(1, 90),
            expires=stamp(NOW + timedelta(days=30)) if rng.random() < 0.1 else None,
            password=int(rng.random() < 0.05),
            since=row["since"],
        )

    def gap(self) -> None:
        rng = self.rng
        pk, _ = rng.choice(self.places)
        reason = self.drawn("gaps", 1)
        state = WORDS["gaps"][reason][0]
        suspect = reason in {"password_protected", "ocr_off"} and rng.random() < 0.18
        got = 100 << 20 if reason == "too_large" else None
        name = "マイナンバー一覧.zip" if suspect else rng.choice(WORDS["unread"])
        self.missing(pk, name, state, reason, suspect=suspect, got=got)
        self.states[pk][state] += 1

    def scope(self, source: str, name: str, permission: str) -> None:
        pk = self.partition(source, name)
        self.missing(pk, "", "not_assessed", "permission_denied", permission=permission)
        self.states[pk]["scope"] += 1

    def missing(
        self,
        pk: int,
        name: str,
        state: str,
        reason: str,
        *,
        permission: str = "",
        suspect: bool = False,
        got: int | None = None,
    ) -> None:
        self.insert(
            "gap_version",
            item_id=self.letters(),
            partition=pk,
            item=name,
            part="",
            state=state,
            reason=reason,
            detail="accessDenied" if permission else "",
            bytes_read=got,
            bytes_total=got and 3 * got,
            suspect=int(suspect),
            permission=permission,
            retry=0,
            since=self.first,
        )

    def totals(self, seq: int) -> None:
        """The first run reads everything; later ones find nearly all of it unchanged."""
        for pk, counts in self.states.items():
            clean = 0 if counts["scope"] else 200 + 40 * (pk - self.pk)
            gaps = {name: counts[name] for name in ("partial", "skipped", "failed")}
            listed = clean + counts["complete"] + sum(gaps.values())
            kept = clean + sum(gaps.values()) if seq > self.first else 0
            states = dict.fromkeys(gaps, 0) if kept else gaps
            self.insert(
                "total",
                seq=seq,
                partition=pk,
                listed=listed,
                complete=listed - kept - sum(states.values()),
                unchanged=kept,
                **states,
                scope=counts["scope"],
                bytes=48_000 * listed,
                requests=2 * listed,
                seconds=3.5,
            )
