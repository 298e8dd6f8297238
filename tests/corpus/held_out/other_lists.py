"""Lists whose twelve digits are not My Numbers."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import csv, era, sheet
from corpus.world import World
from corpus.writing import boxed, grouped


@template("licence", source="registers of drivers with numbers of licences, and of 安全運転管理者")
def x_drivers(world: World) -> Draft:
    label = world.pick("免許証番号", "運転免許証番号", "免許番号")
    head = ["社員番号", "氏名", label, "種類", "有効期限"]
    rows = [[world.pick("運転者台帳", "社有車運転者一覧", "安全運転管理簿")], head]
    hard = world.pick(0.0, 0.1)
    for _ in world.many(3, 40):
        person = world.person()
        number = world.other(identifiers.licence, hard)
        kind = world.pick("普通", "準中型", "大型", "大型二種")
        rows.append([person.staff, person.name, number, kind, era(world)])
    return Draft([sheet(rows, "台帳")], ["車両", "運転者台帳.xlsx"])


@template("registry", source="lists of firms with 会社法人等番号, as lawyers keep them")
def x_registry_numbers(world: World) -> Draft:
    head = ["No.", "商号", "本店", world.pick("会社法人等番号", "会社法人等番号(12桁)"), "代表者"]
    split = world.chance(0.5)
    rows = [head]
    for nth in world.many(4, 50):
        number = world.other(identifiers.registry, 0.0)
        if split:
            number = f"{number[:4]}-{number[4:6]}-{number[6:]}"
        rows.append([str(nth + 1), world.company(), world.address(), number, world.person().name])
    return Draft([sheet(rows) if world.chance(0.5) else csv(rows)], ["法務", "商業登記.xlsx"])


@template("corporate", source="suppliers with 法人番号 and T-numbers, and traders", weight=3.0)
def x_suppliers(world: World) -> Draft:
    head = ["取引先コード", "取引先名", "個人/法人", "法人番号", "登録番号", "電話", "銀行口座"]
    rows = [head]
    for _ in world.many(5, 60):
        sole = world.chance(0.3)
        corporate = identifiers.corporate(world.rng)
        rows.append(
            [
                world.random12(0.0),
                f"{world.person().surname}工務店" if sole else world.company(),
                "個人" if sole else "法人",
                "" if sole else corporate,
                "T" + corporate,
                world.phone(),
                f"0005-{identifiers.digits(world.rng, 3)}-{identifiers.digits(world.rng, 7)}",
            ]
        )
    return Draft([csv(rows)], ["購買", "仕入先マスタ.csv"])


@template("article", source="product masters: JAN of thirteen, UPC of twelve digits", weight=4.0)
def x_product_master(world: World) -> Draft:
    label = world.pick("UPC", "UPCコード", "バーコード(12)", "商品バーコード")
    rows = [["品番", "品名", "JANコード", label, "単価", "在庫"]]
    rows += [
        [
            world.pick("A", "B") + identifiers.digits(world.rng, 5),
            world.pick("ボールペン", "クリアファイル", "付箋", "個人番号保護シール"),
            identifiers.article13(world.rng),
            world.other(identifiers.article, 0.0),
            str(world.rng.randint(1, 90) * 10),
            str(world.rng.randint(0, 900)),
        ]
        for _ in world.many(6, 80)
    ]
    return Draft([csv(rows)], ["商品", "商品マスタ.csv"])


@template("bank", source="全銀 transfer files: lines of 120 characters, fields run into each other")
def x_bank_transfers(world: World) -> Draft:
    rng = world.rng
    lines = ["12100" + identifiers.digits(rng, 10) + "ｶ)ﾐﾗｲｼﾖｳｼﾞ".ljust(40) + "0425" + "0009"]
    for _ in world.many(3, 50):
        kana = world.person().kana.replace("　", " ").ljust(30)
        bank = identifiers.digits(rng, 4) + " " * 15 + identifiers.digits(rng, 3)
        lines.append(
            f"2{bank}{' ' * 19}1{identifiers.digits(rng, 7)}{kana}"
            f"{rng.randint(1, 999999):010d}0{identifiers.digits(rng, 20)}7{' ' * 8}"
        )
    lines.append(f"8{len(lines) - 1:06d}{rng.randint(1, 10**9):012d}")
    return Draft([Text("\n".join([*lines, "9"]))], ["給与振込", "FB20260425.txt"])


@template("phone", source="address books with country codes, at times no plus", weight=2.0)
def x_phone_book(world: World) -> Draft:
    label = world.pick("携帯電話", "電話番号", "SMS送信先", "Mobile")
    head = ["氏名", label, "メール", "グループ"]
    rows = [head]
    plus = world.pick("", "+", "+")
    for _ in world.many(4, 80):
        person = world.person()
        number = plus + world.other(identifiers.mobile, 0.0)
        rows.append([person.name, number, world.mail(person), world.pick("営業", "個人", "家族")])
    return Draft([csv(rows)], ["連絡先", "contacts.csv"])


@template("order", source="shop exports without a header, orders of twelve digits", weight=3.0)
def x_headerless_orders(world: World) -> Draft:
    rows = []
    for _ in world.many(40, 150):
        person = world.person()
        rows.append(
            [
                world.random12(0.0),
                world.day().strftime("%Y/%m/%d"),
                person.name,
                person.address,
                world.phone(),
                str(world.rng.randint(5, 300) * 100),
            ]
        )
    return Draft([csv(rows)], ["受注", world.pick("order_202604.csv", "export.txt")])


@template("member", source="cards of shops and libraries, with birth dates", weight=2.0)
def x_member_cards(world: World) -> Draft:
    label = world.pick("会員番号", "ポイントカード番号", "図書館カード番号", "お客様番号")
    write = world.pick(str, grouped, lambda n: grouped(n, "-"))
    rows = [[label, "氏名", "フリガナ", "生年月日", "住所"]]
    for _ in world.many(4, 80):
        person = world.person()
        number = write(world.random12(0.0))
        rows.append([number, person.name, person.kana, person.era_birth, person.address])
    return Draft([sheet(rows, "会員") if world.chance(0.5) else csv(rows)], ["会員名簿.xlsx"])


@template("contract", source="lists of leases and insurances with contract numbers", weight=2.0)
def x_contracts(world: World) -> Draft:
    head = ["契約番号", "契約者", "種別", "開始日", "月額", "個人/法人"]
    head[0] = world.pick("契約番号", "証券番号", "お客さま番号", "リース契約No")
    rows = [head]
    for _ in world.many(3, 50):
        kind = world.pick("複合機", "社用車", "団体保険", "電話回線")
        pay = f"{world.rng.randint(1, 90)},000"
        who = world.pick("法人", "個人")
        rows.append([world.random12(0.0), world.company(), kind, era(world), pay, who])
    return Draft([sheet(rows, "契約")], ["総務", "契約一覧.xlsx"])


@template("meter", source="meter readings: supply points of 22 digits, customers of twelve")
def x_meter_readings(world: World) -> Draft:
    rows = [["供給地点特定番号", "お客様番号", "計器番号", "前回指針", "今回指針", "使用量"]]
    for _ in world.many(4, 50):
        before = world.rng.randint(1000, 90000)
        used = world.rng.randint(50, 900)
        rows.append(
            [
                identifiers.digits(world.rng, 22),
                world.random12(0.0),
                identifiers.digits(world.rng, 9),
                str(before),
                str(before + used),
                str(used),
            ]
        )
    return Draft([csv(rows)], ["検針", "検針結果.csv"])


@template("aadhaar", source="lists of engineers in India, Aadhaar under its own name")
def x_indian_staff(world: World) -> Draft:
    label = world.pick("Aadhaar No.", "Aadhaar", "UID (Aadhaar)", "Aadhaar Number")
    rows = [["Emp ID", "Name", label, "PAN", "Joined"]]
    for _ in world.many(3, 40):
        person = world.person()
        number = grouped(world.other(identifiers.aadhaar, 0.0))
        pan = "ABCPX" + identifiers.digits(world.rng, 4) + "K"
        rows.append([person.staff, person.roman.title(), number, pan, str(world.day())])
    return Draft([sheet(rows, "Bengaluru")], ["HR", "india_staff.xlsx"])


@template("other_sense", source="clubs call a member's number 個人番号, not of 12 digits")
def x_club_number(world: World) -> Draft:
    length = world.pick(4, 6, 8)
    title = world.pick("ゴルフコンペ参加者", "健康増進ポイント", "マラソン大会エントリー")
    rows = [[title], ["個人番号", "氏名", world.pick("記録ID", "端末ID", "伝票番号"), "スコア"]]
    rows += [
        [
            identifiers.digits(world.rng, length),
            world.person().name,
            world.random12(0.0),
            str(world.rng.randint(60, 140)),
        ]
        for _ in world.many(5, 50)
    ]
    return Draft([sheet(rows)], ["福利厚生", f"{title}.xlsx"])


@template("score_grid", source="grids of single digits: ratings, attendance, scores of questions")
def x_score_grid(world: World) -> Draft:
    rng = world.rng
    count = rng.randint(12, 24)
    top = world.pick("11", "5", "3", "9")
    rows = [["氏名", *[f"Q{n + 1}" for n in range(count)], "計"]]
    for _ in world.many(5, 40):
        marks = [str(rng.randint(0, int(top) % 10)) for _ in range(count)]
        rows.append([world.person().name, *marks, str(sum(map(int, marks)))])
    title = world.pick("理解度テスト（マイナンバー制度）", "新人研修 採点表", "満足度調査")
    return Draft([sheet([[title], *rows], "採点")], ["研修", "採点.xlsx"])


@template("seating", source="forms of boxes for other codes: post, phone, account")
def x_boxed_codes(world: World) -> Draft:
    rng = world.rng
    kinds = {
        "法人番号": 13,
        "利用者識別番号": 16,
        "口座番号": 7,
        "受付番号": 12,
        "労働保険番号": 14,
    }
    label, length = world.pick(*kinds.items())
    digits = identifiers.corporate(rng) if length == 13 else identifiers.digits(rng, length)
    cells = boxed(world.random12(0.8)) if length == 12 else list(digits)
    rows = [
        [world.pick("口座振替依頼書", "電子申告開始届", "労働保険概算申告書")],
        ["郵便番号", *world.postcode().replace("-", "")],
        [label, *cells],
        ["電話番号", *world.phone().replace("-", "")],
        ["事業所名", world.company()],
    ]
    body = rows[1:]
    rng.shuffle(body)
    return Draft([sheet([rows[0], *body], "届")], ["様式.xlsx"])
