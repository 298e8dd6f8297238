"""Pages of the shapes of the fourth set whose numbers of twelve digits are other ones."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import grouped, spaced

OTHER = "Forms and lists on which the number is absent, and another has twelve digits"
WORDS = ("個人番号", "マイナンバー", "個人番号（マイナンバー）", "個人番号(12桁)")
NAMES = ("受付番号", "整理番号", "契約番号", "証券番号", "お客様番号", "認定番号", "申込番号")


def _other(world: World) -> str:
    number = world.random12(0.7)
    return world.pick(number, grouped(number), grouped(number, "-"), spaced(number))


def _page(world: World, lines: list[str], *names: str) -> Draft:
    return kept(world, names, Text("\n".join(lines), "page 1"))


@template("form", source=OTHER)
def u_blocks_of_another(world: World) -> Draft:
    """A block of labels and one of values; the number is left out, another is in its place."""
    me = world.person()
    pairs = [
        ("氏名", me.name),
        (
            world.pick(*WORDS),
            world.pick("記載省略", "（別紙）", "＊＊＊＊＊＊＊＊＊＊＊＊", "提出済"),
        ),
        (world.pick(*NAMES), _other(world)),
        ("住所", me.address),
        ("電話番号", world.phone()),
    ]
    world.rng.shuffle(pairs)
    lines = ["届出書", *(name for name, _ in pairs), *world.pick([], [""])]
    return _page(world, [*lines, *(value for _, value in pairs)], "届出書.pdf", "控.pdf")


@template("form", source=OTHER)
def u_values_first_of_another(world: World) -> Draft:
    """Values first, then labels; one of them is another number's."""
    me = world.person()
    pairs = [
        ("氏名", me.name),
        (world.pick(*NAMES), _other(world)),
        ("生年月日", me.era_birth),
        ("住所", me.address),
    ]
    world.rng.shuffle(pairs)
    tail = world.pick("※マイナンバーの提出は不要です。", "個人番号は窓口で確認しました。", "")
    lines = [*(value for _, value in pairs), *(name for name, _ in pairs), tail]
    return _page(world, lines, "登録票.pdf", "print.pdf")


@template("form", source=OTHER)
def u_columns_of_another(world: World) -> Draft:
    """Two columns abreast; the number's is empty, the other's is full."""
    me = world.person()
    gap = world.pick("　　", "    ", "\t")
    name, word = world.pick(*NAMES), world.pick(*WORDS)
    lines = [
        "給付申請書（控）",
        f"氏名{gap}{me.name}",
        f"{name}　{_other(world)}{gap}{word}　{world.pick('（省略）', '□□□□□□□□□□□□', '')}",
        f"電話　{world.phone()}{gap}FAX　{world.phone()}",
    ]
    return _page(world, lines, "申請書.pdf", "給付.pdf")


@template("form", source=OTHER)
def u_slip_handed_out(world: World) -> Draft:
    """A slip for the payee: no number on it, but others of twelve and thirteen digits."""
    me = world.person()
    corporate = identifiers.corporate(world.rng)
    lines = [
        f"令和{world.rng.randint(1, 8)}年分　給与所得の源泉徴収票（受給者交付用）",
        f"氏名　{me.name}　住所　{me.address}",
        f"支払金額　{world.rng.randrange(10**6, 10**7):,}円",
        f"支払者　{world.company()}　法人番号　{world.pick(corporate, spaced(corporate))}",
        f"整理番号　{world.random12(0.7)}",
        "※本紙には個人番号は記載されません。",
    ]
    return _page(world, lines, "源泉徴収票.pdf", "slip.pdf")


@template("form", source=OTHER)
def u_foot_of_a_form(world: World) -> Draft:
    """The box of the number is empty; the form's own number stands at the foot."""
    word = world.pick(*WORDS)
    empty = world.pick(
        "□□□□ □□□□ □□□□", "|  |  |  |  |  |  |  |  |  |  |  |  |", "", "＿＿＿＿＿＿"
    )
    foot = world.pick(
        f"様式番号 {world.random12(0.7)}",
        f"帳票ID {world.random12(0.7)}  1/2",
        f"*{world.random12(0.7)}*",
        f"{world.other(identifiers.timestamp, 0.6)}  P.1",
    )
    lines = ["扶養控除等申告書", "氏名　", f"{word}　{empty}", "住所　", "", "注意事項", foot]
    return _page(world, lines, "様式.pdf", "blank_form.pdf")


@template("licence", source=OTHER)
def u_ticked_other_paper(world: World) -> Draft:
    """Number papers were ticked; the number written down is the licence's."""
    me, licence = world.person(), world.other(identifiers.licence, 0.7)
    lines = [
        world.pick("本人確認記録", "番号確認・身元確認 記録票"),
        f"氏名　{me.name}",
        "番号確認　☑個人番号カード（写しは取得しない）",
        "身元確認　☑運転免許証",
        world.pick(
            f"免許証番号　{licence}", f"運転免許証番号\n{licence}", f"免許証の番号：{licence}"
        ),
        f"確認日　{world.day():%Y/%m/%d}",
    ]
    return _page(world, lines, "本人確認.pdf", "記録.pdf")


@template("register", source=OTHER)
def u_list_of_others(world: World) -> Draft:
    """A printed list under a title on the matter; its column is another number's."""
    gap = world.pick("　", "   ", "\t")
    name = world.pick(*NAMES, "送り状番号", "カード製造番号")
    lines = [
        world.pick("マイナンバー提出状況一覧", "個人番号届 受付簿", "マイナンバーカード申請一覧"),
        gap.join(["No", "氏名", name, world.pick("マイナンバー", "個人番号", "状況")]),
    ]
    lines += [
        gap.join(
            [str(nth + 1), world.person().surname, world.random12(0.3), world.pick("済", "未")]
        )
        for nth in world.many(3, 12)
    ]
    return _page(world, lines, "受付簿.pdf", "一覧.pdf")


@template("scan", source=OTHER)
def u_over_another_label(world: World) -> Draft:
    """Numbers stand over their labels; the one of twelve digits is another."""
    me, word = world.person(), world.pick(*WORDS)
    lines = [
        world.pick("会員証", "受取人届", "加入者台帳"),
        me.name,
        "（氏名）",
        _other(world),
        f"（{world.pick(*NAMES)}）",
        world.pick("窓口で提示", "別紙"),
        f"（{word}）",
    ]
    return _page(world, lines, "台帳.pdf", "会員証.pdf")


@template("digits", source=OTHER)
def u_digits_down_a_page(world: World) -> Draft:
    """Twelve lines of one digit that are scores or counts, on a page about a course."""
    digits = world.random12(0.7)
    head = world.pick("得点", "回答", "人数", "評価")
    lines = [
        world.pick("マイナンバー研修 理解度テスト", "個人番号取扱い研修 アンケート"),
        f"氏名 {world.person().name}",
        head,
        *digits,
        f"合計 {sum(map(int, digits))}",
    ]
    return _page(world, lines, "テスト.pdf", "研修.pdf")
