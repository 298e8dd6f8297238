from __future__ import annotations

import pytest

from auditor.formats import _numfmt


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0000000", "345", "0000345"),
        ('0000" "0000', "345", "0000 0345"),
        (r"0000\-0000", "345", "0000-0345"),
        ("####-####", "12345678", "1234-5678"),
        ("[$-411]0000", "7", "0007"),
        ('"No."0000', "7", "No.0007"),
        ("0000;[Red]-0000", "5", "0005"),
        ("000", "123456", "123456"),
        ("0000", "1.5", "1.5"),
        ("0000", "text", "text"),
    ],
)
def test_padding_and_marks(code: str, value: str, shown: str) -> None:
    renderer = _numfmt.renderer(code)
    assert renderer is not None
    assert renderer(value) == shown


@pytest.mark.parametrize(
    "code", ["General", "0", "#,##0", "yyyy/m/d", "0.00", "@", "0%", "0E+00", ""]
)
def test_formats_that_say_nothing(code: str) -> None:
    assert _numfmt.renderer(code) is None
