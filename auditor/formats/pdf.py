"""PDF: the text of every page, form fields, notes, attached files, and what no page shows."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from auditor.formats import _ocr, _pdfobjects, _pdfrest, image
from auditor.formats._look import CERTAIN, NAMED, SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason, Text, Visibility

SUFFIXES = (".pdf", ".ai", ".fdf")
MEDIA_TYPES = ("application/pdf", "application/x-pdf", "application/vnd.fdf")
BEGINNING = False

_SIGNATURE, _FIELDS = b"%PDF-", b"%FDF-"
_SOON = 1_024
_ONLY_NAMED = NAMED // 2
_PASSWORD, _SECURITY = 4, 5
_PICTURE = 0.04
"""Share of a page from which on a picture may hold a number: half a card on A4; a logo is less."""
_FEW = 200
"""Letters below which the lines of a page may be a code."""
_RENDERED = 50
"""Pages with pictures that are looked at for codes."""
_SCALE = 2.0
"""Rendering for codes: 144 dots an inch."""
_SCALE_OCR = 2.8
"""Rendering for writing: 200 dots an inch."""
_VERSIONS = 5
"""Earlier versions of a file that are read."""


@dataclass(slots=True)
class _State:
    """What is known after the pages that were read."""

    limits: Limits
    unread: list[int] = field(default_factory=list)
    """Pages with writing that is a picture."""
    clock: _ocr.Clock | None = None
    rendered: int = 0
    told: set[str] = field(default_factory=set, repr=False)
    """Strings that were handed on."""
    pages: set[str] = field(default_factory=set, repr=False)
    """Their texts, to know an earlier version by."""
    pictures: set[tuple[int, int, int]] = field(default_factory=set, repr=False)
    """Those that were looked at for codes."""

    def may_show_codes(self, page: Any, drawing: Any, *, few: bool) -> bool:
        """Whether a page, of ``few`` letters or not, is worth a look: it is like no other."""
        from auditor.formats import _pdfdrawing

        drawn = few and drawing.lined
        pictured = drawing.picture >= _PICTURE
        if not (drawn or pictured) or self.rendered >= _RENDERED:
            return False
        known = _pdfdrawing.pictures(page) if pictured else set()
        if known and known <= self.pictures and not drawing.lined:
            return False
        self.pictures |= known
        self.rendered += 1
        return True


def claims(look: Look) -> int:
    """By signature; weakly when only the name says so.

    It may stand behind some junk, but what is in front may also be an archive or a mail whose
    first member is a PDF.
    """
    if look.head.startswith((_FIELDS, _SIGNATURE)):
        return CERTAIN
    if _SIGNATURE in look.head[:_SOON]:
        return SNIFFED - 1
    return _ONLY_NAMED if look.named(SUFFIXES, MEDIA_TYPES) and not look.text else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Pages in order, then what belongs to the document as a whole."""
    import pypdfium2 as pdfium

    from auditor.formats import _pdfium

    state = _State(limits, clock=image.clock_of(limits))
    if content.data.startswith(_FIELDS):
        yield from _rest(content.data, state)
        return
    try:
        pdf = _pdfium.opened(content.data)
    except pdfium.PdfiumError as error:
        gap = _closed(error, content.data)
        if gap.reason is Reason.MALFORMED:
            yield from _rest(content.data, state, loose=True)
        yield gap
        return
    try:
        for index in range(len(pdf)):
            try:
                yield from _page(pdf, index, state)
            except pdfium.PdfiumError:
                yield Gap(Reason.MALFORMED, part=f"page {index + 1}", detail="PdfiumError")
        yield from _document(pdf, state)
        if state.unread:
            yield image.unread(state.clock, _pages(state.unread))
        known: set[int] = set()
        yield from _files(pdf, limits, known)
        plain = _unlocked(pdf, content.data, limits)
    finally:
        pdf.close()
    if isinstance(plain, Gap):
        yield plain
    else:
        yield from _rest(plain, state, known)


def _closed(error: Exception, data: bytes) -> Gap:
    code = getattr(error, "err_code", None)
    if code == _PASSWORD or "password" in str(error).lower():
        return Gap(Reason.PASSWORD_PROTECTED, detail="encrypted PDF")
    if b"MicrosoftIRMServices" in data:
        return Gap(Reason.RIGHTS_MANAGED, detail="encrypted PDF")
    if code == _SECURITY:
        return Gap(Reason.ENCRYPTED, detail="security handler")
    return Gap(Reason.MALFORMED, detail="PdfiumError")


def _page(pdf: Any, index: int, state: _State) -> Iterator[Text]:
    from auditor.formats import _pdfdrawing, _pdfium

    place = f"page {index + 1}"
    page = pdf[index]
    try:
        text = _pdfium.text(page)
        state.pages.add(text)
        if text.strip():
            yield Text(text, place)
        if notes := _pdfium.notes(pdf, page, pdf.formenv):
            state.told.update(value for _, value in notes)
            lines = (f"{name}: {value}" if name else value for name, value in notes)
            yield Text("\n".join(lines), f"{place} › fields and notes")
        drawing = _pdfdrawing.drawing(page)
        pictured = drawing.picture >= _PICTURE
        if pictured or (not text.strip() and _pdfium.drawn(page)):  # also letters drawn as lines
            reads = state.clock is not None and not state.clock.over
            drawn = _pdfium.rendered(page, _SCALE_OCR) if reads else None
            found = image.written(drawn, state.clock)
            if found is None:
                state.unread.append(index + 1)
            elif found:
                yield Text(found, f"{place} › picture", recognised=True)
        if state.may_show_codes(page, drawing, few=len(text) < _FEW):
            drawn = _shown(page, drawing, few=len(text) < _FEW)
            for kind, value in image.codes(drawn, every=len(text) < _FEW):
                yield Text(value, f"{place} › {kind}")
    finally:
        page.close()


def _shown(page: Any, drawing: Any, *, few: bool) -> Any:
    """What a page looks like, as finely as codes need; of forms on a full page, the pictures."""
    from auditor.formats import _pdfium, _pdfpicture

    lined = drawing.lined and (few or drawing.direct)
    picture = None if lined else _pdfpicture.stored(page)
    return picture or _pdfium.for_codes(page, drawing._replace(lined=lined), _SCALE)


def _document(pdf: Any, state: _State) -> Iterator[Text | Gap]:
    """Properties, outline, and the packets of an XFA form."""
    from auditor.formats import _pdfium

    properties = dict(pdf.get_metadata_dict(skip_empty=True))
    told = [f"{key}: {value}" for key, value in properties.items() if not key.endswith("Date")]
    marks = [mark.get_title() for mark in pdf.get_toc()]
    state.told.update(properties.values(), marks)
    if told or marks:
        yield Text("\n".join([*told, *marks]), "properties", visibility=Visibility.METADATA)
    for packet in _pdfium.packets(pdf):
        yield from _pdfrest.labelled(packet, "XFA form")


def _files(pdf: Any, limits: Limits, known: set[int]) -> Iterator[Content | Gap]:
    from auditor.formats import _pdfium

    for number, (name, data) in enumerate(_pdfium.files(pdf), 1):
        if number > limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        if data is None:
            yield Gap(Reason.MALFORMED, part=f"attachment {number}", detail="attached file")
        else:
            known.add(zlib.crc32(data))
            yield Content(name, data, path=(f"attachment {number}",))


def _unlocked(pdf: Any, data: bytes, limits: Limits) -> bytes | Gap:
    """The file with its strings in clear; what opens without a password may still be encrypted."""
    from auditor.formats import _pdfium

    if not _pdfium.locked(pdf):
        return data
    return _pdfium.unlocked(pdf, limits.bytes) or Gap(Reason.TOO_LARGE, detail="encrypted objects")


def _rest(
    data: bytes, state: _State, known: set[int] | None = None, *, loose: bool = False
) -> Iterator[Text | Content | Gap]:
    """What stands in the file and on no page; ``known`` are checksums of files handed on."""
    objects = _pdfobjects.Objects(data, min(state.limits.expanded_bytes, _pdfobjects.MOST))
    if loose:
        yield from _pdfrest.loose(objects)
    yield from _pdfrest.packets(objects)
    yield from _pdfrest.texts(objects, state.told)
    yield from _versions(objects, state)
    if known is not None:
        more = _pdfrest.files(objects, known)
        for number, found in enumerate(itertools.islice(more, state.limits.members), 1):
            yield Content("", found, path=(f"unlisted attachment {number}",))
    if objects.cut:
        yield Gap(Reason.TOO_LARGE, detail="packed objects")


def _versions(objects: _pdfobjects.Objects, state: _State) -> Iterator[Text | Gap]:
    """Pages as they were before somebody overwrote them."""
    import pypdfium2 as pdfium

    from auditor.formats import _pdfium

    ends = _pdfrest.earlier(objects)
    for end in ends[:_VERSIONS]:
        try:
            with pdfium.PdfDocument(objects.data[:end]) as pdf:
                for index in range(len(pdf)):
                    text = _pdfium.text(pdf[index])
                    if text.strip() and text not in state.pages:
                        state.pages.add(text)
                        place = f"earlier version › page {index + 1}"
                        yield Text(text, place, visibility=Visibility.TRACKED)
        except pdfium.PdfiumError:
            continue  # what the later version kept was read with it
    if len(ends) > _VERSIONS:
        yield Gap(Reason.TOO_MANY_MEMBERS, detail="earlier versions")


def _pages(numbers: list[int]) -> str:
    """``page 3`` or ``pages 1–3, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    words = ", ".join("–".join(map(str, run)) for run in runs[:20])
    more = ", …" if len(runs) > 20 else ""
    return f"page{'s' if len(numbers) > 1 else ''} {words}{more}"
