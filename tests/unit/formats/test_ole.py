from __future__ import annotations

import pytest

CFB = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        ("", "unsupported_format"),
        ("WordDocument", "unsupported_format"),
        ("EncryptedPackage", "password_protected"),
        ("\x06DataSpaces EncryptedPackage DRMEncryptedTransform", "rights_managed"),
    ],
)
def test_compound_files_say_why_they_are_not_read(read, stream: str, reason: str) -> None:
    reading = read(CFB + stream.encode("utf-16-le"), "a.xlsx")
    assert (reading.format, reading.reasons) == ("ole", [reason])
