"""What the nasty texts are made of: digits, gaps, neighbours, labels and filler."""

from __future__ import annotations

TEN = "0123456789"
DIGITS = {
    "ascii": TEN,
    "wide": "０１２３４５６７８９",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "raised": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "lowered": "₀₁₂₃₄₅₆₇₈₉",
    "bold": "".join(chr(0x1D7CE + i) for i in range(10)),
    "mono": "".join(chr(0x1D7F6 + i) for i in range(10)),
    "segmented": "".join(chr(0x1FBF0 + i) for i in range(10)),
    # Two corners of a table: the raised digits of Latin-1 alone, and the circled zero alone.
    "latin": "¹¹²³¹²³¹²³",
    "zeros": "⓪" * 10,
    "kanji": "〇一二三四五六七八九",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
    "osmanya": "".join(chr(0x104A0 + i) for i in range(10)),
}
RARE = ("circled", "raised", "lowered", "bold", "mono", "segmented", "latin", "zeros")

ASCII_GAPS = " -./|_][\t\n\r\x0b\x0c"
OTHER_GAPS = (
    "│┃┊¦［］、の\x85\xa0\xad·‐‑\u2012–—―•‧−─━〜～ー・ｰ･－．／｜＿　\ufe58﹣"
    "\u2000\u2004\u2007\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\ufeff"
)
ASCII_JOINTS = "--.."
JOINTS = "-.－．−ー‐‑\u2012–—―~・"
WRONG_ASCII = ",:;*'\"=~+x\\ \x01\x1c\x1f\x00"
WRONG_OTHER = "，：×\u1680\u180e\u200e\u2043\u2024\u2061\u3164\ufe31\uff61𠮷\U0001f600ノ一"

LETTERS_ASCII = "aAfFgGxXTZzbde"
LETTERS_OTHER = "ＡｆｚßÿąȺΩωяЖԯ×ªＫ"
KANA = "あア号は番ｱ々円￥＄€£¥＋"
SCRIPTS = [
    "๑",
    "٣",
    "߁",
    "\U0001d7d1",
    "\U00010d33",
    "\U000104a5",
    "①",
    "⓪",
    "²",
    "½",
    "⑫",
    "㏠",
    "Ⅻ",
]
GLUED = [
    *("MyNumber", "mynumber", "MY_NO", "my-number", "my number", "my\u3000no", "kojinbango"),
    *("Kojin_Bango", "individual-no", "INDIVIDUAL NUMBER", "xmyno", "mynum", "number", "jinbango"),
    *("ＭｙＮｕｍｂｅｒ", "Kojin-No", "my__no", "my_number_", "my_no-"),
]
LABELS = [
    *("個人番号", "マイナンバー", "マイナンバー（個人番号）", "ﾏｲﾅﾝﾊﾞｰ", "個 人 番 号", "my_number"),
    *(
        "My Number",
        "個人番号又は法人番号",
        "マイナンバーの提出について",
        "通知カード",
        "番号",
        "No.",
    ),
    *(
        "法人番号",
        "送り状番号",
        "注文番号",
        "TEL",
        "order_id",
        "口座",
        "住民票コード",
        "見本",
        "氏名",
    ),
    *(
        "源泉徴収票",
        "マイナンバー不要",
        "個人番号は記入しないでください",
        "チケット番号",
        "kojin_bango",
    ),
]
ASCII_LABELS = [
    *("my_number", "My Number", "mynumber", "individual_no", "kojin bango", "order_id", "tracking"),
    *(
        "TEL",
        "number",
        "id",
        "sample",
        "juminhyo_code",
        "invoice",
        "Social Security and Tax Number",
    ),
]
PUNCTUATION = ["：", ": ", "=", " ", "\n", "は", "　", "】", "\t", '": "', ">", "\n\n", "、", "（"]
ASCII_PUNCTUATION = [": ", "=", " ", "\n", "\t", '": "', ">", "\n\n", ", ", "("]
PROSE = (
    "吾輩は猫である。名前はまだ無い。どこで生れたか頓と見当がつかぬ。何でも薄暗い所で泣いていた事"
)
ASCII_PROSE = "It was the best of times, it was the worst of times; nothing before us, all behind. "
SAMPLES = ["123456789018", "123456789012", "000111111111", "999999999996", "111111111111"]
