"""Every property the tenant returns, and every one it lets be selected, is in Graph's schema."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest

from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import hosted
from connectors._sample_tenant._types import PROPERTIES

FIXTURES = Path(__file__).parents[2] / "fixtures"
CSDL = Path(
    os.environ.get("GRAPH_CSDL")
    or Path(__file__).parents[4] / "shared" / "graph" / "v1.0-Prod.csdl"
)
# Beside their declared properties SharePoint's open types carry these.
DYNAMIC = {"identity": {"email"}, "identitySet": {"group"}, "sharePointIdentity": {"email"}}
PLAIN = {
    "String": str,
    "Boolean": bool,
    "Int32": int,
    "Int64": int,
    "DateTimeOffset": str,
    "Guid": str,
    "Binary": str,
    "Double": (int, float),
    "Date": str,
}


class Walk:
    """Compares values with the schema, and remembers what it saw."""

    def __init__(self, schema):
        self.schema = schema
        self.seen = {}
        self.wrong = set()

    def value(self, value, kind, where):
        if value is None:
            return
        if kind.startswith("["):
            if not isinstance(value, list):
                self.wrong.add(f"{where}: not a list")
                return
            for one in value:
                self.value(one, kind[1:-1], where)
        elif kind in PLAIN:
            if not isinstance(value, PLAIN[kind]) or (kind != "Boolean" and value is True):
                self.wrong.add(f"{where}: not {kind}")
        elif kind in self.schema:
            self.object(value, kind)
        elif not isinstance(value, str):  # an enumeration is written as a string
            self.wrong.add(f"{where}: no such type {kind}")

    def object(self, value, kind):
        kind = str(value.get("@odata.type", kind)).rpartition(".")[2]
        facts = self.schema[kind]
        self.seen.setdefault(kind, set()).update(n for n in value if not n.startswith("@"))
        for name, one in value.items():
            if name.startswith("@"):
                continue
            declared = facts["properties"].get(name)
            if declared is not None:
                self.value(one, declared, f"{kind}.{name}")
            elif not (facts["open"] and name in DYNAMIC.get(kind, ())):
                self.wrong.add(f"{kind}.{name}: not in the schema")

    def answer(self, payload, kind):
        for one in payload["value"] if "value" in payload else [payload]:
            self.object(one, kind)


def everything(ask, tenant, pages):
    """Every kind of answer: (payload, type)."""
    for target, kind in (
        ("/organization", "organization"),
        ("/domains", "domain"),
        ("/users", "user"),
        ("/sites/getAllSites", "site"),
    ):
        for page in pages(target):
            yield page, kind
    users = [v["id"] for page in pages("/users?$select=id") for v in page["value"]]
    yield ask(f"/users/{users[0]}").json, "user"
    yield ask(f"/users/{users[0]}/mailboxSettings").json, "mailboxSettings"
    every = ",".join(sorted(PROPERTIES["message"]))
    for user in users:
        folders = ask(f"/users/{user}/mailFolders?includeHiddenFolders=true&$top=100")
        if folders.status != 200:
            continue
        yield folders.json, "mailFolder"
        waiting = folders.json["value"]
        while waiting:
            folder = waiting.pop()
            base = f"/users/{user}/mailFolders/{quote(folder['id'], safe='')}"
            children = ask(f"{base}/childFolders").json
            waiting += children["value"]
            yield children, "mailFolder"
            target = f"{base}/messages/delta?$select={every}"
            for page in pages(target, prefer="odata.maxpagesize=99"):
                yield page, "message"
                for message in page["value"]:
                    if message["hasAttachments"]:
                        at = f"/users/{user}/messages/{quote(message['id'], safe='')}"
                        yield ask(at).json, "message"
                        yield ask(f"{at}/attachments").json, "attachment"
    for site in [v["id"] for page in pages("/sites/getAllSites") for v in page["value"]]:
        yield ask(f"/sites/{site}").json, "site"
        drives = ask(f"/sites/{site}/drives")
        if drives.status != 200:
            continue
        yield drives.json, "drive"
        for drive in drives.json["value"]:
            link, base = "", ""
            for page in pages(f"/drives/{drive['id']}/root/delta?$top=50"):
                yield page, "driveItem"
                link = page.get("@odata.deltaLink")
                for item in page["value"]:
                    if "file" in item:
                        base = f"/drives/{drive['id']}/items/{item['id']}"
                        yield ask(f"{base}/permissions").json, "permission"
            if base:
                yield ask(base).json, "driveItem"
                tenant.change("file", "delete", drive=drive["id"], id=base.rpartition("/")[2])
                yield ask(link).json, "driveItem"


@pytest.mark.parametrize("which", ["tiny", "company"])
def test_every_property_of_every_answer_is_in_the_schema(tiny, schema, ask_of, which) -> None:
    walk = Walk(schema)
    with hosted(tiny if which == "tiny" else company(120)) as tenant:
        ask = ask_of(tenant)

        def pages(target, **headers):
            while target:
                page = ask(target, **headers).json
                yield page
                target = page.get("@odata.nextLink")

        for payload, kind in everything(ask, tenant, pages):
            assert "error" not in payload, payload
            walk.answer(payload, kind)
    assert walk.wrong == set()
    wanted = {
        "organization",
        "domain",
        "user",
        "mailFolder",
        "message",
        "fileAttachment",
        "site",
        "itemAttachment",
        "referenceAttachment",
        "drive",
        "driveItem",
        "permission",
        "recipient",
        "itemBody",
        "hashes",
        "sharingLink",
        "sharePointIdentitySet",
        "deleted",
    }
    assert wanted <= set(walk.seen)
    assert walk.seen["message"] == PROPERTIES["message"]


def test_the_walk_finds_what_is_wrong(schema) -> None:
    walk = Walk(schema)
    walk.answer(
        {
            "value": [
                {
                    "id": 1,
                    "colour": "red",
                    "file": {"hashes": {"md5": ""}},
                    "size": "9",
                    "createdBy": {"user": {"shoe": 1}},
                }
            ]
        },
        "driveItem",
    )
    assert walk.wrong == {
        "driveItem.id: not String",
        "driveItem.colour: not in the schema",
        "hashes.md5: not in the schema",
        "driveItem.size: not Int64",
        "identity.shoe: not in the schema",
    }


@pytest.mark.parametrize("kind", sorted(PROPERTIES))
def test_what_can_be_selected_is_what_the_schema_has(schema, kind) -> None:
    assert PROPERTIES[kind] == set(schema[kind]["properties"])


@pytest.mark.skipif(not CSDL.exists(), reason="Microsoft's schema is not beside this checkout")
def test_the_fixture_says_what_microsoft_publishes() -> None:
    place = FIXTURES / "make_graph_schema.py"
    spec = importlib.util.spec_from_file_location("make_graph_schema", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    held = json.loads((FIXTURES / "graph_schema.json").read_text("utf-8"))
    assert module.facts(CSDL) == held
