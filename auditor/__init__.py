"""My Number audit of Microsoft 365 and Azure, for notebooks and scripts.

>>> import auditor
>>> [finding.confidence for finding in auditor.scan_text("個人番号：4839 2017 5644").findings]
['high']

=============== ==================================================================================
``audit``       audit the tenants of a settings file, and load what was found
``load``        a workspace as a :class:`Summary`: its tables, and what they say of the tenant
``summarize``   several workspaces side by side, a row a tenant
``scan_text``   read a text
``scan_file``   read a file, as an audit does
``scan_files``  read files and folders into a frame, a row a file
``detect``      the detector alone: a text or a table → hits with their evidence
=============== ==================================================================================

Names are imported when first used, so that the command line starts without pandas or an SDK.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from auditor.model import VERSION

if TYPE_CHECKING:
    from auditor.analysis import audit, scan_file, scan_files, scan_text, summarize
    from auditor.detect import detect
    from auditor.summary import Summary, load

__all__ = [
    "Summary",
    "__version__",
    "audit",
    "detect",
    "load",
    "scan_file",
    "scan_files",
    "scan_text",
    "summarize",
]

__version__ = VERSION

_HOMES = {
    "Summary": "auditor.summary",
    "audit": "auditor.analysis",
    "detect": "auditor.detect",
    "load": "auditor.summary",
    "scan_file": "auditor.analysis",
    "scan_files": "auditor.analysis",
    "scan_text": "auditor.analysis",
    "summarize": "auditor.analysis",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(name)


def __dir__() -> list[str]:
    return sorted(__all__)
