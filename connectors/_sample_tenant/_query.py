"""OData query options: read as strictly as the service reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from connectors._sample_tenant._types import PROPERTIES
from connectors._sample_tenant._wire import Call, refuse

DOWNLOAD_URL = "@microsoft.graph.downloadUrl"
_ANNOTATIONS = {"driveItem": {DOWNLOAD_URL, "content.downloadUrl"}}
_CASTS = {"attachment": ("microsoft.graph.fileAttachment", "fileAttachment")}
_OPTIONS = frozenset(
    "$select $top $skip $skiptoken $deltatoken $count $expand $filter $orderby $search "
    "$format".split()
)
_PREFERENCE = re.compile(r"""\s*([\w.\-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;]+)))?\s*(?:[,;]|$)""")


def options(call: Call, taken: Iterable[str]) -> None:
    """Refuse system query options that this call does not know or this server does not imitate."""
    for name in call.query:
        if name.startswith("$") and name not in taken:
            if name in _OPTIONS:
                raise refuse(
                    501, "notSupported", f"The sample tenant does not imitate {name} here."
                )
            raise refuse(400, "BadRequest", f"The query parameter '{name}' is not supported.")


def select(call: Call, kind: str) -> tuple[str, ...]:
    """The properties asked for; () for the default ones. 400 for one that the type has not."""
    call.kind = kind
    return selected(call.query.get("$select", ""), kind)


def selected(text: str, kind: str) -> tuple[str, ...]:
    """The names in ``text``, in order, each of them a property of ``kind``."""
    if not text.strip():
        return ()
    found: dict[str, None] = {}
    known = PROPERTIES[kind]
    for part in text.split(","):
        name = part.strip()
        if name not in known and name not in _ANNOTATIONS.get(kind, ()):
            prefix, own = _CASTS.get(kind, ("", ""))
            head, _, tail = name.partition("/")
            if not prefix or head != prefix or tail not in PROPERTIES[own]:
                raise refuse(
                    400,
                    "BadRequest",
                    "Parsing OData Select and Expand failed: Could not find a property named "
                    f"'{name}' on type 'microsoft.graph.{kind}'.",
                )
            name = tail
        found[DOWNLOAD_URL if name == "content.downloadUrl" else name] = None
    return tuple(found)


def count(call: Call, name: str, default: int, most: int, code: str = "invalidRequest") -> int:
    """A whole number option between 1 (``$skip``: 0) and ``most``."""
    text = call.query.get(name)
    if text is None:
        return default
    least = 0 if name == "$skip" else 1
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise refuse(
            400,
            code,
            f"Invalid page size specified: '{text[:20]}'. "
            f"Must be between {least} and {most} inclusive.",
        )
    return int(text)


def preferences(call: Call) -> dict[str, str]:
    """The ``Prefer`` header: names in lower case → values ("" where there is none)."""
    text = call.headers.get("prefer", "")
    return {m[1].lower(): m[2] or m[3] or "" for m in _PREFERENCE.finditer(text)}


def link(url: str, query: Mapping[str, str]) -> str:
    """``url`` with a query, encoded as the service encodes it; empty options are left out."""
    kept = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(kept, quote_via=quote, safe='$,@')}" if kept else url
