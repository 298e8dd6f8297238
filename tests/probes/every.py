"""All probes, by name: a module of this folder adds to them by lying in it."""

from __future__ import annotations

import importlib
from pathlib import Path

from probes.probe import Probe

_NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path != Path(__file__))
PROBES: dict[str, Probe] = {
    probe.name: probe
    for name in _NAMES
    for probe in getattr(importlib.import_module(f"probes.{name}"), "PROBES", ())
}
