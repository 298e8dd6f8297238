"""What text recognition and codes give for scanned cards, notices and copies."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import LABELS, paragraph, where
from corpus.world import World
from corpus.writing import full_width, grouped, spaced, written

CARD = "J-LIS, kojinbango-card.go.jp: card and notices"
SCAN = "Text layers of scanned papers"


def _printed(world: World, number: str) -> str:
    """4-4-4 as printed, with the blanks that recognition makes of it."""
    return world.pick(
        grouped(number),
        grouped(number),
        grouped(number, "  "),
        grouped(number, "　"),
        full_width(grouped(number, "　")),
        spaced(number),
        number,
    )


@template("scan", source=CARD)
def notification_card_scan(world: World) -> Draft:
    """通知カード, perhaps of a whole family on one copy."""
    lines: list[str] = []
    me = world.person()
    for _ in world.many(1, 4):
        one = world.person(me.surname)
        number = _printed(world, world.number())
        lines += ["通知カード"] if world.chance(0.9) else ["通 知 カ ー ド"]
        lines += world.pick(
            [f"個人番号 {number}", f"氏名 {one.name}", f"住所 {me.address}"],
            ["個人番号", number, "氏名", one.name, "住所", me.address],
            [number, f"個人番号　氏名　{one.name}", me.address],
        )
        lines += [
            f"{one.era_birth}生　性別 {world.pick('男', '女')}",
            f"発行日 平成{world.rng.randint(27, 31)}年11月2日",
        ]
        lines += ["○○市長"] if world.chance(0.5) else []
    name = world.pick("scan_0031.pdf", "通知カード.pdf", "IMG_2041.pdf", f"{me.surname}様 写し.pdf")
    return Draft([Text("\n".join(lines), "page 1")], where(world, name))


@template("scan", source=CARD)
def number_notice_scan(world: World) -> Draft:
    """個人番号通知書."""
    me = world.person()
    number = _printed(world, world.number())
    lines = [
        "個人番号通知書",
        f"あなたの個人番号（マイナンバー）は{world.pick('', '次のとおりです。')}",
        f"個人番号　{number}" if world.chance(0.5) else number,
        f"氏名　{me.name}　生年月日　{me.era_birth}",
        (
            f"発行日　令和{world.rng.randint(2, 8)}年{world.rng.randint(1, 12)}月"
            f"{world.rng.randint(1, 28)}日"
        ),
        "この通知書は、個人番号を証明する書類や身分証明書として利用することはできません。",
        (
            f"コールセンター　0120-{world.rng.randint(10, 99)}-0178　申請書ID "
            f"{identifiers.digits(world.rng, 23)}"
        ),
    ]
    return Draft(
        [Text("\n".join(lines), "page 1")], where(world, world.pick("通知書.pdf", "scan.pdf"))
    )


@template("scan", source="J-LIS: the code on the card's back holds the twelve digits")
def card_back_scan(world: World) -> Draft:
    """Back of the card: printed number, and the code beside it."""
    me, number = world.person(), world.number()
    lines = [
        "個人番号カード" if world.chance(0.6) else "マイナンバーカード（裏面）",
        f"{world.pick('個人番号 ', '')}{_printed(world, number)}",
        f"氏名 {me.name}",
        f"{me.era_birth}生",
        "この面をコピーしたり記録することは法律で認められた場合を除き禁止されています",
    ]
    if world.chance(0.3):
        lines[1], lines[2] = lines[2], lines[1]
    segments = [Text("\n".join(lines), "page 1")]
    if world.chance(0.5):
        segments.append(Text(number, "page 1 › QR code"))
    return Draft(
        segments, where(world, world.pick("card_ura.pdf", "マイナカード裏.pdf", "IMG_0007.pdf"))
    )


@template("scan", source="Municipal offices: copy of the resident record")
def resident_record_scan(world: World) -> Draft:
    """住民票の写し that was asked for with the number."""
    me = world.person()
    people = [me, *[world.person(me.surname) for _ in world.many(0, 3)]]
    shows_code = world.chance(0.5)
    lines = ["住　民　票", f"世帯主　{me.name}", f"住所　{me.address}", ""]
    for one in people:
        lines += [
            f"氏名　{one.name}　　{one.era_birth}生　続柄　{world.pick('世帯主', '妻', '子')}",
            f"個人番号　{_printed(world, world.number())}",
            f"住民票コード　{world.resident_code() if shows_code else '省略'}",
            f"本籍　{world.pick('省略', one.address)}　筆頭者　{world.pick('省略', me.name)}",
        ]
    lines.append(
        f"この写しは、世帯全員の住民票の原本と相違ないことを証明する。　第"
        f"{world.rng.randint(1, 99999)}号"
    )
    return Draft(
        [Text("\n".join(lines), "page 1")], where(world, world.pick("住民票.pdf", "jyuminhyo.pdf"))
    )


@template("scan", source="Employers' backing sheet for copies of identity papers")
def backing_sheet_scan(world: World) -> Draft:
    """本人確認書類 貼付台紙 with a licence and the number on one sheet."""
    me, licence = world.person(), world.other(identifiers.licence, hard=0.5)
    label = world.pick("個人番号", "マイナンバー", "個人番号カード　個人番号")
    mine = [f"【番号確認】{label} {_printed(world, world.number())}", f"氏名 {me.name}"]
    theirs = [
        f"【身元確認】運転免許証　氏名 {me.name}　{me.era_birth}生",
        f"交付 令和0{world.rng.randint(2, 7)}年05月11日 {world.rng.randint(10000, 99999)}",
        world.pick(f"第 {licence} 号", f"免許証番号 第{licence}号", f"番号 第 {licence} 号"),
        f"{world.pick('東京都', '大阪府', '福岡県')}公安委員会",
    ]
    blocks = [mine, theirs] if world.chance(0.5) else [theirs, mine]
    head = world.pick("本人確認書類貼付台紙", "マイナンバー・身元確認書類 台紙", "確認書類 貼付欄")
    text = "\n\n".join([f"{head}\n社員番号 {me.staff}", *("\n".join(block) for block in blocks)])
    return Draft([Text(text, "page 1")], where(world, world.pick("台紙.pdf", "本人確認書類.pdf")))


@template("scan", source=SCAN)
def digit_a_line_scan(world: World) -> Draft:
    """Boxes whose digits came out one a line."""
    me, number = world.person(), world.number()
    gap = world.pick("\n", "\n", "\n", " \n", "\n\n")
    digits = gap.join(full_width(number) if world.chance(0.2) else number)
    label = world.pick("個人番号", "あなたの個人番号", "個\n人\n番\n号", "マイナンバー")
    before = world.pick(
        f"氏名\n{me.name}\n",
        f"フリガナ\n{me.kana}\n氏名\n{me.name}\n生年月日\n{me.era_birth}\n",
        "",
    )
    after = world.pick(
        f"\n住所\n{me.address}", "\n続柄\n本人", "\n㊞", f"\n令和\n{world.rng.randint(2, 8)}\n年"
    )
    head = world.pick(
        "給与所得者の扶養控除等（異動）申告書", "資格取得届", "退職所得申告書", "届出書"
    )
    text = f"{head}\n{before}{label}\n{digits}{after}"
    return Draft([Text(text, "page 1")], where(world, "scan_form.pdf", personnel=True))


@template("scan", source=SCAN)
def misread_scan(world: World) -> Draft:
    """A form where recognition took a letter for a digit."""
    lines = [world.pick("個人番号届出書", "マイナンバー記入用紙", "資格取得届（控）")]
    lookalike = {"0": world.pick("O", "o"), "1": world.pick("l", "I"), "8": "B", "5": "S"}
    for _ in world.many(1, 3):
        one = world.person()
        number = world.number()
        spots = [at for at, digit in enumerate(number) if digit in lookalike]
        marks = list(number)
        for at in world.sample(spots, world.pick(0, 1, 1, 2)):
            marks[at] = lookalike[number[at]]
        lines += [
            f"氏名 {one.name}",
            f"個人番号 {grouped(''.join(marks), world.pick(' ', '', '-'))}",
        ]
    return Draft([Text("\n".join(lines), "page 1")], where(world, "ocr_output.pdf", personnel=True))


@template("scan", source=SCAN)
def letter_scan(world: World) -> Draft:
    """A letter on paper with a number somewhere in its pages."""
    me = world.person()
    pages = [paragraph(world, 5, 9) for _ in world.many(1, 4)]
    number = written(world, world.number(), odd=0.4)
    label = world.pick(*LABELS)
    sentence = world.pick(
        f"なお、{me.surname}の{label}は{number}でございます。",
        f"ご依頼のありました{label}につきましては、{number}となりますのでご査収ください。",
        f"記\n１．氏名　{me.name}\n２．{label}　{number}\n３．住所　{me.address}\n以上",
        f"（{label} {number}）の件、{me.name}より届出がありました。",
    )
    at = world.rng.randrange(len(pages))
    pages[at] = f"{pages[at]}\n{sentence}\n{paragraph(world, 2, 4)}"
    segments = [Text(page, f"page {nth}") for nth, page in enumerate(pages, 1)]
    return Draft(segments, where(world, world.pick("書簡.pdf", "回答書.pdf", "20240311_文書.pdf")))


@template("scan", source=SCAN)
def code_only_picture(world: World) -> Draft:
    """A photograph of the card's back: nothing but what its code says."""
    name = world.pick("IMG_4410.jpg", "マイナンバーカード裏面.jpg", "card.png", "LINE_ALBUM_01.jpg")
    return Draft([Text(world.number(), "QR code")], where(world, name), labelled=False)


@template("scan", source="Public tax form, final return")
def tax_return_scan(world: World) -> Draft:
    """確定申告書: number in boxes, bank account and reference number beside it."""
    me, number = world.person(), world.number()
    gap = world.pick(" ", "", "  ", "|")
    lines = [
        (
            f"令和０{world.rng.randint(1, 8)}年分の所得税及び復興特別所得税の"
            f"{world.pick('', '確定')}申告書"
        ),
        f"納税地 〒{world.postcode()} 個人番号 {spaced(number, gap)} 生年月日 {me.era_birth}",
        f"現在の住所 {me.address} フリガナ {me.kana} 氏名 {me.name}",
        f"整理番号 {identifiers.digits(world.rng, 8)} 電話番号 {world.phone()}",
        f"収入金額等 給与 {world.rng.randrange(10**6, 10**7):,}",
        f"還付される税金の受取場所 ○○銀行 本店 普通 口座番号 {identifiers.digits(world.rng, 7)}",
    ]
    if world.chance(0.5):
        kin = world.person(me.surname)
        lines.append(
            f"配偶者や親族に関する事項 {kin.name} 個人番号 {_printed(world, world.number())} 配偶者"
        )
    return Draft(
        [Text("\n".join(lines), "page 1")],
        where(world, world.pick("確定申告.pdf", "r6shinkoku.pdf")),
    )
