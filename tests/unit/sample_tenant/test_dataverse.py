"""The sample tenant's Dataverse is as strict as the service says that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from connectors._sample_tenant._company_dataverse_people import app_user
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.dataverse_world import ROWS, row_id, served
from tests.unit.sample_tenant.conftest import Ask, Reply

served_tenant = pytest.fixture(scope="module", name="tenant")(served)
HEADERS = {
    "accept": "application/json",
    "odata_maxversion": "4.0",
    "odata_version": "4.0",
    "if_none_match": "null",
}
Get = Callable[..., Reply]


@pytest.fixture(scope="module")
def get(tenant: Tenant) -> Iterator[Get]:
    origin = tenant.dataverse.removesuffix("/dataverse")
    ask = Ask(tenant)

    def get(path: str, **more: Any) -> Reply:
        target = f"{tenant.dataverse}/api/data/v9.2{path}"
        named = {name: value for name, value in {**HEADERS, **more}.items() if value is not None}
        return ask(target, **({"resource": origin} | named))

    yield get
    ask.close()


@pytest.mark.parametrize("name", list(HEADERS))
def test_what_every_request_should_carry(get: Get, name: str) -> None:
    assert get("/WhoAmI").json == {"UserId": app_user()}
    assert get("/WhoAmI", **{name: None}).status == 400
    assert get("/WhoAmI", **{name: "other"}).status == 400


def test_a_token_for_another_service_is_refused(get: Get) -> None:
    reply = get("/WhoAmI", resource="https://graph.microsoft.com")
    assert reply.status == 401
    assert "authorization_uri=" in reply.headers["www-authenticate"]
    assert get("/WhoAmI", token="").status == 401


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_nothing_is_written(get: Get, method: str) -> None:
    assert get("/plains", method=method).status == 405


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nothing", 404, "0x8006088a"),
        ("/plains?$select=nothing", 400, "0x80060888"),
        ("/plains?$select=owneridname", 400, "0x80060888"),
        ("/plains?$top=5", 501, "0x80060888"),
        ("/plains?$filter=name%20gt%20'a'", 501, "0x80060888"),
        ("/denieds?$select=name", 403, "0x80040220"),
        (f"/plains({row_id('nowhere', 1)})", 404, "0x80040217"),
        (f"/plains({row_id('plain', 1)})/nothing/$value", 404, "0x8006088a"),
        ("/EntityDefinitions?$select=Nothing", 400, "0x80060888"),
        ("/EntityDefinitions?$filter=IsPrivate%20eq%20true", 501, "0x80060888"),
        ("/EntityDefinitions(LogicalName='nothing')/Attributes", 404, "0x80060888"),
        ("/plains?$deltatoken=nonsense", 400, "0x80060888"),
        ("/plains?$skiptoken=nonsense", 400, "0x80060891"),
    ],
)
def test_refusals_in_the_words_of_the_service(get: Get, path: str, status: int, code: str) -> None:
    reply = get(path)
    assert (reply.status, reply.code) == (status, code)
    assert reply.headers["odata-version"] == "4.0"


def test_pages_must_be_asked_for_alike(get: Get) -> None:
    prefer = {"prefer": "odata.maxpagesize=10"}
    page = get("/plains?$select=name", **prefer).json
    link = page["@odata.nextLink"].partition("/v9.2")[2]
    assert len(page["value"]) == 10
    assert get(link).code == "0x80060891"
    assert get(link, prefer="odata.maxpagesize=9").code == "0x80060891"
    rest = get(link, **prefer)
    assert rest.headers["preference-applied"] == "odata.maxpagesize=10"
    assert len(rest.json["value"]) == 10
    assert get("/plains", prefer="odata.maxpagesize=5001").status == 400
    assert len(get("/plains").json["value"]) == ROWS


def test_annotations_only_where_they_were_asked_for(get: Get) -> None:
    name = "OData.Community.Display.V1.FormattedValue"
    path = "/plains?$select=_ownerid_value"
    assert not any("@OData" in key for key in get(path).json["value"][0])
    for wanted in ("*", name):
        row = get(path, prefer=f'odata.include-annotations="{wanted}"').json["value"][0]
        assert row[f"_ownerid_value@{name}"] == "佐藤"
    assert set(row) == {"@odata.etag", "_ownerid_value", f"_ownerid_value@{name}", "plainid"}


@pytest.mark.parametrize("option", ["$filter=name%20eq%20'a'", "$top=1", "$orderby=name"])
def test_change_tracking_goes_with_no_other_option(get: Get, option: str) -> None:
    tracking = {"prefer": "odata.track-changes"}
    assert get(f"/trackeds?{option}", **tracking).status in {400, 501}
    assert get("/plains", **tracking).code == "0x80044353"
    assert get("/shallows", **tracking).code == "0x80040220"


def test_changes_and_what_is_gone(get: Get, tenant: Tenant) -> None:
    page = get("/trackeds?$select=name", prefer="odata.track-changes").json
    link = page["@odata.deltaLink"].partition("/v9.2")[2]
    assert get(link).json["value"] == []
    tenant.change("row", "delete", table="tracked", id=row_id("tracked", 9))
    (gone,) = get(link).json["value"]
    assert gone["@odata.context"].endswith("#trackeds/$deletedEntity")
    assert (gone["id"], gone["reason"]) == (row_id("tracked", 9), "deleted")
    assert get(link.replace("trackeds", "plains")).status == 400
    tenant.expire()
    assert get(link).code == "0x80044352"


def test_a_change_of_what_is_not_there(tenant: Tenant) -> None:
    for change in ({"table": "nothing"}, {"table": "plain", "id": "nothing"}):
        with pytest.raises(LookupError):
            tenant.change("row", "modify", **{"id": "x", **change})


def test_files_by_ranges_and_whole(get: Get) -> None:
    path = f"/fileds({row_id('filed', 0)})/paper/$value"
    part = get(path, range="bytes=0-9")
    assert (part.status, len(part.body)) == (206, 10)
    assert part.headers["x-ms-file-size"] == str(9 << 20)
    assert part.headers["x-ms-chunk-size"] == str(4 << 20)
    assert get(path, range=f"bytes={9 << 20}-").status == 416
    whole = f"/fileds({row_id('filed', 1)})/paper/$value"
    assert get(whole, range="bytes=0-9").code == "0x80090017"
    assert len(get(whole).body) == 9 << 20
    photo = f"/fileds({row_id('filed', 4)})/photo/$value"
    assert get(f"{photo}?size=full").status == 204
    assert get(photo).body.startswith(b"\x89PNG")


def test_no_app_discovers(get: Get, tenant: Tenant) -> None:
    origin = tenant.dataverse.removesuffix("/dataverse")
    ask = Ask(tenant)
    assert ask(f"{origin}/api/discovery/v2.0/Instances", resource=origin).status == 403
    ask.close()


def test_definitions_say_what_the_columns_are(get: Get) -> None:
    path = "/EntityDefinitions(LogicalName='filed')/Attributes?$select=LogicalName,AttributeType"
    kinds = {v["LogicalName"]: v["AttributeType"] for v in get(path).json["value"]}
    assert kinds["paper"] == "Virtual"
    assert kinds["ownerid"] == "Owner"
    names = [v["LogicalName"] for v in get("/EntityDefinitions").json["value"]]
    assert {"plain", "joined", "inside", "systemuser"} <= set(names)
