"""A clock for discrete events: tasks are generators that yield what they wait for.

A task yields seconds, a :class:`Places` that it wants to enter, or a :class:`Crew` that it waits
for. Events of one moment come in the order in which they were made, so a run repeats exactly.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from heapq import heappop, heappush
from typing import Any

Task = Generator[Any, None, None]


class Clock:
    """Time, and what is to happen."""

    def __init__(self) -> None:
        self.now = 0.0
        self._coming: list[tuple[float, int, Task]] = []
        self._number = 0

    def start(self, task: Task, seconds: float = 0.0) -> None:
        """Let ``task`` go on in so many seconds."""
        self._number += 1
        heappush(self._coming, (self.now + seconds, self._number, task))

    def run(self) -> float:
        """Run until nothing is to come; the time it took."""
        while self._coming:
            self.now, _, task = heappop(self._coming)
            try:
                wanted = next(task)
            except StopIteration:
                continue
            if isinstance(wanted, float | int):
                self.start(task, wanted)
            else:
                wanted.join(task)
        return self.now


class Places:
    """So many tasks at a time; the others stand in line."""

    def __init__(self, clock: Clock, count: int) -> None:
        self._clock = clock
        self._free = count
        self._line: deque[Task] = deque()

    def join(self, task: Task) -> None:
        if self._free:
            self._free -= 1
            self._clock.start(task)
        else:
            self._line.append(task)

    def leave(self) -> None:
        if self._line:
            self._clock.start(self._line.popleft())
        else:
            self._free += 1


class Crew:
    """Tasks that one other task waits for."""

    def __init__(self, clock: Clock, tasks: list[Task]) -> None:
        self._clock = clock
        self._left = len(tasks)
        self._waiting: Task | None = None
        for task in tasks:
            clock.start(self._watched(task))

    def _watched(self, task: Task) -> Task:
        yield from task
        self._left -= 1
        if not self._left and self._waiting is not None:
            self._clock.start(self._waiting)

    def join(self, task: Task) -> None:
        self._waiting = task
        if not self._left:
            self._clock.start(task)
