"""XML in everything that holds it: entities, references elsewhere, nesting without end."""

from __future__ import annotations

import plistlib
import struct

from auditor.model import Reason, State
from hostile.hostile import ELSEWHERE, OUTSIDE, Set
from probes.probe import zipped

SET = Set()
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha ha '>" + "".join(
    f"<!ENTITY {name} '{f'&{last};' * 10}'>"
    for last, name in zip("abcdefghij", "bcdefghijk", strict=True)
)
EXTERNAL = (
    f"<!DOCTYPE x SYSTEM '{ELSEWHERE}.dtd' [<!ENTITY k SYSTEM '{OUTSIDE}'>"
    f"<!ENTITY % p SYSTEM '{ELSEWHERE}.ent'> %p;"
)
WORD = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = (
    "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' "
    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
)
CONTENT = "application/vnd.oasis.opendocument"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f"xmlns:office='{NAMES}:office:1.0' xmlns:text='{NAMES}:text:1.0'"


def declared(entities: str, body: str) -> str:
    """A document with declarations in front."""
    return f"<?xml version='1.0' encoding='UTF-8'?>{entities}]>{body}"


def docx(document: str, **more: str | bytes) -> bytes:
    """A text document around its main part."""
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def worded(body: str) -> str:
    """The main part of a text document."""
    return f"<w:document {WORD}><w:body>{body}</w:body></w:document>"


def said(what: str) -> str:
    """A paragraph of a text document."""
    return worded(f"<w:p><w:r><w:t>words {what}</w:t></w:r></w:p>")


@SET.add("a.xml")
def laughs() -> bytes:
    """A billion laughs: ten entities in ten entities, ten times."""
    return declared(LAUGHS, "<x>words &k;</x>").encode()


@SET.add("a.xml")
def quadratic() -> bytes:
    """One long entity, used often."""
    return declared(
        f"<!DOCTYPE x [<!ENTITY a '{'ha ' * 30_000}'>", f"<x>{'&a;' * 30_000}</x>"
    ).encode()


@SET.add("a.xml")
def external() -> bytes:
    """A document type, an entity and a parameter entity that lie elsewhere."""
    return declared(EXTERNAL, "<x>words &k;</x>").encode()


@SET.add("a.xml")
def entity_of_itself() -> bytes:
    """An entity that stands for itself."""
    return declared("<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>", "<x>words &a;</x>").encode()


@SET.add("a.docx")
def laughs_in_a_document() -> bytes:
    """A billion laughs as the text of a document."""
    return docx(declared(LAUGHS, said("&k;")))


@SET.add("a.docx")
def external_in_a_document() -> bytes:
    """External entities as text, and relationships to templates and pictures elsewhere."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    links = "".join(
        f"<Relationship Id='r{n}' Type='{kind}' Target='{to}' TargetMode='External'/>"
        for n, to in enumerate((OUTSIDE, ELSEWHERE, "../../../../etc/passwd"))
    )
    return docx(
        declared(EXTERNAL, said("&k;")),
        **{"word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>"},
    )


@SET.add("a.xlsx")
def laughs_in_cells() -> bytes:
    """A billion laughs as shared strings, and external entities as a cell."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f"<workbook xmlns='{CELLS}'><sheets/></workbook>",
            "xl/sharedStrings.xml": declared(
                LAUGHS, f"<sst xmlns='{CELLS}'><si><t>&k;</t></si></sst>"
            ),
            "xl/worksheets/sheet1.xml": declared(
                EXTERNAL,
                f"<worksheet xmlns='{CELLS}'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c>"
                "<c r='B1' t='inlineStr'><is><t>words &k;</t></is></c></row></sheetData>"
                "</worksheet>",
            ),
        }
    )


@SET.add("a.pptx")
def laughs_on_a_slide() -> bytes:
    """A billion laughs and external entities on slides."""
    text = "<a:p><a:r><a:t>words &k;</a:t></a:r></a:p>"
    shape = f"<p:sp><p:txBody>{text}</p:txBody></p:sp>"
    slide = f"<p:sld {SLIDE}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": f"<p:presentation {SLIDE}/>",
            "ppt/slides/slide1.xml": declared(LAUGHS, slide),
            "ppt/slides/slide2.xml": declared(EXTERNAL, slide),
        }
    )


def contents(body: str) -> str:
    """The main part of an OpenDocument file."""
    tag = "office:document-content"
    return f"<{tag} {OFFICE}><office:body>{body}</office:body></{tag}>"


def odf(kind: str, body: str) -> bytes:
    """An OpenDocument file around its content."""
    return zipped({"mimetype": f"{CONTENT}.{kind}", "content.xml": contents(body)})


@SET.add("a.odt")
def laughs_in_opendocument() -> bytes:
    """A billion laughs and external entities in content and styles."""
    text = contents("<office:text><text:p>words &k;</text:p></office:text>")
    return zipped(
        {
            "mimetype": f"{CONTENT}.text",
            "content.xml": declared(LAUGHS, text),
            "styles.xml": declared(EXTERNAL, text),
        }
    )


@SET.add("a.svg")
def laughs_in_a_drawing() -> bytes:
    """A billion laughs in a drawing that also refers to files elsewhere."""
    links = f"<image href='{ELSEWHERE}'/><use href='{OUTSIDE}'/>"
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'>{links}<text>words &k;</text></svg>"
    return declared(LAUGHS, drawing).encode()


@SET.add("a.plist")
def laughs_in_a_list() -> bytes:
    """A billion laughs in a property list."""
    return declared(LAUGHS, "<plist version='1.0'><string>words &k;</string></plist>").encode()


@SET.add("a.plist", Reason.TOO_LARGE, state=State.SKIPPED)
def list_of_itself() -> bytes:
    """A binary property list whose only array holds itself."""
    whole = bytearray(plistlib.dumps([[], "words"], fmt=plistlib.FMT_BINARY))
    whole[9] = 0
    return bytes(whole)


@SET.add("a.plist", Reason.TOO_LARGE)
def list_that_doubles() -> bytes:
    """Sixty arrays, each of which holds the next one twice: 2⁶⁰ words."""
    objects = [b"\xa2" + bytes((n + 1, n + 1)) for n in range(60)] + [b"\x55words"]
    body, offsets = b"bplist00", []
    for one in objects:
        offsets.append(len(body))
        body += one
    table = b"".join(struct.pack(">H", offset) for offset in offsets)
    return body + table + bytes(6) + struct.pack(">BBQQQ", 2, 1, len(objects), 0, len(body))


@SET.add("a.xml")
def deep_elements() -> bytes:
    """Elements in elements, two hundred thousand deep."""
    return b"<?xml version='1.0'?>" + b"<a>" * 200_000 + b"words" + b"</a>" * 200_000


@SET.add("a.xml")
def attributes() -> bytes:
    """An element of three hundred thousand attributes."""
    return (
        b"<?xml version='1.0'?><a "
        + b" ".join(b"a%d='b'" % n for n in range(300_000))
        + b">words</a>"
    )


@SET.add("a.xml", Reason.MALFORMED)
def never_closed() -> bytes:
    """Beginnings of comments, sections, tags and entities that nobody ends."""
    return b"<?xml version='1.0'?><x>words" + b"<!-- <![CDATA[ <a b=' &#x &am <? " * 60_000


@SET.add("a.docx")
def deep_controls() -> bytes:
    """Content controls in content controls, thirty thousand deep."""
    deep = "<w:sdt><w:sdtContent>" * 30_000 + "<w:p><w:r><w:t>words</w:t></w:r></w:p>"
    return docx(worded(f"{deep}{'</w:sdtContent></w:sdt>' * 30_000}"))


@SET.add("a.docx")
def deep_tables() -> bytes:
    """Tables in cells of tables, five thousand deep."""
    deep = "<w:tbl><w:tr><w:tc>" * 5_000 + "<w:p><w:r><w:t>words</w:t></w:r></w:p>"
    return docx(worded(f"{deep}{'</w:tc></w:tr></w:tbl>' * 5_000}"))


@SET.add("a.odt")
def deep_sections() -> bytes:
    """Sections in sections, fifty thousand deep."""
    deep = "<text:section>" * 50_000 + "<text:p>words</text:p>" + "</text:section>" * 50_000
    return odf("text", f"<office:text>{deep}</office:text>")
