"""Content → Scan: pick the format, walk what is inside, detect; members recurse here and only here.

Whatever goes wrong becomes a gap. Nothing that leaves this module can hold a digit of a number:
hits go through :mod:`auditor.redact`, and so does every name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor import formats, redact, rowwise
from auditor.detect import Detection, detect, speaks_of_numbers
from auditor.formats import Format, _guard, _strings
from auditor.model import Content, Gap, Limits, Reason, Scan, State, Table, Text
from auditor.redact import Group

__all__ = ["Part", "fold", "scan"]

SKIPS = frozenset(
    (
        Reason.TOO_LARGE,
        Reason.UNSUPPORTED_FORMAT,
        Reason.OCR_OFF,
        Reason.ENCRYPTED,
        Reason.PASSWORD_PROTECTED,
        Reason.RIGHTS_MANAGED,
        Reason.ARCHIVED_TIER,
        Reason.NOT_OFFERED,
        Reason.EXCLUDED_BY_SETTINGS,
        Reason.NOT_LICENSED,
    )
)
"""Of an item with nothing but such gaps nothing was to be read; any other reason is a fault."""

_BROKEN = frozenset((Reason.MALFORMED, Reason.MEMORY))
"""Of what gives nothing but such gaps, at least the writing is read."""
_LONGEST = 300
"""Characters of a part that are shown."""
_NUMBER = 9
"""Digits a name has at least when it can hold a number."""
_ALIKE = 50
"""Gaps of one item that say the same and are told one by one."""
_UNSEEMLY = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """What reading gave so far; handed over as it comes, so that a killed worker loses little."""

    groups: tuple[Group, ...] = ()
    gaps: tuple[Gap, ...] = ()
    row_gaps: tuple[tuple[int, Gap], ...] = ()
    """Gaps of single rows, where each row is an item of its own."""
    read: bool = False
    """Something of the content itself was read."""
    format: str = ""
    size: int = 0
    """Bytes of a content of the item, on one of its parts."""


def scan(
    content: Content,
    limits: Limits,
    *,
    key: bytes,
    emit: Callable[[Part], None] | None = None,
    begin: Callable[[int], None] | None = None,
) -> Scan:
    """Read ``content`` and everything inside it.

    Args:
        content: the bytes of an item, or of one of its bodies.
        limits: bounds for the item; time and memory are the worker's to watch.
        key: makes the tokens by which distinct numbers are told apart.
        emit: is given every part as soon as it is read.
        begin: is told the number of every member before it is read, as ``Fatal`` counts them.

    Raises nothing of its own; what ``emit`` and ``begin`` raise passes through.
    """
    parts: list[Part] = []

    def give(part: Part) -> None:
        parts.append(part)
        if emit:
            emit(part)

    _Walk(content, limits, key, give, begin or (lambda _: None)).run()
    return fold(parts)


def fold(parts: Iterable[Part]) -> Scan:
    """One result from the parts of one item, whole or as far as they came."""
    known = list(parts)
    found = [group for part in known for group in part.groups if group.row is None]
    gaps = tuple(_bounded([gap for part in known for gap in part.gaps]))
    persons = redact.persons(found)
    return Scan(
        state=_state(gaps, read=any(part.read for part in known)),
        findings=redact.findings(found),
        gaps=gaps,
        content_type=next((part.format for part in known if part.format), ""),
        bytes_read=sum(part.size for part in known),
        persons=persons,
        distinct=len(persons),
        rows=_rows(known),
    )


def _rows(parts: Sequence[Part]) -> dict[int, Scan]:
    """What each row with findings or gaps gave, where each row is an item of its own."""
    found: dict[int, list[Group]] = {}
    lost: dict[int, list[Gap]] = {}
    for part in parts:
        for group in part.groups:
            if group.row is not None:
                found.setdefault(group.row, []).append(group)
        for row, gap in part.row_gaps:
            lost.setdefault(row, []).append(gap)
    rows = {}
    for row in found.keys() | lost.keys():
        groups, gaps = found.get(row, []), tuple(lost.get(row, ()))
        persons = redact.persons(groups)
        state = _state(gaps, read=True)
        rows[row] = Scan(
            state, redact.findings(groups), gaps, persons=persons, distinct=len(persons)
        )
    return rows


def _state(gaps: Sequence[Gap], *, read: bool) -> State:
    if not gaps:
        return State.COMPLETE
    if read:
        return State.PARTIAL
    return State.SKIPPED if all(gap.reason in SKIPS for gap in gaps) else State.FAILED


def _bounded(gaps: Sequence[Gap]) -> Iterator[Gap]:
    """Each gap once, and of very many alike one that stands for the rest."""
    alike: dict[tuple[Reason, str, bool], int] = {}
    for gap in dict.fromkeys(gaps):
        kind = (gap.reason, gap.detail, gap.suspect)
        alike[kind] = alike.get(kind, 0) + 1
        if alike[kind] <= _ALIKE:
            yield gap
        elif alike[kind] == _ALIKE + 1:
            more = f"{gap.detail}, and in more parts".removeprefix(", ")
            yield Gap(gap.reason, detail=more, suspect=gap.suspect)


class _Walk:
    """One way through a content and its members, with what is left of the budgets."""

    def __init__(
        self,
        content: Content,
        limits: Limits,
        key: bytes,
        give: Callable[[Part], None],
        begin: Callable[[int], None],
    ) -> None:
        self._content = content
        self._limits = limits
        self._key = key
        self._give = give
        self._begin = begin
        self._members = limits.members
        self._bytes = limits.expanded_bytes
        self._format = ""
        self._size: int | None = len(content.data)
        self._read = False
        self._met = 0

    def run(self) -> None:
        """Read everything; at least one part is given."""
        self._visit(self._content, 0)
        if self._size is not None:
            self._tell()

    def _tell(self, groups: tuple[Group, ...] = (), gaps: tuple[Gap, ...] = ()) -> None:
        size, self._size = self._size or 0, None
        self._give(Part(groups, gaps, (), self._read, self._format, size))

    def _visit(self, content: Content, depth: int) -> None:
        """Read one content; members come back here."""
        member = self._met
        self._met += 1
        if member:
            self._begin(member)
        self._name(content, content.name, "name")
        if content.rowwise:
            if fatal := content.fatal:
                self._gap(content, Gap(fatal.reason, detail=fatal.detail))
            else:
                self._rows(content)
            return
        if not content.data and not content.truncated:
            return
        fatal = self._content.fatal
        if fatal and fatal.member == member:
            self._loose(content)
            self._gap(content, Gap(fatal.reason, detail=fatal.detail))
        else:
            self._open(content, depth)
        if content.truncated:
            read, total = len(content.data), content.total
            self._gap(content, Gap(Reason.TOO_LARGE, bytes_read=read, bytes_total=total))

    def _open(self, content: Content, depth: int) -> None:
        """Read a content by the format that claims it."""
        try:
            module = formats.pick(content)
        except MemoryError:
            self._gap(content, Gap(Reason.MEMORY))
            return
        except Exception as error:  # noqa: BLE001 - a format that cannot even look
            self._gap(content, Gap(Reason.CRASHED, detail=type(error).__name__))
            return
        if module and not depth:
            self._format = module.__name__.rpartition(".")[2]
        if module and (module.BEGINNING or not content.truncated):
            self._inside(module, content, depth)
        else:
            self._loose(content)

    def _loose(self, content: Content) -> None:
        """The mere writing in what no reader could open."""
        for piece in _guard.Pieces(_strings, content, self._limits):
            if isinstance(piece, Text):
                self._segment(content, piece)

    def _inside(self, module: Format, content: Content, depth: int) -> None:
        left, members = max(0, self._bytes), max(0, self._members)
        limits = replace(self._limits, members=members, expanded_bytes=left)
        pieces = _guard.Pieces(module, content, limits)
        broken, told = False, False
        for piece in pieces:
            told = told or not isinstance(piece, Gap)
            if isinstance(piece, Gap):
                broken = broken or piece.reason in _BROKEN
                self._gap(content, piece)
            elif isinstance(piece, Content):
                if not self._member(content, piece, depth):
                    break
            else:
                self._segment(content, piece)
        pieces.close()
        if broken and not told:
            self._loose(content)

    def _segment(self, content: Content, segment: Text | Table) -> None:
        blank = not segment.text.strip() if isinstance(segment, Text) else not segment.rows
        if blank:
            return
        part = _label(content, segment.place)
        first = not self._read
        self._read = True
        found = self._detected(content, segment, _around(content))
        groups = redact.groups(found.hits, part, self._key)
        lost = {suspect.reason for suspect in found.suspects}
        gaps = tuple(Gap(Reason.MALFORMED, part, code, suspect=True) for code in sorted(lost))
        if groups or gaps or first:
            self._tell(groups, gaps)

    def _rows(self, content: Content) -> None:
        """A table each row of which is an item."""
        table = rowwise.table_of(content)
        self._read = True
        found = self._detected(content, table, _around(content))
        groups = redact.row_groups(found.hits, table.columns, "", self._key)
        places = {f"line {line}": line - 1 for line in table.lines}
        lost = tuple(
            (places[one.location], Gap(Reason.MALFORMED, detail=one.reason, suspect=True))
            for one in found.suspects
            if one.location in places
        )
        size, self._size = self._size or 0, None
        self._give(Part(groups, row_gaps=lost, read=True, format="row", size=size))

    def _name(self, content: Content, name: str, step: str) -> None:
        """A number may stand in a name itself."""
        if sum(map(str.isnumeric, name)) < _NUMBER:
            return
        found = self._detected(content, name, content.around)
        hits = [replace(hit, location="") for hit in found.hits]
        if hits:
            self._tell(redact.groups(hits, _label(content, step), self._key))

    def _detected(
        self, content: Content, segment: str | Text | Table, around: Sequence[str]
    ) -> Detection:
        try:
            return detect(segment, around=around)
        except MemoryError:
            self._gap(content, Gap(Reason.MEMORY, detail="detection"))
        except Exception as error:  # noqa: BLE001 - a fault of ours must not lose the rest
            self._gap(content, Gap(Reason.CRASHED, detail=f"detection {type(error).__name__}"))
        return Detection()

    def _member(self, content: Content, member: Content, depth: int) -> bool:
        """Read a member; False when no more of them may be read."""
        inner = replace(
            member,
            path=(*content.path, *member.path),
            around=(*_around(content), *member.around),
        )
        self._members -= 1
        self._bytes -= len(member.data)
        reason = (
            Reason.TOO_DEEP
            if depth >= self._limits.depth
            else Reason.TOO_MANY_MEMBERS
            if self._members < 0
            else Reason.TOO_LARGE
            if self._bytes < 0
            else None
        )
        if reason:
            self._gap(content, Gap(reason, detail="members"))
            return False
        self._visit(inner, depth + 1)
        return True

    def _gap(self, content: Content, gap: Gap) -> None:
        """Book a gap of ``content``; its part is a step inside it."""
        names = (*_around(content), gap.part)
        suspect = gap.suspect or any(map(speaks_of_numbers, names))
        if gap.part:
            self._name(content, gap.part, f"{gap.part}{redact.JOINT}name")
        detail = _DIGITS.sub("", gap.detail)
        part = _label(content, gap.part)
        self._tell(gaps=(replace(gap, part=part, detail=detail, suspect=suspect),))


def _around(content: Content) -> tuple[str, ...]:
    """What the content and everything around it are called, each once."""
    return tuple(dict.fromkeys(filter(None, (*content.around, content.name))))


def _label(content: Content, step: str) -> str:
    """A place inside the item as it may be shown."""
    plain = redact.JOINT.join(filter(None, (*content.path, step)))
    return redact.mask(_UNSEEMLY.sub(" ", plain))[:_LONGEST]
