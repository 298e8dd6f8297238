"""The cases that the hand-written core promises."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from connectors._sample_tenant._model import DriveFile, Message


@pytest.fixture(scope="module")
def files(entries):
    return [entry for entry in entries if isinstance(entry.item, DriveFile)]


@pytest.fixture(scope="module")
def mails(entries):
    return [entry for entry in entries if isinstance(entry.item, Message)]


def test_the_directory_has_every_kind_of_mailbox(world):
    kinds = Counter(user.purpose for user in world.users)
    assert kinds.keys() == {"user", "shared", "room", "equipment", ""}
    assert sum(user.denied for user in world.users) == 1
    guests = [user for user in world.users if user.user_type == "Guest"]
    assert guests
    assert all("#EXT#@" in user.upn and user.purpose == "" for user in guests)
    assert any(user.purpose == "user" and not user.enabled for user in world.users)
    assert len({user.mail for user in world.users}) == len(world.users)


def test_mailboxes_have_the_folders_people_know(world):
    folders = {folder.name: folder for folder in world.folders(world.users[0])}
    assert {"受信トレイ", "送信済みアイテム", "削除済みアイテム", "下書き"} <= folders.keys()
    assert len(folders["2026年度"].messages) == 0
    assert folders["会話の履歴"].hidden
    assert len(folders["会話の履歴"].messages) == 1
    shared = next(user for user in world.users if user.purpose == "shared")
    inbox = next(one for one in world.folders(shared) if one.name == "受信トレイ")
    deep = [third for second in inbox.children for third in second.children]
    assert any(folder.name == "令和7年分" and len(folder.messages) for folder in deep)
    nobody = next(user for user in world.users if not user.purpose)
    assert world.folders(nobody) == ()


def test_attachments_of_every_kind(mails):
    attachments = [one for entry in mails for one in entry.item.attachments]
    assert {one.kind for one in attachments} == {"file", "item", "reference"}
    assert any(one.inline for one in attachments)
    suffixes = {one.name.rpartition(".")[2] for one in attachments}
    assert {"csv", "xlsx", "docx", "pptx", "pdf", "zip", "png", "eml"} <= suffixes
    linked = [one for one in attachments if one.kind == "reference"]
    assert all(one.source_url and one.data() == b"" for one in linked)


def test_mails_travel_in_japanese_charsets(mails):
    raw = [entry.item.mime() for entry in mails if "マイナンバーのご連絡" in entry.name]
    assert any(b"iso-2022-jp" in mail.lower() and b"\x1b$B" in mail for mail in raw)
    assert any(entry.item.body_type == "text" for entry in mails)


def test_outsiders_get_mail_too(world, mails):
    outside = [
        entry
        for entry in mails
        if any(not a.endswith(f"@{world.domain}") for a in (*entry.item.to, *entry.item.cc))
    ]
    assert len(outside) > 5


def test_noise_bodies_have_an_ordinary_length(mails):
    sizes = sorted(
        len(entry.item.html.encode()) for entry in mails if "<p style" in entry.item.html
    )
    assert 800 < sizes[len(sizes) // 2] < 4_000
    assert sizes[-1] < 8_000


def test_sites_of_every_kind(world):
    assert sum(site.locked for site in world.sites) == 1
    assert sum(site.personal for site in world.sites) >= 4
    personnel = next(site for site in world.sites if site.name == "人事部")
    assert [drive.name for drive in personnel.drives] == ["ドキュメント", "共有"]
    assert all(
        drive.drive_type == ("business" if site.personal else "documentLibrary")
        for site in world.sites
        for drive in site.drives
    )


def test_links_of_every_scope(files):
    links = [
        permission
        for entry in files
        for permission in entry.item.permissions
        if "link" in permission
    ]
    assert {p["link"]["scope"] for p in links} == {"anonymous", "organization", "users"}
    anonymous = [p for p in links if p["link"]["scope"] == "anonymous"]
    assert any("expirationDateTime" not in p for p in anonymous)
    assert any(p["hasPassword"] and p["expirationDateTime"] > "2030" for p in anonymous)
    assert any(p.get("expirationDateTime", "9") < "2026" for p in anonymous)
    assert {"view", "edit"} <= {p["link"]["type"] for p in links}
    assert any(p["grantedToIdentitiesV2"] for p in links if p["link"]["scope"] == "users")


def test_grants_of_every_kind(files):
    grants = [
        permission["grantedToV2"]
        for entry in files
        for permission in entry.item.permissions
        if "grantedToV2" in permission
    ]
    assert {"user", "group", "siteGroup", "siteUser"} <= {key for one in grants for key in one}
    logins = [one["siteUser"]["loginName"] for one in grants if "siteUser" in one]
    assert any("#ext#" in login for login in logins)
    assert not any("inheritedFrom" in p for entry in files for p in entry.item.permissions)


def test_file_names_people_really_use(files):
    names = [entry.name for entry in files]
    assert "" in names
    assert ".txt" in names
    assert any(len(name) > 200 for name in names)
    assert any("🍻" in name for name in names)
    assert any(re.match(r"入社|まいなんばー", name) for name in names)
    assert sum(1 for name in names if re.search(r"[0-9]{12}", name)) == 1
    assert any(entry.item.size == 0 for entry in files)


def test_containers_of_every_level(world):
    assert {one.name: one.public_access for one in world.containers} == {
        "backup": "",
        "logs": "",
        "public-forms": "blob",
        "www": "container",
    }
    blobs = [blob for container in world.containers for blob in container.blobs]
    assert {"Hot", "Cool", "Archive"} <= {blob.tier for blob in blobs}
    assert any(5 << 20 < blob.size < 6 << 20 for blob in blobs)
    for container in world.containers:
        names = [blob.name for blob in container.blobs]
        assert names == sorted(names)


def test_nothing_reserved_for_others_is_named(world):
    """Every address and host ends in a name set aside for examples."""
    hosts = [user.mail.partition("@")[2] for user in world.users]
    hosts += [site.web_url.split("/")[2] for site in world.sites]
    assert {host.rpartition(".")[2] for host in hosts} == {"example"}


def test_the_password_of_the_archive_opens_it(files):
    import io
    import zipfile

    from connectors._sample_tenant._company_files_odd import _OPENING

    (entry,) = [entry for entry in files if entry.name == "マイナンバー一覧.zip"]
    with zipfile.ZipFile(io.BytesIO(entry.item.data())) as archive:
        (info,) = archive.infolist()
        assert info.flag_bits & 1
        with pytest.raises(RuntimeError):
            archive.read(info)
        assert archive.read(info, pwd=_OPENING.encode()).startswith("社員番号".encode("cp932"))
