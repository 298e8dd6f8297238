"""What documents are filled with: invented people, firms, dates, and remembered numbers."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus import identifiers

__all__ = ["Person", "World"]

T = TypeVar("T")

_SURNAMES = (
    "佐藤:サトウ:sato 鈴木:スズキ:suzuki 高橋:タカハシ:takahashi 田中:タナカ:tanaka "
    "伊藤:イトウ:ito 渡辺:ワタナベ:watanabe 山本:ヤマモト:yamamoto 中村:ナカムラ:nakamura "
    "小林:コバヤシ:kobayashi 加藤:カトウ:kato 吉田:ヨシダ:yoshida 山田:ヤマダ:yamada "
    "佐々木:ササキ:sasaki 松本:マツモト:matsumoto 井上:イノウエ:inoue 木村:キムラ:kimura "
    "林:ハヤシ:hayashi 斎藤:サイトウ:saito 清水:シミズ:shimizu 阿部:アベ:abe 森:モリ:mori "
    "池田:イケダ:ikeda 橋本:ハシモト:hashimoto 石川:イシカワ:ishikawa 前田:マエダ:maeda "
    "岡田:オカダ:okada 長谷川:ハセガワ:hasegawa 村上:ムラカミ:murakami 近藤:コンドウ:kondo "
    "グエン:グエン:nguyen 陳:チン:chen スミス:スミス:smith"
).split()
_GIVEN = (
    "太郎:タロウ:taro 花子:ハナコ:hanako 一郎:イチロウ:ichiro 美咲:ミサキ:misaki "
    "健太:ケンタ:kenta 陽子:ヨウコ:yoko 翔:ショウ:sho さくら:サクラ:sakura 大輔:ダイスケ:daisuke "
    "恵:メグミ:megumi 浩二:コウジ:koji 由美:ユミ:yumi 拓也:タクヤ:takuya 愛:アイ:ai "
    "直樹:ナオキ:naoki 真理子:マリコ:mariko 悠斗:ユウト:yuto 葵:アオイ:aoi 誠:マコト:makoto "
    "千尋:チヒロ:chihiro"
).split()
_TOWNS = (
    "東京都千代田区霞が関 東京都新宿区西新宿 大阪府大阪市北区梅田 神奈川県横浜市中区本町 "
    "愛知県名古屋市中区栄 北海道札幌市中央区北一条西 福岡県福岡市博多区博多駅前 "
    "宮城県仙台市青葉区国分町 京都府京都市下京区烏丸通 広島県広島市中区紙屋町"
).split()
_FIRMS = "青空 みらい 第一 東洋 さくら 北斗 大和田 三陽 西海 中央"
_TRADES = "商事 工業 物流 システム 食品 建設 印刷 電機 薬品 コンサルティング"


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """An invented person."""

    surname: str
    given: str
    kana: str
    """Family and given name, set apart by a full-width space."""
    roman: str
    """``sato.taro``"""
    born: dt.date
    address: str
    staff: str
    """Five digits."""

    @property
    def name(self) -> str:
        return f"{self.surname}　{self.given}"

    @property
    def era_birth(self) -> str:
        """Date of birth by era, as forms ask for it."""
        year = self.born.year
        era, first = (
            ("令和", 2018) if year > 2018 else ("平成", 1988) if year > 1988 else ("昭和", 1925)
        )
        return f"{era}{year - first}年{self.born.month}月{self.born.day}日"


class World:
    """Facts for one document, drawn from its own seed."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.issued: set[str] = set()
        self.resident_codes: set[str] = set()

    # ------------------------------------------------------------------ numbers with a truth

    def number(self) -> str:
        """A person's Individual Number, remembered as the document's truth."""
        number = identifiers.individual(self.rng)
        while _made_up(number):
            number = identifiers.individual(self.rng)
        self.issued.add(number)
        return number

    def number_from(self, low: str) -> str:
        """An Individual Number that begins with ``low`` (``0`` for a zero that gets lost)."""
        while True:
            base = low + identifiers.digits(self.rng, 11 - len(low))
            number = base + identifiers.check_digit(base)
            if not _made_up(number):
                self.issued.add(number)
                return number

    def resident_code(self) -> str:
        """A 住民票コード, remembered."""
        code = identifiers.resident_code(self.rng)
        self.resident_codes.add(code)
        return code

    # --------------------------------------------------------------------- numbers of others

    def other(self, make: Callable[[random.Random], str], hard: float = 0.5) -> str:
        """A look-alike; with the chance ``hard`` one that passes the Individual Number's check."""
        if self.rng.random() < hard:
            return identifiers.passing(make, self.rng)
        return make(self.rng)

    def random12(self, hard: float = 0.5) -> str:
        """Any twelve digits: an order, a ticket, a contract."""
        return self.other(lambda rng: identifiers.digits(rng, 12), hard)

    # ------------------------------------------------------------------------- other facts

    def pick(self, *options: T) -> T:
        return self.rng.choice(options)

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        return self.rng.sample(list(options), min(count, len(options)))

    def many(self, low: int, high: int) -> range:
        """A range of random length."""
        return range(self.rng.randint(low, high))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def person(self, surname: str | None = None) -> Person:
        known = {one.split(":")[0]: one for one in _SURNAMES}
        family = (known.get(surname or "") or self.rng.choice(_SURNAMES)).split(":")
        given = self.rng.choice(_GIVEN).split(":")
        return Person(
            family[0],
            given[0],
            f"{family[1]}　{given[1]}",
            f"{family[2]}.{given[2]}",
            self.day(1945, 2015),
            self.address(),
            identifiers.digits(self.rng, 5),
        )

    def address(self) -> str:
        rng = self.rng
        return f"{rng.choice(_TOWNS)}{rng.randint(1, 9)}-{rng.randint(1, 30)}-{rng.randint(1, 20)}"

    def company(self) -> str:
        name = self.rng.choice(_FIRMS.split()) + self.rng.choice(_TRADES.split())
        return self.pick(f"株式会社{name}", f"{name}株式会社", f"有限会社{name}")

    def day(self, low: int = 2018, high: int = 2026) -> dt.date:
        return dt.date(
            self.rng.randint(low, high), self.rng.randint(1, 12), self.rng.randint(1, 28)
        )

    def phone(self) -> str:
        rng = self.rng
        return self.pick(
            f"03-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}",
            f"0{self.pick(7, 8, 9)}0-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}",
            f"06-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}",
        )

    def postcode(self) -> str:
        return f"{self.rng.randint(100, 999)}-{self.rng.randint(0, 9999):04d}"

    def mail(self, person: Person) -> str:
        return f"{person.roman}@{self.pick('example.co.jp', 'example.jp', 'mail.example')}"


def _made_up(number: str) -> bool:
    """Whether a drawn number happens to be one that reads as a placeholder."""
    run = "01234567890123456789"
    near = any(number[i : i + 9] in run or number[i : i + 9] in run[::-1] for i in range(4))
    return near or max(map(number.count, number)) >= 10
