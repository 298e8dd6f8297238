"""Data retention: whether numbers go when their time is over, and no copy stays behind."""

from __future__ import annotations

from auditor.controls._check import MANUAL, PASS, Answers, Check, Verdict, told
from auditor.controls._each import verdict
from auditor.controls._score import QUESTION, scored
from auditor.controls._storage import (
    BLOBS_RECOVERABLE,
    CHANGE_FEED,
    CONTAINERS_RECOVERABLE,
    LIFECYCLE,
    UNLOCKED,
    VERSIONS_END,
)

_LABELS = "security/labels/retentionLabels"
_DELETING = frozenset({"delete", "startDispositionReview"})
_YEAR = 365


def _labels(answers: Answers) -> Verdict:
    found = answers.all("retention_labels")
    return verdict(good=bool(found), evidence=f"{_LABELS}: count={len(found)}")


def _labels_delete(answers: Answers) -> Verdict:
    found = answers.all("retention_labels")
    ending = sum(one["actionAfterRetentionPeriod"] in _DELETING for one in found)
    return verdict(good=bool(ending), evidence=f"{_LABELS}: count={len(found)}, deleting={ending}")


def _labels_by_event(answers: Answers) -> Verdict:
    """Periods that begin when somebody leaves need labels that begin with an event."""
    found = answers.all("retention_labels")
    events = sum(one["retentionTrigger"] == "dateOfEvent" for one in found)
    return verdict(good=bool(events), evidence=f"{_LABELS}: count={len(found)}, by event={events}")


def _personal_sites(answers: Answers) -> Verdict:
    settings = answers.one("sharepoint_settings")
    name = "deletedUserPersonalSiteRetentionPeriodInDays"
    days = settings[name]
    if not isinstance(days, int):
        raise TypeError(name)
    return verdict(good=days <= _YEAR, evidence=told("admin/sharepoint/settings", settings, name))


def _immutability(answers: Answers) -> Verdict:
    """A lock is good for logs, and against the law for numbers whose time is over: ask a person."""
    found = UNLOCKED(answers)
    return Verdict(PASS if found.status == PASS else MANUAL, found.evidence)


_ACCOUNTS = ("storage_accounts",)
_RETENTION = ("retention_labels",)

CHECKS = (
    Check("retention.labels", ("E-d",), _RETENTION, _labels),
    Check("retention.labels_delete", ("E-d",), _RETENTION, _labels_delete),
    Check("retention.labels_event", ("E-d",), _RETENTION, _labels_by_event),
    Check("retention.policies", ("E-d",)),
    Check("retention.loss_prevention", ("F-d",), (QUESTION,), scored("dlp_datalossprevention")),
    Check("retention.loss_prevention_type", ("F-d",)),
    Check("retention.personal_sites", ("E-d",), ("sharepoint_settings",), _personal_sites),
    Check("retention.file_versions", ("E-d",)),
    Check("retention.mailboxes", ("E-d",)),
    Check("retention.blobs_recoverable", ("E-d",), _ACCOUNTS, BLOBS_RECOVERABLE),
    Check("retention.containers_recoverable", ("E-d",), _ACCOUNTS, CONTAINERS_RECOVERABLE),
    Check("retention.blob_versions", ("E-d",), _ACCOUNTS, VERSIONS_END),
    Check("retention.blob_lifecycle", ("E-d",), _ACCOUNTS, LIFECYCLE),
    Check("retention.blob_changes", ("C-b", "E-d"), _ACCOUNTS, CHANGE_FEED),
    Check("retention.blob_immutability", ("E-d",), _ACCOUNTS, _immutability),
    Check("retention.dataverse", ("E-d",)),
    Check("retention.deletion_record", ("E-d",)),
)
