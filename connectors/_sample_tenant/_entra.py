"""Entra ID: the token endpoint for an application, and the documents that lead to it.

Imitated: client credentials with a secret or a signed assertion, and the answers to a wrong
secret, an unknown application, an unknown tenant, an unknown resource, a wrong scope. Tokens look
like JWTs and are signed with a key of this process. Not imitated: any sign-in of a person,
managed identities, federation.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from connectors._sample_tenant._tokens import RESOURCES, SECONDS, Application, Tokens
from connectors._sample_tenant._wire import Answer, Call, Refusal, dump, request_id

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Entra:
    """The sign-in service of one tenant with one application."""

    def __init__(
        self, origin: str, tenant: str, names: Sequence[str], app: Application, tokens: Tokens
    ) -> None:
        """``names`` are the domains that stand for ``tenant``."""
        self._origin = origin
        self._tenant = tenant
        self._names = {tenant.lower(), *(name.lower() for name in names)}
        self._app = app
        self._tokens = tokens

    # --------------------------------------------------------------------------------- documents

    def handle(self, call: Call) -> Answer:
        """Answer a call below ``/{tenant}`` or ``/common``."""
        match call.segments:
            case (_, "discovery", "instance"):
                return self._instance()
            case (tenant, *_, ".well-known", "openid-configuration"):
                return self._configuration(tenant)
            case (tenant, "oauth2", "v2.0", "token"):
                if call.method != "POST":
                    raise _refused(
                        400, "invalid_request", 900561, "The endpoint only accepts POST."
                    )
                return self._token(call, tenant)
            case (_, "discovery", "v2.0", "keys"):
                return _json({"keys": []})
            case _:
                pass
        raise Refusal(Answer(404))

    def _instance(self) -> Answer:
        host = self._origin.removeprefix("https://")
        return _json(
            {
                "tenant_discovery_endpoint": (
                    f"{self._origin}/{self._tenant}/v2.0/.well-known/openid-configuration"
                ),
                "api-version": "1.1",
                "metadata": [
                    {"preferred_network": host, "preferred_cache": host, "aliases": [host]}
                ],
            }
        )

    def _configuration(self, tenant: str) -> Answer:
        self._check_tenant(tenant)
        base = f"{self._origin}/{self._tenant}"
        return _json(
            {
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "token_endpoint_auth_methods_supported": [
                    "client_secret_post",
                    "private_key_jwt",
                    "client_secret_basic",
                ],
                "jwks_uri": f"{self._origin}/{self._tenant}/discovery/v2.0/keys",
                "response_modes_supported": ["query", "fragment", "form_post"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "response_types_supported": ["code", "id_token"],
                "scopes_supported": ["openid", "profile", "email", "offline_access"],
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
                "tenant_region_scope": "AS",
                "cloud_instance_name": self._origin.removeprefix("https://"),
            }
        )

    # ------------------------------------------------------------------------------------- token

    def _check_tenant(self, tenant: str) -> None:
        if tenant.lower() not in self._names:
            raise _refused(
                400,
                "invalid_request",
                90002,
                f"Tenant '{tenant[:60]}' not found. Check to make sure you have the correct tenant "
                "ID and are signing into the correct cloud.",
            )

    def _token(self, call: Call, tenant: str) -> Answer:
        self._check_tenant(tenant)
        form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
        for name in ("grant_type", "client_id", "scope"):
            if not form.get(name):
                raise _refused(
                    400,
                    "invalid_request",
                    900144,
                    f"The request body must contain the following parameter: '{name}'.",
                )
        if form["grant_type"] != "client_credentials":
            raise _refused(
                400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type."
            )
        app = self._app
        if form["client_id"].lower() != app.client_id.lower():
            raise _refused(
                400,
                "unauthorized_client",
                700016,
                f"Application with identifier '{form['client_id'][:60]}' was not found in the "
                f"directory '{self._tenant}'.",
            )
        self._check_proof(form)
        scope = form["scope"].split()[0]
        if not scope.endswith("/.default"):
            raise _refused(
                400,
                "invalid_scope",
                1002012,
                f"The provided value for scope {scope[:60]} is not valid. Client credential flows "
                "must have a scope value with /.default suffixed to the resource identifier.",
            )
        resource = scope.removesuffix("/.default").rstrip("/")
        if resource not in {*RESOURCES, self._origin}:
            raise _refused(
                400,
                "invalid_resource",
                500011,
                f"The resource principal named {resource[:60]} was not found in the tenant.",
            )
        challenged = '"nbf"' in form.get("claims", "")
        return _json(
            {
                "token_type": "Bearer",
                "expires_in": SECONDS,
                "ext_expires_in": SECONDS,
                "access_token": self._tokens.issue(resource, challenged=challenged),
            }
        )

    def _check_proof(self, form: dict[str, str]) -> None:
        if "client_assertion" in form:
            if form.get("client_assertion_type") != _ASSERTION or not self._tokens.signed(
                form["client_assertion"]
            ):
                raise _refused(
                    401,
                    "invalid_client",
                    700027,
                    "The certificate with identifier used to sign the client assertion is not "
                    "registered on application.",
                )
            return
        if "client_secret" not in form:
            raise _refused(
                401,
                "invalid_client",
                7000216,
                "'client_assertion', 'client_secret' or 'request' is required for the "
                "'client_credentials' grant type.",
            )
        if not hmac.compare_digest(form["client_secret"].encode(), self._app.secret.encode()):
            raise _refused(
                401,
                "invalid_client",
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is "
                "the client secret value, not the client secret ID, for a secret added to app "
                f"'{self._app.client_id}'.",
            )


def _json(value: Any, status: int = 200) -> Answer:
    headers = {
        "content-type": "application/json; charset=utf-8",
        "cache-control": "no-store, no-cache",
        "x-ms-request-id": request_id(),
    }
    return Answer(status, dump(value), headers)


def _refused(status: int, error: str, code: int, message: str) -> Refusal:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    trace, correlation = request_id(), request_id()
    return Refusal(
        _json(
            {
                "error": error,
                "error_description": (
                    f"AADSTS{code}: {message} Trace ID: {trace} Correlation ID: {correlation} "
                    f"Timestamp: {now}"
                ),
                "error_codes": [code],
                "timestamp": now,
                "trace_id": trace,
                "correlation_id": correlation,
                "error_uri": f"https://login.microsoftonline.com/error?code={code}",
            },
            status,
        )
    )
