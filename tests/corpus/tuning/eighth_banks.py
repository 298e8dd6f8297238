"""Accounts, transfers and passbooks in mails that speak of the number, and mails that give both."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.fifth_mails import other
from corpus.tuning.second_frame import inbox, kept, typed
from corpus.world import World

BANKS = "Letters of banks, brokers and insurers, and mails of their customers"
WORDS = ("マイナンバー", "個人番号", "マイナンバーカード")
SUBJECTS = (
    "口座の件",
    "マイナンバーのご提出について",
    "お手続きのご案内",
    "Re: 書類の件",
    "ご連絡",
)


@template("bank", source=BANKS)
def x_broker_asks_for_it(world: World) -> Draft:
    """A broker asks for the number and names the customer's account."""
    me, word, n = world.person(), world.pick(*WORDS), other(world)
    thing = world.pick(
        "お取引口座", "証券口座", "口座番号", "総合口座", "部店・口座", "お客さま番号"
    )
    gap = world.pick("：", " ", "：\n", "は", "　")
    text = world.pick(
        f"{me.name}様\n{word}のご提出がまだ確認できておりません。\n{thing}{gap}{n}\nアプリからご登録ください。",
        f"{me.name}様\n\n{thing}{gap}{n}\n\n上記口座について、法令により{word}のお届出が必要です。",
        f"{thing}{gap}{n}のお客様へ\n{word}ご提供のお願い",
        f"{word}のご登録ありがとうございました。\n対象の{thing}{gap}{n}\n今後ともよろしくお願いします。",
    )
    return inbox(world, me, world.pick(*SUBJECTS), Text(text))


@template("bank", source=BANKS)
def x_where_to_pay(world: World) -> Draft:
    """Where the money goes, and that the number was handed in otherwise."""
    me, word, n = world.person(), world.pick(*WORDS), other(world)
    branch = world.pick("本店", "新宿支店", "〇一八支店", "Hongo Branch")
    text = world.pick(
        f"{word}は郵送済みです。振込先は{branch} 普通 {n} です。",
        f"報酬の振込口座です。\nみらい銀行 {branch}\n{n}\n{me.kana}\n{word}は別途提出します。",
        f"{word}の写しを添付しました。\n口座は {n}（{branch}）でお願いします。",
        f"My Number is attached. Please remit to account {n}, {branch}.",
        f"{word}の提出は不要とのこと、承知しました。お振込は {n} 宛にお願いします。",
        f"{word}が要ると言われましたが、口座({n})への入金には関係ないのでは？",
    )
    return inbox(world, me, world.pick(*SUBJECTS), Text(text))


@template("bank", source=BANKS)
def x_passbook(world: World) -> Draft:
    """A passbook's or a card's number beside the matter."""
    word, n = world.pick(*WORDS), other(world)
    text = world.pick(
        f"通帳の記号番号 {n} を確認しました。{word}の登録も完了しています。",
        f"{word}の付番に必要なので、通帳の番号を控えました。{n}",
        f"預金口座付番の申出\n金融機関 みらい銀行\n記号番号 {n}\n{word} カードで確認済",
        f"通帳番号：{n}\n{word}：提出済",
        f"キャッシュカードに {n} とあります。{word}とは別の番号です。",
        f"ゆうちょ {n}\n※{word}は窓口で提示",
    )
    return kept(world, ("口座メモ.txt", "付番.txt", "窓口記録.txt"), Text(text))


@template("bank", source=BANKS)
def x_receiving_account(world: World) -> Draft:
    """The account that receives public money is registered with the card."""
    me, n = world.person(), other(world)
    text = world.pick(
        f"公金受取口座の登録\nマイナンバーカードで登録できます\n"
        f"銀行名 みらい銀行\n口座 {n}\n名義 {me.kana}",
        f"給付金はマイナンバーに紐づく口座（{n}）に入ります。",
        f"マイナンバーと口座の紐付け：{n} で申し込みました",
        f"公金受取口座 {n} をマイナンバーとともに登録済",
        f"マイナンバー登録済み口座\t{n}",
    )
    return inbox(world, me, world.pick("給付金", "公金受取口座", "口座の件"), Text(text))


@template("bank", source=BANKS)
def x_transfers(world: World) -> Draft:
    """Lines of transfers whose remarks have the word."""
    word = world.pick("マイナンバー収集", "マイナンバー代行", "個人番号管理")
    form = world.pick(
        "{day} 振込 {n} {firm} {word}料 {yen:,}",
        "{day}\t{n}\t{word}\t{yen}",
        "{day} {word}サービス利用料 取引No{n} {yen:,}円",
        "{day} {firm} {n} 摘要:{word}",
    )
    lines = [
        form.format(
            day=world.day(),
            n=world.random12(0.2),
            firm=world.company(),
            word=word,
            yen=world.rng.randrange(1_000, 90_000),
        )
        for _ in world.many(1, 6)
    ]
    return kept(world, ("入出金.txt", "振込明細.txt"), Text("\n".join(lines)))


@template("bank", source=BANKS)
def x_policy_at_an_insurer(world: World) -> Draft:
    """An insurer's letter: policy, contract, file; the number goes in an envelope."""
    me, word, n = world.person(), world.pick(*WORDS), other(world)
    thing = world.pick(
        "証券番号", "ご契約番号", "証券記号番号", "ご契約No.", "年金証書", "Policy No."
    )
    gap = world.pick("：", " ", "　", "／")
    text = world.pick(
        f"{thing}{gap}{n}\n支払調書の作成のため、{word}を同封の用紙でお届けください。",
        f"お客さまの{thing}は{n}です。{word}のお手続きの際にお知らせください。",
        f"{word}申告書\n{thing}{gap}{n}\n契約者 {me.name}\n{word}（裏面にご記入）",
        f"{word}のご申告は専用サイトから。ログインには{thing}（{n}）が必要です。",
    )
    return inbox(world, me, world.pick(*SUBJECTS), Text(text))


@template("bank", source=BANKS)
def x_account_and_the_number(world: World) -> Draft:
    """Both are given: the account and the number."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    a, n = other(world), typed(world, 0.1)
    text = world.pick(
        f"振込先：みらい銀行 普通 {a}\n{word}：{n}",
        f"{word}　{n}\n口座番号　{a}\n名義　{me.kana}",
        f"口座は {a}、{word}は {n} です。",
        f"証券口座 {a} に届け出る{word}です。\n{n}",
        f"{word}ですが {n} です。口座 {a} に紐付けてください。",
    )
    return inbox(world, me, world.pick(*SUBJECTS), Text(text))
