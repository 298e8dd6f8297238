"""How a label and a number stand to each other: in one field, line, paragraph, or farther.

Distances are in characters; places are offsets into one text.
"""

from __future__ import annotations

import re

from .forms import Candidate
from .labels import Label, Meaning
from .layout import same_column, same_list

__all__ = [
    "ELSEWHERE",
    "FAR",
    "FIELD",
    "HEADER",
    "LINE",
    "PARAGRAPH",
    "THIN",
    "after",
    "alike",
    "before",
    "lone",
    "taken",
]

FIELD, LINE, PARAGRAPH, FAR = range(4)
HEADER = -1
"""Scope of a label that heads the number's column in a text laid out as a table."""
ELSEWHERE = 9
"""Scope of a label that heads another column."""

_LINE_REACH = 120
_LONE_REACH = 60
_ROW = 300
"""Characters between a number and the one in the row below it."""
THIN = re.compile(
    r"(?:[\s:：=＝>＞\"'`「『（(【\[\]】)）」』〔〕\-―ー－‐|｜/／,、;；#＃№.．・…〜～~*＊_→⇒⇨↓▼]++|"
    r"は|が|を|の|こと|も|番号|カード|no|第|半角|全角|数字|必須|入力|12桁|１２桁|十二桁|桁|is|です|欄|様|分|"
    r"下記|以下|通り|とおり|本人|value|text)*+"
)
_OPEN = re.compile(r"[\s（(「\[【<＜:：=←⇐は、,\-ー/|」』\"'で]{0,6}")
_OWN = re.compile(r"[^\n0-9０-９]{0,10}[0-9０-９][0-9０-９\-－‐()（）]{2}")
_BLANK = re.compile(r"\n[ \t\r　]*\n")
_SPEAKER = re.compile(
    r"[>＞\s\u3000・●○■□※*\-]*(?:[\[(（]?[0-9０-９:：/]{3,16}[\])）]?\s?)?(?:[^:：\s]{1,16}[:：])?"
)
_COURTESY = re.compile(
    r"(?:[ぁ-んー、。．.,:：!！?？\s\u3000「」()（）・\-]|番号|本人|配偶者|妻|夫|父|母|子|長男|長女|次男|次女|私|"
    r"以上|下記|上記|宜|願|致|御|確認|送|連絡|返信|様|だ|カード|マイナンバー|個人番号|my|number|is|it|the|here)*",
    re.IGNORECASE,
)


def before(text: str, label: Label, one: Candidate) -> tuple[int, int]:
    """Scope and distance of a label that stands before the number."""
    gap = text[label.end : one.start]
    distance = len(gap)
    lines = gap.count("\n")
    placed = (label.start, label.end), (one.start, one.end)
    heads = same_list(text, *placed) if ")" in gap else None
    if heads is None and lines:
        heads = same_column(text, *placed)
    if heads is not None:
        return (HEADER if heads else ELSEWHERE), distance
    if distance <= _LINE_REACH and lines <= 1 and THIN.fullmatch(gap.lower()):
        return FIELD, distance
    if distance <= _LINE_REACH and lines == 0:
        return LINE, distance
    if distance <= _LINE_REACH and _answers(text, label, one):
        return (FIELD if label.meaning is Meaning.TOPIC else LINE), distance
    return (FAR if _BLANK.search(gap) else PARAGRAPH), distance


def after(text: str, label: Label, end: int) -> tuple[int, int] | None:
    """Scope and distance of a label behind the number; None when it speaks of another."""
    gap = text[end : label.start]
    if "\x01" in gap or _OWN.match(text, label.end):
        return None
    if "\n" in gap:
        return PARAGRAPH, 2 * len(gap) + 4
    return (FIELD if _OPEN.fullmatch(gap) else LINE), 2 * len(gap) + 4


def lone(text: str, one: Candidate) -> int:
    """Where the line begins in which a number stands nearly alone; -1 when it has company.

    An answer to a question, or what 以下の通り announces: the line above speaks of it.
    """
    begin = text.rfind("\n", max(0, one.start - _LONE_REACH), one.start) + 1
    if not begin and one.start > _LONE_REACH:
        return -1
    end = text.find("\n", one.end, one.end + _LONE_REACH)
    behind = text[one.end : end if end >= 0 else one.end + _LONE_REACH]
    speaker = _SPEAKER.match(text, begin, one.start)
    ahead = text[speaker.end() if speaker else begin : one.start]
    return begin if _COURTESY.fullmatch(ahead) and _COURTESY.fullmatch(behind) else -1


def alike(text: str, above: Candidate, one: Candidate) -> bool:
    """Whether a number stands right below another one, written and placed alike: a list."""
    if (above.form, above.flags) != (one.form, one.flags):
        return False
    gap = text[above.end : one.start]
    if len(gap) > _ROW or gap.count("\n") != 1:
        return False
    if lone(text, above) >= 0 and lone(text, one) >= 0:
        return True
    return bool(same_column(text, (above.start, above.end), (one.start, one.end)))


def _answers(text: str, label: Label, one: Candidate) -> bool:
    """Whether a number stands alone right below the line, or the sentence, of a label."""
    begin = lone(text, one)
    if begin <= label.end:
        return False
    above = text[label.end : begin].rstrip("> \t\r\n\u3000")
    return "\n" not in above


def taken(text: str, label: Label, start: int) -> bool:
    """Whether a label on an earlier line has a number of its own."""
    own = _OWN.match(text, label.end)
    return own is not None and own.end() <= start and "\n" in text[label.end : start]
