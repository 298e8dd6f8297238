"""Ports for processes that cannot be told to choose one themselves."""

from __future__ import annotations

import random
import socket


def free_port() -> int:
    """A port that nothing listens on, below those that the system gives to clients.

    Those are taken again by whoever connects somewhere, before a process has started here.
    """
    source = random.SystemRandom()  # others start processes at the same time, some with our seed
    while True:
        port = source.randrange(10_000, 32_000)
        with socket.socket() as line:
            try:
                line.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
