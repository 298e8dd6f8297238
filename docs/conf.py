# ruff: noqa: INP001 — files that Sphinx reads, no package
"""The documentation site: one Sphinx project a language, built without network by ``build.py``."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ["COLUMNS"] = "100"  # the width of the help texts, whatever terminal builds the site

from _generated import fill  # noqa: E402 — found by the line above
from _search import Pairs  # noqa: E402 — likewise

project = "mynumber-audit"
extensions = ["myst_parser"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
templates_path = ["_templates"]
html_theme_options: dict[str, Any] = {"footer_icons": []}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_copy_source = False
html_show_copyright = False
html_show_search_summary = False  # would fetch pages, which a browser refuses from a folder
html_show_sphinx = False
html_use_index = False
smartquotes = False  # a message is found as the program prints it
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

TITLES = {"en": "mynumber-audit", "ja": "mynumber-audit ドキュメント"}
OTHERS = {"en": ("ja", "日本語"), "ja": ("en", "English")}


def _titled(_: Any, config: Any) -> None:
    config.html_title = TITLES[config.language]
    code, name = OTHERS[config.language]
    config.html_context = {"other_language": code, "other_name": name}


def _filled(app: Any, _: str, source: list[str]) -> None:
    source[0] = fill(source[0], app.config.language)


def _spoken(app: Any) -> None:
    """What the theme has no Japanese for is taken from ``phrases.toml``."""
    file = HERE / app.config.language / "phrases.toml"
    said = tomllib.loads(file.read_text("utf-8"))["theme"] if file.is_file() else {}
    known = app.translator
    app.builder.templates.environment.install_gettext_callables(
        lambda text: said.get(text) or known.gettext(text), known.ngettext
    )


def setup(app: Any) -> None:
    """Give each language its title, and each page what the program itself knows."""
    app.add_search_language(Pairs)
    app.connect("config-inited", _titled)
    app.connect("builder-inited", _spoken)
    app.connect("source-read", _filled)
