"""Rows of a Dataverse table → items: 5,000 a request, by changes where the table tracks them.

A row is its cells under the headers that people see; markup and files go beside it. Where a table
tracks no changes (or the app reads less than all of it) its rows are listed anew at every run, and
unchanged ones cost nothing more. A page too large to hold is asked for again in smaller ones.

Source: Dataverse Web API "Query data", "Use change tracking to synchronize data".
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from connectors._dataverse_files import Attached, attached
from connectors._dataverse_lane import Ask, Environment, TooLarge
from connectors._dataverse_problems import Expired
from connectors._errors import Broken, ConnectorError, Denied, Gone, Misconfigured
from connectors._model import Body, Item, Page, Partition
from connectors._permissions import when
from connectors._tables import Columns, Table

PAGE = 5_000
"""Rows a request; the service gives no more."""
_SMALLER = 5
"""By so much a page shrinks that was too large."""
_FORMATTED = "OData.Community.Display.V1.FormattedValue"
_MARKUP = re.compile(
    r"\s*<(?:!doctype|html|head|body|div|p|span|table|style|meta|br|font)\b", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ASKED_AT_ONCE = 50
"""Rows that one filter names."""
_VOID = ("HTTP 400", "HTTP 404")


@dataclass(frozen=True, slots=True)
class _Way:
    """How a table's rows are asked for; every page of a listing must be asked for alike."""

    size: int
    tracked: bool = False
    selected: bool = True
    link: str = ""
    """Where an earlier run stopped; "" to begin."""

    @property
    def headers(self) -> dict[str, str]:
        wanted = f'odata.maxpagesize={self.size},odata.include-annotations="{_FORMATTED}"'
        return {"prefer": f"odata.track-changes,{wanted}" if self.tracked else wanted}


async def pages(environment: Environment, partition: Partition, cursor: str) -> AsyncIterator[Page]:
    """List from ``cursor`` or from nothing; a cursor that is void begins anew."""
    table, columns = _of(partition)
    held = _opened(cursor, columns, environment) if cursor else None
    restart = bool(cursor) and held is None
    way: _Way | None = held or _Way(PAGE, table.tracked)
    while way is not None:
        begun = False
        try:
            async for page in _listing(environment, partition, way):
                yield replace(page, restart=restart)
                restart, begun = False, True
            return
        except ConnectorError as error:
            restart = restart or begun or bool(way.link)
            way = _otherwise(way, error, begun=begun, tracked=table.tracked)
            if way is None:
                raise


def _otherwise(way: _Way, error: ConnectorError, *, begun: bool, tracked: bool) -> _Way | None:
    """Another way to ask, where an environment does not take this one.

    Changes are only told to who may read a whole table; a column may be defined and not be served.
    """
    if isinstance(error, TooLarge):
        smaller = max(1, way.size // _SMALLER)
        return _Way(smaller, tracked, way.selected) if way.size > 1 else None
    if way.link:
        return _Way(way.size, tracked, way.selected) if _void(error) else None
    refused = isinstance(error, Broken) and error.detail.startswith("HTTP 400")
    if begun or not (refused or isinstance(error, Denied)):
        return None
    if way.tracked:
        return replace(way, tracked=False)
    return replace(way, selected=False) if refused and way.selected else None


async def _listing(
    environment: Environment, partition: Partition, way: _Way
) -> AsyncIterator[Page]:
    table, columns = _of(partition)
    link = way.link or _url(table, columns, way)
    async for answer in environment.pages(Ask(link, table.privilege, way.headers)):
        items: dict[str, Item] = {}
        gone: list[str] = []
        for value in answer["value"]:
            if deleted := _deleted(value, table):
                gone.append(deleted)
                items.pop(deleted, None)
                continue
            item = _item(environment, partition, value)
            items[item.id] = item
        following = str(answer.get("@odata.nextLink") or "")
        after = following or str(answer.get("@odata.deltaLink") or "")
        if after and not environment.ours(after):
            raise Broken("a link of the service leads to another host")
        onward = way if following else replace(way, tracked=False)
        cursor = _kept(columns, onward, after) if after else ""
        yield Page(list(items.values()), gone, cursor=cursor, done=not following)


async def some(
    environment: Environment, partition: Partition, ids: Sequence[str], select: str = ""
) -> list[dict[str, Any]]:
    """Those rows of ``ids`` that exist, as the service wrote them."""
    table, columns = _of(partition)
    known = [one for one in ids if _GUID.fullmatch(one)]
    way = _Way(PAGE)
    found: list[dict[str, Any]] = []
    for start in range(0, len(known), _ASKED_AT_ONCE):
        named = known[start : start + _ASKED_AT_ONCE]
        condition = "%20or%20".join(f"{table.key}%20eq%20{one}" for one in named)
        wanted = select or columns.selected(table.key)
        url = f"/{table.set}?$select={wanted}&$filter={condition}"
        ask = Ask(url, table.privilege, way.headers)
        found += [value async for value in environment.values(ask)]
    return found


async def lookup(environment: Environment, partition: Partition, ids: Sequence[str]) -> list[Item]:
    """Those of ``ids`` that still exist."""
    values = await some(environment, partition, ids)
    return [_item(environment, partition, value) for value in values]


def _of(partition: Partition) -> tuple[Table, Columns]:
    return partition.facts["table"], partition.facts["columns"]


def _url(table: Table, columns: Columns, way: _Way) -> str:
    return f"/{table.set}" + (f"?$select={columns.selected(table.key)}" if way.selected else "")


# ------------------------------------------------------------------------------------- cursors


def _kept(columns: Columns, way: _Way, link: str) -> str:
    """A cursor: the link, and how it is to be asked for. It names rows by keys and versions."""
    return orjson.dumps([columns.digest, way.size, way.tracked, way.selected, link]).decode()


def _opened(cursor: str, columns: Columns, environment: Environment) -> _Way | None:
    """None for a cursor of other columns, or of another address of the environment."""
    try:
        digest, size, tracked, selected, link = orjson.loads(cursor)
        way = _Way(int(size), bool(tracked), bool(selected), str(link))
    except (ValueError, TypeError):
        return None
    return way if digest == columns.digest and environment.ours(way.link) else None


def _void(error: ConnectorError) -> bool:
    """Whether the service does not know any more where it was."""
    if isinstance(error, Misconfigured | Denied):
        return False
    return isinstance(error, Expired | Gone) or error.detail.startswith(_VOID)


def _deleted(value: Mapping[str, Any], table: Table) -> str:
    """The id of a row that a list of changes says is gone; "" for one that is there."""
    if "$deletedEntity" in str(value.get("@odata.context") or "") or "@removed" in value:
        found = _GUID.search(str(value.get("id") or value.get(table.key) or value.get("@id") or ""))
        return found[0].lower() if found else ""
    return ""


# ---------------------------------------------------------------------------------------- rows


def _item(environment: Environment, partition: Partition, value: Mapping[str, Any]) -> Item:
    table, columns = _of(partition)
    key = str(value.get(table.key) or "").lower()
    if not key:
        raise Broken("a row without its key")
    row: dict[str, str] = {}
    parts: list[Body] = []
    for name, header in columns.cells.items():
        held = value.get(name)
        if held is None or held == "":
            continue
        text = _shown(held)
        if _MARKUP.match(text):
            parts.append(_written(header, text))
            continue
        row[header] = text
        formatted = value.get(f"{name}@{_FORMATTED}")
        if isinstance(formatted, str) and _digits(formatted) != _digits(text):
            row[f"{header} (formatted)"] = formatted
    files = tuple(attached(columns, value))
    etag = str(value.get("@odata.etag") or value.get("versionnumber") or "")
    version = etag.removeprefix("W/").strip('"') or str(value.get("modifiedon") or "")
    owner = str(value.get(f"_ownerid_value@{_FORMATTED}") or "")
    return Item(
        partition,
        id=key,
        name=f"item {key}",  # the primary name is content, often somebody's name
        version=f"{version}.{columns.digest}",
        size=_size(row, files),
        modified=when(value.get("modifiedon")),
        created=when(value.get("createdon")),
        owner=owner,
        url=f"{environment.url}/main.aspx?pagetype=entityrecord&etn={table.name}&id={key}",
        row=row or {"": ""},
        facts={
            "parts": tuple(parts),
            "files": files,
            "owner": value.get("_ownerid_value"),
            "unit": value.get("_owningbusinessunit_value"),
        },
    )


def _size(row: Mapping[str, str], files: Sequence[Attached]) -> int | None:
    """Of cells and files; None where the listing does not tell how long a file is."""
    known = [file.size for file in files if file.size is not None]
    return sum(map(len, row.values())) + sum(known) if len(known) == len(files) else None


def _written(header: str, text: str) -> Body:
    data = text.encode("utf-8", "surrogatepass")
    return Body("", "text/html; charset=utf-8", len(data), data, part=header)


def _shown(held: Any) -> str:
    """A value as text: whole numbers without a fraction."""
    if isinstance(held, str):
        return held
    if isinstance(held, float) and held.is_integer():
        return str(int(held))
    return orjson.dumps(held).decode()


def _digits(text: str) -> str:
    """Without signs and separators, and without the zeros of a fraction."""
    return "".join(_DIGITS.findall(text)).rstrip("0")
