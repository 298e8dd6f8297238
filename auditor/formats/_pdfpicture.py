"""The picture that a page is made of, as it is stored: a scan need not be drawn to be looked at.

Drawing stretches the picture over the page, which takes longer than unpacking it. Where it is not
certain that the picture shows all that a drawn page would, there is none, and the page is drawn.
"""

from __future__ import annotations

import ctypes
import io
import math
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from auditor.formats import _pdfdrawing

_POINTS = 2.0
"""Dots for a point of the page that codes need: 144 an inch."""
_COARSE = 1.0
"""Dots for a point below which drawing makes a code larger than it is stored."""
_PIXELS = 40_000_000
"""Pixels of a picture that is unpacked: A4 at 600 dots an inch."""
_FINE = 4_000_000
_COARSER = 2.0
_SQUARE = 1.2
"""How much finer a picture may be in one direction than in the other; a fax is twice as fine."""
_UPRIGHT = 0.01
_FLAT = 32
"""Shades between which nothing can be told apart: then it is its mask that draws the picture."""
_SILENT = frozenset((c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP))
"""Annotations that draw nothing which could be a code."""
_MODES = frozenset(("L", "RGB"))
"""Pictures that nothing makes transparent."""


def stored(page: Any) -> Any:
    """The only picture of a page, in shades of grey and no finer than codes need; None else."""
    found: list[tuple[Any, _pdfdrawing.Matrix]] = []
    for kind, item, matrix in _pdfdrawing.objects(page):
        if kind == c.FPDF_PAGEOBJ_IMAGE:
            found.append((item, matrix))
            if len(found) > 1:
                return None
    if not found or _annotated(page):
        return None
    item, matrix = found[0]
    width, height = _pdfdrawing.pixels(item)
    density = _density((width, height), _pdfdrawing.placed(item, matrix))
    filters = _filters(item)
    if density < _COARSE or width * height > _PIXELS or b"JBIG2Decode" in filters:
        return None  # of JBIG2 nothing is told without unpacking it a second time
    times = max(1.0, density / _POINTS, math.sqrt(width * height / _FINE))
    if b"JPXDecode" in filters:  # which is as slow as drawing where all of it is needed
        worth = times >= _COARSER and len(filters) == 1
        return _usable(_wavelets(item, times), times, width) if worth else None
    told = c.FPDF_IMAGEOBJ_METADATA()
    known = c.FPDFImageObj_GetImageMetadata(item, page, told)
    if not known or told.colorspace == c.FPDF_COLORSPACE_UNKNOWN:
        return None  # a stencil for a colour
    return _usable(_unpacked(item), times, width)


def _annotated(page: Any) -> bool:
    """Whether something lies on the page that may show a code of its own."""
    for index in range(c.FPDFPage_GetAnnotCount(page)):
        annotation = c.FPDFPage_GetAnnot(page, index)
        kind = c.FPDFAnnot_GetSubtype(annotation) if annotation else -1
        c.FPDFPage_CloseAnnot(annotation)
        if kind not in _SILENT:
            return True
    return False


def _density(size: tuple[int, int], matrix: _pdfdrawing.Matrix) -> float:
    """Dots for a point of the page; 0 for a picture that is turned, mirrored or squeezed."""
    across, one, two, along, *_ = matrix
    if min(*size, across, along) <= 0 or max(abs(one), abs(two)) > _UPRIGHT * min(across, along):
        return 0.0
    fine, other = size[0] / across, size[1] / along
    return min(fine, other) if max(fine, other) <= _SQUARE * min(fine, other) else 0.0


def _filters(item: Any) -> list[bytes]:
    found = []
    for index in range(c.FPDFImageObj_GetImageFilterCount(item)):
        name = ctypes.create_string_buffer(32)
        c.FPDFImageObj_GetImageFilter(item, index, name, len(name))
        found.append(name.value)
    return found


def _wavelets(item: Any, times: float) -> Any:
    """A JPEG 2000 picture, unpacked only as finely as it is needed."""
    from PIL import Image

    size = c.FPDFImageObj_GetImageDataRaw(item, None, 0)
    data = ctypes.create_string_buffer(size)
    c.FPDFImageObj_GetImageDataRaw(item, data, size)
    try:
        image: Any = Image.open(io.BytesIO(data), formats=("JPEG2000",))
        image.reduce = int(math.log2(times))
        image.load()
    except Exception:  # noqa: BLE001 - pdfium may yet draw what this reader cannot
        return None
    return image if image.mode in _MODES else None


def _unpacked(item: Any) -> Any:
    """Any other picture."""
    bitmap = c.FPDFImageObj_GetBitmap(item)
    if not bitmap:
        return None
    held = pdfium.PdfBitmap.from_raw(bitmap)
    try:
        return held.to_pil().convert("L")
    finally:
        held.close()


def _usable(image: Any, times: float, width: int) -> Any:
    """The picture in grey and small enough; None when there is none, or nothing on it."""
    if image is None:
        return None
    grey = image.convert("L")
    dark, light = grey.getextrema()
    if light - dark < _FLAT:
        return None
    wanted = width / times / grey.width
    if wanted >= 1:
        return grey
    from PIL import Image

    size = max(1, round(grey.width * wanted)), max(1, round(grey.height * wanted))
    return grey.resize(size, Image.Resampling.BOX)
