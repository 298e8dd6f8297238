"""Results of checks as rows that remember in which runs they held."""

from __future__ import annotations

import json
from collections.abc import Sequence

from auditor.commit import Pen
from auditor.locales import word
from auditor.model import Control

__all__ = ["record"]

_COLUMNS = "tenant_id, control_id, title, pillar, measures, status, evidence, remedy, permission"


def record(pen: Pen, controls: Sequence[Control], lang: str) -> None:
    """Let these be the results of the tenant's checks from this run on."""
    wanted = {_row(pen.tenant, control, lang) for control in controls}
    held = set(
        pen.db.execute(
            f"SELECT {_COLUMNS} FROM control_version "  # noqa: S608 - our own column names
            "WHERE tenant_id = ? AND until IS NULL",
            (pen.tenant,),
        )
    )
    for row in held - wanted:
        key = (pen.tenant, row[1])
        pen.db.execute(
            "DELETE FROM control_version "
            "WHERE tenant_id = ? AND control_id = ? AND until IS NULL AND since = ?",
            (*key, pen.seq),
        )
        pen.db.execute(
            "UPDATE control_version SET until = ? "
            "WHERE tenant_id = ? AND control_id = ? AND until IS NULL",
            (pen.seq, *key),
        )
    pen.db.executemany(
        f"INSERT INTO control_version ({_COLUMNS}, since) VALUES (?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
        [(*row, pen.seq) for row in sorted(wanted - held)],
    )


def _row(tenant: str, control: Control, lang: str) -> tuple[str, ...]:
    return (
        tenant,
        control.id,
        word(f"controls.{control.id}.title", lang),
        control.pillar,
        json.dumps(control.measures),
        control.status,
        "; ".join(control.evidence),
        word(f"controls.{control.id}.remedy", lang),
        control.permission,
    )
