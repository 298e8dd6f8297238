"""A key that lies in a key vault: one GET over TLS, with the tenant's own sign-in."""

from __future__ import annotations

import base64
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from auditor.settings import Privacy, Settings, TenantSettings
from connectors import Misconfigured
from connectors._identity import CLOUDS, Access, Auth, Cloud, Tenant
from connectors._keyvault import ROLE, _ours, secret
from connectors._sample_tenant import _certificates, _handle
from connectors._sample_tenant._model import Container
from tests.unit.connectors.storage_world import Company

VALUE = "a value of more than sixteen letters"


@dataclass
class Vault:
    """A vault on loopback, and what it was asked."""

    url: str = ""
    ca_file: Path = Path()
    answers: list[tuple[int, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path with query, and the audience of the token."""

    async def answer(self, request: web.Request) -> web.Response:
        token = request.headers["authorization"].split()[1].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        self.asked.append((request.method, request.path_qs, claims["aud"]))
        status, body = self.answers.pop(0) if self.answers else (200, {"value": VALUE})
        return web.json_response(body, status=status)


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Vault]:
    ca, server = _certificates.make(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(server)
    vault = Vault(ca_file=ca)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", vault.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    vault.url = f"https://127.0.0.1:{port}"
    try:
        yield vault
    finally:
        await runner.cleanup()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[tuple[Vault, Callable[..., TenantSettings]]]:
    """The vault, and the tenant that signs in to it."""
    async with serving(tmp_path) as vault:
        with _handle.hosted(Company((Container("private", ()),))) as tenant:
            roots = tmp_path / "roots.pem"
            roots.write_bytes(vault.ca_file.read_bytes() + Path(tenant.ca_file).read_bytes())

            def settings(**cloud: str) -> TenantSettings:
                ends = {"key_vault": vault.url, **cloud}
                where = Cloud("public", tenant.authority, tenant.graph, ca_file=str(roots), **ends)
                auth = Auth("client-secret", tenant.client_id)
                environ = {"AZURE_CLIENT_SECRET": tenant.client_secret}
                return TenantSettings(tenant.tenant_id, "", auth, where, environ)

            yield vault, settings


def keyed(tenant: TenantSettings, address: str) -> Settings:
    return Settings((tenant,), privacy=Privacy(f"keyvault:{address}"))


async def test_the_secret_is_read_by_one_get_with_a_token_for_vaults(world: Any) -> None:
    vault, tenant = world
    found = await keyed(tenant(), f"{vault.url}/secrets/audit-key").kept_key({})
    assert found == VALUE.encode()
    assert vault.asked == [("GET", "/secrets/audit-key?api-version=7.4", "https://vault.azure.net")]


def refused(*codes: str) -> dict[str, Any]:
    error: Any = None
    for code in reversed(codes):
        error = {"code": code, "message": "never to be quoted", "innererror": error}
    return {"error": error}


@pytest.mark.parametrize(
    ("status", "body", "code", "detail"),
    [
        (403, refused("Forbidden", "ForbiddenByRbac"), "vault_denied", ROLE),
        (403, refused("Forbidden", "AccessDenied"), "vault_denied", ROLE),
        (401, refused("Unauthorized"), "vault_denied", ROLE),
        (403, refused("Forbidden", "ForbiddenByFirewall"), "vault_network", "HTTP 403"),
        (403, refused("Forbidden", "SecretDisabled"), "vault_empty", "HTTP 403"),
        (404, refused("SecretNotFound"), "vault_empty", "HTTP 404"),
        (400, refused("BadParameter"), "vault_failed", "HTTP 400"),
        (200, {"id": "no value"}, "vault_failed", "HTTP 200"),
        (200, {"value": "short"}, "weak_vault_key", "k"),
    ],
)
async def test_what_a_vault_answers_becomes_a_message_that_quotes_nothing(
    world: Any, status: int, body: Any, code: str, detail: str
) -> None:
    vault, tenant = world
    vault.answers = [(status, body)] * 2  # a challenge may be answered once
    with pytest.raises(Misconfigured) as caught:
        await keyed(tenant(), f"{vault.url}/secrets/k").kept_key({})
    assert (caught.value.code, caught.value.detail) == (code, detail)
    assert caught.value.host in {"", vault.url.removeprefix("https://")}
    assert "quoted" not in str(caught.value)


async def test_a_passing_fault_is_tried_again(world: Any) -> None:
    vault, tenant = world
    vault.answers = [(503, {})]
    assert await keyed(tenant(), f"{vault.url}/secrets/k").kept_key({}) == VALUE.encode()
    assert len(vault.asked) == 2


async def test_no_token_goes_to_a_host_that_is_no_vault_of_the_cloud(world: Any) -> None:
    vault, tenant = world
    settings = keyed(tenant(key_vault="https://vault.azure.net"), f"{vault.url}/secrets/k")
    with pytest.raises(Misconfigured) as caught:
        await settings.kept_key({})
    assert (caught.value.code, caught.value.detail) == ("vault_elsewhere", "vault.azure.net")
    assert vault.asked == []


async def test_a_vault_that_is_not_there_is_named(world: Any) -> None:
    _, tenant = world
    nobody = "https://127.0.0.1:9"
    access = tenant(key_vault=nobody).access()
    try:
        with pytest.raises(Misconfigured) as caught:
            await secret(access, f"{nobody}/secrets/k", attempts=1)
    finally:
        await access.aclose()
    assert (caught.value.code, caught.value.host) == ("unreachable", "127.0.0.1:9")


@pytest.mark.parametrize(
    ("cloud", "address", "ours"),
    [
        ("public", "https://one.vault.azure.net/secrets/k", True),
        ("public", "https://one.vault.azure.net:443/secrets/k", True),
        ("public", "https://one.vault.azure.net:8443/secrets/k", False),
        ("public", "https://onevault.azure.net/secrets/k", False),
        ("public", "https://one.vault.azure.net.example/secrets/k", False),
        ("public", "https://one.vault.usgovcloudapi.net/secrets/k", False),
        ("usgov", "https://one.vault.usgovcloudapi.net/secrets/k", True),
        ("usgov-dod", "https://one.vault.usgovcloudapi.net/secrets/k", True),
        ("china", "https://one.vault.azure.cn/secrets/k", True),
    ],
)
def test_hosts_of_each_cloud(cloud: str, address: str, ours: bool) -> None:
    assert _ours(address, CLOUDS[cloud].key_vault) is ours


async def test_a_key_of_the_environment_asks_nobody() -> None:
    settings = Settings(privacy=Privacy("env:AUDIT_KEY"))
    assert await settings.kept_key({"AUDIT_KEY": "k" * 32}) == b"k" * 32
    assert await Settings().kept_key({}) is None
    assert Access(Tenant("t")).cloud.key_vault == "https://vault.azure.net"
