"""The installed command against the sample tenant: real processes, real clients, real TLS."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors._sample_tenant._handle import Tenant

ITEMS = 600
"""Items of the sample tenant that most tests audit."""

AZURE = ("azure_files", "azure_tables", "azure_queues")
SOURCES = ("mail", "sharepoint", "onedrive", "teams", "blob", *AZURE, "intune", "dataverse")


def settings_of(
    tenant: Tenant, folder: Path, sources: Sequence[str] = SOURCES, *, ocr: bool = False
) -> Path:
    """An audit.toml for the sample tenant, as an admin would write it.

    Without ``ocr`` its pictures are not read, which is four fifths of an audit's time.
    """
    lines = [
        *(() if ocr else ("[limits]", "ocr = false")),
        "[[tenants]]",
        f'id = "{tenant.tenant_id}"',
        'name = "サンプル商事"',
        "[tenants.auth]",
        'method = "client-secret"',
        f'client_id = "{tenant.client_id}"',
        "[tenants.cloud]",
        f'authority = "{tenant.authority}"',
        f'graph = "{tenant.graph}"',
        f'resource_manager = "{tenant.resource_manager}"',
        f"ca_file = {json.dumps(str(tenant.ca_file))}",
    ]
    for source in sources:
        lines.append(f"[sources.{source}]")
        if source == "blob":
            lines.append(f'accounts = ["{tenant.blob}"]')
        elif source == "dataverse":
            lines.append(f'environments = ["{tenant.dataverse}"]')
        elif source == "intune":
            lines.append("allow_beta = true")
    file = folder / "audit.toml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


@dataclass
class Command:
    """The command line of one audit."""

    folder: Path
    tenant: Tenant
    sources: Sequence[str] = SOURCES
    environ: dict[str, str] = field(default_factory=dict)
    ocr: bool = False

    def __post_init__(self) -> None:
        """Write the settings."""
        self.temporary.mkdir(parents=True, exist_ok=True)
        self.config = settings_of(self.tenant, self.folder, self.sources, ocr=self.ocr)

    @property
    def workspace(self) -> Path:
        """Where the audit keeps its results."""
        return self.folder / "audit-workspace"

    @property
    def temporary(self) -> Path:
        """Where the audit finds room for temporary files, so that a test can look at them."""
        return self.folder / "tmp"

    def environment(self) -> dict[str, str]:
        """Ours, and the secret where secrets belong."""
        secret = {"AZURE_CLIENT_SECRET": self.tenant.client_secret}
        place = {"TMPDIR": str(self.temporary)}
        return {**os.environ, **secret, **place, **self.environ}

    def line(self, *arguments: str) -> list[str]:
        """The arguments of a process."""
        return [sys.executable, "-m", "auditor", *arguments]

    def run(self, *arguments: str, timeout: float = 240) -> subprocess.CompletedProcess[str]:
        """Run to the end; output is captured, and checked for tracebacks."""
        done = subprocess.run(
            self.line(*arguments),
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done

    def audit(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run ``audit`` and expect it to end well."""
        done = self.run("audit", *options)
        assert done.returncode == 0, done.stderr[-2000:]
        return done

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the workspace as a script would."""
        db = sqlite3.connect(self.workspace / "workspace.sqlite")
        try:
            return db.execute(query).fetchall()
        finally:
            db.close()
