"""Verdicts a second time: the sum of the evidence, and plain scenes whose evidence is plain.

A scene is a number in one form, with at most two labels, each at a known scope. What it must be
judged by follows from the rules: the check digit, the form, and the label that is nearest in the
narrowest scope. Weights come from the published table; sums are in tenths, so they are exact.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import exp

__all__ = ["Scene", "confidence", "scenes"]

_LABELS = {
    "label": ("個人番号", "マイナンバー", "ﾏｲﾅﾝﾊﾞｰ"),
    "against": ("送り状番号", "注文番号", "お客様番号"),
    "topic": ("通知カード", "特定個人情報"),
}
_SCOPES = ("field", "line", "paragraph", "window")
_CODES = {
    "label": dict(
        zip(_SCOPES, ("label_field", "label_line", "label_paragraph", "label_window"), strict=True)
    ),
    "against": dict(
        zip(_SCOPES, ("against_field", "against_line", "against_near", "against_far"), strict=True)
    ),
    "topic": dict(
        zip(_SCOPES, ("topic_field", "topic_line", "topic_near", "topic_near"), strict=True)
    ),
}
_SAMPLES = {"sample_published", "sample_pattern", "sample_word"}
_NEVER_SURE = {"column_dummy", "check_fails", "example"}


def confidence(codes: Iterable[str], weights: Mapping[str, float]) -> str:
    """Judge ``codes``: high from 95 %, medium from 70 %, low from log-odds -3.2, else ``ignore``.

    The last is 4 % as near as weights of one decimal place come to it.
    """
    said = set(codes)
    total = Decimal(str(weights["prior"])) + sum(Decimal(str(weights[code])) for code in codes)
    chance = 1 / (1 + exp(-float(total)))
    if total < Decimal("-3.2"):
        return "ignore"
    if said & _SAMPLES:
        return "sample"
    if chance < 0.7 or said & _NEVER_SURE:
        return "low"
    return "high" if chance >= 0.95 else "medium"


@dataclass(frozen=True, slots=True, repr=False)
class Scene:
    """One text with one number, and the evidence that must be found; shows neither."""

    text: str
    start: int
    codes: frozenset[str]
    name: str
    """Which kind of scene, for a failing test to tell."""
    seen: bool = True
    """Whether a verdict is asked for at all: failing numbers need a label in the line."""


def _number(rng: random.Random, *, fails: bool) -> str:
    """A number that looks like no other one: no courier, article, licence or time."""
    while True:
        base = "57" + "".join(rng.choices("0123456789", k=9))
        total = sum(
            int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(base), 1)
        )
        check = 0 if total % 11 <= 1 else 11 - total % 11
        digits = base + str((check + fails) % 10)
        article = sum(int(digit) * (1 if i % 2 else 3) for i, digit in enumerate(digits)) % 10 == 0
        runs = sum((int(a) - int(b)) % 10 in {0, 1, 9} for a, b in pairwise(digits))
        if int(base) % 7 != int(digits[11]) and not article and len(set(digits)) > 3 and runs < 6:
            return digits


def _written(rng: random.Random, digits: str) -> tuple[str, str]:
    """The number in one of its forms, and the evidence of that form."""
    gap, code = rng.choice(
        [("", ""), (" ", "grouped"), ("-", "grouped"), ("\t", "grouped")] * 2
        + [(" ", "spaced"), ("・", "spaced"), ("/", "odd_form"), ("\n", "odd_form")]
    )
    if code == "spaced":
        return gap.join(digits), code
    return gap.join((digits[:4], digits[4:8], digits[8:])), code


def _filler(rng: random.Random, length: int) -> str:
    """Words that say nothing, of exactly this length, without a line break."""
    return "".join(rng.choices("ほげふがぴよ", k=length))


def _between(rng: random.Random, scope: str) -> str:
    """What stands between a label and its number at this scope."""
    if scope == "field":
        return rng.choice(["：", " ", ":\n", "】", " = ", "　"])
    if scope == "line":
        return _filler(rng, rng.randint(3, 30)) + "、"
    if scope == "paragraph":
        return _filler(rng, rng.randint(3, 80)) + "。\n" + _filler(rng, rng.randint(3, 80)) + "\n"
    return _filler(rng, rng.randint(3, 120)) + "。\n\n" + _filler(rng, rng.randint(3, 120)) + "\n"


def _value_codes(digits: str, *, fails: bool) -> set[str]:
    if fails:
        return {"check_fails"}
    return {"check_passes_zero" if digits[-1] == "0" else "check_passes"}


def _evidence(
    digits: str, form: str, kind: str, scope: str, *, fails: bool
) -> tuple[frozenset[str], bool]:
    """Evidence of a scene, and whether it gets a verdict."""
    codes = _value_codes(digits, fails=fails)
    named = kind == "label" and scope != "window"
    if form == "grouped" or (form and not named):
        codes.add(form)
    if kind:
        codes.add(_CODES[kind][scope])
    return frozenset(codes), not fails or scope in {"field", "line"}


def _one_label(rng: random.Random) -> Scene:
    """A label before the number, at one of the four scopes; or none at all."""
    fails = rng.random() < 0.2
    digits = _number(rng, fails=fails)
    written, form = _written(rng, digits)
    kind = rng.choice(["label", "label", "against", "topic", ""])
    scope = rng.choice(_SCOPES) if kind else ""
    before = rng.choice(_LABELS[kind]) + _between(rng, scope) if kind else _filler(rng, 5) + "\n"
    codes, seen = _evidence(digits, form, kind, scope, fails=fails)
    seen = seen and not (fails and kind != "label")
    if rng.random() < 0.5:
        before = (
            rng.choice(["氏名", "住所"])
            + "\n"
            + rng.choice(["源泉徴収票", "住民票"])
            + "。\n"
            + before
        )
        if kind != "against" or scope in {"paragraph", "window"}:
            codes |= {"form_word", "companion"}
    before = rng.choice(["", "ほげ\n\n", _filler(rng, 400) + "\n\n"]) + before
    behind = rng.choice(["", "\n", "です。\n", "\n" + _filler(rng, 200)])
    return Scene(before + written + "\n" + behind, len(before), codes, f"{kind} {scope}", seen)


def _two_labels(rng: random.Random) -> Scene:
    """Two labels before the number: the nearer one decides, whatever the farther one says."""
    digits = _number(rng, fails=False)
    written, form = _written(rng, digits)
    far, near = rng.sample(["label", "against"], 2)
    scope = rng.choice(["field", "line"])
    apart = rng.choice(
        [_filler(rng, 8) + "。\n", _filler(rng, 8) + "、", _filler(rng, 60) + "\n\n"]
    )
    before = rng.choice(_LABELS[far]) + apart + rng.choice(_LABELS[near]) + _between(rng, scope)
    codes, _ = _evidence(digits, form, near, scope, fails=False)
    return Scene(before + written + "\n", len(before), codes, f"{far} {near} {scope}")


def _at_the_edge(rng: random.Random) -> Scene:
    """A label that begins just inside the window of 300 characters, or just outside."""
    digits = _number(rng, fails=False)
    written, form = _written(rng, digits)
    label = rng.choice(_LABELS["label"])
    distance = rng.choice([150, 250, 299, 300, 301, 302, 350])
    rest = _filler(rng, distance - len(label) - 3)
    before = label + rest[:7] + "\n\n" + rest[7:] + "\n"
    kind = "label" if distance <= 300 else ""
    codes, _ = _evidence(digits, form, kind, "window" if kind else "", fails=False)
    return Scene(before + written + "\n", len(before), codes, f"edge {distance}")


def _behind(rng: random.Random) -> Scene:
    """A label behind the number: in the line, and beginning within 80 characters or not."""
    digits = _number(rng, fails=False)
    written, form = _written(rng, digits)
    kind = rng.choice(["label", "against"])
    label = rng.choice(_LABELS[kind])
    distance = rng.choice([0, 1, 20, 60, 79, 80, 120])
    gap = "（" if distance == 1 else _filler(rng, distance)
    kind = kind if distance < 80 else ""
    scope = "field" if distance <= 1 else "line"
    codes, _ = _evidence(digits, form, kind, scope if kind else "", fails=False)
    if kind == "against" and distance > 18:
        # Behind a number a character counts double, and beyond forty a line says less.
        codes = codes - {"against_line"} | {"against_near"}
    before = _filler(rng, 5) + "\n"
    return Scene(before + written + gap + label + "\n", len(before), codes, f"behind {distance}")


def _both_sides(rng: random.Random) -> Scene:
    """A label before and another behind: the narrower scope decides."""
    digits = _number(rng, fails=False)
    written, form = _written(rng, digits)
    first, second = rng.sample(["label", "against"], 2)
    near = rng.choice(["before", "behind"])
    field, line = rng.choice(["：", " ", "　"]), _filler(rng, 25)
    before = rng.choice(_LABELS[first]) + (field if near == "before" else line)
    behind = (line if near == "before" else "（") + rng.choice(_LABELS[second])
    kind = first if near == "before" else second
    codes, _ = _evidence(digits, form, kind, "field", fails=False)
    return Scene(before + written + behind + "\n", len(before), codes, f"both, {kind} {near}")


_KINDS_OF_SCENES = (_one_label, _one_label, _two_labels, _both_sides, _at_the_edge, _behind)


def scenes(seed: int, count: int) -> Iterator[Scene]:
    """Give ``count`` scenes of ``seed``."""
    for nth in range(count):
        rng = random.Random(f"{seed}/scene/{nth}")
        yield rng.choice(_KINDS_OF_SCENES)(rng)
