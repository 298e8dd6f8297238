"""Runs one compared tool over files, under the interpreter that has it installed.

``python real_peers.py TOOL SECONDS`` reads paths from its input, one a line, and writes a line of
JSON for each: outcome, CPU seconds, and checksums of what was read (:mod:`real_words`). The tool
works in a process of its own, which is started again when it dies or takes too long.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import multiprocessing
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

import real_words

_MEMORY = 8 << 30
_UNKNOWN = re.compile(r"\(cid:\d+\)")
"""How a tool writes a letter that it does not know."""
_FILES = 500
"""After which the process is replaced, as ours is."""


def _kreuzberg() -> Callable[[str], str]:
    import kreuzberg  # type: ignore[import-not-found]

    config = kreuzberg.ExtractionConfig(use_cache=False)

    def everything(result: Any) -> Iterator[str]:
        yield result.content
        for child in getattr(result, "children", None) or ():
            yield from everything(child.result if hasattr(child, "result") else child)

    def read(path: str) -> str:
        return "\n".join(everything(kreuzberg.extract_file_sync(path, config=config)))

    return read


def _markitdown() -> Callable[[str], str]:
    import markitdown  # type: ignore[import-not-found]

    tool = markitdown.MarkItDown()
    return lambda path: str(tool.convert(path).text_content)


TOOLS = {"kreuzberg": _kreuzberg, "markitdown": _markitdown}


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _serve(pipe: Connection, tool: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    read = TOOLS[tool]()
    pipe.send(("ready", _spent(), (), ()))
    with contextlib.suppress(EOFError):
        while path := pipe.recv():
            before, text, outcome = _spent(), "", "error"
            with contextlib.suppress(BaseException):  # whatever it is, the tool failed
                text, outcome = read(path), "read"
            spent = _spent() - before
            numbers, words = real_words.seen(_UNKNOWN.sub("", text))
            pipe.send((outcome, spent, [*numbers], [*words]))


class _Tool:
    """The process of the tool, through all its lives."""

    def __init__(self, tool: str, seconds: float) -> None:
        self._tool, self._seconds = tool, seconds
        self._process: Any = None
        self._left = 0
        self.started = 0.0
        """CPU seconds that starting took, all lives together."""

    def ask(self, path: str) -> tuple[str, float, list[int], list[int]]:
        if not self._process or not self._left:
            self.stop()
            self._start()
        self._left -= 1
        begun = time.monotonic()
        try:
            self._pipe.send(path)
            if self._pipe.poll(self._seconds):
                reply: tuple[str, float, list[int], list[int]] = self._pipe.recv()
                return reply
            outcome = "late"
        except (EOFError, OSError):
            outcome = "crash"
        self.stop()
        return outcome, time.monotonic() - begun, [], []

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._tool), daemon=True)
        self._process.start()
        theirs.close()
        self._left = _FILES
        self.started += self._pipe.recv()[1]

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join()
            self._process = None


def main() -> None:
    name, seconds = sys.argv[1], float(sys.argv[2])
    tool = _Tool(name, seconds)
    for line in sys.stdin:
        path = line.rstrip("\n")
        outcome, cpu, numbers, words = tool.ask(path)
        told = {"path": path, "outcome": outcome, "cpu": cpu, "numbers": numbers, "words": words}
        print(json.dumps(told), flush=True)
    tool.stop()
    version = importlib.metadata.version(name)
    print(json.dumps({"tool": name, "version": version, "started": tool.started}))


if __name__ == "__main__":
    main()
