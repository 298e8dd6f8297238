"""What the second set of templates shares: words for the label, places, and the real readers.

A file of a known format goes through the reader that an audit would use, so a template states
what lies in the file and not what somebody believes a reader makes of it.
"""

from __future__ import annotations

from auditor.formats import pick
from auditor.model import Content, Limits, Table, Text
from corpus.document import Draft, Segment
from corpus.world import Person, World
from corpus.writing import written

__all__ = ["called", "digits_of", "inbox", "kept", "opened", "said", "seen", "typed"]

_LABELS = (
    "マイナンバー",
    "マイナンバー",
    "個人番号",
    "個人番号",
    "マイナンバー（12桁）",
    "マイナンバー（個人番号）",
    "個人番号（マイナンバー）",
    "個人番号（12桁）",
    "マイナンバー番号",
    "MyNumber",
    "My Number",
    "ﾏｲﾅﾝﾊﾞｰ",
    "マイナンバ－",
    "個人番号※",
    "マイナンバー*1",
    "個 人 番 号",
)
_SITES = ("人事部", "総務", "General", "経理共有", "Documents", "個人用", "02_庶務", "全社共有")
_FOLDERS = ("2025", "提出物", "旧PC", "作業中", "一時", "受領", "old", "R7", "新しいフォルダー")
_BOXES = ("受信トレイ", "送信済みアイテム", "Inbox", "Sent Items", "下書き", "労務", "削除済み")


def called(world: World) -> str:
    """One of the words people put before the number."""
    return world.pick(*_LABELS)


def typed(world: World, odd: float = 0.25) -> str:
    """A number as somebody typed it."""
    return written(world, world.number(), odd=odd)


def digits_of(world: World) -> str:
    """A number as a program stores it."""
    number = world.number()
    return world.pick(number, number, number, f"{number[:4]}-{number[4:8]}-{number[8:]}")


def said(world: World, odd: float = 0.25, *, shown: str = "") -> str:
    """Label, what stands between, and number: a new one, or ``shown`` as it is written already."""
    between = world.pick("：", ":", ": ", "　", " ", "は", "は ", " → ", "…", "＝", " - ", "\t")
    return f"{called(world)}{between}{shown or typed(world, odd)}"


def kept(world: World, names: tuple[str, ...], *segments: Segment, labelled: bool = True) -> Draft:
    """A file in a library, under one of some names."""
    folders = world.sample(_FOLDERS, world.pick(0, 1, 2))
    around = (world.pick(*_SITES), *folders, world.pick(*names))
    return Draft(segments, around, labelled=labelled)


def inbox(
    world: World, me: Person, subject: str, *segments: Segment, labelled: bool = True
) -> Draft:
    """A mail in somebody's mailbox."""
    around = (world.mail(me), world.pick(*_BOXES), subject)
    return Draft(segments, around, labelled=labelled)


def opened(name: str, text: str) -> list[Segment]:
    """What an audit's reader makes of a file with this name and text."""
    content = Content(name, text.encode("utf-8"))
    module = pick(content)
    if module is None:
        raise ValueError(f"no format reads {name}")
    parts = module.parts(content, Limits())
    return [part for part in parts if isinstance(part, Text | Table)]


def seen(world: World, name: str, text: str, *, raw: float = 0.4) -> list[Segment]:
    """A file read by its format, or its source as it stands in a note, a ticket or a mail."""
    return [Text(text)] if world.chance(raw) else opened(name, text)
