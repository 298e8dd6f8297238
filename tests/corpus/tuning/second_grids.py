"""One digit a cell: where the label lies from the boxes, and how many rows of boxes there are."""

from __future__ import annotations

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._paper import Paper
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import boxed, full_width

SQUARED = "Squared forms (方眼紙) in workbooks and Word tables"
WORDS = (
    "個人番号",
    "マイナンバー",
    "個人番号（12桁）",
    "個 人 番 号",
    "個人番号\n(マイナンバー)",
    "個人\n番号",
)


def _boxes(world: World, number: str) -> list[str]:
    """Twelve cells, perhaps with gaps, dashes between the groups, or wide digits."""
    cells = boxed(number, blank=world.pick(0, 0, 1, 2))
    if len(cells) == 14 and world.chance(0.4):
        cells = [cell or world.pick("-", "－") for cell in cells]
    return [full_width(cell) for cell in cells] if world.chance(0.15) else cells


@template("form", source=SQUARED)
def s_label_rows_above(world: World) -> Draft:
    """The label stands one to three rows above the first box, the rows between are empty or not."""
    me, paper = world.person(), Paper()
    paper.put(0, 0, world.pick("届出書", "従業員情報登録シート", "入社時提出書類"))
    paper.put(2, 0, "氏名", "", "", me.name)
    at = world.rng.randint(0, 6)
    paper.put(4, at, world.pick(*WORDS))
    down = world.rng.randint(1, 3)
    if down > 1 and world.chance(0.5):
        paper.put(5, at, world.pick("※右詰めで記入", "12桁", "（数字のみ）"))
    paper.put(4 + down, at, *_boxes(world, world.number()))
    paper.put(6 + down, 0, "電話番号", "", "", world.phone())
    return kept(world, ("登録シート.xlsx", "届.xls"), Table(paper.rows(), "Sheet1"))


@template("form", source=SQUARED)
def s_label_far_left(world: World) -> Draft:
    """A merged label: its text in the first cell, some empty cells, then the boxes."""
    paper, row = Paper(), 1
    paper.put(0, 0, "被保険者　資格取得届（控）")
    for _ in world.many(1, 4):
        one = world.person()
        paper.put(row, 0, "氏名", "", one.name, "", "", "生年月日", "", one.era_birth)
        paper.put(row + 1, 0, "個人番号" if world.chance(0.5) else "マイナンバー")
        paper.put(row + 1, world.rng.randint(2, 6), *_boxes(world, world.number()))
        paper.put(row + 2, 0, "被保険者番号", "", "", *identifiers.digits(world.rng, 4))
        row += 4
    return kept(world, ("取得届.xlsx",), Table(paper.rows(), "入力"))


@template("form", source=SQUARED)
def s_rows_of_boxes(world: World) -> Draft:
    """A list of persons: name, then twelve columns under one header."""
    paper = Paper()
    lead = ["No.", "氏名", "続柄"][: world.rng.randint(2, 3)]
    paper.put(1, 0, *lead, world.pick(*WORDS))
    for nth in world.many(2, 15):
        one = world.person()
        known = [str(nth + 1), one.name, world.pick("本人", "妻", "子")]
        paper.put(2 + nth, 0, *known[: len(lead)], *world.number(), one.era_birth)
    return kept(world, ("名簿.xlsx", "家族一覧.xlsx"), Table(paper.rows(), "一覧"))


@template("form", source=SQUARED)
def s_boxes_and_codes(world: World) -> Draft:
    """Boxes of other numbers above and below: office, insurance, corporate number, date."""
    me, paper = world.person(), Paper()
    entries = [
        ("事業所番号", identifiers.digits(world.rng, 11)),
        ("法人番号", identifiers.corporate(world.rng)),
        (world.pick("個人番号", "マイナンバー", "1.個人番号"), world.number()),
        ("生年月日", f"5{me.born:%y%m%d}"),
        ("郵便番号", world.postcode().replace("-", "")),
    ]
    if world.chance(0.5):
        world.rng.shuffle(entries)
    above = world.chance(0.5)
    for nth, (name, digits) in enumerate(entries):
        if above:
            paper.put(3 * nth, 1, name)
            paper.put(3 * nth + 1, 1, *digits)
        else:
            paper.put(2 * nth, 0, name, "", *digits)
    return kept(world, ("OCR帳票.xlsx", "申請.xlsx"), Table(paper.rows(), "表面"))


@template("form", source=SQUARED)
def s_upright_list(world: World) -> Draft:
    """Every person a column of boxes below name and label."""
    paper, people = Paper(), world.rng.randint(1, 4)
    paper.put(0, 0, world.pick("個人番号記入欄", "マイナンバー記入用紙"))
    side = world.chance(0.5)
    if side:
        paper.put(3, 0, *"個人番号", down=True)
    for nth in range(people):
        paper.put(1, 1 + 2 * nth, world.person().name)
        if not side:
            paper.put(2, 1 + 2 * nth, world.pick("個人番号", "番号"))
        paper.put(3, 1 + 2 * nth, *boxed(world.number(), world.pick(0, 1)), down=True)
    return kept(world, ("記入用紙.xlsx",), Table(paper.rows(), "Sheet1"), labelled=False)


@template("form", source=SQUARED)
def s_groups_of_four(world: World) -> Draft:
    """Three cells of four digits, perhaps with dashes or empty cells between."""
    paper = Paper()
    between = world.pick((), ("-",), ("",), ("－",))
    above = world.chance(0.4)
    for nth in world.many(1, 6):
        one, number = world.person(), world.number()
        groups = [number[:4], *between, number[4:8], *between, number[8:]]
        if above:
            paper.put(4 * nth, 0, "氏名", "", world.pick(*WORDS))
            paper.put(4 * nth + 1, 0, one.name, "", *groups)
        else:
            paper.put(3 * nth, 0, "氏名", one.name)
            paper.put(3 * nth + 1, 0, world.pick("個人番号", "マイナンバー"), *groups)
    return kept(world, ("台帳.xlsx", "入力表.xlsx"), Table(paper.rows(), "Sheet2"))


@template("form", source="Word documents with a table for a form")
def s_word_boxes(world: World) -> Draft:
    """A Word table: the label cell left or above, other fields in rows of fewer cells."""
    me, word = (
        world.person(),
        world.pick("個人番号", "マイナンバー", "あなたの\n個人番号", "個人番号※"),
    )
    cells = list(world.number())
    rows = [
        ["フリガナ", me.kana],
        ["氏　名", me.name],
        ["生年月日", me.era_birth, "性別", "男・女"],
        [word, *cells],
        ["住　所", f"〒{world.postcode()}\n{me.address}"],
        ["連絡先", world.phone()],
    ]
    if world.chance(0.4):
        rows[3:4] = [[word, *[""] * 11], cells]
    return kept(world, ("届出書.docx", "誓約書.docx"), Table(rows, "table 1"))


@template("form", source="Word documents with a table for a form")
def s_word_split_label(world: World) -> Draft:
    """The label's characters stand in cells of their own or on lines of their own."""
    me, number = world.person(), world.number()
    show = world.pick(number, f"{number[:4]} {number[4:8]} {number[8:]}", " ".join(number))
    rows = world.pick(
        [["個", "人", "番", "号", *number], ["氏", "名", me.name]],
        [["氏\n名", me.name], ["個\n人\n番\n号", show]],
        [["氏名", me.name, "個人\n番号", show]],
        [["", "氏名", "個人番号"], ["本\n人", me.name, show], ["配\n偶\n者", "", ""]],
    )
    return kept(world, ("申請書.docx",), Table(rows, "table 1"))


@template("form", source=SQUARED)
def s_side_by_side(world: World) -> Draft:
    """Two people abreast on one sheet, boxes in the same rows."""
    paper, word = Paper(), world.pick("個人番号", "マイナンバー")
    for column, title in ((0, "甲（申請者）"), (16, "乙（配偶者）")):
        one = world.person()
        paper.put(0, column, title)
        paper.put(1, column, "氏名", "", one.name)
        paper.put(2, column, word, "", *world.number())
        paper.put(3, column, "生年月日", "", one.era_birth)
    return kept(world, ("申請.xlsx",), Table(paper.rows(), "申請書"))


@template("form", source=SQUARED)
def s_title_only_boxes(world: World) -> Draft:
    """Only the sheet or the title has the word; beside the boxes stands a name."""
    paper, titled = Paper(), world.chance(0.5)
    if titled:
        paper.put(0, 0, world.pick("マイナンバー届出書", "個人番号届出書（扶養家族分）"))
    for nth in world.many(1, 6):
        paper.put(2 + 2 * nth, 1, world.person().name, "", *world.number())
    place = "届出" if titled else world.pick("マイナンバー", "個人番号")
    return kept(world, ("届出書.xlsx",), Table(paper.rows(), place), labelled=False)


@template("form", source=SQUARED)
def s_half_filled_boxes(world: World) -> Draft:
    """A form for a family: some blocks of boxes are empty, others hold numbers."""
    paper = Paper()
    paper.put(0, 0, "給与所得者の扶養控除等申告書（入力用）")
    kinds = ("あなた", "控除対象配偶者", "扶養親族1", "扶養親族2", "16歳未満の扶養親族")
    for nth, kind in enumerate(kinds):
        row = 2 + 3 * nth
        paper.put(row, 0, kind, "氏名", "", "個人番号")
        if nth == 0 or world.chance(0.5):
            paper.put(row + 1, 1, world.person().name, "", *world.number())
        else:
            paper.put(row + 1, 1, "", "", *[""] * 11, "")
        paper.put(row + 1, 17, "所得見積額", str(world.rng.randrange(10) * 10000))
    return kept(world, ("申告書.xlsx",), Table(paper.rows(), "R7申告書"))
