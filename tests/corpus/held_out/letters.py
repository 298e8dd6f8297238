"""Mails and chats in which somebody gives a number away."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.held_out._matter import era, greeting, passages, pen, signed
from corpus.world import World
from corpus.writing import grouped, spaced


@template("mail", source="foreign staff answer the personnel office in English")
def x_english_answer(world: World) -> Draft:
    person, write = world.person(), pen(world)
    phrase = world.pick(
        "my My Number is {}.",
        "My Number: {}",
        "Individual Number: {}",
        "Here is my individual number (マイナンバー): {}",
        "the 12-digit number on the back of my card is as follows. My Number {}",
        "Kojin bango (my number): {}",
        "My number card no. is {} (12 digits, back side).",
    ).format(write(world.number()))
    lines = [
        f"Dear {world.pick('HR team', 'Sato-san', 'all', 'Payroll')},",
        "",
        world.pick("Thank you for the reminder.", "Sorry for the late reply.", "As requested,"),
        phrase,
    ]
    more = [
        f"My residence card number is {world.pick('AB', 'TS')}"
        + identifiers.digits(world.rng, 8)
        + "EF.",
        f"My employee ID is {person.staff}.",
        f"Bank account: {identifiers.digits(world.rng, 7)} (ordinary).",
        f"My flight booking reference is {world.random12(0.8)}, arriving next Monday.",
        "Please let me know if you need a copy of the card.",
        f"My phone number has changed to {world.phone()}.",
    ]
    lines += world.sample(more, world.rng.randint(1, 4))
    lines += ["", "Best regards,", person.roman.replace(".", " ").title()]
    subject = world.pick("Re: Year-end adjustment", "Re: documents for payroll", "RE: onboarding")
    return Draft([Text("\n".join(lines))], [subject])


@template("mail", source="mail programs wrap and mark quoted lines, also in the middle of a number")
def x_quoted_reply(world: World) -> Draft:
    person, boss = world.person(), world.person()
    number = world.number()
    digits = world.pick(
        number, grouped(number), f"{number[:8]}\n> {number[8:]}", f"{number[:4]} {number[4:8]}\n> "
        f"{number[8:]}", grouped(number, "-")
    )  # fmt: skip
    label = world.pick("マイナンバー：", "個人番号は ", "マイナンバーですが、", "【個人番号】")
    tail = world.pick("", "です。", "\n> になります。")
    lines = [
        *greeting(world, person),
        world.pick("ありがとうございます。登録しました。", "受領いたしました。原本は不要です。"),
        *passages(world, 0, 3),
        "",
        *signed(world, boss),
        "",
        f"> {era(world)} {person.name} <{world.mail(person)}>:",
        "> " + world.pick("お疲れさまです。", "遅くなり申し訳ありません。"),
        f"> {label}{digits}{tail}",
        f"> 社員番号は{person.staff}です。",
        ">",
        ">> 年末調整のため、必要事項を今週中にお知らせください。",
    ]
    subject = world.pick("Re: Re: 年末調整", "RE: 入社手続きについて")
    return Draft([Text("\n".join(lines))], [subject])


@template("mail", source="chats: the request in one message, bare digits in the answer")
def x_chat_answer(world: World) -> Draft:
    asker, other = world.person(), world.person()
    ask = world.pick(
        "マイナンバーを教えてもらえますか？給与システムに登録します",
        "すみません、個人番号の12桁がまだ未登録です。送ってください",
        "年末調整で必要なのでマイナンバー教えてください",
        "扶養に入る奥様のマイナンバーって分かりますか",
    )
    head = world.pick("[{t}] {n}", "{n}  {t}", "{n}：", "{t} {n}:")
    talk = [(asker, ask)]
    if world.chance(0.5):
        talk.append((other, world.pick("少々お待ちください", "はい、カード探します", "了解です")))
    said = pen(world, 0.2)(world.number())
    talk.append((other, said + world.pick("", " です", "\nこちらです", " でお願いします")))
    talk.append((asker, world.pick("登録しました！", "ありがとうございます", "確認できました")))
    before = [(world.person(), line) for line in passages(world, 0, 6)]
    lines, minute = [], world.rng.randint(0, 20)
    for who, line in [*before, *talk]:
        minute += world.rng.randint(0, 3)
        lines += [head.format(n=who.name, t=f"10:{minute:02d}"), line]
    return Draft([Text("\n".join(lines))], ["Teams チャット"], labelled=False)


@template("mail", source="numbers of a whole family sent in one mail, one line each")
def x_family_by_mail(world: World) -> Draft:
    person, to, write = world.person(), world.person(), pen(world)
    kin = ["妻", "長男", "長女", "母"][: world.rng.randint(1, 4)]
    mark = world.pick("・", "", "　", "- ", "○")
    colon = world.pick("：", " ", "→", "は")
    lines = [
        *greeting(world, to),
        "",
        world.pick(
            "家族分のマイナンバーは下記のとおりです。",
            "扶養家族の個人番号をお送りします。",
            "以下、マイナンバーとなります。よろしくお願いいたします。",
        ),
        *[f"{mark}{who}{colon}{write(world.number())}" for who in ("本人", *kin)],
        "",
        *passages(world, 0, 3),
        *signed(world, person),
    ]
    return Draft([Text("\n".join(lines))], [world.pick("家族の件", "扶養異動の件", "ご提出書類")])


@template("mail", source="scans named by the number, seen as a listing of the folder")
def x_scan_listing(world: World) -> Draft:
    folder = world.pick("マイナンバー", "個人番号カード写し", "01_マイナンバー確認書類")
    write = world.pick(lambda n: n, lambda n: grouped(n, "-"), lambda n: grouped(n, "_"))
    lines = [f" {world.pick('Z:', 'D:')}\\総務\\{folder} のディレクトリ", ""]
    for _ in world.many(1, 12):
        person, day = world.person(), world.day()
        name = world.pick("{n}_{p}.jpg", "{p}_{n}.pdf", "{n}.pdf", "{p}{n}裏面.jpg")
        stamp = day.strftime("%Y/%m/%d  11:08")
        size = f"{world.rng.randint(100, 900) * 1024:>14,}"
        lines.append(f"{stamp} {size} " + name.format(n=write(world.number()), p=person.surname))
    lines.append(f"{len(lines) - 2:>16} 個のファイル")
    return Draft([Text("\n".join(lines))], ["dir.txt"], labelled=False)


@template("mail", source="names of files: the paper itself gives a reader nothing")
def x_number_as_name(world: World) -> Draft:
    person, number = world.person(), world.number()
    digits = world.pick(number, grouped(number, "-"), grouped(number, " "))
    name = world.pick(
        f"マイナンバー{digits}{person.surname}.pdf",
        f"{person.surname}_個人番号_{digits}.jpg",
        f"MyNumber_{person.roman}_{digits}.png",
        f"【マイナンバー】{person.name} {digits}.pdf",
    )
    text = world.pick("", "スキャナから送信されました。", "Scanned by multifunction printer")
    return Draft([Text(text)], ["受信トレイ", name])


@template("mail", source="transcripts of calls: digits in the rhythm of speech", weight=0.3)
def x_call_transcript(world: World) -> Draft:
    number = world.number()
    parts = (number[:4], number[4:8], number[8:])
    spoken = world.pick("、".join(parts), " ".join(parts), "の".join(parts), spaced(number))
    agent, caller = world.pick("オペレーター", "担当者", "A"), world.pick("お客様", "B", "発信者")
    lines = [
        f"{agent}: お電話ありがとうございます。{world.company()}でございます。",
        f"{caller}: 入社書類のことで電話しました。",
        *[f"{agent}: {line}" for line in passages(world, 0, 2)],
        f"{agent}: ではマイナンバーをお願いします。",
        f"{caller}: {world.pick('えっと、', 'はい、', '')}マイナンバーは{spoken}です。",
        f"{agent}: {world.pick('復唱いたします。', 'ありがとうございます。')}",
        f"{caller}: 電話番号は{world.phone()}です。",
    ]
    return Draft([Text("\n".join(lines))], ["通話記録", f"call_{era(world)}.txt".replace("/", "")])


@template("mail", source="tickets: a ticket number that looks like a My Number stands above it")
def x_personnel_ticket(world: World) -> Draft:
    person, write = world.person(), pen(world)
    wrong = world.pick("誤って登録されていました", "桁ズレしていました", "未登録でした")
    lines = [
        f"チケット番号: {world.random12(0.9)}",
        f"起票者: {world.person().name}　起票日: {era(world)}",
        "カテゴリ: 人事・給与 > 登録内容の修正",
        "",
        f"{person.name}さん（社員番号{person.staff}）のマイナンバーが{wrong}。",
        f"{world.pick('正しいマイナンバー', '正', '正しい個人番号')}：{write(world.number())}",
        *passages(world, 0, 2),
        f"対応履歴: {era(world)} 修正済み、{world.pick('クローズ', '確認待ち')}",
    ]
    return Draft([Text("\n".join(lines))], ["ヘルプデスク"])


@template("mail", source="minutes: one sentence in pages of other matters")
def x_minutes_leak(world: World) -> Draft:
    person = world.person()
    said = pen(world, 0.2)(world.number())
    leak = world.pick(
        f"{person.surname}氏のマイナンバー（{said}）は本日付で登録した。",
        f"・{person.name}：個人番号 {said}、{person.era_birth}生。社保加入の手続きへ。",
        f"なお、退職者{person.surname}の個人番号「{said}」が台帳に残っているため削除する。",
    )
    there = f"出席：{world.person().name}、{world.person().name}"
    lines = [f"総務定例　議事録　{era(world)}", there]
    body = [*passages(world, 5, 15), leak]
    world.rng.shuffle(body)
    for nth, line in enumerate(body):
        if nth % 4 == 0:
            lines += ["", f"{nth // 4 + 1}. {world.pick('報告', '協議', '確認', 'その他')}事項"]
        lines.append(line)
    return Draft([Text("\n".join(lines))], ["会議", "議事録.docx"])
