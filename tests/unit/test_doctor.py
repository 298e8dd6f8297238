"""The preflight against the sample tenant, and its judgement of permissions and hours."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.doctor import Health, examine
from auditor.model import Reason
from auditor.permits import claims_of, held_by, permissions_of
from auditor.terminal.demo import settings_of
from connectors._model import Need
from connectors._sample_tenant._handle import Tenant, running

Doctor = Callable[..., tuple[int, str, str]]
SOURCES = (
    *("mail", "sharepoint", "onedrive", "teams", "intune", "dataverse"),
    *("blob", "azure_files", "azure_tables", "azure_queues"),
)


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    """The sample tenant with the permissions that its company granted."""
    with running(items=30) as found:
        yield found


@pytest.fixture(scope="module")
def narrow() -> Iterator[Tenant]:
    """The same with too few permissions, and too strong ones."""
    roles = ("User.Read.All", "Sites.Read.All", "Mail.ReadWrite", "Calendars.Read")
    with running(items=30, roles=roles) as found:
        yield found


def examined(tenant: Tenant) -> Health:
    (health,) = asyncio.run(examine(settings_of(tenant), (), {}))
    return health


def test_a_healthy_tenant_is_seen_whole(tenant: Tenant) -> None:
    health = examined(tenant)
    assert (health.fault, health.delegated, health.empty) == (None, False, False)
    status = {p.name: p.status for p in health.permissions}
    wanted = ("Mail.Read", "Sites.Read.All", "Files.Read.All", "User.Read.All", "Domain.Read.All")
    assert {status[name] for name in wanted} == {"granted"}
    assert status["Storage Blob Data Reader"] == "asked"
    assert status["MailboxSettings.Read"] == "granted"
    assert status["Organization.Read.All"] == "granted"  # settings are checked by it
    views = {view.source: view for view in health.views}
    assert sorted(views) == sorted(SOURCES)
    assert all(view.places for view in views.values())
    assert all(views[name].opened == 3 for name in SOURCES)
    assert health.outlook is not None
    assert {f.source for f in health.outlook.sources} == set(SOURCES)
    # The company has a locked site: what is refused is told, never missing from the count.
    assert [r.reason for r in views["sharepoint"].refused] == [Reason.PERMISSION_DENIED]
    assert health.missing


def test_missing_permissions_name_what_they_hide(narrow: Tenant) -> None:
    health = examined(narrow)
    found = {p.name: p for p in health.permissions}
    assert found["Mail.Read"].status == "granted"  # by the stronger one, which is told too
    assert found["Mail.ReadWrite"].status == "writing"
    assert found["Calendars.Read"].status == "unneeded"
    assert found["Files.Read.All"].status == "missing"
    assert found["Files.Read.All"].sources == ("onedrive", "sharepoint")
    assert found["Domain.Read.All"].status == "optional"
    views = {view.source: view for view in health.views}
    assert {r.permission for r in views["onedrive"].refused} == {"Files.Read.All"}
    assert views["blob"].refused
    assert health.missing


@pytest.fixture
def doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Doctor:
    """Run ``doctor`` against a tenant."""

    def call(
        tenant: Tenant, *words: str, secret: str | None = None, authority: str = ""
    ) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv(
            "AZURE_CLIENT_SECRET", tenant.client_secret if secret is None else secret
        )
        sources = "".join(f"[sources.{name}]\n" for name in SOURCES if name != "dataverse")
        sources += f'[sources.dataverse]\nenvironments = ["{tenant.dataverse}"]\n'
        Path("audit.toml").write_text(
            f'[[tenants]]\nid = "{tenant.tenant_id}"\nname = "見本"\n'
            f'[tenants.auth]\nmethod = "client-secret"\nclient_id = "{tenant.client_id}"\n'
            f'[tenants.cloud]\nauthority = "{authority or tenant.authority}"\n'
            f'graph = "{tenant.graph}"\nresource_manager = "{tenant.resource_manager}"\n'
            f'ca_file = "{tenant.ca_file}"\n{sources}',
            "utf-8",
        )
        code = main(["doctor", *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert tenant.client_secret not in said.out + said.err
        return code, said.out, said.err

    return call


def test_doctor_says_what_is_missing(doctor: Doctor, narrow: Tenant) -> None:
    code, out, err = doctor(narrow, "--lang", "ja")
    assert (code, err) == (0, "")
    for text in ("Files.Read.All", "書き込み可", "不要", "見積もりです", "見えないものがあります"):
        assert text in out
    code, out, _ = doctor(narrow, "--fail-on-incomplete", "--lang", "en")
    assert code == 4
    for text in ("missing", "can write", "not needed", "An estimate"):
        assert text in out


def test_doctor_takes_one_source(doctor: Doctor, tenant: Tenant) -> None:
    code, out, _ = doctor(tenant, "--source", "onedrive", "--fail-on-incomplete", "--lang", "en")
    assert code == 0
    assert "The audit can start." in out
    assert "Exchange" not in out


def test_a_wrong_secret_is_two(doctor: Doctor, tenant: Tenant) -> None:
    code, out, err = doctor(tenant, "--lang", "en", secret="wrong")
    assert code == 2
    assert "Cannot sign in." in out
    assert "AADSTS7000215" in err
    assert err.index("Error: ") < err.index("エラー: ")


def test_a_missing_secret_is_two(doctor: Doctor, tenant: Tenant) -> None:
    code, _, err = doctor(tenant, secret="")
    assert code == 2
    assert "AZURE_CLIENT_SECRET" in err


def test_an_unreachable_host_is_one(doctor: Doctor, tenant: Tenant) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        authority = f"https://127.0.0.1:{unused.getsockname()[1]}"
        code, _, err = doctor(tenant, "--lang", "en", authority=authority)
    assert code == 1
    assert "cannot be reached" in err


NEEDS = {
    "mail": (Need("Mail.Read", "mail"), Need("User.Read.All", "users")),
    "blob": (Need("Storage Blob Data Reader", "blobs", "storage"),),
    "onedrive": (Need("Domain.Read.All", "domains", optional=True),),
}


def test_permissions_are_judged_one_by_one() -> None:
    held = frozenset(
        {
            "Directory.Read.All",
            "Mail.Send",
            "Sites.Selected",
            "Mail.ReadBasic.All",
            "Chat.Read.All",
            "Sites.FullControl.All",
            "User.ReadWrite.All",
        }
    )
    status = {p.name: p.status for p in permissions_of(NEEDS, held)}
    assert status == {
        "Storage Blob Data Reader": "asked",
        "Mail.Read": "missing",
        "User.Read.All": "granted",
        "Domain.Read.All": "granted",
        "Directory.Read.All": "unneeded",
        "Sites.Selected": "unneeded",
        "Mail.ReadBasic.All": "unneeded",
        "Chat.Read.All": "unneeded",
        "Mail.Send": "writing",
        "Sites.FullControl.All": "writing",
        "User.ReadWrite.All": "writing",
    }
    assert {p.status for p in permissions_of(NEEDS, frozenset())} == {
        "asked",
        "missing",
        "optional",
    }


def test_a_persons_scopes_count_aspermissions_of() -> None:
    assert held_by({"scp": "Mail.Read User.Read.All"}) == {"Mail.Read", "User.Read.All"}
    assert held_by({"roles": ["Mail.Read"]}) == {"Mail.Read"}
    assert held_by(None) == held_by({}) == frozenset()


def test_a_token_that_is_no_jwt_says_nothing() -> None:

    class Credential:
        def __init__(self, text: str) -> None:
            self.token = text

        async def get_token(self, _scope: str) -> Credential:
            return self

    class Access:
        class cloud:  # noqa: N801 - stands for an instance
            graph = "https://graph.example/v1.0"

        def __init__(self, text: str) -> None:
            self.text = text

        async def credential(self) -> Credential:
            return Credential(self.text)

    def claims(text: str) -> dict[str, object]:
        return asyncio.run(claims_of(Access(text)))  # type: ignore[arg-type]

    payload = base64.urlsafe_b64encode(json.dumps({"roles": ["A"]}).encode()).decode().rstrip("=")
    assert claims(f"x.{payload}.y") == {"roles": ["A"]}
    assert claims("opaque") == claims("a.b.c") == claims("x.WzFd.y") == {}
