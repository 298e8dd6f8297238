"""Fits the weights of :data:`auditor.detect.EVIDENCE` to the tuning split, and prints both.

Every candidate that detection weighed, kept or dropped, is one line: its evidence, and whether it
is true. Kinds of documents count as often as they are met in a tenant, look-alikes pass the check
as often as in life, and one in so many numbers is true as the prior says: what remains to be fitted
is the evidence. Penalised logistic regression (Newton's method) finds the log-likelihood ratios; a
ridge draws each towards the weight that stands in the table, so that evidence which is seldom seen
keeps its reason, and no weight may change its sign. Nothing is written: a person takes over what
has a reason.

    PYTHONPATH=.:tests python -m corpus.calibrate
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from auditor.detect import EVIDENCE, evidence, tables, texts, verdict
from corpus.baselines.plain import text_of
from corpus.document import Document, documents, templates
from corpus.identifiers import passes
from corpus.score import hits_of

__all__ = ["DECISIVE", "Weighed", "candidates", "fit", "log_loss"]

DECISIVE = frozenset(
    ("sample_published", "sample_pattern", "sample_word", "column_dummy", "check_fails", "example")
)
"""They decide in another way than by their weight; what carries one is left out."""
FIXED = frozenset(("prior", "check_passes", "check_passes_zero"))
"""The prior is an assumption, and how often any number passes is arithmetic."""
_LIFE = 0.1
"""Share of any numbers of twelve digits that pass the check."""
_TRUST = 1.0
"""Standard deviation, in natural logs, that the reasons in the table are given."""
_ROUNDS = 100
_STRIDE = 2.0
"""Longest step of one round, so that far starts do not swing."""
_TWELVE = re.compile(r"(?<![0-9])[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{4}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates of one document with the same evidence."""

    template: str
    codes: tuple[str, ...]
    true: bool
    weight: float
    """How common it is in a tenant."""

    @property
    def score(self) -> float:
        return verdict.score(self.codes)


@contextmanager
def _listening(heard: list[tuple[str, tuple[str, ...]]]) -> Iterator[None]:
    """Note digits and evidence of every candidate that is judged, dropped ones too."""
    digits = ""

    def codes_of(one: Any, *rest: Any) -> tuple[str, ...]:
        nonlocal digits
        digits = "" if one.code == evidence.RESIDENT else one.digits
        return evidence.codes_of(one, *rest)

    def judge(codes: tuple[str, ...]) -> Any:
        if digits:
            heard.append((digits, codes))
        return verdict.judge(codes)

    with ExitStack() as stack:
        for module in (texts, tables):
            stack.enter_context(patch.object(module, "codes_of", codes_of))
            stack.enter_context(patch.object(module, "judge", judge))
        yield


class _Chance:
    """How much oftener look-alikes pass the check in a template than in life."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, Counter[bool]] = defaultdict(Counter)

    def add(self, document: Document) -> None:
        for match in _TWELVE.finditer(text_of(document)):
            digits = re.sub("[ -]", "", match[0])
            if digits not in document.numbers:
                self._seen[document.template][passes(digits)] += 1

    def correction(self, template: str) -> float:
        """Weigh a look-alike that passes so that it is as common as in life."""
        seen = self._seen.get(template) or sum(self._seen.values(), Counter[bool]())
        share = seen[True] / seen.total() if seen.total() else _LIFE
        return min(1.0, _LIFE / share) if share else 1.0


def candidates(split: str, each: int) -> list[Weighed]:
    """Collect what detection weighs in a split, by document and evidence, as common as in life."""
    common = {one.name: one.weight / each for one in templates(split)}
    chance = _Chance()
    found: list[tuple[str, tuple[str, ...], bool]] = []
    for document in documents(split, each):
        chance.add(document)
        heard: list[tuple[str, tuple[str, ...]]] = []
        with _listening(heard):
            for _ in hits_of(document):
                pass
        kinds = {(codes, digits in document.numbers) for digits, codes in heard}
        found += [(document.template, *kind) for kind in sorted(kinds)]
    return _as_in_life(
        [
            Weighed(
                template,
                codes,
                true,
                common[template] * (1.0 if true else chance.correction(template)),
            )
            for template, codes, true in found
            if not DECISIVE & set(codes)
        ]
    )


def _as_in_life(rows: Sequence[Weighed]) -> list[Weighed]:
    """Weigh the false ones so that the share of true ones is what the prior says."""
    true = sum(row.weight for row in rows if row.true)
    others = sum(row.weight for row in rows if not row.true) / _LIFE
    odds = np.exp(EVIDENCE["prior"].weight)
    factor = float(true / (others * odds)) if others else 1.0
    return [row if row.true else replace(row, weight=row.weight * factor) for row in rows]


# --------------------------------------------------------------------------------------- regression


def _sigmoid(total: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(total, -40, 40)))


def log_loss(rows: Sequence[Weighed], weights: dict[str, float]) -> float:
    """Mean negative log-likelihood of the truth, in nats."""
    total = np.array([sum(weights[code] for code in ("prior", *row.codes)) for row in rows])
    signs = np.where([row.true for row in rows], -1.0, 1.0)
    losses = np.logaddexp(0, signs * total)
    return float(np.average(losses, weights=[row.weight for row in rows]))


def fit(rows: Sequence[Weighed]) -> tuple[dict[str, float], dict[str, float]]:
    """Fit the weights that are free: (weight by code, standard error by code)."""
    names = sorted({code for row in rows for code in row.codes} - FIXED)
    at = {name: n for n, name in enumerate(names)}
    design = np.zeros((len(rows), len(names)))
    offset = np.full(len(rows), EVIDENCE["prior"].weight)
    for n, row in enumerate(rows):
        for code in row.codes:
            if code in FIXED:
                offset[n] += EVIDENCE[code].weight
            else:
                design[n, at[code]] = 1
    truth = np.array([row.true for row in rows], dtype=float)
    counts = np.array([row.weight for row in rows])
    counts *= len(rows) / counts.sum()
    reasoned = np.array([EVIDENCE[name].weight for name in names])
    weights, spread = _newton(design, offset, truth, counts, reasoned)
    return dict(zip(names, weights, strict=True)), dict(zip(names, spread, strict=True))


def _newton(
    design: npt.NDArray[np.float64],
    offset: npt.NDArray[np.float64],
    truth: npt.NDArray[np.float64],
    counts: npt.NDArray[np.float64],
    reasoned: npt.NDArray[np.float64],
) -> tuple[list[float], list[float]]:
    """Newton's method with a ridge towards ``reasoned``; a weight that would turn stays at 0."""
    ridge = np.eye(len(reasoned)) / _TRUST**2
    weights = reasoned.copy()
    sign = np.sign(reasoned)
    hessian = ridge
    for _ in range(_ROUNDS):
        chance = _sigmoid(offset + design @ weights)
        slope = design.T @ (counts * (truth - chance)) - ridge @ (weights - reasoned)
        hessian = (design * (counts * chance * (1 - chance))[:, None]).T @ design + ridge
        free = (weights != 0) | (slope * sign > 0)
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], slope[free])
        after = weights + np.clip(step, -_STRIDE, _STRIDE)
        after[after * sign < 0] = 0
        if np.abs(after - weights).max() < 1e-6:
            break
        weights = after
    return weights.tolist(), np.sqrt(np.diag(np.linalg.inv(hessian))).tolist()


# ------------------------------------------------------------------------------------------ report


def _lines(rows: Sequence[Weighed]) -> Iterable[str]:
    weights, spread = fit(rows)
    seen: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows:
        for code in ("prior", *row.codes):
            seen[code][row.true] += 1
    yield f"{'evidence':20}{'now':>7}{'fitted':>8}{'±':>6}{'true':>8}{'false':>8}"
    for code, weight in EVIDENCE.items():
        counts = f"{seen[code][True]:8}{seen[code][False]:8}"
        if code not in weights:
            why = "decides" if code in DECISIVE else "given" if code in FIXED else "unseen"
            yield f"{code:20}{weight.weight:7.1f}{why:>14}{counts}"
            continue
        moved = abs(weights[code] - weight.weight)
        mark = "  moved" if moved > max(0.5, 2 * spread[code]) else ""
        figures = f"{weight.weight:7.1f}{weights[code]:8.1f}{spread[code]:6.1f}"
        yield f"{code:20}{figures}{counts}{mark}"
    now = {code: weight.weight for code, weight in EVIDENCE.items()}
    before, after = log_loss(rows, now), log_loss(rows, now | weights)
    yield f"mean log loss: {before:.4f} now, {after:.4f} fitted"


def main() -> None:
    """Print each weight beside the one that the tuning split suggests."""
    parser = argparse.ArgumentParser(prog="python -m corpus.calibrate", description=__doc__)
    parser.add_argument("--each", type=int, default=40, help="documents of every template")
    for line in _lines(candidates("tuning", parser.parse_args().each)):
        print(line)


if __name__ == "__main__":
    main()
