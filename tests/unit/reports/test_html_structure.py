"""The page can be read by keyboard and by ear: landmarks, headings, tables, labels, links."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl

import pytest
from lxml import html as lxml_html

from auditor.reports import html as report
from auditor.summary import Summary

Page = Any
STEPS = ("tenant", "source", "partition")


@pytest.fixture(scope="module", params=["sample", "empty"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Page:
    summary: Summary = request.getfixturevalue(request.param)
    (file,) = report.write(summary, tmp_path_factory.mktemp("structure"), "ja")
    return lxml_html.document_fromstring(file.read_text("utf-8"))


def test_landmarks_stand_once(page: Page) -> None:
    for name in ("header", "header/nav", "main", "footer"):
        assert len(page.xpath(f"//{name}")) == 1
    assert all(nav.get("aria-labelledby") for nav in page.xpath("//nav"))
    assert page.xpath("//body/a[1]/@href") == ["#main"]


def test_headings_leave_no_level_out(page: Page) -> None:
    levels = [int(node.tag[1]) for node in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    steps = pairwise(levels)
    assert [(one, two) for one, two in steps if two - one > 1] == []


def test_every_table_has_a_caption_and_scoped_heads(page: Page) -> None:
    for table in page.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath(".//th[not(@scope)]") == []


def test_ids_are_unique_and_references_lead_somewhere(page: Page) -> None:
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    names = {name for names in page.xpath("//@aria-labelledby") for name in names.split()}
    anchors = {href[1:] for href in page.xpath("//@href") if "?" not in href}
    assert (names | anchors) - set(ids) == set()


def test_every_field_has_a_label(page: Page) -> None:
    fields = page.xpath("//input|//select")
    assert [node for node in fields if not node.xpath("ancestor::label")] == []
    for fieldset in page.xpath("//fieldset"):
        assert fieldset.xpath("./legend")


def test_every_button_has_a_name(page: Page) -> None:
    assert [node for node in page.xpath("//button") if not node.text_content().strip()] == []


def test_charts_are_silent_since_their_numbers_stand_beside_them(page: Page) -> None:
    assert page.xpath("//svg[not(@aria-hidden='true')]") == []


def test_links_that_filter_name_fields_and_values_that_exist(page: Page) -> None:
    script = page.xpath("//script[not(@type)]")[0].text
    for href in page.xpath("//a/@href[contains(., '?')]"):
        mark, _, query = href.partition("?")
        form = page.get_element_by_id(f"{mark[1:]}-table").xpath(".//form")[0]
        for name, value in parse_qsl(query, keep_blank_values=True):
            fields = form.xpath(f".//*[@name='{name}']")
            if not fields:  # a step down, or a filter that is a chip
                assert name in STEPS or re.search(rf"^  {name}: ", script, re.MULTILINE)
                continue
            values = [
                option.get("value") for field in fields for option in field.xpath(".//option")
            ] or [field.get("value") for field in fields]
            assert value in values


def test_a_region_that_scrolls_can_be_reached_and_has_a_name(page: Page) -> None:
    for region in page.xpath("//div[@class='scroll']"):
        assert region.get("tabindex") == "0"
        assert region.get("role") == "region"
        assert region.get("aria-labelledby")
