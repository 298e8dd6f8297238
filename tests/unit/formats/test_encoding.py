from __future__ import annotations

import random

import pytest

from auditor.formats import _encoding

WORDS = (
    "株式会社 個人番号 氏名 住所 東京都千代田区 人事部 給与 支払 源泉徴収票 扶養控除 "
    "山田太郎 生年月日 について お世話になっております よろしくお願いいたします "
    "マイナンバー カード データ の を に が は です"
).split()
KANA = "ﾏｲﾅﾝﾊﾞｰ ﾔﾏﾀﾞ ﾀﾛｳ ｻﾄｳ ﾊﾅｺ ｶﾌﾞｼｷｶﾞｲｼｬ".split()
FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def sample(style: str, size: int, seed: int) -> str:
    rng = random.Random(seed)
    pieces: list[str] = []
    while sum(map(len, pieces)) < size:
        digits = str(rng.randrange(10**6))
        if style == "prose":
            pieces.append("".join(rng.choices(WORDS, k=8)) + "。\n")
        elif style == "half":
            pieces.append(f"{rng.choice(KANA)},{digits},{rng.choice(KANA)}\r\n")
        elif style == "full":
            pieces.append(f"{rng.choice(WORDS)},{digits.translate(FULL)}\r\n")
        else:
            pieces.append(f"{rng.choice(WORDS)},{digits},{rng.choice(WORDS)}\r\n")
    return "".join(pieces)


@pytest.mark.parametrize("style", ["prose", "csv", "half", "full"])
@pytest.mark.parametrize(
    "codec",
    ["cp932", "euc_jp", "iso2022_jp_ext", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_every_encoding_of_a_japanese_file_is_recognised(codec: str, style: str) -> None:
    for seed, size in enumerate((20, 50, 100, 500, 5000, 12000) * 3):
        text = sample(style, size, seed)
        found = _encoding.decode(text.encode(codec))
        assert found.sure
        assert found.text.removeprefix("\ufeff") == text


@pytest.mark.parametrize("text", ["㈱山田①", "髙﨑様のﾏｲﾅﾝﾊﾞｰ ①", "Ⅲ種の№５"])
def test_characters_of_windows_survive_in_mail_and_unix_encodings(text: str) -> None:
    assert _encoding.decode(cp50221(text)).text == text
    assert _encoding.decode(text.encode("cp932")).text == text


def test_vendor_rows_of_euc() -> None:
    assert _encoding.decode(bytes.fromhex("ada1a4b3a4eca4cfa1a3adea")).text == "①これは。㈱"
    assert _encoding.decode(bytes.fromhex("ada1a4b3"), "euc-jp").text == "①こ"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("Shift_JIS", "cp932"), ("x-sjis", "cp932"), ("Windows-31J", "cp932"), ("EUC-JP", "euc_jp")],
)
def test_a_declaration_is_believed_under_any_of_its_names(declared: str, codec: str) -> None:
    found = _encoding.decode("表".encode(codec), declared)
    assert (found.text, found.encoding) == ("表", codec)


@pytest.mark.parametrize("declared", ["us-ascii", "iso-8859-1", "utf-8", "no-such", "\0", "base64"])
def test_a_wrong_declaration_is_not(declared: str) -> None:
    text = "個人番号のご提出について"
    assert _encoding.decode(text.encode("cp932"), declared).text == text
    assert _encoding.decode(text.encode("iso2022_jp_ext"), declared).text == text


def test_a_cut_inside_a_character_is_no_fault() -> None:
    for codec in ("utf-8", "cp932", "euc_jp", "utf-16"):
        data = ("個人番号の一覧です。" * 20).encode(codec)
        found = _encoding.decode(data[:-1], cut=True)
        assert found.sure
        assert found.text.startswith("個人番号の一覧です。" * 19)


def test_binary_is_not_sure() -> None:
    rng = random.Random(5)
    assert sum(_encoding.decode(rng.randbytes(500)).sure for _ in range(50)) == 0
    assert not _encoding.decode(bytes(range(32)) * 20).sure


def cp50221(text: str) -> bytes:
    """ISO-2022-JP as Outlook writes it: vendor characters and half-width kana included."""
    out = b""
    mode = b"\x1b(B"
    for char in text:
        code = char.encode("cp932")
        if len(code) == 2:
            lead = code[0] - (0x70 if code[0] < 0xA0 else 0xB0)
            if code[1] >= 0x9F:
                pair = bytes((lead * 2, code[1] - 0x7E))
            else:
                pair = bytes((lead * 2 - 1, code[1] - (0x1F if code[1] < 0x80 else 0x20)))
            want, code = b"\x1b$B", pair
        elif code[0] >= 0xA1:
            want, code = b"\x1b(I", bytes((code[0] & 0x7F,))
        else:
            want = b"\x1b(B"
        out += (b"" if want == mode else want) + code
        mode = want
    return out + b"\x1b(B"
