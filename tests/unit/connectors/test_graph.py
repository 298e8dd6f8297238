"""The Graph client: pages, delta rounds and batches, over TLS with the real SDK."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from connectors import Broken, Denied, Gone, Misconfigured
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import access_to, asked, metered, opened, served
from tests.unit.connectors.scripted import again, said, scripted

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

DRIVE = "/drives/b!Hr-Drive_1"
DELTA = f"{DRIVE}/root/delta?$select=id,file,deleted&$top=10"


@pytest.fixture
def graph(access: Access) -> Graph:
    return Graph.of(access)


async def ids(graph: Graph, path: str) -> list[str]:
    return [value["id"] async for value in graph.values(Ask(path))]


async def test_every_page_in_the_services_own_words(graph: Graph, tenant: Tenant) -> None:
    """Links are followed as they came: the request line is the link, letter by letter."""
    links = [page.get("@odata.nextLink") async for page in graph.pages(Ask("/users?$top=2"))]
    sent = [
        f"{tenant.graph.removesuffix('/v1.0')}{r.path}?{r.query}" for r in asked(tenant, "users")
    ]
    assert len(links) == 3
    assert sent[1:] == links[:-1]


async def test_an_empty_page_is_not_the_last(graph: Graph, tenant: Tenant) -> None:
    whole = await ids(graph, DELTA)
    tenant.faults([{"action": "empty_page", "path": "root/delta", "hits": [1, 2]}])
    assert await ids(graph, DELTA) == whole


async def test_a_repeated_link_ends_the_listing(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "loop", "path": "/users"}])
    with pytest.raises(Broken):
        await ids(graph, "/users")
    assert len(asked(tenant, "/users")) <= 3


async def test_links_that_go_in_a_circle_end_too() -> None:
    async with scripted() as service:
        access = service.access()
        base = f"{service.origin}/v1.0/ring"
        for here, there in ("ab", "bc", "ca"):
            page = {"value": [], "@odata.nextLink": base + there}
            service.say(f"/v1.0/ring{here}", again(lambda page=page: said(page)))
        with pytest.raises(Broken):
            await ids(Graph.of(access), "/ringa")
        await access.aclose()
        assert len(service.seen) <= 6


@pytest.mark.parametrize("name", ["graph.sample.invalid", "127.0.0.1:9"])
async def test_no_token_follows_a_link_to_another_host(
    graph: Graph, tenant: Tenant, name: str
) -> None:
    """Another port of the same machine is another host; the page before it is not handed on."""
    tenant.faults([{"action": "foreign_link", "path": "/users", "host_name": name}])
    with pytest.raises(Broken) as caught:
        await ids(graph, "/users")
    assert name not in str(caught.value)
    assert len(asked(tenant, "/users")) == 1


@pytest.mark.parametrize("payload", [{}, {"value": None}, {"value": {}}, [], "text", 7])
async def test_an_answer_that_is_no_collection_is_not_an_empty_one(payload: Any) -> None:
    async with scripted() as service:
        access = service.access()
        service.say("/v1.0/users", again(lambda: said(payload)))
        with pytest.raises(Broken):
            await ids(Graph.of(access), "/users")
        await access.aclose()


async def test_json_that_breaks_off_is_asked_for_once_more(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "malformed", "path": "/users", "hits": [1]}])
    assert len(await ids(graph, "/users")) == 6
    tenant.faults([{"action": "malformed", "path": "/users"}])
    with pytest.raises(Broken):
        await ids(graph, "/users")


async def round_of(graph: Graph, path: str, cursor: str = "") -> list[Any]:
    return [step async for step in graph.delta(Ask(path), cursor)]


async def test_a_round_goes_on_where_the_last_one_ended(graph: Graph, tenant: Tenant) -> None:
    first = await round_of(graph, DELTA)
    assert [step.done for step in first] == [False] * (len(first) - 1) + [True]
    assert not any(step.restart for step in first)
    tenant.change("file", "modify", drive="人事部/ドキュメント", path="named.txt", data=b"new")
    second = await round_of(graph, DELTA, first[-1].cursor)
    assert [v["id"] for step in second for v in step.values if "file" in v] == ["01FiLeBg"]
    assert (await round_of(graph, DELTA, second[-1].cursor))[-1].done


async def test_a_round_goes_on_from_any_page(graph: Graph) -> None:
    steps = await round_of(graph, DELTA)
    for number, step in enumerate(steps[:-1]):
        rest = await round_of(graph, DELTA, step.cursor)
        assert [s.values for s in rest] == [s.values for s in steps[number + 1 :]]


async def test_a_void_token_begins_anew_where_the_service_says(
    graph: Graph, tenant: Tenant
) -> None:
    first = await round_of(graph, DELTA)
    tenant.expire()
    tenant.forget()
    again = await round_of(graph, DELTA, first[-1].cursor)
    assert [step.restart for step in again] == [True] + [False] * (len(again) - 1)
    assert [s.values for s in again] == [s.values for s in first]
    assert [r.status for r in asked(tenant, "root/delta")][:2] == [410, 200]


@pytest.mark.parametrize(
    ("status", "code"),
    [(410, "syncStateNotFound"), (400, "resyncRequired"), (404, "SyncStateInvalid")],
)
async def test_a_void_token_without_a_place_begins_from_nothing(
    graph: Graph, tenant: Tenant, status: int, code: str
) -> None:
    cursor = (await round_of(graph, DELTA))[-1].cursor
    rule = {
        "action": "status",
        "status": status,
        "code": code,
        "path": r"delta\?token=",
        "hits": [1],
    }
    tenant.faults([rule])
    steps = await round_of(graph, DELTA, cursor)
    assert steps[0].restart
    assert sum("file" in v for step in steps for v in step.values) > 30


async def test_a_token_that_is_refused_for_ever_is_given_up(graph: Graph, tenant: Tenant) -> None:
    cursor = (await round_of(graph, DELTA))[-1].cursor
    tenant.forget()
    tenant.faults([{"action": "gone", "path": "root/delta"}])
    with pytest.raises(Broken):
        await round_of(graph, DELTA, cursor)
    assert len(asked(tenant, "root/delta")) == 2


@pytest.mark.parametrize("kind", ["ApplyDifferences", "UploadDifferences"])
async def test_a_place_on_another_host_is_not_gone_to(kind: str) -> None:
    async with scripted() as service:
        access = service.access()
        void = {"error": {"code": "resyncRequired", "innerError": {"code": f"resyncChanges{kind}"}}}
        away = {"location": f"{service.away}/v1.0/list?fresh"}
        whole = said(
            {"value": [{"id": "one"}], "@odata.deltaLink": f"{service.origin}/v1.0/list?2"}
        )
        service.say("/v1.0/list", said(void, 410, away), whole)
        steps = await round_of(Graph.of(access), "/list?first", f"{service.origin}/v1.0/list?old")
        await access.aclose()
        assert [(s.restart, s.values) for s in steps] == [(True, [{"id": "one"}])]
        assert [r.query_string for r in service.asked("/v1.0/list")] == ["old", "first"]


async def test_a_cursor_of_another_endpoint_begins_anew(graph: Graph) -> None:
    steps = await round_of(graph, DELTA, "https://graph.elsewhere.example/v1.0/drives/x/delta?t=1")
    assert steps[0].restart


# ------------------------------------------------------------------------------------------ batch


def permissions(*files: str) -> Sequence[str]:
    return [f"{DRIVE}/items/{name}/permissions" for name in files]


async def test_a_batch_answers_in_order_and_each_for_itself(graph: Graph, tenant: Tenant) -> None:
    names = [f"01FiLeA{chr(97 + n)}" for n in range(25)]
    names[7] = "nowhere"
    meter = metered()
    answers = await graph.batch(permissions(*names), "sharepoint", "Files.Read.All")
    assert [type(a) for a in answers] == [dict] * 7 + [Gone] + [dict] * 17
    posts = [r for r in tenant.requests() if r.method == "POST" and r.path.endswith("$batch")]
    assert len(posts) == meter.requests == 2


async def test_throttled_parts_of_a_batch_are_asked_again_and_no_others(
    graph: Graph, tenant: Tenant
) -> None:
    rule = {"action": "throttle", "path": "permissions", "hits": [2, 3], "retry_after": 1}
    tenant.faults([rule])
    meter = metered()
    answers = await graph.batch(permissions(*(f"01FiLeA{c}" for c in "abcde")), "sharepoint")
    assert all(isinstance(a, dict) for a in answers)
    parts = [r for r in asked(tenant, "permissions") if r.batched]
    assert len(parts) == 7
    assert 0.9 <= meter.throttled < 3
    assert parts[5].at - parts[4].at >= 1


async def test_parts_that_stay_throttled_fail_alone(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "throttle", "path": "01FiLeAb/perm", "retry_after": 4000}])
    answers = await graph.batch(permissions("01FiLeAa", "01FiLeAb", "01FiLeAc"), "sharepoint")
    assert [getattr(a, "reason", "") for a in answers] == ["", "throttled", ""]


async def test_faulty_parts_of_a_batch_are_tried_a_few_times(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "status", "status": 500, "path": "01FiLeAb/perm", "hits": [1, 2]}])
    answers = await graph.batch(permissions("01FiLeAa", "01FiLeAb"), "sharepoint")
    assert [type(a) for a in answers] == [dict, dict]
    tenant.faults([{"action": "status", "status": 500, "path": "01FiLeAb/perm"}])
    tenant.forget()
    answers = await graph.batch(permissions("01FiLeAa", "01FiLeAb"), "sharepoint")
    assert [type(a) for a in answers] == [dict, Broken]
    assert len(asked(tenant, "01FiLeAb/perm")) == 6


async def test_a_batch_that_fails_as_a_whole_fails_each_part(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "status", "status": 403, "path": "batch", "hits": [1]}])
    answers = await graph.batch(
        permissions(*(f"01FiLeA{chr(97 + n)}" for n in range(21))), "x", "P"
    )
    assert [type(a) for a in answers] == [Denied] * 20 + [dict]
    assert isinstance(answers[0], Denied)
    assert answers[0].permission == "P"


async def test_parts_without_an_answer_are_broken() -> None:
    async with scripted() as service:
        access = service.access()
        part = {"id": "1", "status": 200, "body": {"value": []}}
        strange = [part, {"id": "9", "status": 200}, "nonsense", {"id": "0", "status": "200"}]
        service.say("/v1.0/$batch", said({"responses": strange}))
        answers = await Graph.of(access).batch(["/a", "/b", "/c"], "x")
        await access.aclose()
        assert [type(a) for a in answers] == [Broken, dict, Broken]


async def test_nothing_is_asked_after_a_sign_in_was_refused(tenant: Tenant) -> None:
    access = access_to(tenant, environ={"AZURE_CLIENT_SECRET": "wrong"})
    tenant.forget()
    for _ in range(3):
        with pytest.raises(Misconfigured):
            await Graph.of(access).batch(["/users", "/domains"], "directory")
    await access.aclose()
    assert [r.path.rpartition("/")[2] for r in tenant.requests()] == ["token"]
