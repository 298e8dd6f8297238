"""Content → Scan: pick the format, walk what is inside, detect; members recurse here and only here.

Whatever goes wrong becomes a gap. Nothing that leaves this module can hold a digit of a number:
hits go through :mod:`auditor.redact`, and so does every name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from auditor import formats, redact, rowwise
from auditor.detect import Detection, detect, detect_stream, speaks_of_numbers
from auditor.formats import Format, _appended, _guard, _long, _strings
from auditor.model import (
    Content,
    Flow,
    Gap,
    Limits,
    LostError,
    Reason,
    Scan,
    Table,
    Text,
)
from auditor.papers import NONE, paper_of, writing
from auditor.parts import Part, fold, take
from auditor.redact import Group

__all__ = ["Part", "fold", "scan", "take"]

_BROKEN = frozenset((Reason.MALFORMED, Reason.MEMORY))
"""Of what gives nothing but such gaps, at least the writing is read."""
_LONGEST = 300
"""Characters of a part that are shown."""
_NUMBER = 9
"""Digits a name has at least when it can hold a number."""
_UNSEEMLY = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_DIGITS = re.compile(r"\d+")


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
        take(parts, part)
        if emit:
            emit(part)

    _Walk(content, limits, key, give, begin or (lambda _: None)).run()
    return fold(parts)


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
        self._limits = replace(limits, bytes=min(limits.bytes, limits.held_bytes))
        self._key = key
        self._give = give
        self._begin = begin
        share = -(-content.source.size // limits.held_bytes) if content.source else 1
        self._members = limits.members * share
        self._bytes = limits.expanded_bytes * share
        self._format = ""
        self._size: int | None = content.source.size if content.source else len(content.data)
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
            content = self._held(content)
            self._loose(content)
            self._gap(content, Gap(fatal.reason, detail=fatal.detail))
        else:
            content = self._open(content, depth)
        read = content.source.size if content.source else len(content.data)
        if content.truncated and not (content.source and read == content.total):
            total = content.total
            self._gap(content, Gap(Reason.TOO_LARGE, bytes_read=read, bytes_total=total))

    def _held(self, content: Content) -> Content:
        """As much of a long content as may be held, for who cannot read it piece by piece."""
        if not content.source:
            return content
        try:
            data = content.source.read(0, self._limits.bytes)
        except LostError as lost:
            self._gap(content, _long.gap_of(lost))
            data = content.data
        if self._size is not None:
            self._size = len(data)
        return replace(content, data=data, source=None)

    def _open(self, content: Content, depth: int) -> Content:
        """Read a content by the format that claims it; as far as it was to be read."""
        try:
            module = formats.pick(content)
        except Exception as error:  # noqa: BLE001 - a format that cannot even look
            reason = Reason.MEMORY if isinstance(error, MemoryError) else Reason.CRASHED
            self._gap(content, Gap(reason, detail=type(error).__name__))
            return content
        if module and not depth:
            self._format = module.__name__.rpartition(".")[2]
        if not getattr(module, "LONG", False):
            content = self._held(content)
        if module and (module.BEGINNING or content.source or not content.truncated):
            for reader, share in _appended.apart(module, content):
                self._inside(reader, share, depth)
        else:
            self._loose(content)
        return content

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

    def _segment(self, content: Content, segment: Text | Flow | Table) -> None:
        if (isinstance(segment, Text) and not segment.text.strip()) or (
            isinstance(segment, Table) and not segment.rows
        ):
            return
        part = _label(content, segment.place)
        first = not self._read
        self._read = True
        found = self._detected(content, segment, _around(content))
        groups = redact.groups(redact.seen(found.hits, segment), part, self._key)
        lost = {suspect.reason for suspect in found.suspects}
        gaps = tuple(Gap(Reason.MALFORMED, part, code, suspect=True) for code in sorted(lost))
        if groups:
            paper = paper_of(writing(segment), _around(content))
            groups = tuple(replace(group, paper=paper) for group in groups)
        if groups or gaps or first:
            self._tell(groups, gaps)

    def _rows(self, content: Content) -> None:
        """A table each row of which is an item."""
        table = rowwise.table_of(content)
        self._read = True
        found = self._detected(content, table, _around(content))
        groups = redact.row_groups(found.hits, table.columns, "", self._key)
        paper = paper_of("\n".join(table.columns), _around(content)) if groups else NONE
        groups = tuple(replace(group, paper=paper) for group in groups)
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
        self, content: Content, segment: str | Text | Flow | Table, around: Sequence[str]
    ) -> Detection:
        try:
            if isinstance(segment, Flow):
                return detect_stream(segment.pieces, around=(*around, segment.place))
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
