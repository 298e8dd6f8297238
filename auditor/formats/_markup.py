"""HTML to text and tables, tolerant and in linear time.

Blocks and cells are always kept apart; inline tags never are, as a reader sees no gap there.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html import unescape

from auditor.formats import _grid
from auditor.model import Table, Text

_UNSEEN = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|<(?P<raw>script|style)\b(?P<rest>[^<>]*)>(?P<code>.*?)(?:</(?P=raw)[^<>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z][^\s<>/]*")
_CODE = re.compile("<(?:script|style)", re.IGNORECASE)
_TAG = re.compile(r"<(/?[A-Za-z][^<>]*|[!?/][^<>]*)>")
_ATTRIBUTE = re.compile(
    r"""(?<![^\s=<>"'/])([^\s=<>"'/]++)\s*+=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))"""
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAGS = re.compile(r"<[^<>]*>")
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr ruby rb rt rp nobr o:p".split()
)
_CELLS = frozenset(("td", "th", "tr"))
_KEPT = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_SHOWN = ("value", "alt", "placeholder")
"""Attributes a reader sees in their place."""
_LAYOUT = frozenset(
    "class style id width height align valign border cellpadding cellspacing bgcolor color face "
    "size rel type charset http-equiv lang dir target colspan rowspan role method tabindex "
    "xmlns viewbox fill stroke points transform".split()
)
_LONGEST = 4_096
"""Characters of an attribute that are read unless it is a value; data URIs are longer."""


def segments(text: str) -> Iterator[Text | Table]:
    """Running text, then tables, then what a reader does not see."""
    page = _Page()
    page.read(text)
    yield Text("".join(page.out))
    yield from page.tables
    for place, pieces in (
        ("attributes", page.attributes),
        ("comment", page.comments),
        ("script", page.code),
    ):
        if pieces:
            yield Text("\n".join(pieces), place)


class _Page:
    """What has been read of a page."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.tables: list[Table] = []
        self.attributes: list[str] = []
        self.comments: list[str] = []
        self.code: list[str] = []
        self._grids: list[_grid.Grid] = []
        self._kept = 0
        self._count = 0
        self._beyond = 0

    def read(self, text: str) -> None:
        """Read the whole page."""
        if "<!" in text or _CODE.search(text):
            text = _UNSEEN.sub(self._set_aside, text)
        pieces = _TAG.split(text)
        self._text(pieces[0])
        for index in range(1, len(pieces), 2):
            name, rest, ends = _tag(pieces[index])
            self._tag(name, rest, ends=ends)
            if following := pieces[index + 1]:
                self._text(following)
        self._beyond = 0
        while self._grids:
            self._close()

    def _set_aside(self, found: re.Match[str]) -> str:
        """Keep what a reader does not see; what is left in its place."""
        if (cdata := found["cdata"]) is not None:
            return cdata.replace("&", "&amp;").replace("<", "&lt;")
        if (comment := found["comment"]) is not None:
            if plain := unescape(_TAGS.sub("\n", comment)).strip():
                self.comments.append(plain)
            return ""
        if found["code"].strip():
            self.code.append(found["code"])
        self._notes(found["raw"].lower(), _pairs(found["rest"]))
        return " "

    def _put(self, piece: str) -> None:
        if piece == "\n" and not self._grids and self.out and self.out[-1].endswith("\n"):
            return
        if not (self._grids and self._grids[-1].text(piece)):
            self.out.append(piece)

    def _text(self, text: str) -> None:
        if text.isspace() and not self._kept:
            if self._grids and not self._grids[-1].open:
                return
            text = " "
        elif "&" in text:
            text = unescape(text)
        self._put(text if self._kept else _SPACES.sub(" ", text))

    def _tag(self, tag: str, rest: str, *, ends: bool) -> None:
        if self._grids and tag in _CELLS:
            self._cell(tag, rest, ends=ends)
        elif tag == "table":
            self._close() if ends else self._open()
        elif tag in _KEPT:
            self._kept = max(0, self._kept + (-1 if ends else 1))
            self._put("\n")
        elif tag not in _INLINE:
            self._put("\t" if tag in ("td", "th") else "\n" if tag not in ("input", "img") else " ")
        if "=" in rest and not ends:
            pairs = _pairs(rest)
            self._shown(pairs)
            self._notes(tag, pairs)

    def _open(self) -> None:
        self._put("\n")
        if len(self._grids) >= _grid.DEEPEST:
            self._beyond += 1
            return
        if self._grids:
            self._grids[-1].nests = True
        self._grids.append(_grid.Grid(_grid.title_of(self.out)))

    def _close(self) -> None:
        if self._beyond or not self._grids:
            self._beyond = max(0, self._beyond - 1)
            return
        grid = self._grids.pop()
        grid.close_cell()
        if grid.is_table():
            self._count += 1
            self.tables.extend(grid.tables(f"table {self._count}"))
        else:
            self._put(grid.flat())
        self._put("\n")

    def _cell(self, tag: str, rest: str, *, ends: bool) -> None:
        grid = self._grids[-1]
        if ends:
            grid.close_cell()
        elif tag == "tr":
            grid.row()
        else:
            pairs = dict(_pairs(rest)) if "span" in rest.lower() else {}
            grid.cell(_number(pairs.get("colspan")), _number(pairs.get("rowspan")))

    def _shown(self, pairs: list[tuple[str, str]]) -> None:
        for key, value in pairs:
            if key in _SHOWN and value.strip():
                self._put(f" {value} ")

    def _notes(self, tag: str, pairs: list[tuple[str, str]]) -> None:
        name = next((v for k, v in pairs if k in ("name", "property", "itemprop")), "")
        for key, value in pairs:
            noise = key in _LAYOUT or key in _SHOWN or key.startswith(("on", "xmlns"))
            if not noise and value.strip() and len(value) <= _LONGEST:
                label = name if name and key != "name" else f"{tag} {key}"
                self.attributes.append(f"{label}: {value}")


@functools.lru_cache(maxsize=4096)
def _tag(inside: str) -> tuple[str, str, bool]:
    """Name, attributes, and whether it is an end, from what stands between the brackets."""
    ends = inside.startswith("/")
    name = _NAME.match(inside, ends)
    return (name[0].lower(), inside[name.end() :], ends) if name else ("", "", ends)


def _pairs(rest: str) -> list[tuple[str, str]]:
    return [(k.lower(), unescape(a or b or c)) for k, a, b, c in _ATTRIBUTE.findall(rest)]


def _number(text: str | None) -> int:
    return int(text[:4]) if text and text.isascii() and text[:4].isdigit() else 1
