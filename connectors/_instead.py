"""Another way to list where the better one is not offered, which only its first answer tells."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from connectors._errors import Broken, ConnectorError, Misconfigured

__all__ = ["either", "is_malformed"]

T = TypeVar("T")


async def either(
    first: AsyncIterator[T],
    absent: Callable[[ConnectorError], bool],
    other: Callable[[], AsyncIterator[T]],
) -> AsyncIterator[T]:
    """Everything of ``first``; of ``other``, where the first question shows that it is absent.

    Raises what befell ``first`` once it had begun, or what ``absent`` does not accept; ``absent``
    may raise something that says more.
    """
    begun = False
    try:
        async for one in first:
            begun = True
            yield one
        return
    except Misconfigured:
        raise
    except ConnectorError as error:
        if begun or not absent(error):
            raise
    async for one in other():
        yield one


def is_malformed(error: ConnectorError) -> bool:
    """Whether the service refused the options of a question, not the question."""
    return isinstance(error, Broken) and error.detail.startswith("HTTP 400")
