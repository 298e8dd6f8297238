"""What the company keeps in Intune: a number in every place where somebody can write one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from connectors._sample_tenant._company_intune_scripts import SCRIPTS, outputs, scripts
from connectors._sample_tenant._company_intune_tools import EVERYBODY, Shelf, Written, told
from connectors._sample_tenant._company_keys import telephone
from connectors._sample_tenant._company_people import HR, IT
from connectors._sample_tenant._company_plan import Core, day, lookalike
from connectors._sample_tenant._company_sharing import EXTERNAL, INTERNAL, PRIVATE
from connectors._sample_tenant._company_teams import PARTNERS, TEAM
from connectors._sample_tenant._intune import Intune
from connectors._sample_tenant._model import User

DEVICES = "managed devices"
_ALONE = ("iccid", "udid", "ethernetMacAddress", "enrollmentProfileName")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadDescription</key><string>個人番号 {0}</string>
</dict></plist>
"""


def write(core: Core, users: Sequence[User]) -> None:
    """Devices, what is written for them, and who gets it."""
    shelf = Shelf(core)
    _devices(shelf, users)
    for chapter in (_categories, _profiles, _policies, _templates, _terms, _apps):
        chapter(shelf)
    scripts(shelf)
    outputs(shelf, [str(one["deviceName"]) for one in shelf.things[f"{SCRIPTS}/managedDevices"]])
    core.intune = Intune(shelf.things, shelf.inner)


def _devices(shelf: Shelf, users: Sequence[User]) -> None:
    """Notes, a name that somebody gave, a user's name with a number; telephone numbers are none."""
    people = [user for user in users if user.user_type == "Member" and user.purpose == "user"][:12]
    for at, user in enumerate(people):
        name = f"SAMPLE-PC-{chr(65 + at)}"
        phone = telephone(shelf.seed, "device", at)
        device = _device(shelf, name, user, at, phone)
        if at == 2:
            number = shelf.number("notes")
            device["notes"] = f"返却時の本人確認\n個人番号 {number}"
            note = "notes of a device"
        elif at == 5:
            number = shelf.number("management name")
            device["managedDeviceName"] = f"個人番号{number}"
            note = "management name of a device"
        elif at == 8:
            number = shelf.number("user name")
            device["userDisplayName"] = f"{user.display_name} マイナンバー {number}"
            note = "name of a device's user"
        else:
            number = note = ""
        shelf.things.setdefault(f"{SCRIPTS}/managedDevices", []).append(device)
        looks = lookalike("telephone number of a device", phone)
        shelf.core.plant("intune", DEVICES, name, "", [looks])
        if number:
            shelf.plant(DEVICES, name, PRIVATE, number, note)


def _device(shelf: Shelf, name: str, user: User, at: int, phone: str) -> dict[str, Any]:
    enrolled = day(2025, 5, 12) + timedelta(days=at)
    return {
        "id": shelf.id("device", name),
        "userId": user.id,
        "deviceName": name,
        "managedDeviceName": f"{user.upn.partition('@')[0]}_Windows_{name[-1]}",
        "managedDeviceOwnerType": "company",
        "enrolledDateTime": enrolled,
        "lastSyncDateTime": day(2026, 4, 1) + timedelta(hours=at),
        "operatingSystem": "Windows",
        "osVersion": "10.0.26100.3476",
        "complianceState": "noncompliant" if at % 5 == 4 else "compliant",
        "jailBroken": "Unknown",
        "isEncrypted": at % 4 != 3,
        "azureADDeviceId": shelf.id("directory device", name),
        "deviceCategoryDisplayName": "事務用",
        "emailAddress": user.mail,
        "userPrincipalName": user.upn,
        "userDisplayName": user.display_name,
        "phoneNumber": phone,
        "model": "Sample Book",
        "manufacturer": "Sample",
        "notes": None,
        **dict.fromkeys(_ALONE, ""),
    }


def _categories(shelf: Shelf) -> None:
    number = shelf.number("category")
    where = f"{SCRIPTS}/deviceCategories"
    for name, text in (
        ("事務用", f"届出用（個人番号 {number}）"),
        ("営業用", "社外へ持ち出す端末"),
    ):
        identity = shelf.id("category", name)
        shelf.put(where, {"id": identity, "displayName": name, "description": text})
    shelf.plant("device categories", "事務用", PRIVATE, number, "description of a category")


def _profiles(shelf: Shelf) -> None:
    """OMA-URI values, plain and packed; profiles of Apple's; a footnote on locked screens."""
    place, where = "configuration profiles", f"{SCRIPTS}/deviceConfigurations"
    plain, packed = shelf.number("oma string"), shelf.number("oma xml")
    xml = f"<notice><個人番号>{packed}</個人番号></notice>"
    settings = [
        _oma("String", "掲示", "Notice/Text", f"社員の個人番号は {plain} です"),
        _oma("StringXml", "掲示の書式", "Notice/Form", told(xml), fileName="notice.xml"),
        _oma("Integer", "掲示の秒数", "Notice/Seconds", 30),
        _oma("String", "合言葉", "Notice/Secret", "****"),
    ]
    windows = Written("windows10CustomConfiguration", "掲示の設定", omaSettings=settings)
    shelf.put(where, shelf.thing(windows), assigned=(EVERYBODY,))
    shelf.plant(place, windows.name, INTERNAL, plain, "value of an OMA-URI setting")
    shelf.plant(place, windows.name, INTERNAL, packed, "XML of an OMA-URI setting")
    for kind, name in (
        ("iosCustomConfiguration", "iPhone の設定"),
        ("macOSCustomConfiguration", "Mac の設定"),
    ):
        number = shelf.number(kind)
        payload = told(_PROFILE.format(number))
        file = "sample.mobileconfig"
        one = Written(kind, name, payload=payload, payloadFileName=file, payloadName="見本")
        shelf.put(where, shelf.thing(one), assigned=(TEAM,))
        shelf.plant(place, name, PRIVATE, number, "payload of a profile")
    number = shelf.number("footnote")
    foot = f"持ち主の個人番号：{number}"
    screen = Written("iosDeviceFeaturesConfiguration", "ロック画面", lockScreenFootnote=foot)
    shelf.put(where, shelf.thing(screen), assigned=(EVERYBODY,))
    shelf.plant(place, screen.name, INTERNAL, number, "footnote on locked screens")


def _policies(shelf: Shelf) -> None:
    for kind, collection, place, more in (
        ("windows10CompliancePolicy", "deviceCompliancePolicies", "compliance policies",
         {"passwordRequired": True, "storageRequireEncryption": True}),
        ("deviceEnrollmentLimitConfiguration", "deviceEnrollmentConfigurations",
         "enrollment settings", {"limit": 5, "priority": 0}),
    ):  # fmt: skip
        number = shelf.number(kind)
        text = f"申請者の個人番号 {number}"
        one = Written(kind, f"既定（{place[:10].strip()}）", description=text, **more)
        shelf.put(f"{SCRIPTS}/{collection}", shelf.thing(one))
        shelf.plant(place, one.name, PRIVATE, number, "description of a policy")


def _templates(shelf: Shelf) -> None:
    number = shelf.number("message")
    one = shelf.thing(Written("notificationMessageTemplate", "準拠していない端末", version=None,
                              description=None, createdDateTime=None, defaultLocale="ja-JP",
                              brandingOptions="includeCompanyName"))  # fmt: skip
    made = {
        "@odata.type": "#microsoft.graph.localizedNotificationMessage",
        "id": f"{one['id']}_ja-jp",
        "lastModifiedDateTime": one["lastModifiedDateTime"],
        "locale": "ja-jp",
        "subject": "端末の確認",
        "messageTemplate": f"<p>総務部へご連絡ください。</p><p>個人番号：{number}</p>",
        "isDefault": True,
    }
    shelf.put(f"{SCRIPTS}/notificationMessageTemplates", one)
    shelf.inner[one["id"], "localizedNotificationMessages"] = [made]
    place = "notification templates"
    shelf.plant(place, "準拠していない端末", PRIVATE, number, "message of a template")


def _terms(shelf: Shelf) -> None:
    number = shelf.number("terms")
    body = f"第一条 記入例\n個人番号 {number}\n"
    one = Written("termsAndConditions", "端末の利用規程", title="利用規程", bodyText=body,
                  acceptanceStatement="同意します。", description="全社員向け")  # fmt: skip
    shelf.put(f"{SCRIPTS}/termsAndConditions", shelf.thing(one), assigned=("users",))
    place = "terms and conditions"
    shelf.plant(place, one.name, INTERNAL, number, "text of terms")


def _apps(shelf: Shelf) -> None:
    """Notes of an app, its settings on managed devices, settings that follow a user."""
    root = "deviceAppManagement"
    notes, setting, custom = (shelf.number(k) for k in ("app", "app setting", "app policy"))
    app = Written("webApp", "勤怠入力", version=None, notes=f"管理者メモ 個人番号 {notes}",
                  owner=IT, developer="", publisher="サンプル商事", publishingState="published",
                  appUrl="https://kintai.sample-shoji.example/")  # fmt: skip
    shelf.put(f"{root}/mobileApps", shelf.thing(app), assigned=(TEAM,))
    shelf.plant("apps", app.name, PRIVATE, notes, "notes of an app")
    rows = [
        {"appConfigKey": key, "appConfigKeyType": "stringType", "appConfigKeyValue": value}
        for key, value in (("利用者", HR), ("個人番号", setting), ("部署", "人事部"))
    ]
    phone = Written("iosMobileAppConfiguration", "勤怠アプリの設定", settings=rows,
                    targetedMobileApps=[])  # fmt: skip
    shelf.put(f"{root}/mobileAppConfigurations", shelf.thing(phone), assigned=(PARTNERS,))
    shelf.plant("app configurations", phone.name, EXTERNAL, setting, "setting of an app")
    pairs = [{"name": "memo", "value": f"マイナンバー {custom}"}]
    policy = shelf.thing(Written("targetedManagedAppConfiguration", "勤怠アプリの方針",
                                 version="1", customSettings=pairs, deployedAppCount=0,
                                 isAssigned=True))  # fmt: skip
    shelf.put(f"{root}/managedAppPolicies", policy)
    shelf.put(f"{root}/targetedManagedAppConfigurations", policy, assigned=("users",))
    name = str(policy["displayName"])
    shelf.plant("app policies", name, INTERNAL, custom, "setting of an app policy")


def _oma(kind: str, name: str, uri: str, value: Any, **more: Any) -> dict[str, Any]:
    return {
        "@odata.type": f"#microsoft.graph.omaSetting{kind}",
        "displayName": name,
        "description": "",
        "omaUri": f"./Device/Vendor/MSFT/Policy/Config/{uri}",
        "value": value,
        **more,
    }
