"""Streaming XML that never gives up: expat first, a tolerant tokenizer after the first fault.

Nothing is ever expanded or fetched: entity declarations are read as text, references to them stay
references. There is no tree, so depth and size cost nothing but time.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Protocol
from xml.parsers import expat

from auditor.formats import _encoding

_STEP = 1 << 16
_BLOCK = 16 << 20
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]{0,300}\?>")
_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|<(?P<end>/?)(?P<name>[^\s<>/!?\"'=]++)(?P<rest>[^<>]*+)>"
    r"|<[!?][^<>]*+>",
    re.DOTALL,
)
"""Nothing is tried twice: of what is no XML a name may be half a megabyte long."""
_ATTRIBUTE = re.compile(
    r"""(?<![^\s=<>"'/])([^\s=<>"'/]++)\s*+=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))"""
)


class Handler(Protocol):
    """Who is told what stands in the document; names come without their prefix.

    One whose ``AS_WRITTEN`` is true may get attributes as they stand, and asks :func:`plain` for
    those it needs: most of an Office document's say nothing.
    """

    line: int
    """The line of the source that is being told, from 1; 0 from the beginning: it is not asked."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, tag: str) -> None:
        """An element ends."""
        ...

    def data(self, text: str) -> None:
        """Character data, perhaps only a piece."""
        ...

    def aside(self, text: str) -> None:
        """A comment, processing instruction or entity declaration."""
        ...


def text_of(data: bytes, *, cut: bool = False) -> tuple[str, bool]:
    """The document as text by its declaration or by its looks, and whether that is sure."""
    declared = _DECLARED.search(data[:400])
    found = _encoding.decode(data, declared[1].decode("ascii") if declared else "", cut=cut)
    return _DECLARATION.sub("", found.text.removeprefix("\ufeff"), count=1), found.sure


def pieces(text: str) -> Iterator[str]:
    """``text`` cut for :func:`feed`."""
    return (text[i : i + _STEP] for i in range(0, len(text), _STEP))


def feed(source: Iterable[str], handler: Handler) -> Iterator[str]:
    """Tell ``handler`` the document in ``source``; yields "" after every piece.

    A fault of the document is yielded as a word once; the rest is then read tolerantly.
    """
    parser = _parser(handler)
    loose: Loose | None = None
    told = before = b""
    at = 0
    for piece in source:
        if loose:
            loose.feed(piece)
            yield ""
            continue
        before, told = told, piece.encode("utf-8", "replace")
        try:
            parser.Parse(told, False)
        except expat.ExpatError:
            loose = Loose(handler)
            rest = (before + told)[max(0, parser.ErrorByteIndex - at + len(before)) :]
            loose.feed(rest.decode("utf-8", "replace"))
            yield "not well-formed"
        at += len(told)
        yield ""
    if loose:
        loose.close()
        yield ""
        return
    try:
        parser.Parse(b"", True)
    except expat.ExpatError:
        yield "not well-formed"


def _parser(handler: Handler) -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8")
    # Text is not buffered: at a fault the buffer would be lost.
    parser.UseForeignDTD(True)

    begin, end, said = handler.start, handler.end, handler.data
    counted = handler.line > 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        if counted:
            handler.line = parser.CurrentLineNumber
        begin(_local(tag), plain(attributes) if attributes else attributes)

    def start_as_written(tag: str, attributes: dict[str, str]) -> None:
        begin(_local(tag), attributes)

    def text(data: str) -> None:
        handler.line = parser.CurrentLineNumber
        said(data)

    def entity(name: str, _is_parameter: object, value: str | None, *_where: object) -> None:
        if value:
            handler.aside(f"{name}: {value}")

    def other(data: str) -> None:  # a default handler that does not expand keeps references
        if data.startswith("&"):
            handler.data(unescape(data))

    as_written = getattr(handler, "AS_WRITTEN", False) and not counted
    parser.StartElementHandler = start_as_written if as_written else start
    parser.EndElementHandler = lambda tag: end(_local(tag))
    parser.CharacterDataHandler = text if counted else said
    parser.CommentHandler = handler.aside
    parser.ProcessingInstructionHandler = lambda _target, data: handler.aside(data)
    parser.EntityDeclHandler = entity
    parser.DefaultHandler = other
    return parser


@functools.lru_cache(maxsize=4096)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def plain(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by their names without prefix, and without name spaces."""
    return {_local(key): value for key, value in attributes.items() if key[:5] != "xmlns"}


class Loose:
    """Tells what looks like markup, in linear time, whatever the document does."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._pieces: list[str] = []
        self._size = 0

    def feed(self, piece: str) -> None:
        """Take a piece; blocks are told when they are long enough."""
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > _BLOCK:
            self.close()

    def close(self) -> None:
        """Tell what was taken."""
        block = "".join(self._pieces)
        self._pieces, self._size = [], 0
        position = 0
        for token in _TOKEN.finditer(block):
            self._text(block[position : token.start()])
            position = token.end()
            if (comment := token["comment"]) is not None:
                self._handler.aside(comment)
            elif (cdata := token["cdata"]) is not None:
                self._handler.data(cdata)
            elif token["name"]:
                self._tag(_local(token["name"]), token["rest"], ends=bool(token["end"]))
        self._text(block[position:])

    def _text(self, text: str) -> None:
        if text:
            self._handler.data(unescape(text))
            if self._handler.line:
                self._handler.line += text.count("\n")

    def _tag(self, tag: str, rest: str, *, ends: bool) -> None:
        if ends:
            self._handler.end(tag)
            return
        found = _ATTRIBUTE.findall(rest)
        self._handler.start(tag, plain({k: unescape(a or b or c) for k, a, b, c in found}))
        if rest.endswith("/"):
            self._handler.end(tag)
