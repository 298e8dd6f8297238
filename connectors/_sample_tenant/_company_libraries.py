"""Which drives the company has: team sites, a locked one, and OneDrives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors._sample_tenant._company_keys import draw
from connectors._sample_tenant._company_lists import HIDDEN, SUBSITE
from connectors._sample_tenant._company_noise_files import Place
from connectors._sample_tenant._company_plan import label
from connectors._sample_tenant._company_sharing import Sharing
from connectors._sample_tenant._model import User
from connectors._sample_tenant._words import DEPARTMENTS

LOCKED = "役員会"
_SITES = (
    ("人事部", "hr", ("ドキュメント", "共有")),
    ("経理部", "keiri", ("ドキュメント",)),
    ("全社ポータル", "portal", ("ドキュメント",)),
    ("プロジェクトX", "project-x", ("ドキュメント",)),
    (LOCKED, "board", ("ドキュメント",)),
)
_TEAMS = ("部内", "案件管理", "予算", "アーカイブ")
_ITEMS_EACH = 8_000


@dataclass(frozen=True, slots=True)
class Library:
    """A drive before its site is made."""

    site: str
    path: str
    name: str
    owner: str = ""
    """Address of the owner of a OneDrive."""
    parent: str = ""
    """The site that its site is a subsite of."""
    hidden: bool = False
    ordinary: bool = True
    """Ordinary files are put into it."""

    @property
    def key(self) -> tuple[str, str]:
        """Site (or owner) and name, as the core and ``planted`` write them."""
        return self.owner or self.site, self.name


def team_libraries(items: int) -> list[Library]:
    """Libraries of the named sites, and of more sites in proportion to ``items``."""
    found = [Library(site, path, name) for site, path, names in _SITES for name in names]
    found += [
        Library(SUBSITE, "hr/saiyo", "ドキュメント", parent="人事部", ordinary=False),
        Library("経理部", "keiri", HIDDEN, hidden=True, ordinary=False),
    ]
    for number in range(min(len(_TEAMS) * len(DEPARTMENTS), items // _ITEMS_EACH)):
        turn, which = divmod(number, len(DEPARTMENTS))
        site = f"{DEPARTMENTS[which]} {_TEAMS[turn]}"
        found.append(Library(site, f"team-{chr(97 + turn)}{chr(97 + which)}", "ドキュメント"))
    return found


def personal_libraries(users: Sequence[User], written: set[str]) -> list[Library]:
    """OneDrives of those in ``written``, and of every second other member."""
    people = [one for one in users if one.purpose == "user" and not one.denied]
    return [
        Library(one.mail, one.mail.replace("@", "_").replace(".", "_"), "OneDrive", one.mail)
        for order, one in enumerate(people)
        if one.mail in written or (order % 2 == 0 and one.enabled)
    ]


def noise_place(
    seed: int, library: Library, sharing: Sharing, staff: Sequence[str], names: Mapping[str, str]
) -> Place:
    """Who writes into a drive, and what its files inherit."""
    partition = label(library.key, names)
    if library.owner:
        return Place("onedrive", partition, (library.owner,), (sharing.owner(library.owner),))
    start = draw(seed, "authors", library.site)[0] % len(staff)
    authors = tuple(staff[(start + step) % len(staff)] for step in range(6))
    return Place("sharepoint", partition, authors, sharing.site_groups(library.site))
