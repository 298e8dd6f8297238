"""Responsibility of the customer: devices, storage, classification, places, and people."""

from __future__ import annotations

import re
from collections import Counter

from auditor.controls import _devices as devices
from auditor.controls import _storage as storage
from auditor.controls._check import (
    FAIL,
    MANUAL,
    NOT_ASSESSED,
    PASS,
    Answers,
    Check,
    Verdict,
    told,
)
from auditor.controls._each import verdict
from auditor.controls._score import QUESTION, scored
from connectors._posture import REFUSED

_LABELS = "security/dataSecurityAndGovernance/sensitivityLabels"
_NAMED = re.compile(
    r"特定個人情報|個人番号|マイナンバー|my ?number|individual number", re.IGNORECASE
)


def _labels(answers: Answers) -> Verdict:
    found = answers.all("sensitivity_labels")
    return verdict(good=bool(found), evidence=f"{_LABELS}: count={len(found)}")


def _label_for_numbers(answers: Answers) -> Verdict:
    """By the names of labels; a label of another name may serve, which only a person can tell."""
    found = answers.all("sensitivity_labels")
    named = sum(bool(_NAMED.search(f"{one.get('name')} {one.get('displayName')}")) for one in found)
    evidence = (f"{_LABELS}: count={len(found)}, named for numbers={named}",)
    if not found:
        return Verdict(FAIL, evidence)
    return Verdict(PASS if named else MANUAL, evidence)


def _labels_protect(answers: Answers) -> Verdict:
    found = answers.all("sensitivity_labels")
    told_of = [one["hasProtection"] for one in found]
    if not all(isinstance(one, bool) for one in told_of):
        raise TypeError("hasProtection")
    protecting = sum(told_of)
    evidence = f"{_LABELS}: count={len(found)}, hasProtection={protecting}"
    return verdict(good=bool(protecting), evidence=evidence)


def _country(answers: Answers) -> Verdict:
    organization = answers.all("organization")[0:1]
    if not organization or not organization[0].get("countryLetterCode"):
        raise ValueError("countryLetterCode")
    evidence = told("organization", organization[0], "countryLetterCode")
    return verdict(good=organization[0]["countryLetterCode"] == "JP", evidence=evidence)


def _secured_columns(answers: Answers) -> Verdict:
    """Whether column security is used at all; which columns need it, the findings tell."""
    answered = answers.all("dataverse_secured_columns")
    rows = [one for one in answered if REFUSED not in one]
    columns = Counter(
        str(environment)
        for environment, *_ in {
            (one["environment"], one["entityname"], one["attributelogicalname"]) for one in rows
        }
    )
    evidence = tuple(f"{where}: secured columns={n}" for where, n in sorted(columns.items()))
    refused = tuple(f"{one['environment']}: {one[REFUSED]}" for one in answered if REFUSED in one)
    if refused and not columns:
        return Verdict(NOT_ASSESSED, refused)
    evidence = evidence or ("fieldpermissions: count=0",)
    return Verdict(PASS if columns else FAIL, (*evidence, *refused))


_ACCOUNTS = ("storage_accounts",)
_DEVICES = ("devices",)
_SENSITIVITY = ("sensitivity_labels",)

CHECKS = (
    Check("customer.storage_public", ("F-a", "F-d"), _ACCOUNTS, storage.PUBLIC_ACCESS),
    Check("customer.storage_keys", ("F-a", "F-b"), _ACCOUNTS, storage.SHARED_KEYS),
    Check("customer.storage_tls", ("F-d",), _ACCOUNTS, storage.TLS),
    Check("customer.storage_https", ("F-d",), _ACCOUNTS, storage.HTTPS),
    Check("customer.storage_network", ("F-c",), _ACCOUNTS, storage.NETWORK),
    Check("customer.storage_replication", ("F-a", "G"), _ACCOUNTS, storage.REPLICATION),
    Check("customer.storage_location", ("G",), _ACCOUNTS, storage.LOCATION),
    Check("customer.tenant_country", ("G",), ("organization",), _country),
    Check("customer.data_location", ("G",)),
    Check("customer.devices_encrypted", ("E-b", "E-c"), _DEVICES, devices.ENCRYPTED),
    Check("customer.device_keys", ("E-b",), ("devices", "bitlocker_keys"), devices.recovery_keys),
    Check("customer.devices_compliant", ("E-b", "F-c"), _DEVICES, devices.COMPLIANT),
    Check("customer.devices_jailbroken", ("F-c",), _DEVICES, devices.JAILBROKEN),
    Check("customer.devices_seen", ("E-b",), _DEVICES, devices.SEEN),
    Check(
        "customer.devices_without_policy",
        ("F-b",),
        ("device_settings",),
        devices.secure_by_default,
    ),
    Check(
        "customer.compliance_policies",
        ("E-b",),
        ("compliance_policies",),
        devices.policies_assigned,
    ),
    Check("customer.apps_protected", ("E-c",), ("app_policies",), devices.apps_protected),
    Check("customer.labels", ("F-d",), _SENSITIVITY, _labels),
    Check("customer.label_for_numbers", ("F-a", "F-d"), _SENSITIVITY, _label_for_numbers),
    Check("customer.labels_protect", ("F-d",), _SENSITIVITY, _labels_protect),
    Check(
        "customer.labels_published", ("F-d",), (QUESTION,), scored("mip_sensitivitylabelspolicies")
    ),
    Check(
        "customer.secured_columns",
        ("F-a",),
        ("dataverse_secured_columns",),
        _secured_columns,
    ),
    Check("customer.areas", ("E-a",)),
    Check("customer.supervision", ("D-a",)),
    Check("customer.training", ("D-b",)),
)
