"""What a thing of Intune holds, in parts: its own fields, its tables, the files packed in it.

Source: Graph ``omaSetting`` and its kinds, ``iosCustomConfiguration``,
``iosMobileAppConfiguration``, ``targetedManagedAppConfiguration``; of beta
``deviceManagementConfigurationSetting``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from connectors._errors import Withheld
from connectors._model import Body

Thing = Mapping[str, Any]

TITLES = ("displayName", "name")
"""What a thing is called; the first that it has is the item's name."""
_JSON, _TEXT, _HTML = "application/json", "text/plain; charset=utf-8", "text/html; charset=utf-8"
_OWN = frozenset(
    "id createdDateTime lastModifiedDateTime version roleScopeTagIds supportsScopeTags largeIcon "
    "templateReference priorityMetaData assignments".split()
)
"""What the service fills in by itself, and icons."""
_FILES = {
    "payload": "payload",
    "encodedSettingXml": "settings XML",
    "payloadJson": "settings JSON",
    "scriptContent": "script content",
    "detectionScriptContent": "detection script",
    "remediationScriptContent": "remediation script",
}
_FILE_NAMES = ("payloadFileName", "fileName")
_TABLES = {"settings": "settings", "customSettings": "settings", "omaSettings": "OMA-URI settings"}
_TEXTS = {"description": "description", "notes": "notes", "bodyText": "text of the terms"}
_HIDDEN = "****"
"""What the service shows of an encrypted value."""
_PACKED = (".omaSettingBase64", ".omaSettingStringXml")
_TEMPLATES = ("settingInstanceTemplateReference", "settingValueTemplateReference")


def title(thing: Thing) -> str:
    """What people call it; its id where it has no name."""
    return next((str(thing[name]) for name in TITLES if thing.get(name)), str(thing["id"]))


def bodies(thing: Thing) -> Iterator[Body]:
    """Everything a thing holds, each part under the name that the admin centre gives it.

    Raises Withheld at the end where the service shows some values as asterisks.
    """
    own = {name: value for name, value in thing.items() if _is_field(name, value)}
    yield _written("properties", own)
    for name, part in _TEXTS.items():
        if isinstance(text := thing.get(name), str) and (data := text.encode()):
            yield Body("", _TEXT, len(data), data, part=part)
    for name, part in _FILES.items():
        if isinstance(packed := thing.get(name), str) and packed:
            called = next((str(thing[n]) for n in _FILE_NAMES if thing.get(n)), "")
            yield _unpacked(packed, called, part)
    hidden = False
    for name, part in _TABLES.items():
        if rows := _rows(thing.get(name)):
            yield from _packed(rows, part)
            yield _written(part, [_row(row) for row in rows])
            hidden = hidden or any(map(_is_hidden, rows))
    if hidden:
        raise Withheld("values shown as asterisks", reason="encrypted")


def messages(texts: Iterable[Thing]) -> Iterator[Body]:
    """The messages of a notification template, one a language."""
    for number, one in enumerate(texts, 1):
        subject, text = str(one.get("subject") or ""), str(one.get("messageTemplate") or "")
        part = f"message {one.get('locale') or number}"
        kind = _HTML if "<" in text else _TEXT
        data = (f"<p>{subject}</p>\n{text}" if kind is _HTML else f"{subject}\n{text}").encode()
        yield Body("", kind, len(data), data, part=part)


def catalogue(settings: Iterable[Thing]) -> Iterator[Body]:
    """The settings of a policy of the catalogue: which, and what it is set to.

    Raises Withheld at the end where a value is a secret.
    """
    rows: list[dict[str, str]] = []
    hidden = False
    for setting in settings:
        for name, value, secret in _values(setting.get("settingInstance") or {}):
            hidden = hidden or secret
            rows.append({"Setting": name, "Value": "" if secret else value})
    yield _written("settings", rows)
    if hidden:
        raise Withheld("secret values", reason="encrypted")


def _values(instance: Thing) -> Iterator[tuple[str, str, bool]]:
    """Setting, value, and whether that is only a token of a secret; outer settings first."""
    stack: list[tuple[str, Any]] = [("", instance)]
    while stack:
        name, node = stack.pop()
        if isinstance(node, list):
            stack += [(name, one) for one in reversed(node)]
        elif isinstance(node, dict):
            name = str(node.get("settingDefinitionId") or name)
            value = node.get("value")
            if isinstance(value, str | int | float):
                secret = node.get("valueState") == "encryptedValueToken"
                yield name, str(value), secret
            inner = [
                v for k, v in node.items() if k not in _TEMPLATES and isinstance(v, list | dict)
            ]
            stack += [(name, one) for one in reversed(inner)]


def _is_field(name: str, value: Any) -> bool:
    """Whether it is told among a thing's own fields, and not in a part of its own."""
    if name in _OWN or name in TITLES or "@" in name:
        return False
    if name in _TABLES:
        return not _rows(value)
    return not (isinstance(value, str) and (name in _FILES or name in _TEXTS))


def _rows(value: Any) -> list[Thing]:
    """A list of settings; [] for anything else that goes by the same name."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return []
    return value


def _row(row: Thing) -> dict[str, Any]:
    """A setting as a row; a value that is a file of its own is left out here."""
    packed = _is_packed(row)
    return {k: v for k, v in row.items() if "@" not in k and not (packed and k == "value")}


def _is_packed(row: Thing) -> bool:
    kind = str(row.get("@odata.type") or "")
    return kind.endswith(_PACKED) and bool(row.get("value")) and not _is_hidden(row)


def _is_hidden(row: Thing) -> bool:
    return bool(row.get("isEncrypted")) or row.get("value") == _HIDDEN


def _packed(rows: Sequence[Thing], part: str) -> Iterator[Body]:
    for number, row in enumerate(rows, 1):
        if _is_packed(row):
            called = str(row.get("fileName") or "")
            shown = row.get("displayName") or row.get("omaUri") or ""
            yield _unpacked(str(row["value"]), called, f"{part} › {number} {shown}".rstrip())


def _unpacked(text: str, name: str, part: str) -> Body:
    """Base64 as the file it is; what is none, as it stands."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = text.encode()
    return Body(name, "", len(data), data, part=part)


def _written(part: str, value: Any) -> Body:
    data = orjson.dumps(value)
    return Body("", _JSON, len(data), data, part=part)
