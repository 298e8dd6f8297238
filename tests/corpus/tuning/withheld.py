"""Where a number would stand, and none does: masks, lost digits, other papers, other boxes."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.tuning._paper import columns, filled, title_rows
from corpus.world import World
from corpus.writing import spaced


@template("masked", source="Exports of HR services with the numbers hidden", weight=2)
def masked_column(world: World) -> Draft:
    """個人番号 above asterisks, perhaps with the last digits; another id beside it."""
    shown = world.pick(0, 0, 3, 4)
    mask = world.pick("*", "＊", "X", "●")

    def cell() -> str:
        return mask * (12 - shown) + identifiers.digits(world.rng, shown)

    header = world.pick("個人番号", "マイナンバー", "my_number", "マイナンバー（個人番号）")
    table = columns(world, 2, 6)
    if world.chance(0.5):
        table.insert(
            1, (world.pick("従業員ID", "内部ID", "record_id"), lambda _: world.random12(0))
        )
    rows = filled(world, table, len(world.many(2, 80)), at=len(table), header=header, cell=cell)
    return Draft([Table(rows, "sheet 出力")], where(world, "マイナンバー_マスク済.xlsx"))


@template("lost", source="Spreadsheets that kept only six digits", weight=1)
def scientific_column(world: World) -> Draft:
    """1.23457E+11: the digits are gone, so nothing can be found, only suspected."""
    header = world.pick("個人番号", "マイナンバー", "個人番号(12桁)")
    rows = filled(
        world,
        columns(world, 2, 5),
        len(world.many(2, 60)),
        at=1,
        header=header,
        cell=lambda: f"{world.rng.uniform(1, 9.99):.{world.pick(4, 5)}f}E+11",
    )
    table = Table(rows, "", lines=tuple(range(1, len(rows) + 1)))
    return Draft([table], where(world, world.pick("名簿.csv", "保存し直し.csv")))


@template("scan", source="Copies of identity papers other than the card", weight=2)
def other_papers_scan(world: World) -> Draft:
    """Residence card, passport, insurance card, on a sheet made for My Numbers."""
    rng, me = world.rng, world.person()
    papers = [
        ["在留カード", f"番号 AB{identifiers.digits(rng, 8)}CD", f"氏名 {me.name}"],
        ["日本国旅券", f"旅券番号 TK{identifiers.digits(rng, 7)}", f"P<JPN{me.roman.upper()}"],
        [
            "健康保険被保険者証",
            f"記号 {identifiers.digits(rng, 4)} 番号 {identifiers.digits(rng, 6)} （枝番）00",
            f"保険者番号 {identifiers.digits(rng, 8)}",
        ],
        ["年金手帳", f"基礎年金番号 {identifiers.pension(rng)}"],
        ["住民票の写し（個人番号省略）", f"発行番号 {world.random12(0.8)}", f"氏名 {me.name}"],
        ["印鑑登録証明書", f"登録番号 {world.random12(0.8)}", f"{me.address}"],
    ]
    head = world.pick("本人確認書類貼付台紙", "マイナンバー確認書類（身元確認）", "提出書類一式")
    chosen = world.sample(papers, rng.randint(1, 3))
    text = "\n\n".join([head, *("\n".join(paper) for paper in chosen)])
    return Draft([Text(text, "page 1")], where(world, world.pick("身元確認.pdf", "台紙2.pdf")))


@template("form", source="Municipalities: cover sheet of the reports of wages paid", weight=1)
def designation_numbers_form(world: World) -> Draft:
    """給与支払報告書（総括表）: the payer's designation of twelve digits, nobody's number."""
    payer = identifiers.corporate(world.rng)
    number = world.other(lambda rng: identifiers.digits(rng, 12), 0.8)
    lines = [
        f"令和{world.rng.randint(2, 8)}年度　給与支払報告書（総括表）",
        world.pick(
            f"指定番号　{number}", f"指定番号 {spaced(number)}", f"特別徴収義務者指定番号\n{number}"
        ),
        f"給与支払者の個人番号又は法人番号　{world.pick(payer, spaced(payer))}",
        f"名称　{world.company()}　代表者　{world.person().name}",
        f"受給者総人員　{world.rng.randint(3, 300)}名　報告人員　{world.rng.randint(1, 80)}名",
        f"所轄税務署　新宿税務署　連絡先 {world.phone()}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], where(world, "総括表.pdf", personnel=True))


@template("table", source="Lists of who has handed in what", weight=3)
def submission_status(world: World) -> Draft:
    """マイナンバー as a header above 済 and 未, with application and parcel numbers beside."""
    other = world.pick("申請番号", "送付番号", "受付No.", "書留番号", "照会番号")
    make = world.pick(identifiers.courier, identifiers.date_serial)
    head = [
        "社員番号",
        "氏名",
        world.pick("マイナンバー", "個人番号", "マイナンバー提出"),
        other,
        "提出日",
    ]
    rows = [*title_rows(world, "マイナンバー回収状況", "提出書類チェックリスト"), head]
    for _ in world.many(2, 80):
        one = world.person()
        state = world.pick("済", "未", "提出済", "○", "対象外", "督促中")
        rows.append([one.staff, one.name, state, world.other(make, 0), world.day().isoformat()])
    return Draft([Table(rows, "sheet 回収")], where(world, "マイナンバー回収状況.xlsx"))
