"""The hand-written mails of general affairs, the IT office and resources: notices, look-alikes."""

from __future__ import annotations

from connectors._sample_tenant._company_keys import (
    courier,
    individual,
    licence,
    minute,
)
from connectors._sample_tenant._company_people import (
    ACCOUNTS,
    AFFAIRS,
    CAR,
    HR,
    INFO,
    IT,
    PRESIDENT,
    ROOM,
    SALES,
    SHARED,
)
from connectors._sample_tenant._company_plan import (
    INBOX,
    SAMPLE,
    SENT,
    Core,
    Draft,
    Plant,
    day,
    lookalike,
)
from connectors._sample_tenant._company_sharing import EXTERNAL, PRIVATE
from connectors._sample_tenant._documents import html_page
from connectors._sample_tenant._words import COMPANY, LABOUR_OFFICE, PARTNERS

_GUIDS = ("00000000-0000-0000-0000-000000000000", "3f2504e0-4f89-41d3-9a0c-314159265301")


def _affairs(core: Core) -> None:
    """Licences in a table, a privacy policy with an inquiry number."""
    seed = core.seed
    drivers = [licence(seed, "drivers", index) for index in range(4)]
    asked = courier(seed, "privacy")
    core.mail(
        AFFAIRS,
        INBOX,
        PRIVATE,
        Draft(
            "社用車運転者台帳の更新",
            html_page(
                "運転者台帳",
                ["更新のあった方の免許証番号です。"],
                [["氏名", "免許証番号"], *([f"運転者{n}", d] for n, d in enumerate(drivers, 1))],
            ),
            SALES,
            (AFFAIRS,),
            body_type="html",
        ),
        lookalike("driving licences in a table", *drivers),
    )
    core.mail(
        AFFAIRS,
        INBOX,
        PRIVATE,
        Draft(
            "個人情報保護方針の改定について",
            "当社は、法令に基づき従業員のマイナンバーを取得し、源泉徴収票の作成事務および"
            "社会保険関係の届出事務に利用します。\r\n"
            "マイナンバーは目的の範囲を超えて利用せず、適切に管理します。\r\n"
            "本件に関するお問い合わせは下記まで。\r\n"
            f"お問い合わせ番号 {asked}\r\n",
            f"privacy@{PARTNERS[4][1]}",
            (AFFAIRS,),
        ),
        lookalike("privacy policy with an inquiry number", asked),
    )


def _notices(core: Core) -> None:
    """A notice about My Number without any, and a number for the labour consultant."""
    number = individual(core.seed, "labour")
    core.mail(
        AFFAIRS,
        SENT,
        PRIVATE,
        Draft(
            "【全社】マイナンバー提出のお願い",
            "社員各位\r\n\r\nマイナンバー（個人番号）の提出がお済みでない方は、期日までに"
            "提出システムから登録してください。\r\n"
            "メールやチャットには記載しないでください。番号の控えは黒塗りのうえ破棄します。\r\n",
            AFFAIRS,
            (SALES, ACCOUNTS, IT),
        ),
    )
    core.mail(
        AFFAIRS,
        SENT,
        EXTERNAL,
        Draft(
            "健保 資格取得届の追加",
            f"谷先生\r\n\r\n健康保険・厚生年金保険 資格取得届の追加分です。\r\n"
            f"被保険者個人番号：{number}\r\n基礎年金番号：1234-567890\r\n",
            AFFAIRS,
            (HR,),
            (LABOUR_OFFICE,),
            charset="iso-2022-jp",
        ),
        Plant((number,), note="external recipient in copy"),
    )


def _it(core: Core) -> None:
    account = individual(core.seed, "cloud account")
    minutes = [minute(core.seed, "log", index) for index in range(2)]
    core.mail(
        IT,
        INBOX,
        PRIVATE,
        Draft(
            "バッチ処理の実行結果",
            "ジョブは正常に終了しました。\r\n"
            + "".join(f"相関ID: {identity}\r\n" for identity in _GUIDS)
            + f"arn:aws:iam::{account}:role/backup\r\n"
            + "".join(f"log_{moment}.txt を保存しました。\r\n" for moment in minutes),
            f"no-reply@{PARTNERS[4][1]}",
            (IT,),
        ),
        lookalike("GUIDs, cloud account, time stamps", "314159265301", account, *minutes),
    )
    core.mail(
        IT,
        INBOX,
        PRIVATE,
        Draft(
            "テストデータについて",
            "検証ライブラリの使い方です。\r\n\r\n"
            "  IndividualNumber('123456789018').valid?  # => true\r\n"
            "  IndividualNumber('123456789012').valid?  # => false\r\n\r\n"
            "画面の例では 個人番号 1234 5678 9012 と表示してください。\r\n",
            f"dev@{PARTNERS[4][1]}",
            (IT,),
        ),
        Plant(("123456789018", "123456789012"), SAMPLE, "published specimens"),
    )


def _others(core: Core) -> None:
    seed = core.seed
    driver = licence(seed, "reservation")
    secret = individual(seed, "president")
    core.mail(
        ROOM,
        INBOX,
        PRIVATE,
        Draft("承諾済み: 経営会議", "第１会議室の予約を受け付けました。\r\n", SALES, (ROOM,)),
    )
    core.mail(
        CAR,
        INBOX,
        PRIVATE,
        Draft(
            "予約: 社用車（白）3月12日",
            f"利用者 田中\r\n免許証番号 {driver}\r\n行き先 千葉倉庫\r\n",
            SALES,
            (CAR,),
        ),
        lookalike("driving licence", driver),
    )
    core.mail(
        INFO,
        INBOX,
        PRIVATE,
        Draft(
            "お問い合わせ（ホームページ）",
            "御社のカタログを送ってください。電話は 03-5550-0199 です。\r\n",
            "customer@tsubame-bussan.example",
            (INFO,),
        ),
    )
    core.mail(
        PRESIDENT,
        INBOX,
        PRIVATE,
        Draft(
            "役員報酬の手続きについて",
            f"{COMPANY} 山本様\r\n\r\n個人番号 {secret} で登録いたしました。\r\n",
            SHARED,
            (PRESIDENT,),
            when=day(2026, 2, 2),
        ),
        lookalike("denied mailbox: cannot be read", secret),
    )


def write(core: Core) -> None:
    """Put the mails of general affairs and others into the core."""
    for chapter in (_affairs, _notices, _it, _others):
        chapter(core)
