"""Sign-in: documents, tokens, and what a wrong one is told."""

from __future__ import annotations

import base64
import json
import time
from urllib.parse import urlencode

import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity.aio import CertificateCredential, ClientSecretCredential

from connectors._sample_tenant._handle import hosted

SCOPE = "https://graph.microsoft.com/.default"


@pytest.fixture
def sign_in(tenant, ask):
    def sign_in(where=None, **changes):
        form = {
            "grant_type": "client_credentials",
            "client_id": tenant.client_id,
            "client_secret": tenant.client_secret,
            "scope": SCOPE,
        } | changes
        body = urlencode({n: v for n, v in form.items() if v}).encode()
        url = f"{tenant.authority}/{where or tenant.tenant_id}/oauth2/v2.0/token"
        return ask(url, method="POST", body=body, token="")

    return sign_in


def claims(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def test_a_token_names_the_application_and_its_roles(tenant, sign_in) -> None:
    reply = sign_in().json
    found = claims(reply["access_token"])
    assert reply["token_type"] == "Bearer"
    assert found["aud"] == "https://graph.microsoft.com"
    assert (found["tid"], found["appid"]) == (tenant.tenant_id, tenant.client_id)
    assert "Mail.Read" in found["roles"]
    assert not any(" " in role for role in found["roles"])
    assert time.time() < found["exp"] <= time.time() + 3600
    assert "roles" not in claims(
        sign_in(scope="https://storage.azure.com/.default").json["access_token"]
    )
    assert sign_in("tiny.example").status == sign_in("tiny.onmicrosoft.com").status == 200


@pytest.mark.parametrize(
    ("changes", "status", "error", "code"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client", 7000215),
        ({"client_secret": ""}, 401, "invalid_client", 7000216),
        ({"where": "other.example"}, 400, "invalid_request", 90002),
        ({"client_id": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"}, 400, "unauthorized_client", 700016),
        ({"scope": "https://other.example/.default"}, 400, "invalid_resource", 500011),
        ({"scope": "User.Read"}, 400, "invalid_scope", 1002012),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"grant_type": ""}, 400, "invalid_request", 900144),
    ],
)
def test_refusals_have_the_shape_of_the_service(sign_in, changes, status, error, code) -> None:
    reply = sign_in(**changes)
    assert (reply.status, reply.json["error"], reply.json["error_codes"]) == (status, error, [code])
    assert reply.json["error_description"].startswith(f"AADSTS{code}: ")
    assert {"timestamp", "trace_id", "correlation_id", "error_uri"} <= set(reply.json)


def test_documents(tenant, ask) -> None:
    where = f"{tenant.authority}/{tenant.tenant_id}/v2.0/.well-known/openid-configuration"
    found = ask(where, token="").json
    assert found["token_endpoint"] == f"{tenant.authority}/{tenant.tenant_id}/oauth2/v2.0/token"
    discovery = f"{tenant.authority}/common/discovery/instance?api-version=1.1"
    assert ask(discovery, token="").json["tenant_discovery_endpoint"] == where


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "expired", "https://storage.azure.com"])
def test_graph_refuses_what_is_no_good_token_for_it(tenant, ask, token) -> None:
    if token == "expired":
        token = tenant.token(seconds=-1)
    elif token.startswith("https"):
        token = tenant.token(token)
    reply = ask("/users", token=token)
    assert (reply.status, reply.code) == (401, "InvalidAuthenticationToken")
    assert reply.headers["www-authenticate"].startswith("Bearer ")


def test_a_token_ends(tenant, ask) -> None:
    assert ask("/users", token=tenant.token(seconds=60)).status == 200


async def test_azure_identity_signs_in_with_a_secret(tenant, transport) -> None:
    async with ClientSecretCredential(
        tenant.tenant_id,
        tenant.client_id,
        tenant.client_secret,
        authority=tenant.authority,
        disable_instance_discovery=True,
        transport=transport(tenant),
    ) as credential:
        token = await credential.get_token(f"{tenant.authority}/.default")
    assert claims(token.token)["aud"] == tenant.authority


async def test_azure_identity_tells_a_wrong_secret(tenant, transport) -> None:
    async with ClientSecretCredential(
        tenant.tenant_id,
        tenant.client_id,
        "wrong",
        authority=tenant.authority,
        disable_instance_discovery=True,
        transport=transport(tenant),
    ) as credential:
        with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
            await credential.get_token(SCOPE)


async def test_azure_identity_signs_in_with_a_certificate(tiny, transport) -> None:
    with hosted(tiny, certificate=True) as tenant:
        async with CertificateCredential(
            tenant.tenant_id,
            tenant.client_id,
            tenant.certificate_file,
            authority=tenant.authority,
            disable_instance_discovery=True,
            transport=transport(tenant),
        ) as credential:
            token = await credential.get_token(SCOPE)
    assert claims(token.token)["appid"] == tenant.client_id


def test_an_assertion_by_somebody_else_is_refused(sign_in) -> None:
    reply = sign_in(
        client_secret="",
        client_assertion="e30.e30.e30",
        client_assertion_type="urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    )
    assert (reply.status, reply.json["error_codes"]) == (401, [700027])
