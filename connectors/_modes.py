"""POSIX modes → Grants: who on this machine can reach a file, the folders above it included.

An access control list shows as its mask in the group bits. Windows permissions are not read.
"""

from __future__ import annotations

import functools
import os
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from connectors._errors import Broken, ConnectorError
from connectors._model import Grant, Reach, Via

_ENTER = stat.S_IXGRP | stat.S_IXOTH

if sys.platform == "win32":

    def user(uid: int) -> str:
        """Not known here."""
        del uid
        return ""

    def _group(gid: int) -> tuple[str, int]:
        del gid
        return "", 0

else:
    import grp
    import pwd

    @functools.lru_cache(256)
    def user(uid: int) -> str:
        """The name of a user of this machine."""
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return f"uid {uid}"

    @functools.lru_cache(256)
    def _group(gid: int) -> tuple[str, int]:
        """Name, and how many belong to it beside those whose main group it is."""
        try:
            entry = grp.getgrgid(gid)
        except KeyError:
            return f"gid {gid}", 0
        return entry.gr_name, len(entry.gr_mem)


def of_files(
    paths: Sequence[Path], refused: Callable[[OSError], ConnectorError]
) -> list[Sequence[Grant] | ConnectorError]:
    """The owner; the group and everyone on this machine, as far as modes let them."""
    modes: dict[Path, int] = {}
    result: list[Sequence[Grant] | ConnectorError] = []
    for path in paths:
        try:
            result.append(_of_file(path, modes))
        except OSError as error:
            result.append(refused(error))
        except ConnectorError as error:
            result.append(error)
    return result


def _of_file(path: Path, modes: dict[Path, int]) -> Sequence[Grant]:
    if os.name != "posix":
        raise Broken("permissions of this system are not read")
    status = path.stat()
    doors = []
    for folder in path.parents:
        if folder not in modes:
            modes[folder] = folder.stat().st_mode
        doors.append(modes[folder])
    owner = user(status.st_uid)
    grants = [Grant(Reach.OWNER, Via.DIRECT, owner, 1)]
    group, members = _group(status.st_gid)
    private = group == owner and not members  # a user's own group, as most systems make one
    if status.st_mode & stat.S_IRGRP and all(mode & _ENTER for mode in doors) and not private:
        grants.append(Grant(Reach.LARGE_GROUP, Via.GROUP, group, members or None))
    if status.st_mode & stat.S_IROTH and all(mode & stat.S_IXOTH for mode in doors):
        grants.append(Grant(Reach.ORGANISATION, Via.DIRECT, "everyone on this machine"))
    return grants
