"""Writing tables of the company's Dataverse environment, with what is planted in each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from connectors._sample_tenant import _company_dataverse_people as _people
from connectors._sample_tenant._company_dataverse_people import key_of, unit_of
from connectors._sample_tenant._company_keys import draw, guid, individual
from connectors._sample_tenant._company_plan import HIGH, Core, Plant, day
from connectors._sample_tenant._model import User
from connectors._sample_tenant._model_dataverse import Column, Row, Stored, Table

_JANUARY = day(2026, 1, 14)


@dataclass(slots=True)
class Draft:
    """A row about to be put into a table."""

    values: Mapping[str, Any] = field(repr=False)
    plants: Sequence[Plant] = ()
    files: Mapping[str, Stored] = field(default_factory=dict, repr=False)
    formatted: Mapping[str, str] = field(default_factory=dict, repr=False)


class Desk:
    """Writes tables."""

    def __init__(self, core: Core, users: Sequence[User]) -> None:
        self.core = core
        self.seed = core.seed
        self.tables: list[Table] = []
        self._names = _people.people(users)

    def number(self, key: str) -> str:
        """A number of this chapter."""
        return individual(self.seed, f"dataverse {key}")

    def table(
        self,
        name: str,
        entity_set: str,
        label: str,
        columns: Sequence[Column],
        drafts: Sequence[Draft],
        owner: str,
        exposure: str,
        key: str = "",
        **more: Any,
    ) -> None:
        """Put a table with its rows, all of one owner."""
        key = key or f"{name}id"
        rows = [self._row(name, key, n, draft, owner) for n, draft in enumerate(drafts, 1)]
        made = Table(name, entity_set, key, label, (*_first(key), *columns), rows, **more)
        self.tables.append(made)
        for row, draft in zip(rows, drafts, strict=True):
            shown = f"{label} ({name})"
            self.core.plant("dataverse", shown, f"item {row.id}", exposure, draft.plants)

    def _row(self, table: str, key: str, number: int, draft: Draft, owner: str) -> Row:
        identity = guid(draw(self.seed, "dataverse", table, number))
        when = _JANUARY + timedelta(hours=number)
        values = {
            key: identity,
            "createdon": f"{when:%Y-%m-%dT%H:%M:%SZ}",
            "modifiedon": f"{when + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}",
            "versionnumber": 70_000 + number,
            "_ownerid_value": key_of("user", owner),
            "_owningbusinessunit_value": key_of("unit", unit_of(owner)),
            **draft.values,
        }
        formatted = {"_ownerid_value": self._names[owner], **draft.formatted}
        return Row(identity, 70_000 + number, values, formatted, draft.files)


def _first(key: str) -> tuple[Column, ...]:
    """The columns that every table has."""
    return (
        Column(key, "ID", "Uniqueidentifier"),
        Column("createdon", "作成日", "DateTime"),
        Column("modifiedon", "修正日", "DateTime"),
        Column("ownerid", "所有者", "Owner"),
        Column("owneridname", "", of="ownerid"),
        Column("owningbusinessunit", "所有部署", "Lookup"),
        Column("versionnumber", "バージョン番号", "BigInt"),
    )


def found(number: str, note: str) -> tuple[Plant, ...]:
    """A number that an audit has to find."""
    return (Plant((number,), HIGH, note),)
