"""Small members are unpacked without the standard library, and just as it would."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from auditor.formats import _zip
from auditor.model import Limits

NAMES = ("word/document.xml", "日本/番号.xml", "empty.txt", "stored.bin", "large.txt")


def made() -> bytes:
    rng = random.Random(4)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAMES[0], "<w:t>番号</w:t>" * 90)
        archive.writestr(NAMES[1], rng.randbytes(900))
        archive.writestr(NAMES[2], "")
        archive.writestr(NAMES[3], rng.randbytes(300), zipfile.ZIP_STORED)
        archive.writestr(NAMES[4], b"12 " * 400_000)
    return b"junk in front" + out.getvalue()


def told(data: bytes) -> list[object]:
    """Everything that comes out, or why nothing does."""
    try:
        archive = _zip.Archive(data, Limits())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as bad:
        return [type(bad).__name__]
    return [archive.read(info, 8 << 20) for info in archive.file.infolist()]


def test_what_is_in_order_is_unpacked_at_once(monkeypatch) -> None:
    data = made()
    opened: list[str] = []
    real = zipfile.ZipFile.open

    def counted(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> object:
        opened.append(info.filename)
        return real(file, info)

    monkeypatch.setattr(zipfile.ZipFile, "open", counted)
    assert [len(data) for data, *_ in told(data)] == [
        len("<w:t>番号</w:t>".encode()) * 90,
        900,
        0,
        300,
        1_200_000,
    ]
    assert opened == list(NAMES[2:])


@pytest.mark.parametrize("seed", range(4))
def test_damage_is_told_as_the_standard_library_tells_it(monkeypatch, seed: int) -> None:
    rng = random.Random(seed)
    whole = made()
    copies = []
    for _ in range(60):
        copy = bytearray(whole)
        for _ in range(rng.choice((1, 2, 9))):
            copy[rng.randrange(len(copy))] = rng.randrange(256)
        copies.append(bytes(copy[: rng.choice((len(copy), len(copy), rng.randrange(len(copy))))]))
    fast = [told(copy) for copy in copies]
    monkeypatch.setattr(_zip.Archive, "_small", lambda *_: b"")
    assert [told(copy) for copy in copies] == fast
