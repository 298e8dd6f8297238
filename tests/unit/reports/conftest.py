"""Summaries of sample workspaces, built once, and their pages."""

from __future__ import annotations

import dataclasses
import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lxml import html as lxml_html

from auditor import summary
from auditor.reports import html as report
from auditor.reports._packed import SIGNS

build: Any = runpy.run_path(str(Path(__file__).with_name("sample_workspace.py")))["build"]


class Page:
    """A report as a reader and a program see it."""

    def __init__(self, file: Path) -> None:
        self.text = file.read_text("utf-8")
        self.tree: Any = lxml_html.document_fromstring(self.text)
        self.data: dict[str, Any] = json.loads(self.tree.get_element_by_id("data").text)
        self.tables: dict[str, dict[str, Any]] = {
            name: json.loads(self.tree.get_element_by_id(f"data-{name}").text)
            for name in ("items", "findings", "grants", "gaps")
        }

    def find(self, path: str) -> list[Any]:
        return list(self.tree.xpath(path))

    def said(self, lang: str, path: str = "//body") -> str:
        """The text of the first node at ``path``, as a reader of one language sees it."""
        node = self.tree.xpath(path)[0]
        copy = lxml_html.fromstring(lxml_html.tostring(node, encoding="unicode", with_tail=False))
        for span in copy.xpath(f".//span[@lang='{'en' if lang == 'ja' else 'ja'}']"):
            span.drop_tree()
        return " ".join(copy.text_content().split())

    def column(self, table: str, name: str) -> list[Any]:
        """One column of a long table, unpacked."""
        return unpacked(self.tables[table][name])

    def behind(self, table: str, name: str, item: int) -> list[Any]:
        """The same of what stands behind one item."""
        rows = self.column(table, "item")
        return [
            value for row, value in zip(rows, self.column(table, name), strict=True) if row == item
        ]


def unpacked(values: Any) -> list[Any]:
    """The values of a packed column; what the page's script does, said another way."""
    if isinstance(values, list):
        return values
    text, width = values["n"], values["w"]
    found = []
    for at in range(0, len(text), width):
        value = 0
        for sign in text[at : at + width]:
            value = value * 64 + SIGNS.index(sign)
        found.append(value - 1 if value else None)
    return [values["d"][at] for at in found] if "d" in values else found


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    """Two audits of a company of a few hundred items, hostile names among them."""
    return summary.load(build(tmp_path_factory.mktemp("sample") / "workspace", runs=2))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    """A workspace in which nothing ran yet."""
    return summary.load(build(tmp_path_factory.mktemp("empty") / "workspace", runs=0))


@pytest.fixture(scope="session")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Page]:
    """The page of a summary."""

    def make(of: summary.Summary, lang: str = "ja") -> Page:
        (file,) = report.write(of, tmp_path_factory.mktemp("page"), lang)
        return Page(file)

    return make


@pytest.fixture(scope="session")
def page(sample: summary.Summary, draw: Callable[..., Page]) -> Page:
    """The page of the sample."""
    return draw(sample)


@pytest.fixture
def render(sample: summary.Summary, draw: Callable[..., Page]) -> Callable[..., Page]:
    """The page of the sample with some of its frames replaced."""

    def make(**frames: pd.DataFrame) -> Page:
        return draw(dataclasses.replace(sample, **frames))

    return make
