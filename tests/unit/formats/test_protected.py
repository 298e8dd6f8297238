from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b".pfile" + bytes(50), "rights_managed"),
        (bytes.fromhex("76e80460c411e386") + bytes(50), "rights_managed"),
        (b"-----BEGIN PGP MESSAGE-----\n\nabc\n", "encrypted"),
        (bytes.fromhex("308006092a864886f70d010703") + bytes(50), "encrypted"),
    ],
)
def test_what_needs_a_key_says_so(read, data: bytes, reason: str) -> None:
    reading = read(data, "a.txt")
    assert (reading.format, reading.reasons) == ("protected", [reason])
