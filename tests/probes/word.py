"""Where a number can sit in a Word document."""

from __future__ import annotations

from probes.excel import workbook
from probes.pictures import code
from probes.probe import Maker, probes, told, zipped

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(
    main: str, parts: dict[str, bytes | str] | None = None, kind: str = "document"
) -> bytes:
    """A document from its main part and whatever else lies in it."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}.{kind}.main+xml"/>'
    rels = f'<Relationships><Relationship Id="r" Type="{RELATION}/officeDocument" '
    return zipped(
        {
            "[Content_Types].xml": types + "</Types>",
            "_rels/.rels": rels + 'Target="word/document.xml"/></Relationships>',
            "word/document.xml": main,
            **(parts or {}),
        }
    )


def document(body: str) -> str:
    return f'<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def line(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def said(text: str) -> str:
    return line(run(text))


def cells(texts: list[str]) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{said(text)}</w:tc>" for text in texts) + "</w:tr>"


def inside(wrap: str) -> Maker:
    """A document with ``wrap`` in its body; ``@`` stands for the number behind its label."""
    return lambda n: package(document(said("前文") + wrap.replace("@", told(n)) + said("後文")))


def within(wrap: str) -> Maker:
    """``wrap`` in a paragraph of the body."""
    return inside(line(wrap))


def beside(name: str, wrap: str) -> Maker:
    """A part of its own beside an empty body."""
    return lambda n: package(document(said("本文")), {name: wrap.replace("@", told(n))})


def file(name: str, made: Maker) -> Maker:
    return lambda n: package(document(said("本文")), {name: made(n)})


def boxes(n: str) -> bytes:
    return package(document(f"<w:tbl>{cells(['個人番号', *n])}</w:tbl>"))


def column(n: str) -> bytes:
    rows = "".join(cells([digit]) for digit in n)
    return package(document(f"{said('個人番号')}<w:tbl>{rows}</w:tbl>"))


def wide_label(n: str) -> bytes:
    head = f'<w:tc><w:tcPr><w:gridSpan w:val="12"/></w:tcPr>{said("個人番号")}</w:tc>'
    return package(document(f"<w:tbl><w:tr>{head}</w:tr>{cells([*n])}</w:tbl>"))


def split_runs(n: str) -> bytes:
    return package(document(line(run("個人番号 ") + "".join(map(run, n)))))


def split_fields(n: str) -> bytes:
    pieces = run(f'QUOTE "個人番号 {n[:5]}', "instrText") + run(f'{n[5:]}"', "instrText")
    return package(document(line(f"{pieces}{run('結果')}")))


BOX = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>@</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
VML = "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>@</w:t></w:r></w:p>"
VML += "</w:txbxContent></v:textbox></v:shape></w:pict>"
BOTH = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
BOTH += f"<mc:Fallback>{VML}</mc:Fallback></mc:AlternateContent></w:r>"
SAID = said("@")
LINK = '<Relationships><Relationship Id="x" Type="x/{}" Target="{}" TargetMode="External"/>'
LINK += "</Relationships>"
CORE = "<cp:coreProperties><dc:{0}>@</dc:{0}></cp:coreProperties>"
CUSTOM = '<Properties><property pid="2" name="個人番号"><vt:lpwstr>@</vt:lpwstr></property>'
LABEL = '<clbl:labelList><clbl:label id="{x}" enabled="1" name="@"/></clbl:labelList>'
MARKED = '<Properties><property pid="2" name="MSIP_Label_x_Name"><vt:lpwstr>@</vt:lpwstr>'
MARKED += "</property></Properties>"
CHART = "<c:chartSpace>{}</c:chartSpace>"
SETTINGS = "<w:settings>{}</w:settings>"

NAMED: dict[str, Maker] = {
    "body": inside(SAID),
    "table cell": inside(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>@</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ),
    "header": beside("word/header1.xml", f"<w:hdr>{SAID}</w:hdr>"),
    "footer": beside("word/footer1.xml", f"<w:ftr>{SAID}</w:ftr>"),
    "comment": beside(
        "word/comments.xml", f"<w:comments><w:comment>{SAID}</w:comment></w:comments>"
    ),
    "footnote": beside("word/footnotes.xml", f"<w:footnotes><w:footnote>{SAID}</w:footnote>"),
    "endnote": beside("word/endnotes.xml", f"<w:endnotes><w:endnote>{SAID}</w:endnote>"),
    "tracked insertion": within(f"<w:ins w:author='x'>{run('@')}</w:ins>"),
    "tracked deletion": within(f"<w:del w:author='x'>{run('@', 'delText')}</w:del>"),
    "hidden text": within("<w:r><w:rPr><w:vanish/></w:rPr><w:t>@</w:t></w:r>"),
    "text box": within(f"<w:r><w:drawing>{BOX}</w:drawing></w:r>"),
    "VML text box": within(f"<w:r>{VML}</w:r>"),
    "alt text": within('<w:r><w:drawing><wp:docPr id="1" name="図" descr="@"/></w:drawing></w:r>'),
    "content control": inside(f"<w:sdt><w:sdtContent>{SAID}</w:sdtContent></w:sdt>"),
    "field result": within(f'<w:fldSimple w:instr="MERGEFIELD a">{run("@")}</w:fldSimple>'),
    "hyperlink target": beside(
        "word/_rels/document.xml.rels", LINK.format("hyperlink", "https://example.jp/?q=@")
    ),
    "document title": beside("docProps/core.xml", CORE.format("title")),
    "custom property": beside("docProps/custom.xml", CUSTOM),
    "custom XML": beside("customXml/item1.xml", "<申告><個人番号>@</個人番号></申告>"),
    "digits over runs": split_runs,
    "one digit a cell": boxes,
}
BEYOND: dict[str, Maker] = {
    "one digit a row": column,
    "one digit a cell under a wide label": wide_label,
    "text box in header": beside("word/header2.xml", f"<w:hdr>{line(BOTH)}</w:hdr>"),
    "text box only in the fallback": within(
        f"<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback>{VML}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ),
    "moved text": within(f"<w:moveFrom>{run('@')}</w:moveFrom>"),
    "moved text at its new place": within(f"<w:moveTo>{run('@')}</w:moveTo>"),
    "deleted table row": inside(
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{SAID}</w:tc></w:tr></w:tbl>"
    ),
    "table in a table": inside(
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{SAID}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    ),
    "table caption": inside('<w:tbl><w:tblPr><w:tblCaption w:val="@"/></w:tblPr></w:tbl>'),
    "author of a comment": beside(
        "word/comments.xml", f'<w:comments><w:comment w:author="@">{said("済")}</w:comment>'
    ),
    "field code": split_fields,
    "field attribute": within('<w:fldSimple w:instr="ASK 個人番号 @"/>'),
    "form field default": within(
        '<w:fldChar><w:ffData><w:textInput><w:default w:val="@"/></w:textInput></w:ffData>'
        "</w:fldChar>"
    ),
    "form field help": within(
        '<w:fldChar><w:ffData><w:helpText w:val="@"/></w:ffData></w:fldChar>'
    ),
    "content control in a line": within(f"<w:sdt><w:sdtContent>{run('@')}</w:sdtContent></w:sdt>"),
    "content control title": within('<w:sdt><w:sdtPr><w:alias w:val="@"/></w:sdtPr></w:sdt>'),
    "drop-down item": within(
        '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="@" w:value="1"/>'
        "</w:dropDownList></w:sdtPr></w:sdt>"
    ),
    "hyperlink tooltip": within(f'<w:hyperlink w:tooltip="@">{run("こちら")}</w:hyperlink>'),
    "linked picture": beside(
        "word/_rels/document.xml.rels", LINK.format("image", "file:///c:/@.png")
    ),
    "address of the template": beside(
        "word/_rels/settings.xml.rels", LINK.format("attachedTemplate", "file:///x/@.dotx")
    ),
    "subject": beside("docProps/core.xml", CORE.format("subject")),
    "keywords": beside("docProps/core.xml", CORE.format("keywords")),
    "manager": beside("docProps/app.xml", "<Properties><Manager>@</Manager></Properties>"),
    "custom XML attribute": beside("customXml/item1.xml", '<申告 個人番号="@"/>'),
    "SmartArt": beside(
        "word/diagrams/data1.xml",
        "<dgm:pt><dgm:t><a:p><a:r><a:t>@</a:t></a:r></a:p></dgm:t></dgm:pt>",
    ),
    "chart title": beside(
        "word/charts/chart1.xml", CHART.format("<a:p><a:r><a:t>@</a:t></a:r></a:p>")
    ),
    "chart category": beside(
        "word/charts/chart1.xml", CHART.format("<c:strCache><c:pt><c:v>@</c:v></c:pt></c:strCache>")
    ),
    "workbook in a chart": file("word/embeddings/Sheet1.xlsx", workbook),
    "embedded document": file("word/embeddings/a.docx", inside(SAID)),
    "alternative format chunk": file(
        "word/afchunk.htm", lambda n: f"<html><body><p>{told(n)}".encode()
    ),
    "building block": beside("word/glossary/document.xml", document(SAID)),
    "document variable": beside(
        "word/settings.xml",
        SETTINGS.format('<w:docVars><w:docVar w:name="a" w:val="@"/></w:docVars>'),
    ),
    "mail merge query": beside(
        "word/settings.xml",
        SETTINGS.format('<w:mailMerge><w:query w:val="SELECT @"/></w:mailMerge>'),
    ),
    "bookmark": within('<w:bookmarkStart w:id="0" w:name="個人番号_@"/>'),
    "style name": beside("word/styles.xml", '<w:styles><w:style><w:name w:val="@"/></w:style>'),
    "list numbering": beside("word/numbering.xml", '<w:numbering><w:lvl><w:lvlText w:val="@"/>'),
    "watermark": beside(
        "word/header1.xml",
        '<w:hdr><w:p><w:r><w:pict><v:textpath string="@"/></w:pict></w:r></w:p></w:hdr>',
    ),
    "equation": within("<m:oMath><m:r><m:t>@</m:t></m:r></m:oMath>"),
    "reading aid": within(
        f"<w:ruby><w:rt>{run('@')}</w:rt><w:rubyBase>{run('山田')}</w:rubyBase></w:ruby>"
    ),
    "ribbon label": beside("customUI/customUI.xml", '<customUI><button label="@"/></customUI>'),
    "add-in property": beside(
        "word/webextensions/webextension1.xml",
        '<we:webextension><we:property name="a" value="&quot;@&quot;"/></we:webextension>',
    ),
    "signature comment": beside(
        "_xmlsignatures/sig1.xml", "<SignatureComments>@</SignatureComments>"
    ),
    "part that nobody refers to": beside("word/old.xml", document(SAID)),
    "file of no Office kind": file("word/notes.txt", lambda n: told(n).encode("cp932")),
    "QR code of a picture": file("word/media/image1.png", lambda n: code(told(n))),
    "full-width digits": lambda n: package(
        document(said(told(n.translate(str.maketrans("0123456789", "０１２３４５６７８９")))))
    ),
    "soft hyphens in it": lambda n: package(
        document(line(f"<w:r><w:t>個人番号 {n[:4]}</w:t><w:softHyphen/><w:t>{n[4:]}</w:t></w:r>"))
    ),
    "non-breaking hyphens in it": lambda n: package(
        document(
            line(
                f"<w:r><w:t>個人番号 {n[:4]}</w:t><w:noBreakHyphen/><w:t>{n[4:8]}</w:t>"
                f"<w:noBreakHyphen/><w:t>{n[8:]}</w:t></w:r>"
            )
        )
    ),
    "name of a sensitivity label": beside("docMetadata/LabelInfo.xml", LABEL),
    "property of a sensitivity label": beside("docProps/custom.xml", MARKED),
    "main part in UTF-16": lambda n: package(document(said(told(n))).encode("utf-16")),
    "main part by another name": lambda n: zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": '<Relationships><Relationship Id="r" Type="x/officeDocument" '
            'Target="word/document2.xml"/></Relationships>',
            "word/document2.xml": document(said(told(n))),
        }
    ),
}
PROBES = (
    *probes("docx", NAMED | BEYOND),
    *probes(
        "docm", {"body": lambda n: package(document(said(told(n))), kind="document.macroEnabled")}
    ),
    *probes("dotx", {"body": lambda n: package(document(said(told(n))), kind="template")}),
    *probes("docx", {"named as a picture": inside(SAID)}, "a.png"),
)
