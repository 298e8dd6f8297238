"""Messages and members of Teams as Graph writes them, and how they are paged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from connectors._sample_tenant._model_teams import ChatMessage, Member
from connectors._sample_tenant._query import count, link
from connectors._sample_tenant._state import State
from connectors._sample_tenant._talk import Place, every
from connectors._sample_tenant._wire import Answer, Call, Refusal, data, letters, refuse

_TIME = r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z)"
_RANGE = re.compile(
    rf"lastModifiedDateTime gt {_TIME}(?: and lastModifiedDateTime lt {_TIME})?", re.IGNORECASE
)
LISTED, MOST = 20, 50
"""Messages a page of one channel or chat: by default, and at most."""
_BULK = 1000
_ALWAYS = "0001-01-01T00:00:00Z"


class Speech:
    """What answers about channels and about chats share."""

    def __init__(self, state: State, base: str) -> None:
        """``base`` is the URL of v1.0."""
        self.state = state
        self.base = base
        self.origin = base.removesuffix("/v1.0")

    # ------------------------------------------------------------------------------------- writing

    def message(self, place: Place, one: ChatMessage) -> dict[str, Any]:
        sender = self.state.people.get(one.sender.lower())
        name = sender.display_name if sender else one.sender
        user = {
            "@odata.type": "#microsoft.graph.teamworkUserIdentity",
            "id": sender.id if sender else one.sender,
            "displayName": name,
            "userIdentityType": "aadUser",
        }
        where = self._path(place, one)
        team = place.group.id if place.group else None
        return {
            "@odata.type": "#microsoft.graph.chatMessage",
            "id": one.id,
            "replyToId": one.reply_to or None,
            "etag": str(int(one.modified.timestamp() * 1000)),
            "messageType": "systemEventMessage" if one.event else "message",
            "createdDateTime": _written(one.created),
            "lastModifiedDateTime": _written(one.modified),
            "lastEditedDateTime": _written(one.modified) if one.edited else None,
            "deletedDateTime": _written(one.modified) if one.deleted else None,
            "subject": one.subject or None,
            "summary": one.summary or None,
            "chatId": place.id if place.chat else None,
            "importance": "normal",
            "locale": "ja-jp",
            "webUrl": f"https://teams.microsoft.com/l/message/{quote(place.id)}/{one.id}",
            "policyViolation": None,
            "eventDetail": one.event,
            "from": None if one.event else {"user": user, "application": None, "device": None},
            "body": {"contentType": one.body_type, "content": one.html.replace("{hosted}", where)},
            "channelIdentity": {"teamId": team, "channelId": place.id} if team else None,
            "attachments": [dict(a) for a in one.attachments],
            "mentions": [],
            "reactions": [],
        }

    def _path(self, place: Place, one: ChatMessage) -> str:
        if place.group is None:
            return f"{self.base}/chats/{place.id}/messages/{one.id}"
        base = f"{self.base}/teams/{place.group.id}/channels/{place.id}/messages"
        return f"{base}/{one.reply_to}/replies/{one.id}" if one.reply_to else f"{base}/{one.id}"

    def member(self, one: Member) -> dict[str, Any]:
        user = self.state.people.get(one.address.lower())
        guest = user is not None and user.user_type == "Guest"
        identity = user.id if user else letters(one.address.encode())[:36]
        return {
            "@odata.type": "#microsoft.graph.aadUserConversationMember",
            "id": letters(f"member {one.address}".encode())[:48],
            "roles": ["owner"] if one.owner else ["guest"] if guest else [],
            "displayName": user.display_name if user else one.address,
            "visibleHistoryStartDateTime": _written(one.since) if one.since else _ALWAYS,
            "userId": identity,
            "email": one.address,
            "tenantId": one.tenant or self.state.world.tenant_id,
        }

    # -------------------------------------------------------------------------------------- paging

    def bulk(
        self, call: Call, places: Sequence[Place], since: dict[str, datetime] | None = None
    ) -> Answer:
        low, high = _window(call.query.get("$filter"))
        found = [
            (place, message)
            for place, message in every(places)
            if low < _written(message.modified) < high
            and not (since and place.id in since and message.created < since[place.id])
        ]
        values = [self.message(place, message) for place, message in found]
        return self.paged(call, "Collection(chatMessage)", values, 10, _BULK)

    def paged(
        self, call: Call, context: str, values: list[dict[str, Any]], default: int, most: int
    ) -> Answer:
        top, start = count(call, "$top", default, most), 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self.state.open(token)
            if parts is None or parts[0] != "page":
                raise refuse(400, "BadRequest", "The skip token is not valid.")
            start = parts[2]
        extra = {}
        if start + top < len(values):
            token = self.state.seal("page", context, start + top)
            following = {**call.query, "$skiptoken": token}
            extra["@odata.nextLink"] = link(f"{self.origin}{call.path}", following)
        return self.values(context, values[start : start + top], extra)

    def values(
        self, context: str, values: list[dict[str, Any]], extra: dict[str, str] | None = None
    ) -> Answer:
        head = {"@odata.context": f"{self.base}/$metadata#{context}", "@odata.count": len(values)}
        return data({**head, **(extra or {}), "value": values})


def _window(text: str | None) -> tuple[str, str]:
    """The range of a filter, as this server writes times."""
    if text is None:
        return "", "9"
    found = _RANGE.fullmatch(text)
    if found is None:
        raise refuse(400, "BadRequest", "The query specified in the URI is not valid.")
    return _same(found[1]), _same(found[2]) if found[2] else "9"


def _same(time: str) -> str:
    return _written(datetime.fromisoformat(time))


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).isoformat(timespec='milliseconds')[:23]}Z"


def picture(message: ChatMessage, identifier: str) -> Answer:
    for one in message.hosted:
        if one.id == identifier:
            return Answer(200, one.data(), {"content-type": one.media_type})
    raise not_found()


def not_found() -> Refusal:
    return refuse(404, "NotFound", "Resource could not be found.")
