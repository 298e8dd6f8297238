"""Graph's groups: the list, who is in one, and the conversations of its mailbox.

Not imitated: ``$filter``, ``$count`` of a list, delta, owners, ``conversations``.
"""

from __future__ import annotations

from typing import Any

from connectors._sample_tenant._messages import attachment
from connectors._sample_tenant._model import Attachment, Message
from connectors._sample_tenant._model_teams import Group, Post, Thread
from connectors._sample_tenant._query import count, link, options, select
from connectors._sample_tenant._roles import Role, require
from connectors._sample_tenant._state import State
from connectors._sample_tenant._wire import Answer, Call, Refusal, data, refuse


class Groups:
    """Answers about groups."""

    def __init__(self, state: State, base: str) -> None:
        """``base`` is the URL of v1.0."""
        self._state = state
        self._base = base
        self._origin = base.removesuffix("/v1.0")

    def groups(self, call: Call) -> Answer:
        """GET /groups."""
        options(call, ("$select", "$top", "$skiptoken"))
        require(call, Role.GROUP)
        chosen = select(call, "group")
        values = [_value(one, chosen) for one in self._state.talk.groups.values()]
        return self._paged(call, "groups", values, 100, 999)

    def group(self, call: Call) -> Answer:
        """GET /groups/{id}."""
        options(call, ("$select",))
        require(call, Role.GROUP)
        return data(_value(self._group(call), select(call, "group")))

    def members(self, call: Call) -> Answer:
        """GET /groups/{id}/transitiveMembers: users and the groups between."""
        options(call, ("$select", "$top", "$skiptoken"))
        require(call, Role.GROUP)
        group = self._group(call)
        chosen = select(call, "user")
        values: list[dict[str, Any]] = []
        for user in self._state.talk.people_of(group).values():
            whole = {
                "id": user.id,
                "displayName": user.display_name,
                "mail": user.mail,
                "userPrincipalName": user.upn,
                "userType": user.user_type,
            }
            kept = {n: v for n, v in whole.items() if not chosen or n in (*chosen, "id")}
            values.append({"@odata.type": "#microsoft.graph.user", **kept})
        values += [{"@odata.type": "#microsoft.graph.group", "id": n} for n in group.nested]
        return self._paged(call, "directoryObjects", values, 100, 999)

    # ------------------------------------------------------------------------------- conversations

    def threads(self, call: Call) -> Answer:
        """GET /groups/{id}/threads."""
        options(call, ("$select", "$top", "$skiptoken"))
        require(call, Role.CONVERSATION)
        group = self._mailbox(call)
        chosen = select(call, "conversationThread")
        values = [_thread(one, chosen) for one in group.threads]
        return self._paged(call, f"groups('{group.id}')/threads", values, 10, 1000)

    def thread(self, call: Call) -> Answer:
        """GET /groups/{id}/threads/{id}."""
        options(call, ("$select",))
        require(call, Role.CONVERSATION)
        return data(_thread(self._found(call), select(call, "conversationThread")))

    def posts(self, call: Call) -> Answer:
        """GET /groups/{id}/threads/{id}/posts."""
        options(call, ("$select",))
        require(call, Role.CONVERSATION)
        chosen = select(call, "post")
        values = [_post(one, chosen) for one in self._found(call).posts]
        return self._values("posts", values, {})

    def attachments(self, call: Call) -> Answer:
        """GET …/posts/{id}/attachments."""
        options(call, ("$select",))
        require(call, Role.CONVERSATION)
        post = self._posted(call)
        chosen = select(call, "attachment")
        values = [
            attachment(one, _as_message(post), chosen, listed=True) for one in post.attachments
        ]
        return self._values("attachments", values, {})

    def attachment_value(self, call: Call) -> Answer:
        """GET …/posts/{id}/attachments/{id}/$value."""
        options(call, ())
        require(call, Role.CONVERSATION)
        for one in self._posted(call).attachments:
            if one.id == call.segments[7]:
                if one.kind == "reference":
                    raise refuse(405, "ErrorInvalidRequest", "The OData request is not supported.")
                return Answer(200, one.data(), {"content-type": one.content_type})
        raise _not_found()

    def _posted(self, call: Call) -> Post:
        for one in self._found(call).posts:
            if one.id == call.segments[5]:
                return one
        raise _not_found()

    def _found(self, call: Call) -> Thread:
        for one in self._mailbox(call).threads:
            if one.id == call.segments[3]:
                return one
        raise _not_found()

    def _mailbox(self, call: Call) -> Group:
        group = self._group(call)
        if not group.unified:
            raise refuse(403, "ErrorAccessDenied", "Access is denied. Check credentials.")
        return group

    def _group(self, call: Call) -> Group:
        group = self._state.talk.groups.get(call.segments[1])
        if group is None:
            raise refuse(
                404,
                "Request_ResourceNotFound",
                f"Resource '{call.segments[1][:60]}' does not exist.",
            )
        return group

    def _paged(
        self, call: Call, context: str, values: list[dict[str, Any]], default: int, most: int
    ) -> Answer:
        top, start = count(call, "$top", default, most), 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self._state.open(token)
            if parts is None or parts[0] != "groups":
                raise refuse(400, "Request_BadRequest", "The skip token is not valid.")
            start = parts[1]
        extra = {}
        if start + top < len(values):
            following = {**call.query, "$skiptoken": self._state.seal("groups", start + top)}
            extra["@odata.nextLink"] = link(f"{self._origin}{call.path}", following)
        return self._values(context, values[start : start + top], extra)

    def _values(self, context: str, values: list[dict[str, Any]], extra: dict[str, str]) -> Answer:
        head = {"@odata.context": f"{self._base}/$metadata#{context}"}
        return data({**head, **extra, "value": values})


def _value(group: Group, chosen: tuple[str, ...]) -> dict[str, Any]:
    whole = {
        "id": group.id,
        "displayName": group.name,
        "mail": group.mail or None,
        "groupTypes": ["Unified"] if group.unified else [],
        "visibility": group.visibility or None,
        "securityEnabled": not group.unified,
        "mailEnabled": bool(group.mail),
        "resourceProvisioningOptions": ["Team"] if group.channels else [],
    }
    return {n: v for n, v in whole.items() if not chosen or n in (*chosen, "id")}


def _thread(thread: Thread, chosen: tuple[str, ...]) -> dict[str, Any]:
    whole = {
        "id": thread.id,
        "topic": thread.topic,
        "hasAttachments": any(post.attachments for post in thread.posts),
        "lastDeliveredDateTime": max(post.received for post in thread.posts),
        "uniqueSenders": sorted({post.sender for post in thread.posts}),
        "preview": "",
        "isLocked": False,
    }
    return {n: v for n, v in whole.items() if not chosen or n in (*chosen, "id")}


def _post(post: Post, chosen: tuple[str, ...]) -> dict[str, Any]:
    sender = {"emailAddress": {"name": post.sender, "address": post.sender}}
    whole = {
        "id": post.id,
        "createdDateTime": post.received,
        "lastModifiedDateTime": post.received,
        "changeKey": f"CQAA{post.id[-8:]}",
        "categories": [],
        "receivedDateTime": post.received,
        "hasAttachments": bool(post.attachments),
        "body": {"contentType": "html", "content": post.html},
        "from": sender,
        "sender": sender,
    }
    return {n: v for n, v in whole.items() if not chosen or n in (*chosen, "id")}


def _as_message(post: Post) -> Message:
    """What an attachment is written with."""
    own: tuple[Attachment, ...] = post.attachments
    return Message(
        post.id, "", "", post.html, post.sender, (), (), (), post.received, own, lambda: b""
    )


def _not_found() -> Refusal:
    return refuse(404, "ErrorItemNotFound", "The specified object was not found in the store.")
