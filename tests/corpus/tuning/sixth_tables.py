"""Tables whose headers stand apart, side by side or in other words; exports of surveys, forms."""

from __future__ import annotations

from auditor.model import Table
from corpus.document import Draft, template
from corpus.tuning.second_frame import kept
from corpus.world import World
from corpus.writing import grouped

BOOKS = "Workbooks of personnel and accounts offices"
FORMS = "Answers of online forms as they are exported"
HARD = 0.5


def _others(world: World, count: int) -> list[str]:
    """Ids of a system: with a common beginning, in order, or any."""
    head = f"{world.rng.randrange(10**5):05d}"
    kind = world.pick("any", "prefix", "run")
    at = world.rng.randrange(10**11, 9 * 10**11)
    ids = []
    for nth in range(count):
        if kind == "prefix":
            ids.append(world.other(lambda rng: head + f"{rng.randrange(10**7):07d}", HARD))
        else:
            ids.append(world.random12(HARD) if kind == "any" else f"{at + nth * 7:012d}")
    return ids


def _form(world: World) -> str:
    number = world.number()
    return world.pick(number, number, grouped(number), grouped(number, "-"))


def _sheet(world: World, rows: list[list[str]], *names: str, labelled: bool = True) -> Draft:
    place = f"sheet {world.pick('Sheet1', '一覧', '回答', '2025', 'フォームの回答 1')}"
    return kept(world, names, Table(rows, place), labelled=labelled)


@template("table", source=BOOKS)
def w_two_tables_side_by_side(world: World) -> Draft:
    """On the left people and numbers, on the right orders of equal length."""
    count = world.rng.randint(2, 8)
    right = world.pick("発注", "伝票番号", "送り状", "注文ID")
    rows = [["氏名", "個人番号", "", right, "品名"]]
    rows += [
        [world.person().name, world.number(), "", one, world.pick("用紙", "封筒", "トナー")]
        for one in _others(world, count)
    ]
    return _sheet(world, rows, "作業.xlsx", "まとめ.xlsx")


@template("table", source=BOOKS)
def w_second_table_below(world: World) -> Draft:
    """A table of people and, some rows below, a table of other things with its own header."""
    count = world.rng.randint(2, 6)
    rows = [["氏名", "マイナンバー", "備考"]]
    rows += [[world.person().name, world.number(), ""] for _ in range(count)]
    rows += [["", "", ""]] * world.rng.randint(1, 3)
    rows.append(
        [
            world.pick("荷主", "品名", "機器名"),
            world.pick("送り状番号", "シリアル", "問い合わせNo"),
            "備考",
        ]
    )
    rows += [["A", one, ""] for one in _others(world, world.rng.randint(1, 6))]
    return _sheet(world, rows, "庶務.xlsx", "2025.xlsx")


@template("table", source=BOOKS)
def w_cards_below_each_other(world: World) -> Draft:
    """One person a block: names of fields on the left, values on the right."""
    rows: list[list[str]] = []
    for _ in world.many(2, 5):
        who = world.person()
        block = [
            ["氏名", who.name],
            ["生年月日", who.era_birth],
            [world.pick("個人番号", "マイナンバー", "個人番号（12桁）"), _form(world)],
            [world.pick("口座番号", "雇用保険", "社員証ID", "健保記号番号"), world.random12(HARD)],
            [""],
        ]
        if world.chance(0.5):
            block[1:4] = world.sample(block[1:4], 3)
        rows += block
    return _sheet(world, rows, "個人票.xlsx", "名簿.xlsx")


@template("table", source=BOOKS)
def w_people_in_columns(world: World) -> Draft:
    """One person a column: the names of fields stand in the first column."""
    count = world.rng.randint(2, 6)
    people = [world.person() for _ in range(count)]
    rows = [
        ["項目", *(who.name for who in people)],
        ["生年月日", *(f"{who.born:%Y/%m/%d}" for who in people)],
        [world.pick("個人番号", "マイナンバー"), *(world.number() for _ in people)],
        [world.pick("被保険者番号", "口座", "社員コード", "端末ID"), *_others(world, count)],
        ["続柄", *(world.pick("本人", "妻", "長男") for _ in people)],
    ]
    return _sheet(world, rows, "扶養.xlsx", "比較.xlsx")


@template("table", source=BOOKS)
def w_header_of_two_rows(world: World) -> Draft:
    """Groups in the first row, names in the second: 本人 and 配偶者 each with a number."""
    rows = [
        ["", "本人", "", "", "配偶者", "", ""],
        [
            "社員番号",
            "氏名",
            world.pick("個人番号", "番号"),
            "口座",
            "氏名",
            "個人番号",
            "生年月日",
        ],
    ]
    if rows[1][2] == "番号":
        rows.insert(0, ["マイナンバー一覧", "", "", "", "", "", ""])
    for one in _others(world, world.rng.randint(2, 9)):
        me, partner = world.person(), world.person()
        married = world.chance(0.6)
        rows.append(
            [
                *(me.staff, me.name, world.number(), one),
                *(
                    (partner.name, world.number(), f"{partner.born:%Y/%m/%d}")
                    if married
                    else ("", "", "")
                ),
            ]
        )
    return _sheet(world, rows, "家族.xlsx", "番号一覧.xlsx")


@template("export", source=FORMS)
def w_form_answers(world: World) -> Draft:
    """Answers of a form: questions are the headers; one asks for the number."""
    ask = world.pick(
        "マイナンバーを入力してください（ハイフンなし）",
        "4. あなたの個人番号",
        "Q5 マイナンバー（12桁の数字）*",
        "個人番号 / My Number",
        "扶養家族の方のマイナンバーをご記入ください",
        "マイナンバー（半角数字12桁でお願いします。カードの裏面に記載されています）",
        "ご本人様の12桁の番号（マイナンバー）",
        "マイナンバーの番号を教えてください。※通知カードでも可",
    )
    rows = [["ID", "開始時刻", "完了時刻", "メール", "名前", ask, "受付コード"]]
    for nth, one in enumerate(_others(world, world.rng.randint(1, 10)), 1):
        who = world.person()
        rows.append(
            [
                *(str(nth), f"{world.day():%m/%d/%y} 9:00", f"{world.day():%m/%d/%y} 9:05"),
                *("anonymous", who.name, _form(world), one),
            ]
        )
    return _sheet(world, rows, "アンケート(1-20).xlsx", "回答.csv", "入社フォーム.xlsx")


@template("survey", source=FORMS)
def w_survey_on_the_matter(world: World) -> Draft:
    """Answers of a form on the matter; the only digits are ids of the answers."""
    ask = world.sample(
        (
            "マイナンバーカードを持っていますか",
            "マイナンバー制度に不安はありますか",
            "個人番号の提出方法はどれがよいですか",
            "マイナ保険証を使ったことがありますか",
            "マイナンバー研修は役に立ちましたか？",
        ),
        2,
    )
    key = world.pick("回答番号", "ResponseID", "response_id", "送信ID", "端末", "整理No", "回答者")
    rows = [[key, "日時", *ask]]
    rows += [
        [one, f"{world.day():%Y/%m/%d}", world.pick("はい", "いいえ"), world.pick("1", "2", "3")]
        for one in _others(world, world.rng.randint(1, 20))
    ]
    return _sheet(world, rows, "マイナンバーアンケート.xlsx", "survey.csv", "集計.xlsx")


@template("table", source=BOOKS)
def w_header_far_above(world: World) -> Draft:
    """The header, remarks and empty rows; then the data; in the middle a row of a subtotal."""
    rows = [
        ["従業員情報", "", "", ""],
        [f"作成 {world.day():%Y/%m/%d}", "", "", ""],
        [
            "No.",
            "氏名",
            world.pick("個人番号", "マイナンバー", "ﾏｲﾅﾝﾊﾞｰ", "マイ ナンバー"),
            "入館証",
        ],
        ["", "（全角）", "（半角12桁）", "（任意）"],
        ["", "", "", ""],
    ]
    for nth, one in enumerate(_others(world, world.rng.randint(3, 20)), 1):
        rows.append([str(nth), world.person().name, _form(world), one])
        if world.chance(0.2):
            rows.append(["", "小計", f"{nth}名", ""])
    return _sheet(world, rows, "従業員.xlsx", "データ.xlsx")


@template("headerless", source=BOOKS)
def w_columns_without_names(world: World) -> Draft:
    """No header: staff number, name, kana, birth, number, account."""
    rows = []
    for one in _others(world, world.rng.randint(5, 20)):
        who = world.person()
        rows.append([who.staff, who.name, who.kana, f"{who.born:%Y%m%d}", world.number(), one])
    return _sheet(world, rows, "取込.csv", "out.csv", labelled=False)


@template("table", source=BOOKS)
def w_register_with_states(world: World) -> Draft:
    """The column of the number holds numbers, states and remarks in turn."""
    rows = [["氏名", "個人番号", "確認日", "受付番号"]]
    count = world.rng.randint(4, 15)
    for nth, one in enumerate(_others(world, count)):
        state = world.pick("未提出", "郵送", "拒否", "-", "後日")
        own = _form(world) if nth == 0 or world.chance(0.5) else state
        rows.append([world.person().name, own, f"{world.day():%m/%d}", one])
    return _sheet(world, rows, "回収状況.xlsx", "管理.xlsx")


@template("table", source=BOOKS)
def w_remarks_with_numbers(world: World) -> Draft:
    """A number stands in a remark, with its name; other columns have ids."""
    rows = [["申請ID", "氏名", "備考"]]
    for one in _others(world, world.rng.randint(2, 10)):
        note = world.pick("", "", "確認済", "電話済")
        if len(rows) == 1 or world.chance(0.3):
            note = world.pick(
                "マイナンバー {}",
                "個人番号：{}（訂正）",
                "{} ←マイナンバー",
                "番号は{}（マイナンバー）",
            )
            note = note.format(_form(world))
        rows.append([one, world.person().name, note])
    return _sheet(world, rows, "申請一覧.xlsx", "対応履歴.xlsx")


@template("table", source=BOOKS)
def w_lost_zeros(world: World) -> Draft:
    """A column read as numbers: leading zeros are gone, blanks made it decimal."""
    tail = world.pick("", ".0")
    word = world.pick("個人番号", "マイナンバー", "my_number")
    rows = [["id", "name", word]]
    for nth in range(world.rng.randint(4, 12)):
        number = world.number_from("0") if nth % 4 == 0 else world.number()
        rows.append([str(nth), world.person().roman, number.lstrip("0") + tail])
    return _sheet(world, rows, "df.csv", "export.csv")


@template("table", source=BOOKS)
def w_word_in_another_column(world: World) -> Draft:
    """The word is a value (a kind of document, a purpose); the number column is named otherwise."""
    key = world.pick(
        "管理No", "箱番号", "文書番号", "伝票番号", "保管番号", "廃棄番号", "バーコード"
    )
    rows = [[key, "書類", "保存期限", "担当"]]
    rows += [
        [
            one,
            world.pick("マイナンバー届出書", "扶養控除申告書", "個人番号台帳", "マイナンバー"),
            f"{world.day():%Y/%m}",
            world.person().surname,
        ]
        for one in _others(world, world.rng.randint(1, 20))
    ]
    if world.chance(0.5):
        rows = [[row[1], row[0], *row[2:]] for row in rows]
    return _sheet(world, rows, "文書保管.xlsx", "廃棄リスト.xlsx", "マイナンバー書類.xlsx")


@template("table", source=BOOKS)
def w_payer_and_payee(world: World) -> Draft:
    """A statement: 個人番号又は法人番号 of the payer (thirteen digits) and of the payee."""
    rows = [
        ["支払を受ける者", "", "支払者", ""],
        ["氏名", "個人番号", "名称", "個人番号又は法人番号"],
    ]
    for _ in world.many(1, 8):
        firm = f"{world.rng.randrange(10**12, 10**13)}"
        rows.append([world.person().name, _form(world), world.company(), firm])
    return _sheet(world, rows, "支払調書.xlsx", "支払.xlsx")
