"""What is in Graph's drives: delta, single items, content redirects, permissions.

Not imitated: ``children``, search, thumbnails, time stamps as delta tokens, permissions
of folders. A delta names a folder again on later pages that hold more of its files.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from connectors._sample_tenant._items import ItemWriter
from connectors._sample_tenant._model import DriveFile
from connectors._sample_tenant._query import count, link, options, select, selected
from connectors._sample_tenant._roles import Role, allowed, require
from connectors._sample_tenant._sites import drive_of, unlocked
from connectors._sample_tenant._state import DriveBox, State
from connectors._sample_tenant._wire import Answer, Call, Refusal, data, refuse

_PAGE, _MOST = 200, 1000
_SECRETS = ("webUrl", "webHtml")
_Row = tuple[int, str, DriveFile | None]


class Drives:
    """Answers about sites, drives and what is in them."""

    def __init__(self, state: State, base: str, downloads: str, lifetime: float) -> None:
        """``base`` is the URL of v1.0, ``downloads`` the origin of the download host."""
        self._state = state
        self._base = base
        self._origin = base.removesuffix("/v1.0")
        self._downloads = downloads
        self._lifetime = lifetime
        self._writers: dict[str, ItemWriter] = {}

    def _writer(self, box: DriveBox) -> ItemWriter:
        found = self._writers.get(box.drive.id)
        if found is None:
            found = ItemWriter(self._state, box, self._downloads, self._lifetime)
            self._writers[box.drive.id] = found
        return found

    # ------------------------------------------------------------------------------------- delta

    def delta(self, call: Call) -> Answer:
        """GET /drives/{id}/root/delta: everything, then what changed since."""
        options(call, ("$select", "$top"))
        require(call, Role.FILES)
        box = drive_of(self._state, call)
        unlocked(box.site)
        url = f"{self._origin}{call.path.partition('/root/')[0]}/root/delta"
        token = call.query.get("token")
        text = ",".join(select(call, "driveItem"))
        top = count(call, "$top", _PAGE, _MOST)
        mode, mark, skip, serial = "all", 0, -1, self._state.serial
        if token == "latest":  # noqa: S105 - a word of the reference
            mode, mark = "changes", serial
        elif token:
            parts = self._state.open(token)
            if (
                parts is None
                or parts[:2] != ["drive", box.drive.id]
                or (max(parts[5], parts[3] if parts[2] == "changes" else 0) > serial)
            ):
                raise self._resync(box, url, token, text, top)
            mode, mark, skip, serial, text, top = parts[2:]
        chosen = selected(text, "driveItem")
        values, stop = self._fill(box, mode, mark, skip, top, chosen)
        context = f"{self._base}/$metadata#Collection(driveItem)"
        answer: dict[str, Any] = {"@odata.context": context}
        head = ("drive", box.drive.id)
        if stop is not None:
            sealed = self._state.seal(*head, mode, *stop, serial, text, top)
            answer["@odata.nextLink"] = link(url, {"token": sealed})
        else:
            found = box.files.since(mark) if mode == "changes" else []
            reached = found[-1][0] if found else mark if mode == "changes" else serial
            sealed = self._state.seal(*head, "changes", reached, -1, 0, text, top)
            answer["@odata.deltaLink"] = link(url, {"token": sealed})
        answer["value"] = values
        return data(answer)

    def _resync(self, box: DriveBox, url: str, token: str, text: str, top: int) -> Refusal:
        """410 with a link that starts anew, with the options of the old token where it had any."""
        old = self._state.peek(token)
        if old is not None and old[1:3] == ["drive", box.drive.id]:
            text, top = old[-2:]
        fresh = self._state.seal("drive", box.drive.id, "all", 0, -1, self._state.serial, text, top)
        return refuse(
            410,
            "resyncRequired",
            "Resync required. Replace any local items with the server's version (including "
            "deletes) if you're sure that the service was up to date with your local changes "
            "when you last sync'd. Upload any local changes that the server doesn't know about.",
            "resyncChangesApplyDifferences",
            {"location": link(url, {"token": fresh})},
        )

    def _rows(self, box: DriveBox, mode: str, mark: int) -> Iterator[_Row]:
        """Where to go on at this row, its id, and the file or None where it is gone."""
        if mode == "all":
            for place, file in box.files.rows(mark):
                yield place, file.id, file
            return
        before = mark
        for at, identifier, now in box.files.since(mark):
            yield before, identifier, now
            before = at

    def _fill(
        self, box: DriveBox, mode: str, mark: int, skip: int, top: int, chosen: tuple[str, ...]
    ) -> tuple[list[dict[str, Any]], tuple[int, int] | None]:
        """A page, and (mark, levels already named of that row's path) where the next one starts."""
        writer = self._writer(box)
        write = writer.files(chosen, delta=True)
        rows = self._rows(box, mode, mark)
        first = next(rows, None)
        page = _Page(top)
        if skip < 0 and (first is not None or mode == "all"):
            page.values.append(writer.folder("", chosen, delta=True))
        if first is None:
            return page.values, None
        for at, identifier, file in itertools.chain((first,), rows):
            levels = file.folder.split("/") if file is not None and file.folder else []
            for depth, path in page.unnamed(levels):
                if depth > skip:
                    if page.full:
                        return page.values, (at, depth - 1)
                    page.values.append(writer.folder(path, chosen, delta=True))
                page.named.add(path)
            if page.full:
                return page.values, (at, len(levels))
            skip = 0
            page.values.append(writer.deleted(identifier, chosen) if file is None else write(file))
        return page.values, None

    # ------------------------------------------------------------------------------------- items

    def item(self, call: Call) -> Answer:
        """GET /drives/{id}/items/{id}, or /root."""
        options(call, ("$select",))
        require(call, Role.FILES)
        box = drive_of(self._state, call)
        unlocked(box.site)
        identifier = call.segments[3] if len(call.segments) > 3 else "root"
        chosen = select(call, "driveItem")
        writer = self._writer(box)
        file = box.files.get(identifier)
        if file is not None:
            value = writer.files(chosen, delta=False)(file)
        else:
            path = "" if identifier == "root" else self._folder(box, identifier)
            value = writer.folder(path, chosen, delta=False)
        return data({"@odata.context": f"{self._base}/$metadata#driveItems/$entity", **value})

    def _folder(self, box: DriveBox, identifier: str) -> str:
        if identifier not in box.folders:
            for path in {file.folder for _, file in box.files.rows(0)}:
                levels = path.split("/")
                for depth in range(len(levels) + 1):
                    self._writer(box).folder("/".join(levels[:depth]), (), delta=False)
        if identifier not in box.folders:
            raise refuse(404, "itemNotFound", "The resource could not be found.")
        return box.folders[identifier]

    def content(self, call: Call) -> Answer:
        """GET …/content: a redirect to the download host."""
        options(call, ())
        require(call, Role.FILES)
        box, file = self._file(call)
        url = None if file is None else self._writer(box).download_url(file)
        if url is None:
            raise refuse(400, "invalidRequest", "The item is not a file.", "notAFile")
        return Answer(302, b"", {"location": url})

    def versions(self, call: Call) -> Answer:
        """GET …/versions: the current one first."""
        options(call, ("$select", "$top"))
        require(call, Role.FILES)
        _, file = self._file(call)
        if file is None:
            raise refuse(400, "invalidRequest", "The item is not a file.", "notAFile")
        current = {
            "id": f"{len(file.versions) + 1}.0",
            "lastModifiedDateTime": file.modified,
            "size": file.size,
        }
        earlier = [
            {"id": v.id, "lastModifiedDateTime": v.modified, "size": len(v.data())}
            for v in file.versions
        ]
        context = f"{self._base}/$metadata#Collection(driveItemVersion)"
        return data({"@odata.context": context, "value": [current, *earlier]})

    def version(self, call: Call) -> Answer:
        """GET …/versions/{id}/content: a redirect; the current version is not served here."""
        options(call, ())
        require(call, Role.FILES)
        box, file = self._file(call)
        wanted = call.segments[5]
        if file is None or wanted not in [v.id for v in file.versions]:
            raise refuse(
                400, "invalidRequest", "You cannot get the content of the current version."
            )
        url = self._writer(box).download_url(file, wanted)
        return Answer(302, b"", {"location": url or ""})

    def site_permissions(self, call: Call) -> Answer:
        """GET /sites/{id}/drive/root/permissions: of the site's first library."""
        options(call, ("$select", "$top"))
        require(call, Role.FILES)
        site = self._state.sites.get(call.segments[1])
        if site is None or not site.drives:
            raise refuse(404, "itemNotFound", "The resource could not be found.")
        unlocked(site)
        values = [dict(p) for p in site.permissions]
        return data({"@odata.context": f"{self._base}/$metadata#permissions", "value": values})

    def permissions(self, call: Call) -> Answer:
        """GET …/permissions: sharing links without what would let the caller use them."""
        options(call, ("$select", "$top"))
        require(call, Role.FILES)
        box, file = self._file(call)
        if file is None:
            raise refuse(501, "notSupported", "The sample tenant knows permissions of files only.")
        chosen = select(call, "permission")
        secrets = allowed(call, Role.SHARING_SECRETS)
        values = [_permission(p, chosen, secrets=secrets) for p in file.permissions]
        item = f"drives('{box.drive.id}')/items('{file.id}')/permissions"
        return data({"@odata.context": f"{self._base}/$metadata#{item}", "value": values})

    def _file(self, call: Call) -> tuple[DriveBox, DriveFile | None]:
        box = drive_of(self._state, call)
        unlocked(box.site)
        file = box.files.get(call.segments[3])
        if file is None and call.segments[3] != "root":
            self._folder(box, call.segments[3])
        return box, file


@dataclass(slots=True)
class _Page:
    """A page that is being filled, and the folders named on it so far."""

    top: int
    values: list[dict[str, Any]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    @property
    def full(self) -> bool:
        return len(self.values) >= self.top

    def unnamed(self, levels: list[str]) -> Iterator[tuple[int, str]]:
        """Depth and path of the folders above a file that were not named yet, outermost first."""
        if levels and "/".join(levels) not in self.named:
            for depth in range(1, len(levels) + 1):
                path = "/".join(levels[:depth])
                if path not in self.named:
                    yield depth, path


def _permission(
    permission: dict[str, Any], chosen: tuple[str, ...], *, secrets: bool
) -> dict[str, Any]:
    found = {n: v for n, v in permission.items() if not chosen or n in chosen}
    if not secrets:
        found.pop("shareId", None)
        if "link" in found:
            found["link"] = {n: v for n, v in found["link"].items() if n not in _SECRETS}
    return found
