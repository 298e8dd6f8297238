"""A whole audit of the sample company, compared with what was planted in it."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from auditor.redact import mask
from connectors._sample_tenant._company import company
from connectors._sample_tenant._model import Planted
from tests.system.command import settings_of
from tests.system.report_text import plain
from tests.unit.sample_tenant.schema_walk import undeclared

ITEMS = 600
GRAPH = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "graph_schema.json").read_text("utf-8")
)
UNREADABLE = ("cannot be read",)
RANK = ["none", "sample", "low", "medium", "high"]


def planted() -> dict[tuple[str, str, str], list[Planted]]:
    """What was planted, by the item it lies in."""
    by_item: dict[tuple[str, str, str], list[Planted]] = defaultdict(list)
    for one in company(ITEMS).planted:
        by_item[one.source, one.partition, one.item].append(one)
    return by_item


def items_of(audited: Any) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """What was found, by the item it lies in; drives and blobs by the last part of their path."""
    rows = audited.rows(
        'SELECT source, partition, item, confidence, "distinct", exposure FROM items'
    )
    return {(r[0], r[1], r[2] if r[0] == "mail" else Path(r[2]).name): r[3:] for r in rows}


def key_of(where: tuple[str, str, str]) -> tuple[str, str, str]:
    """The same item as the report names it."""
    source, partition, item = where
    shown = mask(item)
    return source, partition, shown if source == "mail" else Path(shown).name


@pytest.fixture(scope="module")
def found(audited: Any) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """Findings by item."""
    return items_of(audited)


def test_every_planted_number_is_found(found: dict[Any, Any]) -> None:
    """Every item with a number is reported, at the confidence a person would give it."""
    missed = []
    for where, ones in planted().items():
        expected = max((p.confidence for p in ones), key=RANK.index)
        if expected == "none" or any(word in p.note for p in ones for word in UNREADABLE):
            continue
        row = found.get(key_of(where))
        if row is None or RANK.index(row[0]) < RANK.index(expected):
            missed.append((where[0], where[1], key_of(where)[2], expected, row and row[0]))
    assert missed == []


def test_samples_and_lookalikes_are_not_reported_as_numbers(found: dict[Any, Any]) -> None:
    """Courier, licence, order and corporate numbers stay silent; specimens are only samples."""
    wrong = []
    for where, ones in planted().items():
        best = max((p.confidence for p in ones), key=RANK.index)
        row = found.get(key_of(where))
        if best in {"none", "sample"} and row and RANK.index(row[0]) > RANK.index(best):
            wrong.append((where[0], where[1], key_of(where)[2], best, row[0]))
    assert wrong == []


def test_nothing_else_is_reported(found: dict[Any, Any]) -> None:
    """No finding in an item where nothing was planted."""
    known = {key_of(where) for where in planted()}
    assert [k for k in found if k not in known] == []


def test_distinct_numbers_are_counted_exactly(found: dict[Any, Any]) -> None:
    """Items whose numbers are all of high confidence say how many different ones they hold."""
    wrong = []
    for where, ones in planted().items():
        high = {p.number for p in ones if p.confidence == "high"}
        row = found.get(key_of(where))
        if row and high and row[1] != len(high):
            wrong.append((key_of(where)[2], row[1], len(high)))
    assert wrong == []


def test_exposure_is_who_can_reach_it(found: dict[Any, Any]) -> None:
    """Each item carries the exposure that its sharing means."""
    wrong = []
    for where, ones in planted().items():
        row = found.get(key_of(where))
        expected = {p.exposure for p in ones if p.exposure}
        if row and expected and {row[2]} != expected:
            wrong.append((where[0], key_of(where)[2], row[2], expected))
    assert wrong == []


def test_the_books_balance(audited: Any) -> None:
    """listed = complete + partial + skipped + failed + not_assessed + unchanged, everywhere."""
    rows = audited.rows(
        "SELECT listed, complete + partial + skipped + failed + not_assessed + unchanged "
        "FROM totals"
    )
    assert rows
    assert [r for r in rows if r[0] != r[1]] == []


def test_what_could_not_be_seen_is_said(audited: Any) -> None:
    """The denied mailbox, the locked site, the archived blob, the encrypted zip, the picture."""
    rows = audited.rows("SELECT source, partition, item, state, reason, suspect FROM coverage")
    said = {(r[0], r[3], r[4]) for r in rows}
    assert ("mail", "not_assessed", "permission_denied") in said
    assert ("sharepoint", "not_assessed", "permission_denied") in said
    assert ("blob", "skipped", "archived_tier") in said
    assert {r[4] for r in rows if r[2].endswith("マイナンバー一覧.zip")} & {
        "encrypted",
        "password_protected",
    }
    assert all(r[5] for r in rows if r[2].endswith("マイナンバー一覧.zip"))
    assert audited.rows("SELECT DISTINCT state FROM runs") == [("incomplete",)]


DIGITS = {
    "utf-8": rb"(?:[0-9]|\xef\xbc[\x90-\x99])",
    "utf-16-le": rb"(?:[0-9]\x00|[\x10-\x19]\xff)",
    "cp932": rb"(?:[0-9]|\x82[\x4f-\x58])",
}
"""Encoding → a digit, narrow or wide."""
SIGNS = " -ー　.･‐"


def runs_of(data: bytes) -> set[str]:
    """All runs of eleven digits or more, grouped, spaced and wide ones too, as plain digits."""
    found = set()
    for encoding, digit in DIGITS.items():
        signs = b"|".join(re.escape(s) for s in (x.encode(encoding, "ignore") for x in SIGNS) if s)
        for run in re.findall(rb"%b(?:(?:%b)?%b){10,}" % (digit, signs, digit), data):
            text = unicodedata.normalize("NFKC", run.decode(encoding, "ignore"))
            found.add("".join(sign for sign in text if sign.isdigit()))
    return found


@pytest.mark.parametrize("encoding", DIGITS)
def test_every_written_form_is_seen(encoding: str) -> None:
    """The search itself finds what it looks for."""
    number = "".join(random.Random(20260401).choices("123456789", k=12))
    groups = [number[i : i + 4] for i in (0, 4, 8)]
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    forms = [number, *(sign.join(groups) for sign in SIGNS), " ".join(number)]
    for form in [*forms, *(form.translate(wide) for form in forms)]:
        written = form.encode(encoding, "ignore")
        assert number in runs_of("あ".encode(encoding) + written + "い".encode(encoding))


def test_the_audit_passes_its_own_audit(audited: Any) -> None:
    """No planted number, in any written form, in workspace, reports, output or temp files."""
    artefacts = {str(p.name): plain(p) for p in sorted(audited.folder.rglob("*")) if p.is_file()}
    for name in ("first", "reported"):
        done = getattr(audited, name)
        artefacts[f"{name}.out"] = (done.stdout + done.stderr).encode()
    assert len(artefacts) > 8
    numbers = {p.number for p in company(ITEMS).planted if len(p.number) == 12}
    real = {
        p.number for p in company(ITEMS).planted if p.confidence in {"high", "medium", "low"}
    } & numbers
    runs = runs_of(b"\x00\x00".join(artefacts.values()))
    windows = {run[at : at + 12] for run in runs for at in range(len(run) - 11)}
    short = {number.lstrip("0") for number in real if number.startswith("0")}
    assert len(real & windows) == 0
    assert len(short & runs) == 0


def test_no_hash_of_a_content_is_kept(audited: Any) -> None:
    """The service's own hashes are unkeyed: one of a short file could be undone."""
    whole = b"".join(p.read_bytes() for p in audited.folder.rglob("*") if p.is_file())
    files = [f for s in company(ITEMS).sites for d in s.drives for f in d.files]
    assert len(files) > 50
    assert sum(f.quick_xor_hash.encode() in whole for f in files) == 0


def test_the_detector_finds_nothing_in_the_reports(audited: Any) -> None:
    """The audit's own detector over every text it wrote."""
    from auditor.detect import detect

    texts = [audited.first.stdout, audited.first.stderr]
    reports = (audited.workspace / "reports").rglob("*.*")
    texts += [plain(p).decode("utf-8-sig") for p in reports]
    confident = [h for t in texts for h in detect(t).hits if h.confidence in {"high", "medium"}]
    assert len(confident) == 0


def test_only_reading_requests_leave_the_tool(audited: Any) -> None:
    """GET, and the listed read-only POSTs: the token and $batch."""
    requests = audited.tenant.requests()
    assert len(requests) > 50
    others = {
        (r.method, r.path.partition("?")[0].rsplit("/", 1)[-1])
        for r in requests
        if r.method not in {"GET", "HEAD"}
    }
    assert others <= {("POST", "token"), ("POST", "$batch")}


def test_every_selected_property_is_in_microsofts_schema(audited: Any) -> None:
    """What the connectors ask for exists in Graph v1.0."""
    selects = audited.tenant.selects()
    assert {"message", "driveItem", "user", "site", "drive"} <= set(selects)
    assert undeclared(selects, GRAPH) == set()


def test_a_second_run_asks_little_and_reads_nothing(audited: Any) -> None:
    """Unchanged items are not fetched; findings stay; who can reach them is asked again."""
    command = audited
    before = command.rows("SELECT finding_id, confidence, count FROM findings ORDER BY 1")
    first = command.rows("SELECT sum(requests) FROM totals")[0][0]
    command.audit()
    assert command.rows("SELECT finding_id, confidence, count FROM findings ORDER BY 1") == before
    assert {s for (s,) in command.rows("SELECT DISTINCT status FROM findings")} == {"unchanged"}
    requests, read = command.rows("SELECT sum(requests), sum(complete) FROM totals")[0]
    folders = command.rows("SELECT count(*) FROM stream")[0][0]
    assert requests < first * 0.8  # in tests/benchmarks/test_cost.py, of many items, 0.2
    assert requests < folders * 2  # mailboxes with a handful of mails in many folders
    assert read == 0


def test_a_workspace_of_another_tenant(audited: Any, tmp_path: Path) -> None:
    """Results of two tenants are never mixed by mistake."""
    config = settings_of(audited.tenant, tmp_path)
    text = config.read_text("utf-8").replace(audited.tenant.tenant_id, "other.example")
    config.write_text(text, "utf-8")
    before = audited.rows("SELECT count(*) FROM findings")
    done = audited.run("audit", "--config", str(config))
    assert done.returncode == 2
    assert done.stderr.count("\n") < 8
    assert audited.rows("SELECT count(*) FROM findings") == before
