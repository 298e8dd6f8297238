"""What a request costs in SharePoint's resource units.

Source: "Avoid getting throttled or blocked in SharePoint Online": single items, deltas that go on
from a token, and downloads cost 1, collections 2, permissions 5.
"""

from __future__ import annotations

import re

__all__ = ["units"]

_SHAREPOINT = re.compile(r"/(?:sites|drives)(?:/|$)|/users/[^/]+/drives?(?:/|$)")
_TOKEN = re.compile(r"[?&(](?:token|\$skiptoken|\$deltatoken)=", re.IGNORECASE)
_COLLECTION = re.compile(
    r"/(?:getAllSites|sites|drives|lists|items|columns|versions|children|pages|"
    r"microsoft\.graph\.sitePage|delta(?:\(\))?)$",
    re.IGNORECASE,
)
_ONE_PAGE = re.compile(r"/pages/[^/]+/microsoft\.graph\.sitePage$", re.IGNORECASE)


def units(url: str) -> int:
    """Resource units of a GET; 0 where it is no business of SharePoint's.

    >>> units("/drives/d/root/delta?$top=5"), units("/drives/d/root/delta?token=x")
    (2, 1)
    >>> units("/drives/d/items/i/permissions"), units("/drives/d/items/i/content"), units("/users")
    (5, 1, 0)
    """
    path = url.partition("?")[0]
    if "/_api/" in path:  # SharePoint's own interface has no published cost but is the dearer one
        return 2
    if not _SHAREPOINT.search(path):
        return 0
    if "permissions" in url:
        return 5
    if _TOKEN.search(url) and "/delta" in path:
        return 1
    return 2 if _COLLECTION.search(path) and not _ONE_PAGE.search(path) else 1
