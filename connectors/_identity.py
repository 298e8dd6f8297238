"""Who we are to the tenant: credentials of azure-identity, endpoints of its cloud, trusted roots.

One :class:`Access` a tenant, shared by its connectors: one token cache (many callers, one request),
one TLS context. Secrets come from the environment only, under azure-identity's own names.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from connectors._credential import SharedCredential, connection_problem, sign_in_problem
from connectors._errors import Misconfigured
from connectors._sign_in import METHODS, USER_AGENT, SignIn, credential

if TYPE_CHECKING:
    from azure.core.pipeline.transport import AioHttpTransport

__all__ = [
    "CLOUDS",
    "METHODS",
    "USER_AGENT",
    "Access",
    "Auth",
    "Cloud",
    "SharedCredential",
    "Tenant",
    "connection_problem",
    "host_of",
    "origin",
    "sign_in_problem",
]

_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Tenant:
    """The directory that is audited: a GUID or a domain, and a name for reports."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Auth:
    """``[tenants.auth]``: how to sign in; no secret stands here."""

    method: str = "default"
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class Cloud:
    """``[tenants.cloud]``: the endpoints, by name or one by one."""

    name: str = "public"
    authority: str = "https://login.microsoftonline.com"
    graph: str = "https://graph.microsoft.com/v1.0"
    resource_manager: str = "https://management.azure.com"
    ca_file: str = ""
    key_vault: str = "https://vault.azure.net"
    """What the hosts of key vaults end in, which is also their name at sign-in."""


CLOUDS: Mapping[str, Cloud] = {
    "public": Cloud(),
    "usgov": Cloud(
        "usgov",
        "https://login.microsoftonline.us",
        "https://graph.microsoft.us/v1.0",
        "https://management.usgovcloudapi.net",
        key_vault="https://vault.usgovcloudapi.net",
    ),
    "usgov-dod": Cloud(
        "usgov-dod",
        "https://login.microsoftonline.us",
        "https://dod-graph.microsoft.us/v1.0",
        "https://management.usgovcloudapi.net",
        key_vault="https://vault.usgovcloudapi.net",
    ),
    "china": Cloud(
        "china",
        "https://login.partner.microsoftonline.cn",
        "https://microsoftgraph.chinacloudapi.cn/v1.0",
        "https://management.chinacloudapi.cn",
        key_vault="https://vault.azure.cn",
    ),
}
"""Source: Microsoft's lists of national cloud endpoints for Graph, Entra and Key Vault."""


def audiences(cloud: Cloud) -> tuple[str, ...]:
    """The names by which sign-in may know this Graph, the likeliest first.

    Microsoft's own Graph has one. Behind a gateway it keeps that name; a Graph that stands alone
    may be named by its host, as the SDK does it (Entra takes no ports), or by its address.
    """
    own = origin(cloud.graph)
    if any(own == origin(known.graph) for known in CLOUDS.values()):
        return (own,)
    named = origin(CLOUDS.get(cloud.name, CLOUDS["public"]).graph)
    return tuple(dict.fromkeys((named, f"https://{urlsplit(own).hostname}", own)))


def origin(url: str) -> str:
    """Scheme, host and port of a URL, to which a token belongs; "" where it has none."""
    try:
        parts = urlsplit(url)
        port = "" if parts.port in {None, _PORTS.get(parts.scheme)} else f":{parts.port}"
    except ValueError:
        return ""
    if not parts.hostname or "@" in parts.netloc:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def host_of(url: str) -> str:
    """Host and port, for messages."""
    return urlsplit(url).netloc


@dataclass(slots=True)
class Access:
    """A tenant as its connectors see it. Close it when the run ends."""

    tenant: Tenant
    auth: Auth = field(default_factory=Auth)
    cloud: Cloud = field(default_factory=Cloud)
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    say: Callable[[str], None] = print
    """Where a device-code sign-in tells the person what to do."""
    shared: dict[str, Any] = field(default_factory=dict, repr=False)
    """What connectors of one tenant share (the Graph client), by name."""
    _context: ssl.SSLContext | None = field(default=None, repr=False)
    _credential: SharedCredential | None = field(default=None, repr=False)

    @property
    def ssl_context(self) -> ssl.SSLContext:
        """The system's roots and, beside them, ``ca_file``."""
        if self._context is None:
            context = ssl.create_default_context()
            if self.cloud.ca_file:
                try:
                    context.load_verify_locations(cafile=self.cloud.ca_file)
                except (OSError, ssl.SSLError) as error:
                    raise Misconfigured("bad_ca_file", type(error).__name__) from None
            self._context = context
        return self._context

    def transport(self) -> AioHttpTransport:
        """A new azure-core transport that trusts what we trust; its client closes it."""
        import aiohttp
        from azure.core.pipeline.transport import AioHttpTransport

        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=self.ssl_context, limit=64),
            trust_env=bool(getproxies()),  # asks the disk at every request
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return AioHttpTransport(session=session, session_owner=True)

    async def credential(self) -> SharedCredential:
        """The one credential of this tenant."""
        if self._credential is None:
            self._credential = SharedCredential(self._sign_in, host_of(self.cloud.authority))
        return self._credential

    async def aclose(self) -> None:
        """Close the shared clients, then the credential."""
        for client in self.shared.values():
            await client.aclose()
        self.shared.clear()
        if self._credential is not None:
            await self._credential.close()
            self._credential = None

    @property
    def client_id(self) -> str:
        """From the settings, else from the environment."""
        return self.auth.client_id or self.environ.get("AZURE_CLIENT_ID", "")

    def _sign_in(self) -> Any:
        authority = self.cloud.authority
        return credential(
            self.auth.method,
            SignIn(
                tenant=self.tenant.id,
                client=self.client_id,
                authority=authority,
                environ=self.environ,
                transport=self.transport,
                say=self.say,
                known_authority=authority.rstrip("/") in {c.authority for c in CLOUDS.values()},
                ca_file=self.cloud.ca_file,
            ),
        )
