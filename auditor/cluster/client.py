"""Dask's client, as the settings want it: TLS with their files, and silent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from auditor._run import Engine
from connectors import Misconfigured
from connectors._identity import host_of

__all__ = ["CONNECT", "close", "connected", "reached"]

CONNECT = 20.0
"""Seconds until a scheduler that does not answer counts as unreachable."""
_LAST = 15.0
"""Seconds for saying good-bye."""


@contextmanager
def reached(engine: Engine) -> Iterator[None]:
    """What keeps us from a cluster, as a fault of the settings. Raises Misconfigured."""
    try:
        yield
    except ImportError:
        raise Misconfigured("no_dask", "mynumber-audit[dask]") from None
    except (OSError, TimeoutError, ValueError, RuntimeError, TypeError) as error:
        host = host_of(engine.scheduler)
        raise Misconfigured("unreachable", type(error).__name__, host=host) from None


async def connected(engine: Engine) -> Any:
    """A client of the cluster, to be closed by the caller. Raises whatever Dask raises."""
    from distributed import Client

    _quiet()
    client: Any = Client(  # type: ignore[no-untyped-call]
        engine.scheduler, asynchronous=True, security=_security(engine),
        timeout=CONNECT, set_as_default=False, name="mynumber-audit",
    )  # fmt: skip
    try:
        await client
    except BaseException:
        await close(client)
        raise
    return client


async def close(client: Any) -> None:
    """Hang up, whatever state the line is in."""
    with suppress(Exception):
        await asyncio.wait_for(client.close(), _LAST)


def _security(engine: Engine) -> Any:
    """TLS with the files of the settings, else as Dask's own configuration has it."""
    from distributed.security import Security

    if not engine.scheduler.startswith("tls"):
        return Security(require_encryption=False)  # type: ignore[no-untyped-call]
    files = {
        "tls_ca_file": engine.security_ca,
        "tls_client_cert": engine.security_cert,
        "tls_client_key": engine.security_key,
    }
    named = {name: file for name, file in files.items() if file}
    return Security(require_encryption=True, **named)  # type: ignore[no-untyped-call]


def _quiet() -> None:
    """Dask's own words are about its insides; what a person must know is said by us."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
