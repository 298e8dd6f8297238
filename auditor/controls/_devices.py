"""Managed devices by their counts: encryption, compliance, jail-break, last contact.

No device at all is no proof of safety: they may be managed elsewhere, so a person has to look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from auditor.controls._check import FAIL, MANUAL, NOT_ASSESSED, PASS, Answers, Verdict, told
from auditor.controls._each import Judge

_DEVICES = "deviceManagement/managedDevices"
_COMPLIANT = frozenset({"compliant", "configManager"})


def _counted(shown: tuple[str, ...], status: Callable[[Mapping[str, Any]], str]) -> Judge:
    def judge(answers: Answers) -> Verdict:
        devices = answers.one("devices")
        facts = {"devices": devices["devices"]}
        for name in shown:
            counts = devices[name]
            facts |= counts if isinstance(counts, Mapping) else {name: counts}
        evidence = (told(_DEVICES, facts, *facts),)
        return Verdict(status(devices) if devices["devices"] else MANUAL, evidence)

    return judge


def _encrypted(devices: Mapping[str, Any]) -> str:
    if devices["unencrypted"]:
        return FAIL
    return PASS if devices["encrypted"] == devices["devices"] else NOT_ASSESSED


def _compliant(devices: Mapping[str, Any]) -> str:
    states = {state for state, count in devices["compliance"].items() if count} - _COMPLIANT
    if states - {"unknown"}:
        return FAIL
    return NOT_ASSESSED if states else PASS


def _whole(devices: Mapping[str, Any]) -> str:
    return FAIL if devices["jailbroken"] else PASS


def _seen(devices: Mapping[str, Any]) -> str:
    last = devices["last_sync"]
    return FAIL if last.get("older", 0) or last.get("never", 0) else PASS


ENCRYPTED = _counted(("encrypted", "unencrypted"), _encrypted)
COMPLIANT = _counted(("compliance",), _compliant)
JAILBROKEN = _counted(("jailbroken",), _whole)
SEEN = _counted(("last_sync",), _seen)


def recovery_keys(answers: Answers) -> Verdict:
    """Keys of at least as many devices as Windows says are encrypted."""
    encrypted = answers.one("devices")["windows_encrypted"]
    keys = {str(key["deviceId"]).lower() for key in answers.all("bitlocker_keys")}
    evidence = (
        f"{_DEVICES}: windows_encrypted={encrypted}",
        f"informationProtection/bitlocker/recoveryKeys: devices={len(keys)}",
    )
    if not encrypted and not keys:
        return Verdict(MANUAL, evidence)
    return Verdict(PASS if len(keys) >= encrypted else FAIL, evidence)


def secure_by_default(answers: Answers) -> Verdict:
    """Whether a device without a policy counts as not compliant."""
    found = answers.one("device_settings")
    settings: Mapping[str, Any] = found.get("settings") or found["value"]["settings"]
    good = settings["secureByDefault"]
    if not isinstance(good, bool):
        raise TypeError("secureByDefault")
    evidence = told("deviceManagement/settings", settings, "secureByDefault")
    return Verdict(PASS if good else FAIL, (evidence,))


def policies_assigned(answers: Answers) -> Verdict:
    """Whether any compliance policy goes to somebody."""
    policies = answers.all("compliance_policies")
    assigned = sum(bool(one["assignments"]) for one in policies)
    evidence = f"deviceManagement/deviceCompliancePolicies: {len(policies)}, assigned={assigned}"
    return Verdict(PASS if assigned else FAIL, (evidence,))


def apps_protected(answers: Answers) -> Verdict:
    """Whether an app protection policy goes to somebody."""
    kinds = [one for one in answers.all("app_policies") if _protects(one)]
    assigned = sum(one.get("isAssigned") is True for one in kinds)
    untold = sum(one.get("isAssigned") is None for one in kinds)
    evidence = (
        f"deviceAppManagement/managedAppPolicies: protection={len(kinds)}, assigned={assigned}",
    )
    if assigned:
        return Verdict(PASS, evidence)
    return Verdict(NOT_ASSESSED if untold else FAIL, evidence)


def _protects(policy: Mapping[str, Any]) -> bool:
    return str(policy["@odata.type"]).endswith(("ManagedAppProtection", "InformationProtection"))
