"""What the words of rich text mean here: destinations, characters, character sets of fonts."""

from __future__ import annotations

import enum


class Kind(enum.Enum):
    """What becomes of text inside a group."""

    TEXT = enum.auto()
    FIELD = enum.auto()
    INFO = enum.auto()
    OTHER = enum.auto()
    """Searched for digits only."""
    SKIP = enum.auto()
    """Said again elsewhere, or no text at all."""
    FONTS = enum.auto()
    BLOB = enum.auto()
    HTML = enum.auto()


PLACES = {
    **dict.fromkeys("header headerl headerr headerf".split(), "header"),
    **dict.fromkeys("footer footerl footerr footerf".split(), "footer"),
    "footnote": "footnote",
    "annotation": "comment",
    "atnauthor": "comment author",
    "shptxt": "text box",
    "dptxbxtext": "text box",
}
"""Destinations that are stories of their own."""

KINDS = {
    "fonttbl": Kind.FONTS,
    "fldinst": Kind.FIELD,
    "htmltag": Kind.HTML,
    **dict.fromkeys("info userprops title subject author manager company operator category "
                    "keywords comment doccomm hlinkbase".split(), Kind.INFO),
    **dict.fromkeys("colortbl stylesheet listtable listoverridetable revtbl rsidtbl atnid "
                    "bkmkstart bkmkend xe tc sn sv objclass objname filetbl template".split(),
                    Kind.OTHER),
    **dict.fromkeys("upr nonshppict mhtmltag nonesttables themedata colorschememapping "
                    "panose atndate objalias passwordhash blipuid".split(), Kind.SKIP),
    **dict.fromkeys("pict objdata datastore".split(), Kind.BLOB),
}  # fmt: skip
"""Other destinations."""

PASSED = frozenset("shpinst shppict ud background".split())
"""Destinations that old readers may pass over, and whose text is text."""

CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "nestcell": "\t", "nestrow": "\n", "lbr": "\n", "softline": "\n",
}  # fmt: skip
ENDS = frozenset("par sect page column".split())
SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\t": "\t", b"\\": "\\", b"{": "{", b"}": "}"}
PICTURES = {"pngblip": "png", "jpegblip": "jpg", "emfblip": "emf", "wmetafile": "wmf",
            "dibitmap": "dib", "macpict": "pict"}  # fmt: skip
CODE_PAGES = {"ansi": 1252, "mac": 10000, "pc": 437, "pca": 850}
CHARSETS = {
    2: 1252, 77: 10000, 78: 932, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254,
    163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}  # fmt: skip
"""Code page by the character set of a font; 0 and 1 mean the file's own."""
