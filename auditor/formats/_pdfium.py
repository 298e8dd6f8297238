"""What pdfium gives through its C interface: text, notes, form values, files, XFA packets."""

from __future__ import annotations

import ctypes
import io
import logging
import math
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from auditor.formats._pdfdrawing import Drawing, Margins

logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it speaks of its build, not of a file

_MOST = 16 << 20
"""Bytes of one string or packet; a longer one is cut."""
_ITEMS = 10_000
"""Annotations of a page, files or packets of a document that are read."""
_PIXELS = 25_000_000
"""Pixels of a page that is rendered: A4 at 500 dots an inch."""
_FINE = 4_000_000
"""Pixels of a page that is rendered for codes: A3 at 144 dots an inch."""
_FINER = 1.25
"""Dots of a page for one of the finest picture on it: more would show nothing more."""
_KEYS = (b"Contents", b"V", b"TU", b"RC", b"Subj", b"T")


def opened(data: bytes) -> Any:
    """A document ready to be asked for pages and fields; raises PdfiumError."""
    pdf = pdfium.PdfDocument(data)
    try:
        pdf.init_forms()
    except pdfium.PdfiumError:
        pdf.close()
        raise
    return pdf


def _string(call: Callable[[Any, int], int]) -> str:
    """A UTF-16 string from a function that says its length when asked without a buffer."""
    size = min(call(None, 0), _MOST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(buffer, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _wide(buffer: Any) -> Any:
    return ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)) if buffer else None


def notes(pdf: Any, page: Any, form: Any) -> list[tuple[str, str]]:
    """``(name, value)`` of a page's annotations and form fields."""
    found: list[tuple[str, str]] = []
    for index in range(min(c.FPDFPage_GetAnnotCount(page), _ITEMS)):
        if annotation := c.FPDFPage_GetAnnot(page, index):
            try:
                told = {key: _entry(annotation, key) for key in _KEYS}
                name = told.pop(b"T")
                values = [*told.values(), *_link(pdf, annotation)]
                if form:
                    values.append(_field(form, annotation, c.FPDFAnnot_GetFormFieldValue))
                    name = name or _field(form, annotation, c.FPDFAnnot_GetFormFieldName)
                found.extend((name, value) for value in dict.fromkeys(values) if value)
            finally:
                c.FPDFPage_CloseAnnot(annotation)
    return found


def _entry(annotation: Any, key: bytes) -> str:
    return _string(lambda b, n: c.FPDFAnnot_GetStringValue(annotation, key, _wide(b), n))


def _field(form: Any, annotation: Any, ask: Any) -> str:
    return _string(lambda b, n: ask(form, annotation, _wide(b), n))


def _link(pdf: Any, annotation: Any) -> list[str]:
    """The address a link goes to."""
    link = c.FPDFAnnot_GetLink(annotation)
    action = c.FPDFLink_GetAction(link) if link else None
    size = min(c.FPDFAction_GetURIPath(pdf, action, None, 0), _MOST) if action else 0
    if size <= 1:
        return []
    buffer = ctypes.create_string_buffer(size)
    c.FPDFAction_GetURIPath(pdf, action, buffer, size)
    return [buffer.value.decode("utf-8", "replace")]


def files(pdf: Any) -> Iterator[tuple[str, bytes | None]]:
    """``(name, bytes)`` of the attached files; None for one that cannot be had."""
    for index in range(min(c.FPDFDoc_GetAttachmentCount(pdf), _ITEMS)):
        attachment = c.FPDFDoc_GetAttachment(pdf, index)
        name = _name(attachment)
        size = ctypes.c_ulong()
        if not c.FPDFAttachment_GetFile(attachment, None, 0, ctypes.byref(size)):
            yield name, None
            continue
        buffer = ctypes.create_string_buffer(size.value)
        done = c.FPDFAttachment_GetFile(attachment, buffer, size.value, ctypes.byref(size))
        yield name, buffer.raw if done else None


def _name(attachment: Any) -> str:
    return _string(lambda b, n: c.FPDFAttachment_GetName(attachment, _wide(b), n))


def packets(pdf: Any) -> Iterator[bytes]:
    """The XML packets of an XFA form: its fields stand there, not on the pages."""
    for index in range(min(c.FPDF_GetXFAPacketCount(pdf), _ITEMS)):
        size = ctypes.c_ulong()
        c.FPDF_GetXFAPacketContent(pdf, index, None, 0, ctypes.byref(size))
        size = ctypes.c_ulong(min(size.value, _MOST))
        buffer = ctypes.create_string_buffer(size.value or 1)
        if c.FPDF_GetXFAPacketContent(pdf, index, buffer, size.value, ctypes.byref(size)):
            yield buffer.raw


def text(page: Any) -> str:
    """The text of a page in the order it is read."""
    words = page.get_textpage()
    try:
        found: str = words.get_text_range()
    finally:
        words.close()
    return found.replace("\r\n", "\n").replace("\r", "\n")


def for_codes(page: Any, drawing: Drawing, scale: float) -> Any:
    """The page in shades of grey, no finer than codes need and its pictures are.

    Only the part with pictures, where neither lines nor their place make it doubtful.
    """
    width, height = page.get_size()
    scale = min(scale, math.sqrt(_FINE / max(1.0, width * height)))
    if drawing.lined or not drawing.density:
        return rendered(page, scale, grey=True)
    scale = min(scale, max(1.0, _FINER * drawing.density))
    return rendered(page, scale, grey=True, margins=drawing.margins)


def rendered(
    page: Any, scale: float, *, grey: bool = False, margins: Margins = (0.0, 0.0, 0.0, 0.0)
) -> Any:
    """The page without ``margins`` as a picture, smaller where it would be too large."""
    width, height = page.get_size()
    fits = math.sqrt(_PIXELS / max(1.0, width * height))
    return page.render(scale=min(scale, fits), crop=margins, grayscale=grey).to_pil()


def drawn(page: Any) -> bool:
    """Whether anything is on a page at all."""
    return bool(c.FPDFPage_CountObjects(page) > 0)


def locked(pdf: Any) -> bool:
    """Whether the file is encrypted, although it opens."""
    return bool(c.FPDF_GetSecurityHandlerRevision(pdf) >= 0)


def unlocked(pdf: Any, most: int) -> bytes:
    """The file written anew without its encryption; b"" when that is longer than ``most``."""
    out = _Bounded(most)
    try:
        pdf.save(out, flags=c.FPDF_REMOVE_SECURITY)
    except (pdfium.PdfiumError, OSError):
        return b""
    return b"" if out.full else out.getvalue()


class _Bounded(io.BytesIO):
    """Takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most
        self.full = False

    def write(self, data: Any) -> int:
        """Keep ``data`` while there is room."""
        size = len(data)
        self._left -= size
        self.full = self.full or self._left < 0
        return size if self.full else super().write(data)
