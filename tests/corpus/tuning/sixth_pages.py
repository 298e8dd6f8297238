"""Page texts, prints, logs, tickets and data: forms whose lines were torn apart, and records."""

from __future__ import annotations

import json

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept, seen, typed
from corpus.world import World
from corpus.writing import full_width, grouped, spaced

PRINTS = "Pages of forms as extraction and recognition give them"
SYSTEMS = "Logs, tickets, dumps and data of business programs"
HARD = 0.5


def _other(world: World) -> str:
    number = world.random12(HARD)
    return world.pick(number, number, grouped(number, "-"))


def _page(world: World, lines: list[str], *names: str, labelled: bool = True) -> Draft:
    return kept(world, names, Text("\n".join(lines), "page 1"), labelled=labelled)


@template("pdf", source=PRINTS)
def w_entry_form_in_pieces(world: World) -> Draft:
    """A form: labels and values in lines, with hints and boxes between."""
    me, number = world.person(), world.number()
    boxes = world.pick(
        spaced(number),
        grouped(number),
        " ".join(spaced(part) for part in grouped(number).split()),
        "|".join(number),
        full_width(spaced(number, "　")),
        "\n".join(number),
    )
    hint = world.pick(
        "", "（12桁）", "\n※カード裏面の番号を記入", " ※右詰め", "\n(Individual Number)"
    )
    lines = [
        world.pick("入社時提出書類", "身上異動届", "口座・番号届"),
        f"フリガナ {me.kana}",
        f"氏名 {me.name} 印",
        world.pick("個人番号", "マイナンバー", "個 人 番 号")
        + hint
        + world.pick(" ", "\n")
        + boxes,
        f"住所 〒{world.postcode()} {me.address}",
        f"{world.pick('整理番号', '受付番号')} {_other(world)}",
    ]
    return _page(world, lines, "届.pdf", "scan0012.pdf")


@template("pdf", source=PRINTS)
def w_insured_and_number(world: World) -> Draft:
    """An insurance form: several numbers of several lengths in a row of boxes."""
    me = world.person()
    number = world.number()
    lines = [
        "健康保険・厚生年金保険 被保険者資格取得届",
        f"事業所整理記号 {world.rng.randrange(100):02d}-ｱｲｳ",
        f"事業所番号 {world.rng.randrange(10**5):05d}",
        f"① 被保険者整理番号 {world.rng.randrange(1000)} ② 氏名 {me.name}",
        f"③ 生年月日 {me.era_birth} ④ 種別 1",
        f"⑥ 個人番号［基礎年金番号］ {world.pick(number, spaced(number), grouped(number))}",
        f"⑦ 取得年月日 {world.day():%y%m%d} ⑧ 被扶養者 0.無 1.有",
        f"備考 {world.pick('', '受付 ' + _other(world))}",
    ]
    return _page(world, lines, "取得届.pdf", "届出.pdf")


@template("scan", source=PRINTS)
def w_recognised_card(world: World) -> Draft:
    """A card's back as recognition reads it, with noise and stray marks."""
    me, number = world.person(), world.number()
    shown = grouped(number, world.pick(" ", "  ", "　", " ・", "-"))
    lines = [
        world.pick("個人番号", "個入番号", "個 人 番 号", "個人番号 。"),
        shown,
        world.pick("氏名", "氏 名") + f" {me.name}",
        f"{me.era_birth}{world.pick('生', ' 生', '')}",
        world.pick("", "個人番号カード", "QR", "|||"),
    ]
    if world.chance(0.5):
        lines = [lines[2], lines[3], lines[0], lines[1], lines[4]]
    return _page(world, [line for line in lines if line], "card.jpg", "IMG_2041.png", "裏面.pdf")


@template("licence", source=PRINTS)
def w_papers_of_identity(world: World) -> Draft:
    """A sheet for copies: the licence is pasted, the number is to be handed in elsewhere."""
    me = world.person()
    number = world.other(identifiers.licence, HARD)
    lines = [
        world.pick("本人確認書類貼付台紙", "マイナンバー本人確認書類 台紙", "身元確認書類"),
        f"氏名 {me.name} 昭和{world.rng.randint(40, 63)}年4月3日生",
        f"住所 {me.address}",
        "交付 令和03年02月11日 12345",
        world.pick("優良", "眼鏡等"),
        f"番号{world.pick(' 第 ', '　第　', ' ')}{number}{world.pick(' 号', '　号', '')}",
        world.pick("東京都公安委員会", "神奈川県\n公安委員会"),
        "個人番号が分かる書類は別の封筒に入れてください。",
    ]
    return _page(world, lines, "台紙.pdf", "免許証.pdf")


@template("ticket", source=SYSTEMS)
def w_ticket_with_it(world: World) -> Draft:
    """A ticket: fields above, in the description somebody typed the number."""
    me, word = world.person(), world.pick("マイナンバー", "個人番号")
    n = typed(world, 0.1)
    said = world.pick(
        f"{word}の登録内容を修正してください。正しい番号は {n} です。",
        f"{word}を {n} に変更願います。",
        f"変更前 空欄\n変更後 {n}\n（{word}）",
        f"{me.surname}さんの{word}が登録できません。入力値: {n}",
        f"対象：{me.name}\n{word}：{n}\nエラー：チェックデジット",
    )
    lines = [
        f"チケット #{world.random12(HARD)}",
        f"起票 {world.day():%Y/%m/%d}",
        "優先度 中",
        "",
        said,
    ]
    return kept(world, ("ticket.txt", "INC.html.txt"), Text("\n".join(lines)))


@template("ticket", source=SYSTEMS)
def w_ticket_without_it(world: World) -> Draft:
    """A ticket on the system of the numbers; all digits are ids."""
    word = world.pick("マイナンバー", "個人番号", "マイナンバー管理")
    key = world.pick(
        "要求ID", "RequestId", "相関ID", "Trace", "受付", "チケット", "管理No", "問合せ"
    )
    lines = [
        f"件名: {word}{world.pick('画面が開かない', '登録時のエラー', 'システムの権限追加')}",
        f"{key}{world.pick(': ', '：', ' ', chr(10))}{_other(world)}",
        f"状態: {world.pick('対応中', '完了')}",
        f"対応: ログを確認。{world.pick('処理番号', 'job', 'セッション')} {_other(world)} で失敗。",
    ]
    return kept(world, ("ticket.txt", "mail.txt"), Text("\n".join(lines)))


@template("log", source=SYSTEMS)
def w_log_of_an_import(world: World) -> Draft:
    """An import writes its rows into the log: csv within the message."""
    head = "社員番号,氏名,個人番号"
    lines = [f"{world.day():%Y-%m-%d} 01:00:00 INFO import start header=[{head}]"]
    for nth in world.many(1, 8):
        who = world.person()
        lines.append(
            f"{world.day():%Y-%m-%d} 01:00:{nth:02d} {world.pick('WARN', 'ERROR')} row {nth}: "
            f"個人番号={world.number()} 社員番号={who.staff} job={world.random12(HARD)}"
        )
    return kept(world, ("import.log", "batch.log"), Text("\n".join(lines)))


@template("log", source=SYSTEMS)
def w_log_of_ids(world: World) -> Draft:
    """A log of the service: ids in brackets, in quotes, at the end; the word in each line."""
    word = world.pick("mynumber", "MyNumberService", "マイナンバー連携", "個人番号照会")
    form = world.pick(
        "[{id}] {word} start",
        "{word} finished in 12ms ({id})",
        '{word}: request "{id}" accepted',
        "{word} 開始 {id}",
        "thread-3 {word} <{id}> ok",
        "{word} txid={id}",
        "{word} - {id} - 200",
        "INFO {word} 完了 件数=3 {id}",
        "{word}[{id}]: ok",
    )
    lines = [
        f"{world.day():%Y-%m-%dT}01:00:{nth:02d}Z "
        + form.format(id=world.random12(HARD), word=word)
        for nth in world.many(2, 20)
    ]
    return kept(world, ("service.log", "app.log"), Text("\n".join(lines)))


@template("json", source=SYSTEMS)
def w_nested_answer(world: World) -> Draft:
    """An answer of an interface: nested objects, numbers of several kinds."""
    people = []
    key = world.pick("myNumber", "individualNumber", "kojinBango", "個人番号")
    for _ in world.many(1, 4):
        who = world.person()
        people.append(
            {
                "employeeId": world.random12(HARD),
                "name": {"last": who.surname, "first": who.given},
                "identity": {"type": "JP", key: world.number(), "verified": True},
                "bank": {"account": world.random12(HARD)},
            }
        )
    text = json.dumps({"count": len(people), "items": people}, ensure_ascii=False, indent=2)
    return kept(world, ("response.json",), *seen(world, "response.json", text))


@template("json", source=SYSTEMS)
def w_nested_without_it(world: World) -> Draft:
    """The same, but the object on the matter has other facts."""
    inner = world.pick(
        "requestId", "consentId", "fileId", "receipt", "vaultRef", "taskId", "tokenId"
    )
    rows = [
        {
            "mynumber": {
                "status": world.pick("collected", "pending"),
                inner: world.random12(HARD),
            },
            "user": world.person().roman,
        }
        for _ in world.many(1, 6)
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=world.pick(None, 2))
    return kept(world, ("status.json",), *seen(world, "status.json", text))


@template("export", source=SYSTEMS)
def w_dump_of_a_database(world: World) -> Draft:
    """Statements of a dump: columns in one list, values in another."""
    columns = ["id", "name", "my_number", "account"]
    order = world.sample(columns, 4)
    rows = []
    for _ in world.many(1, 6):
        who = world.person()
        values = {
            "id": who.staff,
            "name": f"'{who.name}'",
            "my_number": f"'{world.number()}'",
            "account": f"'{world.random12(HARD)}'",
        }
        rows.append("(" + ", ".join(values[name] for name in order) + ")")
    head = f"INSERT INTO {world.pick('staff', 'hr.persons')} ({', '.join(order)}) VALUES\n"
    return kept(world, ("dump.sql", "backup.sql"), Text(head + ",\n".join(rows) + ";"))


@template("list", source=PRINTS)
def w_printed_register(world: World) -> Draft:
    """A printed register: columns by spaces, the page's head and foot with numbers of its own."""
    lines = [
        f"給与支払報告書 提出者控    {world.pick('指定番号', '受付番号')} {world.random12(HARD)}",
        "",
        "番号  氏名        個人番号        生年月日",
    ]
    for nth in world.many(2, 9):
        who = world.person()
        lines.append(f"{nth + 1:>3}  {who.name:<10} {world.number()}  {who.born:%Y/%m/%d}")
    lines += ["", f"出力 {world.day():%Y/%m/%d %H:%M}  帳票 {world.random12(HARD)}"]
    return _page(world, lines, "控.pdf", "一覧.pdf")


@template("note", source=SYSTEMS)
def w_notes_of_an_interview(world: World) -> Draft:
    """Notes with bullets in short words."""
    who = world.person()
    n = typed(world, 0.1)
    lines = [
        f"# {who.name}",
        f"- {world.pick('入社', '退社')} {world.day():%Y/%m/%d}",
        world.pick(
            f"- MN {n}",
            f"- マイナ {n}",
            f"- マイナンバー\n  - {n}",
            f"- 個番 {n}",
            f"- 個人番号 … {n}",
        ),
        f"- 社保 {world.pick('済', '未')}",
        f"- 鍵 No.{_other(world)}",
    ]
    return kept(world, ("memo.md", "入社メモ.txt"), Text("\n".join(lines)))
