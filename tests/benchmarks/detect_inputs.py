"""Texts to measure detection on, made from a seed: prose, a table full of digits, logs, messages.

They stand for what an audit reads: novels and minutes (nearly no digits), personnel tables in
which most characters are digits, logs with times and identifiers, and a flood of short messages.
Numbers are planted from the same seed. With ``MYNUMBER_BENCH_PROSE`` set to a folder of ``.txt``
files (UTF-8 or CP932) the prose is theirs instead.
"""

from __future__ import annotations

import functools
import os
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus import identifiers

__all__ = [
    "FOLDER",
    "HOSTILE",
    "csv_rows",
    "csv_text",
    "logs",
    "long",
    "messages",
    "prose",
]

FOLDER = "MYNUMBER_BENCH_PROSE"
SEED = 20261123

PROSE_CHARS = 6_000_000
CSV_ROWS = 24_000
LOG_CHARS = 4_000_000
MESSAGES = 100_000
MESSAGE_CHARS = 485

_NOUNS = (
    "朝 夕暮れ 山道 港町 停車場 下宿 書斎 障子 縁側 提灯 手紙 新聞 帳面 古本 湯気 火鉢 座敷 "
    "廊下 石段 橋 川面 雪 雨音 風 月明かり 提案 会議 資料 部長 先生 叔父 妹 隣人 旅人 職人 "
    "学生 医者 商人 猫 犬 馬 鳥 魚 桜 柳 松林 畑 田圃 海岸 村 都 東京 京都 大阪 記憶 沈黙 "
    "約束 秘密 言葉 物語 思想 芸術 音楽 歴史 制度 経済 政治 教育 科学 自然 社会 人生 運命 "
    "希望 不安 孤独 友情 予算 計画 方針 改善 点検 報告 議事 意見 コーヒー ランプ ガラス "
    "ピアノ カバン インキ ノート マッチ レコード テーブル プロジェクト スケジュール"
).split()
_PARTICLES = "は が を に で と も から へ の まで より".split()
_VERBS = (
    "歩いて行った 黙っていた 思い出した 眺めていた 笑った 泣いた 考え込んだ 立ち上がった "
    "座り直した 話し始めた 書きつけた 読み返した 待っていた 忘れてしまった 帰って来た "
    "見送った 尋ねた 答えなかった 確認した 検討する 進めてください 共有します "
    "お願いいたします 決まりました 延期になった 始まっていた 終わるのである 違いない "
    "かもしれなかった と言うのであった ように見えた ばかりであった"
).split()
_ADVERBS = (
    "やがて しばらくして それでも 何となく ふと もう まるで 静かに いきなり 少しも ようやく "
    "たいてい 実際 とにかく そのうちに 不意に いつの間にか なお また 一方 さらに"
).split()
_ENDS = ("。", "。", "。", "。", "！", "？", "……。", "。」")
_SURNAMES = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田".split()
_GIVEN = "一郎 花子 健太 美咲 翔 葵 大輔 陽子 誠 恵".split()
_TOWNS = "本町 中央 栄町 緑ヶ丘 緑町 新田 大字上野 旭町 若葉台 桜木町".split()
_OFFICES = "東京本社 大阪支店 総務部 経理部 営業一課 名古屋工場 品質保証".split()
_EVENTS = "受注登録を完了 バッチ処理を開始 在庫引当に失敗 利用者が認証に成功".split()
_CITIES = "東京都港区 大阪市北区 横浜市西区 札幌市中央区 福岡市博多区 名古屋市中区".split()

HEADERS = (
    "社員番号 氏名 生年月日 入社日 電話番号 携帯電話 カード番号 法人番号 送り状番号 "
    "免許証番号 基本給 残高 緯度 経度 郵便番号 住所 部署コード 登録日時 受付番号 個人番号"
).split()


def _number(rng: random.Random) -> str:
    return identifiers.individual(rng)


def _styled(rng: random.Random) -> str:
    """A number in one of seven ways of writing."""
    digits = _number(rng)
    groups = digits[:4], digits[4:8], digits[8:]
    wide = digits.translate({48 + i: 0xFF10 + i for i in range(10)})
    return rng.choice(
        (
            digits,
            " ".join(groups),
            "-".join(groups),
            wide,
            "ー".join((wide[:4], wide[4:8], wide[8:])),
            " ".join(digits),
            "　".join(groups),
        )
    )


def _sentence(rng: random.Random) -> str:
    words = [rng.choice(_ADVERBS)] if rng.random() < 0.4 else []
    for _ in range(rng.randint(2, 6)):
        words += [rng.choice(_NOUNS), rng.choice(_PARTICLES)]
        if rng.random() < 0.15:
            words.append("、")
    sentence = "".join(words) + rng.choice(_VERBS) + rng.choice(_ENDS)
    kind = rng.random()
    if kind < 0.04:
        return f"明治{rng.randint(1, 45)}年、{sentence}"
    if kind < 0.06:
        return f"{sentence}［＃「{rng.choice(_NOUNS)}」は{rng.randint(2, 9)}字下げ］"
    return sentence


def _read(folder: str, size: int) -> str:
    texts = []
    for path in sorted(Path(folder).rglob("*.txt")):
        data = path.read_bytes()
        try:
            texts.append(data.decode())
        except UnicodeDecodeError:
            texts.append(data.decode("cp932", "replace"))
        if sum(map(len, texts)) > size:
            break
    return "".join(texts)


@functools.cache
def prose(size: int = PROSE_CHARS) -> str:
    """Japanese prose; one number in 350,000 characters."""
    rng = random.Random(SEED)
    if os.environ.get(FOLDER):
        text = _read(os.environ[FOLDER], size)[:size]
    else:
        pool = [_sentence(rng) for _ in range(min(20_000, size // 100))]
        mean = sum(map(len, pool)) / len(pool)
        picked = rng.choices(pool, k=int(size / (mean + 0.6)))
        text = "".join(s + "\n　" if rng.random() < 0.3 else s for s in picked)
    step = 350_000
    cuts = [text[i : i + step] for i in range(0, len(text), step)]
    return "".join(f"{cut}\n{_styled(rng)}\n" for cut in cuts)


def _day(rng: random.Random, low: int, high: int) -> str:
    return f"{rng.randint(low, high)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def _row(rng: random.Random, nth: int) -> list[str]:
    digits = functools.partial(identifiers.digits, rng)
    return [
        f"{100_000 + nth}",
        rng.choice(_SURNAMES) + rng.choice(_GIVEN),
        _day(rng, 1960, 2004),
        _day(rng, 1990, 2026),
        f"03-{digits(4)}-{digits(4)}",
        f"090-{digits(4)}-{digits(4)}",
        identifiers.card(rng),
        identifiers.corporate(rng),
        identifiers.courier(rng),
        identifiers.licence(rng),
        digits(6),
        digits(8),
        f"35.{digits(6)}",
        f"139.{digits(6)}",
        f"{digits(3)}-{digits(4)}",
        f"{rng.choice(_CITIES)}{rng.choice(_TOWNS)}{digits(1)}-{digits(2)}-{digits(1)}",
        f"{rng.choice(_OFFICES)}{digits(4)}",
        f"{_day(rng, 2020, 2026)} {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:00",
        digits(12),
        _number(rng) if rng.random() < 0.1 else "",
    ]


@functools.cache
def csv_rows() -> tuple[tuple[str, ...], ...]:
    """A personnel table of 20 columns; a number in one of 200 cells."""
    rng = random.Random(SEED + 1)
    return (tuple(HEADERS), *(tuple(_row(rng, nth)) for nth in range(CSV_ROWS)))


@functools.cache
def csv_text() -> str:
    """The same table as text."""
    return "\r\n".join(",".join(row) for row in csv_rows())


def _json_line(rng: random.Random) -> str:
    return (
        f'{{"ts":{rng.randint(1_600_000_000_000, 1_800_000_000_000)},'
        f'"id":"{uuid.UUID(int=rng.getrandbits(128))}","user":"u{rng.randint(1000, 99999)}",'
        f'"ip":"10.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(0, 255)}",'
        f'"path":"/api/v1/orders/{identifiers.digits(rng, 8)}","status":200,'
        f'"ms":{rng.randint(1, 3000)},"trace":"{rng.getrandbits(64):016x}"}}'
    )


def _log_line(rng: random.Random) -> str:
    return (
        f"{_day(rng, 2020, 2026)}T{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:"
        f"{rng.randint(0, 59):02d}.{rng.randint(0, 999):03d}Z INFO worker-{rng.randint(1, 64)} "
        f"handled request {rng.getrandbits(48):012x} for account {identifiers.digits(rng, 10)} "
        f"in {rng.randint(1, 900)} ms, {rng.randint(1, 99999)} bytes"
        + (f" {rng.choice(_EVENTS)}" if rng.random() < 0.4 else "")
    )


@functools.cache
def logs() -> str:
    """JSON lines and an application's log; a number in 290,000 characters."""
    rng = random.Random(SEED + 2)
    lines: list[str] = []
    size = 0
    while size < LOG_CHARS:
        lines.append((_json_line if rng.random() < 0.5 else _log_line)(rng))
        size += len(lines[-1]) + 1
    for at in range(len(lines) // 40, len(lines), 2_000):
        lines[at] += f" payload={_number(rng)}"
    return "\n".join(lines)


def long(text: str, size: int = 60_000_000) -> str:
    """The same text again and again, up to ``size`` bytes of UTF-8."""
    return text * max(1, size // len(text.encode()))


@functools.cache
def messages() -> tuple[str, ...]:
    """Short texts of 485 characters: mails with a signature, cuts of the table and of logs."""
    rng = random.Random(SEED + 3)
    sources = (prose(), csv_text(), logs())
    signature = "\n--\n株式会社サンプル 総務部 山田太郎\nTEL 03-1234-5678 内線 4321\n"
    planted = set(rng.sample(range(MESSAGES), MESSAGES // 200))
    made = []
    for nth in range(MESSAGES):
        (kind,) = rng.choices(range(3), (70, 15, 15))
        tail = "" if kind else signature
        if nth in planted:
            tail = f"\n個人番号：{_number(rng)}{tail}"
        at = rng.randrange(len(sources[kind]) - MESSAGE_CHARS)
        made.append(sources[kind][at : at + MESSAGE_CHARS - len(tail)] + tail)
    return tuple(made)


def _rows(make: Callable[[random.Random], str], end: str = "\n") -> Callable[[int], str]:
    def build(size: int) -> str:
        rng = random.Random(SEED + 4)
        return end.join(_until(lambda: make(rng), size))

    return build


def _until(make: Callable[[], str], size: int) -> Iterator[str]:
    made = 0
    while made < size:
        piece = make()
        made += len(piece) + 1
        yield piece


def _repeated(pattern: str) -> Callable[[int], str]:
    return lambda size: (pattern * (size // len(pattern) + 1))[:size]


def _groups(rng: random.Random, sizes: Sequence[int]) -> str:
    return " ".join(identifiers.digits(rng, size) for size in sizes)


HOSTILE: dict[str, Callable[[int], str]] = {
    "endless digits": _repeated("7"),
    "endless full-width digits": _repeated("７"),
    "spaces": _repeated(" "),
    "newlines": _repeated("\n"),
    "hyphens": _repeated("-"),
    "single digits": _repeated("1 2 3 4 5 6 7 8 9 0 "),
    "single digits, one a line": _repeated("3\n"),
    "full-width single digits": _repeated("１　２　"),
    "digits three separators apart": _repeated("1 - 2 - "),
    "groups of four": _repeated("4839 "),
    "groups of four, hyphens": _rows(lambda rng: _groups(rng, (4,)), "-"),
    "three groups a line": _rows(lambda rng: _groups(rng, (4, 4, 4))),
    "random numbers, one a line": _rows(lambda rng: identifiers.digits(rng, 12)),
    "guids": _rows(lambda rng: str(uuid.UUID(int=rng.getrandbits(128)))),
    "coordinates": _rows(lambda rng: f"35.{identifiers.digits(rng, 12)}"),
    "thirteen digits": _rows(lambda rng: identifiers.digits(rng, 13)),
    "numbers glued to letters": _rows(lambda rng: "a" + identifiers.digits(rng, 12), " "),
    "circled digits": _repeated("①"),
    "digits of another plane": _repeated("😀1"),
    "mathematical digits": _repeated("\U0001d7ce\U0001d7cf "),
    "brackets": _repeated("((((["),
    "keys": _repeated('"a":'),
    "open tags": _repeated("<a "),
    "letters that scan as digits": _repeated("O0Il"),
    "kanji digits": _repeated("一二三四五六七八九〇"),
}
"""Texts made to be slow, by what they are made of; each takes its size in characters."""
