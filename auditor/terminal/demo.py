"""The sample tenant's settings, made in memory: it is audited like any other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import connectors
from auditor.settings import Settings, TenantSettings
from connectors._identity import Auth, Cloud

if TYPE_CHECKING:
    from connectors._sample_tenant._handle import Tenant

__all__ = ["ITEMS", "WORKSPACE", "settings_of"]

ITEMS = 600
"""Items of the sample tenant, if nobody asks for another number."""
WORKSPACE = Path("audit-workspace-demo")
"""Not the default of ``audit``: made-up findings must not stand among real ones."""


def settings_of(tenant: Tenant) -> Settings:
    """Every source that signs in, with its connector's defaults."""
    cloud = Cloud("public", tenant.authority, tenant.graph, tenant.resource_manager, tenant.ca_file)
    one = TenantSettings(
        tenant.tenant_id,
        tenant.tenant_name,
        Auth("client-secret", tenant.client_id),
        cloud,
        tenant.environ,
    )
    return Settings(tenants=(one,), sources=_sources(tenant))


def _sources(tenant: Tenant) -> dict[str, object]:
    """Local folders are nobody's business here."""
    modules = {name: connectors.load(name) for name in connectors.names()}
    where = {"dataverse": {"environments": (tenant.dataverse,)}}
    return {
        name: module.Settings(**where.get(name, {}))
        for name, module in modules.items()
        if module.NEEDS
    }
