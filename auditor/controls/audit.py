"""Audits and reports: whether what was done with data is recorded, kept, and looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from auditor.controls._check import FAIL, PASS, Answers, Check, Verdict
from auditor.controls._each import Judge, each, verdict
from auditor.controls._score import QUESTION, scored
from auditor.controls._storage import LOGGED

_SPAN = timedelta(days=29)
"""What the directory's log reaches back with a P1 licence, short of a day for its clean-up."""
_PATIENCE = timedelta(days=7)
_YEAR = 365
_FOR_EVER = -1
_ORGANISATION = "prvReadOrganization"


def _moment(said: Mapping[str, Any], name: str) -> datetime:
    """A moment of Graph's. Raises ValueError where it is none."""
    found = datetime.fromisoformat(str(said[name]))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _directory_log(answers: Answers) -> Verdict:
    found = answers.all("directory_audits")
    if not found:
        return Verdict(FAIL, ("auditLogs/directoryAudits: count=0",))
    oldest = _moment(found[0], "activityDateTime")
    good = datetime.now(UTC) - oldest >= _SPAN
    return verdict(good=good, evidence=f"auditLogs/directoryAudits: oldest={oldest:%Y-%m-%d}")


def _present(question: str, path: str) -> Judge:
    """Whether a log can be read and has an entry."""

    def judge(answers: Answers) -> Verdict:
        found = bool(answers.all(question))
        return verdict(good=found, evidence=f"{path}: entries={'some' if found else 'none'}")

    return judge


def _alerts(answers: Answers) -> Verdict:
    found = "some" if answers.all("alerts") else "none"
    return Verdict(PASS, (f"security/alerts_v2: readable, alerts={found}",))


def _alerts_handled(answers: Answers) -> Verdict:
    now = datetime.now(UTC)
    new = answers.all("new_alerts")
    old = sum(now - _moment(alert, "createdDateTime") > _PATIENCE for alert in new)
    evidence = f"security/alerts_v2: severity=high, status=new: {len(new)}, older than 7 days={old}"
    return verdict(good=not old, evidence=evidence)


def _organisation(name: str) -> Judge:
    def good(organisation: Mapping[str, Any]) -> bool | None:
        found = organisation.get(name)
        return found if isinstance(found, bool) else None

    return each("dataverse_organizations", "environment", good, name, permission=_ORGANISATION)


def _log_kept(organisation: Mapping[str, Any]) -> bool | None:
    """For ever, or at least a year; None where the environment does not say."""
    days = organisation.get("auditretentionperiodv2")
    if not isinstance(days, int):
        return None
    return days == _FOR_EVER or days >= _YEAR


_DATAVERSE = ("dataverse_organizations",)

CHECKS = (
    Check("audit.directory_log", ("C-b",), ("directory_audits",), _directory_log),
    Check(
        "audit.sign_in_log",
        ("C-b", "F-b"),
        ("sign_ins",),
        _present("sign_ins", "auditLogs/signIns"),
    ),
    Check("audit.unified_log", ("C-b",), (QUESTION,), scored("mip_search_auditlog")),
    Check("audit.mailbox_log", ("C-b",), (QUESTION,), scored("exo_mailboxaudit")),
    Check("audit.log_search", ("C-b", "C-d")),
    Check("audit.log_kept", ("C-b",)),
    Check("audit.alerts_readable", ("C-d",), ("alerts",), _alerts),
    Check("audit.alerts_handled", ("C-d", "F-c"), ("new_alerts",), _alerts_handled),
    Check("audit.alert_policies", ("C-d",)),
    Check("audit.storage_logs", ("C-b",), ("storage_accounts",), LOGGED),
    Check(
        "audit.device_log",
        ("C-b",),
        ("device_audits",),
        _present("device_audits", "deviceManagement/auditEvents"),
    ),
    Check("audit.dataverse_changes", ("C-b",), _DATAVERSE, _organisation("isauditenabled")),
    Check(
        "audit.dataverse_access", ("C-b",), _DATAVERSE, _organisation("isuseraccessauditenabled")
    ),
    Check("audit.dataverse_reads", ("C-b",), _DATAVERSE, _organisation("isreadauditenabled")),
    Check(
        "audit.dataverse_kept",
        ("C-b",),
        _DATAVERSE,
        each(
            "dataverse_organizations",
            "environment",
            _log_kept,
            "auditretentionperiodv2",
            permission=_ORGANISATION,
        ),
    ),
    Check("audit.periodic_runs", ("C-e",)),
)
