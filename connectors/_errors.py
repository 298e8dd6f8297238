"""What can go wrong while reading a tenant, named by what the caller does next.

    ConnectorError
    ├── Denied          leave this scope or item, say which permission would open it
    ├── Gone            it was there when listed; leave it
    ├── Withheld        the service does not hand the content out (archive tier, malware); leave it
    ├── Broken          it may work later; the next run tries again
    └── Misconfigured   stop before work: settings, credentials or hosts are wrong

Every error carries ``reason``, a word of the closed list in ``contract`` order, and ``detail``, a
technical sentence that never quotes content, a URL with a query, or a token.
"""

from __future__ import annotations

__all__ = ["Broken", "ConnectorError", "Denied", "Gone", "Misconfigured", "Withheld"]


class ConnectorError(Exception):
    """Base of everything a connector raises on purpose."""

    default_reason = "service_error"

    def __init__(self, detail: str = "", *, reason: str = "", permission: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.reason = reason or self.default_reason
        self.permission = permission
        """The permission that would open it, in the service's own name, if known."""


class Denied(ConnectorError):
    """The service refused: reason ``permission_denied`` or ``not_licensed``."""

    default_reason = "permission_denied"


class Gone(ConnectorError):
    """Deleted or moved between listing and reading."""

    default_reason = "gone"


class Withheld(ConnectorError):
    """The content exists but the service does not serve it as it stands."""

    default_reason = "archived_tier"


class Broken(ConnectorError):
    """A fault of the service or the line; ``throttled`` when asked to wait for too long."""


class Misconfigured(ConnectorError):
    """The run cannot start: ``code`` names the message with the remedy in the catalogue."""

    def __init__(self, code: str, detail: str = "", *, host: str = "") -> None:
        super().__init__(detail or code)
        self.code = code
        """One of ``no_credential``, ``missing_environment``, ``bad_certificate``, ``bad_ca_file``,
        ``wrong_secret``, ``expired_secret``, ``unknown_app``, ``unknown_tenant``,
        ``sign_in_refused``, ``unreachable``, ``untrusted_certificate``, ``bad_setting``,
        ``no_environments``."""
        self.host = host
