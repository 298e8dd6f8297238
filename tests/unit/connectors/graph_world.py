"""A small company behind Graph, served over TLS from a thread, and how tests reach it.

A test module makes its fixtures of these: ``tenant = pytest.fixture(scope="module")(served)``,
``access = pytest.fixture(opened)``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from connectors import Body, Connector, Item, Page, Partition
from connectors._identity import Access, Auth, Cloud
from connectors._identity import Tenant as Audited
from connectors._model import METER, Meter
from connectors._sample_tenant._handle import Request, Tenant, hosted
from connectors._sample_tenant._model import (
    Attachment,
    Container,
    Deleted,
    Drive,
    DriveFile,
    MailFolder,
    Message,
    Planted,
    Site,
    User,
)

START = datetime(2026, 1, 5, tzinfo=UTC)
ALICE, BOB, ROOM, DAVE = (f"{name}@small.example" for name in ("alice", "bob", "room", "dave"))
GUEST = "guest@away.example"
MIME = b"Subject: whole\r\nContent-Type: text/plain\r\n\r\nall of it\r\n"
LARGE = bytes(range(256)) * 12_000
PICTURE = b"\x89PNG picture"


def _attachment(kind: str, name: str, data: bytes, **more: Any) -> Attachment:
    return Attachment(f"att-{kind}-{name}=", name, more.pop("media", "text/plain"),
                      partial(bytes, data), kind=kind, **more)  # fmt: skip


ATTACHED = (
    _attachment("file", "list.csv", b"a,b\r\n1,2\r\n", media="text/csv"),
    _attachment("file", "logo.png", PICTURE, media="image/png", inline=True),
    _attachment("item", "inner", MIME, media="message/rfc822"),
    _attachment("reference", "shared.xlsx", b"", media=""),
)


def _message(box: str, number: int, **more: Any) -> Message:
    made = Message(
        id=f"AAkA{box}{chr(97 + number // 26)}{chr(97 + number % 26)}Xy=",
        change_key=f"CK{number}",
        subject=f"mail {number}",
        html=f"<p>text of <b>{number}</b></p>",
        sender=ALICE,
        to=(BOB,),
        cc=(GUEST,),
        bcc=("stranger@else.example",),
        received=START + timedelta(hours=number),
        attachments=(),
        mime=partial(bytes, MIME),
    )
    return replace(made, **more)


def _user(name: str, **more: Any) -> User:
    address = f"{name}@small.example"
    return User(f"aaaaaaaa-bbbb-{name}", address, address, name.title(), **more)


def _who(scope: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"link-{scope}",
        "roles": ["read"],
        "link": {"scope": scope, "type": "view"},
    } | more


OWNERS = {"id": "o", "roles": ["owner"], "grantedToV2": {"siteGroup": {"displayName": "owners"}}}
SHARED = {
    "anyone.txt": _who("anonymous", expirationDateTime="2026-05-01T00:00:00Z", hasPassword=True),
    "company.txt": _who("organization"),
    "named.txt": _who("users", grantedToIdentitiesV2=[{"user": {"email": BOB}}]),
    "guest.txt": _who("users", grantedToIdentitiesV2=[{"user": {"email": GUEST}}]),
    "outside.txt": _who("users", grantedToIdentitiesV2=[{"user": {"email": "x@else.example"}}]),
    "old.txt": _who("existingAccess"),
}


def _file(number: int, folder: str = "", **more: Any) -> DriveFile:
    data = more.pop("content", f"content {number}".encode())
    made = DriveFile(
        id=f"01FiLe{chr(65 + number // 26)}{chr(97 + number % 26)}",
        name=f"file {number}.txt",
        folder=folder,
        size=len(data),
        ctag=f'"c:{{F-{number}}},1"',
        etag=f'"{{F-{number}}},1"',
        quick_xor_hash=f"hash{number}=",
        media_type="text/plain",
        created=START,
        modified=START + timedelta(days=1),
        created_by=ALICE,
        data=partial(bytes, data),
        permissions=(OWNERS,),
    )
    return replace(made, **more)


def _library() -> tuple[DriveFile, ...]:
    plain = [_file(n, ("", "人事", "人事/2026")[n % 3]) for n in range(30)]
    shared = [
        _file(30 + n, name=name, permissions=(OWNERS, link))
        for n, (name, link) in enumerate(SHARED.items())
    ]
    return (
        *plain,
        *shared,
        _file(40, name="large.bin", content=LARGE),
        _file(41, name="notes", media_type="application/msonenote"),
        _file(42, name="none.txt", content=b""),
    )


BIN = tuple(
    Deleted(f"dddddddd-{n:04d}", f"old {n}.xlsx", "Shared Documents/給与", 10 * n, START, ALICE)
    for n in range(1, 6)
)


@dataclass
class Small:
    """Small enough to count, with one of everything."""

    tenant_id: str = "7c1e9b52-4d3a-4f60-9a8e-b2d5c7e1f0ab"
    domain: str = "small.example"
    name: str = "Small"
    items: int = 100
    account: str = "smallstore"
    planted: Sequence[Planted] = ()
    containers: Sequence[Container] = ()
    users: Sequence[User] = (
        _user("alice"),
        _user("bob", purpose="shared", enabled=False),
        _user("room", purpose="room", enabled=False),
        _user("carol", purpose=""),
        _user("dave", denied=True),
        replace(_user("guest", user_type="Guest", purpose=""), mail=GUEST),
    )
    _drives: dict[str, Drive] = field(
        default_factory=lambda: {
            "hr": Drive("b!Hr-Drive_1", "ドキュメント", _library()),
            "more": Drive("b!More-2", "共有", (_file(50),)),
            "locked": Drive("b!Locked-3", "Documents", (_file(51),)),
            "alice": Drive("b!Alice-4", "OneDrive", (_file(52, "私"),), "business", ALICE),
        }
    )

    @property
    def sites(self) -> Sequence[Site]:
        """Two sites that share a library, a locked one, a personal one."""
        d, base = self._drives, "https://small.example/sites"
        found = [
            Site(
                "small.example,aaaa,hr",
                "人事部",
                f"{base}/hr",
                (d["hr"], d["more"]),
                deleted=BIN,
            ),
            Site("small.example,aaaa,twin", "Twin", f"{base}/twin", (d["more"],)),
            Site(
                "small.example,aaaa,board", "役員会", f"{base}/board", (d["locked"],), locked=True
            ),
        ]
        home = "https://small-my.sharepoint.example/personal/alice_small_example"
        return [*found, Site("my.example,aaaa,al", "Alice", home, (d["alice"],), personal=True)]

    def folders(self, user: User) -> tuple[MailFolder, ...]:
        """Inbox with a child and a grandchild, a hidden folder, many empty ones."""
        if not user.purpose:
            return ()
        box = user.upn.partition("@")[0]
        mails = [_message(box, n) for n in range(25)]
        if box == "alice":
            inline = '<p>see <img src="cid:logo.png"></p>'
            mails += [
                _message(box, 25, subject="attached", attachments=ATTACHED),
                _message(box, 26, subject="inline", html=inline, attachments=ATTACHED[1:2]),
                _message(box, 27, subject="plain", html="only text", body_type="text"),
            ]
        deep = MailFolder(f"F-{box}-deep==", "見積", (_message(box, 32),))
        child = MailFolder(f"F-{box}-child", "取引先", (_message(box, 31),), (deep,))
        inbox = MailFolder(f"F-{box}-inbox", "受信トレイ", mails, (child,))
        buried = MailFolder(f"F-{box}-buried", "深い", (_message(box, 41),), hidden=True)
        hidden = MailFolder(f"F-{box}-hidden", "履歴", (_message(box, 40),), (buried,), hidden=True)
        rest = [MailFolder(f"F-{box}-{n}", f"folder {n}", ()) for n in range(9)]
        return (inbox, hidden, *rest)


def served() -> Iterator[Tenant]:
    """The company behind TLS."""
    with hosted(Small()) as tenant:
        yield tenant


def access_to(tenant: Tenant, **changes: Any) -> Access:
    """A tenant's access with its secret; ``cloud`` and ``environ`` replace single values."""
    cloud = Cloud("x", tenant.authority, tenant.graph, tenant.resource_manager, tenant.ca_file)
    cloud = replace(cloud, **changes.get("cloud", {}))
    environ = tenant.environ | changes.get("environ", {})
    audited = Audited(changes.get("audited", tenant.tenant_id))
    return Access(audited, Auth(changes.get("method", "client-secret")), cloud, environ=environ)


async def opened(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Access]:
    """Access for one test, with no faults left over, an empty record and short waits of our own."""
    hurry(monkeypatch)
    tenant.faults([])
    tenant.forget()
    access = access_to(tenant)
    yield access
    await access.aclose()
    tenant.faults([])


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are tried again soon; what the service asks for is waited for all the same."""
    monkeypatch.setattr("connectors._throttle._BACKOFF", 0.01)


def asked(tenant: Tenant, part: str, host: str = "main") -> list[Request]:
    """The requests whose path and query hold ``part``."""
    return [r for r in tenant.requests() if r.host == host and part in f"{r.path}?{r.query}"]


async def partitions(source: Connector) -> list[Partition]:
    """All partitions."""
    return [partition async for partition in source.partitions()]


async def pages(
    source: Connector, partition: Partition, cursors: dict[str, str] | None = None
) -> list[Page]:
    """All pages."""
    return [page async for page in source.pages(partition, cursors or {})]


async def items(source: Connector, partition: Partition) -> dict[str, Item]:
    """All items by name."""
    return {i.name: i for page in await pages(source, partition) for i in page.items}


async def whole(body: Body) -> bytes:
    """A body's bytes."""
    return b"".join([chunk async for chunk in body.chunks()])


def metered() -> Meter:
    """A meter that the rest of this task fills."""
    meter = Meter()
    METER.set(meter)
    return meter
