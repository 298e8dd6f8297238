# ruff: noqa: INP001 — files that Sphinx reads, no package
"""What a page takes from other files of the repository, so that it stands there alone."""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
READMES = {"en": "README.md", "ja": "README.ja.md"}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def readme(lang: str, name: str) -> Iterator[str]:
    """A marked part of the README, which a test holds to the program."""
    text = (HERE.parent / READMES[lang]).read_text("utf-8")
    part = text.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]
    if not part:
        raise KeyError(name)
    yield part.strip()


def beside(lang: str, names: str) -> Iterator[str]:
    """The first of these files of ``docs/`` that is there, whole; nothing where none is."""
    for name in names.split():
        if (HERE / name).is_file():
            yield _at_home((HERE / name).read_text("utf-8"), lang)
            return


def _at_home(text: str, lang: str) -> str:
    """Text of ``docs/`` as a page can hold it: a link to what the site does not have is words."""

    def led(link: re.Match[str]) -> str:
        picture, words, target = link.groups()
        if ":" in target or target[0] == "#":
            return link[0]
        if picture:
            return f"![{words}](../{target})"
        target = target.replace(".ja.md", ".md")
        return (
            f"[{words}]({target})" if (HERE / lang / target.partition("#")[0]).is_file() else words
        )

    return _LINK.sub(led, text)


def measured(lang: str, part: str) -> Iterator[str]:
    """Generated tables of ``docs/detection.md``, its phrases in the words of ``phrases.toml``."""
    text = (HERE / "detection.md").read_text("utf-8")
    text = text.partition(f"<!-- {part}:begin -->")[2].partition(f"<!-- {part}:end -->")[0]
    if not text:
        raise KeyError(part)
    phrases = tomllib.loads((HERE / lang / "phrases.toml").read_text("utf-8"))["scores"]
    for phrase, said in phrases.items():
        text = re.sub(phrase, said, text)
    yield text.strip()


def dataverse_role(lang: str) -> Iterator[str]:
    """``docs/dataverse-role.md``, which has English above and Japanese below."""
    text = (HERE / "dataverse-role.md").read_text("utf-8")
    english, mark, japanese = text.partition("# Dynamics 365（")
    japanese = japanese.replace("上のスクリプト", "下のスクリプト")
    yield _at_home(english if lang == "en" else mark + japanese, lang)


def dataverse_script(_: str) -> Iterator[str]:
    """The script of its second step."""
    text = (HERE / "dataverse-role.md").read_text("utf-8")
    yield textwrap.dedent(text[text.index("   ```sh") :].partition("To audit fewer")[0])
