"""Mails as MIME: headers, bodies, attachments, and mails inside mails."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from email.message import Message

from auditor.formats import _encoding, _markup, _mime
from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".eml", ".mht", ".mhtml")
MEDIA_TYPES = ("message/rfc822", "message/global", "multipart/related")
BEGINNING = True

_FIELD = re.compile(rb"([!-9;-~]{1,80}):[ \t]?")
_KNOWN = frozenset(
    b"received from to cc bcc subject date message-id mime-version return-path delivered-to "
    b"reply-to sender content-type content-transfer-encoding x-mailer in-reply-to "
    b"references".split()
)
_POSTMARK = re.compile(rb"\AFrom [^\r\n]*\r?\n")
"""The line before a mail in a Unix mailbox."""
_DIGITS = re.compile(r"\D+")
_LEAST = 2


def claims(look: Look) -> int:
    """By known fields at the beginning; or by name and any field."""
    named = look.named(SUFFIXES, MEDIA_TYPES)
    known = 0
    head = look.head[:16384].lstrip()
    if named:
        head = _POSTMARK.sub(b"", head)
    for line in head.splitlines()[:100]:
        field = _FIELD.match(line)
        if field:
            known += field[1].lower() in _KNOWN
        elif line[:1] not in (b" ", b"\t"):
            break
    if known >= _LEAST:
        return SNIFFED + (25 if named else 20)
    return SNIFFED + 20 if named and (known or look.media_type in MEDIA_TYPES) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Headers, then text in order, then attachments; the subject speaks of all of them."""
    headers, body = _mime.split(_POSTMARK.sub(b"", content.data.lstrip(b"\r\n"), count=1))
    subject = _mime.field_of(headers, "subject")
    if lines := _fields(headers):
        yield Text(lines, "header")
    attached: list[Content] = []
    bodies: list[_mime.Leaf] = []
    for number, leaf in enumerate(_mime.leaves(headers, body)):
        if leaf is None:
            yield Gap(Reason.TOO_DEEP, detail="multipart")
        elif number >= limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            break
        elif _is_body(leaf):
            bodies.append(leaf)
        else:
            attached.append(_attachment(leaf, len(attached) + 1, subject))
            if said := _mime.field_of(leaf.headers, "content-description"):
                yield Text(said, f"attachment {len(attached)} › description")
    yield from _bodies(bodies, cut=content.truncated)
    yield from attached
    yield from _within(bodies, len(attached), limits)


def _fields(headers: Message) -> str:
    told = _mime.fields(headers)
    return "\n".join(f"{key}: {value}" for key, value in told if not _mime.MACHINE.fullmatch(key))


def _is_body(leaf: _mime.Leaf) -> bool:
    if leaf.type not in ("text/plain", "text/html") or leaf.name:
        return False
    return leaf.headers.get_content_disposition() != "attachment"


def _attachment(leaf: _mime.Leaf, number: int, subject: str) -> Content:
    kind = leaf.type
    data = leaf.data
    if kind in ("message/rfc822", "message/global"):
        name = leaf.name or _mime.field_of(_mime.split(data)[0], "subject")
    else:
        name = leaf.name
    if kind.startswith("text/") and leaf.charset:
        kind = f"{kind}; charset={leaf.charset}"
    return Content(name, data, kind, (f"attachment {number}",), (subject,) if subject else ())


def _within(bodies: list[_mime.Leaf], before: int, limits: Limits) -> Iterator[Content]:
    """Files that stand in the text itself, as mails had them before there was MIME."""
    plain = (leaf.data.decode("latin-1") for leaf in bodies if leaf.type == "text/plain")
    found = (file for text in plain if "begin " in text for file in _mime.unpacked(text))
    room = max(0, limits.members - before)
    for number, (name, data) in enumerate(itertools.islice(found, room), before + 1):
        yield Content(name, data, path=(f"attachment {number}",))


def _bodies(leaves: list[_mime.Leaf], *, cut: bool) -> Iterator[Text | Table | Gap]:
    """Text parts; of two versions of one text the one that shows no other digits is left out."""
    read = [_body(leaf, cut=cut) for leaf in leaves]
    pages = {
        (leaf.group, digits)
        for leaf, (_, digits, _) in zip(leaves, read, strict=True)
        if leaf.type == "text/html" and leaf.inside[-1:] == ("multipart/alternative",)
    }
    for leaf, (segments, digits, sure) in zip(leaves, read, strict=True):
        if leaf.type == "text/html" or (leaf.group, digits) not in pages:
            yield from segments
        if not sure:
            yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")


def _body(leaf: _mime.Leaf, *, cut: bool) -> tuple[list[Text | Table], str, bool]:
    """Its segments, the digits a reader sees in them, and whether the encoding is sure."""
    decoded = _encoding.decode(leaf.data, leaf.charset, cut=cut)
    sure = decoded.sure or not decoded.text.strip()
    if leaf.type == "text/plain":
        text = _unfolded(leaf, decoded.text)
        return [Text(text)], _DIGITS.sub("", text), sure
    segments = list(_markup.segments(decoded.text))
    seen = (s for s in segments if s.place == "" or s.place.startswith("table"))
    words = (s.text if isinstance(s, Text) else "\n".join(map("".join, s.rows)) for s in seen)
    return segments, _DIGITS.sub("", "\n".join(words)), sure


def _unfolded(leaf: _mime.Leaf, text: str) -> str:
    """``format=flowed`` lines put together again."""
    text = text.replace("\r\n", "\n")
    if str(leaf.headers.get_param("format", "")).lower() != "flowed":
        return text
    return re.sub(r"(?<=[^\n-]) \n(?![\n>])", " ", text)
