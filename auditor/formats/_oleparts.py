"""What lies in a compound file beside its main stream: properties, macros, embedded objects.

A format reads the streams it knows; everything else is read here, and what cannot be taken apart
is searched for digits and told as a gap.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from auditor.formats import _blips, _cfb, _cfbpack, _encoding, _propset, _strings, _vba
from auditor.model import Content, Gap, Limits, Reason, Text, Visibility

ENCRYPTED = (
    ("DRMEncryptedTransform", Reason.RIGHTS_MANAGED),
    ("DRMEncryptedDataSpace", Reason.RIGHTS_MANAGED),
    ("DRMContent", Reason.RIGHTS_MANAGED),
    ("EncryptedPackage", Reason.PASSWORD_PROTECTED),
)
"""Names of storages and streams that only a key opens."""
_OBJECTS = frozenset(
    "worddocument workbook book __properties_version1.0 package contents \x01ole10native "
    "\x01compobj \x01ole".split(" ")
) | {"powerpoint document"}
_SILENT = re.compile(
    r"[\x01-\x04].*|_signatures|current user|_vba_project|projectwm|__srp_.*|printersettings"
    r"|__substg1\.0_.*|__properties_version.*|thumbnail|encryption|equation native|.*compobj"
    r"|.*objinfo|dir|project|vbframe|__nameid.*|props.{0,3}|version",
    re.IGNORECASE | re.DOTALL,
)
"""Bookkeeping: looked through for digits, and nothing missed when there are none."""
_WORDY = re.compile(r"ctls|[fo]", re.IGNORECASE)
"""Form controls: their texts stand there as they are."""
_CONTROLS = re.compile("[\x00-\x1f]+")


class Rest:
    """The streams of an open compound file that nobody has read yet."""

    def __init__(self, compound: _cfb.Compound, limits: Limits) -> None:
        """``limits``: what is left for the whole file."""
        self.compound = compound
        self.foreign = False
        """Nobody knows what its streams are: everything like writing in them is told."""
        self._limits = limits
        self._done: set[_cfb.Entry] = set()
        self._members = 0

    def read(self, *names: str) -> bytes | None:
        """A stream by its names; None when there is none. It counts as read from now on."""
        entry = self.compound.root.find(*names)
        if entry is None or entry.kind != _cfb.STREAM:
            return None
        return self.take(entry)

    def take(self, entry: _cfb.Entry) -> bytes:
        """The bytes of a stream; it counts as read from now on, and so does a storage."""
        self._done.add(entry)
        return self.compound.stream(entry) if entry.kind == _cfb.STREAM else b""

    def sealed(self) -> Gap | None:
        """Why nothing in it can be read, if a key is needed."""
        names = {entry.name.strip().lower() for _, entry in self.compound.root.walk()}
        for name, reason in ENCRYPTED:
            if name.lower() in names:
                return Gap(reason, detail="encrypted Office document")
        return None

    def parts(self) -> Iterator[Text | Content | Gap]:
        """Everything else: properties, macros and texts first, members last."""
        members: list[Content] = []
        macros: list[str] = []
        stack: list[tuple[tuple[str, ...], _cfb.Entry]] = []
        stack.extend(((), entry) for entry in reversed(self.compound.root.children))
        while stack:
            path, entry = stack.pop()
            if entry in self._done:
                continue
            if entry.kind == _cfb.STORAGE:
                if _is_object(entry):
                    members.extend(self._object(entry))
                else:
                    below = (*path, entry.name)
                    stack.extend((below, child) for child in reversed(entry.children))
                continue
            for part in self._stream(path, entry, macros):
                if isinstance(part, Content):
                    members.append(part)
                else:
                    yield part
        if macros:
            yield Text("\n".join(macros), "macro")
        yield from self.faults()
        yield from self._bounded(members)

    def faults(self) -> Iterator[Gap]:
        """What of the streams read so far was broken off."""
        names = dict.fromkeys(self.compound.damaged)
        self.compound.damaged.clear()
        for name in names:
            yield Gap(Reason.MALFORMED, part=_plain(name), detail="broken chain of sectors")

    def _bounded(self, members: list[Content]) -> Iterator[Content | Gap]:
        for member in members:
            self._members += 1
            if self._members > self._limits.members:
                yield Gap(Reason.TOO_MANY_MEMBERS)
                return
            yield member

    def _stream(
        self, path: tuple[str, ...], entry: _cfb.Entry, macros: list[str]
    ) -> Iterator[Text | Content | Gap]:
        data = self.compound.stream(entry)
        name = entry.name
        if not data:
            return
        if name.startswith("\x05"):
            lines, whole = _propset.lines(data)
            if lines:
                yield Text("\n".join(lines), "properties", visibility=Visibility.METADATA)
            if not whole and name.lower().endswith("summaryinformation"):
                yield Gap(Reason.MALFORMED, part="properties", detail="property set")
        elif name == "\x01Ole10Native":
            yield native(data, "object")
        elif not path and name.lower() in ("package", "contents"):
            yield Content("", data, path=("object",))
        elif path and path[0].lower() == "msodatastore":
            yield Content(f"{name}.xml", data, path=("custom XML",))
        elif (source := _vba.source(data)) is not None:
            macros.append(source)
        else:
            yield from self._other(name, data)

    def _other(self, name: str, data: bytes) -> Iterator[Text | Content | Gap]:
        pictures = list(_blips.pictures(data, self._limits))
        yield from pictures
        silent = _SILENT.fullmatch(name)
        wordy = _WORDY.fullmatch(name) or (self.foreign and not silent)
        found = _strings.words(data) if wordy else _strings.numeric(data)
        if lines := "\n".join(found):
            yield Text(lines, f"stream {_plain(name)}")
        if not (pictures or silent or wordy):
            yield Gap(Reason.UNSUPPORTED_FORMAT, part=_plain(name), detail="stream")

    def _object(self, storage: _cfb.Entry) -> Iterator[Content]:
        """What was embedded, as a file: unwrapped where it lies there as it is."""
        place = f"object {_plain(storage.name)}"
        for inner in ("package", "contents", "\x01ole10native"):
            entry = storage.find(inner)
            if entry and entry.kind == _cfb.STREAM and entry.size:
                data = self.compound.stream(entry)
                yield (
                    native(data, place)
                    if inner.startswith("\x01")
                    else Content("", data, path=(place,))
                )
                return
        if any(entry.size for _, entry in storage.walk() if not _SILENT.fullmatch(entry.name)):
            root = _cfbpack.copied(self.compound, storage)
            root.name = "Root Entry"
            yield Content("", _cfbpack.pack(root), path=(place,))


def _is_object(storage: _cfb.Entry) -> bool:
    return any(child.name.lower() in _OBJECTS for child in storage.children)


def _plain(name: str) -> str:
    return _CONTROLS.sub("", name)


def native(data: bytes, place: str) -> Content:
    """A file put into a document as it was (``Ole10Native``), with its name where it has one."""
    at = 6
    names: list[str] = []
    for _ in range(2):
        end = data.find(b"\0", at, at + 1024)
        if end < 0:
            break
        names.append(_encoding.decode(data[at:end]).text)
        at = end + 1
    if len(names) == 2 and len(data) > at + 8 and data[4:6] == b"\2\0":
        (length,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + min(length, 1024)
        (size,) = struct.unpack_from("<I", data[at : at + 4].ljust(4, b"\0"))
        if 0 < size <= len(data) - at - 4:
            body, after = data[at + 4 : at + 4 + size], data[at + 4 + size :]
            name = _wide_name(after) or names[0] or re.split(r"[\\/]", names[1])[-1]
            return Content(name, body, path=(name or place,))
    return Content("", data[4:], path=(place,))


def _wide_name(after: bytes) -> str:
    """The name in Unicode that newer programs write behind the file: path, name, path again."""
    (size,) = struct.unpack_from("<I", after.ljust(4, b"\0"))
    at = 4 + 2 * size
    if not 0 < size <= len(after) or at + 4 > len(after):
        return ""
    (size,) = struct.unpack_from("<I", after, at)
    return after[at + 4 : at + 4 + 2 * min(size, 1024)].decode("utf-16-le", "replace")


def opened(content: Content, limits: Limits) -> Rest | Gap:
    """The compound file, or why it cannot be opened."""
    try:
        return Rest(_cfb.Compound(content.data), limits)
    except _cfb.NotCompoundError as bad:
        damaged = str(bad) == "directory"  # without even a header it only begins like one
        reason = Reason.MALFORMED if damaged else Reason.UNSUPPORTED_FORMAT
        return Gap(reason, detail=f"compound file, {bad}")
