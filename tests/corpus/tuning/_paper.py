"""Sheets: rosters with the columns that offices keep, and forms on squared paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from corpus import identifiers
from corpus.world import Person, World
from corpus.writing import STYLES, boxed, full_width, grouped, spaced

__all__ = [
    "NUMBER",
    "Column",
    "Paper",
    "boxes",
    "columns",
    "companions",
    "day",
    "filled",
    "printed_box",
    "style",
    "title_rows",
]

Column = tuple[str, Callable[[Person], str]]
"""A header, and what stands below it for a person."""

NUMBER = (
    "個人番号",
    "個人番号",
    "マイナンバー",
    "マイナンバー",
    "マイナンバー（個人番号）",
    "個人番号(12桁)",
    "本人個人番号",
    "ﾏｲﾅﾝﾊﾞｰ",
    "個人番号\n（マイナンバー）",
    "マイナンバー番号",
    "My Number",
    "MN番号",
    "被保険者個人番号",
    "受給者個人番号",
)


def day(date: dt.date, *, serial: bool = False) -> str:
    """A date as a sheet shows it, or the serial number that is stored in its cell."""
    return str((date - dt.date(1899, 12, 30)).days) if serial else date.strftime("%Y/%m/%d")


def companions(world: World) -> list[Column]:
    """Columns beside the number; each call draws how they are called and written."""
    rng = world.rng
    dates = world.pick(
        lambda d: d.strftime("%Y/%m/%d"), lambda d: d.isoformat(), lambda d: d.strftime("%Y%m%d")
    )
    return [
        (world.pick("社員番号", "従業員コード", "社員No.", "職員番号"), lambda p: p.staff),
        (world.pick("氏名", "従業員氏名", "名前", "姓名"), lambda p: p.name),
        (world.pick("フリガナ", "ﾌﾘｶﾞﾅ", "カナ氏名"), lambda p: p.kana),
        (world.pick("生年月日", "誕生日"), lambda p: dates(p.born)),
        (world.pick("住所", "現住所", "住民票住所"), lambda p: p.address),
        ("郵便番号", lambda _: world.postcode()),
        (world.pick("電話番号", "TEL", "連絡先"), lambda _: world.phone()),
        (world.pick("部署", "所属", "部門名"), lambda _: world.pick("営業部", "総務課", "製造1課")),
        ("続柄", lambda _: world.pick("本人", "妻", "夫", "長男", "長女", "母")),
        (world.pick("性別", "性別区分"), lambda _: world.pick("男", "女", "1", "2")),
        (world.pick("口座番号", "給与振込口座"), lambda _: identifiers.digits(rng, 7)),
        ("基礎年金番号", lambda _: identifiers.pension(rng)),
        ("雇用保険被保険者番号", lambda _: identifiers.insurance(rng)),
        ("入社日", lambda _: dates(world.day(1995, 2026))),
        (
            world.pick("基本給", "支給額", "課税対象額"),
            lambda _: str(rng.randrange(180, 700) * 1000),
        ),
        ("メールアドレス", world.mail),
        (world.pick("扶養人数", "扶養"), lambda _: str(rng.randrange(4))),
        (
            world.pick("番号確認書類", "確認書類"),
            lambda _: world.pick("通知カード", "個人番号カード"),
        ),
        (world.pick("備考", "メモ"), lambda _: world.pick("", "", "休職中", "再雇用", "要確認")),
    ]


def columns(world: World, low: int = 2, high: int = 8) -> list[Column]:
    """Some columns in the usual order, a name nearly always among them."""
    known = companions(world)
    chosen = set(world.sample(range(len(known)), len(world.many(low, high))))
    if world.chance(0.9):
        chosen.add(1)
    return [column for at, column in enumerate(known) if at in chosen]


def style(world: World, odd: float = 0.2) -> Callable[[str], str]:
    """One way to write all numbers of a sheet."""
    usual = world.pick("plain", "plain", "plain", "spaces", "hyphens")
    return STYLES[world.pick(*STYLES) if world.chance(odd) else usual]


def filled(
    world: World,
    table: Sequence[Column],
    count: int,
    *,
    at: int,
    header: str,
    cell: Callable[[], str],
) -> list[list[str]]:
    """Header and ``count`` rows, with one more column at ``at``."""
    people = [world.person() for _ in range(count)]
    names = [name for name, _ in table]
    rows = [[*names[:at], header, *names[at:]]]
    for person in people:
        cells = [make(person) for _, make in table]
        rows.append([*cells[:at], cell(), *cells[at:]])
    return rows


def title_rows(world: World, *titles: str) -> list[list[str]]:
    """What stands above a table: nothing, a title, or a title with date and author."""
    title = world.pick(*titles)
    date = world.day(2022, 2026)
    return world.pick(
        [],
        [[title]],
        [[title], []],
        [
            [title, "", "", f"作成日：{date:%Y/%m/%d}"],
            ["", "", "", f"作成者：{world.person().surname}"],
        ],
        [
            [f"{date.year}年度　{title}"],
            [f"{world.company()}　{world.pick('総務部', '人事課')}"],
            [],
        ],
        [["社外秘"], [title], [f"※{world.pick('印刷厳禁', '取扱注意', '毎月25日更新')}"], []],
    )


def boxes(world: World, number: str) -> list[str]:
    """One digit a cell; perhaps with cells between the groups."""
    return boxed(number, blank=world.pick(0, 0, 1))


def printed_box(world: World, number: str) -> str:
    """Digits in printed boxes, as text extraction sees them."""
    gap = world.pick(" ", " ", "  ", "　", "\t", "|", " | ")
    wide = full_width(spaced(number, world.pick("", " ", "　")))
    return world.pick(spaced(number, gap), spaced(number, gap), grouped(number), number, wide)


class Paper:
    """A sheet that is filled cell by cell; rows and columns from 0."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], str] = {}

    def put(self, row: int, column: int, *cells: str, down: bool = False) -> None:
        for step, cell in enumerate(cells):
            at = (row + step, column) if down else (row, column + step)
            self._cells[at] = cell

    def rows(self) -> list[list[str]]:
        """As a reader of workbooks gives them: no cells behind the last of a row."""
        height = max(row for row, _ in self._cells) + 1
        rows: list[list[str]] = [[] for _ in range(height)]
        for (row, column), cell in sorted(self._cells.items()):
            rows[row].extend("" for _ in range(column - len(rows[row])))
            rows[row].append(cell)
        return rows
