"""Where a number can sit in an OpenDocument file."""

from __future__ import annotations

import zipfile

from probes import word
from probes.excel import workbook
from probes.pictures import code
from probes.probe import Maker, probes, told, zipped

MIME = "application/vnd.oasis.opendocument."
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing")),
        *(("style", "style"), ("number", "datastyle"), ("svg", "svg-compatible")),
        *(("form", "form"), ("presentation", "presentation"), ("meta", "meta")),
    )
)
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'


def document(kind: str, body: str, styles: str = "") -> str:
    return (
        f'<?xml version="1.0"?><office:document-content {SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )


def package(kind: str, content: str, parts: dict[str, bytes | str] | None = None) -> bytes:
    """An OpenDocument package; ``kind`` is text, spreadsheet, presentation or graphics."""
    listed = '<manifest:manifest xmlns:manifest="m"><manifest:file-entry '
    listed += 'manifest:full-path="content.xml"/></manifest:manifest>'
    return zipped(
        {
            "mimetype": MIME + kind,
            "content.xml": content,
            "META-INF/manifest.xml": listed,
            **(parts or {}),
        }
    )


def flat(kind: str, tag: str, body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} '
        f'office:mimetype="{MIME}{kind}"><office:body><office:{tag}>{body}</office:{tag}>'
        "</office:body></office:document>"
    ).encode()


def said(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def text(wrap: str) -> Maker:
    """``wrap`` in a text document; ``@`` stands for the number behind its label."""
    return lambda n: package("text", document("text", said("本文") + wrap.replace("@", told(n))))


def beside(kind: str, name: str, wrap: str) -> Maker:
    """A part beside the content."""
    body = said("本文") if kind == "text" else ""
    return lambda n: package(kind, document(kind, body), {name: wrap.replace("@", told(n))})


def file(name: str, made: Maker) -> Maker:
    return lambda n: package("text", document("text", said("本文")), {name: made(n)})


def styles(inside: str) -> str:
    return (
        f"<office:document-styles {SPACES}><office:master-styles><style:master-page>"
        f"{inside}</style:master-page></office:master-styles></office:document-styles>"
    )


def meta(inside: str) -> str:
    return (
        f"<office:document-meta {SPACES}><office:meta>{inside}</office:meta></office:document-meta>"
    )


def cell(value: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}>{said(value)}</table:table-cell>'


def rows(*texts: list[str]) -> str:
    made = ("".join(map(cell, row)) for row in texts)
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in made)


def encrypted(n: str) -> bytes:
    sealed = '<manifest:manifest xmlns:manifest="m">'
    sealed += '<manifest:file-entry manifest:full-path="content.xml">'
    sealed += "<manifest:encryption-data><manifest:algorithm/></manifest:encryption-data>"
    sealed += "</manifest:file-entry></manifest:manifest>"
    return zipped(
        {
            "mimetype": MIME + "text",
            "content.xml": bytes(byte ^ 0xA5 for byte in told(n).encode()) * 9,
            "META-INF/manifest.xml": sealed,
        },
        zipfile.ZIP_STORED,
    )


FRAME = f"<draw:frame><draw:text-box>{said('@')}</draw:text-box></draw:frame>"
CHANGE = "<text:tracked-changes><text:changed-region><text:deletion>{}</text:deletion>"
CHANGE += "</text:changed-region></text:tracked-changes>"
INSIDE = "<text:tracked-changes><text:changed-region text:id='c'><text:deletion><text:p>{}</text:p>"
INSIDE += "</text:deletion></text:changed-region></text:tracked-changes><text:p>個人番号：{}"
INSIDE += "<text:change text:change-id='c'/>{}</text:p>"


def shortened(n: str) -> bytes:
    """Digits were deleted inside the number: it stood there before."""
    return flat("text", "text", INSIDE.format(n[4:8], n[:4], n[8:]))


def mended(n: str) -> bytes:
    """Digits too many were deleted inside the number: it stands there now."""
    return flat("text", "text", INSIDE.format("7777", n[:6], n[6:]))


NOTE = f"<office:annotation><dc:creator>山田</dc:creator>{said('@')}</office:annotation>"
TEXT: dict[str, Maker] = {
    "body": text(said("@")),
    "header": beside("text", "styles.xml", styles(f"<style:header>{said('@')}</style:header>")),
    "comment": text(f"<text:p>本文{NOTE}続き</text:p>"),
    "tracked deletion": text(CHANGE.format(said("@"))),
    "one digit a cell": lambda n: package(
        "text", document("text", f"<table:table>{rows(['個人番号', *n])}</table:table>")
    ),
    "title": beside("text", "meta.xml", meta("<dc:title>@</dc:title>")),
}
TEXT_BEYOND: dict[str, Maker] = {
    "footer of the left page": beside(
        "text", "styles.xml", styles(f"<style:footer-left>{said('@')}</style:footer-left>")
    ),
    "footnote": text(
        "<text:p>本文<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        f"{said('@')}</text:note-body></text:note></text:p>"
    ),
    "frame": text(f"<text:p>{FRAME}</text:p>"),
    "alt text": text("<text:p><draw:frame><svg:desc>@</svg:desc></draw:frame></text:p>"),
    "hidden text": text(
        '<text:p><text:hidden-text text:condition="ooow:1" text:string-value="@"/></text:p>'
    ),
    "hidden section": text(f'<text:section text:display="none">{said("@")}</text:section>'),
    "variable": text(
        '<text:user-field-decls><text:user-field-decl text:name="個人番号" '
        'office:string-value="@"/></text:user-field-decls>'
    ),
    "placeholder": text("<text:p><text:placeholder>@</text:placeholder></text:p>"),
    "bookmark": text('<text:p><text:bookmark text:name="@"/></text:p>'),
    "value of a form field": text(
        '<office:forms><form:text form:current-value="@"/></office:forms>'
    ),
    "help of a form field": text('<office:forms><form:text form:title="@"/></office:forms>'),
    "target of a link": text(
        '<text:p><text:a xlink:href="https://a.example/@">例</text:a></text:p>'
    ),
    "digits over spans": lambda n: package(
        "text",
        document("text", said("個人番号 " + "".join(f"<text:span>{d}</text:span>" for d in n))),
    ),
    "spaces in it": lambda n: package(
        "text",
        document("text", said(f"個人番号 {n[:4]}<text:s/>{n[4:8]}<text:s text:c='1'/>{n[8:]}")),
    ),
    "own property": beside(
        "text", "meta.xml", meta('<meta:user-defined meta:name="個人番号">@</meta:user-defined>')
    ),
    "embedded object": beside("text", "Object 1/content.xml", document("text", said("@"))),
    "embedded workbook": file("Object 2", workbook),
    "QR code of a picture": file("Pictures/1.png", lambda n: code(told(n))),
    "name of a style": beside(
        "text", "styles.xml", styles('<style:style style:display-name="@"/>')
    ),
    "macro": beside("text", "Basic/Standard/Module1.xml", "<script:module>REM @</script:module>"),
    "embedded Word document": file("Object 3", word.inside(word.SAID)),
    "custom XML": beside("text", "customXml/item1.xml", "<a><個人番号>@</個人番号></a>"),
    "settings": beside("text", "settings.xml", '<config-item name="a">@</config-item>'),
}
PROBES = (
    *probes("odt", TEXT | TEXT_BEYOND),
    *probes("odt", {"with a password": encrypted}, expects="password_protected"),
    *probes(
        "fodt",
        {
            "body": lambda n: flat("text", "text", said(told(n))),
            "digits deleted inside it": shortened,
            "other digits deleted inside it": mended,
        },
    ),
    *probes("ott", {"body": lambda n: package("text-template", document("text", said(told(n))))}),
)
