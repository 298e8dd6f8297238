"""Marks in a row of units, found sixty-four at a time or eight."""

import numpy as np
import pytest

from auditor.detect.bitmap import marked


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 64, 1_000, 1_003])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 1.0])
def test_marks_are_found_where_they_are(size, share):
    marks = np.random.default_rng(size).random(size) < share
    assert marked(marks).tolist() == np.flatnonzero(marks).tolist()
