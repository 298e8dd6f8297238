"""Reads third-party files of every kind, and asks compared tools what they see in the same files.

Run as ``python tests/benchmarks/real_files.py FOLDER [--from MIRRORS] [--peers PYTHON]``. Sources
that are not below FOLDER yet are written there (:mod:`real_corpus`; about 600 MB). Every file goes
through the workers twice: once timed, once with what the detector is given taken down as keyed
checksums (:mod:`real_seen`). ``--peers`` is the interpreter of an environment with ``kreuzberg``
and ``markitdown[all]``, which run one after the other. What is told are figures and names of
files, never text; the last line is JSON, with the figures that a test can ask for.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import resource
import secrets
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from real_corpus import FILES, materialise
from real_markup import silent
from real_words import KEY
from real_words import seen as checksums

from auditor.model import Content, Limits, Scan, State
from auditor.worker import Workers

HERE = Path(__file__).parent
PEERS = ("kreuzberg", "markitdown")
SECONDS = 60
LIMITS = Limits(seconds=SECONDS, ocr=False)
SHOWN = 40
MAIN = (
    ("pdf", ".pdf .ai"),
    ("Excel", ".xlsx .xlsm .xltx .xltm .xlam"),
    ("xlsb", ".xlsb"),
    ("xls", ".xls .xlt .xla .biff5"),
    ("Word", ".docx .docm .dotx .dotm"),
    ("doc", ".doc .dot"),
    ("PowerPoint", ".pptx .pptm .ppsx .ppsm .potx"),
    ("ppt", ".ppt .pps .pot"),
    ("OpenDocument", ".odt .ods .odp .odg .ott .odf .fodt"),
    ("rtf", ".rtf"),
    ("mail", ".eml .mbox .msg .tnef"),
    ("html", ".html .htm .xhtml"),
    ("xml", ".xml .fb2"),
    ("csv", ".csv .tsv .prn"),
    ("text", ".txt .json .srt"),
)
_MARKED_UP = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?<(?:\?xml|\w+[\s>:])|^(?:From |[\w-]+: )", re.MULTILINE
)
_ECHO = 0.9
KINDS = {suffix: kind for kind, suffixes in MAIN for suffix in suffixes.split()}


@dataclass(slots=True)
class Seen:
    """What one tool saw in one file."""

    outcome: str = "none"
    numbers: frozenset[int] = frozenset()
    words: frozenset[int] = frozenset()

    @property
    def text(self) -> bool:
        return bool(self.numbers or self.words)


@dataclass(slots=True)
class Reading:
    """What one tool made of the whole folder."""

    version: str = ""
    cpu: float = 0.0
    files: dict[str, Seen] = field(default_factory=dict)


async def _through(paths: Sequence[str], target: str) -> list[Scan | None]:
    """Every file through one worker, at most four of them in memory; None where nothing came."""
    pool = Workers(1, LIMITS, bytes(32), target=target)
    held = asyncio.Semaphore(4)

    async def one(path: str) -> Scan | None:
        async with held:
            try:
                return await pool.scan([Content(Path(path).name, Path(path).read_bytes())])
            except RuntimeError:
                return None

    try:
        return await asyncio.gather(*map(one, paths))
    finally:
        await pool.aclose()


def ours(paths: Sequence[str]) -> Reading:
    """What :mod:`auditor.scan` sees; the CPU time is of another run, without looking on."""
    scans = asyncio.run(_through(paths, "real_seen"))
    command = [sys.executable, __file__, "--time"]
    done = subprocess.run(
        command, input="\n".join(paths), capture_output=True, text=True, check=True
    )
    reading = Reading(cpu=float(done.stdout))
    for path, scan in zip(paths, scans, strict=True):
        numbers, words = getattr(scan, "numbers", ()), getattr(scan, "words", ())
        outcome = _outcome(scan)
        reading.files[path] = Seen(outcome, frozenset(numbers), frozenset(words))
    return reading


def _outcome(scan: Scan | None) -> str:
    if scan is None:
        return "none"
    reason = f" {scan.gaps[0].reason}" if scan.gaps and scan.state is not State.PARTIAL else ""
    return f"{scan.state}{reason}"


def _timed() -> None:
    """Scan the files named on the input; print the CPU seconds of all processes."""
    asyncio.run(_through(sys.stdin.read().splitlines(), "auditor.scan"))
    vars(forkserver)["_forkserver"]._stop()  # it alone has waited for the workers
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(sum(one.ru_utime + one.ru_stime for one in used))


def peer(tool: str, python: str, paths: Sequence[str]) -> Reading:
    """What a compared tool sees."""
    command = [python, str(HERE / "real_peers.py"), tool, str(SECONDS)]
    done = subprocess.run(
        command, input="\n".join(paths), stdout=subprocess.PIPE, text=True, check=True
    )
    return told(done.stdout.splitlines())


def told(lines: Iterable[str]) -> Reading:
    reading = Reading()
    for line in lines:
        one: dict[str, Any] = json.loads(line)
        if "path" in one:
            seen = Seen(one["outcome"], frozenset(one["numbers"]), frozenset(one["words"]))
            reading.files[one["path"]] = seen
            reading.cpu += one["cpu"]
        else:
            reading.version = one["version"]
            reading.cpu += one["started"]
    return reading


@dataclass(slots=True)
class Row:
    """One kind of files."""

    files: int = 0
    text: int = 0
    """Files in which a compared tool sees words or numbers."""
    found: int = 0
    """Those of them in which we do."""
    numbers: Counter[str] = field(default_factory=Counter)
    """Seen by all compared tools: "seen", and by us: "found"."""
    words: Counter[str] = field(default_factory=Counter)
    without: list[str] = field(default_factory=list)
    missed: list[tuple[int, int, str]] = field(default_factory=list)

    def take(
        self, path: str, own: Seen, others: Sequence[Seen], unsaid: frozenset[int] = frozenset()
    ) -> None:
        """Count one file; words that are ``unsaid`` need not be found."""
        self.files += 1
        if any(one.text for one in others):
            self.text += 1
            self.found += own.text
            if not own.text:
                self.without.append(f"{path} ({own.outcome})")
        numbers = frozenset.intersection(*(one.numbers for one in others))
        words = frozenset.intersection(*(one.words for one in others)) - unsaid
        self.numbers.update(seen=len(numbers), found=len(numbers & own.numbers))
        self.words.update(seen=len(words), found=len(words & own.words))
        lost = len(numbers - own.numbers), len(words - own.words)
        if any(lost):
            self.missed.append((*lost, path))

    def figures(self) -> dict[str, float]:
        """Shares, in parts of one; 1 where there is nothing to share."""
        return {
            "files": self.files,
            "text": self.found / (self.text or 1) if self.text else 1.0,
            "numbers": self.numbers["found"] / (self.numbers["seen"] or 1)
            if self.numbers["seen"]
            else 1.0,
            "words": self.words["found"] / self.words["seen"] if self.words["seen"] else 1.0,
        }


def compared(own: Reading, others: Sequence[Reading]) -> dict[str, Row]:
    """Rows by kind, and "all": those of them that some reader made something of."""
    rows: dict[str, Row] = defaultdict(Row)
    for path, seen in own.files.items():
        kind = KINDS.get(Path(path).suffix.lower(), "other")
        theirs = [other.files[path] for other in others]
        unsaid = frozenset(silent(Path(path).read_bytes())) if theirs else frozenset()
        if _echoed(path, theirs):
            rows["as it is"].take(path, seen, theirs)
            continue
        for row in (rows[kind], rows["all"]):
            row.take(path, seen, theirs, unsaid)
    return dict(rows)


def _echoed(path: str, others: Sequence[Seen]) -> bool:
    """Whether every compared tool hands on mail or markup with its markup and packed attachments.

    What stands in such markup are names of elements and Base64, not words of the document.
    """
    data = Path(path).read_bytes()
    if not others or not _MARKED_UP.search(data[:4_096]):
        return False
    raw = checksums(data.decode("utf-8", "replace"))[1]
    return all(len(raw & one.words) >= _ECHO * len(raw) for one in others)


def report(own: Reading, others: Mapping[str, Reading], folder: Path) -> dict[str, Any]:
    """Print the tables and where we see less; the figures."""
    rows = compared(own, [*others.values()])
    print(f"{'kind':13} {'files':>6} {'with text':>9} {'found':>6} {'numbers':>16} {'words':>18}")
    for kind, row in rows.items():
        if kind != "all":
            print(_line(kind, row))
    print(_line("all", rows["all"]))
    for name, reading in {"this program": own, **others}.items():
        outcomes = Counter(one.outcome for one in reading.files.values())
        with_text = sum(one.text for one in reading.files.values())
        print(f"{name} {reading.version}: {reading.cpu:.0f} s of CPU, {with_text} files with text")
        print("   ", ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common()))
    for path in rows["all"].without[:SHOWN]:
        print(f"no text: {path.removeprefix(str(folder))}")
    for numbers, words, path in sorted(rows["all"].missed, reverse=True)[:SHOWN]:
        print(f"less: {numbers} numbers, {words} words: {path.removeprefix(str(folder))}")
    return {
        "kinds": {kind: row.figures() for kind, row in rows.items()},
        "none": sum(one.outcome == "none" for one in own.files.values()),
        "cpu": {"ours": own.cpu, **{name: one.cpu for name, one in others.items()}},
    }


def _line(kind: str, row: Row) -> str:
    def share(of: Counter[str]) -> str:
        return f"{of['found']}/{of['seen']} {100 * of['found'] / (of['seen'] or 1):5.1f} %"

    return (
        f"{kind:13} {row.files:6} {row.text:9} {row.found:6} "
        f"{share(row.numbers):>16} {share(row.words):>18}"
    )


def files(folder: Path) -> Iterator[str]:
    """Every file of the sources, not what runs left."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield str(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", help="where the files are, or shall be")
    parser.add_argument("--from", dest="mirrors", type=Path, help="folder of bare mirrors")
    parser.add_argument("--peers", help="interpreter that has the compared tools")
    parser.add_argument("--time", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.time:
        _timed()
        return 0
    os.environ[KEY] = secrets.token_hex(16)
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])
    started = time.monotonic()
    materialise(arguments.folder, arguments.mirrors, FILES)
    paths = [*files(arguments.folder)]
    own = ours(paths)
    others = {tool: peer(tool, arguments.peers, paths) for tool in PEERS if arguments.peers}
    figures = report(own, others, arguments.folder)
    print(f"{len(paths)} files in {time.monotonic() - started:.0f} s")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
