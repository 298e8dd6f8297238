"""A company small enough to read, with one of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

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
                        (
                            *(file(n, ("", "人事", "人事/2026")[n % 3]) for n in range(30)),
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
