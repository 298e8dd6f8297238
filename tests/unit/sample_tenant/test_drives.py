"""Sites and drives as Graph v1.0 serves them."""

from __future__ import annotations

import pytest

from connectors._sample_tenant._handle import hosted

DELTA = "/drives/b!hr/root/delta"
SELECT = "$select=id,name,file,folder,package,deleted,root,parentReference,cTag"


def files(pages):
    return [v["id"] for page in pages for v in page["value"] if "file" in v or "package" in v]


def test_all_sites_tell_personal_ones(ask) -> None:
    found = ask("/sites/getAllSites?$select=id,isPersonalSite,webUrl").json["value"]
    assert [v["isPersonalSite"] for v in found] == [False, False, True]
    assert set(found[0]) == {"id", "isPersonalSite", "webUrl"}
    assert ask("/sites/getAllSites()").json["value"][0]["siteCollection"]["hostname"]


def test_sites_are_paged(pages) -> None:
    found = pages("/sites/getAllSites?$top=2&$select=id")
    assert [len(page["value"]) for page in found] == [2, 1]


def test_drives_of_a_site_and_of_a_person(ask) -> None:
    hr = ask("/sites/tiny.example,aaaa-b,cccc-d/drives?$select=id,name,driveType,webUrl").json
    assert [v["id"] for v in hr["value"]] == ["b!hr"]
    own = ask("/users/alice@tiny.example/drives").json["value"]
    assert [(v["id"], v["driveType"]) for v in own] == [("b!alice", "business")]
    assert own[0]["owner"]["user"]["email"] == "alice@tiny.example"
    assert ask("/users/aaaaaaaa-alice/drive").json["id"] == "b!alice"
    assert ask("/users/aaaaaaaa-bob/drives").code == "ResourceNotFound"
    assert ask("/drives/b!hr").json["name"] == "ドキュメント"


@pytest.mark.parametrize(
    "target",
    [
        "/sites/tiny.example,aaaa-l,cccc-l/drives",
        "/drives/b!locked/root/delta",
        "/drives/b!locked",
        "/drives/b!locked/items/01FILEAA/content",
        "/drives/b!locked/items/01FILEAA/permissions",
    ],
)
def test_a_locked_site_locks_everything_below_it(ask, target) -> None:
    reply = ask(target)
    assert (reply.status, reply.code) == (423, "notAllowed")
    assert reply.json["error"]["innerError"]["code"] == "resourceLocked"


@pytest.mark.parametrize("top", [1, 2, 3, 7, 500])
def test_delta_names_root_folders_and_every_file_once(pages, top) -> None:
    found = pages(f"{DELTA}?{SELECT}&$top={top}")
    assert max(len(page["value"]) for page in found) <= top
    assert len(files(found)) == len(set(files(found))) == 33
    assert [v["name"] for page in found for v in page["value"] if "root" in v] == ["root"]
    named = {}
    for page in found:
        for value in page["value"]:
            parent = value["parentReference"].get("id")
            assert parent is None or parent in named, "a child before its folder"
            assert "path" not in value["parentReference"]
            named[value["id"]] = value["name"]
    assert "人事" in named.values()
    assert all("cTag" not in v for page in found for v in page["value"])


def test_the_download_link_comes_when_selected_or_without_select(ask) -> None:
    name = "@microsoft.graph.downloadUrl"
    last = ask(f"{DELTA}").json["value"]
    assert [name in v for v in last if "file" in v] == [True] * 32
    assert all(name not in v for v in last if "file" not in v)
    assert not any(name in v for v in ask(f"{DELTA}?{SELECT}").json["value"])
    chosen = ask(f"{DELTA}?$select=id,content.downloadUrl").json["value"]
    assert sum(name in v for v in chosen) == 32


def test_facets(ask) -> None:
    found = {v["name"]: v for v in ask(DELTA).json["value"]}
    assert found["notes"]["package"] == {"type": "oneNote"}
    assert "file" not in found["notes"]
    assert found["shared.xlsx"]["shared"] == {"scope": "anonymous"}
    assert "/_layouts/15/Doc.aspx?" in found["shared.xlsx"]["webUrl"]
    assert "shared" not in found["file 0.txt"]
    assert found["file 1.txt"]["file"]["hashes"] == {"quickXorHash": "AAAA"}
    assert found["file 0.txt"]["webUrl"].endswith("file%200.txt")


def test_the_next_round_tells_exactly_what_changed(tenant, pages) -> None:
    link = pages(f"{DELTA}?{SELECT}")[-1]["@odata.deltaLink"]
    assert [page["value"] for page in pages(link)] == [[]]
    added = tenant.change("file", "add", drive="b!hr", path="人事/新規/a.txt", data=b"new")
    tenant.change("file", "modify", drive="hr/ドキュメント", path="file 3.txt", data=b"changed")
    tenant.change("file", "rename", drive="b!hr", path="file 0.txt", name="renamed.txt")
    tenant.change("file", "move", drive="b!hr", id="01FILEAB", folder="")
    gone = tenant.change("file", "delete", drive="b!hr", id="01FILEAC")
    for top in ("", "1", "2"):
        query = f"&$top={top}" if top else ""
        fresh = pages(f"{DELTA}?{SELECT}{query}")
        assert len(files(fresh)) == 33
    found = pages(link)
    values = {v["id"]: v for page in found for v in page["value"] if "folder" not in v}
    assert set(values) == {added, gone, "01FILEAA", "01FILEAD", "01FILEAB"}
    assert values[gone]["deleted"] == {"state": "deleted"}
    assert "name" not in values[gone]
    assert values["01FILEAA"]["name"] == "renamed.txt"
    folders = [v["name"] for page in found for v in page["value"] if "folder" in v]
    assert folders == ["root", "人事", "新規"]
    assert [page["value"] for page in pages(found[-1]["@odata.deltaLink"])] == [[]]


@pytest.mark.parametrize("top", [1, 2, 3])
def test_changes_are_paged_without_loss(tenant, pages, top) -> None:
    link = pages(f"{DELTA}?{SELECT}&$top={top}")[-1]["@odata.deltaLink"]
    changed = {
        tenant.change("file", "modify", drive="b!hr", id=f"01FILEA{letter}", data=b"x")
        for letter in "ABCDEFGH"
    }
    found = pages(link)
    assert max(len(page["value"]) for page in found) <= top
    assert sorted(files(found)) == sorted(changed)


def test_latest_begins_now(tenant, pages) -> None:
    first = pages(f"{DELTA}?{SELECT}&token=latest")
    assert first[0]["value"] == []
    tenant.change("file", "modify", drive="b!hr", id="01FILEAA", data=b"x")
    assert files(pages(first[0]["@odata.deltaLink"])) == ["01FILEAA"]


@pytest.mark.parametrize("how", ["garbage", "expired", "other drive"])
def test_a_void_token_names_where_to_begin_anew(tenant, ask, pages, how) -> None:
    link = pages(f"{DELTA}?{SELECT}&$top=9")[-1]["@odata.deltaLink"]
    match how:
        case "garbage":
            link = f"{DELTA}?{SELECT}&$top=9&token=nonsense"
        case "expired":
            tenant.expire()
        case _:
            link = link.replace("b!hr", "b!alice")
    reply = ask(link)
    assert (reply.status, reply.code) == (410, "resyncRequired")
    assert reply.json["error"]["innerError"]["code"] == "resyncChangesApplyDifferences"
    again = pages(reply.headers["location"])
    assert len(files(again)) == (1 if how == "other drive" else 33)
    if how != "other drive":
        assert len(again[0]["value"]) == 9
        assert "size" not in again[0]["value"][0]


def test_a_single_item_has_its_path_and_its_ctag(ask) -> None:
    found = ask("/drives/b!hr/items/01FILEAC").json
    assert found["parentReference"]["path"].startswith("/drives/b!hr/root:/%E4%BA%BA")
    assert found["cTag"] == '"c:{FILE-2},1"'
    folder = ask(f"/drives/b!hr/items/{found['parentReference']['id']}").json
    assert (folder["name"], folder["folder"]) == ("2026", {})
    assert ask("/drives/b!hr/root").json["root"] == {}
    assert ask("/drives/b!hr/items/none").code == "itemNotFound"
    assert ask("/drives/none/root/delta").code == "itemNotFound"
    assert ask("/drives/b!hr/items/01FILEAC?$select=id,colour").status == 400


def test_content_is_on_a_host_that_wants_no_token(tenant, ask) -> None:
    reply = ask("/drives/b!hr/items/01FILEAC/content")
    assert (reply.status, reply.body) == (302, b"")
    url = reply.headers["location"]
    assert url.startswith(tenant.downloads)
    assert ask(url, token="").body == b"content 2"
    assert ask(url).status == 400
    part = ask(url, token="", range="bytes=3-5")
    assert (part.status, part.body) == (206, b"ten")
    assert part.headers["content-range"] == "bytes 3-5/9"
    assert ask(url, token="", range="bytes=-2").body == b" 2"
    assert ask(url, token="", range="bytes=99-").status == 416
    changed = ask(url, token="", range="bytes=3-", if_range='"other"')
    assert (changed.status, len(changed.body)) == (200, 9)
    same = ask(url, token="", range="bytes=3-", if_range=changed.headers["etag"])
    assert same.status == 206
    assert ask(url.replace("tempauth=", "tempauth=x"), token="").status == 401
    assert ask(f"{tenant.downloads}/other", token="").status == 404


def test_a_download_link_ends(tiny, ask_of) -> None:
    with hosted(tiny, download_lifetime=-1) as tenant:
        ask = ask_of(tenant)
        url = ask("/drives/b!hr/items/01FILEAC/content").headers["location"]
        assert ask(url, token="").status == 401


def test_folders_and_notebooks_have_no_content(ask) -> None:
    assert ask("/drives/b!hr/items/01FILEBF/content").status == 400
    assert ask("/drives/b!hr/items/root/content").status == 400
    assert ask("/drives/b!hr/items/none/content").code == "itemNotFound"


def test_permissions_hold_no_secret_for_a_reader(ask) -> None:
    found = ask("/drives/b!hr/items/01FILEBE/permissions").json["value"]
    assert [p["id"] for p in found] == ["owners", "link-a"]
    assert "shareId" not in found[1]
    assert set(found[1]["link"]) == {"scope", "type", "preventsDownload"}


def test_sharing_is_a_change(tenant, ask, pages) -> None:
    link = pages(f"{DELTA}?{SELECT}")[-1]["@odata.deltaLink"]
    tenant.change("file", "share", drive="b!hr", id="01FILEBE", permissions=[])
    assert ask("/drives/b!hr/items/01FILEBE/permissions").json["value"] == []
    assert files(pages(link)) == ["01FILEBE"]
