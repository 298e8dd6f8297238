"""Comparing answers and selections with the facts of Graph's schema (graph_schema.json)."""

from __future__ import annotations

from urllib.parse import quote

from connectors._sample_tenant._types import PROPERTIES

# Beside their declared properties SharePoint's open types carry these.
DYNAMIC = {"identity": {"email"}, "identitySet": {"group"}, "sharePointIdentity": {"email"}}
PLAIN = {
    "String": str,
    "Boolean": bool,
    "Int32": int,
    "Int64": int,
    "DateTimeOffset": str,
    "Guid": str,
    "Binary": str,
    "Double": (int, float),
    "Date": str,
}


class Walk:
    """Compares values with the schema, and remembers what it saw."""

    def __init__(self, schema):
        self.schema = schema
        self.seen = {}
        self.wrong = set()

    def value(self, value, kind, where):
        if value is None:
            return
        if kind.startswith("["):
            if not isinstance(value, list):
                self.wrong.add(f"{where}: not a list")
                return
            for one in value:
                self.value(one, kind[1:-1], where)
        elif kind in PLAIN:
            if not isinstance(value, PLAIN[kind]) or (kind != "Boolean" and value is True):
                self.wrong.add(f"{where}: not {kind}")
        elif kind in self.schema:
            self.object(value, kind)
        elif not isinstance(value, str):  # an enumeration is written as a string
            self.wrong.add(f"{where}: no such type {kind}")

    def object(self, value, kind):
        kind = str(value.get("@odata.type", kind)).rpartition(".")[2]
        facts = self.schema[kind]
        self.seen.setdefault(kind, set()).update(n for n in value if not n.startswith("@"))
        for name, one in value.items():
            if name.startswith("@"):
                continue
            declared = facts["properties"].get(name)
            if declared is not None:
                self.value(one, declared, f"{kind}.{name}")
            elif not (facts["open"] and name in DYNAMIC.get(kind, ())):
                self.wrong.add(f"{kind}.{name}: not in the schema")

    def answer(self, payload, kind):
        for one in payload.get("value", [payload]):
            self.object(one, kind)


def undeclared(selects, schema):
    """What ``Tenant.selects()`` of an audit names that the schema has not: ``type.property``."""
    return {
        f"{kind}.{name}"
        for kind, names in selects.items()
        for name in names
        if not name.startswith("@") and name not in schema[kind]["properties"]
    }


def everything(ask, tenant):
    """Every kind of answer of a tenant: (payload, type)."""

    def pages(target, **headers):
        while target:
            page = ask(target, **headers).json
            yield page
            target = page.get("@odata.nextLink")

    for target, kind in (
        ("/organization", "organization"),
        ("/domains", "domain"),
        ("/users", "user"),
        ("/sites/getAllSites", "site"),
    ):
        yield from ((page, kind) for page in pages(target))
    users = [v["id"] for page in pages("/users?$select=id") for v in page["value"]]
    yield ask(f"/users/{users[0]}").json, "user"
    yield ask(f"/users/{users[0]}/mailboxSettings").json, "mailboxSettings"
    for user in users:
        yield from mailbox(ask, pages, f"/users/{user}")
    for site in [v["id"] for page in pages("/sites/getAllSites") for v in page["value"]]:
        yield ask(f"/sites/{site}").json, "site"
        drives = ask(f"/sites/{site}/drives")
        if drives.status == 200:
            yield drives.json, "drive"
            for one in drives.json["value"]:
                yield from drive(ask, pages, tenant, one["id"])


def talk(ask, pages, users):
    """Groups, teams and chats; () where the company has none."""
    for page in pages("/groups"):
        yield page, "group"
        for group in page["value"]:
            yield from ((p, "user") for p in pages(f"/groups/{group['id']}/transitiveMembers"))
            if "Unified" in group["groupTypes"]:
                yield from threads(ask, pages, f"/groups/{group['id']}")
    for page in pages("/teams"):
        yield page, "team"
        for team in [f"/teams/{one['id']}" for one in page["value"]]:
            yield ask(team).json, "team"
            yield ask(f"{team}/members").json, "aadUserConversationMember"
            yield ask(f"{team}/allChannels").json, "channel"
            yield from ((p, "chatMessage") for p in pages(f"{team}/channels/getAllMessages"))
            for one in ask(f"{team}/channels/getAllMessages").json["value"]:
                channel = f"{team}/channels/{one['channelIdentity']['channelId']}"
                yield ask(f"{channel}/allMembers").json, "aadUserConversationMember"
                yield ask(f"{channel}/messages?$top=50").json, "chatMessage"
    for user in users:
        for page in pages(f"/users/{user}/chats"):
            yield page, "chat"
            for chat in page["value"]:
                members = ask(f"/chats/{chat['id']}/members").json
                yield members, "aadUserConversationMember"
        yield from ((p, "chatMessage") for p in pages(f"/users/{user}/chats/getAllMessages"))


def threads(ask, pages, group):
    for page in pages(f"{group}/threads"):
        yield page, "conversationThread"
        for thread in page["value"]:
            at = f"{group}/threads/{quote(thread['id'], safe='')}"
            posts = ask(f"{at}/posts").json
            yield posts, "post"
            for post in posts["value"]:
                inside = f"{at}/posts/{quote(post['id'], safe='')}/attachments"
                yield ask(inside).json, "attachment"


def mailbox(ask, pages, user):
    folders = ask(f"{user}/mailFolders?includeHiddenFolders=true&$top=100")
    waiting = folders.json["value"] if folders.status == 200 else []
    every = ",".join(sorted(PROPERTIES["message"]))
    while waiting:
        folder = waiting.pop()
        yield {"value": [folder]}, "mailFolder"
        base = f"{user}/mailFolders/{quote(folder['id'], safe='')}"
        waiting += ask(f"{base}/childFolders").json["value"]
        for page in pages(f"{base}/messages/delta?$select={every}", prefer="odata.maxpagesize=99"):
            yield page, "message"
            for message in page["value"]:
                if message["hasAttachments"]:
                    at = f"{user}/messages/{quote(message['id'], safe='')}"
                    yield ask(at).json, "message"
                    yield ask(f"{at}/attachments").json, "attachment"


def drive(ask, pages, tenant, identifier):
    link, base = "", ""
    for page in pages(f"/drives/{identifier}/root/delta?$top=50"):
        yield page, "driveItem"
        link = page.get("@odata.deltaLink")
        for item in page["value"]:
            if "file" in item:
                base = f"/drives/{identifier}/items/{item['id']}"
                yield ask(f"{base}/permissions").json, "permission"
    if base:
        yield ask(base).json, "driveItem"
        tenant.change("file", "delete", drive=identifier, id=base.rpartition("/")[2])
        yield ask(link).json, "driveItem"
