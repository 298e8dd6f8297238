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
_STEEP = 60
"""Degrees from which on a line runs up or down."""
_BOXED, _NUMBER = 6, 12
"""Digits that stand alone from which on a form is meant, and those of a number."""
_WORDS = 4
"""Characters of a line by which a picture can be held straight."""
_LEVEL = 1.0
"""Degrees below which it is straight."""
_SHARES = (1.0, 0.75)
"""Sizes in which a straightened picture is read again: boxes are found in one or the other."""
_AGAIN = 0.8
"""Share of what was read before that must be read again."""
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
    tilt: float = 0.0
    """Degrees by which it falls to the right."""


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
    return tesseract()


def tesseract() -> Engine | None:
    """The system's Tesseract; None where it is missing, or cannot read Japanese."""
    program = shutil.which("tesseract")
    known = _languages(program) if program else set()
    if not program or "jpn" not in known:
        return None
    return functools.partial(_tesseract, program, "jpn+eng" if "eng" in known else "jpn")


class Unread(Exception):
    """The engine failed; nothing is known of the picture's writing."""


def read(image: Any) -> str:
    """The lines of a picture (PIL), whichever way up it is; "" where there is no writing.

    Raises :class:`Unread` where there is no engine, or it failed.
    """
    reader = engine()
    if reader is None:
        raise Unread
    picture = _prepared(image)
    best = reader(picture)
    if not _is_upright(best):
        turns = (90, 270) if _is_sideways(best) else (180, 90, 270)
        turned = [picture.rotate(degrees, expand=True) for degrees in turns]
        others = [(one, reader(one)) for one in turned]
        picture, best = max(((picture, best), *others), key=lambda one: _weight(one[1]))
    if _lacks_digits(best):
        best = _levelled(reader, picture, best)
    return "\n".join(line.text for line in best)


def _lacks_digits(lines: Sequence[Line]) -> bool:
    """Whether there are digits in boxes of their own, as on forms, and not all of a number."""
    boxed = [sum(word.isdigit() and len(word) == 1 for word in line.text.split()) for line in lines]
    return sum(boxed) >= _BOXED and _NUMBER not in boxed


def _levelled(reader: Engine, picture: Any, lines: list[Line]) -> list[Line]:
    """The lines of the picture held straight, then also smaller, if those have all digits."""
    from PIL import Image

    tilts = sorted(line.tilt for line in lines if len(line.text) >= _WORDS)
    tilt = tilts[len(tilts) // 2] if tilts else 0.0
    if abs(tilt) >= _LEVEL:
        picture = picture.rotate(tilt, Image.Resampling.BICUBIC, expand=True)
    for share in _SHARES[abs(tilt) < _LEVEL :]:
        size = [max(1, round(side * share)) for side in picture.size]
        again = reader(picture.resize(size))
        if not _lacks_digits(again) and _weight(again) >= _AGAIN * _weight(lines):
            return again
    return lines


def _weight(lines: Sequence[Line]) -> float:
    """How much was read, and how well; what lies on its side hardly counts."""
    return sum(len(one.text) * one.score**2 * (1.0 if one.wide else 0.1) for one in lines)


def _is_upright(lines: Sequence[Line]) -> bool:
    words = [one for one in lines if len(one.text) > 1]  # a digit alone looks right any way up
    letters = sum(len(one.text) for one in words)
    sure = sum(len(one.text) * one.score for one in words)
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
        tilt = math.degrees(math.atan2(d - b, c - a))
        if (height > _TALL * width and len(text) > 1) or abs(tilt) > _STEEP:
            yield Line(text, score, wide=False, tilt=tilt)
        else:
            placed.append((middle, height, corners[0][0], text, score, tilt))
    rows: list[list[tuple[float, float, float, str, float, float]]] = []
    for one in sorted(placed):
        last = rows[-1][-1] if rows else None
        if last and abs(one[0] - last[0]) < _ROW * min(one[1], last[1]):
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        row.sort(key=lambda one: one[2])
        tilt = max(row, key=lambda one: len(one[3]))[5]
        yield Line(" ".join(one[3] for one in row), min(one[4] for one in row), tilt=tilt)


def _languages(program: str) -> set[str]:
    try:
        told = subprocess.run(  # noqa: S603 — the system's own program
            [program, "--list-langs"], capture_output=True, timeout=10, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return set()
    return set(told.decode("ascii", "replace").split())


def _tesseract(program: str, languages: str, image: Any) -> list[Line]:
    """One run, by pipes; ``tsv`` gives the confidence of every word."""
    out = io.BytesIO()
    image.convert("L").save(out, "PNG")
    command = [program, "stdin", "stdout", "-l", languages, "--psm", "11", "tsv"]
    try:
        told = subprocess.run(  # noqa: S603 — the same
            command,
            input=out.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
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
