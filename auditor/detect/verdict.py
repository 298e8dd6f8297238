"""Evidence to confidence: one table of weights, one sum, three thresholds.

A weight is a natural log-likelihood ratio: how much oftener the evidence is seen with Individual
Numbers than with other numbers of twelve digits. The sum starts at the prior, and confidence is
read off the posterior: high from 95 %, medium from 70 %, low (a person should look) from 4 %.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from .result import Confidence

__all__ = ["EVIDENCE", "Weight", "judge", "score"]


class Weight(NamedTuple):
    """One piece of evidence."""

    weight: float
    """Natural log-likelihood ratio; 0 for evidence that decides in another way."""
    because: str
    """Why it weighs so."""

    @property
    def direction(self) -> str:
        """``for``, ``against`` or ``neutral``."""
        return "neutral" if not self.weight else "for" if self.weight > 0 else "against"


EVIDENCE: Mapping[str, Weight] = MappingProxyType(
    {
        "prior": Weight(-4.6, "one in a hundred numbers of twelve digits in business documents"),
        # The number itself.
        "check_passes": Weight(2.4, "ln 11: one in eleven others ending in 1 to 9 passes"),
        "check_passes_zero": Weight(1.7, "ln 5.5: two in eleven others ending in 0 pass"),
        "check_fails": Weight(-4.5, "ln(0.01/0.9): one in a hundred is mistyped"),
        "grouped": Weight(1.2, "the card prints 4-4-4; few other numbers of twelve digits do"),
        "boxes": Weight(0.5, "one digit a cell is how forms take it"),
        "zero_lost": Weight(-0.5, "three lengths are tried, so chance has three times"),
        "other_grouping": Weight(-0.7, "unusual groups are rare for it"),
        "scanned_letters": Weight(-1.0, "several readings are tried"),
        "kanji_digits": Weight(-0.5, "rare for it"),
        "resident_code": Weight(1.2, "eleven digits right beside the label of the 住民票コード"),
        # Labels, by scope.
        "label_field": Weight(7.0, "a field so named holds it, but for dummies and mistakes"),
        "label_header": Weight(7.0, "a column so headed holds it"),
        "label_row": Weight(6.5, "the cell beside names it"),
        "label_line": Weight(6.2, "named in the same line"),
        "label_paragraph": Weight(5.0, "named in the same paragraph"),
        "label_window": Weight(3.8, "named within 300 characters"),
        "label_around": Weight(4.0, "file, sheet or subject names it; others stand there too"),
        "either_kind": Weight(-0.8, "the label names another number as well"),
        "topic_field": Weight(3.3, "beside words on the matter, as on a card"),
        "topic_line": Weight(1.6, "a line on the matter, not a label"),
        "topic_near": Weight(1.6, "a text on the matter"),
        "asked_below": Weight(4.6, "the quoted mail below asks for it, and this is the answer"),
        "topic_around": Weight(1.8, "file, sheet or subject is on the matter"),
        "generic_label": Weight(2.0, "番号 in a text that is about it"),
        "form_word": Weight(2.5, "documents that carry it: 扶養控除, 源泉徴収票 …"),
        "form_around": Weight(2.0, "file, sheet, folder or subject names such a document"),
        "companion": Weight(1.0, "氏名, 生年月日, 続柄 … stand beside it"),
        "card_code": Weight(6.0, "the card's back carries a QR code of nothing but its digits"),
        "person_named": Weight(
            6.0, "a name that is a number and a person is how such scans are filed"
        ),
        "person_perhaps": Weight(3.3, "the same, but the word may be no name"),
        # What other numbers it could be.
        "against_field": Weight(-7.0, "the field names another number"),
        "against_header": Weight(-7.0, "the column names another number"),
        "against_row": Weight(-6.5, "the cell beside names another number"),
        "against_line": Weight(-4.7, "another number is named in the line"),
        "against_near": Weight(-2.0, "another number is named in the paragraph"),
        "against_far": Weight(-0.6, "another number is named within 300 characters"),
        "against_around": Weight(-2.5, "file, sheet, folder or subject names another number"),
        "other_field": Weight(-4.0, "a key, tag or column with another name holds it"),
        "in_path": Weight(-4.0, "a part of an address or a path"),
        "in_token": Weight(-3.0, "a part of an identifier or of a file's name"),
        "document_number": Weight(-5.0, "第…号 is how documents are numbered"),
        "warning": Weight(-1.0, "the label asks not to write it here"),
        "shape_time": Weight(-7.8, "0.002 % of them look like a time, a twentieth of others do"),
        "shape_date_serial": Weight(-5.8, "0.02 % of them look like it, a fiftieth of others do"),
        "shape_short_time": Weight(-3.9, "0.1 % of them look like a time without the century"),
        "shape_mobile": Weight(-4.2, "0.03 % of them look like a +81 mobile"),
        "shape_licence": Weight(
            -0.2, "5 % of them fit a licence: never alone a reason to drop one"
        ),
        "shape_registry": Weight(-0.2, "1 % of them fit a registry number"),
        "shape_courier": Weight(-0.2, "10 % of them fit a courier number"),
        "shape_article": Weight(-0.2, "10 % of them fit an article code"),
        "spaced": Weight(-0.9, "single digits without a label are scores and flags"),
        "odd_form": Weight(-3.6, "groups across lines, cells, slashes: other things"),
        # What the others in its column or list say.
        "column_certain": Weight(12.0, "the whole column passes: beyond any label"),
        "column_passes": Weight(7.0, "four or more others pass: 10⁻⁴ by chance"),
        "column_leans": Weight(4.8, "two or more others pass: 10⁻² by chance"),
        "column_chance": Weight(-7.0, "the others pass as often as any numbers"),
        "column_dummy": Weight(0.0, "many under a label fail as any numbers do: low at most"),
        # Values that are nobody's.
        "sample_published": Weight(0.0, "printed in manuals and libraries"),
        "sample_pattern": Weight(-1.0, "equal or counting digits: a placeholder"),
        "sample_word": Weight(0.0, "typed by hand beside 見本, サンプル …"),
        "example": Weight(
            0.0, "it shows how one looks: 例えば …, a test of a check; some are true: low at most"
        ),
        # How it was read.
        "recognised": Weight(0.0, "read from a picture: one digit may be wrong, medium at most"),
        # Where nobody looks: to be removed or shown there, but no other number for it.
        "hidden": Weight(0.0, "hidden sheets, columns, slides and texts hold what visible ones do"),
        "tracked": Weight(0.0, "so do changes and earlier versions"),
        "metadata": Weight(0.0, "so do properties of a file"),
        # Digits that are gone.
        "digits_lost": Weight(
            0.0, "a spreadsheet wrote 1.23457E+11; the source file nearby has them"
        ),
    }
)

# Between two tenths, as weights are in tenths: no rounding decides.
_HIGH, _MEDIUM, _LOW = 2.95, 0.85, -3.25
_AT_MOST_LOW = frozenset(("column_dummy", "check_fails", "example"))
_SAMPLE = frozenset(("sample_published", "sample_pattern", "sample_word"))


def score(codes: Iterable[str]) -> float:
    """Sum the evidence onto the prior: the log-odds that it is an Individual Number."""
    return EVIDENCE["prior"].weight + sum(EVIDENCE[code].weight for code in codes)


@functools.lru_cache(maxsize=4096)
def judge(codes: tuple[str, ...]) -> Confidence | None:
    """Give the confidence for the evidence; None where it says that this is no number.

    >>> judge(("check_passes", "label_field")), judge(("check_passes", "against_line"))
    (<Confidence.HIGH: 'high'>, None)
    """
    total = score(codes)
    if total < _LOW:
        return None
    found = set(codes)
    if found & _SAMPLE:
        return Confidence.SAMPLE
    if total < _MEDIUM or found & _AT_MOST_LOW:
        return Confidence.LOW
    return Confidence.HIGH if total >= _HIGH else Confidence.MEDIUM
