"""What a tenant's settings are: each question is asked once, and a refusal is an answer too.

The questions themselves stand in :mod:`connectors._questions`, by name.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from connectors._errors import Broken, ConnectorError, Misconfigured, Withheld
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._posture_devices import device_posture
from connectors._questions import QUESTIONS, Question

Answer = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""One object, or the elements of a collection, as the service wrote them."""

REFUSED = "refused"
"""Key of an element that stands for what could not be asked; its value is the reason."""
_SCOPE = "posture"


class Posture:
    """The settings of one tenant."""

    def __init__(
        self, access: Access, sources: Mapping[str, object], *, allow_beta: bool = False
    ) -> None:
        """``sources`` are the settings of those that are audited: where environments stand."""
        self._access = access
        self._sources = sources
        self._allow_beta = allow_beta
        self._asked: dict[str, asyncio.Task[Answer]] = {}

    async def answer(self, name: str) -> Answer | ConnectorError:
        """What the service says to a question of the catalogue. Raises Misconfigured only."""
        if name not in self._asked:
            self._asked[name] = asyncio.create_task(self._ask(QUESTIONS[name]))
        try:
            return await self._asked[name]
        except Misconfigured:
            raise
        except ConnectorError as error:
            return error

    async def _ask(self, question: Question) -> Answer:
        if question.service == "accounts":
            return await self._accounts()
        if question.service == "devices":
            return dataclasses.asdict(await device_posture(self._access))
        if question.service == "dataverse":
            return await self._organisations(question)
        if question.service == "beta" and not self._allow_beta:
            raise Withheld("only in Graph beta", reason="excluded_by_settings")
        if "{client_id}" in question.path and not self._access.client_id:
            raise Withheld("no client id in the settings", reason="excluded_by_settings")
        graph = Graph.of(self._access)
        ask = Ask(self._address(question), _SCOPE, question.headers, question.permission)
        if not question.many:
            return await graph.json(ask)
        found: list[Mapping[str, Any]] = []
        async for value in graph.values(ask):
            found.append(value)
            if len(found) >= question.most:
                raise Broken(f"more than {question.most} answers")
            if question.first and len(found) >= question.first:
                break
        return found

    def _address(self, question: Question) -> str:
        path = question.path.replace("{client_id}", self._access.client_id)
        if question.service == "beta":
            return Graph.of(self._access).beta(path)
        return self._access.cloud.graph.rstrip("/") + path

    async def _accounts(self) -> Answer:
        """The storage accounts that Resource Manager shows, with what is set for their blobs."""
        from connectors._arm import ResourceManager

        found: list[Mapping[str, Any]] = []
        refused: list[tuple[str, ConnectorError]] = []
        manager = ResourceManager(self._access)
        try:
            async for scope in manager.accounts():
                if scope.error:
                    refused.append((scope.name, scope.error))
                elif scope.facts:
                    facts = await manager.lifecycle(await manager.details(scope.facts))
                    found.append(dataclasses.asdict(facts))
        finally:
            await manager.aclose()
        return _beside("name", found, refused)

    async def _organisations(self, question: Question) -> Answer:
        """The answers of every environment of the settings."""
        from connectors import _dataverse_lane as dataverse
        from connectors._dataverse_lane import Environment

        environments = getattr(self._sources.get("dataverse"), "environments", ())
        if not environments:
            raise Withheld("no environment in the settings", reason="excluded_by_settings")
        found: list[Mapping[str, Any]] = []
        refused: list[tuple[str, ConnectorError]] = []
        for url in environments:
            environment = Environment(self._access, url)
            ask = dataverse.Ask(environment.api + question.path, question.permission)
            try:
                found += [{"environment": url, **row} async for row in environment.values(ask)]
            except Misconfigured:
                raise
            except ConnectorError as error:
                refused.append((url, error))
            finally:
                await environment.aclose()
        return _beside("environment", found, refused)


def _beside(
    name: str,
    found: Sequence[Mapping[str, Any]],
    refused: Sequence[tuple[str, ConnectorError]],
) -> Answer:
    """What was told, and beside it what was refused; raises where nothing was told at all."""
    if refused and not found:
        raise refused[0][1]
    return [*found, *({name: where, REFUSED: error.reason} for where, error in refused)]
