"""What is drawn on a page of a PDF, without drawing it: pictures, their places, and lines."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as c

_OBJECTS = 200_000
"""Things drawn on a page that are looked at."""
_FORMS = 3
"""Forms inside forms that are looked into."""
_AROUND = 12
"""Points around pictures that are drawn too: the quiet zone of a code may be outside of one."""
_CODE = 100
"""Pieces of lines that the smallest code is made of."""
_MOST = 10_000
"""Pictures of a page that are looked at."""
Margins = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_AS_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def objects(page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """Kind and handle of what is drawn on a page, and how its coordinates become the page's.

    A form drawn there has coordinates of its own: a word scanned at 600 dots would look as large
    as the page.
    """
    kind_of, form = c.FPDFPageObj_GetType, c.FPDF_PAGEOBJ_FORM
    stack = [(_items(page.raw, c.FPDFPage_CountObjects, c.FPDFPage_GetObject), _AS_IS)]
    left = _OBJECTS
    while stack and left:
        items, matrix = stack[-1]
        for item in items:
            left -= 1
            kind = kind_of(item)
            yield kind, item, matrix
            if kind == form and len(stack) <= _FORMS:
                inner = _items(item, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject)
                stack.append((inner, placed(item, matrix)))
                break
            if not left:
                return
        else:
            stack.pop()


def _items(holder: Any, count: Any, take: Any) -> Iterator[Any]:
    return (take(holder, index) for index in range(count(holder)))


def placed(form: Any, outer: Matrix) -> Matrix:
    """How coordinates inside of a form become those of the page."""
    told = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(form, told):
        return outer
    one, two, three, four, right, up = outer
    return (
        told.a * one + told.b * three,
        told.a * two + told.b * four,
        told.c * one + told.d * three,
        told.c * two + told.d * four,
        told.e * one + told.f * three + right,
        told.e * two + told.f * four + up,
    )


def _box(item: Any, matrix: Matrix) -> Margins | None:
    """Where on the page something is drawn: its left, bottom, right and top; None when unknown."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not c.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
        return None
    west, south, east, north = (side.value for side in sides)
    if matrix is _AS_IS:
        return west, south, east, north
    one, two, three, four, right, up = matrix
    corners = [(x, y) for x in (west, east) for y in (south, north)]
    across = [one * x + three * y + right for x, y in corners]
    along = [two * x + four * y + up for x, y in corners]
    return min(across), min(along), max(across), max(along)


class Drawing(NamedTuple):
    """What is known of a page without drawing it."""

    picture: float = 0.0
    """The share of the page that its largest picture covers."""
    density: float = 0.0
    """Dots that the finest picture has for a point of the page."""
    margins: Margins = (0.0, 0.0, 0.0, 0.0)
    """Points at the left, bottom, right and top of the page where there is no picture."""
    lined: bool = False
    """Whether enough lines are drawn to be a code."""
    direct: bool = False
    """Whether a picture lies on the page itself, not only within forms."""


def drawing(page: Any) -> Drawing:
    """What is drawn on a page; margins only where they are certain."""
    certain = page.get_rotation() == 0
    boxes: list[Margins] = []
    density, pieces, direct = 0.0, 0, False
    for kind, item, matrix in objects(page):
        if kind == c.FPDF_PAGEOBJ_PATH and pieces < _CODE:
            pieces += c.FPDFPath_CountSegments(item)
        elif kind == c.FPDF_PAGEOBJ_IMAGE and len(boxes) < _MOST and (box := _box(item, matrix)):
            boxes.append(box)
            direct = direct or matrix is _AS_IS
            west, south, east, north = box
            density = max(density, max(pixels(item)) / max(1.0, east - west, north - south))
    left, bottom, right, top = page.get_bbox()
    size = (right - left) * (top - bottom)
    largest = max(((e - w) * (n - s) for w, s, e, n in boxes), default=0.0)
    picture = largest / size if size > 0 else 0.0
    found = Drawing(picture, density, lined=pieces >= _CODE, direct=direct)
    if not boxes or not certain:
        return found
    west, south = (min(box[side] for box in boxes) for side in (0, 1))
    east, north = (max(box[side] for box in boxes) for side in (2, 3))
    if west >= right or east <= left or south >= top or north <= bottom:
        return found
    around = (west - left, south - bottom, right - east, top - north)
    one, two, three, four = (max(0.0, side - _AROUND) for side in around)
    return found._replace(margins=(one, two, three, four))


def pixels(picture: Any) -> tuple[int, int]:
    """Pixels of a picture, across and down."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    c.FPDFImageObj_GetImagePixelSize(picture, width, height)
    return width.value, height.value


def pictures(page: Any) -> set[tuple[int, int, int]]:
    """Checksum, bytes, and width on the page, of its pictures: what is alike looks alike."""
    found: set[tuple[int, int, int]] = set()
    for kind, item, matrix in objects(page):
        if kind == c.FPDF_PAGEOBJ_IMAGE and len(found) < _MOST:
            size = c.FPDFImageObj_GetImageDataRaw(item, None, 0)
            data = ctypes.create_string_buffer(size)
            c.FPDFImageObj_GetImageDataRaw(item, data, size)
            west, _, east, _ = _box(item, matrix) or (0.0, 0.0, 0.0, 0.0)
            found.add((zlib.crc32(data), size, round(east - west)))
    return found
