"""Papers without anybody's number: blank forms, guides, slips, certificates, bills."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import article, firm, hand
from corpus.held_out._matter import era, passages
from corpus.world import World
from corpus.writing import grouped, spaced, written


def paper(name: str, *lines: str) -> Draft:
    return Draft([Text("\n".join(lines), "page 1")], ["書類", f"{name}.pdf"])


@template("blank", source="a form left blank; a bar code with its print number at the foot")
def y_blank_declaration(world: World) -> Draft:
    empty = world.pick("□" * 12, "｜　" * 12, "＿＿＿＿ ＿＿＿＿ ＿＿＿＿")
    return paper(
        "扶養控除等申告書_用紙",
        f"令和{world.rng.randint(6, 9)}年分　給与所得者の扶養控除等（異動）申告書",
        "あなたの氏名",
        f"あなたの個人番号　{empty}",
        f"配偶者の個人番号　{empty}",
        f"給与の支払者の法人番号　{spaced(identifiers.corporate(world.rng))}",
        f"用紙管理番号 {world.random12()}",
    )


@template("sample", source="a guide shows how to fill a form in, with published samples")
def y_filled_example(world: World) -> Draft:
    shown = world.pick("123456789012", "123456789018", "111111111118", "000000000000")
    return paper(
        "記入例",
        world.pick("【記入例】", "＜記載例＞　見本", "記入見本"),
        f"氏名　{world.pick('国税　太郎', '年金　花子', '見本　一郎')}",
        f"個人番号　{hand(world, 'plain', 'spaces', 'digits')(shown)}",
        f"住所　{world.address()}",
        *passages(world, 0, 2),
        f"問い合わせ先　{world.phone()}",
    )


@template("invoice", source="a bill with the issuer's number, an order's, a parcel's")
def y_bill_with_numbers(world: World) -> Draft:
    return paper(
        "請求書",
        f"請求書　No. {world.random12()}",
        f"発行日 {era(world)}",
        f"登録番号 T{firm(world)}",
        f"マイナンバー管理サービス利用料　{world.rng.randint(10, 90)},000円",
        f"ご注文番号\n{world.random12()}",
        f"お届け伝票番号\n{grouped(world.other(identifiers.courier), '-')}",
        f"振込先 普通 {identifiers.digits(world.rng, 7)}",
    )


@template("licence", source="copies of licences on a sheet that also speaks of the card")
def y_licence_copy(world: World) -> Draft:
    person, number = world.person(), world.other(identifiers.licence)
    return paper(
        "本人確認書類貼付",
        "本人確認書類（写し）貼付欄",
        "※マイナンバーカードの場合は表面のみ。裏面（個人番号）は貼らないこと",
        "運　転　免　許　証",
        f"氏名 {person.name}　{person.era_birth}生",
        f"住所 {person.address}",
        f"{world.pick('第', '番号 第')}{world.pick(number, spaced(number))}号",
        f"{world.pick('東京都', '大阪府', '愛知県')}公安委員会",
    )


@template("policy", source="rules for the handling of numbers, under a document's number")
def y_handling_rules(world: World) -> Draft:
    return paper(
        "特定個人情報取扱規程",
        f"文書番号 {world.random12()}",
        "特定個人情報等取扱規程",
        f"第1条　本規程は、{world.company()}における個人番号の取扱いを定める。",
        "第2条　個人番号とは、12桁の番号をいう。",
        "第3条　事務取扱担当者は、マイナンバーを記載した書類を施錠して保管する。",
        f"改定 {era(world)}　承認番号 {world.random12()}",
    )


@template("seminar", source="hand-outs of a course, with the numbers of the book it is about")
def y_course_handout(world: World) -> Draft:
    return paper(
        "配布資料",
        f"{world.pick('マイナンバー', '個人番号')}の安全管理措置　第{world.rng.randint(1, 9)}回",
        "1. 番号は11桁の数字と検査用数字1桁から成る",
        "2. 収集・保管・廃棄の各段階での注意",
        f"参考書 ISBN {article(world)}",
        f"受講者番号 {world.random12()}　会場コード {world.random12()}",
        *passages(world, 0, 2),
    )


@template("registry", source="certificate of a company's entry, with its twelve digits")
def y_company_certificate(world: World) -> Draft:
    number = world.other(identifiers.registry)
    return paper(
        "登記事項",
        "履歴事項全部証明書",
        f"会社法人等番号　{number[:4]}-{number[4:6]}-{number[6:]}",
        f"商号　{world.company()}",
        f"本店　{world.address()}",
        f"照会番号 {world.random12()}",
        f"整理番号　ｱ{identifiers.digits(world.rng, 6)}",
        "※ 本証明書に個人番号は記載されません",
    )


@template("courier", source="the slip of a registered letter that holds the notices of numbers")
def y_registered_letter(world: World) -> Draft:
    number = world.other(identifiers.courier)
    return paper(
        "発送控",
        "ご依頼主控",
        f"お届け先　{world.person().name} 様　{world.phone()}",
        f"品名　{world.pick('個人番号通知書', 'マイナンバー関係書類')}在中",
        f"お問い合わせ番号　{grouped(number, '-')}",
        f"{number}",
        f"ご依頼日 {era(world)}",
    )


@template("contract", source="an insurance certificate; the number is asked for at payment only")
def y_insurance_certificate(world: World) -> Draft:
    person = world.person()
    return paper(
        "保険証券",
        f"証券番号\n{written(world, world.random12())}",
        f"被保険者　{person.name}　{person.era_birth}生",
        f"契約者番号　{world.random12()}",
        "保険金等のお支払いの際、個人番号（マイナンバー）の申告をお願いすることがあります。",
    )


@template("notice", source="a town's tax bill with the numbers for paying it")
def y_tax_bill(world: World) -> Draft:
    rng = world.rng
    return paper(
        "納税通知書",
        f"令和{rng.randint(5, 8)}年度　市民税・県民税　納税通知書",
        f"通知書番号　{world.random12()}",
        f"納付番号 {world.random12()}　確認番号 {identifiers.digits(rng, 6)}",
        f"eL番号 {identifiers.digits(rng, 20)}",
        f"宛名番号 {world.random12()}　世帯番号 {identifiers.digits(rng, 10)}",
        "個人番号は本通知書に印字していません。",
    )


@template("meter", source="a water bill; a leaflet on the card is printed on its back")
def y_water_bill(world: World) -> Draft:
    return paper(
        "水道料金",
        "上下水道使用水量のお知らせ",
        f"お客様番号　{written(world, world.random12())}",
        f"メーター番号 {identifiers.digits(world.rng, 8)}　検針日 {era(world)}",
        "【市からのお知らせ】マイナンバーカードの休日交付窓口を開設しています。",
        f"予約番号 {world.random12()} をお控えください",
    )


@template("sample", source="a program's page of introduction: it checks the number of a sample")
def y_checker_readme(world: World) -> Draft:
    number = world.pick("123456789018", "123456789012", "621498320257", "465281266333")
    text = [
        f"# my-number-check {world.rng.randint(0, 3)}.{world.rng.randint(0, 9)}",
        "マイナンバー（個人番号）のチェックデジットを検証します。",
        "```python",
        f'is_valid("{number}")  # {world.pick("サンプル", "dummy")}',
        "```",
        f"Build {identifiers.timestamp(world.rng)}",
    ]
    return Draft([Text("\n".join(text))], ["README.md"])


@template("pension", source="a notice of the pension office: every number in it is of another kind")
def y_pension_notice(world: World) -> Draft:
    rng, person = world.rng, world.person()
    return paper(
        "ねんきん定期便",
        f"{person.name} 様　{person.era_birth}生",
        f"照会番号　{world.random12()}",
        f"基礎年金番号　{identifiers.pension(rng)}",
        f"お客様アクセスキー　{identifiers.digits(rng, 17)}",
        "マイナンバーと基礎年金番号が結びついているか、ねんきんネットで確認できます。",
    )
