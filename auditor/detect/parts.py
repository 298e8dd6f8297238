"""Twelve digits that are a part of something: an address, an identifier, a document's number."""

from __future__ import annotations

import re

from .addresses import token_before

__all__ = ["BLANK", "part_of"]

_REACH = 200
_SUBJECT = 16
BLANK = frozenset(("", " ", "\n", "\r", "\t", "\u3000", ",", "。", "、"))
_EDGES = frozenset("*第/\\:?#-_. \u3000]］】)）>")
"""One of them stands beside whatever is a part of something, but for an address."""
_ORDINAL_BEFORE = re.compile(r"第[ \u3000]?\Z")
_ORDINAL_AFTER = re.compile(r"[ \u3000]?号")
# The text of a bar code (Code 39) stands between its start and stop signs.
_BARCODE_BEFORE, _BARCODE_AFTER = re.compile(r"(?<!\*)\*\Z"), re.compile(r"\*(?!\*)")
# Ticket numbers: ``[#4839…]``, and what a subject begins with: ``Re: [4839…] …``.
_TICKET_BEFORE = re.compile(
    r"(?:(?<![A-Za-zぁ-んァ-ヶー一-龥])#{1,2}|"
    r"(?:\b(?:re|fwd?|subject)|件名)[ ]?[:：][ \u3000]?[\[［【(（<])\Z",
    re.IGNORECASE,
)
_PATH_BEFORE = re.compile(r"(?:(?<![^\x00-\x7f])[A-Za-z][\w.\-]*/|\\|::)\Z", re.ASCII)
# An escaped quote or line break ends no folder.
_PATH_AFTER = re.compile(r"\\(?![\"'\\]|[nrt](?![a-z]))|/[A-Za-z]|[?#][A-Za-z]")
_LATIN_BEFORE = re.compile(r"[A-Za-z][0-9]{0,4}[-_.]{1,2}\Z")
_LATIN_AFTER = re.compile(r"[-_]{1,2}[A-Za-z]|\.[a-z]{2,}\.")


def part_of(text: str, start: int, end: int) -> str:
    """Name what ``text[start:end]`` is only a part of; "" when it stands for itself.

    >>> part_of("https://example.jp/articles/483920175644#top", 28, 40)
    'in_path'
    >>> part_of("第 483920175644 号", 2, 14), part_of("個人番号 483920175644", 5, 17)
    ('document_number', '')
    """
    if text[start - 1 : start] in BLANK and text[end : end + 1] in BLANK:
        ordinal = text[start - 2 : start - 1] == "第" and _ORDINAL_AFTER.match(text, end)
        return "document_number" if start and ordinal else ""
    edges = (text[start - 1 : start], text[end : end + 1])
    if _EDGES.isdisjoint(edges) and text.find("://", max(0, start - _REACH), start) < 0:
        return ""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if _BARCODE_BEFORE.search(before) and _BARCODE_AFTER.match(after):
        return "in_token"
    if _ORDINAL_BEFORE.search(before) and _ORDINAL_AFTER.match(after):
        return "document_number"
    if _TICKET_BEFORE.search(before[-_SUBJECT:]):
        return "document_number"
    token = token_before(text, start)
    if _PATH_BEFORE.search(token) or "://" in token or _PATH_AFTER.match(after):
        return "in_path"
    return "in_token" if _LATIN_BEFORE.search(token) or _LATIN_AFTER.match(after) else ""
