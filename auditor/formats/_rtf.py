"""Rich text taken apart: groups, destinations, code pages; used for files and for bodies of mails.

Groups are kept in a list, not in calls, so that no depth of them matters. Whatever is no paragraph
(unknown destinations, styles, names) is kept aside and searched for digits.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from auditor.formats import _propset, _strings
from auditor.formats import _rtfwords as words
from auditor.formats._rtfstate import Blob, State
from auditor.formats._rtfwords import Kind
from auditor.formats._story import DELETED, HIDDEN, INSERTED, Story
from auditor.model import Table, Text, Visibility

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|((?:\\'[0-9A-Fa-f]{2})+)|\\([^A-Za-z])|([{}])"
    rb"|([^\\{}]+)|\\",
    re.DOTALL,
)
_CHANGES = {"deleted": DELETED, "revised": INSERTED, "v": HIDDEN}
_LINE_ENDS = b"\r\n\0"


class Reader:
    """Walks through a file once."""

    def __init__(self, data: bytes) -> None:
        """``data``: the file from its first brace on."""
        self._data = data
        self.blobs: list[Blob] = []
        self.html: list[str] | None = None
        """The page that a mail program packed into rich text."""
        self.closed = False
        """Whether every group ended."""
        self._ansi = ""
        self._fonts: dict[int, str] = {}
        self._default = -1
        self._stories: dict[str, Story] = {"": Story()}
        self._loose: list[str] = []
        self._info: list[str] = []
        self._state = State()
        self._stack: list[State] = []
        self._bytes = bytearray()
        """8-bit text whose last character may not be complete yet."""
        self._half = ""
        """The first half of a character beyond the first 65,536."""
        self._skip = 0
        """Bytes that stand in for a Unicode character, for readers that know none."""
        self._fresh = False
        """Whether a group has just begun: only there a word can be a destination."""

    def read(self) -> Iterator[Text | Table]:
        """All text; blobs and HTML are there afterwards."""
        at = 0
        while found := _TOKEN.match(self._data, at):
            word, argument, code, symbol, brace, plain = found.groups()
            at = found.end()
            if word is not None:
                at = self._word(word.decode("ascii"), argument, at)
            elif brace is not None:
                self._brace(opens=brace == b"{")
            else:
                self._characters(plain, code, symbol)
            self._fresh = brace == b"{" or (self._fresh and symbol == b"*")
        self._flush()
        self.closed = not self._stack
        while self._stack:
            self._brace(opens=False)
        for story in self._stories.values():
            yield from story.close()
        if self._info:
            yield Text("\n".join(self._info), "properties", visibility=Visibility.METADATA)
        if found_digits := _strings.numeric("\n".join(self._loose).encode("utf-16-le", "replace")):
            yield Text("\n".join(found_digits), "other")

    def _brace(self, *, opens: bool) -> None:
        self._flush()
        self._skip = 0
        if opens:
            self._stack.append(self._state)
            self._state = replace(self._state, starred=False)
            return
        if not self._stack:
            return
        inner, self._state = self._state, self._stack.pop()
        if inner.buffer is not self._state.buffer:
            self._settle(inner, "".join(inner.buffer).strip())
        if inner.place != self._state.place:
            self._story(inner.place).paragraph()

    def _settle(self, inner: State, text: str) -> None:
        """A destination ends whose text is no paragraph."""
        if not text:
            return
        if inner.kind is Kind.FIELD:
            self._story(inner.place).aside("field", text)
        elif inner.kind is Kind.INFO:
            self._info.append(text)
        elif inner.kind is Kind.HTML and self.html is not None:
            self.html.append(text)
        else:
            self._loose.append(text)

    def _story(self, place: str) -> Story:
        return self._stories.setdefault(place, Story(place))

    def _characters(self, plain: bytes | None, code: bytes | None, symbol: bytes | None) -> None:
        if plain is not None:
            self._plain(plain)
        elif code is not None:
            self._raw(binascii.unhexlify(code.replace(b"\\'", b"")))
        elif symbol is not None:
            self._symbol(symbol)

    def _plain(self, raw: bytes) -> None:
        if self._state.kind is Kind.BLOB:
            if self._state.blob:
                self._state.blob.digits.append(raw)
            return
        self._raw(raw.translate(None, _LINE_ENDS))

    def _raw(self, raw: bytes) -> None:
        """8-bit text; what stands in for a Unicode character is passed over."""
        if self._skip:
            gone = min(self._skip, len(raw))
            self._skip -= gone
            raw = raw[gone:]
        self._bytes += raw

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._state.starred = self._fresh
        elif symbol in b"\\{}":
            self._raw(symbol)
        elif symbol in b"\r\n":
            self._word("par", None, 0)
        elif symbol in words.SYMBOLS:
            self._flush()
            self._say(words.SYMBOLS[symbol])

    def _flush(self) -> None:
        """Decode what is complete now."""
        if not self._bytes:
            return
        raw = bytes(self._bytes)
        self._bytes.clear()
        if raw.isascii():
            self._say(raw.decode("ascii"))
            return
        codec = self._fonts.get(self._state.font, self._ansi)
        if codec in ("", "cp1252") and self._ansi == "cp932":
            codec = self._ansi  # fonts of Japanese files often state the Western character set
        try:
            self._say(raw.decode(codec) if codec else _strings.guessed(raw))
        except UnicodeDecodeError:
            self._say(_strings.guessed(raw))

    def _say(self, text: str) -> None:
        state = self._state
        if state.kind is not Kind.TEXT:
            if state.kind is not Kind.SKIP:
                state.buffer.append(text)
        elif self.html is not None:
            if not state.markup:
                self.html.append(escape(text))
        else:
            self._story(state.place).say(text, state.change)

    def _word(self, word: str, argument: bytes | None, at: int) -> int:
        """One control word; where reading goes on."""
        number = int(argument) if argument else None
        if word == "u":
            self._unicode(number or 0)
            return at
        self._flush()
        if word == "bin":
            end = at + max(0, number or 0)
            if self._state.blob:
                self._state.blob.raw += self._data[at:end]
            return min(end, len(self._data))
        starred, self._state.starred = self._state.starred, False
        if not self._destination(word, starred=starred):
            self._format(word, number)
        return at

    def _unicode(self, number: int) -> None:
        self._flush()
        char = chr(number & 0xFFFF)
        self._skip = self._state.unicode_skip
        if "\ud800" <= char <= "\udbff":
            self._half = char
            return
        if "\udc00" <= char <= "\udfff":
            pair = (self._half + char).encode("utf-16-le", "surrogatepass")
            char = pair.decode("utf-16-le", "replace")
        self._half = ""
        self._say(char)

    def _destination(self, word: str, *, starred: bool) -> bool:
        """Begin a destination, if the word is one."""
        state = self._state
        if not self._fresh and words.KINDS.get(word) is not Kind.BLOB:
            return False
        if state.kind is Kind.SKIP:
            state.kind = state.held if word == "ud" else Kind.SKIP
        elif word in words.PASSED:
            pass
        elif word in words.PLACES:
            state.place, state.in_table, state.kind = words.PLACES[word], False, Kind.TEXT
        elif (kind := words.KINDS.get(word, Kind.OTHER if starred else None)) is not None:
            state.kind, state.held = kind, state.kind
            # In a list of properties the word says which one it is.
            named = kind is Kind.INFO and word not in ("info", "userprops")
            state.buffer = [f"{word}: "] if named else []
            state.blob = None
            if kind is Kind.BLOB:
                state.blob = Blob(word)
                self.blobs.append(state.blob)
        else:
            return False
        return True

    def _format(self, word: str, number: int | None) -> None:
        """A word that says something of the text, or is a character."""
        state = self._state
        if word in words.CHARACTERS:
            self._say(words.CHARACTERS[word])
        elif word in words.ENDS:
            self._paragraph()
        elif word in ("cell", "row"):
            self._cell(word)
        elif word == "f":
            state.font = state.describes = -1 if number is None else number
        elif word == "plain":
            state.font, state.change = self._default, 0
        elif flag := _CHANGES.get(word):
            state.change = state.change & ~flag if number == 0 else state.change | flag
        elif word == "uc":
            state.unicode_skip = max(0, number or 0)
        elif word in ("pard", "intbl"):
            state.in_table = word == "intbl"
        elif word == "htmlrtf":
            state.markup = number != 0
        else:
            self._setting(word, number)

    def _setting(self, word: str, number: int | None) -> None:
        """A word that says something of the file, of a font, or of a picture."""
        state = self._state
        if word == "ansicpg":
            self._ansi = _propset.codepage(number or 0) or self._ansi
        elif word in words.CODE_PAGES:
            self._ansi = self._ansi or _propset.codepage(words.CODE_PAGES[word])
        elif word == "deff":
            self._default = state.font = -1 if number is None else number
        elif word in ("fcharset", "cpg") and state.kind is Kind.FONTS:
            page = words.CHARSETS.get(number or 0, 0) if word == "fcharset" else number or 0
            if page and (codec := _propset.codepage(page)):
                self._fonts[state.describes] = codec
        elif word == "fromhtml" and self.html is None:
            self.html = []
        elif word in words.PICTURES and state.blob:
            state.blob.format = words.PICTURES[word]
        elif word in ("propname", "staticval") and state.kind is Kind.INFO:
            state.buffer.append("\n" if word == "propname" else ": ")

    def _paragraph(self) -> None:
        state = self._state
        if state.kind is not Kind.TEXT or self.html is not None or state.in_table:
            self._say("\n")
        else:
            self._story(state.place).paragraph()

    def _cell(self, word: str) -> None:
        state = self._state
        if state.kind is not Kind.TEXT or self.html is not None:
            self._say("\t" if word == "cell" else "\n")
        elif word == "cell":
            self._story(state.place).cell()
        else:
            self._story(state.place).row()
