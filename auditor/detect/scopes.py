"""How a label and a number stand to each other: in one field, line, paragraph, or farther.

Distances are in characters; places are offsets into one text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .forms import Candidate
from .labels import Label, Meaning, read
from .layout import same_column, same_list, stacked

__all__ = [
    "ELSEWHERE",
    "FAR",
    "FIELD",
    "HEADER",
    "LINE",
    "NAMED",
    "PARAGRAPH",
    "THIN",
    "after",
    "alike",
    "asked",
    "asked_below",
    "before",
    "lone",
    "remark",
    "taken",
]

FIELD, LINE, PARAGRAPH, FAR = range(4)
HEADER = -1
"""Scope of a label that heads the number's column in a text laid out as a table."""
ELSEWHERE = 9
"""Scope of a label that heads another column."""

_LINE_REACH = 120
_LONE_REACH = 60
_TAG = re.compile(r"</?[a-z][^<>]{0,60}>")
# Between a name and its value where the name is itself a value or a parent:
# name="個人番号" value="…", "title": "個人番号", "answer": "…", 個人番号: {"number": "…"}.
_HOLDER = re.compile(
    r"[\"'\])]{0,2}(?:\s?[:=]?\s{0,20}[\[{(\n]|\s{0,2}[,;\t\n>/]|[\"']\s|(?<=[\"'])\s)"
    r"[\s\"',;:={}\[\]()<>/|\-]{0,40}"
    r"(?:[A-Za-z_][\w.]{0,30}[\s\"',;:=\[\]{}()<>/\-]{1,40}){1,8}"
)
_POINTS_UP = re.compile(r"[ \t\u3000\r]*\n\s*[(（]?(?:↑|⬆|\^|上記|上の|これ)[^\n]{0,8}\Z")
_SHORT = 24
NAMED = frozenset((Meaning.STRONG, Meaning.EITHER))
_BREAK = re.compile(r"[ \t\u3000\r|｜│)）\]]*\n[ \t\u3000(（]*")
_UNDER = 80
_VALUE = re.compile(r"[ \t\u3000]*(?:[0-9０-９][ \u3000\-－‐ー]?){12}(?![0-9０-９])")
_QUOTE = re.compile(
    r"\n[ \t]*(?:[>＞|]|-{2,} ?(?:original|元の|forwarded|引用)|from:|差出人|送信者|"
    r"on [^\n]{5,60} wrote)|"
    r"(?:wrote|>|のメッセージ|書きました|のメール)[:：]?[ \t]*\n",
    re.IGNORECASE,
)
_CHAT = 3
"""Short lines between a request and the answer: others speak, too."""
_CHAT_LINE = 40
_ROW = 300
"""Characters between a number and the one in the row below it."""
THIN = re.compile(
    r"(?:[\s:：=＝>＞\"'`「『（(【\[\]】)）」』〔〕\-―ー－‐|｜/／,、;；#＃№.．・…〜～~*＊_→⇒⇨↓▼]++|"
    r"は|が|を|の|こと|も|番号|カード|no|第|半角|全角|数字|必須|入力|12桁|１２桁|十二桁|桁|is|です|欄|様|分|"
    r"下記|以下|通り|とおり|本人|value|text)*+"
)
_OPEN = re.compile(r"[\s（(「\[【<＜:：=←⇐は、,\-ー/|^」』\"'で]{0,6}")
_OWN = re.compile(r"[^\n0-9０-９(（]{0,10}[0-9０-９][0-9０-９,，.\-－‐()（）]{2}")
_BLANK = re.compile(r"\n[ \t\r　]*\n")
_MARK = r"[>＞|\s\u3000・●○■□◆◇※*\-①-⑳]*(?:[0-9０-９]{1,2}[.)）．:：][ \u3000]?)?"
_TIME = r"[\[(（]?[0-9０-９][0-9０-９:：/.年月日 \-]{2,19}[\])）]?"
_NAME = (
    r"(?:(?:[^:：…→\s\d]{1,16}[ \u3000]?){1,3}[:：…→]\s*|"
    r"(?:[一-龥々ァ-ヶーA-Za-z.]{1,10}[ \u3000\t]+){1,2})"
)
_SPEAKER = re.compile(rf"{_MARK}(?:{_TIME}[ \u3000\t]*)?{_NAME}?")
_SPEAKER_LINE = re.compile(rf"{_MARK}(?:[^\W\d][^\n]{{0,15}}?[:： \u3000\t]+)?(?:{_TIME})?{_MARK}")
_REQUEST = re.compile(
    r"一覧|以下|下記|次の|通り|とおり|send|provide|tell|reply|need|submit|let us know|give|"
    r"教え|送っ|送り|送付|連絡|知らせ|記入|記載|入力|回答|返信|提出|届け|下さい|ください|何番|[?？]"
)
_AGE = re.compile(r"[(（][^()（）\n]{0,16}[)）]")
"""A note behind a number: whose it is, how old."""
_COURTESY = re.compile(
    r"(?:[ぁ-んー、。．.,:：!！?？\s\u3000「」\"'()（）・\-]|番号|本人|配偶者|妻|夫|父|母|子|長男|長女|次男|次女|私|"
    r"以上|下記|上記|宜|願|致|御|確認|送|連絡|返信|様|だ|カード|マイナンバー|個人番号|"
    r"my|number|is|it|its|the|this|that|here|below|mine|please|thanks|thank|you|regards)*",
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
    if distance <= _LINE_REACH:
        plain = _TAG.sub(" ", gap.lower()) if "<" in gap else gap.lower()
        if (lines <= 1 and THIN.fullmatch(plain)) or _HOLDER.fullmatch(gap):
            return FIELD, distance
    if distance <= _LINE_REACH and lines == 0:
        return LINE, distance
    if distance <= _LINE_REACH and _answers(text, label, one):
        return (FIELD if label.meaning is Meaning.TOPIC else LINE), distance
    if lines and label.meaning in NAMED and stacked(text, *placed):
        return LINE, distance
    return (FAR if _BLANK.search(gap) else PARAGRAPH), distance


def after(text: str, label: Label, end: int) -> tuple[int, int] | None:
    """Scope and distance of a label behind the number; None when it speaks of another."""
    gap = text[end : label.start]
    if "\x01" in gap or _OWN.match(text, label.end):
        return None
    if _POINTS_UP.match(text[end : label.start]):
        return LINE, 2 * len(gap) + 4
    if _heads_up(text, label, gap):
        return LINE, 2 * len(gap) + 4
    if "\n" in gap:
        return _below(text, label, gap)
    return (FIELD if _OPEN.fullmatch(gap) else LINE), 2 * len(gap) + 4


def _heads_up(text: str, label: Label, gap: str) -> bool:
    """Whether a label alone on the line right below has no value of its own below it."""
    if label.meaning not in NAMED or not _BREAK.fullmatch(gap):
        return False
    rest, _, under = text[label.end : label.end + _UNDER].partition("\n")
    return not rest.strip(" \t\r\u3000)）:：") and not _VALUE.match(under)


def _below(text: str, label: Label, gap: str) -> tuple[int, int] | None:
    """A short line right below the number's tells what document this is: 東京都公安委員会."""
    _, *lines = gap.split("\n")
    end = text.find("\n", label.end, label.end + _SHORT)
    rest = text[label.end : end if end >= 0 else label.end + _SHORT]
    short = len(lines) == 1 and len(lines[0]) + label.end - label.start + len(rest) <= _SHORT
    return (PARAGRAPH, 2 * len(gap) + 4) if short else None


def lone(text: str, one: Candidate) -> int:
    """Where the line begins in which a number stands nearly alone; -1 when it has company.

    An answer to a question, or what 以下の通り announces: the line above speaks of it.
    """
    begin = text.rfind("\n", max(0, one.start - _LONE_REACH), one.start) + 1
    if not begin and one.start > _LONE_REACH:
        return -1
    end = text.find("\n", one.end, one.end + _LONE_REACH)
    behind = text[one.end : end if end >= 0 else one.end + _LONE_REACH]
    behind = _AGE.sub("", behind)
    speaker = _SPEAKER.match(text, begin, one.start)
    ahead = text[speaker.end() if speaker else begin : one.start]
    return begin if _COURTESY.fullmatch(ahead) and _COURTESY.fullmatch(behind) else -1


def alike(text: str, above: Candidate, one: Candidate) -> bool:
    """Whether a number stands right below another one, written and placed alike: a list."""
    gap = text[above.end : one.start]
    if len(gap) > _ROW or gap.count("\n") != 1:
        return False
    written = (above.form, above.flags) == (one.form, one.flags)
    begin = lone(text, above)
    if begin >= 0 and lone(text, one) >= 0:
        # Two lines of one list may be written differently, but a label's own line is no list.
        own = (label.meaning in NAMED for label in read(text[begin : above.start]))
        return written or not any(own)
    return written and bool(same_column(text, (above.start, above.end), (one.start, one.end)))


def _answers(text: str, label: Label, one: Candidate) -> bool:
    """Whether a number stands alone right below the line, or the sentence, of a label."""
    begin = lone(text, one)
    if begin <= label.end:
        return False
    _, *between = text[label.end : begin].split("\n")
    return all(map(_SPEAKER_LINE.fullmatch, between))


def asked_below(text: str, labels: Sequence[Label], one: Candidate) -> bool:
    """Whether the mail quoted below asks for the number, and the number stands alone: a reply."""
    if lone(text, one) < 0:
        return False
    for label in labels:
        begin = text.rfind("\n", max(0, label.start - _CHAT_LINE), label.start) + 1
        line = text[begin or label.start : label.end + _CHAT_LINE].partition("\n")[0]
        wanted = label.meaning in {Meaning.STRONG, Meaning.TOPIC} and _REQUEST.search(line)
        if wanted and _QUOTE.search(text, one.end, label.start):
            return True
    return False


def asked(text: str, label: Label, one: Candidate) -> bool:
    """Whether a label stands in a request, and the number alone below it: an answer."""
    begin = lone(text, one)
    line, *between = text[label.end : max(begin, label.end)].split("\n")
    if begin <= label.end or not _REQUEST.search(line) or len(between) > _CHAT + 1:
        return False
    return all(len(said) <= _CHAT_LINE for said in between)


def remark(text: str, label: Label) -> bool:
    """Whether a label stands in a remark on another one: ※法人の場合は法人番号."""
    begin = text.rfind("\n", max(0, label.start - _CHAT_LINE), label.start) + 1
    return label.meaning is Meaning.AGAINST and text[begin : begin + 1] == "※"


def taken(text: str, label: Label, start: int) -> bool:
    """Whether a label on an earlier line has a number of its own."""
    own = _OWN.match(text, label.end)
    return own is not None and own.end() <= start and "\n" in text[label.end : start]
