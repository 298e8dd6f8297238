"""Banks, brokers, insurers: notices of the number beside account and policy numbers."""

from __future__ import annotations

import json

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import csv, era, pen, sheet, word
from corpus.world import World
from corpus.writing import full_width, grouped, spaced


@template("pdf", source="banks' マイナンバー届出書, scanned and read by OCR: boxes, stray strokes")
def x_bank_notice(world: World) -> Draft:
    person, number = world.person(), world.number()
    stroke = world.pick("|", " | ", "｜", " ", "  ")
    boxes = stroke.join(number)
    if stroke.strip():
        boxes = stroke.strip() + boxes + stroke.strip()
    label = world.pick("個人番号（マイナンバー）", "個 人 番 号", "マイナンバー(12桁)", "個人番号")
    lines = [
        f"{world.pick('みなと', '中央', '北部')}銀行 {world.pick('本店', '駅前支店')} 御中",
        world.pick("個人番号(マイナンバー)届出書", "マイナンバー・法人番号届出書"),
        f"届出日 {era(world)}",
        f"おところ 〒{world.postcode()} {person.address}",
        f"おなまえ {person.name} ㊞",
        f"{label}{world.pick(' ', chr(10))}{boxes}",
        f"店番 {identifiers.digits(world.rng, 3)} 口座番号 {identifiers.digits(world.rng, 7)}",
        world.pick("□投資信託 ☑特定口座 □外国送金", "☑ 預金口座付番 □ 国外送金等"),
        "※銀行使用欄 受付番号 " + identifiers.digits(world.rng, 8) + " 検印 係印",
    ]
    middle = lines[3:8]
    world.rng.shuffle(middle)
    text = "\n".join([*lines[:3], *middle, lines[8]])
    return Draft([Text(text, "page 1")], ["届出書スキャン", f"{world.rng.randint(1, 999):04d}.pdf"])


@template("table", source="brokers shorten 個人番号 to 個番 in their lists of accounts")
def x_broker_accounts(world: World) -> Draft:
    rng = world.rng
    label = world.pick("個番", "個番(マイナンバー)", "個人番号", "お客さま個人番号")
    head = ["部店", "口座番号", "口座名義", label, "個番登録日", "NISA区分", "告知済"]
    rows = [head]
    for _ in world.many(5, 60):
        person = world.person()
        known = len(rows) < 6 or world.chance(0.8)
        rows.append(
            [
                identifiers.digits(rng, 3),
                identifiers.digits(rng, 7),
                person.kana.replace("　", " "),
                world.number() if known else "",
                world.day(2016, 2026).strftime("%Y%m%d") if known else "",
                world.pick("つみたて", "成長", "なし"),
                world.pick("0", "1"),
            ]
        )
    name = world.pick("個番登録済一覧", "口座別マイナンバー登録状況")
    return Draft([world.pick(csv, sheet)(rows)], ["証券", f"{name}.{world.pick('csv', 'xlsx')}"])


@template("form", source="特定口座開設届出書: a word-processor form of label and value columns")
def x_brokerage_opening(world: World) -> Draft:
    person, write = world.person(), pen(world)
    label = world.pick("個人番号", "個人番号（右づめ）", "マイナンバー（個人番号）")
    rows = [
        ["フリガナ", person.kana],
        ["氏名", person.name],
        ["生年月日", person.era_birth],
        [label, write(world.number())],
        ["住所", f"〒{world.postcode()} {person.address}"],
        ["連絡先", world.phone()],
        ["お客様口座番号", world.random12(0.8)],
        ["振込先口座", f"普通 {identifiers.digits(world.rng, 7)}"],
        ["特定口座", world.pick("源泉徴収あり", "源泉徴収なし", "簡易申告口座")],
    ]
    first, rest = rows[:2], rows[2:]
    world.rng.shuffle(rest)
    title = world.pick("特定口座開設届出書", "非課税口座開設届出書", "証券総合口座申込書")
    return Draft(word(world, [title, era(world)], [*first, *rest]), ["口座開設.docx"])


@template("form", source="insurers ask payees for the number beside 証券番号 and claim number")
def x_insurance_payee(world: World) -> Draft:
    person, write = world.person(), pen(world, 0.5)
    policy = world.random12(0.8)
    who = world.pick("保険金受取人", "年金受取人", "契約者", "死亡保険金受取人")
    body = [
        f"証券番号：{world.pick(policy, grouped(policy, '-'))}",
        f"{who}氏名：{person.name}",
        f"{who}の個人番号：{write(world.number())}",
        f"お支払金額：{world.rng.randint(101, 3000)}万円",
        f"事故受付番号：{world.random12(0.8)}",
        f"生年月日：{person.era_birth}",
    ]
    if world.chance(0.4):
        agent = world.person()
        body += [f"代理人氏名：{agent.name}", f"代理人の個人番号：{write(world.number())}"]
    if world.chance(0.5):
        world.rng.shuffle(body)
    gap = world.pick("\n", "\n\n", "\n・")
    title = world.pick("マイナンバー申告書", "支払調書用個人番号申告書", "個人番号のご提供について")
    text = f"{title}\n{era(world)}\n" + gap + gap.join(body)
    return Draft([Text(text)], ["保険金", f"{world.pick('請求', '申告')}.txt"])


@template("pdf", source="iDeCo 加入申出 and 裁定請求: 基礎年金番号 first, both in spaced boxes")
def x_ideco_claim(world: World) -> Draft:
    person = world.person()
    gap = world.pick(" ", "　")
    pension = identifiers.digits(world.rng, 10)
    lines = [
        world.pick("個人型年金 裁定請求書", "老齢給付金裁定請求書", "個人型年金加入申出書"),
        f"フリガナ {person.kana}",
        f"加入者氏名 {person.name}",
        "基礎年金番号" + gap + spaced(pension[:4], gap) + " － " + spaced(pension[4:], gap),
        "個人番号" + world.pick(gap, "\n") + spaced(world.number(), gap),
        f"生年月日 {person.era_birth} 性別 {world.pick('男', '女')}",
        f"金融機関 {world.pick('あおば', 'みなと')}銀行 普通 "
        + spaced(identifiers.digits(world.rng, 7), gap),
        f"登録事業所番号 {identifiers.digits(world.rng, 8)}",
        "掛金額区分 毎月定額 23,000円",
    ]
    if world.chance(0.5):
        lines[3], lines[4] = lines[4], lines[3]
    if world.chance(0.4):
        lines = [full_width(line) for line in lines]
    return Draft([Text("\n".join(lines), "page 1")], ["iDeCo", f"{person.roman}.pdf"])


@template("form", source="ふるさと納税 ワンストップ特例申請書: letters of the label set apart")
def x_one_stop(world: World) -> Draft:
    person, number = world.person(), world.number()
    label = world.pick("個　人　番　号", "個 人 番 号", "個人番号", "個　人\n番　号")
    digits = world.pick(
        spaced(number, "\t"), spaced(number, "　"), grouped(full_width(number)), grouped(number)
    )
    fields = [
        f"住　　所\t{person.address}",
        f"フリガナ\t{person.kana}",
        f"氏　　名\t{person.name}",
        f"{label}\t{digits}",
        f"性　　別\t{world.pick('男', '女')}",
        f"生年月日\t{person.era_birth}",
        f"電話番号\t{world.phone()}",
    ]
    if world.chance(0.5):
        fields.insert(2, fields.pop(3))
    town = world.pick("別海町", "都城市", "紋別市", "泉佐野市", "飯田市")
    text = [
        f"第五十五号の五様式　{era(world)}　{town}長　殿",
        "寄附金税額控除に係る申告特例申請書",
        f"整理番号 {world.random12(0.5) if world.chance(0.5) else world.rng.randint(1000, 99999)}",
        *fields,
        f"１．寄附年月日 {era(world)}　寄附金額 {world.rng.randint(1, 30)}0,000円",
        "２．申告の特例の適用に関する事項　☑地方税法附則第７条第１項",
    ]
    return Draft([Text("\n".join(text))], ["ふるさと納税", f"{town}_申請書.docx"])


@template("machine", source="web forms for opening accounts keep answers as nested JSON")
def x_account_opening_json(world: World) -> Draft:
    rng = world.rng
    key = world.pick("myNumber", "individual_number", "kojinBangou", "mynumber", "kojinNo")
    people = []
    for _ in world.many(1, 12):
        person = world.person()
        answer = {"value": world.number(), "verified": world.chance(0.7)}
        people.append(
            {
                "applicationId": world.random12(0.5),
                "nameKanji": person.name,
                "birth": person.born.isoformat(),
                key: answer,
                "licenceNo": world.other(identifiers.licence, 0.5) if world.chance(0.4) else None,
                "accountNo": identifiers.digits(rng, 7),
                "receivedAt": world.day(2020, 2026).strftime("%Y%m%d") + "1015",
            }
        )
    text = json.dumps({"applications": people}, ensure_ascii=False, indent=world.pick(None, 2))
    return Draft([Text(text)], ["口座開設API", "applications.json"])
