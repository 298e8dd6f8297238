"""Files behind the end of another: a zip behind a picture, a page that is an archive as well.

Whoever opens such a file by its name sees the first; whoever opens it with another program sees
the second. Readers of the first stop at its end, so what follows is read as a member.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from auditor.formats import _beginnings, _encoding, _ends, _strings
from auditor.model import Content, Gap, Limits, Text

PLACE = "appended"
_ZIP, _END = b"PK\x03\x04", b"PK\x05\x06"
_TAIL = (1 << 16) + 22
_SEARCHES = frozenset(("zip", "sevenzip", "rar"))
"""Formats that find themselves behind whatever stands before them."""
_BEFORE = b"\0 \t\r\n\x1a"
_BLANK = _BEFORE + b"\xff"
_FEW = 512
"""Bytes of no known kind that are mere padding or a mark of some program."""


def apart(module: Any, content: Content) -> Iterator[tuple[Any, Content]]:
    """Readers, each with its share of ``content``: ``module``, and perhaps this one."""
    whole = content.data
    name = module.__name__.rpartition(".")[2]
    packed = whole.startswith(_ZIP)
    if content.truncated or (name in _SEARCHES and not packed):
        yield module, content
        return
    end = _ends.end(whole)
    start = 0 if packed else _archive(whole)
    page = _ends.page_end(whole) if name == "html" and not start else 0
    share = end if packed else 0 if end else start or page  # other binary files know their ends
    yield module, replace(content, data=whole[:share]) if share else content
    behind = min(filter(None, (end, start, page)), default=0)
    if behind and whole[behind:].strip(_BLANK):
        yield _Reader, replace(content, data=whole[behind:])


def _archive(data: bytes) -> int:
    """Where a zip begins whose directory ends with ``data``; 0 where none does."""
    at = data.rfind(_END, max(0, len(data) - _TAIL))
    if at < 0 or at + 22 + int.from_bytes(data[at + 20 : at + 22], "little") != len(data):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return max(0, min((one.header_offset for one in archive.infolist()), default=0))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        return 0


class _Reader:
    """What stands behind the end of a file, read like a format."""

    @staticmethod
    def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
        """One member; of a few bytes that are nothing, the writing in them."""
        data = content.data.lstrip(_BEFORE)
        if len(data) >= _FEW or _beginnings.is_file(data) or _encoding.decode(data).sure:
            yield Content("", data, path=(PLACE,))
            return
        for text in _strings.parts(replace(content, data=data), limits):
            yield replace(text, place=PLACE)
