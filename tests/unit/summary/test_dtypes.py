"""The frames that the functions give have the columns and dtypes that their docstrings name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from auditor import summary
from auditor.summary import AGES, COLUMNS, LEVELS, STATES

TEXT, INT, REAL, FLAG, LIST = "string", "Int64", "Float64", "boolean", "object"
TIME = "datetime64[ns, UTC]"


def columns(dtype: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, dtype)


LEVELLED = columns(INT, *LEVELS, "review", "items", "persons_low", "persons_high")
BOOKS = {
    **columns(INT, "listed", *STATES, "bytes", "requests"),
    **columns(REAL, "seconds"),
    **columns(INT, "units", "unread"),
    **columns(REAL, "read_share"),
    **columns(FLAG, "balanced"),
}
EXPOSED = {**{name: str(dtype) for name, dtype in COLUMNS["items"].items()}, "persons": INT}
FUNCTIONS = {
    "by_source": {**columns(TEXT, "source"), **LEVELLED},
    "by_partition": {**columns(TEXT, "source", "partition"), **LEVELLED},
    "reach_by_confidence": {
        **columns(TEXT, "reach"),
        **columns(INT, "high", "medium", "low", "items"),
    },
    "reach_by_age": {**columns(TEXT, "reach"), **columns(INT, *AGES, "undated", "items")},
    "persons": {
        **columns(TEXT, "scope"),
        **columns(INT, "items", "low", "high"),
        **columns(FLAG, "exact"),
    },
    "coverage_by_reason": {
        **columns(TEXT, "reason"),
        **columns(INT, "rows", "items", "scopes", "suspects"),
        **columns(LIST, "permissions", "sources"),
    },
    "coverage_by_source": {**columns(TEXT, "source"), **BOOKS},
    "books": BOOKS,
    "measures": {
        **columns(TEXT, "measure"),
        **columns(LIST, "checks"),
        **columns(INT, "fail", "not_assessed", "manual", "pass", "items"),
        **columns(FLAG, "document_only"),
    },
    "trend": {
        **columns(TEXT, "run_id", "tenant_id", "tenant_name"),
        **columns(TIME, "started"),
        **columns(TEXT, "state"),
        **columns(INT, "findings", "new", "resolved", "suppressed", "items", *LEVELS, "review"),
        **columns(INT, "persons_low", "persons_high", "listed", "unread"),
        **columns(REAL, "read_share"),
    },
    "exposed": EXPOSED,
    "to_act_on": {**EXPOSED, "rank": INT},
    "audits": {name: str(dtype) for name, dtype in COLUMNS["runs"].items()},
}


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_gives_its_columns_in_their_dtypes(name: str, found: summary.Summary) -> None:
    frame = getattr(found, name)()
    assert dtypes(frame) == FUNCTIONS[name]
    assert list(frame.columns) == list(FUNCTIONS[name])
    assert len(frame)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_also_without_a_run(name: str, tmp_path: Path, build: Callable[..., Path]) -> None:
    empty = summary.load(build(tmp_path / "workspace", runs=0))
    assert dtypes(getattr(empty, name)()) == FUNCTIONS[name]


def test_every_function_that_gives_a_frame_is_here() -> None:
    given = {
        name
        for name, method in vars(summary.Summary).items()
        if getattr(method, "__annotations__", {}).get("return") == "pd.DataFrame" and name[0] != "_"
    }
    assert given == set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - {"exposed", "to_act_on", "audits"}))
def test_the_docstring_names_the_columns(name: str) -> None:
    said = str(getattr(summary.Summary, name).__doc__)
    if name == "by_partition":
        said += str(summary.Summary.by_source.__doc__)
    if name == "books":
        said += str(summary.Summary.coverage_by_source.__doc__)
    words = set(re.findall(r"[a-z_]+", said))
    told = {"level": LEVELS, "states": STATES, "class": AGES}
    words |= {name for word, names in told.items() if word in words for name in names}
    assert set(FUNCTIONS[name]) <= words, sorted(set(FUNCTIONS[name]) - words)
