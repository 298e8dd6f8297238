"""Folder paths from a delta that names parents by id."""

from __future__ import annotations

from typing import Any

from connectors import Gone
from connectors._folders import Folders


def folder(identifier: str, name: str, parent: str, **more: Any) -> dict[str, Any]:
    """A folder entry of a delta page."""
    return {"id": identifier, "name": name, "folder": {}, "parentReference": {"id": parent}, **more}


def file_in(parent: str) -> dict[str, Any]:
    """A file entry of a delta page."""
    return {"id": "f", "name": "f.txt", "file": {}, "parentReference": {"id": parent}}


class Drive:
    """Answers for single items, and counts the questions."""

    def __init__(self, *items: dict[str, Any]) -> None:
        self.items = {item["id"]: item for item in items}
        self.asked: list[str] = []

    async def __call__(self, identifier: str) -> dict[str, Any]:
        """One item, or Gone."""
        self.asked.append(identifier)
        if identifier not in self.items:
            raise Gone("not there")
        return self.items[identifier]


ROOT = {"id": "r", "name": "root", "root": {}, "folder": {}}
TREE = [ROOT, folder("a", "人事", "r"), folder("b", "2026", "a")]


async def test_paths_come_from_the_pages_without_a_request() -> None:
    drive = Drive()
    folders = Folders(drive)
    folders.learn(TREE)
    assert await folders.path(file_in("b")) == "人事/2026"
    assert await folders.path(file_in("r")) == ""
    assert drive.asked == []


async def test_a_path_that_is_told_is_taken() -> None:
    value = {"parentReference": {"id": "x", "path": "/drives/d/root:/%E4%BA%BA%E4%BA%8B"}}
    assert await Folders(Drive()).path(value) == "人事"


async def test_a_folder_that_changes_did_not_name_is_asked_for_once() -> None:
    told = {"id": "a", "path": "/drives/d/root:/人事"}
    drive = Drive({**folder("b", "2026", "a"), "parentReference": told})
    folders = Folders(drive)
    assert [await folders.path(file_in("b")) for _ in range(3)] == ["人事/2026"] * 3
    assert drive.asked == ["b"]


async def test_a_renamed_folder_renames_what_is_below() -> None:
    folders = Folders(Drive())
    folders.learn(TREE)
    assert await folders.path(file_in("b")) == "人事/2026"
    folders.learn([folder("a", "総務", "r")])
    assert await folders.path(file_in("b")) == "総務/2026"


async def test_circles_and_gone_folders_end() -> None:
    drive = Drive()
    folders = Folders(drive)
    folders.learn([folder("a", "あ", "b"), folder("b", "い", "a")])
    assert len(await folders.path(file_in("a"))) > 0
    assert await folders.path(file_in("gone")) == ""
    assert await folders.path(file_in("gone")) == ""
    assert drive.asked == ["gone"]
