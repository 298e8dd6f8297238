"""The folder source against real trees, odd ones too."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import (
    Broken,
    Denied,
    Gone,
    Item,
    Misconfigured,
    Partition,
    Withheld,
    folder,
)
from connectors._identity import Access, Tenant
from connectors._model import METER, Meter

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX modes and special files")
ODD = [
    b"\x83}\x83C\x83i\x83\x93\x83o\x81[.csv",  # CP932
    "改行\nと\tタブ.txt".encode(), "🗂️絵文字.txt".encode(), b"a" * 251 + b".txt", b"100%41.txt",
    b"\xff\xfe\xfd", b" leading and trailing ", b"-rf", b"*?[x].txt",
]  # fmt: skip


def source(*paths: Path | str, **settings: tuple[str, ...]) -> folder.Source:
    chosen = folder.Settings(tuple(str(path) for path in paths), **settings)
    return folder.Source(chosen, Access(Tenant("here")))


async def partitions(reader: folder.Source) -> list[Partition]:
    return [partition async for partition in reader.partitions()]


async def items(reader: folder.Source) -> list[Item]:
    found: list[Item] = []
    for partition in await partitions(reader):
        async for page in reader.pages(partition, {}):
            found += page.items
    return found


async def content(reader: folder.Source, item: Item) -> bytes:
    pieces = [chunk async for body in reader.read(item) async for chunk in body.chunks()]
    return b"".join(pieces)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for place in ("b/two.txt", "a.txt", "b/one.txt", "c.txt", "b/deep/er/three.txt"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(place.encode())
    (tmp_path / "nothing").mkdir()
    return tmp_path


@pytest.fixture
def stranger() -> Iterator[Path]:
    """A folder for tests as a user without privileges, when the tests run as root."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)
    root = os.name == "posix" and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield place
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(place)


async def test_every_file_in_the_order_of_names(tree: Path) -> None:
    found = await items(source(tree))
    places = ["a.txt", "b/deep/er/three.txt", "b/one.txt", "b/two.txt", "c.txt"]
    assert [item.id for item in found] == places
    assert [item.name for item in found] == [place.rpartition("/")[2] for place in places]
    assert [item.path for item in found] == ["", "b/deep/er", "b", "b", ""]
    assert all(item.url == (tree / item.id).as_uri() for item in found)
    assert all(item.size == len(item.id) and item.modified for item in found)


async def test_the_content_comes_back(tree: Path) -> None:
    reader = source(tree)
    assert [await content(reader, item) for item in await items(reader)] == [
        b"a.txt", b"b/deep/er/three.txt", b"b/one.txt", b"b/two.txt", b"c.txt",
    ]  # fmt: skip


async def test_pages_hold_two_hundred_and_the_last_one_is_done(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number:04}").touch()
    reader = source(tmp_path)
    (partition,) = await partitions(reader)
    pages = [page async for page in reader.pages(partition, {"": "ignored"})]
    assert [(len(page.items), page.done, page.cursor) for page in pages] == [
        (200, False, ""), (200, True, ""),
    ]  # fmt: skip


async def test_an_empty_folder_is_one_empty_page(tmp_path: Path) -> None:
    reader = source(tmp_path)
    (partition,) = await partitions(reader)
    pages = [page async for page in reader.pages(partition, {})]
    assert [(len(page.items), page.done) for page in pages] == [(0, True)]


async def test_a_file_stands_in_its_folder(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    for given, name in (("a.txt", ""), ("b/one.txt", "b"), (str(tree / "a.txt"), str(tree))):
        reader = source(given)
        (partition,) = await partitions(reader)
        (item,) = await items(reader)
        assert partition.name == name
        assert partition.id == str(tree / given)
        assert (item.name, item.path) == (Path(given).name, "")
        assert await content(reader, item) == Path(given).read_bytes()


async def test_globs_choose_files_and_close_folders(tree: Path) -> None:
    async def ids(**settings: tuple[str, ...]) -> list[str]:
        return [item.id for item in await items(source(tree, **settings))]

    assert await ids(include=("*.txt",), exclude=("b",)) == ["a.txt", "c.txt"]
    assert await ids(include=("b/*",)) == ["b/deep/er/three.txt", "b/one.txt", "b/two.txt"]
    assert await ids(include=("o*.txt", "c.txt")) == ["b/one.txt", "c.txt"]
    assert await ids(exclude=("*/deep", "?.txt")) == ["b/one.txt", "b/two.txt"]


async def test_no_paths_is_a_wrong_setting() -> None:
    with pytest.raises(Misconfigured) as caught:
        await partitions(source())
    assert caught.value.code == "bad_setting"


async def test_a_path_that_is_not_there_hides_nothing(tree: Path) -> None:
    reader = source(tree / "missing", tree)
    missing, there = await partitions(reader)
    with pytest.raises(Gone):
        await anext(reader.pages(missing, {}))
    assert len((await anext(reader.pages(there, {}))).items) == 5


async def test_the_version_follows_the_content_and_holds_no_digit(tree: Path) -> None:
    before = (await items(source(tree)))[0].version
    assert (await items(source(tree)))[0].version == before
    os.utime(tree / "a.txt", ns=(1, 1_700_000_000_123_456_789))
    after = (await items(source(tree)))[0].version
    assert after != before
    assert after.isalpha()
    assert after.isascii()


async def test_times_beyond_the_calendar(tree: Path) -> None:
    assert folder._moment(10**15) is None
    os.utime(tree / "a.txt", (-5, -5))
    assert (await items(source(tree)))[0].version.isalpha()


@posix
async def test_odd_names_survive(tmp_path: Path) -> None:
    for name in ODD:
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(name)
    reader = source(tmp_path)
    found = await items(reader)
    assert {os.fsencode(item.id) for item in found} == set(ODD)
    assert all([await content(reader, item) == os.fsencode(item.id) for item in found])
    for item in found:
        assert (item.name + item.path + item.url).encode()
    assert "マイナンバー.csv" in {item.name for item in found}


async def test_a_large_file_is_read_on_demand_and_by_ranges(tmp_path: Path) -> None:
    data = os.urandom(3 << 20)
    (tmp_path / "large").write_bytes(data)
    reader = source(tmp_path)
    (item,) = await items(reader)
    meter = Meter()
    token = METER.set(meter)
    try:
        (body,) = [body async for body in reader.read(item)]
        assert body.data is None
        assert body.size == len(data)
        assert await content(reader, item) == data
        assert await body.head(1000) == (data[:1000], True)
        ranges = [(0, 10), (2_000_000, 1_500_000), (len(data) - 5, None), (len(data) + 9, 5)]
        for offset, length in ranges:
            got = b"".join([chunk async for chunk in body.chunks(offset, length)])
            assert got == data[offset : None if length is None else offset + length]
    finally:
        METER.reset(token)
    assert meter.bytes > len(data)


async def test_a_file_that_shrinks_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(bytes(3 << 20))
    reader = source(tmp_path)
    (item,) = await items(reader)
    (body,) = [body async for body in reader.read(item)]
    chunks = body.chunks()
    await anext(chunks)
    path.write_bytes(b"new")
    with pytest.raises(Broken) as caught:
        [chunk async for chunk in chunks]
    assert caught.value.reason == "changed_while_read"


async def test_a_file_that_went_away(tree: Path) -> None:
    reader = source(tree)
    found = await items(reader)
    (tree / "a.txt").unlink()
    with pytest.raises(Gone):
        await content(reader, found[0])
    (partition,) = await partitions(reader)
    ids = ["a.txt", "b/one.txt"]
    assert [item.id for item in await reader.lookup(partition, ids)] == ["b/one.txt"]


@posix
async def test_links_are_not_followed_out_and_say_so(tree: Path, tmp_path_factory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_bytes(b"outside")
    (tree / "b" / "up").symlink_to(tree)
    (tree / "same").symlink_to("a.txt")
    for name, target in {"l1": outside, "l2": outside / "secret.txt", "l3": "nowhere"}.items():
        (tree / name).symlink_to(target)
    reader = source(tree)
    found = {item.id: item for item in await items(reader)}
    assert set(found) == {
        "a.txt", "b/deep/er/three.txt", "b/one.txt", "b/two.txt", "c.txt", "l1", "l2", "l3",
    }  # fmt: skip
    for name in ("l1", "l2", "l3"):
        with pytest.raises(Withheld) as caught:
            await content(reader, found[name])
        assert caught.value.reason == "excluded_by_settings"
    (tree / "c.txt").unlink()
    (tree / "c.txt").symlink_to(outside / "secret.txt")  # after it was listed as a file
    with pytest.raises(Gone):
        await content(reader, found["c.txt"])


@posix
async def test_special_files_are_withheld(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(tmp_path)  # socket paths are short
        server.bind("socket")
        reader = source(tmp_path)
        for item in await items(reader):
            assert item.size == 0
            with pytest.raises(Withheld) as caught:
                await asyncio.wait_for(content(reader, item), 2)
            assert caught.value.reason == "unsupported_format"


@posix
async def test_what_is_closed_is_an_item_that_says_so(stranger: Path) -> None:
    (stranger / "open").mkdir()
    (stranger / "open" / "fine.txt").write_bytes(b"1")
    for name in ("closed", "open/closed"):
        (stranger / name).mkdir()
        (stranger / name / "hidden.txt").touch()
        (stranger / name).chmod(0o000)
    (stranger / "closed.txt").touch(0o000)
    reader = source(stranger, stranger / "closed")
    whole, shut = await partitions(reader)
    found = [item async for page in reader.pages(whole, {}) for item in page.items]
    assert [i.id for i in found] == ["closed/", "closed.txt", "open/closed/", "open/fine.txt"]
    for item in found[:3]:
        with pytest.raises(Denied):
            await content(reader, item)
    assert await content(reader, found[3]) == b"1"
    with pytest.raises(Denied):
        await anext(reader.pages(shut, {}))
    for name in ("closed", "open/closed"):
        (stranger / name).chmod(0o700)
