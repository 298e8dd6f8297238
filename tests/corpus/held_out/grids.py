"""Forms of one digit a cell, and pages on which the boxes fell apart."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import era, sheet
from corpus.world import World
from corpus.writing import boxed, full_width, spaced

_LABELS = ("個人番号", "マイナンバー", "個　人　番　号", "個人番号（マイナンバー）", "②個人番号")


def _set(grid: list[list[str]], row: int, column: int, cells: list[str]) -> None:
    """Write cells into a row, growing the grid where needed."""
    while len(grid) <= row:
        grid.append([])
    line = grid[row]
    line.extend([""] * (column + len(cells) - len(line)))
    line[column : column + len(cells)] = cells


@template("grid", source="方眼紙: the label in a merged cell above the boxes")
def x_grid_label_above(world: World) -> Draft:
    grid: list[list[str]] = []
    row = world.rng.randint(0, 2)
    title = world.pick("被扶養者（異動）届", "入社時届出書", "資格取得届")
    _set(grid, row, 1, [title, "", era(world)])
    for nth in world.many(1, 5):
        person, left = world.person(), world.rng.randint(1, 6)
        row += 2
        _set(grid, row, 1, [f"{nth + 1}", "氏名", "", person.name, "", "", person.era_birth])
        row += 1
        _set(grid, row, left, [world.pick(*_LABELS)])
        row += 1
        cells = boxed(world.number(), world.pick(0, 1))
        if world.chance(0.3):
            cells = [full_width(cell) for cell in cells]
        _set(grid, row, left, cells)
        if world.chance(0.5):
            row += 1
            pension = list(identifiers.digits(world.rng, 10))
            _set(grid, row, 1, ["基礎年金番号", *pension])
    return Draft([sheet(grid, "届")], ["様式", "届出書.xlsx"])


@template("grid", source="方眼紙 of every second column: an empty cell between all digits")
def x_grid_spacers(world: World) -> Draft:
    person = world.person()
    wide = [cell for digit in world.number() for cell in (digit, "")]
    left = world.rng.randint(1, 5)
    grid: list[list[str]] = []
    _set(grid, 0, 1, [world.pick("扶養控除等（異動）申告書", "雇用保険被保険者資格取得届")])
    _set(grid, 2, 1, ["氏名", "", person.name, "", "", "生年月日", "", person.era_birth])
    _set(grid, 4, 0, [world.pick(*_LABELS, "あなたの個人番号"), *[""] * left, *wide])
    _set(grid, 6, 1, ["郵便番号", *[c for d in person.staff + "12" for c in (d, "")]])
    if world.chance(0.6):
        firm = [cell for digit in identifiers.corporate(world.rng) for cell in (digit, "")]
        _set(grid, 8, 0, ["給与の支払者の法人番号", *[""] * left, *firm])
    return Draft([Table(grid, place=world.pick("様式1", "申告書"))], ["申告書.xlsx"])


@template("grid", source="方眼紙: digits down a column, one column a person, the label on top")
def x_grid_columns(world: World) -> Draft:
    people = [world.person() for _ in world.many(1, 6)]
    boxes = [boxed(world.number(), world.pick(0, 0, 1)) for _ in people]
    tall = max(map(len, boxes))
    step = world.pick(1, 2)
    grid: list[list[str]] = [["家族の個人番号（縦書き用紙）"], []]
    for nth, person in enumerate(people):
        _set(grid, 2, 1 + nth * step, [person.surname + person.given])
        _set(grid, 3, 1 + nth * step, [world.pick("個人番号", "マイナンバー")])
        for down in range(tall):
            digit = boxes[nth][down] if down < len(boxes[nth]) else ""
            _set(grid, 4 + down, 1 + nth * step, [digit])
    return Draft([sheet(grid, "縦")], ["縦書き台帳.xlsx"])


@template("grid", source="lists whose merged head stands over twelve narrow columns")
def x_grid_list(world: World) -> Draft:
    label = world.pick("個人番号", "マイナンバー", "個人番号（12桁）")
    head = ["番号", "氏名", label, *[""] * 11, "続柄", "生年月日"]
    rows = [[f"{era(world)}　{world.company()}　家族情報"], head]
    if world.chance(0.3):
        rows.append(["", "", *[str(n + 1) for n in range(12)], "", ""])
    for nth in world.many(2, 25):
        person = world.person()
        kin = world.pick("本人", "妻", "夫", "子", "父")
        rows.append([str(nth + 1), person.name, *world.number(), kin, person.era_birth])
    return Draft([sheet(rows, "家族")], ["家族情報.xlsx"])


@template("grid", source="sheets that keep the three groups of the card in three columns")
def x_grid_groups(world: World) -> Draft:
    label = world.pick("マイナンバー", "個人番号", "マイナンバー(4桁ずつ入力)")
    dash = world.pick("", "-", "－")
    middle = [dash] if dash else []
    head = ["社員番号", "氏名", label, *[""] * (2 + 2 * len(middle)), "確認"]
    rows = [head]
    for _ in world.many(3, 30):
        person, number = world.person(), world.number()
        groups = [number[:4], *middle, number[4:8], *middle, number[8:]]
        rows.append([person.staff, person.name, *groups, world.pick("済", "未")])
    return Draft([sheet(rows)], ["総務", "入力用.xlsx"])


@template("pdf", source="forms whose label was drawn right of the boxes, or after them")
def x_pdf_label_after(world: World) -> Draft:
    person, number = world.person(), world.number()
    bar = world.pick(" ", " | ", "  ")
    digits = spaced(number, bar)
    if world.chance(0.3):
        digits = world.pick("  ", " - ").join(
            " ".join(part) for part in (number[:4], number[4:8], number[8:])
        )
    label = world.pick("個人番号", "個 人 番 号", "マイナンバー", "個人番号 (本人)")
    field = world.pick(f"{digits} {label}", f"{digits}\n{label}", f"{digits}　← {label}")
    lines = [
        world.pick("退職所得の受給に関する申告書", "国民年金第3号被保険者関係届", "労災年金請求書"),
        f"{person.name} 氏名",
        field,
        f"{person.address} 住所",
        f"{person.era_birth} 生年月日",
        f"{era(world)} 提出日",
        f"{world.company()} 事業主",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["申告書控.pdf"])


@template("pdf", source="boxes that a reader returns as one digit a line")
def x_pdf_digit_lines(world: World) -> Draft:
    person = world.person()
    blank = world.pick("", "", "\n")
    number = world.number()
    groups = [("\n" + blank).join(part) for part in (number[:4], number[4:8], number[8:])]
    digits = world.pick("\n", "\n\n", "\n-\n").join(groups) if world.chance(0.3) else (
        ("\n" + blank).join(number)
    )  # fmt: skip
    text = "\n".join(
        [
            world.pick("扶養控除等（異動）申告書", "健康保険被保険者資格取得届", "給付請求書"),
            "氏名",
            person.name,
            "生年月日",
            person.era_birth,
            world.pick("個人番号", "あなたの個人番号", "マイナンバー", "個\n人\n番\n号"),
            digits,
            "住所",
            f"〒{world.postcode()}",
            person.address,
            "事業所名",
            world.company(),
        ]
    )
    return Draft([Text(text, "page 1")], ["提出控", f"{person.staff}_form.pdf"])


@template("pdf", source="two columns of a page: labels first, then the values in the same order")
def x_pdf_columns_apart(world: World) -> Draft:
    person = world.person()
    digits = world.pick(str, spaced, lambda n: f"{n[:4]} {n[4:8]} {n[8:]}")
    facts = [
        ("氏名", person.name),
        ("生年月日", person.era_birth),
        ("個人番号", digits(world.number())),
        ("住所", person.address),
        ("被保険者番号", identifiers.insurance(world.rng)),
        ("取得年月日", era(world)),
        ("賃金（月額）", f"{world.rng.randint(160, 600)}千円"),
    ]
    world.rng.shuffle(facts)
    labels, values = zip(*facts, strict=True)
    text = "\n".join(["雇用保険被保険者資格取得届（電子申請控）", *labels, *values])
    return Draft([Text(text, "page 1")], ["電子申請", "控え.pdf"], labelled=False)
