"""Users, teams, business units and roles of the company's Dataverse environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from connectors._sample_tenant._company_keys import draw, guid
from connectors._sample_tenant._company_people import HR, HR_JUNIOR, IT, SALES
from connectors._sample_tenant._dataverse_metadata import privilege_id
from connectors._sample_tenant._model import User
from connectors._sample_tenant._model_dataverse import Column, Row, Table

LOCAL, GLOBAL = 2, 8
"""``privilegedepthmask``."""
HEAD, PERSONNEL, TRADE = "本社", "人事部", "営業部"
HR_TEAM = "人事チーム"
ADMINISTRATOR, BASIC, HR_ROLE, SALES_ROLE, AUDIT = (
    "システム管理者",
    "基本ユーザー",
    "人事担当",
    "営業担当",
    "マイナンバー監査（読み取り専用）",
)
_APP = "mynumber-audit"


def key_of(kind: str, name: str) -> str:
    """The id of a user, team, unit, role or profile of a name."""
    return guid(draw(0, "dataverse", kind, name))


def people(users: Sequence[User]) -> dict[str, str]:
    """Address → name of everybody who works in the environment."""
    return {
        user.mail: user.display_name
        for user in users
        if user.user_type == "Member" and user.enabled and user.purpose == "user"
    }


def unit_of(address: str) -> str:
    """The business unit somebody belongs to."""
    return {HR: PERSONNEL, HR_JUNIOR: PERSONNEL, SALES: TRADE}.get(address, HEAD)


def _table(
    name: str,
    entity_set: str,
    label: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    *,
    joins: bool = False,
    schema: str = "",
) -> Table:
    key = f"{name}id"
    made = []
    for number, values in enumerate(rows, 1):
        identity = values.get(key) or guid(draw(0, "dataverse row", name, number))
        made.append(Row(str(identity), 1000 + number, {key: identity, **values}))
    first = Column(key, label, "Uniqueidentifier")
    columns = (first, *columns)
    return Table(name, entity_set, key, label, columns, made, schema, intersect=joins)


def _ids(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, name, "Uniqueidentifier") for name in names)


def tables(users: Sequence[User], others: Sequence[Table]) -> tuple[Table, ...]:
    """The tables about people; ``others`` are those that roles read."""
    named = people(users)
    return (
        _users(named),
        _table(
            "team", "teams", "チーム", (Column("name", "チーム名"),),
            [{"teamid": key_of("team", HR_TEAM), "name": HR_TEAM}], schema="Team",
        ),
        _units(),
        _roles(),
        _joined("teammembership", "teammemberships", "team", "teamid", [
            (key_of("team", HR_TEAM), key_of("user", one)) for one in (HR, HR_JUNIOR)
        ]),
        _joined("systemuserroles", "systemuserrolescollection", "role", "roleid", [
            *((key_of("role", BASIC), key_of("user", one)) for one in named),
            (key_of("role", ADMINISTRATOR), key_of("user", IT)),
            (key_of("role", SALES_ROLE), key_of("user", SALES)),
            (key_of("role", AUDIT), key_of("user", _APP)),
        ]),
        _table("teamroles", "teamrolescollection", "teamroles", _ids("teamid", "roleid"), [
            {"teamid": key_of("team", HR_TEAM), "roleid": key_of("role", HR_ROLE)}
        ], joins=True),
        _depths(others),
        _shares(others),
        *_security(),
    )  # fmt: skip


def _users(named: Mapping[str, str]) -> Table:
    columns = (
        Column("fullname", "氏名"),
        Column("internalemailaddress", "メイン電子メール"),
        Column("isdisabled", "状態", "Boolean"),
        Column("applicationid", "アプリケーション ID", "Uniqueidentifier"),
        Column("accessmode", "アクセスモード", "Picklist"),
        Column("businessunitid", "部署", "Lookup"),
    )
    rows = [
        {
            "systemuserid": key_of("user", address),
            "fullname": name,
            "internalemailaddress": address,
            "isdisabled": False,
            "applicationid": None,
            "accessmode": 0,
            "_businessunitid_value": key_of("unit", unit_of(address)),
        }
        for address, name in named.items()
    ]
    rows.append(
        {
            "systemuserid": app_user(),
            "fullname": "# mynumber-audit",
            "internalemailaddress": None,
            "isdisabled": False,
            "applicationid": key_of("application", _APP),
            "accessmode": 4,
            "_businessunitid_value": key_of("unit", HEAD),
        }
    )
    return _table("systemuser", "systemusers", "ユーザー", columns, rows, schema="User")


def app_user() -> str:
    """The app's own user."""
    return key_of("user", _APP)


def _units() -> Table:
    rows = [
        {
            "businessunitid": key_of("unit", name),
            "name": name,
            "_parentbusinessunitid_value": None if name == HEAD else key_of("unit", HEAD),
        }
        for name in (HEAD, PERSONNEL, TRADE)
    ]
    columns = (Column("name", "名前"), Column("parentbusinessunitid", "上位の部署", "Lookup"))
    return _table("businessunit", "businessunits", "部署", columns, rows, schema="BusinessUnit")


def _roles() -> Table:
    names = (ADMINISTRATOR, BASIC, HR_ROLE, SALES_ROLE, AUDIT)
    rows = [{"roleid": key_of("role", name), "name": name} for name in names]
    return _table(
        "role", "roles", "セキュリティロール", (Column("name", "名前"),), rows, schema="Role"
    )


def _joined(
    name: str, entity_set: str, one: str, key: str, pairs: Sequence[tuple[str, str]]
) -> Table:
    rows = [{key: first, "systemuserid": user} for first, user in pairs]
    return _table(name, entity_set, one, _ids(key, "systemuserid"), rows, joins=True)


def _depths(others: Sequence[Table]) -> Table:
    """Which role reads which table, and how far."""
    rows = []
    for table in others:
        held = {ADMINISTRATOR: GLOBAL, AUDIT: GLOBAL}
        if table.name.startswith("cr1_"):
            held[HR_ROLE] = GLOBAL
        elif table.name == "incident":
            held[SALES_ROLE] = LOCAL
        else:
            held[BASIC] = GLOBAL
        rows += [
            {
                "roleid": key_of("role", role),
                "privilegeid": privilege_id(table),
                "privilegedepthmask": mask,
            }
            for role, mask in held.items()
        ]
    columns = (*_ids("roleid", "privilegeid"), Column("privilegedepthmask", "深さ", "Integer"))
    return _table(
        "roleprivileges", "roleprivilegescollection", "roleprivileges", columns, rows, joins=True
    )


def _shares(others: Sequence[Table]) -> Table:
    """One case was shared with the personnel team."""
    rows = [
        {
            "objectid": table.rows[0].id,
            "principalid": key_of("team", HR_TEAM),
            "principaltypecode": "team",
            "accessrightsmask": 1,
        }
        for table in others
        if table.name == "incident"
    ]
    columns = (
        *_ids("objectid", "principalid"),
        Column("principaltypecode", "種類", "EntityName"),
        Column("accessrightsmask", "権限", "Integer"),
    )
    name = "principalobjectaccess"
    return _table(name, f"{name}set", name, columns, rows, joins=True)


def _security() -> tuple[Table, ...]:
    """One profile that opens one of the secured columns to the app."""
    profile = key_of("profile", AUDIT)
    permissions = [
        {
            "entityname": "cr1_employee",
            "attributelogicalname": "cr1_reserve",
            "canread": 4,
            "_fieldsecurityprofileid_value": profile,
        }
    ]
    return (
        _table(
            "fieldpermission", "fieldpermissions", "列のアクセス許可",
            (
                Column("entityname", "テーブル", "EntityName"),
                Column("attributelogicalname", "列"),
                Column("canread", "読み取り", "Picklist"),
                Column("fieldsecurityprofileid", "プロファイル", "Lookup"),
            ),
            permissions,
        ),
        _table(
            "systemuserprofiles", "systemuserprofilescollection", "systemuserprofiles",
            _ids("systemuserid", "fieldsecurityprofileid"),
            [{"systemuserid": app_user(), "fieldsecurityprofileid": profile}], joins=True,
        ),
        _table(
            "teamprofiles", "teamprofilescollection", "teamprofiles",
            _ids("teamid", "fieldsecurityprofileid"), [], joins=True,
        ),
    )  # fmt: skip
