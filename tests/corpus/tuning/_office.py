"""What business papers have around their matter: folders, greetings, small talk, signatures."""

from __future__ import annotations

from auditor.model import Text
from corpus import identifiers
from corpus.document import Draft, Segment
from corpus.world import Person, World
from corpus.writing import full_width, grouped, written

__all__ = [
    "CARRIERS",
    "LABELS",
    "PARCEL",
    "clock",
    "closing",
    "labelled_number",
    "letter",
    "mail",
    "opening",
    "paragraph",
    "parcel",
    "signature",
    "small_talk",
    "where",
]

LABELS = (
    "個人番号",
    "マイナンバー",
    "マイナンバー（個人番号）",
    "個人番号（マイナンバー）",
    "個人番号(12桁)",
    "ﾏｲﾅﾝﾊﾞｰ",
    "My Number",
    "MyNumber",
    "マイナンバ",
    "本人の個人番号",
    "マイナンバーの番号",
)
CARRIERS = (
    "ヤマト",
    "ヤマト運輸",
    "佐川",
    "佐川急便",
    "ゆうパック",
    "レターパック",
    "クロネコ",
    "宅急便",
    "簡易書留",
)
PARCEL = (
    "送り状番号",
    "お問い合わせ番号",
    "伝票番号",
    "追跡番号",
    "問合せ番号",
    "荷物番号",
    "配送伝票No.",
    "お問合せ送り状番号",
)
_SITES = (
    "総務部",
    "人事部",
    "経理部ポータル",
    "全社共有",
    "営業本部",
    "プロジェクトA",
    "個人用 OneDrive",
    "管理部門",
    "大阪支店",
)
_FOLDERS = (
    "Documents",
    "共有ドキュメント",
    "2025年度",
    "作業用",
    "提出書類",
    "受領",
    "old",
    "バックアップ",
    "新しいフォルダー (2)",
    "R7",
    "庶務",
)
_PERSONNEL = ("入社手続き", "年末調整", "社会保険", "給与", "労務", "退職者", "扶養", "人事マスタ")
_TALK = (
    "先日の打ち合わせではありがとうございました。",
    "会議室は3階の第2会議室を予約しています。",
    "資料は共有フォルダーに格納済みです。",
    "ご不明な点があれば内線2417までご連絡ください。",
    "来週の予定は改めてお知らせします。",
    "締め切りは12月10日（水）17時です。",
    "期日を過ぎると1月の給与に反映できませんのでご注意ください。",
    "お手数ですが、ご確認のほどよろしくお願いいたします。",
    "添付の様式をお使いください。",
    "上長の承認を得たうえで提出してください。",
    "本件は社外秘です。取り扱いにご注意ください。",
    "出張精算の件も併せてお願いします。",
    "先月分の残業時間は合計で42.5時間でした。",
    "印鑑は不要になりました。",
    "不在の場合は鈴木までお願いします。",
    "電話は10時から16時の間でお願いします。",
    "昨年度の実績は1,284,500円、前年比103.2%です。",
    "システムのメンテナンスは土曜日の22時から行います。",
    "様式は2枚目も忘れずに記入してください。",
    "次回の締めは25日です。",
    "サーバーの更新は v2.14.3 で行います。",
    "見積書は3通、いずれも税込88,000円でした。",
    "健康診断は11月4日から8日までです。",
    "名刺の追加は総務まで申請してください。",
    "在庫は残り12箱、次の入荷は月末です。",
    "入館証は1階の受付で受け取ってください。",
    "議事録は後日回覧します。",
    "9:30から朝会を行います。",
    "会場の定員は120名、現在の申込は87名です。",
    "改定後の単価は1,050円になります。",
    "研修の受講は年度内に1回です。",
    "ファイル名は「部署名_氏名」としてください。",
    "駐車場は台数に限りがあります。",
    "前回からの変更点は2点です。",
    "詳細は社内ポータルの「手続き」をご覧ください。",
    "源泉徴収票は1月末に配付予定です。",
    "扶養の範囲は103万円から変更されています。",
    "回答は12件、うち3件が要対応でした。",
)
_OPEN = (
    "お疲れ様です。{me}です。",
    "いつもお世話になっております。{firm}の{me}です。",
    "お世話になります。",
    "{me}です。お疲れさまです。",
    "おはようございます。",
    "表題の件、ご連絡いたします。",
    "",
)
_CLOSE = (
    "以上、よろしくお願いいたします。",
    "よろしくお願いします。",
    "ご確認ください。",
    "お手数をおかけしますが、何卒よろしくお願い申し上げます。",
    "取り急ぎご連絡まで。",
    "",
)


def where(world: World, name: str, *, personnel: bool = False) -> tuple[str, ...]:
    """Site, perhaps folders, and the name of the file."""
    folders = [world.pick(*_SITES)]
    folders += world.sample(_FOLDERS, world.pick(0, 1, 1, 2))
    if personnel and world.chance(0.5):
        folders.append(world.pick(*_PERSONNEL))
    return (*folders, name)


def clock(world: World) -> str:
    """A time of the day to the second."""
    rng = world.rng
    return f"{rng.randrange(24):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}"


def small_talk(world: World, low: int, high: int) -> list[str]:
    """Sentences that have nothing to do with anything."""
    return world.sample(_TALK, len(world.many(low, high)))


def paragraph(world: World, low: int = 2, high: int = 5) -> str:
    return world.pick("", "\n").join(small_talk(world, low, high))


def opening(world: World, me: Person) -> str:
    return world.pick(*_OPEN).format(me=me.surname, firm=world.company())


def closing(world: World) -> str:
    return world.pick(*_CLOSE)


def signature(world: World, me: Person) -> str:
    """From nothing to a full block."""
    line = world.pick("--", "-" * 30, "━" * 16, "*" * 24, "＿" * 12)
    block = [
        line,
        f"{world.company()}　{world.pick('総務課', '人事労務課', '経理部', '営業部')}",
        f"{me.name}" + world.pick("", f"（{me.kana}）"),
        f"〒{world.postcode()}　{me.address}",
        f"TEL {world.phone()}" + world.pick("", f" / FAX {world.phone()}"),
        world.pick("E-mail: ", "mailto:", "") + world.mail(me),
    ]
    return world.pick("", me.surname, "\n".join(block), "\n".join(block[:3]), "\n".join(block))


def letter(world: World, *matter: str, me: Person | None = None) -> str:
    """Greeting, small talk, the matter, small talk, greeting."""
    me = me or world.person()
    parts = [opening(world, me)]
    if world.chance(0.5):
        parts.append(paragraph(world, 1, 3))
    parts.extend(matter)
    if world.chance(0.5):
        parts.append(paragraph(world, 1, 3))
    parts += [closing(world), signature(world, me)]
    return world.pick("\n\n", "\n\n", "\n").join(part for part in parts if part)


def mail(world: World, subject: str, body: str, *more: Segment, labelled: bool = True) -> Draft:
    """A mail as it lies in a mailbox or as a file."""
    sender, reader = world.person(), world.person()
    head = (
        f"From: {sender.name} <{world.mail(sender)}>\nTo: {reader.name} <{world.mail(reader)}>\n"
        f"Subject: {subject}"
    )
    header = [Text(head, "header")] if world.chance(0.5) else []
    folder = world.pick("受信トレイ", "送信済みアイテム", "アーカイブ", "Inbox", "総務")
    return Draft(
        [*header, Text(body), *more], (world.mail(reader), folder, subject), labelled=labelled
    )


def labelled_number(world: World, number: str, *, odd: float = 0.3, plain: bool = False) -> str:
    """Label, what stands between, number, as people type it; ``plain``: no verb behind."""
    gap = world.pick("：", "：", ":", ": ", " ", "　", "", "は", " = ", "→", "…", "は、", "　：　")
    after = "" if plain else world.pick("", "", "", "です", "です。", "　となります。")
    return f"{world.pick(*LABELS)}{gap}{written(world, number, odd=odd)}{after}"


def parcel(world: World, hard: float = 0.7) -> str:
    """A parcel's number as carriers and people write it."""
    number = world.other(identifiers.courier, hard)
    return world.pick(
        grouped(number, "-"),
        grouped(number, "-"),
        number,
        grouped(number),
        full_width(grouped(number, "－")),
    )
