"""Tables of the shapes of the fourth set whose numbers of twelve digits are other ones."""

from __future__ import annotations

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import parcel
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import boxed, grouped

OTHER = "Workbooks on the matter whose numbers are others"
NAMES = ("整理番号", "受付番号", "申請番号", "契約番号", "会員番号", "管理番号", "処理番号")


def _sheet(world: World, rows: list[list[str]], *names: str) -> Draft:
    place = f"sheet {world.pick('Sheet1', '一覧', '状況', '2026')}"
    return kept(world, names, Table(rows, place))


@template("table", source=OTHER)
def u_another_over_people(world: World) -> Draft:
    """The upper header names another number; a title has the word."""
    name = world.pick(*NAMES)
    rows = [
        [world.pick("マイナンバー提出状況", "個人番号 回収管理表", "番号確認の記録")],
        ["社員", "氏名", name, "", "マイナンバー", ""],
        ["", "", "本人", "配偶者", "本人", "配偶者"],
    ]
    for _ in world.many(2, 15):
        me = world.person()
        cells = [
            world.random12(0.4),
            world.pick("", world.random12(0.4)),
            "済",
            world.pick("未", ""),
        ]
        rows.append([me.staff, me.name, *cells])
    return _sheet(world, rows, "提出状況.xlsx", "管理表.xlsx")


@template("form", source=OTHER)
def u_cells_of_another(world: World) -> Draft:
    """Labels and values in turn; the number's cell says that it was handed in."""
    me, number = world.person(), world.random12(0.7)
    shown = world.pick(number, grouped(number), grouped(number, "-"))
    blank = world.pick([], [""])
    rows = [
        ["入社届（控）"],
        ["氏名", *blank, me.name, world.pick(*NAMES), *blank, shown],
        [
            "マイナンバー",
            *blank,
            world.pick("提出済", "別紙", "", "****"),
            "電話",
            *blank,
            world.phone(),
        ],
    ]
    if world.chance(0.5):
        rows[1], rows[2] = rows[2], rows[1]
    return _sheet(world, rows, "控.xlsx", "入社届.xlsx")


@template("survey", source=OTHER)
def u_questions_on_the_matter(world: World) -> Draft:
    """Questions about the number are headers; the answers' ids have twelve digits."""
    question = world.pick(
        "マイナンバーカードを持っていますか？",
        "マイナンバーの提出は済みましたか",
        "個人番号の利用目的を理解しましたか",
    )
    name = world.pick("回答ID", "ID", "Response ID", "受付No", "回答番号")
    rows = [[name, "開始時刻", question, "ご意見"]]
    for _ in world.many(2, 30):
        stamp = f"{world.day():%Y/%m/%d} 09:1{world.rng.randrange(10)}"
        rows.append(
            [world.random12(0.2), stamp, world.pick("はい", "いいえ"), world.pick("", "なし")]
        )
    return _sheet(world, rows, "アンケート.xlsx", "survey.csv")


@template("invoice", source=OTHER)
def u_firms_alone(world: World) -> Draft:
    """A list of payees that are all firms, with slips of twelve digits."""
    label = world.pick("個人番号又は法人番号", "法人番号／個人番号", "マイナンバー/法人番号")
    rows = [["支払先", label, world.pick("伝票番号", "支払番号", "請求番号"), "金額"]]
    for _ in world.many(3, 20):
        corporate = identifiers.corporate(world.rng)
        amount = f"{world.rng.randrange(10**4, 10**7):,}"
        rows.append([world.company(), corporate, world.random12(0.4), amount])
    return _sheet(world, rows, "支払調書.xlsx", "支払先.csv")


@template("headerless", source=OTHER)
def u_two_columns_of_others(world: World) -> Draft:
    """No header, two columns of twelve digits that pass as often as any."""
    rows = [
        [world.person().staff, world.random12(0.0), world.random12(0.0), f"{world.day():%Y%m%d}"]
        for _ in world.many(6, 30)
    ]
    return kept(world, ("data.csv", "upload.csv"), Table(rows, lines=range(1, len(rows) + 1)))


@template("courier", source=OTHER)
def u_papers_sent(world: World) -> Draft:
    """To whom papers on the matter were sent, and under which number."""
    title = world.pick("マイナンバー書類 発送一覧", "個人番号届 送付管理", "通知カード回収")
    head = world.pick("送り状番号", "追跡No.", "書留番号", "お問い合わせ番号", "伝票No")
    rows = [[title], ["氏名", "住所", head, "着"]]
    rows += [
        [world.person().name, world.address(), parcel(world), world.pick("済", "")]
        for _ in world.many(2, 15)
    ]
    return _sheet(world, rows, "発送一覧.xlsx", "送付.xlsx")


@template("dummy", source=OTHER)
def u_masked_and_logged(world: World) -> Draft:
    """Numbers are masked; each row has a request's id of twelve digits."""
    label = world.pick("マイナンバー", "個人番号")
    name = world.pick("リクエストID", "request_id", "処理ID", "トランザクションID")
    rows = [["日時", name, label, "結果"]]
    for _ in world.many(3, 25):
        masked = world.pick("************", "●●●●●●●●●●●●", "****-****-1234", "(マスク済)")
        rows.append([f"{world.day():%Y/%m/%d}", world.random12(0.2), masked, "OK"])
    return _sheet(world, rows, "連携ログ.xlsx", "log.csv")


@template("digits", source=OTHER)
def u_boxes_of_another(world: World) -> Draft:
    """Twelve boxes for each: the header names another number, or months."""
    name = world.pick(*NAMES, "月別件数", "評価", "出欠")
    rows = [[world.pick("マイナンバー研修 出欠表", "個人番号研修")], ["氏名", name, *[""] * 11]]
    rows += [[world.person().name, *boxed(world.random12(0.6))] for _ in world.many(2, 10)]
    return _sheet(world, rows, "研修.xlsx", "出欠.xlsx")


@template("inventory", source=OTHER)
def u_cards_and_readers(world: World) -> Draft:
    """Devices for the card: serial numbers of twelve digits."""
    head = world.pick("シリアル番号", "製造番号", "S/N", "機器ID", "資産番号")
    rows = [["機器名", head, "設置場所"]]
    rows += [
        [
            world.pick("マイナンバーカードリーダー", "個人番号カード用端末"),
            world.random12(0.4),
            world.pick("受付", "窓口2"),
        ]
        for _ in world.many(2, 12)
    ]
    return _sheet(world, rows, "機器台帳.xlsx", "資産.xlsx")
