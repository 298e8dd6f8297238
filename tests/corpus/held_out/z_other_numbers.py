"""People with other numbers: licences, pensions, insurance, resident codes, telephones."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._z_reading import calendar, day, eml, hand, in_fours, read, stamp, worksheet
from corpus.world import World
from corpus.writing import grouped, spaced


@template(
    "licence", source="registers of drivers: kind of paper seen, number of the licence", weight=2.0
)
def z_papers_seen(world: World) -> Draft:
    rows = [
        ["本人確認記録簿", "", "", "", f"{day(world)} 現在"],
        ["氏名", "生年月日", "確認書類", "免許証番号", "有効期限", "確認者"],
    ]
    date = calendar(world)
    for nth in world.many(6, 60):
        person = world.person()
        drives = nth % 3 != 2
        paper = (
            "運転免許証" if drives else world.pick("個人番号カード", "マイナンバーカード", "旅券")
        )
        number = world.other(identifiers.licence, 0.1) if drives else ""
        rows.append([person.name, person.era_birth, paper, number, date(), "窓口"])
    return Draft([worksheet(rows, "記録")], ["窓口", "本人確認記録簿.xlsx"])


@template(
    "licence", source="OCR of a licence, both of its numbers wrapped in 第 and 号", weight=2.0
)
def z_licence_scanned(world: World) -> Draft:
    person = world.person()
    number = world.other(identifiers.licence, 0.8)
    until = world.rng.randint(2026, 2030)
    lines = [
        f"氏名 {person.name} {person.era_birth}生",
        f"住所 {person.address}",
        f"交付 令和{world.rng.randint(2, 7)}年06月10日 {identifiers.digits(world.rng, 5)}",
        f"{until}年(令和{until - 2018}年)05月21日まで有効",
        world.pick("免許の条件等 眼鏡等", "優良"),
        f"{world.pick('番号', '番 号')} 第 {world.pick(number, spaced(number))} 号",
        f"二・小・原 平成{world.rng.randint(10, 28)}年06月03日",
        f"{world.pick('東京都', '神奈川県', '福岡県')}公安委員会",
    ]
    if world.chance(0.5):
        lines.insert(0, "運転免許証")
    around = ["入社書類", world.pick("身分証.jpg", "免許証_表.png")]
    return Draft([Text("\n".join(lines), recognised=True)], around)


@template("licence", source="a mail on driving: the licence's number is renewed in the register")
def z_licence_renewed(world: World) -> Draft:
    me = world.person()
    number = world.other(identifiers.licence, 0.8)
    lines = [
        f"総務 {world.person().surname}様",
        "",
        "社用車使用の更新申請です。マイナ免許証には切り替えておらず、従来の免許証のままです。",
        f"新しい免許証の番号は {hand(world)(number)}、有効期限は{day(world)}です。",
        "コピーは窓口にお持ちします。",
        me.name,
    ]
    subject = world.pick("社用車使用更新", "運転免許の更新について")
    return Draft(eml(world, subject, lines, me), ["受信トレイ", subject])


@template("register", source="住民票コード of a household: eleven digits, a kind of its own")
def z_codes_of_household(world: World) -> Draft:
    head = world.person()
    lines = ["住民票記載事項証明書", f"世帯主　{head.name}", f"住所　{head.address}"]
    for kin in ("本人", *world.sample(["妻", "子", "母"], world.rng.randint(0, 2))):
        person = world.person(head.surname)
        lines += [
            f"{kin}　{person.name}　{person.era_birth}",
            f"住民票コード{world.pick('　', '：', ' ')}{world.resident_code()}",
            f"個人番号　{world.pick('記載省略', '（省略）', '＊＊＊＊＊＊＊＊＊＊＊＊')}",
        ]
    lines.append(f"発行番号　{world.random12(0.5)}")
    return Draft([Text("\n".join(lines), "page 1")], ["証明書", "記載事項証明書.pdf"])


@template(
    "pension", source="基礎年金番号 of staff; the column of the other number says only 提出済"
)
def z_pension_book(world: World) -> Draft:
    rows = [["社員番号", "氏名", "基礎年金番号", "マイナンバー", "健保 記号-番号", "取得日"]]
    date = calendar(world)
    for _ in world.many(6, 90):
        person = world.person()
        pension = identifiers.pension(world.rng)
        shown = pension if world.chance(0.7) else pension.replace("-", "")
        told = world.pick("提出済", "未提出", "○", "提出済", "")
        insured = f"{world.rng.randint(10, 99)}-{world.rng.randint(1, 900)}"
        rows.append([person.staff, person.name, shown, told, insured, date()])
    return Draft([worksheet(rows, "年金")], ["社会保険", "年金手帳管理.xlsx"])


@template(
    "pension", source="employment insurance: eleven digits without hyphens, zeros lost or added"
)
def z_insured_workers(world: World) -> Draft:
    rng = world.rng
    lines = ["被保険者番号,事業所番号,氏名,資格取得年月日,離職票,個人番号登録"]
    for _ in world.many(6, 80):
        number = identifiers.insurance(rng).replace("-", "")
        office = identifiers.insurance(rng)
        told = world.pick("登録有", "登録無", "登録有")
        joined = f"{world.day():%Y%m%d}"
        lines.append(
            f"{number},{office},{world.person().name},{joined},{world.pick('要', '不要')},{told}"
        )
    return Draft(read("koyou_list.csv", "\n".join(lines)), ["雇用保険", "koyou_list.csv"])


@template(
    "notice",
    source="resident tax for employers: 指定番号 and 宛名番号 of twelve digits",
    weight=2.0,
)
def z_tax_without_numbers(world: World) -> Draft:
    lines = [
        f"令和{world.rng.randint(5, 8)}年度 市民税・県民税・森林環境税",
        "特別徴収税額通知書（特別徴収義務者用）",
        f"指定番号　{world.random12(0.6)}　{world.company()}　御中",
        "個人番号は＊（アスタリスク）で表示しています。",
        "宛名番号　氏名　個人番号　年税額　6月分",
    ]
    for _ in world.many(3, 30):
        tax = world.rng.randint(200, 6000) * 100
        lines.append(
            f"{world.random12(0.0)} {world.person().name} ************ {tax:,} {tax // 12:,}"
        )
    return Draft([Text("\n".join(lines), "page 1")], ["住民税", "税額通知書.pdf"])


@template("phone", source="telephone lists for use abroad: 81 in front, no plus", weight=2.0)
def z_phones_abroad(world: World) -> Draft:
    rows = [["氏名", "所属", "内線", "携帯（国際表記）", "固定", "緊急時連絡先"]]
    for _ in world.many(8, 120):
        desk = f"813{identifiers.digits(world.rng, 8)}"
        mobile = world.other(identifiers.mobile, 0.1)
        kin = world.other(identifiers.mobile, 0.1)
        where = world.pick("営業", "総務", "開発", "マイナンバー事務局")
        inner = str(world.rng.randint(1000, 9999))
        rows.append([world.person().name, where, inner, mobile, desk, kin])
    return Draft([worksheet(rows, "連絡網")], ["緊急連絡網.xlsx"])


@template("foreign", source="staff in other countries: national ids of twelve digits, passports")
def z_ids_of_others(world: World) -> Draft:
    rng = world.rng
    rows = [["Employee", "Country", "National ID type", "ID No.", "Passport", "JP My Number"]]
    for _ in world.many(5, 40):
        country, kind = world.pick(("India", "Aadhaar"), ("Malaysia", "NRIC"), ("Vietnam", "CCCD"))
        born = world.day(1970, 2003)
        number = {
            "Aadhaar": grouped(identifiers.aadhaar(rng)),
            "NRIC": f"{born:%y%m%d}-{rng.randint(1, 16):02d}-{identifiers.digits(rng, 4)}",
        }.get(kind, f"0{identifiers.digits(rng, 11)}")
        passport = f"{world.pick('P', 'N', 'B')}{identifiers.digits(rng, 7)}"
        name = world.person().roman.replace(".", " ").title()
        rows.append([name, country, kind, number, passport, "N/A"])
    return Draft([Table(rows, place="sheet Global")], ["HR", "global_ids.xlsx"])


@template("member", source="registers of libraries: user card, book code, ISBN", weight=1.5)
def z_books_lent(world: World) -> Draft:
    rng = world.rng
    lines = ["貸出日時\t利用者コード\t資料コード\tISBN\t書名"]
    for _ in world.many(10, 90):
        isbn = f"978{identifiers.digits(rng, 10)}"
        title = world.pick("マイナンバー実務の手引", "図解 年末調整", "会社の税務", "人事労務Q&A")
        lines.append(
            f"{world.day(2024, 2026)} {stamp(world)}\t{world.random12(0.0)}\t{world.random12(0.0)}"
            f"\t{isbn}\t{title}"
        )
    return Draft(read("kashidashi.tsv", "\n".join(lines)), ["図書室", "kashidashi.tsv"])


@template(
    "member", source="reception of a clinic: the card is used for insurance, numbers are its own"
)
def z_clinic_reception(world: World) -> Draft:
    rng = world.rng
    lines = [
        f"受付日報 {day(world)}",
        "時刻 患者番号 資格確認方法 保険者番号 記号・番号(枝番) 照会番号",
    ]
    for _ in world.many(6, 60):
        how = world.pick("マイナンバーカード", "マイナ保険証", "資格確認書", "マイナンバーカード")
        insurer, patient = identifiers.digits(rng, 8), f"{rng.randint(1, 9999):06d}"
        member = f"{rng.randint(10, 9999)}・{rng.randint(1, 999)}({rng.randint(0, 9):02d})"
        lines.append(f"{stamp(world)[:5]} {patient} {how} {insurer} {member} {world.random12(0.0)}")
    return Draft([Text("\n".join(lines), "page 1")], ["医事", "受付日報.pdf"])


@template("inventory", source="registers of cards issued: 16 digits of making, dates, no number")
def z_cards_by_serial(world: World) -> Draft:
    rows = [
        ["社員証一体型マイナンバーカード利用者一覧"],
        ["氏名", "カード製造番号", "電子証明書 有効期限", "シリアル番号", "IDm"],
    ]
    date = calendar(world)
    for _ in world.many(5, 50):
        serial = in_fours(identifiers.digits(world.rng, 16))
        tag = f"{world.rng.getrandbits(64):016X}"
        rows.append([world.person().name, serial, date(), world.random12(0.0), tag])
    return Draft([worksheet(rows, "カード")], ["情シス", "カード一覧.xlsx"])
