"""How a label and a number stand to each other: in one field, line, paragraph, or farther.

Distances are in characters; places are offsets into one text.
"""

from __future__ import annotations

import re

from .forms import Candidate
from .labels import NAMED, Label, Meaning
from .layout import in_row, same_column, same_list, stacked
from .lists import SPEAKER_LINE, lone
from .requests import off_the_number, on_papers

__all__ = [
    "ELSEWHERE",
    "FAR",
    "FIELD",
    "HEADER",
    "LINE",
    "PARAGRAPH",
    "THIN",
    "after",
    "before",
    "may_head",
    "received",
    "remark",
    "taken",
]

FIELD, LINE, PARAGRAPH, FAR = range(4)
HEADER = -1
"""Scope of a label that heads the number's column in a text laid out as a table."""
ELSEWHERE = 9
"""Scope of a label that heads another column."""

_LINE_REACH = 120
_ROW = 60
"""Characters of a row behind a number in which an amount may stand."""
_BEFORE = 40
_TAG = re.compile(r"</?[a-z][^<>]{0,60}>")
# Between a name and its value where the name is itself a value or a parent:
# name="個人番号" value="…", "title": "個人番号", "answer": "…", 個人番号: {"number": "…"}.
_HOLDER = re.compile(
    r"[\"'\])]{0,2}(?:\s?[:=]?\s{0,20}[\[{(\n]|\s{0,2}[,;\t\n>/]|[\"']\s|(?<=[\"'])\s)"
    r"[\s\"',;:={}\[\]()<>/|\-]{0,40}"
    r"(?:[A-Za-z_][\w.]{0,30}[\s\"',;:=\[\]{}()<>/\-]{1,40}){1,8}"
)
_SECTION = re.compile(r"(?:^|\n)[ \t]*\[{1,2}[^\[\]\n]*\Z")
_KEYS_BELOW = re.compile(
    r"[^\[\]\n]{0,12}\]{1,2}[ \t]*\n(?:[ \t]*[\w.\- ]{1,40}[:=][^\n]{0,60}\n){0,6}"
    r"[ \t]*[\w.\- ]{1,40}[:=][ \t]*[\"']?"
)
_DONE = re.compile(
    r"を(?:確認|聴取|聞き?取り?|入手|受領|訂正|修正|変更)[ \u3000:：、,（(]{1,3}|"
    r"[をがも]?(?:お?預か|届い|届き|いただ|頂|もらっ|もらい|聞い|聞き|わか|分か|判明)"
    r"(?!て)[^\n0-9０-９、,]{0,8}[。！!\s]{1,3}|[のを]?控え?[ \u3000:：]{1,3}"
)
_SENT = re.compile("送|投函|書留|届け")
"""What stands in brackets behind that is how to follow it."""
_CORRECTLY = re.compile(r"(?:正しくは|正しいのは|本当は|改めて)[ \u3000:：、]{0,3}\Z")
_QUIET = " \t\r\u3000。、.!！でしたす"
_POINTS_BACK = re.compile(
    r"(?:[↑⬆][ \u3000]*)?(?:↑|⬆|[上左前]の?[がはも]|"
    r"これ[がはも]?|こちら[がはも]?|それ[がはも]?|以上[がはも]?|"
    r"[私僕俺妻夫父母子]の|本人の|自分の)[ \u3000]*\Z"
)
_IT_IS = re.compile(r"(?:です|でした|になります|となります|でお願い)[^\n0-9０-９]{0,12}")
_IT_IS_OR_NOT = re.compile(
    rf"(?:{_IT_IS.pattern}|[ \u3000?？。!！]*|これで[^\n0-9０-９]{{0,12}}|"
    r"で(?:あって|合って|いい|よろし)[^\n0-9０-９]{0,12}|だよね?？?)"
)
_GOT = re.compile(
    r"(?:を|は|も)?[、 \u3000]?"
    r"(?:登録し|受け?取|受領し|送り|送っ|いただき|頂き|お?預かり|届き|確認し)"
    r"[^\n0-9０-９番号書類、]{0,10}(?:$|[\n。！!、])"
)
_POINTS_UP = re.compile(r"[ \t\u3000\r]*\n\s*[(（]?(?:↑|⬆|\^|上記|上の|これ)[^\n]{0,8}\Z")
_WHAT = re.compile("[^\n]{0,28}(?:これ|それ|何|なん|なに)[^\n0-9０-９]{0,8}[?？]」?")
"""Somebody asks what was told."""
_SHORT = 24
_BREAK = re.compile(r"[ \t\u3000\r|｜│)）\]］】]*\n[ \t\u3000(（\[［【〔]*")
_UNDER = 80
_VALUE = re.compile(r"[ \t\u3000]*(?:[0-9０-９][ \u3000\-－‐ー]?){12}(?![0-9０-９])")
_BRACKET = re.compile(r"[ぁ-んー一-龥][（(]\Z")
_CASE = re.compile(r"\[#?[0-9０-９ \-]{12,16}\Z")
_CLOSES = frozenset(")）")
_PERSON = re.compile(r"(?:さん|様|氏|くん|殿)[ \u3000のはが分、]{0,3}\Z")
THIN = re.compile(
    r"(?:[\s:：=＝>＞\"'`「『（(【\[\]】)）」』〔〕\-―ー－‐|｜/／,、;；#＃№.．・…〜～~*＊_→⇒⇨↓▼]++|"
    r"\\(?=[\"'])|は|が|を|の|こと|も|番号|カード|no|第|半角|全角|数字|必須|入力|12桁|１２桁|十二桁|桁|is|です|欄|様|分|"
    r"下記|以下|通り|とおり|本人|value|text|について(?=[ \u3000]?[:：]))*+"
)
_OPEN = re.compile(r"[\s（(「\[【<＜:：=←⇐は、,\-ー/|^」』\"'で]{0,6}")
_OWN = re.compile(
    r"(?:[(（][^\n0-9０-９()（）]{1,8}[)）])?[^\n0-9０-９(（]{0,10}[0-9０-９][0-9０-９,，.\-－‐()（）]{2}"
)
_LONG_OWN = re.compile(r"[^\n0-9０-９(（]{0,10}(?:[0-9０-９][ \-－‐]?){9}")
_AMOUNTS = frozenset(("金額", "合計", "残高", "売上", "税額", "単価"))
_AMOUNT = re.compile("[0-9０-９][,，][0-9０-９]{3}")
_PHONE_BEFORE = re.compile(r"0[0-9]{1,3}-[0-9]{2,4}-[0-9]{4}[ にへの（(]{0,2}\Z")
_ABSENT = "(?:省略|別紙|記載省略|提出済|未記入|未入力|未提出|不要|後日|別途)"
_VACANT = re.compile(
    # A number right below drawn boxes stands in them.
    r"[\s:：(（\[【]{0,4}(?:(?:[□＿_＊*●○Ｘ]{4}|(?:[|｜│][ \u3000]*){6})[^\n0-9０-９]*\n[^\n]*\n|"
    rf"{_ABSENT}[)）\]】]?[^\n]{{0,8}}\n)"
)
_ABSENT_NOTE = re.compile(rf"[(（\[【]{_ABSENT}[)）\]】]?\Z")
_BLANK = re.compile(r"\n[ \t\r　]*\n")


def before(text: str, label: Label, one: Candidate) -> tuple[int, int]:
    """Scope and distance of a label that stands before the number."""
    gap = text[label.end : one.start]
    distance = len(gap)
    lines = gap.count("\n")
    placed = (label.start, label.end), (one.start, one.end)
    if may_head(text, label, one):
        heads = same_list(text, *placed) if ")" in gap or "]" in gap else None
        if heads is None and lines:
            heads = same_column(text, *placed)
        if heads is not None:
            return (HEADER if heads else ELSEWHERE), distance
    if distance <= _LINE_REACH:
        plain = _TAG.sub(" ", gap.lower()) if "<" in gap else gap.lower()
        if (lines <= 1 and THIN.fullmatch(plain)) or _HOLDER.fullmatch(gap):
            return FIELD, distance
    if distance <= _LINE_REACH and lines == 0:
        matter = label.meaning is Meaning.TOPIC and not _goes_on(text, label)
        pointed = matter and _pointed(text, gap, one)
        return (FIELD if pointed else LINE), distance
    if lines and label.meaning in NAMED and _heads_section(text, label, gap):
        return FIELD, distance
    off = (label.meaning is Meaning.TOPIC and _goes_on(text, label)) or on_papers(text, label.end)
    if distance <= _LINE_REACH and not off and _answers(text, label, one):
        return (FIELD if label.meaning is Meaning.TOPIC else LINE), distance
    if lines and label.meaning in NAMED and stacked(text, *placed):
        return LINE, distance
    return (FAR if _BLANK.search(gap) else PARAGRAPH), distance


def _goes_on(text: str, label: Label) -> bool:
    """Whether the word goes on to something on the matter that has numbers of its own."""
    return off_the_number(text, label.end) or on_papers(text, label.end)


def may_head(text: str, label: Label, one: Candidate) -> bool:
    """Whether a label may head the column of a number, or name its place in a list."""
    if max(text.find(")", label.end, one.start), text.find("]", label.end, one.start)) >= 0:
        return True
    if text.find("\n", label.end, one.start) < 0:
        return False
    if "row" not in one.asked:
        one.asked["row"] = in_row(text, one.start, one.end)
    return bool(one.asked["row"])


def _heads_section(text: str, label: Label, gap: str) -> bool:
    """Whether a label stands in brackets above a block of keys, and the number is one's value."""
    opened = _SECTION.search(text, max(0, label.start - _BEFORE), label.start)
    return opened is not None and _KEYS_BELOW.fullmatch(gap) is not None


def _pointed(text: str, gap: str, one: Candidate) -> bool:
    """Whether a sentence on the matter gives the number in brackets, or right behind a person.

    Or it says what somebody did with the number, and then the number: ``を確認 4839``.
    """
    if _DONE.fullmatch(gap) or _CORRECTLY.search(gap):
        return True
    if _BRACKET.search(gap) and not _SENT.search(gap):
        return text[one.end : one.end + 1] in _CLOSES
    return _PERSON.search(gap) is not None


def after(text: str, label: Label, end: int) -> tuple[int, int] | None:
    """Scope and distance of a label behind the number; None when it speaks of another."""
    gap = text[end : label.start]
    if "\x01" in gap or _OWN.match(text, label.end) or _a_case(text, end):
        return None
    if _POINTS_UP.match(text[end : label.start]):
        return LINE, 2 * len(gap) + 4
    if _heads_up(text, label, gap):
        return LINE, 2 * len(gap) + 4
    if "\n" in gap:
        called = (label.meaning in NAMED or received(text, label)) and _called_below(
            text, label, gap
        )
        return (LINE, 2 * len(gap) + 4) if called else _below(text, label, gap)
    off = label.meaning is Meaning.TOPIC and _goes_on(text, label)
    return (FIELD if _OPEN.fullmatch(gap) and not off else LINE), 2 * len(gap) + 4


def _a_case(text: str, end: int) -> bool:
    """Whether a number has brackets of its own before what it is about: ``[4839…] 登録エラー``."""
    return text[end : end + 1] == "]" and _CASE.search(text, max(0, end - _SHORT), end) is not None


def _again(text: str, label: Label, last: str) -> bool:
    """Whether the line before the label's begins with the same one who speaks."""
    below = text.rfind("\n", 0, label.start)
    above = text.rfind("\n", 0, max(0, below)) + 1
    return text.startswith(last.strip(), above)


def received(text: str, label: Label) -> bool:
    """Whether somebody says that it came, or was sent: ``マイナンバー受け取りました``."""
    return label.meaning is Meaning.TOPIC and _GOT.match(text, label.end) is not None


def _heads_up(text: str, label: Label, gap: str) -> bool:
    """Whether a label alone on the line right below has no value of its own below it."""
    if label.meaning not in NAMED or not _BREAK.fullmatch(gap):
        return False
    rest, _, under = text[label.end : label.end + _UNDER].partition("\n")
    return not rest.strip(" \t\r\u3000)）:：]］】〕") and not _VALUE.match(under)


def _called_below(text: str, label: Label, gap: str) -> bool:
    """Whether the next to speak say what the number was: ``これがマイナンバーです``."""
    first, *between, last = gap.split("\n")
    between = [line for line in between if not _WHAT.fullmatch(line)]
    if first.strip(_QUIET) or not all(map(SPEAKER_LINE.fullmatch, between)):
        return False
    pointed = _POINTS_BACK.search(last)
    speaker = last[: pointed.start()] if pointed else last
    if not SPEAKER_LINE.fullmatch(speaker):
        return False
    rest = text[label.end : label.end + _SHORT].partition("\n")[0]
    if speaker.strip() and (_GOT.match(rest) or (not rest.strip() and _again(text, label, last))):
        return True
    return (_IT_IS if pointed is None else _IT_IS_OR_NOT).fullmatch(rest) is not None


def _below(text: str, label: Label, gap: str) -> tuple[int, int] | None:
    """A short line right below the number's tells what document this is: 東京都公安委員会."""
    _, *lines = gap.split("\n")
    end = text.find("\n", label.end, label.end + _SHORT)
    rest = text[label.end : end if end >= 0 else label.end + _SHORT]
    short = len(lines) == 1 and len(lines[0]) + label.end - label.start + len(rest) <= _SHORT
    return (PARAGRAPH, 2 * len(gap) + 4) if short else None


def _answers(text: str, label: Label, one: Candidate) -> bool:
    """Whether a number stands alone right below the line, or the sentence, of a label."""
    begin = lone(text, one)
    if begin <= label.end:
        return False
    _, *between = text[label.end : begin].split("\n")
    return all(map(SPEAKER_LINE.fullmatch, between))


def remark(text: str, label: Label) -> bool:
    """Whether a label stands in a remark on another one: ※法人の場合は法人番号."""
    if label.meaning is not Meaning.AGAINST:
        return False
    begin = text.rfind("\n", max(0, label.start - _BEFORE), label.start) + 1
    return text[begin : begin + 1] == "※"


def taken(text: str, label: Label, start: int, *, heads: bool = False) -> bool:
    """Whether a label has a number of its own, or an empty box, or an amount in its row.

    What follows a label that ``heads`` a column is the next name, which may hold a year.
    """
    own = (_LONG_OWN if heads else _OWN).match(text, label.end)
    if own is not None and own.end() <= start and "\n" in text[label.end : start]:
        return True
    if label.meaning is Meaning.AGAINST:
        phone = _PHONE_BEFORE.search(text, max(0, label.start - _BEFORE), label.start)
        return phone is not None or _paid(text, label, start)
    if label.meaning not in NAMED or "\n" not in text[label.end : start]:
        return False
    vacant = _VACANT.match(text, label.end, start)
    return (vacant or _ABSENT_NOTE.search(text, label.start, label.end)) is not None


def _paid(text: str, label: Label, start: int) -> bool:
    """Whether a label of amounts stands above a row that has one."""
    if text[label.start : label.end] not in _AMOUNTS or "\n" not in text[label.end : start]:
        return False
    return _AMOUNT.search(text[start : start + _ROW].partition("\n")[0]) is not None
