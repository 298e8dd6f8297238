"""Where a number can sit in an OpenDocument spreadsheet, presentation or drawing."""

from __future__ import annotations

from probes.opendocument import (
    FRAME,
    NOTE,
    beside,
    cell,
    document,
    flat,
    package,
    rows,
    said,
    styles,
)
from probes.probe import Maker, probes, told


def sheet(inside: str, more: str = "", style: str = "", around: str = "") -> bytes:
    table = f'<table:table table:name="一覧"{more}>{inside}</table:table>{around}'
    return package("spreadsheet", document("spreadsheet", table, style))


def listed(last: str) -> str:
    return (
        rows(["氏名", "個人番号"]) + f"<table:table-row>{cell('山田太郎')}{last}</table:table-row>"
    )


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
    bare = '<table:table-cell table:style-name="ce1" office:value-type="float" '
    bare += f'office:value="{int(n)}"/>'
    return sheet(listed(bare), style=style)


def hidden_sheet(n: str) -> bytes:
    style = '<style:style style:name="ta1" style:family="table"><style:table-properties '
    style += 'table:display="false"/></style:style>'
    return sheet(listed(cell(n)), ' table:style-name="ta1"', style)


def upright(n: str) -> bytes:
    return sheet(rows(["個人番号"], *([digit] for digit in n)))


def repeated(n: str) -> bytes:
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    many = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'
    many += "</table:table-row>"
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


def show(wrap: str, parts: dict[str, str] | None = None) -> Maker:
    """``wrap`` in a presentation."""
    return lambda n: package(
        "presentation",
        document("presentation", wrap.replace("@", told(n))),
        {name: xml.replace("@", told(n)) for name, xml in (parts or {}).items()},
    )


def page(inside: str, more: str = "") -> str:
    return f'<draw:page draw:name="p1"{more}>{inside}</draw:page>'


UNSEEN = '<style:style style:name="{}" style:family="drawing-page">'
UNSEEN += '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
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
    "row that a filter hides": lambda n: sheet(
        rows(["氏名", "個人番号"])
        + f'<table:table-row table:visibility="filter">{cell("山田")}{cell(n)}</table:table-row>'
    ),
    "hidden column": lambda n: sheet(
        "<table:table-column/><table:table-column table:visibility='collapse'/>" + listed(cell(n))
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
        document(
            "spreadsheet", f'<table:table table:name="個人番号 {n}">{rows(["a"])}</table:table>'
        ),
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
    "hidden slide": lambda n: package(
        "presentation",
        document(
            "presentation", page(said(told(n)), ' draw:style-name="dp1"'), UNSEEN.format("dp1")
        ),
    ),
    "notes": show(page(f"<presentation:notes>{FRAME}</presentation:notes>")),
    "comment": show(page(NOTE)),
    "master page": show(page(""), {"styles.xml": styles(FRAME)}),
    "footer": show(f"<presentation:footer-decl>@</presentation:footer-decl>{page('')}"),
    "custom shape": show(page(f"<draw:custom-shape>{said('@')}</draw:custom-shape>")),
    "table": show(
        page(
            "<draw:frame><table:table><table:table-row>"
            + cell("@")
            + "</table:table-row></table:table>"
        )
    ),
    "name of a slide": lambda n: package(
        "presentation", document("presentation", f'<draw:page draw:name="個人番号 {n}"/>')
    ),
}
PROBES = (
    *probes("ods", SHEET | SHEET_BEYOND),
    *probes(
        "fods",
        {
            "cell": lambda n: flat(
                "spreadsheet", "spreadsheet", f"<table:table>{listed(cell(n))}</table:table>"
            )
        },
    ),
    *probes("odp", SHOW),
    *probes(
        "odg",
        {
            "shape": lambda n: package(
                "graphics", document("drawing", page(FRAME.replace("@", told(n))))
            )
        },
    ),
)
