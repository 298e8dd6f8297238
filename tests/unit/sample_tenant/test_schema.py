"""Every property the tenant returns, and every one it lets be selected, is in Graph's schema."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import pytest

from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import hosted
from connectors._sample_tenant._types import PROPERTIES
from tests.unit.sample_tenant.schema_walk import Walk, everything, talk, undeclared

FIXTURES = Path(__file__).parents[2] / "fixtures"
CSDL = Path(
    os.environ.get("GRAPH_CSDL")
    or Path(__file__).parents[4] / "shared" / "graph" / "v1.0-Prod.csdl"
)


@pytest.mark.parametrize("which", ["tiny", "company"])
def test_every_property_of_every_answer_is_in_the_schema(tiny, schema, ask_of, which) -> None:
    walk = Walk(schema)
    with hosted(tiny if which == "tiny" else company(120)) as tenant:
        for payload, kind in everything(ask_of(tenant), tenant):
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


def test_what_is_said_is_in_the_schema_too(schema, ask_of) -> None:
    walk = Walk(schema)
    world = company(30)
    with hosted(world) as tenant:
        ask = ask_of(tenant)

        def pages(target):
            while target:
                page = ask(target).json
                yield page
                target = page.get("@odata.nextLink")

        users = [user.id for user in world.users if user.purpose]
        for payload, kind in talk(ask, pages, users):
            assert "error" not in payload, payload
            walk.answer(payload, kind)
    assert walk.wrong == set()
    wanted = "group team channel chat chatMessage aadUserConversationMember conversationThread post"
    assert set(wanted.split()) <= set(walk.seen)


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


def test_selections_are_compared_too(tenant, ask, schema) -> None:
    ask("/users?$select=id,mail")
    ask("/drives/b!hr/root/delta?$select=id,@microsoft.graph.downloadUrl")
    assert undeclared(tenant.selects(), schema) == set()
    assert undeclared({"user": {"mail", "shoe"}}, schema) == {"user.shoe"}
