"""Detection in running text: passages are read one by one, and their numbers judged together.

A number is also judged by the others that are written alike, and those may stand anywhere. So what
was weighed waits, in a few bytes a number, until enough of them have been seen.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .column import Tally, tally_marked, tally_values
from .evidence import DETAILED, RESIDENT, codes_of, supposed, surroundings, value_codes
from .forms import LABELLED, Candidate, Found
from .islands import BLOCK, Characters, passages
from .ordinary import ASK, shapes
from .passage import Passage, Unweighed, read_passages
from .persons import person_code
from .repeats import Repeats
from .result import NOTHING, Detection, Suspect
from .rows import DROPPED, UNDECIDED, Case, Hits, Rows, Verdict
from .said import Evidence
from .scopes import LINE
from .verdict import judge

__all__ = ["DIRECT", "TALLIED", "Gathering", "Origin", "detect_text"]

CODE = "QR code"
"""The place that says: this text is all that a QR code holds."""
DIRECT = 8192
"""Characters below which a text is read as one passage."""
TALLIED = 1 << 17
"""Numbers written alike that are compared: the first ones, by which the later are judged, too."""
_FEW = 16
"""Numbers up to which they are judged as they are."""
_OBJECTS = 1_000
"""Hits that are made into objects at once; more of them are made as they are asked for."""
_WAITING = 1 << 16
"""Weighed numbers from which those are judged that need not wait any longer."""

_Key: TypeAlias = tuple[object, ...]
Origin: TypeAlias = Callable[[], tuple[int, int]]
"""Where a passage's text begins: its offset in the whole text, and the line breaks before it."""


class _Batch:
    """The first numbers that are written alike, and those of them that a label names."""

    def __init__(self) -> None:
        self.room = TALLIED
        self.named: list[int] = []
        """As integers, with a bit behind that says whether the number passes."""
        self._values: list[npt.NDArray[np.int64]] = []
        self._passing: list[npt.NDArray[np.bool_]] = []
        self._tally: Tally | None = None

    def take(self, values: npt.NDArray[np.int64], passing: npt.NDArray[np.bool_]) -> int:
        """Take as many as there is room for, and say how many."""
        taken = min(self.room, len(values))
        if taken:
            self._values.append(values[:taken])
            self._passing.append(passing[:taken])
            self.room -= taken
        return taken

    def tally(self) -> Tally:
        """Tally the numbers that no label names: the named ones say nothing of them."""
        if self._tally is not None:
            return self._tally
        whole = tally_values(np.concatenate(self._values), np.concatenate(self._passing))
        answer = whole.without(tally_marked(self.named))
        if not self.room:
            self._tally, self.named, self._values, self._passing = answer, [], [], []
        return answer


class _Lines:
    """Line numbers for offsets asked in rising order."""

    def __init__(self, text: str, before: int) -> None:
        self.text, self.line, self.at = text, before + 1, 0

    def number(self, offset: int) -> int:
        self.line += self.text.count("\n", self.at, offset)
        self.at = offset
        return self.line


class Gathering:
    """The numbers of one text, as its passages come in order."""

    def __init__(self, around: Sequence[str]) -> None:
        """``around`` are names that say what the text is about, outermost first."""
        self._near = surroundings(around)
        self._rows = Rows.none()
        self._due = _WAITING
        self._lost: list[int] = []
        self._batches: defaultdict[int, _Batch] = defaultdict(_Batch)
        self._named: list[int] = []
        self._cases: dict[_Key, int] = {}
        self._case: list[Case] = []
        self._verdicts: dict[_Key, int] = {}
        self._verdict: list[Verdict] = []

    def add(self, passage: Passage, origin: Origin) -> None:
        """Take what was read in the next passage."""
        last = self._compare(passage.found)
        if not passage.kept and not passage.lost and passage.unweighed is None:
            return
        offset, breaks = origin()
        since = len(self._rows.starts)
        lines = _Lines(passage.text, breaks)
        for one, evidence in passage.kept:
            self._keep(one, evidence, offset, lines.number(one.start))
        if passage.unweighed is not None:
            self._keep_all(passage.unweighed, since, offset, breaks + 1)
        self._name(passage, last)
        if passage.lost and len(self._lost) < DETAILED:
            lines = _Lines(passage.text, breaks)
            self._lost += map(lines.number, passage.lost[: DETAILED - len(self._lost)])
        if len(self._rows.starts) >= self._due:
            self._settle(at_end=False)
            self._due = 2 * len(self._rows.starts) + _WAITING

    def _compare(self, found: Found) -> dict[int, int]:
        """Take the candidates into their batches: the start of the last one taken, by shape."""
        last: dict[int, int] = {}
        for shape in np.flatnonzero(np.bincount(found.shapes)).tolist() if len(found) else ():
            like = np.flatnonzero(found.shapes == shape)
            taken = self._batches[shape].take(found.values[like], found.passing[like])
            last[shape] = int(found.starts[like[taken - 1]]) if taken else -1
        return last

    def _name(self, passage: Passage, last: dict[int, int]) -> None:
        """Take the numbers that a label names into their lists, by start."""
        starts, shapes, both = passage.named()
        if not len(starts):
            return
        room = TALLIED - len(self._named)
        self._named += both[np.argsort(starts, kind="stable")][:room].tolist()
        for shape in np.unique(shapes).tolist():
            taken = (shapes == shape) & (starts <= last.get(shape, -1))
            if taken.any():
                self._batches[shape].named += both[taken].tolist()

    def _keep(self, one: Candidate, evidence: Evidence, offset: int, line: int) -> None:
        case, rows = self._case_of(one, evidence), self._rows
        rows.starts.append(one.start + offset)
        rows.lengths.append(one.end - one.start)
        rows.values.append(int(one.digits))
        rows.lines.append(line)
        rows.cases.append(case)
        rows.verdicts.append(UNDECIDED)

    def _case_of(self, one: Candidate, evidence: Evidence) -> int:
        """Index of the case; one for all that are alike but for place and digits."""
        form = (one.form, one.flags, one.passes, one.code, len(one.digits))
        said = (evidence.meaning, evidence.scope, evidence.generic, evidence.specimen)
        key = (*form, *said, *evidence.codes)
        if (case := self._cases.get(key)) is None:
            case = self._cases[key] = len(self._case)
            self._case.append(Case(*form, evidence))
        return case

    def _keep_all(self, others: Unweighed, since: int, offset: int, line: int) -> None:
        """Keep those that were not weighed, among the rows of the passage from ``since`` on."""
        found = others.found
        kinds = others.nth << 17 | found.shapes << 1 | found.passing
        kinds, first, nth = np.unique(kinds, return_index=True, return_inverse=True)
        said = (others.evidence[at] for at in (kinds >> 17).tolist())
        cases = [*map(self._case_of, found.pick(first), said)]
        self._rows.sort_in(
            since,
            starts=found.starts + offset,
            lengths=found.ends - found.starts,
            values=found.values,
            lines=others.breaks + line,
            cases=np.array(cases)[nth],
            verdicts=np.full(len(found), UNDECIDED),
        )

    def _decided(self, case: Case) -> bool:
        """Whether no number to come can change the verdict."""
        if case.evidence.strong and len(self._named) < TALLIED:
            return False
        return case.form == LABELLED or not self._batches[case.shape].room

    def _settle(self, *, at_end: bool) -> None:
        """Judge what need not wait, and forget what is none."""
        ready = np.array([at_end or self._decided(case) for case in self._case], dtype=np.bool_)
        rows = self._rows
        verdicts, cases = np.array(rows.verdicts), np.array(rows.cases)
        chosen = np.flatnonzero((verdicts == UNDECIDED) & ready[cases])
        if not len(chosen):
            return
        named = tally_marked(self._named)
        batches = {shape: batch.tally() for shape, batch in self._batches.items()}
        # Of very many, most count as none whatever their digits: that is asked once.
        kinds = cases[chosen] * 2 + (np.array(rows.values)[chosen] % 10 == 0)
        for kind in np.unique(kinds).tolist():
            alike, case = chosen[kinds == kind], self._case[kind >> 1]
            batch = batches.get(case.shape)
            one = rows.candidate(int(alike[0]), case)
            if len(alike) > _FEW and self._hopeless(case, one, batch, named):
                verdicts[alike] = DROPPED
                continue
            verdicts[alike] = self._judge_alike(case, alike, batch, named)
        rows.verdicts = array(rows.verdicts.typecode, verdicts.tobytes())
        self._rows = rows.without_dropped()

    def _hopeless(self, case: Case, one: Candidate, batch: Tally | None, named: Tally) -> bool:
        """Whether none of a case counts whose check digit is 0 or not as this one's is."""
        return case.passes and not any(
            judge(codes_of(one, case.evidence, self._near, batch, named, value))
            for value in supposed(one)
        )

    def _judge_alike(
        self, case: Case, alike: npt.NDArray[np.int64], batch: Tally | None, named: Tally
    ) -> npt.NDArray[np.int64]:
        """Judge rows of a case that end in 0, or in anything else: once for what digits can say."""
        answers, said = np.full(len(alike), UNDECIDED), case.evidence
        if len(alike) > _FEW and case.code != RESIDENT and not said.specimen:
            kinds = shapes(np.array(self._rows.values)[alike], strong=said.strong)
            for kind in np.unique(kinds[kinds != ASK]).tolist():
                same = np.flatnonzero(kinds == kind)
                one = self._rows.candidate(int(alike[same[0]]), case)
                answers[same] = self._judge(case, one, batch, named)
        known: dict[tuple[str, ...], int] = {}
        for at in np.flatnonzero(answers == UNDECIDED).tolist():
            one = self._rows.candidate(int(alike[at]), case)
            value = tuple(value_codes(one, said))
            if value not in known:
                known[value] = self._judge(case, one, batch, named)
            answers[at] = known[value]
        return answers

    def _judge(self, case: Case, one: Candidate, batch: Tally | None, named: Tally) -> int:
        codes = codes_of(one, case.evidence, self._near, batch, named)
        if not one.passes and one.code != RESIDENT and case.evidence.scope > LINE:
            return DROPPED
        confidence = judge(codes)
        if confidence is None:
            return DROPPED
        key = (id(case), codes)
        if key not in self._verdicts:
            self._verdicts[key] = len(self._verdict)
            self._verdict.append(Verdict(case, confidence, codes))
        return self._verdicts[key]

    def finish(self, *, single: bool) -> Detection:
        """Judge the rest; in a ``single`` line, places are not worth telling."""
        if not self._rows.starts and not self._lost:
            return NOTHING
        self._settle(at_end=True)
        hits = Hits(self._rows, self._verdict, single=single)
        lost = ("" if single else f"line {line}" for line in self._lost)
        suspects = tuple(Suspect("digits_lost", place) for place in lost)
        return Detection(hits if len(hits) > _OBJECTS else tuple(hits), suspects)


def detect_text(text: str, around: Sequence[str]) -> Detection:
    """Detect in ``text``; ``around`` are names that say what it is about, outermost first."""
    if len(text) < DIRECT:
        return _direct(text, around)
    gathering = Gathering(around)
    source, repeats = Characters(text), Repeats()
    for low in range(0, len(text), BLOCK):
        for passage, origin in passages(source, low, min(low + BLOCK, len(text)), repeats):
            gathering.add(passage, origin)
    return gathering.finish(single="\n" not in text)


def _direct(text: str, around: Sequence[str]) -> Detection:
    """Read a short text as one passage; it may be a name, or what a code on a card holds."""
    read = [*read_passages(text, 0, len(text))]
    if not read:
        return NOTHING
    kept = [one for passage in read for one in passage.kept]
    if around and around[-1].endswith(CODE) and len(kept) == 1 and text.strip().isdecimal():
        kept[0][1].codes.append("card_code")
    for one, evidence in kept:
        if evidence.meaning is None and (code := person_code(text, one.start, one.end)):
            evidence.codes.append(code)
    gathering = Gathering(around)
    for passage in read:
        gathering.add(passage, lambda: (0, 0))
    return gathering.finish(single="\n" not in text)
