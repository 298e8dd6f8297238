"""The sample company (株式会社サンプル商事): its directory, mailboxes, sites and storage.

A hand-written core, the same at every size, and ordinary items around it in any number. Nothing
of the ordinary items is kept: each is made from the seed and its position when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate

from connectors._sample_tenant import (
    _company_blobs,
    _company_files_hr,
    _company_files_other,
    _company_mail_hr,
    _company_mail_staff,
)
from connectors._sample_tenant._company_blobs import BACKUP, FORMS, LOGS, WEB
from connectors._sample_tenant._company_keys import draw, guid, token
from connectors._sample_tenant._company_lazy import Lazy, Shelf
from connectors._sample_tenant._company_noise import Mails, box
from connectors._sample_tenant._company_noise_files import Blobs, Files, Place, entries
from connectors._sample_tenant._company_people import directory
from connectors._sample_tenant._company_plan import ID_TAIL, Core
from connectors._sample_tenant._company_sharing import Sharing
from connectors._sample_tenant._model import (
    Blob,
    Container,
    Drive,
    DriveFile,
    MailFolder,
    Message,
    Planted,
    Site,
    User,
    World,
)
from connectors._sample_tenant._words import COMPANY, DEPARTMENTS, DOMAIN, ONEDRIVE, SHAREPOINT

_TREE = (
    ("受信トレイ", 46),
    ("受信トレイ/社内連絡", 10),
    ("受信トレイ/取引先", 12),
    ("受信トレイ/取引先/見積", 5),
    ("送信済みアイテム", 17),
    ("アーカイブ", 5),
    ("削除済みアイテム", 3),
    ("迷惑メール", 2),
    ("下書き", 0),
    ("2026年度", 0),
)
"""Mail folders of everybody, and their share of the ordinary mails in percent."""
_SENT = "送信済みアイテム"
_HIDDEN = frozenset({_company_mail_hr.HIDDEN})
_SITES = (
    ("人事部", "hr", ("ドキュメント", "共有")),
    ("経理部", "keiri", ("ドキュメント",)),
    ("全社ポータル", "portal", ("ドキュメント",)),
    ("プロジェクトX", "project-x", ("ドキュメント",)),
    ("役員会", "board", ("ドキュメント",)),
)
_LOCKED = "役員会"
_ITEMS_EACH_SITE = 8_000
_MOST_SITES = 60
_MAIL_SHARE, _FILE_SHARE = 0.75, 0.20


@dataclass(frozen=True, slots=True)
class _Library:
    """A drive before its site is made."""

    site: str
    path: str
    name: str
    owner: str = ""

    @property
    def personal(self) -> bool:
        return bool(self.owner)

    @property
    def key(self) -> tuple[str, str]:
        return self.owner or self.site, self.name


class Company:
    """The sample company; see :class:`World` for what its attributes mean."""

    def __init__(self, items: int, seed: int) -> None:
        """Remember size and seed; everything else is made on first use."""
        self.seed = seed
        self.wanted = items
        self.tenant_id = "7c1e9b52-4d3a-4f60-9a8e-b2d5c7e1f0ab"
        self.domain = DOMAIN
        self.name = COMPANY
        self.account = "sampleshoji"

    @cached_property
    def users(self) -> Sequence[User]:
        """The directory."""
        return directory(self.seed, self.wanted)

    @cached_property
    def _sharing(self) -> Sharing:
        return Sharing(self.seed, self.users)

    @cached_property
    def _core(self) -> Core:
        core = Core(self.seed)
        _company_mail_hr.write(core)
        _company_mail_staff.write(core)
        _company_files_hr.write(core, self._sharing)
        _company_files_other.write(core, self._sharing)
        _company_blobs.write(core)
        return core

    @cached_property
    def _boxes(self) -> dict[str, int]:
        """Mailboxes with ordinary mails: address → order."""
        taking = [one for one in self.users if one.purpose in {"user", "shared"} and not one.denied]
        return {one.mail: order for order, one in enumerate(taking)}

    @cached_property
    def _mails(self) -> Mails:
        written = sum(map(len, self._core.mails.values()))
        count = max(0, round(self.wanted * _MAIL_SHARE) - written)
        names = {one.mail: one.display_name for one in self.users}
        return Mails(self.seed, [box(one, names[one]) for one in self._boxes], count)

    @cached_property
    def _libraries(self) -> tuple[_Library, ...]:
        """Every drive of the tenant, those of a site together."""
        found = [_Library(site, path, name) for site, path, names in _SITES for name in names]
        extra = min(_MOST_SITES, self.wanted // _ITEMS_EACH_SITE)
        for number in range(extra):
            turn, which = divmod(number, len(DEPARTMENTS))
            site = f"{DEPARTMENTS[which]} {('部内', '案件管理', '予算', 'アーカイブ')[turn]}"
            found.append(_Library(site, f"team-{chr(97 + turn)}{chr(97 + which)}", "ドキュメント"))
        written = {address for address, _ in self._core.files if "@" in address}
        people = [one for one in self.users if one.purpose == "user" and not one.denied]
        owners = [
            one.mail
            for order, one in enumerate(people)
            if one.mail in written or (order % 2 == 0 and one.enabled)
        ]
        found += [
            _Library(address, address.replace("@", "_").replace(".", "_"), "OneDrive", address)
            for address in owners
        ]
        return tuple(found)

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        """Drives with ordinary files: key → order."""
        open_ones = [one for one in self._libraries if one.site != _LOCKED]
        return {one.key: order for order, one in enumerate(open_ones)}

    @cached_property
    def _files(self) -> Files:
        written = sum(map(len, self._core.files.values()))
        count = max(0, round(self.wanted * _FILE_SHARE) - written)
        staff = tuple(self._boxes)
        places = []
        for library in self._libraries:
            if library.key not in self._places:
                continue
            partition = "/".join(library.key)
            if library.personal:
                base = (self._sharing.owner(library.owner),)
                places.append(Place("onedrive", partition, (library.owner,), base))
            else:
                groups = self._sharing.site_groups(library.site)
                start = draw(self.seed, "authors", library.site)[0] % len(staff)
                authors = tuple(staff[(start + step) % len(staff)] for step in range(6))
                places.append(Place("sharepoint", partition, authors, groups))
        return Files(self.seed, places, self._sharing, count)

    @cached_property
    def _blobs(self) -> Blobs:
        share = self.wanted - round(self.wanted * _MAIL_SHARE) - round(self.wanted * _FILE_SHARE)
        return Blobs(self.seed, max(0, share - sum(map(len, self._core.blobs.values()))))

    @cached_property
    def items(self) -> int:
        """How many items there are in all sources together."""
        core = self._core
        groups = (*core.mails.values(), *core.files.values(), *core.blobs.values())
        written = sum(map(len, groups))
        return written + self._mails.count + self._files.count + self._blobs.count

    @cached_property
    def sites(self) -> Sequence[Site]:
        """Team sites first, then personal ones."""
        grouped: dict[str, list[_Library]] = {}
        for library in self._libraries:
            grouped.setdefault(library.site, []).append(library)
        return tuple(self._site(name, libraries) for name, libraries in grouped.items())

    def _site(self, name: str, libraries: Sequence[_Library]) -> Site:
        first = libraries[0]
        host = ONEDRIVE if first.personal else SHAREPOINT
        entropy = draw(self.seed, "site", name)
        path = "personal" if first.personal else "sites"
        shown = next((one.display_name for one in self.users if one.mail == name), name)
        return Site(
            id=f"{host},{guid(entropy)},{guid(entropy[20:])}",
            name=shown,
            web_url=f"https://{host}/{path}/{first.path}",
            drives=tuple(map(self._drive, libraries)),
            personal=first.personal,
            locked=name == _LOCKED,
        )

    def _drive(self, library: _Library) -> Drive:
        order = self._places.get(library.key)
        noise: Sequence[DriveFile] = ()
        if order is not None:
            noise = Lazy(self._files.many(order), partial(self._files.make, order))
        return Drive(
            id=f"b!{token(draw(self.seed, 'drive', *library.key), 64)}",
            name=library.name,
            files=Shelf(self._core.files.get(library.key, []), noise),
            drive_type="business" if library.personal else "documentLibrary",
            owner=library.owner,
        )

    @cached_property
    def containers(self) -> Sequence[Container]:
        """The containers of the storage account."""
        levels = ((BACKUP, ""), (LOGS, ""), (FORMS, "blob"), (WEB, "container"))
        return tuple(self._container(name, level) for name, level in levels)

    def _container(self, name: str, level: str) -> Container:
        written = self._core.blobs.get(name, [])
        if name not in self._blobs.containers:
            return Container(name, tuple(written), level)
        order = self._blobs.containers.index(name)
        many = self._blobs.many(order)

        def make(place: int) -> Blob:
            if place < len(written):
                return written[place]
            return self._blobs.make(order, place - len(written))

        return Container(name, Lazy(len(written) + many, make), level)

    @cached_property
    def planted(self) -> Sequence[Planted]:
        """What was planted: the core's first, then that of mails, files and blobs."""
        core = self._core.planted
        parts = [
            (entries(noise.count), noise.planted)
            for noise in (self._mails, self._files, self._blobs)
        ]

        def make(entry: int) -> Planted:
            if entry < len(core):
                return core[entry]
            entry -= len(core)
            for many, planted in parts:
                if entry < many:
                    return planted(entry)
                entry -= many
            raise IndexError(entry)

        return Lazy(len(core) + sum(many for many, _ in parts), make)

    def folders(self, user: User) -> tuple[MailFolder, ...]:
        """Top-level mail folders of a mailbox; () where there is none."""
        if not user.purpose:
            return ()
        order = self._boxes.get(user.mail)
        many = 0 if order is None else self._mails.many(order)
        bounds = [many * edge // 100 for edge in accumulate((s for _, s in _TREE), initial=0)]
        ranges = {path: bounds[n : n + 2] for n, (path, _) in enumerate(_TREE)}
        paths = dict.fromkeys(ranges)
        for address, path in self._core.mails:
            if address == user.mail:
                steps = path.split("/")
                paths.update(dict.fromkeys("/".join(steps[: n + 1]) for n in range(len(steps))))

        def build(path: str) -> MailFolder:
            start, end = ranges.get(path, (0, 0))

            def make(place: int) -> Message:
                assert order is not None  # noqa: S101 - without noise there is no place
                return self._mails.make(order, start + place, sent=path == _SENT)

            return MailFolder(
                id=f"AQMkADAwATM{token(draw(self.seed, 'folder', user.mail, path), 60)}AAAA",
                name=path.rpartition("/")[2],
                messages=Shelf(
                    self._core.mails.get((user.mail, path), []),
                    Lazy(end - start, make),
                    tail=ID_TAIL,
                ),
                children=tuple(map(build, (p for p in paths if p.rpartition("/")[0] == path))),
                hidden=path in _HIDDEN,
            )

        return tuple(build(path) for path in paths if "/" not in path)


def company(items: int = 600, seed: int = 20260401) -> World:
    """Return the sample company with about ``items`` items: 75 % mails, 20 % files, 5 % blobs."""
    return Company(items, seed)
