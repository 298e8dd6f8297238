"""The sample company (株式会社サンプル商事): its directory, mailboxes, sites and storage.

A hand-written core, the same at every size, and ordinary items around it in any number. Nothing
of the ordinary items is kept: each is made from the seed and its position when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import cast

from connectors._sample_tenant import (
    _company_blobs,
    _company_dataverse,
    _company_files_hr,
    _company_files_odd,
    _company_files_other,
    _company_files_own,
    _company_intune,
    _company_lists,
    _company_mail_forms,
    _company_mail_hr,
    _company_mail_places,
    _company_mail_staff,
    _company_mail_trade,
    _company_policies,
    _company_policies_data,
    _company_storage,
    _company_teams,
)
from connectors._sample_tenant._company_blobs import BACKUP, FORMS, LOGS, WEB
from connectors._sample_tenant._company_folders import mail_folders
from connectors._sample_tenant._company_keys import draw, guid, token
from connectors._sample_tenant._company_lazy import Lazy, Shelf
from connectors._sample_tenant._company_libraries import (
    LOCKED,
    Library,
    noise_place,
    personal_libraries,
    team_libraries,
)
from connectors._sample_tenant._company_noise import Mails, box
from connectors._sample_tenant._company_noise_files import Blobs, Files, entries
from connectors._sample_tenant._company_people import directory
from connectors._sample_tenant._company_plan import Core
from connectors._sample_tenant._company_sharing import Sharing
from connectors._sample_tenant._intune import Intune
from connectors._sample_tenant._model import (
    Blob,
    Container,
    Drive,
    DriveFile,
    MailFolder,
    Planted,
    Site,
    User,
    World,
)
from connectors._sample_tenant._model_dataverse import Environment
from connectors._sample_tenant._model_storage import Storage
from connectors._sample_tenant._model_teams import Chat, Group
from connectors._sample_tenant._policies import Policies
from connectors._sample_tenant._policies_data import PolicyData
from connectors._sample_tenant._words import COMPANY, DOMAIN, ONEDRIVE, SHAREPOINT

_MAIL_SHARE, _FILE_SHARE = 0.75, 0.20


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
    def _names(self) -> dict[str, str]:
        return {one.mail: one.display_name for one in self.users}

    @cached_property
    def _sharing(self) -> Sharing:
        return Sharing(self.seed, self.users)

    @cached_property
    def _core(self) -> Core:
        core = Core(self.seed, self._names)
        for mails in (
            _company_mail_forms,
            _company_mail_hr,
            _company_mail_staff,
            _company_mail_trade,
            _company_mail_places,
        ):
            mails.write(core)
        for one in _company_files_hr, _company_files_odd, _company_files_other, _company_files_own:
            one.write(core, self._sharing)
        _company_lists.write(core, self._sharing)
        _company_blobs.write(core)
        _company_teams.write(core, self.users)
        _company_dataverse.write(core, self.users)
        _company_intune.write(core, self.users)
        _company_storage.write(core)
        return core

    @property
    def groups(self) -> Sequence[Group]:
        """The groups of the directory; some are teams."""
        return self._core.groups

    @property
    def chats(self) -> Sequence[Chat]:
        """The chats."""
        return self._core.chats

    @property
    def dataverse(self) -> Environment:
        """The environment of Dynamics 365."""
        return self._core.dataverse

    @cached_property
    def policies(self) -> Policies:
        """What was set for people, roles, apps and sharing."""
        return _company_policies.policies(self.seed, self.users)

    @cached_property
    def policies_data(self) -> PolicyData:
        """What was set for logs, labels, devices and storage."""
        devices = self._core.intune.things["deviceManagement/managedDevices"]
        return _company_policies_data.data(self.seed, self.account, devices)

    @property
    def intune(self) -> Intune:
        """What is kept in Intune."""
        return self._core.intune

    @property
    def storage(self) -> Storage:
        """Shares, tables and queues."""
        return self._core.storage

    @cached_property
    def _boxes(self) -> dict[str, int]:
        """Mailboxes with ordinary mails: address → order."""
        taking = [one for one in self.users if one.purpose in {"user", "shared"} and not one.denied]
        return {one.mail: order for order, one in enumerate(taking)}

    @cached_property
    def _mails(self) -> Mails:
        written = sum(map(len, self._core.mails.values()))
        count = max(0, round(self.wanted * _MAIL_SHARE) - written)
        return Mails(self.seed, [box(one, self._names[one]) for one in self._boxes], count)

    @cached_property
    def _libraries(self) -> tuple[Library, ...]:
        """Every drive of the tenant, those of a site together."""
        written = {address for address, _ in self._core.files if "@" in address}
        return (*team_libraries(self.wanted), *personal_libraries(self.users, written))

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        """Drives with ordinary files: key → order."""
        open_ones = [one for one in self._libraries if one.site != LOCKED and one.ordinary]
        return {one.key: order for order, one in enumerate(open_ones)}

    @cached_property
    def _files(self) -> Files:
        written = sum(map(len, self._core.files.values()))
        count = max(0, round(self.wanted * _FILE_SHARE) - written)
        staff = tuple(self._boxes)
        places = [
            noise_place(self.seed, one, self._sharing, staff, self._names)
            for one in self._libraries
            if one.key in self._places
        ]
        return Files(self.seed, places, self._sharing, count)

    @cached_property
    def _blobs(self) -> Blobs:
        share = self.wanted - round(self.wanted * _MAIL_SHARE) - round(self.wanted * _FILE_SHARE)
        return Blobs(self.seed, max(0, share - sum(map(len, self._core.blobs.values()))))

    @cached_property
    def items(self) -> int:
        """How many items there are in all sources together."""
        core = self._core
        written = sum(map(len, core.mails.values()))
        written += sum(map(len, core.files.values())) + sum(map(len, core.blobs.values()))
        written += sum(len(one.rows) for some in core.lists.values() for one in some)
        written += sum(map(len, core.pages.values()))
        return written + self._mails.count + self._files.count + self._blobs.count

    @cached_property
    def sites(self) -> Sequence[Site]:
        """Team sites first, then personal ones."""
        grouped: dict[str, list[Library]] = {}
        for library in self._libraries:
            grouped.setdefault(library.site, []).append(library)
        return tuple(self._site(name, libraries) for name, libraries in grouped.items())

    def _site(self, name: str, libraries: Sequence[Library]) -> Site:
        first = libraries[0]
        host = ONEDRIVE if bool(first.owner) else SHAREPOINT
        path = "personal" if bool(first.owner) else "sites"
        return Site(
            id=self._site_id(name, host),
            name=self._names.get(name, name),
            web_url=f"https://{host}/{path}/{first.path}",
            drives=tuple(map(self._drive, libraries)),
            personal=bool(first.owner),
            locked=name == LOCKED,
            parent=self._site_id(first.parent, SHAREPOINT) if first.parent else "",
            lists=tuple(self._core.lists.get(name, ())),
            pages=tuple(self._core.pages.get(name, ())),
            permissions=(
                *self._sharing.site_groups(name),
                self._sharing.link("organization", name),
            ),
        )

    def _site_id(self, name: str, host: str) -> str:
        entropy = draw(self.seed, "site", name)
        return f"{host},{guid(entropy)},{guid(entropy[20:])}"

    def _drive(self, library: Library) -> Drive:
        order = self._places.get(library.key)
        noise: Sequence[DriveFile] = ()
        if order is not None:
            noise = Lazy(self._files.many(order), partial(self._files.make, order))
        return Drive(
            id=f"b!{token(draw(self.seed, 'drive', *library.key), 64)}",
            name=library.name,
            files=Shelf(self._core.files.get(library.key, []), noise),
            drive_type="business" if library.owner else "documentLibrary",
            owner=library.owner,
            hidden=library.hidden,
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
        return mail_folders(self._core, self._mails, user.mail, self._boxes.get(user.mail))


def company(items: int = 600, seed: int = 20260401) -> World:
    """Return the sample company with about ``items`` items: 75 % mails, 20 % files, 5 % blobs."""
    # The protocol has plain attributes; here they are made on first use.
    return cast("World", Company(items, seed))
