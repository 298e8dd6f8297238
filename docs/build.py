# ruff: noqa: INP001 — files that Sphinx reads, no package
"""Build the site: ``python docs/build.py OUT`` writes ``OUT/en``, ``OUT/ja``, ``OUT/index.html``.

Both languages are built beside each other, anew, with warnings as errors; nothing is fetched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "ja")


def build(out: Path) -> int:
    """The worst exit code of the two builds."""
    with tempfile.TemporaryDirectory() as trees:
        running = [subprocess.Popen(_command(lang, out, Path(trees))) for lang in LANGUAGES]  # noqa: S603 — our own words
        code = max(process.wait() for process in running)
    shutil.copy(HERE / "index.html", out / "index.html")
    return code


def _command(lang: str, out: Path, trees: Path) -> list[str]:
    where = ["-c", str(HERE), "-d", str(trees / lang), str(HERE / lang), str(out / lang)]
    how = ["-b", "html", "-W", "--keep-going", "-q", "-D", f"language={lang}"]
    return [sys.executable, "-m", "sphinx", *how, *where]


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
