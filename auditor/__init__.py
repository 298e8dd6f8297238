"""My Number audit of Microsoft 365 and Azure, for notebooks: ``auditor.load("audit-workspace")``.

Names are imported when first used, so that the command line starts without pandas or an SDK.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from auditor.model import VERSION

if TYPE_CHECKING:
    from auditor.detect import detect
    from auditor.engine import audit
    from auditor.summary import Summary, load

__all__ = ["Summary", "__version__", "audit", "detect", "load"]

__version__ = VERSION

_HOMES = {
    "Summary": "auditor.summary",
    "audit": "auditor.engine",
    "detect": "auditor.detect",
    "load": "auditor.summary",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(name)
