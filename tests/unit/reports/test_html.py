"""The page: self-contained, safe whatever a file is called, and in both languages."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.locales import LANGUAGES, word, words
from auditor.reports import _long
from auditor.summary import Summary

SCRIPTS = 6
"""Five blocks of data and the one that runs."""
NAMED = {"tenant", "partition", "measure", "document", "period", "reach", "size"}
"""Words of the tables that the script names by a step or a filter."""

# — self-contained and safe ————————————————————————————————————————————————————————————————————


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(page: Any) -> None:
    policy = page.find("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    script = page.find("//script[not(@type)]")[0].text
    style = page.find("//style")[0].text

    def digest(part: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"

    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == digest(script)
    assert rules["style-src"] == digest(style)
    assert "unsafe" not in policy
    assert "*" not in policy


def test_the_policy_stands_before_everything_that_it_governs(page: Any) -> None:
    text = page.text
    assert text.index("Content-Security-Policy") < text.index("<style") < text.index("<script")


def test_nothing_is_fetched(page: Any) -> None:
    loading = "//link|//img|//iframe|//object|//embed|//audio|//video|//base|//*[@src]|//*[@srcset]"
    assert page.find(loading) == []
    assert [href for href in page.find("//@href") if not href.startswith("#")] == []
    style = page.find("//style")[0].text
    assert "url(" not in style
    assert "@import" not in style
    script = page.find("//script[not(@type)]")[0].text
    for risky in ("fetch(", "XMLHttp", "WebSocket", "import(", "sendBeacon", "localStorage"):
        assert risky not in script


def test_markup_is_never_made_from_text_by_the_script(page: Any) -> None:
    script = page.find("//script[not(@type)]")[0].text
    for risky in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "Function(",
    ):
        assert risky not in script


def test_hostile_names_stay_text(sample: Summary, page: Any) -> None:
    assert len(page.find("//script")) == SCRIPTS
    assert len(page.find("//script[not(@type)]")) == 1
    assert len(page.find("//style")) == 1
    assert page.find("//*[@onerror or @onclick or @onload or @style]") == []
    assert "<script>alert" not in page.text
    assert "</script><script>" not in page.text
    names = page.column("items", "item")
    assert sorted(names) == sorted(sample.exposed()["item"])
    assert any("<script>" in name for name in names)


def test_hostile_names_outside_the_data_block_are_escaped(
    sample: Summary, render: Callable[..., Any]
) -> None:
    bad = "</script><img src=x onerror=alert(1)>\u202e\"'"
    runs = sample.runs.assign(tenant_name=bad)
    items = sample.items.assign(partition=bad, source="<b>")
    coverage = sample.coverage.assign(permission=bad, partition=bad, detail=bad)
    page = render(runs=runs, items=items, coverage=coverage)
    ours = "@class or parent::span or parent::p or ancestor::ul"
    assert page.find(f"//img|//b[not({ours})]|//*[@onerror]") == []
    assert len(page.find("//script")) == SCRIPTS
    assert "\u202e" not in page.find("//h1")[0].text_content()
    assert "<img" in page.find("//h1")[0].text_content()


def test_no_run_of_twelve_digits_is_in_the_page(page: Any) -> None:
    assert re.search(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)", page.text) is None


def test_the_same_summary_gives_the_same_bytes(
    sample: Summary, page: Any, draw: Callable[..., Any]
) -> None:
    assert draw(sample).text == page.text


# — words ——————————————————————————————————————————————————————————————————————————————————————


def test_everything_is_said_in_both_languages(page: Any) -> None:
    japanese, english = page.find("//span[@lang='ja']"), page.find("//span[@lang='en']")
    assert len(japanese) == len(english) > 100
    assert all(span.getnext().get("lang") == "en" for span in japanese)
    assert all(span.text_content().strip() for span in [*japanese, *english])
    kana = re.compile(r"[\u3040-\u30ff]")
    assert [span.text_content() for span in english if kana.search(own_words(span))] == []


def own_words(span: Any) -> str:
    return "".join(span.xpath(".//text()[not(ancestor::bdi)]"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_in_the_language_asked_for(
    sample: Summary, draw: Callable[..., Any], lang: str
) -> None:
    page = draw(sample, lang)
    assert page.tree.get("lang") == lang
    title = word("report.page.title", lang, tenant="株式会社サンプル商事")
    assert page.find("//title")[0].text == title
    assert page.find("//input[@name='lang'][@checked]/@value") == [lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_script_has_words_for_every_key_it_names(page: Any, lang: str) -> None:
    script = page.find("//script[not(@type)]")[0].text
    named = set(re.findall(r"\"(table\.\w+)\"", script))
    named |= {f"table.{name}" for name in re.findall(r"cell\(\"(\w+)\"", script)}
    named |= {f"{option}" for option in page.find("//option/@data-word")}
    words = page.data["words"][lang]
    assert len(named) > 40
    assert named - set(words) == set()


def test_every_word_of_the_tables_is_used(page: Any) -> None:
    folder = Path(_long.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("_*.py"))
    script = page.find("//script[not(@type)]")[0].text
    unused = set()
    for name in words("en", "report")["table"]:
        base = name.removesuffix("_one").removesuffix("_most")
        said = (
            f"table.{base}" in script or f'"{base}"' in source or f"report.table.{base}" in source
        )
        if not said and base not in NAMED and not base.startswith(("by_", "only_")):
            unused.add(name)
    assert unused == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_script_has_words_for_every_code_of_the_data(page: Any, lang: str) -> None:
    words = page.data["words"][lang]
    used = {f"levels.{code}" for code in page.column("items", "exposure")}
    used |= {f"reaches.{code}" for code in page.column("items", "reach")}
    used |= {f"sources.{code}" for code in page.column("items", "source")}
    used |= {f"why.{code}" for codes in page.column("items", "exposure_reasons") for code in codes}
    used |= {f"reasons.{code}" for code in page.column("gaps", "reason")}
    used |= {f"states.{code}" for code in page.column("gaps", "state")}
    for table in ("kind", "confidence", "status"):
        words_of = {"status": "statuses"}.get(table, f"{table}s")
        used |= {f"{words_of}.{code}" for code in page.column("findings", table)}
    used |= {f"evidence.{code}" for codes in page.column("findings", "reasons") for code in codes}
    used |= {f"ways.{code}" for code in page.column("grants", "via")}
    used |= {f"periods.{code}" for code in page.column("items", "period")}
    used |= {f"people.{code}" for code in page.column("items", "people") if code}
    used |= {f"types.{code}" for code in page.column("items", "document_type") if code}
    assert used - set(words) == set()


def test_a_code_without_words_is_shown_as_it_is(
    sample: Summary, render: Callable[..., Any]
) -> None:
    page = render(items=sample.items.assign(source="newsource"))
    assert "newsource" in page.find("//*[@id='exposure']")[0].text_content()
