"""Signing in: one token for many, and what each failure is called, with no secret in any word."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from connectors import Broken, ConnectorError, Misconfigured
from connectors._credential import SharedCredential, connection_problem, sign_in_problem
from connectors._graph import Graph
from connectors._identity import CLOUDS, METHODS, Access, Auth, Cloud, host_of
from connectors._identity import Tenant as Audited
from connectors._lane import Ask
from connectors._sample_tenant._handle import Tenant, hosted
from tests.unit.connectors.graph_world import Small, access_to, asked, hurry, opened, served
from tests.unit.connectors.scripted import again, said, scripted

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

SECRET = "wr0ng-s3cret"


async def _at_once(_seconds: float, result: Any = None) -> Any:
    """Instead of asyncio.sleep: azure-core's own retries."""
    return result


async def failure(access: Access) -> ConnectorError:
    """What the first question to Graph ends with."""
    try:
        with pytest.raises(ConnectorError) as caught:
            await Graph.of(access).json(Ask("/users?$select=id"))
    finally:
        await access.aclose()
    return caught.value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"environ": {"AZURE_CLIENT_SECRET": SECRET}}, "wrong_secret"),
        ({"environ": {"AZURE_CLIENT_ID": "11111111-aaaa-bbbb-cccc-222222222222"}}, "unknown_app"),
        ({"audited": "nobody.onmicrosoft.com"}, "unknown_tenant"),
        ({"audited": "not a tenant"}, "bad_setting"),
        ({"environ": {"AZURE_CLIENT_SECRET": ""}}, "missing_environment"),
        ({"environ": {"AZURE_CLIENT_ID": ""}}, "missing_environment"),
        ({"method": "certificate"}, "missing_environment"),
        ({"method": "workload-identity"}, "missing_environment"),
        ({"method": "certificate", "environ": {"AZURE_CLIENT_CERTIFICATE_PATH": __file__}},
         "bad_certificate"),
        ({"method": "certificate", "environ": {"AZURE_CLIENT_CERTIFICATE_PATH": "/none.pem"}},
         "bad_certificate"),
        ({"cloud": {"ca_file": ""}}, "untrusted_certificate"),
        ({"cloud": {"ca_file": "/none.pem"}}, "bad_ca_file"),
        ({"cloud": {"ca_file": __file__}}, "bad_ca_file"),
        ({"cloud": {"authority": "http://127.0.0.1:9"}}, "bad_setting"),
        ({"cloud": {"graph": "https://127.0.0.1:9/v1.0"}}, "unreachable"),
    ],
)  # fmt: skip
async def test_each_failure_has_its_name_and_no_secret(
    tenant: Tenant, changes: dict[str, Any], code: str, caplog: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("asyncio.sleep", _at_once)
    error = await failure(access_to(tenant, **changes))
    assert isinstance(error, Misconfigured)
    assert error.code == code
    words = f"{error} {error.detail} {error!r}"
    assert SECRET not in words
    assert tenant.client_secret not in words + caplog.text
    assert "?" not in words


async def test_hosts_that_are_not_there(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sign-in host, and Graph; each is named without a path."""
    hurry(monkeypatch)
    monkeypatch.setattr("asyncio.sleep", _at_once)
    away = access_to(tenant, cloud={"authority": "https://127.0.0.1:9"})
    signed = access_to(tenant, cloud={"graph": "https://127.0.0.1:9/v1.0"})
    for access in (away, signed):
        error = await failure(access)
        assert isinstance(error, Misconfigured)
        assert (error.code, error.host) == ("unreachable", "127.0.0.1:9")


async def test_a_certificate_signs_in() -> None:
    with hosted(Small(), certificate=True) as tenant:
        environ = {
            "AZURE_CLIENT_SECRET": "",
            "AZURE_CLIENT_CERTIFICATE_PATH": tenant.certificate_file,
        }
        for method in ("certificate", "default"):
            access = access_to(tenant, method=method, environ=environ)
            assert (await Graph.of(access).json(Ask("/users?$select=id")))["value"]
            await access.aclose()


async def test_the_environment_chooses_the_method(tenant: Tenant) -> None:
    access = access_to(tenant, method="default")
    assert (await Graph.of(access).json(Ask("/users?$select=id")))["value"]
    await access.aclose()


@pytest.mark.parametrize("method", METHODS)
async def test_every_method_makes_a_credential(method: str, tmp_path: Path) -> None:
    federated = tmp_path / "token"
    federated.write_text("assertion", "utf-8")
    environ = {"AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "x"}
    environ["AZURE_FEDERATED_TOKEN_FILE"] = str(federated)
    access = Access(Audited("here.example"), Auth(method), Cloud(), environ=environ)
    if method == "certificate":
        with pytest.raises(Misconfigured):
            await access.credential()
    else:
        assert isinstance(await access.credential(), SharedCredential)
    await access.aclose()
    await access.aclose()


# ------------------------------------------------------------------------------- one for many


async def test_fifty_cold_callers_send_one_request(access: Access, tenant: Tenant) -> None:
    credential = await access.credential()
    scope = f"{tenant.graph.removesuffix('/v1.0')}/.default"
    tokens = await asyncio.gather(*(credential.get_token(scope) for _ in range(50)))
    assert len({token.token for token in tokens}) == 1
    assert len(asked(tenant, "token")) == 1


async def test_a_refused_sign_in_is_not_tried_again(tenant: Tenant) -> None:
    access = access_to(tenant, environ={"AZURE_CLIENT_SECRET": SECRET})
    credential = await access.credential()
    tenant.forget()
    answers = await asyncio.gather(
        *(credential.get_token("https://graph.microsoft.com/.default") for _ in range(20)),
        return_exceptions=True,
    )
    await access.aclose()
    assert {type(answer) for answer in answers} == {Misconfigured}
    assert len(asked(tenant, "token")) == 1


class _Inner:
    """azure-identity's side: tokens with a chosen life, or an error."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def get_token(self, *_scopes: str, **_options: Any) -> Any:
        from azure.core.credentials import AccessToken

        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return AccessToken(f"t{self.asked}", int(time.time() + answer))

    async def close(self) -> None:
        pass


async def test_a_token_is_renewed_before_its_end_and_kept_when_that_fails() -> None:
    from azure.core.exceptions import HttpResponseError, ServiceRequestError

    inner = _Inner(3600)
    credential = SharedCredential(lambda: inner, "login.example")
    assert (await credential.get_token("s")).token == (await credential.get_token("s")).token
    assert inner.asked == 1
    away = HttpResponseError("later")
    away.status_code = 503
    for error in (ServiceRequestError("no line"), away):
        inner = _Inner(200, error)
        credential = SharedCredential(lambda inner=inner: inner, "login.example")
        first = await credential.get_token("s")
        assert (await credential.get_token("s")).token == first.token  # good for 200 s more
        inner = _Inner(30, error)
        credential = SharedCredential(lambda inner=inner: inner, "login.example")
        await credential.get_token("s")
        with pytest.raises(Broken):  # weather: it was there before
            await credential.get_token("s")


def test_words_of_entra_are_never_quoted() -> None:
    from azure.core.exceptions import ClientAuthenticationError

    answer = f"AADSTS7000215: Invalid client secret provided: {SECRET} Trace ID: x"
    error = sign_in_problem(ClientAuthenticationError(answer), "login.example")
    assert isinstance(error, Misconfigured)
    assert (error.code, error.detail, error.host) == (
        "wrong_secret",
        "AADSTS7000215",
        "login.example",
    )
    other = sign_in_problem(ClientAuthenticationError("AADSTS53003: blocked"), "login.example")
    assert isinstance(other, Misconfigured)
    assert other.code == "sign_in_refused"
    none = sign_in_problem(ClientAuthenticationError(f"no {SECRET}"), "login.example")
    assert isinstance(none, Misconfigured)
    assert none.code == "no_credential"
    assert SECRET not in f"{none} {none.detail}"


def test_a_silent_line_says_nothing_about_the_settings() -> None:
    import aiohttp

    assert connection_problem(aiohttp.ServerDisconnectedError(), "h") is None
    assert connection_problem(TimeoutError(), "h") is None
    assert connection_problem(ConnectionResetError(), "h") is None
    refused = connection_problem(ConnectionRefusedError(), "h")
    assert refused is not None
    assert refused.code == "unreachable"


def test_clouds_name_their_own_hosts() -> None:
    hosts = [host_of(url) for c in CLOUDS.values() for url in (c.authority, c.graph)]
    assert all(hosts)
    assert all(
        c.graph.endswith("/v1.0") and c.authority.startswith("https") for c in CLOUDS.values()
    )


def test_an_access_shows_no_secret(tenant: Tenant) -> None:
    assert tenant.client_secret not in repr(access_to(tenant))


@pytest.fixture(autouse=True)
async def _quiet() -> AsyncIterator[None]:
    """azure-identity logs what Entra answers; nobody should need to read it."""
    logging.getLogger("azure").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("azure").setLevel(logging.NOTSET)


async def test_a_busy_sign_in_host_is_not_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    async with scripted() as service:
        service.say("token", again(lambda: said({"error": "temporarily_unavailable"}, 503)))
        monkeypatch.setattr("asyncio.sleep", _at_once)
        error = await failure(service.access())
        assert isinstance(error, Broken)
        assert "503" in error.detail
