"""Where a number can sit in an Outlook data file."""

from __future__ import annotations

import struct

from probes.datafile import (
    ANSI,
    BIG,
    BINARY,
    CYCLIC,
    FOLDER,
    LONG,
    OBJECT,
    PLAIN,
    ROOT,
    TEXT_8,
    TEXT_16,
    UNICODE,
    Writer,
    datafile,
    item,
    mail,
    wide,
)
from probes.probe import Maker, probes, table, told

ASCII = "My Number: "


def body(kind: str, encoded: int) -> Maker:
    return lambda n: datafile(lambda writer: mail(writer, item(body=told(n))), kind, encoded)


def property_(key: int, type_: int, made: Maker, kind: str = UNICODE) -> Maker:
    """A property of a mail."""
    return lambda n: datafile(lambda writer: mail(writer, item() | {(key, type_): made(n)}), kind)


def said(n: str) -> bytes:
    return wide(told(n))


def rich(n: str) -> bytes:
    """Rich text that is stored as it is."""
    text = b"{\\rtf1\\ansi " + f"{ASCII}{n}".encode() + b"}"
    return struct.pack("<II4sI", len(text) + 12, len(text), b"MELA", 0) + text


def recipient(n: str) -> bytes:
    def fill(writer: Writer) -> None:
        row = {(0x3001, TEXT_16): said(n), (0x39FE, TEXT_16): wide("a@example.jp")}
        mail(writer, item(), recipients=[writer.table([row])])

    return datafile(fill)


def attached(made: Maker, name: str = "a.csv", kind: str = UNICODE) -> Maker:
    def whole(n: str) -> bytes:
        def fill(writer: Writer) -> None:
            file = {(0x3704, TEXT_16): wide(name), (0x3705, LONG): b"\1\0\0\0"}
            node = writer.context(file | {(0x3701, BINARY): made(n)})
            mail(writer, item(), files=[node])

        return datafile(fill, kind)

    return whole


def item_in_item(n: str) -> bytes:
    def fill(writer: Writer) -> None:
        inner = {0x8025: writer.context(item("inner", told(n)))}
        place = struct.pack("<II", 0x8025, 100)
        node = writer.context({(0x3705, LONG): b"\5\0\0\0", (0x3701, OBJECT): place}, inner)
        mail(writer, item("outer"), files=[node])

    return datafile(fill)


def deleted(n: str) -> bytes:
    """The trees that told of the mail are still there, but nothing leads to them."""

    def fill(writer: Writer) -> None:
        mail(writer, item())
        mail(writer, item(body=told(n)), 2)
        writer.trees()
        del writer.nodes[0x200000 + 32 * 2 | 4]

    return datafile(fill)


def rootless(n: str) -> bytes:
    """A file whose header leads nowhere."""
    whole = bytearray(body(UNICODE, CYCLIC)(n))
    whole[224:232] = whole[240:248] = bytes(8)
    return bytes(whole)


def unseen(n: str) -> bytes:
    def fill(writer: Writer) -> None:
        writer.node(0x200028, writer.context(item(body=told(n))), FOLDER)

    return datafile(fill)


def in_search(n: str) -> bytes:
    def fill(writer: Writer) -> None:
        writer.node(0x2223, writer.context({(0x3001, TEXT_16): said(n)}), ROOT)

    return datafile(fill)


def sealed(n: str) -> bytes:
    """A file that says that the company's keys open it."""
    whole = bytearray(body(UNICODE, PLAIN)(n))
    whole[513] = 0x10
    return bytes(whole).replace(said(n), bytes(len(said(n))))


def with_password(n: str) -> bytes:
    def fill(writer: Writer) -> None:
        mail(writer, item(body=told(n)))
        writer.node(0x21, writer.context({(0x67FF, LONG): b"\1\2\3\4"}))

    return datafile(fill)


def many(n: str) -> bytes:
    """So many mails that the trees have more than one page."""

    def fill(writer: Writer) -> None:
        for number in range(1, 120):
            mail(writer, item(body=told(n) if number == 77 else "memo"), number)

    return datafile(fill, ANSI)


def several(n: str) -> bytes:
    """A property with several values."""
    one, two = wide("memo"), said(n)
    return struct.pack("<III", 2, 12, 12 + len(one)) + one + two


PLACES: dict[str, Maker] = {
    "body": body(UNICODE, PLAIN),
    "body, permuted": body(UNICODE, 1),
    "body, by place": body(UNICODE, CYCLIC),
    "body, ANSI kind": body(ANSI, 1),
    "body, pages of 4 KiB": body(BIG, PLAIN),
    "long body, packed": property_(
        0x1000, TEXT_16, lambda n: wide("memo\r\n" * 9_000 + told(n)), kind=BIG
    ),
    "subject": property_(0x37, TEXT_16, lambda n: wide(f"\1\1{told(n)}")),
    "8-bit body in CP932": property_(0x1000, TEXT_8, lambda n: told(n).encode("cp932"), kind=ANSI),
    "HTML body in CP932": property_(0x1013, BINARY, lambda n: f"<p>{told(n)}</p>".encode("cp932")),
    "rich body": property_(0x1009, BINARY, rich),
    "sender": property_(0x0C1A, TEXT_16, said),
    "named property": property_(0x8000, TEXT_16, said),
    "keywords": property_(0x9000, TEXT_16 | 0x1000, several),
    "recipient": recipient,
    "attached list": attached(table),
    "attached text of many blocks": attached(
        lambda n: b"memo\r\n" * 9_000 + told(n).encode("cp932"), "a.txt"
    ),
    "attached list, ANSI kind": attached(table, kind=ANSI),
    "name of an attached file": lambda n: attached(lambda _: b"memo", f"個人番号_{n}.txt")(n),
    "item in an item": item_in_item,
    "deleted item": deleted,
    "item of a file without trees": rootless,
    "item filed unseen": unseen,
    "name of a folder": lambda n: datafile(lambda _: None, folder=told(n)),
    "name of a search folder": in_search,
    "item of a file with a password": with_password,
    "one of many items": many,
}
PROBES = (
    *probes("pst", PLACES),
    *probes("ost", {"body": body(BIG, CYCLIC)}),
    *probes("pst", {"named as something else": body(UNICODE, 1)}, "a.dat"),
    *probes("pst", {"sealed": sealed}, expects="encrypted"),
)
