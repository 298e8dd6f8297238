"""The company's Dataverse environment: every kind of column holds a number, ids hold none."""

from __future__ import annotations

import re
from collections import Counter

from connectors._sample_tenant._company import company
from tests.unit.sample_tenant_company.tables import rows

RUN = re.compile(r"[0-9]{12}")


def test_every_kind_of_place_holds_a_number(world):
    found = {one.note for one in world.planted if one.source == "dataverse"}
    assert found >= {
        "row of a table", "column", "description of a customer", "of a case", "text of a note",
        "file of a note", "body of a mail", "attachment of a mail", "post", "corporate number",
        "courier number of a case",
    }  # fmt: skip
    kinds = {
        column.kind
        for table in world.dataverse.tables
        for column in table.columns
        for row in table.rows
        if row.values.get(column.name) or column.name in row.files
    }
    assert {"String", "Memo", "BigInt", "File", "Image"} <= kinds


def test_rows_have_names_of_their_own(world, read):
    keys = Counter(key for key, _ in rows(world, read))
    planted = {(o.source, o.partition, o.item) for o in world.planted if o.source == "dataverse"}
    assert planted <= keys.keys()
    assert max(keys.values()) == 1


def test_no_id_looks_like_a_number(world):
    ids = [row.id for table in world.dataverse.tables for row in table.rows]
    assert len(set(ids)) == len(ids) > 100
    assert [one for one in ids if RUN.search(one.replace("-", ""))] == []


def test_the_environment_is_the_same_every_time(world, read):
    assert list(rows(company(), read)) == list(rows(world, read))
