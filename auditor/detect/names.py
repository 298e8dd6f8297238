"""Names of files, folders and mails: what to mask in them, and what they promise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .around import around
from .characters import FOLD_ALL, KANJI_DIGITS, SEPARATOR_SET
from .texts import detect_text

__all__ = ["meaning_of_names", "spans", "speaks_of_numbers"]

_D = r"[\d" + "".join(chr(code) for code in FOLD_ALL if code not in KANJI_DIGITS) + "]"
_K = "[" + "".join(map(chr, KANJI_DIGITS)) + "]"
_S = f"[{SEPARATOR_SET},:+=]"
_COULD_BE = re.compile(
    rf"{_D}{{11,}}|{_D}{{4,}}{_S}{{1,2}}{_D}{{4}}(?:{_S}{{1,2}}{_D}{{4}})*{_S}{{1,2}}{_D}{{4,}}|"
    rf"(?<!{_D}){_D}(?:{_S}{{1,3}}{_D}(?!{_D})){{10,}}|{_K}{{11,}}"
)
_GUID = re.compile(
    r"(?<![0-9A-Za-z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}([0-9a-f]{12})(?![0-9A-Za-z])", re.IGNORECASE
)


def spans(text: str) -> list[tuple[int, int]]:
    """Stretches of a name or path that could be a number, to be masked before anyone sees them.

    Wider than detection on purpose: no check digit, no regard to letters beside. Runs of eleven and
    more digits of any script, 4-4-4 groups, eleven and more single digits; and whatever
    :func:`detect` finds. Only the tail of a well-formed GUID is left alone.

    >>> spans("2026_483920175644_memo.pdf"), spans("report 2026-04-01.pdf")
    ([(5, 17)], [])
    """
    tails = {match.span(1) for match in _GUID.finditer(text)}
    found = {match.span() for match in _COULD_BE.finditer(text)} - tails
    found |= {(hit.start, hit.end) for hit in detect_text(text, ()).hits}
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


# File, folder, subject and form words behind which numbers lie (my-number reference, 3.1 and 3.6).
_PROMISES = re.compile(
    "マイナンバ|個人番号|通知カード|番号通知書|特定個人情報|番号確認|本人確認書類|台紙|住民票|源泉徴収|"
    "扶養控除|給与支払報告|支払調書|法定調書|資格取得届|資格喪失届|被扶養者|第3号被保険者|退職所得|年末調整|"
    "保険料控除|配偶者控除|ワンストップ特例|特別徴収税額|mynumber|myno(?![a-z])|kojinbango|"
    "individualnumber|shfd0006|\\.xtx"
)
_JOINTS = re.compile(r"[\s_\-]+")


def speaks_of_numbers(text: str) -> bool:
    """Whether a name, subject or form word says that Individual Numbers probably lie here.

    >>> [speaks_of_numbers(name) for name in ("ﾏｲﾅﾝﾊﾞｰ一覧.zip", "My_Number list", "memo")]
    [True, True, False]
    """
    plain = _JOINTS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _PROMISES.search(plain) is not None


def meaning_of_names(names: Sequence[str]) -> str:
    """What names around a text (outermost first) say of it: a code, equal where they say the same.

    >>> meaning_of_names(["2026", "マイナンバー一覧"]), meaning_of_names(["memo"])
    ('label_around', '')
    """
    return around(names)[0]
