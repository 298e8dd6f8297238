"""Prose about the My Number without a number of anybody: rules, guides, questions and answers."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import paragraph, where
from corpus.world import World
from corpus.writing import grouped, spaced

RULES = "Handling rules and privacy policies of employers"
_PROSE = (
    "当社は、個人番号及び特定個人情報（以下「特定個人情報等」という。）の適正な取扱いを確保します。",
    "個人番号は、番号法で定められた事務以外の目的で利用してはならない。",
    "従業員等は、マイナンバーの提供を求められたときは、速やかにこれに応じるものとする。",
    "特定個人情報等の漏えい、滅失又は毀損の防止のため、組織的、人的、物理的及び技術的安全管理措置を講じる。",
    "保存期間を経過した場合は、個人番号をできるだけ速やかに廃棄又は削除する。",
    "マイナンバーは12桁の番号で、住民票を有する全ての方に通知されます。",
    "マイナンバーカードの裏面のコピーを取る場合は、法令で認められた者に限ります。",
    "個人番号関係事務を処理するために必要がある場合に限り、個人番号の提供を求めることができる（第14条）。",
    "マイナポータルからお申し込みいただけます。",
)


def _prose(world: World, low: int, high: int) -> list[str]:
    parts = []
    for nth in world.many(low, high):
        text = world.pick(world.pick(*_PROSE), world.pick(*_PROSE), paragraph(world, 1, 4))
        parts.append(world.pick(f"第{nth + 1}条　{text}", text, f"{nth + 1}. {text}"))
    return parts


def _where(world: World, *names: str) -> tuple[str, ...]:
    return where(world, world.pick(*names))


@template("policy", source=RULES, weight=3)
def privacy_policy(world: World) -> Draft:
    """マイナンバーを取得します … お問い合わせ番号."""
    number = world.random12(0.8)
    tail = world.pick(
        f"お問い合わせ番号：{number}",
        f"本件に関するお問い合わせ　受付番号 {grouped(number, '-')}",
        f"認定番号　{number}",
        f"プライバシーマーク登録番号 第{number}号",
        f"文書管理番号：{number}",
        f"苦情受付窓口 {world.phone()}（整理番号 {number}）",
        f"法人番号：{identifiers.corporate(world.rng)}",
        f"届出電気通信事業者 届出番号 {number}",
    )
    parts = [
        world.pick("個人情報保護方針", "特定個人情報等取扱規程", "プライバシーポリシー"),
        *_prose(world, 2, 14),
    ]
    parts.insert(world.pick(len(parts), len(parts), 1), tail)
    return Draft(
        [Text("\n".join(parts))],
        _where(world, "方針.docx", "特定個人情報取扱規程.docx", "policy.html"),
    )


@template("sample", source="Manuals and form guides with published samples", weight=3)
def form_guide(world: World) -> Draft:
    """How to fill in a form, with a number that is nobody's."""
    sample = world.pick("123456789012", "123456789018", "000000000000", "111111111111")
    shown = world.pick(
        sample,
        grouped(sample),
        grouped(sample, "-"),
        "XXXX XXXX XXXX",
        "●●●●●●●●●●●●",
        "＊＊＊＊＊＊＊＊＊＊＊＊",
        spaced(sample),
    )
    parts = [world.pick("記入例", "年末調整の手引き", "操作マニュアル", "申告書の書き方")]
    parts += _prose(world, 1, 6)
    label = world.pick("個人番号", "マイナンバー", "あなたの個人番号")
    spot = f"{world.pick('（例）', '記入例：', '')}{label}{world.pick('：', ' ', '　')}{shown}"
    parts.insert(world.rng.randint(1, len(parts)), spot)
    return Draft(
        [Text("\n".join(parts), world.pick("", "page 3"))],
        _where(world, "手引き.pdf", "manual.docx", "記入例.pdf"),
    )


@template("sample", source="Templates of workbooks with a sample row", weight=2)
def import_template(world: World) -> Draft:
    """An import file's template: one or two sample rows."""
    samples = world.sample(
        ["123456789018", "123456789012", "000000000000", "999999999999"], world.pick(1, 1, 2)
    )
    rows = [["社員番号", "氏名", world.pick("個人番号", "マイナンバー", "my_number"), "続柄"]]
    rows += [
        [f"0000{nth + 1}", world.pick("見本 太郎", "山田　太郎", "サンプル花子"), one, "本人"]
        for nth, one in enumerate(samples)
    ]
    return Draft(
        [Table(rows, "sheet ひな形")],
        _where(world, "取込ひな形.xlsx", "template.xlsx", "マイナンバー登録フォーマット.xlsx"),
    )


@template("policy", source="Questions and answers on invoices and My Numbers", weight=2)
def questions_and_answers(world: World) -> Draft:
    corporate = identifiers.corporate(world.rng)
    facts = [
        f"Ｑ　個人番号と法人番号の違いは。Ａ　法人番号は13桁です（例：{corporate}）。",
        f"Ｑ　当社の登録番号は。Ａ　T{corporate} です。マイナンバーではありません。",
        f"Ｑ　会社法人等番号は。Ａ　{world.other(identifiers.registry, 0.8)}です。",
        (
            f"Ｑ　問い合わせ先は。Ａ　ナビダイヤル 0570-{world.rng.randint(10, 99)}-"
            f"{world.rng.randint(1000, 9999)}、お客様番号 {world.random12(0.8)} "
            f"をお手元にご用意ください。"
        ),
        "Ｑ　マイナンバーを忘れました。Ａ　住民票の写しで確認できます。",
        (
            f"Ｑ　申請書IDとは。Ａ　交付申請書に記載の半角数字23桁です（"
            f"{identifiers.digits(world.rng, 23)}）。"
        ),
        (
            f"Ｑ　製造番号とは。Ａ　カード表面の16桁（{grouped(identifiers.card(world.rng)[:12])} "
            f"{identifiers.digits(world.rng, 4)}）です。"
        ),
    ]
    chosen = world.sample(facts, world.rng.randint(2, len(facts)))
    return Draft(
        [Text("\n".join([*_prose(world, 0, 3), *chosen]))],
        _where(world, "FAQ.docx", "よくある質問.html", "QA.txt"),
    )


@template("scan", source="J-LIS: the card's front carries no My Number", weight=2)
def card_front_scan(world: World) -> Draft:
    me = world.person()
    serial = "".join(
        [
            identifiers.passing(lambda rng: identifiers.digits(rng, 12), world.rng),
            identifiers.digits(world.rng, 4),
        ]
    )
    shown = world.pick(" ".join(serial[at : at + 4] for at in range(0, 16, 4)), serial)
    lines = [
        world.pick("個人番号カード", "マイナンバーカード"),
        f"氏名 {me.name}",
        f"住所 {me.address}",
        f"{me.era_birth}生 性別 {world.pick('男', '女')}",
        (
            f"{world.rng.randint(2027, 2034)}年{world.rng.randint(1, 12)}月"
            f"{world.rng.randint(1, 28)}日まで有効"
        ),
        "電子証明書の有効期限 　年　月　日",
        f"セキュリティコード {identifiers.digits(world.rng, 4)}",
        shown,
    ]
    return Draft(
        [Text("\n".join(lines), "page 1")],
        _where(world, "マイナンバーカード表.pdf", "card_omote.pdf", "IMG_0006.pdf"),
    )


@template("licence", source="National Police Agency: driving licences", weight=2)
def licence_scan(world: World) -> Draft:
    """A licence on a sheet for identity papers that names the My Number."""
    me, number = world.person(), world.other(identifiers.licence, 0.8)
    head = world.pick("", "本人確認書類", "マイナンバー提出用　身元確認書類", "番号確認書類：別送")
    lines = [
        head,
        f"氏名 {me.name} {me.era_birth}生",
        f"住所 {me.address}",
        f"交付 令和06年07月02日 {identifiers.digits(world.rng, 5)}",
        f"{world.rng.randint(2026, 2031)}年（令和10年）08月11日まで有効",
        world.pick("運転免許証", "免許の条件等 眼鏡等", "優良"),
        world.pick(f"番号 第 {number} 号", f"第 {number} 号", f"第{number}号"),
        "東京都公安委員会",
    ]
    return Draft(
        [Text("\n".join(filter(None, lines)), "page 1")],
        _where(world, "免許証.pdf", "本人確認.pdf", "scan.pdf"),
    )


@template("form", source="Blank forms", weight=3)
def blank_form(world: World) -> Draft:
    """A form with empty boxes, the payer's number and form numbers."""
    payer = identifiers.corporate(world.rng)
    lines = [
        world.pick(
            "給与所得者の扶養控除等（異動）申告書",
            "マイナンバー届出書",
            "資格取得届",
            "退職所得の受給に関する申告書",
        ),
        f"給与の支払者の法人（個人）番号　{world.pick(payer, spaced(payer), '')}",
        world.pick(
            "個人番号　□□□□ □□□□ □□□□", "個人番号（　　　　　　　　　　　　）", "あなたの個人番号"
        ),
        "フリガナ　　　　　　　氏名　　　　　　　㊞",
        f"様式番号 {world.random12(0.8)}"
        if world.chance(0.4)
        else f"帳票番号 F{identifiers.digits(world.rng, 6)}",
        "配偶者の個人番号",
        f"問合せ先 {world.phone()}",
        "1 2 3 4 5 6 7 8 9 10 11 12",
    ]
    return Draft(
        [Text("\n".join(lines), "page 1")],
        _where(world, "様式.pdf", "扶養控除等申告書_白紙.pdf", "form.docx"),
    )


@template("policy", source="Minutes of committees", weight=3)
def minutes_about_numbers(world: World) -> Draft:
    """Long prose about the matter, with the numbers of documents, dates and telephones."""
    parts = _prose(world, 4, 25)
    for _ in world.many(1, 4):
        said = world.pick(
            f"資料番号 {world.other(identifiers.date_serial, 0.8)} を参照。",
            f"稟議番号{world.random12(0.8)}にて承認済み。",
            f"事務局 {world.phone()}、内線{identifiers.digits(world.rng, 4)}。",
            f"マイナンバー管理システムの保守契約（契約番号 {world.random12(0.8)}）を更新する。",
            f"予算は{world.rng.randrange(10**8, 10**9):,}円。",
            f"入札公告 第{world.random12(0.8)}号。",
        )
        parts.insert(world.rng.randint(0, len(parts)), said)
    return Draft(
        [Text("\n".join(parts))],
        _where(world, "議事録.docx", "委員会資料.pdf", "マイナンバー検討会.docx"),
    )


@template("bare", source="Notes and chats", weight=1)
def bare_other_number(world: World) -> Draft:
    """Twelve digits of something, without a word: like chance, one in ten passes."""
    number = world.pick(
        world.random12(0), world.other(identifiers.courier, 0), world.other(identifiers.licence, 0)
    )
    text = world.pick(
        f"これお願いします {number}",
        f"{paragraph(world, 1, 2)}\n{grouped(number, world.pick('-', ' '))}",
        number,
    )
    return Draft([Text(text)], ("Teams", "1対1のチャット"))
