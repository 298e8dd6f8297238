"""``doctor --profile``: what an app is given, and the script that gives it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import connectors
from auditor.terminal.commands import PROFILES, SHELLS
from auditor.terminal.registration import script
from connectors._questions import needs

SIGNED = [name for name in connectors.names() if connectors.load(name).NEEDS]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_permission_is_explained_and_asked_for(shell: str, profile: str, lang: str) -> None:
    text = script(SIGNED, profile, shell, "contoso.example", lang)
    needs = {n for name in SIGNED for n in connectors.load(name).NEEDS}
    for need in needs:
        wanted = profile == "full" or not need.optional
        head, _, rest = text.partition("\n\n")
        assert (f"#   {need.permission}: " in head) is wanted
        if need.service == "graph":
            names = re.findall(r"[\w.-]+", rest.partition("\n\n#")[0])
            assert (need.permission in names) is wanted


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_that_could_write_is_asked_for(profile: str) -> None:
    text = script(SIGNED, profile, "az", "contoso.example", "en")
    asked = text.partition("for ROLE in ")[2].partition(";")[0].split()
    assert len(asked) > 3
    assert [name for name in asked if "Write" in name or "FullControl" in name] == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize("profile", PROFILES)
def test_a_shell_can_read_it(profile: str, tmp_path: Path) -> None:
    """Run with stand-ins for az and openssl that write down what they are asked."""
    made = tmp_path / "register.sh"
    made.write_text(script(SIGNED, profile, "az", "contoso.example", "en"), "utf-8")
    log = tmp_path / "log"
    for name in ("az", "openssl", "sleep"):
        stand_in = tmp_path / name
        stand_in.write_text(f'#!/bin/sh\necho "{name} $@" >> "{log}"\necho id\n')
        stand_in.chmod(0o755)
    for name in ("mynumber-audit.key", "mynumber-audit.crt"):
        (tmp_path / name).touch()
    done = subprocess.run(
        ["bash", made.name],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    asked = log.read_text()
    assert asked.count("permission add") == len(
        {
            n.permission
            for name in SIGNED
            for n in connectors.load(name).NEEDS
            if n.service == "graph" and (profile == "full" or not n.optional)
        }
        | {n.permission for n in needs() if profile == "full"}
    )
    assert "admin-consent" in asked
    assert "AZURE_CLIENT_ID=id" in done.stdout


def test_sources_are_those_asked_for() -> None:
    text = script(["mail"], "minimum", "az", "contoso.example", "en")
    assert "Mail.Read" in text
    assert "Sites.Read.All" not in text
