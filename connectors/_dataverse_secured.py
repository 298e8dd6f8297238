"""Column security: which secured columns the app may read. Of the others every value comes as null.

Source: Dataverse "Column-level security"; Web API ``WhoAmI``, ``fieldpermissions``,
``systemuserprofiles_association``, ``teamprofiles_association``.
"""

from __future__ import annotations

from connectors._dataverse_lane import Ask, Environment
from connectors._dataverse_people import key

PROFILE = "column security profile"
"""What opens a secured column."""
_ALLOWED = 4
_PRIVILEGE = "prvReadFieldSecurityProfile"
_PROFILE_ID = "fieldsecurityprofileid"


async def readable(environment: Environment) -> frozenset[tuple[str, str]]:
    """Tables and columns that a profile opens to the app. Raises :class:`ConnectorError`."""
    me = key(await environment.json(Ask("/WhoAmI")), "UserId")
    user = f"/systemusers({me})"
    profiles = await _ids(environment, f"{user}/systemuserprofiles_association", _PROFILE_ID)
    teams = await _ids(environment, f"{user}/teammembership_association", "teamid")
    for team in teams:
        path = f"/teams({team})/teamprofiles_association"
        profiles |= await _ids(environment, path, _PROFILE_ID)
    select = "entityname,attributelogicalname,canread,_fieldsecurityprofileid_value"
    found = set()
    async for value in environment.values(Ask(f"/fieldpermissions?$select={select}", _PRIVILEGE)):
        if value.get("canread") == _ALLOWED and key(value, f"_{_PROFILE_ID}_value") in profiles:
            found.add((key(value, "entityname"), key(value, "attributelogicalname")))
    return frozenset(found)


async def _ids(environment: Environment, path: str, name: str) -> set[str]:
    values = environment.values(Ask(f"{path}?$select={name}", _PRIVILEGE))
    return {key(value, name) async for value in values}
