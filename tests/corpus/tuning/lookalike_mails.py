"""Mails and chats with other people's numbers: parcels, orders, tickets, invoices, meetings."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import CARRIERS, PARCEL, letter, mail, paragraph, parcel
from corpus.world import World
from corpus.writing import grouped, written

DAILY = "Everyday business mail"


@template("courier", source=DAILY, weight=5)
def papers_by_courier(world: World) -> Draft:
    """The word マイナンバー beside a parcel's number."""
    what = world.pick(
        "マイナンバーの書類",
        "マイナンバー届出書",
        "個人番号の控え",
        "通知カードのコピー",
        "マイナンバーカードの写し",
        "マイナンバー関係書類一式",
    )
    by, number, label = world.pick(*CARRIERS), parcel(world), world.pick(*PARCEL)
    matter = world.pick(
        f"{what}を{by}で送りました。{number}",
        f"{what}は本日{by}で発送しました（{number}）。",
        f"{what}を発送いたしました。\n{label}：{number}",
        f"書類は{by}で送りました。{number} です。"
        f"マイナンバーが入っていますので取り扱いにご注意ください。",
        f"{what}、{by} {number} でそちらに着く予定です。",
        f"{label}　{number}（{by}）\n内容物：{what}",
        f"件名の{what}ですが、{by}の{label}は{number}です。届きましたらご連絡ください。",
    )
    subject = world.pick(
        "書類送付のご連絡",
        "マイナンバー書類の発送について",
        "発送しました",
        "Re: 年末調整書類",
        "マイナンバーの提出について",
    )
    return mail(world, subject, letter(world, matter))


@template("ticket", source=DAILY, weight=4)
def ticket_below_the_subject(world: World) -> Draft:
    """番号は …: the ticket's, below a subject that speaks of My Numbers."""
    number = written(world, world.random12(0.8), odd=0.05)
    subject = world.pick(
        "マイナンバー収集のお願い",
        "マイナンバーシステムの不具合について",
        "【重要】マイナンバー提出期限",
        "個人番号の登録エラー",
    )
    kind = world.pick(
        "受付番号",
        "お問い合わせ番号",
        "チケット番号",
        "申請番号",
        "ケース番号",
        "リクエスト番号",
        "管理番号",
        "予約番号",
    )
    matter = world.pick(
        f"{kind}は {number} です。",
        f"お問い合わせを受け付けました。\n{kind}：{number}\nご照会の際はこの番号をお伝えください。",
        f"番号は {number} です。{kind}としてお控えください。",
        f"システム会社に問い合わせたところ、{kind} {number} で調査中とのことです。",
        f"{kind}【{number}】\n登録画面に{kind}を入力のうえ、ご自身で手続きをお願いします。",
    )
    return mail(world, subject, letter(world, matter))


@template("licence", source=DAILY, weight=2)
def licence_mail(world: World) -> Draft:
    """運転免許証番号, perhaps in a mail that also asks for the My Number."""
    me, number = world.person(), world.other(identifiers.licence, 0.8)
    show = world.pick(f"第{number}号", number, grouped(number), f"第 {number} 号")
    told = world.pick(
        f"免許証番号：{show}",
        f"運転免許証の番号は{show}です。",
        f"免許証番号 {show}\n有効期限 令和{world.rng.randint(7, 12)}年",
    )
    ask = world.pick(
        "",
        "",
        "マイナンバーは後日提出します。",
        "マイナンバーカードはまだ持っていません。",
        "※マイナンバーは紙で提出してください。",
    )
    subject = world.pick("免許証のコピー", "車両使用申請", "本人確認書類について", "運転者登録")
    return mail(
        world,
        subject,
        letter(world, *world.sample([part for part in (told, ask) if part], 2), me=me),
    )


@template("phone", source=DAILY, weight=3)
def international_signature(world: World) -> Draft:
    mobile = world.other(identifiers.mobile, 0.7)
    show = world.pick(
        f"+{mobile}",
        mobile,
        f"+{mobile[:2]} {mobile[2:4]} {mobile[4:8]} {mobile[8:]}",
        f"+{mobile[:2]}-{mobile[2:4]}-{mobile[4:8]}-{mobile[8:]}",
    )
    label = world.pick("TEL: ", "Mobile: ", "Phone ", "携帯：", "WhatsApp ", "☎ ", "")
    told = world.pick("個人番号の件は総務へ。", "", "マイナンバーの提出は郵送でお願いします。")
    me = world.person()
    block = f"{me.roman}\n{world.company()}\n{label}{show}\n{world.mail(me)}"
    body = f"{paragraph(world, 1, 4)}\n{told}\n\n{block}"
    return mail(world, world.pick("Schedule", "打ち合わせの件", "Re: visit", "ご挨拶"), body)


@template("notice", source="Personnel offices ask for My Numbers", weight=4)
def request_for_numbers(world: World) -> Draft:
    """Everything about the number except a number; contacts and staff numbers instead."""
    rng = world.rng
    lines = [
        world.pick(
            "マイナンバーのご提出をお願いいたします。",
            "個人番号（12桁）をご提出ください。",
            "年末調整に伴いマイナンバーを収集します。",
        ),
        world.pick(
            f"提出期限：{world.day():%Y年%m月%d日}",
            f"提出先URL：https://example.jp/form/{rng.randrange(10**12):012d}",
        ),
        f"フリーダイヤル 0120-{rng.randint(100, 999)}-{rng.randint(100, 999)}",
        f"お問い合わせ番号 {parcel(world)}",
        world.pick(
            f"あなたの社員番号：{world.random12(0.6)}",
            f"整理番号：{world.random12(0.6)}",
            f"申請ID {world.random12(0.6)}",
        ),
        world.pick(
            "※メールにマイナンバーを記載しないでください。",
            "通知カードのコピーを同封してください。",
            "番号確認書類と身元確認書類が必要です。",
        ),
    ]
    return mail(
        world,
        world.pick("【依頼】マイナンバー提出", "個人番号のご提出について", "年末調整のお知らせ"),
        letter(world, "\n".join(lines)),
    )


@template("meeting", source="Invitations to online meetings", weight=4)
def online_meeting(world: World) -> Draft:
    number = world.random12(0.5)
    show = world.pick(
        f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}", number, grouped(number)
    )
    lines = [
        paragraph(world, 1, 3),
        world.pick(
            "Microsoft Teams 会議", "Microsoft Teams ミーティング", "オンライン会議のご案内"
        ),
        f"{world.pick('会議 ID', 'ミーティング ID', 'Meeting ID', '電話会議 ID')}: {show}",
        f"パスコード: {identifiers.digits(world.rng, 6)}",
        f"またはダイヤルイン {world.phone()},,{identifiers.digits(world.rng, 9)}#",
    ]
    subject = world.pick(
        "マイナンバー制度説明会", "定例会", "年末調整 説明会", "キックオフ", "個人番号取扱研修"
    )
    return mail(world, subject, "\n".join(lines))


@template("chat", source="Teams chats and channels", weight=4)
def chat_about_other_numbers(world: World) -> Draft:
    """Parcels, tickets and orders in chats where the word stands too."""
    kind, number = world.pick(
        ("追跡番号", parcel(world)),
        ("チケット", world.random12(0.8)),
        ("注文番号", world.other(identifiers.date_serial, 0.8)),
        ("会員番号", grouped(world.random12(0.8))),
        ("免許証番号", world.other(identifiers.licence, 0.8)),
    )
    lines = [
        world.pick(
            "マイナンバーの書類届いた？",
            "マイナンバー回収の進捗どうですか",
            "総会の資料ですが",
            "昨日の件です",
        ),
        world.pick(
            f"{kind}は {number} です",
            f"{kind} {number}",
            f"{kind}：{number}",
            f"これ{kind}です→{number}",
        ),
        world.pick("確認します！", "あとで見ます", "マイナンバーは金庫に入れました", "👍"),
    ]
    return Draft(
        [Text("\n".join(lines[world.pick(0, 0, 1) :]))],
        ("Teams", world.pick("総務チャット", "General")),
    )


@template("mistyped", source="Personnel offices", weight=0.5)
def failing_number(world: World) -> Draft:
    """A label and twelve digits that fail the check: no number of anybody, at most worth a look."""
    wrong = identifiers.mistyped(world.rng)
    matter = world.pick(
        f"個人番号：{written(world, wrong)}",
        f"マイナンバー {written(world, wrong)} は桁の誤りではないでしょうか。",
        f"マイナンバー（{written(world, wrong)}）が登録エラーになりました。再度ご確認ください。",
    )
    return mail(
        world, world.pick("番号の誤り", "マイナンバー再提出", "確認のお願い"), letter(world, matter)
    )
