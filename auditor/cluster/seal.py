"""What travels through a cluster is closed: the scheduler, its state and its logs hold no content.

Pages carry cells, bodies and links that open content; results carry tokens of persons. Coordinator
and workers share a key for each run (AES-256-GCM); a worker gets it closed to a key of its own
(X25519) that lives as long as the run. Only nouns may be packed: a client, a credential or a
function among them is an error of this program, and never leaves.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import io
import pickle
import secrets
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from connectors import ConnectorError

__all__ = ["Lock", "UnsealedError", "new_key", "opened", "pack", "seal", "seal_for", "unpack"]

_NONCE = 12
_PUBLIC = 32
_DATES = {date, datetime, time, timedelta, timezone}


class UnsealedError(Exception):
    """Something came that was not closed with this key, or for this purpose."""


def new_key() -> bytes:
    """A key for one run."""
    return AESGCM.generate_key(256)


def seal(key: bytes, plain: bytes, purpose: str) -> bytes:
    """Close ``plain``; only :func:`opened` with the same key and purpose gives it back."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, purpose.encode())


def opened(key: bytes, sealed: bytes, purpose: str) -> bytes:
    """What :func:`seal` closed. Raises UnsealedError."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        raise UnsealedError(purpose) from None


class Lock:
    """A worker's own: others close with its ``public``, it alone opens."""

    def __init__(self) -> None:
        self._private = X25519PrivateKey.generate()
        self.public = self._private.public_key().public_bytes_raw()

    def opened(self, sealed: bytes, purpose: str) -> bytes:
        """What :func:`seal_for` closed. Raises UnsealedError."""
        try:
            theirs = X25519PublicKey.from_public_bytes(sealed[:_PUBLIC])
            shared = self._private.exchange(theirs)
        except ValueError:
            raise UnsealedError(purpose) from None
        return opened(_derived(shared, sealed[:_PUBLIC] + self.public), sealed[_PUBLIC:], purpose)


def seal_for(public: bytes, plain: bytes, purpose: str) -> bytes:
    """Close ``plain`` so that only the :class:`Lock` of ``public`` opens it."""
    ours = X25519PrivateKey.generate()
    mine = ours.public_key().public_bytes_raw()
    shared = ours.exchange(X25519PublicKey.from_public_bytes(public))
    return mine + seal(_derived(shared, mine + public), plain, purpose)


def _derived(shared: bytes, between: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"mynumber-audit cluster" + between).derive(shared)


def pack(what: Any) -> bytes:
    """Nouns as bytes. Raises TypeError for anything that must stay here."""
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(what)
    return file.getvalue()


def unpack(data: bytes) -> Any:
    """What :func:`pack` gave. Raises UnpicklingError for anything that is no noun."""
    return _Unpickler(io.BytesIO(data)).load()


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        kind = obj if isinstance(obj, type) else type(obj)
        if not _is_noun(kind):
            raise TypeError(f"{kind.__name__} may not travel")
        if isinstance(obj, ConnectorError):  # Dask has others travel with their tracebacks
            return kind, obj.args, vars(obj)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if _may_hold_nouns(module) else None
        if not isinstance(found, type) or not _is_noun(found):
            raise pickle.UnpicklingError(f"{name} may not travel")
        return found


def _may_hold_nouns(module: str) -> bool:
    return module == "datetime" or module.partition(".")[0] in {"auditor", "connectors"}


@functools.cache
def _is_noun(kind: type) -> bool:
    """Frozen dataclasses, enumerations and errors of ours; days and times."""
    if kind in _DATES:
        return True
    if not _may_hold_nouns(kind.__module__):
        return False
    if issubclass(kind, enum.Enum | ConnectorError):
        return True
    return dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
