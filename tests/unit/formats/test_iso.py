"""Discs that have UDF alone: their writing is searched, and the rest is said to be unread."""

from __future__ import annotations

import pytest

SECTOR = 2048


def disc(*recognised: bytes) -> bytes:
    """A disc with these descriptors from its seventeenth sector on, and a file behind them."""
    descriptors = b"".join((b"\0" + mark + b"\1").ljust(SECTOR, b"\0") for mark in recognised)
    start = (bytes(16 * SECTOR) + descriptors).ljust(300 * SECTOR, b"\0")
    return start + "氏名の一覧です。\r\n".encode() + bytes(SECTOR)


@pytest.mark.parametrize("version", [b"NSR02", b"NSR03"])
def test_writing_on_a_disc_in_udf_alone(read, version: bytes) -> None:
    reading = read(disc(b"BEA01", version, b"TEA01"), "a.bin")
    assert reading.format == "iso"
    assert "氏名の一覧です。" in reading.words
    told = [(gap.reason.value, gap.detail) for gap in reading.gaps]
    assert told == [("unsupported_format", "disc image in UDF alone")]


def test_a_disc_in_both_is_left_to_libarchive(read) -> None:
    reading = read(disc(b"CD001", b"BEA01", b"NSR02", b"TEA01"), "a.iso")
    assert reading.format == "iso"
    assert "disc image in UDF alone" not in [gap.detail for gap in reading.gaps]
