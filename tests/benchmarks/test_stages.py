"""Every stage of an audit, held to the ratio that was recorded (``stage_records``)."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.benchmarks import stage_records as records
from tests.benchmarks import stages_local as local
from tests.benchmarks import stages_service as service
from tests.benchmarks.stages import Stage, ratio

STAGES: dict[str, Callable[[], AbstractContextManager[Stage]]] = {
    "list": service.listing,
    "fetch": service.fetching,
    "extract_workbook": lambda: local.extracting("xlsx"),
    "extract_mail": lambda: local.extracting("eml"),
    "detect": local.detecting,
    "store": local.storing,
    "summarise": local.summarising,
    "report": local.reporting,
    "end_to_end": service.whole,
}
MEASURED: dict[str, float] = {}
REFERENCES: dict[str, str] = {}


@pytest.mark.benchmark
@pytest.mark.parametrize("name", STAGES)
def test_a_stage_is_no_slower_than_it_was(name: str) -> None:
    with STAGES[name]() as stage:
        found = ratio(stage)
        if not os.environ.get(records.WRITE) and records.worse(name, found):
            found = min(found, ratio(stage))  # a neighbour may have been busy
    print(f"\n{name}: {found:.2f} times {stage.reference}")
    MEASURED[name], REFERENCES[name] = found, stage.reference
    if not os.environ.get(records.WRITE):
        assert records.worse(name, found) == ""


@pytest.mark.benchmark
def test_the_records_name_every_stage() -> None:
    """Also where the ratios are written: after a whole run."""
    if os.environ.get(records.WRITE) and MEASURED.keys() == STAGES.keys():
        records.write(MEASURED, REFERENCES)
    assert records.recorded().keys() == STAGES.keys()
    text = records.PAGE.read_text("utf-8")
    shown = [f"| {ratio:.2f} × |" for ratio in records.recorded().values()]
    assert [one for one in shown if one not in text] == []
