"""Tables and exports in which another column of twelve digits stands under, or beside, the word."""

from __future__ import annotations

from auditor.model import Table
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World

BOOKS = "Lists and exports of business systems around the matter"
WORDS = ("マイナンバー", "個人番号")
OTHERS = (
    "申請ID",
    "レコードID",
    "履歴No",
    "伝票",
    "チケット",
    "端末識別",
    "書類ID",
    "請求先",
    "処理キー",
    "連番",
)
HARD = 0.5


def _run(world: World, count: int) -> list[str]:
    """Ids given one after the other, with gaps."""
    at = world.rng.randrange(10**11, 9 * 10**11)
    ids = []
    for _ in range(count):
        at += world.rng.randrange(1, 90)
        ids.append(f"{at:012d}")
    return ids


def _prefixed(world: World, count: int) -> list[str]:
    """Ids that begin alike; half of them pass."""
    head = f"{world.rng.randrange(10**5, 10**6)}"
    return [
        world.other(lambda rng: head + f"{rng.randrange(10**6):06d}", HARD) for _ in range(count)
    ]


def _any(world: World, count: int) -> list[str]:
    return [world.random12(HARD) for _ in range(count)]


def _ids(world: World, count: int) -> list[str]:
    return world.pick(_run, _prefixed, _any)(world, count)


def _table(world: World, rows: list[list[str]], *names: str) -> Draft:
    return kept(world, names, Table(rows, f"sheet {world.pick('Sheet1', '一覧', 'data')}"))


@template("table", source=BOOKS)
def v_ids_under_a_title(world: World) -> Draft:
    """The title has the word, the column's own header is another name."""
    word, count = world.pick(*WORDS), world.rng.randint(1, 25)
    rows = [
        [world.pick(f"{word}提出状況一覧", f"{word}", f"{word}管理簿", f"{word}回収リスト")],
        [world.pick(*OTHERS), "氏名", "状況", "日付"],
    ]
    rows += [
        [one, world.person().name, world.pick("済", "未"), f"{world.day():%Y/%m/%d}"]
        for one in _ids(world, count)
    ]
    return _table(world, rows, f"{word}提出状況.xlsx", "提出状況.xlsx")


@template("export", source=BOOKS)
def v_ids_in_a_file_so_named(world: World) -> Draft:
    """The file's name has the word; columns are named in English or by codes."""
    word, count = world.pick("マイナンバー", "mynumber", "個人番号"), world.rng.randint(1, 25)
    head = world.pick("req_key", "seq", "row_key", "ref", "batch", "record", "entry", "doc")
    rows = [[head, "user", "result", "at"]]
    rows += [
        [one, world.person().roman, "OK", f"{world.day():%Y-%m-%d}"] for one in _ids(world, count)
    ]
    return _table(world, rows, f"{word}_log.csv", f"{word}一覧.csv", f"export_{word}.csv")


@template("table", source=BOOKS)
def v_status_of_the_number(world: World) -> Draft:
    """A column on the matter says 済 or 未; beside it the ids."""
    word, count = world.pick(*WORDS), world.rng.randint(1, 20)
    rows = [[world.pick(*OTHERS), "氏名", word, "備考"]]
    rows += [
        [one, world.person().name, world.pick("済", "未", "○", "提出"), ""]
        for one in _ids(world, count)
    ]
    if world.chance(0.4):
        rows = [[row[1], row[2], row[0], row[3]] for row in rows]
    return _table(world, rows, "提出.xlsx", "check.xlsx")


@template("export", source=BOOKS)
def v_ids_beside_the_numbers(world: World) -> Draft:
    """The numbers stand under their header, ids of equal length before and after."""
    word, count = world.pick("個人番号", "マイナンバー", "MyNumber"), world.rng.randint(2, 20)
    first, last = _ids(world, count), _ids(world, count)
    one, two = world.sample(OTHERS, 2)
    rows = [[one, "氏名", word, two]]
    for left, right in zip(first, last, strict=True):
        rows.append([left, world.person().name, world.number(), right])
    return _table(world, rows, "連携データ.csv", "export.csv")


@template("table", source=BOOKS)
def v_numbers_among_ids_and_title(world: World) -> Draft:
    """Title with the word, and several columns of digits, of which one is so headed."""
    word, count = world.pick(*WORDS), world.rng.randint(2, 15)
    rows = [
        [f"{word}登録リスト", "", "", ""],
        ["No", "利用者キー", word, "口座"],
    ]
    for nth, (key, account) in enumerate(
        zip(_ids(world, count), _any(world, count), strict=True), 1
    ):
        rows.append([str(nth), key, world.number(), account])
    return _table(world, rows, f"{word}登録リスト.xlsx")


@template("dummy", source=BOOKS)
def v_dummies_of_a_test(world: World) -> Draft:
    """Test data under the very header: ten to thirty, drawn at random or counted up."""
    word, count = world.pick("個人番号", "マイナンバー", "my_number"), world.rng.randint(25, 60)
    values = world.pick(_run(world, count), [world.random12(0.1) for _ in range(count)])
    rows = [["id", "name", word]]
    for nth, one in enumerate(values, 1):
        rows.append([str(nth), f"テスト{nth}", one])
    return _table(world, rows, "testdata.csv", "ダミー.xlsx", "seed.csv")


@template("export", source=BOOKS)
def v_answers_of_a_survey(world: World) -> Draft:
    """A survey on the matter: each answer has an id, questions speak of the card."""
    count = world.rng.randint(1, 20)
    question = world.pick(
        "マイナンバーカードをお持ちですか",
        "マイナンバーを会社に提出しましたか",
        "個人番号の保管方法を理解しましたか",
    )
    rows = [[world.pick("回答ID", "ID", "回答キー", "#"), "開始", question]]
    rows += [
        [one, f"{world.day():%Y/%m/%d} 9:00", world.pick("はい", "いいえ")]
        for one in _ids(world, count)
    ]
    if world.chance(0.4):
        rows = [[row[2], row[0], row[1]] for row in rows]
    return _table(world, rows, "マイナンバー理解度テスト.xlsx", "survey.csv")


@template("log", source=BOOKS)
def v_operations_on_the_file(world: World) -> Draft:
    """A log as a table: operation on the matter in one cell, ids in the next."""
    word, count = world.pick(*WORDS), world.rng.randint(1, 25)
    rows = [["日時", "操作", world.pick("対象", "キー", "参照", "番地"), "結果"]]
    for one in _ids(world, count):
        what = world.pick(f"{word}閲覧", f"{word}の登録", f"{word}削除", f"{word}")
        rows.append([f"{world.day():%Y/%m/%d} 10:00", what, one, "成功"])
    return _table(world, rows, "操作ログ.csv", f"{word}アクセスログ.csv")


@template("table", source=BOOKS)
def v_headerless_ids(world: World) -> Draft:
    """No header; the file's or sheet's name has the word; ids begin alike or count up."""
    word, count = world.pick(*WORDS), world.rng.randint(3, 25)
    rows = []
    rows += [
        [one, world.person().name, world.pick("A", "B")]
        for one in world.pick(_run, _prefixed)(world, count)
    ]
    return _table(world, rows, f"{word}.csv", f"{word}対象者.xlsx", "data.csv")


@template("table", source=BOOKS)
def v_form_with_another_field(world: World) -> Draft:
    """A form in cells: the number's field is empty or masked, another's is filled."""
    word, me = world.pick(*WORDS), world.person()
    name = world.pick("受験", "健保", "共済", "団体保険", "受付", "財形", "持株会")
    rows = [
        ["氏名", me.name],
        [word, world.pick("", "別紙", "提出済", "＊＊＊＊")],
        [world.pick(name, f"{name}番号", f"{name}No"), world.random12(0.85)],
        ["住所", me.address],
    ]
    return _table(world, rows, "届出.xlsx", f"{word}届.xlsx")


@template("form", source=BOOKS)
def v_form_with_both_fields(world: World) -> Draft:
    """A form in cells: number and another number, each beside its name."""
    word, me = world.pick(*WORDS), world.person()
    name = world.pick("受験", "健保", "共済", "団体保険", "財形", "持株会")
    fields = [
        [word, world.number()],
        [world.pick(name, f"{name}番号", f"{name}No"), world.random12(0.85)],
    ]
    world.rng.shuffle(fields)
    rows = [["氏名", me.name], *fields, ["住所", me.address]]
    return _table(world, rows, "届出.xlsx", f"{word}届.xlsx")


@template("table", source=BOOKS)
def v_second_table_below(world: World) -> Draft:
    """Numbers above; below, under a header of its own, things with ids."""
    word, count = world.pick(*WORDS), world.rng.randint(2, 8)
    rows = [["氏名", word, "提出日"]]
    rows += [[world.person().name, world.number(), f"{world.day():%Y/%m/%d}"] for _ in range(count)]
    rows += [[], [world.pick("発送記録", "貸与品", "入金")], ["氏名", world.pick(*OTHERS), "日付"]]
    rows += [
        [world.person().name, one, f"{world.day():%Y/%m/%d}"]
        for one in _ids(world, world.rng.randint(1, 8))
    ]
    return _table(world, rows, "台帳.xlsx", "まとめ.xlsx")
