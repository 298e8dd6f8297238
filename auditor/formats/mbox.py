"""Unix mailboxes: every mail is a member."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _long
from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason

SUFFIXES = (".mbox", ".mbx")
MEDIA_TYPES = ("application/mbox",)
BEGINNING = True
LONG = True

_START = re.compile(rb"From [^\r\n]*\r?\n[!-9;-~]{1,80}:")
_BLANK = b"\n\n"
"""Stands before each line that begins a mail, but for the first of the file."""
_LINE = 4 << 10
"""Bytes in which the line before a mail and the first of its headers stand."""
_BETWEEN = re.compile(rb"\r?\n\r?\nFrom [^\r\n]*\r?\n(?=[!-9;-~]{1,80}:)")


def claims(look: Look) -> int:
    """By the line that begins every mail, with a header behind it."""
    return SNIFFED + 22 if _START.match(look.head) else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """The mails in order; of one that is too long to be held, the beginning."""
    for number, mail in enumerate(_stretches(content, limits.bytes)):
        if isinstance(mail, Gap):
            yield mail
        elif number > limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        elif number:
            data, cut = mail
            yield Content("", data, "message/rfc822", (f"mail {number}",), truncated=cut)


def _stretches(content: Content, most: int) -> Iterator[tuple[bytes, bool] | Gap]:
    """What stands before the first mail, then each mail, and whether its end is left out."""
    held, looked, cut = _BLANK, 0, False
    for piece in _long.chunks(content, _long.PIECE):
        if isinstance(piece, Gap):
            yield held[:most], True
            yield piece
            return
        held += piece
        begin = 0
        for found in _BETWEEN.finditer(held, looked):
            if found.end() > len(held) - _LINE:  # its header may be cut: looked at again
                break
            yield held[begin : found.start()][:most], cut or found.start() - begin > most
            begin, cut = found.end(), False
        held = held[begin:]
        if len(held) > most + 2 * _LINE:
            held, cut = held[:most] + held[-2 * _LINE :], True
        looked = max(0, len(held) - 2 * _LINE)
    begin = 0
    for found in _BETWEEN.finditer(held, looked):
        yield held[begin : found.start()][:most], cut or found.start() - begin > most
        begin, cut = found.end(), False
    yield held[begin:][:most], cut or len(held) - begin > most
