"""Text out of PDFs and scans: labels and values apart, boxes, stray marks."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import full_width, grouped, spaced

PDF = "Text layers of PDF forms"
OCR = "Text recognised on scanned paper"


def _printed(world: World, number: str) -> str:
    return world.pick(
        spaced(number, " "),
        spaced(number, "  "),
        spaced(number, "│"),
        spaced(number, " | "),
        f"|{spaced(number, '|')}|",
        grouped(number, "  "),
        grouped(number, " "),
        full_width(spaced(number, " ")),
        "\n".join(grouped(number, " ").split(" ")),
        number,
    )


@template("scan", source=PDF)
def s_labels_then_values(world: World) -> Draft:
    """All printed labels come first, what was typed in comes after, in the same order."""
    me = world.person()
    fields = [
        ("フリガナ", me.kana),
        ("氏名", me.name),
        ("生年月日", me.era_birth),
        (world.pick("個人番号", "マイナンバー", "個人番号（マイナンバー）"), world.number()),
        ("住所", me.address),
        ("電話番号", world.phone()),
    ]
    title = world.pick("口座開設申込書", "住所変更届", "資格取得届", "給付金請求書", "入居申込書")
    lines = [title, *(name for name, _ in fields)]
    if world.chance(0.5):
        lines += ["※太枠内をご記入ください", "印"]
    lines += [entry for _, entry in fields]
    return kept(world, ("申込書.pdf", "form.pdf"), Text("\n".join(lines), "page 1"), labelled=False)


@template("scan", source=PDF)
def s_two_columns(world: World) -> Draft:
    """Two blocks side by side: a line holds a field of each."""
    me, you = world.person(), world.person()
    gap = " " * world.rng.randint(3, 12)
    one, two = (spaced(world.number(), world.pick("", " ")) for _ in range(2))
    lines = [
        f"【申込者】{gap}【配偶者】",
        f"氏名　{me.name}{gap}氏名　{you.name}",
        f"生年月日 {me.era_birth}{gap}生年月日 {you.era_birth}",
        f"個人番号 {one}{gap}個人番号 {two}",
        f"電話 {world.phone()}{gap}電話 {world.phone()}",
    ]
    return kept(world, ("申込.pdf",), Text("\n".join(lines), "page 1"))


@template("scan", source=PDF)
def s_label_broken(world: World) -> Draft:
    """The label is broken over lines, or its characters are set apart."""
    me, number = world.person(), world.number()
    label = world.pick(
        "個人\n番号", "個 人\n番 号", "個\n人\n番\n号", "マイ\nナンバー", "個　人　番　号"
    )
    gap = world.pick("\n", " ", "　")
    lines = [
        "扶養親族等異動届",
        f"氏　　名　{me.name}",
        f"{label}{gap}{_printed(world, number)}",
        f"続　　柄　{world.pick('妻', '長男', '母')}",
        f"届出年月日　令和{world.rng.randint(5, 8)}年{world.rng.randint(1, 12)}月1日",
    ]
    return kept(world, ("異動届.pdf",), Text("\n".join(lines), "page 1"))


@template("scan", source=PDF)
def s_value_above(world: World) -> Draft:
    """What was typed in comes above the printed label, as some producers order text."""
    me = world.person()
    number = _printed(world, world.number())
    lines = [me.name, "氏名", me.address, "住所", number, world.pick("個人番号", "マイナンバー")]
    lines += [
        f"{me.born:%Y}年{me.born.month}月{me.born.day}日",
        "生年月日",
        "以上のとおり届け出ます。",
    ]
    return kept(world, ("届.pdf", "scan003.pdf"), Text("\n".join(lines), "page 1"))


@template("scan", source=OCR)
def s_stray_marks(world: World) -> Draft:
    """Full-width and half-width mixed, marks between, a frame's remains at both ends."""
    me, number = world.person(), world.number()
    mixed = "".join(full_width(d) if world.chance(0.4) else d for d in number)
    shown = world.pick(
        f"｜{grouped(mixed, ' ')}｜",
        f"[{grouped(mixed, ' ')}]",
        f"{mixed[:4]}　{mixed[4:8]} {mixed[8:]}",
        f"┃{spaced(mixed, '┊')}┃",
        f"{mixed[:4]}・{mixed[4:8]}・{mixed[8:]}",
        f"{spaced(mixed, ' ')} 。",
    )
    lines = [
        "ー 一 ・",
        f"氏　名 ｜ {me.name} ㊞",
        f"{world.pick('個人番号', '個入番号 マイナンバー', '個人番号 :')} {shown}",
        f"住 所 | {me.address}",
        f"T E L {world.phone()} ,",
    ]
    return kept(world, ("スキャン_0012.pdf", "IMG_0031.jpg"), Text("\n".join(lines), "OCR"))


@template("scan", source=OCR)
def s_register_page(world: World) -> Draft:
    """住民票: several persons of a household, each with label and number apart from the name."""
    head = world.person()
    lines = ["住　民　票", f"住所　{head.address}", f"世帯主　{head.name}"]
    for kin in ("世帯主", "妻", "子", "子")[: world.rng.randint(1, 4)]:
        one = world.person(head.surname)
        lines += [
            f"氏名　{one.name}",
            f"生年月日　{one.era_birth}　　続柄　{kin}",
            world.pick("個人番号", "個人番号　", "マイナンバー（個人番号）"),
            grouped(world.number(), world.pick(" ", "　", "")),
            "住民票コード　省略",
        ]
    lines += ["この写しは、住民票の原本と相違ないことを証明する。", f"発行番号 {world.random12()}"]
    return kept(world, ("住民票.pdf", "doc0021.pdf"), Text("\n".join(lines), "page 1"))


@template("scan", source=OCR)
def s_card_in_pieces(world: World) -> Draft:
    """The back of a card: other small print around the number, label in two languages."""
    me = world.person()
    number = grouped(world.number(), world.pick(" ", "  ", "\n"))
    lines = world.pick(
        [me.name, f"{me.era_birth}生", f"個人番号 {number}", "性別 男", "株式会社等の方は複写禁止"],
        ["個人番号カード", "個人番号", number, f"氏名 {me.name}", f"{me.era_birth}生"],
        ["Individual Number", "個人番号", number, me.name, "この面は見せないでください"],
    )
    return kept(world, ("IMG_2201.jpg", "裏.pdf", "本人確認.pdf"), Text("\n".join(lines), "OCR"))


@template("scan", source=PDF)
def s_form_fields(world: World) -> Draft:
    """Fields of a fillable PDF: inner names and values."""
    me, number = world.person(), world.number()
    key = world.pick("個人番号", "mynumber", "KojinBango", "txt個人番号", "本人.個人番号", "MyNo")
    lines = [f"氏名: {me.name}", f"フリガナ: {me.kana}", f"日付: {world.day():%Y%m%d}"]
    lines += [f"{key}: {number}", f"電話: {world.phone()}"]
    return kept(world, ("fillable.pdf",), Text("\n".join(lines), "form fields"))


@template("scan", source=PDF, weight=0.3)
def s_field_a_digit(world: World) -> Draft:
    """A fillable PDF with a field for every digit."""
    me = world.person()
    key = world.pick("個人番号", "マイナンバー_", "MyNumber")
    lines = [f"氏名: {me.name}"]
    lines += [f"{key}{nth}: {digit}" for nth, digit in enumerate(world.number(), 1)]
    lines.append(f"住所: {me.address}")
    return kept(world, ("comb.pdf",), Text("\n".join(lines), "form fields"))


@template("scan", source="Copies pasted on backing sheets")
def s_two_cards(world: World) -> Draft:
    """A licence and the number's card on one page."""
    me = world.person()
    licence = world.other(identifiers.licence)
    shown = grouped(world.number(), world.pick(" ", ""))
    parts = [
        f"運転免許証\n氏名 {me.name}\n交付 令和4年5月1日\n第 {licence} 号\n東京都公安委員会",
        f"{world.pick('通知カード', '個人番号カード（裏）')}\n個人番号\n{shown}\n氏名 {me.name}",
    ]
    if world.chance(0.5):
        parts.reverse()
    return kept(world, ("貼付台紙.pdf",), Text("\n\n".join(parts), "page 1"))


@template("scan", source=PDF)
def s_many_on_a_page(world: World) -> Draft:
    """支払調書合計表の内訳: one payee a line, label only at the head of the page."""
    gap = world.pick("  ", "\t", " ", "　")
    lines = ["報酬、料金等の支払内訳", gap.join(("番号", "支払先", "個人番号", "区分", "支払金額"))]
    for nth in world.many(3, 25):
        one = world.person()
        paid = f"{world.rng.randrange(10**4, 10**7):,}"
        lines.append(gap.join((str(nth + 1), one.name, world.number(), "原稿料", paid)))
    lines.append(f"合計{gap}{world.rng.randrange(10**6, 10**8):,}")
    return kept(world, ("内訳.pdf",), Text("\n".join(lines), "page 1"))
