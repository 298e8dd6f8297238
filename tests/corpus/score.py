"""Scores detection and the baselines on one split of the corpus, document by document.

PYTHONPATH=.:tests python -m corpus.score --baselines --templates --write
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from auditor.detect import Confidence, Hit, Kind, Number, detect
from corpus.baselines import checksum, labelled, presidio, purview
from corpus.document import SPLITS, Document, documents
from corpus.measures import (
    LEVELS,
    OURS,
    Judged,
    exact_share,
    false_alarms,
    figures,
    labelled_recall,
    samples_as_real,
    share,
    templates_wrong,
)

__all__ = ["PAGE", "hits_of", "judged", "write_between"]

BASELINES: tuple[ModuleType, ...] = (purview, presidio, labelled, checksum)
_ABREAST = 3
PAGE = Path(__file__).resolve().parents[2] / "docs" / "detection.md"
SAMPLES = frozenset(
    Number(digits)
    for digits in (
        "123456789018 123456789012 111111111118 000111111111 621498320257 465281266333 "
        "983205673214 000000000000 999999999996"
    ).split()
)
"""Published values (reference 1.3), written down here once more so that a lost one is noticed."""


def hits_of(document: Document) -> Iterator[Hit]:
    """Detect as an audit does: every segment, and every name inside those around it."""
    for segment in document.segments:
        yield from detect(segment, around=document.around).hits
    for depth, name in enumerate(document.around):
        yield from detect(name, around=document.around[:depth]).hits


def _real(document: Document) -> list[Hit]:
    return [
        hit
        for hit in hits_of(document)
        if hit.kind is Kind.INDIVIDUAL_NUMBER and hit.confidence is not Confidence.SAMPLE
    ]


def judged(split: str, each: int, baselines: Sequence[ModuleType] = (purview,)) -> Iterator[Judged]:
    """Run our detector and ``baselines`` over ``each`` documents of every template of a split."""
    for document in documents(split, each):
        real = _real(document)
        confidences = {hit.confidence.value for hit in real}
        found = {(OURS, level) for level, names in LEVELS.items() if confidences & names}
        for baseline in baselines:
            levels = baseline.find(document)
            found |= {(baseline.NAME, level) for level, digits in levels.items() if digits}
        certain = {hit.number for hit in real if hit.confidence.value in LEVELS["medium+"]}
        yield Judged(
            document.template,
            document.category,
            document.positive,
            document.labelled,
            frozenset(found),
            certain == set(map(Number, document.numbers)),
            any(hit.number in SAMPLES for hit in real),
        )


def _percent(part: float) -> str:
    return "–" if math.isnan(part) else f"{part:.1%}"


def _detectors(rows: Sequence[Judged], baselines: Sequence[ModuleType]) -> Iterator[str]:
    yield "| detector | level | precision | recall | F1 | false alarms | bare numbers found |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    levels = [(OURS, level) for level in LEVELS]
    levels += [(one.NAME, level) for one in baselines for level in one.LEVELS]
    for name, level in levels:
        line = figures(rows, name, level)
        cells = (
            name,
            level,
            _percent(line.precision),
            _percent(line.recall),
            f"{line.f1:.3f}",
            f"{line.false:,}",
            _percent(line.bare),
        )
        yield "| " + " | ".join(cells) + " |"


def _positive(rows: Sequence[Judged]) -> Iterator[str]:
    yield "| with a number | count | found at high | medium+ | low+ | Purview's rule at 65 |"
    yield "|---|" + "--:|" * 5
    for category in sorted({row.category for row in rows if row.positive}):
        here = [row for row in rows if row.positive and row.category == category]
        asked = [*((OURS, level) for level in LEVELS), (purview.NAME, "65")]
        found = [sum(one in row.found for row in here) for one in asked]
        shares = [_percent(share(count, len(here))) for count in found]
        yield "| " + " | ".join((category, str(len(here)), *shares)) + " |"


def _negative(rows: Sequence[Judged]) -> Iterator[str]:
    """Three kinds a line."""
    yield "| without one | count | medium+, low | Purview 85, 65 " * _ABREAST + "|"
    yield "|---|--:|--:|--:" * _ABREAST + "|"
    kinds = []
    for category in sorted({row.category for row in rows if not row.positive}):
        here = [row for row in rows if not row.positive and row.category == category]
        certain, all_of_them = (false_alarms(here, OURS, level) for level in ("medium+", "low+"))
        strict, loose = (false_alarms(here, purview.NAME, level) for level in purview.LEVELS)
        ours, theirs = f"{certain}, {all_of_them - certain}", f"{strict}, {loose}"
        kinds.append(f"| {category} | {len(here)} | {ours} | {theirs} ")
    kinds += ["| " * 4] * (-len(kinds) % _ABREAST)
    deep = len(kinds) // _ABREAST
    for n in range(deep):
        yield "".join(kinds[n::deep]) + "|"


def _summary(rows: Sequence[Judged]) -> Iterator[str]:
    positive = sum(row.positive for row in rows)
    kinds = len({row.template for row in rows})
    ours = false_alarms(rows, OURS, "medium+")
    theirs = {level: false_alarms(rows, purview.NAME, level) for level in purview.LEVELS}
    yield f"{len(rows):,} documents of {kinds} kinds, {positive:,} of them with a number."
    yield (
        f"Recall at high where a label stands in scope: {_percent(labelled_recall(rows))}. "
        f"Distinct numbers counted exactly: {_percent(exact_share(rows))}. "
        f"Published samples given as real: {samples_as_real(rows)}."
    )
    yield (
        f"False alarms at medium and above: {ours}; by Purview's published rule "
        f"{theirs['85']:,} at 85 and {theirs['65']:,} at 65."
    )


def page(rows: Sequence[Judged], baselines: Sequence[ModuleType]) -> str:
    """Write everything as Markdown."""
    blocks = (_summary(rows), _detectors(rows, baselines), _positive(rows), _negative(rows))
    return "\n\n".join("\n".join(block) for block in blocks)


def write_between(marker: str, text: str) -> None:
    """Put ``text`` between two comments of the page on detection."""
    begin, end = f"<!-- {marker}:begin -->\n", f"<!-- {marker}:end -->"
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    if not rest or end not in rest:
        raise ValueError(f"{PAGE.name} has no place for {marker}")
    PAGE.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")


def main() -> None:
    """Print the scores, and perhaps write them into the page."""
    parser = argparse.ArgumentParser(prog="python -m corpus.score", description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="held_out")
    parser.add_argument("--each", type=int, default=40, help="documents of every template")
    parser.add_argument("--baselines", action="store_true", help="all baselines, not one")
    parser.add_argument("--templates", action="store_true", help="name the templates at fault")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {PAGE.name}")
    asked = parser.parse_args()
    baselines = BASELINES if asked.baselines else (purview,)
    began = time.process_time()
    rows = list(judged(asked.split, asked.each, baselines))
    text = page(rows, baselines)
    print(text, f"\n{time.process_time() - began:.1f} s of CPU time")
    if asked.templates:
        for what, counts in templates_wrong(rows).items():
            print(f"\n{what}: {counts.total()}")
            for name, count in counts.most_common():
                print(f"  {name} {count}")
    if asked.write:
        write_between("score", text)


if __name__ == "__main__":
    main()
