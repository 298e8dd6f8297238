"""Where a number can sit in text, markup and data files."""

from __future__ import annotations

import base64
import contextlib
import json
import plistlib
import quopri
import sqlite3
from typing import Any

from probes.pictures import code
from probes.probe import Maker, probes, table, told

ASCII = "My Number: "


def text(codec: str, before: str = "扶養控除の申告についてのメモです。\n") -> Maker:
    """A note in an encoding."""
    return lambda n: f"{before}{told(n)}\n".encode(codec)


def csv(codec: str) -> Maker:
    return lambda n: table(n).decode("cp932").encode(codec)


def xml(wrap: str, codec: str = "utf-8") -> Maker:
    """A document; ``@`` stands for the number behind its label."""
    head = f'<?xml version="1.0" encoding="{codec}"?>\n'
    return lambda n: (head + wrap.replace("@", told(n))).encode(codec)


def html(wrap: str) -> Maker:
    return lambda n: f"<!doctype html><html><body>{wrap.replace('@', told(n))}".encode()


def of_digits(wrap: str, each: str, joint: str = "") -> Maker:
    """``wrap`` with every digit as ``each`` has it."""
    return lambda n: wrap.replace("@", joint.join(each.replace("?", digit) for digit in n)).encode()


def dumped(value: Any, **more: Any) -> bytes:
    return json.dumps(value, **more).encode()


def database(column: str, *, blob: bool = False, deleted: bool = False) -> Maker:
    def made(n: str) -> bytes:
        with contextlib.closing(sqlite3.connect(":memory:")) as base:
            base.execute(f'CREATE TABLE people (name TEXT, "{column}" TEXT)')
            value: str | bytes = told(n).encode("utf-16-le") if blob else n
            base.execute("INSERT INTO people VALUES (?, ?)", ("山田太郎", value))
            base.commit()
            if deleted:
                # Some builds of SQLite overwrite what is deleted.
                base.execute("PRAGMA secure_delete = off")
                base.execute("DELETE FROM people")
                base.commit()
            return base.serialize()

    return made


def card(n: str) -> bytes:
    note = quopri.encodestring(told(n).encode()).decode().replace("=\n", "=\r\n")
    return (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Yamada\r\n"
        f"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{note}\r\nEND:VCARD\r\n"
    ).encode()


def ldif(n: str) -> bytes:
    packed = base64.b64encode(told(n).encode()).decode()
    return f"dn: cn=yamada\ncn: yamada\ndescription:: {packed}\n".encode()


def registry(n: str) -> bytes:
    said = 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\A]\r\n"個人番号"='
    return f'{said}"{n}"\r\n'.encode("utf-16")


PLAIN: dict[str, Maker] = {
    "UTF-8": text("utf-8"),
    "CP932": text("cp932"),
    "EUC-JP": text("euc_jp"),
    "ISO-2022-JP": text("iso2022_jp"),
    "UTF-16 without its mark": text("utf-16-le"),
    "UTF-16, big end first": text("utf-16-be"),
    "UTF-16 with its mark": text("utf-16"),
    "UTF-8 with its mark": text("utf-8-sig"),
}
PLAIN_BEYOND: dict[str, Maker] = {
    "UTF-32": text("utf-32"),
    "UTF-16 without its mark, in ASCII": lambda n: f"{ASCII}{n}\r\n".encode("utf-16-le"),
    "colours of a terminal": lambda n: f"\x1b[1;31m{ASCII}\x1b[0m{n}\x1b[0m\n".encode(),
    "among NUL bytes": lambda n: f"{ASCII}{n}".encode() + bytes(200),
    "form feeds": lambda n: f"memo\f{ASCII}{n}\f".encode(),
    "old Macintosh line ends": lambda n: f"memo\r{ASCII}{n}\rmemo\r".encode(),
    "table of Markdown": lambda n: f"|氏名|個人番号|\n|---|---|\n|山田|{n}|\n".encode(),
    "rulers of a mainframe": lambda n: (
        f"{'氏名':<10}{'個人番号':<14}\n{'山田':<10}{n:<14}\n".encode()
    ),
    "long line": lambda n: ("x " * 300_000 + f"{ASCII}{n}" + " x" * 9).encode(),
}
MARKUP: dict[str, Maker] = {
    "element": xml("<申告><個人番号>@</個人番号></申告>"),
    "attribute": xml('<申告 個人番号="@"/>'),
    "Shift_JIS": xml("<申告><a>@</a></申告>", "Shift_JIS"),
    "comment": xml("<a><!-- @ --></a>"),
}
MARKUP_BEYOND: dict[str, Maker] = {
    "CDATA": xml("<a><![CDATA[@]]></a>"),
    "instruction": xml("<a><?memo @?></a>"),
    "entity": xml('<!DOCTYPE a [<!ENTITY b "@">]><a>&b;</a>'),
    "character references": lambda n: xml(
        "<a>My Number: " + "".join(f"&#x{ord(digit):x};" for digit in n) + "</a>"
    )(n),
    "after a fault": xml("<a><b>x</c><d>@</d></a>"),
    "EUC-JP": xml("<申告><a>@</a></申告>", "EUC-JP"),
    "UTF-16": xml("<申告><a>@</a></申告>", "UTF-16"),
    "page of Office 2003": xml(
        "<w:wordDocument xmlns:w='w'><w:body><w:p><w:r><w:t>@</w:t></w:r></w:p></w:body>"
        "</w:wordDocument>"
    ),
    "sheet of Office 2003": lambda n: xml(
        "<Workbook xmlns:ss='s'><Worksheet ss:Name='一覧'><Table><Row><Cell><Data>個人番号</Data>"
        f"</Cell><Cell><Data ss:Type='String'>{n}</Data></Cell></Row></Table></Worksheet>"
        "</Workbook>"
    )(n),
    "flat Office package": xml(
        "<pkg:package xmlns:pkg='p'><pkg:part pkg:name='/word/document.xml'><pkg:xmlData>"
        "<w:document xmlns:w='w'><w:t>@</w:t></w:document></pkg:xmlData></pkg:part></pkg:package>"
    ),
}
PAGE: dict[str, Maker] = {
    "text": html("<p>@</p>"),
    "value of an input": html('<input type="hidden" name="kojin" value="@">'),
    "comment": html("<!-- @ -->"),
    "script": html("<script>var a = '@';</script>"),
    "table": lambda n: html(f"<table><tr><th>氏名<th>個人番号<tr><td>山田<td>{n}</table>")(n),
}
PAGE_BEYOND: dict[str, Maker] = {
    "alt text": html('<img src="a.png" alt="@">'),
    "title": html('<span title="@">山田</span>'),
    "data attribute": html('<tr data-mynumber="@"></tr>'),
    "meta": html('<meta name="description" content="@">'),
    "style": html("<style>p::after { content: '@' }</style>"),
    "template": html("<template><p>@</p></template>"),
    "text area": html("<textarea>@</textarea>"),
    "script that is data": html('<script type="application/json">{"a": "@"}</script>'),
    "page in an attribute": html('<iframe srcdoc="&lt;p&gt;@&lt;/p&gt;"></iframe>'),
    "address of a link": html('<a href="mailto:a@example.jp?body=x">x</a><a href="/x?q=@">x</a>'),
    "one digit an element": of_digits("<html><p>My Number: @</p>", "<b>?</b>"),
    "one digit a cell": of_digits(
        "<html><table><tr><td>My Number</td>@</tr></table>", "<td>?</td>"
    ),
    "places to break in it": of_digits("<html><p>My Number: @</p>", "?<wbr>"),
    "soft hyphens in it": of_digits("<html><p>My Number: @</p>", "?&shy;"),
    "no-width spaces in it": of_digits("<html><p>My Number: @</p>", "?&#8203;"),
    "full-width digits": lambda n: html(
        f"<p>個人番号：{n.translate(str.maketrans('0123456789', '０１２３４５６７８９'))}</p>"
    )(n),
    "QR code in a data address": lambda n: html(
        f'<img src="data:image/png;base64,{base64.b64encode(code(told(n))).decode()}">'
    )(n),
    "text in a data address": lambda n: html(
        f'<a download href="data:text/csv;base64,{base64.b64encode(table(n)).decode()}">x</a>'
    )(n),
    "UTF-16": lambda n: f"<html><p>{told(n)}</p>".encode("utf-16"),
    "declared as Shift_JIS": lambda n: f'<html><meta charset="Shift_JIS"><p>{told(n)}</p>'.encode(
        "cp932"
    ),
}
DATA: dict[str, Maker] = {
    "string": lambda n: dumped({"name": "x", "kojin_bango": n}),
    "number": lambda n: f'{{"個人番号": {n}}}'.encode(),
    "escapes": lambda n: (
        '{"\\u500b\\u4eba\\u756a\\u53f7": "' + "".join(f"\\u{ord(d):04x}" for d in n) + '"}'
    ).encode(),
}
DATA_BEYOND: dict[str, Maker] = {
    "key": lambda n: dumped({told(n): True}),
    "JSON in a string": lambda n: dumped({"body": json.dumps({"個人番号": n})}),
    "list of lists": lambda n: dumped([["氏名", "個人番号"], ["山田", n]], ensure_ascii=False),
    "list of digits": lambda n: dumped({"mynumber": [int(digit) for digit in n]}),
    "deep inside": lambda n: ('{"a":' * 300 + f'"{ASCII}{n}"' + "}" * 300).encode(),
    "cut off": lambda n: dumped({"x": {"個人番号": n}, "y": [1]}, ensure_ascii=False)[:-4],
    "file in Base64": lambda n: dumped(
        {"name": "a.csv", "contentBytes": base64.b64encode(table(n) * 3).decode()}
    ),
}
PROBES = (
    *probes("txt", PLAIN | PLAIN_BEYOND),
    *probes("csv", {codec: csv(codec) for codec in ("cp932", "utf-16", "iso2022_jp", "euc_jp")}),
    *probes(
        "csv",
        {
            "formula": lambda n: f'氏名,個人番号\n山田,"=""{n}"""\n'.encode(),
            "line break in a cell": lambda n: f'氏名,備考\n山田,"個人番号\n{n}"\n'.encode(),
            "tabs": lambda n: f"氏名\t個人番号\n山田\t{n}\n".encode("cp932"),
            "one digit a cell": lambda n: f"個人番号,{','.join(n)}\n".encode("cp932"),
        },
    ),
    *probes("xml", MARKUP | MARKUP_BEYOND),
    *probes("html", PAGE | PAGE_BEYOND),
    *probes("json", DATA | DATA_BEYOND),
    *probes("jsonl", {"line": lambda n: b'{"a":1}\n' + dumped({"mynumber": n}) + b"\n{}\n"}),
    *probes(
        "ipynb",
        {
            "output": lambda n: dumped(
                {"cells": [{"outputs": [{"text": ["memo\n", f"{ASCII}{n}\n"]}]}], "nbformat": 4}
            )
        },
    ),
    *probes("yaml", {"value": lambda n: f"yamada:\n  個人番号: '{n}'\n".encode()}),
    *probes("ini", {"value": lambda n: f"[yamada]\r\nmynumber={n}\r\n".encode()}),
    *probes("sql", {"insert": lambda n: f"INSERT INTO p (個人番号) VALUES ('{n}');".encode()}),
    *probes("py", {"constant": lambda n: f'MY_NUMBER = "{n}"\n'.encode()}),
    *probes("reg", {"value": registry}),
    *probes("ldif", {"value in Base64": ldif}),
    *probes("vcf", {"note": card}),
    *probes(
        "ics",
        {
            "folded line": lambda n: (
                f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:{ASCII}{n[:6]}\r\n {n[6:]}\r\n"
                "END:VEVENT\r\nEND:VCALENDAR\r\n"
            ).encode()
        },
    ),
    *probes(
        "svg",
        {
            "text": xml('<svg xmlns="s"><text>@</text></svg>'),
            "one digit an element": of_digits(
                '<svg xmlns="s"><text>My Number: @</text></svg>', "<tspan>?</tspan>"
            ),
        },
    ),
    *probes("plist", {"string": lambda n: plistlib.dumps({"個人番号": n})}),
    *probes(
        "plist", {"packed": lambda n: plistlib.dumps({"My Number": n}, fmt=plistlib.FMT_BINARY)}
    ),
    *probes(
        "sqlite",
        {
            "column": database("個人番号"),
            "blob": database("memo", blob=True),
            "deleted row": database("個人番号", deleted=True),
        },
    ),
    *probes("xtx", {"element": xml("<APHA010><ABH00010>@</ABH00010></APHA010>")}),
)
