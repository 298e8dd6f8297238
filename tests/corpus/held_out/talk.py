"""Talk of My Numbers beside numbers of quite other things."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import era, greeting, passages, pen, sheet, signed
from corpus.world import World
from corpus.writing import grouped


@template("courier", source="mails on papers sent back by a carrier", weight=2.0)
def x_papers_sent(world: World) -> Draft:
    to, by = world.person(), world.person()
    parcel = pen(world, 0.1)(world.other(identifiers.courier, 0.8))
    told = world.pick(
        f"追跡番号は{parcel}です。",
        f"お問い合わせ番号：{parcel}",
        f"ヤマトの伝票は {parcel} になります。",
        f"（佐川急便　{parcel}）",
        f"レターパックプラスで発送済みです。\n追跡 {parcel}",
    )
    matter = world.pick(
        "マイナンバー提出書類一式を本日発送いたしました。",
        "個人番号カードのコピー台紙をお送りします。",
        "マイナンバー届出書に不備がございましたので返送いたします。",
    )
    lines = [*greeting(world, to), "", matter]
    lines += [told] if world.chance(0.7) else [*passages(world, 1, 2), told]
    lines += [*passages(world, 0, 3), *signed(world, by)]
    return Draft([Text("\n".join(lines))], [world.pick("マイナンバー書類の発送", "書類返送の件")])


@template("courier", source="chats: asked for papers, answered with a parcel", weight=2.0)
def x_parcel_chat(world: World) -> Draft:
    one, two = world.person(), world.person()
    parcel = world.pick(str, grouped)(world.other(identifiers.courier, 0.8))
    asked = world.pick("マイナンバーの書類もう送りました？", "個人番号の届出書届いてません")
    lines = [
        f"{one.name}: {asked}",
        f"{two.name}: {world.pick('昨日ヤマトで出しました', 'クロネコです', 'ゆうパックです')}",
        f"{two.name}: {world.pick('伝票番号 ', '送り状 ', '追跡はこれ ')}{parcel}",
        f"{one.name}: {world.pick('追跡してみます', 'ありがとう！', '配達中になってました')}",
    ]
    return Draft([Text("\n".join([*passages(world, 0, 4), *lines]))], ["総務チャット"])


@template("courier", source="workbooks マイナンバー回収状況 hold the carrier's numbers only")
def x_return_tracking(world: World) -> Draft:
    post = world.chance(0.3)
    label = world.pick("書留番号", "引受番号") if post else world.pick("追跡番号", "送り状No.")
    head = ["社員番号", "氏名", "発送日", label, "受領"]
    rows = [[world.pick("マイナンバー回収状況", "個人番号 提出管理")], head]
    make = (lambda rng: identifiers.digits(rng, 11)) if post else identifiers.courier
    gap = world.pick("", "-")
    for _ in world.many(4, 60):
        person = world.person()
        parcel = world.other(make, 0.0)
        if len(parcel) == 12:
            parcel = grouped(parcel, gap)
        elif gap:
            parcel = f"{parcel[:3]}-{parcel[3:5]}-{parcel[5:10]}-{parcel[10]}"
        rows.append([person.staff, person.name, era(world), parcel, world.pick("○", "", "済")])
    return Draft([sheet(rows, "回収状況")], ["人事", "マイナンバー回収状況.xlsx"])


@template("ticket", source="マイナポイント and card applications: receipts and booking numbers")
def x_point_receipts(world: World) -> Draft:
    label = world.pick("申込受付番号", "予約番号", "照会番号", "受付ID")
    groups = [identifiers.digits(world.rng, 4) for _ in range(5)]
    lines = [
        world.pick("マイナポイント申込完了のお知らせ", "マイナンバーカード交付予約のご案内"),
        "",
        "お申込みありがとうございます。以下の内容で受け付けました。",
        f"{label}：{pen(world, 0.2)(world.random12(0.9))}",
        f"受付日時：{era(world)} 10:{world.rng.randint(10, 59)}",
        "申請書ID：" + " ".join([*groups, identifiers.digits(world.rng, 3)]),
        *passages(world, 0, 1),
        "当日は本人確認書類をお持ちください。マイナンバーは返信しないでください。",
    ]
    return Draft([Text("\n".join(lines))], [lines[0]])


@template("table", source="attendance of trainings on the handling of My Numbers")
def x_training_attendance(world: World) -> Draft:
    label = world.pick("受講番号", "整理番号", "修了証番号", "受講者ID")
    title = world.pick("マイナンバー取扱研修", "特定個人情報保護研修", "個人番号事務取扱担当者研修")
    rows = [[f"{title}　受講者名簿", era(world)], [label, "氏名", "部署", "受講日", "点数"]]
    base = identifiers.digits(world.rng, 8)
    serial = world.chance(0.4)
    rows += [
        [
            f"{base}{nth + 1:04d}" if serial else world.random12(0.0),
            world.person().name,
            world.pick("総務", "営業", "経理", "情シス"),
            era(world),
            str(world.rng.randint(60, 100)),
        ]
        for nth in world.many(6, 60)
    ]
    return Draft([sheet(rows, "受講者")], ["教育", f"{title}.xlsx"])


@template("table", source="answers to a survey about the card: ids of answers in the first column")
def x_survey_answers(world: World) -> Draft:
    question = world.pick("マイナンバーカードを持っていますか", "マイナンバー制度を知っていますか")
    rows = [["回答ID", "回答日時", question, "Q2 利用目的", "自由記述"]]
    for _ in world.many(8, 80):
        free = world.pick("", "便利", "暗証番号を忘れた", "マイナンバーの漏洩が不安", "特になし")
        rows.append(
            [
                world.random12(0.0),
                identifiers.timestamp(world.rng),
                world.pick("はい", "いいえ", "申請中"),
                world.pick("保険証", "コンビニ交付", "確定申告"),
                free,
            ]
        )
    return Draft([sheet(rows, "回答")], ["アンケート", "マイナンバーカード調査.xlsx"])


@template("log", source="access logs of a system that keeps My Numbers", weight=3.0)
def x_vault_access_log(world: World) -> Draft:
    rng, lines = world.rng, []
    sep = world.pick(",", " ", "\t")
    for _ in world.many(15, 90):
        fields = [
            identifiers.timestamp(rng) if world.chance(0.5) else str(world.day()) + "T09:12:33",
            f"session={identifiers.digits(rng, 12)}",
            f"user={world.person().roman}",
            world.pick("マイナンバー参照", "個人番号登録", "VIEW_MYNUMBER", "mynumber.list"),
            f"対象社員={world.person().staff}",
            world.pick("OK", "NG", "200"),
        ]
        lines.append(sep.join(fields))
    return Draft([Text("\n".join(lines))], ["マイナンバー管理システム", "access.log"])


@template("table", source="inventories of card readers, serial numbers of twelve digits")
def x_reader_inventory(world: World) -> Draft:
    rows = [["管理番号", "品名", "型番", "シリアル番号", "設置場所", "備考"]]
    rows += [
        [
            f"PC-{nth + 1:04d}",
            world.pick("ICカードリーダー", "マイナンバーカード対応リーダライタ"),
            world.pick("RC-S300", "ACR39-NTTCom", "IT-30"),
            world.random12(0.0),
            world.pick("1階受付", "総務課", "会計窓口"),
            world.pick("", "マイナ保険証用", "e-Tax用", "個人番号利用事務端末"),
        ]
        for nth in world.many(3, 40)
    ]
    return Draft([sheet(rows, "機器台帳")], ["情シス", "マイナンバー関連機器.xlsx"])


@template("invoice", source="invoices for collecting My Numbers on a client's behalf", weight=2.0)
def x_collection_invoice(world: World) -> Draft:
    rng = world.rng
    count, price = rng.randint(10, 900), world.pick(300, 450, 800)
    lines = [
        "御　請　求　書",
        f"{world.company()} 御中　{era(world)}",
        f"{world.pick('請求書番号', '請求No.', '伝票番号')}：{pen(world, 0)(world.random12(0.9))}",
        f"登録番号：T{identifiers.corporate(rng)}",
        "品目\t数量\t単価\t金額",
        f"マイナンバー収集代行\t{count}\t{price}\t{count * price:,}",
        f"個人番号保管サービス（月額）\t1\t5,000\t5,000\n合計　￥{count * price + 5000:,}",
        f"振込先：みなと銀行 普通 {identifiers.digits(rng, 7)}",
        f"お客様番号：{world.random12(0.6)}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["請求書", "マイナンバー代行.pdf"])


@template("ticket", source="incident tickets about systems that keep My Numbers", weight=2.0)
def x_system_incident(world: World) -> Draft:
    tail = identifiers.passing(lambda rng: identifiers.digits(rng, 12), world.rng)
    lines = [
        f"{world.pick('インシデント番号', 'INC', 'チケットID', '案件番号')}: {world.random12(0.9)}",
        f"件名: {world.pick('マイナンバー管理画面が開かない', '個人番号の取込でエラー')}",
        f"報告者: {world.person().name}　発生: {era(world)}",
        "内容: マイナンバーの登録時に「個人番号が不正です」と表示される。",
        f"関連ジョブ: {identifiers.timestamp(world.rng)}",
        *passages(world, 0, 3),
        f"相関ID {identifiers.guid(world.rng, tail)}",
        f"対応: ベンダーへ問合せ（受付番号 {world.random12(0.9)}）",
    ]
    return Draft([Text("\n".join(lines))], ["ITSM"])


@template("ticket", source="certificates of destruction of papers with My Numbers: box numbers")
def x_destruction_certificate(world: World) -> Draft:
    lines = [
        "廃棄証明書",
        f"証明書番号 {world.random12(0.9)}",
        f"{world.company()} 御中",
        f"下記の特定個人情報（マイナンバー記載書類）を{era(world)}に溶解処理したことを証明します。",
        "箱番号\t内容\t重量",
    ]
    for _ in world.many(2, 20):
        what = world.pick("扶養控除等申告書", "源泉徴収票", "個人番号届出書", "支払調書控")
        lines.append(f"{world.random12(0.1)}\t{what}\t{world.rng.randint(3, 18)}.5kg")
    lines.append(f"処理業者 {world.company()}　TEL {world.phone()}")
    return Draft([Text("\n".join(lines))], ["廃棄", "マイナンバー廃棄証明.docx"])


@template("form", source="fronts of cards: 製造番号 of sixteen digits, no My Number; masked backs")
def x_card_front(world: World) -> Draft:
    person = world.person()
    serial = identifiers.digits(world.rng, 16)
    masked = world.pick("●●●● ●●●● ●●●●", "**** **** " + "*" * 4, "＊" * 12, "（マスキング済）")
    lines = [
        "個人番号カード",
        f"氏名 {person.name}",
        f"住所 {person.address}",
        f"{person.era_birth}生　{era(world)}まで有効",
        world.pick(f"{serial[:4]} {serial[4:8]} {serial[8:12]} {serial[12:]}", serial)
        + f" {identifiers.digits(world.rng, 4)}",
        f"マイナンバー {masked}",
        f"受付No. {world.random12(0.7)}" if world.chance(0.4) else "確認者 印",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["本人確認", "マイナンバーカード表面.pdf"])
