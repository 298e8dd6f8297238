"""One long file through ``scan``: CPU time, and the most memory of every process of it.

    python tests/benchmarks/long_file.py GIBIBYTES csv|log FOLDER

Writes the file into FOLDER, which needs room for it, and removes it again.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import psutil

BLOCK = 8 << 20
EVERY = 20_000
"""Lines of which one holds a number."""


def number(rng: random.Random) -> str:
    """An Individual Number that nobody has on purpose."""
    base = [rng.randrange(10) for _ in range(11)]
    rest = sum(d * w for d, w in zip(base, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return "".join(map(str, base)) + str(0 if rest <= 1 else 11 - rest)


def block(kind: str, seed: int) -> bytes:
    """Some mebibytes of lines, a few of which hold a number."""
    rng = random.Random(seed)
    lines: list[str] = []
    size = 0
    while size < BLOCK:
        n = len(lines)
        told = number(rng) if n % EVERY == 0 else ""
        if kind == "csv":
            line = f"{seed:06d}{n:06d},社員{n % 997},東京都千代田区{n % 89}番地,{told}"
            line += f",{n % 7_919}\n"
        else:
            line = f"2026-04-01T09:{n % 60:02d}:00 INFO request {n:08x} done in {n % 977} ms"
            line += f" 個人番号={told}\n" if told else "\n"
        lines.append(line)
        size += len(line.encode())
    return "".join(lines).encode()


def write(path: Path, kind: str, size: int) -> None:
    """Write the file, a few different blocks over and over."""
    blocks = [block(kind, seed) for seed in range(16)]
    with path.open("wb") as file:
        if kind == "csv":
            file.write("番号,氏名,住所,個人番号,備考\n".encode())
        at = 0
        while file.tell() < size:
            file.write(blocks[at % len(blocks)])
            at += 1


def measure(command: list[str]) -> tuple[float, float, dict[int, int], str]:
    """Seconds, CPU seconds, and the most resident bytes by process."""
    started = time.monotonic()
    process = psutil.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    most: dict[int, int] = {}
    spent: dict[int, float] = {}
    while process.poll() is None:
        for one in (process, *process.children(recursive=True)):
            try:
                most[one.pid] = max(most.get(one.pid, 0), one.memory_info().rss)
                times = one.cpu_times()
                spent[one.pid] = times.user + times.system
            except psutil.Error:
                continue
        time.sleep(0.2)
    assert process.stdout
    return time.monotonic() - started, sum(spent.values()), most, process.stdout.read()


def main() -> None:
    """Write, scan, tell, remove."""
    gibibytes, kind, folder = float(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    path = folder / f"long.{kind}"
    write(path, kind, int(gibibytes * (1 << 30)))
    try:
        program = [sys.executable, "-m", "auditor", "scan", str(path), "--format", "jsonl"]
        seconds, spent, most, told = measure(program)
        size = path.stat().st_size
    finally:
        path.unlink()
    print(f"{size / (1 << 30):.2f} GiB of {kind}: {seconds:.0f} s, CPU {spent:.0f} s,", end=" ")
    print(f"{size / (1 << 20) / spent:.0f} MiB/s; most resident MiB by process:", end=" ")
    print(sorted((rss >> 20 for rss in most.values()), reverse=True))
    print(told[:2_000])


if __name__ == "__main__":
    main()
