"""A file read by whatever format claims it, laid out for asserting."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from auditor import formats
from auditor.model import Content, Gap, Limits, Table, Text


@dataclass
class Reading:
    format: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    members: list[Content] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        return [gap.reason.value for gap in self.gaps]

    @property
    def words(self) -> str:
        cells = (cell for table in self.tables for row in table.rows for cell in row)
        return "\n".join((*self.texts.values(), *cells))

    def table(self, place: str) -> list[list[str]]:
        return [list(row) for table in self.tables if table.place == place for row in table.rows]


LIMITS = Limits(ocr=False)  # what readers do without an engine; test_ocr has one
Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def read() -> Read:
    def do(
        data: bytes, name: str = "", media_type: str = "", limits: Limits = LIMITS, **more: object
    ) -> Reading:
        content = Content(name, data, media_type, **more)
        module = formats.pick(content)
        if module is None:
            return Reading()
        reading = Reading(module.__name__.rpartition(".")[2])
        for part in module.parts(content, limits):
            if isinstance(part, Text):
                reading.texts[part.place] = reading.texts.get(part.place, "") + part.text
            elif isinstance(part, Table):
                reading.tables.append(part)
            elif isinstance(part, Content):
                reading.members.append(part)
            else:
                reading.gaps.append(part)
        return reading

    return do


@pytest.fixture(scope="session")
def zipped() -> Callable[[Mapping[str, bytes | str]], bytes]:
    def do(members: Mapping[str, bytes | str]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return out.getvalue()

    return do


@pytest.fixture(scope="session")
def patched(zipped) -> Callable[[bytes, Mapping[str, object]], bytes]:
    """A package with some parts replaced (bytes), rewritten (a function) or added."""

    def do(package: bytes, changes: Mapping[str, object]) -> bytes:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
        for name, change in changes.items():
            parts[name] = change(parts[name]) if callable(change) else change
        return zipped(parts)

    return do
