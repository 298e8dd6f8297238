"""Heat maps: tables whose cells are tinted by their counts, and lead to the items counted."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from auditor.reports._charts import heat
from auditor.reports._markup import Html, Part, el

__all__ = ["address", "cell", "to_gaps", "to_items"]


def cell(count: int, most: int, name: str, filters: Mapping[str, str]) -> Html:
    """A count in the tint of the class ``name``, as a link to the items that it counts."""
    inside = to_items(el("span", count), filters) if count > 0 else el("span", count)
    return el("td", inside, class_=f"n {name} {heat(count, most)}")


def address(filters: Mapping[str, str]) -> str:
    """Where the items table is, under ``filters``."""
    return f"#items?{urlencode(filters)}"


def to_items(text: Part, filters: Mapping[str, str]) -> Html:
    """A link to the items table under ``filters``; see the page's script for the names."""
    return el("a", text, href=address(filters))


def to_gaps(text: Part, filters: Mapping[str, str]) -> Html:
    """A link to the table of what was not read."""
    return el("a", text, href=f"#gaps?{urlencode(filters)}")
