"""Parcels and tickets beside the matter, and how to quote their numbers from now on."""

from __future__ import annotations

from auditor.model import Text
from corpus.document import Draft, template
from corpus.tuning.fifth_mails import other
from corpus.tuning.second_frame import inbox, kept, typed
from corpus.world import World

POSTS = "Mails of senders, help desks and town halls"
WORDS = ("マイナンバー", "個人番号", "マイナンバーカード")
PAPERS = ("書類", "関係書類", "台紙", "回収キット", "申請書", "取扱書類", "提出用封筒")
SUBJECTS = (
    "マイナンバー書類の件",
    "発送のお知らせ",
    "ご連絡",
    "Re: マイナンバーの提出",
    "書類送付",
)


@template("courier", source=POSTS)
def x_parcel_with_papers(world: World) -> Draft:
    """The parcel has the papers; its number follows without its name."""
    me, papers, n = world.person(), world.pick(*WORDS) + world.pick(*PAPERS), other(world)
    firm = world.pick("ヤマト運輸", "佐川急便", "日本郵便", "ゆうパック", "西濃運輸", "福山通運")
    text = world.pick(
        f"{papers}を{firm}で送りました。\n{n}\n到着したらご一報ください。",
        f"{papers}、本日の便で発送済です（{firm} {n}）。",
        f"{papers}が届いていないとのことですが、{n} で配達完了になっています。",
        f"{firm}さんに{papers}の集荷を頼みました。控えは {n} です。",
        f"{papers}を発送しました。\n\n{firm}\n{n}\n\n書留相当です。",
        f"{papers} {firm} {n}",
        f"{papers}1箱→倉庫 {n} 着店止め",
    )
    return inbox(world, me, world.pick(*SUBJECTS), Text(text))


@template("courier", source=POSTS)
def x_lines_of_parcels(world: World) -> Draft:
    """A list of what was sent to whom."""
    papers = world.pick(*WORDS) + world.pick(*PAPERS)
    form = world.pick(
        "{who}様 {papers} {n}",
        "{n}　{who}様宛（{papers}）",
        "・{who} {day} 発送 {n}",
        "{day},{who},{papers},{n}",
        "{n} 配達完了 {who}様",
    )
    lines = [
        form.format(who=world.person().name, papers=papers, day=world.day(), n=world.random12())
        for _ in world.many(2, 8)
    ]
    head = world.pick(f"{papers}発送リスト", f"{papers}の発送状況", "発送控え")
    return kept(world, ("発送リスト.txt", "発送控え.txt"), Text(f"{head}\n" + "\n".join(lines)))


@template("courier", source=POSTS)
def x_notice_of_arrival(world: World) -> Draft:
    """A notice of the one who carries."""
    word, n = world.pick(*WORDS), other(world)
    text = world.pick(
        f"お届け予定のお知らせ\n品名：{word}関連書類\n{n}\n時間帯 14-16時",
        f"ご不在連絡票\n差出人：市役所（{word}係）\nお問い合わせ {n}\n保管期限あり",
        f"【配送状況】{word}通知 {n} は持ち戻りとなりました",
        f"本人限定受取郵便\n内容：{word}\n番号：{n}\n本人確認書類をお持ちください",
        f"転送不要・簡易書留　{word}在中　{n}",
        f"{word}交付通知書 到着 {n} 局留め",
    )
    return kept(world, ("不在票.txt", "受領記録.txt", "通知.txt"), Text(text))


@template("courier", source=POSTS)
def x_explains_the_label(world: World) -> Draft:
    """How to read the number of a parcel off its label, for one who sends papers."""
    word, n = world.pick(*WORDS), other(world)
    text = world.pick(
        f"{word}の書類を送ったら、伝票の12桁（例：{n}）を控えてください。",
        f"伝票の右上にある番号、例えば {n} のような12桁が追跡用です。{word}ではありません。",
        f"{word}書類の追跡には 12桁の番号を入力します（例 {n}）。",
        f"Q. {word}の書類の配送状況は？\nA. 12桁の番号（例：{n}）で確認できます。",
    )
    return kept(world, ("FAQ.txt", "発送手順.txt"), Text(text))


@template("courier", source=POSTS)
def x_return_of_papers(world: World) -> Draft:
    """Wrong papers go back, with the number of the way back."""
    me, word, n = world.person(), world.pick(*WORDS), other(world)
    text = world.pick(
        f"{word}の記載に不備があったので返送します。返送は {n} です。",
        f"{word}記載の申告書を返却しました。\n着払い {n}",
        f"お預かりした{word}書類は廃棄せず返しました。{n}で追えます。",
        f"{word}書類返送\n{world.day()} {me.surname}宛 {n} 受領待ち",
    )
    return inbox(world, me, world.pick(*SUBJECTS), Text(text))


@template("courier", source=POSTS)
def x_asked_where_it_is(world: World) -> Draft:
    """Question and answer on a parcel, over several lines."""
    me, word, n = world.person(), world.pick(*WORDS), other(world)
    text = world.pick(
        f"{n}\nこちらの荷物、{word}の書類なのですが、まだ届きません。",
        f"> {word}の封筒はいつ届きますか\n\n{n} で調べてみてください。",
        f"{word}の封筒、いつ届きますか？\n\nこちらでご確認ください。\n{n}",
        f"{word}の書類送っておきました〜\n{n}\nで検索してね",
    )
    return inbox(world, me, world.pick(*SUBJECTS), Text(text), labelled=False)


@template("ticket", source=POSTS)
def x_from_now_on_this_number(world: World) -> Draft:
    """A help desk asks to quote its number."""
    me, word, n = world.person(), world.pick(*WORDS), other(world)
    text = world.pick(
        f"{word}登録の件、承りました。\n今後はこの番号でお問い合わせください。\n{n}",
        f"{word}の件で受け付けました。以後のご連絡には {n} をお書きください。",
        f"{n}\n{word}に関するお問い合わせを受け付けました。返信の際は件名の番号を残してください。",
        f"{word}に関するご質問ありがとうございます。お電話の際は「{n}」とお伝えください。",
        f"{word}のエラーについて開発元に上げました。先方の番号は {n} です。",
        f"Your inquiry about My Number has been received. Please quote {n} in further mails.",
    )
    return inbox(world, me, world.pick(*SUBJECTS), Text(text))


@template("ticket", source=POSTS)
def x_case_in_brackets(world: World) -> Draft:
    """The subject or the first line has the case, in brackets."""
    me, word, n = world.person(), world.pick(*WORDS), world.random12(0.8)
    mark = world.pick(f"[{n}]", f"[#{n}]", f"(#{n})", f"【{n}】", f"##{n}##", f"<{n}>")
    text = world.pick(
        f"{mark} {word}が登録できない\n状況：調査中",
        f"件名：{mark} {word}提出方法について\nお世話になっております。",
        f"{word}の登録エラー {mark}\n担当 {me.surname}",
        f"Re: {mark} {word}\n\n対応完了しました。",
    )
    return inbox(world, me, f"{word}について", Text(text))


@template("ticket", source=POSTS)
def x_slot_or_waiting(world: World) -> Draft:
    """A slot, a place in a queue, a call at a window."""
    word, n = world.pick(*WORDS), other(world)
    text = world.pick(
        f"{word}の交付予約を承りました。\n予約ID\n{n}\n当日は窓口でご提示ください。",
        f"{word}受取 来庁予約\n11月4日 10:00 第2窓口\n{n}",
        f"{word}申請の照会用の番号は {n} です。",
        f"{word}更新手続 お控え {n}",
        f"{word}の申請状況確認\n申請書ID {n}\n状態 審査中",
    )
    return kept(world, ("予約票.txt", "控え.txt"), Text(text))


@template("ticket", source=POSTS)
def x_example_in_a_manual(world: World) -> Draft:
    """A manual shows what to type, with made-up digits."""
    word, n = world.pick("マイナンバー", "個人番号"), other(world)
    text = world.pick(
        f"{word}は12桁の数字です。例えば {n} のように入力します。",
        f"{word}欄には（例）{n} のようにハイフンなしで入れてください。",
        f"入力例\n{word}：{n}\n氏名：山田太郎",
        f"{word}を半角で入力（例：{n}）",
        f"Enter the My Number without hyphens, e.g. {n}.",
        f"{word}の形式：{n}（例示）",
        f"仮に{word}が {n} だとすると、最後の1桁が検査用数字です。",
    )
    return kept(world, ("操作手順.txt", "manual.md"), Text(text))


@template("ticket", source=POSTS)
def x_change_requests(world: World) -> Draft:
    """Lines of a list of changes to a system for the number."""
    word = world.pick("マイナンバー", "個人番号")
    form = world.pick(
        "{n} {word}画面の改修 {state}",
        "CHG{n} {word}マスタ更新 {state}",
        "{n}\t{word}連携エラー\t{state}",
        "・{n}：{word}の権限追加（{state}）",
        "{state} {word}帳票修正 #{n}",
    )
    lines = [
        form.format(n=world.random12(0.4), word=word, state=world.pick("完了", "対応中", "保留"))
        for _ in world.many(1, 6)
    ]
    return kept(world, ("変更管理.txt", "課題一覧.txt"), Text("\n".join(lines)))


@template("ticket", source=POSTS)
def x_ticket_asks_for_it(world: World) -> Draft:
    """A ticket with its own number, and the number given in it."""
    word = world.pick("マイナンバー", "個人番号")
    ticket, n = other(world), typed(world, 0.1)
    text = world.pick(
        f"受付 {ticket}\n{word}をお知らせください\n> {n}",
        f"{ticket} の件です。正しい{word}は {n} でした。",
        f"今後はこの番号（{ticket}）でお問い合わせください。登録された{word}：{n}",
        f"書類は {ticket} で返送しました。なお{word}は {n} で登録済みです。",
    )
    return kept(world, ("tickets.txt", "問合せ.txt"), Text(text), labelled=False)
