"""Drive items as Graph writes them: files, folders made from their paths, the root, the deleted."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from connectors._sample_tenant._model import DriveFile, User
from connectors._sample_tenant._query import DOWNLOAD_URL
from connectors._sample_tenant._state import DriveBox, State
from connectors._sample_tenant._wire import letters

ONENOTE = "application/msonenote"
_OFFICE = (".docx", ".xlsx", ".pptx")
_GUID = re.compile(r"\{([^}]*)\}")
_MADE = datetime(2019, 4, 1, 1, 0, tzinfo=UTC)
_DEFAULTS = (
    DOWNLOAD_URL,
    *(
        "createdBy createdDateTime eTag id lastModifiedBy lastModifiedDateTime name "
        "parentReference webUrl cTag file fileSystemInfo package shared size"
    ).split(),
)
Getter = Callable[[DriveFile], Any]


def folder_id(drive: str, path: str) -> str:
    """The id of a folder; "" is the root."""
    digest = hashlib.blake2b(f"{drive}\0{path}".encode(), digest_size=16).digest()
    return f"01{letters(digest).upper()}"


def identity(people: dict[str, User], address: str) -> dict[str, Any]:
    """An identitySet that names a user."""
    user = people.get(address.lower())
    if user is None:
        return {"user": {"displayName": address}}
    return {"user": {"id": user.id, "email": user.mail, "displayName": user.display_name}}


def guid(file: DriveFile) -> str:
    """The file's unique id inside its eTag; the item id where there is none."""
    found = _GUID.search(file.etag)
    return found[1] if found else file.id


def shared(file: DriveFile) -> dict[str, str] | None:
    """The shared facet: the widest scope of what was granted beyond the library's own groups."""
    scopes = set()
    for permission in file.permissions:
        if link := permission.get("link"):
            scopes.add(link.get("scope", "users"))
        elif "owner" not in permission.get("roles", ()) and "user" in (
            permission.get("grantedToV2") or {}
        ):
            scopes.add("users")
    for scope in ("anonymous", "organization", "users"):
        if scope in scopes:
            return {"scope": scope}
    return None


class ItemWriter:
    """Turns the files of one drive into dictionaries, property by property."""

    def __init__(self, state: State, box: DriveBox, downloads: str, lifetime: float) -> None:
        """``downloads`` is the download host's origin, ``lifetime`` its links' in seconds."""
        self._state = state
        self._box = box
        self._downloads = downloads
        self._lifetime = lifetime
        self._people: dict[str, dict[str, Any]] = {}
        self._parents: dict[str, dict[str, Any]] = {}
        drive, site = box.drive, box.site
        self._url = f"{site.web_url}/{quote(drive.name)}"
        self._site_path = urlsplit(site.web_url).path
        self._whole: dict[str, Getter] = {
            "id": lambda f: f.id,
            "name": lambda f: f.name,
            "size": lambda f: f.size,
            "eTag": lambda f: f.etag,
            "cTag": lambda f: f.ctag,
            "createdBy": lambda f: self._person(f.created_by),
            "lastModifiedBy": lambda f: self._person(f.created_by),
            "createdDateTime": lambda f: f.created,
            "lastModifiedDateTime": lambda f: f.modified,
            "webUrl": self._web_url,
            "parentReference": lambda f: self._parent(f.folder),
            "file": _file,
            "package": lambda f: {"type": "oneNote"} if f.media_type == ONENOTE else None,
            "fileSystemInfo": lambda f: {
                "createdDateTime": f.created,
                "lastModifiedDateTime": f.modified,
            },
            "shared": shared,
            DOWNLOAD_URL: self.download_url,
        }

    def files(self, chosen: Sequence[str], *, delta: bool) -> Callable[[DriveFile], dict[str, Any]]:
        """A function that writes files; a delta names neither cTag nor the parent's path."""
        names = [n for n in chosen or _DEFAULTS if n in self._whole and not (delta and n == "cTag")]
        getters = [(name, self._whole[name]) for name in names]
        if not delta:
            getters = [
                (n, (lambda f: self.parent_with_path(f.folder)) if n == "parentReference" else g)
                for n, g in getters
            ]

        def write(file: DriveFile) -> dict[str, Any]:
            found = {}
            for name, getter in getters:
                if (value := getter(file)) is not None:
                    found[name] = value
            return found

        return write

    def download_url(self, file: DriveFile, version: str = "") -> str | None:
        """A link that works without a token for a while; to an earlier ``version`` if named."""
        if file.media_type == ONENOTE:
            return None
        until = int(time.time() + self._lifetime)
        key = self._state.seal("file", self._box.drive.id, file.id, until, version)
        return (
            f"{self._downloads}{self._site_path}/_layouts/15/download.aspx"
            f"?UniqueId={guid(file)}&Translate=false&tempauth={key}&ApiVersion=2.0"
        )

    def folder(self, path: str, chosen: Sequence[str], *, delta: bool) -> dict[str, Any]:
        """A folder; "" is the root of the drive."""
        drive = self._box.drive
        parent, _, name = path.rpartition("/")
        identifier = folder_id(drive.id, path)
        self._box.folders[identifier] = path
        whole: dict[str, Any] = {
            "createdBy": self._person(drive.owner),
            "createdDateTime": _MADE,
            "eTag": f'"{{{identifier}}},1"',
            "id": identifier,
            "lastModifiedBy": self._person(drive.owner),
            "lastModifiedDateTime": _MADE,
            "name": name if path else "root",
            "webUrl": f"{self._url}/{quote(path)}" if path else self._url,
            "cTag": f'"c:{{{identifier}}},0"',
            "fileSystemInfo": {"createdDateTime": _MADE, "lastModifiedDateTime": _MADE},
            "folder": {},
            "size": 0,
        }
        if path:
            whole["parentReference"] = (
                self._parent(parent) if delta else self.parent_with_path(parent)
            )
        else:
            whole["root"] = {}
            whole["parentReference"] = self._reference()
        if delta:
            del whole["cTag"]
        return {n: whole[n] for n in chosen if n in whole} if chosen else whole

    def deleted(self, identifier: str, chosen: Sequence[str]) -> dict[str, Any]:
        """What a delta says of an item that is gone: no name any more."""
        whole = {
            "id": identifier,
            "deleted": {"state": "deleted"},
            "parentReference": self._reference(),
        }
        return {n: whole[n] for n in chosen if n in whole} if chosen else whole

    def _reference(self) -> dict[str, Any]:
        drive = self._box.drive
        return {"driveType": drive.drive_type, "driveId": drive.id, "siteId": self._box.site.id}

    def _parent(self, folder: str) -> dict[str, Any]:
        found = self._parents.get(folder)
        if found is None:
            found = self._parents[folder] = {
                **self._reference(),
                "id": folder_id(self._box.drive.id, folder),
                "name": folder.rpartition("/")[2] or self._box.drive.name,
            }
        return found

    def parent_with_path(self, folder: str) -> dict[str, Any]:
        """The parent with its path, as a single item has it."""
        drive = self._box.drive
        path = f"/{quote(folder)}" if folder else ""
        return {**self._parent(folder), "path": f"/drives/{drive.id}/root:{path}"}

    def _person(self, address: str) -> dict[str, Any]:
        found = self._people.get(address)
        if found is None:
            name = address or self._box.site.name
            found = self._people[address] = identity(self._state.people, name)
        return found

    def _web_url(self, file: DriveFile) -> str:
        if file.name.lower().endswith(_OFFICE):
            return (
                f"{self._box.site.web_url}/_layouts/15/Doc.aspx?sourcedoc=%7B{guid(file)}%7D"
                f"&file={quote(file.name)}&action=default&mobileredirect=true"
            )
        path = f"{file.folder}/{file.name}" if file.folder else file.name
        return f"{self._url}/{quote(path)}"


def _file(file: DriveFile) -> dict[str, Any] | None:
    if file.media_type == ONENOTE:
        return None
    return {"mimeType": file.media_type, "hashes": {"quickXorHash": file.quick_xor_hash}}
