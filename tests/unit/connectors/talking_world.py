"""A small company that talks: teams with every kind of channel, chats, a group's mailbox.

A test module makes its fixtures of these: ``tenant = pytest.fixture(scope="module")(talking)``,
``source = pytest.fixture(reading)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from connectors import Item, Page, Partition, teams
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._model import Attachment, User
from connectors._sample_tenant._model_teams import (
    Channel,
    Chat,
    ChatMessage,
    Group,
    Hosted,
    Member,
    Post,
    Thread,
)
from tests.unit.connectors.graph_world import Small, partitions

START = datetime(2026, 2, 2, tzinfo=UTC)
AWAY = "9d2f1c64-7b2e-4d5a-9c1f-e0a6b8d4c2fa"
PICTURE = b"\x89PNG pasted"
MANY = 60
"""Messages of the first channel: two pages."""


def user(letter: str, **more: Any) -> User:
    """A user whose id sorts by its letter."""
    address = f"{letter}@small.example"
    identity = f"{letter * 8}-bbbb-4ccc-8ddd-{letter * 12}"
    return User(identity, address, address, letter.title(), **more)


A, B, C, D = (user(letter) for letter in "abcd")
NOBODY = user("e", purpose="")
GUEST = User("ffffffff-1", "g#EXT#@small.example", "g@away.example", "G", "Guest", "")


def message(number: int, sender: User = A, text: str = "", **more: Any) -> ChatMessage:
    """The message of that minute."""
    at = START + timedelta(minutes=number)
    identity = str(1_700_000_000_000 + number)
    return ChatMessage(identity, sender.mail, text or f"<p>text {number}</p>", at, at, **more)


def root(number: int) -> str:
    """The id of a message."""
    return str(1_700_000_000_000 + number)


def card(content: str, kind: str = "application/vnd.microsoft.card.adaptive") -> dict[str, Any]:
    """A card as an attachment."""
    return {"id": "1", "contentType": kind, "content": content, "name": None, "contentUrl": None}


FILE = {
    "id": "2",
    "contentType": "reference",
    "name": "plan.xlsx",
    "contentUrl": "https://small.sharepoint.example/plan.xlsx",
    "content": None,
}
IMAGE = '<img src="{hosted}/hostedContents/aWQx/$value">'
PASTED = (Hosted("aWQx", "image/png", partial(bytes, PICTURE)),)
FACTS = '{"type":"AdaptiveCard","body":[{"facts":[{"title":"Name","value":"Ann"}]},{"text":"hi"}]}'
EVENT = {"@odata.type": "#microsoft.graph.channelRenamedEventMessageDetail"}


def first_channel() -> tuple[ChatMessage, ...]:
    """Plain messages, then one of every kind."""
    return (
        *(message(n) for n in range(MANY)),
        message(100, subject="card", attachments=(card(FACTS), FILE)),
        message(101, B, IMAGE, reply_to=root(100), hosted=PASTED),
        ChatMessage(root(102), A.mail, "", START, START + timedelta(minutes=102), deleted=True),
        message(103, text="<systemEventMessage/>", event=EVENT),
        message(104, text="<systemEventMessage/>", event=EVENT | {"channelDisplayName": "New"}),
        message(105, summary="in short", subject="summed"),
    )


def members(*people: User) -> tuple[Member, ...]:
    """The first owns."""
    return tuple(Member(one.mail, owner=one is people[0]) for one in people)


def shared_channel() -> tuple[ChatMessage, ...]:
    """A thread."""
    return (message(200, subject="shared"), message(201, B, reply_to=root(200)))


TEAMS = (
    Group(
        "11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
        "HR",
        members(A, B),
        "hr@small.example",
        unified=True,
        visibility="Private",
        channels=(
            Channel("19:general@thread.tacv2", "General", first_channel()),
            Channel(
                "19:pay@thread.tacv2",
                "Pay",
                (message(150, subject="pay"),),
                "private",
                members(A),
            ),
            Channel(
                "19:both@thread.tacv2",
                "Both",
                shared_channel(),
                "shared",
                (*members(A), Member("x@far.example", tenant=AWAY)),
                ("22222222-aaaa-4aaa-8aaa-aaaaaaaaaaaa",),
            ),
        ),
        threads=(
            Thread(
                "AAQkThread=",
                "topic",
                (
                    Post("AAMkPost1=", A.mail, "<p>first</p>", START),
                    Post(
                        "AAMkPost2=",
                        B.mail,
                        "<p>second</p>",
                        START + timedelta(days=1),
                        (
                            Attachment("att1=", "a.csv", "text/csv", partial(bytes, b"a,b")),
                            Attachment("att2=", "l", "", partial(bytes, b""), kind="reference"),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Group(
        "22222222-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
        "Open",
        (*members(A, B, C), Member(GUEST.mail)),
        "open@small.example",
        unified=True,
        visibility="Public",
        channels=(Channel("19:open@thread.tacv2", "Open", (message(160, subject="open"),)),),
    ),
    Group("33333333-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "Nested", members(D),
          nested=("22222222-aaaa-4aaa-8aaa-aaaaaaaaaaaa",)),
)  # fmt: skip
LATE = START + timedelta(minutes=310)
CHATS = (
    Chat(f"19:{B.id}_{C.id}@unq.gbl.spaces", "oneOnOne", members(B, C), (message(300, B),)),
    Chat(f"19:{A.id}_{NOBODY.id}@unq.gbl.spaces", "oneOnOne", members(A, NOBODY),
         (message(301, A),)),
    Chat("19:several@thread.v2", "group", (Member(A.mail, since=LATE), *members(B, C)),
         (message(302, B), message(320, C, IMAGE, hosted=PASTED))),
    Chat("19:meeting_x@thread.v2", "meeting", (*members(C, D), Member(GUEST.mail)),
         (message(330, C),)),
)  # fmt: skip


@dataclass
class Talking(Small):
    """The small company with what it says."""

    users: Sequence[User] = (A, B, C, D, NOBODY, GUEST)
    groups: Sequence[Group] = field(default=TEAMS)
    chats: Sequence[Chat] = field(default=CHATS)


def talking() -> Iterator[Tenant]:
    """That company behind TLS."""
    with hosted(Talking()) as tenant:
        yield tenant


def reading(access: Access) -> teams.Source:
    """All of its teams and chats."""
    return teams.Source(teams.Settings(), access)


async def place(source: teams.Source, name: str) -> Partition:
    """The team of that name, or the user of that address."""
    return {p.name: p for p in await partitions(source)}[name]


def named(found: list[Page]) -> dict[str, Item]:
    """Items by the id of their message."""
    items = [item for page in found for item in page.items]
    assert len({item.id for item in items}) == len(items)
    return {item.id.rpartition("/")[2]: item for item in items}


def ends(found: list[Page]) -> dict[str, str]:
    """Stream → the cursor with which the next run begins."""
    return {page.stream: page.cursor for page in found if page.done}
