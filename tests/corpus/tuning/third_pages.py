"""Page texts: covers, requests for payment, applications, receipts, lists; and pages of others."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import called, kept, typed
from corpus.world import World
from corpus.writing import full_width, grouped, spaced

PAYEES = "Papers on which payees of fees, rents and prizes state their number"
DESKS = "Applications at banks, schools and town halls, as text layer or recognised"
OTHERS = "Pages that speak of the number but hold another one"
WORDS = ("個人番号", "マイナンバー", "個人番号（マイナンバー）", "マイナンバー（個人番号）")


def _inked(world: World, number: str) -> str:
    """The digits of a box on paper as a text layer or a recogniser gives them."""
    bars = spaced(number, "|")
    return world.pick(
        spaced(number),
        grouped(number),
        grouped(number, " - "),
        f"|{bars}|",
        f"[{spaced(number, '][')}]",
        spaced(number, " ¦ "),
        grouped(full_width(number), "　"),
        "  ".join(spaced(number[at : at + 4]) for at in (0, 4, 8)),
        f"｜{spaced(full_width(number), '｜')}｜",
        number,
    )


@template("scan", source=PAYEES)
def t_fax_cover(world: World) -> Draft:
    """A fax's cover with the number in its message, telephone numbers above."""
    me, shown, word = world.person(), typed(world, 0.2), world.pick(*WORDS)
    message = world.pick(
        f"ご依頼の{word}は下記の通りです。\n　{shown}",
        f"{word}　{shown}　（{me.name}）",
        f"{me.surname}の{word}をお知らせいたします。{shown}",
        f"{word}欄が空白でした。{shown}とご記入ください。",
    )
    lines = [
        world.pick("ＦＡＸ送付状", "FAX送信のご案内", "F A X"),
        f"送信先：{world.company()} 御中　FAX {world.phone()}",
        f"発信元：{me.name}　TEL {world.phone()}",
        f"日付：{world.day():%Y/%m/%d}　枚数：{world.rng.randint(1, 5)}（本状含む）",
        "□至急　□ご参考まで　☑ご確認ください",
        "",
        message,
    ]
    foot = f"\n{world.day():%Y-%m-%d} 10:22  FROM {world.phone()}  P.01/01"
    return kept(world, ("fax.pdf", "受信FAX.tif", "送付状.pdf"), Text("\n".join(lines) + foot))


@template("form", source=PAYEES)
def t_request_for_payment(world: World) -> Draft:
    """A fee's request form; the label stands left, right, above or in small print below."""
    me, shown, word = world.person(), _inked(world, world.number()), world.pick(*WORDS)
    place = world.pick("left", "right", "above", "below", "between")
    cell = {
        "left": [f"{word}　{shown}"],
        "right": [f"{shown}　←{word}"],
        "above": [f"{word}{world.pick('', '（12桁）', ' ※必須')}", shown],
        "below": [shown, f"({word}をご記入ください)"],
        "between": [
            word,
            world.pick("※法人の場合は法人番号", "右詰めで記入", "(個人の方のみ)"),
            shown,
        ],
    }[place]
    rows = [
        f"支払先　{me.name}　　フリガナ {me.kana}",
        f"住所　〒{world.postcode()}　{me.address}",
        *cell,
        f"振込先　銀行 {identifiers.digits(world.rng, 4)} 口座 {identifiers.digits(world.rng, 7)}",
        f"支払金額　￥{world.rng.randrange(5, 200) * 1000:,}－　源泉徴収 有・無",
        f"電話　{world.phone()}",
    ]
    title = world.pick("支払依頼書", "講師謝金請求書", "原稿料支払調書", "謝礼受領届")
    text = f"{title}\n{world.day():%Y年%m月%d日}\n" + "\n".join(rows)
    return kept(world, ("謝金.pdf", "支払依頼.pdf", "講師登録.docx"), Text(text, "page 1"))


@template("scan", source=DESKS)
def t_application_abreast(world: World) -> Draft:
    """Two columns: labels of both in one line, values of both in the next."""
    me, kin = world.person(), world.person()
    gap = world.pick("    ", "\t", "　　　", "  |  ")
    one, two = (_inked(world, world.number()) for _ in range(2))
    word = world.pick(*WORDS)
    lines = [
        world.pick("給付申請書", "就学支援金申請書", "児童手当認定請求書", "口座振替届"),
        f"申請者氏名{gap}配偶者氏名",
        f"{me.name}{gap}{kin.name}",
        f"{word}{gap}{word}",
        f"{one}{gap}{two}",
        f"電話番号{gap}電話番号",
        f"{world.phone()}{gap}{world.phone()}",
    ]
    return kept(world, ("申請書.pdf", "scan.pdf"), Text("\n".join(lines), "page 1"))


@template("scan", source=DESKS)
def t_boxes_recognised(world: World) -> Draft:
    """An application read off paper: rules, ticks and spaces inside words."""
    me, shown = world.person(), _inked(world, world.number())
    word = world.pick(
        "個 人 番 号", "個人 番号", "マイナンバ一", "マイ ナンバー", "個人番号", "個人番号:"
    )
    before = [f"氏 名 {me.name} ㊞", f"生年月日 ☑和暦 □西暦 {me.era_birth}", "性別 1.男 2.女"]
    after = [f"住 所 〒{world.postcode()} {me.address}", f"続柄 {world.pick('子', '本人')}"]
    between = world.pick(" ", "  ", "\n", " ︙ ", "│", "\n(12桁) ")
    rule = world.pick("―――――――――", "_ _ _ _ _", "+----+----+", "")
    text = "\n".join([*before, rule, f"{word}{between}{shown}", rule, *after])
    return kept(world, ("OCR結果.txt", "scan_0021.pdf"), Text(text, "page 1"))


@template("scan", source=PAYEES)
def t_payees_of_a_year(world: World) -> Draft:
    """A printed list of payees: each has two lines or one, totals at the foot."""
    word, two_lines = world.pick(*WORDS), world.chance(0.5)
    head = f"No　氏名{'　' * 4}{word}　　支払金額"
    lines = [f"{world.rng.randrange(2018, 2027)}年分　報酬・料金等　支払先一覧", head]
    total = 0
    for nth in world.many(3, 12):
        one, number, paid = world.person(), world.number(), world.rng.randrange(10, 900) * 1000
        total += paid
        shown = world.pick(number, grouped(number))
        facts = f"{nth + 1:>2}　{one.name}　　"
        tail = f"　{paid:,}"
        place = f"　　{one.address}\n" if two_lines else ""
        lines.append(f"{facts}{place}{'　　' if two_lines else ''}{shown}{tail}")
    lines.append(f"合計　{total:,}")
    lines.append(f"出力日 {world.day():%Y/%m/%d}　1 / 1 ページ")
    return kept(world, ("支払先一覧.pdf", "調書合計.pdf"), Text("\n".join(lines), "page 1"))


@template("form", source=PAYEES)
def t_letter_with_receipt(world: World) -> Draft:
    """A letter or a receipt; the number stands in its last lines, near the signature."""
    me, shown = world.person(), typed(world, 0.15)
    amount = world.rng.randrange(3, 400) * 1000
    body = world.pick(
        f"領 収 証\n{world.company()} 様\n\n￥{amount:,}－\n但 講演料として\n上記正に受領しました",
        f"拝啓　時下ますますご清栄のこととお慶び申し上げます。\n賃料月額 {amount:,}円の件、"
        "ご照会の事項を末尾に記載いたします。\n敬具",
        "委 任 状\n私は上記の者を代理人と定め、手続きに関する一切の権限を委任します。",
    )
    foot = [
        f"{world.day():%Y年%m月%d日}",
        f"住所 {me.address}",
        f"氏名 {me.name}　印",
        f"{called(world)}{world.pick('　', '：', ' ', '（12桁） ')}{shown}",
        f"電話 {world.phone()}",
    ]
    text = f"{body}\n\n" + "\n".join(foot)
    return kept(world, ("領収証.pdf", "letter.docx", "委任状.pdf"), Text(text))


@template("scan", source=DESKS)
def t_label_in_a_note(world: World) -> Draft:
    """The box has no label of its own; a note at the foot tells what it is."""
    me, shown = world.person(), _inked(world, world.number())
    word, mark = world.pick(*WORDS), world.pick("※1", "(注)", "*", "【注3】")
    lines = [
        world.pick("登録申込書", "加入届", "入学手続票"),
        f"氏名　{me.name}",
        f"番号{mark}　{shown}",
        f"住所　{me.address}",
        f"連絡先　{world.phone()}",
        "",
        f"{mark} {word}を記入してください。{world.pick('', '取得後は厳重に管理します。')}",
    ]
    return kept(world, ("申込書.pdf", "加入届.pdf"), Text("\n".join(lines)), labelled=False)


@template("scan", source=DESKS)
def t_page_foot(world: World) -> Draft:
    """A certificate's or a print's last line has the number in small print."""
    me, shown = world.person(), typed(world, 0.1)
    word = world.pick(*WORDS)
    foot = world.pick(
        f"{world.day():%Y/%m/%d} 印刷　{me.name}　{word}:{shown}　- 1 -",
        f"{word} {shown}　/　整理番号 {world.rng.randrange(10**5, 10**7)}",
        f"(控)　{word}＝{shown}　取扱者：{world.person().surname}",
    )
    body = [
        world.pick("所得証明書交付申請", "加入記録照会回答票", "配当金計算書"),
        f"{me.name} 様",
        f"対象年度　令和{world.rng.randint(1, 8)}年度",
        f"金額　{world.rng.randrange(10**5, 10**7):,}円",
        "上記のとおり相違ありません。",
    ]
    return kept(world, ("証明.pdf", "print.pdf"), Text("\n".join([*body, "", foot]), "page 1"))


@template("contract", source=OTHERS)
def t_terms_and_contract(world: World) -> Draft:
    """A contract with a clause on Individual Numbers and its own number at the foot."""
    number = world.random12(0.7)
    shown = world.pick(number, grouped(number, "-"), grouped(number))
    name = world.pick("契約番号", "証券番号", "お客様番号", "管理番号", "帳票番号")
    text = (
        f"業務委託契約書\n\n第1条　甲は乙に対し業務を委託する。\n"
        f"第2条　乙は、支払調書作成のため個人番号を別途書面にて甲に提供する。\n"
        f"第3条　甲は個人番号を法令に定める目的以外に利用しない。\n\n"
        f"甲　{world.company()}\n乙　{world.person().name}\n\n{name}　{shown}"
    )
    return kept(world, ("契約書.pdf", "委託契約.docx"), Text(text, "page 1"))


@template("licence", source=OTHERS)
def t_identity_paper_noted(world: World) -> Draft:
    """An application with an empty box for the number, and a licence as identity paper."""
    me, number = world.person(), world.other(identifiers.licence, 0.7)
    box = world.pick("□□□□ □□□□ □□□□", "（未記入）", "| | | | | | | | | | | | |", "別紙")
    text = (
        f"申込書\n氏名　{me.name}\n{world.pick(*WORDS)}　{box}\n生年月日　{me.era_birth}\n"
        f"本人確認書類　☑運転免許証　□パスポート\n"
        f"{world.pick('免許証番号', '運転免許証の番号', '免許証 番号')}　{_inked(world, number)}\n"
        f"住所　{me.address}\n"
    )
    return kept(world, ("申込書.pdf", "本人確認.pdf"), Text(text, "page 1"))


@template("invoice", source=OTHERS)
def t_corporate_receipt(world: World) -> Draft:
    """A firm's invoice on a form for either kind: the corporate number is in the box."""
    number = identifiers.corporate(world.rng)
    text = (
        f"請求書\n{world.company()}\n"
        f"{world.pick('個人番号又は法人番号', '法人番号（個人の場合は個人番号）')}　"
        f"{world.pick(number, spaced(number), f'{number[0]}-{grouped(number[1:], chr(45))}')}\n"
        f"登録番号　T{number}\n請求書番号　{world.random12(0.7)}\n"
        f"金額　{world.rng.randrange(10**4, 10**7):,}円\nTEL {world.phone()}\n"
    )
    return kept(world, ("請求書.pdf", "invoice.pdf"), Text(text, "page 1"))
