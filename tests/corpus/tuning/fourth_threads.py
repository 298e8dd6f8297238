"""Mails with forms in them: web forms forwarded, HTML tables as text, families, offices' lists."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import called, inbox, typed
from corpus.world import World
from corpus.writing import full_width, grouped

FORWARDED = "Web forms and templates that reach an office by mail"
FAMILY = "Facts on dependants, as staff send them"
OFFICES = "Offices to their labour and tax consultants"
WORDS = ("マイナンバー", "個人番号", "マイナンバー（個人番号）", "個人番号（12桁）")
KIN = ("妻", "夫", "長男", "長女", "次男", "母", "父", "義母")


def _show(world: World) -> str:
    number = world.number()
    return world.pick(number, grouped(number), grouped(number, "-"), full_width(number))


@template("mail", source=FORWARDED)
def u_web_form_sent(world: World) -> Draft:
    """All fields of a web form, the number among them."""
    me = world.person()
    open_, close = world.pick(("■", ""), ("【", "】"), ("[", "]"), ("▼", ""), ("", ""))
    gap = world.pick("\n", "：", " : ", "\n　")
    fields = [
        ("お名前", me.name),
        ("フリガナ", me.kana),
        (world.pick(*WORDS, "マイナンバー(半角数字)"), typed(world, 0.1)),
        ("電話番号", world.phone()),
        ("メールアドレス", world.mail(me)),
        ("お申込み内容", world.pick("講師登録", "謝金受取", "アルバイト登録")),
    ]
    body = world.pick("\n", "\n\n").join(
        f"{open_}{name}{close}{gap}{value}" for name, value in fields
    )
    text = (
        f"以下の内容が送信されました。\n受付：{world.day():%Y-%m-%d} 10:12\n\n{body}\n\n"
        f"IP: 203.0.113.{world.rng.randrange(255)}\n"
    )
    return inbox(world, me, "【フォーム】新しい回答", Text(text))


@template("mail", source=FORWARDED)
def u_html_cells_as_lines(world: World) -> Draft:
    """A table of an HTML mail: each cell is a line, with blank lines between."""
    me = world.person()
    pairs = [
        ("氏名", me.name),
        ("生年月日", me.era_birth),
        (world.pick(*WORDS), _show(world)),
        ("口座", f"普通 {identifiers.digits(world.rng, 7)}"),
        ("続柄", "本人"),
    ]
    world.rng.shuffle(pairs)
    gap = world.pick("\n\n", "\n", "\n \n", "\n\u00a0\n")
    text = "お世話になります。\n下表をご確認ください。\n\n" + gap.join(
        cell for pair in pairs for cell in pair
    )
    return inbox(world, me, "登録内容のご確認", Text(text))


@template("mail", source=FORWARDED)
def u_html_table_by_rows(world: World) -> Draft:
    """A table of several people: the header's cells, then each row's, a line a cell."""
    me, word = world.person(), world.pick(*WORDS)
    heads = ["氏名", world.pick("続柄", "区分"), word]
    rows = [
        [world.person().name, world.pick("本人", "子", "配偶者"), _show(world)]
        for _ in world.many(2, 5)
    ]
    gap = world.pick("\n", "\n\n")
    body = gap.join(cell for row in [heads, *rows] for cell in row)
    text = f"お疲れ様です。\n\n{body}\n\n以上、よろしくお願いします。\n{me.surname}"
    return inbox(world, me, world.pick("扶養の件", "一覧送付"), Text(text))


@template("mail", source=FAMILY, weight=1.5)
def u_family_in_lines(world: World) -> Draft:
    """A sentence, perhaps a blank line, and a line for each of the family."""
    me, word = world.person(), world.pick(*WORDS)
    kins = world.sample(KIN, world.rng.randint(1, 4))
    gap = world.pick("：", "　", " ", "・・・", " → ", "、", "は")
    named = world.chance(0.5)
    lines = [
        (f"{kin}（{world.person(me.surname).given}）" if named else kin) + gap + typed(world, 0.1)
        for kin in kins
    ]
    if world.chance(0.5):
        lines.insert(0, f"{world.pick('私', '本人', me.surname)}{gap}{typed(world, 0.1)}")
    head = world.pick(
        f"扶養家族の{word}をお送りします。",
        f"{word}は以下の通りになります。",
        f"家族分の{word}です。ご確認ください。",
        f"お問い合わせの{word}について回答いたします。",
    )
    text = f"{head}\n{world.pick('', chr(10))}" + "\n".join(lines) + f"\n\n{me.surname}"
    return inbox(world, me, world.pick("家族について", "年末調整", "扶養追加"), Text(text))


@template("mail", source=FAMILY)
def u_family_in_a_sentence(world: World) -> Draft:
    """Everybody in one sentence or paragraph."""
    me, kin, child = (world.person() for _ in range(3))
    word = world.pick(*WORDS)
    mine, theirs, third = (typed(world, 0.1) for _ in range(3))
    text = world.pick(
        f"私の{word}は{mine}、妻の{kin.given}は{theirs}、長女の{child.given}は{third}です。",
        f"{word}ですが、本人が{mine}、配偶者が{theirs}、子が{third}となります。",
        f"{me.given} {mine}、{kin.given} {theirs}、{child.given} {third}（いずれも{word}）",
        f"{word}：{mine}（本人）、{theirs}（妻）、{third}（長男）",
    )
    return inbox(world, me, world.pick("扶養", "Re: 家族構成"), Text(f"お疲れ様です。\n{text}"))


@template("mail", source=FAMILY)
def u_family_blocks(world: World) -> Draft:
    """A block of facts for each of the family, the number sometimes missing."""
    me = world.person()
    word, gap = world.pick(*WORDS), world.pick("：", "　", ": ")
    blocks = []
    for nth, kin in enumerate(["本人", *world.sample(KIN, world.rng.randint(1, 3))]):
        one = world.person(me.surname)
        has = not nth or world.chance(0.7)
        blocks.append(
            f"{world.pick('◆', '■', '')}{kin}\n氏名{gap}{one.name}\n生年月日{gap}{one.era_birth}\n"
            f"{word}{gap}{typed(world, 0.1) if has else world.pick('後日提出', '取得中', '')}\n"
            f"年収{gap}{world.rng.randrange(0, 103)}万円"
        )
    return inbox(world, me, "扶養控除の件", Text("\n\n".join(blocks) + f"\n\n{me.surname}"))


@template("mail", source=OFFICES)
def u_to_consultant(world: World) -> Draft:
    """Somebody joins: all their numbers in a list, one of them the number."""
    me, new = world.person(), world.person()
    facts = [
        f"氏名　{new.name}（{new.kana}）",
        f"生年月日　{new.era_birth}",
        f"基礎年金番号　{identifiers.pension(world.rng)}",
        f"雇用保険　{identifiers.insurance(world.rng)}",
        f"{world.pick(*WORDS, 'MN', '個人No')}　{typed(world, 0.2)}",
        f"給与　月給{world.rng.randrange(180, 400)},000円",
        f"入社　{world.day():%m/%d}",
    ]
    world.rng.shuffle(facts)
    text = "先生\n\n下記のとおり1名入社します。手続きをお願いします。\n\n" + "\n".join(facts)
    return inbox(world, me, world.pick("入社手続き", "資格取得依頼"), Text(text))


@template("mail", source=OFFICES)
def u_roster_in_columns(world: World) -> Draft:
    """Columns typed with spaces that do not line up."""
    me, word = world.person(), world.pick(*WORDS)
    gap = world.pick("　", "　　", "  ", "\t")
    heads = world.pick(["氏名", "生年月日", word], ["No", "氏名", word], ["氏名", word, "備考"])
    lines = [gap.join(heads)]
    for nth in world.many(2, 8):
        one = world.person()
        facts = {
            "No": str(nth + 1),
            "氏名": one.surname + one.given,
            "生年月日": f"{one.born:%Y/%m/%d}",
            word: _show(world).replace(" ", ""),
            "備考": world.pick("新規", "変更", "継続"),
        }
        lines.append(gap.join(facts[head] for head in heads))
    text = (
        "対象者は次の通りです。\n\n" + "\n".join(lines) + f"\n\n計{len(lines) - 1}名\n{me.surname}"
    )
    return inbox(world, me, world.pick("対象者リスト", "今月分"), Text(text))


@template("mail", source=OFFICES)
def u_names_over_numbers(world: World) -> Draft:
    """A heading, then name and number on lines in turn."""
    me, word = world.person(), world.pick(*WORDS)
    blank = world.pick("\n", "\n\n")
    entries = [
        f"{world.pick('', '・')}{world.person().name}{world.pick('', ' 様')}\n{_show(world)}"
        for _ in world.many(2, 6)
    ]
    head = world.pick(f"■{word}一覧", f"今月入社者の{word}", f"{word}を送ります。")
    text = f"{head}\n\n" + blank.join(entries) + f"\n\n{me.surname}"
    return inbox(world, me, world.pick("入社者", "ご報告"), Text(text))


@template("mail", source=OFFICES)
def u_two_numbers_each(world: World) -> Draft:
    """Each has a staff number or a contract number of twelve digits beside the number."""
    me, word = world.person(), world.pick(*WORDS)
    other = world.pick("契約番号", "整理番号", "受付番号")
    lines = [
        f"{world.person().name} {other}:{world.random12(0.6)} {word}:{_show(world)}"
        for _ in world.many(1, 5)
    ]
    if world.chance(0.4):
        lines = [line.replace(" ", "\n", 1) for line in lines]
    return inbox(world, me, "契約者の件", Text(f"{called(world)}の登録依頼\n\n" + "\n".join(lines)))
