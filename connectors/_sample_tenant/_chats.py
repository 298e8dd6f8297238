"""Graph's chats: of a user, their messages, members and pasted pictures."""

from __future__ import annotations

from typing import Any

from connectors._sample_tenant._model import User
from connectors._sample_tenant._model_teams import ChatMessage
from connectors._sample_tenant._query import options
from connectors._sample_tenant._roles import Role, require
from connectors._sample_tenant._speech import LISTED, MOST, Speech, not_found, picture
from connectors._sample_tenant._talk import Place
from connectors._sample_tenant._wire import Answer, Call, data


class Chats(Speech):
    """Answers about chats."""

    # -------------------------------------------------------------------------------------- chats

    def user_messages(self, call: Call) -> Answer:
        """GET /users/{id}/chats/getAllMessages."""
        options(call, ("$top", "$filter", "$skiptoken"))
        require(call, Role.CHAT)
        user = self._user(call)
        places = self.state.talk.of_user(user)
        since = {
            place.id: member.since
            for place in places
            if place.chat
            for member in place.chat.members
            if member.address.lower() == user.mail.lower() and member.since
        }
        return self.bulk(call, places, since)

    def user_chats(self, call: Call) -> Answer:
        """GET /users/{id}/chats."""
        options(call, ("$top", "$skiptoken"))
        require(call, Role.CHAT)
        values = [self._chat(place) for place in self.state.talk.of_user(self._user(call))]
        return self.paged(call, "chats", values, 20, MOST)

    def chat_members(self, call: Call) -> Answer:
        """GET /chats/{id}/members."""
        options(call, ())
        require(call, Role.CHAT)
        place = self._place(call)
        assert place.chat is not None  # noqa: S101
        return self.values("members", [self.member(one) for one in place.chat.members])

    def chat_messages(self, call: Call) -> Answer:
        """GET /chats/{id}/messages."""
        options(call, ("$top", "$skiptoken"))
        require(call, Role.CHAT)
        place = self._place(call)
        values = [self.message(place, m) for m in reversed(place.messages.values())]
        return self.paged(call, "messages", values, LISTED, MOST)

    def chat_message(self, call: Call) -> Answer:
        """GET /chats/{id}/messages/{id}."""
        options(call, ())
        require(call, Role.CHAT)
        place = self._place(call)
        return data(self.message(place, self._of_chat(place, call)))

    def chat_picture(self, call: Call) -> Answer:
        """GET /chats/{id}/messages/{id}/hostedContents/{id}/$value."""
        options(call, ())
        require(call, Role.CHAT)
        return picture(self._of_chat(self._place(call), call), call.segments[5])

    @staticmethod
    def _of_chat(place: Place, call: Call) -> ChatMessage:
        found = place.messages.get(call.segments[3])
        if found is None:
            raise not_found()
        return found

    def _chat(self, place: Place) -> dict[str, Any]:
        assert place.chat is not None  # noqa: S101
        return {
            "id": place.id,
            "topic": place.chat.topic or None,
            "chatType": place.chat.kind,
            "tenantId": self.state.world.tenant_id,
        }

    def _place(self, call: Call) -> Place:
        place = self.state.talk.places.get(call.segments[1])
        if place is None or place.chat is None:
            raise not_found()
        return place

    def _user(self, call: Call) -> User:
        user = self.state.users.get(call.segments[1].lower())
        if user is None or not user.purpose:  # no licence, no Teams
            raise not_found()
        return user
