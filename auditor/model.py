"""The nouns of judging: what was read, what was found, what could not be read.

Nothing here can hold a digit of a number: :class:`Finding` has counts, places and reason codes.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from connectors import Grant, Item

VERSION = "0.1.0"
"""Of this program; a test compares it with ``pyproject.toml``."""


class State(enum.StrEnum):
    """What became of a listed item; every item ends in exactly one."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    FAILED = "failed"
    NOT_ASSESSED = "not_assessed"
    UNCHANGED = "unchanged"


class Reason(enum.StrEnum):
    """Why something was not read: a closed list, each with words and a remedy in the catalogue."""

    PERMISSION_DENIED = "permission_denied"
    NOT_LICENSED = "not_licensed"
    THROTTLED = "throttled"
    GONE = "gone"
    CHANGED_WHILE_READ = "changed_while_read"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_MANY_MEMBERS = "too_many_members"
    EXPANSION_RATIO = "expansion_ratio"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    ENCRYPTED = "encrypted"
    PASSWORD_PROTECTED = "password_protected"
    RIGHTS_MANAGED = "rights_managed"
    MALFORMED = "malformed"
    UNSUPPORTED_FORMAT = "unsupported_format"
    UNKNOWN_ENCODING = "unknown_encoding"
    OCR_OFF = "ocr_off"
    EXCLUDED_BY_SETTINGS = "excluded_by_settings"
    ARCHIVED_TIER = "archived_tier"
    NOT_OFFERED = "not_offered"
    SERVICE_ERROR = "service_error"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one item (``[limits]``); beyond them the rest is a gap, never a hang."""

    bytes: int = 100 << 30
    """Bytes read from the service for one item."""
    held_bytes: int = 100 << 20
    """Of them, held at a time. Text, tables and archives that are longer are read piece by piece;
    of anything else the beginning."""
    depth: int = 8
    """Containers inside containers."""
    members: int = 10_000
    """Members of all containers of one item together; for each ``held_bytes`` of a longer one."""
    expanded_bytes: int = 1 << 30
    """Bytes that come out of all containers of one item together; of a longer one as above."""
    ratio: int = 1_000
    """Expanded over packed size of one member, beyond its first 5 MiB."""
    seconds: float = 60.0
    """CPU seconds for one item, or for each ``held_bytes`` of a longer one; wall time is bounded
    by five times this."""
    worker_memory: int = 2 << 30
    """Resident bytes of a worker process."""
    ocr: bool = True
    """Read writing in pictures, where an engine for that is installed."""


@dataclass(frozen=True, slots=True)
class Fatal:
    """What killed the process that read a content; of it, only the writing is read again."""

    member: int
    """0 = the content itself, else its member of that number, in the order they are met."""
    reason: Reason
    detail: str


class LostError(Exception):
    """A piece of a long content could not be had any more; why, as a gap says it."""

    def __init__(self, reason: Reason, detail: str = "", permission: str = "") -> None:
        super().__init__(reason, detail, permission)
        self.reason, self.detail, self.permission = reason, detail, permission


class Source(Protocol):
    """All of a content that is too long to be held."""

    @property
    def size(self) -> int:
        """Bytes that may be read."""
        ...

    def read(self, offset: int, length: int) -> bytes:
        """The bytes from ``offset``, ``length`` of them or all that there are. Raises LostError."""
        ...


@dataclass(frozen=True, slots=True)
class Content:
    """A file, or a member of one, as bytes."""

    name: str
    data: bytes = field(repr=False)
    media_type: str = ""
    path: tuple[str, ...] = ()
    """Containers it lies in inside its item, outermost first, in a person's words."""
    around: tuple[str, ...] = ()
    """Names that say what it is about (subject, folder, archive name), outermost first."""
    truncated: bool = False
    """``data`` is only the beginning."""
    total: int | None = None
    """Full size where ``truncated``."""
    source: Source | None = field(default=None, repr=False, compare=False)
    """Where all of it can be read, piece by piece, when ``data`` is only the beginning."""
    fatal: Fatal | None = None
    """Set for a second attempt."""
    rowwise: bool = False
    """``data`` is a table in JSON, ``{"columns": […], "rows": [[…], …]}``, each row of which is an
    item of its own."""


class Visibility(enum.StrEnum):
    """Whether a person who opens the file sees a segment of it where they look."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    """Hidden sheets, columns, slides and text."""
    TRACKED = "tracked"
    """As it was before changes: deleted text, earlier versions."""
    METADATA = "metadata"
    """Properties of the file and data that programs add to it."""


@dataclass(frozen=True, slots=True)
class Text:
    """Running text with the place where it stands (``page 3``, ``comment``; "" = the body)."""

    text: str = field(repr=False)
    place: str = ""
    recognised: bool = False
    """Read from a picture: a digit of it may be wrong."""
    visibility: Visibility = Visibility.VISIBLE


@dataclass(frozen=True, slots=True)
class Flow:
    """Running text that is too long to be held, in pieces cut anywhere; read once."""

    pieces: Iterable[str] = field(repr=False)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells with their coordinates; the detector finds the header rows itself.

    A long sheet arrives as several blocks; later ones carry the sheet's first rows as ``head``.
    Cells are what a person would see (a numeric cell with a zero-padding format is padded); an
    empty cell is "". Rows may differ in length.
    """

    rows: Sequence[Sequence[str]] = field(repr=False)
    place: str = ""
    columns: Sequence[str] = ()
    """Headers, where the format knows them (database columns, JSON keys); else ()."""
    head: Sequence[Sequence[str]] = field(default=(), repr=False)
    first_row: int = 1
    """The number of ``rows[0]`` as a person counts, from 1."""
    first_column: int = 1
    lines: Sequence[int] = ()
    """In line-oriented files the line each row starts on: a place is ``line 12``, not ``B7``."""
    visibility: Visibility = Visibility.VISIBLE
    hidden_columns: frozenset[int] = frozenset()
    """Of a table that is seen, the places in a row, from 0, of columns that are not shown."""
    hidden_rows: frozenset[int] = frozenset()
    """The same for rows: places in ``rows``, from 0."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something this audit could not read, and why."""

    reason: Reason
    part: str = ""
    """Path inside the item, joined by `` › ``; "" = the item itself."""
    detail: str = ""
    """Technical words without content."""
    suspect: bool = False
    """Name or surroundings say that numbers probably lie here."""
    bytes_read: int | None = None
    bytes_total: int | None = None
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of number in one part of one item at one confidence."""

    part: str
    locations: tuple[str, ...]
    """At most 20."""
    kind: str
    confidence: str
    count: int
    distinct: int
    reasons: tuple[str, ...]
    document_type: str = ""
    """Code of the paper it stands on (:mod:`auditor.papers`); "" where its words do not say."""
    document_year: int = 0
    """The year that the paper is for; 0 where it does not say."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What reading one item gave."""

    state: State
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    content_type: str = ""
    """The format that opened it, as ``formats`` lists it."""
    bytes_read: int = 0
    persons: frozenset[bytes] = field(default=frozenset(), repr=False)
    """Keyed tokens of the distinct numbers at medium or above; live only in memory, for one run."""
    distinct: int = 0
    """Distinct numbers at medium or above in the whole item."""
    rows: Mapping[int, Scan] = field(default_factory=dict)
    """Of a rowwise content: what each row with findings gave, by its index."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A judgement on who can reach an item."""

    level: str
    """``private``, ``internal``, ``external``, ``public``; ``unknown`` when the question failed."""
    reach: str
    people: int | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """What one check of the tenant's settings gave; its words stand in the catalogue."""

    id: str
    pillar: str
    measures: tuple[str, ...]
    status: str
    """pass, fail, manual or not_assessed."""
    evidence: tuple[str, ...] = ()
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one listed item in this run."""

    item: Item
    state: State
    scan: Scan | None = None
    """None when the item is unchanged since a run whose results stand."""
    grants: tuple[Grant, ...] | None = ()
    """None when the question who can reach it failed."""
    exposure: Exposure | None = None
