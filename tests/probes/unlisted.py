"""Places in documents, pages and cards that neither the survey nor our first list names."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from urllib.parse import quote

from probes.archives import packed
from probes.excel import package as workbook
from probes.excel import row, text, worksheet
from probes.mail import mail
from probes.probe import Maker, probes, table, told, zipped
from probes.slides import part as slide_part
from probes.word import beside, inside, line, said, within
from probes.writing import html

ASCII = "My Number: "


def symbols(n: str) -> bytes:
    """Digits as characters of a symbol font, in its private area."""
    drawn = "".join(f'<w:sym w:font="Symbol" w:char="F0{ord(digit):02X}"/>' for digit in n)
    return inside(line(f"<w:r><w:t>個人番号：</w:t>{drawn}</w:r>"))(n)


def mashup(n: str) -> bytes:
    """A query of Excel that keeps its steps in a zip, in Base64, in XML."""
    steps = f'section Section1; shared q = let a = #table({{"個人番号"}}, {{{{"{n}"}}}}) in a;'
    packed_ = zipped({"Formulas/Section1.m": steps})
    whole = struct.pack("<II", 0, len(packed_)) + packed_ + bytes(12)
    item = f'<DataMashup xmlns="m">{base64.b64encode(whole).decode()}</DataMashup>'
    return workbook(worksheet(row(1, text("A1", "memo"))), {"customXml/item1.xml": item})


def sheet_part(name: str, xml: str) -> Maker:
    """A part of its own beside an empty sheet."""
    return lambda n: workbook(
        worksheet(row(1, text("A1", "memo"))), {name: xml.replace("@", told(n))}
    )


def drawio(n: str) -> bytes:
    """A diagram as that program packs it: percent signs, Deflate, Base64."""
    model = f'<mxGraphModel><root><mxCell value="{told(n)}"/></root></mxGraphModel>'
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(quote(model).encode()) + packer.flush()
    return (
        f'<mxfile><diagram name="a">{base64.b64encode(body).decode()}</diagram></mxfile>'.encode()
    )


def token(n: str) -> bytes:
    """The claims of a token, in the alphabet for addresses."""
    claims = json.dumps({"sub": "memo", "my_number": n}).encode()
    pieces = (b'{"alg":"none","typ":"JWT"}', claims, bytes(range(32)))
    return b"token: " + b".".join(base64.urlsafe_b64encode(one).rstrip(b"=") for one in pieces)


def registry(n: str) -> bytes:
    """A value as the registry exports text that may name variables: its bytes."""
    raw = ",".join(f"{byte:02x}" for byte in told(n).encode("utf-16-le") + b"\0\0")
    return f'Windows Registry Editor Version 5.00\r\n\r\n[HKEY\\a]\r\n"b"=hex(2):{raw}\r\n'.encode(
        "utf-16"
    )


def quoted_card(n: str) -> bytes:
    raw = "".join(f"={byte:02X}" for byte in told(n).encode())
    return (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:memo\r\n"
        f"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{raw}\r\nEND:VCARD\r\n"
    ).encode()


def attached_card(n: str) -> bytes:
    raw = base64.b64encode(table(n) * 4).decode()
    lines = ("BEGIN:VCARD", "VERSION:3.0", "FN:memo", f"X-LIST;ENCODING=b:{raw}", "END:VCARD", "")
    return "\r\n".join(lines).encode()


def attached_event(n: str) -> bytes:
    raw = base64.b64encode(packed(n)).decode()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "SUMMARY:memo"]
    folded = "\r\n ".join(raw[at : at + 70] for at in range(0, len(raw), 70))
    lines.append(f"ATTACH;ENCODING=BASE64;VALUE=BINARY:{folded}")
    return "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def partial(n: str) -> bytes:
    """One of several pieces of a mail."""
    inner = f"Subject: memo\r\n\r\n{told(n)}\r\n".encode()
    return mail(inner, b'Content-Type: message/partial; id="a@b"; number=1; total=2')


WORD: dict[str, Maker] = {
    "digits of a symbol font": symbols,
    "hidden row of a table": inside(
        f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{said('@')}</w:tc></w:tr></w:tbl>"
    ),
    "recipient of a mail merge": beside(
        "word/recipientData.xml", '<w:recipients xmlns:w="w"><w:hash w:val="@"/></w:recipients>'
    ),
    "person who commented": beside(
        "word/people.xml", '<w15:people xmlns:w15="w"><w15:person w15:author="@"/></w15:people>'
    ),
    "no-width spaces in it": lambda n: inside(said("個人番号：" + "\u200b".join(n)))(n),
    "direction marks in it": lambda n: inside(said("個人番号：" + "\u2060".join(n)))(n),
    "index entry": within('<w:r><w:instrText>XE "@"</w:instrText></w:r>'),
}
EXCEL: dict[str, Maker] = {
    "steps of a query in a packed part": mashup,
    "property of an add-in": sheet_part(
        "xl/webextensions/webextension1.xml",
        '<we:webextension xmlns:we="w"><we:property name="a" value="@"/></we:webextension>',
    ),
    "note of a timeline": sheet_part(
        "xl/timelines/timeline1.xml", '<timelines><timeline name="a" caption="@"/></timelines>'
    ),
    "sort of a custom list": sheet_part(
        "xl/worksheets/sheet2.xml",
        '<worksheet><sheetData/><sortState><sortCondition ref="A1" customList="@,b"/></sortState>'
        "</worksheet>",
    ),
}
SLIDES: dict[str, Maker] = {
    "captions of a film": slide_part("ppt/media/a.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n@\n"),
    "extension of a shape": slide_part(
        "ppt/extra/item1.xml", '<p:ext xmlns:p="p" uri="a"><a val="@"/></p:ext>'
    ),
}
HTML: dict[str, Maker] = {
    "content of a style": html("<style>p::after { content: '@' }</style><p>memo</p>"),
    "words for the blind": html('<p aria-label="@">memo</p>'),
    "data of a search engine": html('<script type="application/ld+json">{"a": "@"}</script>'),
    "title of a drawing": html("<svg><title>@</title><desc>memo</desc></svg>"),
    "words where scripts are off": html("<noscript><p>@</p></noscript>"),
    "reading aid": html("<ruby>山田<rt>@</rt></ruby>"),
    "condition for an old browser": html("<!--[if lt IE 9]><p>@</p><![endif]-->"),
}
BEYOND = WORD | EXCEL | SLIDES | HTML
PROBES = (
    *probes("docx", WORD),
    *probes("xlsx", EXCEL),
    *probes("pptx", SLIDES),
    *probes("html", HTML),
    *probes("drawio", {"packed diagram": drawio}),
    *probes("txt", {"claims of a token": token}),
    *probes("reg", {"value in hexadecimal": registry}),
    *probes("vcf", {"quoted-printable note": quoted_card, "list in Base64": attached_card}),
    *probes("ics", {"attached file": attached_event}),
    *probes("eml", {"piece of a mail": partial}),
)
