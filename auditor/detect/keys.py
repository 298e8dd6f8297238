"""The key or tag whose value a number is: JSON, ``key=value``, XML."""

from __future__ import annotations

import re

__all__ = ["OPENERS", "holds_anything", "is_another", "key_before", "names_something"]

_KEY = re.compile(
    r"(?:(?<!\w)([A-Za-z_][A-Za-z0-9_.\-]{0,40})\\{0,3}[\"']?\s?(?:=>?|:)\s?"
    r"[\[({]?\\{0,3}[\"'\[({]{0,2}|"
    r"<([A-Za-z_][\w:.\-]{0,40})[^<>]{0,60}>\s?)\Z"
)
_COMMON_KEYS = frozenset(
    "number no num value val text data content body title message msg name bango string item field "
    "mine follows below here this yes sure ok okay answer reply "
    "td th p li div span b i a v t c dt dd em strong pre code output cell w:t a:t key memo note "
    "comment plain raw clear decrypted before after old new current previous prev self own spouse "
    "husband wife father mother child from to line lines".split()
)
_ANYTHING = re.compile(
    r"(?:q|f|c|field|col|column|item|question|answer|reply|response|value|content|text|input)"
    r"_?[0-9]{0,4}",
    re.IGNORECASE,
)
"""A key that counts what it holds, and does not say what."""
_CODE = re.compile(r"[A-Z]{0,4}[_\-]?[0-9]{3,}")
"""A key that is itself a code: of a person, an item, a row."""
_USER = re.compile(r"[a-z]{2,12}\.(?![a-z]*(?:id|no|key|num|code|ref|seq)$)[a-z]{2,12}")
"""A person's account, and no thing."""
_KEY_REACH, _NAME_REACH = 120, 50
"""Characters in which a tag with its attributes ends, and a key with its marks."""
OPENERS = "\\ \t\r\n\"'[({:=>"


def key_before(text: str, start: int) -> str:
    """Name the JSON key, ``key=`` or XML tag whose value begins at ``start``; else "".

    >>> key_before('{"order": 1234', 10)
    'order'
    """
    if start == 0 or text[start - 1] not in OPENERS:
        return ""
    near = text[max(0, start - _KEY_REACH) : start]
    if near.rstrip(OPENERS[:-3])[-1:] not in {":", "=", ">"}:
        return ""
    match = _KEY.search(near if "<" in near else near[-_NAME_REACH:])
    return (match[1] or match[2]) if match else ""


def names_something(key: str) -> bool:
    """Whether a key says what its value is: ``order`` does, ``value`` and ``text`` do not."""
    if len(key) < 2 or key.lower() in _COMMON_KEYS:
        return False
    return not (_USER.fullmatch(key) or _ANYTHING.fullmatch(key) or _CODE.fullmatch(key))


_HOLDS = re.compile(
    "val|answer|reply|respon|input|content|text|data|num|no$|result|detail|body|cell|param|string",
    re.IGNORECASE,
)


def holds_anything(key: str) -> bool:
    """Whether a key holds what another field names: ``answerText``, ``fieldValue``."""
    return _HOLDS.search(key) is not None


_ANOTHER = re.compile(
    r"(?:^|[_.\-])(?:id|ref|key|code|token|seq|account|acct|iban|bank)$|[a-z](?:ID|Id|Ref|Key|Code|Token)$|"
    r"acc(?:oun)?t|bank",
)


def is_another(key: str) -> bool:
    """Whether a key names something else, whatever its parent is: ``requestId``, ``accountNo``."""
    return _ANOTHER.search(key) is not None
