"""Page texts as text layers give them: labels and values in blocks, columns mixed, lines broken."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import called, kept, typed
from corpus.world import World
from corpus.writing import full_width, grouped, spaced

LAYERS = "Text layers of forms: what stands side by side comes in another order"
WORDS = ("個人番号", "マイナンバー", "個人番号（マイナンバー）", "個人番号(12桁)")


def _printed(world: World, number: str) -> str:
    """A number in print or in boxes."""
    return world.pick(
        number,
        grouped(number),
        grouped(number, "-"),
        spaced(number),
        full_width(number),
        "  ".join(spaced(number[at : at + 4]) for at in (0, 4, 8)),
    )


def _page(world: World, lines: list[str], *names: str, labelled: bool = True) -> Draft:
    text = "\n".join(lines)
    return kept(world, names or ("申請書.pdf",), Text(text, "page 1"), labelled=labelled)


@template("pdf", source=LAYERS, weight=1.5)
def u_block_of_labels_block_of_values(world: World) -> Draft:
    """All labels, perhaps a blank line, then all values in their order."""
    me = world.person()
    others = [
        ("氏名", me.name),
        ("フリガナ", me.kana),
        ("生年月日", me.era_birth),
        ("住所", me.address),
        ("電話番号", world.phone()),
    ]
    pairs = world.sample(others, world.rng.randint(3, 5))
    number = (world.pick(*WORDS), _printed(world, world.number()))
    pairs.insert(world.rng.randint(0, len(pairs)), number)
    colon = world.pick("", "：", ":")
    lines = [
        world.pick("加入申込書", "届出書", "登録カード"),
        *(name + colon for name, _ in pairs),
        *world.pick([], [], [""]),
        *(value for _, value in pairs),
    ]
    return _page(world, lines, "加入申込書.pdf", "届出書.docx", labelled=False)


@template("pdf", source=LAYERS)
def u_values_come_first(world: World) -> Draft:
    """What was filled in comes before what was printed, in the same order."""
    me = world.person()
    pairs = [
        ("氏名", me.name),
        (world.pick(*WORDS), _printed(world, world.number())),
        ("生年月日", me.era_birth),
        ("住所", me.address),
    ]
    world.rng.shuffle(pairs)
    lines = [
        *(value for _, value in pairs),
        *world.pick([], [""]),
        *(name for name, _ in pairs),
        world.pick("社員登録票", "上記のとおり届け出ます。"),
    ]
    return _page(world, lines, "登録票.pdf", "form.pdf", labelled=False)


@template("pdf", source=LAYERS)
def u_two_columns_mixed(world: World) -> Draft:
    """A person's fields on the left, a firm's on the right, read line by line."""
    me, firm = world.person(), world.company()
    gap = world.pick("　　", "   ", "\t")
    corporate = identifiers.corporate(world.rng)
    lines = [
        world.pick("報酬支払届", "雇用契約書（控）", "支払先登録書"),
        f"氏名　{me.name}{gap}名称　{firm}",
        f"住所　{me.address}{gap}所在地　{world.address()}",
        f"{world.pick(*WORDS)}　{_printed(world, world.number())}{gap}法人番号　{corporate}",
        f"電話　{world.phone()}{gap}電話　{world.phone()}",
    ]
    return _page(world, lines, "支払届.pdf", "契約.pdf")


@template("pdf", source=LAYERS)
def u_columns_one_after_the_other(world: World) -> Draft:
    """Labels of two people on one line, then their values on the next."""
    me, kin = world.person(), world.person()
    gap = world.pick("　　", "    ", "\t", " ")
    word = world.pick(*WORDS)
    one, two = (world.pick(n, grouped(n, "-")) for n in (world.number(), world.number()))
    heads = world.pick(["本人", "配偶者"], ["申請者", "同居者"], ["父", "母"])
    lines = [
        "認定請求書",
        f"　{gap}{heads[0]}{gap}{heads[1]}",
        f"氏名{gap}{me.surname + me.given}{gap}{kin.surname + kin.given}",
        f"生年月日{gap}{me.born:%Y/%m/%d}{gap}{kin.born:%Y/%m/%d}",
        f"{word}{gap}{one}{gap}{two}",
        f"職業{gap}会社員{gap}{world.pick('会社員', '無職', '自営業')}",
    ]
    return _page(world, lines, "認定請求書.pdf", "児童手当.pdf")


@template("pdf", source=LAYERS)
def u_number_broken(world: World) -> Draft:
    """A narrow column breaks the number after four or eight digits."""
    me, number = world.person(), world.number()
    gap = world.pick(" ", "-", "")
    parts = [number[:4], number[4:8], number[8:]]
    shown = world.pick(
        f"{parts[0]}{gap}{parts[1]}{gap}\n{parts[2]}",
        f"{parts[0]}{gap}\n{parts[1]}{gap}{parts[2]}",
        f"{parts[0]}\n{parts[1]}\n{parts[2]}",
    )
    lines = [
        world.pick("従業員カード", "雇用保険届出票", "身上調書"),
        f"氏名\n{me.name}",
        f"{world.pick(*WORDS)}{world.pick(chr(10), '　', '：')}{shown.strip()}",
        f"住所\n{me.address}",
    ]
    return _page(world, lines, "身上調書.pdf", "card.pdf")


@template("pdf", source=LAYERS)
def u_digit_a_line(world: World) -> Draft:
    """Each box is a text of its own: twelve lines of one digit."""
    me, number = world.person(), world.number()
    digits = full_width(number) if world.chance(0.3) else number
    word = world.pick(*WORDS, "あなたの個人番号")
    lines = [
        world.pick("扶養控除等申告書", "退職所得の受給に関する申告書", "資格取得届"),
        f"氏名 {me.name}",
        word,
        *digits,
        f"生年月日 {me.era_birth}",
        f"世帯主の氏名 {world.person().name}",
    ]
    return _page(world, lines, "申告書.pdf", "form.pdf")


@template("pdf", source=LAYERS)
def u_next_page(world: World) -> Draft:
    """A list goes on: the second page repeats the title, perhaps the names of the columns."""
    word = world.pick(*WORDS)
    gap = world.pick("　", "  ", "\t")
    pages = []
    for page in range(1, 3):
        lines = [f"{word}一覧{world.pick('（続き）', '', f'　{page}／2')}"]
        if page == 1 or world.chance(0.5):
            lines.append(gap.join(["番号", "氏名", word]))
        lines += [
            gap.join([str(nth + 1), world.person().surname, grouped(world.number(), "-")])
            for nth in world.many(3, 9)
        ]
        pages.append(Text("\n".join(lines), f"page {page}"))
    return kept(world, ("一覧.pdf", "print.pdf"), *pages)


@template("pdf", source="Withholding slips and payment reports as text")
def u_slip_of_a_year(world: World) -> Draft:
    """Amounts, a person's number, dependants' numbers, the payer's corporate number."""
    me = world.person()
    show = world.pick(str, spaced, grouped)
    amounts = "　".join(f"{world.rng.randrange(10**4, 10**7):,}" for _ in range(4))
    lines = [
        f"令和{world.rng.randint(1, 8)}年分　給与所得の源泉徴収票",
        f"支払を受ける者　住所又は居所　{me.address}",
        f"（受給者番号）{me.staff}",
        f"（{world.pick('個人番号', '個人番号（12桁）')}）{show(world.number())}",
        f"（フリガナ）{me.kana}　氏名　{me.name}",
        "種別　支払金額　給与所得控除後の金額　所得控除の額の合計額　源泉徴収税額",
        f"給料・賞与　{amounts}",
    ]
    for nth in world.many(0, 3):
        kin = world.person(me.surname)
        lines.append(f"控除対象扶養親族 {nth + 1} {kin.name} 個人番号 {show(world.number())}")
    lines.append(f"支払者　個人番号又は法人番号　{spaced(identifiers.corporate(world.rng))}")
    lines.append(f"氏名又は名称　{world.company()}　(電話) {world.phone()}")
    return _page(world, lines, "源泉徴収票.pdf", "R6_slip.pdf")


@template("pdf", source="Declarations of dependants as text")
def u_declaration_with_dependants(world: World) -> Draft:
    """Blocks of three lines for each dependant, whose label stands once at the top."""
    me, word = world.person(), world.pick(*WORDS)
    show = world.pick(str, spaced, grouped)
    gap = world.pick("　", "  ", "\t")
    lines = [
        "給与所得者の扶養控除等（異動）申告書",
        f"あなたの氏名{gap}{me.name}",
        f"あなたの個人番号{gap}{show(world.number())}",
        f"区分{gap}氏名{gap}{word}{gap}続柄",
    ]
    for nth in world.many(1, 4):
        kin = world.person(me.surname)
        lines.append(
            gap.join(
                [
                    f"{'ABCD'[nth]}",
                    kin.surname + kin.given,
                    world.pick(str, lambda n: grouped(n, "-"))(world.number()),
                    world.pick("妻", "子", "母"),
                ]
            )
        )
    lines.append("○この申告書は、給与の支払者に提出します。")
    return _page(world, lines, "扶養控除.pdf", "scan.pdf")


@template("pdf", source="Certificates of residence as text")
def u_household(world: World) -> Draft:
    """A household: each with name, birth, number and 住民票コード."""
    family = world.person().surname
    lines = ["住　民　票", f"世帯主　{family}", f"住所　{world.address()}"]
    for kin in ["世帯主", *world.sample(("妻", "子", "母", "夫"), world.rng.randint(1, 3))]:
        one = world.person(family)
        lines += [
            f"氏名　{one.name}　　続柄　{kin}",
            f"生年月日　{one.era_birth}",
            f"個人番号　{world.pick(str, grouped)(world.number())}",
        ]
        if world.chance(0.5):
            lines.append(f"住民票コード　{world.resident_code()}")
    lines.append(
        f"この写しは、原本と相違ないことを証明する。 発行番号 {world.rng.randrange(10**6)}"
    )
    return _page(world, lines, "住民票.pdf", "juminhyo.pdf")


@template("pdf", source=LAYERS)
def u_ticked_and_written(world: World) -> Draft:
    """Which paper was shown is ticked; the number stands on the line below or beside."""
    me = world.person()
    paper = world.pick("個人番号カード", "通知カード", "住民票（番号付き）")
    number = _printed(world, world.number())
    line = world.pick(
        f"番号　{number}",
        f"{number}",
        f"確認した番号：{number}",
        f"個人番号　{number}",
    )
    lines = [
        world.pick("個人番号 確認票", "マイナンバー届出書", "番号確認・身元確認 記録"),
        f"氏名　{me.name}",
        f"番号確認　☑{paper}　□その他（　　）",
        line,
        "身元確認　☑運転免許証　□旅券",
        f"確認日　{world.day():%Y/%m/%d}　確認者　{world.person().surname}",
    ]
    return _page(world, lines, "確認票.pdf", "届出書.pdf", labelled=line.startswith("個人番号"))


@template("pdf", source=LAYERS)
def u_dotted_and_ruled(world: World) -> Draft:
    """Dots, rules and brackets between label and number."""
    me = world.person()
    rule = world.pick("................", "・・・・・・・・", "＿＿＿＿", " ──── ", "……………")
    rows = [
        f"氏名{rule}{me.name}",
        f"{called(world)}{rule}{typed(world, 0.1)}",
        f"生年月日{rule}{me.era_birth}",
        f"連絡先{rule}{world.phone()}",
    ]
    world.rng.shuffle(rows)
    return _page(world, ["登　録　票", *rows], "登録票.pdf", "名札.docx")
