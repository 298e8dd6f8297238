"""Messages of Teams → items and their bodies: text, cards, links, pasted pictures.

Source: Graph v1.0 resources ``chatMessage``, ``chatMessageAttachment``,
``chatMessageHostedContent``. A file of a message is a link to a drive item: it is read in its own
drive, never here. Transcripts and recordings of meetings are no messages and not read.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

import orjson

from connectors._graph import Graph
from connectors._lane import Ask
from connectors._model import Body, Item, Partition
from connectors._permissions import when

_HOSTED = re.compile(r"/hostedContents/([^/\"'?\s\\]+)/\$value", re.IGNORECASE)
_EVENT = re.compile(r"<systemEventMessage\s*/?>|</systemEventMessage>", re.IGNORECASE)
_TOLD = ("DisplayName", "Description", "topic")
"""Ends of the names under which an event holds what a person wrote."""
_DEEPEST = 40

Where = Callable[[str], str]
"""The id of an item → the path of its message."""


def item_of(partition: Partition, value: Mapping[str, Any], key: str, path: str) -> Item | None:
    """A message; None for a deleted one and for an event in which nobody wrote anything.

    ``key`` is its id in the partition, ``path`` the place as people know it.
    """
    body = value.get("body") or {}
    text = _EVENT.sub("", str(body.get("content") or ""))
    html = str(body.get("contentType") or "").lower() != "text"
    told = _told(value.get("eventDetail"))
    subject = str(value.get("subject") or "")
    parts = list(_parts(value))
    if told:
        parts.insert(0, _text("event", told))
    if not (text.strip() or subject or parts):
        return None
    data = text.encode("utf-8", "surrogatepass")
    kind = "text/html" if html else "text/plain"
    main = Body("", f"{kind}; charset=utf-8", len(data), data)
    written = (text, *(str(a.get("content") or "") for a in _attachments(value)))
    pictures = tuple(dict.fromkeys(m for t in written for m in _HOSTED.findall(t)))
    whole = not (parts or pictures)
    return Item(
        partition,
        id=key,
        name=subject or _sender(value),
        version=str(value.get("etag") or value.get("lastModifiedDateTime") or ""),
        size=len(data) if whole else None,
        modified=when(value.get("lastModifiedDateTime") or value.get("createdDateTime")),
        created=when(value.get("createdDateTime")),
        owner=_sender(value),
        url=str(value.get("webUrl") or ""),
        media_type=kind,
        path=path,
        body=main if whole else None,
        facts={"parts": (main, *parts), "pictures": pictures},
    )


async def read(graph: Graph, item: Item, ask: Ask) -> AsyncIterator[Body]:
    """What the listing gave, then the pictures; ``ask.what`` is the message's path."""
    for body in item.facts.get("parts", ()):
        yield body
    for number, hosted in enumerate(item.facts.get("pictures", ()), 1):
        path = f"{ask.what}/hostedContents/{quote(unquote(hosted), safe='')}/$value"
        content = replace(ask, what=path)

        def reader(offset: int, length: int | None, content: Ask = content) -> AsyncIterator[bytes]:
            return graph.stream(content, offset, length)

        yield Body("", "", None, None, reader, part=f"image {number}")


def _parts(value: Mapping[str, Any]) -> Iterator[Body]:
    """Summary, cards and links beside the text."""
    if summary := str(value.get("summary") or ""):
        yield _text("summary", summary)
    cards = links = 0
    for one in _attachments(value):
        name = str(one.get("name") or "")
        if content := str(one.get("content") or ""):
            cards += 1
            yield _text(f"card {cards}", "\n".join(filter(None, (name, _card(content)))))
        elif name or one.get("contentUrl"):
            links += 1
            link = unquote(str(one.get("contentUrl") or ""))
            yield _text(f"link {links}", "\n".join(filter(None, (name, link))))


def _attachments(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in value.get("attachments") or () if isinstance(one, dict)]


def _text(part: str, text: str) -> Body:
    data = text.encode("utf-8", "surrogatepass")
    return Body("", "text/plain; charset=utf-8", len(data), data, part=part)


def _card(content: str) -> str:
    """The texts of a card in their order; a title stands before its value on one line."""
    try:
        card = orjson.loads(content)
    except orjson.JSONDecodeError:
        return content
    return "\n".join(_said(card, 0))


def _said(node: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(node, str):
        yield node
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield str(node)
    elif isinstance(node, list):
        for one in node:
            yield from _said(one, depth + 1)
    elif isinstance(node, dict):
        title, value = node.get("title"), node.get("value")
        if isinstance(title, str) and isinstance(value, str | int):
            yield f"{title}: {value}"
            node = {k: v for k, v in node.items() if k not in {"title", "value"}}
        for name, one in node.items():
            if name not in {"type", "$schema", "version"}:
                yield from _said(one, depth + 1)


def _told(event: Any) -> str:
    """What an event tells in words of people: a new name, a description."""
    if not isinstance(event, dict):
        return ""
    words = [v for k, v in event.items() if k.endswith(_TOLD) and isinstance(v, str)]
    return "\n".join(filter(None, words))


def _sender(value: Mapping[str, Any]) -> str:
    sender = value.get("from") or {}
    for kind in ("user", "application", "device"):
        if name := (sender.get(kind) or {}).get("displayName"):
            return str(name)
    return ""
