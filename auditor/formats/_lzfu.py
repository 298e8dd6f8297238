"""Compressed rich text of Outlook items (MS-OXRTFCP)."""

from __future__ import annotations

_BEFORE = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What every text is taken to follow, so that short ones get shorter."""
_WINDOW = 4096
_COMPRESSED, _STORED = b"LZFu", b"MELA"


def unpacked(data: bytes) -> tuple[bytes, bool]:
    """The rich text, and whether it came to its end; as far as it goes when it is damaged."""
    kind = data[8:12]
    size = int.from_bytes(data[4:8], "little")
    if kind == _STORED:
        return data[16 : 16 + size], len(data) >= 16 + size
    if kind != _COMPRESSED:
        return b"", False
    window = bytearray(_BEFORE) + bytes(_WINDOW - len(_BEFORE))
    place = len(_BEFORE)
    out = bytearray()
    at = 16
    while at < len(data):
        flags = data[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                piece = data[at : at + 1]
                at += 1
            else:
                token = int.from_bytes(data[at : at + 2], "big")
                at += 2
                back, length = token >> 4, (token & 15) + 2
                if back == place or at > len(data):
                    return bytes(out), back == place
                piece = _copied(window, back, place, length)
            for byte in piece:
                window[place] = byte
                place = (place + 1) % _WINDOW
            out += piece
    return bytes(out), len(out) >= size > 0  # some writers leave out the mark of the end


def _copied(window: bytearray, back: int, place: int, length: int) -> bytes:
    """Bytes of the window, among them such as are only now being written."""
    apart = (place - back) % _WINDOW
    if apart >= length:
        if back + length <= _WINDOW:
            return bytes(window[back : back + length])
        return bytes(window[back:] + window[: back + length - _WINDOW])
    unit = bytes(window[(back + n) % _WINDOW] for n in range(apart))
    return (unit * (length // max(1, apart) + 1))[:length]
