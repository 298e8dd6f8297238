"""A tiny company, served from a thread, and a plain client for it."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._model import (
    Attachment,
    Blob,
    Container,
    Drive,
    DriveFile,
    MailFolder,
    Message,
    Planted,
    Site,
    User,
    World,
)

START = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
ALICE = "alice@tiny.example"
MIME = b"Subject: hello\r\nX-Trace: one\r\nContent-Type: text/plain\r\n\r\nbody\r\n"
LINK = {
    "id": "link-a",
    "roles": ["read"],
    "shareId": "u!secret",
    "hasPassword": False,
    "grantedToIdentitiesV2": [],
    "link": {
        "scope": "anonymous",
        "type": "view",
        "webUrl": "https://tiny.example/:x:/secret",
        "preventsDownload": False,
    },
}
OWNERS = {
    "id": "owners",
    "roles": ["owner"],
    "grantedToV2": {"siteGroup": {"id": "3", "displayName": "hr owners", "loginName": "owners"}},
}


def attachment(kind: str, name: str, data: bytes, **more: Any) -> Attachment:
    return Attachment(
        f"att-{kind}-{name}",
        name,
        more.pop("content_type", "text/plain"),
        partial(bytes, data),
        kind=kind,
        **more,
    )


def message(number: int, **more: Any) -> Message:
    made = Message(
        id=f"AAkAMessage{chr(97 + number // 26)}{chr(97 + number % 26)}=",
        change_key=f"CK{number}",
        subject=f"mail {number}",
        html=f"<p>text <b>{number}</b></p>",
        sender=ALICE,
        to=("bob@tiny.example",),
        cc=("guest@away.example",),
        bcc=(),
        received=START + timedelta(hours=number),
        attachments=(),
        mime=partial(bytes, MIME),
    )
    return replace(made, **more)


ATTACHED = (
    attachment("file", "list.csv", b"a,b\r\n1,2\r\n", content_type="text/csv"),
    attachment("file", "logo.png", b"\x89PNG", content_type="image/png", inline=True),
    attachment("file", "big.bin", b"0" * (3 * 2**20 + 1), content_type="application/zip"),
    attachment("item", "inner", MIME, content_type="message/rfc822"),
    attachment("reference", "shared.xlsx", b"", content_type="", source_url="https://x.example"),
)


def file(number: int, folder: str, **more: Any) -> DriveFile:
    data = f"content {number}".encode()
    made = DriveFile(
        id=f"01FILE{chr(65 + number // 26)}{chr(65 + number % 26)}",
        name=f"file {number}.txt",
        folder=folder,
        size=len(data),
        ctag=f'"c:{{FILE-{number}}},1"',
        etag=f'"{{FILE-{number}}},1"',
        quick_xor_hash="AAAA",
        media_type="text/plain",
        created=START,
        modified=START + timedelta(days=1),
        created_by=ALICE,
        data=partial(bytes, data),
        permissions=(OWNERS,),
    )
    return replace(made, **more)


def blob(name: str, data: bytes = b"blob data", tier: str = "Hot") -> Blob:
    return Blob(
        name, len(data), '"0x8DEAB"', "text/plain", START, START, tier, partial(bytes, data)
    )


def user(name: str, **more: Any) -> User:
    address = f"{name}@tiny.example"
    return User(f"aaaaaaaa-{name}", address, address, name.title(), **more)


@dataclass
class Tiny:
    """Small enough to read, with one of everything."""

    tenant_id: str = "7c1e9b52-4d3a-4f60-9a8e-b2d5c7e1f0ab"
    domain: str = "tiny.example"
    name: str = "Tiny"
    items: int = 100
    account: str = "tinystore"
    planted: Sequence[Planted] = ()
    users: Sequence[User] = field(
        default_factory=lambda: (
            user("alice"),
            user("bob", purpose="shared", enabled=False),
            user("carol", purpose=""),
            user("dave", denied=True),
            replace(user("guest", user_type="Guest", purpose=""), mail="guest@away.example"),
        )
    )
    sites: Sequence[Site] = field(
        default_factory=lambda: (
            Site(
                "tiny.example,aaaa-b,cccc-d",
                "hr",
                "https://tiny.example/sites/hr",
                (
                    Drive(
                        "b!hr",
                        "ドキュメント",
                        tuple(file(n, ("", "人事", "人事/2026")[n % 3]) for n in range(30))
                        + (
                            file(30, "", name="shared.xlsx", permissions=(OWNERS, LINK)),
                            file(31, "", name="notes", media_type="application/msonenote"),
                            file(32, "", name="none", size=0, data=partial(bytes, b"")),
                        ),
                    ),
                ),
            ),
            Site(
                "tiny.example,aaaa-l,cccc-l",
                "board",
                "https://tiny.example/sites/board",
                (Drive("b!locked", "Documents", (file(0, ""),)),),
                locked=True,
            ),
            Site(
                "tiny-my.example,aaaa-p,cccc-p",
                "Alice",
                "https://tiny-my.example/personal/alice",
                (Drive("b!alice", "OneDrive", (file(0, "a"),), "business", ALICE),),
                personal=True,
            ),
        )
    )
    containers: Sequence[Container] = field(
        default_factory=lambda: (
            Container(
                "backup",
                (
                    *(blob(f"a/{n:02d}.txt") for n in range(12)),
                    blob("old.bak", tier="Archive"),
                    blob("日本 & <語>.txt"),
                ),
            ),
            Container("forms", (blob("form.txt"),), "blob"),
            Container("web", (blob("index.html"),), "container"),
        )
    )

    def folders(self, user: User) -> tuple[MailFolder, ...]:
        if not user.purpose:
            return ()
        mails = [message(n) for n in range(25)] + [message(25, attachments=ATTACHED)]
        child = MailFolder(f"F-{user.id}-child", "取引先", (message(30), message(31)))
        tail = "e" if "bob" in user.id else ""  # a folder whose rounds have an empty page
        inbox = MailFolder(f"F-{user.id}-inbox{tail}", "受信トレイ", mails, (child,))
        hidden = MailFolder(f"F-{user.id}-hidden", "会話の履歴", (message(40),), hidden=True)
        rest = [MailFolder(f"F-{user.id}-{n}", f"folder {n}", ()) for n in range(11)]
        return (inbox, hidden, *rest)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


class Ask:
    """A client that sends exactly what it is told, with a token unless told otherwise."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._context = ssl.create_default_context(cafile=tenant.ca_file)
        self._tokens: dict[str, str] = {}
        self._lines: dict[str, http.client.HTTPSConnection] = {}

    def __call__(
        self,
        target: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        token: str | None = None,
        resource: str = "https://graph.microsoft.com",
        **headers: str,
    ) -> Reply:
        url = target if target.startswith("https") else f"{self._tenant.graph}{target}"
        host = urlsplit(url).netloc
        if token is None:
            if resource not in self._tokens:
                self._tokens[resource] = self._tenant.token(resource)
            token = self._tokens[resource]
        if token:
            headers["authorization"] = f"Bearer {token}"
        names = {n.replace("_", "-"): v for n, v in headers.items()}
        if host not in self._lines:
            self._lines[host] = http.client.HTTPSConnection(host, context=self._context)
        line = self._lines[host]
        try:
            line.request(method, url.split(host, 1)[1], body, names)
            reply = line.getresponse()
            found = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, found, reply.read())
        except BaseException:
            line.close()
            raise

    def close(self) -> None:
        for line in self._lines.values():
            line.close()


@pytest.fixture
def tiny() -> World:
    return Tiny()


@pytest.fixture
def tenant(tiny: World) -> Iterator[Tenant]:
    with hosted(tiny) as found:
        yield found


@pytest.fixture
def ask_of() -> Iterator[Callable[[Tenant], Ask]]:
    made: list[Ask] = []

    def make(tenant: Tenant) -> Ask:
        made.append(Ask(tenant))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def ask(tenant: Tenant, ask_of: Callable[[Tenant], Ask]) -> Ask:
    return ask_of(tenant)


@pytest.fixture
def pages(ask: Ask) -> Callable[..., list[Any]]:
    """All pages of a collection."""

    def follow(target: str, **headers: str) -> list[Any]:
        found = []
        link: str | None = target
        while link:
            reply = ask(link, **headers)
            assert reply.status == 200, reply.code
            found.append(reply.json)
            link = reply.json.get("@odata.nextLink")
            assert len(found) < 200
        return found

    return follow


@pytest.fixture
def schema() -> dict[str, Any]:
    path = Path(__file__).parents[2] / "fixtures" / "graph_schema.json"
    return dict(json.loads(path.read_text("utf-8")))


@pytest.fixture
def transport() -> Callable[[Tenant], Any]:
    """An azure-core transport of its own that trusts the tenant; its client closes it."""
    import aiohttp
    from azure.core.pipeline.transport import AioHttpTransport

    def make(tenant: Tenant) -> AioHttpTransport:
        context = ssl.create_default_context(cafile=tenant.ca_file)
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=context), auto_decompress=False
        )
        return AioHttpTransport(session=session, session_owner=True)

    return make
