"""The workspace folder: private to its owner, held by one process, with its own key.

The key makes the hashes by which items are recognised from run to run. It never leaves the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from auditor.schema import SCHEMA, bring_up, create, lay_over

DATABASE = "workspace.sqlite"
_LOCK = "lock.sqlite"
_KEY = "key"
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_DIGITS = str.maketrans("abcdefghijklmnop", "0123456789abcdef")


class WorkspaceError(Exception):
    """The workspace cannot be used; ``code`` names the message with the remedy.

    One of ``workspace_locked``, ``workspace_readonly``, ``workspace_open_to_others``,
    ``workspace_other_tenant``, ``workspace_damaged``, ``workspace_missing``, ``workspace_newer``,
    ``workspace_older``, ``disk_full``.
    """

    def __init__(self, code: str, path: Path | str = "") -> None:
        super().__init__(f"{code}: {path}")
        self.code = code
        self.path = str(path)


def to_letters(text: str) -> str:
    """Write any text in the letters a–p, so that nothing in it can look like a number."""
    return text.encode("utf-8", "surrogatepass").hex().translate(_LETTERS)


def from_letters(letters: str) -> str:
    """Undo :func:`to_letters`."""
    return bytes.fromhex(letters.translate(_DIGITS)).decode("utf-8", "surrogatepass")


def identifier(*parts: str) -> str:
    """A short stable id of ``parts``, in letters only."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:14], "big")
    letters = []
    for _ in range(22):
        number, rest = divmod(number, 26)
        letters.append(chr(97 + rest))
    return "".join(letters)


@dataclass(slots=True)
class Workspace:
    """An open workspace folder. Close it to let others in."""

    path: Path
    key: bytes = field(repr=False)
    _lock: sqlite3.Connection = field(repr=False)

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Workspace:
        """Take the folder, making it when ``create``; raises :class:`WorkspaceError`."""
        if not path.exists():
            if not create:
                raise WorkspaceError("workspace_missing", path)
            _make(path)
        check_private(path)
        with problems_of(path):
            lock = _take_lock(path)
            try:
                return cls(path, _read_key(path), lock)
            except BaseException:
                lock.close()
                raise

    def keyed(self, *parts: str) -> bytes:
        """Sixteen bytes that stand for ``parts`` in this workspace only."""
        text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hmac.digest(self.key, text, "sha256")[:16]

    def close(self) -> None:
        """Release the folder."""
        self._lock.close()


def check_private(path: Path) -> None:
    """Refuse a folder that other accounts of this machine can enter or read."""
    if not path.is_dir():
        raise WorkspaceError("workspace_damaged", path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WorkspaceError("workspace_open_to_others", path)


def connect(path: Path) -> sqlite3.Connection:
    """The workspace's database, made with our tables when it is new.

    One of the same schema that an earlier program made is given what it lacks.
    """
    with private_umask():
        db = sqlite3.connect(path / DATABASE, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA secure_delete = ON")
        if not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            create(db)
        elif _schema_of(db) == SCHEMA:
            bring_up(db)
    return db


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The tables of a workspace, read-only, also while an audit writes.

    Where the folder cannot be written SQLite must not make its side files, and need not, unless a
    log is still to be read. Raises :class:`WorkspaceError`.
    """
    file = path / DATABASE
    if not file.is_file():
        raise WorkspaceError("workspace_missing", path)
    check_private(path)
    log = file.with_name(f"{file.name}-wal")
    alone = not os.access(path, os.W_OK) and not (log.exists() and log.stat().st_size)
    uri = f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    with (
        problems_of(path, system=False),
        contextlib.closing(
            # any thread may read, one at a time, and let go of it
            sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        ) as db,
    ):
        db.execute("PRAGMA temp_store = MEMORY")
        check_schema(db, path)
        lay_over(db)
        yield db


def check_schema(db: sqlite3.Connection, path: Path) -> None:
    """Refuse a workspace whose tables are of another version."""
    held = _schema_of(db)
    if held is None:
        raise WorkspaceError("workspace_damaged", path)
    if held != SCHEMA:
        raise WorkspaceError("workspace_newer" if held > SCHEMA else "workspace_older", path)


def _schema_of(db: sqlite3.Connection) -> int | None:
    """The number of its tables; None where it does not say."""
    row = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    return int(row[0]) if row else None


@contextlib.contextmanager
def problems_of(path: Path, *, system: bool = True) -> Iterator[None]:
    """Turn what SQLite and the system say of a workspace into :class:`WorkspaceError`.

    Where other files are written meanwhile, what the system says is not about the workspace.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _of_sqlite(error, path) from None
    except OSError as error:
        if not system:
            raise
        full = error.errno in {28, 122}  # ENOSPC, EDQUOT
        raise WorkspaceError("disk_full" if full else "workspace_readonly", path) from None


def _of_sqlite(error: sqlite3.DatabaseError, path: Path) -> WorkspaceError:
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, code in (
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_IOERR", "disk_full"),
        ("SQLITE_BUSY", "workspace_locked"),
        ("SQLITE_LOCKED", "workspace_locked"),
        ("SQLITE_READONLY", "workspace_readonly"),
        ("SQLITE_CANTOPEN", "workspace_readonly"),
    ):
        if name.startswith(start):
            return WorkspaceError(code, path)
    return WorkspaceError("workspace_damaged", path)


def _make(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True)
        if os.name == "posix":
            path.chmod(0o700)
    except OSError as error:
        full = error.errno in {28, 122}
        raise WorkspaceError("disk_full" if full else "workspace_readonly", path) from None


def _take_lock(path: Path) -> sqlite3.Connection:
    """An exclusive SQLite transaction: the same on every system, and gone with the process."""
    with private_umask():
        connection = sqlite3.connect(path / _LOCK, timeout=0.2, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("BEGIN EXCLUSIVE")
        except BaseException:
            connection.close()
            raise
    return connection


def _read_key(path: Path) -> bytes:
    file = path / _KEY
    if not file.exists():
        part = file.with_suffix(".part")
        with private_umask():
            part.write_text(secrets.token_bytes(32).hex().translate(_LETTERS), "ascii")
        part.replace(file)
    try:
        key = bytes.fromhex(file.read_text("ascii").strip().translate(_DIGITS))
    except ValueError:
        key = b""
    if len(key) != 32:
        raise WorkspaceError("workspace_damaged", path)
    return key


@contextlib.contextmanager
def private_umask() -> Iterator[None]:
    """Files made inside belong to their owner alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
