"""What the cells of a workbook show: shared strings, types, and numbers under their formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import repeat

from auditor.formats import _numfmt, _prose
from auditor.formats._shape import Column

_TEXT = re.compile(r"<t\b[^<>]*>([^<]*)</t>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_UNDERSCORED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN = re.compile(r"<si><t(?: [^<>]*)?>([^<]*)</t></si>")
_ITEM = re.compile(r"<si\b[^<>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_TEXTS = frozenset(("inlineStr", "str", "d"))
_AS_IS = frozenset(("b", "e"))
_NUMBERS = frozenset(("", "n"))
_CODE_POINT = re.compile(r"&#([0-9]{2,7});")
_MARK = "\1"
LONGEST = 32_767
"""Characters that a cell holds in Excel. A longer string is a trap when many cells refer to it: the
first of them shows it."""


class _Characters(dict[str, str]):
    """Characters by their numbers; what is none, or means something in XML, stays as written."""

    def __missing__(self, code: str) -> str:
        """A number that was not met yet."""
        if not 0xA0 <= int(code) < 0xD800:
            return f"&#{code};"
        self[code] = chr(int(code))
        return self[code]


_CHARACTERS = _Characters()


def text_of(rich: str) -> str:
    """The text of a string item: its runs without the reading aid."""
    if "<rPh" in rich:
        rich = _PHONETIC.sub("", rich)
    return plain("".join(_TEXT.findall(rich)))


def plain(text: str) -> str:
    """Text as a person sees it, from text as XML has it."""
    if "&#" in text:  # some writers do not trust their readers with anything but ASCII
        parts = _CODE_POINT.split(text)
        parts[1::2] = [_CHARACTERS[code] for code in parts[1::2]]
        text = "".join(parts)
    if "&" in text:
        text = unescape(text)
    if "_x" in text:
        text = _UNDERSCORED.sub(lambda found: chr(int(found[1], 16)), text)
    return text


def _plain_all(texts: Sequence[str]) -> Sequence[str]:
    """Many texts at once, between marks that XML cannot hold."""
    whole = _MARK.join(texts)
    if "&" not in whole and "_x" not in whole:
        return texts
    found = plain(whole).split(_MARK)
    return found if len(found) == len(texts) else list(map(plain, texts))


def _number(value: str) -> str:
    return value if value.isdigit() or not value else _numfmt.plain(value.strip())


@dataclass(slots=True)
class Book:
    """What cells refer to."""

    renderers: Sequence[_numfmt.Renderer | None] = ()
    """How numbers look, by style index."""
    strings: list[str] = field(default_factory=list, repr=False)
    used: bytearray = field(default_factory=bytearray, repr=False)
    """Which strings a cell shows."""
    overlong: bool = False
    """Whether a string is longer than a cell can be."""
    aids: list[str] = field(default_factory=list, repr=False)
    """Reading aids (furigana) that say more than how a name is read."""

    def items(self, block: str) -> None:
        """More shared strings, from the XML of whole items."""
        found = _PLAIN.findall(block)
        if len(found) != block.count("<si"):
            items = _ITEM.findall(block)
            found = [text_of(item) for item in items]
            aids = (_PHONETIC.findall(item) for item in items if "<rPh" in item)
            told = ("".join(map(plain, _TEXT.findall("".join(aid)))) for aid in aids)
            self.aids.extend(filter(_prose.counts, told))
        else:
            found = [*_plain_all(found)]
        self.strings.extend(found)
        self.overlong = self.overlong or (
            len(block) > LONGEST and max(map(len, found), default=0) > LONGEST
        )
        self.used.extend(bytes(len(found)))

    def unused(self) -> Iterator[str]:
        """Strings that no cell shows any more and that may hold a number or words."""
        for text, used in zip(self.strings, self.used, strict=True):
            if not used and _prose.worth(text):
                yield text

    def shown(self, style: str, kind: str, value: str, inline: str) -> str:
        """What one cell shows."""
        if kind == "s":
            at = int(value) if value.isdigit() and len(value) < 10 else -1
            if not 0 <= at < len(self.strings):
                return ""
            if self.overlong and self.used[at] and len(self.strings[at]) > LONGEST:
                return ""
            self.used[at] = 1
            return self.strings[at]
        if inline or kind in _TEXTS:
            return plain(inline or value)
        if kind in _AS_IS or not value:
            return value
        renderer = self.renderers[int(style or 0)] if self._styled(style) else None
        return renderer(_number(value)) if renderer else _number(value)

    def _styled(self, style: str) -> bool:
        return int(style or 0) < len(self.renderers)

    def column(self, column: Column) -> Sequence[str]:
        """What the cells of one column show; most have one type and no format of their own."""
        kinds, styles = set(column.kinds), set(column.styles)
        inside = any(column.inline)
        values = column.inline if inside else column.values
        one = len(kinds) == 1 and not (inside and any(column.values))
        kind = next(iter(kinds))
        if one and kind == "s" and (texts := self._strings(values)):
            return texts
        if one and kind in _TEXTS:
            return _plain_all(values)
        if one and kind in _NUMBERS and not inside and not self._rendered(styles):
            return values if "".join(values).isdigit() else list(map(_number, values))
        every = (column.styles, column.kinds, column.values, column.inline)
        filled = (part if len(part) > 1 else repeat(part[0], len(values)) for part in every)
        return [self.shown(*cell) for cell in zip(*filled, strict=True)]

    def _rendered(self, styles: set[str]) -> bool:
        """Whether numbers of one of the styles look otherwise than they are stored."""
        return any(self._styled(s) and self.renderers[int(s or 0)] for s in styles)

    def _strings(self, values: Sequence[str]) -> list[str]:
        """Shared strings by their index; nothing when they have to be looked up one by one."""
        strings, used = self.strings, self.used
        if self.overlong:
            return []
        try:
            places = list(map(int, values))
            if min(places) < 0:
                return []
            texts = [strings[place] for place in places]
        except (ValueError, IndexError):
            return []
        for place in places:
            used[place] = 1
        return texts
