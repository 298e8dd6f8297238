"""The vocabulary: words that say what a number is, for, against and about; a line each.

Sources: [C] column and field names of payroll products and e-Tax data (my-number reference 3.2),
[W] context words (3.3), [D] documents (3.1), [P] the keyword list of Purview's Japan My Number type
(4.1), [L] look-alikes (2). Words are written in lower case; half-width kana forms are made from
them. ``␣`` stands for spaces or a line break between letters (forms space their labels out).
"""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

__all__ = ["MEANINGS", "WORDS", "Meaning", "pattern"]


class Meaning(enum.IntEnum):
    """What a label says of the number beside it."""

    STRONG = 1
    """It is an Individual Number."""
    EITHER = 2
    """It is an Individual Number or a named other one; twelve digits decide."""
    TOPIC = 3
    """The text is about Individual Numbers; the number beside it need not be one."""
    FORM = 4
    """A document that carries Individual Numbers."""
    COMPANION = 5
    """A field that stands beside Individual Numbers."""
    GENERIC = 6
    """``番号``, ``No``: a number, of what the text is about."""
    AGAINST = 7
    """It is another number."""
    VOID = 8
    """It says not to write the number here."""
    RESIDENT = 9
    """It is a 住民票コード."""
    SPECIMEN = 10
    """Sample, specimen, test data."""
    VAGUE = 11
    """``コード``, ``id``: another number, or the same one by a loose name."""


_TABLE: tuple[tuple[Meaning, str], ...] = (
    # [C] fields
    (Meaning.STRONG, "個人番号 個␣人␣番␣号 個人␣番号 マイナンバー マイナンバ マイ␣ナンバー"),
    (Meaning.STRONG, "マ␣イ␣ナ␣ン␣バ␣ー"),
    (Meaning.STRONG, "マイナンバー番号 個人番号(12桁) 個人番号確認 個人番号(マイナンバー)"),
    (Meaning.STRONG, "マイナンバー(個人番号)"),
    (Meaning.STRONG, "個人番号（マイナンバー） マイナンバー（個人番号） mn番号 個人番号（12桁）"),
    (Meaning.STRONG, "個人番号（１２桁）"),
    (Meaning.STRONG, "mynumber my_number my␣number my-number my_no mynum kojin_bango kojinbango"),
    (Meaning.STRONG, "kojinno kojinnum kojin_num myno mynum my_num individualno mynumberno"),
    (
        Meaning.STRONG,
        "kojin␣bango kojin␣bangou kojin␣bangō kojinbangō mai␣nanba mai␣nanbaa mainanba mainanbaa",
    ),
    (Meaning.STRONG, "mai␣namba mainamba マイナ番号"),
    (Meaning.STRONG, "individual␣no individual␣no. my␣no my␣no. my№ mn␣no. indiv.␣no."),
    (Meaning.STRONG, "kojin_no kojin-bango kojinbangou kojin_bangou individual_number"),
    (Meaning.STRONG, "individual␣number"),
    (Meaning.STRONG, "individual_no individualnumber individual-number jp_my_number"),
    (
        Meaning.STRONG,
        "マイナ マイナン myナンバー 個入番号 個人ナンバー 個人no 個人no. マイ・ナンバー",
    ),
    (Meaning.STRONG, "my␣number␣card␣number individual␣number␣card␣number マイナンバ一"),
    (
        Meaning.STRONG,
        "まいなんばー まいなんばぁ 個番 个人番号 个人编号 个人号码 個人編號 mã␣số␣cá␣nhân",
    ),
    # SharePoint's inner names of such columns, the longer one cut off at 32 characters
    (Meaning.STRONG, "_x500b__x4eba__x756a__x53f7_ _x30de__x30a4__x30ca__x30f3__x30"),
    (Meaning.TOPIC, "mn"),
    # [P] [W] other names of the number and of what bears it
    (Meaning.STRONG, "マイナンバーカード番号 個人番号カード番号 個人識別番号 個人識別ナンバー"),
    (Meaning.STRONG, "共通番号 マイナンバーカードの番号 個人番号カードの番号 マイナカードの番号"),
    (Meaning.STRONG, "social␣security␣and␣tax␣number"),
    # [C] boxes that take either
    (Meaning.EITHER, "個人番号又は法人番号 個人番号または法人番号 個人番号・法人番号"),
    (Meaning.EITHER, "個人番号/法人番号"),
    (Meaning.EITHER, "法人(個人)番号 法人（個人）番号 個人(法人)番号 個人（法人）番号"),
    (Meaning.EITHER, "法人番号又は個人番号"),
    (Meaning.EITHER, "個人番号[基礎年金番号] 個人番号［基礎年金番号］ 個人番号〔基礎年金番号〕"),
    (Meaning.EITHER, "法人番号/個人番号"),
    (Meaning.EITHER, "個人番号(基礎年金番号) 個人番号（基礎年金番号） 個人番号又は基礎年金番号"),
    (Meaning.EITHER, "基礎年金番号又は個人番号 個人番号（または基礎年金番号）"),
    (Meaning.EITHER, "個人番号（又は基礎年金番号）"),
    # [W] about the number, never beside it
    (
        Meaning.TOPIC,
        "通知カード 個人番号通知書 マイナンバーカード 個人番号カード マイナカード 特定個人情報",
    ),
    (Meaning.TOPIC, "マイナンバー制度 マイナンバー法 番号法 番号確認 社会保障・税番号"),
    (Meaning.TOPIC, "マイナンバー関係"),
    (Meaning.VOID, "マイナポータル マイナポイント マイナ保険証 マイナンバー総合"),
    # [D] documents
    (Meaning.FORM, "扶養控除 源泉徴収票 源泉徴収 給与支払報告書 支払調書 資格取得届 資格喪失届"),
    (Meaning.FORM, "被扶養者"),
    (
        Meaning.FORM,
        "第3号被保険者 第３号被保険者 退職所得 住民票 年末調整 法定調書 法定調書合計 保険料控除",
    ),
    (Meaning.FORM, "配偶者控除"),
    (Meaning.FORM, "特別徴収税額 ワンストップ特例 控除対象配偶者 控除対象扶養親族 本人確認書類"),
    (Meaning.FORM, "雇用保険 健康保険・厚生年金"),
    (Meaning.COMPANION, "氏名 フリガナ ふりがな 生年月日 住所 続柄 扶養親族 利用目的 身元確認"),
    (Meaning.COMPANION, "従業員名 受給者"),
    # Numbers of no name
    (Meaning.GENERIC, "番号 ナンバー number 12桁 １２桁 十二桁"),
    (Meaning.GENERIC, "登録内容 登録値 入力内容 入力値 変更前 変更後 訂正前 訂正後 回答内容"),
    # [W] [L] other numbers and what bears them
    (Meaning.AGAINST, "法人番号 登録番号 適格請求書 インボイス 会社法人等番号 免許証番号"),
    (Meaning.AGAINST, "免許番号 運転免許 免許の条件 公安委員会"),
    (Meaning.AGAINST, "送り状 送状 お問い合わせ番号 お問合せ番号 問い合わせ番号 問合せ番号"),
    (
        Meaning.AGAINST,
        "問合番号 伝票 追跡 荷物 お荷物 着払い 元払い 局留め 持ち戻り 不在票 不在連絡票",
    ),
    (Meaning.AGAINST, "配送 配達 宅配 宅急便 ヤマト クロネコ 佐川 ゆうパック レターパック"),
    (Meaning.AGAINST, "日本郵便 書留 特定記録 引受番号 発送 西濃 福山通運 fedex dhl"),
    (Meaning.AGAINST, "受付番号 注文番号 ご注文 発注番号 請求書 請求番号 見積番号 見積書"),
    (Meaning.AGAINST, "契約番号 口座 カード番号 予約番号"),
    (Meaning.AGAINST, "お客様番号 お客さま番号 お客様コード 顧客番号 受給者番号 会員番号"),
    (Meaning.AGAINST, "社員番号 従業員番号 電話 携帯"),
    (Meaning.AGAINST, "管理番号 整理番号 製造番号"),
    (Meaning.AGAINST, "シリアル ロット バーコード 型番 品番 商品コード 商品番号 基礎年金番号"),
    (Meaning.AGAINST, "年金番号 被保険者番号 保険者番号"),
    (Meaning.AGAINST, "事業所番号 指定番号 利用者識別番号 証明書番号 在留カード 旅券 パスポート"),
    (Meaning.AGAINST, "チケット 問い合わせid 処理番号"),
    (Meaning.VAGUE, "コード id no no."),
    (Meaning.AGAINST, "jan: tel fax phone mobile arn: aws account␣id account_id"),
    (Meaning.AGAINST, "accountid guid uuid"),
    (Meaning.AGAINST, "tracking order␣no order␣number order␣id order_no order_id invoice parcel"),
    (Meaning.AGAINST, "shipment waybill aadhaar"),
    (Meaning.AGAINST, "serial ticket customer␣id customer_id licence license driver passport"),
    (Meaning.AGAINST, "upc gtin isbn sku barcode imei"),
    (Meaning.AGAINST, "corporate␣number corporate_number hojinbango hojin_bango houjin"),
    (Meaning.AGAINST, "timestamp transaction トランザクション"),
    (Meaning.AGAINST, "金額 合計 残高 売上 税額 単価"),
    (Meaning.RESIDENT, "住民票コード 住民コード juminhyo_code juminhyocode jumin_code"),
    (Meaning.RESIDENT, "resident␣record␣code"),
    (Meaning.SPECIMEN, "見本 記入例 記載例 サンプル ダミー テストデータ テスト用 specimen"),
    (Meaning.SPECIMEN, "sample dummy"),
)

_HALF_KANA = str.maketrans(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
    "ァィゥェォャュョッー・",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｧｨｩｪｫｬｭｮｯｰ･",
)
_ESCAPED = frozenset((Meaning.STRONG, Meaning.EITHER))
"""These are read in JSON's escapes, too: a program's log holds them so."""
_MARKS = str.maketrans("\u3099\u309a", "ﾞﾟ")
_SPACED = r"\s{0,3}"


def _half_width(word: str) -> str:
    """Write the kana of ``word`` in half width, as old systems export them."""
    return unicodedata.normalize("NFD", word).translate(_HALF_KANA).translate(_MARKS)


def _words() -> Iterator[tuple[str, Meaning]]:
    for meaning, line in _TABLE:
        for word in line.split():
            yield word, meaning
            if meaning in _ESCAPED and not word.isascii() and "␣" not in word:
                yield "".join(f"\\u{ord(char):04x}" for char in word), meaning
            if (narrow := _half_width(word)) != word:
                yield narrow, meaning
            if (marked := unicodedata.normalize("NFD", word)) != word:
                yield marked, meaning


def _tree(words: Iterable[str]) -> str:
    """Write an alternation that shares beginnings, longest word first (a third faster)."""
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    optional = branches.pop("", None) is not None
    parts = [
        (_SPACED if head == "␣" else re.escape(head)) + _tree(tails)
        # Spaces last: the unspaced branch may go on to a longer word.
        for head, tails in sorted(branches.items(), key=lambda one: (one[0] == "␣", one[0]))
    ]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not optional else "(?:" + "|".join(parts) + ")"
    return body + "?" * optional


WORDS = dict(_words())
MEANINGS = {word.replace("␣", ""): meaning for word, meaning in WORDS.items()}
"""The meaning of each word, without its spaces."""


@functools.cache
def pattern() -> re.Pattern[str]:
    """Compile all words of the table; matches on folded text (:func:`~.labels.fold`)."""
    return re.compile(_tree(WORDS))
