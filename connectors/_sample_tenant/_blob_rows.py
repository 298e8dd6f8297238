"""Blobs as listings write them: a row for each earlier version, snapshot and current state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from connectors._sample_tenant._model import Blob, Earlier
from connectors._sample_tenant._storage import moment

_KEPT = 7
"""Days that deleted blobs are kept."""


def stamp(when: datetime) -> str:
    """A moment as versions and snapshots are named by it."""
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond:06d}0Z"


def rows(blob: Blob, include: frozenset[str], *, lake: bool) -> Iterator[str]:
    """What a listing with these options says of a blob, oldest state first."""
    if "showonly" in include:
        if blob.deleted is not None:
            more = (
                f"<DeletionId>{int(blob.deleted.timestamp())}</DeletionId><Deleted>true</Deleted>"
            )
            yield _row(blob, more, include, lake=lake)
        return
    for one in blob.earlier:
        kind = "snapshots" if one.snapshot else "versions"
        if kind in include and (one.deleted is None or "deleted" in include):
            yield _earlier(blob, one, include)
    if blob.deleted is not None:
        if "deleted" in include:
            yield _row(blob, "<Deleted>true</Deleted>", include, lake=lake)
    elif blob.current:
        more = ""
        if "versions" in include:
            more = f"<VersionId>{stamp(blob.modified)}</VersionId>"
            more += "<IsCurrentVersion>true</IsCurrentVersion>"
        yield _row(blob, more, include, lake=lake)
    elif "deletedwithversions" in include and "versions" not in include:
        yield _row(blob, "<HasVersionsOnly>true</HasVersionsOnly>", include, lake=lake)


def _row(blob: Blob, more: str, include: frozenset[str], *, lake: bool) -> str:
    said = f"<Creation-Time>{moment(blob.created)}</Creation-Time>"
    said += _content(blob, blob.etag, blob.size, blob.modified)
    if lake:
        kind = "directory" if blob.kind == "directory" else "file"
        said += f"<ResourceType>{kind}</ResourceType>"
    if blob.deleted is None and blob.current:
        said += "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>"
    said += "<ServerEncrypted>true</ServerEncrypted>"
    if blob.customer_key:
        said += "<CustomerProvidedKeySha256>c2FtcGxl</CustomerProvidedKeySha256>"
    said += _deleted(blob.deleted)
    if blob.tags:
        said += f"<TagCount>{len(blob.tags)}</TagCount>"
    return _blob(blob, more, said, include)


def _earlier(blob: Blob, one: Earlier, include: frozenset[str]) -> str:
    tag = "Snapshot" if one.snapshot else "VersionId"
    more = f"<{tag}>{stamp(one.when)}</{tag}>"
    more += "<Deleted>true</Deleted>" if one.deleted else ""
    said = f"<Creation-Time>{moment(one.when)}</Creation-Time>"
    said += _content(blob, one.etag, len(one.data()), one.when)
    said += "<ServerEncrypted>true</ServerEncrypted>" + _deleted(one.deleted)
    return _blob(blob, more, said, include - {"tags"})


def _content(blob: Blob, etag: str, size: int, modified: datetime) -> str:
    kind = "BlockBlob" if blob.kind == "directory" else blob.kind
    return (
        f"<Last-Modified>{moment(modified)}</Last-Modified>"
        f"<Etag>{etag.strip(chr(34))}</Etag><Content-Length>{size}</Content-Length>"
        f"<Content-Type>{escape(blob.media_type)}</Content-Type><Content-Encoding />"
        "<Content-Language /><Content-CRC64 /><Content-MD5 /><Cache-Control />"
        f"<Content-Disposition /><BlobType>{kind}</BlobType><AccessTier>{blob.tier}</AccessTier>"
    )


def _deleted(when: datetime | None) -> str:
    if when is None:
        return ""
    days = f"<RemainingRetentionDays>{_KEPT}</RemainingRetentionDays>"
    return f"<DeletedTime>{moment(when)}</DeletedTime>{days}"


def _blob(blob: Blob, more: str, said: str, include: frozenset[str]) -> str:
    beside = ""
    if "metadata" in include:
        beside = _metadata(blob)
    if "tags" in include and blob.tags:
        pairs = "".join(
            f"<Tag><Key>{escape(key)}</Key><Value>{escape(value)}</Value></Tag>"
            for key, value in blob.tags
        )
        beside += f"<Tags><TagSet>{pairs}</TagSet></Tags>"
    return (
        f"<Blob><Name>{escape(blob.name)}</Name>{more}<Properties>{said}</Properties>"
        f"{beside}<OrMetadata /></Blob>"
    )


def _metadata(blob: Blob) -> str:
    if blob.customer_key:
        return '<Metadata Encrypted="true" />'
    pairs: Sequence[tuple[str, str]] = blob.metadata
    if blob.kind == "directory":
        pairs = (*pairs, ("hdi_isfolder", "true"))
    if not pairs:
        return "<Metadata />"
    return "<Metadata>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in pairs) + "</Metadata>"
