"""Claims and returns to public offices, as text of their prints."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import boxes, hand
from corpus.held_out._matter import pen
from corpus.world import World
from corpus.writing import grouped


@template("form", source="aid for pupils: the school takes the numbers of both parents")
def y_school_aid(world: World) -> Draft:
    pupil, write = world.person(), pen(world, 0.1)
    lines = [
        "高等学校等就学支援金　個人番号届出書",
        f"生徒氏名　{pupil.name}　学籍番号　{world.random12(0.2)}",
    ]
    for who in ("保護者等１", "保護者等２")[: world.rng.randint(1, 2)]:
        one = world.person(pupil.surname)
        lines += [
            f"{who}　氏名　{one.name}　生徒との続柄　{world.pick('父', '母')}",
            f"　個人番号　{write(world.number())}",
        ]
    lines += [
        "※ 生活保護受給世帯は証明書を添付",
        f"学校使用欄　受付 {world.other(identifiers.date_serial)}",
    ]
    return Draft([Text("\n".join(lines))], ["事務室", "就学支援金"])


@template(
    "form", source="claim for a pension: boxes for the number or the pension number, bank, code"
)
def y_pension_claimed(world: World) -> Draft:
    rng, person = world.rng, world.person()
    lines = [
        "年金請求書（国民年金・厚生年金保険老齢給付）",
        "①個人番号（または基礎年金番号）",
        boxes(world, world.number()),
        f"③生年月日　{person.era_birth}　④氏名　{person.name}",
        "⑨年金受取機関　ゆうちょ銀行",
        f"記号 {identifiers.digits(rng, 5)} 番号 {identifiers.digits(rng, 8)}",
        f"年金コード 1150　証書番号 {world.random12(0.3)}",
        f"配偶者　氏名　{world.person(person.surname).name}",
        "個人番号（または基礎年金番号）",
        boxes(world, world.number()),
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["年金", "請求書控.pdf"])


@template(
    "form", source="print of a return sent by e-Tax: user's number of sixteen, receipt of twenty"
)
def y_return_printed(world: World) -> Draft:
    rng, person = world.rng, world.person()
    user = identifiers.digits(rng, 16)
    lines = [
        f"令和{rng.randint(5, 8)}年分の所得税及び復興特別所得税の確定申告書",
        f"利用者識別番号 {' '.join(user[n : n + 4] for n in (0, 4, 8, 12))}",
        f"受付番号 {identifiers.timestamp(rng)}{identifiers.digits(rng, 8)}",
        f"納税地 {person.address}　氏名 {person.name}",
        f"個人番号 {hand(world, 'digits', 'spaces')(world.number())}",
        "配偶者や親族に関する事項",
        f"{world.person(person.surname).name}　個人番号 {grouped(world.number())}　続柄 配偶者",
        f"整理番号 {identifiers.digits(rng, 8)}",
    ]
    return Draft([Text("\n".join(lines))], ["確定申告", "申告書控え.pdf"])
