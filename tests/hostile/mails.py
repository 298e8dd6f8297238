"""Mail: parts in parts, headers without end, encodings that do not exist."""

from __future__ import annotations

import base64

from auditor.model import Reason
from hostile.hostile import Set

SET = Set()
HEAD = b"From: a@example.jp\r\nSubject: words\r\nMIME-Version: 1.0\r\n"


@SET.add("a.eml", Reason.TOO_DEEP)
def parts_in_parts() -> bytes:
    """Multiparts in multiparts, two thousand deep."""
    data = b"Content-Type: text/plain\r\n\r\nwords\r\n"
    heads = tails = b""
    for level in range(2_000):
        heads += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
        tails = b"\r\n--b%d--\r\n" % level + tails
    return HEAD + heads + data + tails


@SET.add("a.eml", Reason.TOO_MANY_MEMBERS)
def parts_without_end() -> bytes:
    """Twenty thousand attachments of one letter."""
    part = b"--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nw\r\n"
    return (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 20_000 + b"--b--\r\n"
    )


@SET.add("a.eml", Reason.TOO_DEEP)
def mail_in_mail() -> bytes:
    """A mail forwarded three hundred times."""
    return (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * 300 + HEAD + b"\r\nwords\r\n"


@SET.add("a.eml", Reason.TOO_DEEP)
def mail_in_base64() -> bytes:
    """A mail packed into a mail, twelve times."""
    data = HEAD + b"\r\nwords\r\n"
    for _ in range(12):
        kind = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        data = HEAD + kind + base64.encodebytes(data)
    return data


@SET.add("a.eml")
def boundary_of_nothing() -> bytes:
    """Boundaries that are empty, or begin one another."""
    body = b"--\r\n----\r\n--b\r\n--bb\r\n\r\nwords\r\n" * 20_000
    return HEAD + b'Content-Type: multipart/mixed; boundary=""; boundary=b\r\n\r\n' + body


@SET.add("a.eml")
def headers_without_end() -> bytes:
    """A header of ten million letters, and a hundred thousand headers."""
    return HEAD + b"X: " + b"a " * 5_000_000 + b"\r\n" + b"To: a\r\n" * 100_000 + b"\r\nwords"


@SET.add("a.eml")
def encoded_words() -> bytes:
    """Encoded words that are never closed, or say that they are in no known encoding."""
    words = (
        b"=?utf-8?B?" * 40_000
        + b"=?x?Q?"
        + b"=" * 200_000
        + b"?= "
        + b"=?no-such?B?d29yZHM=?= " * 5_000
    )
    return HEAD + b"Subject: " + words + b"\r\n\r\nwords"


@SET.add("a.eml")
def addresses() -> bytes:
    """An address of comments in comments, a hundred thousand deep, and of quotes."""
    return HEAD + b"To: " + b"(" * 100_000 + b'"\\' * 50_000 + b"<" * 50_000 + b"\r\n\r\nwords"


@SET.add("a.eml")
def continued_names() -> bytes:
    """The name of a file in fifteen thousand pieces."""
    pieces = b"".join(b";\r\n filename*%d*=%%41" % n for n in range(15_000))
    return HEAD + b"Content-Disposition: attachment" + pieces + b"\r\n\r\nwords"


@SET.add("a.eml")
def base64_without_end() -> bytes:
    """Thirty megabytes of Base64 in one line, none of it whole."""
    kind = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return HEAD + kind + b"d29yZHMg" * 3_000_000 + b"*=*=*"


@SET.add("a.eml")
def unknown_encodings() -> bytes:
    """A body in encodings that are none, or that Python has and mail has not."""
    part = b"--b\r\nContent-Type: text/plain; charset=%s\r\n"
    part += b"Content-Transfer-Encoding: %s\r\n\r\nwords\r\n"
    kinds = (
        b"zlib_codec",
        b"hex",
        b"rot13",
        b"undefined",
        b"idna",
        b"unicode_escape",
        b"\xff",
        b"a" * 9999,
    )
    body = b"".join(part % (kind, kind) for kind in kinds)
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body + b"--b--"


@SET.add("a.mbox", Reason.TOO_MANY_MEMBERS)
def mails_without_end() -> bytes:
    """A mailbox of a hundred thousand mails of nothing."""
    return b"From a@example.jp Thu Jan  1 00:00:00 2026\nSubject: w\n\n" * 100_000


@SET.add("a.ics")
def folded_lines() -> bytes:
    """A calendar whose one line is folded half a million times."""
    return (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:words"
        + b"\r\n a" * 500_000
        + b"\r\nEND:VEVENT"
    )


@SET.add("a.vcf")
def nested_cards() -> bytes:
    """Cards in cards, a hundred thousand deep, with parameters that never end."""
    return b"BEGIN:VCARD\r\nFN:words\r\n" * 100_000 + b"TEL" + b';X="' * 100_000
