"""Files of shares, rows of tables and messages of queues, down to their text."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import suppress

from connectors._sample_tenant._model import World
from connectors._sample_tenant._model_storage import Storage, storage_of

Key = tuple[str, str, str]


def stored(world: World, text_of: Callable[[str, bytes], str]) -> Iterator[tuple[Key, str]]:
    """Source, partition and item with its text; ``text_of`` reads a file."""
    held = storage_of(world)
    yield from _files(held, text_of)
    for table in held.tables:
        for row in table.entities:
            said = {name: str(value) for name, (_, value) in row.properties.items()}
            if "Data" in said:
                said["Data"] = text_of(said["FileName"], base64.b64decode(said["Data"]))
            key = ("azure_tables", table.name, f"{row.partition_key}, {row.row_key}")
            yield key, "\n".join(said.values())
    for queue in held.queues:
        for message in queue.messages:
            key = ("azure_queues", queue.name, f"message {message.id}")
            yield key, _unpacked(message.text)


def _files(held: Storage, text_of: Callable[[str, bytes], str]) -> Iterator[tuple[Key, str]]:
    for share in held.shares:
        for file in () if share.snapshot else share.files:
            name = file.path.rpartition("/")[2]
            yield ("azure_files", share.name, name), text_of(name, file.data())


def _unpacked(text: str) -> str:
    for encoding in ("utf-8", "utf-16"):
        with suppress(ValueError):
            return base64.b64decode(text, validate=True).decode(encoding)
    return text
