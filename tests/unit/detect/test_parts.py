"""Digits that are a part of something, and those that stand for themselves."""

import pytest

from auditor.detect.parts import part_of

PARTS = {
    "*#*": "in_token",
    "**#**": "",
    "*#": "",
    "第#号": "document_number",
    "障害 [##]": "document_number",
    "Re: [#] 登録できない": "document_number",
    "[#] 佐藤": "",
    "個人番号 #": "",
}


@pytest.mark.parametrize("text", PARTS)
def test_parts(text):
    at = text.rindex("#")
    assert part_of(text, at, at + 1) == PARTS[text]
