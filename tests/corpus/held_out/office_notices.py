"""Mails that speak of the number, or look as if they held one, and hold none."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._desk import article, firm, meeting
from corpus.held_out._matter import era, greeting, passages, signed
from corpus.world import World
from corpus.writing import grouped, written


def letter(world: World, subject: str, *body: str) -> Draft:
    by = world.person()
    extra = passages(world, 0, 3)
    lines = [*greeting(world, world.person()), "", *body, *extra, "", *signed(world, by)]
    return Draft([Text("\n".join(lines))], [subject])


@template("courier", source="a kit for the collection of numbers is on its way")
def y_kit_sent(world: World) -> Draft:
    number = grouped(world.other(identifiers.courier), world.pick("-", " ", ""))
    return letter(
        world,
        "収集キット発送のお知らせ",
        f"{world.pick('マイナンバー収集キット', '個人番号の届出用紙')}を本日発送いたしました。",
        world.pick(f"送り状番号：{number}", f"お荷物番号\n{number}", f"{number}（ヤマト運輸）"),
        "到着後、マイナンバーカードの写しを貼付してご返送ください。",
    )


@template("seminar", source="an acknowledgement for a course about the number")
def y_course_booked(world: World) -> Draft:
    return letter(
        world,
        "【受付完了】マイナンバー実務セミナー",
        f"講座「{world.pick('マイナンバー実務', '年末調整と個人番号', '番号法の改正点')}」",
        "へのお申込みを承りました。",
        f"{world.pick('受講番号', '受付番号', 'お申込番号')}　{written(world, world.random12())}",
        f"日時 {era(world)} 13:30〜16:30",
        f"オンライン参加：ミーティングID {meeting(world)}",
    )


@template("licence", source="drivers of a firm are asked for their licences")
def y_drivers_asked(world: World) -> Draft:
    people = [world.person() for _ in world.many(1, 5)]
    return letter(
        world,
        "社用車の運転者登録",
        "免許証とマイナンバーカードの一体化に伴い、登録内容をご確認ください。",
        "（マイナンバーそのものは当課では取り扱いません）",
        *[f"{one.name}　免許証番号 {world.other(identifiers.licence)}" for one in people],
    )


@template("notice", source="requests that the number be left out, with the request's own number")
def y_leave_it_out(world: World) -> Draft:
    return letter(
        world,
        "住民票ご提出のお願い",
        f"お手続き番号：{written(world, world.random12())}",
        world.pick(
            "住民票は個人番号の記載がないものをご用意ください。",
            "マイナンバーが載っている場合は、黒く塗りつぶしてからお送り願います。",
        ),
        f"提出期限　{era(world)}",
    )


@template("order", source="a shop's mail: someone buys a safe, or a reader for cards")
def y_safe_ordered(world: World) -> Draft:
    return letter(
        world,
        "ご注文の確認",
        f"ご注文番号 {world.random12()}",
        f"商品　{world.pick('マイナンバー保管庫 A4', 'マイナンバーカードリーダー')}",
        f"JAN {article(world)}　数量 {world.rng.randint(1, 9)}",
        f"発送後の問合せ番号 {grouped(world.other(identifiers.courier), '-')}",
    )


@template("invoice", source="a firm tells its own numbers for invoices")
def y_registered_issuer(world: World) -> Draft:
    corporate = firm(world)
    return letter(
        world,
        "登録番号のご案内",
        f"当社の適格請求書発行事業者の登録番号は T{corporate} です。",
        world.pick(
            f"法人番号 {corporate}",
            f"会社法人等番号 {corporate[1:5]}-{corporate[5:7]}-{corporate[7:]}",
        ),
        "個人事業主の方はマイナンバーではなく、Tから始まる番号をお知らせください。",
        f"請求書番号 {world.random12()}",
    )


@template("ticket", source="a help line for the government's portal answers a question")
def y_portal_error(world: World) -> Draft:
    return letter(
        world,
        f"[{world.random12()}] マイナポータルのログインについて",
        f"お問い合わせ番号：{world.random12()}",
        "マイナンバーカードの署名用パスワードがロックされた場合は、市区町村の窓口で初期化が必要です。",
        f"エラーコード：EW{identifiers.digits(world.rng, 3)}-{identifiers.digits(world.rng, 4)}",
    )


@template("masked", source="the number is masked; beside it a control number in full")
def y_masked_notice(world: World) -> Draft:
    hidden = world.pick(
        "＊＊＊＊ ＊＊＊＊ ＊＊＊＊", "●●●●-●●●●-●●●●", "XXXXXXXXXXXX", "************"
    )
    return letter(
        world,
        "登録内容の確認",
        f"個人番号：{hidden}",
        f"{world.pick('管理番号', '整理番号', '登録申請番号')}：{written(world, world.random12())}",
        f"登録日：{era(world)}",
    )


@template("bank", source="a bank asks its customers to hand in their number")
def y_bank_asks(world: World) -> Draft:
    rng, card = world.rng, identifiers.card(world.rng)
    return letter(
        world,
        "マイナンバーお届出のお願い",
        f"お客さま番号　{written(world, world.random12())}",
        f"店番 {identifiers.digits(rng, 3)}　口座番号 {identifiers.digits(rng, 7)}",
        "投資信託のお取引には個人番号のお届出が必要です。専用封筒にてお送りください。",
        f"カード番号 {' '.join(card[at : at + 4] for at in (0, 4, 8))} {card[12:]}",
    )


@template(
    "contract", source="an insurer pays out, and needs the number for its report to the office"
)
def y_insurer_pays(world: World) -> Draft:
    return letter(
        world,
        "保険金お支払いに伴うマイナンバーご提供のお願い",
        f"証券番号：{written(world, world.random12())}",
        f"事故受付番号：{world.random12()}",
        "支払調書に記載するため、同封の用紙にマイナンバーをご記入ください。",
    )


@template("courier", source="a telegraphic answer with two parcels, in a thread about the number")
def y_parcels_in_thread(world: World) -> Draft:
    one, two = world.person(), world.person()
    lines = [
        f"{one.surname}さん",
        "送りました。佐川です。",
        f"送り状No. {world.other(identifiers.courier)}",
        f"　　　　 {world.other(identifiers.courier)}",
        two.surname,
        "",
        f"> {two.surname}さん",
        f"> {world.pick('マイナンバーの書類', '個人番号カードのコピー')}は宅配で送ってください。",
        "> 発送したら伝票の番号をこのメールに返信してください。",
    ]
    return Draft([Text("\n".join(lines))], ["Re: 書類の送付方法"])


@template("survey", source="an invitation to a survey on the card, with a participant's code")
def y_survey_invited(world: World) -> Draft:
    return letter(
        world,
        "マイナンバーカード利用状況アンケート",
        "回答にマイナンバーの入力は必要ありません。",
        f"{world.pick('回答コード', 'アンケートID', '参加者番号')}：{world.random12()}",
        f"https://example.jp/q?id={world.random12()}&t={identifiers.timestamp(world.rng)}",
    )


@template("amount", source="a budget for the handling of numbers: amounts and slips")
def y_budget_mail(world: World) -> Draft:
    return letter(
        world,
        "番号制度対応費の計上",
        f"マイナンバー関連システム改修費　{identifiers.amount(world.rng)}円",
        f"稟議番号 {world.random12()}　予算コード {world.random12()}",
        f"起案日 {era(world)}　伝票 {world.other(identifiers.date_serial)}",
    )
