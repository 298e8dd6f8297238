"""Writing in pictures, by whichever engine is installed: RapidOCR (extra ``ocr``) or Tesseract.

RapidOCR carries its models in its wheel; Tesseract is a program of the system with its Japanese
data. Neither reaches a network, and pictures pass in memory or through a pipe, never by a file.
"""

from __future__ import annotations

import functools
import importlib.util
import io
import math
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Clock", "Unread", "engine", "read"]

_LONG, _SHORT = 2_400, 1_000
"""Pixels of the longer side that the engines read best: cards are enlarged, photographs reduced."""
_ENLARGED = 3
_DARK = 96
"""Mean grey below which a picture is lightened."""
_ENOUGH = 12
"""Characters from which on a picture is the right way up."""
_SURE = 0.85
"""Mean confidence below which another orientation may be better."""
_ROW = 0.6
"""Share of a line's height within which boxes stand in the same line."""
_TALL = 1.5
_FATAL = 4
"""What the engine may speak of on the standard error stream."""
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One line of writing."""

    text: str
    score: float
    """How sure the engine is, 0 to 1."""
    wide: bool = True
    """It lies along the picture's width."""


Engine = Callable[[Any], list[Line]]


@dataclass(slots=True)
class Clock:
    """So much processor time for the pictures of one content; what is beyond stays unread."""

    seconds: float
    began: float = 0.0

    def __post_init__(self) -> None:
        """Begin to count."""
        self.began = _used()

    @property
    def over(self) -> bool:
        """Whether the time is used up."""
        return _used() - self.began > self.seconds


def _used() -> float:
    """Processor seconds of this process, and of the programs it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@functools.cache
def engine() -> Engine | None:
    """The engine of this installation; None where there is none."""
    if importlib.util.find_spec("rapidocr") and importlib.util.find_spec("onnxruntime"):
        return _rapid()
    if (program := shutil.which("tesseract")) and "jpn" in _languages(program):
        return functools.partial(_tesseract, program)
    return None


class Unread(Exception):
    """The engine failed; nothing is known of the picture's writing."""


def read(image: Any) -> str:
    """The lines of a picture (PIL), whichever way up it is; "" where there is no writing.

    Raises :class:`Unread` where there is no engine, or it failed.
    """
    reader = engine()
    if reader is None:
        raise Unread
    upright = _prepared(image)
    best = reader(upright)
    if not _is_upright(best):
        turns = (90, 270) if _is_sideways(best) else (180, 90, 270)
        others = [reader(upright.rotate(degrees, expand=True)) for degrees in turns]
        best = max((best, *others), key=_weight)
    return "\n".join(line.text for line in best)


def _weight(lines: Sequence[Line]) -> float:
    """How much was read, and how well; what lies on its side hardly counts."""
    return sum(len(one.text) * one.score**2 * (1.0 if one.wide else 0.1) for one in lines)


def _is_upright(lines: Sequence[Line]) -> bool:
    letters = sum(len(one.text) for one in lines)
    sure = sum(len(one.text) * one.score for one in lines)
    return letters >= _ENOUGH and sure >= _SURE * letters and not _is_sideways(lines)


def _is_sideways(lines: Sequence[Line]) -> bool:
    """Whether most of what was read stands in boxes higher than wide."""
    tall = sum(len(one.text) for one in lines if not one.wide)
    return 2 * tall > sum(len(one.text) for one in lines)


def _prepared(image: Any) -> Any:
    """Upright as the camera says, of a size that can be read, and light."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        upright = _on_white(upright)
    plain = upright.convert("RGB")
    longer = max(plain.size)
    factor = min(_LONG / longer, max(1.0, min(_ENLARGED, _SHORT / longer)))
    if factor != 1.0:
        size = [max(1, round(side * factor)) for side in plain.size]
        plain = plain.resize(size)
    grey = plain.convert("L").resize((64, 64))
    if sum(grey.tobytes()) / 4096 < _DARK:
        plain = ImageOps.autocontrast(plain, cutoff=1)
    return plain


def _on_white(image: Any) -> Any:
    """Transparent writing is meant for paper."""
    from PIL import Image

    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return paper


def _rapid() -> Engine:
    import numpy as np
    import onnxruntime
    from rapidocr import RapidOCR

    onnxruntime.set_default_logger_severity(_FATAL)
    options = {
        # Lines that are turned one by one would stand in the wrong order: the picture is turned.
        "Global.use_cls": False,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    reader: Any = RapidOCR(params={"Global.log_level": "critical", **options})

    def lines(image: Any) -> list[Line]:
        found = reader(np.asarray(image)[:, :, ::-1])
        if found.boxes is None:
            return []
        boxes = [(box.tolist(), text, float(score)) for box, text, score in
                 zip(found.boxes, found.txts, found.scores, strict=True)]  # fmt: skip
        return list(_joined(boxes))

    return lines


def _joined(boxes: Sequence[tuple[Sequence[Sequence[float]], str, float]]) -> Iterator[Line]:
    """Boxes that stand beside each other make one line, from the left to the right."""
    placed = []
    for corners, text, score in boxes:
        (a, b), (c, d) = corners[0], corners[1]
        width, height = math.dist((a, b), (c, d)), math.dist((c, d), corners[2])
        middle = sum(corner[1] for corner in corners) / 4
        if height > _TALL * width and len(text) > 1:
            yield Line(text, score, wide=False)
        else:
            placed.append((middle, height, corners[0][0], text, score))
    rows: list[list[tuple[float, float, float, str, float]]] = []
    for one in sorted(placed):
        last = rows[-1][-1] if rows else None
        if last and abs(one[0] - last[0]) < _ROW * min(one[1], last[1]):
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        row.sort(key=lambda one: one[2])
        yield Line(" ".join(one[3] for one in row), min(one[4] for one in row))


def _languages(program: str) -> set[str]:
    try:
        told = subprocess.run(  # noqa: S603 — the system's own program
            [program, "--list-langs"], capture_output=True, timeout=10, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return set()
    return set(told.decode("ascii", "replace").split())


def _tesseract(program: str, image: Any) -> list[Line]:
    """One run, by pipes; ``tsv`` gives the confidence of every word."""
    out = io.BytesIO()
    image.convert("L").save(out, "PNG")
    command = [program, "stdin", "stdout", "-l", "jpn+eng", "--psm", "11", "tsv"]
    try:
        told = subprocess.run(  # noqa: S603 — the same
            command, input=out.getvalue(), capture_output=True, timeout=_SECONDS, check=True
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError) as error:
        raise Unread from error
    lines: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for row in told.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip():
            words = lines.setdefault(tuple(cells[1:5]), [])
            words.append((cells[11].strip(), float(cells[10]) / 100))
    return [
        Line(" ".join(word for word, _ in words), min(score for _, score in words))
        for words in lines.values()
    ]
