"""Reads the sample company's items with other people's libraries, down to their text."""

from __future__ import annotations

import base64
import email
import email.policy
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import docx
import openpyxl
import PIL.Image
import pptx
import pypdfium2
import pytest
import zxingcpp

from connectors._intune_places import BETA, PLACES
from connectors._sample_tenant._company import company
from connectors._sample_tenant._company_intune import DEVICES
from connectors._sample_tenant._model import (
    Blob,
    DriveFile,
    ListRow,
    MailFolder,
    Message,
    Site,
    SitePage,
    World,
)
from connectors._sample_tenant._model_teams import ChatMessage, Thread
from tests.unit.sample_tenant_company.stored_things import stored
from tests.unit.sample_tenant_company.tables import rows

_TEXT_ENCODINGS = ("iso2022_jp", "utf-8-sig", "cp932", "euc_jp", "utf-16")


@dataclass(frozen=True)
class Entry:
    """An item with where it lies, as ``planted`` names both."""

    source: str
    partition: str
    name: str
    item: Message | DriveFile | Blob | ListRow | SitePage


def _folders(folders: tuple[MailFolder, ...]) -> Iterator[MailFolder]:
    for folder in folders:
        yield folder
        yield from _folders(folder.children)


def everything(world: World) -> Iterator[Entry]:
    """Every item of the company."""
    for user in world.users:
        for folder in _folders(world.folders(user)):
            for message in folder.messages:
                yield Entry("mail", user.mail, message.subject, message)
    for site in world.sites:
        yield from _of_site(site)
    for container in world.containers:
        for blob in container.blobs:
            yield Entry("blob", container.name, blob.name, blob)


def _of_site(site: Site) -> Iterator[Entry]:
    for drive in site.drives:
        for file in drive.files:
            source = "onedrive" if site.personal else "sharepoint"
            yield Entry(source, f"{site.name} › {drive.name}", file.name, file)
    for one in site.lists:
        for row in one.rows:
            yield Entry("sharepoint", f"{site.name} › {one.name}", f"item {row.id}", row)
    for page in site.pages:
        yield Entry("sharepoint", f"{site.name} › pages", page.title, page)


def _sheet(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            values = [
                f"{cell.value:012d}" if cell.number_format == "0" * 12 else str(cell.value)
                for cell in row
                if cell.value is not None
            ]
            digits = "".join(value for value in values if len(value) == 1)
            lines.append("\n".join([*values, digits]))
    return "\n".join(lines)


def _document(data: bytes) -> str:
    found = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in found.paragraphs]
    lines += [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    lines += [p.text for section in found.sections for p in section.header.paragraphs]
    return "\n".join(lines)


def _slides(data: bytes) -> str:
    lines = []
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        lines += [shape.text_frame.text for shape in slide.shapes]
        if slide.has_notes_slide:
            lines.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(lines)


def _pages(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _picture(data: bytes) -> str:
    found = zxingcpp.read_barcodes(PIL.Image.open(io.BytesIO(data)))
    return "\n".join(code.text for code in found)


def _members(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = []
        for info in archive.infolist():
            name = info.filename
            if not info.flag_bits & 0x800:
                name = name.encode("cp437").decode("cp932")
            encrypted = info.flag_bits & 1
            texts.append(name if encrypted else text_of(name, archive.read(info)))
        return "\n".join(texts)


def _mail(data: bytes) -> str:
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    lines = [str(parsed["Subject"]), str(parsed["X-Form-Fields"] or "")]
    for part in parsed.walk():
        if part.is_multipart():
            continue
        if part.get_content_maintype() == "text" and not part.get_filename():
            lines.append(part.get_content())
        else:
            content = part.get_payload(decode=True)
            lines.append(text_of(part.get_filename() or "", content))
    return "\n".join(lines)


def _text(data: bytes) -> str:
    for encoding in _TEXT_ENCODINGS:
        if encoding == "iso2022_jp" and b"\x1b" not in data:
            continue
        if encoding == "utf-16" and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("no encoding fits")


READERS: dict[str, Callable[[bytes], str]] = {
    "xlsx": _sheet,
    "docx": _document,
    "pptx": _slides,
    "pdf": _pages,
    "png": _picture,
    "zip": _members,
    "eml": _mail,
}


def text_of(name: str, data: bytes) -> str:
    """The text a person would see on opening the file, its name included."""
    suffix = name.rpartition(".")[2].lower()
    if "壊れた" in name or not data:
        return name
    return f"{name}\n{READERS.get(suffix, _text)(data)}"


def entry_text(entry: Entry) -> str:
    """All text of an item."""
    if isinstance(entry.item, Message):
        return f"{entry.name}\n{_mail(entry.item.mime())}"
    if isinstance(entry.item, ListRow):
        return "\n".join(map(str, entry.item.fields.values()))
    if isinstance(entry.item, SitePage):
        return "\n".join((entry.name, *entry.item.texts, json.dumps(entry.item.data)))
    if isinstance(entry.item, Blob):
        beside = [f"{key}: {value}" for key, value in (*entry.item.metadata, *entry.item.tags)]
        states = [entry.item.data(), *(one.data() for one in entry.item.earlier)]
        return "\n".join((*beside, *(text_of(entry.name, data) for data in states)))
    return text_of(entry.name, entry.item.data())


@pytest.fixture(scope="session")
def world() -> World:
    return company()


@pytest.fixture(scope="session")
def entries(world: World) -> list[Entry]:
    return list(everything(world))


@pytest.fixture(scope="session")
def texts(world: World, entries: list[Entry]) -> dict[tuple[str, str, str], str]:
    """(source, partition, item) → the text of all items of that name there."""
    found: dict[tuple[str, str, str], str] = {}
    for entry in entries:
        key = (entry.source, entry.partition, entry.name)
        found[key] = found.get(key, "") + "\n" + entry_text(entry)
    for source, place, name, item in spoken(world):
        key = (source, place, name)
        found[key] = found.get(key, "") + "\n" + said(item)
    for place, name, thing in kept(world):
        key = ("intune", place, name)
        found[key] = "\n".join((found.get(key, ""), name, *told(thing)))
    return found | dict(stored(world, text_of)) | dict(rows(world, text_of))


def spoken(world: World) -> Iterator[tuple[str, str, str, ChatMessage | Thread]]:
    """What was said in Teams and groups: source, partition, name, item; chats for each of them."""
    names = {user.mail: user.display_name for user in world.users}
    for group in world.groups:
        for thread in group.threads:
            yield "mail", group.mail, thread.topic, thread
        for channel in group.channels:
            for one in channel.messages:
                yield "teams", group.name, one.subject or names[one.sender], one
    for chat in world.chats:
        for member in chat.members:
            for one in chat.messages:
                yield "teams", member.address, one.subject or names[one.sender], one


def kept(world: World) -> Iterator[tuple[str, str, list[Any]]]:
    """What is in Intune: place, name, and the thing with everything inside it."""
    names = {place.key: place.name for place in (*PLACES, *BETA)} | {"managedDevices": DEVICES}
    for where, things in world.intune.things.items():
        for thing in things:
            place = names.get(where.rpartition("/")[2])
            if place is None:  # the same things by another path
                continue
            name = next(thing[n] for n in ("displayName", "deviceName", "name") if n in thing)
            inner = {n: v for (i, n), v in world.intune.inner.items() if i == thing["id"]}
            for state in inner.pop("deviceRunStates", ()):
                yield f"{place} › outputs", state["managedDevice"]["deviceName"], [state]
            yield place, name, [thing, *(one for some in inner.values() for one in some)]


def told(value: Any) -> Iterator[str]:
    """Every string in a value of Graph but ids, unpacked where it is Base64."""
    if isinstance(value, Mapping):
        value = [inner for name, inner in value.items() if name != "id"]
    if isinstance(value, str):
        yield value
        with suppress(ValueError):
            yield base64.b64decode(value, validate=True).decode()
    elif isinstance(value, list):
        for one in value:
            yield from told(one)


def said(item: ChatMessage | Thread) -> str:
    """All text of a message or thread, pictures read."""
    if isinstance(item, Thread):
        lines = [post.html for post in item.posts]
        return "\n".join(lines + [_text(a.data()) for p in item.posts for a in p.attachments])
    cards = [json.loads(a["content"]) for a in item.attachments if a["content"]]
    pictures = [_picture(one.data()) for one in item.hosted]
    return "\n".join([item.html, *(json.dumps(c) for c in cards), *pictures])


@pytest.fixture(scope="session")
def kept_things(world: World) -> list[tuple[str, str, list[Any]]]:
    return list(kept(world))


@pytest.fixture(scope="session")
def stored_things(world: World) -> list[tuple[str, str, str]]:
    return [key for key, _ in stored(world, text_of)]


@pytest.fixture(scope="session")
def read() -> Callable[[str, bytes], str]:
    return text_of


@pytest.fixture(scope="session")
def listing() -> Callable[[World], Iterator[Entry]]:
    return everything
