"""Which addresses of the audited tenant become links: Microsoft's own, over https, nothing else.

An address comes from the tenant, so it may say anything. One that leads elsewhere stays text.
"""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

__all__ = ["HOSTS", "known"]

HOSTS = (
    "azure.cn",
    "azure.com",
    "azure.us",
    "cloud.microsoft",
    "core.chinacloudapi.cn",
    "core.usgovcloudapi.net",
    "core.windows.net",
    "dynamics.cn",
    "dynamics.com",
    "microsoft.com",
    "microsoft.us",
    "microsoftdynamics.us",
    "office.com",
    "office365.com",
    "office365.us",
    "outlook.cn",
    "sharepoint-mil.us",
    "sharepoint.cn",
    "sharepoint.com",
    "sharepoint.us",
)
"""Ends of the host names under which the audited services are, in every cloud."""


def known(url: str) -> bool:
    """Whether ``url`` may be a link.

    >>> known("https://contoso.sharepoint.com/sites/hr"), known("https://sharepoint.com.example/")
    (True, False)
    """
    scheme, _, rest = url.partition("//")
    return _known(f"{scheme}//{re.split('[/?#]', rest, maxsplit=1)[0]}")


@functools.lru_cache(maxsize=4096)
def _known(origin: str) -> bool:
    """The same for an address without its path; a tenant has few of these."""
    try:
        parts = urlsplit(origin)
        host, plain = parts.hostname or "", parts.username is None and parts.port is None
    except ValueError:
        return False
    ends = any(host == end or host.endswith(f".{end}") for end in HOSTS)
    return parts.scheme == "https" and plain and ends
