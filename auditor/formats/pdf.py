"""PDF: the text of every page, form fields, notes, attached files; pictures are not read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from auditor.formats import _lines, _xml, image
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".pdf", ".ai")
MEDIA_TYPES = ("application/pdf", "application/x-pdf")
BEGINNING = False

_SIGNATURE = b"%PDF-"
_SOON = 1_024
_PASSWORD, _SECURITY = 4, 5
_XMP = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>", re.DOTALL)
_XMP_PACKETS = 100
_PICTURE = 0.04
"""Share of a page from which on a picture may hold a number: half a card on A4; a logo is less."""
_RENDERED = 50
"""Pages with pictures that are looked at for codes."""
_SCALE = 2.0
"""Rendering for codes: 144 dots an inch."""


def claims(look: Look) -> int:
    """By signature, which may stand behind some junk."""
    return CERTAIN if _SIGNATURE in look.head[:_SOON] else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Pages in order, then what belongs to the document as a whole."""
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(content.data)
    except pdfium.PdfiumError as error:
        yield _closed(error, content.data)
        return
    try:
        pdf.init_forms()
        unread: list[int] = []
        for index in range(len(pdf)):
            try:
                yield from _page(pdf, index, unread)
            except pdfium.PdfiumError:
                yield Gap(Reason.MALFORMED, part=f"page {index + 1}", detail="PdfiumError")
        yield from _document(pdf, content.data)
        if unread:
            yield Gap(Reason.OCR_OFF, _pages(unread), "writing in pictures is not read")
        yield from _files(pdf, limits)
    finally:
        pdf.close()


def _closed(error: Exception, data: bytes) -> Gap:
    code = getattr(error, "err_code", None)
    if code == _PASSWORD or "password" in str(error).lower():
        return Gap(Reason.PASSWORD_PROTECTED, detail="encrypted PDF")
    if b"MicrosoftIRMServices" in data:
        return Gap(Reason.RIGHTS_MANAGED, detail="encrypted PDF")
    if code == _SECURITY:
        return Gap(Reason.ENCRYPTED, detail="security handler")
    return Gap(Reason.MALFORMED, detail="PdfiumError")


def _page(pdf: Any, index: int, unread: list[int]) -> Iterator[Text]:
    from auditor.formats import _pdfium

    place = f"page {index + 1}"
    page = pdf[index]
    try:
        words = page.get_textpage()
        text = words.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
        words.close()
        if text.strip():
            yield Text(text, place)
        notes = _pdfium.notes(pdf, page, pdf.formenv)
        if notes:
            lines = (f"{name}: {value}" if name else value for name, value in notes)
            yield Text("\n".join(lines), f"{place} › fields and notes")
        if _pdfium.pictures(page) >= _PICTURE:
            unread.append(index + 1)
            if len(unread) <= _RENDERED:
                for kind, value in image.codes(page.render(scale=_SCALE).to_pil()):
                    yield Text(value, f"{place} › {kind}")
        elif not text.strip() and _drawn(page):
            unread.append(index + 1)  # letters drawn as lines
    finally:
        page.close()


def _drawn(page: Any) -> bool:
    return next(iter(page.get_objects(max_depth=1)), None) is not None


def _document(pdf: Any, data: bytes) -> Iterator[Text | Gap]:
    """Properties, outline, XMP and the packets of an XFA form."""
    from auditor.formats import _pdfium

    properties = pdf.get_metadata_dict(skip_empty=True).items()
    told = [f"{key}: {value}" for key, value in properties if not key.endswith("Date")]
    told.extend(mark.get_title() for mark in pdf.get_toc())
    if told:
        yield Text("\n".join(told), "properties")
    packets = [("XFA form", packet) for packet in _pdfium.packets(pdf)]
    found = itertools.islice(_XMP.finditer(data), _XMP_PACKETS)
    packets.extend(("metadata", match[0]) for match in found)
    for place, packet in packets:
        lines = _lines.Lines(place)
        for _ in _xml.feed(_xml.pieces(_xml.text_of(packet)[0]), lines):
            pass
        yield from lines.close()


def _files(pdf: Any, limits: Limits) -> Iterator[Content | Gap]:
    from auditor.formats import _pdfium

    for number, (name, data) in enumerate(_pdfium.files(pdf), 1):
        if number > limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        if data is None:
            yield Gap(Reason.MALFORMED, part=f"attachment {number}", detail="attached file")
        else:
            yield Content(name, data, path=(f"attachment {number}",))


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
