"""Mails as Outlook wraps them for Outlook (``winmail.dat``): fields, bodies, attachments."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.formats import _encoding, _lzfu, _mapi, _markup, _propset, _tnefprops, rtf
from auditor.formats._look import CERTAIN, Look
from auditor.formats._tnefprops import Property
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".tnef",)
MEDIA_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
BEGINNING = True

_SIGNATURE = b"\x78\x9f\x3e\x22"
_SUBJECT, _BODY, _CODEPAGE = 0x8004, 0x800C, 0x9007
_DATA, _TITLE, _META, _BEGINS = 0x800F, 0x8010, 0x8011, 0x9002
_PROPERTIES, _RECIPIENTS, _ATTACHMENT = 0x9003, 0x9004, 0x9005
_PLAIN, _HTML, _RICH = 0x1000, 0x1013, 0x1009
_FILE, _NAMES, _SUBJECT_KEY = 0x3701, (0x3707, 0x3704, 0x3001), 0x0037
_TOLD = frozenset((_PLAIN, _HTML, _RICH, _FILE))
_SILENT = frozenset(
    (0x001A, 0x0064, 0x0C1E, 0x3002, 0x1035, 0x1039, 0x1042, 0x007F, 0x300B, 0x0E1D, 0x0070, 0x370E)
)
"""Classes, identifiers, kinds of address."""
_GUID = 16
_LEAST, _MOST = 10**9, 10**15
_DIGITS = re.compile(r"\D+")


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith(_SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Fields, then the body in whatever forms, then attachments."""
    mail = _Mail(limits)
    whole = mail.take(content.data)
    if lines := "\n".join(dict.fromkeys(mail.lines)):
        yield Text(lines, "header")
    yield from mail.told()
    if not whole and not content.truncated:
        yield Gap(Reason.MALFORMED, detail="attributes")
    yield from mail.files()


@dataclass(slots=True)
class _File:
    name: str = ""
    data: bytes = field(default=b"", repr=False)


class _Mail:
    """What the attributes have said so far."""

    def __init__(self, limits: Limits) -> None:
        self.lines: list[str] = []
        self._limits = limits
        self._codec = "cp932"
        self._subject = ""
        self._bodies: dict[int, list[Property]] = {}
        self._files: list[_File] = []

    def take(self, data: bytes) -> bool:
        """Read all attributes; False when they break off."""
        at = len(_SIGNATURE) + 2
        while at < len(data):
            if at + 9 > len(data):
                return False
            kind, size = struct.unpack_from("<HxxI", data, at + 1)
            body = data[at + 9 : at + 9 + size]
            try:
                self._attribute(kind, body)
            except (_tnefprops.BrokenError, struct.error):
                return False
            if len(body) < size:
                return False
            at += 9 + size + 2
        return True

    def _attribute(self, kind: int, body: bytes) -> None:
        if kind == _CODEPAGE and len(body) >= 4:
            self._codec = _propset.codepage(int.from_bytes(body[:4], "little")) or self._codec
        elif kind in (_SUBJECT, _BODY):
            key = _PLAIN if kind == _BODY else _SUBJECT_KEY
            self._property(Property(key, _tnefprops.TEXT_8, "", body.rstrip(b"\0")))
        elif kind == _PROPERTIES:
            for found in _tnefprops.listed(body):
                self._property(found)
        elif kind == _RECIPIENTS:
            for found in _tnefprops.rows(body):
                self._property(found)
        elif kind in (_BEGINS, _DATA, _TITLE, _META, _ATTACHMENT):
            self._of_a_file(kind, body)

    def _of_a_file(self, kind: int, body: bytes) -> None:
        """An attribute of the attachment that was begun last."""
        if kind == _BEGINS or not self._files:
            self._files.append(_File())
        file = self._files[-1]
        if kind in (_DATA, _META):
            file.data = file.data or body
        elif kind == _TITLE:
            file.name = self._text(_tnefprops.TEXT_8, body)
        elif kind == _ATTACHMENT:
            self._attached(file, body)

    def _attached(self, file: _File, body: bytes) -> None:
        names: dict[int, str] = {}
        for found in _tnefprops.listed(body):
            if found.id == _FILE:
                skip = _GUID if found.kind == _tnefprops.OBJECT else 0
                file.data = found.raw[skip:] or file.data
            elif found.id in _NAMES:
                names[found.id] = self._text(found.kind, found.raw)
            else:
                self._property(found)
        file.name = next((names[key] for key in _NAMES if names.get(key)), file.name)

    def _property(self, found: Property) -> None:
        """Keep a body for later, and of others what can be told."""
        if found.id in _TOLD:
            self._bodies.setdefault(found.id, []).append(found)
        elif found.kind in (_tnefprops.TEXT_8, _tnefprops.TEXT_16):
            text = self._text(found.kind, found.raw)
            if found.id == _SUBJECT_KEY:
                self._subject = text
            if text.strip() and found.id not in _SILENT:
                self.lines.append(f"{found.name}: {text}" if found.name else text)
        elif (value := found.number) and _LEAST <= abs(value) < _MOST and value == int(value):
            self.lines.append(f"{found.name}: {int(value)}" if found.name else str(int(value)))

    def _text(self, kind: int, raw: bytes) -> str:
        codec = "utf-16-le" if kind == _tnefprops.TEXT_16 else self._codec
        return _mapi.decoded(raw, codec).rstrip("\0")

    def told(self) -> Iterator[Text | Table | Content | Gap]:
        """One text in up to three forms; a form that shows no other digits is left out."""
        shown: set[str] = set()
        for key in (_HTML, _PLAIN, _RICH):
            for found in self._bodies.get(key, ()):
                segments = [*self._form(key, found)]
                said = [part for part in segments if isinstance(part, Text | Table)]
                digits = "\n".join(map(_shown, said))
                if digits not in shown:
                    yield from said
                if said:
                    shown.add(digits)
                yield from (part for part in segments if isinstance(part, Content | Gap))

    def _form(self, key: int, found: Property) -> Iterator[Text | Table | Content | Gap]:
        if key == _PLAIN:
            yield Text(self._text(found.kind, found.raw).replace("\r\n", "\n"))
        elif key == _HTML:
            binary = found.kind == _tnefprops.BINARY
            text = _encoding.decode(found.raw, self._codec).text if binary else ""
            yield from _markup.segments(text or self._text(found.kind, found.raw))
        else:
            data, whole = _lzfu.unpacked(found.raw)
            yield from rtf.parts(Content("", data, truncated=not whole), self._limits)

    def files(self) -> Iterator[Content | Gap]:
        """The attachments, whatever they are."""
        around = (self._subject,) if self._subject else ()
        for number, file in enumerate(self._files, 1):
            if number > self._limits.members:
                yield Gap(Reason.TOO_MANY_MEMBERS)
                return
            yield Content(file.name, file.data, path=(f"attachment {number}",), around=around)


def _shown(part: Text | Table) -> str:
    text = part.text if isinstance(part, Text) else "\n".join(map("".join, part.rows))
    return _DIGITS.sub("", text)
