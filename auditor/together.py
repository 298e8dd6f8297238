"""Tasks that begin and end together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def together() -> AsyncIterator[Callable[[Coroutine[Any, Any, None]], None]]:
    """Tasks that end together; the first failure ends the others and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            yield lambda work: (group.create_task(work), None)[1]
    except BaseExceptionGroup as errors:
        raise _first(errors) from None


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
