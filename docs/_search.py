# ruff: noqa: INP001 — files that Sphinx reads, no package
"""Search of the Japanese pages: by pairs of characters, the same in the index and in the browser.

Sphinx cuts Japanese into words when it builds the index, and leaves what a reader types as it is,
so that most questions of more than one word find nothing. Pairs need no dictionary.
"""

from __future__ import annotations

import re

from sphinx.search import SearchLanguage

__all__ = ["Pairs"]

_RUNS = re.compile(r"[A-Za-z0-9_]+|[\u3005-\u30ff\u3400-\u9fff]+")
_SPLIT = """
function splitQuery(query) {
  const runs = query.match(/[A-Za-z0-9_]+|[\\u3005-\\u30ff\\u3400-\\u9fff]+/g) || [];
  return runs.flatMap((run) => run.length < 3 || /^[A-Za-z0-9_]/.test(run)
    ? [run] : Array.from({length: run.length - 1}, (_, at) => run.slice(at, at + 2)));
}
"""


class Pairs(SearchLanguage):
    """Latin words as they are, kana and kanji two by two."""

    lang = "ja"
    language_name = "Japanese"
    js_splitter_code = _SPLIT

    def split(self, input: str) -> list[str]:  # noqa: A002 — the name that Sphinx gives it
        """The words and pairs of a text, in its order."""
        return [piece for run in _RUNS.findall(input) for piece in _pieces(run)]

    def stem(self, word: str) -> str:
        """Case does not matter; nothing else is cut off."""
        return word.lower()


def _pieces(run: str) -> list[str]:
    if len(run) < 3 or run[0].isascii():
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]
