"""The pages on scale say what the model says."""

from __future__ import annotations

import re

import pytest

from auditor.locales import LANGUAGES
from auditor.quotas import QUOTAS, TIERS
from simulation import scale_page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_as_the_model_gives_it(lang: str) -> None:
    """Else: ``PYTHONPATH=.:tests python -m simulation.scale_page``."""
    text = scale_page.PAGES[lang].read_text("utf-8")
    assert scale_page.filled(text, scale_page.tables(lang)) == text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_limit_has_one_line_and_a_source(lang: str) -> None:
    _, *rows = scale_page.limits(lang)
    assert len(rows) == len(QUOTAS) + len(TIERS)
    assert all(re.search(r"\(https://learn\.microsoft\.com/\S+\)$", row[-1]) for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_tells_of_every_size_and_what_decides(lang: str) -> None:
    text = scale_page.PAGES[lang].read_text("utf-8")
    for users in scale_page.SIZES:
        for run in scale_page.tenant(users).runs:
            assert f"{run.requests:,}" in text
            assert f"`{run.binds}`" in text


def test_a_page_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for limits"):
        scale_page.filled("nothing", scale_page.tables("en"))
