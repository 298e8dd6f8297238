"""What the company keeps on its sites beside files: lists, pages, a subsite, a hidden library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from connectors._sample_tenant._company_keys import courier, draw, guid, individual
from connectors._sample_tenant._company_people import HR, SALES, employees
from connectors._sample_tenant._company_plan import (
    HIGH,
    Core,
    Plant,
    day,
    lookalike,
)
from connectors._sample_tenant._company_sharing import BY_GROUP, INTERNAL, Permission, Sharing
from connectors._sample_tenant._documents import TEXT_TYPE
from connectors._sample_tenant._model import ListRow, SiteList, SitePage

SUBSITE, HIDDEN = "採用チーム", "保持ライブラリ"
"""The subsite of the personnel site, and a library that is not shown to its users."""
_MARCH = day(2026, 3, 9)


def _list(
    core: Core,
    site: str,
    name: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[dict[str, Any]],
    permissions: Sequence[Permission],
    attached: frozenset[int] = frozenset(),
) -> None:
    """Put a list on a site; a row's id is its number."""
    identity = guid(draw(core.seed, "list", site, name))
    made = tuple(
        ListRow(
            str(number),
            row,
            f"{guid(draw(core.seed, 'row', site, name, number))},1",
            _MARCH + timedelta(hours=number),
            _MARCH + timedelta(days=1, hours=number),
            HR,
            tuple(permissions),
            number in attached,
        )
        for number, row in enumerate(rows, 1)
    )
    core.lists.setdefault(site, []).append(SiteList(identity, name, tuple(columns), made))


def _staff(core: Core, sharing: Sharing) -> None:
    """A list whose header says what the numbers are, one whose column does, and one of parcels."""
    staff = employees(core.seed, "list", 14)
    site = "人事部"
    groups = sharing.site_groups(site)
    columns = [
        ("Title", "氏名"),
        ("field_x", "社員番号"),
        ("field_y", "個人番号"),
        ("field_z", "備考"),
    ]
    rows = [
        {"Title": f"{one.name} {chr(65 + at)}", "field_x": f"S-{at:03d}", "field_y": one.number}
        for at, one in enumerate(staff)
    ]
    _list(core, site, "社員名簿", columns, rows, groups, frozenset({3}))
    for at, one in enumerate(staff, 1):
        where = ("sharepoint", f"{site} › 社員名簿", f"item {at}", BY_GROUP)
        core.plant(*where, [Plant((one.number,), note="row of a list")])
    plain = employees(core.seed, "plain list", 40)
    rows = [{"Title": f"受付 {at}", "field_a": one.number} for at, one in enumerate(plain, 1)]
    _list(core, site, "受付簿", [("Title", "件名"), ("field_a", "番号")], rows, groups)
    for at, one in enumerate(plain, 1):
        where = ("sharepoint", f"{site} › 受付簿", f"item {at}", BY_GROUP)
        core.plant(*where, [Plant((one.number,), HIGH, "only the column says what it is")])
    parcels = [courier(core.seed, f"list {at}", passing=at < 2) for at in range(12)]
    rows = [{"Title": f"発送 {at}", "field_b": one} for at, one in enumerate(parcels, 1)]
    _list(core, site, "発送簿", [("Title", "件名"), ("field_b", "送り状番号")], rows, groups)
    for at, number in enumerate(parcels, 1):
        where = ("sharepoint", f"{site} › 発送簿", f"item {at}", "")
        core.plant(*where, [lookalike("courier number in a list", number)])


def _pages(core: Core, sharing: Sharing) -> None:
    """Two pages that everybody in the company reads: in a text, and in a web part's data."""
    site = "全社ポータル"
    for name, title, where in (
        ("Nenmatsu.aspx", "年末調整の記入例", "text of a page"),
        ("Links.aspx", "よくある問い合わせ", "data of a web part"),
    ):
        number = individual(core.seed, f"page {name}")
        inside = f"<p>記入例</p><p>個人番号：{number}</p>"
        in_text = where.startswith("text")
        page = SitePage(
            guid(draw(core.seed, "page", name)),
            name,
            title,
            _MARCH,
            SALES,
            (inside,) if in_text else ("<p>下記を参照してください。</p>",),
            {}
            if in_text
            else {"searchablePlainTexts": [{"key": "answer", "value": f"マイナンバー {number}"}]},
        )
        core.pages.setdefault(site, []).append(page)
        note = Plant((number,), HIGH, where)
        core.plant("sharepoint", f"{site} › pages", title, INTERNAL, [note])
    del sharing


def _libraries(core: Core, sharing: Sharing) -> None:
    """A file of a subsite, and one of a library that its users are not shown."""
    for site, library, path in (
        (SUBSITE, "ドキュメント", "内定者/提出書類.txt"),
        ("経理部", HIDDEN, "支払先_控え.txt"),
    ):
        number = individual(core.seed, f"library {library} {site}")
        core.file(
            (site, library),
            path,
            TEXT_TYPE,
            f"氏名 見本 花子\r\n個人番号 {number}\r\n".encode(),
            sharing.site_groups(site),
            BY_GROUP,
            Plant((number,), HIGH, f"in {library} of {site}"),
            author=HR,
        )


def write(core: Core, sharing: Sharing) -> None:
    """Everything of this chapter."""
    _staff(core, sharing)
    _pages(core, sharing)
    _libraries(core, sharing)
