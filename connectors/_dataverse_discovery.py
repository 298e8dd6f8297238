"""Which environments a person may enter: the global Discovery Service, which answers no app.

Source: Dataverse "Discover the URL for your organization" (``api/discovery/v2.0/Instances``).
"""

from __future__ import annotations

from collections.abc import Sequence

from connectors._dataverse_lane import Ask, Environment
from connectors._errors import ConnectorError, Misconfigured
from connectors._identity import Access, host_of

_API = "/api/discovery/v2.0"
_INSTANCES = "/Instances?$select=Url,State"
_ENABLED = frozenset({None, 0})


async def environments(access: Access, url: str) -> Sequence[str]:
    """Addresses of the environments; raises Misconfigured where nobody says which there are."""
    service = Environment(access, url, _API)
    try:
        told = [value async for value in service.values(Ask(_INSTANCES))]
    except Misconfigured as error:
        if error.code != "sign_in_refused":
            raise
        raise Misconfigured("no_environments", error.detail, host=host_of(url)) from None
    except ConnectorError as error:
        raise Misconfigured("no_environments", error.detail, host=host_of(url)) from None
    finally:
        await service.aclose()
    found = [str(v["Url"]) for v in told if v.get("Url") and v.get("State") in _ENABLED]
    if not found:  # the answer is the same for none there and for none to be seen
        raise Misconfigured("no_environments", "none is visible", host=host_of(url))
    return tuple(dict.fromkeys(url.rstrip("/") for url in found))
