"""OpenDocument files (text, spreadsheet, presentation, drawing), packed or flat, and their kin."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape

from auditor.formats import _lines, _ooxml, _xml
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.formats._odfcells import Formats
from auditor.formats._odftext import Writing
from auditor.formats._visibility import marked
from auditor.model import Content, Gap, Limits, Reason, Table, Text, Visibility

SUFFIXES = (
    ".odt", ".ott", ".odm", ".oth", ".ods", ".ots", ".odp", ".otp", ".odg", ".otg", ".odf", ".odc",
    ".odb", ".fodt", ".fods", ".fodp", ".fodg", ".sxw", ".stw", ".sxc", ".stc", ".sxi", ".sxd",
)  # fmt: skip
MEDIA_TYPES = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet-template",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.presentation-template",
    "application/vnd.oasis.opendocument.graphics",
    "application/vnd.oasis.opendocument.text-flat-xml",
)
BEGINNING = False
LONG = True

_MAIN, _LIST = "content.xml", "meta-inf/manifest.xml"
_FLAT = re.compile(r"<office:document\s[^<>]{0,20000}?office:mimetype\s*=")
_ENTRY = re.compile(r"<(?:\w+:)?file-entry\b([^<>]*)>(?=\s*<(?:\w+:)?encryption-data\b)", re.DOTALL)
_PATH = re.compile(r"""full-path\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SILENT = re.compile(r"(?:^|/)(?:mimetype$|thumbnails/|objectreplacements/|layout-cache$)")
"""Previews of what is read anyway."""


def claims(look: Look) -> int:
    """By its parts, or by the root of a flat document; the name does not matter."""
    if look.cut:
        cut = look.head.startswith(b"PK") and look.named(SUFFIXES, MEDIA_TYPES)
        return SNIFFED + 5 if cut else 0
    if _LIST in look.members and (_MAIN in look.members or "mimetype" in look.members):
        listed = b"mimetypeapplication/vnd.oasis.open" in look.head[:200]
        kin = b"mimetypeapplication/vnd.sun.xml" in look.head[:200]
        return CERTAIN if listed or kin else CERTAIN - 15 if _MAIN in look.members else 0
    return SNIFFED + 10 if _FLAT.search(look.text) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """The content first, then headers, properties, objects, and everything else."""
    if not content.data.startswith(b"PK"):
        yield from _flat(content)
        return
    package = _ooxml.opened(content, limits)
    if isinstance(package, Gap):
        yield package
        return
    sealed = _sealed(package)
    if sealed:
        yield Gap(Reason.PASSWORD_PROTECTED, detail="encrypted document")
        for name in sealed:
            package.looked_through(name)
    folders = [key[: -len(_MAIN)] for key in package.parts if posixpath.basename(key) == _MAIN]
    for folder in sorted(folders):
        yield from _document(package, folder)
    yield from _others(package)


def _flat(content: Content) -> Iterator[Text | Table | Content | Gap]:
    text, sure = _xml.text_of(content.data, cut=content.truncated)
    writing = Writing()
    faults: list[str] = []
    for word in _xml.feed(_xml.pieces(text), writing):
        yield from writing.ready()
        faults.extend(filter(None, (word,)))
    yield from writing.close()
    if faults and not content.truncated:
        yield Gap(Reason.MALFORMED, detail=faults[0])
    if not sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")


def _sealed(package: _ooxml.Package) -> list[str]:
    """Names of the parts that only a password opens."""
    listed = _xml.text_of(package.peek(_LIST))[0]
    found = (_PATH.search(entry) for entry in _ENTRY.findall(listed))
    return [unescape(path[1] or path[2] or "") for path in found if path]


def _document(package: _ooxml.Package, folder: str) -> Iterator[Text | Table | Content | Gap]:
    """A document of the package: the outer one, or one embedded in it."""
    place = f"object {folder.strip('/')}" if folder else ""
    formats = Formats()
    styles: list[Text | Table | Content | Gap] = []
    if _waits(package, folder + "styles.xml"):
        styles.extend(_read(package, folder + "styles.xml", Writing(place, formats)))
    if _waits(package, folder + _MAIN):
        yield from _read(package, folder + _MAIN, Writing(place, formats))
    yield from styles


def _waits(package: _ooxml.Package, name: str) -> bool:
    return package.has(name) and name not in package.done


def _read(
    package: _ooxml.Package, name: str, handler: Writing | _lines.Lines
) -> Iterator[Text | Table | Content | Gap]:
    gaps: list[Gap] = []
    for word in _xml.feed(_ooxml.texts(package.chunks(name), gaps), handler):
        yield from handler.ready()
        if word and not gaps:
            gaps.append(Gap(Reason.MALFORMED, part=name, detail=word))
    yield from handler.close()
    yield from gaps


def _others(package: _ooxml.Package) -> Iterator[Text | Table | Content | Gap]:
    """Properties, settings, macros; then files, which are members."""
    members: list[str] = []
    for key in list(package.parts):
        if key in package.done or _SILENT.search(key):
            continue
        if key.endswith((".xml", ".rdf")):
            meta = posixpath.basename(key) == "meta.xml"
            where = "properties" if meta else package.parts[key].filename
            seen = Visibility.METADATA if meta else Visibility.VISIBLE
            yield from marked(_read(package, key, _lines.Lines(where)), seen)
        else:
            members.append(key)
    for key in members:
        yield from package.member(key)
    if package.more:
        yield Gap(Reason.TOO_MANY_MEMBERS)
