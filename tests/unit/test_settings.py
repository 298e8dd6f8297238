"""The settings file: what is accepted, and every mistake with its place and remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import connectors
from auditor._tables import Table, byte_count, fill, nearest
from auditor.locales import LANGUAGES
from auditor.model import Limits
from auditor.settings import LOCAL, Problem, Settings, SettingsError, load, needs_tenant
from auditor.terminal.failures import failure_of
from connectors import Misconfigured
from connectors._identity import CLOUDS

SECRET = "Zm9v-bar-9999"

FULL = """
[[tenants]]
id = "contoso.onmicrosoft.com"
name = "Contoso"
[tenants.auth]
method = "certificate"
client_id = "11111111-2222-3333-4444-555555555555"
[tenants.cloud]
name = "usgov"
graph = "http://127.0.0.1:9/v1.0"
[[tenants]]
id = "7c1e9b52-4d3a-4f60-9a8e-b2d5c7e1f0ab"
[sources.mail]
include = ["*@contoso.example"]
[sources.folder]
paths = ["exports", "/srv/data"]
[limits]
bytes = "50 MiB"
depth = 3
seconds = 12.5
[engine]
kind = "local"
workers = 2
[privacy]
key = "env:AUDIT_KEY"
"""

TENANT = '[[tenants]]\nid = "contoso.onmicrosoft.com"\n'
FOLDER = '[sources.folder]\npaths = ["x"]\n'


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def put(text: str) -> Path:
        path = tmp_path / "audit.toml"
        path.write_text(text, "utf-8")
        return path

    return put


def problems(path: Path) -> list[Problem]:
    with pytest.raises(SettingsError) as caught:
        load(path)
    return list(caught.value.problems)


def test_a_whole_file_is_read(write: Callable[[str], Path], tmp_path: Path) -> None:
    settings = load(write(FULL))
    first, second = settings.tenants
    assert (first.id, first.name) == ("contoso.onmicrosoft.com", "Contoso")
    assert (first.auth.method, second.auth.method) == ("certificate", "default")
    assert first.cloud.authority == CLOUDS["usgov"].authority
    assert first.cloud.graph == "http://127.0.0.1:9/v1.0"
    assert second.cloud == CLOUDS["public"]
    assert set(settings.sources) == {"mail", "folder"}
    mail: Any = settings.sources["mail"]
    folder: Any = settings.sources["folder"]
    assert (mail.include, mail.exclude) == (("*@contoso.example",), ())
    assert folder.paths == (str(tmp_path / "exports"), "/srv/data")
    assert settings.limits == Limits(bytes=50 << 20, depth=3, seconds=12.5)
    assert settings.workers() == 2
    assert settings.privacy.key == "env:AUDIT_KEY"


def test_a_folder_alone_needs_no_tenant(write: Callable[[str], Path]) -> None:
    settings = load(write(FOLDER))
    assert settings.tenants_or_local() == (LOCAL,)
    assert list(settings.sources_of(LOCAL)) == ["folder"]
    assert settings.workers() >= 1
    assert settings.privacy_key({}) is None


def test_windows_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "audit.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FOLDER.replace("\n", "\r\n").encode())
    assert list(load(path).sources) == ["folder"]


def test_the_ca_file_is_found_beside_the_settings(
    write: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "ca.pem").write_text("x")
    settings = load(write(f'{TENANT}[tenants.cloud]\nca_file = "ca.pem"\n'))
    assert settings.tenants[0].cloud.ca_file == str(tmp_path / "ca.pem")


MISTAKES = [
    ("tenant = 1", "unknown_table", "tenant", {"nearest": "tenants"}),
    ("[limit]\nbytes = 1", "unknown_table", "[limit]", {"nearest": "limits"}),
    (f"{TENANT}nmae = 'x'", "unknown_key", "[tenants] nmae", {"nearest": "name"}),
    (f"{TENANT}[tenants.auht]", "unknown_key", "[tenants.auht]", {"nearest": "auth"}),
    (f"{TENANT}[tenants.auth]\nmetod = 'x'", "unknown_key", "[tenants.auth] metod", {}),
    (f"{TENANT}[tenants.cloud]\ngraf = 'x'", "unknown_key", "[tenants.cloud] graf", {}),
    ("[sources.mial]", "unknown_source", "[sources.mial]", {"nearest": "mail"}),
    (
        "[sources.folder]\npath = ['x']",
        "unknown_key",
        "[sources.folder] path",
        {"nearest": "paths"},
    ),
    ("[limits]\nbyte = 1", "unknown_key", "[limits] byte", {"nearest": "bytes"}),
    ("[engine]\nkinds = 'local'", "unknown_key", "[engine] kinds", {"nearest": "kind"}),
    ("[privacy]\nkeys = ''", "unknown_key", "[privacy] keys", {"nearest": "key"}),
    (
        f"{TENANT}[tenants.auth]\nmethod = 'client_secret'",
        "bad_choice",
        "[tenants.auth] method",
        {"nearest": "client-secret"},
    ),
    (
        f"{TENANT}[tenants.cloud]\nname = 'us-gov'",
        "bad_choice",
        "[tenants.cloud] name",
        {"nearest": "usgov"},
    ),
    ("[engine]\nkind = 'loca'", "bad_choice", "[engine] kind", {"nearest": "local"}),
    ("tenants = 3", "wrong_type", "tenants", {"wanted": "tables"}),
    ("sources = 3", "wrong_type", "sources", {"wanted": "table"}),
    ("[[tenants]]\nid = 3", "wrong_type", "[tenants] id", {"wanted": "text"}),
    ("[sources]\nmail = true", "wrong_type", "[sources] mail", {"wanted": "table"}),
    (
        "[sources.folder]\npaths = 'x'",
        "wrong_type",
        "[sources.folder] paths",
        {"wanted": "list"},
    ),
    (
        "[sources.folder]\npaths = [1]",
        "wrong_type",
        "[sources.folder] paths",
        {"wanted": "list"},
    ),
    ("[limits]\nbytes = 'much'", "wrong_type", "[limits] bytes", {"wanted": "size"}),
    ("[limits]\ndepth = true", "wrong_type", "[limits] depth", {"wanted": "number"}),
    ("[limits]\nseconds = '5'", "wrong_type", "[limits] seconds", {"wanted": "number"}),
    ("[limits]\ndepth = -1", "out_of_range", "[limits] depth", {"low": "0"}),
    ("[limits]\nseconds = 0", "out_of_range", "[limits] seconds", {}),
    ("[limits]\nbytes = 0", "out_of_range", "[limits] bytes", {"low": "1"}),
    ("[limits]\nworker_memory = '1 MiB'", "out_of_range", "[limits] worker_memory", {}),
    ("[engine]\nworkers = 5000", "out_of_range", "[engine] workers", {}),
    ("[[tenants]]\nname = 'x'", "missing_key", "[tenants] id", {}),
    ("[[tenants]]\nid = 'common'", "bad_tenant", "[tenants] id", {}),
    ("[[tenants]]\nid = 'a b.example'", "bad_tenant", "[tenants] id", {}),
    (
        f"{TENANT}[[tenants]]\nid = 'CONTOSO.onmicrosoft.com'",
        "duplicate_tenant",
        "[tenants] id",
        {"id": "CONTOSO.onmicrosoft.com"},
    ),
    (
        f"{TENANT}[tenants.cloud]\ngraph = 'http://graph.example'",
        "not_https",
        "[tenants.cloud] graph",
        {},
    ),
    (
        f"{TENANT}[tenants.cloud]\nauthority = 'login'",
        "bad_url",
        "[tenants.cloud] authority",
        {},
    ),
    (
        f"{TENANT}[tenants.cloud]\nca_file = 'nowhere.pem'",
        "missing_file",
        "[tenants.cloud] ca_file",
        {},
    ),
    ("[sources.mail]", "tenant_needed", "[[tenants]]", {"names": "mail"}),
    ("[engine]\nkind = 'dask'", "missing_key", "[engine] scheduler", {}),
    (
        "[privacy]\nkey = 'keyvault:https://v.example/keys/k'",
        "bad_vault",
        "[privacy] key",
        {},
    ),
    ("[privacy]\nkey = 'env:MY KEY'", "bad_variable", "[privacy] key", {}),
]


@pytest.mark.parametrize(
    ("text", "code", "where", "values"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES]
)
def test_a_mistake_names_its_place(
    write: Callable[[str], Path], text: str, code: str, where: str, values: dict[str, str]
) -> None:
    found = problems(write(text))
    assert [(p.code, p.where) for p in found] == [(code, where)]
    assert {name: found[0].values.get(name) for name in values} == values


SECRETS = [
    (f"{TENANT}[tenants.auth]\nclient_secret = '{SECRET}'", "AZURE_CLIENT_SECRET"),
    (f"{TENANT}client_secret = '{SECRET}'", "AZURE_CLIENT_SECRET"),
    (f"{TENANT}[tenants.auth]\npassword = '{SECRET}'", "AZURE_CLIENT_CERTIFICATE_PASSWORD"),
    (
        f"{TENANT}[tenants.auth]\ncertificate_path = '{SECRET}'",
        "AZURE_CLIENT_CERTIFICATE_PATH",
    ),
    (f"[sources.folder]\naccount_key = '{SECRET}'", "AZURE_STORAGE_CONNECTION_STRING"),
    (f"[sources.folder]\nconnection_string = '{SECRET}'", "AZURE_STORAGE_CONNECTION_STRING"),
    (f"[sources.folder]\npaths = ['AccountName=a;AccountKey={SECRET}']", "AZURE_CLIENT_SECRET"),
    (f"[sources.folder]\npaths = ['https://a.example/c?sv=1&sig={SECRET}']", "AZURE_CLIENT_SECRET"),
    (
        f"{TENANT}[tenants.cloud]\ngraph = 'https://me:{SECRET}@graph.example'",
        "AZURE_CLIENT_SECRET",
    ),
    (f"[privacy]\nkey = '{SECRET}'", None),
]


@pytest.mark.parametrize(("text", "variable"), SECRETS)
def test_a_secret_is_refused_and_never_repeated(
    write: Callable[[str], Path], text: str, variable: str | None
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(write(text))
    found = [p for p in caught.value.problems if p.code in {"secret_in_file", "key_in_file"}]
    assert len(found) == 1
    assert found[0].values.get("variable") == variable
    failure = failure_of(caught.value)
    said = [
        text for lang in LANGUAGES for m in failure.messages(lang) for text in (m.words, m.remedy)
    ]
    assert not any(SECRET in text for text in [*said, str(caught.value), repr(found)])


def test_a_connection_string_in_place_of_its_variable_is_a_secret() -> None:
    @dataclass(frozen=True)
    class Own:
        connection_string_env: str = ""

    found: list[Problem] = []
    table = Table("sources.x", {"connection_string_env": f"key {SECRET}"}, found)
    assert fill(Own, table) is None
    assert [p.code for p in found] == ["secret_in_file"]


def test_a_connectors_own_dataclass_decides_types() -> None:
    @dataclass(frozen=True)
    class Own:
        name: str
        deep: bool = False
        most: int = 3
        rate: float = 1.0
        note: str | None = None
        accounts: tuple[str, ...] = ()

    def made(values: dict[str, Any]) -> tuple[Any, list[str]]:
        found: list[Problem] = []
        return fill(Own, Table("sources.x", values, found)), [p.code for p in found]

    good = {"name": "a", "deep": True, "most": 5, "rate": 2, "note": "n", "accounts": ["b"]}
    assert made(good) == (Own("a", True, 5, 2.0, "n", ("b",)), [])
    assert made({}) == (None, ["missing_key"])
    wrong = {"name": 1, "deep": "yes", "most": True, "rate": "x", "accounts": "b"}
    assert made(wrong) == (None, ["wrong_type"] * 5)
    assert made({"name": "a", "accounts": ["http://a.example"]}) == (None, ["not_https"])
    assert made({"name": "a", "accounts": ["http://127.0.0.1:10000/a"]})[1] == []


def test_all_mistakes_are_told_at_once(write: Callable[[str], Path]) -> None:
    text = "tenant = 1\n[sources.mial]\n[limits]\ndepht = 1\nbytes = 'x'\n[engine]\nkind = 'dask'"
    found = problems(write(text))
    assert [p.code for p in found] == [
        "unknown_table",
        "unknown_source",
        "unknown_key",
        "wrong_type",
        "missing_key",
    ]
    failure = failure_of(SettingsError(Path("audit.toml"), found))
    for lang in LANGUAGES:
        assert "5" in failure.title(lang)
        assert len(failure.messages(lang)) == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "file_missing"),
        (b"[limits\n", "syntax"),
        (b"[limits]\nbytes =", "syntax"),
        ("[limits] # 設定".encode("cp932"), "not_utf8"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, data: bytes | None, code: str) -> None:
    path = tmp_path / "audit.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SettingsError) as caught:
        load(path)
    failure = failure_of(caught.value)
    assert [p.code for p in failure.problems] == [code]
    for lang in LANGUAGES:
        assert failure.title(lang) == ""
        assert str(path) in failure.messages(lang)[0].words


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert [p.code for p in problems(tmp_path)] == ["file_unreadable"]


def test_sources_are_chosen_by_name(write: Callable[[str], Path]) -> None:
    settings = load(write(FULL))
    first, second = settings.tenants
    assert sorted(settings.sources_of(first)) == ["folder", "mail"]
    assert sorted(settings.sources_of(first, ["mail"])) == ["mail"]
    assert sorted(settings.sources_of(second)) == ["mail"]  # a folder is read once
    with pytest.raises(SettingsError) as caught:
        settings.sources_of(first, ["mail", "onedrive"])
    assert [(p.code, p.where) for p in caught.value.problems] == [
        ("source_off", "[sources.onedrive]")
    ]
    with pytest.raises(SettingsError) as caught:
        Settings().check_sources()
    assert [p.code for p in caught.value.problems] == ["no_sources"]


def test_only_sources_with_permissions_sign_in() -> None:
    for name in connectors.names():
        module = connectors.load(name)
        assert needs_tenant(name, module.Settings()) is bool(module.NEEDS)
    blob: Any = connectors.load("blob").Settings
    assert not needs_tenant("blob", blob(connection_string_env="X"))


def test_the_privacy_key_comes_from_the_environment(write: Callable[[str], Path]) -> None:
    settings = load(write(FULL))
    assert settings.privacy_key({"AUDIT_KEY": "k" * 32}) == b"k" * 32
    for environ, code in (({}, "missing_environment"), ({"AUDIT_KEY": "short"}, "weak_key")):
        with pytest.raises(Misconfigured) as caught:
            settings.privacy_key(environ)
        assert (caught.value.code, caught.value.detail) == (code, "AUDIT_KEY")


def test_a_tenants_access_takes_its_own_environment(write: Callable[[str], Path]) -> None:
    from dataclasses import replace

    tenant = replace(load(write(FULL)).tenants[0], environ={"AZURE_CLIENT_SECRET": SECRET})
    access = tenant.access()
    assert access.environ == {"AZURE_CLIENT_SECRET": SECRET}
    assert access.tenant.id == tenant.id
    assert SECRET not in repr(tenant)
    assert SECRET not in repr(access)


def test_sizes_and_nearest_words() -> None:
    assert [byte_count(v) for v in ("1 KiB", "1kb", "2G", "0.5 MiB", "7", "")] == [
        1024,
        1000,
        2 << 30,
        1 << 19,
        7,
        None,
    ]
    assert [byte_count(v) for v in (True, 1.5, None, "-1", "1 XB")] == [None] * 5
    assert nearest("zzz", ["mail", "blob"]) in {"mail", "blob"}
    assert nearest("x", []) == ""
