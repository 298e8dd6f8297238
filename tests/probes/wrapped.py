"""Files in files, shortcuts, settings and source code; files that only a key opens."""

from __future__ import annotations

import bz2
import lzma
import plistlib

from probes.datafile import datafile, item
from probes.datafile import mail as put
from probes.excel import workbook
from probes.legacy import attached as enclosed
from probes.mail import attached, text
from probes.probe import Maker, probes, table, told, zipped
from probes.stores import attached as filed
from probes.word import SAID, inside

ASCII = "My Number: "


def declaration(n: str) -> bytes:
    """A filing as e-Tax saves it: only the names of elements say what stands in them."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><DATA><IT><KOJINBANGO>'
        f"<個人番号>{n}</個人番号></KOJINBANGO></IT></DATA>"
    ).encode()


def shortcut(n: str) -> bytes:
    """A Windows shortcut: a path in UTF-16 behind its header."""
    head = b"L\0\0\0" + bytes.fromhex("0114020000000000c000000000000046") + bytes(56)
    return head + told(n).encode("utf-16-le") + bytes(4)


def web_location(n: str) -> bytes:
    return plistlib.dumps({"URL": f"https://example.jp/?mynumber={n}"})


INSIDE: dict[str, Maker] = {
    "data file in a zip": lambda n: zipped(
        {"a.pst": datafile(lambda writer: put(writer, item(body=told(n))))}
    ),
    "mail in a zip": lambda n: zipped({"a.eml": text("utf-8")(n)}),
    "mail with a workbook in a zip": lambda n: zipped({"a.eml": attached("a.xlsx", workbook)(n)}),
    "packed list in a zip": lambda n: zipped({"a.csv.bz2": bz2.compress(table(n))}),
    "packed twice in a zip": lambda n: zipped({"a.xz": lzma.compress(bz2.compress(table(n)))}),
}
POSTED: dict[str, Maker] = {
    "attached zip with a mail": lambda n: enclosed(n, "a.zip", zipped({"a.eml": text("utf-8")(n)})),
}
FILED: dict[str, Maker] = {
    "attached zip with a mail": filed(lambda n: zipped({"a.eml": text("utf-8")(n)}), "a.zip"),
    "attached workbook": filed(workbook, "a.xlsx"),
    "attached document": filed(inside(SAID), "a.docx"),
}
WRITTEN = {
    "yaml": ("a.yaml", lambda n: f"person:\n  name: 山田\n  個人番号: '{n}'\n".encode()),
    "yaml list": ("b.yml", lambda n: f"people:\n- my_number: {n}\n  age: 3\n".encode()),
    "ini": ("a.ini", lambda n: f"[person]\r\n個人番号={n}\r\n".encode("cp932")),
    "properties": ("a.properties", lambda n: f"user.mynumber = {n}\n".encode()),
    "python": ("a.py", lambda n: f'MY_NUMBER = "{n}"  # 個人番号\n'.encode()),
    "java": ("A.java", lambda n: f'String kojinBango = "{n}"; // 個人番号\n'.encode("cp932")),
    "sql": ("a.sql", lambda n: f"INSERT INTO t (個人番号) VALUES ('{n}');\n".encode()),
    "shell": ("a.sh", lambda n: f"# 個人番号\nexport MYNUMBER={n}\n".encode()),
    "xtx": ("a.xtx", declaration),
    "url": ("a.url", lambda n: f"[InternetShortcut]\r\nURL=https://a.jp/?mynumber={n}".encode()),
    "webloc": ("a.webloc", web_location),
    "lnk": ("a.lnk", shortcut),
    "toml": ("a.toml", lambda n: f'[person]\n"個人番号" = "{n}"\n'.encode()),
    "log": ("a.log", lambda n: f"2026-01-01 INFO {told(n)}\n".encode("euc-jp")),
    "markdown": ("a.md", lambda n: f"| 氏名 | 個人番号 |\n|---|---|\n| 山田 | {n} |\n".encode()),
}
MISNAMED: dict[str, tuple[str, Maker]] = {
    "workbook named as a picture": ("a.png", workbook),
    "document named as a text": ("a.txt", inside(SAID)),
    "list named as a workbook": ("a.xlsx", table),
    "mail named as a page": ("a.html", text("utf-8")),
}
PROBES = (
    *probes("zip", INSIDE),
    *probes("pst", FILED),
    *probes("msg", POSTED),
    *(one for kind, (file, made) in WRITTEN.items() for one in probes(kind, {"entry": made}, file)),
    *(
        one
        for place, (file, made) in MISNAMED.items()
        for one in probes("misnamed", {place: made}, file)
    ),
    *probes(
        "pfile",
        {"protected by Purview": lambda _: b".pfile" + bytes(60)},
        expects="rights_managed",
    ),
    *probes(
        "rpmsg",
        {"protected by Purview": lambda _: bytes.fromhex("76e80460c411e386") + bytes(60)},
        expects="rights_managed",
    ),
)
