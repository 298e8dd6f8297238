"""What apps may do without a person, and with what they sign in.

Permissions are known by their names (``Mail.Read``), which Graph's own service principal tells;
nothing here knows their ids. Source: Graph v1.0 ``appRoleAssignment``, ``application``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from auditor.controls._check import FAIL, MANUAL, PASS, Answers, Verdict
from auditor.controls._roles import is_guest, moment
from auditor.controls._settings import single

DATA = frozenset(
    f"{family}.{mode}"
    for family, modes in {
        "Mail": ("Read", "ReadWrite"),
        "Files": ("Read.All", "ReadWrite.All"),
        "Sites": ("Read.All", "ReadWrite.All", "Manage.All", "FullControl.All"),
        "Chat": ("Read.All", "ReadWrite.All"),
        "ChannelMessage": ("Read.All",),
        "Notes": ("Read.All", "ReadWrite.All"),
        "MailboxItem": ("Read.All", "Export.All"),
    }.items()
    for mode in modes
)
"""Everything of a kind, in the whole tenant."""
CONTROL = frozenset(
    {
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "Directory.ReadWrite.All",
        "Group.ReadWrite.All",
        "GroupMember.ReadWrite.All",
        "Policy.ReadWrite.ConditionalAccess",
        "Policy.ReadWrite.PermissionGrant",
        "RoleManagement.ReadWrite.Directory",
        "User.ReadWrite.All",
        "UserAuthenticationMethod.ReadWrite.All",
    }
)
"""With these an app can give itself, or somebody, everything else."""

_GRANTS = "servicePrincipals/appRoleAssignedTo"
_APPS = "applications"
_READS = re.compile(r"\.(Read|ReadBasic|Selected|SelectedOperations)(\.|$)")
_LONGEST = timedelta(days=731)
"""Two years, one of them a leap year."""
_TOLD = 10


def data(answers: Answers) -> Verdict:
    """No other app reads all mail, files, sites or chats."""
    return _granted(answers, DATA)


def control(answers: Answers) -> Verdict:
    """No app can raise its own rights."""
    return _granted(answers, CONTROL)


def own(answers: Answers) -> Verdict:
    """This tool needs no permission but to read."""
    names, graph = _named(answers), single(answers, "graph_roles")["id"]
    grants = answers.all("own_grants")
    if not grants:
        raise ValueError("the tool answers without a grant: it uses somebody's own rights")
    of_graph = [one for one in grants if one["resourceId"] == graph]
    values = sorted(names[str(one["appRoleId"])] for one in of_graph)
    writing = [value for value in values if not _READS.search(value)]
    others = len(grants) - len(of_graph)
    said = f"servicePrincipals/appRoleAssignments: Graph={len(values)}, writing={len(writing)}"
    evidence = (said, *writing, f"permissions of other services={others}")
    if writing:
        return Verdict(FAIL, evidence)
    return Verdict(MANUAL if others else PASS, evidence)


def _named(answers: Answers) -> Mapping[str, str]:
    """Id of a permission of Graph → its name."""
    return {str(one["id"]): str(one["value"]) for one in single(answers, "graph_roles")["appRoles"]}


def _granted(answers: Answers, wanted: Collection[str]) -> Verdict:
    """Whether an app other than this one holds one of these permissions."""
    names = _named(answers)
    mine = {one["principalId"] for one in answers.all("own_grants")}
    held = {
        (names.get(str(one["appRoleId"]), ""), one["principalId"])
        for one in answers.all("graph_grants")
        if one["principalType"] == "ServicePrincipal" and one["principalId"] not in mine
    }
    found = [(value, app) for value, app in held if value in wanted]
    apps = Counter(value for value, _ in found)
    counts = tuple(f"{value}: apps={many}" for value, many in sorted(apps.items()))
    evidence = (f"{_GRANTS}: apps={len({app for _, app in found})}", *counts)
    return Verdict(FAIL if found else PASS, evidence)


# ------------------------------------------------------------------------------------- credentials


def expired(answers: Answers, *, now: datetime | None = None) -> Verdict:
    """No secret or certificate is past its end: what nobody clears away, nobody watches."""
    today = now or datetime.now(UTC)

    def bad(app: Mapping[str, Any]) -> bool:
        return any(moment(one["endDateTime"]) < today for one in _credentials(app))

    return _none(answers, "with expired credentials", bad)


def lasting(answers: Answers) -> Verdict:
    """No secret is good for more than two years."""

    def bad(app: Mapping[str, Any]) -> bool:
        return any(
            moment(one["endDateTime"]) - moment(one["startDateTime"]) > _LONGEST
            for one in app["passwordCredentials"]
        )

    return _none(answers, "with secrets of more than 2 years", bad)


def secrets(answers: Answers, *, now: datetime | None = None) -> Verdict:
    """Apps sign in with certificates, not with secrets."""
    today = now or datetime.now(UTC)

    def bad(app: Mapping[str, Any]) -> bool:
        return any(moment(one["endDateTime"]) >= today for one in app["passwordCredentials"])

    return _none(answers, "with valid secrets", bad)


def owners(answers: Answers) -> Verdict:
    """No app belongs to a guest, who could sign in as the app."""

    def bad(app: Mapping[str, Any]) -> bool:
        users = (one for one in app["owners"] if one["@odata.type"] == "#microsoft.graph.user")
        return any(map(is_guest, users))

    return _none(answers, "owned by guests", bad, "application_owners")


def _credentials(app: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return [*app["passwordCredentials"], *app["keyCredentials"]]


def _none(answers: Answers, what: str, bad: Any, question: str = "applications") -> Verdict:
    found = answers.all(question)
    named = [f"{_APPS}/{one['id']}: {what}" for one in found if bad(one)]
    count = f"{_APPS}: {what}: {len(named)} of {len(found)}"
    return Verdict(FAIL if named else PASS, (count, *named[:_TOLD]))
