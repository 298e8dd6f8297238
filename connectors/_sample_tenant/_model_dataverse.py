"""A Dataverse environment as data: tables, their columns and rows, and the files of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``kind`` is its AttributeType, or File or Image."""

    name: str
    label: str
    kind: str = "String"
    of: str = ""
    """The column that it is a part of."""
    secured: bool = False
    hidden: bool = False
    """No column security profile opens it to the app: its values come as null."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The file of a column, or of a note."""

    name: str
    media_type: str
    data: Callable[[], bytes] = field(repr=False)
    whole: bool = False
    """Stored where it can only be read whole."""
    small: bool = False
    """Of a picture the thumbnail alone was kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``values`` by property name as the service writes them."""

    id: str
    version: int
    values: Mapping[str, Any] = field(repr=False)
    formatted: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: Mapping[str, Stored] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``kind`` is its TableType."""

    name: str
    set: str
    key: str
    label: str
    columns: Sequence[Column]
    rows: Sequence[Row] = field(default=(), repr=False)
    schema: str = ""
    """Schema name; the logical name where it differs in nothing but case."""
    kind: str = "Standard"
    tracked: bool = False
    denied: bool = False
    """The app's role does not read it."""
    shallow: bool = False
    """The app's role reads a part of it: changes are not told."""
    intersect: bool = False
    private: bool = False

    @property
    def privilege(self) -> str:
        """The privilege that reads it."""
        return f"prvRead{self.schema or self.name}"


@dataclass(frozen=True, slots=True)
class Environment:
    """All of an environment."""

    tables: Sequence[Table] = ()
    user: str = ""
    """The app's own user."""
