"""PDF pages with a real text layer in a Japanese font that every reader substitutes."""

from __future__ import annotations

from collections.abc import Sequence

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UTF16-H"
    b"/DescendantFonts[4 0 R]>>"
)
_DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 5>>"
    b"/DW 1000/W[1[500] 231 632 500]/FontDescriptor 5 0 R>>"
)
_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[-92 -250 1010 922]"
    b"/ItalicAngle 0/Ascent 752/Descent -221/CapHeight 737/StemV 114>>"
)
_FIRST_PAGE = 6
LINES = 40
"""Lines that fit on a page."""


def _content(lines: Sequence[str], room: int) -> bytes:
    shown = "\n".join(f"<{line.encode('utf-16-be').hex().upper()}> Tj T*" for line in lines)
    return f"BT /F1 11 Tf 56 785 Td 18 TL\n{shown}\nET".encode("ascii").ljust(room)


def pdf(pages: Sequence[Sequence[str]], *, room: int = 0) -> bytes:
    """Return a PDF with one page a list of lines; ``room`` fixes the bytes of each page's text."""
    kids = " ".join(f"{_FIRST_PAGE + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode("ascii"),
        _FONT,
        _DESCENDANT,
        _DESCRIPTOR,
    ]
    for number, lines in enumerate(pages):
        content = _content(lines, room)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (_FIRST_PAGE + 2 * number + 1)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    out = bytearray(b"%PDF-1.5\n%\xe3\x81\x82\xe3\n")
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
