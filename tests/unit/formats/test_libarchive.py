"""Archives that the system's libarchive opens: 7z, RAR, cabinets, LHA, disc images and others."""

from __future__ import annotations

import base64
import os
import random
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from auditor.formats import _libarchive
from auditor.model import Content, Limits, Reason, State
from auditor.scan import scan
from probes.packing import written

FILES = {"a.txt": b"one", "人事部/番号.csv": b"two" * 500, "empty.txt": b""}


@pytest.fixture(autouse=True)
def _present(request: pytest.FixtureRequest) -> None:
    if _libarchive._library() is None and "missing" not in request.node.name:
        pytest.skip("libarchive is not installed")


def crc16(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def lzh(files: dict[str, bytes]) -> bytes:
    """Stored members with headers of level 0, names in cp932."""
    out = b""
    for name, data in files.items():
        raw = name.encode("cp932")
        rest = b"-lh0-" + struct.pack("<III", len(data), len(data), 33 << 16) + b"\x20\0"
        rest += bytes((len(raw),)) + raw + struct.pack("<H", crc16(data))
        out += bytes((len(rest), sum(rest) & 0xFF)) + rest + data
    return out + b"\0"


def cab(files: dict[str, bytes]) -> bytes:
    """One folder of stored data, names in UTF-8."""
    body = b"".join(files.values())
    listed, at = b"", 0
    for name, data in files.items():
        raw = name.encode()
        listed += struct.pack("<IIHHHH", len(data), at, 0, 33, 0, 0x20 | 0x80) + raw + b"\0"
        at += len(data)
    start = 36 + 8 + len(listed)
    whole = start + 8 + len(body)
    head = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, whole, 0, 44, 0, 3, 1, 1, len(files), 0, 0, 0)
    folder = struct.pack("<IHH", start, 1, 0)
    return head + folder + listed + struct.pack("<IHH", 0, len(body), len(body)) + body


def block(kind: int, flags: int, fields: bytes, data: bytes = b"") -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data


def rar(files: dict[str, bytes], flags: int = 0x8000) -> bytes:
    """Stored members of version 4, names in cp932."""
    out = b"Rar!\x1a\x07\0" + block(0x73, 0, bytes(6))
    for name, data in files.items():
        raw = name.encode("cp932")
        size, crc = len(data), zlib.crc32(data)
        fields = struct.pack("<IIBIIBBHI", size, size, 2, crc, 33 << 16, 20, 0x30, len(raw), 0x20)
        out += block(0x74, flags, fields + raw, data)
    return out + block(0x7B, 0x4000, b"")


MAKERS = {
    "sevenzip": lambda files: written("7zip", files),
    "iso": lambda files: written("iso9660", files),
    "cpio": lambda files: written("cpio_newc", files),
    "ar": lambda files: written("ar_svr4", {k.rpartition("/")[2]: v for k, v in files.items()}),
    "lzh": lzh,
    "cab": cab,
    "rar": rar,
}
PLAIN = {"one.txt": b"one", "two.csv": b"two" * 500, "three.txt": b"x"}


@pytest.mark.parametrize("kind", MAKERS)
def test_members_with_their_names(read, kind: str) -> None:
    reading = read(MAKERS[kind](PLAIN), "a.docx")
    assert reading.format == kind
    assert {m.name: m.data for m in reading.members} == PLAIN
    assert all(m.path == (m.name,) for m in reading.members)
    assert reading.gaps == []


@pytest.mark.parametrize("kind", ["sevenzip", "iso", "cpio", "lzh", "cab", "rar"])
def test_names_in_japanese(read, kind: str) -> None:
    reading = read(MAKERS[kind](FILES))
    assert {m.name: len(m.data) for m in reading.members} == {n: len(d) for n, d in FILES.items()}


@pytest.mark.skipif(sys.platform != "linux", reason="the names of locales")
def test_names_in_japanese_under_a_locale_without_them(tmp_path: Path) -> None:
    (tmp_path / "a.lzh").write_bytes(lzh(FILES))
    script = (
        "import sys; from auditor.formats import lzh; from auditor.model import Content, Limits;"
        "data = open(sys.argv[1], 'rb').read();"
        "parts = list(lzh.parts(Content('', data), Limits()));"
        "print(ascii([getattr(part, 'name', '') for part in parts]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.lzh")],
        env={**os.environ, "LC_ALL": "C", "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().strip() == ascii([*FILES])


@pytest.mark.parametrize("kind", ["zstd", "lz4", "compress"])
def test_single_files_and_tars_packed_in_other_ways(read, kind: str) -> None:
    ending = {"zstd": "zst", "lz4": "lz4", "compress": "Z"}[kind]
    data = written("raw", {"x": b"words" * 1000}, kind)
    reading = read(data, f"番号.csv.{ending}")
    assert reading.format == ("zstd" if kind == "zstd" else "compress")
    assert [(m.name, m.data) for m in reading.members] == [("番号.csv", b"words" * 1000)]
    tar = read(written("pax_restricted", FILES, kind))
    assert {m.name: m.data for m in tar.members} == FILES
    cut = read(written("raw", {"x": random.Random(1).randbytes(90_000)}, kind)[:50_000])
    assert cut.reasons == (["malformed"] if kind != "compress" else [])  # which has no end


@pytest.mark.parametrize("kind", ["sevenzip", "rar"])
def test_behind_a_program(read, kind: str) -> None:
    program = b"MZ\x90\0" + bytes(range(256)) * 700
    reading = read(program + MAKERS[kind](PLAIN), "setup.exe")
    assert reading.format == kind
    assert {m.name: m.data for m in reading.members} == PLAIN or reading.gaps


# A 7z archive of one member, encrypted with the password "x": first its data, then its names too.
SEALED = (
    (
        "N3q8ryccAARFmI7BeQAAAAAAAAAUAAAAAAAAAIHWvcrdhUOg2YzM8Me/iPBqa9rYAQBkAQQGAAEJEAoBrqhNlQAH"
        "CwEAAiQG8QcBElMPj0IE+dqQjb55xftgiv7U+CEhARgBAAwJBQAICgGMHn1xAAAFARENAGEALgB0AHgAdAAAABQK"
        "AQCgKpavfnzdARUGAQAggICBAAAAFwYQAQlpAAcLAQABISEBGAxlAAA="
    ),
    (
        "N3q8ryccAAS8SxmKgAAAAAAAAAAoAAAAAAAAAAF+M8kG77jawLpfQjrpJiqHYbf2ClcachJAJyWbjW0/IVyzCLd2"
        "CAn8yIByF0boDHxRygNaCHI18RdSY6miu8hmynnGqTDkVJgQtRzXjK+XN0KNbEcFtTiJP9Cz3m7jyeFAW830sZID"
        "FfYRQo4I1NS2yqRkQ+tpFTPEyRLjo2ma0zE6HhcGEAEJcAAHCwEAASQG8QcBElMPR4EjpZz7zsZpyp61HcJdJgxl"
        "AAA="
    ),
)


@pytest.mark.parametrize("sealed", SEALED)
def test_encrypted_7z(read, sealed: str) -> None:
    reading = read(base64.b64decode(sealed))
    assert reading.reasons == ["password_protected"]
    assert reading.members == []


def test_encrypted_rar(read) -> None:
    reading = read(rar(PLAIN, 0x8004))
    assert set(reading.reasons) == {"password_protected"}
    assert reading.members == []


@pytest.mark.parametrize("kind", MAKERS)
def test_bounds(read, kind: str) -> None:
    data = MAKERS[kind]({f"{n}.txt": b"x" * 1000 for n in range(30)})
    reading = read(data, limits=Limits(members=10))
    assert len(reading.members) in (9, 10)  # a folder may count
    assert reading.reasons == ["too_many_members"]
    reading = read(data, limits=Limits(expanded_bytes=5500))
    assert len(reading.members) == 5
    assert "too_large" in reading.reasons
    reading = read(data, limits=Limits(bytes=100))
    assert all(m.truncated and len(m.data) == 100 for m in reading.members)


def test_a_bomb(read) -> None:
    data = written("7zip", {"zeros": bytes(30 << 20)})
    reading = read(data, limits=Limits(ratio=100))
    assert reading.reasons == ["expansion_ratio"]
    assert sum(len(m.data) for m in reading.members) <= 6 << 20


@pytest.mark.parametrize("kind", MAKERS)
def test_a_missing_end(read, kind: str) -> None:
    rng = random.Random(kind)
    files = {f"{n}.bin": rng.randbytes(2000) for n in range(10)}
    data = MAKERS[kind](files)
    at = data.find(files["6.bin"])
    cut = read(data[: at + 300 if at > 0 else len(data) // 2])
    assert cut.gaps
    assert set(cut.reasons) == {"malformed"}
    assert sum(len(m.data) for m in cut.members) < 20_000


@pytest.mark.parametrize("kind", MAKERS)
def test_damage_is_survived(read, kind: str) -> None:
    rng = random.Random(kind)
    data = MAKERS[kind](PLAIN)
    start = time.process_time()
    for _ in range(120):
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del damaged[rng.randrange(1, len(data)) :]
        reading = read(bytes(damaged), f"a.{kind}")
        assert set(reading.reasons) <= {reason.value for reason in Reason}
    assert time.process_time() - start < 20


def test_the_library_missing_is_a_gap_that_says_so(monkeypatch: pytest.MonkeyPatch, read) -> None:
    monkeypatch.setattr(_libarchive, "_library", lambda: None)
    reading = read(b"7z\xbc\xaf\x27\x1c" + bytes(60))
    assert [(g.reason.value, g.detail) for g in reading.gaps] == [
        ("unsupported_format", "needs the system library libarchive")
    ]
    result = scan(Content("a.zst", b"\x28\xb5\x2f\xfd" + bytes(9)), Limits(), key=b"k" * 32)
    assert [gap.reason for gap in result.gaps] == [Reason.UNSUPPORTED_FORMAT]
    assert result.state is State.SKIPPED


def test_a_member_that_breaks_off_is_no_whole_one(read) -> None:
    """RAR 5: libarchive gives what there is and says nothing of the rest."""
    from hostile.archives import rar5, rar5_file

    good, short = (rar5(rar5_file(b"a.txt", size, 5, 0)) + b"words" for size in (5, 1_000))
    for data, reasons in ((good, []), (short, ["malformed"])):
        reading = read(data)
        assert [member.data for member in reading.members] == [b"words"]
        assert reading.reasons == reasons
