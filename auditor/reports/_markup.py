"""Markup in two languages. Everything that is not :class:`Html` is escaped on its way in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from auditor.locales import LANGUAGES, has_word, word

__all__ = [
    "Html",
    "Part",
    "both",
    "counted",
    "el",
    "esc",
    "in_each",
    "join",
    "number",
    "own",
    "plain",
    "section",
    "table",
    "term",
]


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


# Controls, and the characters that reorder or hide the text around them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_VOID = frozenset({"input"})

Part = str | int | Html | None | Iterable["Part"]


def plain(text: str) -> str:
    """``text`` with characters made visible that would change how its surroundings read."""
    return _UNSEEN.sub("\ufffd", text)


def esc(part: Part) -> Html:
    """Any part of a page as markup; whole numbers get separators, None is nothing."""
    if isinstance(part, Html):
        return part
    if part is None:
        return Html()
    if isinstance(part, int):
        return Html(number(part))
    if isinstance(part, str):
        return Html(html.escape(plain(part)))
    return join(*part)


def join(*parts: Part) -> Html:
    """Parts one after the other."""
    return Html("".join(esc(part) for part in parts))


def number(value: int) -> str:
    """A count for reading."""
    return f"{value:,}"


def el(tag: str, /, *children: Part, **attributes: str | int | bool | None) -> Html:
    """An element; ``class_`` is ``class``, ``data_x`` is ``data-x``, True is a bare attribute."""
    shown = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        spelled = key.rstrip("_").replace("_", "-")
        shown.append(f" {spelled}" if value is True else f' {spelled}="{html.escape(str(value))}"')
    opening = f"<{tag}{''.join(shown)}>"
    return Html(opening if tag in _VOID else f"{opening}{join(*children)}</{tag}>")


def own(text: str) -> Html:
    """Words of the audited tenant: kept apart from ours, also where they run right to left."""
    return el("bdi", text)


def in_each(texts: dict[str, Html]) -> Html:
    """The same in every language; the page shows one. Equal texts stand once."""
    if len(set(texts.values())) == 1:
        return next(iter(texts.values()))
    return join(*(el("span", text, lang=lang) for lang, text in texts.items()))


def both(key: str, **values: Part) -> Html:
    """A sentence of the catalogue in every language; ``values`` may be markup."""
    ready = {name: esc(value) for name, value in values.items()}
    return in_each({lang: _sentence(key, lang, ready) for lang in LANGUAGES})


def counted(key: str, n: int, **values: Part) -> Html:
    """Like :func:`both` with ``n``; ``<key>_one`` says it for a single one."""
    return both(f"{key}_one" if n == 1 else key, n=n, **values)


def term(table: str, code: str) -> Html:
    """The words for a code of a closed list; a code that has none is shown as it is."""
    key = f"{table}.{code}"
    return both(key) if has_word(key) else el("code", code)


def _sentence(key: str, lang: str, values: dict[str, Html]) -> Html:
    return Html(html.escape(word(key, lang)).format_map(values))


def section(name: str, *inside: Part) -> Html:
    """A section with its heading and, under it, a sentence that says what it shows."""
    heading = el("h2", both(f"report.{name}.title"), id=f"{name}-title")
    lead = el("p", both(f"report.{name}.lead"), class_="lead")
    return el("section", heading, lead, *inside, id=name, aria_labelledby=f"{name}-title")


def table(
    caption: str, heads: Sequence[Part], rows: Sequence[Html], name: str, mark: str = ""
) -> Html:
    """A table under the words of the key ``caption``; on a narrow screen it scrolls in itself.

    ``name`` is its class; ``mark`` tells tables of one caption apart.
    """
    mark = "-".join([*caption.split("."), *([mark] if mark else [])])
    head = el("tr", *(el("th", part, scope="col") for part in heads))
    title = el("caption", both(caption), id=mark)
    inside = el("table", title, el("thead", head), el("tbody", *rows), class_=name)
    return el("div", inside, class_="scroll", tabindex="0", role="region", aria_labelledby=mark)
