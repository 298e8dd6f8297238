"""Content lines of calendars and address cards (iCalendar, vCard 2.1 to 4.0, vCalendar).

A long line is folded into several, in the middle of a character if need be, so that bytes are put
together before anything is decoded. A line of the text stands where it stands in the file.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator

from auditor.formats import _encoding
from auditor.model import Content, Gap, Limits, Reason, Text

_BREAK = re.compile(rb"\r\n|\n|\r")
_PARAMETER = re.compile(r';([^=;:]{1,80})(?:=("[^"]{0,2000}"|[^;:"]{0,2000}))?')
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_ESCAPED = re.compile(r"\\([nN,;:\\])")
_BASE64 = ("base64", "b")
_SILENT = ("encoding", "charset", "value", "language")
_DATA_URI = re.compile(r"data:([^,;]{0,100})(?:;[^,]{0,200})?;base64,", re.IGNORECASE)
_FLAT = " / "
"""For a line break inside a value: the next line of the text is the next one of the file."""


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Every property as ``name: value``; then files that lie in properties."""
    found = _encoding.decode(content.data, cut=content.truncated)
    data, encoding = content.data, found.encoding
    if encoding.startswith(("utf-16", "utf-32")):
        data, encoding = found.text.encode(), "utf-8"
    out: list[str] = []
    files: list[Content] = []
    size = 0
    full = False
    for line, count in _unfolded(data.removeprefix(b"\xef\xbb\xbf")):
        said, file = _property(line, encoding)
        if file:
            size += len(file.data)
            full = len(files) >= limits.members or size > limits.expanded_bytes
            if not full:
                number = f"attachment {len(files) + 1}"
                files.append(Content(file.name, file.data, file.media_type, (number,)))
        out.append(said)
        out.extend("" for _ in range(count - 1))
    yield Text("\n".join(out))
    if not found.sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")
    if full:
        yield Gap(Reason.TOO_MANY_MEMBERS)
    yield from files


def _unfolded(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Whole lines, and how many lines of the file each is made of."""
    pieces: list[bytes] = []
    count = 0
    soft = quoted = binary = False
    for line in _BREAK.split(data):
        folded = line[:1] in (b" ", b"\t") and count > 0
        if soft or folded:
            pieces[-1] = pieces[-1][:-1] if soft else pieces[-1]
            pieces.append(line if soft else line[1:])
        elif binary and line.strip() and b":" not in line:
            pieces.append(line)  # vCard 2.1 ends Base64 by a blank line, and need not fold it
        else:
            if count:
                yield b"".join(pieces), count
            pieces, count = [line], 0
            head = line.partition(b":")[0].upper()
            quoted, binary = b"QUOTED-PRINTABLE" in head, b"BASE64" in head
        count += 1
        soft = quoted and line.endswith(b"=")
    if count:
        yield b"".join(pieces), count


def _property(line: bytes, encoding: str) -> tuple[str, Content | None]:
    """A line as a person reads it, and the file that is in it."""
    text = _decoded(line, encoding)
    name = _NAME.match(text)
    if not name:
        return text, None
    told: dict[str, str] = {}
    bare: list[str] = []
    at = name.end()
    while match := _PARAMETER.match(text, at):
        at = match.end()
        if match[2] is None:
            bare.append(match[1])
        else:
            told[match[1].lower()] = match[2].strip('"')
    if text[at : at + 1] != ":":
        return text, None
    value = text[at + 1 :]
    coding = (told.get("encoding") or next(iter(bare), "")).lower()
    label = _label(name[0], told, bare)
    if coding == "quoted-printable":
        raw = quopri.decodestring(line[_colon(line) + 1 :])
        value = _encoding.decode(raw, told.get("charset", "")).text if raw else ""
        value = value.replace("\r\n", _FLAT).replace("\n", _FLAT)
    elif "charset" in told:
        value = _encoding.decode(line[_colon(line) + 1 :], told["charset"]).text
    elif file := _file(value, coding, told):
        return label, file
    return f"{label}: {_ESCAPED.sub(_unescaped, value)}", None


def _colon(line: bytes) -> int:
    """Where the value begins: the colon that stands in no quotes."""
    quoted = False
    for at, byte in enumerate(line):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            return at
    return -1


def _decoded(line: bytes, encoding: str) -> str:
    return (
        _encoding.decode(line, encoding).text
        if not line.isascii() or b"\x1b" in line
        else (line.decode("ascii"))
    )


def _label(name: str, told: dict[str, str], bare: list[str]) -> str:
    words = [name.rpartition(".")[2]]
    words += [value for key, value in told.items() if key not in _SILENT]
    words += [word for word in bare if word.lower() not in ("quoted-printable", *_BASE64)]
    return " ".join(filter(None, words))


def _unescaped(found: re.Match[str]) -> str:
    return _FLAT if found[1] in "nN" else found[1]


def _file(value: str, coding: str, told: dict[str, str]) -> Content | None:
    """The file that a value is, if it is one."""
    uri = _DATA_URI.match(value)
    if not uri and coding not in _BASE64:
        return None
    letters = value[uri.end() :] if uri else value
    try:
        data = binascii.a2b_base64(letters)
    except (ValueError, binascii.Error):
        return None
    name = told.get("filename") or told.get("x-filename") or told.get("x-apple-filename") or ""
    kind = uri[1] if uri else told.get("fmttype", "")
    return Content(name, data, kind) if data else None
