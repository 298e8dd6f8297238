"""PDF files: loops, bombs, trees without end, drawings that draw themselves."""

from __future__ import annotations

import zlib

from auditor.model import Reason, State
from hostile.hostile import ELSEWHERE, OUTSIDE, Set, noise, zlibbed
from probes.paper import pdf, show, stream, string
from probes.probe import zipped

SET = Set()
MALFORMED = Reason.MALFORMED
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"


@SET.add("a.pdf", Reason.MEMORY)
def draws_itself() -> bytes:
    """A form that draws itself."""
    form = stream(b"/X Do /X Do", f"{FORM}/Resources<</XObject<</X 6 0 R>>>>")
    return pdf(show("words") + "/X Do", resources="/XObject<</X 6 0 R>>", objects=[form])


@SET.add("a.pdf", Reason.MEMORY)
def drawings_of_drawings() -> bytes:
    """Ten forms in a row, each of which draws the next one ten times."""
    forms = [
        stream(b"/X Do " * 10, f"{FORM}/Resources<</XObject<</X {n + 1} 0 R>>>>")
        for n in range(6, 16)
    ]
    last = stream(b"0 0 m 1 1 l S", FORM)
    return pdf(show("words") + "/X Do", resources="/XObject<</X 6 0 R>>", objects=[*forms, last])


@SET.add("a.pdf")
def cross_reference_loop() -> bytes:
    """A table of objects whose predecessor is itself."""
    whole = pdf(show("words"))
    start = whole.rindex(b"startxref")
    at = int(whole[start:].split()[1])
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)


@SET.add("a.pdf")
def outline_loop() -> bytes:
    """A bookmark that is its own successor and child."""
    mark = f"<</Title{string('words')}/Parent 6 0 R/Next 7 0 R/Prev 7 0 R/First 7 0 R/Last 7 0 R>>"
    return pdf(
        show("words"),
        catalog="/Outlines 6 0 R",
        objects=["<</First 7 0 R/Last 7 0 R/Count 9>>", mark],
    )


@SET.add("a.pdf")
def pages_of_pages() -> bytes:
    """A tree of pages that holds itself, and counts two thousand million."""
    whole = pdf(show("words"))
    return whole.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 2 0 R 2 0 R]/Count 2147483647")


@SET.add("a.pdf", Reason.TIMEOUT)
def million_pages() -> bytes:
    """One page, which is listed three hundred thousand times."""
    kids = b"3 0 R " * 300_000
    return pdf(show("words")).replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + kids + b"]/Count 300000")


@SET.add("a.pdf", Reason.MEMORY)
def packed_page() -> bytes:
    """The operators of a page, four GB of them."""
    body = zlibbed(4 << 30, b" ")
    data = stream(body, "/Filter/FlateDecode")
    return pdf(show("words"), objects=[data]).replace(b"/Contents 4 0 R", b"/Contents[4 0 R 6 0 R]")


@SET.add("a.pdf")
def packed_twelve_times() -> bytes:
    """A stream that is to be unpacked twelve times over."""
    data = bytes(8 << 20)
    for _ in range(12):
        data = zlib.compress(data, 9)
    filters = f"/Filter[{'/FlateDecode' * 12}]"
    return pdf(show("words"), objects=[stream(data, filters)], catalog="/Metadata 6 0 R")


@SET.add("a.pdf", Reason.TOO_LARGE)
def object_stream() -> bytes:
    """A stream of objects of three GB that counts two thousand million."""
    data = stream(
        zlibbed(3 << 30, b"1 "[:1]), "/Type/ObjStm/N 2147483647/First 9/Filter/FlateDecode"
    )
    return pdf(show("words"), objects=[data])


@SET.add("a.pdf", Reason.MEMORY)
def operators() -> bytes:
    """Three million letters, shown one by one."""
    body = stream(b"BT /F1 9 Tf 9 9 Td " + b"(w) Tj " * 3_000_000 + b"ET", packed=True)
    return pdf(show("words"), objects=[body]).replace(b"/Contents 4 0 R", b"/Contents 6 0 R")


@SET.add("a.pdf")
def lengths() -> bytes:
    """Streams that say they have 2⁶³ bytes, or fewer than none, or as many as they say."""
    whole = pdf(show("words"), objects=[b"<</Length 7 0 R>>stream\nwords\nendstream", "7 0 R"])
    return whole.replace(b"/Length ", b"/Length 9223372036854775807%\n/L ", 1)


@SET.add("a.pdf")
def deep_arrays() -> bytes:
    """An array in an array, a hundred thousand deep, as a property."""
    return pdf(show("words"), catalog="/X " + "[" * 100_000 + "]" * 100_000)


@SET.add("a.pdf")
def fields_of_fields() -> bytes:
    """A form field that is its own child and parent."""
    field = f"<</T{string('f')}/FT/Tx/V{string('words')}/Kids[6 0 R 6 0 R]/Parent 6 0 R>>"
    return pdf(show("words"), catalog="/AcroForm<</Fields[6 0 R 6 0 R]>>", objects=[field])


@SET.add("a.pdf")
def leads_elsewhere() -> bytes:
    """Scripts, programs to start, files and addresses elsewhere, all at its opening."""
    actions = (
        f"<</S/URI/URI({ELSEWHERE})>>",
        f"<</S/Launch/F({OUTSIDE})>>",
        f"<</S/SubmitForm/F<</FS/URL/F({ELSEWHERE})>>>>",
        f"<</S/JavaScript/JS(app.launchURL\\('{ELSEWHERE}'\\);while\\(1\\);)>>",
        f"<</S/GoToR/F({OUTSIDE})/D[0/Fit]>>",
    )
    numbers = " ".join(f"{n} 0 R" for n in range(6, 11))
    image = f"<</F<</FS/URL/F({ELSEWHERE})>>/Length 0>>stream\n\nendstream"
    return pdf(
        show("words"),
        catalog=f"/OpenAction<</S/JavaScript/JS(while\\(1\\);)/Next[{numbers}]>>/AA<</WC 6 0 R>>",
        objects=[*actions, image],
    )


@SET.add("a.pdf", Reason.TOO_DEEP)
def attached_to_attached() -> bytes:
    """A document attached to a document, thirty deep."""
    data = pdf(show("words"))
    for _ in range(30):
        file = stream(data, "/Type/EmbeddedFile", packed=True)
        names = (
            "/Names<</EmbeddedFiles<</Names[(a.pdf)<</Type/Filespec/F(a.pdf)/EF<</F 6 0 R>>>>]>>>>"
        )
        data = pdf(show("words"), catalog=names, objects=[file])
    return data


@SET.add("a.pdf", Reason.TOO_DEEP, Reason.TOO_MANY_MEMBERS)
def attached_to_itself() -> bytes:
    """Two hundred attachments, all of them the same stream of zips."""
    data = zipped({"a.zip": zipped({"a.txt": b"words"})})
    for _ in range(8):
        data = zipped({"a.zip": data})
    entries = "".join(f"({n})<</Type/Filespec/F({n})/EF<</F 6 0 R>>>>" for n in range(200))
    names = f"/Names<</EmbeddedFiles<</Names[{entries}]>>>>"
    return pdf(show("words"), catalog=names, objects=[stream(data, "/Type/EmbeddedFile")])


@SET.add("a.pdf", Reason.OCR_OFF)
def picture_of_the_world() -> bytes:
    """A picture of a million by a million dots, and codecs with lies in them."""
    sizes = "/Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8"
    kinds = ("/JBIG2Decode", "/JPXDecode", "/DCTDecode", "/CCITTFaxDecode", "/FlateDecode")
    objects = [
        stream(noise(200, kind), f"{sizes}/ColorSpace/DeviceRGB/Filter{kind}") for kind in kinds
    ]
    used = "".join(f"/I{n} {n + 6} 0 R" for n in range(5))
    drawn = "".join(f"q 500 0 0 500 0 0 cm /I{n} Do Q " for n in range(5))
    return pdf(show("words") + drawn, resources=f"/XObject<<{used}>>", objects=objects)


@SET.add("a.pdf")
def huge_page() -> bytes:
    """A page of a hundred million inches each way."""
    whole = pdf(show("words"))
    return whole.replace(b"[0 0 595 842]", b"[-9e9 -9e9 9e9 9e9]/UserUnit 9e9")


@SET.add("a.pdf", Reason.PASSWORD_PROTECTED, state=State.SKIPPED)
def security_handler() -> bytes:
    """Encryption with keys of 2³¹ bits."""
    whole = pdf(
        show("words"), objects=["<</Filter/Standard/V 5/R 99/Length 2147483647/O(a)/U(b)/P -1>>"]
    )
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 6 0 R/ID[<00><00>]")


@SET.add("a.pdf", MALFORMED)
def nothing_but_its_name() -> bytes:
    """Noise that is called a PDF."""
    return noise(30_000, "pdf")


@SET.add("a.pdf")
def versions() -> bytes:
    """A file that was overwritten ten thousand times, each time with nothing."""
    whole = pdf(show("words"))
    at = whole[whole.rindex(b"startxref") :].split()[1]
    return whole + b"".join(
        b"1 0 obj\n<<>>\nendobj\nstartxref\n" + at + b"\n%%EOF\n" for _ in range(10_000)
    )
