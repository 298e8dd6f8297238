"""Numbers that only show how one looks: in explanations, in calls of a check, in tests' tables.

Nobody can tell whose such a number is, and now and then a true one was taken: so it is never
dropped, but no more than a person should look.
"""

from __future__ import annotations

import re

__all__ = ["is_example"]

_BEFORE, _BEHIND = 80, 48
"""Characters of a line before and behind a number that are looked at."""
_WORDS = (
    "例",
    "仮に",
    "たとえば",
    "見本",
    "サンプル",
    "ダミー",
    "ex",
    "e.g",
    "like",
    "such",
    "match",
)
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
    r"[(（【\[〔「](?:見本|サンプル|ダミー)[)）】\]〕」][ \u3000:：]{0,3}|"
    r"(?<![特条事前判慣比凡症定恒月類])例[ \u3000]|仮に[^\n。0-9０-９]{0,20}|"
    r"(?<![a-z])(?:like|matches|examples?)[\"']?[ :=]{1,3})"
    rf"[\"'「『（(]?(?:{_NUMBER}[\"']?[ \u3000]?(?:→|->|or|や|、|,|/)[ \u3000]?[\"']?)?\Z",
    re.IGNORECASE,
)
"""``例：``, ``e.g.`` before it, perhaps with another one between."""
_SHOWN = re.compile(
    r"[ \u3000]?[\"'」』)）]?[ \u3000]?(?:のよう[にな]|みたい[にな]形|"
    r"の(?:形|形式)[)）]?(?=$|[\s。、で])|[)）]?は(?:架空|見本|ダミー|サンプル)|"
    rf"(?:[\"'」]?[ ]?(?:→|->|=>)[ ]?[\"'「]?{_NUMBER})?[\"'」]?[ ]?(?:に|へ)(?:正規化|変換|整形)|"
    r"[(（][^()（）\n]{0,4}例示?[)）]|\(e\.g\.\)|\(example\))"
)
"""What is told behind one: ``4839… のように``."""
_CHECKS = re.compile(
    r"(?:^|[._:]|(?<=[a-z])(?=[A-Z]))(?i:is|are|valid(?:ate|ator)?|check|verify|assert|expect|"
    r"parse|normali[sz]e|format|mask|test)(?![a-z])"
)
"""A word in a function's name that says that it looks at its argument, and keeps nothing."""
_CALL = re.compile(r"(?<![\w.:])([A-Za-z_][\w.:]{0,60}[?!]?)\([ ]?[\"'`]?\Z")
_OF_IT = re.compile(
    r"(?:my_?number|kojin_?bango|individual_?number)(?:\.\w{1,20})?\Z", re.IGNORECASE
)
_KEEPS = re.compile(
    r"set|put|save|store|add|insert|update|regist|assign|write|post|send|create", re.IGNORECASE
)
"""``MyNumber("…")`` makes one up, ``setMyNumber("…")`` files somebody's."""
_TYPED = re.compile(
    r"\.(?:send_keys|fill|type|fill_in|setValue)\([ ]?"
    r"(?:[\"'][#.\w\-]{1,40}[\"'], ?)?[\"'`]\Z|"
    r"^[ \t]*(?:もし|かつ|前提|When|Given|And) [^\n]{0,60}[\"'`]\Z"
)
"""A script types it into a form."""
_REMARK = re.compile(
    r"[\"'`][ ]?\)?[,;]?[ \t]*(?:#|//|--|/\*|<!--)[ \t]*[^\n]{0,12}?"
    r"(?i:dummy|ダミー|テスト|架空|サンプル|not real|sample|example|fake|test|check|(?:in)?valid|"
    r"=> ?(?:true|false))"
)
"""A remark behind it says that it is made up, or what a check says."""
_CHECKED_BELOW = re.compile(
    r"[\"'`];?[^\n\"'`]{0,20}\n[^\n]{0,40}(?i:is_?valid|valid\?|validate|verify|check)\w{0,20}[(.\s]?"
)
"""The next line checks it."""
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
_COMMAND = re.compile(
    r"[ \t]*[$%>] [^\n]{0,40}(?:check|verify|valid)[^\n]{0,16}[ =]\Z", re.IGNORECASE
)
"""A checker called at a prompt."""
_ABOVE = 160
_MADE_UP_ABOVE = re.compile(
    r"@pytest\.fixture|FactoryBot|(?<![A-Za-z])(?:mock|stub|fake|dummy)(?:[A-Z_]\w|\()|"
    r"(?<![A-Za-z.])(?:describe|given|it)\([\"'\w]|@Test|\[(?:TestCase|InlineData|Fact)|"
    r"(?<![A-Za-z])(?:def test_|func Test|class (?:\w{0,30}Tests?(?![a-z])|Test))|Provider\(\)|"
    r"サンプル[ \u3000]?[太花一二次]|テスト(?:用|データ|[ \u3000]?[一-龥])|ダミー"
)
"""What makes up the data of a test, right above a literal."""
_CASE = re.compile(r"(?:^|\n)[ \t]*([\[{(])[ ]?(?:[A-Za-z]{1,12}[ ]?[:=][ ]?)?[\"'`]\Z")
_ANSWER = re.compile(
    r"[\"'`][ ]?,[ ]?(?:[A-Za-z]{1,12}[ ]?[:=][ ]?)?(?:(True|False)|true|false)[ ]?[\])}]"
)
"""A row of a test's table: the value, and whether it is valid. SQL's rows are no such thing."""


_MARKS = frozenset("○◯〇")
_WRONG = re.compile(r"[^\n]{0,12}\n[ \u3000]*[×✕✗][ \u3000:：]")
"""Right and wrong ways to write one, below each other."""


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
    if near.rstrip(" \u3000:：")[-1:] in _MARKS and _WRONG.match(text, end):
        return True
    line, folded = near[near.rfind("\n") + 1 :], near.lower()
    if any(map(folded.__contains__, _WORDS)) and _ANNOUNCED.search(line):
        return True
    return _in_code(text, (start, end), near, line)


def _in_code(text: str, place: tuple[int, int], near: str, line: str) -> bool:
    """Whether it is a literal that a program looks at, or that a test is made of."""
    start, end = place
    call = _CALL.search(line) if "(" in near[-3:] else None
    if call and (_CHECKS.search(call[1]) or _looks_at_it(call[1])):
        return True
    if near[-1:] not in _QUOTES:
        return _COMMAND.match(line) is not None
    if _MADE_UP_ABOVE.search(text, max(0, start - _ABOVE), start) or _TYPED.search(line):
        return True
    if _REMARK.match(text, end, end + _BEHIND) or _CHECKED_BELOW.match(text, end, end + _BEFORE):
        return True
    told = any(map(near.lower().__contains__, _TESTS)) and _in_test(near, line)
    return told or _in_table(near, text[end : end + _BEHIND])


def _looks_at_it(name: str) -> bool:
    """Whether a function is named by the number, and by nothing that keeps one."""
    return _OF_IT.search(name) is not None and not _KEEPS.search(name)


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
