"""Where a number can sit in a PDF document."""

from __future__ import annotations

import base64
import io
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from probes import pictures
from probes.paper import pdf, show, stream, string
from probes.probe import SUSPECT, Maker, probes, table, told

LABEL = "My Number: "


def canvassed(draw: Any, **more: Any) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, invariant=1, **more)
    draw(page)
    page.save()
    return out.getvalue()


def japanese(n: str, *, upright: bool = False) -> bytes:
    """In one of the fonts that every reader has for Japanese."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=upright))

    def draw(page: Any) -> None:
        page.setFont("HeiseiMin-W3", 12)
        page.drawString(200, 700, told(n))

    return canvassed(draw)


def boxes(n: str, *, order: int = 1, ruled: bool = True) -> bytes:
    """A digit a box, as forms have it; drawn backwards when ``order`` is -1."""
    drawn = [show(digit, 200 + 20 * index) for index, digit in enumerate(n)]
    lines = "".join(f"{195 + 20 * i} 690 20 24 re S\n" for i in range(12)) if ruled else ""
    return pdf(lines + show(LABEL) + "".join(drawn[::order]))


def spaced(n: str) -> bytes:
    shown = " ".join(f"({digit}) -900" for digit in n)
    return pdf(show(LABEL) + f"BT /F1 12 Tf 200 700 Td [{shown}] TJ ET")


def three(n: str) -> bytes:
    return pdf(show(LABEL) + "".join(show(n[4 * i : 4 * i + 4], 200 + 60 * i) for i in range(3)))


def upright(n: str) -> bytes:
    return pdf(show(LABEL) + "".join(show(digit, 72, 680 - 16 * i) for i, digit in enumerate(n)))


def form(field: str, *more: str) -> Maker:
    """A field of a form; ``@`` stands for the number behind its label, as a string of a PDF."""
    return lambda n: pdf(
        page="/Annots[6 0 R]",
        catalog="/AcroForm<</Fields[6 0 R]>>",
        objects=[
            f"<</Type/Annot/Subtype/Widget/Rect[100 600 400 620]/T{string('個人番号')}"
            f"{field.replace('@', string(n))}>>",
            *more,
        ],
    )


def shown_field(n: str) -> bytes:
    face = stream(f"/Tx BMC BT /F1 10 Tf 2 4 Td ({n}) Tj ET EMC".encode(),
                  "/Subtype/Form/BBox[0 0 300 20]/Resources<</Font<</F1 5 0 R>>>>")
    return pdf(
        page="/Annots[6 0 R]",
        catalog="/AcroForm<</Fields[6 0 R]>>",
        objects=[
            f"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[100 600 400 620]/T{string('個人番号')}"
            f"/V({n})/AP<</N 7 0 R>>>>",
            face,
        ],
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
    return lambda n: pdf(
        catalog="/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>",
        objects=[
            f"<</Type/Filespec/F{name}/UF{name}/EF<</F 7 0 R>>{more.replace('@', string(told(n)))}>>",
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


def layer(n: str) -> bytes:
    group = "/OC/Layer BDC\n" + show(LABEL + n) + "EMC\n"
    return pdf(
        show("memo", y=300) + group,
        resources="/Properties<</Layer 6 0 R>>",
        catalog="/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
        objects=["<</Type/OCG/Name(layer)>>"],
    )


def within_a_form(n: str) -> bytes:
    inner = stream(show(LABEL + n).encode(), "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
                   "/Resources<</Font<</F1 5 0 R>>>>")
    return pdf("/X1 Do", resources="/XObject<</X1 6 0 R>>", objects=[inner])


def earlier(n: str) -> bytes:
    """A page that was overwritten by a later version of the file."""
    first = pdf(show(LABEL + n), page="/Annots[]")
    at = len(first)
    new = stream(show("redacted").encode())
    update = b"4 0 obj\n" + new + b"\nendobj\n"
    start = at + len(update)
    before = first.rindex(b"startxref") + 10
    previous = first[before : first.index(b"\n", before)].decode()
    update += f"xref\n4 1\n{at:010} 00000 n \n".encode()
    update += f"trailer\n<</Size 7/Root 1 0 R/Prev {previous}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return first + update


def pictured(image: Any, x: int = 100, side: int = 300) -> bytes:
    return canvassed(lambda page: page.drawImage(ImageReader(image), x, 300, side, side))


def vector_code(n: str) -> bytes:
    """A QR code drawn as squares."""
    image = pictures.drawn(told(n), scale=1).convert("L")
    dark = [
        f"{100 + 4 * x} {600 - 4 * y} 4 4 re f"
        for y in range(image.height)
        for x in range(image.width)
        if not image.getpixel((x, y))
    ]
    return pdf("\n".join(dark))


def locked(user: str) -> Maker:
    def made(n: str) -> bytes:
        seal = StandardEncryption(user, ownerPassword="owner", strength=128)
        return canvassed(lambda page: page.drawString(72, 700, LABEL + n), encrypt=seal)

    return made


def locked_note(n: str) -> bytes:
    """A value in a form whose file opens without a password but is encrypted."""
    seal = StandardEncryption("", ownerPassword="owner", strength=128)

    def draw(page: Any) -> None:
        page.drawString(72, 700, "memo")
        page.acroForm.textfield(name="mynumber", value=n, x=100, y=500)

    return canvassed(draw, encrypt=seal)


def xdp(n: str) -> bytes:
    inner = base64.b64encode(pdf(show(LABEL + n))).decode()
    return f'<?xml version="1.0"?><xdp:xdp xmlns:xdp="x"><pdf><document><chunk>{inner}</chunk>'.encode()


PAGES: dict[str, Maker] = {
    "page": lambda n: pdf(show(LABEL + n)),
    "page in Japanese": japanese,
    "turned page": lambda n: pdf(show(LABEL + n), page="/Rotate 90"),
    "turned text": lambda n: pdf(f"BT /F1 12 Tf 0 1 -1 0 300 300 Tm ({LABEL}{n}) Tj ET"),
    "one digit a box": boxes,
    "invisible text": lambda n: pdf(f"3 Tr {show(LABEL + n)}"),
    "white text": lambda n: pdf(f"1 1 1 rg {show(LABEL + n)}"),
    "hidden layer": layer,
}
PAGES_BEYOND: dict[str, Maker] = {
    "vertical writing": lambda n: japanese(n, upright=True),
    "one digit a box, drawn backwards": lambda n: boxes(n, order=-1),
    "one digit a place, without boxes": lambda n: boxes(n, ruled=False),
    "digits spaced out": spaced,
    "three groups": three,
    "one digit a line": upright,
    "beyond the edge of the page": lambda n: pdf(show(LABEL + n, x=900)),
    "outside the cropped part": lambda n: pdf(show(LABEL + n), page="/CropBox[0 0 300 300]"),
    "behind a black bar": lambda n: pdf(show(LABEL + n) + "60 690 400 30 re f"),
    "form object": within_a_form,
    "replacement text": lambda n: pdf(
        f"/Span<</ActualText{string(told(n))}>>BDC\n" + show("memo") + "EMC"
    ),
    "earlier version of the file": earlier,
    "QR code of a picture": lambda n: pictured(pictures.drawn(told(n))),
    "QR code as lines": vector_code,
}
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
    "XMP": packet("/Metadata 6 0 R", '<x:xmpmeta xmlns:x="x"><dc:title>@</dc:title></x:xmpmeta>',
                  packed=False, kind="/Type/Metadata/Subtype/XML"),
    "XFA form": packet(
        "/AcroForm<</Fields[]/XFA[(datasets)6 0 R]>>", "<datasets><個人番号>@</個人番号></datasets>"
    ),
}
DOCUMENT_BEYOND: dict[str, Maker] = {
    "packed XMP": packet(
        "/Metadata 6 0 R", '<x:xmpmeta xmlns:x="x"><dc:title>@</dc:title></x:xmpmeta>',
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
        page="/Annots[7 0 R]", catalog="/AcroForm<</Fields[6 0 R]>>",
        objects=[f"<</FT/Tx/T{string('個人番号')}/V({n})/Kids[7 0 R]>>",
                 "<</Type/Annot/Subtype/Widget/Parent 6 0 R/Rect[1 1 99 20]>>"],
    ),
    "free text": note("/Subtype/FreeText/Contents@"),
    "rich text of a note": note("/Subtype/FreeText/RC@"),
    "author of a note": note("/Subtype/Text/Contents(ok)/T@"),
    "text over a redaction": note("/Subtype/Redact/OverlayText@"),
    "target of a link": lambda n: pdf(
        page="/Annots[6 0 R]",
        objects=[f"<</Type/Annot/Subtype/Link/Rect[9 9 90 90]/A<</S/URI/URI(https://a.example/?mynumber={n})>>>>"],
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
DAMAGED: dict[str, Maker] = {
    "without its table of places": lambda n: pdf(show(LABEL + n)).partition(b"xref")[0],
    "cut off at the end": lambda n: pdf(show(LABEL + n))[:-60],
    "behind junk": lambda n: b"junk\r\n" * 20 + pdf(show(LABEL + n)),
    "empty password": locked(""),
}
PROBES = (
    *probes("pdf", PAGES | PAGES_BEYOND | DOCUMENT | DOCUMENT_BEYOND | DAMAGED),
    *probes("pdf", {"password": locked("user")}, expects="password_protected"),
    *probes("pdf", {"scan without OCR": lambda n: pictured(pictures.blank(400))}, "個人番号.pdf", SUSPECT),
    *probes("pdf", {"nothing but a signature": lambda n: b"%PDF-1.7\n" + b"junk" * 99}, expects="malformed"),
    *probes("xdp", {"PDF in it": xdp}),
    *probes(
        "fdf",
        {
            "value of a field": lambda n: b"%FDF-1.2\n1 0 obj\n<</FDF<</Fields[<</T(kojin)/V"
            + string(told(n)).encode() + b">>]>>>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
        },
    ),
    *probes(
        "xfdf",
        {
            "value of a field": lambda n: '<?xml version="1.0"?><xfdf><fields><field name="個人番号">'
            f"<value>{n}</value></field></fields></xfdf>".encode()
        },
    ),
)
