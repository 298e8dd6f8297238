"""Microsoft Graph v1.0: which answer belongs to which path, and who may have it.

Paths are taken as the reference writes them; ``delta()`` and ``delta(token='…')`` are the same
function in OData's own notation. Everything else is refused as the service refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from connectors._sample_tenant import _intune, _policies, _policies_data
from connectors._sample_tenant._chats import Chats
from connectors._sample_tenant._directory import Directory
from connectors._sample_tenant._drives import Drives
from connectors._sample_tenant._groups import Groups
from connectors._sample_tenant._lists import Lists
from connectors._sample_tenant._mail import Mail
from connectors._sample_tenant._sites import Sites
from connectors._sample_tenant._state import State
from connectors._sample_tenant._teams import Teams
from connectors._sample_tenant._tokens import GRAPH, BadToken, Tokens
from connectors._sample_tenant._wire import Answer, Call, Handler, Refusal, refuse

VERSION, BETA = "v1.0", "beta"
Routes = dict[int, list[tuple[tuple[str, ...], Handler]]]
_FUNCTION = re.compile(r"(\w+)\((?:token='([^']*)')?\)$")
_ABSENT = (
    "users/delta",
    "users/*/messages",
    "users/*/mailFolders/delta",
    "users/*/mailFolders/*/messages",
    "users/*/mailFolders/*/messages/*",
    "sites",
    "sites/delta",
    "sites/*/drive",
    "drives/*/list",
    "drives/*/items/*/children",
    "drives/*/items/*/delta",
    "drives/*/root/children",
    "drives/*/root/permissions",
)
"""Calls that Graph has and this server has not."""
_WHY = {
    "missing": "Access token is empty.",
    "malformed": "IDX14100: JWT is not well formed, or its signature is invalid.",
    "expired": "Lifetime validation failed, the token is expired.",
    "audience": "Access token validation failure. Invalid audience.",
}


class Graph:
    """Answers calls below ``/v1.0``."""

    def __init__(
        self, state: State, tokens: Tokens, origin: str, downloads: str, lifetime: float
    ) -> None:
        """``downloads`` is the origin of the download host, ``lifetime`` of its links."""
        self._tokens = tokens
        self._origin = origin
        base = f"{origin}/{VERSION}"
        people, mail = Directory(state, base, downloads), Mail(state, base)
        lists = Lists(state, base)
        sites, drives = Sites(state, base), Drives(state, base, downloads, lifetime)
        paths: tuple[tuple[str, Handler], ...] = (
            *((path, _absent) for path in _ABSENT),
            ("organization", people.organization),
            ("domains", people.domains),
            ("users", people.users),
            ("users/*", people.user),
            ("users/*/mailboxSettings", people.settings),
            ("users/*/mailboxSettings/*", people.settings),
            ("users/*/mailFolders", mail.folders),
            ("users/*/mailFolders/*", mail.folder),
            ("users/*/mailFolders/*/childFolders", mail.folders),
            ("users/*/mailFolders/*/messages/delta", mail.delta),
            ("users/*/mailFolders/inbox/messageRules", people.rules),
            ("reports/getMailboxUsageDetail(period='D7')", people.mailbox_usage),
            ("users/*/messages/*", mail.message),
            ("users/*/messages/*/$value", mail.mime),
            ("users/*/messages/*/attachments", mail.attachments),
            ("users/*/messages/*/attachments/*", mail.attachment),
            ("users/*/messages/*/attachments/*/$value", mail.attachment_value),
            ("users/*/drive", sites.user_drives),
            ("users/*/drives", sites.user_drives),
            ("sites/getAllSites", sites.all_sites),
            ("sites/*", sites.site),
            ("sites/*/drives", sites.site_drives),
            ("sites/*/sites", lists.subsites),
            ("sites/*/lists", lists.lists),
            ("sites/*/lists/*/columns", lists.columns),
            ("sites/*/lists/*/items", lists.items),
            ("sites/*/lists/*/items/delta", lists.delta),
            ("sites/*/lists/*/items/*", lists.item),
            ("sites/*/lists/*/items/*/permissions", lists.permissions),
            ("sites/*/drive/root/permissions", drives.site_permissions),
            ("sites/*/pages/microsoft.graph.sitePage", lists.pages),
            ("sites/*/pages/*/microsoft.graph.sitePage", lists.page),
            ("drives/*", sites.drive),
            ("drives/*/root", drives.item),
            ("drives/*/root/delta", drives.delta),
            ("drives/*/items/*", drives.item),
            ("drives/*/items/*/content", drives.content),
            ("drives/*/items/*/permissions", drives.permissions),
            ("drives/*/items/*/versions", drives.versions),
            ("drives/*/items/*/versions/*/content", drives.version),
            *_spoken(state, base),
            *_intune.routes(state, base),
            *_policies_data.routes(state, base),
            *_policies.routes(state, base, tokens),
        )
        self._routes = _table(paths)
        intune = _intune.routes(state, f"{origin}/{BETA}", beta=True)
        self._beta = _table((*intune, ("sites/*/recycleBin/items", sites.deleted)))

    def admit(self, call: Call) -> Call:
        """The call with the permissions of its token; 401 without a good one."""
        try:
            claims = self._tokens.check(call, GRAPH)
        except BadToken as bad:
            raise unauthorized(_WHY[bad.why], self._origin) from None
        return replace(call, roles=frozenset(claims.get("roles", ())))

    def handle(self, call: Call) -> Answer:
        """Answer an admitted call; its segments begin after the version."""
        if call.segments and (found := _FUNCTION.match(call.segments[-1])):
            call.segments = (*call.segments[:-1], found[1])
            if found[2]:
                call.query["token"] = found[2]
        segments = call.segments
        if (handler := _found(self._routes, call)) is None:
            raise refuse(
                400,
                "BadRequest",
                f"Resource not found for the segment '{segments[-1][:60] if segments else ''}'.",
            )
        return handler(call)

    def handle_beta(self, call: Call) -> Answer:
        """The same below ``/beta``, of which Intune and recycle bins are imitated."""
        if (handler := _found(self._beta, call)) is None:
            raise refuse(501, "notSupported", "The sample tenant does not imitate this of beta.")
        return handler(call)


def _table(paths: Iterable[tuple[str, Handler]]) -> Routes:
    """Handlers by the number of segments, the more particular path first."""
    routes: Routes = {}
    for path, handler in paths:
        parts = tuple(path.split("/"))
        routes.setdefault(len(parts), []).append((parts, handler))
    for some in routes.values():
        some.sort(key=lambda route: route[0].count("*"))
    return routes


def _found(routes: Routes, call: Call) -> Handler | None:
    """Whose path it is; refuses every method but GET."""
    for parts, handler in routes.get(len(call.segments), ()):
        if all(p in ("*", s) for p, s in zip(parts, call.segments, strict=True)):
            if call.method != "GET":
                raise refuse(
                    405,
                    "Request_BadRequest",
                    "Specified HTTP method is not allowed for the request target.",
                )
            return handler
    return None


def _spoken(state: State, base: str) -> tuple[tuple[str, Handler], ...]:
    """The paths of groups, teams and chats."""
    teams, chats, groups = Teams(state, base), Chats(state, base), Groups(state, base)
    return (
        ("teams", teams.teams),
        ("teams/*", teams.team),
        ("teams/*/members", teams.team_members),
        ("teams/*/allChannels", teams.channels),
        ("teams/*/channels/getAllMessages", teams.team_messages),
        ("teams/*/channels/*/allMembers", teams.channel_members),
        ("teams/*/channels/*/messages", teams.channel_messages),
        ("teams/*/channels/*/messages/*", teams.channel_message),
        ("teams/*/channels/*/messages/*/replies", teams.replies),
        ("teams/*/channels/*/messages/*/replies/*", teams.channel_message),
        ("teams/*/channels/*/messages/*/hostedContents/*/$value", teams.channel_picture),
        (
            "teams/*/channels/*/messages/*/replies/*/hostedContents/*/$value",
            teams.channel_picture,
        ),
        ("users/*/chats", chats.user_chats),
        ("users/*/chats/getAllMessages", chats.user_messages),
        ("chats/*/members", chats.chat_members),
        ("chats/*/messages", chats.chat_messages),
        ("chats/*/messages/*", chats.chat_message),
        ("chats/*/messages/*/hostedContents/*/$value", chats.chat_picture),
        ("groups", groups.groups),
        ("groups/*", groups.group),
        ("groups/*/transitiveMembers", groups.members),
        ("groups/*/threads", groups.threads),
        ("groups/*/threads/*", groups.thread),
        ("groups/*/threads/*/posts", groups.posts),
        ("groups/*/threads/*/posts/*/attachments", groups.attachments),
        ("groups/*/threads/*/posts/*/attachments/*/$value", groups.attachment_value),
    )


def _absent(_: Call) -> Answer:
    raise refuse(501, "notSupported", "The sample tenant does not imitate this call.")


def unauthorized(message: str, origin: str, claims: str = "") -> Refusal:
    """A 401 with its challenge; ``claims`` makes it one of continuous access evaluation."""
    challenge = f'Bearer realm="", authorization_uri="{origin}/common/oauth2/authorize"'
    if claims:
        challenge += f', error="insufficient_claims", claims="{claims}"'
    headers = {"www-authenticate": challenge}
    return refuse(401, "InvalidAuthenticationToken", message, headers=headers)
