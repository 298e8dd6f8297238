"""What many held-out documents share: openings, closings, passages on other matters, layouts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from auditor.model import Table, Text
from corpus.world import Person, World
from corpus.writing import STYLES

__all__ = ["csv", "era", "greeting", "passages", "pen", "sheet", "signed", "table_text", "word"]

Rows = Sequence[Sequence[str]]

_PASSAGES = (
    "来週の定例会議は10時から第2会議室に変更となりました。",
    "出張旅費の精算は月末までにお願いいたします。",
    "先日ご相談のあった備品購入の件は、総務で見積りを取っています。",
    "健康診断の日程は追ってご案内します。",
    "交通費の申請で領収書の添付漏れが3件ありました。",
    "年度末につき、書類のご提出が集中しております。お早めにお願いします。",
    "駐車場の利用区画は4月から番号が変わります。",
    "なお、8月13日から16日までは夏季休業といたします。",
    "会議資料は共有フォルダに格納済みですのでご確認ください。",
    "インフルエンザの予防接種は11月5日に実施します。",
    "ご不明な点は内線2315までお問い合わせください。",
    "名刺の追加発注は1箱100枚単位で承ります。",
    "勤怠の締めは毎月20日、承認は22日正午までです。",
    "新しい複合機は2階と5階に1台ずつ設置しました。",
    "電気設備の法定点検のため、日曜日は終日停電となります。",
    "内定者向けの懇親会は参加者28名の見込みです。",
    "議事録の案をお送りしますので、修正があればご指摘ください。",
)


def passages(world: World, low: int, high: int) -> list[str]:
    """Lines on other matters of an office."""
    return world.sample(_PASSAGES, len(world.many(low, high)))


def pen(world: World, odd: float = 0.3) -> Callable[[str], str]:
    """One hand writes all numbers of a document alike."""
    common = ("plain", "plain", "spaces", "hyphens")
    return STYLES[world.pick(*STYLES) if world.chance(odd) else world.pick(*common)]


def csv(rows: Rows) -> Table:
    """A delimited file."""
    return Table(rows, lines=range(1, len(rows) + 1))


def sheet(rows: Rows, place: str = "Sheet1") -> Table:
    """A worksheet from A1, its rows filled up to one width as a spreadsheet's are."""
    width = max(map(len, rows))
    return Table([[*row, *[""] * (width - len(row))] for row in rows], place=place)


def table_text(rows: Rows, gap: str = "\t") -> str:
    return "\n".join(gap.join(row) for row in rows)


def word(
    world: World, before: Sequence[str], rows: Rows, after: Sequence[str] = ()
) -> list[Text | Table]:
    """A word-processor document: its table inside the text, or beside it."""
    if world.chance(0.5):
        return [Text("\n".join([*before, table_text(rows), *after]))]
    return [Text("\n".join([*before, *after])), Table(rows, place="table 1")]


def era(world: World) -> str:
    """A date as offices write it."""
    day = world.day(2019, 2026)
    return world.pick(
        f"令和{day.year - 2018}年{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}日",
        f"R{day.year - 2018}.{day.month}.{day.day}",
        day.strftime("%Y/%m/%d"),
    )


def greeting(world: World, to: Person) -> list[str]:
    return world.pick(
        [f"{to.surname}様", "", "いつもお世話になっております。"],
        [f"{to.surname}さん", "", "お疲れさまです。"],
        ["各位", "", "平素より大変お世話になっております。"],
        [f"{world.company()}", f"{to.surname} 様", "", "お世話になります。"],
    )


def signed(world: World, by: Person) -> list[str]:
    line = world.pick("-- ", "*" * 32, "━" * 20, "―" * 16, "")
    return [
        line,
        f"{world.company()} {world.pick('総務部', '人事課', '経理部', '管理本部', '業務課')}",
        by.name,
        f"〒{world.postcode()} {by.address}",
        f"TEL {world.phone()}　{world.mail(by)}",
    ]
