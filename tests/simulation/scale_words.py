"""Heads of the tables on scale, in both languages."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "limits": ("name", "limit", "published"),
        "page": "page",
        "tier": "SharePoint and OneDrive, up to {licences} licences: {minute} resource units "
        "a minute and {day} in 24 hours, one app; {tenant} in 5 minutes, all apps together",
        "tier_most": "SharePoint and OneDrive, above {licences} licences: {minute} resource "
        "units a minute and {day} in 24 hours, one app; {tenant} in 5 minutes, all apps together",
        "assumed": (
            "source",
            "items a place",
            "items a page",
            "requests a place",
            "read one by one",
            "in the listing",
            "read",
            "seconds a request",
            "places · items at a time",
        ),
        "sources": (
            "source",
            "items",
            "requests",
            "resource units",
            "bytes",
            "time",
            "decides",
        ),
        "first": "first audit, all together",
        "later": "later audit, {percent} changed",
        "wide": (
            "users",
            "processors · places · reads",
            "mail",
            "all together, first",
            "all together, nothing changed",
        ),
        "costs": (
            "users",
            "Graph",
            "reads of blobs",
            "blobs out of Azure",
            "Data Connect: mails",
            "Data Connect: lines about files",
        ),
    },
    "ja": {
        "limits": ("名前", "上限", "公表元"),
        "page": "ページ",
        "tier": "SharePoint と OneDrive、ライセンス {licences} まで: "
        "アプリごとに 1 分あたり {minute}、24 時間あたり {day} リソースユニット、"
        "全アプリ合計で 5 分あたり {tenant}",
        "tier_most": "SharePoint と OneDrive、ライセンス {licences} 超: "
        "アプリごとに 1 分あたり {minute}、24 時間あたり {day} リソースユニット、"
        "全アプリ合計で 5 分あたり {tenant}",
        "assumed": (
            "情報源",
            "1 か所の件数",
            "1 ページの件数",
            "1 か所のリクエスト",
            "個別に読む割合",
            "一覧での大きさ",
            "読む大きさ",
            "1 リクエストの秒数",
            "同時に読む場所・件数",
        ),
        "sources": (
            "情報源",
            "件数",
            "リクエスト",
            "リソースユニット",
            "バイト",
            "時間",
            "決めるもの",
        ),
        "first": "初回の監査、全体",
        "later": "2 回目以降、{percent} 変更",
        "wide": (
            "ユーザー",
            "プロセッサー・場所・同時読取",
            "メール",
            "全体、初回",
            "全体、変更なし",
        ),
        "costs": (
            "ユーザー",
            "Graph",
            "BLOB の読取",
            "Azure の外への BLOB",
            "Data Connect: メール",
            "Data Connect: ファイルの情報",
        ),
    },
}
