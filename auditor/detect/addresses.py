"""Addresses that hold twelve digits: links, paths, resource names, mailboxes.

A label outside names the whole address and no part of it. Only the part itself can say what its
digits are: ``?my_number=…``.
"""

from __future__ import annotations

import re

__all__ = ["amid_name", "opens_address", "segment_of", "token_before"]

_REACH = 200
"""Characters of an address that are looked at, on either side."""
_TOKEN = re.compile(r"[^\s\"'<>()（）「」【】、。,|]*")
_JOINTS = frozenset("/\\:=.-_@&?#;~%+").union("abcdefghijklmnopqrstuvwxyz")
"""What stands right beside a part of an address."""
_OPENS = re.compile(
    # A scheme, a drive, a share, a resource name; a path from the root; hosts and folders.
    r"(?:[a-z][a-z0-9+.\-]{1,20}:)+@?(?:\\?/){2}|(?<![a-z0-9])[a-z]:\\|\\\\|(?<![a-z0-9])(?:arn|urn):|"
    r"(?:^|(?<=[=:]))\\?/[\w.~\-]*[a-z_][\w.~\-]*\\?/|(?:^|(?<=[=:]))/[\w.~\-]*[a-z_][\w.~\-]*\?|"
    r"(?:^|(?<=[=:]))(?=[^/]*[a-z])[\w\-]+(?:\.[\w\-]+)+/|"
    r"(?:^|(?<=[=:]))(?=[^/]*[a-z])[\w.\-]+/(?=[^/]*[a-z])[\w.\-]+/",
    re.ASCII | re.IGNORECASE,
)
_FOLDER = re.compile(r"(?:^|(?<=[=:]))[a-z][\w.\-]*/\Z", re.ASCII | re.IGNORECASE)
_FOLDER_BEHIND = re.compile(r"/[a-z]", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w+.\-]{0,40}@[a-z0-9\-]+|\.[a-z][a-z0-9\-]*)\.[a-z]", re.ASCII)
_SEGMENT = re.compile(r"[^/\\?&;#:]*")


def token_before(text: str, start: int) -> str:
    """Give what stands before ``start`` without a space, a quote or a bracket between."""
    # Read backwards: to look for the end from every place on takes a hundred times as long.
    ahead = _TOKEN.match(text[max(0, start - _REACH) : start][::-1])
    return ahead[0][::-1] if ahead else ""


def opens_address(text: str, start: int) -> bool:
    """Whether what stands at ``start`` goes on with an address.

    >>> opens_address("s3://papers/my_number", 12), opens_address("氏名/my_number", 3)
    (True, False)
    """
    return _OPENS.search(token_before(text, start)) is not None


def amid_name(text: str, start: int, end: int) -> bool:
    """Whether digits stand between the words of a hyphenated name: ``papers-4839…-tokyo``."""
    if text[start - 1 : start] != "-" or text[end : end + 1] != "-":
        return False
    letters = text[start - 2 : start - 1] + text[end + 1 : end + 2]
    return letters.isascii() and letters.isalpha() and len(letters) > 1


def segment_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the part of an address begins and ends that ``text[start:end]`` stands in, if any.

    >>> text = "https://example.jp/staff?my_number=483920175644&lang=ja"
    >>> text[slice(*segment_of(text, 35, 47))], segment_of("個人番号/483920175644", 5, 17)
    ('my_number=483920175644', None)
    """
    before, behind = text[start - 1 : start].lower(), text[end : end + 1].lower()
    if before not in _JOINTS and behind not in _JOINTS:
        return None
    if " " in text[start:end] or "\n" in text[start:end]:
        return None
    token, after = token_before(text, start), text[end : end + _REACH]
    folder = _FOLDER.search(token) and _FOLDER_BEHIND.match(after)
    if not (folder or _OPENS.search(token) or _HOST.match(after.lower())):
        return None
    ahead, behind_it = _SEGMENT.match(token[::-1]), _SEGMENT.match(after)
    left, right = (len(one[0]) if one else 0 for one in (ahead, behind_it))
    return start - left, end + right
