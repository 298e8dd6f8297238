"""What pdfium gives only through its C interface: annotations, form values, files, XFA packets."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as c

_MOST = 16 << 20
"""Bytes of one string or packet; a longer one is cut."""
_ITEMS = 10_000
"""Annotations of a page, files or packets of a document that are read."""
_KEYS = (b"Contents", b"V", b"TU", b"RC", b"Subj", b"T")


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


def pictures(page: Any) -> float:
    """The share of the page that its largest picture covers."""
    width, height = page.get_size()
    largest = 0.0
    for picture in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = picture.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return largest / (width * height) if width * height else 0.0
