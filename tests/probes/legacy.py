"""Where a number can sit in an Office file of before 2007, in rich text, or in an Outlook item."""

from __future__ import annotations

import functools
import hashlib
import struct

from auditor.formats import _cfbpack
from fixtures import legacy_office
from probes.excel import workbook
from probes.probe import PADDED, Maker, probes, table, told

ASCII = "My Number: "
PLACES = {
    "doc": "body table header footer comment deleted inserted hidden box property".split(),
    "ppt": "title table notes hidden box property".split(),
}
"""Those of LibreOffice's files where the number stands as text, with a label."""


@functools.cache
def emptied(kind: str, place: str) -> bytes:
    """LibreOffice's file with ``@`` twelve times in one place, and no number in the others."""
    data = legacy_office.stored(kind)
    known = legacy_office.numbers("doc" if kind == "rtf" else kind)
    for where, number in known.items():
        letter = "@" if where == place else "x"
        for codec in ("ascii", "utf-16-le"):
            data = data.replace(number.encode(codec), (letter * 12).encode(codec))
    return data


def stored(kind: str, place: str) -> Maker:
    def made(n: str) -> bytes:
        data = emptied(kind, place)
        for codec in ("ascii", "utf-16-le"):
            data = data.replace(("@" * 12).encode(codec), n.encode(codec))
        return data

    return made


def node(name: str, data: bytes | None = None, *children: _cfbpack.Node) -> _cfbpack.Node:
    return _cfbpack.Node(name, data, list(children))


def compound(*children: _cfbpack.Node) -> bytes:
    return _cfbpack.pack(node("Root Entry", None, *children))


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def sheet(cells: bytes, globally: bytes = b"", state: int = 0) -> bytes:
    """A workbook of one sheet from its records."""
    begin = record(0x809, struct.pack("<HHII", 0x600, 5, 0, 0)) + globally
    begin += record(0x85, struct.pack("<IHB", len(begin) + 17, state, 1) + b"\0s") + record(0x0A)
    inner = record(0x809, struct.pack("<HHII", 0x600, 0x10, 0, 0)) + cells + record(0x0A)
    return compound(node("Workbook", begin + inner))


def label(text: str) -> bytes:
    said = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    return record(0x204, struct.pack("<HHH", 0, 0, 0) + said)


def value(n: str, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", 1, 0, style, float(n)))


def padded(n: str) -> bytes:
    code = "000000000000"
    formats = record(0x41E, struct.pack("<HHB", 200, 12, 1) + code.encode("utf-16-le"))
    formats += record(0xE0, bytes(20)) + record(0xE0, struct.pack("<HH", 0, 200) + bytes(16))
    return sheet(label("個人番号") + value(n, 1), formats)


def prop(key: int, text: str | bytes, codec: str = "utf-16-le") -> _cfbpack.Node:
    kind = "0102" if isinstance(text, bytes) else "001F" if codec == "utf-16-le" else "001E"
    raw = text if isinstance(text, bytes) else text.encode(codec)
    return node(f"__substg1.0_{key:04X}{kind}", raw)


def properties(head: int = 8) -> _cfbpack.Node:
    page = struct.pack("<HHIQ", 3, 0x3FFD, 6, 932)
    return node("__properties_version1.0", bytes(head) + page)


def item(*children: _cfbpack.Node) -> bytes:
    return compound(properties(32), *children)


def attached(n: str, name: str, data: bytes) -> bytes:
    inner = (properties(), prop(0x3707, name), prop(0x3701, data))
    return item(prop(0x0037, "memo"), node("__attach_version1.0_#00000000", None, *inner))


def rich(inside: str) -> Maker:
    return lambda n: ("{\\rtf1\\ansi\\ansicpg932 " + inside.replace("@", ASCII + n) + "}").encode()


def packed_rich(n: str) -> bytes:
    rtf = rich("@\\par")(n)
    return item(prop(0x1009, struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf))


MSG: dict[str, Maker] = {
    "body": lambda n: item(prop(0x1000, told(n))),
    "body in CP932": lambda n: item(prop(0x1000, told(n), "cp932")),
    "subject": lambda n: item(prop(0x0037, told(n))),
    "HTML alone, in CP932": lambda n: item(prop(0x1013, f"<p>{told(n)}</p>".encode("cp932"))),
    "rich text alone": packed_rich,
    "attached workbook": lambda n: attached(n, "a.xlsx", workbook(n)),
    "attached CSV": lambda n: attached(n, "a.csv", table(n)),
    "name of a file": lambda n: attached(n, f"個人番号{n}.txt", b"memo"),
    "name of a recipient": lambda n: item(
        node("__recip_version1.0_#00000000", None, properties(), prop(0x3001, told(n)))
    ),
    "transport header": lambda n: item(prop(0x007D, f"Subject: x\r\nKeywords: {ASCII}{n}\r\n")),
}
RICH: dict[str, Maker] = {
    "body": rich("@\\par"),
    "escaped Japanese": lambda n: (
        "{\\rtf1\\ansicpg932 " + "".join(f"\\'{byte:02x}" for byte in told(n).encode("cp932")) + "}"
    ).encode(),
    "header": rich("{\\header @\\par}memo\\par"),
    "footnote": rich("memo{\\footnote @}\\par"),
    "comment": rich("memo{\\*\\annotation @}\\par"),
    "deleted text": rich("memo{\\deleted @}\\par"),
    "hidden text": rich("memo{\\v @}\\par"),
    "property": rich("{\\info{\\title @}}memo\\par"),
    "document variable": rich("{\\*\\docvar {kojin}{@}}memo\\par"),
    "field code": rich('{\\field{\\*\\fldinst HYPERLINK "https://a.example/@"}{\\fldrslt x}}\\par'),
    "text box": rich("{\\shp{\\*\\shpinst{\\shptxt @\\par}}}memo\\par"),
    "table cell": rich("\\trowd\\cellx99\\intbl @\\cell\\row"),
    "digits over runs": lambda n: rich(
        ASCII + "".join(f"{{\\b {digit}}}" for digit in n) + "\\par"
    )(n),
}


def locked(version: bytes, said: bytes) -> Maker:
    """An Office file that a password opens; ``said`` is how it is encrypted."""
    return lambda n: compound(
        node("EncryptionInfo", version + said), node("EncryptedPackage", sealed(n))
    )


def sealed(n: str) -> bytes:
    size = struct.pack("<Q", 4096)
    return size + hashlib.shake_128(n.encode()).digest(4096)


AGILE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption xmlns="http://schemas.'
AGILE += 'microsoft.com/office/2006/encryption"><keyData saltSize="16" blockSize="16" keyBits="256"'
AGILE += ' hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"/></encryption>'
STANDARD = struct.pack("<IIIIIIIIII", 0x24, 0x8C, 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0)
STANDARD += "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
LOCKED = {
    "password, agile": locked(b"\4\0\4\0" + struct.pack("<I", 0x40), AGILE.encode()),
    "password, standard": locked(b"\4\0\2\0", STANDARD + bytes(68)),
    "password, standard of 2007": locked(b"\3\0\2\0", STANDARD + bytes(68)),
}
PROBES = (
    *(
        probe
        for kind, places in PLACES.items()
        for place in places
        for probe in probes(kind, {f"{place} (LibreOffice)": stored(kind, place)})
    ),
    *probes(
        "xls",
        {
            "numeric cell": lambda n: sheet(label("個人番号") + value(n)),
            f"{PADDED} by its format": padded,
            "text cell": lambda n: sheet(label(told(n))),
            "hidden sheet": lambda n: sheet(label(told(n)), state=1),
            "very hidden sheet": lambda n: sheet(label(told(n)), state=2),
            "hidden row": lambda n: sheet(
                record(0x208, struct.pack("<HHHHHHHH", 0, 0, 1, 255, 0, 0, 0x120, 15))
                + label(told(n))
            ),
            "hidden column": lambda n: sheet(
                record(0x7D, struct.pack("<HHHHHH", 0, 0, 0, 15, 1, 0)) + label(told(n))
            ),
            "page header": lambda n: sheet(
                record(0x14, struct.pack("<HB", 19, 1) + f"&C{told(n)}".encode("utf-16-le"))
            ),
        },
    ),
    *probes("msg", MSG),
    *probes("rtf", RICH),
    *(
        probe
        for kind in ("docx", "xlsx", "pptx")
        for probe in probes(kind, LOCKED, expects="password_protected")
    ),
)
