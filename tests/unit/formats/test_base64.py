"""Files that text holds as Base64."""

from __future__ import annotations

import base64
import random

import pytest

from auditor.formats import _base64
from auditor.model import Limits

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(90)
LIST = "氏名,番号\n山田,1\n".encode("cp932") * 9


@pytest.mark.parametrize("data", [PICTURE, LIST, b"PK\x03\x04" + bytes(99)])
def test_files_are_found_in_json_xml_and_pages(read, data: bytes) -> None:
    packed = base64.b64encode(data).decode()
    wrapped = base64.encodebytes(data).decode()
    quoted = base64.urlsafe_b64encode(data).decode().rstrip("=")
    page = f'<html><img src="data:application/octet-stream;base64,{packed}">'
    for text in (f'{{"body": "{packed}"}}', f'["{quoted}"]', f"<a><b>{wrapped}</b></a>", page):
        reading = read(text.encode())
        assert [member.data for member in reading.members] == [data]
        assert reading.members[0].path == ("embedded file 1",)


def test_keys_and_checksums_are_no_files() -> None:
    rng = random.Random(11)
    files = _base64.Files(Limits())
    for size in (48, 64, 80, 256, 1_000):
        for _ in range(40):
            files.look(base64.b64encode(rng.randbytes(size)).decode())
    files.look("word " * 40)
    files.look("A" * 60)
    assert len(files.found) == 0


@pytest.mark.parametrize("alphabet", ["0123456789", "0123456789abcdef", "0123456789ABCDEF"])
def test_digits_and_hexadecimal_are_no_files(read, alphabet: str) -> None:
    rng = random.Random(12)
    values = ["".join(rng.choices(alphabet, k=size)) for size in (128, 160, 512) for _ in range(40)]
    reading = read(("<a>" + "".join(f"<b>{value}</b>" for value in values) + "</a>").encode())
    assert reading.members == []
    assert all(value in reading.words for value in values)


def test_files_are_bounded() -> None:
    files = _base64.Files(Limits(members=3))
    for _ in range(5):
        files.look(base64.b64encode(LIST).decode())
    parts = list(files.parts())
    assert len(parts) == 4
    assert parts[-1].reason.value == "too_many_members"
