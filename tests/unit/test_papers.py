from __future__ import annotations

import pytest

from auditor.model import Content, Flow, Limits, Table, Text
from auditor.papers import NONE, PAPERS, Paper, paper_of, writing
from auditor.scan import scan
from tests.unit.test_long import numbers

TITLES = {
    "令和７年分　給与所得者の扶養控除等（異動）申告書": Paper("dependents_declaration", 2025),
    "平成30年分 給与所得者の保険料控除申告書": Paper("insurance_declaration", 2018),
    "令和元年分 給与所得者の配偶者控除等申告書": Paper("spouse_declaration", 2019),
    "給与所得者の(特定増改築等)住宅借入金等特別控除申告書": Paper("housing_loan_declaration"),
    "退職所得の受給に関する申告書": Paper("retirement_declaration"),
    "2024年分 給与所得の源泉徴収票": Paper("withholding_slip", 2024),
    "報酬、料金、契約金及び賞金の支払調書": Paper("payment_record"),
    "給与支払報告書（個人別明細書）": Paper("salary_report"),
    "雇用保険被保険者資格取得届": Paper("employment_insurance"),
    "健康保険・厚生年金保険 被保険者資格取得届": Paper("health_pension"),
    "健康保険 被扶養者（異動）届": Paper("health_pension"),
    "療養補償給付たる療養の給付請求書": Paper("workers_compensation"),
    "労働保険 概算・増加概算・確定保険料申告書": Paper("labour_premium"),
    "令和5年分の所得税及び復興特別所得税の確定申告書": Paper("tax_return", 2023),
    "特定口座開設届出書": Paper("financial_account"),
    "個人番号カード（表面）の写し": Paper("identity_document"),
    "住民票の写し": Paper("resident_record"),
    "個人番号届出書": Paper("collection_form"),
    "マイナンバー管理台帳": Paper("number_ledger"),
    "打ち合わせの議事録": NONE,
}


@pytest.mark.parametrize("title", TITLES)
def test_a_paper_is_known_by_its_title(title: str) -> None:
    assert paper_of(f"{title}\n氏名　山田 花子") == TITLES[title]


def test_every_paper_has_a_title_that_is_tried() -> None:
    assert {paper.code for paper in TITLES.values()} - {""} == set(PAPERS)


def test_a_name_around_it_says_it_too_and_weighs_more_than_a_mention() -> None:
    assert paper_of("氏名 山田", ["人事", "源泉徴収票_2023.pdf"]).code == "withholding_slip"
    mention = "添付: 住民票\n"
    assert paper_of(mention, ["扶養控除等申告書.xlsx"]).code == "dependents_declaration"


def test_half_width_kana_and_wide_digits_are_the_same() -> None:
    assert paper_of("令和５年分　ﾏｲﾅﾝﾊﾞｰ管理台帳") == Paper("number_ledger", 2023)


def test_what_a_segment_says() -> None:
    table = Table([["甲", "乙"], ["1", "2"]], "sheet 源泉徴収票", columns=("氏名", "番号"))
    assert writing(table).splitlines()[:2] == ["sheet 源泉徴収票", "氏名\t番号"]
    assert writing(Text("源泉徴収票")) == "源泉徴収票"
    assert writing(Flow(iter(["源泉徴収票"]))) == ""


def test_findings_carry_the_paper_they_stand_on() -> None:
    number = next(numbers(1))
    text = f"令和6年分 給与所得の源泉徴収票\n個人番号 {number}\n"
    (finding,) = scan(Content("a.txt", text.encode()), Limits(), key=b"k" * 32).findings
    assert (finding.document_type, finding.document_year) == ("withholding_slip", 2024)
