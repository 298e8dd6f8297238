"""Each scheduler's files parse, follow the published schema, and hold to what their pages say."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from auditor.settings import load

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "docs/recipes"


def read(name: str) -> str:
    return (RECIPES / name).read_text("utf-8")


def unit(name: str) -> dict[str, list[str]]:
    lines = (line.partition("=") for line in read(f"systemd/{name}").splitlines() if "=" in line)
    found: dict[str, list[str]] = {}
    for key, _, value in lines:
        if not key.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def test_the_service_is_contained_and_names_what_there_is() -> None:
    service = unit("mynumber-audit.service")
    assert {"DynamicUser", "ProtectSystem", "NoNewPrivileges"} <= service.keys()
    assert service["SuccessExitStatus"] == ["130"]
    paths = re.findall(r"/opt/mynumber-audit/(docs\S+)", read("systemd/mynumber-audit.service"))
    assert len(paths) == 2
    assert [path for path in paths if not os.access(ROOT / path, os.X_OK)] == []
    assert unit("mynumber-audit.timer").keys() >= {"OnCalendar", "Persistent", "WantedBy"}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for name in ("mynumber-audit.service", "mynumber-audit.timer"):
        text = read(f"systemd/{name}").replace("/opt/mynumber-audit/docs", str(ROOT / "docs"))
        (tmp_path / name).write_text(text, "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    complaints = [line for line in done.stderr.splitlines() if "mynumber-audit" in line]
    assert complaints == []
    calendar = unit("mynumber-audit.timer")["OnCalendar"][0]
    subprocess.run(["systemd-analyze", "calendar", calendar], check=True, capture_output=True)


SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
# Sequences of MS-TSCH 2.5.3 (triggerBaseType, then calendarTriggerType); the rest is xs:all.
TRIGGER = (
    "Enabled StartBoundary EndBoundary Repetition ExecutionTimeLimit RandomDelay ScheduleByMonth"
)


def test_the_task_follows_microsofts_schema() -> None:
    root = ET.fromstring(read("windows/mynumber-audit.xml"))
    assert root.tag == f"{SPACE}Task"
    assert [child.tag.removeprefix(SPACE) for child in root] == (
        "RegistrationInfo Triggers Principals Settings Actions".split()
    )
    trigger = [
        child.tag.removeprefix(SPACE)
        for child in root.find(f"{SPACE}Triggers/{SPACE}CalendarTrigger")
    ]
    order = TRIGGER.split()
    assert trigger == sorted(trigger, key=order.index)
    assert "StartBoundary" in trigger  # required of a calendar trigger
    actions, principal = root.find(f"{SPACE}Actions"), root.find(f".//{SPACE}Principal")
    assert actions.get("Context") == principal.get("id")
    arguments = root.find(f".//{SPACE}Arguments").text
    script = re.search(r"mynumber-audit\\(docs\\\S+?\.ps1)", arguments)[1]
    assert (ROOT / script.replace("\\", "/")).is_file()


def test_the_windows_script_treats_codes_as_the_other_does() -> None:
    text = read("windows/Run-Audit.ps1")
    assert re.search(r"if \(\$Code -in 0, 3, 4, 5\) \{\s+& \$Program report", text)
    assert "if ($Code -in 3, 4, 5) { exit 0 }\nexit $Code" in text
    assert {*re.findall(r"^    (\d) = ", text, re.MULTILINE)} == {"1", "2", "3", "4", "5"}


@pytest.mark.skipif(shutil.which("pwsh") is None, reason="needs PowerShell")
@pytest.mark.parametrize("path", sorted(RECIPES.rglob("*.ps1")), ids=lambda path: path.name)
def test_powershell_parses(path: Path) -> None:
    parser = "[System.Management.Automation.Language.Parser]::ParseFile"
    script = f"$e = $null; {parser}('{path}', [ref]$null, [ref]$e) | Out-Null; exit $e.Count"
    subprocess.run(["pwsh", "-NoProfile", "-Command", script], check=True)


def test_the_azure_job_runs_as_a_managed_identity(tmp_path: Path) -> None:
    job: dict[str, Any] = yaml.safe_load(read("azure/job.yaml"))
    how, template = job["properties"]["configuration"], job["properties"]["template"]
    assert job["identity"]["type"] == "UserAssigned"
    assert how["triggerType"] == "Schedule"
    assert re.fullmatch(r"\d+ \d+ \S+ \S+ \S+", how["scheduleTriggerConfig"]["cronExpression"])
    assert how["scheduleTriggerConfig"]["parallelism"] == 1
    (secret,) = how["secrets"]
    file = tmp_path / "audit.toml"
    file.write_text(secret["value"], "utf-8")
    assert load(file).tenants[0].auth.method == "managed-identity"
    (container,) = template["containers"]
    mounts = {mount["volumeName"]: mount["mountPath"] for mount in container["volumeMounts"]}
    assert mounts.keys() == {volume["name"] for volume in template["volumes"]}
    environ = {entry["name"]: entry["value"] for entry in container["env"]}
    assert environ["AUDIT_STATE"] == mounts["state"]
    assert environ["MYNUMBER_AUDIT_CONFIG"] == f"{mounts['settings']}/audit.toml"
    assert environ["MYNUMBER_AUDIT_WORKSPACE"].startswith(mounts["workspace"])
    assert container["name"] in read("azure/alerts.kql")
    assert "mynumber-audit-alert" in read("azure/alerts.kql")


def test_the_runbook_signs_in_without_a_secret() -> None:
    text = read("azure/Start-Audit.ps1")
    assert "Connect-AzAccount -Identity" in text
    assert not re.search(r"secret|password|key", text, re.IGNORECASE)


def test_the_workflow_has_the_least_rights_and_leaves_nothing_open() -> None:
    flow: dict[Any, Any] = yaml.safe_load(read("github/audit.yml"))
    job = flow["jobs"]["audit"]
    assert flow["permissions"] == {}
    assert job["permissions"] == {"contents": "read"}
    assert flow[True].keys() == {"schedule", "workflow_dispatch"}  # YAML 1.1 reads `on` as true
    first, *steps = job["steps"]
    assert first["run"].endswith("= private")
    assert job["env"]["AUDIT_ALERT"] == "docs/recipes/github/alert.sh"
    uploads = [step for step in steps if step.get("uses", "").startswith("actions/upload")]
    assert [step["with"]["path"] for step in uploads] == ["reports.tar.gz.p7m"]
    assert uploads[0]["with"]["retention-days"] <= 7
    encrypts = next(step["run"] for step in steps if "openssl" in step.get("run", ""))
    assert "cms -encrypt" in encrypts
    secret = [step["name"] for step in steps if "secrets." in str(step)]
    assert secret == ["Audit"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs OpenSSL")
def test_reports_are_encrypted_for_one_reader(tmp_path: Path) -> None:
    """The workflow's own step, and the command of the page that opens what it made."""
    job = yaml.safe_load(read("github/audit.yml"))["jobs"]["audit"]
    step = next(step["run"] for step in job["steps"] if "openssl" in step.get("run", ""))
    (tmp_path / "audit").mkdir()
    (tmp_path / "workspace/reports").mkdir(parents=True)
    (tmp_path / "workspace/reports/report.html").write_text("planted", "utf-8")
    make = "req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout recipient.key"
    environ = os.environ | {"MYNUMBER_AUDIT_WORKSPACE": "workspace"}

    def run(*command: str) -> bytes:
        how = {"cwd": tmp_path, "env": environ, "capture_output": True}
        return subprocess.run(command, check=True, timeout=120, **how).stdout

    run("openssl", *make.split(), "-out", "audit/recipient.pem")
    run("bash", "-e", "-o", "pipefail", "-c", step)
    assert b"planted" not in (tmp_path / "reports.tar.gz.p7m").read_bytes()
    page = (ROOT / "docs/en/scheduling.md").read_text("utf-8")
    opens = re.search(r"`(openssl cms -decrypt [^`]+)`", page)[1]
    with tarfile.open(fileobj=io.BytesIO(run(*opens.split())), mode="r:gz") as archive:
        assert archive.extractfile("reports/report.html").read() == b"planted"


def test_the_image_is_built_from_what_is_there() -> None:
    text = re.sub(r"\\\n\s*", " ", read("container/Containerfile"))
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line and line[0] != "#"]
    bases = [words for step, words in steps if step == "FROM"]
    assert [base for base in bases if not re.match(r"python:3\.1[123]-slim-\w+", base)] == []
    for words in (words for step, words in steps if step == "COPY" and "--from" not in words):
        *sources, _ = [word for word in words.split() if not word.startswith("--")]
        assert [source for source in sources if not (ROOT / source).exists()] == []
    installs = [words for step, words in steps if step == "RUN" and "pip install" in words]
    assert len(installs) == 2
    assert [w for w in installs if "--require-hashes" not in w and "--no-deps" not in w] == []
    last = dict(steps)
    assert last["USER"] == "10001:10001"
    assert set(yaml.safe_load(last["VOLUME"])) == {"/var/lib/mynumber-audit", "/tmp"}
    assert last["ENTRYPOINT"] == '["run-audit"]'
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {declared["readme"], *declared["license-files"]} <= set(text.split())
