"""Resource units of requests, as SharePoint's published list counts them."""

from __future__ import annotations

import pytest

from connectors._units import units

BASE = "https://graph.example/v1.0"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/users?$top=999", 0),
        ("/users/u/mailFolders/f/messages/delta", 0),
        ("/sites/getAllSites", 2),
        ("/sites/h,a,b/drives?$select=id", 2),
        ("/users/u/drives", 2),
        ("/drives/d/root/delta?$select=id", 2),
        ("/drives/d/root/delta(token='x')", 1),
        ("/drives/d/root/delta?token=x", 1),
        ("/drives/d/items/i", 1),
        ("/drives/d/items/i/content", 1),
        ("/drives/d/items/i/versions", 2),
        ("/drives/d/items/i/permissions", 5),
        ("/drives/d/items/i?$expand=permissions", 5),
        ("/sites/s/lists/l/items?$expand=fields", 2),
        ("/sites/s/lists/l/items/7?$expand=fields", 1),
        ("/sites/s/pages/microsoft.graph.sitePage", 2),
        ("/sites/s/pages/p/microsoft.graph.sitePage?$expand=canvasLayout", 1),
    ],
)
def test_every_kind_of_request(path: str, expected: int) -> None:
    assert units(f"{BASE}{path}") == units(path) == expected
