"""Numbers below each other, and numbers alone in their line: lists, answers, announcements."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .forms import Candidate
from .keys import key_before, names_something
from .labels import NAMED, Meaning, read
from .layout import in_list, same_column
from .things import named_otherwise, thing_before

__all__ = ["SPEAKER_LINE", "alike", "lone", "named_in_line"]

_REACH = 60
"""Characters of a line on either side of a number that stands alone in it."""
_BOX = "|｜│[]［］"
_ROWS = 4
"""Filled lines from a number of a list down to the next one, at most."""
_BETWEEN = re.compile(
    r"(?![^\n]*(?:番号|No|電話|TEL))[^\n0-9０-９。、:：]{0,20}|"
    r"[^\n]{0,40}?(?:未|取得中|後日|なし|無|(?<!\S)[-－―ー]{1,3}(?!\S))[^\n]{0,40}"
)
"""A line between two of a list: a name, nothing, or a row that says why it has no number."""
_TURN = re.compile(
    r"(?![^\n]*(?:番号|No|電話|TEL|[?？]|教え|ください|下さい))"
    r"(?=[^\n]{0,20}(?:[0-9０-９][:：][0-9０-９]{2}|[^\s:：0-9０-９]{1,12}[:：]))"
    r"(?![^\n]*[0-9０-９]{4})[^\n]{0,48}"
)
"""A line of a chat in which somebody says a few words and asks nothing."""
_ROW = 300
"""Characters between a number and the one in the row below it."""
_MARK = (
    r"[>＞|\s\u3000・●○■□◆◇※*@\-①-⑳\U0001F300-\U0001FAFF]*"
    r"(?:[0-9０-９]{1,2}[.)）．:：](?![0-9０-９])[ \u3000]?)?"
)
_TIME = r"[\[(（]?[0-9０-９][0-9０-９:：/.,年月日 \-]{2,21}[\])）]?"
_NAME = (
    r"(?:[<＜\[(（【][^<>＜＞\[\]()（）【】\n0-9０-９]{1,20}[>＞\])）】][ \u3000\t:：]{0,3}|"
    r"[一-龥々ァ-ヶーぁ-んA-Za-z. \u3000]{1,16}「|(?:[^:：…→\s\d]{1,16}[ \u3000]?){1,3}[:：…→]\s*|"
    r"(?:[一-龥々ァ-ヶーぁ-んA-Za-z.]{1,10}(?:[(（][^()（）\n0-9０-９]{1,12}[)）])?"
    r"[ \u3000\t/／→=＝、,，…>＞]+){1,3})"
)
_THING = re.compile(r"(?:証|口座|券|手帳|コード|会員|保険|年金)[ \u3000]?[:：…→／/]?\s*\Z")
"""The name of another thing, and of nobody."""
_ADDRESSED = re.compile("様[ \u3000]?[(（]\\Z")
"""Behind the one whom a letter is written to: by what they are known there."""
_SPEAKER = re.compile(rf"{_MARK}(?:{_TIME}[ \u3000\t]*)?(?:{_NAME}(?:{_NAME})?)?")
SPEAKER_LINE = re.compile(
    rf"{_MARK}(?:{_TIME}[ \u3000\t]+[^\W\d][^\n。、!！?？]{{0,15}}|"
    rf"[<＜\[【][^<>＜＞\[\]【】\n]{{1,20}}[>＞\]】]|"
    rf"(?:[^\W\d][^\n]{{0,15}}?(?:[:： \u3000\t*＊>＞]|さんが|より)+)?(?:{_TIME})?{_MARK}"
    r"(?:(?:に投稿|に返信|に送信)[ \u3000]*)?)"
)
"""A line that tells who speaks, or when."""
_AGE = re.compile(
    r"[(（][^()（）\n]{0,16}[)）]|"
    r"(?:^|[ \u3000\t]+)(?:[12][09][0-9]{2}|[SHR][0-9]{1,2}|(?:昭和|平成|令和)[0-9]{1,2})[./\-年]"
    r"[0-9]{1,2}[./\-月][0-9]{1,2}日?(?:生まれ|生)?"
)
"""A note behind a number: whose it is, how old, when born."""
_COURTESY = re.compile(
    r"(?:[ぁ-んー、。．.,:：!！?？\s\u3000「」\"'()（）・\-]|番号|以下|件|待|遅|思|疲|世話|入れ|"
    r"本人|配偶者|妻|夫|父|母|子|長男|長女|次男|次女|私|"
    r"以上|下記|上記|宜|願|致|御|確認|送|連絡|返信|提出|回答|報告|承知|了解|→|⇒|➡|▶|👉|🙏|🙇|"
    r"様|だ|カード|マイナンバー|個人番号|"
    r"my|number|is|it|its|the|this|that|here|there|go|below|mine|please|thanks|thank|you|regards|yes|"
    r"sure|ok|okay|hi|hello|so)*",
    re.IGNORECASE,
)


def lone(text: str, one: Candidate) -> int:
    """Where the line begins in which a number stands nearly alone; -1 when it has company.

    An answer to a question, or what 以下の通り announces: the line above speaks of it.
    """
    if "alone" not in one.asked:
        one.asked["alone"] = _lone(text, one)
    return one.asked["alone"]


def _lone(text: str, one: Candidate) -> int:
    begin = text.rfind("\n", max(0, one.start - _REACH), one.start) + 1
    if not begin and one.start > _REACH:
        return -1
    end = text.find("\n", one.end, one.end + _REACH)
    behind = text[one.end : end if end >= 0 else one.end + _REACH]
    behind = _AGE.sub("", behind)
    speaker = _SPEAKER.match(text, begin, one.start)
    if _ADDRESSED.search(text, begin, one.start):
        return -1
    if (speaker and _THING.search(speaker[0])) or thing_before(text, one.start):
        return -1
    key = key_before(text, one.start)
    plain = speaker.end() if speaker else begin
    if key and not names_something(key) and not text[begin : one.start].partition(key)[0].strip():
        plain = one.start
    ahead = _AGE.sub("", text[plain : one.start]).rstrip(_BOX)
    behind = behind.lstrip(_BOX)
    return begin if _COURTESY.fullmatch(ahead) and _COURTESY.fullmatch(behind) else -1


def named_in_line(text: str, one: Candidate, meanings: Iterable[Meaning]) -> bool:
    """Whether a label of one of these meanings stands before the number in its line."""
    if "named" not in one.asked:
        begin = text.rfind("\n", max(0, one.start - _ROW), one.start) + 1
        said = {label.meaning for label in read(text[begin : one.start])}
        one.asked["named"] = sum(1 << meaning for meaning in said)
    return any(one.asked["named"] >> meaning & 1 for meaning in meanings)


def alike(text: str, above: Candidate, one: Candidate) -> bool:
    """Whether a number stands below another one, written and placed alike: a list.

    Between the two there may be rows of the list without a number, or a name and a blank line.
    """
    gap = text[above.end : one.start]
    if len(gap) > _ROW:
        return False
    placed = (above.start, above.end), (one.start, one.end)
    if _NEXT_ROW.fullmatch(gap) and (place := in_list(text, *placed[1])):
        return place == in_list(text, *placed[0])
    if "\n" not in gap:
        return False
    between = gap.split("\n")[1:-1]
    if sum(map(bool, map(str.strip, between))) >= _ROWS:
        return False
    rows = all(map(_apart, between)) and any(map(str.strip, between))
    listed = (not between or rows) and lone(text, above) >= 0 and lone(text, one) >= 0
    written = (above.form, above.flags) == (one.form, one.flags)
    # Two lines of one list may be written differently, but a label's own line is no list.
    if named_in_line(text, above, NAMED) and (between or not (listed and written)):
        return False
    if named_in_line(text, above, NAMED) and named_otherwise(text, one.start):
        return False
    if listed:
        return True
    return (rows or len(between) <= 1) and bool(same_column(text, *placed))


_NEXT_ROW = re.compile(r"[^\[\](){}]*[\])]\s*,\s*[\[(][^\[\](){}]*")
"""From a value of a list to one of the next list (JSON, SQL)."""


def _apart(line: str) -> bool:
    """Whether a line may stand between two numbers of one list."""
    return any(form.fullmatch(line) for form in (_BETWEEN, _TURN, SPEAKER_LINE))
