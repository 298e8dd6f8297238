"""The company's scripts, what they put out on devices, and a policy of the settings catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from connectors._sample_tenant._company_intune_tools import EVERYBODY, Shelf, Written, told
from connectors._sample_tenant._company_keys import courier
from connectors._sample_tenant._company_plan import day, lookalike
from connectors._sample_tenant._company_sharing import INTERNAL, PRIVATE
from connectors._sample_tenant._company_teams import TEAM

SCRIPTS = "deviceManagement"
ATTRIBUTE = "個人番号"
"""Name of the custom attribute: the header of what its script puts out."""
_KINDS = (
    ("deviceManagementScript", "PowerShell scripts", "初期設定", "setup.ps1"),
    ("deviceShellScript", "shell scripts", "Mac の初期設定", "setup.sh"),
    ("deviceHealthScript", "remediations", "共有フォルダーの修復", ""),
    ("deviceComplianceScript", "compliance scripts", "暗号化の確認", ""),
    ("deviceCustomAttributeShellScript", "custom attributes", "台帳の取得", "ledger.sh"),
)


def scripts(shelf: Shelf) -> None:
    """One of each kind, and a policy."""
    for kind, place, name, file in _KINDS:
        number = shelf.number(kind)
        text = told(f"# 動作確認\n# 個人番号 {number}\nexit 0\n")
        own: dict[str, Any] = {"version": None, "scriptContent": text, "fileName": file}
        if not file:
            own = {"version": "1", "detectionScriptContent": text, "publisher": "情報システム部"}
        if kind == "deviceHealthScript":
            own["remediationScriptContent"] = own["detectionScriptContent"]
            own["detectionScriptContent"] = told("exit 1\n")
        if "CustomAttribute" in kind:
            own |= {"customAttributeName": ATTRIBUTE, "customAttributeType": "string"}
        everybody = kind == "deviceShellScript"
        thing = shelf.thing(Written(kind, name, **own))
        shelf.put(f"{SCRIPTS}/{kind}s", thing, assigned=(EVERYBODY if everybody else TEAM,))
        exposure = INTERNAL if everybody else PRIVATE
        shelf.plant(place, name, exposure, number, "content of a script")
    _catalogue(shelf)


def outputs(shelf: Shelf, devices: Sequence[str]) -> None:
    """What came back: labels beside numbers, a column of nothing else, parcels."""
    for kind, place, name, _ in _KINDS:
        script = next(t for t in shelf.things[f"{SCRIPTS}/{kind}s"] if t["displayName"] == name)
        states = []
        for at, device in enumerate(devices):
            state = _state(shelf, script["id"], device, at)
            state |= _said(shelf, kind, f"{place} › outputs", device, at)
            states.append(state)
        shelf.inner[script["id"], "deviceRunStates"] = states


def _state(shelf: Shelf, script: str, device: str, at: int) -> dict[str, Any]:
    identity = shelf.id("device", device)
    return {
        "id": f"{script}:{identity}",
        "lastStateUpdateDateTime": day(2026, 3, 30) + timedelta(minutes=at),
        "managedDevice": {"id": identity, "deviceName": device},
    }


def _said(shelf: Shelf, kind: str, place: str, device: str, at: int) -> dict[str, Any]:
    """What one script put out on one device."""
    number = shelf.number(f"output {kind} {at}")
    text = ""
    if "CustomAttribute" in kind:
        text = number
        shelf.plant(place, device, PRIVATE, number, "value of a custom attribute")
    elif at == 1:
        text = f"C:\\memo.txt: 個人番号 {number}"
        shelf.plant(place, device, PRIVATE, number, "output of a script")
    elif at == 3:
        parcel = courier(shelf.seed, "output", kind)
        text = f"送り状番号 {parcel}"
        note = lookalike("courier number in an output", parcel)
        shelf.core.plant("intune", place, device, "", [note])
    if kind == "deviceHealthScript":
        return {
            "detectionState": "fail",
            "remediationState": "success",
            "preRemediationDetectionScriptOutput": text,
            "postRemediationDetectionScriptOutput": "OK",
        }
    if kind == "deviceComplianceScript":
        return {"detectionState": "success", "scriptOutput": text, "scriptError": ""}
    return {"runState": "success", "resultMessage": text, "errorCode": 0, "errorDescription": None}


def _catalogue(shelf: Shelf) -> None:
    """A policy with a text inside a choice, and a secret of which Graph gives a token."""
    number = shelf.number("catalogue")
    policy = {
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationPolicy",
        "id": shelf.id("catalogue"),
        "name": "サインイン画面",
        "description": "全端末",
        "platforms": "windows10",
        "technologies": "mdm",
        "createdDateTime": day(2025, 10, 1),
        "lastModifiedDateTime": day(2026, 2, 16),
        "settingCount": 2,
        "isAssigned": True,
    }
    message = _instance("Simple", "interactivelogon_messagetext", simpleSettingValue={
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationStringSettingValue",
        "value": f"担当者の個人番号は {number} です",
    })  # fmt: skip
    choice = _instance("Choice", "interactivelogon_message", choiceSettingValue={
        "value": "interactivelogon_message_on", "children": [message],
    })  # fmt: skip
    secret = _instance("Simple", "lock_secret", simpleSettingValue={
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationSecretSettingValue",
        "value": shelf.id("secret"),
        "valueState": "encryptedValueToken",
    })  # fmt: skip
    shelf.put(f"{SCRIPTS}/configurationPolicies", policy, assigned=(EVERYBODY,))
    shelf.inner[str(policy["id"]), "settings"] = [
        {"id": str(at), "settingInstance": one} for at, one in enumerate((choice, secret))
    ]
    place = "settings catalogue"
    shelf.plant(place, "サインイン画面", INTERNAL, number, "text of a catalogue setting")


def _instance(kind: str, name: str, **value: Any) -> dict[str, Any]:
    return {
        "@odata.type": f"#microsoft.graph.deviceManagementConfiguration{kind}SettingInstance",
        "settingDefinitionId": f"device_vendor_msft_policy_config_{name}",
        "settingInstanceTemplateReference": None,
        **value,
    }
