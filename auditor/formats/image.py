"""Pictures: codes (QR, bar codes), metadata, and writing where an engine for that is installed."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import math
import os
import warnings
from collections.abc import Iterator
from typing import Any

from auditor.formats import _encoding, _lines, _metafile, _ocr, _picturerest, _xml
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text, Visibility

SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif",
    ".avif", ".emf", ".wmf", ".ico", ".jp2",
)  # fmt: skip
MEDIA_TYPES = (
    "image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/heic",
    "image/heif", "image/avif", "image/x-emf", "image/x-wmf", "image/jp2",
)  # fmt: skip
BEGINNING = True

_SIGNATURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0",
    b"MM\0+", *_metafile.WMF, b"\0\0\0\x0cjP  \r\n", b"\xff\x4f\xff\x51",
)  # fmt: skip
_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
_PIXELS = 150_000_000
"""Pixels above which a picture is not unpacked: 600 MB in memory."""
_FRAMES = 50
_SHARE = 0.6
"""Of the time of an item, for writing in its pictures."""
_SMALLEST = 48
"""Pixels below which, in width or in height, no twelve digits can be read: icons and rules."""
_LOW = 8
_TECHNICAL = frozenset(("compression", "exif", "icc_profile", "photoshop", "xmp"))
_WINDOWS = range(0x9C9B, 0x9CA0)
"""Tags in which Windows keeps title, comment, author, keywords and subject as UTF-16."""
_COMMENTS = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "", b"JIS\0\0\0\0\0": "iso2022_jp_ext"}
"""How the comment of a user begins, and in what it is written."""
_PACKETS = ("xmp", "XML:com.adobe.xmp")
_SMALLEST_CODE = 15
"""Pixels of the smallest code that takes twelve digits: M2 of Micro QR."""
_FINE = 2_000_000
"""Pixels that are enough for codes: A4 at 144 dots an inch."""
_KNOWN = 4_096
_KEY = os.urandom(16)

_silent: dict[bytes, list[Gap]] = {}
"""The last pictures that said nothing, and what is to be told of them while writing is not read."""


def claims(look: Look) -> int:
    """By signature."""
    head = look.head
    known = (
        head.startswith(_SIGNATURES)
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in _BRANDS)
        or (head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and not look.text)
        or _metafile.is_emf(head)
        or (head[:4] == b"\0\0\1\0" and look.suffix == ".ico")
    )
    return CERTAIN if known else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """What codes and metadata say; then that the picture itself was not read."""
    if content.data.startswith(_metafile.WMF) or _metafile.is_emf(content.data):
        yield from _metafile.parts(content, limits)
        return
    look = _Look(limits)
    mark = b"" if look.clock or content.truncated else _mark(content.data)
    if (known := _silent.get(mark)) is not None:
        yield from known
        return
    gaps: list[Gap] = []
    told = False
    for piece in _read(content, look):
        if isinstance(piece, Gap):
            gaps.append(piece)
        else:
            told = True
        yield piece
    if mark and not told:
        _keep(mark, gaps)


def _mark(data: bytes) -> bytes:
    """What a picture is known by, in this process alone."""
    return hashlib.blake2b(data, digest_size=16, key=_KEY).digest()


def _keep(mark: bytes, gaps: list[Gap]) -> None:
    """Remember a picture that says nothing: a logo stands in every letter of its firm."""
    if len(_silent) >= _KNOWN:
        _silent.pop(next(iter(_silent)))
    _silent[mark] = gaps


def _read(content: Content, look: _Look) -> Iterator[Text | Gap]:
    """One picture that was not seen yet."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the bound here is ours, and a gap rather than a warning
    broken = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content.data)) as image:
                look.worth = max(image.size) >= _SMALLEST and min(image.size) >= _LOW
                yield from _inside(image, look)
    except UnidentifiedImageError:
        pass  # HEIC: nothing here decodes it
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError) as bad:
        broken = True
        if not content.truncated:
            yield Gap(Reason.MALFORMED, detail=type(bad).__name__)
    yield from _picturerest.texts(content.data, codes)
    yield from look.gaps(broken=broken)


def codes(image: Any, *, every: bool = True) -> list[tuple[str, str]]:
    """``(place, text)`` of the codes in a picture; QR codes alone where it is not to be ``every``.

    Those of cards and forms are QR codes, and to look for them costs an eighth of looking for all.
    """
    import zxingcpp

    if max(image.size) < _SMALLEST_CODE:
        return []
    grey = image.convert("L")
    if (factor := _excess(image.size)) > 1:
        grey = grey.reduce(factor)
    cards, others = _symbologies()
    found = zxingcpp.read_barcodes(grey, formats=cards)
    if every:
        found += zxingcpp.read_barcodes(grey, formats=others, try_invert=False, try_downscale=False)
    return [
        ("QR code" if "QR" in code.format.name else "bar code", code.text)
        for code in found
        if code.text
    ]


def _excess(size: tuple[int, int]) -> int:
    """How many times finer a picture is than it has to be: 1, 2, 4 or 8."""
    times = max(1, math.isqrt(size[0] * size[1] // _FINE))
    return min(8, 1 << (times.bit_length() - 1))


@functools.cache
def _symbologies() -> tuple[Any, Any]:
    """QR codes, and what else may be written in a code: not retail's (EAN), which number goods."""
    from zxingcpp import BarcodeFormat as Code

    matrices = [Code.DataMatrix, Code.Aztec, Code.PDF417, Code.MicroPDF417]
    bars = [Code.Code128, Code.Code39, Code.Code93, Code.ITF, Code.Codabar]
    return [Code.QRCode, Code.MicroQRCode, Code.RMQRCode], matrices + bars


class _Look:
    """Whether the writing of a picture was read, in all of its frames."""

    def __init__(self, limits: Limits) -> None:
        self.clock = clock_of(limits)
        self.worth = True
        """Large enough for a number; an icon is not."""
        self._read = 0
        self._missed = 0

    def written(self, image: Any) -> str:
        """The writing in one frame, if it can be read."""
        found = written(image, self.clock) if self.worth else None
        self._read += found is not None
        self._missed += found is None
        return found or ""

    def gaps(self, *, broken: bool) -> Iterator[Gap]:
        """What was left unread, and why; a ``broken`` picture says so itself."""
        if not self.worth or (self._read and not self._missed):
            return
        if self.clock is None or self.clock.over:
            yield unread(self.clock)
        elif self._missed:
            yield Gap(Reason.CRASHED, detail="reading of pictures")
        elif not broken:  # HEIC and its kin
            yield Gap(Reason.UNSUPPORTED_FORMAT, detail="picture")


def clock_of(limits: Limits) -> _ocr.Clock | None:
    """The time there is for writing in pictures; None where it is not read."""
    return _ocr.Clock(limits.seconds * _SHARE) if limits.ocr and _ocr.engine() else None


def written(image: Any, clock: _ocr.Clock | None) -> str | None:
    """The writing in a picture; None where it was not read."""
    if clock is None or clock.over:
        return None
    try:
        return _ocr.read(image)
    except _ocr.Unread:
        return None


def unread(clock: _ocr.Clock | None, part: str = "") -> Gap:
    """Why writing was not read: there is no engine, or no time was left."""
    if clock is None:
        return Gap(Reason.OCR_OFF, part, "writing in pictures is not read")
    return Gap(Reason.TIMEOUT, part, "writing in pictures")


def _inside(image: Any, look: _Look) -> Iterator[Text | Gap]:
    width, height = image.size
    fits = width * height <= _PIXELS
    if notes := [*_told(image), *(_exif(image) if fits else ())]:
        yield Text("\n".join(notes), "metadata", visibility=Visibility.METADATA)
    yield from _packets(image)
    if not fits:
        yield Gap(Reason.TOO_LARGE, detail="pixels")
        return
    frames = getattr(image, "n_frames", 1)
    for frame in range(min(frames, _FRAMES)):
        if frame:
            image.seek(frame)
        page = f"page {frame + 1} › " if frames > 1 else ""
        if frames == 1 and look.clock is None:  # JPEG then unpacks no more than codes need
            factor = _excess(image.size)
            image.draft("L", (width // factor, height // factor))
        for place, text in codes(image):
            yield Text(text, f"{page}{place}")
        if writing := look.written(image):
            yield Text(writing, f"{page}picture", recognised=True)
    if frames > _FRAMES:
        yield Gap(Reason.TOO_MANY_MEMBERS, detail="frames")


def _packets(image: Any) -> Iterator[Text]:
    """Metadata in XML."""
    for packet in filter(None, map(image.info.get, _PACKETS)):
        text = packet if isinstance(packet, str) else _xml.text_of(packet)[0]
        lines = _lines.Lines("metadata")
        for _ in _xml.feed(_xml.pieces(text), lines):
            yield from lines.ready()
        yield from lines.close()


def _told(image: Any) -> Iterator[str]:
    """Text that the file carries beside the picture."""
    for key, value in image.info.items():
        if key in _TECHNICAL or key in _PACKETS:
            continue
        if isinstance(value, str) and isinstance(key, str):
            yield f"{key}: {value}"
        elif key == "comment" and isinstance(value, bytes):
            yield _encoding.decode(value).text


def _exif(image: Any) -> list[str]:
    """Texts of EXIF, GPS and press captions; a damaged directory is no reason to stop."""
    found: list[str] = []
    with contextlib.suppress(Exception):
        exif = image.getexif()
        for tags in (exif, exif.get_ifd(0x8769), exif.get_ifd(0x8825)):
            found.extend(filter(None, (_tag(tag, value) for tag, value in tags.items())))
    with contextlib.suppress(Exception):
        from PIL.IptcImagePlugin import getiptcinfo

        for value in (getiptcinfo(image) or {}).values():
            several = value if isinstance(value, list) else [value]
            found.extend(_encoding.decode(one).text for one in several)
    return found


def _tag(tag: int, value: Any) -> str:
    """What one tag says."""
    if isinstance(value, tuple) and tag in _WINDOWS:
        value = bytes(value)
    if isinstance(value, bytes) and value:
        if tag in _WINDOWS:
            return value.decode("utf-16-le", "replace").rstrip("\0")
        codec = _COMMENTS.get(value[:8])
        return _encoding.decode(value if codec is None else value[8:], codec or "").text
    return value if isinstance(value, str) else ""
