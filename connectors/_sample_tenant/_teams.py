"""Graph's Teams: teams, their channels, messages, members and pasted pictures.

Not imitated: delta of a channel, payment models, ``$filter`` beyond a range of
``lastModifiedDateTime``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from connectors._sample_tenant._model_teams import ChatMessage, Group
from connectors._sample_tenant._query import link, options, select
from connectors._sample_tenant._roles import Role, require
from connectors._sample_tenant._speech import LISTED, MOST, Speech, not_found, picture
from connectors._sample_tenant._talk import Place
from connectors._sample_tenant._wire import Answer, Call, data

_REPLIES = 1000
"""Replies inside a message of a listing; the others have a link of their own."""


class Teams(Speech):
    """Answers about teams."""

    # -------------------------------------------------------------------------------------- teams

    def teams(self, call: Call) -> Answer:
        """GET /teams: id, name and description alone."""
        options(call, ("$select", "$top", "$skiptoken"))
        require(call, Role.TEAM)
        chosen = select(call, "team") or ("id", "displayName", "description")
        found = [g for g in self.state.talk.groups.values() if g.channels]
        values = [{n: v for n, v in _team(g).items() if n in (*chosen, "id")} for g in found]
        for value in values:
            value.pop("visibility", None)
        return self.paged(call, "teams", values, 20, 999)

    def team(self, call: Call) -> Answer:
        """GET /teams/{id}."""
        options(call, ("$select",))
        require(call, Role.TEAM)
        value = _team(self._team(call))
        chosen = select(call, "team")
        return data({n: v for n, v in value.items() if not chosen or n in (*chosen, "id")})

    def team_members(self, call: Call) -> Answer:
        """GET /teams/{id}/members."""
        options(call, ("$top", "$skiptoken"))
        require(call, Role.TEAM_MEMBER)
        team = self._team(call)
        values = [self.member(one) for one in team.members]
        return self.paged(call, f"teams('{team.id}')/members", values, 100, 999)

    def channels(self, call: Call) -> Answer:
        """GET /teams/{id}/allChannels: its own and incoming ones."""
        options(call, ("$select",))
        require(call, Role.CHANNEL)
        team = self._team(call)
        chosen = select(call, "channel")
        values = []
        for group in self.state.talk.groups.values():
            for one in group.channels:
                if group is not team and team.id not in one.shared_with:
                    continue
                whole = {
                    "id": one.id,
                    "createdDateTime": datetime(2025, 4, 1, tzinfo=UTC),
                    "displayName": one.name,
                    "description": None,
                    "membershipType": one.kind,
                    "tenantId": self.state.world.tenant_id,
                }
                value = {n: v for n, v in whole.items() if not chosen or n in (*chosen, "id")}
                there = f"tenants/{self.state.world.tenant_id}/teams/{group.id}/channels/{one.id}"
                values.append({"@odata.id": f"{self.base}/{there}", **value})
        return self.values(f"teams('{team.id}')/allChannels", values)

    def channel_members(self, call: Call) -> Answer:
        """GET /teams/{id}/channels/{id}/allMembers, of every kind of channel."""
        options(call, ("$select",))
        require(call, Role.CHANNEL_MEMBER)
        place = self._channel(call)
        assert place.channel is not None and place.group is not None  # noqa: S101, PT018
        members = place.channel.members or place.group.members
        values = [self.member(one) for one in members]
        return self.values("allMembers", values)

    # ----------------------------------------------------------------------------------- messages

    def team_messages(self, call: Call) -> Answer:
        """GET /teams/{id}/channels/getAllMessages: standard and private channels with replies."""
        options(call, ("$top", "$filter", "$skiptoken"))
        require(call, Role.CHANNEL_MESSAGE)
        team = self._team(call)
        places = [
            p for p in self.state.talk.of_team(team) if p.channel and p.channel.kind != "shared"
        ]
        return self.bulk(call, places)

    def channel_messages(self, call: Call) -> Answer:
        """GET /teams/{id}/channels/{id}/messages: first messages, newest first."""
        options(call, ("$top", "$expand", "$skiptoken"))
        require(call, Role.CHANNEL_MESSAGE)
        place = self._channel(call)
        replies = call.query.get("$expand") == "replies"
        values = [
            self._root(place, message, replies=replies)
            for message in reversed(place.messages.values())
            if not message.reply_to
        ]
        return self.paged(call, "messages", values, LISTED, MOST)

    def _root(self, place: Place, message: ChatMessage, *, replies: bool) -> dict[str, Any]:
        value = self.message(place, message)
        if replies:
            below = [m for m in place.messages.values() if m.reply_to == message.id]
            value["replies@odata.context"] = f"{self.base}/$metadata#replies"
            value["replies"] = [self.message(place, m) for m in below[:_REPLIES]]
            if len(below) > _REPLIES:
                assert place.group is not None  # noqa: S101
                path = f"teams/{place.group.id}/channels/{quote(place.id, safe=':@')}"
                token = self.state.seal("page", "replies", _REPLIES)
                url = f"{self.base}/{path}/messages/{message.id}/replies"
                value["replies@odata.nextLink"] = link(url, {"$skiptoken": token})
        return value

    def replies(self, call: Call) -> Answer:
        """GET …/messages/{id}/replies."""
        options(call, ("$top", "$skiptoken"))
        require(call, Role.CHANNEL_MESSAGE)
        place = self._channel(call)
        root = call.segments[5]
        below = [m for m in place.messages.values() if m.reply_to == root]
        values = [self.message(place, m) for m in below]
        return self.paged(call, "replies", values, LISTED, MOST)

    def channel_message(self, call: Call) -> Answer:
        """GET …/messages/{id} and …/messages/{id}/replies/{id}."""
        options(call, ())
        require(call, Role.CHANNEL_MESSAGE)
        place = self._channel(call)
        return data(self.message(place, self._in_thread(place, call)))

    def channel_picture(self, call: Call) -> Answer:
        """GET …/hostedContents/{id}/$value of a message or a reply."""
        options(call, ())
        require(call, Role.CHANNEL_MESSAGE)
        place = self._channel(call)
        return picture(self._in_thread(place, call), call.segments[-2])

    @staticmethod
    def _in_thread(place: Place, call: Call) -> ChatMessage:
        root = call.segments[5]
        reply = call.segments[7] if call.segments[6:7] == ("replies",) else ""
        found = place.messages.get(reply or root)
        if found is None or found.reply_to != (root if reply else ""):
            raise not_found()
        return found

    # ------------------------------------------------------------------------------------- finding

    def _team(self, call: Call) -> Group:
        team = self.state.talk.team(call.segments[1])
        if team is None:
            raise not_found()
        return team

    def _channel(self, call: Call) -> Place:
        place = self.state.talk.places.get(call.segments[3])
        if place is None or place.group is not self._team(call):
            raise not_found()
        return place


def _team(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "displayName": group.name,
        "description": None,
        "visibility": group.visibility.lower(),
    }
