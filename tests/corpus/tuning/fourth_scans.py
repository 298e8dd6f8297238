"""Pages whose letters stand apart, upright, or far from what they name; and cards read by OCR."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept, typed
from corpus.world import World
from corpus.writing import full_width, grouped, spaced

READ = "Recognised pages: words apart, lines in another order, stray marks"
WORDS = ("個人番号", "マイナンバー", "個人番号（マイナンバー）")


def _boxed(world: World, number: str) -> str:
    bars = world.pick("|", " | ", "│", "｜")
    return world.pick(bars + bars.join(number) + bars, spaced(number), grouped(number))


def _scan(world: World, lines: list[str], *names: str, labelled: bool = True) -> Draft:
    return kept(world, names, Text("\n".join(lines), "page 1"), labelled=labelled)


@template("scan", source=READ)
def u_upright_label(world: World) -> Draft:
    """The label runs down the margin, a letter a line; the number follows."""
    me, number = world.person(), world.number()
    word = world.pick("個人番号", "マイナンバー")
    lines = [
        world.pick("異動届", "資格取得届", "被扶養者届"),
        f"氏名 {me.name}",
        *word,
        _boxed(world, number),
        f"生年月日 {me.era_birth}",
    ]
    return _scan(world, lines, "異動届.pdf", "scan.tif")


@template("scan", source=READ)
def u_label_apart(world: World) -> Draft:
    """Letters of the label are set apart, with the digits on the next or the same line."""
    me = world.person()
    word = world.pick("個 人 番 号", "個　人　番　号", "マ イ ナ ン バ ー", "個　人　番号")
    gap = world.pick("\n", "　", " : ", "  ")
    lines = [
        "届　　出　　書",
        f"氏　　名　{me.name}",
        f"{word}{gap}{_boxed(world, world.number())}",
        f"住　　所　{me.address}",
    ]
    return _scan(world, lines, "届出書.pdf", "OCR.txt")


@template("scan", source=READ)
def u_small_print_between(world: World) -> Draft:
    """Instructions in small print stand between label and number."""
    me = world.person()
    small = world.sample(
        (
            "※黒のボールペンで記入してください",
            "（左詰めで記入）",
            "カードの裏面をご確認ください",
            "１２桁の番号を記入",
            "訂正は二重線で",
            "この欄は必ず記入してください。",
        ),
        world.rng.randint(1, 2),
    )
    lines = [
        world.pick("口座開設申込書", "補助金交付申請書", "講師登録票"),
        f"お名前　{me.name}",
        world.pick(*WORDS),
        *small,
        _boxed(world, world.number()),
        f"ご住所　〒{world.postcode()}　{me.address}",
    ]
    return _scan(world, lines, "申込書.pdf", "登録票.pdf")


@template("scan", source=READ)
def u_number_over_label(world: World) -> Draft:
    """The number stands over its label, which is in small print or in brackets."""
    me = world.person()
    word = world.pick(*WORDS)
    below = world.pick(f"（{word}）", f"({word})", f"↑{word}", f"{word}", f"[{word}]")
    lines = [
        world.pick("謝金領収書", "協力者台帳", "受取人届"),
        me.name,
        "（氏名）",
        _boxed(world, world.number()),
        below,
        me.address,
        "（住所）",
    ]
    return _scan(world, lines, "領収書.pdf", "台帳.pdf")


@template("scan", source="Cards, front and back, as recognised")
def u_card_with_noise(world: World) -> Draft:
    """A card's back among other words of it."""
    me, number = world.person(), world.number()
    wide = world.pick(grouped(number), grouped(number, "  "), full_width(grouped(number, "　")))
    noise = world.sample(("~", "QR", "IC", "■", "・", "ｌ", "JPN", "見"), world.rng.randint(0, 3))
    lines = [
        world.pick("個人番号", "マイナンバー", "個人番号 "),
        *noise,
        wide,
        f"氏名 {me.name}",
        f"{me.era_birth}生",
        "法律で認められた者以外が個人番号をコピーすることは禁止されています",
    ]
    return _scan(world, lines, "IMG_0012.pdf", "裏面.pdf", "scan0003.pdf")


@template("scan", source="Printed lists as recognised")
def u_list_with_wide_gaps(world: World) -> Draft:
    """A list of people, columns set by spaces of many widths, some values missing."""
    word = world.pick(*WORDS)
    gap = lambda: " " * world.rng.randint(2, 9)  # noqa: E731
    lines = ["社員名簿", f"No{gap()}氏名{gap()}{word}{gap()}生年月日"]
    for nth in range(world.rng.randint(3, 10)):
        one = world.person()
        has = not nth or world.chance(0.8)
        shown = world.pick(str, grouped)(world.number()) if has else world.pick("未提出", "-")
        lines.append(f"{nth + 1}{gap()}{one.name}{gap()}{shown}{gap()}{one.born:%Y.%m.%d}")
    lines.append(f"以上 {len(lines) - 2}名")
    return _scan(world, lines, "名簿.pdf", "list.pdf")


@template("scan", source="Printed lists as recognised")
def u_header_in_two_lines(world: World) -> Draft:
    """The columns' names take two lines, and so does each person."""
    gap = world.pick("　", "  ", "\t")
    lines = [
        "報酬等支払一覧表",
        f"氏名{gap}住所",
        f"{world.pick(*WORDS)}{gap}支払金額",
    ]
    for _ in world.many(2, 7):
        one = world.person()
        lines.append(f"{one.surname}{one.given}{gap}{one.address}")
        shown = world.pick(str, lambda n: grouped(n, "-"))(world.number())
        lines.append(f"{shown}{gap}{world.rng.randrange(10, 900) * 1000:,}")
    return _scan(world, lines, "支払一覧.pdf", "法定調書.pdf")


@template("scan", source=READ)
def u_sheet_of_copies(world: World) -> Draft:
    """A backing sheet: name, the number written by hand, a licence's number beside it."""
    me = world.person()
    licence = identifiers.licence(world.rng)
    lines = [
        world.pick("本人確認書類貼付台紙", "マイナンバー提出用台紙"),
        f"社員番号 {me.staff}　氏名 {me.name}",
        f"{world.pick(*WORDS)}{world.pick('：', '　', chr(10))}{typed(world, 0.1)}",
        "運転免許証",
        f"第 {licence} 号",
        f"交付 {me.era_birth}",
    ]
    return _scan(world, lines, "台紙.pdf", "scan_台紙.pdf")
