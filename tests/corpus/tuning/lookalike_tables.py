"""Sheets and files full of other identifiers; in a column one value in ten passes by chance."""

from __future__ import annotations

from collections.abc import Callable

from auditor.model import Table
from corpus import identifiers
from corpus.document import Draft, template
from corpus.tuning._office import where
from corpus.tuning._paper import columns, filled, style, title_rows
from corpus.world import World
from corpus.writing import grouped

LIST = "Lists of general affairs, sales and purchasing offices"


def _book(world: World, rows: list[list[str]], name: str, sheet: str = "Sheet1") -> Draft:
    is_file = name.endswith(".csv")
    lines = tuple(range(1, len(rows) + 1)) if is_file else ()
    table = Table(rows, "" if is_file else f"sheet {sheet}", lines=lines)
    return Draft([table], where(world, name))


@template("courier", source=LIST, weight=4)
def parcel_list(world: World) -> Draft:
    """Parcels that were sent, some of them with My Number papers in them."""
    show = world.pick(lambda n: n, lambda n: grouped(n, "-"))
    header = world.pick(
        "送り状番号", "伝票番号", "お問合せ番号", "追跡番号", "送状No", "荷物番号", "番号"
    )
    contents = world.pick(
        ("マイナンバー書類", "通知カード写し", "契約書"), ("商品", "サンプル", "返品")
    )
    rows = [
        *title_rows(world, "発送簿", "マイナンバー書類 発送管理表", "宅配便台帳"),
        ["発送日", header, "送付先", "内容", "業者"],
    ]
    for _ in world.many(3, 80):
        number = show(world.other(identifiers.courier, 0))
        rows.append(
            [
                world.day().isoformat(),
                number,
                world.company(),
                world.pick(*contents),
                world.pick("ヤマト", "佐川"),
            ]
        )
    return _book(world, rows, world.pick("発送簿.xlsx", "マイナンバー発送.xlsx", "sokuri.csv"))


@template("order", source=LIST, weight=4)
def order_list(world: World) -> Draft:
    make = world.pick(identifiers.date_serial, lambda rng: identifiers.digits(rng, 12))
    header = world.pick(
        "注文番号", "受注No.", "order_id", "伝票番号", "取引ID", "OrderNumber", "受付番号"
    )
    rows = [[header, "顧客名", "商品コード", "数量", "金額", "受注日時"]]
    for _ in world.many(3, 200):
        jan = world.other(identifiers.article13, 0)
        amount = str(world.rng.randrange(10**3, 10**6))
        stamp = identifiers.timestamp(world.rng)
        rows.append(
            [
                world.other(make, 0),
                world.person().name,
                jan,
                str(world.rng.randint(1, 20)),
                amount,
                stamp,
            ]
        )
    return _book(world, rows, world.pick("orders.csv", "受注一覧.xlsx", "売上.csv"), "受注")


@template("licence", source=LIST, weight=2)
def drivers_list(world: World) -> Draft:
    """運転者台帳; titles may speak of identity papers."""
    header = world.pick("免許証番号", "運転免許証番号", "免許番号", "免許証No.", "運転免許")
    table = columns(world, 1, 4)
    rows = filled(
        world,
        table,
        len(world.many(1, 60)),
        at=len(table),
        header=header,
        cell=lambda: world.other(identifiers.licence, 0),
    )
    titles = title_rows(
        world, "運転者台帳", "車両管理規程 別表", "本人確認書類一覧（マイナンバーカード・免許証）"
    )
    return _book(world, [*titles, *rows], "運転者.xlsx", "台帳")


@template("inventory", source=LIST, weight=3)
def inventory(world: World) -> Draft:
    """Goods, serials, meters, all of twelve digits or near."""
    header, make = world.pick(
        ("シリアル番号", lambda rng: identifiers.digits(rng, 12)),
        ("UPC", identifiers.article),
        ("JANコード", identifiers.article13),
        ("製造番号", lambda rng: identifiers.digits(rng, 12)),
        ("供給地点特定番号", lambda rng: identifiers.digits(rng, 22)),
        ("メーター番号", lambda rng: identifiers.digits(rng, 12)),
        ("管理番号", lambda rng: identifiers.digits(rng, 12)),
        ("ロットNo", identifiers.date_serial),
    )
    item = ("マイナンバー保管金庫", "カードリーダー", "シュレッダー", "ノートPC", "複合機")
    rows = [
        *title_rows(world, "備品台帳", "棚卸表", "検針一覧"),
        ["No", "品名", header, "設置場所", "取得価額"],
    ]
    for nth in world.many(3, 90):
        serial = world.other(make, 0)
        rows.append(
            [
                str(nth + 1),
                world.pick(*item),
                serial,
                world.pick("本社", "支店"),
                str(world.rng.randrange(10**5)),
            ]
        )
    return _book(world, rows, world.pick("備品台帳.xlsx", "棚卸.csv", "資産.xlsx"), "備品")


@template("handling", source="Records of handling, guideline annex 1, C", weight=3)
def handling_record(world: World) -> Draft:
    """特定個人情報取扱記録: the title has the word, the column is called 番号 or 管理番号."""
    header = world.pick(
        "番号", "管理番号", "整理番号", "受付番号", "No.", "文書番号", "記録番号", "箱番号"
    )
    make: Callable[..., str] = world.pick(
        identifiers.date_serial, lambda rng: identifiers.digits(rng, 12)
    )
    rows = title_rows(
        world,
        "マイナンバー管理簿",
        "特定個人情報 取扱記録",
        "個人番号 廃棄記録簿",
        "マイナンバー収集状況管理表",
    )
    rows.append([header, "日付", "取扱者", "区分", "対象者数", "備考"])
    for _ in world.many(3, 60):
        kind = world.pick("取得", "利用", "保管", "廃棄")
        day, who = world.day().isoformat(), world.person().surname
        rows.append(
            [
                world.other(make, 0),
                day,
                who,
                kind,
                str(world.rng.randint(1, 40)),
                "マイナンバー提出済",
            ]
        )
    name = world.pick("マイナンバー管理簿.xlsx", "取扱記録.xlsx", "廃棄証明.csv")
    return _book(world, rows, name, world.pick("マイナンバー", "記録"))


@template("survey", source="Surveys and attendance on training", weight=3)
def training_attendance(world: World) -> Draft:
    """Who took the course on My Numbers, with the learning system's ids."""
    header = world.pick(
        "受講ID", "回答ID", "レスポンスID", "ユーザーID", "会員番号", "セッション", "修了証番号"
    )
    question = world.pick(
        "マイナンバーの管理方法を理解しましたか",
        "マイナンバー研修の感想",
        "個人番号の提出は済みましたか",
    )
    rows = [[header, "タイムスタンプ", "氏名", question, "点数"]]
    for _ in world.many(4, 120):
        answer = world.pick("はい", "いいえ", "マイナンバーは12桁と学んだ")
        stamp = identifiers.timestamp(world.rng)
        rows.append(
            [world.random12(0), stamp, world.person().name, answer, str(world.rng.randint(40, 100))]
        )
    return _book(
        world,
        rows,
        world.pick("マイナンバー研修_受講状況.xlsx", "アンケート.csv", "回答.csv"),
        "回答",
    )


@template("dummy", source="Test data with random digits", weight=1)
def dummy_column(world: World) -> Draft:
    """個人番号 above many random values: one in ten passes, so they are nobody's."""
    header = world.pick("個人番号", "マイナンバー", "my_number", "個人番号(12桁)", "mynumber")
    table, show = columns(world, 2, 6), style(world, odd=0.05)
    rows = filled(
        world,
        table,
        len(world.many(30, 300)),
        at=len(table),
        header=header,
        cell=lambda: show(world.random12(0)),
    )
    name = world.pick(
        "テストデータ.xlsx", "dummy.csv", "employee_test.csv", "負荷試験.csv", "名簿.xlsx"
    )
    return _book(world, rows, name, world.pick("Sheet1", "test"))


@template("headerless", source=LIST, weight=2)
def headerless_others(world: World) -> Draft:
    """No header, and a column of other identifiers that passes at the natural rate."""
    make = world.pick(
        identifiers.courier,
        identifiers.licence,
        identifiers.date_serial,
        lambda rng: identifiers.digits(rng, 12),
    )
    rows = []
    rows.extend(
        [
            world.person().staff,
            world.person().name,
            world.other(make, 0),
            str(world.rng.randrange(10**5)),
        ]
        for _ in world.many(12, 200)
    )
    return _book(
        world, rows, world.pick("data.csv", "Book2.xlsx", "work.csv", "マイナンバー関連.csv")
    )


@template("register", source="Corporate registers and trading partners", weight=3)
def partners_list(world: World) -> Draft:
    """法人番号, 会社法人等番号, T numbers."""
    header, make = world.pick(
        ("法人番号", identifiers.corporate),
        ("会社法人等番号", identifiers.registry),
        ("登録番号", lambda rng: "T" + identifiers.corporate(rng)),
        (
            "会社法人等番号",
            lambda rng: (n := identifiers.registry(rng))[:4] + "-" + n[4:6] + "-" + n[6:],
        ),
        ("個人番号又は法人番号", identifiers.corporate),
    )
    rows = [
        *title_rows(world, "取引先一覧", "支払調書 法人分", "適格請求書発行事業者"),
        ["コード", "商号", header, "所在地", "電話"],
    ]
    rows.extend(
        [
            identifiers.digits(world.rng, 6),
            world.company(),
            make(world.rng),
            world.address(),
            world.phone(),
        ]
        for _ in world.many(2, 100)
    )
    return _book(world, rows, world.pick("取引先.xlsx", "法人マスタ.csv"), "取引先")


@template("bank", source="Bank transfer files of the Japanese banks' association", weight=2)
def bank_transfer(world: World) -> Draft:
    """総合振込: bank, branch, account, customer codes."""
    rows = [
        [
            "1",
            "21",
            "0",
            identifiers.digits(world.rng, 10),
            "ｱｵｿﾞﾗｼﾖｳｼﾞ",
            f"{world.day():%m%d}",
            "0001",
        ]
    ]
    for _ in world.many(3, 120):
        bank, code = identifiers.digits(world.rng, 7), world.random12(0)
        paid = str(world.rng.randrange(10**6))
        rows.append(
            ["2", bank[:4], "ﾎﾝﾃﾝ", bank[4:], "1", bank, world.person().kana, paid, "1", code, ""]
        )
    rows.append(["8", str(len(rows) - 1), str(world.rng.randrange(10**11, 10**12)), ""])
    return _book(world, rows, world.pick("furikomi.csv", "総合振込.csv", "zengin.csv"))
