"""Rules, guides, debates, notices and forms without any My Number in them."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import era, greeting, passages, pen, sheet, signed, table_text
from corpus.world import World
from corpus.writing import boxed, full_width, grouped, spaced


@template("policy", source="rules on specific personal information, a document number above")
def x_handling_rules(world: World) -> Draft:
    articles = [
        "個人番号を取り扱う事務の範囲は、源泉徴収関係事務及び社会保険関係事務とする。",
        "事務取扱担当者は、個人番号の提供を受けるときは本人確認を行わなければならない。",
        "特定個人情報ファイルは、施錠できる書庫又はアクセス制御された領域に保管する。",
        "保存期間を経過した個人番号は、速やかに復元できない手段で削除又は廃棄する。",
        "漏えい等の事案が発生した場合は、個人情報保護委員会へ報告する。",
        "マイナンバーは12桁の数字であり、末尾の1桁は検査用数字である。",
    ]
    lines = [
        world.pick("特定個人情報等取扱規程", "個人番号及び特定個人情報取扱規則"),
        f"{world.pick('文書番号', '規程番号', '管理番号')} {world.random12(0.9)}",
        f"制定 {era(world)}",
    ]
    for nth, article in enumerate(world.sample(articles, world.rng.randint(3, 6))):
        lines.append(f"第{full_width(str(nth + 1))}条　{article}")
    lines += [f"問合せ先 総務部 {world.phone()}", *passages(world, 0, 2)]
    return Draft([Text("\n".join(lines))], ["規程", f"{lines[0]}.docx"])


@template("guide", source="guides to a form with a specimen number on it", weight=2.0)
def x_form_guide(world: World) -> Draft:
    value = world.pick("123456789012", "123456789018", "000000000000", "999999999999")
    shown = world.pick(str, grouped, spaced, lambda n: full_width(grouped(n)))(value)
    lines = [
        world.pick("【記入例】扶養控除等申告書", "年末調整 記入の手引き", "届出書（見本）"),
        *passages(world, 0, 3),
        "①氏名・フリガナ・生年月日を記入してください。",
        f"②個人番号（例：{shown}）を右づめで記入してください。",
        "③住所は住民票のとおりに記入してください。",
        f"提出期限 {era(world)}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["年末調整", "記入例.pdf"])


@template("sample", source="specimen forms of 方眼紙 with published digits in the boxes")
def x_specimen_grid(world: World) -> Draft:
    value = world.pick("123456789012", "123456789018", "000000000000")
    rows = [
        ["記入例", "", "※見本"],
        ["氏名", "", world.pick("番号　太郎", "国税　花子", "見本　一郎")],
        [world.pick("個人番号", "マイナンバー"), "", *boxed(value, world.pick(0, 1))],
        ["住所", "", world.address()],
        ["生年月日", "", era(world)],
    ]
    tail = rows[1:]
    world.rng.shuffle(tail)
    return Draft([sheet([rows[0], *tail], "記入例")], ["様式", "記入例.xlsx"])


@template("prose", source="debates of a parliament on the system: many figures", weight=2.0)
def x_debate(world: World) -> Draft:
    rng = world.rng
    asker, witness, minister = (world.person().name for _ in range(3))
    said = [
        f"○{asker}委員　マイナンバーカードの交付は{rng.randint(5000, 9900)}万枚でしょうか。",
        f"○政府参考人（{witness}君）　予算額は{identifiers.amount(rng)}円でございます。",
        f"○国務大臣（{minister}君）　個人番号の誤登録は{rng.randint(100, 9000)}件であります。",
        "○委員長　ほかに御発言はございませんか。――なければ質疑を終局いたします。",
        f"　別添資料　資料番号{world.random12(0.8)}を御覧ください。",
        f"　平成{rng.randint(25, 31)}年法律第{rng.randint(10, 99)}号、いわゆる番号法であります。",
    ]
    lines = [f"第{rng.randint(190, 220)}回国会　内閣委員会　第{rng.randint(1, 30)}号", ""]
    lines += [world.pick(*said) for _ in world.many(6, 40)]
    return Draft([Text("\n".join(lines))], ["会議録.txt"])


@template("mail", source="requests for the number: how to send it, nothing sent", weight=2.0)
def x_request_only(world: World) -> Draft:
    to, by = world.person(), world.person()
    lines = [
        *greeting(world, to),
        "",
        "年末調整にあたり、マイナンバー（個人番号）のご提出をお願いいたします。",
        world.pick("メール本文には番号を記載しないでください。", "専用サイトからご登録ください。"),
        f"お問い合わせの際は受付番号 {pen(world, 0.1)(world.random12(0.9))} をお伝えください。",
        f"登録用URL https://hr.example/my-number/{identifiers.guid(world.rng)}",
        f"提出期限：{era(world)}",
        *passages(world, 0, 3),
        *signed(world, by),
    ]
    return Draft([Text("\n".join(lines))], ["【重要】マイナンバーご提出のお願い"])


@template("prose", source="news on numbers of cards, with yen and persons", weight=2.0)
def x_news(world: World) -> Draft:
    rng = world.rng
    lines = [
        f"{era(world)}　{world.pick('マイナカード保有率が上昇', '住民票の写しを誤交付')}",
        f"全国の保有枚数は約{rng.randint(9000, 9900)}万枚、割合は{rng.randint(60, 80)}.4％。",
        f"関連経費は{identifiers.amount(rng)}円に上る見通しだ。",
        f"記事番号{world.random12(0.8)}　{world.pick('政治', '社会', '地域')}面",
        *passages(world, 1, 3),
    ]
    return Draft([Text("\n".join(lines))], ["クリッピング", "マイナンバー関連.txt"])


@template("form", source="slips for the payee: field of the number left blank by law", weight=2.0)
def x_blank_slip(world: World) -> Draft:
    blank = world.pick("", "（記載不要）", "－", "＊＊＊＊＊＊＊＊＊＊＊＊", "□□□□ □□□□ □□□□")
    lines = [
        world.pick("給与所得の源泉徴収票（受給者交付用）", "支払調書（本人控）"),
        f"氏名 {world.person().name}",
        f"個人番号 {blank}",
        f"支払金額 {world.rng.randint(200, 900)}0,000 源泉徴収税額 {world.rng.randint(10, 900)}00",
        f"支払者 {world.company()}",
        f"法人番号 {spaced(identifiers.corporate(world.rng), world.pick('', ' '))}",
        f"整理番号 {world.random12(0.9)}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["源泉徴収票", "本人交付用.pdf"])


@template("pension", source="届 with 基礎年金番号 in the box for either number", weight=1.0)
def x_pension_only(world: World) -> Draft:
    label = world.pick("個人番号[基礎年金番号]", "個人番号又は基礎年金番号")
    lines = ["健康保険・厚生年金保険 被保険者資格喪失届", f"事業所 {world.company()}"]
    for _ in world.many(1, 10):
        person = world.person()
        pension = identifiers.pension(world.rng)
        lines.append(f"氏名\t{person.name}\t{label}\t{pension}\t喪失 {era(world)}")
    lines += [f"電子申請 到達番号 {world.random12(0.7)}{identifiers.digits(world.rng, 6)}"]
    lines.append(f"受付番号 {world.random12(0.9)}")
    return Draft([Text("\n".join(lines))], ["社保", "喪失届.docx"])


@template("table", source="progress lists of collection: marks and dates, no numbers", weight=2.0)
def x_progress_only(world: World) -> Draft:
    title = f"マイナンバー提出状況（{era(world)}時点）"
    rows = [[title], ["社員番号", "氏名", "個人番号", "登録日時", "備考"]]
    for _ in world.many(8, 60):
        person = world.person()
        done = world.chance(0.7)
        stamp = world.other(identifiers.timestamp, 0.0) if done else ""
        mark = world.pick("済", "提出済", "○") if done else "未"
        rows.append([person.staff, person.name, mark, stamp, world.pick("", "督促", "休職中")])
    return Draft([sheet(rows, "状況")], ["人事", "提出状況.xlsx"])


@template("invoice", source="invoices and estimates, with numbers for everything", weight=5.0)
def x_plain_invoice(world: World) -> Draft:
    rng = world.rng
    rows = [["品名", "数量", "金額"]]
    for _ in world.many(1, 12):
        what = world.pick("保守料", "消耗品", "翻訳料", "送料")
        rows.append([what, str(rng.randint(1, 9)), f"{rng.randint(1, 900)},000"])
    number = world.pick("請求書番号", "見積番号", "注文番号", "納品書No", "管理番号")
    lines = [
        f"{world.company()} 御中",
        f"{number} {pen(world, 0)(world.random12(0.9))}",
        f"発行日 {era(world)}　登録番号 T{identifiers.corporate(rng)}",
        table_text(rows),
        f"お荷物伝票番号 {grouped(world.other(identifiers.courier, 0.7), '-')}",
        f"振込先 みらい銀行 普通 {identifiers.digits(rng, 7)}",
    ]
    return Draft([Text("\n".join(lines), "page 1")], ["経理", f"{number}.pdf"])


@template("ticket", source="examination slips, bookings and tickets of persons with birth dates")
def x_personal_tickets(world: World) -> Draft:
    person = world.person()
    label = world.pick("受験番号", "予約番号", "航空券お客様番号", "申込番号", "eチケット控")
    lines = [
        world.pick("受験票", "ご予約の確認", "お申込内容"),
        f"氏名 {person.name}（{person.kana}）",
        f"生年月日 {person.era_birth}",
        f"{label} {pen(world, 0.1)(world.random12(0.9))}",
        world.pick("本人確認書類：マイナンバーカード等", "当日は写真付き証明書をご持参ください"),
        f"会場 {world.address()}",
        *passages(world, 0, 2),
    ]
    return Draft([Text("\n".join(lines))], [world.pick("受験票.pdf", "予約確認.eml")])
