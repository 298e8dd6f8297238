"""A long text as a stream, in a process of its own; prints what that cost.

Run as ``python tests/benchmarks/detect_stream.py BYTES``. The text is made on the fly from one
block of prose; one line of JSON: bytes, CPU seconds of detection, CPU seconds of decoding alone,
peak resident bytes at the end, hits.
"""

from __future__ import annotations

import codecs
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from auditor.detect.stream import Stream
from benchmarks import detect_inputs

_READ = 1 << 20


def pieces(size: int) -> Iterator[bytes]:
    """Cut the block again and again, at other places each time."""
    block = detect_inputs.prose(700_000).encode()
    ring = block + block[:_READ]
    done = 0
    while done < size:
        at = done % len(block)
        yield ring[at : at + _READ]
        done += _READ


def decoded(size: int, spent: list[float]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for piece in pieces(size):
        started = time.process_time()
        text = decoder.decode(piece)
        spent.append(time.process_time() - started)
        yield text


def peak() -> int:
    """Peak resident bytes of this program; ``getrusage`` may count its parent's, too."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(size: int) -> None:
    decode: list[float] = []
    detect: list[float] = []
    stream = Stream()
    for text in decoded(size, decode):
        started = time.process_time()
        stream.feed(text)
        detect.append(time.process_time() - started)
    started = time.process_time()
    hits = len(stream.finish().hits)
    detect.append(time.process_time() - started)
    print(
        json.dumps(
            {
                "bytes": size,
                "detect": sum(detect),
                "decode": sum(decode),
                "all": sum(detect) + sum(decode),
                "peak": peak(),
                "hits": hits,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
