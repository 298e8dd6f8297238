"""What the detector says of text in which nobody's number stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = os.environ.get("MYNUMBER_REAL_TEXT", "")


@pytest.mark.benchmark
@pytest.mark.timeout(7200)
@pytest.mark.skipif(not FOLDER, reason="MYNUMBER_REAL_TEXT names no folder of third-party text")
def test_real_text_raises_no_alarm() -> None:
    """No document at medium and above outside samples and tests; 0.5 in a thousand at low."""
    script = Path(__file__).with_name("real_text.py")
    command = [sys.executable, str(script), FOLDER]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(f"\n{output}")
    seen = json.loads(output.splitlines()[-1])
    assert seen["megabytes"] >= 1_000
    assert seen["medium"] == 0
    assert seen["low"] <= 0.0005 * seen["documents"]
