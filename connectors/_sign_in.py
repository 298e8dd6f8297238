"""The ways to sign in: one function each, named as ``[tenants.auth] method`` names them.

All of them are azure-identity's own credentials. Secrets come from the environment only, under
azure-identity's names.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectors._errors import Misconfigured

if TYPE_CHECKING:
    from azure.core.pipeline.transport import AioHttpTransport

USER_AGENT = "NONISV|MyNumberAudit|mynumber-audit/0.1.0"
"""Decorated as Microsoft asks of in-house tools, so that the traffic is not deprioritised."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a credential is made from."""

    tenant: str
    client: str
    authority: str
    environ: Mapping[str, str] = field(repr=False)
    transport: Callable[[], AioHttpTransport]
    say: Callable[[str], None]
    known_authority: bool = True
    """One of Microsoft's own: azure-identity may look it up among them."""
    ca_file: str = ""

    def needs(self, name: str) -> str:
        """The value of an environment variable that this method cannot do without."""
        value = self.client if name == "AZURE_CLIENT_ID" else self.environ.get(name, "")
        if not value:
            raise Misconfigured("missing_environment", name)
        return value

    def make(self, kind: Callable[..., Any], *arguments: str, **more: Any) -> Any:
        """A credential that talks to Entra itself, over our transport."""
        transport = self.transport()
        try:
            return kind(
                *arguments,
                authority=self.authority,
                disable_instance_discovery=not self.known_authority,
                transport=transport,
                user_agent=USER_AGENT,
                **more,
            )
        except (OSError, ValueError, TypeError):
            transport.session.detach()  # it has no connection yet that would have to be closed
            raise


def credential(method: str, way: SignIn) -> Any:
    """An azure-core credential. ``default`` looks at the environment which method it is.

    Raises Misconfigured: missing_environment, bad_certificate, or bad_setting.
    """
    if method == "default":
        method = _of_environment(way)
    try:
        return _METHODS[method](way)
    except ValueError as error:  # a tenant or an authority that cannot be one
        raise Misconfigured("bad_setting", type(error).__name__) from None


def _of_environment(way: SignIn) -> str:
    if way.client and way.environ.get("AZURE_CLIENT_SECRET"):
        return "client-secret"
    if way.client and way.environ.get("AZURE_CLIENT_CERTIFICATE_PATH"):
        return "certificate"
    if way.environ.get("AZURE_FEDERATED_TOKEN_FILE"):
        return "workload-identity"
    return "default"


def _client_secret(way: SignIn) -> Any:
    from azure.identity.aio import ClientSecretCredential

    client, secret = way.needs("AZURE_CLIENT_ID"), way.needs("AZURE_CLIENT_SECRET")
    return way.make(ClientSecretCredential, way.tenant, client, secret)


def _certificate(way: SignIn) -> Any:
    from azure.identity.aio import CertificateCredential

    client, path = way.needs("AZURE_CLIENT_ID"), way.needs("AZURE_CLIENT_CERTIFICATE_PATH")
    password = way.environ.get("AZURE_CLIENT_CERTIFICATE_PASSWORD")
    try:
        return way.make(CertificateCredential, way.tenant, client, path, password=password)
    except (OSError, ValueError, TypeError) as error:
        raise Misconfigured("bad_certificate", type(error).__name__) from None


def _managed_identity(way: SignIn) -> Any:
    from azure.identity.aio import ManagedIdentityCredential

    return ManagedIdentityCredential(client_id=way.client or None)


def _workload_identity(way: SignIn) -> Any:
    from azure.identity.aio import WorkloadIdentityCredential

    client, path = way.needs("AZURE_CLIENT_ID"), way.needs("AZURE_FEDERATED_TOKEN_FILE")
    return way.make(
        WorkloadIdentityCredential,
        tenant_id=way.tenant,
        client_id=client,
        token_file_path=path,
    )


def _azure_cli(way: SignIn) -> Any:
    from azure.identity.aio import AzureCliCredential

    return AzureCliCredential(tenant_id=way.tenant)


def _device_code(way: SignIn) -> Any:
    from azure.identity import DeviceCodeCredential

    client = way.needs("AZURE_CLIENT_ID")
    trust: dict[str, Any] = {"connection_verify": way.ca_file} if way.ca_file else {}
    return _Threaded(
        DeviceCodeCredential(
            client,
            tenant_id=way.tenant,
            prompt_callback=lambda uri, code, _expires: way.say(f"{uri} → {code}"),
            authority=way.authority,
            disable_instance_discovery=not way.known_authority,
            user_agent=USER_AGENT,
            **trust,
        )
    )


def _default(way: SignIn) -> Any:
    from azure.identity.aio import DefaultAzureCredential

    return DefaultAzureCredential(
        authority=way.authority,
        managed_identity_client_id=way.client or None,
        additionally_allowed_tenants=[way.tenant],
    )


class _Threaded:
    """A credential that azure-identity offers only in its blocking form (device code)."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def get_token(self, *scopes: str, **options: Any) -> Any:
        return await asyncio.to_thread(self._inner.get_token, *scopes, **options)

    async def close(self) -> None:
        await asyncio.to_thread(self._inner.close)


_METHODS: Mapping[str, Callable[[SignIn], Any]] = {
    "default": _default,
    "client-secret": _client_secret,
    "certificate": _certificate,
    "managed-identity": _managed_identity,
    "workload-identity": _workload_identity,
    "azure-cli": _azure_cli,
    "device-code": _device_code,
}
METHODS = tuple(_METHODS)
