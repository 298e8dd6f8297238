"""Lists, their rows, site pages and subsites of the sample tenant.

Not imitated: views, content types, list permissions of their own, ``$filter``. A delta answers with
the rows and their fields when ``$expand=fields`` asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectors._sample_tenant._items import identity
from connectors._sample_tenant._model import ListRow, Site, SiteList, SitePage
from connectors._sample_tenant._query import count, link, options, select, selected
from connectors._sample_tenant._roles import Role, require
from connectors._sample_tenant._sites import MADE, site_value, unlocked
from connectors._sample_tenant._state import ListBox, State
from connectors._sample_tenant._wire import Answer, Call, data, refuse

_PAGE, _MOST = 200, 5000
_ITEM = (
    "createdDateTime eTag id lastModifiedDateTime webUrl createdBy contentType parentReference"
).split()


class Lists:
    """Answers about what a site holds beside its drives."""

    def __init__(self, state: State, base: str) -> None:
        """``base`` is the URL of v1.0."""
        self._state = state
        self._base = base
        self._origin = base.removesuffix("/v1.0")

    def _site(self, call: Call) -> Site:
        require(call, Role.SITES)
        site = self._state.sites.get(call.segments[1])
        if site is None:
            raise refuse(404, "itemNotFound", "Requested site could not be found")
        unlocked(site)
        return site

    def _list(self, call: Call) -> ListBox:
        site = self._site(call)
        box = self._state.lists.get((site.id, call.segments[3]))
        if box is None:
            raise refuse(404, "itemNotFound", "The specified list was not found")
        return box

    # ---------------------------------------------------------------------------------- subsites

    def subsites(self, call: Call) -> Answer:
        """GET /sites/{id}/sites."""
        options(call, ("$select", "$top"))
        site = self._site(call)
        chosen = select(call, "site")
        below = [one for one in self._state.world.sites if one.parent == site.id]
        values = [site_value(one, chosen) for one in below]
        return self._values("sites", values)

    # ------------------------------------------------------------------------------------- lists

    def lists(self, call: Call) -> Answer:
        """GET /sites/{id}/lists: libraries too, as the service lists them."""
        options(call, ("$select", "$top"))
        site = self._site(call)
        chosen = select(call, "list")
        libraries = [
            SiteList(drive.id[2:38], drive.name, (), (), template="documentLibrary")
            for drive in site.drives
            if not drive.hidden or "system" in chosen
        ]
        values = [_list_value(one, site, chosen) for one in (*libraries, *site.lists)]
        return self._values(f"sites('{site.id}')/lists", values)

    def columns(self, call: Call) -> Answer:
        """GET /sites/{id}/lists/{id}/columns."""
        options(call, ("$select", "$top"))
        box = self._list(call)
        chosen = select(call, "columnDefinition")
        values = []
        for name, shown in box.list.columns:
            whole = {"id": name, "name": name, "displayName": shown, "hidden": False}
            values.append({n: v for n, v in whole.items() if not chosen or n in (*chosen, "id")})
        return self._values("columns", values)

    def delta(self, call: Call) -> Answer:
        """GET …/items/delta: everything, then what changed since."""
        options(call, ("$select", "$expand", "$top"))
        box = self._list(call)
        serial, token = self._state.serial, call.query.get("token")
        mode, mark, text, fields, top = (
            "all",
            0,
            ",".join(select(call, "listItem")),
            _expands(call),
            count(call, "$top", _PAGE, _MOST),
        )
        if token:
            parts = self._state.open(token)
            ours = parts is not None and parts[:2] == ["list", box.list.id]
            if parts is None or not ours or (parts[2] == "changes" and parts[3] > serial):
                raise refuse(
                    410, "resyncRequired", "Resync required.", "resyncChangesApplyDifferences"
                )
            mode, mark, text, fields, top = parts[2:]
        chosen = selected(text, "listItem")
        url = f"{self._origin}{call.path}"
        answer: dict[str, Any] = {"@odata.context": f"{self._base}/$metadata#Collection(listItem)"}
        if mode == "all":
            rows = [(at, row) for at, row in box.rows.rows(mark)]
            page = [self._row(box, row, chosen, fields=fields) for _, row in rows[:top]]
            more = len(rows) > top
            following = ("all", rows[top][0]) if more else ("changes", serial)
        else:
            found = box.rows.since(mark)
            page = [
                _deleted(identifier) if now is None else self._row(box, now, chosen, fields=fields)
                for _, identifier, now in found[:top]
            ]
            more = len(found) > top
            reached = found[min(top, len(found)) - 1][0] if found else mark
            following = ("changes", reached)
        sealed = self._state.seal("list", box.list.id, *following, text, fields, top)
        answer["@odata.nextLink" if more else "@odata.deltaLink"] = link(url, {"token": sealed})
        answer["value"] = page
        return data(answer)

    def items(self, call: Call) -> Answer:
        """GET …/items."""
        options(call, ("$select", "$expand", "$top", "$skiptoken"))
        box = self._list(call)
        top, start = count(call, "$top", _PAGE, _MOST), 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self._state.open(token)
            if parts is None or parts[0] != "items":
                raise refuse(400, "invalidRequest", "The skip token is not valid.")
            start = parts[1]
        chosen, fields = select(call, "listItem"), _expands(call)
        rows = list(box.rows.rows(start))
        values = [self._row(box, row, chosen, fields=fields) for _, row in rows[:top]]
        extra = {}
        if len(rows) > top:
            query = {**call.query, "$skiptoken": self._state.seal("items", rows[top][0])}
            extra["@odata.nextLink"] = link(f"{self._origin}{call.path}", query)
        return self._values("items", values, extra)

    def item(self, call: Call) -> Answer:
        """GET …/items/{id}."""
        options(call, ("$select", "$expand"))
        box = self._list(call)
        row = self._found(box, call)
        value = self._row(box, row, select(call, "listItem"), fields=_expands(call))
        return data({"@odata.context": f"{self._base}/$metadata#listItem", **value})

    def permissions(self, call: Call) -> Answer:
        """GET …/items/{id}/permissions."""
        options(call, ("$select", "$top"))
        row = self._found(self._list(call), call)
        return self._values("permissions", list(row.permissions))

    def _found(self, box: ListBox, call: Call) -> ListRow:
        row = box.rows.get(call.segments[5])
        if row is None:
            raise refuse(404, "itemNotFound", "The specified list item was not found")
        return row

    def _row(
        self, box: ListBox, row: ListRow, chosen: Sequence[str], *, fields: bool
    ) -> dict[str, Any]:
        url = f"{box.site.web_url}/Lists/{box.list.id}/{row.id}_.000"
        whole = {
            "createdDateTime": row.created,
            "eTag": f'"{row.etag}"',
            "id": row.id,
            "lastModifiedDateTime": row.modified,
            "webUrl": url,
            "createdBy": identity(self._state.people, row.created_by),
            "contentType": {"id": "0x0100", "name": "Item"},
            "parentReference": {"siteId": box.site.id.rpartition(",")[2]},
        }
        names = chosen or _ITEM
        value: dict[str, Any] = {"@odata.etag": f'"{row.etag}"'}
        value |= {n: whole[n] for n in dict.fromkeys((*names, "id")) if n in whole}
        if fields:
            own = {"id": row.id, "ContentType": "Item", "Attachments": row.attachments}
            value["fields"] = {"@odata.etag": f'"{row.etag}"', **row.fields, **own}
        return value

    # ------------------------------------------------------------------------------------- pages

    def pages(self, call: Call) -> Answer:
        """GET /sites/{id}/pages/microsoft.graph.sitePage."""
        options(call, ("$select", "$top", "$expand"))
        site = self._site(call)
        chosen = select(call, "sitePage")
        values = [self._page(page, site, chosen, canvas=False) for page in site.pages]
        return self._values(f"sites('{site.id}')/pages", values)

    def page(self, call: Call) -> Answer:
        """GET /sites/{id}/pages/{id}/microsoft.graph.sitePage."""
        options(call, ("$select", "$expand"))
        site = self._site(call)
        found = next((p for p in site.pages if p.id == call.segments[3]), None)
        if found is None:
            raise refuse(404, "itemNotFound", "The page was not found")
        canvas = "canvasLayout" in call.query.get("$expand", "")
        return data(self._page(found, site, select(call, "sitePage"), canvas=canvas))

    def _page(
        self, page: SitePage, site: Site, chosen: Sequence[str], *, canvas: bool
    ) -> dict[str, Any]:
        whole = {
            "createdDateTime": page.modified,
            "eTag": f'"{{{page.id}}},1"',
            "id": page.id,
            "lastModifiedDateTime": page.modified,
            "name": page.name,
            "webUrl": f"{site.web_url}/SitePages/{page.name}",
            "title": page.title,
            "description": page.description,
            "pageLayout": "article",
            "createdBy": identity(self._state.people, page.created_by),
            "publishingState": {"level": "published", "versionId": "1.0"},
        }
        value: dict[str, Any] = {"@odata.type": "#microsoft.graph.sitePage"}
        value |= {n: whole[n] for n in dict.fromkeys((*(chosen or whole), "id")) if n in whole}
        if canvas:
            value["canvasLayout"] = _canvas(page)
        return value

    def _values(
        self, context: str, values: list[dict[str, Any]], extra: dict[str, Any] | None = None
    ) -> Answer:
        head = {"@odata.context": f"{self._base}/$metadata#{context}"}
        return data({**head, **(extra or {}), "value": values})


def _expands(call: Call) -> bool:
    return call.query.get("$expand", "").startswith("fields")


def _deleted(identifier: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "contentType": {"id": "0x0100", "name": "Item"},
        "deleted": {"state": "deleted"},
    }


def _list_value(one: SiteList, site: Site, chosen: Sequence[str]) -> dict[str, Any]:
    whole = {
        "createdDateTime": MADE,
        "displayName": one.name,
        "id": one.id,
        "lastModifiedDateTime": MADE,
        "list": {"contentTypesEnabled": False, "hidden": False, "template": one.template},
        "name": one.name,
        "webUrl": f"{site.web_url}/Lists/{one.id}",
    }
    return {n: whole[n] for n in dict.fromkeys((*(chosen or whole), "id")) if n in whole}


def _canvas(page: SitePage) -> dict[str, Any]:
    """One section of one column with all texts, and a web part that has data."""
    texts = [
        {"@odata.type": "#microsoft.graph.textWebPart", "id": f"text-{at}", "innerHtml": text}
        for at, text in enumerate(page.texts)
    ]
    parts: list[dict[str, Any]] = [*texts]
    if page.data:
        part = {
            "@odata.type": "#microsoft.graph.standardWebPart",
            "id": "data",
            "webPartType": "quick-links",
            "data": {"title": "リンク", "serverProcessedContent": page.data},
        }
        parts.append(part)
    column = {"id": "1", "width": 12, "webparts": parts}
    section = {"id": "1", "layout": "oneColumn", "emphasis": "none", "columns": [column]}
    return {"horizontalSections": [section]}
