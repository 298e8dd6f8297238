"""The labels of a text: where words of the vocabulary stand, and what they mean there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .addresses import opens_address
from .things import of_a_thing
from .vocabulary import MEANINGS, Meaning, pattern

__all__ = [
    "LATIN",
    "LATIN_NEEDLES",
    "NAMED",
    "NEEDLES",
    "Label",
    "Meaning",
    "fold",
    "has_label",
    "label_places",
    "read",
]


NAMED = frozenset((Meaning.STRONG, Meaning.EITHER))
"""What a label means that names the number itself."""


class Label(NamedTuple):
    """One label in a text."""

    start: int
    end: int
    meaning: Meaning


_WIDE = re.compile("[Ａ-Ｚａ-ｚ＿]")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF21, 0xFF5B)}


def fold(text: str) -> str:
    """Lower the case and narrow the Latin letters, one character to one character."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return low.translate(_NARROW) if _WIDE.search(low) else low


# What follows a label makes it a topic ("マイナンバーの提出について") or a warning not to write it.
_VOID_AFTER = re.compile(
    r"[^\n\x010-9０-９]{0,14}?(?:不要|しないで|せずに|ないよう|黒塗|マスキング|マスク|塗りつぶ|伏せ|"
    r"書かない|含まない|含めない|含まれません|含まれていません|お控え|絶対に)"
)
_TOPIC_AFTER = re.compile(
    r"(?!の?(?:入力|記入|記載|確認)?欄|の一覧(?:です|になり|を(?:お?送|添付))|"
    r"[ \u3000]?(?:登録|提出|対象|届出)者(?:の?(?:一覧|名簿|リスト))?[ \u3000:：】]*(?:\n|\Z))"
    r"[)）］」]?(?:カード)?(?:など|等)?(?:に関する|に係る|について|[をのにはがでと])?"
    r"[ \u3000]?[ごお]?"
    r"(?:取得|利用|収集|保管|管理|廃棄|取り?扱|制度|提出|回収|保護|研修|教育|手続|登録|申請|返送|郵送|発送|送付|運用|担当|"
    r"関連|関係|案内|対応|システム|画面|アンケート|件|こと|願い|とは|法|規程|規定|方針|ポリシー|"
    r"ガイドライン|漏え?い|紛失|流出|説明|資料|業務|事務|台帳|必要|届出|受領|書類|通知(?!カード|書)|写し|記載|記入|入力|"
    r"確認|一覧|閲覧|照会|本人確認|身元確認|桁数|検証|チェック|テスト|封筒|台紙|キット|在中|付番|紐[付づ]|ひも[付づ]|"
    r"連携|権限|障害|不具合|エラー|反映|返信用|検査|帳票|マスタ|正規表現|"
    r"バリデーション|について)|"
    r"[ _-]?(?:policy|system|service|server|api|card|check|batch|app|application|portal|link|job|"
    r"process|module|request|query|sync|backup|db|database|table|form|team|project|registration|"
    r"submission|collection|training|office|notice|act|law|controller|client|config|handler|repository|entity|access|list|log|view|page|"
    r"error|exception|status|flag|count|url|columns?|queue|topic|worker|export|import|update|validation|reader|schema|migration|tests?|fix|bug|issue)(?![a-z])"
)
# A label ends its noun: what goes on (マイナンバー窓口, mynumber-api, /kojinbango/) names something
# else, unless it says whose number it is or how it is written.
_GOES_ON = re.compile(
    r"(?!番号|カード番号|[入記確][力入載認]欄|欄|桁|本人|配偶者|扶養|被扶養|控除|親族|家族|続柄|世帯|[子妻夫父母]|[長次二三四五]|"
    r"[男女]|氏名|住所|生年|フリガナ|カナ|又|及|等|半角|全角|必須|任意|数字|第|[上下左右]記|以下|通|次|分|様|値|"
    r"データ|有|未|済|教え|言[っえ]|[是为為]|[（(]|ハイフン|ナシ|なし|[①-⑳一二三四五])"
    r"[一-龥々ァ-ヺｦ-ﾝ]|"
    r"[-./][a-z]|(?<=[a-z])_(?:status|flag|count|date|url|api|path|file|type|system|hash|result)"
)
# A word before 番号 names another number (チケット番号, 申込み番号), unless it points to a person.
_NAMED = re.compile(r"([一-龥々ァ-ヺーｦ-ﾟ]{1,10}|[a-z]{2,20}[ _-]?)[みせけりれきちげべえい]?\Z")
_OURS = re.compile(
    r"(?:旧|本人|配偶者|扶養|親族|家族|世帯主|子|妻|夫|父|母|長男|長女|対象者|下記|上記|左記|右記|"
    r"同|当該|該当|前記|次|桁|以下|正しい|新|半角|全角|数字|英数字?|ハイフン|"
    r"(?<![a-z])(?:the|this|following|is|my|your|his|her|their|digit))[ _-]?\Z"
)
# One asks for things by their numbers, and for nobody by his.
_QUOTED = re.compile(
    r"(?:で|にて)[^\n。0-9０-９]{0,8}?(?:問い?合わ?せ|照会|検索|追跡|追え|調べ|ログイン|お呼び)"
)
# マイナス, ﾏｲﾅｰ, 各個番号: other words.
_KANA = re.compile("[ァ-ヺーｦ-ﾟ]")
_GOES_OTHERWISE = {
    **dict.fromkeys(("マイナ", "ﾏｲﾅ", "マイナン", "ﾏｲﾅﾝ"), _KANA),
    "個番": re.compile("[号地街]"),
    # What somebody did, and no number.
    "電話": re.compile("し[てまたと]|で[言伝話教]|する|中|に出|あり|が[あか]|かけ"),
}
_VALUES = frozenset(
    ("登録内容", "登録値", "入力内容", "入力値", "回答内容", "変更前", "変更後", "訂正前", "訂正後")
)
"""They name no number, whatever stands before them."""
_IN_PATH = frozenset("/?&#.:")
_GIVES = frozenset("=＝：_")
"""What stands between a name and its value, in an address, too."""
_PATH_MARKS = frozenset("/\\:")
_LOOK_BACK = 22
_LOOK_AHEAD = 24


def _starts_word(text: str, start: int) -> bool:
    """Whether a Latin word may begin at ``start`` (also inside camelCase)."""
    before = text[start - 1 : start]
    if not (before.isascii() and before.isalpha()):
        return True
    return before.islower() and text[start].isupper()


def _ends_word(text: str, end: int) -> bool:
    after = text[end : end + 1]
    if not (after.isascii() and after.isalpha()) or after in {"s", "S"}:
        return True
    return after.isupper() and text[end - 1].islower()


_WHOLE = frozenset(
    ("id", "no", "no.", "mn", "my_no", "individual_no", "kojin_no", "sample", "aws", "sku")
)


def _in_path(folded: str, start: int, end: int) -> bool:
    """Whether a word is the name of a folder, a file or a part of an address."""
    follows = folded[end : end + 1] in _IN_PATH and folded[start:end].isascii()
    if follows and folded[start - 1] == "/":
        return True
    return folded[end : end + 1] not in _GIVES and opens_address(folded, start)


def _settle(meaning: Meaning, folded: str, start: int, end: int) -> Meaning:
    """Let the words around a label decide what it means here."""
    if meaning is Meaning.STRONG:
        if _VOID_AFTER.match(folded, end, end + _LOOK_AHEAD):
            return Meaning.VOID
        if _TOPIC_AFTER.match(folded, end, end + _LOOK_AHEAD) or _GOES_ON.match(folded, end):
            return Meaning.TOPIC
        if folded[start - 1 : start] in _PATH_MARKS and _in_path(folded, start, end):
            return Meaning.TOPIC
    elif meaning in {Meaning.GENERIC, Meaning.VAGUE}:
        if of_a_thing(folded, start) or _QUOTED.match(folded, end, end + _LOOK_AHEAD):
            return Meaning.AGAINST
        before = folded[max(0, start - _LOOK_BACK) : start]
        if folded[start:end] not in _VALUES and _NAMED.search(before) and not _OURS.search(before):
            return Meaning.AGAINST
    return meaning


_OR = re.compile(r"[ \u3000]?(?:/|／|・|･|又は|または|もしくは|若しくは|or|及び|と)[ \u3000]?")
_OPENS, _CLOSES = frozenset("(（[［〔【"), frozenset(")）]］〕】")
_TALK = frozenset("のをはがに")
"""Behind two names with と between: a sentence on both, and no box that takes either."""
_ATTACHED = frozenset(("", " ", "_", "-", "\u3000"))


def _joined(text: str, one: Label, other: Label) -> bool:
    """Whether two labels are one: ``個人番号又は法人番号``, ``個人番号（基礎年金番号）``."""
    gap = text[one.end : other.start]
    if "と" in gap and text[other.end : other.end + 1] in _TALK:
        return False
    bracketed = gap in _OPENS and text[other.end : other.end + 1] in _CLOSES
    return bracketed or _OR.fullmatch(gap) is not None


_STRONG_AGAINST = {Meaning.STRONG, Meaning.AGAINST}
_STRONG_EITHER = {Meaning.STRONG, Meaning.EITHER}
_NOTE = re.compile(
    r"(?:[ \u3000]?[(（［\[【〔](?![^)）］\]】〕]{0,50}[0-9０-９]{3})"
    r"[^)）］\]】〕\n\x01]{2,50}[)）］\]】〕]){1,2}"
)


def _explained(text: str, label: Label) -> Label:
    """Take the explanation in brackets behind a label as a part of it."""
    if label.meaning not in _STRONG_EITHER:
        return label
    note = _NOTE.match(text, label.end)
    return label._replace(end=note.end()) if note else label


def _composed(text: str, labels: Iterator[Label]) -> Iterator[Label]:
    """Put neighbours together that make one label."""
    last: Label | None = None
    for label in labels:
        if last is not None:
            kinds = {last.meaning, label.meaning}
            if kinds == _STRONG_AGAINST and _joined(text, last, label):
                last = Label(last.start, label.end, Meaning.EITHER)
                continue
            vague = MEANINGS.get(fold(text[label.start : label.end])) is Meaning.VAGUE
            if (
                last.meaning is Meaning.STRONG
                and vague
                and text[last.end : label.start] in _ATTACHED
            ):
                last = Label(last.start, label.end, Meaning.STRONG)
                continue
            last = _explained(text, last)
            yield last
            if label.start < last.end:
                continue
        last = label
    if last is not None:
        yield _explained(text, last)


def read(text: str, offset: int = 0) -> Iterator[Label]:
    """Read the labels of ``text`` in order; ``offset`` is added to their places."""
    for label in _composed(text, _plain(text)):
        yield label._replace(start=label.start + offset, end=label.end + offset)


def _plain(text: str) -> Iterator[Label]:
    """Find the words, each with what the text right around it makes of it."""
    folded = fold(text)
    for match in pattern().finditer(folded):
        start, end = match.span()
        word = "".join(match[0].split())
        meaning = MEANINGS[word]
        if (other := _GOES_OTHERWISE.get(word)) and other.match(folded, end):
            continue
        if word.isascii() and word[0].isalpha():
            strict = meaning is Meaning.STRONG or word in _WHOLE
            if not _starts_word(text, start) or (strict and not _ends_word(text, end)):
                continue
        yield Label(start, end, _settle(meaning, folded, start, end))


NEEDLES = (
    *("人番号", "イナンハ", "民票コード", "民コード", "個人識別", "共通番号"),
    *("個 人", "個　人", "個\n人", "個  人", "個人 番", "個人　番", "個人\n番"),
    *("\\u4eba\\u756a", "\\u4EBA\\u756A", "\\u30ca\\u30f3\\u30d0", "\\u30CA\\u30F3\\u30D0"),
    *("_x4eba__x756a_", "_x30ca__x30f3__x30"),
    *("個人ナ", "個人no", "個人No", "個人NO", "イ・ナ", "まいなん", "个人", "個人編", "nhân"),
    *("マイナ", "ﾏｲﾅ", "yナンバ", "ｙナンバ", "個入番", "個番"),
    *("マイ ナ", "マイ　ナ", "マイ\nナ", "マ イ", "マ　イ", "マ\nイ", "mn番号", "MN番号"),
)
LATIN_NEEDLES = (
    "um",
    "UM",
    "oj",
    "OJ",
    "_no",
    "_NO",
    "yno",
    "yNo",
    "YNO",
    "lNo",
    "lno",
    "LNO",
    "Um",
    "Oj",
    "ＵＭ",
    "ｕｍ",
    "ｏｊ",
    "ＯＪ",
)
LATIN = re.compile(
    r"[yYlLxXｙＹｌＬｘＸ][\s_\-]{0,3}[nNｎＮ][uUｕＵ][mMｍＭ]|[yYlLnN][\s_]?[nN][oO]|"
    r"[jJｊＪ](?:[iIｉＩ][nNｎＮ]|[uU][mM][iI][nN])|[tT]\s{0,3}[rR]ecord"
)


def has_label(text: str) -> bool:
    """Whether ``text`` may hold a label for the number: a few fast searches, no answer yet."""
    if any(map(text.__contains__, NEEDLES)):
        return True
    return any(map(text.__contains__, LATIN_NEEDLES)) and LATIN.search(text) is not None


def label_places(text: str) -> list[int]:
    """Offsets at which a label for the number may stand, in order."""
    places = [match.start() for match in LATIN.finditer(text)]
    for needle in NEEDLES:
        at = text.find(needle)
        while at >= 0:
            places.append(at)
            at = text.find(needle, at + len(needle))
    return sorted(places)
