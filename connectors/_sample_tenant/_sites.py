"""Graph's sites and the drives in them.

Not imitated: sub-sites, search, lists, pages, site permissions, ``sites/delta``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from connectors._sample_tenant._items import identity
from connectors._sample_tenant._model import Deleted, Site, User
from connectors._sample_tenant._query import count, link, options, select
from connectors._sample_tenant._roles import Role, require
from connectors._sample_tenant._state import DriveBox, State
from connectors._sample_tenant._wire import Answer, Call, data, refuse

_PAGE, _MOST = 200, 1000
MADE = datetime(2019, 4, 1, 1, 0, tzinfo=UTC)
_SITE_DEFAULTS = (
    "createdDateTime displayName id isPersonalSite lastModifiedDateTime name root siteCollection "
    "webUrl"
).split()


class Sites:
    """Answers about sites and drives, not about what is in them."""

    def __init__(self, state: State, base: str) -> None:
        """``base`` is the URL of v1.0."""
        self._state = state
        self._base = base

    # ------------------------------------------------------------------------------------- sites

    def all_sites(self, call: Call) -> Answer:
        """GET /sites/getAllSites: personal and locked ones too."""
        options(call, ("$select", "$top", "$skiptoken"))
        require(call, Role.SITES)
        chosen = select(call, "site")
        sites = [site for site in self._state.world.sites if not site.parent]
        top, start = count(call, "$top", _PAGE, _MOST), 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self._state.open(token)
            if parts is None or parts[0] != "sites":
                raise refuse(400, "invalidRequest", "The skip token is not valid.")
            start = parts[1]
        page = [site_value(site, chosen) for site in sites[start : start + top]]
        answer: dict[str, Any] = {
            "@odata.context": f"{self._base}/$metadata#Collection(microsoft.graph.site)",
            "value": page,
        }
        if start + top < len(sites):
            query = {**call.query, "$skiptoken": self._state.seal("sites", start + top)}
            answer["@odata.nextLink"] = link(f"{self._base}/sites/getAllSites", query)
        return data(answer)

    def site(self, call: Call) -> Answer:
        """GET /sites/{id}."""
        options(call, ("$select",))
        require(call, Role.SITES)
        value = site_value(self._site(call.segments[1]), select(call, "site"))
        return data({"@odata.context": f"{self._base}/$metadata#sites/$entity", **value})

    def site_drives(self, call: Call) -> Answer:
        """GET /sites/{id}/drives."""
        site = self._site(call.segments[1])
        return self._drive_list(call, [self._state.drives[drive.id] for drive in site.drives])

    def deleted(self, call: Call) -> Answer:
        """GET /sites/{id}/recycleBin/items of beta."""
        options(call, ("$top", "$skiptoken"))
        require(call, Role.SITES)
        site = self._site(call.segments[1])
        unlocked(site)
        top, start = count(call, "$top", _PAGE, _MOST), 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self._state.open(token)
            if parts is None or parts[:2] != ["bin", site.id]:
                raise refuse(400, "invalidRequest", "The skip token is not valid.")
            start = parts[2]
        base = f"{self._base.removesuffix('v1.0')}beta"
        answer: dict[str, Any] = {"@odata.context": f"{base}/$metadata#Collection(recycleBinItem)"}
        if start + top < len(site.deleted):
            query = {**call.query, "$skiptoken": self._state.seal("bin", site.id, start + top)}
            answer["@odata.nextLink"] = link(f"{base}/{'/'.join(call.segments)}", query)
        page = site.deleted[start : start + top]
        answer["value"] = [_deleted(one, self._state.people) for one in page]
        return data(answer)

    def _site(self, identifier: str) -> Site:
        site = self._state.sites.get(identifier)
        if site is None:
            raise refuse(404, "itemNotFound", "Requested site could not be found")
        return site

    # ------------------------------------------------------------------------------------ drives

    def user_drives(self, call: Call) -> Answer:
        """GET /users/{id}/drives, or /drive for the one."""
        require(call, Role.FILES)
        user = self._state.users.get(call.segments[1].lower())
        if user is None:
            raise refuse(404, "itemNotFound", "Invalid hostname for this tenancy")
        boxes = [
            box
            for box in self._state.drives.values()
            if box.site.personal and box.drive.owner.lower() == user.mail.lower()
        ]
        if not boxes:
            raise refuse(404, "ResourceNotFound", "User's mysite not found.")
        if call.segments[2] == "drives":
            return self._drive_list(call, boxes)
        return self._one_drive(call, boxes[0])

    def drive(self, call: Call) -> Answer:
        """GET /drives/{id}."""
        return self._one_drive(call, drive_of(self._state, call))

    def _one_drive(self, call: Call, box: DriveBox) -> Answer:
        options(call, ("$select",))
        require(call, Role.FILES)
        unlocked(box.site)
        value = self._drive(box, select(call, "drive"))
        return data({"@odata.context": f"{self._base}/$metadata#drives/$entity", **value})

    def _drive_list(self, call: Call, boxes: list[DriveBox]) -> Answer:
        options(call, ("$select", "$top"))
        require(call, Role.FILES)
        chosen = select(call, "drive")
        for box in boxes:
            unlocked(box.site)
        context = f"{self._base}/$metadata#drives"
        shown = [b for b in boxes if "system" in chosen or not b.drive.hidden]
        values = [self._drive(box, chosen) for box in shown]
        return data({"@odata.context": context, "value": values})

    def _drive(self, box: DriveBox, chosen: tuple[str, ...]) -> dict[str, Any]:
        drive, site = box.drive, box.site
        who = identity(self._state.people, drive.owner) if drive.owner else None
        owner = who or {"group": {"displayName": f"{site.name} 所有者"}}
        whole = {
            "createdDateTime": MADE,
            "description": "",
            "id": drive.id,
            "lastModifiedDateTime": MADE,
            "name": drive.name,
            "webUrl": f"{site.web_url}/{quote(drive.name)}",
            "driveType": drive.drive_type,
            "createdBy": {"user": {"displayName": "システム アカウント"}},
            "owner": owner,
            **({"system": {}} if drive.hidden else {}),
            "quota": {
                "deleted": 0,
                "remaining": 27487790694400,
                "state": "normal",
                "total": 27487790694400,
                "used": 0,
            },
        }
        return {n: whole[n] for n in chosen if n in whole} if chosen else whole


def _deleted(one: Deleted, people: dict[str, User]) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "size": one.size,
        "deletedDateTime": one.when,
        "deletedFromLocation": one.folder,
        "deletedBy": identity(people, one.by),
    }


def drive_of(state: State, call: Call) -> DriveBox:
    """The drive that a call names."""
    box = state.drives.get(call.segments[1])
    if box is None:
        raise refuse(404, "itemNotFound", "The resource could not be found.")
    return box


def site_value(site: Site, chosen: tuple[str, ...]) -> dict[str, Any]:
    """A site with the properties asked for."""
    host, _, path = site.web_url.removeprefix("https://").partition("/")
    whole = {
        "createdDateTime": MADE,
        "displayName": site.name,
        "id": site.id,
        "isPersonalSite": site.personal,
        "lastModifiedDateTime": MADE,
        "name": path.rpartition("/")[2] or site.name,
        "root": {},
        "siteCollection": {"hostname": host, "dataLocationCode": "JPN", "root": {}},
        "sharepointIds": {"siteId": site.id.split(",")[1] if "," in site.id else site.id},
        "webUrl": site.web_url,
    }
    return {n: whole[n] for n in chosen or _SITE_DEFAULTS if n in whole}


def unlocked(site: Site) -> None:
    """Refuse what stands in a locked site."""
    if site.locked:
        raise refuse(
            423,
            "notAllowed",
            "Access to this site has been blocked. Please contact the administrator to resolve "
            "this problem.",
            "resourceLocked",
        )
