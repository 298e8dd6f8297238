"""What one cell of a table says as a label, and whether it can be one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .addresses import opens_address, token_before
from .keys import is_another
from .labels import Meaning, fold
from .owned import said_by
from .things import is_thing

__all__ = ["DECIDING", "NAMING", "deciding", "holds_value", "is_name", "names_another"]

_VALUE_DIGITS = 9
DECIDING = frozenset(
    (
        *(Meaning.STRONG, Meaning.EITHER, Meaning.AGAINST, Meaning.TOPIC, Meaning.VOID),
        *(Meaning.RESIDENT, Meaning.VAGUE),
    )
)
NAMING = frozenset((Meaning.STRONG, Meaning.EITHER, Meaning.RESIDENT))
# Headers under which anything may stand, and those that tell whose it is.
_ANYTHING = re.compile(
    "値|データ|備考|内容|メモ|摘要|本人|配偶者|扶養|子|妻|夫|父|母|氏名|名前|その他|列|項目|欄|情報|確認|"
    "memo|value|data|note|remark|column|field|unnamed|text|comment|string|number|番号|数字|控|mn|"
    r"^[a-z]{1,3}\d*$"
)
# A question for the number, and not for the card or the matter.
_ASKS = re.compile(
    r"(?:マイナンバー|個人番号|my ?number|番号)(?:[(（][^)）]*[)）])?[をは]"
    r"(?:半角|数字|で|ハイフンなし){0,3}[ごお]?(?:記入|入力|記載|教え|知らせ|何番)"
)
_STEP = " › "
"""Between the names of a field and of those around it, outermost first."""
_ESCAPED = re.compile(r"_x[0-9a-f]{4}_?", re.IGNORECASE)
"""A letter in the inner name of a SharePoint column (``_x500b_``): its digits are no value's."""
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.\-]+", re.ASCII)
"""What programs name things with: it may begin with the word and go on."""


def is_name(cell: str) -> bool:
    """Whether a cell may name a column: no value, and no digit in a box."""
    return not cell.isdecimal() and sum(map(str.isdecimal, cell)) <= 2


def holds_value(cell: str) -> bool:
    """Whether a cell holds so many digits that it is a value, or has one."""
    if sum(map(str.isdecimal, cell)) < _VALUE_DIGITS:
        return False
    return sum(map(str.isdecimal, _ESCAPED.sub("", cell))) >= _VALUE_DIGITS


def names_another(name: str) -> bool:
    """Whether the name of a column, in which no label is, says what else stands below it."""
    return (name.isascii() and is_thing(name)) or not _ANYTHING.search(fold(name))


def deciding(cell: str, labels: Sequence[Meaning]) -> Meaning | None:
    """What a cell says, in which labels of these meanings stand in order."""
    if token_before(cell, len(cell)) == cell and opens_address(cell, len(cell)):
        return None
    said = [meaning for meaning in labels if meaning in DECIDING]
    if said and _STEP in cell and is_another(cell.rpartition(_STEP)[2]):
        return Meaning.VAGUE
    if said and _IDENTIFIER.fullmatch(cell) and (whole := said_by(cell)):
        said.append(whole)
    if Meaning.TOPIC in said[-1:] and _ASKS.search(fold(cell)):
        said.append(Meaning.STRONG)
    if not said and Meaning.FORM in labels and is_thing(cell.strip()):
        said.append(Meaning.AGAINST)
    generic = Meaning.GENERIC if Meaning.GENERIC in labels else None
    return said[-1] if said else generic
