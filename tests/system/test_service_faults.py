"""Whatever the service answers, an audit ends and says what it missed; the next one heals it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor import engine
from auditor.progress import Silent
from auditor.settings import Settings, TenantSettings
from auditor.store import Store
from connectors import mail, sharepoint
from connectors._identity import Auth, Cloud
from connectors._sample_tenant._handle import Tenant, hosted
from tests.benchmarks.pipe import NoScan
from tests.unit.connectors.graph_world import Small

ALWAYS = -1
SPEED = 10
DELTA = r"mailFolders/F-alice-inbox/messages/delta"
FILE = r"items/01FiLeAe/content|UniqueId"


def fault(action: str, path: str = DELTA, times: int = 1, **more: Any) -> dict[str, Any]:
    return {"action": action, "path": path, "times": times, **more}


def status(code: int, path: str = DELTA, times: int = 1, word: str = "") -> dict[str, Any]:
    return fault("status", path, times, status=code, code=word or "generalException")


PASSING = {
    "429 for a second": fault("throttle", times=2, retry_after=1),
    "429 until a date": fault("throttle", retry_after="date:1"),
    "429 without a time": fault("throttle", retry_after="none"),
    "503": fault("throttle", status=503, retry_after=1),
    "509": fault("throttle", status=509, retry_after=1),
    "500": status(500),
    "502 in HTML": fault("html"),
    "504": status(504),
    "a reset": fault("reset"),
    "a cut listing": fault("cut"),
    "a cut file": fault("cut", FILE, host="download"),
    "JSON cut short": fault("malformed"),
    "an expired token": fault("unauthorized"),
    "a claims challenge": fault("claims"),
    "an expired link": fault("expired", FILE, host="download"),
    "an empty page": fault("empty_page"),
    "every value twice": fault("repeat"),
    "a void delta token": fault("gone"),
    "a slow answer": fault("delay", seconds=0.2),
}
LASTING = {
    "a wait of an hour": (fault("throttle", times=ALWAYS, retry_after=3600), "throttled"),
    "500 for ever": (status(500, times=ALWAYS), "service_error"),
    "403 on one mailbox": (
        status(403, times=ALWAYS, word="ErrorAccessDenied"),
        "permission_denied",
    ),
    "no mailbox": (
        status(404, times=ALWAYS, word="MailboxNotEnabledForRESTAPI"),
        "not_licensed",
    ),
    "JSON that never ends": (fault("malformed", times=ALWAYS), "service_error"),
    "a nextLink in a circle": (fault("loop", times=ALWAYS), "service_error"),
    "a nextLink to another host": (
        fault("foreign_link", times=ALWAYS, host_name="elsewhere.example"),
        "service_error",
    ),
    "a file that is gone": (status(404, r"01FiLeAe/content", ALWAYS, "itemNotFound"), "gone"),
    "a file of another owner": (status(403, r"01FiLeAe/content", ALWAYS), "permission_denied"),
    "a locked site": (status(423, r"sites/.*hr/(drives|lists|pages)", ALWAYS), "permission_denied"),
    "no list of users": (status(403, r"/users\?", ALWAYS), "permission_denied"),
}
NO_LINKS = status(400, r"root/delta.*downloadUrl", ALWAYS)
"""So that a file's content is asked of Graph itself."""


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with hosted(Small()) as found:
        yield found


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds of waiting in one; that nobody asks too early is tests/unit/connectors/test_lane.

    What is waited for is an answer without delay: the tenant counts requests, not seconds.
    """
    monkeypatch.setattr("connectors._throttle._BACKOFF", 0.01)
    monkeypatch.setattr("connectors._throttle._now", lambda: time.monotonic() * SPEED)
    monkeypatch.setattr("connectors._throttle._sleep", lambda wait: asyncio.sleep(wait / SPEED))
    monkeypatch.setattr(engine, "Workers", NoScan)


def audited(tenant: Tenant, place: Path) -> list[tuple[str, ...]]:
    """Run an audit; the coverage that it left, without details."""
    cloud = Cloud("x", tenant.authority, tenant.graph, tenant.resource_manager, tenant.ca_file)
    secret = {"AZURE_CLIENT_SECRET": tenant.client_secret}
    auth = Auth("client-secret", tenant.client_id)
    one = TenantSettings(tenant.tenant_id, "faults", auth, cloud, secret)
    sources = {
        "mail": mail.Settings(exclude=("room@*",)),  # the same as bob's, folder by folder
        "sharepoint": sharepoint.Settings(),
    }
    store = Store.open(place, tenants=(tenant.tenant_id,))
    try:
        (summary,) = asyncio.run(engine.audit(Settings((one,), sources), store, Silent()))
    finally:
        store.close()
    assert summary.state in {"complete", "incomplete"}
    with sqlite3.connect(place / "workspace.sqlite") as db:
        unbalanced = db.execute(
            "SELECT count(*) FROM totals WHERE listed <> "
            "complete + partial + skipped + failed + not_assessed + unchanged"
        ).fetchone()
        assert unbalanced == (0,)
        rows = db.execute("SELECT source, partition, item, state, reason FROM coverage")
        return sorted(rows.fetchall())


def known(place: Path) -> int:
    """Items that the workspace knows."""
    with sqlite3.connect(place / "workspace.sqlite") as db:
        count: int = db.execute("SELECT count(*) FROM known").fetchone()[0]
        return count


@pytest.fixture(scope="module")
def calm(tenant: Tenant, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], int]:
    """What an audit in good weather gives."""
    patch = pytest.MonkeyPatch()
    patch.setattr(engine, "Workers", NoScan)
    place = tmp_path_factory.mktemp("calm") / "w"
    tenant.faults([])
    rows = audited(tenant, place)
    patch.undo()
    return rows, known(place)


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_leaves_no_trace(
    tenant: Tenant, calm: tuple[list[Any], int], tmp_path: Path, name: str
) -> None:
    tenant.faults([PASSING[name]])
    rows = audited(tenant, tmp_path / "w")
    tenant.faults([])
    assert (rows, known(tmp_path / "w")) == calm


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_is_said_and_heals(
    tenant: Tenant, calm: tuple[list[Any], int], tmp_path: Path, name: str
) -> None:
    rule, reason = LASTING[name]
    rules = [rule] if "content" not in rule["path"] else [rule, NO_LINKS]
    tenant.faults(rules)
    rows = audited(tenant, tmp_path / "w")
    tenant.faults([])
    new = [row for row in rows if row not in calm[0]]
    assert new
    assert {row[4] for row in new} == {reason}
    assert (audited(tenant, tmp_path / "w"), known(tmp_path / "w")) == calm


def test_a_storm_of_429_costs_a_bounded_number_of_requests(tenant: Tenant, tmp_path: Path) -> None:
    """Each scope costs the requests that were under way when it began, and hardly one more."""
    tenant.faults([fault("throttle", "/v1.0/(users/|sites|drives)", ALWAYS, retry_after=2000)])
    tenant.forget()
    rows = audited(tenant, tmp_path / "w")
    refused = [r for r in tenant.requests() if r.status == 429]
    tenant.faults([])
    assert {row[4] for row in rows if row[3] == "not_assessed"} >= {"throttled"}
    scopes = 2 + len([row for row in rows if row[0] == "mail"])
    assert len(refused) <= 12 * scopes


def test_the_world_has_what_the_faults_name() -> None:
    world = replace(Small())
    assert any(f.id == "01FiLeAe" for s in world.sites for d in s.drives for f in d.files)
