"""Where a number can sit in a mail."""

from __future__ import annotations

import base64
import binascii
import quopri
from collections.abc import Sequence

from probes.excel import workbook
from probes.pictures import code
from probes.probe import Maker, probes, table, told, zipped

ASCII = "My Number: "
HEAD = b"From: a@example.jp\r\nTo: b@example.jp\r\nSubject: memo\r\nMIME-Version: 1.0\r\n"
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n"


def mail(body: bytes, *fields: bytes, head: bytes = HEAD) -> bytes:
    return head + b"".join(field + b"\r\n" for field in fields) + b"\r\n" + body


def text(charset: str, codec: str = "", transfer: str = "8bit") -> Maker:
    """A body in an encoding; without ``charset`` nobody declares which."""

    def made(n: str) -> bytes:
        body = f"扶養控除の件です。\r\n{told(n)}\r\n".encode(codec or charset)
        if transfer == "base64":
            body = base64.encodebytes(body)
        elif transfer == "quoted-printable":
            body = quopri.encodestring(body)
        kind = f"Content-Type: text/plain; charset={charset}".encode() if charset else b"X: y"
        return mail(body, kind, f"Content-Transfer-Encoding: {transfer}".encode())

    return made


def html(page: str) -> Maker:
    return lambda n: mail(
        page.replace("@", told(n)).encode(), b"Content-Type: text/html; charset=utf-8"
    )


def field(name: str, value: str = "") -> Maker:
    """A header; Japanese as an encoded word of ISO-2022-JP."""

    def made(n: str) -> bytes:
        if value:
            return mail(b"memo", f"{name}: {value.replace('@', ASCII + n)}".encode())
        word = base64.b64encode(told(n).encode("iso2022_jp")).decode()
        return mail(b"memo", f"{name}: =?ISO-2022-JP?B?{word}?=".encode(), head=HEAD[:36])

    return made


def parted(
    parts: Sequence[bytes], kind: str = "mixed", before: bytes = b"", end: bytes = b""
) -> bytes:
    cut = b"".join(b"\r\n--cut\r\n" + part for part in parts)
    body = before + cut + b"\r\n--cut--\r\n" + end
    return mail(body, f'Content-Type: multipart/{kind}; boundary="cut"'.encode())


def page(n: str) -> bytes:
    """A page with what belongs to it, in one file."""
    return parted(
        [b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>" + told(n).encode()], "related"
    )


def saved(n: str) -> bytes:
    """The same with the headers of Chromium's, which declare no encoding."""
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n"
    head += 'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
    head += '\tboundary="----cut"\r\n\r\n\r\n------cut\r\nContent-Type: text/html\r\n'
    head += "Content-Transfer-Encoding: binary\r\nContent-Location: https://a.example/\r\n\r\n"
    return f"{head}<p>{told(n)}</p>\r\n------cut--\r\n".encode()


def attached(
    name: str, data: Maker, more: str = "", kind: str = "application/octet-stream"
) -> Maker:
    def made(n: str) -> bytes:
        head = f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        head += f"{more}Content-Transfer-Encoding: base64\r\n\r\n"
        return parted([PLAIN + b"\r\nmemo", head.encode() + base64.encodebytes(data(n))])

    return made


def extended_name(n: str) -> bytes:
    """A file name as RFC 2231 writes it."""
    name = "".join(f"%{byte:02X}" for byte in f"個人番号{n}.txt".encode("cp932"))
    head = f"Content-Disposition: attachment;\r\n filename*0*=Shift_JIS''{name[:39]};\r\n"
    head += f" filename*1*={name[39:]}\r\n\r\nmemo"
    return parted([PLAIN + b"\r\nmemo", head.encode()])


def soft_break(n: str) -> bytes:
    body = f"{ASCII}{n[:5]}=\r\n{n[5:]}\r\n".encode()
    return mail(body, PLAIN[:-2], b"Content-Transfer-Encoding: quoted-printable")


def flowed(n: str) -> bytes:
    body = f"{ASCII}\r\n {n[:4]} \r\n{n[4:8]} \r\n{n[8:]}\r\n".replace("\r\n ", " ", 1).encode()
    return mail(body, b"Content-Type: text/plain; charset=utf-8; format=flowed")


def inside(n: str) -> bytes:
    return parted([b"Content-Type: message/rfc822\r\n\r\n" + text("utf-8")(n)])


def uuencoded(n: str) -> bytes:
    data = table(n)
    lines = b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    return mail(b"memo\r\n\r\nbegin 644 a.csv\r\n" + lines + b"`\r\nend\r\n", PLAIN[:-2])


def folded_calendar(n: str) -> bytes:
    event = (
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:{ASCII}{n[:6]}\r\n {n[6:]}\r\nEND:VEVENT"
    )
    return parted([PLAIN + b"\r\nmemo", b"Content-Type: text/calendar\r\n\r\n" + event.encode()])


def apple(n: str) -> bytes:
    """As Apple Mail stores it: the length first, a property list behind."""
    whole = text("utf-8")(n)
    return f"{len(whole)}\n".encode() + whole + b'<?xml version="1.0"?><plist></plist>'


NAMED: dict[str, Maker] = {
    "body in ISO-2022-JP": text("iso-2022-jp", "iso2022_jp", "7bit"),
    "body in CP932 that nobody declares": text("", "cp932"),
    "encoded subject": field("Subject"),
    "HTML with entities": lambda n: html(
        "<p>&#20491;人番号 " + "".join(f"&#{ord(digit)};" for digit in n) + "</p>"
    )(n),
    "CSV file in CP932": attached("a.csv", table, kind="text/csv"),
    "zip file": attached("a.zip", lambda n: zipped({"a.csv": table(n)})),
    "workbook": attached("a.xlsx", workbook),
    "file name of RFC 2231": extended_name,
    "mail in a mail": inside,
    "body in Base64": text("utf-8", "", "base64"),
    "quoted-printable body": text("utf-8", "", "quoted-printable"),
}
BEYOND: dict[str, Maker] = {
    "body in EUC-JP": text("euc-jp"),
    "body in UTF-16": text("utf-16", "", "base64"),
    "body in UTF-7": text("utf-7", "utf-7", "7bit"),
    "wrongly declared body": text("us-ascii", "cp932"),
    "soft line break in it": soft_break,
    "flowed lines": flowed,
    "only in the HTML version": lambda n: parted(
        [PLAIN + b"\r\nmemo", b"Content-Type: text/html\r\n\r\n<p>" + told(n).encode()],
        "alternative",
    ),
    "only in the plain version": lambda n: parted(
        [PLAIN + b"\r\n" + told(n).encode(), b"Content-Type: text/html\r\n\r\n<p>memo"],
        "alternative",
    ),
    "hidden part of an HTML mail": html('<p>memo<div style="display:none">@</div>'),
    "comment of an HTML mail": html("<p>memo<!-- @ -->"),
    "name of the sender": field("From", '"@" <a@example.jp>'),
    "name of a recipient": field("Cc", "=?utf-8?Q?My_Number:_?= @ <a@example.jp>"),
    "own header": field("X-Memo", "@"),
    "keywords": field("Keywords", "@"),
    "raw CP932 in a header": lambda n: mail(b"memo", b"Comments: " + told(n).encode("cp932")),
    "before the first part": lambda n: parted([PLAIN + b"\r\nmemo"], before=told(n).encode()),
    "behind the last part": lambda n: parted([PLAIN + b"\r\nmemo"], end=told(n).encode()),
    "description of a file": lambda n: attached(
        "a.txt", lambda _: b"memo", f"Content-Description: {ASCII}{n}\r\n"
    )(n),
    "QR code of a picture": lambda n: parted(
        [
            b"Content-Type: text/html\r\n\r\n<img src=cid:1>",
            b"Content-Type: image/png\r\nContent-Id: <1>\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(code(told(n))),
        ],
        "related",
    ),
    "folded calendar": folded_calendar,
    "returned headers": lambda n: parted(
        [
            PLAIN + b"\r\nmemo",
            b"Content-Type: text/rfc822-headers\r\n\r\nSubject: " + ASCII.encode() + n.encode(),
        ],
        "report",
    ),
    "signed mail": lambda n: parted(
        [PLAIN + b"\r\n" + told(n).encode(), b"Content-Type: application/pgp-signature\r\n\r\nx"],
        "signed",
    ),
    "uuencoded file in the text": uuencoded,
    "no last boundary": lambda n: parted([PLAIN + b"\r\n" + told(n).encode()])[:-9],
    "blank line missing": lambda n: HEAD + b"X-A: b\r\n" + f"{ASCII}{n}".encode(),
}
PROBES = (
    *probes("eml", NAMED | BEYOND),
    *probes("eml", {"named as text": text("utf-8")}, "a.txt"),
    *probes("emlx", {"body": apple}),
    *probes(
        "mbox",
        {
            "second mail": lambda n: (
                b"From a Thu Jan  1 00:00:00 2026\r\n"
                + mail(b"memo\r\n")
                + b"\r\nFrom b Thu Jan  1 00:00:00 2026\r\n"
                + text("utf-8")(n)
            )
        },
    ),
    *probes("mhtml", {"page": page}),
    *probes("mht", {"page": page, "page as browsers save it": saved}),
    *probes("mht", {"page without a name": page, "page without a name, as saved": saved}, "memo"),
    *probes("mht", {"page saved by Word": page}, "a.doc"),
)
