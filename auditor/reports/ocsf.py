"""Events of the Open Cybersecurity Schema Framework, one JSON object a line, for a SIEM.

A Data Security Finding (2006) for each item, a Compliance Finding (2003) for each control, and a
Scan Activity (6007) for each audit and each source of it: the coverage statement. Times are
milliseconds since 1970. Nothing that could hold a number is filled in: ``value`` of what was
discovered, ``pattern_match`` and ``raw_data`` stay away.
"""

from __future__ import annotations

from pathlib import Path

from auditor.reports import _files, _ocsf_events, _ocsf_scans
from auditor.reports._joined import by_item, records
from auditor.reports._ocsf_base import Audits
from auditor.reports.jsonl import line
from auditor.summary import Summary

__all__ = ["NAME", "SUFFIX", "write"]

NAME = "ocsf"
SUFFIX = ".jsonl"


def write(summary: Summary, out: Path, lang: str) -> list[Path]:
    """``ocsf.jsonl``: findings, then controls, then what was scanned; text in ``lang``."""
    path = out / f"ocsf{SUFFIX}"
    audits = Audits(summary)
    scans = _ocsf_scans.Scans(audits)
    with _files.opened(path) as file:
        for rows in by_item(summary, "items", "findings", "coverage"):
            if rows["findings"]:
                event = _ocsf_events.data_security(audits, rows, lang)
                scans.count(rows["findings"])
                file.write(line(event))
        for control in records(summary, "controls"):
            file.write(line(_ocsf_events.compliance(audits, control, lang)))
        for row in records(summary, "totals"):
            scans.add(row)
        for event in scans.events(lang):
            file.write(line(event))
    return [path]
