"""A number beside a person's name in a file name: how scans of cards are filed."""

from __future__ import annotations

import re

__all__ = ["is_surname", "person_code"]

_LONGEST = 160
_SHORTEST = 3
_SURNAMES = (
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 "
    "井上 木村 林 斎藤 斉藤 齋藤 清水 山崎 阿部 森 池田 橋本 山下 石川 中島 前田 藤田 後藤 "
    "小川 岡田 村上 長谷川 近藤 石井 坂本 遠藤 藤井 青木 福田 三浦 西村 藤原 太田 松田 原田 "
    "岡本 中野 中川 小野 田村 竹内 金子 中山 和田 石田 工藤 上田 原 森田 酒井 横山 柴田 宮崎 "
    "宮本 内田 高木 谷口 安藤 大野 丸山 今井 高田 藤本 武田 村田 上野 杉山 増田 平野 菅原 久保 "
    "小島 千葉 松井 岩崎 桜井 木下 野口 松尾 野村 菊地 菊池 佐野 大西 杉本 新井 古川 浜田 市川 "
    "小松 水野 島田 大塚 平田 高野 山内 西田 岩田 安田 川口 東 本田 中田 川崎 永井 飯田 服部 "
    "望月 吉川 久保田 松岡 辻 土屋 北村 関 内藤 秋山 岩本 五十嵐 川上 吉村 樋口 黒田 川村 大橋 "
    "福島 田口 三宅 桑原 松下 早川 田辺 片山 荒木 小山 荒井 篠原 堀 尾崎 成田 本間 関口 大島 "
    "田島 星野 須藤 河野 矢野 西川 熊谷 小沢 永田 馬場 栗原 石原 大石 白石 松村 中西 石橋 奥村 "
    "河合 川島 大谷 天野 片岡 吉岡 宮田 浅野 古賀 坂口 児玉 氏名"
)
_KNOWN = re.compile("(?:" + "|".join(sorted(_SURNAMES.split(), key=len, reverse=True)) + ")")
_NAME = r"([一-龥々ァ-ヶー]{1,5}(?:[ 　_・]?[一-龥々ァ-ヶーぁ-ん]{1,6})?)(?:様|さん|氏|殿)?"
_JOIN = r"[_\-－ー 　.]{1,3}"
_SUFFIX = r"(?:[_ 　]?[（(]?(?:表|裏|\d)[）)]?)?(?:\.[A-Za-z0-9]{1,5})?"
_BEHIND = re.compile(rf"{_JOIN}{_NAME}{_SUFFIX}")
_AHEAD = re.compile(rf"(?:.*[/\\_ 　])?{_NAME}{_JOIN}")
# Words of files that are no names.
_NO_NAME = re.compile(
    "[書票号店版図録帳費額簿届証型件済箱便]|注文|見積|請求|領収|納品|発送|配送|契約|会社|資料|画像|写真|"
    "動画|一覧|最新|修正|確認|依頼|報告|議事|商品|製品|顧客|取引|予約|受付|電話|追跡|データ|ファイル|テスト|"
    "ログ|コピー|スキャン|バックアップ|在庫|出荷|倉庫|工場|部品|仕様|設計|年度|売上|明細|マスタ|システム"
)


def is_surname(word: str) -> bool:
    """Whether a word begins with one of the most common family names."""
    return _KNOWN.match(word) is not None


def person_code(text: str, start: int, end: int) -> str:
    """Say whether a name consists of the number at ``start`` to ``end`` and a person's name.

    >>> person_code("483920175644_佐藤花子.pdf", 0, 12)
    'person_named'
    >>> person_code("483920175644_請求書.pdf", 0, 12)
    ''
    """
    if len(text) > _LONGEST or "\n" in text:
        return ""
    match = _BEHIND.fullmatch(text, end)
    if match is None and re.fullmatch(_SUFFIX, text[end:]):
        match = _AHEAD.fullmatch(text[:start])
    if match is None or _NO_NAME.search(match[1]):
        return ""
    if _KNOWN.match(match[1]):
        return "person_named"
    return "person_perhaps" if len(match[1]) >= _SHORTEST else ""
