"""The site builds in both languages without a warning, holds all there is, and fetches nothing."""

from __future__ import annotations

import importlib.util
import inspect
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import auditor
import connectors
from auditor import formats
from auditor.controls import checks
from auditor.detect import EVIDENCE, detect
from auditor.locales import LANGUAGES, word, words
from auditor.model import Reason
from auditor.summary import COLUMNS
from auditor.terminal.commands import COMMANDS
from connectors._questions import QUESTIONS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# What of a page a browser fetches by itself.
FETCHED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    """Text, links, anchors and fetched addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.codes: set[str] = set()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.fetched: list[str] = []
        self.languages: list[str] = []
        self._code = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._code = tag == "code" or (self._code and tag == "span")
        if "id" in found:
            self.anchors.add(found["id"])
        if tag == "html":
            self.languages.append(found.get("lang", ""))
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in FETCHED and found.get("rel") not in {"index", "search", "next", "prev"}:
            self.fetched.append(found.get(FETCHED[tag], ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "code":
            self._code = False

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._code:
            self.codes.add(data)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both languages, as ``make site`` builds them."""
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, str(DOCS / "build.py"), str(out)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return out


@cache
def page(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


def told(site: Path, lang: str, name: str) -> str:
    """The words of a page, blanks folded."""
    return " ".join("".join(page(site / lang / f"{name}.html").text).split())


def codes(site: Path, lang: str, name: str) -> set[str]:
    found = page(site / lang / f"{name}.html")
    # A code with blanks is cut into spans: its words count one by one, and together.
    return found.codes | set(re.split(r"[\s,|]+", "".join(found.text)))


def test_both_languages_have_the_same_pages() -> None:
    pages = [{path.name for path in (DOCS / lang).glob("*.md")} for lang in LANGUAGES]
    assert pages[0] == pages[1]
    assert len(pages[0]) > 15


def test_both_languages_have_the_same_parts() -> None:
    """The same marks, code blocks, and headings by level on each page."""
    unequal = []
    for path in sorted((DOCS / "en").glob("*.md")):
        shapes = []
        for lang in LANGUAGES:
            text = (DOCS / lang / path.name).read_text("utf-8")
            blocks = re.findall(r"^ *```(\S*)", text, re.MULTILINE)
            prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
            levels = [line.split()[0] for line in prose.splitlines() if line.startswith("#")]
            marks = re.findall(r"<!-- generated: (\w+)", text)
            shapes.append((marks, blocks, levels))
        if shapes[0] != shapes[1] and path.stem not in {"detection", "dataverse"}:
            unequal.append(path.stem)
    assert unequal == []


def test_columns_have_words_and_words_have_columns() -> None:
    said = words("en", "columns")
    common = said["common"]
    assert said.keys() - {"common"} <= COLUMNS.keys()
    for table, kinds in COLUMNS.items():
        assert kinds.keys() >= said.get(table, {}).keys(), table
        assert kinds.keys() <= common.keys() | said.get(table, {}).keys(), table
    used = {
        name
        for table, kinds in COLUMNS.items()
        for name in kinds
        if name not in said.get(table, {})
    }
    assert common.keys() == used


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_format_reason_and_code_has_its_place(site: Path, lang: str) -> None:
    sought = {
        "sources": set(connectors.names()),
        "formats": {s for name in formats.names() for s in (name, *formats.load(name).SUFFIXES)},
        "rules": set(EVIDENCE),
        "controls": {check.id for _, check in checks()},
        "tables": {name for kinds in COLUMNS.values() for name in (*kinds, *COLUMNS)},
        "exposure": set(words(lang, "exposure")["reasons"]),
        "retention": set(words(lang, "papers")["types"]),
        "troubleshooting": {
            *map(str, Reason),
            *(
                c
                for area in ("errors", "settings")
                for c in words(lang, area)
                if c not in {"heading", "types"}
            ),
        },
    }
    for name, wanted in sought.items():
        assert wanted - codes(site, lang, name) == set(), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_permission_setting_and_command_is_told(site: Path, lang: str) -> None:
    needs = [n for name in connectors.names() for n in connectors.load(name).NEEDS]
    permissions = told(site, lang, "permissions")
    assert [n.permission for n in needs if n.permission not in permissions] == []
    assert [
        n.opens for n in needs if word(f"sources.needs.{n.opens}", lang) not in permissions
    ] == []
    assert [q for q in QUESTIONS.values() if q.permission not in permissions] == []
    fields = {f for name in connectors.names() for f in connectors.load(name).Settings.__slots__}
    assert fields - codes(site, lang, "settings") == set()
    commands = told(site, lang, "commands")
    assert [name for name in COMMANDS if f"mynumber-audit {name}" not in commands] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_public_name_is_told(site: Path, lang: str) -> None:
    names = {name for name in auditor.__all__ if name[0] != "_"}
    public = (name for name, value in vars(auditor.Summary).items() if inspect.isfunction(value))
    names |= {f"{name}()" for name in public if name[0] != "_" and name not in {"close", "source"}}
    known = codes(site, lang, "analysis")
    assert {name for name in names if name not in known} == set()
    assert {name for name in known if re.fullmatch(r"[a-z_]+\(\)", name)} <= names


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_measured_scores_stand_on_the_page(site: Path, lang: str) -> None:
    row = re.search(r"\| mynumber-audit \| high \|(.*)", (DOCS / "detection.md").read_text("utf-8"))
    figures = [cell.strip() for cell in row[1].split("|") if cell.strip()]
    shown = told(site, lang, "detection")
    assert len(figures) == 5
    assert [figure for figure in figures if figure not in shown] == []


def test_japanese_pages_keep_no_english_phrase(site: Path) -> None:
    """Of the scores, and of the theme (whose words Sphinx has no Japanese for)."""
    shown = told(site, "ja", "detection")
    for phrase in ("precision", "with a number", "documents of", "On this page", "Previous"):
        assert phrase not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_fetched_from_elsewhere(site: Path, lang: str) -> None:
    pages = sorted((site / lang).rglob("*.html"))
    assert len(pages) > 15
    for path in pages:
        assert page(path).languages == [lang]
        outside = [url for url in page(path).fetched if urlsplit(url).scheme or url[:2] == "//"]
        assert outside == [], path.name
        for url in page(path).fetched:
            assert not url or (path.parent / unquote(urlsplit(url).path)).is_file(), (
                path.name,
                url,
            )
    for sheet in (site / lang / "_static").rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", text), sheet.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_lead_somewhere(site: Path, lang: str) -> None:
    lost = []
    for path in sorted((site / lang).rglob("*.html")):
        for link in page(path).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not link:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_file() or (anchor and anchor not in page(target).anchors):
                lost.append((path.name, link))
    assert lost == []


@pytest.mark.parametrize(("lang", "other"), [("en", "ja"), ("ja", "en")])
def test_each_page_leads_to_the_other_language(site: Path, lang: str, other: str) -> None:
    for source in (DOCS / lang).glob("*.md"):
        links = page(site / lang / f"{source.stem}.html").links
        assert f"../{other}/{source.stem}.html" in [link.removeprefix("./") for link in links]
    assert {f"{one}/index.html" for one in LANGUAGES} == set(page(site / "index.html").links)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_japanese_is_searched_as_it_was_indexed(site: Path) -> None:
    """The browser cuts a question into the same pieces, and the index holds them."""
    spec = importlib.util.spec_from_file_location("_search", DOCS / "_search.py")
    search = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(search)
    question = "保存期間 audit.toml とパスワード付きのzip 号"
    script = "globalThis.window = globalThis;"  # what the page is to a browser
    script += (site / "ja/_static/language_data.js").read_text("utf-8")
    script += f"console.log(JSON.stringify(splitQuery({json.dumps(question)})))"
    done = subprocess.run(["node", "-e", script], check=True, capture_output=True, timeout=60)
    pieces = json.loads(done.stdout)
    assert pieces == search.Pairs({}).split(question)
    assert "存期" in pieces
    index = (site / "ja/searchindex.js").read_text("utf-8")
    assert [piece for piece in ("存期", "ワー", "toml") if json.dumps(piece) not in index] == []


def test_no_page_names_a_number(site: Path) -> None:
    """The published specimens stand in no page either."""
    for path in sorted(site.rglob("*.html")):
        found = detect("".join(page(path).text)).hits
        assert {hit.confidence.value for hit in found} <= {"sample"}, path.name
