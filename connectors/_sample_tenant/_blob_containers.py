"""Containers of an account, and the properties of its service."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from connectors._sample_tenant._blob_rows import stamp
from connectors._sample_tenant._roles import ARM_READER, STORAGE_OWNER
from connectors._sample_tenant._state import ContainerBox
from connectors._sample_tenant._storage import (
    MADE,
    as_xml,
    echo,
    included,
    mismatch,
    moment,
    results,
    storage_headers,
)
from connectors._sample_tenant._wire import Answer, Call

_INCLUDE = frozenset({"metadata", "deleted", "system"})


class Containers:
    """Answers about containers."""

    def __init__(self, boxes: Mapping[str, ContainerBox], url: str, *, site: bool) -> None:
        """``url`` is the account's; ``site`` says whether ``$web`` is served as a website."""
        self._boxes = boxes
        self._url = url
        self._site = site

    def properties(self, call: Call) -> Answer:
        """Of the service: here whether there is a static website."""
        if ARM_READER not in call.roles:
            raise mismatch()
        site = "true" if self._site and "$web" in self._boxes else "false"
        return as_xml(
            "<StorageServiceProperties><StaticWebsite>"
            f"<Enabled>{site}</Enabled></StaticWebsite></StorageServiceProperties>"
        )

    def listed(self, call: Call) -> Answer:
        """All of them."""
        prefix, marker = call.query.get("prefix", ""), call.query.get("marker", "")
        most, include = results(call), included(call, _INCLUDE)
        names = [
            name
            for name, box in self._boxes.items()
            if name.startswith(prefix)
            and name >= marker
            and (box.made.deleted is None or "deleted" in include)
        ]
        more = "<Metadata />" if "metadata" in include else ""
        parts = [self._container_xml(self._boxes[name], more) for name in names[:most]]
        head = f"<EnumerationResults ServiceEndpoint={quoteattr(self._url + '/')}>"
        following = names[most] if len(names) > most else ""
        return as_xml(
            f"{head}{echo(call)}<Containers>{''.join(parts)}</Containers>"
            f"<NextMarker>{escape(following)}</NextMarker></EnumerationResults>"
        )

    @staticmethod
    def _container_xml(box: ContainerBox, more: str) -> str:
        access = f"<PublicAccess>{box.access}</PublicAccess>" if box.access else ""
        gone, when = "", ""
        if box.made.deleted is not None:
            gone = "<Version>01D6A0B0C0D0E0F0</Version><Deleted>true</Deleted>"
            when = f"<DeletedTime>{moment(box.made.deleted)}</DeletedTime>"
            when += "<RemainingRetentionDays>5</RemainingRetentionDays>"
        return (
            f"<Container><Name>{escape(box.name)}</Name>{gone}<Properties>"
            f"<Last-Modified>{moment(MADE)}</Last-Modified><Etag>{_etag(box)}</Etag>"
            "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>"
            f"{access}<DefaultEncryptionScope>$account-encryption-key</DefaultEncryptionScope>"
            "<DenyEncryptionScopeOverride>false</DenyEncryptionScopeOverride>"
            "<HasImmutabilityPolicy>false</HasImmutabilityPolicy>"
            f"<HasLegalHold>false</HasLegalHold>{when}</Properties>{more}</Container>"
        )

    @staticmethod
    def one(call: Call, comp: str, box: ContainerBox) -> Answer:
        """Properties or access policies of one."""
        headers = {"etag": f'"{_etag(box)}"', "last-modified": moment(MADE)}
        if box.access:
            headers["x-ms-blob-public-access"] = box.access
        if comp == "acl":
            if STORAGE_OWNER not in call.roles:
                raise mismatch()
            answer = as_xml(_policies(box))
            answer.headers.update(headers)
            return answer
        headers.update(
            {
                "x-ms-lease-status": "unlocked",
                "x-ms-lease-state": "available",
                "x-ms-has-immutability-policy": "false",
                "x-ms-has-legal-hold": "false",
                "x-ms-default-encryption-scope": "$account-encryption-key",
                "x-ms-deny-encryption-scope-override": "false",
            }
        )
        return Answer(200, b"", storage_headers(headers))


def _policies(box: ContainerBox) -> str:
    rows = ""
    for name, permission, expiry in box.made.policies:
        until = f"<Expiry>{stamp(expiry)}</Expiry>" if expiry else ""
        rows += (
            f"<SignedIdentifier><Id>{escape(name)}</Id><AccessPolicy>"
            f"{until}<Permission>{permission}</Permission></AccessPolicy></SignedIdentifier>"
        )
    return f"<SignedIdentifiers>{rows}</SignedIdentifiers>"


def _etag(box: ContainerBox) -> str:
    digest = hashlib.blake2b(f"{box.name}{box.access}".encode(), digest_size=5).hexdigest()
    return f"0x8DE{digest[:4].upper()}A{digest[4:].upper()}"
