"""A mail as headers and leaves: split in linear time, however deep or wide somebody nested it.

The standard library reads the headers and undoes the transfer encodings; its own parser of bodies
recurses, and so is not used.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value
from typing import NamedTuple

from auditor.formats import _encoding

_PARSER = BytesHeaderParser(policy=policy.compat32)
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r|\A\r?\n")
_NO_FIELD = re.compile(rb"^(?!From |[!-9;-~]*:)[^\t \r\n]", re.MULTILINE)
"""A line that begins no field and goes on with none."""
_HEADERS = 1 << 20
"""Bytes of headers that are read."""
_DEPTH = 100
"""Multiparts inside multiparts."""
_SOME_DIGITS = re.compile(rb"(?:\d\D{0,3}){9}")
MACHINE = re.compile(
    r"(?:received|date|message-id|references|in-reply-to|mime-version|content-.*|dkim-.*|arc-.*|"
    r"authentication-results.*|return-path|thread-.*|resent-.*|list-.*|"
    r"x-(?:ms-|microsoft-|forefront-|originating|exchange-|google-|gm-|received|spam|mailer).*)",
    re.IGNORECASE,
)
"""Fields that machines fill: full of digits that are nobody's."""
_BEGIN = re.compile(r"(?m)^begin [0-7]{3,4} ([^\r\n]{1,300})\r?\n")
_LINE = re.compile(r"([^\r\n]*)(?:\r?\n|\Z)")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part without parts."""

    headers: Message = field(repr=False)
    body: bytes = field(repr=False)
    """As transferred."""
    inside: tuple[str, ...]
    """Types of the multiparts it lies in, outermost first."""
    group: int = 0
    """Number of the multipart it lies in."""

    @property
    def data(self) -> bytes:
        """The body with its transfer encoding undone; damaged Base64 as far as it goes."""
        told = str(self.headers.get("content-transfer-encoding", ""))
        encoding = told.partition(";")[0].strip().lower()
        if encoding not in ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"):
            return self.body
        shell = Message(policy=policy.compat32)
        shell["Content-Transfer-Encoding"] = encoding
        shell.set_payload(self.body.decode("latin-1"))
        decoded = shell.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else self.body

    @property
    def type(self) -> str:
        """Media type, lower case; ``text/plain`` when none is given."""
        return self.headers.get_content_type()

    @property
    def charset(self) -> str:
        """The declared encoding, or ""."""
        return _parameter(self.headers, "charset", "content-type")

    @property
    def name(self) -> str:
        """The file name, however it is encoded; "" without one."""
        for key, header in (("filename", "content-disposition"), ("name", "content-type")):
            if name := _parameter(self.headers, key, header):
                return text_of(name)
        return ""


def split(data: bytes) -> tuple[Message, bytes]:
    """Headers and body; also of a mail whose blank line is missing."""
    found = _BLANK.search(data, 0, _HEADERS)
    if found and found.start() == 0 and data[:1] in b"\r\n":
        return Message(policy=policy.compat32), data[found.end() :]
    head, body = (data[: found.start()], data[found.end() :]) if found else (data[:_HEADERS], b"")
    if stray := _NO_FIELD.search(head):  # there the parser stops, too
        head, body = head[: stray.start()], head[stray.start() :] + b"\n" + body
    return _PARSER.parsebytes(head + b"\n"), body


def leaves(headers: Message, body: bytes) -> Iterator[Leaf | None]:
    """The parts without parts, in order; None once when some lie too deep."""
    stack: list[Iterator[_Node]] = [iter([_Node(headers, body, (), 0)])]
    groups = 0
    too_deep = False
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        boundary = _parameter(node.headers, "boundary", "content-type")
        if node.headers.get_content_maintype() != "multipart" or not boundary:
            yield Leaf(node.headers, node.body, node.inside, node.group)
        elif len(node.inside) >= _DEPTH:
            too_deep = True
            yield Leaf(Message(policy=policy.compat32), node.body, node.inside, node.group)
        else:
            groups += 1
            stack.append(_children(node, boundary, groups))
    if too_deep:
        yield None


class _Node(NamedTuple):
    headers: Message
    body: bytes
    inside: tuple[str, ...]
    group: int


def _children(node: _Node, boundary: str, group: int) -> Iterator[_Node]:
    inside = (*node.inside, node.headers.get_content_type())
    for piece in _pieces(node.body, boundary):
        yield _Node(*split(piece), inside, group)


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    """The parts between boundaries; a text before the first one counts when it says something."""
    mark = re.escape(boundary.encode("latin-1", "replace").rstrip())
    cuts = re.split(rb"(?:\A|\r?\n|\r)--" + mark + rb"(--)?[ \t]*(?=\r|\n|\Z)", body)
    pieces: list[bytes] = []
    ended = False
    for index in range(2, len(cuts), 2):
        ended = ended or cuts[index - 1] is not None
        piece = cuts[index][1:] if cuts[index][:1] == b"\n" else cuts[index].removeprefix(b"\r\n")
        if ended:
            piece = b"\n" + piece if piece.strip() else b""  # words after the last boundary
        if piece:
            pieces.append(piece)
    before = cuts[0]
    if before.strip() and (not pieces or not before.isascii() or _SOME_DIGITS.search(before)):
        pieces.insert(0, b"\n" + before)
    return pieces


def unpacked(text: str) -> Iterator[tuple[str, bytes]]:
    """``(name, bytes)`` of the files that a text holds as uuencode writes them."""
    for found in _BEGIN.finditer(text):
        pieces: list[bytes] = []
        for line in _LINE.finditer(text, found.end()):
            if line[1] == "end":
                break
            try:
                pieces.append(binascii.a2b_uu(line[1]))
            except (binascii.Error, ValueError):
                break
        if data := b"".join(pieces):
            yield found[1], data


def _parameter(headers: Message, key: str, header: str) -> str:
    try:
        value = headers.get_param(key, "", header)
        return collapse_rfc2231_value(value).strip() if value else ""
    except (UnicodeError, ValueError, TypeError, LookupError, IndexError):
        return ""


def field_of(headers: Message, name: str) -> str:
    """A header's text; "" when there is none."""
    return next((text for key, text in fields(headers) if key.lower() == name), "")


def fields(headers: Message) -> Iterator[tuple[str, str]]:
    """Names and texts of the headers, in order."""
    return ((key, text_of(value)) for key, value in headers.raw_items())


def text_of(value: str) -> str:
    """A header's text: encoded words, raw bytes in any Japanese encoding, or both."""
    plain = _raw(value).replace("\r", "").replace("\n", "")
    if "=?" not in plain:
        return plain
    try:
        words = decode_header(_BETWEEN.sub(r"\1 \2", plain))
    except (MessageError, ValueError, LookupError):
        return plain
    pieces: list[str] = []
    run, charset = b"", ""
    for word, told in words:
        raw = word if isinstance(word, bytes) else word.encode("utf-8", "replace")
        if run and (told or "") != charset:
            pieces.append(_encoding.decode(run, charset).text)
            run = b""
        run, charset = run + raw, told or ""
    pieces.append(_encoding.decode(run, charset).text)
    return "".join(pieces)


def _raw(text: str) -> str:
    """Bytes that the parser kept as surrogates, decoded by what they look like."""
    if text.isascii() and "\x1b" not in text:
        return text
    try:
        return _encoding.decode(text.encode("ascii", "surrogateescape")).text
    except UnicodeEncodeError:
        return text
