"""Word documents and presentations from plain parts, as small as the readers accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from connectors._sample_tenant._documents_sheet import OFFICE, RELATIONS, TYPES, XML
from connectors._sample_tenant._documents_zip import archive

_PACKAGE = "application/vnd.openxmlformats-officedocument"
DOCX_TYPE = f"{_PACKAGE}.wordprocessingml.document"
PPTX_TYPE = f"{_PACKAGE}.presentationml.presentation"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
_BODY = "word/document.xml"
_SLIDE = "ppt/slides/slide1.xml"
_DEFAULTS = (
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
)
Block = str | Sequence[Sequence[str]]
"""A paragraph, or the rows of a table."""


def _types(parts: Sequence[tuple[str, str]]) -> bytes:
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_PACKAGE}.{kind}+xml"/>' for part, kind in parts
    )
    return f'{XML}<Types xmlns="{TYPES}">{_DEFAULTS}{overrides}</Types>'.encode()


def _relations(links: Sequence[tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'{XML}<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'.encode()


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _block(block: Block) -> str:
    if isinstance(block, str):
        return _paragraph(block)
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in block
    )
    columns = "<w:gridCol/>" * len(block[0])
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def docx(blocks: Sequence[Block], *, header: str = "", room: int = 0) -> bytes:
    """Return a document; with ``room`` its size depends on ``room`` only, not on the text."""
    reference = '<w:headerReference w:type="default" r:id="rId1"/>' if header else ""
    body = (
        f'{XML}<w:document xmlns:w="{_WORD}" xmlns:r="{OFFICE}"><w:body>'
        f"{''.join(map(_block, blocks))}<w:sectPr>{reference}"
        '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    ).encode()
    parts = [("/word/document.xml", "wordprocessingml.document.main")]
    members = [
        ("_rels/.rels", _relations([("officeDocument", "word/document.xml")])),
        (_BODY, body.ljust(room)),
    ]
    if header:
        parts.append(("/word/header1.xml", "wordprocessingml.header"))
        top = f'{XML}<w:hdr xmlns:w="{_WORD}">{_paragraph(header)}</w:hdr>'
        members.append(("word/header1.xml", top.encode()))
        members.append(("word/_rels/document.xml.rels", _relations([("header", "header1.xml")])))
    stored = frozenset({_BODY}) if room else frozenset[str]()
    return archive([("[Content_Types].xml", _types(parts)), *members], stored=stored)


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide with a title, lines and the speaker's notes."""

    title: str
    lines: Sequence[str] = ()
    notes: str = ""


def _shape(number: int, kind: str, name: str, lines: Sequence[str]) -> str:
    text = "".join(
        f'<a:p><a:r><a:rPr lang="ja-JP"/><a:t>{escape(line)}</a:t></a:r></a:p>' for line in lines
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{text or '<a:p/>'}</p:txBody></p:sp>"
    )


def _page(tag: str, shapes: str, tail: str = "") -> bytes:
    return (
        f'{XML}<p:{tag} xmlns:a="{_DRAWING}" xmlns:r="{OFFICE}" xmlns:p="{_SHOW}">'
        '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        "</p:nvGrpSpPr><p:grpSpPr/>"
        f"{shapes}</p:spTree></p:cSld>{tail}</p:{tag}>"
    ).encode()


_COLOURS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" hlink="hlink" folHlink="folHlink" '
    + " ".join(f'accent{n}="accent{n}"' for n in range(1, 7))
    + "/>"
)
_FONT = '<a:latin typeface="Meiryo"/><a:ea typeface="Meiryo"/><a:cs typeface=""/>'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_THEME = (
    f'{XML}<a:theme xmlns:a="{_DRAWING}" name="標準"><a:themeElements><a:clrScheme name="標準">'
    + "".join(f'<a:{name}><a:srgbClr val="336699"/></a:{name}>' for name in _COLOURS)
    + '</a:clrScheme><a:fontScheme name="標準">'
    + f"<a:majorFont>{_FONT}</a:majorFont><a:minorFont>{_FONT}</a:minorFont></a:fontScheme>"
    + f'<a:fmtScheme name="標準"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>'
    + f"{f'<a:ln>{_FILL}</a:ln>' * 3}</a:lnStyleLst><a:effectStyleLst>"
    + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    + f"</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
    + "</a:themeElements></a:theme>"
).encode()


def _masters() -> list[tuple[str, bytes]]:
    layouts = '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
    title = _shape(2, 'type="title"', "Title", ())
    body = _shape(3, 'type="body" idx="1"', "Body", ())
    theme = ("theme", "../theme/theme1.xml")
    return [
        ("ppt/slideMasters/slideMaster1.xml", _page("sldMaster", title + body, _MAP + layouts)),
        (
            "ppt/slideMasters/_rels/slideMaster1.xml.rels",
            _relations([("slideLayout", "../slideLayouts/slideLayout1.xml"), theme]),
        ),
        ("ppt/slideLayouts/slideLayout1.xml", _page("sldLayout", title + body)),
        (
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            _relations([("slideMaster", "../slideMasters/slideMaster1.xml")]),
        ),
        ("ppt/notesMasters/notesMaster1.xml", _page("notesMaster", body, _MAP)),
        (
            "ppt/notesMasters/_rels/notesMaster1.xml.rels",
            _relations([("theme", "../theme/theme2.xml")]),
        ),
        ("ppt/theme/theme1.xml", _THEME),
        ("ppt/theme/theme2.xml", _THEME),
    ]


def _slide(number: int, slide: Slide, room: int) -> list[tuple[str, bytes]]:
    shapes = _shape(2, 'type="title"', "Title", (slide.title,))
    shapes += _shape(3, 'type="body" idx="1"', "Body", slide.lines)
    links = [("slideLayout", "../slideLayouts/slideLayout1.xml")]
    members = [(f"ppt/slides/slide{number}.xml", _page("sld", shapes).ljust(room))]
    if slide.notes:
        links.append(("notesSlide", f"../notesSlides/notesSlide{number}.xml"))
        notes = _page("notes", _shape(3, 'type="body" idx="1"', "Notes", (slide.notes,)))
        back = [
            ("notesMaster", "../notesMasters/notesMaster1.xml"),
            ("slide", f"../slides/slide{number}.xml"),
        ]
        members.append((f"ppt/notesSlides/notesSlide{number}.xml", notes))
        members.append((f"ppt/notesSlides/_rels/notesSlide{number}.xml.rels", _relations(back)))
    members.append((f"ppt/slides/_rels/slide{number}.xml.rels", _relations(links)))
    return members


def _presentation(count: int) -> list[tuple[str, bytes]]:
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{2 + n}"/>' for n in range(1, count + 1))
    text = (
        f'{XML}<p:presentation xmlns:a="{_DRAWING}" xmlns:r="{OFFICE}" xmlns:p="{_SHOW}">'
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    links = [
        ("slideMaster", "slideMasters/slideMaster1.xml"),
        ("notesMaster", "notesMasters/notesMaster1.xml"),
        *(("slide", f"slides/slide{n}.xml") for n in range(1, count + 1)),
    ]
    return [
        ("ppt/presentation.xml", text.encode()),
        ("ppt/_rels/presentation.xml.rels", _relations(links)),
    ]


def pptx(slides: Sequence[Slide], *, room: int = 0) -> bytes:
    """Return a presentation; ``room`` fixes the size of the (only) slide and so of the file."""
    kinds = {
        "ppt/presentation": "presentation.main",
        "ppt/slideMasters": "slideMaster",
        "ppt/slideLayouts": "slideLayout",
        "ppt/notesMasters": "notesMaster",
        "ppt/notesSlides": "notesSlide",
        "ppt/slides": "slide",
    }
    members = [*_presentation(len(slides)), *_masters()]
    for number, slide in enumerate(slides, 1):
        members += _slide(number, slide, room)
    parts = []
    for name, _ in members:
        if name.endswith(".xml"):
            kind = kinds.get(name.rsplit("/", 1)[0], kinds.get(name.removesuffix(".xml"), ""))
            parts.append((f"/{name}", f"presentationml.{kind}" if kind else "theme"))
    root = ("_rels/.rels", _relations([("officeDocument", "ppt/presentation.xml")]))
    stored = frozenset({_SLIDE}) if room else frozenset[str]()
    return archive([("[Content_Types].xml", _types(parts)), root, *members], stored=stored)
