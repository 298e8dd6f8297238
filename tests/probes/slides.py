"""Where a number can sit in a PowerPoint presentation or a Visio drawing."""

from __future__ import annotations

from probes import word
from probes.excel import workbook
from probes.pictures import code
from probes.probe import Maker, probes, told, zipped

SHOW = "application/vnd.openxmlformats-officedocument.presentationml"
FIRST = "ppt/slides/slide1.xml"


def package(slide: str, parts: dict[str, bytes | str] | None = None, kind: str = "") -> bytes:
    """A presentation from its first slide and whatever else lies in it."""
    types = '<Types><Override PartName="/ppt/presentation.xml" ContentType="'
    types += f'{SHOW}.{kind or "presentation"}.main+xml"/></Types>'
    rels = '<Relationships><Relationship Id="r1" Type="x/slide" Target="slides/slide1.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": types,
            "ppt/presentation.xml": '<p:p><p:sldId id="256" r:id="r1"/></p:p>',
            "ppt/_rels/presentation.xml.rels": rels + "</Relationships>",
            FIRST: f"<p:sld>{slide}</p:sld>",
            **(parts or {}),
        }
    )


def run(text: str) -> str:
    return f"<a:r><a:t>{text}</a:t></a:r>"


def shape(inside: str, more: str = "") -> str:
    return f"<p:sp>{more}<p:txBody><a:p>{inside}</a:p></p:txBody></p:sp>"


TITLE = shape(run("議事次第"))


def slide(wrap: str) -> Maker:
    """``wrap`` on the slide; ``@`` stands for the number behind its label."""
    return lambda n: package(TITLE + wrap.replace("@", told(n)))


def part(name: str, wrap: str) -> Maker:
    return lambda n: package(TITLE, {name: wrap.replace("@", told(n))})


def file(name: str, made: Maker) -> Maker:
    return lambda n: package(TITLE, {name: made(n)})


def cells(texts: list[str]) -> str:
    found = (f"<a:tc><a:txBody><a:p>{run(text)}</a:p></a:txBody></a:tc>" for text in texts)
    return f"<a:tr>{''.join(found)}</a:tr>"


def boxes(n: str) -> bytes:
    return package(TITLE + f"<a:tbl>{cells(['個人番号', *n])}</a:tbl>")


def apart(n: str) -> bytes:
    """Twelve text boxes, one digit each."""
    return package(shape(run("個人番号")) + "".join(shape(run(digit)) for digit in n))


SAID = shape(run("@"))
ALT = '<p:pic><p:nvPicPr><p:cNvPr id="1" name="図" {}="@"/></p:nvPicPr></p:pic>'
NAMED: dict[str, Maker] = {
    "slide": slide(SAID),
    "table cell": slide(f"<a:tbl>{cells(['@'])}</a:tbl>"),
    "speaker notes": part("ppt/notesSlides/notesSlide1.xml", f"<p:notes>{SAID}</p:notes>"),
    "comment": part("ppt/comments/comment1.xml", "<p:cmLst><p:cm><p:text>@</p:text></p:cm>"),
    "layout": part("ppt/slideLayouts/slideLayout1.xml", f"<p:sldLayout>{SAID}</p:sldLayout>"),
    "master": part("ppt/slideMasters/slideMaster1.xml", f"<p:sldMaster>{SAID}</p:sldMaster>"),
    "SmartArt": part(
        "ppt/diagrams/data1.xml", f"<dgm:pt><dgm:t><a:p>{run('@')}</a:p></dgm:t></dgm:pt>"
    ),
    "chart title": part("ppt/charts/chart1.xml", f"<c:title><a:p>{run('@')}</a:p></c:title>"),
    "alt text": slide(ALT.format("descr")),
    "hidden slide": lambda n: package(
        TITLE, {FIRST: f'<p:sld show="0">{shape(run(told(n)))}</p:sld>'}
    ),
}
BEYOND: dict[str, Maker] = {
    "one digit a cell": boxes,
    "one digit a text box": apart,
    "digits over runs": lambda n: package(shape(run("個人番号 ") + "".join(map(run, n)))),
    "group of shapes": slide(f"<p:grpSp><p:grpSp>{SAID}</p:grpSp></p:grpSp>"),
    "hidden shape": slide(
        shape(run("@"), '<p:nvSpPr><p:cNvPr id="2" name="x" hidden="1"/></p:nvSpPr>')
    ),
    "field": slide(shape("<a:fld type='slidenum'><a:t>@</a:t></a:fld>")),
    "title of a picture": slide(ALT.format("title")),
    "name of a shape": slide('<p:sp><p:nvSpPr><p:cNvPr id="3" name="@"/></p:nvSpPr></p:sp>'),
    "tooltip of a link": slide(
        '<p:sp><p:nvSpPr><p:cNvPr id="3"><a:hlinkClick tooltip="@"/></p:cNvPr></p:nvSpPr></p:sp>'
    ),
    "target of a link": part(
        "ppt/slides/_rels/slide1.xml.rels", word.LINK.format("hyperlink", "https://a.example/@")
    ),
    "equation": slide(
        shape(
            "<mc:AlternateContent><mc:Choice><a14:m><m:t>@</m:t></a14:m></mc:Choice>"
            "</mc:AlternateContent>"
        )
    ),
    "notes master": part("ppt/notesMasters/notesMaster1.xml", f"<p:notesMaster>{SAID}"),
    "handout master": part("ppt/handoutMasters/handoutMaster1.xml", f"<p:handoutMaster>{SAID}"),
    "modern comment": part(
        "ppt/comments/modernComment_1.xml",
        f"<p188:cmLst><p188:cm><p188:txBody><a:p>{run('@')}</a:p></p188:txBody></p188:cm>",
    ),
    "author of a comment": part("ppt/commentAuthors.xml", '<p:cmAuthorLst><p:cmAuthor name="@"/>'),
    "tag": part("ppt/tags/tag1.xml", '<p:tagLst><p:tag name="KOJIN" val="@"/></p:tagLst>'),
    "name of a section": lambda n: package(
        TITLE,
        {
            "ppt/presentation.xml": '<p:presentation><p:sldId id="256" r:id="r1"/>'
            f'<p14:section name="{told(n)}"/></p:presentation>'
        },
    ),
    "custom show": lambda n: package(
        TITLE,
        {
            "ppt/presentation.xml": '<p:presentation><p:sldId id="256" r:id="r1"/>'
            f'<p:custShow name="{told(n)}"/></p:presentation>'
        },
    ),
    "slide that nobody shows": part("ppt/slides/slide9.xml", f"<p:sld>{SAID}</p:sld>"),
    "list of titles": part(
        "docProps/app.xml", "<Properties><TitlesOfParts><vt:lpstr>@</vt:lpstr></TitlesOfParts>"
    ),
    "category": part("docProps/core.xml", word.CORE.format("category")),
    "ink annotation": part("ppt/ink/ink1.xml", "<inkml:ink><inkml:annotation>@</inkml:annotation>"),
    "embedded workbook": file("ppt/embeddings/a.xlsx", workbook),
    "QR code of a picture": file("ppt/media/image1.png", lambda n: code(told(n))),
    "theme name": part("ppt/theme/theme1.xml", '<a:theme name="@"/>'),
}
PAGE = "visio/pages/page1.xml"


def drawing(parts: dict[str, str], kind: str = "drawing") -> Maker:
    """A Visio drawing from its parts."""
    types = '<Types><Override PartName="/visio/document.xml" ContentType="'
    types += f'application/vnd.ms-visio.{kind}.main+xml"/></Types>'
    return lambda n: zipped(
        {
            "[Content_Types].xml": types,
            "visio/document.xml": "<VisioDocument/>",
            PAGE: "<PageContents/>",
            **{name: xml.replace("@", told(n)) for name, xml in parts.items()},
        }
    )


TEXT = "<PageContents><Shapes><Shape><Text><cp IX='0'/>@</Text></Shape></Shapes></PageContents>"
VISIO: dict[str, Maker] = {
    "text of a shape": drawing({PAGE: TEXT}),
    "text of several runs": lambda n: drawing(
        {PAGE: TEXT.replace("@", "個人番号 " + "<cp IX='1'/>".join((n[:5], n[5:])))}
    )(n),
    "shape data": drawing(
        {
            PAGE: '<Shape><Section N="Property"><Row N="a"><Cell N="Label" V="番号"/>'
            '<Cell N="Value" V="@"/></Row></Section></Shape>'
        }
    ),
    "hyperlink": drawing(
        {
            PAGE: '<Section N="Hyperlink"><Row><Cell N="Address" V="https://a.example/@"/></Row></Section>'
        }
    ),
    "comment": drawing(
        {
            "visio/comments.xml": "<Comments><CommentList><CommentEntry>@</CommentEntry>"
            "</CommentList></Comments>"
        }
    ),
    "master": drawing({"visio/masters/master1.xml": TEXT.replace("Page", "Master")}),
    "name of a page": drawing({"visio/pages/pages.xml": '<Pages><Page ID="0" Name="@"/></Pages>'}),
    "external data": drawing(
        {"visio/data/recordset1.xml": '<ADOData><z:row c0="個人番号" c1="@"/></ADOData>'}
    ),
    "title": drawing({"docProps/core.xml": word.CORE.format("title")}),
}
PROBES = (
    *probes("pptx", NAMED | BEYOND),
    *probes("ppsx", {"slide": lambda n: package(shape(run(told(n))), kind="slideshow")}),
    *probes("potx", {"slide": lambda n: package(shape(run(told(n))), kind="template")}),
    *probes(
        "pptm", {"slide": lambda n: package(shape(run(told(n))), kind="presentation.macroEnabled")}
    ),
    *probes("vsdx", VISIO),
    *probes("vsdm", {"text of a shape": drawing({PAGE: TEXT}, "drawing.macroEnabled")}),
)
