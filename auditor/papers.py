"""Which of the papers that carry My Numbers a text is, by the words of its form.

Each line names a paper as offices do. The title of a form decides, wherever it stands: in the text
itself, or in a name around it. Of several, the one whose words come most often; of those the first.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.model import Flow, Table, Text

__all__ = ["NONE", "PAPERS", "Paper", "paper_of", "writing"]

_LONGEST = 60_000
"""Characters of a text that are looked through."""
_ROWS = 40
"""Rows of a table among which its title stands."""
_NAMED = 3
"""How much a title in a name counts, against one in the text."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper, and the year it is for (西暦), 0 where it does not say."""

    code: str = ""
    year: int = 0


NONE = Paper()

_CARD = "(?:個人番号|マイナンバー)カード"
_NUMBER = "(?:個人番号|マイナンバー|特定個人情報)"

PAPERS: Mapping[str, Sequence[str]] = {
    # 所得税法 194, 195, 195の2, 196, 203: declarations to the payer of a salary
    "dependents_declaration": (r"扶養控除等?\s*(?:[(（]?異動[)）]?)?\s*申告書", "マル扶"),
    "insurance_declaration": ("保険料控除申告書",),
    "spouse_declaration": ("配偶者控除等申告書", "基礎控除申告書", "所得金額調整控除申告書"),
    "housing_loan_declaration": ("住宅借入金等特別控除(?:額の)?(?:計算明細書|申告書)",),
    "retirement_declaration": ("退職所得の受給に関する申告書", "退職所得申告書"),
    # 所得税法 225, 226, 地方税法 317の6: what a payer hands in
    "withholding_slip": ("源泉徴収票",),
    "payment_record": ("支払調書",),
    "salary_report": ("給与支払報告書", "法定調書合計表"),
    # 雇用保険法施行規則
    "employment_insurance": (
        r"雇用保険\s*(?:被保険者)?(?:資格取得届|資格喪失届|離職証明書|転勤届|氏名変更届)",
        "雇用保険被保険者",
        "雇用継続(?:給付)?",
        "(?:育児|介護)休業給付",
    ),
    # 健康保険法施行規則, 厚生年金保険法施行規則, 国民年金法施行規則
    "health_pension": (
        r"健康保険[・･]?\s*厚生年金保険",
        "被保険者(?:報酬月額)?(?:資格取得届|資格喪失届|算定基礎届|月額変更届|賞与支払届)",
        "被扶養者[(（]?異動[)）]?届",
        "国民年金第3号被保険者",
        "傷病手当金|出産手当金|高額療養費",
    ),
    # 労働者災害補償保険法施行規則
    "workers_compensation": (
        "療養(?:補償)?給付たる療養",
        "休業(?:補償)?給付",
        "障害(?:補償)?給付支給請求",
        "遺族(?:補償)?年金",
        "労災保険",
    ),
    "labour_premium": (r"労働保険\s*(?:概算|確定|増加概算)", "労働保険料申告"),
    # 所得税法 120; 租税特別措置法 29の2, 37の14
    "tax_return": ("確定申告書", "青色申告決算書", "収支内訳書"),
    "financial_account": ("(?:特定口座|NISA口座|非課税口座|証券口座).{0,12}(?:開設|届出|申込)",),
    # 番号法 16, 17; 住民基本台帳法 12
    "identity_document": (
        "本人確認書類",
        rf"{_CARD}\s*[(（]?(?:表面|裏面|写し|コピー)",
        "通知カード",
        "個人番号通知書",
    ),
    "resident_record": ("住民票(?:の写し|記載事項証明書)?",),
    "collection_form": (rf"{_NUMBER}\s*の?(?:届出書|提供書|提出書|申告書|提供依頼|収集)",),
    "number_ledger": (rf"{_NUMBER}\s*(?:管理)?(?:台帳|管理簿|一覧表?|リスト|ファイル)", "番号帳簿"),
}
"""Code → how its title is written; widths of characters do not matter."""

_PATTERNS = {code: re.compile("|".join(patterns)) for code, patterns in PAPERS.items()}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_YEAR = re.compile(r"(令和|平成|昭和)\s*(元|\d{1,2})\s*年分|(20\d{2})\s*年分")


def paper_of(text: str, names: Iterable[str] = ()) -> Paper:
    """The paper that ``text`` is, or that ``names`` around it say it is; NONE for any other."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    around = unicodedata.normalize("NFKC", "\n".join(names))
    points: dict[str, int] = {}
    for code, pattern in _PATTERNS.items():
        count = len(pattern.findall(plain)) + _NAMED * len(pattern.findall(around))
        if count:
            points[code] = count
    if not points:
        return NONE
    return Paper(max(points, key=lambda code: points[code]), _year(plain) or _year(around))


def writing(segment: Text | Flow | Table) -> str:
    """The words by which a segment shows what paper it is."""
    if isinstance(segment, Flow):
        return ""
    if isinstance(segment, Text):
        return segment.text
    rows = (segment.columns, *segment.head, *itertools.islice(segment.rows, _ROWS))
    return "\n".join((segment.place, *map("\t".join, rows)))


def _year(text: str) -> int:
    """The year that a form is for, as its head says it; 0 when it does not."""
    found = _YEAR.search(text)
    if not found:
        return 0
    era, number, western = found.groups()
    if western:
        return int(western)
    return _ERAS[era] + (1 if number == "元" else int(number))
