"""Words of a file that no reader has to hand on: names of elements, and what carried a mail here.

Some tools hand on HTML parts of a mail, or workbooks that are XML, as they stand; others show the
fields that every server on the way adds. That both do so makes no words of the document of them.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message

import real_words

_TAG = re.compile(r"<[!?/]?[A-Za-z][^<>]*>")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_FIELDS = re.compile(
    rb"\A(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][\w-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2}"
)
_MARKUP = re.compile(rb"\A\s*(?:\xef\xbb\xbf)?<[?!\w]")
_SHOWN = frozenset(("from", "to", "cc", "bcc", "reply-to", "subject", "comments", "keywords"))
"""Fields in which somebody wrote something."""


def silent(data: bytes) -> set[int]:
    """Checksums of the words of a file that stand in its markup or among a mail's fields alone."""
    marked, written = [], []
    for text in _texts(data):
        for tag in _TAG.finditer(text):
            marked.append(_QUOTED.sub(" ", tag[0]))
            written.extend(a or b for a, b in _QUOTED.findall(tag[0]))
        written.append(_TAG.sub(" ", text))
    for name, value in _fields(data):
        (written if name.lower() in _SHOWN else marked).append(f"{name} {value}")
    if not marked:
        return set()
    return real_words.seen("\n".join(marked))[1] - real_words.seen("\n".join(written))[1]


def _message(data: bytes) -> Message | None:
    return email.message_from_bytes(data) if _FIELDS.match(data) else None


def _texts(data: bytes) -> Iterator[str]:
    """What may hold markup: the file itself, or the text parts of a mail, unpacked."""
    message = _message(data)
    if message is None:
        if _MARKUP.match(data):
            yield data.decode("utf-8", "replace")
        return
    for part in message.walk():
        if part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            yield body.decode("utf-8", "replace") if isinstance(body, bytes) else ""


def _fields(data: bytes) -> Iterator[tuple[str, str]]:
    message = _message(data)
    for part in message.walk() if message else ():
        yield from ((name, str(value)) for name, value in part.items())
