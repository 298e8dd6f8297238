"""Unix mailboxes: every mail is a member."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason

SUFFIXES = (".mbox", ".mbx")
MEDIA_TYPES = ("application/mbox",)
BEGINNING = True

_START = re.compile(rb"From [^\r\n]*\r?\n[!-9;-~]{1,80}:")
_BETWEEN = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\r?\n(?=[!-9;-~]{1,80}:)")


def claims(look: Look) -> int:
    """By the line that begins every mail, with a header behind it."""
    return SNIFFED + 22 if _START.match(look.head) else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """The mails in order."""
    starts = _BETWEEN.finditer(content.data)
    begin, number = 0, 0
    for found in starts:
        if number:
            yield _mail(content.data[begin : found.start()], number)
        begin, number = found.end(), number + 1
        if number > limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
    if number:
        yield _mail(content.data[begin:], number)


def _mail(data: bytes, number: int) -> Content:
    return Content("", data, "message/rfc822", (f"mail {number}",))
