"""Amounts, guides and notices near the matter, and forms of offices that hold the number."""

from __future__ import annotations

from auditor.model import Table, Text
from corpus.document import Draft, template
from corpus.tuning._office import closing, opening
from corpus.tuning.second_frame import called, inbox, kept, typed
from corpus.world import World
from corpus.writing import full_width, grouped

OFFICES = "Papers of budgets, manuals, town halls, banks, schools, clinics and charities"
WORDS = ("マイナンバー", "個人番号")
HARD = 0.85


def _other(world: World) -> str:
    n = world.random12(HARD)
    return world.pick(n, n, n, grouped(n, "-"))


@template("amount", source=OFFICES)
def y_budget_of_the_system(world: World) -> Draft:
    """Money in yen without commas, for the system of the number."""
    word, n, m = world.pick(*WORDS), world.random12(HARD), world.random12(HARD)
    text = world.pick(
        f"{word}関連システム整備費 {n}円（前年度 {m}円）",
        f"歳出\n{word}制度対応\t{n}\n基幹システム\t{m}\n（単位：円）",
        f"{word}カード交付事業　予算額　{n}　決算額　{m}",
        f"{word}事業 総額 {n} 執行率98%",
        f"金額：{n}\n摘要：{word}システム改修",
        f"{word}対応費用の合計は{n}円となる見込みである。",
        f"{word}利用促進経費\n補正前 {n}\n補正額 {m}\n計 {n}",
        f"（款）総務費（項）{word}費 {n} 千円",
    )
    return kept(world, ("予算書.txt", "決算.txt", "見積.txt"), Text(text))


@template("amount", source=OFFICES)
def y_table_of_money(world: World) -> Draft:
    """A table whose rows name the matter and whose columns are money."""
    word = world.pick(*WORDS)
    rows = [[world.pick("事業名", "費目", "項目"), world.pick("予算額", "金額", "決算額"), "増減"]]
    things = ("システム改修", "カード交付", "通知発送", "委託料", "コールセンター", "普及啓発")
    rows += [
        [f"{word}{one}", world.random12(0.6), f"{world.rng.randint(-9, 9)}%"]
        for one in world.sample(things, 5)
    ]
    rows.append(["合計", world.random12(0.6), ""])
    return kept(world, (f"{word}予算.xlsx", "予算.xlsx"), Table(rows, "sheet 予算"))


@template("guide", source=OFFICES)
def y_how_to_type_it(world: World) -> Draft:
    """A guide shows how the number looks, with digits of nobody."""
    word, n = world.pick(*WORDS), world.random12(HARD)
    shown = world.pick(n, grouped(n), grouped(n, "-"), full_width(n))
    text = world.pick(
        f"{word}欄は「{shown}」のように左詰めで記入します。",
        f"ステップ3　{word}を入力\n（見本）{shown}\nステップ4　送信ボタンを押す",
        f"Q3. {word}は何桁ですか？\nA. 12桁です。{shown} のような数字です。",
        f"{word}の入力形式\n○ {shown}\n× {shown[:-1]}（桁数不足）",
        f"※下図の{word}（{shown}）は架空のものです。",
        f"たとえば{word}が「{shown}」の場合、下4桁は「{shown[-4:]}」です。",
        f"{word}（サンプル）　{shown}",
    )
    return kept(world, ("記入要領.txt", "操作マニュアル.txt", "FAQ.txt"), Text(text))


@template("guide", source=OFFICES)
def y_page_of_questions(world: World) -> Draft:
    """Questions on the matter; one answer is on another number."""
    word, n = world.pick(*WORDS), _other(world)
    questions = [
        f"Q. {word}の提出は必須ですか。\nA. 法令により必要です。",
        f"Q. {word}カードがありません。\nA. 通知カードまたは住民票をご用意ください。",
        world.pick(
            f"Q. 申請の状況を知りたい。\nA. 受付時の番号（例 {n}）で照会できます。",
            f"Q. 送った書類は届いていますか。\nA. 追跡番号（{n} など）でお調べください。",
            f"Q. 契約番号はどこにありますか。\nA. 証券の右上です（{n} の形）。",
            f"Q. ログインIDは？\nA. 社員に配った12桁、{n} のような番号です。",
        ),
    ]
    world.rng.shuffle(questions)
    return kept(world, ("よくある質問.txt", "FAQ.md"), Text("\n\n".join(questions)))


@template("notice", source=OFFICES)
def y_letter_with_a_reference(world: World) -> Draft:
    """A letter of an office on the matter has a reference at its head or foot."""
    me, word, n = world.person(), world.pick(*WORDS, "マイナンバーカード"), _other(world)
    name = world.pick(
        "整理番号", "通知番号", "文書番号", "お客様番号", "照会番号", "管理番号", "No."
    )
    body = world.pick(
        f"{word}の提出について（お願い）",
        f"{word}未登録の方へのご案内",
        f"{word}の確認が完了いたしました",
        f"{word}の利用開始のお知らせ",
    )
    end = f"{word}に関するお問い合わせは窓口まで。"
    text = world.pick(
        f"{name} {n}\n{me.name} 様\n\n{body}\n\n{end}",
        f"{me.name} 様\n{body}\n\n{end}\n\n{name}：{n}",
        f"{body}\n{me.name} 様（{n}）\n{end}",
        f"{me.address}\n{me.name} 様\n{n}\n\n{body}\n{end}",
        f"{body}\n\n対象者 {me.name}\n{name}\n{n}\n\n{end}",
    )
    return kept(world, ("お知らせ.txt", "通知文.txt", "案内.txt"), Text(text))


@template("notice", source=OFFICES)
def y_online_with_an_id(world: World) -> Draft:
    """How to hand it in online: an id and a link."""
    me, word, n = world.person(), world.pick(*WORDS), _other(world)
    name = world.pick("ログインID", "ユーザーID", "受講者番号", "加入者コード", "アクセスコード")
    text = world.pick(
        f"{word}はWebでご登録ください。\n{name}：{n}\nURL https://example.jp/entry",
        f"下記の{name}で{word}収集サイトに入れます。\n\n{n}\n\n初回はパスワードを変更してください。",
        f"{me.surname}様の{name}は {n} です。ログイン後、{word}の写真をアップロードしてください。",
        f"{word}提出サイト\nID {n}\nPW 別送",
    )
    return inbox(world, me, f"{word}登録のお願い", Text(text))


@template("notice", source=OFFICES)
def y_number_will_be_asked(world: World) -> Draft:
    """The number is asked for, and only other facts stand there already."""
    me, word, n = world.person(), world.pick(*WORDS), world.random12(HARD)
    text = world.pick(
        f"{word}：（別紙に記入）\n加入者：{n}\n氏名：{me.name}",
        f"{word}　＿＿＿＿＿＿＿＿＿＿＿＿\n管理　{n}\n氏名　{me.name}",
        f"{word}（12桁）□□□□□□□□□□□□\n帳票 {n}",
        f"{word} 提出済\n会員 {n}",
        f"{word}：未提出　　契約 {n}",
        f"{word}欄は空欄のままで結構です。\n帳票ID {n}",
    )
    return kept(world, ("届出書.txt", "申込書.txt"), Text(text))


@template("form", source=OFFICES)
def y_form_of_an_office(world: World) -> Draft:
    """A form of a bank, a school, a clinic or a charity, filled in."""
    me, n = world.person(), typed(world, 0.3)
    other = _other(world)
    who = world.pick("申込者", "届出人", "受給者", "講師", "患者", "寄附者", "口座名義人", "保護者")
    label = called(world)
    lines = [
        f"{world.pick('お客様番号', '口座番号', '学籍番号', '診察券番号', '会員番号')}：{other}",
        f"{who}氏名：{me.name}",
        f"{label}：{n}",
        f"住所：{me.address}",
        f"電話：{world.phone()}",
    ]
    world.rng.shuffle(lines)
    head = world.pick(
        "個人番号届出書", "マイナンバー届出用紙", "奨学金 申込書", "謝金支払調書用 届"
    )
    return kept(world, ("届出.txt", "form.txt"), Text("\n".join([head, *lines])))


@template("form", source=OFFICES)
def y_form_line_below(world: World) -> Draft:
    """Labels stand on one line and the values on the next, or number and label are apart."""
    me, n = world.person(), typed(world, 0.2)
    label = called(world)
    text = world.pick(
        f"氏名　　　生年月日　　　{label}\n{me.name}　{me.born:%Y.%m.%d}　{n}",
        f"{label}\n（本人）\n{n}\n氏名\n{me.name}",
        f"① 氏名 {me.name}\n② {label}\n　　{n}\n③ 電話 {world.phone()}",
        f"{n}\n↑ {label}\n{me.name}",
        f"【{label}】\n{n}\n【電話】\n{world.phone()}",
        f"{label}（右詰めで記入）　{n}　（確認済 ✓）",
        f"{label} ／ Individual Number\n\n{n}",
        f"{me.name}　{me.era_birth}生\n{label}　第 {n} 号",
    )
    return kept(world, ("form.txt", "用紙.pdf", "スキャン.txt"), Text(text))


@template("form", source=OFFICES)
def y_form_for_a_payee(world: World) -> Draft:
    """Payment slips with the number of who is paid, and money beside."""
    me, n, pay = world.person(), typed(world, 0.2), world.rng.randint(1, 9)
    text = world.pick(
        f"支払を受ける者\n氏名 {me.name}\n個人番号又は法人番号 {n}\n支払金額 {pay}0,000",
        f"講師謝金\n{me.name}（{me.address}）\nマイナンバー {n}\n金額 {pay}0000円",
        f"地主：{me.name}\n賃料 年額{world.rng.randint(1, 9)}00,000円\n個人番号 {n}",
        f"報酬支払先台帳\n{me.name}\t{n}\t個人番号確認済",
    )
    return kept(world, ("支払調書.txt", "謝金.txt"), Text(text))


@template("mail", source=OFFICES)
def y_adviser_asks_and_gets(world: World) -> Draft:
    """A labour or tax adviser is sent a hire's facts."""
    me, n = world.person(), typed(world, 0.2)
    facts = [
        f"氏名：{me.name}（{me.kana}）",
        f"生年月日：{me.era_birth}",
        f"住所：〒{world.postcode()} {me.address}",
        f"基礎年金番号：{world.rng.randint(1000, 9999)}-{world.rng.randint(100000, 999999)}",
        f"{called(world)}：{n}",
        f"入社日：{world.day()}",
    ]
    world.rng.shuffle(facts)
    text = (
        f"{world.pick('社労士法人みなと', '高橋税理士事務所')} 御中\n\n{opening(world, me)}\n"
        f"入社手続きをお願いします。\n\n" + "\n".join(facts) + f"\n\n{closing(world)}"
    )
    return inbox(world, me, world.pick("入社手続きのお願い", "資格取得の件"), Text(text))
