"""Who we are to the tenant: credentials of azure-identity, endpoints of its cloud, trusted roots.

One :class:`Access` a tenant, shared by its connectors: one token cache (many callers, one request),
one TLS context. Secrets come from the environment only, under azure-identity's own names.
"""

from __future__ import annotations

import asyncio
import os
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from connectors._errors import Misconfigured

if TYPE_CHECKING:
    from azure.core.credentials import AccessToken
    from azure.core.pipeline.transport import AioHttpTransport

USER_AGENT = "NONISV|MyNumberAudit|mynumber-audit/0.1.0"
"""Decorated as Microsoft asks of in-house tools, so that the traffic is not deprioritised."""

METHODS = (
    "default",
    "client-secret",
    "certificate",
    "managed-identity",
    "workload-identity",
    "azure-cli",
    "device-code",
)

_REFRESH_AHEAD = 300.0
"""Seconds before its end at which a token is renewed."""


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


CLOUDS: Mapping[str, Cloud] = {
    "public": Cloud(),
    "usgov": Cloud(
        "usgov",
        "https://login.microsoftonline.us",
        "https://graph.microsoft.us/v1.0",
        "https://management.usgovcloudapi.net",
    ),
    "usgov-dod": Cloud(
        "usgov-dod",
        "https://login.microsoftonline.us",
        "https://dod-graph.microsoft.us/v1.0",
        "https://management.usgovcloudapi.net",
    ),
    "china": Cloud(
        "china",
        "https://login.partner.microsoftonline.cn",
        "https://microsoftgraph.chinacloudapi.cn/v1.0",
        "https://management.chinacloudapi.cn",
    ),
}
"""Source: Microsoft's list of national cloud endpoints for Graph and Entra."""


def origin(url: str) -> str:
    """Scheme, host and port of a URL: what a token or a link belongs to."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def host_of(url: str) -> str:
    """Host and port, for messages."""
    return urlsplit(url).netloc


class SharedCredential:
    """An azure-core credential with one request for many callers.

    azure-identity's own async credentials send one token request for every caller that finds the
    cache cold; fifty mailboxes would start with fifty sign-ins.
    """

    def __init__(self, inner: Any, authority: str) -> None:
        self._inner = inner
        self._authority = authority
        self._lock = asyncio.Lock()
        self._tokens: dict[tuple[str, ...], AccessToken] = {}

    async def get_token(
        self, *scopes: str, claims: str | None = None, **options: Any
    ) -> AccessToken:
        """A token good for at least five more minutes; raises Misconfigured with the remedy."""
        key = (*scopes, claims or "")
        async with self._lock:
            held = self._tokens.get(key)
            if held is None or held.expires_on - time.time() < _REFRESH_AHEAD:
                held = await self._fetch(scopes, claims, options)
                self._tokens[key] = held
                if claims:  # the new token answers the challenge for every later caller too
                    self._tokens[(*scopes, "")] = held
        return held

    def forget(self) -> None:
        """Drop what is held, after the service refused it."""
        self._tokens.clear()

    async def _fetch(
        self, scopes: tuple[str, ...], claims: str | None, options: dict[str, Any]
    ) -> AccessToken:
        wanted = {"claims": claims} if claims else {}
        if "enable_cae" in options:
            wanted["enable_cae"] = options["enable_cae"]
        try:
            token = self._inner.get_token(*scopes, **wanted)
            return await token if asyncio.iscoroutine(token) else token  # type: ignore[no-any-return]
        except Misconfigured:
            raise
        except Exception as error:  # azure-core's and azure-identity's families, OS errors
            raise sign_in_problem(error, self._authority) from None

    async def close(self) -> None:
        """Close the credential behind."""
        closing = self._inner.close()
        if asyncio.iscoroutine(closing):
            await closing

    async def __aenter__(self) -> SharedCredential:
        """Part of azure-core's protocol; the owner closes."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Part of azure-core's protocol; the owner closes."""


class _Threaded:
    """A credential that azure-identity offers only in its blocking form (device code)."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def get_token(self, *scopes: str, **options: Any) -> Any:
        return await asyncio.to_thread(self._inner.get_token, *scopes, **options)

    async def close(self) -> None:
        await asyncio.to_thread(self._inner.close)


_ENTRA_CODES = {
    "7000215": "wrong_secret",
    "7000222": "expired_secret",
    "700016": "unknown_app",
    "700027": "wrong_secret",
    "90002": "unknown_tenant",
    "900023": "unknown_tenant",
    "53003": "sign_in_refused",
    "7000229": "unknown_app",
}


def sign_in_problem(error: Exception, authority: str) -> Misconfigured:
    """Turn an azure-identity failure into the message with its remedy; never quotes the answer."""
    text = str(error)
    host = host_of(authority)
    if found := re.search(r"AADSTS(\d+)", text):
        code = _ENTRA_CODES.get(found[1], "sign_in_refused")
        return Misconfigured(code, f"AADSTS{found[1]}", host=host)
    return connection_problem(error, host) or Misconfigured(
        "no_credential", type(error).__name__, host=host
    )


def connection_problem(error: BaseException, host: str) -> Misconfigured | None:
    """``unreachable`` or ``untrusted_certificate`` when the chain of causes says so; else None."""
    seen: BaseException | None = error
    names: list[str] = []
    while seen is not None:
        names.append(type(seen).__name__)
        if isinstance(seen, ssl.SSLError) or "CERTIFICATE_VERIFY_FAILED" in str(seen):
            return Misconfigured("untrusted_certificate", type(seen).__name__, host=host)
        seen = seen.__cause__ or seen.__context__
    lines = ("ServiceRequestError", "ConnectError", "ConnectTimeout", "ClientConnectorError")
    if any(name in lines or isinstance(error, OSError) for name in names):
        return Misconfigured("unreachable", names[0], host=host)
    return None


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
            self._credential = SharedCredential(self._sign_in(), self.cloud.authority)
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
        method = self.auth.method
        if method == "default":
            method = self._method_of_environment()
        return _SIGN_INS[method](self)

    def _method_of_environment(self) -> str:
        env = self.environ
        if self.client_id and env.get("AZURE_CLIENT_SECRET"):
            return "client-secret"
        if self.client_id and env.get("AZURE_CLIENT_CERTIFICATE_PATH"):
            return "certificate"
        if env.get("AZURE_FEDERATED_TOKEN_FILE"):
            return "workload-identity"
        return "default"

    def _needs(self, name: str) -> str:
        value = self.client_id if name == "AZURE_CLIENT_ID" else self.environ.get(name, "")
        if not value:
            raise Misconfigured("missing_environment", name)
        return value

    def _options(self) -> dict[str, Any]:
        known = {origin(cloud.authority) for cloud in CLOUDS.values()}
        authority = self.cloud.authority
        return {
            "authority": authority,
            "disable_instance_discovery": origin(authority) not in known,
            "transport": self.transport(),
            "user_agent": USER_AGENT,
        }


def _client_secret(access: Access) -> Any:
    from azure.identity.aio import ClientSecretCredential

    return ClientSecretCredential(
        access.tenant.id,
        access._needs("AZURE_CLIENT_ID"),
        access._needs("AZURE_CLIENT_SECRET"),
        **access._options(),
    )


def _certificate(access: Access) -> Any:
    from azure.identity.aio import CertificateCredential

    path = access._needs("AZURE_CLIENT_CERTIFICATE_PATH")
    password = access.environ.get("AZURE_CLIENT_CERTIFICATE_PASSWORD")
    try:
        return CertificateCredential(
            access.tenant.id,
            access._needs("AZURE_CLIENT_ID"),
            path,
            password=password,
            **access._options(),
        )
    except (OSError, ValueError) as error:
        raise Misconfigured("bad_certificate", type(error).__name__) from None


def _managed_identity(access: Access) -> Any:
    from azure.identity.aio import ManagedIdentityCredential

    return ManagedIdentityCredential(client_id=access.client_id or None)


def _workload_identity(access: Access) -> Any:
    from azure.identity.aio import WorkloadIdentityCredential

    return WorkloadIdentityCredential(
        tenant_id=access.tenant.id,
        client_id=access._needs("AZURE_CLIENT_ID"),
        token_file_path=access._needs("AZURE_FEDERATED_TOKEN_FILE"),
        **access._options(),
    )


def _azure_cli(access: Access) -> Any:
    from azure.identity.aio import AzureCliCredential

    return AzureCliCredential(tenant_id=access.tenant.id)


def _device_code(access: Access) -> Any:
    from azure.identity import DeviceCodeCredential

    options = access._options()
    del options["transport"]  # the blocking credential wants a blocking transport
    if access.cloud.ca_file:
        options["connection_verify"] = access.cloud.ca_file
    return _Threaded(
        DeviceCodeCredential(
            access._needs("AZURE_CLIENT_ID"),
            tenant_id=access.tenant.id,
            prompt_callback=lambda uri, code, _expires: access.say(f"{uri} → {code}"),
            **options,
        )
    )


def _default(access: Access) -> Any:
    from azure.identity.aio import DefaultAzureCredential

    return DefaultAzureCredential(
        authority=access.cloud.authority,
        managed_identity_client_id=access.client_id or None,
        additionally_allowed_tenants=[access.tenant.id],
    )


_SIGN_INS: Mapping[str, Callable[[Access], Any]] = {
    "client-secret": _client_secret,
    "certificate": _certificate,
    "managed-identity": _managed_identity,
    "workload-identity": _workload_identity,
    "azure-cli": _azure_cli,
    "device-code": _device_code,
    "default": _default,
}
