"""Numbers that only show how one looks: in explanations, in calls of a check, in tests' tables.

Nobody can tell whose such a number is, and now and then a true one was taken: so it is never
dropped, but no more than a person should look.
"""

from __future__ import annotations

import re

__all__ = ["is_example"]

_BEFORE, _BEHIND = 80, 48
"""Characters of a line before and behind a number that are looked at."""
_WORDS = ("例", "仮に", "ex", "e.g", "like", "such", "match")
"""One of them stands in what announces an example."""
_TESTS = (
    *(">>>", "assert", "expect", "it(", "test", "dummy"),
    *("sample", "mock", "fake", "stub", "example", "valid"),
)
"""One of them stands before a literal of a test, but for its table and the check itself."""
_QUOTES = frozenset("\"'`")
_NUMBER = r"[0-9０-９](?:[ \u3000\-－]?[0-9０-９]){11}"
_ANNOUNCED = re.compile(
    # 特例, 条例, 事例 …: other words
    r"(?:(?:例えば|たとえば|"
    r"(?<![特条事前判慣比凡症定恒月類])例(?:として)?[)）\]】]?[ \u3000]?[:：]|"
    r"[(（\[【〔]例[)）\]】〕]|(?<![特条事前判慣比凡症定恒月類])例[)）]|"
    r"(?<![a-z])(?:e\.g\.?|ex[.:)]|example|for example|such as))[^\n。0-9０-９]{0,14}|"
    r"(?<![特条事前判慣比凡症定恒月類])例[ \u3000]|仮に[^\n。0-9０-９]{0,20}|"
    r"(?<![a-z])(?:like|matches|examples?)[\"']?[ :=]{1,3})"
    rf"[\"'「『（(]?(?:{_NUMBER}[\"']?[ \u3000]?(?:→|->|or|や|、|,|/)[ \u3000]?[\"']?)?\Z",
    re.IGNORECASE,
)
"""``例：``, ``e.g.`` before it, perhaps with another one between."""
_SHOWN = re.compile(
    r"[ \u3000]?[\"'」』)）]?[ \u3000]?(?:のよう[にな]|みたい[にな]形|"
    r"[(（][^()（）\n]{0,4}例示?[)）]|\(e\.g\.\)|\(example\))"
)
"""What is told behind one: ``4839… のように``."""
_CHECKS = re.compile(
    r"(?:^|[._:]|(?<=[a-z])(?=[A-Z]))(?i:is|are|valid(?:ate|ator)?|check|verify|assert|expect|"
    r"parse|normali[sz]e|format|mask|test)(?![a-z])"
)
"""A word in a function's name that says that it looks at its argument, and keeps nothing."""
_CALL = re.compile(r"(?<![\w.:])([A-Za-z_][\w.:]{0,60}[?!]?)\([ ]?[\"'`]\Z")
_TEST_LINE = re.compile(
    r"[ \t/*#]*(?:>>> |assert(?:[A-Z]\w*|\w*!)?[ (]|self\.assert|expect\(|(?:it|test)\([\"'])"
)
_RESULT = re.compile(r"\n[ \t/*#]*>>> [^\n]{1,80}\n[ \t/*#]*[\"']\Z")
"""The line below a call in a session."""
_MADE_UP = re.compile(
    r"(?<![A-Za-z])(?:test|dummy|sample|mock|fake|stub|example|(?:in)?valid)(?:[_\-]\w|[A-Z])"
    r"\w{0,30}[\"')]?(?:\s?:\s?[A-Za-z]{1,10})?\s?[=:{(\s]{1,4}[\"'`]\Z|"
    r"(?<![A-Za-z])(?:TEST|DUMMY|SAMPLE|MOCK|FAKE|STUB|EXAMPLE|(?:IN)?VALID)_"
    r"\w{1,30}[\"')]?(?:\s?:\s?[A-Za-z]{1,10})?\s?[=:{(\s]{1,4}[\"'`]\Z"
)
"""The name of a constant that says so: ``DUMMY_MY_NUMBER = "…"``."""
_CASE = re.compile(r"(?:^|\n)[ \t]*([\[{(])[ ]?(?:[A-Za-z]{1,12}[ ]?[:=][ ]?)?[\"'`]\Z")
_ANSWER = re.compile(
    r"[\"'`][ ]?,[ ]?(?:[A-Za-z]{1,12}[ ]?[:=][ ]?)?(?:(True|False)|true|false)[ ]?[\])}]"
)
"""A row of a test's table: the value, and whether it is valid. SQL's rows are no such thing."""


def is_example(text: str, start: int, end: int) -> bool:
    """Whether the words or the code around ``text[start:end]`` make it an example.

    >>> is_example("12桁です。例えば 483920175644 のように", 11, 23)
    True
    >>> is_example('is_my_number("483920175644")', 14, 26)
    True
    """
    if _SHOWN.match(text, end, end + _BEHIND):
        return True
    near = text[max(0, start - _BEFORE) : start]
    line, folded = near[near.rfind("\n") + 1 :], near.lower()
    if any(map(folded.__contains__, _WORDS)) and _ANNOUNCED.search(line):
        return True
    if near[-1:] not in _QUOTES:
        return False
    call = _CALL.search(line) if "(" in near[-3:] else None
    if call and _CHECKS.search(call[1]):
        return True
    told = any(map(folded.__contains__, _TESTS)) and _in_test(near, line)
    return told or _in_table(near, text[end : end + _BEHIND])


def _in_test(near: str, line: str) -> bool:
    """Whether a literal is a test's: in its line, its result, or its constant."""
    of_test = _TEST_LINE.match(line) or _MADE_UP.search(line) or _RESULT.search(near)
    return of_test is not None


def _in_table(near: str, behind: str) -> bool:
    """Whether a row of a table of cases begins with a literal."""
    answer = _ANSWER.match(behind)
    case = _CASE.search(near) if answer else None
    if case is None or answer is None:
        return False
    return case[1] != "(" or answer[1] is not None
