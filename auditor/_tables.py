"""A table of a TOML file → a frozen dataclass, or what is wrong with it, all of it at once."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

__all__ = ["LOOPBACK", "Problem", "Table", "byte_count", "fill", "nearest", "parse"]

T = TypeVar("T")

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
"""Names of this machine."""
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]i?B|[KMGT]|B)?\s*", re.IGNORECASE)
_POWERS = {"": 0, "b": 0, "k": 1, "m": 2, "g": 3, "t": 4}
_ENVIRONMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRET_KEY = re.compile(
    r"secret|passw|pwd|account_?key|access_?key|private_?key|shared_?access|^sas|_sas|token"
    r"|credential|connection_?string|pfx|certificate"
)
_SECRET_VALUE = re.compile(
    r"AccountKey\s*=|SharedAccessSignature\s*=|SharedAccessKey\s*=|[?&]sig=|-----BEGIN|://[^/\s]*:[^/\s]*@",
    re.IGNORECASE,
)
_VARIABLES = (
    ("client_secret", "AZURE_CLIENT_SECRET"),
    ("passw", "AZURE_CLIENT_CERTIFICATE_PASSWORD"),
    ("pfx", "AZURE_CLIENT_CERTIFICATE_PATH"),
    ("certificate", "AZURE_CLIENT_CERTIFICATE_PATH"),
    ("account_key", "AZURE_STORAGE_CONNECTION_STRING"),
    ("connection", "AZURE_STORAGE_CONNECTION_STRING"),
    ("sas", "AZURE_STORAGE_CONNECTION_STRING"),
    ("", "AZURE_CLIENT_SECRET"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the key of its words, where it stands, and what the words fill in.

    No value of the file is quoted, since it may be a secret.
    """

    code: str
    where: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def parse(path: Path) -> dict[str, Any] | Problem:
    """The tables of a file, or why it cannot be read as TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError:
        return Problem("file_missing")
    except OSError:
        return Problem("file_unreadable")
    except UnicodeDecodeError:
        return Problem("not_utf8")
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = place.groups() if place else ("-", "-")  # at the end of the document
        return Problem("syntax", "", {"line": line, "column": column})


def nearest(wrong: str, valid: Iterable[str]) -> str:
    """The valid word that looks most like ``wrong``; "" only where there is none at all."""
    found = difflib.get_close_matches(wrong, list(valid), n=1, cutoff=0.0)
    return found[0] if found else ""


def byte_count(value: object) -> int | None:
    """``104857600`` or ``"100 MiB"`` as bytes; None for anything else.

    >>> byte_count("100 MiB"), byte_count("1 GB"), byte_count(7), byte_count("much")
    (104857600, 1000000000, 7, None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not (match := _SIZE.fullmatch(value)):
        return None
    unit = (match[2] or "").lower()
    base = 1024 if "i" in unit or len(unit) == 1 else 1000
    return int(float(match[1]) * base ** _POWERS[unit[:1]])


@dataclass(slots=True)
class Table:
    """A table of the file as it is read: takes keys out, notes what is wrong."""

    name: str
    """As it stands in the file: ``tenants.auth``; "" is the file itself."""
    values: dict[str, Any]
    problems: list[Problem]

    def where(self, key: str) -> str:
        """How a message names a key, or a table inside."""
        if isinstance(self.values.get(key), dict):
            return f"[{self.name}.{key}]" if self.name else f"[{key}]"
        return f"[{self.name}] {key}" if self.name else key

    def note(self, code: str, key: str, **values: str) -> None:
        """A mistake at ``key``."""
        self.problems.append(Problem(code, self.where(key), values))

    def check_keys(self, valid: Sequence[str], code: str = "unknown_key") -> None:
        """Note every key that is not ``valid``, and every secret, wherever it stands."""
        for key, value in self.values.items():
            if key not in valid:
                if _SECRET_KEY.search(key.lower()) and not isinstance(value, dict):
                    self.note("secret_in_file", key, variable=_variable(key))
                else:
                    near = nearest(key, valid)
                    self.note(code, key, nearest=near, valid=", ".join(valid))
            elif any(_SECRET_VALUE.search(text) for text in _texts(value)):
                self.note("secret_in_file", key, variable=_variable(key))

    def table(self, key: str) -> Table:
        """A table inside; an empty one where there is none, or where something else stands."""
        name = f"{self.name}.{key}" if self.name else key
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.note("wrong_type", key, wanted="table")
            value = {}
        return Table(name, value, self.problems)

    def tables(self, key: str) -> list[Table]:
        """The tables of ``[[key]]``."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.note("wrong_type", key, wanted="tables")
            return []
        return [Table(key, entry, self.problems) for entry in value]

    def text(self, key: str, default: str = "") -> str:
        """A string."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            self.note("wrong_type", key, wanted="text")
            return default
        return value

    def choice(self, key: str, valid: Sequence[str], default: str) -> str:
        """One of the words of ``valid``."""
        value = self.text(key, default)
        if value not in valid:
            self.note("bad_choice", key, nearest=nearest(value, valid), valid=", ".join(valid))
            return default
        return value

    def url(self, key: str, default: str) -> str:
        """An address: https, or http to this machine."""
        value = self.text(key, default)
        if value != default:
            self.check_url(key, value)
        return value

    def check_url(self, key: str, value: str) -> None:
        """Note an address that is none, or whose way is open to others."""
        try:
            parts = urlsplit(value)
            host = parts.hostname or ""
        except ValueError:
            self.note("bad_url", key)
            return
        if not host or parts.scheme not in {"http", "https"}:
            self.note("bad_url", key)
        elif parts.scheme == "http" and host not in LOOPBACK:
            self.note("not_https", key)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number between ``low`` and ``high``."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.note("wrong_type", key, wanted="number")
            return default
        return self._bounded(key, value, default, low, high)

    def flag(self, key: str, *, default: bool) -> bool:
        """Whether it is switched on."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.note("wrong_type", key, wanted="flag")
            return default
        return value

    def seconds(self, key: str, default: float, low: float, high: float) -> float:
        """A number of seconds."""
        value = self.values.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.note("wrong_type", key, wanted="number")
            return default
        if not low <= value <= high:
            self.note("out_of_range", key, low=f"{low:g}", high=f"{high:g}")
            return default
        return float(value)

    def bytes(self, key: str, default: int, low: int) -> int:
        """A number of bytes, or a size such as ``100 MiB``."""
        value = byte_count(self.values.get(key, default))
        if value is None:
            self.note("wrong_type", key, wanted="size")
            return default
        return self._bounded(key, value, default, low, 1 << 50)

    def _bounded(self, key: str, value: int, default: int, low: int, high: int) -> int:
        if not low <= value <= high:
            self.note("out_of_range", key, low=f"{low}", high=f"{high}")
            return default
        return value


def fill(cls: type[T], table: Table) -> T | None:
    """The connector's own dataclass from its table; None where a mistake was noted."""
    hints = typing.get_type_hints(cls)
    known = fields(cls)  # type: ignore[arg-type]
    before = len(table.problems)
    table.check_keys([entry.name for entry in known])
    values: dict[str, Any] = {}
    for entry in known:
        if entry.name in table.values:
            values[entry.name] = _typed(table, entry.name, hints[entry.name])
        elif entry.default is MISSING and entry.default_factory is MISSING:
            table.note("missing_key", entry.name)
    return None if len(table.problems) > before else cls(**values)


def _typed(table: Table, key: str, hint: Any) -> Any:
    """The value of ``key`` as the dataclass wants it; a list of strings becomes a tuple."""
    value = table.values[key]
    if typing.get_origin(hint) is typing.Literal:
        return table.choice(key, typing.get_args(hint), "")
    kinds = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    for kind in kinds:
        if typing.get_origin(kind) is tuple:
            if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
                _check_texts(table, key, value)
                return tuple(value)
        elif kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        elif isinstance(kind, type) and type(value) is kind:
            _check_texts(table, key, [value] if isinstance(value, str) else [])
            return value
    table.note("wrong_type", key, wanted=_wanted(kinds[0]))
    return None


def _wanted(kind: Any) -> str:
    if typing.get_origin(kind) is tuple:
        return "list"
    return {bool: "flag", int: "number", float: "number", date: "date"}.get(kind, "text")


def _check_texts(table: Table, key: str, texts: Sequence[str]) -> None:
    for text in texts:
        if key.endswith("_env") and text and not _ENVIRONMENT.fullmatch(text):
            if not _SECRET_VALUE.search(text):  # that was noted already
                table.note("secret_in_file", key, variable=_variable(key))
        elif re.match(r"https?:", text, re.IGNORECASE):
            table.check_url(key, text)


def _variable(key: str) -> str:
    """The environment variable in which such a secret belongs."""
    folded = key.lower()
    return next(variable for part, variable in _VARIABLES if part in folded)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
