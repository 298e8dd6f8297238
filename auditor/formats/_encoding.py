"""Text from bytes in any encoding that Japanese files come in.

A declaration is believed when the bytes obey it. Otherwise: byte order mark, then the escapes of
ISO-2022-JP, then strict UTF-8, then the encoding under which the beginning looks most like
Japanese. ``shift_jis`` and ``euc_jp`` mean what Windows means by them: the vendors' rows 13 and
89 to 92 and 115 to 119 (①, ㈱, 髙) are in daily use and missing from Python's codecs of that name.
"""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

_SAMPLE = 8192
_SMALL = 1 << 16
"""Bytes up to which the last texts are remembered."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALIASES = {
    "shiftjis": "cp932", "sjis": "cp932", "xsjis": "cp932", "mskanji": "cp932",
    "windows31j": "cp932", "cswindows31j": "cp932", "xmscp932": "cp932", "cp932": "cp932",
    "eucjp": "euc_jp", "xeuc": "euc_jp", "xeucjp": "euc_jp", "cp51932": "euc_jp",
    "ujis": "euc_jp",
    "iso2022jp": "iso2022_jp_ext", "csiso2022jp": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext", "cp50222": "iso2022_jp_ext", "jis": "iso2022_jp_ext",
    "unicode11utf8": "utf-8", "unicode": "utf-16",
}  # fmt: skip
_WEAK = frozenset({"ascii", "iso8859-1", "cp1252"})
"""Declared by software that does not know: any bytes obey them."""
_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\$\([@BDOPQ]|\([BJI])")
_SHIFTED = re.compile(rb"\x0e([\x21-\x5f]+)\x0f")
"""Half-width kana in seven bits between SO and SI, as CP50222 has it."""
_COLOURS = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")
"""What tells a terminal how to write."""
_CANDIDATES = ("cp932", "euc_jp", "utf-16-le", "utf-16-be", "utf-8", "cp1252")
_BINARY = ("utf-16-le", "utf-16-be", "cp1252")
"""What is tried where controls are many: of UTF-16 they may be halves of characters."""
_SIGNS = frozenset(
    "、。・「」（）：，．－〇\u3000①②③④⑤⑥⑦⑧⑨⑩\u2160\u2161\u2162\u2163\u2164㈱㈲№℡㍻〜～−‖∥"
)
_TEXT = 0.2
"""Points a byte below which a file is no text."""
_CONTROL = -6.0
_CONTROLS = bytes(code for code in range(0x20) if chr(code) not in "\t\r\n\f")
_MANY = 12
"""One byte of so many is a control: too many for text, whatever the other bytes are worth."""
_EUC_HALF_KANA = re.compile(rb"(?:\x8e[\xa1-\xdf]){2,}")
_MISSPELT = re.compile("(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ|(?<![ｷｼﾁﾃﾆﾋﾌﾐﾘﾞﾟ])[ｬｭｮ]|(?<![ｱ-ﾝﾞﾟｧ-ｮ])[ｯﾝ]")
"""A voice mark or a small kana behind one that takes none."""
_ACCENTED_RUN = re.compile("[\x80-\xff](?=[\x80-\xff])")
"""In Western texts letters beyond ASCII stand one by one, nearly always."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was read."""

    text: str = field(repr=False)
    encoding: str
    sure: bool = True
    """False: no encoding fits; ``text`` is then good for ASCII digits at most."""


def decode(data: bytes, declared: str = "", *, cut: bool = False) -> Decoded:
    """Read ``data``; ``cut`` says that its end may fall inside a character."""
    if len(data) <= _SMALL:
        return _known(data, declared, cut)
    return _read(data, declared, cut)


@functools.lru_cache(maxsize=2)
def _known(data: bytes, declared: str, cut: bool) -> Decoded:
    """The same, not twice: a format is chosen by what it then reads."""
    return _read(data, declared, cut)


def _read(data: bytes, declared: str, cut: bool) -> Decoded:
    data = _unpadded(data)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(name, "replace"), name)
    told = codec(declared)
    if b"\0" not in data[:_SAMPLE] and (
        _ESCAPES.search(data, 0, _SAMPLE * 8) or (_SHIFTED.search(data) and data.isascii())
    ):
        return Decoded(_iso2022(data), "iso2022_jp_ext")
    if told and told not in _WEAK and (text := _strictly(data, told, cut=cut)) is not None:
        return Decoded(text, told)
    if b"\0" not in data and (text := _strictly(data, "utf-8", cut=cut)) is not None:
        return Decoded(text, "utf-8", sure=_legible(text[:_SAMPLE]))
    return _wide(data) or _guess(data, cut=cut)


def _legible(sample: str) -> bool:
    """Whether few characters are controls, but for a terminal's."""
    if sample.isascii() and not set(_CONTROLS.decode() + "\x7f") & set(sample):
        return True
    sample = _COLOURS.sub("", sample)
    odd = np.count_nonzero(_worths(sample) <= 100 * _CONTROL)
    return bool(odd * 20 <= len(sample))


def _wide(data: bytes) -> Decoded | None:
    """UTF-32 without a mark: of four bytes one is zero always, and another nearly always."""
    sample = data[: min(_SAMPLE, len(data) - len(data) % 4)]
    for name, at in (("utf-32-le", 3), ("utf-32-be", 0)):
        if 32 * sample[at::4].count(0) < 7 * len(sample):  # with so many faults it is none
            continue
        text = sample.decode(name, "replace")
        if _points(text) >= _TEXT * len(text):
            return Decoded(data.decode(name, "replace"), name)
    return None


def _unpadded(data: bytes) -> bytes:
    """Without the zero bytes that programs fill the rest of a record with."""
    if not data.endswith(b"\0\0\0\0"):
        return data
    whole = data.rstrip(b"\0")
    return whole + bytes(len(whole) % 2) if b"\0" in whole[:_SAMPLE] else whole


def codec(declared: str) -> str:
    """Python's name for a declared encoding; "" when there is none such."""
    plain = re.sub(r"[^a-z0-9]", "", declared.lower())
    if plain in _ALIASES:
        return _ALIASES[plain]
    try:
        return codecs.lookup(declared.strip()).name if plain and "\0" not in declared else ""
    except (LookupError, UnicodeError, ValueError):
        return ""


def _strictly(data: bytes, name: str, *, cut: bool) -> str | None:
    try:
        return data.decode(name, "eucjp_ms" if name == "euc_jp" else "strict")
    except UnicodeDecodeError as error:
        if cut and error.start >= len(data) - 4:
            return data[: error.start].decode(name, "replace")
        return _iso2022(data) if name == "iso2022_jp_ext" else None
    except (LookupError, UnicodeError, ValueError):  # not a text codec, or a refusal of its own
        return None


def _guess(data: bytes, *, cut: bool) -> Decoded:
    """The encoding that makes the beginning look most like Japanese text."""
    sample = data[:_SAMPLE]
    if len(data) <= _SAMPLE and not cut:
        sample = sample + b"\n"  # a character broken at the very end must cost something
    if len(sample) % 2:
        sample = sample[:-1]
    best, most, likely = "cp1252", float("-inf"), 0.0
    text_like = _MANY * (len(sample) - len(sample.translate(None, _CONTROLS))) <= len(sample)
    for name in _CANDIDATES if text_like else _BINARY:
        text = sample.decode(name, handler(name))
        points = likely_points = _points(text)
        if name == "euc_jp":  # half-width kana there also read as kanji of cp932
            points += 0.5 * sum(len(run) for run in _EUC_HALF_KANA.findall(sample))
            likely_points = points
        elif name == "cp932":
            points -= len(_MISSPELT.findall(text))
        elif name == "cp1252":
            points -= 0.5 * len(_ACCENTED_RUN.findall(text))
        if points > most:
            best, most, likely = name, points, likely_points
    return Decoded(data.decode(best, handler(best)), best, sure=likely >= _TEXT * len(sample))


def handler(name: str) -> str:
    """How a decoder of this name deals with what is no character."""
    return "eucjp_ms" if name == "euc_jp" else "replace"


def _points(text: str) -> float:
    return int(_worths(text).sum()) / 100


def _worths(text: str) -> npt.NDArray[np.int16]:
    """Hundredths of points of every character."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    worths = _KNOWN[codes]
    if (unknown := worths == _UNKNOWN).any():
        for code in set(codes[unknown].tolist()):
            _KNOWN[code] = round(100 * _worth(chr(code)))
        worths = _KNOWN[codes]
    return worths


_UNKNOWN = -32_768
_KNOWN = np.full(0x110000, _UNKNOWN, np.int16)
"""Hundredths of points by code point, as they were met."""


@functools.cache
def _level1() -> frozenset[str]:
    """The 2,965 kanji of JIS level 1."""
    rows = ((lead, trail) for lead in range(0x88, 0x99) for trail in range(0x40, 0xFD))
    codes = (bytes(pair) for pair in rows if 0x889F <= pair[0] * 256 + pair[1] <= 0x9872)
    return frozenset("".join(code.decode("cp932", "ignore") for code in codes))


def _worth(char: str) -> float:
    """Points of one character; the weights were fitted on synthetic files in eight encodings."""
    if " " <= char <= "~" or char in "\t\r\n\f":
        return 0.6
    if "\u3041" <= char <= "\u30fe":
        return 1.3
    if "\uff10" <= char <= "\uff5a":
        return 1.0
    if char in _level1() or char in _SIGNS:
        return 0.92
    if "\uff61" <= char <= "\uff9f":
        return 0.45
    return _worth_of_rare(char)


def _worth_of_rare(char: str) -> float:
    if "\u4e00" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff":
        return 0.15 if char.encode("cp932", "ignore") else 0.0
    if char == "\ufffd":
        return -8.0
    if unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs"):
        return _CONTROL
    return 0.3 if "\u00a0" <= char <= "\u017f" else -0.3


def _row_cell(first: int, second: int) -> str:
    """The character of a JIS X 0208 position, as Windows extends it; bytes 0x21 to 0x7E."""
    lead = (first + 1) // 2 + (0x70 if first <= 0x5E else 0xB0)
    odd = 0x1F if second <= 0x5F else 0x20
    return bytes((lead, second + (odd if first % 2 else 0x7E))).decode("cp932", "replace")


def _eucjp_ms(error: UnicodeError) -> tuple[str, int]:
    """What the vendors' EUC has where Python's has nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if len(pair) == 2 and min(pair) >= 0xA1 and max(pair) <= 0xFE:
        return _row_cell(pair[0] & 0x7F, pair[1] & 0x7F), error.start + 2
    return "\ufffd", error.start + 1


codecs.register_error("eucjp_ms", _eucjp_ms)


def _iso2022(data: bytes) -> str:
    try:
        if b"\x0e" not in data:
            return data.decode("iso2022_jp_ext")
    except UnicodeDecodeError:
        pass
    return "".join(_shifts(_SHIFTED.sub(_escaped, data)))


def _escaped(shifted: re.Match[bytes]) -> bytes:
    """Half-width kana under an escape, and behind them the mode that was on before."""
    before: list[bytes] = _ESCAPES.findall(shifted.string, 0, shifted.start())[-1:]
    return b"".join((b"\x1b(I", shifted[1], *(before or [b"\x1b(B"])))


def _shifts(data: bytes) -> list[str]:
    """ISO-2022-JP with vendor characters or faults, one shift at a time."""
    pieces: list[str] = []
    start, mode = 0, b"\x1b(B"
    for escape in [*_ESCAPES.finditer(data), None]:
        end = escape.start() if escape else len(data)
        run = data[start:end]
        if mode in (b"\x1b$B", b"\x1b$@"):
            # A line end closes a shift that nobody closed.
            lines = re.split(rb"([\r\n]+)", run)
            pieces.extend(x.decode("ascii") if x[:1] in b"\r\n" else _pairs(x) for x in lines)
        elif mode == b"\x1b(I":
            pieces.append(bytes(byte | 0x80 for byte in run).decode("cp932", "replace"))
        elif mode.startswith(b"\x1b$("):
            pieces.append((mode + run).decode("iso2022_jp_ext", "replace"))
        else:
            pieces.append(run.decode("cp932", "replace"))
        if escape:
            start, mode = escape.end(), escape.group()
    return pieces


def _pairs(run: bytes) -> str:
    pairs = zip(run[::2], run[1::2], strict=False)
    return "".join(
        _row_cell(a, b) if 0x21 <= a <= 0x7E and 0x21 <= b <= 0x7E else "\ufffd" for a, b in pairs
    )
