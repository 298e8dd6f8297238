"""An audit of a hosted tenant in this process, for tests that want its rows and nothing else.

Its pictures are not read, which is four fifths of an audit's time.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor import engine
from auditor.model import Limits
from auditor.progress import Silent
from auditor.settings import Controls, Settings, TenantSettings
from auditor.store import Store
from connectors._identity import Auth, Cloud
from connectors._sample_tenant._handle import Tenant


def audited(
    tenant: Tenant,
    place: Path,
    sources: Mapping[str, object],
    query: str,
    controls: Controls = Controls(),  # noqa: B008 - frozen
) -> list[tuple[Any, ...]]:
    """Audit ``sources`` into the workspace at ``place``; what ``query`` gives of it then."""
    cloud = Cloud("x", tenant.authority, tenant.graph, tenant.resource_manager, tenant.ca_file)
    secret = {"AZURE_CLIENT_SECRET": tenant.client_secret}
    auth = Auth("client-secret", tenant.client_id)
    one = TenantSettings(tenant.tenant_id, "tested", auth, cloud, secret)
    settings = Settings((one,), dict(sources), controls=controls, limits=Limits(ocr=False))
    store = Store.open(place, tenants=(tenant.tenant_id,))
    try:
        (summary,) = asyncio.run(engine.audit(settings, store, Silent()))
    finally:
        store.close()
    assert summary.state in {"complete", "incomplete"}
    with sqlite3.connect(place / "workspace.sqlite") as db:
        return db.execute(query).fetchall()
