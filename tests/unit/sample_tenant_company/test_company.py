"""The company as a whole: size, laziness, identifiers, determinism."""

from __future__ import annotations

import hashlib
import re
import time
import tracemalloc
from datetime import UTC
from itertools import islice

import pytest

from connectors._sample_tenant._company import company
from connectors._sample_tenant._company_keys import code, position
from connectors._sample_tenant._model import (
    Blob,
    DriveFile,
    ListRow,
    Message,
    SitePage,
)

RUN = re.compile(r"[0-9]{12}")
GUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[ab][0-9a-f]{3}-[0-9a-f]{12}"


def test_the_number_of_items_is_the_one_asked_for(world, entries):
    kinds = [type(entry.item) for entry in entries]
    assert 440 <= kinds.count(Message) <= 460
    assert 110 <= kinds.count(DriveFile) <= 130
    assert 25 <= kinds.count(Blob) <= 35
    beside = kinds.count(ListRow) + kinds.count(SitePage)  # the same at every size
    assert world.items == len(entries) == 600 + beside


@pytest.mark.parametrize("items", [0, 1, 601, 5_000])
def test_any_number_of_items(items, listing):
    made = company(items)
    assert made.items == sum(1 for _ in listing(made))
    assert made.items >= items
    beside = sum(len(one.rows) for site in made.sites for one in site.lists)
    beside += sum(len(site.pages) for site in made.sites)
    assert items < 600 or made.items == items + beside


def test_two_in_a_hundred_hold_a_number():
    made = company(100_000)
    noise = [one for one in made.planted if one.note == "noise"]
    assert 0.018 <= len(noise) / made.items <= 0.022


def test_a_million_items_cost_nothing():
    company().planted  # noqa: B018 - so that imports and code are warm
    tracemalloc.start()
    began = time.process_time()
    made = company(1_000_000)
    assert time.process_time() - began < 0.2
    folders = made.folders(made.users[0])
    assert len(made.sites) > 100
    assert len(made.planted) > 40_000
    assert next(iter(folders[0].messages)).id
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 1_000_000 <= made.items < 1_000_200  # rows and pages come on top
    assert used < 16 << 20


def test_mails_and_files_are_cheap():
    made = company(100_000)
    inbox = made.folders(made.users[0])[0].messages
    drive = made.sites[0].drives[0].files
    for sequence, limit in ((inbox, 500e-6), (drive, 800e-6)):
        some = list(islice(sequence, 10, 80))
        began = time.process_time()
        assert [sequence[place].id for place in range(10, 80)] == [one.id for one in some]
        assert (time.process_time() - began) / len(some) < limit


def _prints(entries):
    for entry in entries:
        item = entry.item
        if isinstance(item, ListRow | SitePage):
            yield entry.name, repr(item).encode(), item.id
            continue
        content = item.mime() if isinstance(item, Message) else item.data()
        identity = item.etag if isinstance(item, Blob) else item.id
        yield entry.name, hashlib.sha256(content).digest(), identity


def test_the_same_seed_gives_the_same_bytes(entries, listing):
    again = list(_prints(listing(company())))
    assert sum(1 for a, b in zip(_prints(entries), again, strict=True) if a != b) == 0


def test_another_seed_gives_other_numbers(world):
    other = {one.number for one in company(seed=7).planted if one.confidence == "high"}
    mine = {one.number for one in world.planted if one.confidence == "high"}
    assert len(mine) > 500
    assert len(mine & other) == 0


def test_the_core_is_the_same_at_every_size(world):
    larger = company(3_000)
    core = [one for one in world.planted if one.note not in {"noise", "parcel number"}]
    same = [one for one in larger.planted if one.note not in {"noise", "parcel number"}]
    assert len(core) == len(same)
    assert sum(1 for a, b in zip(core, same, strict=True) if a != b) == 0


def _identifiers(world, entries):
    yield world.tenant_id
    for user in world.users:
        yield from (user.id, user.upn)
        yield from (folder.id for folder in world.folders(user))
    for site in world.sites:
        yield from (site.id, site.web_url, *(drive.id for drive in site.drives))
    for entry in entries:
        item = entry.item
        if isinstance(item, Message):
            yield from (item.id, item.change_key, *(one.id for one in item.attachments))
        elif isinstance(item, DriveFile):
            yield from (item.id, item.ctag, item.etag, item.quick_xor_hash)
            for permission in item.permissions:
                yield permission["id"]
                yield permission.get("shareId", "")
                yield permission.get("link", {}).get("webUrl", "")
        elif isinstance(item, Blob | ListRow):
            yield item.etag
        else:
            yield item.id


def test_no_identifier_could_be_a_number(listing):
    made = company(6_000)
    found = list(_identifiers(made, listing(made)))
    assert len(found) > 10_000
    assert sum(1 for one in found if RUN.search(one)) == 0
    assert sum(1 for one in found if RUN.search(one.replace("-", ""))) == 0


def test_identifiers_are_unique(entries):
    mails = [entry.item.id for entry in entries if isinstance(entry.item, Message)]
    files = [entry.item.id for entry in entries if isinstance(entry.item, DriveFile)]
    assert len(set(mails)) == len(mails)
    assert len(set(files)) == len(files)


def test_identifiers_look_like_the_service_made_them(world, entries):
    assert all(re.fullmatch(GUID, user.id) for user in world.users)
    assert all(re.fullmatch(rf"[a-z.-]+,{GUID},{GUID}", site.id) for site in world.sites)
    for site in world.sites:
        assert all(re.fullmatch(r"b![\w-]{64}", drive.id) for drive in site.drives)
    for entry in entries:
        if isinstance(entry.item, DriveFile):
            assert re.fullmatch(r"01[A-Z2-7]{32}", entry.item.id)
            assert re.fullmatch(r'"c:\{[0-9A-F-]{36}\},\d"', entry.item.ctag)
            assert re.fullmatch(r"[A-Za-z0-9+/]{27}=", entry.item.quick_xor_hash)
        elif isinstance(entry.item, Message):
            assert re.fullmatch(r"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A[\w-]+=", entry.item.id)


def test_an_element_is_found_by_its_identifier():
    made = company(20_000)
    for user in made.users[:3]:
        for folder in made.folders(user):
            for message in islice(folder.messages, 0, None, 37):
                found = folder.messages.find(message.id)
                assert found is not None
                assert found.id == message.id
            assert folder.messages.find("nothing") is None
            assert folder.messages.find("") is None
    files = made.sites[0].drives[0].files
    assert all(files.find(file.id).id == file.id for file in files)


def test_positions_survive_as_letters():
    for number in (0, 1, 25, 26, 12_345, 26**6 - 1):
        assert position(code(number)) == number
    assert position("a") == -1
    assert position("") == -1


def test_sequences_slice_and_count_from_the_end(world):
    messages = world.folders(world.users[0])[0].messages
    assert messages[-1].id == messages[len(messages) - 1].id
    assert [one.id for one in messages[2:5]] == [messages[place].id for place in (2, 3, 4)]
    with pytest.raises(IndexError):
        messages[len(messages)]


def test_sizes_are_true(entries):
    files = [entry.item for entry in entries if isinstance(entry.item, DriveFile | Blob)]
    assert [one.name for one in files if one.size != len(one.data())] == []


def test_sizes_of_noise_are_true_without_making_it():
    made = company(20_000)
    wrong = 0
    for site in made.sites:
        for drive in site.drives:
            wrong += sum(one.size != len(one.data()) for one in islice(drive.files, 60, None, 41))
    for container in made.containers:
        wrong += sum(one.size != len(one.data()) for one in islice(container.blobs, 20, None, 11))
    assert wrong == 0


def test_times_know_their_zone(entries):
    for entry in entries:
        item = entry.item
        if isinstance(item, Message):
            assert item.received.tzinfo is UTC
        elif isinstance(item, SitePage):
            assert item.modified.tzinfo is UTC
        else:
            assert item.created.tzinfo is UTC
            assert item.created <= item.modified


def test_a_hash_follows_the_content(entries):
    by_hash = {}
    for entry in entries:
        if isinstance(entry.item, DriveFile):
            by_hash.setdefault(entry.item.quick_xor_hash, []).append(entry.item.data())
    assert all(len(set(contents)) == 1 for contents in by_hash.values())
    assert any(len(contents) > 1 for contents in by_hash.values())
