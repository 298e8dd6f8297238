"""Outlook items: fields, bodies in every form, attachments, and items inside items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import (
    _cfb,
    _cfbpack,
    _encoding,
    _lzfu,
    _mapi,
    _markup,
    _mime,
    _oleparts,
    _rtf,
    _rtfparts,
)
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".msg", ".oft")
MEDIA_TYPES = ("application/vnd.ms-outlook",)
BEGINNING = True

_SUBJECT, _BODY, _HTML, _RTF, _HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_DATA, _NAME_LONG, _NAME_SHORT, _NAME, _TYPE = 0x3701, 0x3707, 0x3704, 0x3001, 0x370E
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_DIGITS = re.compile(r"\D+")


def claims(look: Look) -> int:
    """By the stream of properties that every item has."""
    if not look.head.startswith(_cfb.SIGNATURE):
        return 0
    return CERTAIN if _mapi.PROPERTIES in _cfb.top(look.content.data) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Fields, then the body, then attachments; the subject speaks of all of them."""
    rest = _oleparts.opened(content, limits)
    if isinstance(rest, Gap):
        yield rest
        return
    if sealed := rest.sealed():
        yield sealed
        return
    item = _Item(rest, limits)
    if lines := item.fields():
        yield Text(lines, "header")
    yield from item.bodies()
    attached = list(item.attachments())
    yield from rest.parts()
    yield from attached


class _Item:
    """A message that is open."""

    def __init__(self, rest: _oleparts.Rest, limits: Limits) -> None:
        self._rest = rest
        self._limits = limits
        self._root = rest.compound.root
        self._message = _mapi.Properties(self._root, rest.take)
        self._names = _mapi.names(self._root, rest.take)
        self._codec, self._page_codec = _mapi.codecs(self._message)
        self._subject = next(iter(self._message.texts(_SUBJECT, self._codec)), "")

    def fields(self) -> str:
        """Everything that is said of the item, of its recipients, and on its way."""
        lines = list(self._message.lines(self._codec, self._names))
        for storage in self._storages("__recip_version1.0_"):
            lines.extend(_mapi.Properties(storage, self._rest.take).lines(self._codec, self._names))
            self._rest.take(storage)
        for text in self._message.texts(_HEADERS, self._codec):
            headers, _ = _mime.split(text.encode("utf-8", "replace"))
            told = _mime.fields(headers)
            lines += [f"{key}: {said}" for key, said in told if not _mime.MACHINE.fullmatch(key)]
        return "\n".join(dict.fromkeys(lines))

    def _storages(self, prefix: str) -> list[_cfb.Entry]:
        inside = self._root.children
        found = [e for e in inside if e.kind == _cfb.STORAGE and e.name.lower().startswith(prefix)]
        return sorted(found, key=lambda entry: entry.name)

    def bodies(self) -> Iterator[Text | Table | Content | Gap]:
        """One text in up to three forms; a form that shows no other digits is left out."""
        shown: set[str] = set()
        for form in (self._html, self._plain, self._rich):
            segments = [*form()]
            said = [part for part in segments if isinstance(part, Text | Table)]
            digits = _shown(said)
            if digits not in shown:
                yield from said
            if said:
                shown.add(digits)
            yield from (part for part in segments if isinstance(part, Content | Gap))

    def _html(self) -> Iterator[Text | Table | Gap]:
        data = self._message.data(_HTML)
        if data:
            told = _CHARSET.search(data[:4096])
            charset = told[1].decode("ascii") if told else self._page_codec
            page = _encoding.decode(data, charset)
            yield from _markup.segments(page.text)
            if not page.sure:
                yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")
        for text in self._message.texts(_HTML, self._codec):
            yield from _markup.segments(text)

    def _plain(self) -> Iterator[Text]:
        for text in self._message.texts(_BODY, self._codec):
            yield Text(text.replace("\r\n", "\n"))

    def _rich(self) -> Iterator[Text | Table | Content | Gap]:
        packed = self._message.data(_RTF)
        if not packed:
            return
        data, whole = _lzfu.unpacked(packed)
        reader = _rtf.Reader(data)
        yield from reader.read()
        if reader.html:
            yield from _markup.segments("".join(reader.html))
        if not whole:
            yield Gap(Reason.MALFORMED, part="body", detail="compressed rich text")
        yield from _rtfparts.members(reader.blobs, self._limits)

    def attachments(self) -> Iterator[Content | Gap]:
        """Files, items and objects that are attached."""
        for number, storage in enumerate(self._storages("__attach_version1.0_"), 1):
            if number > self._limits.members:
                yield Gap(Reason.TOO_MANY_MEMBERS)
                return
            yield self._attachment(storage, f"attachment {number}")
            self._rest.take(storage)

    def _attachment(self, storage: _cfb.Entry, place: str) -> Content | Gap:
        found = _mapi.Properties(storage, self._rest.take)
        told = [
            next(iter(found.texts(key, self._codec)), "")
            for key in (_NAME_LONG, _NAME_SHORT, _NAME, _TYPE)
        ]
        name = next(filter(None, told[:3]), "")
        around = (self._subject,) if self._subject else ()
        if (inner := found.storage(_DATA)) is not None:
            return Content(name, self._packed(inner), path=(place,), around=around)
        data = found.data(_DATA)
        if data is None:
            return Gap(Reason.UNSUPPORTED_FORMAT, part=place, detail="file that lies elsewhere")
        return Content(name, data, told[3], (place,), around)

    def _packed(self, inner: _cfb.Entry) -> bytes:
        """An item or object as a file of its own; names of properties are kept once for all."""
        node = _cfbpack.copied(self._rest.compound, inner)
        node.name = "Root Entry"
        names = self._root.find(_mapi.NAMES)
        if names and inner.find(_mapi.PROPERTIES) and not inner.find(_mapi.NAMES):
            node.children.append(_cfbpack.copied(self._rest.compound, names))
        return _cfbpack.pack(node)


def _shown(segments: list[Text | Table]) -> str:
    """The digits that a reader sees."""
    texts = (part.text for part in segments if isinstance(part, Text) and not part.place)
    rows = (row for part in segments if isinstance(part, Table) for row in part.rows)
    return _DIGITS.sub("", "\n".join((*texts, *map("".join, rows))))
