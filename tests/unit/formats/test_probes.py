"""Every hiding place: a number put there is found, or the file is said to be unread.

The probes are tables in ``tests/probes``; each makes one file with one number in one place.
"""

from __future__ import annotations

import pytest

from auditor.detect import Number
from auditor.model import Content, Limits
from auditor.scan import Part, scan
from probes import (
    annexes,
    archives,
    beside_cells,
    discs,
    drawings,
    excel,
    legacy,
    mail,
    opendocument,
    opensheets,
    pdf,
    pdf_entries,
    pictures,
    polyglots,
    slides,
    stores,
    unlisted,
    word,
    wrapped,
    writing,
)
from probes.probe import FOUND, SUSPECT, Probe

KEY = b"k" * 32
LIMITS = Limits(ocr=False)
MODULES = (
    word,
    excel,
    legacy,
    beside_cells,
    slides,
    opendocument,
    opensheets,
    pdf,
    pdf_entries,
    mail,
    stores,
    writing,
    archives,
    discs,
    wrapped,
    pictures,
    drawings,
    polyglots,
    unlisted,
    annexes,
)
PROBES = {probe.name: probe for module in MODULES for probe in module.PROBES}


def outcome(probe: Probe) -> str:
    """What a scan says of the probe, in words that hold no digit."""
    number = probe.number
    parts: list[Part] = []
    result = scan(Content(probe.file, probe.made(number)), LIMITS, key=KEY, emit=parts.append)
    tokens = {token for part in parts for group in part.groups for token in group.tokens}
    mine = Number(number).token(KEY)
    if tokens - {mine}:
        return "another number"
    if mine in tokens:
        return FOUND
    if probe.expects == SUSPECT:
        return SUSPECT if any(gap.suspect for gap in result.gaps) else "unsuspected"
    reasons = [gap.reason.value for gap in result.gaps]
    return probe.expects if probe.expects in reasons else "lost"


@pytest.mark.parametrize("name", PROBES)
def test_a_number_is_found_wherever_it_sits(name: str) -> None:
    probe = PROBES[name]
    said = outcome(probe)
    assert said == probe.expects


def test_there_are_enough_of_them() -> None:
    made = [probe for module in MODULES for probe in module.PROBES]
    assert len(PROBES) == len(made)
    assert len(PROBES) >= 780
    beyond = [place for module in MODULES for place in getattr(module, "BEYOND", ())]
    assert len(beyond) >= 240  # places that the survey of other extractors does not name
