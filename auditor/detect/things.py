"""Names of other things right before a number: ``保険証 …``, ``予約は …``, ``req …``.

People give most numbers without the word 番号 or a colon. What stands right before a number then
tells more of it than any label farther away. Words for whom a number is (妻, 佐藤) name no thing.
"""

from __future__ import annotations

import re

from .persons import is_surname

__all__ = ["is_thing", "named_otherwise", "of_a_field", "of_a_thing", "put_to_use", "thing_before"]

_REACH = 32
_LINE = 60
"""Characters of a line that are looked at."""
_THINGS = (
    # papers and cards
    "証 証書 券 券面 免許 旅券 整理券 手帳 伝票 送り状 控 納品書 請求 請求書 見積 領収書 明細 "
    "証明書 届書 文書 回覧 図面 会員 ポイント 定期 "
    # requests and what offices keep
    "受付 予約 先方 申込 申込み 申請 契約 稟議 案件 チケット インシデント エスカレ ケース 問合せ "
    "問い合わせ 照会 参照 登録 許可 認可 受験 学籍 レコード 履歴 書類 資産 端末 機器 製番 "
    "処理 ジョブ 注文 発注 受注 帳票 出力 印刷 バッチ セッション リクエスト "
    # money and insurance
    "口座 通帳 振込 振込先 振替 銀行 ゆうちょ 信金 請求先 保険 健保 国保 社保 共済 年金 財形 "
    "補正前 補正後 補正額 予算 予算額 決算 決算額 総額 小計 計 "
    "持株会 普通 普通預金 当座 当座預金 アカウント 雇用保険 健康保険 社会保険 介護保険 厚生年金 "
    "国民年金 基礎年金 "
    # what travels, what is read off a meter, where people meet
    "追跡 荷物 返送 集荷 着払い 着払 元払い 速達 書留 便 ガス 水道 電気 会議 ミーティング "
    "ウェビナー 電話会議 電話 携帯"
)
_LATIN = (
    "suica pasmo etc zoom teams webex meet req request trace seq txn tx job ref case ticket order "
    "session thread batch record doc device asset build receipt booking quote quoting inv po "
    "s/n message msg inc sr chg account acct a/c client agent terminal tenant iban"
)
_MARKS = "[ \\u3000\\t:：=＝→⇒…・「『（(【\\[\\-#＃＝|｜\"']"
_ANY = "|".join(sorted(_THINGS.split(), key=len, reverse=True))
_LINKS = " \u3000\t:：=＝→⇒…・「『（(【[-#＃|｜\"'はがでもならだとの方ほうについ、"
_COPY = "控え"
"""A thing when it is spoken of (控えは), and often a memo when it is a mere heading."""
_SUFFIXES = "番号 番 № ナンバー コード キー 記号 key id no no. no．"
_ENDS = frozenset(
    word[-3:] for words in (_THINGS, _LATIN, _SUFFIXES, _COPY) for word in words.split()
)
"""What a name ends with, three characters at most, so that most places are left at once."""
_OF = re.compile(f"(?:{_ANY})用?の\\Z")
_BEFORE = re.compile(
    rf"(?:(?:{_ANY})用?"
    r"(?:の?(?:記号)?(?:番号|番|№|ナンバー|コード|キー|記号|[Kk]ey)|[ ]?(?:I[Dd]|N[oO][.．]?))?|"
    r"(?<![A-Za-z_])(?i:" + "|".join(_LATIN.split()) + "))"
    rf"(?:{_MARKS}{{0,5}}|"
    r"[ \u3000]?(?:は|が|で|も|なら|だと|の方は|のほうは|については)[、 \u3000]?)\Z|"
    rf"{_COPY}は[、 \u3000]?\Z"
)
_USES = re.compile(
    r"[\"」』）)\]】]?[ \u3000]?\n?(?:と|で|にて|を|から|へ|に|まで)[^\n。]{0,12}?"
    r"(?:お?伝え(?!しま?した|していま)|申し出|照会|検索|追跡|追え|調べ|ログイン|入室|参加|引き?換え|問い?合わ?せ|振り?込|支払|発送|"
    r"予約|確認(?:でき|いただけ|可能))"
)
_POINTED_AT = re.compile(
    rf"[ \t\u3000\r]*\n[ \t\u3000]*(?:こちら|この|これ|上記|上)(?:の|が|は)?(?:{_ANY})"
)
"""The line below says what was given: ``こちらの荷物``."""
_KIN = re.compile(
    "本人|配偶者|扶養|[妻夫父母子孫]|[長次二三四五]?[男女]|世帯主|家族|番号|ナンバー|number|12桁|回答|"
    "氏名|名前|以下|下記|上記|私|自分|新|旧|正|誤|様|さん|同|No|[0-9０-９]",
    re.IGNORECASE,
)
_SPOKEN = re.compile("[ぁ-ん]{3}")
_FIELD = re.compile(
    r"[ \t\u3000>＞・●■◆○\-*]{0,4}([^\s:：=＝…→、。0-9０-９]{1,14})"
    r"([ \u3000]*[:：=＝…→][ \u3000]*[\"']?|[ \u3000\t]+)"
)
_TELLS_WHERE = re.compile("以下|下記|次|通り|とおり|です|ます|ください|右|左|別|[0-9０-９]{4}")


def thing_before(text: str, start: int) -> int:
    """How far before the number the name of another thing begins that ends right there; else 0.

    >>> thing_before("本人は保険証の番号 4839", 10), thing_before("妻 4839", 2)
    (5, 0)
    """
    low = max(0, start - _REACH)
    end = text[low:start].rstrip(_LINKS)[-3:].lower()
    if _ENDS.isdisjoint((end, end[1:], end[2:])):
        return 0
    found = _BEFORE.search(text, max(low, text.rfind("\n", low, start) + 1), start)
    return start - found.start() if found else 0


def is_thing(name: str) -> bool:
    """Whether a name is that of another thing's number and nothing else."""
    return _BEFORE.fullmatch(name) is not None


def put_to_use(text: str, end: int) -> bool:
    """Whether the words behind a number say what one does with others: looks up, pays, enters."""
    return (_USES.match(text, end) or _POINTED_AT.match(text, end)) is not None


def of_a_thing(text: str, start: int) -> bool:
    """Whether 番号 that begins at ``start`` is said to be a thing's: ``案件の番号``."""
    return _OF.search(text, max(0, start - _REACH), start) is not None


def named_otherwise(text: str, start: int) -> bool:
    """Whether the line of a number begins with a field's name, and it is nobody's."""
    field = _field(text, start)
    return field is not None and _nobody(field[1]) and field.end() == start


def of_a_field(text: str, label: tuple[int, int], start: int) -> bool:
    """Whether a label is a field with words for its value, and the number another field's."""
    own = _field(text, label[0])
    other = _field(text, start)
    if own is None or other is None or own.start() == other.start() or other.end() != start:
        return False
    if own.start(1) > label[0] or own.start(2) != label[1] or not _nobody(other[1]):
        return False
    value = text[own.end() : own.end() + _LINE].partition("\n")[0].strip()
    return bool(value) and own[2].strip() == other[2].strip() and not _TELLS_WHERE.search(value)


def _field(text: str, at: int) -> re.Match[str] | None:
    """Read the name and the mark behind it at the beginning of the line of a place."""
    low = max(0, at - _LINE)
    begin = text.rfind("\n", low, at) + 1
    return _FIELD.match(text, begin) if begin or not low else None


def _nobody(name: str) -> bool:
    return not (_KIN.search(name) or _SPOKEN.search(name) or is_surname(name))
