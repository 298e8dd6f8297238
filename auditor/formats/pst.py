"""Outlook data files (.pst, .ost): every item of every folder, also deleted ones that are left.

An item is handed on as the Outlook message that it would be if somebody dragged it out of its
folder. A password of such a file locks nothing but Outlook's window: the items are read.

Source: [MS-PST]; of the kind with pages of 4 KiB, which it leaves out, the facts that libpff's
documentation gives.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from auditor.formats import _cfbpack, _long, _mapi, _pstfile, _pstheap
from auditor.formats._look import CERTAIN, Look
from auditor.formats._pstfile import Node
from auditor.formats._pstheap import Value
from auditor.model import Content, Gap, Limits, LostError, Reason, Text

SUFFIXES = (".pst", ".ost")
MEDIA_TYPES = ("application/vnd.ms-outlook-pst",)
BEGINNING = True
LONG = True

_FOLDER, _SEARCH, _ATTACHMENT, _RECIPIENTS = 2, 3, 5, 0x12
_ITEMS = frozenset((4, 8))
"""Messages, and what is filed unseen beside them."""
_STORE, _NAMES, _ROOT = 0x21, 0x61, 0x122
_SUBJECT, _NAME, _DATA = 0x0037, 0x3001, 0x3701
_TEXT_8, _TEXT_16, _OBJECT, _MANY = 0x1E, 0x1F, 0x0D, 0x1000
_OWN = 0x8000
"""Properties from here on have names."""
_FIXED = frozenset((2, 3, 4, 5, 6, 7, 10, 11, 20, 64))
_ALONE, _INSIDE, _BESIDE = 32, 24, 8
"""Bytes before the fixed properties of an item, of one inside another, of what belongs to it."""
_DEPTH = 16
_KNOWN_ENCODINGS = 3
_LONGEST = 200
"""Characters of a subject by which an item is called."""


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if _pstfile.begins(look.head) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """What the folders are called, then their items."""
    try:
        file = _pstfile.File(_long.view(content), limits.expanded_bytes)
    except LostError as lost:
        yield _long.gap_of(lost)
        return
    except _pstfile.NotPstError as bad:
        yield Gap(Reason.MALFORMED, detail=f"Outlook data file, {bad}")
        return
    if file.encoded >= _KNOWN_ENCODINGS:
        yield Gap(Reason.ENCRYPTED, detail="Outlook data file")
        return
    try:
        store = _Store(file)
        yield from store.words()
        yield from store.items(limits.members)
    except _pstfile.SpentError:
        yield Gap(Reason.TOO_LARGE, detail="expanded bytes of all members")
    except LostError as lost:
        yield _long.gap_of(lost)
        return
    if file.damaged and not content.truncated:
        yield Gap(Reason.MALFORMED, detail="node database")


class _Store:
    """A data file that is open."""

    def __init__(self, file: _pstfile.File) -> None:
        self._file = file
        self._known = file.lost | file.nodes
        self._damaged_trees = file.damaged
        self._names = self._own_names()
        self._titles: dict[int, str] = {}
        self._words: dict[str, None] = {}
        for number, node in self._known.items():
            if number & 0x1F in (_FOLDER, _SEARCH) or number == _STORE:
                values = self._properties(node)
                self._words |= dict.fromkeys(filter(None, map(_text, values)))
                self._titles[number] = next((_text(v) for v in values if v.key == _NAME), "")

    def words(self) -> Iterator[Text]:
        """Names of folders and what is said of them."""
        if self._words:
            yield Text("\n".join(self._words), "folders")

    def items(self, most: int) -> Iterator[Content | Gap]:
        """Every item as an Outlook message."""
        listed = [number for number in self._known if number & 0x1F in _ITEMS]
        listed.sort(key=lambda number: self._file.place(self._known[number]))  # so they are read
        for count, number in enumerate(listed):
            if count >= most:
                yield Gap(Reason.TOO_MANY_MEMBERS)
                return
            yield from self._item(self._known[number], f"item {count + 1}", self._state(number))

    def _state(self, number: int) -> str:
        """How it comes that only pages outside the trees tell of an item; "" when the trees do."""
        if number in self._file.nodes:
            return ""
        return "recovered" if self._damaged_trees else "deleted"

    def _item(self, node: Node, called: str, state: str) -> Iterator[Content | Gap]:
        """An item that is kept, or what is left of one that is not."""
        damaged = self._file.damaged
        folders = (*filter(None, (state,)), *self._path(node.parent))
        root = _cfbpack.Node("Root Entry")
        heap = self._heap(node)
        subject = self._message(root, heap, _ALONE, 0) if heap else ""
        if root.children:
            place = (*folders, subject[:_LONGEST] or called)
            yield Content("", _cfbpack.pack(root), path=place, around=folders)
        elif not state:
            yield Gap(Reason.MALFORMED, part=called, detail="properties")
        if state:  # that parts of it are gone is no fault of the file
            self._file.damaged = damaged

    def _path(self, number: int) -> tuple[str, ...]:
        """The folders around an item, outermost first."""
        path: list[str] = []
        seen = {_ROOT, 0}
        while number not in seen and number in self._known:
            seen.add(number)
            path.append(self._titles.get(number, ""))
            number = self._known[number].parent
        return tuple(filter(None, reversed(path)))

    def _properties(self, node: Node) -> list[Value]:
        heap = self._heap(node)
        return list(heap.properties()) if heap else []

    def _heap(self, node: Node) -> _pstheap.Heap | None:
        try:
            return _pstheap.Heap(self._file, node)
        except ValueError as bad:
            if isinstance(bad, _pstfile.SpentError):
                raise
            return None

    def _own_names(self) -> dict[int, bytes]:
        """Names of properties that have one, as UTF-16."""
        node = self._known.get(_NAMES)
        told = {value.key: value.data for value in self._properties(node)} if node else {}
        rows, texts = told.get(3, b""), told.get(4, b"")
        found: dict[int, bytes] = {}
        for place, kind, index in struct.iter_unpack("<IHH", rows[: len(rows) // 8 * 8]):
            if kind & 1:
                size = int.from_bytes(texts[place : place + 4], "little")
                found[_OWN + index] = texts[place + 4 : place + 4 + size]
        return found

    def _message(self, storage: _cfbpack.Node, heap: _pstheap.Heap, before: int, depth: int) -> str:
        """Put an item with all that belongs to it into a storage; its subject."""
        values = [_plain(value) for value in heap.properties()]
        _fill(storage, values, before)
        storage.children += self._named(values)
        counts = [0, 0]
        for number, inner in heap.inside.items():
            if number & 0x1F == _RECIPIENTS and (table := self._heap(inner)):
                for row in table.rows():
                    child = _child(storage, f"__recip_version1.0_#{counts[0]:08X}")
                    _fill(child, row, _BESIDE)
                    counts[0] += 1
            elif number & 0x1F == _ATTACHMENT and (attached := self._heap(inner)):
                child = _child(storage, f"__attach_version1.0_#{counts[1]:08X}")
                self._attachment(child, attached, depth)
                counts[1] += 1
        return next((_text(value) for value in values if value.key == _SUBJECT), "")

    def _attachment(self, storage: _cfbpack.Node, heap: _pstheap.Heap, depth: int) -> None:
        """Put a file or an item that is attached into its storage."""
        values: list[Value] = []
        for value in heap.properties():
            inner = heap.inside.get(int.from_bytes(value.data[:4], "little"))
            if value.kind != _OBJECT or value.key != _DATA or inner is None:
                values.append(value)
                continue
            item = self._heap(inner) if depth < _DEPTH else None
            if item and item.client == _pstheap.PROPERTIES:
                child = _child(storage, _stream(_DATA, _OBJECT))
                self._message(child, item, _INSIDE, depth + 1)
            else:  # an object of another program
                values.append(Value(_DATA, 0x102, b"".join(self._file.blocks(inner.data))))
        _fill(storage, values, _BESIDE)

    def _named(self, values: list[Value]) -> list[_cfbpack.Node]:
        """The storage that tells the names of these properties."""
        rows = texts = b""
        for value in values:
            if name := self._names.get(value.key):
                rows += struct.pack("<IHH", len(texts), 1, value.key - _OWN)
                texts += struct.pack("<I", len(name)) + name + bytes(-len(name) % 4)
        if not rows:
            return []
        streams = [
            _cfbpack.Node(_stream(key, 0x102), data) for key, data in ((3, rows), (4, texts))
        ]
        return [_cfbpack.Node(_mapi.NAMES, children=streams)]


def _fill(storage: _cfbpack.Node, values: list[Value], before: int) -> None:
    """Properties as streams, and those of fixed length in a stream of their own."""
    fixed = bytes(before)
    for value in values:
        name = _stream(value.key, value.kind)
        if value.kind in _FIXED:
            fixed += struct.pack("<HHI8s", value.kind, value.key, 6, value.data[:8])
        elif value.kind & _MANY:
            storage.children.append(_cfbpack.Node(name, b""))
            for number, data in enumerate(_pstheap.many(value)):
                storage.children.append(_cfbpack.Node(f"{name}-{number:08X}", data))
        elif value.data:
            storage.children.append(_cfbpack.Node(name, value.data))
    if values:
        storage.children.append(_cfbpack.Node(_mapi.PROPERTIES, fixed))


def _child(storage: _cfbpack.Node, name: str) -> _cfbpack.Node:
    storage.children.append(_cfbpack.Node(name))
    return storage.children[-1]


def _stream(key: int, kind: int) -> str:
    return f"__substg1.0_{key:04X}{kind:04X}"


def _plain(value: Value) -> Value:
    """A subject without the two characters that say how long its ``RE:`` is."""
    wide = value.kind == _TEXT_16
    if value.key != _SUBJECT or value.data[: 1 + wide] != b"\1\0"[: 1 + wide]:
        return value
    return replace(value, data=value.data[2 + 2 * wide :])


def _text(value: Value) -> str:
    """A value that is a text; "" of any other."""
    if value.kind not in (_TEXT_8, _TEXT_16):
        return ""
    codec = "utf-16-le" if value.kind == _TEXT_16 else ""
    return _mapi.decoded(value.data, codec).strip()
