"""Rows of a list from run to run: a row that changes alone is judged with its list around it."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from auditor import engine
from auditor.model import Limits
from auditor.progress import Silent
from auditor.settings import Settings, TenantSettings
from auditor.store import Store
from connectors import sharepoint
from connectors._identity import Auth, Cloud
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, hosted


def _audited(tenant: Tenant, place: Path) -> dict[str, str]:
    """Run an audit; item → confidence of the list whose header says nothing."""
    cloud = Cloud("x", tenant.authority, tenant.graph, tenant.resource_manager, tenant.ca_file)
    secret = {"AZURE_CLIENT_SECRET": tenant.client_secret}
    auth = Auth("client-secret", tenant.client_id)
    one = TenantSettings(tenant.tenant_id, "rows", auth, cloud, secret)
    source = sharepoint.Settings(include=("人事部",), pages=False)
    store = Store.open(place, tenants=(tenant.tenant_id,))
    try:
        settings = Settings((one,), {"sharepoint": source}, limits=Limits(ocr=False))
        asyncio.run(engine.audit(settings, store, Silent()))
    finally:
        store.close()
    with sqlite3.connect(place / "workspace.sqlite") as db:
        rows = db.execute(
            "SELECT item, confidence FROM item_version i JOIN partition p ON p.pk = i.partition "
            "WHERE p.name LIKE '%受付簿' AND until IS NULL"
        )
        return dict(rows.fetchall())


def test_a_row_that_changes_alone_keeps_what_its_column_says(tmp_path: Path) -> None:
    with hosted(company(60)) as tenant:
        first = _audited(tenant, tmp_path / "w")
        assert len(first) == 40
        assert set(first.values()) == {"high"}
        tenant.change("entry", "modify", list="人事部/受付簿", id="7", fields={"Title": "訂正"})
        tenant.forget()
        assert _audited(tenant, tmp_path / "w") == first
        asked = [r.path.rpartition("/")[2] for r in tenant.requests() if "/lists/" in r.path]
        others = sorted(name for name in asked if name != "permissions")
        assert others == ["columns", "delta", "delta", "delta", "items"]
