"""``python -m connectors._sample_tenant``: serve the sample company until standard input closes."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from connectors._sample_tenant._company import company
from connectors._sample_tenant._roles import DEFAULT_ROLES
from connectors._sample_tenant._server import Wanted, serve

_LOOK = 1.0
"""Seconds between two looks at whether the parent still lives."""


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m connectors._sample_tenant", description=__doc__
    )
    parser.add_argument("--items", type=int, default=600, help="items in all sources together")
    parser.add_argument("--seed", type=int, default=20260401, help="another seed, another company")
    parser.add_argument("--port", type=int, default=0, help="port of the main host; 0: a free one")
    parser.add_argument("--faults", type=Path, help="JSON or TOML file of fault rules")
    parser.add_argument("--record", type=Path, help="file to which every request is appended")
    parser.add_argument("--roles", default=",".join(DEFAULT_ROLES), help="granted permissions")
    parser.add_argument("--control", default="", help="token of the control endpoint")
    parser.add_argument("--download-lifetime", type=float, default=3600.0, help="seconds")
    parser.add_argument("--certificate", action="store_true", help="also make a client certificate")
    return parser.parse_args(argv)


async def _orphaned(stop: asyncio.Event, parent: int) -> None:
    """Stop when the process that started this one is gone."""
    while os.getppid() == parent:  # noqa: ASYNC110 - the system tells nobody
        await asyncio.sleep(_LOOK)
    stop.set()


def _watch_input(stop: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
    """Stop when standard input ends; read below Python's buffer, which a daemon must not hold."""

    def read() -> None:
        try:
            while os.read(0, 4096):
                pass
        except OSError:
            pass
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=read, daemon=True).start()


async def _main(options: argparse.Namespace, parent: int) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))
    wanted = Wanted(
        seed=options.seed,
        port=options.port,
        faults=options.faults,
        record=options.record,
        roles=tuple(filter(None, (role.strip() for role in options.roles.split(",")))),
        control=options.control,
        download_lifetime=options.download_lifetime,
        certificate=options.certificate,
    )
    async with serve(company(options.items, options.seed), wanted) as ready:
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        _watch_input(stop, loop)
        watch = asyncio.create_task(_orphaned(stop, parent))
        await stop.wait()
        watch.cancel()


def main(argv: Sequence[str] | None = None) -> None:
    """Serve; prints one line of JSON with the endpoints when ready."""
    parent = os.getppid()  # before anybody can know that this one runs
    asyncio.run(_main(_arguments(argv), parent))


if __name__ == "__main__":
    main()
