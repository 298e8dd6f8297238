"""What stands in the company's Dataverse environment, as a person would read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from connectors._sample_tenant._model import World

Read = Callable[[str, bytes], str]


def rows(world: World, read: Read) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Rows of tables that have rows of their own: key and text, files included."""
    for table in world.dataverse.tables:  # type: ignore[attr-defined]
        if table.intersect or table.kind == "Virtual":
            continue
        hidden = {column.name for column in table.columns if column.hidden}
        for row in table.rows:
            shown = {name: value for name, value in row.values.items() if name not in hidden}
            lines = [json.dumps(shown, ensure_ascii=False)]
            lines += [read(file.name, file.data()) for file in row.files.values()]
            yield ("dataverse", f"{table.label} ({table.name})", f"item {row.id}"), "\n".join(lines)
