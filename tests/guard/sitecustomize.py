"""Keeps pytest, and every Python it starts, on this machine.

Python imports a module of this name at its start; ``tests/conftest.py`` puts this folder on the
search path of child processes. A connection or a name that leads elsewhere is refused and noted
in the file that ``MYNUMBER_AUDIT_NETWORK_LOG`` names; the conftest fails the test that caused it.
"""

import errno
import os
import sys

VARIABLE = "MYNUMBER_AUDIT_NETWORK_LOG"
_LOOPBACK = ("127.", "::1", "::ffff:127.")
_HERE = {"", "localhost", "0.0.0.0", "::"}
# Set aside for examples (RFC 2606, RFC 5737): tests of unreachable hosts use them, so they fail
# as they would on the wire, without a note.
_NOWHERE_NAMES = (".invalid", ".test", ".example")
_NOWHERE_NETS = ("192.0.2.", "198.51.100.", "203.0.113.")


def _word(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")


def _here(host: str) -> bool:
    return host in _HERE or host.startswith(_LOOPBACK) or host.endswith(".localhost")


def _note(event: str, host: str) -> None:
    if path := os.environ.get(VARIABLE):
        with open(path, "a", encoding="utf-8") as log:  # noqa: PTH123
            log.write(f"{event} {host}\n")


def _guard(event: str, args: tuple) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        if not isinstance(address, tuple) or _here(host := _word(address[0])):
            return
        if not host.startswith(_NOWHERE_NETS):
            _note(event, host)
        raise OSError(errno.ENETUNREACH, "refused by tests/guard: not on this machine")
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = _word(args[0])
        if _here(host) or host.replace(".", "").isdigit() or ":" in host:
            return  # an address, not a name: the connection itself will be judged
        if not host.endswith(_NOWHERE_NAMES):
            _note(event, host)
        from socket import EAI_NONAME, gaierror

        raise gaierror(EAI_NONAME, "refused by tests/guard: not on this machine")


if VARIABLE in os.environ:
    sys.addaudithook(_guard)
