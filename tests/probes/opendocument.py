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
    return f"<office:document-meta {SPACES}><office:meta>{inside}</office:meta></office:document-meta>"


def cell(value: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}>{said(value)}</table:table-cell>'


def rows(*texts: list[str]) -> str:
    made = ("".join(map(cell, row)) for row in texts)
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in made)


def sheet(inside: str, more: str = "", style: str = "", around: str = "") -> bytes:
    table = f'<table:table table:name="一覧"{more}>{inside}</table:table>{around}'
    return package("spreadsheet", document("spreadsheet", table, style))


def listed(last: str) -> str:
    return rows(["氏名", "個人番号"]) + f"<table:table-row>{cell('山田太郎')}{last}</table:table-row>"


def float_cell(n: str, style: str = "", shown: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{n}" table:style-name="ce1">'
        f"{said(shown or n)}</table:table-cell>{style}"
    )


def padded(n: str) -> bytes:
    """A number whose first zero only its format shows, and whose text is not stored."""
    style = '<number:number-style style:name="N1"><number:number number:min-integer-digits="12"/>'
    style += '</number:number-style><style:style style:name="ce1" style:family="table-cell" '
    style += 'style:data-style-name="N1"/>'
    bare = f'<table:table-cell table:style-name="ce1" office:value-type="float" office:value="{int(n)}"/>'
    return sheet(listed(bare), style=style)


def hidden_sheet(n: str) -> bytes:
    style = '<style:style style:name="ta1" style:family="table"><style:table-properties '
    style += 'table:display="false"/></style:style>'
    return sheet(listed(cell(n)), ' table:style-name="ta1"', style)


def upright(n: str) -> bytes:
    return sheet(rows(["個人番号"], *([digit] for digit in n)))


def repeated(n: str) -> bytes:
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    many = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    return sheet(
        rows(["氏名", "個人番号"])
        + '<table:table-row><table:table-cell table:number-columns-repeated="1"/>'
        + f"{cell(n)}{blank}</table:table-row>{many}"
    )


def merged(n: str) -> bytes:
    """A number below a label over two columns."""
    wide = '<table:table-row><table:table-cell table:number-columns-spanned="2">'
    wide += f"{said('個人番号')}</table:table-cell><table:covered-table-cell/></table:table-row>"
    return sheet(wide + rows(["山田", n]))


def encrypted(n: str) -> bytes:
    sealed = '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml">'
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


def show(wrap: str, parts: dict[str, str] | None = None) -> Maker:
    """``wrap`` in a presentation."""
    return lambda n: package(
        "presentation",
        document("presentation", wrap.replace("@", told(n))),
        {name: xml.replace("@", told(n)) for name, xml in (parts or {}).items()},
    )


def page(inside: str, more: str = "") -> str:
    return f'<draw:page draw:name="p1"{more}>{inside}</draw:page>'


FRAME = f"<draw:frame><draw:text-box>{said('@')}</draw:text-box></draw:frame>"
CHANGE = "<text:tracked-changes><text:changed-region><text:deletion>{}</text:deletion>"
CHANGE += "</text:changed-region></text:tracked-changes>"
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
        '<text:p><text:hidden-text text:condition="ooow:1" text:string-value="@" text:is-hidden="true"/>'
        "</text:p>"
    ),
    "hidden section": text(f'<text:section text:display="none">{said("@")}</text:section>'),
    "variable": text(
        '<text:user-field-decls><text:user-field-decl text:name="個人番号" '
        'office:string-value="@"/></text:user-field-decls>'
    ),
    "placeholder": text("<text:p><text:placeholder>@</text:placeholder></text:p>"),
    "bookmark": text('<text:p><text:bookmark text:name="@"/></text:p>'),
    "value of a form field": text('<office:forms><form:text form:current-value="@"/></office:forms>'),
    "help of a form field": text('<office:forms><form:text form:title="@"/></office:forms>'),
    "target of a link": text('<text:p><text:a xlink:href="https://a.example/@">例</text:a></text:p>'),
    "digits over spans": lambda n: package(
        "text",
        document("text", said("個人番号 " + "".join(f"<text:span>{d}</text:span>" for d in n))),
    ),
    "spaces in it": lambda n: package(
        "text", document("text", said(f"個人番号 {n[:4]}<text:s/>{n[4:8]}<text:s text:c='1'/>{n[8:]}"))
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
    "macro": beside(
        "text", "Basic/Standard/Module1.xml", "<script:module>REM @</script:module>"
    ),
    "index of a database": beside("text", "settings.xml", '<config-item name="a">@</config-item>'),
}
SHEET: dict[str, Maker] = {
    "text cell": lambda n: sheet(listed(cell(n))),
    "numeric cell": lambda n: sheet(listed(float_cell(n))),
    "padded by its format": padded,
    "comment": lambda n: sheet(listed(cell("済") + NOTE.replace("@", told(n)))),
}
SHEET_BEYOND: dict[str, Maker] = {
    "value that is shown rounded": lambda n: sheet(listed(float_cell(n, shown="1.2E+11"))),
    "hidden sheet": hidden_sheet,
    "one digit a row": upright,
    "among repeated cells": repeated,
    "below a merged label": merged,
    "comment inside a cell": lambda n: sheet(
        f"<table:table-row><table:table-cell>{NOTE.replace('@', told(n))}</table:table-cell>"
        "</table:table-row>"
    ),
    "hidden row": lambda n: sheet(
        rows(["氏名", "個人番号"])
        + f'<table:table-row table:visibility="collapse">{cell("山田")}{cell(n)}</table:table-row>'
    ),
    "covered cell": lambda n: sheet(
        f"<table:table-row>{cell('個人番号')}<table:covered-table-cell>{said(told(n))}"
        "</table:covered-table-cell></table:table-row>"
    ),
    "message of a validation": lambda n: sheet(
        rows(["氏名"]),
        around="<table:content-validations><table:content-validation><table:help-message>"
        f"{said(told(n))}</table:help-message></table:content-validation></table:content-validations>",
    ),
    "defined name": lambda n: sheet(
        rows(["氏名"]),
        around='<table:named-expressions><table:named-expression table:name="個人番号" '
        f"table:expression='\"{told(n)}\"'/></table:named-expressions>",
    ),
    "constant of a formula": lambda n: sheet(
        listed(cell("0", f" table:formula='of:=LEFT(\"{told(n)}\";1)'"))
    ),
    "page footer": beside("spreadsheet", "styles.xml", styles(f"<style:footer>{said('@')}")),
    "name of a sheet": lambda n: package(
        "spreadsheet",
        document("spreadsheet", f'<table:table table:name="個人番号 {n}">{rows(["a"])}</table:table>'),
    ),
    "cache of a link": lambda n: sheet(
        rows(["氏名"]),
        around=f"<table:table table:name=\"'file:///x.ods'#表\">{listed(cell(n))}</table:table>",
    ),
    "chart": beside("spreadsheet", "Object 1/content.xml", document("chart", said("@"))),
    "shape": lambda n: sheet(
        f"<table:shapes>{FRAME.replace('@', told(n))}</table:shapes>" + rows(["氏名"])
    ),
}
SHOW: dict[str, Maker] = {
    "slide": show(page(FRAME)),
    "notes": show(page(f"<presentation:notes>{FRAME}</presentation:notes>")),
    "comment": show(page(NOTE)),
    "master page": show(page(""), {"styles.xml": styles(FRAME)}),
    "footer": show(f"<presentation:footer-decl>@</presentation:footer-decl>{page('')}"),
    "custom shape": show(page(f"<draw:custom-shape>{said('@')}</draw:custom-shape>")),
    "table": show(
        page("<draw:frame><table:table><table:table-row>" + cell("@") + "</table:table-row></table:table>")
    ),
    "name of a slide": lambda n: package(
        "presentation", document("presentation", f'<draw:page draw:name="個人番号 {n}"/>')
    ),
}
PROBES = (
    *probes("odt", TEXT | TEXT_BEYOND),
    *probes("odt", {"with a password": encrypted}, expects="password_protected"),
    *probes("ods", SHEET | SHEET_BEYOND),
    *probes("odp", SHOW),
    *probes("odg", {"shape": lambda n: package(
        "graphics", document("drawing", page(FRAME.replace("@", told(n))))
    )}),
    *probes("fodt", {"body": lambda n: flat("text", "text", said(told(n)))}),
    *probes("fods", {"cell": lambda n: flat(
        "spreadsheet", "spreadsheet", f"<table:table>{listed(cell(n))}</table:table>"
    )}),
    *probes("ott", {"body": lambda n: package("text-template", document("text", said(told(n))))}),
    *probes("odt", {"custom XML": file("customXml/item1.xml", lambda n: (
        f"<a><個人番号>{told(n)}</個人番号></a>".encode()))}),
    *probes("odt", {"embedded Word document": file("Object 3", word.inside(word.SAID))}),
)
