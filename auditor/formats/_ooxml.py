"""An Office package: every part of it is read, not only what a document model names.

Parts that a format knows are read with their structure; all others generically: text, and the
attributes that may hold words or numbers. Embedded files and pictures are members.
"""

from __future__ import annotations

import codecs
import itertools
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from auditor.formats import _base64, _lines, _prose, _visibility, _xml, _zip
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text, Visibility

_XML = (".xml", ".rels", ".vml")
_SILENT = re.compile(
    r"^docprops/thumbnail\.|(?:^|/)printersettings\d*\.bin$|\.(?:odttf|fntdata|ttf)$", re.IGNORECASE
)
"""A preview of what is read anyway, printer drivers' settings, fonts."""
_PLACES = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r".*\.rels$", "links"),
        (r"(?:word|xl|ppt)/.*(?:commentauthors|persons?/|people)", "people"),
        (r"(?:word|xl|ppt)/.*comment", "comment"),
        (r"word/header", "header"),
        (r"word/footer", "footer"),
        (r"word/footnotes", "footnote"),
        (r"word/endnotes", "endnote"),
        (r"word/glossary/", "building blocks"),
        (r"docProps/", "properties"),
        (r"docMetadata/", "sensitivity label"),
        (r"customXml/", "custom XML"),
        (r"customUI/", "ribbon"),
        (r"_xmlsignatures/", "signature"),
        (r"(?:word|xl|ppt)/webextensions/", "add-in"),
        (r"(?:word|xl|ppt)/diagrams/", "diagram"),
        (r"(?:word|xl|ppt)/charts/", "chart"),
        (r"(?:word|xl|ppt)/(?:settings|presProps|viewProps)", "settings"),
        (r"(?:word|xl|ppt)/(?:styles|theme|numbering|fontTable)", "styles"),
        (r"xl/workbook\.", "workbook"),
        (r"xl/drawings/", "drawing"),
        (r"xl/(?:ctrlProps|activeX)/", "form control"),
        (r"xl/pivotcache/", "pivot cache"),
        (r"xl/pivottables/", "pivot table"),
        (r"xl/externallinks/", "external link"),
        (r"xl/(?:connections|querytables/)", "data connection"),
        (r"xl/tables/", "table"),
        (r"xl/slicer", "slicer"),
        (r"xl/revisions/", "earlier versions"),
        (r"ppt/presentation\.", "presentation"),
        (r"ppt/slides/slide(\d+)\.xml", "slide {}"),
        (r"ppt/notesslides/notesslide(\d+)\.xml", "notes {}"),
        (r"ppt/(?:slideLayouts|slideMasters|notesMasters|handoutMasters)/", "layout"),
        (r"ppt/tags/", "tags"),
    )
)
_MAINS = {
    "word": re.compile(r"(?:wordprocessingml|ms-word)[^\"']*main\+xml"),
    "xl": re.compile(r"(?:spreadsheetml|ms-excel)[^\"']*main\+xml"),
    "ppt": re.compile(r"(?:presentationml|ms-powerpoint)[^\"']*main\+xml"),
    "visio": re.compile(r"ms-visio[^\"']*main\+xml"),
}
_LABELLED = re.compile(r"docProps/|customXml/", re.IGNORECASE)
_UNSEEN = (
    (re.compile(r"docProps/|customXml/|docMetadata/", re.IGNORECASE), Visibility.METADATA),
    (re.compile(r"xl/revisions/", re.IGNORECASE), Visibility.TRACKED),
)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FILLED = re.compile(
    rb"<(?:\w+:)?(?:%s)\b[^<>]*>" % "|".join(sorted(_prose.MACHINE)).encode()
    + rb"|\"\{[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}\""
)
"""What programs fill: fonts and identifiers."""
_SAID = re.compile(rb">\s*+[^<\s]|<[!?](?!xml\b)")
"""Text or an aside."""
_COUNTS = re.compile(rb"&#|=\s*+'|\"(?:[^\"0-9]*+[0-9]){%d}" % _prose.NUMBERS)
"""An attribute that may hold a number."""
_BEGINNING = 4 << 10
"""Bytes of a part in which its first element says what it is."""
_WHOLE = 64 << 20
"""Bytes of a part that are held at once: only embedded files and lists of relations are."""


class Reader(_xml.Handler, Protocol):
    """Who is told a part and makes segments of it."""

    def ready(self) -> Iterator[Text | Table]:
        """What is ready to be handed over before the end."""
        ...

    def close(self) -> Iterator[Text | Table]:
        """The rest."""
        ...


class Package:
    """The parts of one package, by name without regard to case."""

    def __init__(self, content: Content, limits: Limits) -> None:
        """Open it; raises BadZipFile and its kin."""
        self.archive = _zip.Archive(content.data, limits, content.source)
        self.limits = limits
        self.parts: dict[str, zipfile.ZipInfo] = {}
        for info in self.archive.file.infolist()[: limits.members]:
            if not info.filename.endswith("/"):
                self.parts.setdefault(self._key(info.filename), info)
        self.more = len(self.archive.file.infolist()) > limits.members
        self.done: set[str] = set()
        self.files = _base64.Files(limits)
        """Files that parts of others hold as Base64."""

    @staticmethod
    def _key(name: str) -> str:
        return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return self._key(name) in self.parts

    def chunks(self, name: str) -> Iterator[bytes | Gap]:
        """The part's bytes in pieces; it counts as read from now on."""
        key = self._key(name)
        self.done.add(key)
        for piece in self.archive.chunks(self.parts[key]):
            yield replace(piece, part=self.parts[key].filename) if isinstance(piece, Gap) else piece

    def looked_through(self, name: str) -> None:
        """Count a part as read that was looked through by other means."""
        self.done.add(self._key(name))

    def peek(self, name: str) -> bytes:
        """A small part as it is, without counting it as read; b"" when it is not there."""
        key = self._key(name)
        return self.archive.read(self.parts[key], _WHOLE)[0] if key in self.parts else b""

    def begin(self, name: str) -> bytes:
        """The beginning of a part, without counting it as read; b"" when it is not there."""
        key = self._key(name)
        return self.archive.read(self.parts[key], _BEGINNING)[0] if key in self.parts else b""

    def main(self, usual: str) -> str:
        """The part that the package says it is about."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self.parts:
                return target
        return usual

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Id → (kind, part) of what a part refers to inside the package."""
        folder, base = posixpath.split(self._key(name) if name else "")
        key = posixpath.join(folder, "_rels", base + ".rels")
        found: dict[str, tuple[str, str]] = {}
        for match in _RELATION.finditer(self.peek(key)):
            pairs = _ATTRIBUTE.findall(match[1].decode("utf-8", "replace"))
            told = {k.lower(): a or b for k, a, b in pairs}
            if told.get("targetmode", "").lower() != "external":
                target = self._key(posixpath.join("/" + folder, told.get("target", "")))
                kind = told.get("type", "").rpartition("/")[2]
                found.setdefault(told.get("id", ""), (kind, target))
        return found

    def read(
        self, name: str, place: str | None = None, handler: Reader | None = None
    ) -> Iterator[Text | Table | Gap]:
        """A part as prose or, where tags are the author's own, as labelled lines."""
        info = self.parts[self._key(name)]
        chunks = self.chunks(name)
        gaps: list[Gap] = []
        if not handler:
            where = place_of(info.filename) if place is None else place
            if _LABELLED.match(info.filename) and not name.endswith(".rels"):
                handler = _lines.Lines(where, files=self.files)
            elif (telling := _telling(chunks)) is not None:
                handler, chunks = _prose.Prose(where), telling
            else:
                return
        seen = (how for pattern, how in _UNSEEN if pattern.match(info.filename))
        visibility = next(seen, Visibility.VISIBLE)
        for word in _xml.feed(texts(chunks, gaps), handler):
            yield from _visibility.marked(handler.ready(), visibility)
            if word and not gaps:
                gaps.append(Gap(Reason.MALFORMED, part=info.filename, detail=word))
        yield from _visibility.marked(handler.close(), visibility)
        yield from gaps

    def rest(self) -> Iterator[Text | Table | Content | Gap]:
        """Every part that nobody has read, members last."""
        waiting = [key for key in self.parts if key not in self.done]
        for key in waiting:
            if key.endswith(_XML) or key == "[content_types].xml":
                yield from self.read(key)
        for key in waiting:
            if key not in self.done and not _SILENT.search(key):
                yield from self.member(key)
        yield from self.files.parts()
        if self.more:
            yield Gap(Reason.TOO_MANY_MEMBERS)

    def member(self, key: str) -> Iterator[Content | Gap]:
        """A part that is a file of its own: picture, embedded document, program."""
        info = self.parts[key]
        data, more, gap = self.archive.read(info, min(self.limits.bytes, _WHOLE * 2))
        name = posixpath.basename(info.filename)
        if data:
            total = info.file_size if more else None
            yield Content(name, data, path=(name,), truncated=more, total=total)
        if gap:
            yield replace(gap, part=name)


def claim(look: Look, kind: str, suffixes: tuple[str, ...], media: tuple[str, ...]) -> int:
    """By what the package says of its parts, or by where they lie.

    ``kind`` is ``word``, ``xl``, ``ppt`` or ``visio``. Of a cut-off package only the name can tell.
    """
    if look.cut:
        cut = look.head.startswith(b"PK") and look.named(suffixes, media)
        return SNIFFED + 5 if cut else 0
    if _MAINS[kind].search(look.types):
        return CERTAIN
    inside = (name for name in look.members if name.startswith(f"{kind}/"))
    typed = "[content_types].xml" in look.members
    return CERTAIN - 10 if typed and any(name.endswith(".xml") for name in inside) else 0


def _telling(chunks: Iterator[bytes | Gap]) -> Iterator[bytes | Gap] | None:
    """The same chunks; None for a small part without words and numbers.

    Such are most themes, styles, settings and links, which are half of what Office writes.
    """
    begun = [*itertools.islice(chunks, 2)]
    if len(begun) == 1 and isinstance(begun[0], bytes) and _is_mute(begun[0]):
        return None
    return itertools.chain(begun, chunks)


def _is_mute(xml: bytes) -> bool:
    if _SAID.search(xml) or not xml.rstrip().endswith(b">"):  # what is cut off has to be told
        return False
    bare = _FILLED.sub(b"", xml.removeprefix(codecs.BOM_UTF8))
    return bare.isascii() and not _COUNTS.search(bare)


def place_of(part: str) -> str:
    """Where a part stands, in a person's words; its own name when there are none."""
    for pattern, words in _PLACES:
        if found := pattern.match(part):
            return words.format(*found.groups())
    return part


def texts(chunks: Iterator[bytes | Gap], gaps: list[Gap]) -> Iterator[str]:
    """The text of an XML part in pieces for :func:`._xml.feed`; gaps go to the list."""
    for text in decoded(chunks, gaps):
        yield from _xml.pieces(text)


def decoded(chunks: Iterator[bytes | Gap], gaps: list[Gap]) -> Iterator[str]:
    """The text of an XML part, chunk by chunk; gaps go to the list."""
    decoder: codecs.IncrementalDecoder | None = None
    for chunk in chunks:
        if isinstance(chunk, Gap):
            gaps.append(chunk)
            continue
        if decoder is None:
            head = chunk[:2]
            wide = "utf-16" if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
            decoder = codecs.getincrementaldecoder(wide)("replace")
        yield decoder.decode(chunk)


def opened(content: Content, limits: Limits) -> Package | Gap:
    """The package, or why it cannot be opened."""
    try:
        return Package(content, limits)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as bad:
        return Gap(Reason.MALFORMED, detail=type(bad).__name__)
