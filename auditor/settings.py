"""One TOML file → frozen dataclasses; every mistake in it is told at once, with its remedy.

A connector owns its own table: its dataclass ``Settings`` says which keys ``[sources.<name>]`` has.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import connectors
from auditor import _run
from auditor._run import VARIABLE, VAULT, Controls, Engine, Privacy, Sentinel
from auditor._tables import Problem, Table, fill, nearest, parse
from auditor.model import Limits
from connectors import Misconfigured
from connectors._identity import CLOUDS, METHODS, Access, Auth, Cloud, Tenant

__all__ = [
    "LOCAL",
    "Controls",
    "Engine",
    "Privacy",
    "Problem",
    "Sentinel",
    "Settings",
    "SettingsError",
    "TenantSettings",
    "load",
    "needs_tenant",
]

_TABLES = ("tenants", "sources", "controls", "limits", "engine", "privacy", "sentinel")
_TENANT = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?=.{3,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]",
    re.IGNORECASE,
)
_KEY_BYTES = 16
_INTERACTIVE = ("azure-cli", "device-code")
"""Ways to sign in that need a person, whom the workers of a cluster have not."""


class SettingsError(Exception):
    """The settings cannot be used; all that is wrong with them."""

    def __init__(self, file: Path, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.file = file
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class TenantSettings:
    """``[[tenants]]``: which directory, how to sign in, where its endpoints are."""

    id: str
    name: str = ""
    auth: Auth = field(default_factory=Auth)
    cloud: Cloud = field(default_factory=Cloud)
    environ: Mapping[str, str] | None = field(default=None, repr=False)
    """Where secrets are looked up; None is the environment of this process."""

    def access(self) -> Access:
        """The tenant as its connectors see it; close it when the run ends."""
        environ = dict(os.environ if self.environ is None else self.environ)
        return Access(Tenant(self.id, self.name), self.auth, self.cloud, environ, _say)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


LOCAL = TenantSettings("local")
"""Stands for this machine where only sources without a tenant are read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole file."""

    tenants: tuple[TenantSettings, ...] = ()
    sources: Mapping[str, object] = field(default_factory=dict)
    """Each source that is switched on, with its connector's own settings."""
    controls: Controls = field(default_factory=Controls)
    limits: Limits = field(default_factory=Limits)
    engine: Engine = field(default_factory=Engine)
    privacy: Privacy = field(default_factory=Privacy)
    sentinel: Sentinel | None = None
    file: Path = Path("audit.toml")

    def tenants_or_local(self) -> Sequence[TenantSettings]:
        """The tenants; without any, the one that stands for this machine."""
        return self.tenants or (LOCAL,)

    def sources_of(self, tenant: TenantSettings, names: Sequence[str] = ()) -> Mapping[str, object]:
        """The sources to read for ``tenant``, all of them or those of ``names``.

        Sources that need no tenant are read once, with the first one. Raises SettingsError for a
        name that is not switched on, and where nothing is.
        """
        self.check_sources(names)
        first = tenant.id == self.tenants_or_local()[0].id
        return {
            name: settings
            for name, settings in self.sources.items()
            if (not names or name in names) and (first or needs_tenant(name, settings))
        }

    def check_sources(self, names: Sequence[str] = ()) -> None:
        """Raise SettingsError unless something is switched on, and all of ``names`` is."""
        problems = [
            Problem("source_off", f"[sources.{name}]", {"valid": ", ".join(self.sources)})
            for name in names
            if name not in self.sources
        ]
        if not self.sources:
            problems = [
                Problem("no_sources", "[sources]", {"valid": ", ".join(connectors.names())})
            ]
        if problems:
            raise SettingsError(self.file, problems)

    def privacy_key(self, environ: Mapping[str, str]) -> bytes | None:
        """The key under which tokens persist, if there is one. Raises Misconfigured."""
        match = VARIABLE.fullmatch(self.privacy.key)
        if match is None:
            return None
        value = environ.get(match[1], "").encode()
        if not value:
            raise Misconfigured("missing_environment", match[1])
        if len(value) < _KEY_BYTES:
            raise Misconfigured("weak_key", match[1])
        return value

    async def kept_key(self, environ: Mapping[str, str]) -> bytes | None:
        """The same, also from a key vault, with the identity of the first tenant."""
        match = VAULT.fullmatch(self.privacy.key)
        if match is None:
            return self.privacy_key(environ)
        from connectors._keyvault import secret

        access = self.tenants_or_local()[0].access()
        try:
            value = (await secret(access, match[1])).encode()
        finally:
            await access.aclose()
        if len(value) < _KEY_BYTES:
            raise Misconfigured("weak_vault_key", match[1].rpartition("/secrets/")[2])
        return value

    def workers(self) -> int:
        """How many worker processes scan at a time."""
        return self.engine.workers or processors()


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def needs_tenant(name: str, settings: object) -> bool:
    """Whether a source signs in: it names permissions, and no connection string replaces them."""
    return bool(connectors.load(name).NEEDS) and not getattr(settings, "connection_string_env", "")


def load(path: Path) -> Settings:
    """Read ``audit.toml``. Needs no secret and no SDK.

    Raises:
        SettingsError: with every mistake that the file has.

    """
    values = parse(path)
    if isinstance(values, Problem):
        raise SettingsError(path, [values])
    problems: list[Problem] = []
    root = Table("", values, problems)
    root.check_keys(_TABLES, "unknown_table")
    tenants = _tenants(root, path.parent)
    sources = _sources(root.table("sources"), path.parent)
    controls = _run.controls(root.table("controls"))
    limits = _run.limits(root.table("limits"))
    engine = _run.engine(root.table("engine"), path.parent)
    privacy = _run.privacy(root.table("privacy"))
    sentinel = _run.sentinel(root.table("sentinel"))
    if not problems and not tenants:
        signing = [name for name, settings in sources.items() if needs_tenant(name, settings)]
        signing += ["[privacy] key"] if privacy.key.startswith("keyvault:") else []
        signing += ["[sentinel]"] if sentinel else []
        if signing:
            problems.append(Problem("tenant_needed", "[[tenants]]", {"names": ", ".join(signing)}))
    ids = [tenant.id for tenant in tenants]
    if sentinel and sentinel.tenant and sentinel.tenant not in ids:
        problems.append(Problem("no_such_tenant", "[sentinel] tenant", {"valid": ", ".join(ids)}))
    if engine.kind == "dask":
        problems += [
            Problem("interactive", "[tenants.auth] method", {"method": tenant.auth.method})
            for tenant in tenants
            if tenant.auth.method in _INTERACTIVE
        ]
    if problems:
        raise SettingsError(path, problems)
    return Settings(tenants, sources, controls, limits, engine, privacy, sentinel, path)


def _tenants(root: Table, folder: Path) -> tuple[TenantSettings, ...]:
    found: dict[str, TenantSettings] = {}
    for table in root.tables("tenants"):
        table.check_keys(("id", "name", "auth", "cloud"))
        identifier = table.text("id")
        if table.values.get("id", "") == "":
            table.note("missing_key", "id")
        elif identifier and not _TENANT.fullmatch(identifier):
            table.note("bad_tenant", "id")
        elif identifier.lower() in found:
            table.note("duplicate_tenant", "id", id=identifier)
        tenant = TenantSettings(
            identifier, table.text("name"), _auth(table.table("auth")), _cloud(table, folder)
        )
        found.setdefault(identifier.lower(), tenant)
    return tuple(found.values())


def _auth(table: Table) -> Auth:
    table.check_keys(("method", "client_id"))
    return Auth(table.choice("method", METHODS, "default"), table.text("client_id"))


def _cloud(tenant: Table, folder: Path) -> Cloud:
    table = tenant.table("cloud")
    table.check_keys([entry.name for entry in fields(Cloud)])
    base = CLOUDS[table.choice("name", tuple(CLOUDS), "public")]
    if ca_file := table.text("ca_file"):
        ca_file = str(_below(folder, ca_file))
        if not Path(ca_file).is_file():
            table.note("missing_file", "ca_file", path=ca_file)
    return replace(
        base,
        authority=table.url("authority", base.authority),
        graph=table.url("graph", base.graph),
        resource_manager=table.url("resource_manager", base.resource_manager),
        key_vault=table.url("key_vault", base.key_vault),
        ca_file=ca_file,
    )


def _sources(table: Table, folder: Path) -> dict[str, object]:
    valid = connectors.names()
    found: dict[str, object] = {}
    for name in table.values:
        if name not in valid:
            near = nearest(name, valid)
            table.note("unknown_source", name, nearest=near, valid=", ".join(valid))
            continue
        module = connectors.load(name)
        settings = fill(module.Settings, table.table(name))
        if settings is not None:  # elsewhere than on this machine, paths are globs
            found[name] = settings if module.NEEDS else _from_here(settings, folder)
    return found


def _from_here(settings: Any, folder: Path) -> object:
    """Local ``paths`` are meant from the file's folder, wherever the program is started."""
    paths = getattr(settings, "paths", ())
    if not paths:
        return settings
    return replace(settings, paths=tuple(str(_below(folder, path)) for path in paths))


def _below(folder: Path, path: str) -> Path:
    return folder / Path(path).expanduser()
