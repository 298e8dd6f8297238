"""Documents that speak of the number and hold none: rules, lessons, questions, receipts, blanks."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._z_reading import calendar, day, eml, read, stamp, worksheet
from corpus.world import World
from corpus.writing import full_width, grouped, spaced

_PUBLISHED = ("123456789018", "123456789012", "111111111111", "000000000000")


@template(
    "policy", source="privacy notices: purposes, a desk, the number of the notice", weight=2.0
)
def z_privacy_notice(world: World) -> Draft:
    toll_free = f"0120-{identifiers.digits(world.rng, 3)}-{identifiers.digits(world.rng, 3)}"
    lines = [
        f"{world.company()}　特定個人情報の取扱いについて",
        f"文書番号　{world.random12(0.6)}　　改定 {day(world)}",
        "１．当社は、個人番号（マイナンバー）を次の事務のために取得します。",
        "　（１）給与所得・退職所得の源泉徴収票作成事務",
        "　（２）健康保険・厚生年金保険届出事務",
        "２．番号の確認には個人番号カード、通知カード又は住民票を用います。",
        f"３．お問い合わせ　{toll_free}",
        f"　　プライバシーマーク登録番号　{identifiers.digits(world.rng, 8)}(05)",
        f"　　法人番号　{identifiers.corporate(world.rng)}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["規程", "取扱方針.pdf"])


@template(
    "guide",
    source="lessons and tests: how many digits, which card, with published samples",
    weight=2.0,
)
def z_lesson(world: World) -> Draft:
    sample = world.pick(*_PUBLISHED)
    shown = world.pick(str, grouped, lambda n: grouped(n, "-"), full_width)(sample)
    lines = [
        f"eラーニング「マイナンバー制度の基礎」 受講ID {world.random12(0.5)}",
        "第1問　マイナンバーは何桁ですか。　ア．10桁　イ．12桁　ウ．13桁",
        f"第2問　次の番号（例：{shown}）のうち、末尾の1桁は何と呼ばれますか。",
        "　ア．検査用数字　イ．枝番　ウ．識別符号",
        f"第3問　{world.pick('通知カード', '個人番号カード')}の紛失時、最初に行うことは何ですか。",
        f"正解：イ・ア・ウ　合格点 80点　受講期限 {day(world)}",
    ]
    return Draft([Text("\n".join(lines), "slide 4")], ["研修", "確認テスト.pptx"])


@template(
    "guide",
    source="vendor questionnaires: a row for each question, numbers of certificates",
    weight=1.5,
)
def z_vendor_asked(world: World) -> Draft:
    rng = world.rng
    rows = [
        ["委託先 安全管理措置チェックシート", "", "", f"回答日 {day(world)}"],
        ["回答会社", world.company(), "法人番号", identifiers.corporate(rng)],
        ["認証", "ISMS", "登録証番号", f"IS {identifiers.digits(rng, 6)}"],
        ["契約番号", world.random12(0.7), "D-U-N-S", identifiers.digits(rng, 9)],
        ["No.", "質問", "回答", "補足（証跡番号）"],
    ]
    questions = (
        "個人番号を取り扱う区域を定めていますか",
        "マイナンバーへのアクセス権を限定していますか",
        "特定個人情報ファイルのログを保存していますか",
        "個人番号の廃棄記録を残していますか",
        "再委託の際に事前の承諾を得ていますか",
        "従業者への教育を年1回以上行っていますか",
    )
    for nth in world.many(6, 40):
        proof = world.random12(0.0) if world.chance(0.4) else ""
        rows.append([f"{nth + 1}", questions[nth % 6], world.pick("はい", "いいえ", "一部"), proof])
    return Draft([worksheet(rows, "回答")], ["委託先管理", "チェックシート.xlsx"])


@template("survey", source="surveys on the card: ids of respondents, marks, free words", weight=1.5)
def z_card_survey(world: World) -> Draft:
    head = [
        "回答者ID",
        "回答日時",
        "Q1.マイナンバーカードを持っていますか",
        "Q2.マイナ保険証を利用していますか",
        "Q3.ご意見",
    ]
    rows = [head]
    for _ in world.many(8, 120):
        when = f"{world.day(2025, 2026):%Y/%m/%d} {stamp(world)}"
        said = world.pick("", "便利になった", "番号を覚えられない", "窓口が混んでいた", "特になし")
        have = world.pick("持っている", "申請中", "持っていない")
        rows.append([world.random12(0.0), when, have, world.pick("はい", "いいえ"), said])
    return Draft([Table(rows, lines=range(1, len(rows) + 1))], ["アンケート結果.csv"])


@template(
    "masked", source="lists for the shop floor: all digits but the last are stars", weight=1.5
)
def z_stars(world: World) -> Draft:
    write = world.pick(
        lambda last: f"********{last}",
        lambda last: f"****-****-{last}",
        lambda last: f"●●●●　●●●●　{last}",
    )
    rows = [["従業員コード", "氏名", "マイナンバー", "登録日", "管理ID"]]
    date = calendar(world)
    for _ in world.many(6, 90):
        person = world.person()
        last = write(identifiers.digits(world.rng, 4))
        rows.append([person.staff, person.name, last, date(), world.random12(0.0)])
    return Draft([worksheet(rows, "一覧")], ["労務", "登録状況.xlsx"])


@template(
    "blank", source="a form nobody has filled in: boxes, the employer's number only", weight=2.0
)
def z_nothing_filled_in(world: World) -> Draft:
    box = world.pick(
        "□" * 12, "|_" * 12 + "|", "＿＿＿＿－＿＿＿＿－＿＿＿＿", "[    ][    ][    ]"
    )
    lines = [
        "マイナンバー届出書",
        f"給与支払者　{world.company()}　法人番号 {spaced(identifiers.corporate(world.rng))}",
        f"社員番号　{world.person().staff}　　帳票ID {world.random12(0.6)}",
        "氏　　名　　　　　　　　　　　　印",
        f"個人番号　{box}",
        f"配偶者　　{box}",
        f"扶養１　　{box}",
        f"提出期限　{day(world)}　　提出先　総務部（内線 {world.rng.randint(1000, 9999)}）",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["様式", "届出書.docx"])


@template(
    "sample", source="tests of programs: published samples and values that must fail", weight=1.5
)
def z_unit_tests(world: World) -> Draft:
    one, two, three = world.sample(_PUBLISHED, 3)
    call = "expect(validateMyNumber"
    lines = [
        "import { validateMyNumber } from './myNumber';",
        "",
        f"// build {world.other(identifiers.timestamp, 0.5)}",
        "describe('マイナンバーの検証', () => {",
        f"  it('正しい番号', () => {call}('{one}')).toBeDefined());",
        f"  it('桁区切り', () => {call}('{grouped(two, '-')}')).toBeDefined());",
        f"  it('桁不足', () => {call}('{three[:11]}')).toBe(false));",
        f"  it('法人番号', () => {call}('{identifiers.corporate(world.rng)}')).toBe(false));",
        "});",
    ]
    return Draft(read("myNumber.test.ts.txt", "\n".join(lines)), ["repo", "myNumber.test.ts"])


@template("sample", source="例 on the way to fill in a form: the sample that everybody prints")
def z_example_printed(world: World) -> Draft:
    sample = world.pick("123456789018", "123456789012")
    write = world.pick(spaced, grouped, full_width, str)
    lines = [
        "【記入例】給与所得者の扶養控除等（異動）申告書",
        "あなたの氏名　番号　太郎",
        f"あなたの個人番号　{write(sample)}",
        f"あなたの生年月日　{world.person().era_birth}",
        "控除対象配偶者　番号　花子　個人番号　＊＊＊＊ ＊＊＊＊ ＊＊＊＊",
        f"※{world.rng.randint(2022, 2026)}年の様式です。黒のボールペンで記入してください。",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["年末調整", "記入例.pdf"])


@template(
    "notice", source="receipts of e-Tax: 16 digits of the user, 20 of the receipt", weight=1.5
)
def z_etax_received(world: World) -> Draft:
    rng = world.rng
    user = identifiers.digits(rng, 16)
    date = world.day(2023, 2026)
    lines = [
        "メール詳細（受信通知）",
        "送信されたデータを受け付けました。",
        f"提出先　{world.pick('麹町', '札幌中', '博多')}税務署",
        f"利用者識別番号　{world.pick(user, grouped(user[:12]) + ' ' + user[12:])}",
        f"氏名又は名称　{world.company()}",
        f"受付番号　{date:%Y%m%d}{identifiers.digits(rng, 12)}",
        f"受付日時　{date:%Y/%m/%d} {stamp(world)}",
        "種目　給与所得の源泉徴収票等の法定調書合計表（個人番号の記載あり）",
        f"ファイル名称　{date:%Y%m%d}{identifiers.digits(rng, 4)}.xtx",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["電子申告", "受信通知.pdf"])


@template("notice", source="paying taxes by Pay-easy: 納付番号, 確認番号, 納付区分", weight=1.5)
def z_pay_easy(world: World) -> Draft:
    rng = world.rng
    pay = world.random12(0.7)
    lines = [
        "eLTAX 納付情報発行依頼　発行済み",
        f"収納機関番号　{identifiers.digits(rng, 5)}",
        f"納付番号　{world.pick(pay, grouped(pay, '-'), grouped(pay))}",
        f"確認番号　{identifiers.digits(rng, 6)}",
        f"納付区分　{identifiers.digits(rng, 10)}",
        f"税目　個人住民税（特別徴収）　{rng.randint(4, 12)}月分　{rng.randint(10, 900)},300円",
        f"利用者ID　{rng.choice('abcxyz')}{identifiers.digits(rng, 10)}",
        "個人番号の入力は不要です。",
    ]
    return Draft([Text("\n".join(lines))], ["納税", "納付情報.txt"])


@template(
    "mail",
    source="a long thread on how to hand in numbers; a case number in each answer",
    weight=2.0,
)
def z_case_number_in_thread(world: World) -> Draft:
    me, desk = world.person(), world.person()
    case = world.random12(0.8)
    mark = world.pick(f"[Case:{case}]", f"【お問合せ番号：{case}】", f"(ref:{case})")
    lines = [
        f"{me.surname}様　サポートの{desk.surname}です。{mark}",
        "マイナンバーの提出画面が開かない件、キャッシュの削除をお試しください。",
        "",
        f"-----Original Message----- {day(world)}",
        "> 個人番号カードの裏面を撮影しても、画面が先に進みません。",
        f"> {mark}",
        f"> {me.name}",
    ]
    subject = f"Re: マイナンバー提出画面について {mark}"
    return Draft(eml(world, subject, lines, desk), ["受信トレイ", subject])
