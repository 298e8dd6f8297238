"""What the company set for logs, labels, devices and storage: some of it well, some of it not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from connectors._sample_tenant._company_keys import draw, guid
from connectors._sample_tenant._company_plan import day
from connectors._sample_tenant._policies_data import PolicyData, Thing

_UNKEPT = 2
"""Encrypted devices whose recovery key nobody kept."""


def data(seed: int, account: str, devices: Sequence[Thing]) -> PolicyData:
    """The settings; ``devices`` are those managed by Intune."""
    return PolicyData(
        things={
            "auditLogs/directoryAudits": [*_directory_log(seed)],
            "auditLogs/signIns": [*_sign_ins(seed)],
            "security/secureScores": [_score(seed)],
            "security/alerts_v2": [*_alerts(seed)],
            "deviceManagement/auditEvents": [_device_event(seed)],
            "security/dataSecurityAndGovernance/sensitivityLabels": [*_labels(seed)],
            "informationProtection/bitlocker/recoveryKeys": [*_keys(seed, devices)],
        },
        device_settings={
            "deviceComplianceCheckinThresholdDays": 30,
            "isScheduledActionEnabled": True,
            "secureByDefault": False,
        },
        organization={
            "organizationid": _id(seed, "organization"),
            "name": "sample",
            "isauditenabled": True,
            "isuseraccessauditenabled": True,
            "isreadauditenabled": False,
            "auditretentionperiodv2": 30,
        },
        lifecycles={account: [_rule()]},
    )


def _id(seed: int, *parts: object) -> str:
    return guid(draw(seed, "policies", *parts))


def _directory_log(seed: int) -> Iterator[dict[str, Any]]:
    """A month of changes, the newest first."""
    for at in range(30):
        yield {
            "id": f"Directory_{_id(seed, 'directory', at)}",
            "category": "GroupManagement",
            "correlationId": _id(seed, "correlation", at),
            "result": "success",
            "resultReason": "",
            "activityDisplayName": "Add member to group",
            "activityDateTime": _moment(30 - at),
            "loggedByService": "Core Directory",
            "operationType": "Assign",
            "initiatedBy": {"user": None, "app": {"displayName": "sample", "appId": None}},
            "targetResources": [],
            "additionalDetails": [],
        }


def _moment(days: int) -> datetime:
    return day(2026, 3, 1) + timedelta(days=days, minutes=7)


def _sign_ins(seed: int) -> Iterator[dict[str, Any]]:
    for at in range(3):
        yield {
            "id": _id(seed, "sign-in", at),
            "createdDateTime": _moment(30 - at),
            "appDisplayName": "Office 365 Exchange Online",
            "clientAppUsed": "Browser",
            "conditionalAccessStatus": "success",
            "isInteractive": True,
            "status": {"errorCode": 0, "failureReason": "Other.", "additionalDetails": None},
        }


def _score(seed: int) -> dict[str, Any]:
    """The unified log is on; mailboxes and data loss prevention are not looked after."""
    shares = {"mip_search_auditlog": 100, "exo_mailboxaudit": 0, "dlp_datalossprevention": 0}
    return {
        "id": f"{_id(seed, 'score')}_2026-03-31",
        "createdDateTime": day(2026, 3, 31),
        "currentScore": 42.0,
        "maxScore": 100.0,
        "enabledServices": ["HasExchange", "HasSharePoint"],
        "controlScores": [
            {
                "controlCategory": "Data",
                "controlName": name,
                "description": "",
                "score": share / 20,
                "scoreInPercentage": share,
                "implementationStatus": "",
            }
            for name, share in shares.items()
        ],
    }


def _alerts(seed: int) -> Iterator[dict[str, Any]]:
    """One of high severity that nobody has looked at since March; one that was resolved."""
    for at, (severity, status) in enumerate((("high", "new"), ("low", "resolved"))):
        yield {
            "@odata.type": "#microsoft.graph.security.alert",
            "id": _id(seed, "alert", at),
            "title": "Suspicious sharing activity",
            "severity": severity,
            "status": status,
            "serviceSource": "microsoftDefenderForOffice365",
            "createdDateTime": _moment(20 - at),
            "evidence": [],
        }


def _device_event(seed: int) -> dict[str, Any]:
    return {
        "id": _id(seed, "device event"),
        "displayName": "Create DeviceConfiguration",
        "componentName": "DeviceConfiguration",
        "activityDateTime": _moment(12),
        "activityOperationType": "Create",
        "activityResult": "Success",
        "category": "Device",
        "resources": [],
    }


def _labels(seed: int) -> Iterator[dict[str, Any]]:
    for priority, (name, protects) in enumerate(
        (("一般", False), ("社外秘", True), ("特定個人情報", True))
    ):
        yield {
            "id": _id(seed, "label", name),
            "name": name,
            "displayName": name,
            "description": "",
            "priority": priority,
            "hasProtection": protects,
            "isDefault": priority == 0,
            "isScopedToUser": False,
            "sublabels": [],
        }


def _keys(seed: int, devices: Sequence[Thing]) -> Iterator[dict[str, Any]]:
    """Keys of the encrypted devices but for some; a device may have more than one volume."""
    encrypted = [one for one in devices if one["isEncrypted"]]
    for at, device in enumerate(encrypted[_UNKEPT:]):
        for volume in ("operatingSystemVolume", "fixedDataVolume")[: 1 + at % 2]:
            yield {
                "id": _id(seed, "key", at, volume),
                "createdDateTime": _moment(1),
                "volumeType": volume,
                "deviceId": device["azureADDeviceId"],
            }


def _rule() -> dict[str, Any]:
    """A rule that deletes earlier versions after a year."""
    return {
        "enabled": True,
        "name": "old-versions",
        "type": "Lifecycle",
        "definition": {
            "actions": {"version": {"delete": {"daysAfterCreationGreaterThan": 365}}},
            "filters": {"blobTypes": ["blockBlob"]},
        },
    }
