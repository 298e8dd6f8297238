"""Numbers that are told in pieces or set in unusual marks, in mails and on pages."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.second_frame import inbox, kept
from corpus.world import World
from corpus.writing import full_width, grouped, spaced

TOLD = "How people spell a number out for a reader"
WORDS = ("マイナンバー", "個人番号", "マイナンバー（個人番号）")


def _parts(number: str) -> tuple[str, str, str]:
    return number[:4], number[4:8], number[8:]


@template("mail", source=TOLD)
def u_told_in_pieces(world: World) -> Draft:
    """First, second and last four digits, each with a word."""
    me, word = world.person(), world.pick(*WORDS)
    one, two, three = _parts(world.number())
    line = world.pick(
        f"最初の4桁が{one}、次が{two}、最後が{three}です。",
        f"上{one} 中{two} 下{three}",
        f"{one}、そのあと{two}、最後に{three}となります。",
        f"一つ目 {one}\n二つ目 {two}\n三つ目 {three}",
        f"「{one}」「{two}」「{three}」の順です。",
    )
    text = f"お疲れ様です。\n{word}は{world.pick('', chr(10))}{line}\n\n{me.surname}"
    return inbox(world, me, world.pick("番号の件", "Re: 確認"), Text(text))


@template("mail", source=TOLD)
def u_unusual_marks(world: World) -> Draft:
    """Commas, slashes, equals signs, brackets or stars between the groups."""
    me, word, number = world.person(), world.pick(*WORDS), world.number()
    one, two, three = _parts(number)
    shown = world.pick(
        f"{one},{two},{three}",
        f"{one}/{two}/{three}",
        f"{one}={two}={three}",
        f"**{one}** **{two}** **{three}**",
        f"（{one}）（{two}）（{three}）",
        f"{number[:6]} {number[6:]}",
        " ".join(number[at : at + 3] for at in range(0, 12, 3)),
        f"{one}－{two}ー{three}",
        f"<{one}-{two}-{three}>",
    )
    intro = world.pick("は", "は以下のとおりです。\n", "：", "をお伝えします。→", "（本人分）は、")
    text = f"お世話になっております。\n{word}{intro}{shown}\n\n{me.surname}"
    return inbox(world, me, "ご連絡", Text(text))


@template("mail", source=TOLD)
def u_quoted_and_broken(world: World) -> Draft:
    """A quoted line that was broken, with the mark of the quote within the number."""
    me, word, number = world.person(), world.pick(*WORDS), world.number()
    mark, gap = world.pick("> ", ">", ">> "), world.pick(" ", "-")
    one, two, three = _parts(number)
    cut = world.pick(f"{one}{gap}{two}\n{mark}{three}", f"{one}\n{mark}{two}{gap}{three}")
    head = world.pick(f"{word}：", f"私の{word}は", f"{word}をお送りします。\n{mark}")
    text = f"了解しました。\n\n{mark}お世話になります。\n{mark}{head}{cut}\n{mark}{me.surname}"
    return inbox(world, me, "Re: ご連絡", Text(text))


@template("mail", source="Raw text of mails, with its soft line breaks")
def u_soft_breaks(world: World) -> Draft:
    """Quoted-printable text: an equals sign ends a line within the number."""
    me, word, number = world.person(), world.pick("My Number", "MyNumber"), world.number()
    shown = world.pick(grouped(number), number, grouped(number, "-"))
    at = world.rng.randint(4, len(shown) - 4)
    text = (
        f"Content-Transfer-Encoding: quoted-printable\n\nDear HR,\n"
        f"Here is my {word}: {shown[:at]}=\n{shown[at:]}\nRegards,\n{me.roman}"
    )
    return inbox(world, me, "My documents", Text(text))


@template("pdf", source=TOLD)
def u_words_then_boxes(world: World) -> Draft:
    """Between label and boxes stand words; the boxes have gaps of two widths."""
    me, word, number = world.person(), world.pick(*WORDS), world.number()
    boxes = world.pick(
        "  ".join(spaced(part) for part in _parts(number)),
        " - ".join(spaced(part) for part in _parts(number)),
        full_width("　　".join(spaced(part, "　") for part in _parts(number))),
        " | ".join(spaced(part) for part in _parts(number)),
    )
    words = world.pick("（本人）左詰めで記入 ", "\n※12桁を記入してください\n", " 1マスに1字 ", "　")
    lines = ["届出書", f"氏名 {me.name}", f"{word}{words}{boxes}", f"住所 {me.address}"]
    return kept(world, ("届出書.pdf", "scan.pdf"), Text("\n".join(lines), "page 1"))


@template("phone", source=TOLD)
def u_other_pieces(world: World) -> Draft:
    """The number will be told by phone; other groups of four stand in the sentence."""
    me, word = world.person(), world.pick(*WORDS)
    digits = [f"{world.rng.randrange(1000, 10000)}" for _ in range(3)]
    line = world.pick(
        f"は電話でお伝えします。内線{digits[0]}か{digits[1]}、または{digits[2]}へ。",
        f"は未記入です。部屋番号は{digits[0]}、{digits[1]}、{digits[2]}の順に回ってください。",
        f"の件、伝票{digits[0]}、{digits[1]}、{digits[2]}を確認中です。",
    )
    return inbox(world, me, "Re: 確認", Text(f"{word}{line}\n{me.surname}"))
