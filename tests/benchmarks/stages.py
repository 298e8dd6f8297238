"""What one stage of an audit costs, as a multiple of a named reference.

Both are measured in turns in one run, by CPU time of this process, and the best of each counts: a
busy machine slows both. A ratio of 3 says "three times what the reference takes".
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Stage:
    """Ours, and what it is compared with."""

    reference: str
    ours: Work
    bare: Work
    rounds: int = 5


def spent(work: Work) -> float:
    """CPU seconds of this process for ``work``, without the collector's visits to old objects."""
    gc.collect()
    gc.disable()
    began = time.process_time()
    try:
        work()
        return time.process_time() - began
    finally:
        gc.enable()


def ratio(stage: Stage) -> float:
    """How many times the reference's CPU time the stage takes."""
    stage.ours()
    stage.bare()
    pairs = [(spent(stage.ours), spent(stage.bare)) for _ in range(stage.rounds)]
    return min(ours for ours, _ in pairs) / min(bare for _, bare in pairs)
