"""The role as a solution: what lies in docs is what the program gives, and it only reads."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from connectors._dataverse_role import NAME, PRIVILEGES, files

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "dataverse-role"


def test_docs_hold_the_solution() -> None:
    assert {p.name: p.read_text("utf-8") for p in FOLDER.iterdir()} == files()


def test_it_is_one_role_that_reads_the_whole_organisation() -> None:
    (role,) = ET.fromstring(files()["customizations.xml"]).iter("Role")
    assert role.get("name") == NAME
    found = {one.get("name"): one.get("level") for one in role.iter("RolePrivilege")}
    assert found == dict.fromkeys(PRIVILEGES, "Global")
    assert all(re.fullmatch(r"prvRead[A-Z]\w+", name) for name in found)
    (root,) = ET.fromstring(files()["solution.xml"]).iter("RootComponent")
    assert root.get("id") == role.get("id")
    assert ET.fromstring(files()["[Content_Types].xml"]).tag.endswith("Types")


def test_every_privilege_that_the_connector_names_is_there() -> None:
    named = {
        name
        for path in (ROOT / "connectors").glob("*dataverse*.py")
        if path.name != "_dataverse_role.py"
        for name in re.findall(r'"(prvRead\w+)"', path.read_text("utf-8"))
    }
    assert {"prvReadRole", "prvReadUser", "prvReadFieldSecurityProfile"} <= named
    assert named <= set(PRIVILEGES)


def test_the_page_says_the_steps_for_this_role() -> None:
    page = (ROOT / "docs" / "dataverse-role.md").read_text("utf-8")
    assert page.count(NAME) >= 3
    assert "environments = [" in page
