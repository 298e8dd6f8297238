"""Runs the detector over third-party text: a hit at medium or above there is a false alarm.

Run as ``python tests/benchmarks/real_text.py FOLDER [--from MIRRORS] [--only owner+name …]``.
Sources that are not below FOLDER yet are written there (:mod:`real_corpus`; about 3 GB of disk);
every file goes through :func:`auditor.scan.scan` in two processes, and the hits are told: where
they are and why, never what they are. The last line is JSON, with the figures that a test can ask
for.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from real_corpus import materialise, sources

from auditor import redact
from auditor.detect import Hit
from auditor.model import Content, Limits, State
from auditor.scan import scan

PROCESSES = 2
SECONDS = 60
LIMITS = Limits(depth=3, members=300, expanded_bytes=64 << 20, ratio=200)
PLACES = 25
"""Hits of one file, and of one combination of reasons, that are told one by one."""
SURE = ("high", "medium")
MADE_UP = re.compile(
    r"(?:^|[/._-])(?:tests?|testing|test[_-]?(?:data|files?|suite|cases?)|specs?|__tests__|e2e|"
    r"fixtures?|samples?|examples?|demos?|mocks?|seeds?|dummy|testdata|placeholders?|stories|"
    r"\w*(?:test|spec|sample|example|mock)s?(?=\.\w+$))(?=$|[/._-])|(?<=[a-z])Tests?(?=$|[/.])|"
    r"サンプル|見本|記入例|テスト",
    re.IGNORECASE,
)
"""Paths of samples and test data: numbers there are made up, whatever stands beside them."""
KINDS = {source.folder: source.kind for source in sources()}
ABOUT_NUMBERS = "numbers"
"""The kind of sources that check or make such numbers: whatever they show is a sample."""


class Place(NamedTuple):
    """One hit; nothing of the number."""

    path: str
    part: str
    location: str
    confidence: str
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Document:
    """What came of one file."""

    path: str
    """Below the folder, ``owner+name/…``, as it may be shown."""
    size: int
    made_up: bool
    """The path says sample or test."""
    state: str = State.FAILED.value
    counts: Counter[str] = field(default_factory=Counter)
    """Hits by confidence."""
    places: list[Place] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def best(self) -> str:
        """The surest confidence of its hits; "" without hits."""
        return next((one for one in ("high", "medium", "low", "sample") if self.counts[one]), "")


class Late(BaseException):
    """A file took too long; not an Exception, so that nothing on the way books it as its own."""


# ------------------------------------------------------------------------------------ scanning


def _late(*_: Any) -> None:
    raise Late


def look(job: tuple[str, str]) -> Document:
    """Scan one file and note every hit as it goes through the redaction."""
    folder, path = job
    data = Path(folder, path).read_bytes()
    source, _, inner = path.partition("/")
    shown = redact.mask(path)
    made_up = KINDS.get(source) == ABOUT_NUMBERS or MADE_UP.search(inner) is not None
    document = Document(shown, len(data), made_up)
    groups = redact.groups

    def noting(hits: Iterable[Hit], part: str, key: bytes) -> tuple[redact.Group, ...]:
        met = list(hits)
        for hit in met:
            document.counts[hit.confidence.value] += 1
            if len(document.places) < PLACES:
                (one,) = groups([hit], part, key)
                document.places.append(
                    Place(shown, part, hit.location, one.confidence, one.reasons)
                )
        return groups(met, part, key)

    started = time.perf_counter()
    *around, name = path.split("/")
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(SECONDS)
    redact.groups = noting  # type: ignore[assignment]  # watched, not replaced
    try:
        content = Content(name, data, around=tuple(around))
        document.state = scan(content, LIMITS, key=bytes(32)).state.value
    except Late:
        document.state = "late"
    finally:
        signal.alarm(0)
        redact.groups = groups  # type: ignore[assignment]
    document.seconds = time.perf_counter() - started
    return document


def survey(folder: Path, only: Sequence[str] = ()) -> list[Document]:
    """Scan every file below the folder, or below those of its folders that are named."""
    jobs = [
        (str(folder), path.relative_to(folder).as_posix())
        for root in sorted(folder.iterdir())
        if root.is_dir() and not root.name.startswith(".") and (not only or root.name in only)
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    documents: list[Document] = []
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        for (_, path), document in zip(jobs, pool.map(look, jobs, chunksize=8), strict=True):
            source = path.partition("/")[0]
            if not documents or not documents[-1].path.startswith(f"{source}/"):
                print(source, file=sys.stderr)
            documents.append(document)
    return documents


# ------------------------------------------------------------------------------------- telling


def read(documents: Iterable[Document]) -> list[Document]:
    """Those of which anything was read."""
    return [one for one in documents if one.state in {State.COMPLETE, State.PARTIAL}]


def alarms(documents: Iterable[Document], *confidences: str) -> list[Document]:
    """Documents outside samples and tests whose surest hit is of one of these confidences."""
    return [one for one in documents if one.best in confidences and not one.made_up]


def _row(name: str, documents: Sequence[Document]) -> str:
    seen = read(documents)
    hits = sum((one.counts for one in documents), Counter[str]())
    sure, low = len(alarms(documents, *SURE)), len(alarms(documents, "low"))
    made_up = sum(one.made_up and one.best in {*SURE, "low"} for one in documents)
    megabytes = sum(one.size for one in documents) / 1e6
    share = 1_000 * low / max(1, len(seen))
    return (
        f"{name:12} {megabytes:8.1f} {len(documents):8,} {len(seen):8,} {hits['high']:6} "
        f"{hits['medium']:6} {hits['low']:6} {hits['sample']:6} {sure:6} {low:6} {share:7.2f} "
        f"{made_up:7}"
    )


def report(documents: Sequence[Document]) -> None:
    """Print the table by kind of text and every hit at low and above, by its reasons."""
    sorted_out: dict[str, list[Document]] = {}
    for one in documents:
        sorted_out.setdefault(KINDS.get(one.path.partition("/")[0], "other"), []).append(one)
    print(
        f"{'kind':12} {'MB':>8} {'files':>8} {'read':>8} {'high':>6} {'medium':>6} {'low':>6} "
        f"{'sample':>6} {'D≥med':>6} {'D low':>6} {'‰':>7} {'made up':>7}"
    )
    for kind, alike in sorted(sorted_out.items()):
        print(_row(kind, alike))
    print(_row("all", documents))
    states = Counter(one.state for one in documents)
    print(f"states: {dict(states)}; {sum(one.seconds for one in documents):.0f} s of scanning")
    for one in sorted(documents, key=lambda one: -one.seconds)[:3]:
        print(f"slow: {one.seconds:.1f} s {one.path}")
    _tell(documents)
    print(json.dumps(figures(documents)))


def figures(documents: Sequence[Document]) -> dict[str, float]:
    """What the requirement speaks of."""
    return {
        "megabytes": round(sum(one.size for one in documents) / 1e6, 1),
        "documents": len(read(documents)),
        "medium": len(alarms(documents, *SURE)),
        "low": len(alarms(documents, "low")),
    }


def _tell(documents: Sequence[Document]) -> None:
    made_up = {one.path for one in documents if one.made_up}
    combined: dict[tuple[bool, str, tuple[str, ...]], list[Place]] = {}
    for place in (place for one in documents for place in one.places):
        if place.confidence != "sample":
            key = (place.path in made_up, place.confidence, place.reasons)
            combined.setdefault(key, []).append(place)
    for (sample, confidence, reasons), places in sorted(
        combined.items(), key=lambda item: (item[0][0], item[0][1], -len(item[1]))
    ):
        where = " in samples and tests" if sample else ""
        print(f"\n{confidence}{where}, {len(places)} hits: {' '.join(reasons)}")
        for place in places[:PLACES]:
            print("   ", " · ".join(filter(None, (place.path, place.part, place.location))))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the text is, or is to be written")
    parser.add_argument("--from", dest="mirrors", type=Path, help="folder of bare mirrors")
    parser.add_argument("--only", nargs="+", default=(), help="folders to scan: owner+name …")
    arguments = parser.parse_args()
    materialise(arguments.folder, arguments.mirrors)
    report(survey(arguments.folder, arguments.only))
    return 0


if __name__ == "__main__":
    sys.exit(main())
