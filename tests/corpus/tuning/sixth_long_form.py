"""A table in long form: a row for each thing that is known of a person."""

from __future__ import annotations

from corpus.document import Draft, template
from corpus.tuning.sixth_tables import BOOKS, HARD, _sheet
from corpus.world import World


@template("table", source=BOOKS)
def w_kind_and_value(world: World) -> Draft:
    """Long form: each row has a kind and a value; some rows are the number."""
    rows = [["社員番号", world.pick("項目", "種別", "属性"), world.pick("値", "内容", "value")]]
    for _ in world.many(2, 8):
        staff = world.person().staff
        lines = [
            [staff, world.pick("個人番号", "マイナンバー"), world.number()],
            [
                staff,
                world.pick("口座番号", "免許証番号", "雇用保険番号", "入館ID"),
                world.random12(HARD),
            ],
            [staff, "電話", world.phone()],
        ]
        world.rng.shuffle(lines)
        rows += lines
    return _sheet(world, rows, "属性.csv", "master.csv")
