"""Access tokens of the sample tenant: JWT-shaped, signed with a key of this process."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from connectors._sample_tenant._roles import (
    ARM_READER,
    DATAVERSE_USER,
    FILE_READER,
    QUEUE_READER,
    STORAGE_OWNER,
    STORAGE_READER,
    TABLE_READER,
)
from connectors._sample_tenant._wire import Call, dump, request_id

GRAPH, STORAGE, ARM, DATAVERSE, VAULT = "graph", "storage", "arm", "dataverse", "vault"
MONITOR = "monitor"
_ELSEWHERE = frozenset(
    {
        STORAGE_READER,
        STORAGE_OWNER,
        FILE_READER,
        QUEUE_READER,
        TABLE_READER,
        ARM_READER,
        DATAVERSE_USER,
    }
)
"""What stands in no token."""
RESOURCES = {
    "https://graph.microsoft.com": GRAPH,
    "https://storage.azure.com": STORAGE,
    "https://management.azure.com": ARM,
    "https://management.core.windows.net": ARM,
    "https://vault.azure.net": VAULT,
    "https://monitor.azure.com": MONITOR,
}
SECONDS = 3599


class BadToken(Exception):
    """Why a bearer token was refused: ``missing``, ``malformed``, ``expired`` or ``audience``."""

    def __init__(self, why: str) -> None:
        """Remember why."""
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Application:
    """The app registration: what it may do and how it proves itself."""

    client_id: str
    secret: str = field(repr=False)
    roles: Sequence[str] = ()
    certificate: Any = field(default=None, repr=False)
    """Public key that client assertions are signed for; None where there is none."""


class Tokens:
    """Issues tokens and checks them."""

    def __init__(self, origin: str, tenant: str, app: Application) -> None:
        """``origin`` is an audience too: SDKs derive the scope from the host they talk to."""
        self._origin = origin
        self._tenant = tenant
        self._app = app
        self._key = secrets.token_bytes(32)
        self._known: dict[str, dict[str, Any]] = {}
        self.roles = frozenset(app.roles)
        """All that the application was granted, Azure roles too."""
        self.client_id = app.client_id

    def issue(self, resource: str, *, seconds: float = SECONDS, challenged: bool = False) -> str:
        """A token for ``resource``; ``challenged`` marks one that answers a claims challenge."""
        now = int(time.time())
        payload: dict[str, Any] = {
            "aud": resource,
            "iss": f"https://sts.windows.net/{self._tenant}/",
            "iat": now,
            "nbf": now,
            "exp": int(now + seconds),
            "app_displayname": "mynumber-audit",
            "appid": self._app.client_id,
            "appidacr": "1",
            "idtyp": "app",
            "oid": request_id(),
            "tid": self._tenant,
            "uti": request_id(),
            "ver": "1.0",
        }
        if RESOURCES.get(resource, GRAPH) == GRAPH:
            payload["roles"] = [r for r in self._app.roles if r not in _ELSEWHERE]
        if challenged:
            payload["xms_cc"] = ["cp1"]
            payload["challenged"] = True
        head = _encode(dump({"typ": "JWT", "alg": "HS256", "kid": "sample-tenant"}))
        body = f"{head}.{_encode(dump(payload))}"
        return f"{body}.{_encode(self._sign(body))}"

    def _sign(self, body: str) -> bytes:
        return hmac.new(self._key, body.encode(), hashlib.sha256).digest()

    def check(self, call: Call, service: str) -> dict[str, Any]:
        """The claims of the call's bearer token; raises :class:`BadToken`."""
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise BadToken("missing")
        claims = self._known.get(token)
        if claims is None:
            body, _, signature = token.rpartition(".")
            if not hmac.compare_digest(signature, _encode(self._sign(body))):
                raise BadToken("malformed")
            claims = orjson.loads(_decode(body.partition(".")[2]))
            if len(self._known) > 64:
                self._known.clear()
            self._known[token] = claims
        if claims["exp"] <= time.time():
            raise BadToken("expired")
        audience = claims["aud"]
        if RESOURCES.get(audience) != service and not (
            audience == self._origin and service != STORAGE
        ):
            raise BadToken("audience")
        return claims

    def signed(self, assertion: str) -> bool:
        """Whether a client assertion names the application and was signed with its certificate."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding

        if self._app.certificate is None:
            return False
        try:
            head, payload, signature = (_decode(part) for part in assertion.split("."))
            header, claims = orjson.loads(head), orjson.loads(payload)
            pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
            scheme = pss if header["alg"] == "PS256" else padding.PKCS1v15()
            signed = assertion.rpartition(".")[0].encode()
            self._app.certificate.verify(signature, signed, scheme, hashes.SHA256())
            ours = {claims["iss"].lower(), claims["sub"].lower()} == {self._app.client_id.lower()}
            return ours and claims["exp"] > time.time() and claims["aud"].startswith(self._origin)
        except (ValueError, KeyError, TypeError, InvalidSignature):
            return False


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
