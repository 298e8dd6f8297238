"""Mails of offices in which somebody's number is told: answers, memos, forwarded forms."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import firm, hand
from corpus.held_out._matter import era, passages, pen, signed
from corpus.world import World
from corpus.writing import grouped


def quoted(lines: list[str], mark: str = "> ") -> list[str]:
    return [f"{mark}{line}".rstrip() for line in lines]


@template("mail", source="a reply that holds the number alone; what was asked stands in the quote")
def y_answer_above_quote(world: World) -> Draft:
    asker, by, write = world.person(), world.person(), pen(world, 0.2)
    asked = world.pick(
        "入社書類のうち、マイナンバーのご連絡だけがまだのようです。この返信で結構ですのでお知らせください。",
        "源泉徴収票を作るので、個人番号を教えていただけますか。",
        "年末調整に要るため、あなたのマイナンバー12桁をお送りください。",
    )
    lines = [
        f"{asker.surname}様",
        "",
        world.pick(
            "遅くなりました。下記です。", "お待たせしました。", "お手数かけます。こちらです。"
        ),
        "",
        write(world.number()),
        "",
        world.pick("よろしくお願いします。", "以上、お願いいたします。"),
        by.name,
        f"携帯 {world.phone()}",
        "",
        f"{world.day():%Y年%m月%d日} 9:48 {asker.name} <{world.mail(asker)}>:",
        *quoted([f"{by.surname}さん", "", asked, *passages(world, 0, 2), "", asker.name]),
    ]
    return Draft([Text("\n".join(lines))], ["RE: 書類の件"], labelled=False)


@template("mail", source="telegraphic mails: the subject names the thing, the body only persons")
def y_telegram(world: World) -> Draft:
    subject = world.pick(
        "マイナンバー", "個人番号ご連絡", "家族のマイナンバーです", "MNの件（マイナンバー）"
    )
    gap = world.pick("　", "：", " … ", "\n  ")
    write = hand(world, "plain", "spaces", "wide")
    kin = ["本人", *world.sample(["妻", "長男", "長女", "母", "二男"], world.rng.randint(1, 4))]
    lines = [
        world.pick("取り急ぎ", "とりいそぎ送ります。", "件名の通り。"),
        "",
        *[f"{who}{gap}{write(world.number())}" for who in kin],
        "",
        world.pick("原本は月曜持参", "コピーは明日FAXします", "書類は別途"),
        world.person().surname,
    ]
    return Draft([Text("\n".join(lines))], [subject], labelled=False)


@template("mail", source="memos of telephone calls that are mailed to the person in charge")
def y_phone_memo(world: World) -> Draft:
    person, clerk, write = world.person(), world.person(), pen(world, 0.2)
    what = world.pick("個人番号", "マイナンバー", "奥様のマイナンバー", "マイナンバー（聞き取り）")
    lines = [
        "【電話メモ】",
        f"受：{clerk.surname}　{era(world)} 14:0{world.rng.randint(0, 9)}",
        f"先方：{person.name} 様（社員番号 {person.staff}）",
        f"折返し：{world.phone()}",
        f"用件：{world.pick('扶養の追加', '退職の手続', '育休の申請')}。書類は昨日発送済み",
        f"　　　送り状 {grouped(world.other(identifiers.courier), '-')}",
        f"　　　{what}は {write(world.number())} とのこと。復唱済み。",
        world.pick("対応：要折返し", "対応：不要", "対応：届いたら照合"),
    ]
    return Draft([Text("\n".join(lines))], ["電話メモ"])


@template("mail", source="branches announce an entrant with all the numbers in one block")
def y_entrant_block(world: World) -> Draft:
    rng, person, by, write = world.rng, world.person(), world.person(), pen(world, 0.2)
    block = [
        f"氏　　名　{person.name}（{person.kana}）",
        f"生年月日　{person.era_birth}",
        f"基礎年金番号　{identifiers.pension(rng)}",
        f"雇用保険被保険者番号　{identifiers.insurance(rng)}",
        f"{world.pick('個人番号', 'マイナンバー', '個人番号（12桁）')}　{write(world.number())}",
        f"給与振込　普通 {identifiers.digits(rng, 7)}",
        f"通勤用免許証番号　{world.other(identifiers.licence)}",
    ]
    rest = block[2:]
    rng.shuffle(rest)
    lines = [
        "本社 人事ご担当者様",
        "",
        f"{world.pick('福岡', '京都')}支店の{by.surname}です。{era(world)}付で1名入社します。",
        "",
        *block[:2],
        *rest,
        "",
        *passages(world, 0, 2),
        *signed(world, by),
    ]
    return Draft([Text("\n".join(lines))], ["受信トレイ", "入社連絡"])


@template("mail", source="a second mail that puts a first one right")
def y_put_right(world: World) -> Draft:
    by, write = world.person(), pen(world, 0.3)
    lines = [
        world.pick("先程の続きです。", "たびたび申し訳ありません。", "訂正です。"),
        world.pick(
            "前のメールの番号は一桁打ち間違えていましたので、破棄願います。",
            "私の番号の下4桁が違っておりました。差し替えてください。",
        ),
        "",
        f"{world.pick('正しいマイナンバー', '正）個人番号')}：{write(world.number())}",
        f"（{world.pick('問合せ番号', '受付番号')}は {world.random12()} のままです）",
        "",
        *signed(world, by),
    ]
    return Draft([Text("\n".join(lines))], ["Re: Re: ご連絡", "送信済み"])


@template("mail", source="an accountant's list of questions, answered in place by the client")
def y_answers_in_place(world: World) -> Draft:
    rng, client, write = world.rng, world.person(), pen(world, 0.2)
    arrow = world.pick("→ ", "⇒", "\n　→ ", "\n【回答】")
    asks = [
        ("令和7年中の医療費の合計", f"{rng.randint(10, 90)},{rng.randint(100, 999)}円"),
        ("配偶者の方の個人番号", write(world.number())),
        ("同居のお母様の個人番号", write(world.number())),
        ("地震保険の証券番号", world.random12()),
        ("国民年金の控除証明書の番号", world.random12(0.2)),
        (
            "e-Taxの利用者識別番号",
            f"{grouped(identifiers.digits(rng, 12))} {rng.randint(1000, 9999)}",
        ),
    ]
    rng.shuffle(asks)
    lines = [f"{world.person().surname}先生", "", "お尋ねの件、行間に書きます。", ""]
    lines += [f"({nth}) {ask}{arrow}{said}" for nth, (ask, said) in enumerate(asks, 1)]
    lines += ["", f"{client.name}　{world.phone()}"]
    return Draft([Text("\n".join(lines))], ["Re: 確定申告のご確認事項"])


@template("mail", source="mails that a web form sends: a mark, the field's name, the answer")
def y_form_mailer(world: World) -> Draft:
    person, mark = world.person(), world.pick("■", "[", "・", "◆")
    end = "] " if mark == "[" else world.pick("：", ": ", "\n")
    stamp = identifiers.timestamp(world.rng)
    label = world.pick("マイナンバー(半角12桁)", "個人番号", "マイナンバー", "ご本人のマイナンバー")
    fields = [
        ("お名前", person.name),
        ("フリガナ", person.kana),
        ("メールアドレス", world.mail(person)),
        ("お電話番号", world.phone().replace("-", "")),
        (label, world.number()),
        ("ご住所", f"〒{world.postcode()} {person.address}"),
        ("お支払方法", world.pick("銀行振込", "現金", "ゆうちょ")),
    ]
    lines = ["ホームページから次の送信がありました。", f"受付番号 {stamp}", "-" * 30]
    lines += [f"{mark}{name}{end}{value}" for name, value in fields]
    lines += ["-" * 30, f"送信元 192.168.{world.rng.randint(1, 99)}.101"]
    return Draft([Text("\n".join(lines))], [f"【講師登録】{person.surname}様"])


@template("mail", source="the text of an HTML mail: every cell of its layout table is a paragraph")
def y_html_cells(world: World) -> Draft:
    rng, person, write = world.rng, world.person(), pen(world, 0.2)
    pairs = [
        ("申請者", person.name),
        ("申請ID", world.random12()),
        ("続柄", world.pick("妻", "子", "父")),
        (world.pick("マイナンバー", "個人番号", "扶養者のマイナンバー"), write(world.number())),
        ("扶養開始日", era(world)),
        ("年収見込", f"{rng.randint(0, 102)}0,000円"),
    ]
    tail = pairs[2:]
    rng.shuffle(tail)
    body = "\n\n".join(f"{name}\n\n{value}" for name, value in [*pairs[:2], *tail])
    text = f"扶養追加の申請が届きました\n\n{body}\n\n承認する\n\n差し戻す\n\n配信停止"
    return Draft([Text(text)], ["承認依頼"])


@template("mail", source="workers from abroad write in English, with the other numbers they hold")
def y_english_entrant(world: World) -> Draft:
    rng, person, write = world.rng, world.person(), hand(world, "plain", "spaces")
    card, number = f"AB{identifiers.digits(rng, 8)}CD", write(world.number())
    lines = [
        f"Dear {world.person().roman.split('.')[0].title()}-san,",
        "",
        f"Thank you for the reminder. My residence card number is {card} and",
        f"{world.pick('my My Number', 'my individual number (My Number)')} is {number}.",
        f"I sent the copies yesterday by Yamato, tracking no. {world.other(identifiers.courier)}.",
        f"My bank account at {world.pick('MUFG', 'JP Bank')} is {identifiers.digits(rng, 7)}.",
        "",
        "Best regards,",
        person.roman.replace(".", " ").title(),
        f"Mobile +{world.other(identifiers.mobile)}",
    ]
    return Draft([Text("\n".join(lines))], ["Re: Documents for HR"])


@template("mail", source="a thread three deep; the number stands in the oldest mail, twice quoted")
def y_deep_thread(world: World) -> Draft:
    first, second, write = world.person(), world.person(), hand(world, "plain", "spaces")
    oldest = [
        "お世話になっております。",
        f"支払調書用の{world.pick('個人番号', 'マイナンバー')}は {write(world.number())} です。",
        f"登録番号は T{firm(world)} となります。",
        second.name,
    ]
    middle = ["承知しました。控えました。", first.surname, "", "> -----Original Message-----"]
    lines = [
        f"{first.surname}様",
        f"振込は{era(world)}の予定です。振込受付番号 {world.random12()}",
        *signed(world, world.person()),
        "",
        *quoted([*middle, *quoted(oldest)], world.pick("> ", ">", "| ")),
    ]
    return Draft([Text("\n".join(lines))], ["RE: RE: 原稿料のお支払い"])


@template("mail", source="apologies for a mail to the wrong person repeat what was sent")
def y_sent_astray(world: World) -> Draft:
    by, write = world.person(), pen(world, 0.2)
    people = [world.person() for _ in world.many(1, 4)]
    rows = [
        f"　{one.name}　個人番号 {write(world.number())}　社員番号 {one.staff}" for one in people
    ]
    lines = [
        "情報管理責任者 殿",
        "",
        f"{era(world)}、下記の内容を誤って社外（{world.company()}）へ送信しました。",
        f"受付番号 {world.random12()} にてセキュリティ窓口へ一報済みです。",
        "",
        "--- 送信した本文 ---",
        *rows,
        "--- ここまで ---",
        "",
        "先方には削除を依頼し、完了の連絡を受けました。",
        *signed(world, by),
    ]
    return Draft([Text("\n".join(lines))], ["【至急】誤送信の報告"])


@template("mail", source="a day's report of a clerk in which one line is about one person's number")
def y_daily_report(world: World) -> Draft:
    person, write = world.person(), pen(world, 0.2)
    lines = [
        f"・{world.company()} 様へ請求書送付（請求書番号 {world.random12()}）",
        f"・コピー用紙発注　注文番号{world.random12()}",
        f"・{person.name}さんの個人番号を受領、{write(world.number())} を台帳へ転記予定",
        f"・{world.pick('宅急便', '飛脚便')}2件（{world.other(identifiers.courier)} ほか）",
        *[f"・{line}" for line in passages(world, 1, 4)],
    ]
    world.rng.shuffle(lines)
    head = [f"日報　{era(world)}　{world.person().name}", "", "本日の作業"]
    return Draft([Text("\n".join([*head, *lines, "", "明日：月次締め"]))], ["日報"])


@template("bare", source="a number sent without a word; nothing tells it from an order's")
def y_number_alone(world: World) -> Draft:
    words = world.pick("これお願いします", "登録お願いします", "さっきの件", "お送りします")
    lines = [words, "", pen(world, 0.1)(world.number()), "", world.person().surname]
    return Draft([Text("\n".join(lines))], ["(件名なし)"], labelled=False)
