"""Third-party files of every kind, read by us and by others; and Japanese in every encoding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from auditor.formats import _encoding
from fixtures.encodings import alike, samples

FOLDER = os.environ.get("MYNUMBER_REAL_FILES", "")
PEERS = os.environ.get("MYNUMBER_REAL_PEERS", "")
MAIN = ("pdf", "Excel", "xls", "Word", "PowerPoint", "mail", "html", "csv", "text", "rtf")
"""Formats that both compared tools read."""


@pytest.mark.benchmark
@pytest.mark.timeout(14_400)
@pytest.mark.skipif(not (FOLDER and PEERS), reason="MYNUMBER_REAL_FILES, _PEERS name nothing")
def test_real_files_are_read_at_least_as_others_read_them() -> None:
    """An outcome for every file; what others see is seen; at no more cost."""
    script = Path(__file__).with_name("real_files.py")
    command = [sys.executable, str(script), FOLDER, "--peers", PEERS]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(f"\n{output}")
    seen = json.loads(output.splitlines()[-1])
    kinds, cpu = seen["kinds"], seen["cpu"]
    assert kinds["all"]["files"] >= 5_000
    assert seen["none"] == 0
    assert kinds["all"]["text"] >= 0.99
    assert {k: kinds[k]["numbers"] for k in MAIN if kinds[k]["numbers"] < 0.995} == {}
    assert {k: kinds[k]["words"] for k in MAIN if kinds[k]["words"] < 0.98} == {}
    assert 5 * cpu["ours"] <= cpu["markitdown"]
    assert cpu["ours"] <= cpu["kreuzberg"]


@pytest.mark.benchmark
@pytest.mark.timeout(1_800)
def test_every_japanese_encoding_is_recognised() -> None:
    """5,184 samples of a seed of their own; every one is read as what it is."""
    wrong: Counter[tuple[str, str]] = Counter()
    count = 0
    for one in samples(each=5, seed=2_027):
        count += 1
        if alike(_encoding.decode(one.data, one.declared).text) != alike(one.text):
            wrong[one.codec, one.style] += 1
    print(f"\nencodings: {count} samples, {sum(wrong.values())} wrong")
    assert count >= 4_800
    assert wrong == {}
