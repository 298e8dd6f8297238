"""Queues and tables of Azurite: Microsoft's wire and its signatures, our reading."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from email.utils import formatdate
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import pytest

from connectors import Denied, Misconfigured, Partition, Withheld, azure_queues, azure_tables
from connectors._identity import Access, Auth, Cloud, Tenant
from connectors._model import Item
from connectors._sample_tenant import _certificates
from connectors._sample_tenant._handle import hosted
from tests.unit.connectors.conftest import emulator
from tests.unit.connectors.services_world import Company

pytestmark = pytest.mark.azurite
VARIABLE = "TEST_CONNECTION_STRING"


class Azurite:
    """Puts things in, which the tool never does."""

    def __init__(self, connection: str, ca_file: str = "") -> None:
        self.said = dict(part.split("=", 1) for part in connection.strip(";").split(";"))
        self._key = base64.b64decode(self.said["AccountKey"])
        self._context = ssl.create_default_context(cafile=ca_file) if ca_file else None

    def queue(self, method: str, path: str, body: bytes = b"") -> None:
        """Signed with SharedKeyLite: verb, two empty headers, type, date, ours, resource."""
        date = formatdate(usegmt=True)
        kind = "application/xml" if body else ""
        headers = f"x-ms-date:{date}\nx-ms-version:2021-12-02\n"
        text = f"{method}\n\n{kind}\n\n{headers}/tester/tester/{path.partition('?')[0]}"
        told = {"Content-Type": kind} if kind else {}
        self._send("Queue", method, path, body, {**told, **self._signed(text, date)})

    def table(self, method: str, path: str, value: Any) -> None:
        """Signed with SharedKeyLite: date and resource."""
        date = formatdate(usegmt=True)
        text = f"{date}\n/tester/tester/{path}"
        told = {"Content-Type": "application/json", "Accept": "application/json"}
        body = json.dumps(value).encode()
        self._send("Table", method, path, body, {**told, **self._signed(text, date)})

    def _signed(self, text: str, date: str) -> dict[str, str]:
        digest = hmac.digest(self._key, text.encode(), hashlib.sha256)
        signature = base64.b64encode(digest).decode()
        return {
            "Authorization": f"SharedKeyLite tester:{signature}",
            "x-ms-date": date,
            "x-ms-version": "2021-12-02",
        }

    def _send(
        self, service: str, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> None:
        url = f"{self.said[f'{service}Endpoint']}/{path}"
        request = Request(url, body or None, headers, method=method)
        try:
            urlopen(request, timeout=30, context=self._context).close()
        except HTTPError as error:
            pytest.fail(f"Azurite refuses: {error.code} {error.headers.get('x-ms-error-code')}")


@pytest.fixture
def store(azurite: str) -> Azurite:
    return Azurite(azurite)


@asynccontextmanager
async def opened(module: ModuleType, connection: str, **settings: Any) -> AsyncIterator[Any]:
    chosen = module.Settings(connection_string_env=VARIABLE, **settings)
    source = module.Source(chosen, Access(Tenant("here"), environ={VARIABLE: connection}))
    try:
        yield source
    finally:
        await source.aclose()


async def only(source: Any) -> Partition:
    (found,) = [partition async for partition in source.partitions()]
    assert isinstance(found, Partition)
    return found


async def items_of(source: Any, partition: Partition) -> list[Item]:
    return [item async for page in source.pages(partition, {}) for item in page.items]


async def content(source: Any, item: Item) -> list[tuple[str, bytes]]:
    bodies = [body async for body in source.read(item)]
    return [(body.part, b"".join([chunk async for chunk in body.chunks()])) for body in bodies]


async def test_messages_are_peeked_and_stay(azurite: str, store: Azurite) -> None:
    store.queue("PUT", "peeked")
    for text in ("plain 一 &amp; two", base64.b64encode('{"a": "一"}'.encode()).decode()):
        message = f"<QueueMessage><MessageText>{text}</MessageText></QueueMessage>"
        store.queue("POST", "peeked/messages", message.encode())
    async with opened(azure_queues, azurite, include=("peeked",)) as source:
        partition = await only(source)
        for _ in range(3):  # nobody is kept waiting: each look sees the same
            items = await items_of(source, partition)
            assert [item.version.rpartition("/")[2] for item in items] == ["0", "0"]
        assert [await content(source, item) for item in items] == [
            [("", "plain 一 & two".encode())],
            [("", '{"a": "一"}'.encode())],
        ]
        assert all(item.modified is not None for item in items)
        assert [i.id for i in await source.lookup(partition, ["gone", items[1].id])] == [
            items[1].id
        ]
        assert await source.grants(items)


async def test_what_a_peek_does_not_show_is_counted(azurite: str, store: Azurite) -> None:
    store.queue("PUT", "long")
    for number in range(35):
        body = f"<QueueMessage><MessageText>m{number}!</MessageText></QueueMessage>"
        store.queue("POST", "long/messages", body.encode())
    async with opened(azure_queues, azurite, include=("long",)) as source:
        *seen, rest = await items_of(source, await only(source))
        assert len(seen) == 32
        with pytest.raises(Withheld) as caught:
            await content(source, rest)
        assert caught.value.reason == "not_offered"
        assert caught.value.detail.startswith("3 ")


async def test_rows_of_every_type(
    azurite: str, store: Azurite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(azure_tables, "PAGE", 3)
    store.table("POST", "Tables", {"TableName": "Typed"})
    data = base64.b64encode(b"%PDF-").decode()
    for number in range(7):
        store.table("POST", "Typed", {
            "PartitionKey": "it's", "RowKey": f"r {number} 一%" if number else "plain",
            "Big": str(2**53 + number), "Big@odata.type": "Edm.Int64",
            "Small": number, "Real": 1.5, "Flag": True, "Text": "一\n二",
            "When": "2026-04-01T00:00:00Z", "When@odata.type": "Edm.DateTime",
            "Bytes": data, "Bytes@odata.type": "Edm.Binary",
        } if number != 3 else {"PartitionKey": "it's", "RowKey": "r 3", "Other": "x"})  # fmt: skip
    async with opened(azure_tables, azurite, include=("typed",)) as source:
        partition = await only(source)
        pages = [page async for page in source.pages(partition, {})]
        assert [len(page.items) for page in pages] == [3, 3, 1]
        items = {item.name: item for page in pages for item in page.items}
        assert len(items) == 7
        first = items["it's, plain"]
        assert first.row == {
            "PartitionKey": "it's", "RowKey": "plain", "Big": str(2**53), "Small": "0",
            "Real": "1.5", "Flag": "true", "Text": "一\n二", "When": "2026-04-01T00:00:00Z",
        }  # fmt: skip
        assert first.version.startswith('W/"datetime')
        assert first.modified is not None
        assert await content(source, first) == [("Bytes", b"%PDF-")]
        assert items["it's, r 3"].row == {"PartitionKey": "it's", "RowKey": "r 3", "Other": "x"}
        rest = [page async for page in source.pages(partition, {"": pages[0].cursor})]
        assert [item.id for page in rest for item in page.items] == [
            item.id for page in pages[1:] for item in page.items
        ]
        assert not any(page.restart for page in rest)
        found = await source.lookup(partition, [first.id, "PartitionKey='no',RowKey='no'", "no"])
        assert found == [first]


async def test_a_changed_row_has_another_version(azurite: str, store: Azurite) -> None:
    store.table("POST", "Tables", {"TableName": "Changing"})
    row = {"PartitionKey": "p", "RowKey": "r", "Text": "one"}
    store.table("POST", "Changing", row)
    async with opened(azure_tables, azurite, include=("changing",)) as source:
        partition = await only(source)
        (before,) = await items_of(source, partition)
        keys = quote("PartitionKey='p',RowKey='r'", safe="=,")
        store.table("PUT", f"Changing({keys})", {**row, "Text": "two"})
        (after,) = await items_of(source, partition)
        assert before.id == after.id
        assert before.version != after.version
        assert after.row["Text"] == "two"


@pytest.mark.parametrize("module", [azure_queues, azure_tables])
async def test_a_wrong_key_is_told(azurite: str, module: ModuleType) -> None:
    wrong = base64.b64encode(b"w" * 32).decode()
    parts = [
        f"AccountKey={wrong}" if part.startswith("AccountKey") else part
        for part in azurite.split(";")
    ]
    async with opened(module, ";".join(parts)) as source:
        with pytest.raises((Misconfigured, Denied)) as caught:
            raise (await only(source)).facts["error"]
    assert wrong not in repr(caught.value)
    if isinstance(caught.value, Misconfigured):  # Azure's own word; Azurite has another for tables
        assert caught.value.code == "wrong_secret"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "AccountName=a",
        "AccountName=a;AccountKey=%",
        "BlobEndpoint=https://x.y;AccountName=a",
    ],
)
async def test_a_string_that_does_not_say_where(text: str) -> None:
    async with opened(azure_tables, text) as source:
        with pytest.raises(Misconfigured) as caught:
            await anext(source.partitions())
    assert caught.value.code in {"missing_environment", "bad_setting"}


def test_addresses_of_connection_strings() -> None:
    from connectors._service_accounts import endpoint_of

    key = base64.b64encode(b"k" * 32).decode()
    plain = f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={key}"
    assert endpoint_of(plain, "table") == ("https://a.table.core.windows.net", "a", key)
    china = f"{plain};EndpointSuffix=core.chinacloudapi.cn"
    assert endpoint_of(china, "file")[0] == "https://a.file.core.chinacloudapi.cn"
    signed = "QueueEndpoint=https://a.queue.core.windows.net/;SharedAccessSignature=?sv=1&sig=x"
    assert endpoint_of(signed, "queue") == ("https://a.queue.core.windows.net/?sv=1&sig=x", "", "")
    assert urlsplit(endpoint_of(signed, "queue")[0]).query == "sv=1&sig=x"


@pytest.fixture
def by_token(tmp_path: Path) -> Iterator[tuple[Access, Azurite]]:
    """Azurite behind TLS, which takes tokens: those of the sample tenant's sign-in."""
    authority, server = _certificates.make(tmp_path)
    options = ("--oauth", "basic", "--cert", str(server), "--key", str(server))
    with hosted(Company()) as tenant, emulator(tmp_path, *options, scheme="https") as connection:
        trusted = tmp_path / "trusted.pem"
        trusted.write_bytes(Path(tenant.ca_file).read_bytes() + authority.read_bytes())
        cloud = Cloud("x", tenant.authority, tenant.graph, tenant.resource_manager, str(trusted))
        auth = Auth("client-secret")
        access = Access(Tenant(tenant.tenant_id), auth, cloud, environ=tenant.environ)
        yield access, Azurite(connection, str(authority))


async def test_tokens_open_queues_and_tables(by_token: tuple[Access, Azurite]) -> None:
    access, store = by_token
    store.queue("PUT", "tokens")
    body = b"<QueueMessage><MessageText>a word</MessageText></QueueMessage>"
    store.queue("POST", "tokens/messages", body)
    store.table("POST", "Tables", {"TableName": "Tokens"})
    store.table("POST", "Tokens", {"PartitionKey": "it's", "RowKey": "r", "Text": "x"})
    for module, service in ((azure_queues, "Queue"), (azure_tables, "Table")):
        settings = module.Settings(accounts=(store.said[f"{service}Endpoint"],))
        source = module.Source(settings, access)
        partition = await only(source)
        assert partition.name.lower() == "tokens"
        (item,) = [i for page in [p async for p in source.pages(partition, {})] for i in page.items]
        assert [i.id for i in await source.lookup(partition, [item.id])] == [item.id]
        await source.aclose()
    await access.aclose()
