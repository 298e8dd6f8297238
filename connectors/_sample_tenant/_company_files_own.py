"""The hand-written files of OneDrives."""

from __future__ import annotations

from connectors._sample_tenant._company_files_hr import MAIN
from connectors._sample_tenant._company_people import (
    ACCOUNTS,
    HR,
    IT,
    SALES,
    employees,
)
from connectors._sample_tenant._company_plan import Core, Plant
from connectors._sample_tenant._company_sharing import (
    FUTURE,
    PAST,
    PRIVATE,
    PUBLIC,
    Sharing,
)
from connectors._sample_tenant._documents import (
    TEXT_TYPE,
    memo,
)
from connectors._sample_tenant._documents_sheet import MEDIA_TYPE as XLSX_TYPE


def onedrive(address: str) -> tuple[str, str]:
    """Site and drive of somebody's OneDrive."""
    return address, "OneDrive"


def _personal(core: Core, sharing: Sharing) -> None:
    seed = core.seed
    own = {one: (sharing.owner(one),) for one in (HR, ACCOUNTS, SALES, IT)}
    people = employees(seed, "personal", 6)
    book = next(one for one in core.files[MAIN] if one.name == "給与一覧_2026年4月.xlsx")
    numbers = tuple(
        one.number for one in core.planted if one.item == book.name and one.source == "sharepoint"
    )

    def put(address: str, path: str, *plants: Plant, data: bytes, exposure: str = PRIVATE) -> None:
        media_type = XLSX_TYPE if path.endswith("xlsx") else TEXT_TYPE
        core.file(
            onedrive(address),
            path,
            media_type,
            data,
            own[address] + links.get(path, ()),
            exposure,
            *plants,
            author=address,
            source="onedrive",
        )

    links = {
        "共有/給与確認.txt": (sharing.link("anonymous", "expired", expires=PAST),),
        "共有/口座と番号.txt": (sharing.link("anonymous", "edit", kind="edit", expires=FUTURE),),
        "メモ/引継ぎ.txt": (sharing.link("users", "handover", people=(HR,), download=False),),
    }
    notes = [memo(one, one.number).encode("cp932") for one in people]
    put(
        HR,
        "コピー ～ 給与一覧_2026年4月.xlsx",
        Plant(numbers, note="the same bytes as in the personnel site"),
        data=book.data(),
    )
    put(HR, "メモ/自分用.txt", Plant((people[0].number,), note="owner only"), data=notes[0])
    put(
        SALES,
        "共有/給与確認.txt",
        Plant((people[1].number,), note="anonymous link that has ended"),
        data=notes[1],
    )
    put(
        SALES,
        "共有/口座と番号.txt",
        Plant((people[2].number,), note="anonymous link, edit"),
        data=notes[2],
        exposure=PUBLIC,
    )
    put(
        ACCOUNTS,
        "メモ/引継ぎ.txt",
        Plant((people[3].number,), note="link to one named person, no download"),
        data=notes[3],
    )
    put(IT, "scripts/readme.txt", data="夜間バッチの手順を書いたメモです。\r\n".encode())


def write(core: Core, sharing: Sharing) -> None:
    """Put the files of OneDrives into the core; the personnel site comes before."""
    _personal(core, sharing)
