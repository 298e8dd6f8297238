"""A ``Blob`` element of a listing → an item. Called once a blob: kept to a few microseconds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from connectors._model import Item, Partition

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MONTHS = {
    name: number
    for number, name in enumerate(
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1
    )
}
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_EARLIER = {"VersionId": ("versionid", "version"), "Snapshot": ("snapshot", "snapshot")}
"""Element → the option that reads it, and its word."""


def item_of(partition: Partition, url: str, element: Element) -> Item | None:
    """A blob, an earlier version, a snapshot, a deleted one; None for a folder that is there.

    ``url`` is the container's. Facts: ``tier``, ``etag``, ``metadata`` and ``tags`` as text,
    ``of`` (name and query) and ``part`` of an earlier state, ``deleted`` (a day),
    ``only_versions``, ``key`` (the customer's own), ``lake`` (in a hierarchical account).
    """
    tops = {child.tag: child for child in element}
    said = {child.tag: child.text for child in tops.get("Properties") or ()}
    kind = said.get("ResourceType")
    if kind == "directory" and "Deleted" not in tops:
        return None
    name = _name(tops.get("Name"))
    etag, size = (said.get("Etag") or "").strip('"'), int(said.get("Content-Length") or 0)
    facts: dict[str, Any] = {}
    if tier := said.get("AccessTier"):
        facts["tier"] = tier
    if kind:
        facts["lake"] = True
    if said.get("CustomerProvidedKeySha256"):
        facts["key"] = True
    identifier, version, address = name, etag, f"{url}/{quote(name, safe='/~')}"
    if len(tops) > 2 and _beside(tops, facts) and "Deleted" not in tops:
        return None
    if texts := facts.get("metadata", "") + facts.get("tags", ""):
        facts["etag"] = etag
        version = f"{etag}/{texts}"  # new tags do not change the ETag
    if earlier := _earlier(tops):
        option, word, stamp = earlier
        facts |= {"of": (name, {option: stamp}), "part": _part(word, stamp)}
        identifier, address = f"{name}?{option}={stamp}", f"{address}?{option}={quote(stamp)}"
    if _true(tops, "Deleted"):
        gone = said.get("DeletedTime")
        mark = (tops["DeletionId"].text if "DeletionId" in tops else gone) or "then"
        facts["deleted"] = day_of(gone)
        identifier = f"{identifier}?deleted={mark}"
    digest = "" if texts else said.get("Content-MD5")  # equal content, other words beside it
    above, _, last = name.rstrip("/").rpartition("/")
    return Item(
        partition,
        id=identifier,
        name=last,
        version=version,
        size=size,
        modified=_moment(said.get("Last-Modified")),
        created=_moment(said.get("Creation-Time")),
        url=address,
        media_type=said.get("Content-Type") or "",
        path=above,
        digest=f"md5:{digest}:{size}" if digest else "",
        facts=facts,
    )


def latest(items: Iterable[Item]) -> list[Item]:
    """Of the earlier versions of a blob on one page the last one; likewise of its snapshots.

    Listings go from the oldest to the newest. Where a page ends within a blob, there is one more.
    """
    kept: dict[Any, Item] = {}
    for item in items:
        name, query = item.facts.get("of", ("", ()))
        readable = query and "deleted" not in item.facts
        kept[(name, *query) if readable else item.id] = item
    return list(kept.values())


def _name(element: Element | None) -> str:
    name = (element.text if element is not None else "") or ""
    return unquote(name) if element is not None and element.get("Encoded") == "true" else name


def _beside(tops: dict[str, Element], facts: dict[str, Any]) -> bool:
    """Note metadata and tags; says whether they mark a folder, as hierarchical clients do it."""
    pairs = [(child.tag, child.text or "") for child in tops.get("Metadata", ())]
    if any(key.lower() == "hdi_isfolder" and value == "true" for key, value in pairs):
        return True
    if pairs:
        facts["metadata"] = _lines(pairs)
    tags = [tag for group in tops.get("Tags", ()) for tag in group]
    if tags:
        facts["tags"] = _lines([(t.findtext("Key") or "", t.findtext("Value") or "") for t in tags])
    if _true(tops, "HasVersionsOnly"):
        facts["only_versions"] = True
    return False


def _lines(pairs: Sequence[tuple[str, str]]) -> str:
    """``key: value`` a line; what was written with percent signs to get through a header, too."""
    return "".join(f"{key}: {unquote(value)}\n" for key, value in pairs)


def _earlier(tops: dict[str, Element]) -> tuple[str, str, str] | None:
    """Option, word and stamp of a version that is not the current one, or of a snapshot."""
    if "Snapshot" in tops and (stamp := tops["Snapshot"].text):
        return (*_EARLIER["Snapshot"], stamp)
    if "VersionId" in tops and not _true(tops, "IsCurrentVersion"):
        stamp = tops["VersionId"].text
        return (*_EARLIER["VersionId"], stamp) if stamp else None
    return None


def _part(word: str, stamp: str) -> str:
    """A version as people name it: to the second."""
    found = _STAMP.match(stamp)
    return f"{word} {found[0]}Z" if found else word


def _true(tops: dict[str, Element], tag: str) -> bool:
    return tag in tops and (tops[tag].text or "").lower() == "true"


def day_of(text: str | None) -> str:
    """The day of a moment as storage writes it, for people."""
    when = _moment(text)
    return f"{when:%Y-%m-%d}" if when else "at an unknown time"


@functools.lru_cache(1024)
def _moment(text: str | None) -> datetime | None:
    """``Mon, 02 Jan 2006 15:04:05 GMT``, always so; the general parser costs ten times as much."""
    if not text:
        return None
    try:
        hour, minute, second = map(int, text[17:25].split(":"))
        month = _MONTHS[text[8:11]]
        return datetime(int(text[12:16]), month, int(text[5:7]), hour, minute, second, tzinfo=UTC)
    except (KeyError, ValueError):
        return None
