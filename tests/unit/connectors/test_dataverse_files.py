"""Files beside rows: blocks, pictures, base64; cut lines and what changes while it is read."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import Body, Broken, Denied, dataverse
from connectors._dataverse_files import BLOCK, Attached, bodies
from connectors._dataverse_lane import Environment
from connectors._model import Item, Partition
from connectors._sample_tenant._handle import Tenant
from connectors._tables import File, Table
from tests.unit.connectors.dataverse_world import LARGE, PICTURE, listed, opened, row_id, served
from tests.unit.connectors.graph_world import asked, metered, whole
from tests.unit.connectors.scripted import Scripted, again, scripted

tenant = pytest.fixture(scope="module")(served)
source = pytest.fixture(opened)


async def files(source: dataverse.Source, table: str, number: int) -> list[Body]:
    _, items = await listed(source, table)
    item = next(i for i in items if i.id == row_id(table, number))
    return [body async for body in source.read(item)]


async def test_a_file_column_is_read_in_blocks(source: dataverse.Source, tenant: Tenant) -> None:
    place = (await listed(source, "filed"))[1][0]
    tenant.forget()
    meter = metered()
    (body,) = [body async for body in source.read(place)]
    assert (body.name, body.part, body.size) == ("file.bin", "書類", len(LARGE))
    assert body.media_type == "application/octet-stream"
    assert (await whole(body) == LARGE) is True
    ranges = [r.range for r in tenant.requests()]
    assert ranges == [f"bytes={at}-{at + BLOCK - 1}" for at in range(0, len(LARGE), BLOCK)]
    assert (meter.requests, meter.bytes) == (3, len(LARGE))
    data, more = await body.head(100)
    assert (data == LARGE[:100], more) == (True, True)
    assert len(tenant.requests()) == 3  # the first block is at hand
    piece = b"".join([chunk async for chunk in body.chunks(BLOCK - 2, 5)])
    assert (piece == LARGE[BLOCK - 2 : BLOCK + 3]) is True
    assert asked(tenant, "/$value")[-1].range == f"bytes={BLOCK}-{BLOCK + 2}"


async def test_a_file_that_is_only_served_whole_is_read_whole(
    source: dataverse.Source, tenant: Tenant
) -> None:
    (body,) = await files(source, "filed", 1)
    assert body.size is None
    tenant.forget()
    assert (await whole(body) == LARGE) is True
    assert [r.range for r in tenant.requests()] == [""]
    piece = b"".join([chunk async for chunk in body.chunks(BLOCK + 5, 10)])
    assert (piece == LARGE[BLOCK + 5 : BLOCK + 15]) is True


async def test_empty_and_small_files(source: dataverse.Source) -> None:
    assert await whole((await files(source, "filed", 2))[0]) == b""
    assert await whole((await files(source, "filed", 5))[0]) == b"small"
    assert await files(source, "filed", 6) == []


async def test_a_picture_comes_full_and_else_small(
    source: dataverse.Source, tenant: Tenant
) -> None:
    (full,) = await files(source, "filed", 3)
    assert [r.query for r in asked(tenant, "/$value")] == ["size=full"]
    assert await whole(full) == PICTURE
    (small,) = await files(source, "filed", 4)
    assert [r.query for r in asked(tenant, "/$value")] == ["size=full", "size=full", ""]
    assert await whole(small) == PICTURE
    assert b"".join([c async for c in small.chunks(4, 3)]) == PICTURE[4:7]


async def test_a_note_carries_its_file(source: dataverse.Source) -> None:
    assert await files(source, "annotation", 0) == []
    (body,) = await files(source, "annotation", 1)
    assert (body.name, body.media_type, body.size) == ("n.txt", "text/plain", 10)
    assert body.part == "attachment"
    assert await whole(body) == b"note file\n"
    assert b"".join([c async for c in body.chunks(5, 3)]) == b"fil"


@pytest.mark.parametrize("table", ["filed", "annotation"])
@pytest.mark.parametrize("action", ["cut", "reset"])
async def test_a_line_that_breaks_is_taken_up(
    source: dataverse.Source, tenant: Tenant, table: str, action: str
) -> None:
    number, data = {"filed": (0, LARGE), "annotation": (1, b"note file\n")}[table]
    tenant.faults([{"path": "value$", "action": action, "hits": [1, 3]}])
    (body,) = await files(source, table, number)
    assert (await whole(body) == data) is True


async def test_a_file_that_is_refused_leaves_the_others(
    source: dataverse.Source, tenant: Tenant
) -> None:
    tenant.faults([{"path": "paper/.value$", "action": "status", "status": 403}])
    (body,) = await files(source, "filed", 0)
    assert body.part == "書類"
    with pytest.raises(Denied) as denied:
        await whole(body)
    assert denied.value.permission == "prvReadfiled"


# --------------------------------------------------------------- what the double does not imitate

TABLE = Table("t", "ts", "tid", "T", tracked=False, privilege="prvReadT")


async def body_of(found: Scripted, kind: str) -> tuple[Body, Any, Any]:
    access = found.access()
    environment = Environment(access, found.origin)
    place = Partition("dataverse", "t", "t", "t", {"table": TABLE})
    facts = {"files": (Attached(File("c", "C", kind)),)}
    item = Item(place, "x", "item x", "1", facts=facts)
    (body,) = [body async for body in bodies(environment, item)]
    return body, environment, access


@pytest.mark.parametrize(
    ("texts", "data"),
    [
        ("bm90ZSBmaWxl", b"note file"),
        ("bm90ZSBmaWxlIQ", b"note file!"),
        ('"bm90ZSBm\r\naWxl"', b"note file"),
    ],
)
async def test_base64_as_services_write_it(texts: str, data: bytes) -> None:
    from aiohttp import web

    async with scripted() as found:
        found.say("/api/data/v9.2/ts(x)/c/$value", again(lambda: web.Response(text=texts)))
        body, environment, access = await body_of(found, "base64")
        assert await whole(body) == data
        await environment.aclose()
        await access.aclose()


async def test_text_that_is_no_base64_says_so() -> None:
    from aiohttp import web

    async with scripted() as found:
        found.say("/api/data/v9.2/ts(x)/c/$value", again(lambda: web.Response(text="!!!!")))
        body, environment, access = await body_of(found, "base64")
        with pytest.raises(Broken) as broken:
            await whole(body)
        assert broken.value.reason == "malformed"
        await environment.aclose()
        await access.aclose()


@pytest.mark.parametrize("change", ["size", "nothing"])
async def test_a_file_that_changes_between_blocks_says_so(change: str) -> None:
    from aiohttp import web

    sizes = iter([9 << 20, 9 << 20 if change == "nothing" else 5 << 20])

    def answer(request: web.BaseRequest) -> web.Response:
        first = request.headers["range"].startswith("bytes=0-")
        data = bytes(BLOCK) if first else b""
        return web.Response(status=206, body=data, headers={"x-ms-file-size": str(next(sizes))})

    async with scripted() as found:
        found.say("/api/data/v9.2/ts(x)/c/$value", answer)
        body, environment, access = await body_of(found, "file")
        with pytest.raises(Broken) as broken:
            await whole(body)
        wanted = "changed_while_read" if change == "size" else "service_error"
        assert broken.value.reason == wanted
        await environment.aclose()
        await access.aclose()


async def test_a_server_that_knows_no_ranges_is_read_all_the_same() -> None:
    from aiohttp import web

    async with scripted() as found:
        found.say("/api/data/v9.2/ts(x)/c/$value", again(lambda: web.Response(body=b"0123456789")))
        body, environment, access = await body_of(found, "file")
        assert await whole(body) == b"0123456789"
        assert b"".join([c async for c in body.chunks(3, 4)]) == b"3456"
        await environment.aclose()
        await access.aclose()
