"""One request through the sample tenant: routing, faults, recording. No sockets here."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import orjson

from connectors._sample_tenant import _batch
from connectors._sample_tenant._arm import ResourceManager, arm_refusal
from connectors._sample_tenant._blob import storage
from connectors._sample_tenant._changes import Changes
from connectors._sample_tenant._dataverse import Dataverse
from connectors._sample_tenant._dataverse_rows import Boxes
from connectors._sample_tenant._dataverse_wire import ROOT as DATAVERSE_ROOT
from connectors._sample_tenant._directory import usage_report
from connectors._sample_tenant._entra import Entra
from connectors._sample_tenant._faults import Faults, Rule, altered, instead, rules
from connectors._sample_tenant._graph import BETA, VERSION, Graph
from connectors._sample_tenant._model import World
from connectors._sample_tenant._model_dataverse import Environment
from connectors._sample_tenant._ranges import Unsatisfiable, span
from connectors._sample_tenant._record import FIELDS, Record
from connectors._sample_tenant._roles import STORAGE_OWNER, STORAGE_READER
from connectors._sample_tenant._services import services
from connectors._sample_tenant._state import State
from connectors._sample_tenant._storage import READER, refused
from connectors._sample_tenant._tokens import (
    ARM,
    DATAVERSE,
    GRAPH,
    STORAGE,
    Application,
    BadToken,
    Tokens,
)
from connectors._sample_tenant._wire import Answer, Call, Refusal, dump, request_id

MAIN, DOWNLOAD = "main", "download"
CONTROL = "__control"


@dataclass(slots=True)
class Options:
    """How a server behaves."""

    application: Application
    seed: int = 0
    faults: Faults = field(default_factory=Faults)
    record: Record = field(default_factory=Record)
    control: str = field(default="", repr=False)
    """Token of the control endpoint; "" where there is none."""
    download_lifetime: float = 3600.0
    """Seconds a download link is good for."""


class App:
    """Answers of the two hosts of one tenant."""

    def __init__(self, world: World, options: Options, origin: str, downloads: str) -> None:
        """``origin`` and ``downloads`` are scheme, host and port of the two hosts."""
        self.origin = origin
        self._options = options
        self._state = state = State(world, options.seed)
        tables = Boxes(getattr(world, "dataverse", Environment()))
        self._changes = Changes(state, tables)
        app = options.application
        self._tokens = Tokens(origin, world.tenant_id, app)
        initial = f"{world.domain.split('.')[0]}.onmicrosoft.com"
        names = (world.domain, initial)
        self._entra = Entra(origin, world.tenant_id, names, app, self._tokens)
        lifetime = options.download_lifetime
        self._graph = Graph(state, self._tokens, origin, downloads, lifetime)
        self._storage = {**storage(state, origin), **services(state, origin)}
        self._arm = ResourceManager(state, origin)
        self._dataverse = Dataverse(state, tables, self._tokens, origin)

    # ------------------------------------------------------------------------------------- calls

    def fault(self, host: str, call: Call) -> Rule | None:
        """The fault that this call meets."""
        return self._options.faults.pick(host, call) if self._options.faults.rules else None

    def answer(self, host: str, call: Call, rule: Rule | None) -> Answer:
        """The answer to a call, spoilt by ``rule``, and noted."""
        found = instead(rule, call, self._claims(call), self.origin) if rule else None
        if found is None:
            found = self._real(host, call)
            if rule is not None:
                found = altered(rule, call, found, self.origin)
        self._options.record.add(host, call, found)
        return found

    def _real(self, host: str, call: Call) -> Answer:
        try:
            return self._download(call) if host == DOWNLOAD else self._main(call)
        except Refusal as refusal:
            return refusal.answer

    def _claims(self, call: Call) -> dict[str, Any]:
        for service in (GRAPH, STORAGE, ARM, DATAVERSE):
            try:
                return self._tokens.check(call, service)
            except BadToken:
                continue
        return {}

    def _main(self, call: Call) -> Answer:
        first = call.segments[0] if call.segments else ""
        if first in {VERSION, BETA}:
            return self._on_graph(call)
        if first in self._storage:
            return self._on_blob(call)
        if first == "subscriptions":
            return self._on_arm(call)
        if first == DATAVERSE_ROOT:
            return self._dataverse.handle(call)
        if call.segments[:2] == ("api", "discovery"):
            return self._dataverse.discovery(call)
        return self._entra.handle(call)

    def _on_graph(self, call: Call) -> Answer:
        admitted = self._graph.admit(call)
        admitted.segments = call.segments[1:]
        try:
            if call.segments[0] == BETA:
                answer = self._graph.handle_beta(admitted)
            elif admitted.segments == ("$batch",):
                answer = _batch.run(admitted, self._inner, VERSION)
            else:
                answer = self._graph.handle(admitted)
        except Refusal as refusal:
            answer = refusal.answer
        call.kind = admitted.kind
        identity = answer.headers.setdefault("request-id", request_id())
        answer.headers["client-request-id"] = call.headers.get("client-request-id", identity)
        return answer

    def _inner(self, call: Call) -> Answer:
        """One call of a batch: it meets faults and is noted like any other."""
        rule = self.fault(MAIN, call)
        answer = instead(rule, call, {}, self.origin) if rule else None
        if answer is None:
            try:
                answer = self._graph.handle(call)
            except Refusal as refusal:
                answer = refusal.answer
            if rule is not None:
                answer = altered(rule, call, answer, self.origin)
        self._options.record.add(MAIN, call, answer)
        return answer

    def _on_blob(self, call: Call) -> Answer:
        identity = ""
        if "authorization" in call.headers:
            try:
                self._tokens.check(call, STORAGE)
            except BadToken as bad:
                message = f"Server failed to authenticate the request: {bad.why} token."
                raise refused(401, "InvalidAuthenticationInfo", message) from None
            call.roles = self._tokens.roles
            readers = {STORAGE_READER, STORAGE_OWNER}
            identity = "other" if readers.isdisjoint(call.roles) else READER
        try:
            answer = self._storage[call.segments[0]].handle(call, identity)
        except Refusal as refusal:
            answer = refusal.answer
        for name in ("x-ms-version", "x-ms-client-request-id"):
            if name in call.headers:
                answer.headers[name] = call.headers[name]
        return answer

    def _on_arm(self, call: Call) -> Answer:
        try:
            self._tokens.check(call, ARM)
        except BadToken as bad:
            code = "AuthenticationFailed" if bad.why == "missing" else "InvalidAuthenticationToken"
            raise arm_refusal(401, code, "Authentication failed.") from None
        call.roles = self._tokens.roles
        return self._arm.handle(call)

    # --------------------------------------------------------------------------------- downloads

    def _download(self, call: Call) -> Answer:
        """The download host: a signed link and nothing else opens a file."""
        if "authorization" in call.headers:
            raise Refusal(_plain(400, "This host takes no Authorization header."))
        if call.segments == ("reports", "mailbox.csv"):
            parts = self._state.open(call.query.get("token", ""))
            if parts is None or parts[0] != "report" or parts[3] < time.time():
                raise Refusal(_plain(401, "The URL is not valid any more."))
            report = usage_report(self._state.world.users)
            return Answer(200, report, {"content-type": "text/csv"})
        if call.method not in {"GET", "HEAD"} or call.segments[-1:] != ("download.aspx",):
            raise Refusal(_plain(404, "Not found."))
        parts = self._state.open(call.query.get("tempauth", ""))
        if parts is None or parts[0] != "file" or parts[3] < time.time():
            raise Refusal(_plain(401, "The URL is not valid any more."))
        box = self._state.drives.get(parts[1])
        file = box.files.get(parts[2]) if box else None
        if file is None:
            raise Refusal(_plain(404, "The file is not there any more."))
        earlier = {v.id: v.data for v in file.versions}
        data = earlier.get(parts[4], file.data)()
        headers = {
            "content-type": file.media_type or "application/octet-stream",
            "etag": file.etag,
            "accept-ranges": "bytes",
        }
        condition = call.headers.get("if-range", file.etag)
        wanted = call.headers.get("range", "") if condition == file.etag else ""
        try:
            part = span(wanted, len(data)) if wanted else None
        except Unsatisfiable:
            headers["content-range"] = f"bytes */{len(data)}"
            return Answer(416, b"", headers)
        if part is None:
            return Answer(200, data, headers)
        headers["content-range"] = f"bytes {part[0]}-{part[1]}/{len(data)}"
        return Answer(206, data[part[0] : part[1] + 1], headers)

    # ----------------------------------------------------------------------------------- control

    def controls(self, call: Call) -> bool:
        """Whether the call is for the control endpoint, which exists only with its token."""
        return bool(self._options.control) and call.segments[:1] == (CONTROL,)

    def control(self, call: Call) -> Answer:
        """Tests look at what was asked, change content, set faults, void delta tokens."""
        if call.headers.get("authorization") != f"Bearer {self._options.control}":
            return _plain(403, "Wrong control token.")
        record = self._options.record
        payload: Any = orjson.loads(call.body) if call.body else None
        match call.segments[1:]:
            case ("requests",):
                answer: Any = [dict(zip(FIELDS, row, strict=True)) for row in record.rows]
            case ("forget",):
                record.rows.clear()
                answer = {}
            case ("change",):
                try:
                    answer = {"id": self._changes.apply(payload)}
                except KeyError as error:
                    return _plain(404, f"There is no such {error}.")
            case ("faults",):
                self._options.faults.rules = rules(payload)
                answer = {}
            case ("expire",):
                self._state.generation += 1
                answer = {}
            case ("token",):
                answer = {
                    "token": self._tokens.issue(payload["resource"], seconds=payload["seconds"])
                }
            case _:
                return _plain(404, "No such control.")
        return Answer(200, dump(answer), {"content-type": "application/json"})


def _plain(status: int, text: str) -> Answer:
    return Answer(status, text.encode(), {"content-type": "text/plain"})
