"""Where a number can sit in an Excel workbook that is not a cell."""

from __future__ import annotations

from probes import word
from probes.excel import EMPTY, PEOPLE, listed, package, row, text, worksheet
from probes.pictures import code
from probes.probe import Maker, probes, told


def part(name: str, wrap: str) -> Maker:
    """A part beside an empty sheet; ``@`` stands for the number behind its label."""
    return lambda n: package(EMPTY, {name: wrap.replace("@", told(n))})


def bare(name: str, wrap: str) -> Maker:
    """The same with the number alone."""
    return lambda n: package(EMPTY, {name: wrap.replace("@", n)})


def after(wrap: str) -> Maker:
    """Something behind the cells of the sheet."""
    return lambda n: package(
        worksheet(row(1, text("A1", PEOPLE[0])), after=wrap.replace("@", told(n)))
    )


def before(wrap: str) -> Maker:
    return lambda n: package(
        worksheet(row(1, text("A1", PEOPLE[0])), before=wrap.replace("@", told(n)))
    )


def book(wrap: str) -> Maker:
    """Something in the part about the workbook."""
    sheets = '<sheets><sheet name="一覧" r:id="r1"/></sheets>'
    return lambda n: package(EMPTY, book=sheets + wrap.replace("@", told(n)))


def file(name: str, made: Maker) -> Maker:
    return lambda n: package(EMPTY, {name: made(n)})


def old_revision(n: str) -> bytes:
    log = (
        f'<revisions><rcc><oc r="B2" t="inlineStr"><is><t>{told(n)}</t></is></oc></rcc></revisions>'
    )
    return package(EMPTY, {"xl/revisions/revisionLog1.xml": log})


A = "<a:p><a:r><a:t>@</a:t></a:r></a:p>"
CACHE = "xl/pivotCache/pivotCache{}1.xml"
FIELD = '<cacheField name="個人番号"><sharedItems>{}</sharedItems></cacheField>'
SHAPE = '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" name="図" {}/></xdr:nvSpPr></xdr:sp>'

NAMED: dict[str, Maker] = {
    "comment": part(
        "xl/comments1.xml",
        '<comments><commentList><comment ref="A1"><text><r><t>@</t></r></text></comment>'
        "</commentList></comments>",
    ),
    "threaded comment": part(
        "xl/threadedComments/threadedComment1.xml",
        "<ThreadedComments><threadedComment ref='A1'><text>@</text></threadedComment>",
    ),
    "page header": after("<headerFooter><oddHeader>&amp;C@</oddHeader></headerFooter>"),
    "page footer": after("<headerFooter><oddFooter>&amp;R@</oddFooter></headerFooter>"),
    "text box": part("xl/drawings/drawing1.xml", f"<xdr:wsDr><xdr:txBody>{A}</xdr:txBody>"),
    "defined name": book('<definedNames><definedName name="個人番号">"@"</definedName>'),
    "validation message": after(
        '<dataValidations><dataValidation promptTitle="案内" prompt="@" sqref="B2"/>'
    ),
    "chart title": part("xl/charts/chart1.xml", f"<c:chart><c:title>{A}</c:title></c:chart>"),
    "chart cache": part(
        "xl/charts/chart1.xml", "<c:ser><c:cat><c:strCache><c:pt><c:v>@</c:v></c:pt></c:strCache>"
    ),
    "pivot cache": bare(CACHE.format("Definition"), FIELD.format('<s v="@"/>')),
    "external link cache": part(
        "xl/externalLinks/externalLink1.xml",
        '<externalLink><sheetData><row r="1"><cell r="A1" t="str"><v>@</v></cell></row>',
    ),
    "embedded document": file("xl/embeddings/a.docx", word.inside(word.SAID)),
    "title": part("docProps/core.xml", word.CORE.format("title")),
    "custom property": part("docProps/custom.xml", word.CUSTOM),
    "custom XML": part("customXml/item1.xml", "<r><個人番号>@</個人番号></r>"),
}
BEYOND: dict[str, Maker] = {
    "comment of several runs": lambda n: package(
        EMPTY,
        {
            "xl/comments1.xml": "<comments><comment><text><r><t>個人番号 </t></r>"
            + "".join(f"<r><t>{digit}</t></r>" for digit in n)
            + "</text></comment></comments>"
        },
    ),
    "author of a comment": part(
        "xl/comments1.xml", "<comments><authors><author>@</author></authors></comments>"
    ),
    "person of a threaded comment": part(
        "xl/persons/person.xml", '<personList><person displayName="@"/></personList>'
    ),
    "header of the first page": after(
        '<headerFooter><firstHeader>&amp;L&amp;"ＭＳ ゴシック,標準"&amp;11@</firstHeader>'
    ),
    "validation error": after('<dataValidations><dataValidation error="@" sqref="B2"/>'),
    "list of a validation": after(
        "<dataValidations><dataValidation type='list'><formula1>\"@,なし\"</formula1>"
    ),
    "newer validation": after(
        '<extLst><ext><x14:dataValidation><x14:formula1><xm:f>"@"</xm:f></x14:formula1>'
    ),
    "conditional format": after(
        '<conditionalFormatting><cfRule type="containsText" text="@"><formula>1</formula></cfRule>'
    ),
    "value of a filter": after(
        '<autoFilter ref="A1:B2"><filterColumn><filters><filter val="@"/></filters>'
    ),
    "scenario": after(
        '<scenarios><scenario name="案"><inputCells r="B2" val="@"/></scenario></scenarios>'
    ),
    "hyperlink tooltip": after('<hyperlinks><hyperlink ref="A1" tooltip="@"/></hyperlinks>'),
    "hyperlink target": part(
        "xl/worksheets/_rels/sheet1.xml.rels", word.LINK.format("hyperlink", "https://a.example/@")
    ),
    "protected range": after('<protectedRanges><protectedRange name="@" sqref="A1"/>'),
    "view of a person": after(
        "<customSheetViews><customSheetView><headerFooter><oddFooter>&amp;C@</oddFooter>"
    ),
    "code name of a sheet": before('<sheetPr codeName="@"/>'),
    "comment of a name": book(
        '<definedNames><definedName name="a" comment="@">A1</definedName></definedNames>'
    ),
    "hidden name": book('<definedNames><definedName name="_a" hidden="1">"@"</definedName>'),
    "VML text box": part(
        "xl/drawings/vmlDrawing1.vml", "<xml><v:textbox><div><font>@</font></div></v:textbox></xml>"
    ),
    "alt text": part("xl/drawings/drawing1.xml", SHAPE.format('descr="@"')),
    "title of a shape": part("xl/drawings/drawing1.xml", SHAPE.format('title="@"')),
    "item of a control": part(
        "xl/ctrlProps/ctrlProp1.xml", '<formControlPr objectType="List"><itemLst><item val="@"/>'
    ),
    "property of an ActiveX control": part(
        "xl/activeX/activeX1.xml", '<ax:ocx><ax:ocxPr ax:name="Caption" ax:value="@"/></ax:ocx>'
    ),
    "chart sheet": part(
        "xl/chartsheets/sheet1.xml",
        "<chartsheet><headerFooter><oddHeader>&amp;C@</oddHeader></headerFooter></chartsheet>",
    ),
    "numbers of a chart": lambda n: package(
        EMPTY,
        {
            "xl/charts/chart1.xml": "<c:ser><c:tx><c:v>個人番号</c:v></c:tx><c:val><c:numCache>"
            f"<c:pt><c:v>{n}</c:v></c:pt></c:numCache></c:val></c:ser>"
        },
    ),
    "shapes of a chart": part("xl/drawings/drawing2.xml", f"<c:userShapes><cdr:txBody>{A}"),
    "SmartArt": part("xl/diagrams/data1.xml", f"<dgm:pt><dgm:t>{A}</dgm:t></dgm:pt>"),
    "pivot record": lambda n: package(
        EMPTY,
        {
            CACHE.format("Definition"): f"<p>{FIELD.format('')}</p>",
            CACHE.format("Records"): f'<pivotCacheRecords><r><s v="{n}"/></r></pivotCacheRecords>',
        },
    ),
    "number of a pivot record": lambda n: package(
        EMPTY,
        {
            CACHE.format("Definition"): f"<p>{FIELD.format('')}</p>",
            CACHE.format("Records"): f'<pivotCacheRecords><r><n v="{n}"/></r></pivotCacheRecords>',
        },
    ),
    "value that pivot records refer to": lambda n: package(
        EMPTY,
        {
            CACHE.format("Definition"): "<p><cacheField name='氏名'><sharedItems><s v='山田'/>"
            "</sharedItems></cacheField>" + FIELD.format(f'<s v="{n}"/>') + "</p>",
            CACHE.format(
                "Records"
            ): "<pivotCacheRecords><r><x v='0'/><x v='0'/></r></pivotCacheRecords>",
        },
    ),
    "pivot record of no cache": part(
        CACHE.format("Records"), '<pivotCacheRecords><r><s v="@"/></r></pivotCacheRecords>'
    ),
    "caption of a pivot table": part(
        "xl/pivotTables/pivotTable1.xml", '<pivotTableDefinition dataCaption="@"/>'
    ),
    "slicer": part("xl/slicers/slicer1.xml", '<slicers><slicer caption="@"/></slicers>'),
    "path of an external link": part(
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        word.LINK.format("externalLinkPath", "file:///s/@.xlsx"),
    ),
    "DDE link": part(
        "xl/externalLinks/externalLink1.xml",
        "<externalLink><ddeLink ddeService='a' ddeTopic='@'/></externalLink>",
    ),
    "connection": part(
        "xl/connections.xml", "<connections><connection><dbPr command=\"SELECT '@'\"/></connection>"
    ),
    "parameter of a query": part(
        "xl/connections.xml", '<connections><parameter name="個人番号" string="@"/></connections>'
    ),
    "query table": part("xl/queryTables/queryTable1.xml", '<queryTable name="@"/>'),
    "total of a table": part(
        "xl/tables/table1.xml", '<table><tableColumn name="a" totalsRowLabel="@"/></table>'
    ),
    "old value of a shared workbook": old_revision,
    "real-time data": part("xl/volatileDependencies.xml", "<volTypes><tp><v>@</v></tp></volTypes>"),
    "rich value": part("xl/richData/rdrichvalue.xml", "<rvData><rv><v>@</v></rv></rvData>"),
    "map of an XML schema": part("xl/xmlMaps.xml", '<MapInfo><Map Name="@"/></MapInfo>'),
    "web publishing": part(
        "xl/webPublishItems.xml", '<webPublishItem title="@" destinationFile="a"/>'
    ),
    "embedded workbook": lambda n: package(
        EMPTY, {"xl/embeddings/a.xlsx": package(listed(text("B2", n)))}
    ),
    "QR code of a background": file("xl/media/image1.png", lambda n: code(told(n))),
    "name of a cell style": part(
        "xl/styles.xml", '<styleSheet><cellStyles><cellStyle name="@"/></cellStyles></styleSheet>'
    ),
}
PROBES = (*probes("xlsx", NAMED | BEYOND),)
