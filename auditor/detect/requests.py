"""Requests for the number, and the short lines that answer them or that they announce."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .forms import Candidate
from .labels import Label, Meaning, read
from .lists import SPEAKER_LINE, lone
from .things import is_thing

__all__ = ["answers_another", "asked", "asked_below", "off_the_number", "on_papers", "wanted"]

_REACH = 60
"""Characters of a line before the number in an answer."""
_QUOTE = re.compile(
    r"\n[ \t]*(?:[>＞|]|-{2,} ?(?:original|元の|forwarded|引用)|from:|差出人|送信者|"
    r"on [^\n]{5,60} wrote)|"
    r"(?:wrote|>|のメッセージ|書きました|のメール)[:：]?[ \t]*\n",
    re.IGNORECASE,
)
_ASKING = frozenset((Meaning.STRONG, Meaning.TOPIC))
_CHAT = 3
"""Short lines between a request and the answer: others speak, too."""
_CHAT_LINE = 40
_RULE = re.compile(r"[ \t\u3000]*[-_=*━─＿－]{2,}[ \t\u3000]*")
"""A line that sets off what is below it."""
_REQUEST = re.compile(
    r"一覧|以下|下記|次の|通り|とおり|below|follows|send|provide|tell|reply|need|submit|"
    r"let us know|give|"
    r"お?願い(?:し|致|いた)|教え|送っ|送り|送る|送付|連絡|知らせ|記入|記載|入力|回答|返信(?!用)|提出|届け|下さい|ください|何番|[?？]"
)
_HEADING_ENDS = " \t\r\u3000:：】］」』)）>＞■◆●○＝=-─―…一覧リスト名簿"
_LIST = re.compile("一覧|リスト|名簿")
_ASKED = re.compile(r"教え|知らせ|回答|返信(?!用)|記入|下さい|ください|何番|願|[?？]")
_WISH = re.compile(
    rf"{_ASKED.pattern}|連絡|提出|いただけ|頂け|記載|入力|届け|必要|不足|漏れ|空欄|未|"
    "送って(?!い|頂)|"
    "send|provide|tell|reply|need|submit|let us know|give",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"[^\n、。]{0,4}?(?:の|関係|関連|用)?(?:書類|返送|返信用|封筒|用紙|資料|届出?書|申請書|写し)"
)
"""Not the number is sent, but papers on it."""
_OF_PAPERS = re.compile(
    r"(?:の|関係|関連|用)?(?:書類|返信用|封筒|用紙|届出?書|申請書)[^\n]{0,12}(?:送|出し|届|返|投函|ポスト)"
)
_ANNOUNCED = re.compile(
    "(?:以下|下記|次)の?(?:通り|とおり|です|になり|でお)|(?:see|given) below|as follows"
)
_POSTED = re.compile("郵送|投函|発送|送付済|便で|控え?|集荷|出荷")
"""Papers travel: what is given with that is how to follow them."""
_DIGITS = re.compile("[0-9０-９]{5}")


_BY_WHAT_FOLLOWS = re.compile(
    r"(?:下記|以下|次)の[^\n、。]{1,14}?(?:で|にて|により|から)[^\n、。]{1,20}\Z"
)
"""Before the word: with what is given below one gets to something on the matter."""
_NO_NUMBER = re.compile(
    r"[ \u3000]?(?:システム|画面|サーバ|サービス|アプリ|制度|研修|アンケート|業務|担当|資料|窓口|"
    r"帳票|マスタ|リーダ|カードリーダ|読取|端末|プリンタ|経費|事業|予算|取込|バッチ|"
    r"(?:登録|提出|収集)?(?:サイト|フォーム)|"
    r"(?:export|import|update|queue|topic|job|batch|worker|service|api)(?![a-z])|"
    r"(?:の|を)?(?:連携|権限|エラー|障害)|"
    r"(?:の|を)?(?:受け?取|交付|更新|紛失|用紙|封筒|書類一式|書類は|届の))"
)
"""Behind the word: not the number is asked for, but something on the matter."""
_SENT = re.compile(
    r"[ \u3000]?(?:の|を)?(?:(?:関連|関係)の?|取扱|回収|[一-龥]{1,3}用)?(?:書類|封筒|台紙|キット)"
    r"(?![^\n]*番号)|"
    r"[^\n。]{0,10}?(?:郵送|投函|発送|返送|郵便で出|便で送)(?:しまし|し|いたしまし|致しまし)?(?:た|済)"
    r"(?![^\n]*(?:番号|以下|下記|次の|念のため|先に))"
)
"""Behind the word: papers on it, which a number right below may well follow on their way."""


_QUESTION = re.compile(
    r"[?？]|教え|番号(?:を|は|も)?(?:ください|下さい|お願い|いい|もらえ|いただけ|頂け)|(?:ですか|ますか)"
)
_SAME = re.compile(
    "マイナ|個人番号|my ?number|12桁|これ|それ|(?<![A-Za-zァ-ヶー一-龥])カード|裏|合って|よろし|"
    "(?<!番号)(?<!番号も)いい",
    re.IGNORECASE,
)


_CLAUSE = re.compile("[、。 \u3000:：\t>＞]")
_ID = re.compile("[^0-9０-９]{0,8}(?:ID|ＩＤ|コード|キー)")
_ENDS = " \t\u3000?？はをがも"
_PLAIN = re.compile("番号|打って|入れて|書いて|貼って|読めます|見えます|大丈夫|どう|まだ|できます")
"""Questions for a number, or how it is to be told."""
_OF_OTHERS = re.compile(r"(?:[A-Za-zァ-ヶー一-龥]|の)(?<!り)番号|番号[とか]")


def _announces(line: str) -> bool:
    """Whether a line says that something follows, and names nothing else."""
    told = _ANNOUNCED.search(line) is not None and not _POSTED.search(line)
    return told and not any(label.meaning is Meaning.AGAINST for label in read(line))


def _other_question(line: str) -> bool:
    """Whether a line asks for something else; the nearest question is the one answered."""
    if is_thing(line.strip(" \t\u3000:：>＞・■●").lstrip("おご")):
        return True
    last = _CLAUSE.split(line.rstrip(_ENDS))[-1]
    if is_thing(last) or _ID.fullmatch(last):
        return True
    short = len(line) <= _CHAT_LINE
    if not short or _SAME.search(line) or not _QUESTION.search(line):
        return False
    return _OF_OTHERS.search(line) is not None or not _PLAIN.search(line)


def _said(lines: Sequence[str]) -> list[str]:
    """Leave out empty lines, and those that tell who speaks, or when."""
    return [line for line in lines if not SPEAKER_LINE.fullmatch(line)]


def off_the_number(text: str, end: int) -> bool:
    """Whether the word that ends at ``end`` goes on to something that is no number."""
    return _NO_NUMBER.match(text, end) is not None or _other_announced(text, end)


def _other_announced(text: str, end: int) -> bool:
    """Whether the line says that something else follows: ``下記のIDで登録サイトに入れます``."""
    begin = text.rfind("\n", max(0, end - _REACH), end) + 1
    return bool(begin or end <= _REACH) and _BY_WHAT_FOLLOWS.search(text, begin, end) is not None


def on_papers(text: str, end: int) -> bool:
    """Whether the word that ends at ``end`` goes on to papers, which get numbers of their own."""
    return _SENT.match(text, end) is not None


def answers_another(text: str, label: Label, one: Candidate) -> bool:
    """Whether a number alone in its line answers a later question than the label's."""
    begin = lone(text, one)
    if begin <= label.end:
        return False
    _, *between = text[label.end : begin].split("\n")
    between = _said(between)
    return len(between) <= 2 * _CHAT and any(map(_other_question, between))


def asked_below(text: str, labels: Sequence[Label], one: Candidate) -> bool:
    """Whether the mail quoted below asks for the number, and a short line gives one: a reply."""
    asking = [label for label in labels if label.meaning in _ASKING]
    if not asking or not _QUOTE.search(text, one.end, asking[-1].start):
        return False
    if lone(text, one) < 0 and not _brief(text, one):
        return False
    for label in asking:
        begin = text.rfind("\n", max(0, label.start - _CHAT_LINE), label.start) + 1
        line = text[begin or label.start : label.end + _CHAT_LINE].partition("\n")[0]
        if _WISH.search(line) and _QUOTE.search(text, one.end, label.start):
            return True
    return False


def _brief(text: str, one: Candidate) -> bool:
    """Whether a line says little beside the number, and names no other one before it."""
    begin = text.rfind("\n", max(0, one.start - _REACH), one.start) + 1
    if not begin and one.start > _REACH:
        return False
    said = text[begin : one.start]
    own = (label.meaning is Meaning.AGAINST for label in read(said))
    plain = not _DIGITS.search(said) and not _POSTED.search(said)
    return len(said) <= _REACH and plain and not any(own)


def wanted(line: str) -> bool:
    """Whether a line asks for something, or announces it."""
    return _REQUEST.search(line) is not None


def asked(text: str, label: Label, one: Candidate) -> bool:
    """Whether a label stands in a request or a heading, and the number alone below it."""
    begin = lone(text, one)
    line, *between = text[label.end : max(begin, label.end)].split("\n")
    listed = label.meaning is Meaning.STRONG or _LIST.search(line) is not None
    heading = listed and not any(map(str.isalnum, line.strip(_HEADING_ENDS)))
    told = heading or wanted(line) or any(map(_announces, between))
    if on_papers(text, label.end):
        return False
    if begin <= label.end or not told or any(map(_RULE.fullmatch, between)):
        return False
    between = _said(between)
    if len(between) > _CHAT:
        return False
    if _PAPERS.match(line) and not _ASKED.search(line):
        return False
    if label.meaning is Meaning.TOPIC and off_the_number(text, label.end):
        return False
    if any(map(_other_question, between)) or _OF_PAPERS.match(line):
        return False
    return all(len(said) <= _CHAT_LINE for said in between)
