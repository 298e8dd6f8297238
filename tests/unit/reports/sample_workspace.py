"""A realistic workspace of any size, seeded, with hostile names and without a single number.

It is written through the program's own schema; the rows are what an audit of a mid-sized company
leaves behind.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

TENANT = "contoso.onmicrosoft.com"
NAME = "株式会社サンプル商事"
NOW = datetime(2026, 10, 5, 18, 0, tzinfo=UTC)

HOSTILE = (
    "<script>alert(1)</script>.xlsx",
    "\"><img src=x onerror=alert(1)>'.docx",
    "</script><script>document.title='x'</script>.csv",
    '=HYPERLINK("https://evil.example";"開く").csv',
    "＝cmd|' /C calc'!A0.xlsx",
    "請求書\u202egpj.exe",
    "{tenant}{0}%s$data.txt",
    "とても長い名前" * 40 + ".pdf",
    "",
)
HOSTILE_URLS = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://a.example/<b>\"'&x",
)

_SITES = {
    "sharepoint": (
        "人事部",
        "経理部",
        "総務ポータル",
        "大阪支店",
        "年末調整プロジェクト",
        "社労士共有",
    ),
    "onedrive": ("佐藤 陽子", "鈴木 健司", "高橋 美咲", "田中 浩", "伊藤 直樹"),
    "mail": (
        "soumu@contoso.example",
        "jinji@contoso.example",
        "keiri@contoso.example",
        "recruit@contoso.example",
    ),
    "blob": ("backup", "payroll-export", "scan-inbox"),
    "folder": ("共有ドライブ",),
}
_FILES = (
    "扶養控除等申告書_{y}年分.xlsx",
    "マイナンバー一覧（{d}）.xlsx",
    "給与支払報告書_{d}.csv",
    "源泉徴収票 控え_{y}.pdf",
    "雇用保険 資格取得届 {d}.docx",
    "支払調書_{y}年.xlsx",
    "通知カード写し_{d}.zip",
    "RE: 年末調整の書類について（{d}）",
    "【至急】扶養の変更届を送ります",
    "個人番号台帳_{d}_最新版.xlsx",
    "入社手続き書類一式（{d}）.zip",
    "退職所得の受給に関する申告書_{y}.pdf",
)
_DEPARTMENTS = (
    "営業第一部",
    "品質管理部",
    "総務部",
    "人事部",
    "大阪支店",
    "福岡営業所",
    "経理部",
    "物流部",
)
_OWNERS = ("sato.yoko", "suzuki.kenji", "takahashi.misaki", "tanaka.hiroshi", "ito.naoki", "")
_REACHES = (
    ("anyone", "public", 1),
    ("external", "external", 3),
    ("guest", "external", 4),
    ("organisation", "internal", 16),
    ("large_group", "internal", 12),
    ("named", "private", 38),
    ("owner", "private", 24),
    ("unknown", "unknown", 2),
)
_WHY = {
    "anyone": ["anyone_link", "link_without_expiry"],
    "external": ["external_recipient"],
    "guest": ["guest"],
    "organisation": ["organisation_link"],
    "large_group": ["large_group"],
    "named": ["named"],
    "owner": ["owner_only"],
    "unknown": ["grants_unknown"],
}
_GAPS = (
    ("ocr_off", "partial", 40),
    ("password_protected", "failed", 14),
    ("unsupported_format", "skipped", 26),
    ("too_large", "partial", 6),
    ("malformed", "failed", 7),
    ("unknown_encoding", "partial", 3),
    ("excluded_by_settings", "skipped", 9),
    ("gone", "failed", 2),
)
_EVIDENCE = ("check_passes", "label_field", "label_header", "grouped", "form_word")


def build(
    folder: Path, items: int = 240, *, seed: int = 7, runs: int = 1, hostile: bool = True
) -> Path:
    """Write ``folder/workspace.sqlite``; ``runs=0`` is a workspace in which nothing ran yet."""
    folder.mkdir(mode=0o700, parents=True)
    db = sqlite3.connect(folder / "workspace.sqlite")
    db.executescript(resources.files("auditor").joinpath("schema.sql").read_text("utf-8"))
    if runs:
        _Builder(db, random.Random(seed), runs).fill(items, hostile=hostile)
    db.commit()
    db.close()
    (folder / "workspace.sqlite").chmod(0o600)
    return folder


def letters(rng: random.Random, size: int = 22) -> str:
    """An id as the program makes them."""
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=size))


def stamp(when: datetime) -> str:
    """A time as the store writes it."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


class _Builder:
    def __init__(self, db: sqlite3.Connection, rng: random.Random, runs: int) -> None:
        self.db = db
        self.rng = rng
        self.runs = runs
        self.states: dict[int, Counter[str]] = {}
        self.partitions: list[tuple[int, str, str]] = []
        for source, names in _SITES.items():
            for name in names:
                self._partition(source, name)

    def _partition(self, source: str, name: str) -> int:
        pk = len(self.states) + 1
        self.states[pk] = Counter()
        self.partitions.append((pk, source, name))
        self._insert(
            "partition", pk, TENANT, source, letters(self.rng).encode(), name, 1, self.runs
        )
        return pk

    def _insert(self, table: str, *values: object) -> None:
        marks = ",".join("?" * len(values))
        self.db.execute(f"INSERT INTO {table} VALUES ({marks})", values)

    def fill(self, items: int, *, hostile: bool) -> None:
        for seq in range(1, self.runs + 1):
            started = NOW - timedelta(days=7 * (self.runs - seq))
            high = 1_284 if seq == self.runs else 900
            self._insert(
                "run",
                seq,
                letters(self.rng),
                TENANT,
                NAME,
                stamp(started),
                stamp(started + timedelta(hours=2)),
                "incomplete",
                "0.1.0",
                letters(self.rng),
                int(seq == 1),
                0,
                412,
                high,
            )
        for place in range(items):
            self._item(place, hostile=hostile)
        for _ in range(max(12, items // 2)):
            self._gap()
        for source, name, permission in (
            ("sharepoint", "役員会", "Sites.Read.All"),
            ("mail", "yakuin@contoso.example", "Mail.Read"),
        ):
            self._scope(source, name, permission)
        self._totals()

    def _item(self, place: int, *, hostile: bool) -> None:
        rng = self.rng
        pk, source, _ = self.partitions[rng.randrange(len(self.partitions))]
        reach, level, _ = rng.choices(_REACHES, [weight for *_, weight in _REACHES])[0]
        if hostile and place < len(HOSTILE):
            name, reach, level = HOSTILE[place], "anyone", "public"
        else:
            year = rng.choice(("平成三十", "令和元", "令和三", "令和五", "令和七"))
            name = rng.choice(_FILES).format(y=year, d=rng.choice(_DEPARTMENTS))
        confidence = rng.choices(("high", "medium", "low", "sample"), (56, 22, 18, 4))[0]
        distinct = 1 + int(rng.expovariate(1 / 14)) if confidence in {"high", "medium"} else 0
        modified = NOW - timedelta(days=int(rng.expovariate(1 / 900)))
        url = f"https://contoso.sharepoint.example/{letters(rng, 8)}/{letters(rng, 12)}"
        if source == "folder":
            url = ""
        if hostile and place < len(HOSTILE_URLS):
            url = HOSTILE_URLS[place]
        item_id = letters(rng)
        people = {"anyone": None, "owner": 1, "organisation": 640}.get(reach, rng.randrange(2, 90))
        dates = (
            (None, None)
            if rng.random() < 0.02
            else (stamp(modified - timedelta(days=rng.randrange(300))), stamp(modified))
        )
        since = self.runs if rng.random() < 0.2 else 1
        count = max(1, distinct) + rng.randrange(4)
        self._insert(
            "item_version",
            item_id,
            pk,
            None,
            name,
            url,
            f"{owner}@contoso.example" if (owner := rng.choice(_OWNERS)) else "",
            *dates,
            rng.randrange(4_000, 9_000_000),
            "xlsx",
            letters(rng, 10),
            confidence,
            count,
            distinct,
            level,
            reach if level != "unknown" else "",
            people,
            json.dumps(_WHY[reach]),
            since,
            None,
        )
        self._findings(item_id, confidence, count, distinct, since)
        for _ in range(rng.randrange(1, 4)):
            self._insert(
                "grant_version",
                item_id,
                reach,
                rng.choice(("link", "direct", "group")),
                rng.choice(("全社員", "tani@tani-sr.example", "人事部 メンバー", "")),
                people,
                stamp(NOW + timedelta(days=30)) if rng.random() < 0.1 else None,
                int(rng.random() < 0.05),
                since,
                None,
            )
        self.states[pk]["complete"] += 1

    def _findings(
        self, item_id: str, confidence: str, count: int, distinct: int, since: int
    ) -> None:
        for part in ("", "sheet 従業員")[: 1 + (count > 6)]:
            kind = "resident_record_code" if self.rng.random() < 0.03 else "individual_number"
            places = json.dumps([f"B{row}" for row in range(4, 4 + min(count, 6))])
            reasons = json.dumps(self.rng.sample(_EVIDENCE, 3))
            self._insert(
                "finding_version",
                item_id,
                letters(self.rng),
                part,
                places,
                kind,
                confidence,
                count,
                distinct,
                reasons,
                since,
                None,
            )

    def _gap(self) -> None:
        rng = self.rng
        pk, source, _ = self.partitions[rng.randrange(len(self.partitions))]
        reason, state, _ = rng.choices(_GAPS, [weight for *_, weight in _GAPS])[0]
        suspect = reason in {"password_protected", "ocr_off"} and rng.random() < 0.18
        name = (
            "マイナンバー一覧.zip"
            if suspect
            else rng.choice(("会議室写真.jpg", "図面.dwg", "議事録.zip"))
        )
        got = 100 << 20 if reason == "too_large" else None
        self._insert(
            "gap_version",
            letters(rng),
            pk,
            None,
            name,
            "",
            state,
            reason,
            "EncryptedPackage" if state == "failed" else "",
            got,
            got and got * 3,
            int(suspect),
            "",
            0,
            1,
            None,
        )
        del source
        self.states[pk][state] += 1

    def _scope(self, source: str, name: str, permission: str) -> None:
        pk = self._partition(source, name)
        self._insert(
            "gap_version",
            letters(self.rng),
            pk,
            None,
            "",
            "",
            "not_assessed",
            "permission_denied",
            "403 accessDenied",
            None,
            None,
            0,
            permission,
            1,
            1,
            None,
        )
        self.states[pk]["scope"] += 1

    def _totals(self) -> None:
        for seq in range(1, self.runs + 1):
            for pk, counts in self.states.items():
                clean = 0 if counts["scope"] else self.rng.randrange(200, 4000)
                unchanged = clean if seq > 1 else 0
                listed = sum(counts[name] for name in ("complete", "partial", "skipped", "failed"))
                self._insert(
                    "total",
                    seq,
                    pk,
                    listed + clean,
                    counts["complete"] + clean - unchanged,
                    counts["partial"],
                    counts["skipped"],
                    counts["failed"],
                    unchanged,
                    counts["scope"],
                    48_000 * (listed + clean),
                    2 * listed,
                    3.5,
                )
