"""Where a number can sit in a PDF document beside its pages."""

from __future__ import annotations

from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption

from probes.paper import pdf, show, stream, string
from probes.pdf import LABEL, canvassed
from probes.probe import Maker, probes, table, told

WIDGET = f"<</Type/Annot/Subtype/Widget/Rect[100 600 400 620]/T{string('個人番号')}"


def form(field: str, *more: str) -> Maker:
    """A field of a form; ``@`` stands for the number behind its label, as a string of a PDF."""
    return lambda n: pdf(
        page="/Annots[6 0 R]",
        catalog="/AcroForm<</Fields[6 0 R]>>",
        objects=[WIDGET + field.replace("@", string(n)) + ">>", *more],
    )


def shown_field(n: str) -> bytes:
    face = stream(
        f"/Tx BMC BT /F1 10 Tf 2 4 Td ({n}) Tj ET EMC".encode(),
        "/Subtype/Form/BBox[0 0 300 20]/Resources<</Font<</F1 5 0 R>>>>",
    )
    return pdf(
        page="/Annots[6 0 R]",
        catalog="/AcroForm<</Fields[6 0 R]>>",
        objects=[f"{WIDGET}/FT/Tx/V({n})/AP<</N 7 0 R>>>>", face],
    )


def note(entries: str) -> Maker:
    return lambda n: pdf(
        page="/Annots[6 0 R]",
        objects=[f"<</Type/Annot/Rect[50 50 90 90]{entries.replace('@', string(told(n)))}>>"],
    )


def catalog(entries: str, *more: str) -> Maker:
    """Entries of the document's dictionary."""
    return lambda n: pdf(
        catalog=entries.replace("@", string(told(n))),
        objects=[item.replace("@", string(told(n))) for item in more],
    )


def packet(entry: str, xml: str, *, packed: bool = True, kind: str = "") -> Maker:
    """A stream of XML that an entry of the document refers to."""
    return lambda n: pdf(
        catalog=entry, objects=[stream(xml.replace("@", told(n)).encode(), kind, packed=packed)]
    )


def attached(data: Maker, name: str = "(a.csv)", more: str = "") -> Maker:
    entries = f"<</Type/Filespec/F{name}/UF{name}/EF<</F 7 0 R>>{more}>>"
    return lambda n: pdf(
        catalog="/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>",
        objects=[
            entries.replace("@", string(told(n))),
            stream(data(n), "/Type/EmbeddedFile", packed=True),
        ],
    )


def at_a_note(n: str) -> bytes:
    return pdf(
        page="/Annots[6 0 R]",
        objects=[
            "<</Type/Annot/Subtype/FileAttachment/Rect[9 9 20 20]/FS 7 0 R>>",
            "<</Type/Filespec/F(a.csv)/EF<</F 8 0 R>>>>",
            stream(table(n), "/Type/EmbeddedFile"),
        ],
    )


def locked_note(n: str) -> bytes:
    """A value in a form whose file opens without a password but is encrypted."""
    seal = StandardEncryption("", ownerPassword="owner", strength=128)

    def draw(page: Any) -> None:
        page.drawString(72, 700, "memo")
        page.acroForm.textfield(name="mynumber", value=n, x=100, y=500)

    return canvassed(draw, encrypt=seal)


DOCUMENT: dict[str, Maker] = {
    "field with appearance": shown_field,
    "field without appearance": form("/FT/Tx/V@"),
    "note": note("/Subtype/Text/Contents@"),
    "attachment": attached(table),
    "outline": catalog(
        "/Outlines 6 0 R",
        "<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>",
        "<</Title@/Parent 6 0 R/Dest[3 0 R/Fit]>>",
    ),
    "title": lambda n: pdf(info=f"/Title{string(told(n))}"),
    "XMP": packet(
        "/Metadata 6 0 R",
        '<x:xmpmeta xmlns:x="x"><dc:title>@</dc:title></x:xmpmeta>',
        packed=False,
        kind="/Type/Metadata/Subtype/XML",
    ),
    "XFA form": packet(
        "/AcroForm<</Fields[]/XFA[(datasets)6 0 R]>>", "<datasets><個人番号>@</個人番号></datasets>"
    ),
}
DOCUMENT_BEYOND: dict[str, Maker] = {
    "packed XMP": packet(
        "/Metadata 6 0 R",
        '<x:xmpmeta xmlns:x="x"><dc:title>@</dc:title></x:xmpmeta>',
        kind="/Type/Metadata/Subtype/XML",
    ),
    "own property": lambda n: pdf(info=f"/Kojin{string(told(n))}"),
    "default of a field": form("/FT/Tx/DV@"),
    "tooltip of a field": form("/FT/Tx/TU@"),
    "chosen item": form("/FT/Ch/Opt[(a)@]/V@"),
    "item of a list": form("/FT/Ch/Opt[(a)@]"),
    "export value of a list": form("/FT/Ch/Opt[[@(a)]]"),
    "hidden field": form("/FT/Tx/F 2/V@"),
    "field with one digit a place": form("/FT/Tx/Ff 16777216/MaxLen 12/V@"),
    "caption of a button": form("/FT/Btn/MK<</CA@>>"),
    "field on no page": catalog("/AcroForm<</Fields[6 0 R]>>", "<</FT/Tx/T(kojin)/V@>>"),
    "value of a parent field": lambda n: pdf(
        page="/Annots[7 0 R]",
        catalog="/AcroForm<</Fields[6 0 R]>>",
        objects=[
            f"<</FT/Tx/T{string('個人番号')}/V({n})/Kids[7 0 R]>>",
            "<</Type/Annot/Subtype/Widget/Parent 6 0 R/Rect[1 1 99 20]>>",
        ],
    ),
    "free text": note("/Subtype/FreeText/Contents@"),
    "rich text of a note": note("/Subtype/FreeText/RC@"),
    "author of a note": note("/Subtype/Text/Contents(ok)/T@"),
    "text over a redaction": note("/Subtype/Redact/OverlayText@"),
    "target of a link": lambda n: pdf(
        page="/Annots[6 0 R]",
        objects=[
            f"<</Type/Annot/Subtype/Link/Rect[9 9 90 90]/A<</S/URI/URI(https://a.example/?mynumber={n})>>>>"
        ],
    ),
    "file at a note": at_a_note,
    "description of a file": attached(lambda n: b"memo", more="/Desc@"),
    "name of a file": lambda n: attached(lambda _: b"memo", string(f"個人番号{n}.txt"))(n),
    "document in a document": attached(lambda n: pdf(show(LABEL + n)), "(a.pdf)"),
    "packed portfolio": attached(table, more="/CI<</a@>>"),
    "script": catalog("/OpenAction<</S/JavaScript/JS@>>"),
    "alternative text": catalog("/StructTreeRoot<</K<</S/Figure/Alt@>>>>"),
    "replacement text of a structure": catalog("/StructTreeRoot<</K<</S/Span/ActualText@>>>>"),
    "name of a layer": catalog("/OCProperties<</OCGs[6 0 R]/D<<>>>>", "<</Type/OCG/Name@>>"),
    "prefix of page numbers": catalog("/PageLabels<</Nums[0<</P@>>]>>"),
    "reason of a signature": catalog(
        "/AcroForm<</Fields[6 0 R]>>", "<</FT/Sig/T(s)/V<</Type/Sig/Reason@>>>>"
    ),
    "private data of a program": lambda n: pdf(
        page=f"/PieceInfo<</App<</Private<</a{string(told(n))}>>>>>>"
    ),
    "object that nobody refers to": lambda n: pdf(objects=[f"<</Note{string(told(n))}>>"]),
    "field of an encrypted file": locked_note,
}
PROBES = (*probes("pdf", DOCUMENT | DOCUMENT_BEYOND),)
