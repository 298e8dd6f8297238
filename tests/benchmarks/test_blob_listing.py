"""What listing blobs costs: CPU a blob, parsed and made into items, against the mere parsing."""

from __future__ import annotations

import functools
import time
from collections.abc import AsyncIterator
from xml.etree import ElementTree as ET

import pytest

from connectors._blob_items import item_of
from connectors._model import Partition
from connectors._storage import _parsed

BLOBS = 5_000
ROUNDS = 9
MOST = 30.0
"""Microseconds of CPU a blob."""
_BESIDE = (
    "<Metadata><department>jinji</department><owner>a</owner></Metadata><Tags><TagSet><Tag>"
    "<Key>project</Key><Value>payroll</Value></Tag></TagSet></Tags>"
)


def row(number: int, beside: str) -> str:
    """A blob as the service writes it."""
    stamp = f"Mon, 10 May 2021 03:{number // 60 % 60:02}:{number % 60:02} GMT"
    return (
        f"<Blob><Name>hr/2026/{number:07}/file.csv</Name><Properties>"
        f"<Creation-Time>{stamp}</Creation-Time><Last-Modified>{stamp}</Last-Modified>"
        f"<Etag>0x8D91367B{number:07X}</Etag><Content-Length>{number}</Content-Length>"
        "<Content-Type>application/octet-stream</Content-Type><Content-Encoding />"
        "<Content-Language /><Content-CRC64>AAAAAAAAAAA=</Content-CRC64>"
        "<Content-MD5>sQqNsWTgdUEFt6mb5y4/5Q==</Content-MD5><Cache-Control />"
        "<Content-Disposition /><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier>"
        "<AccessTierInferred>true</AccessTierInferred><LeaseStatus>unlocked</LeaseStatus>"
        "<LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted></Properties>"
        f"{beside}<OrMetadata /></Blob>"
    )


class Answer:
    """A page that has arrived."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._data), 1 << 20):
            yield self._data[start : start + (1 << 20)]


@pytest.mark.benchmark
@pytest.mark.parametrize("beside", ["", _BESIDE], ids=["plain", "metadata and tags"])
async def test_a_blob_costs_at_most_thirty_microseconds(beside: str) -> None:
    rows = "".join(row(number, beside) for number in range(BLOBS))
    page = f"<EnumerationResults><Blobs>{rows}</Blobs><NextMarker /></EnumerationResults>".encode()
    make = functools.partial(item_of, Partition("blob", "i", "n", "t"), "https://a/c")
    ours, bare = [], []
    for _ in range(ROUNDS):
        began = time.process_time()
        items, _marker = await _parsed(Answer(page), "Blob", make)
        ours.append((time.process_time() - began) / BLOBS * 1e6)
        assert len(items) == BLOBS
        began = time.process_time()
        ET.fromstring(page)
        bare.append((time.process_time() - began) / BLOBS * 1e6)
    best = min(ours)
    print(f"\n{best:.1f} us CPU a blob, {best / min(bare):.1f} times the mere parsing")
    assert best <= MOST
