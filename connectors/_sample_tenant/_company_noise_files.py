"""Ordinary files and blobs: listed without being made, as their size follows from their kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache, partial

from connectors._sample_tenant._company_blobs import BACKUP, LOGS
from connectors._sample_tenant._company_keys import (
    blob_etag,
    code,
    courier,
    draw,
    grouped,
    guid,
    hash_text,
    individual,
)
from connectors._sample_tenant._company_noise import (
    BLOCK,
    lookalike_spot,
    person,
    role,
    spot,
    written,
)
from connectors._sample_tenant._company_plan import HIGH, NONE, day, file_id
from connectors._sample_tenant._company_sharing import (
    BY_GROUP,
    EXTERNAL,
    INTERNAL,
    PRIVATE,
    PUBLIC,
    Permission,
    Sharing,
)
from connectors._sample_tenant._documents import CSV_TYPE, PDF_TYPE, PNG_TYPE, TEXT_TYPE
from connectors._sample_tenant._documents_image import png
from connectors._sample_tenant._documents_office import DOCX_TYPE, PPTX_TYPE, Slide, docx, pptx
from connectors._sample_tenant._documents_pdf import pdf
from connectors._sample_tenant._documents_sheet import MEDIA_TYPE as XLSX_TYPE
from connectors._sample_tenant._documents_sheet import Sheet, xlsx_of_size
from connectors._sample_tenant._model import Blob, DriveFile, Planted
from connectors._sample_tenant._words import FILE_FOLDERS, PRODUCTS, SENTENCES, TOPICS

_ROOM = 12_288
_PICTURE = 72
_START = day(2019, 4, 1)
_DAYS = 7 * 365
_TYPES = {
    "xlsx": XLSX_TYPE,
    "docx": DOCX_TYPE,
    "pdf": PDF_TYPE,
    "pptx": PPTX_TYPE,
    "csv": CSV_TYPE,
    "txt": TEXT_TYPE,
    "png": PNG_TYPE,
}
_KINDS = ("xlsx", "xlsx", "xlsx", "docx", "docx", "pdf", "pdf", "pptx", "csv", "txt", "png")
_FINDING_KINDS = ("xlsx", "docx", "csv", "txt", "pdf")


def _table(entropy: bytes, extra: Sequence[Sequence[str]]) -> list[list[str | int]]:
    rows: list[list[str | int]] = [["品名", "数量", "単価", "備考"]]
    rows += [
        [PRODUCTS[byte % 16], byte % 50 + 1, 100 + byte * 10, SENTENCES[byte % 50][:12]]
        for byte in entropy[16:48]
    ]
    head: list[list[str | int]] = [[*row] for row in extra]
    return head + rows


def _extra(seed: int, kind: str, index: int, part: str) -> list[list[str]]:
    """The two rows that make a file a finding or a look-alike: a header and a value."""
    if part == "finding":
        entropy = draw(seed, kind, index)
        shown = written(individual(seed, kind, index), entropy[5])
        return [["氏名", "個人番号"], [person(entropy), shown]]
    if part == "lookalike":
        return [["出荷先", "送り状番号"], ["第2倉庫", grouped(courier(seed, kind, index), "-")]]
    return []


def content(seed: int, kind: str, index: int, part: str, suffix: str) -> bytes:
    """The bytes of a noise file; for office files the length depends on ``suffix`` only."""
    entropy = draw(seed, kind, index)
    extra = _extra(seed, kind, index, part)
    lines = [SENTENCES[byte % 50] for byte in entropy[16 : 24 + entropy[9] % 24]]
    title = TOPICS[entropy[4] % len(TOPICS)]
    labelled = [f"{name}：{value}" for name, value in zip(*extra, strict=True)] if extra else []
    match suffix:
        case "xlsx":
            return xlsx_of_size(Sheet("Sheet1", _table(entropy, extra)), _ROOM)
        case "docx":
            return docx([title, *lines, *([extra] if extra else [])], room=_ROOM)
        case "pptx":
            return pptx([Slide(title, [*lines[:12], *labelled])], room=_ROOM)
        case "pdf":
            return pdf([[title, *lines[:25], *labelled]], room=_ROOM)
        case "png":
            return png([draw(seed, index, row) + b"\x80" * 8 for row in range(_PICTURE)], level=0)
        case "csv":
            rows = _table(entropy, extra)
            return "".join(",".join(map(str, row)) + "\r\n" for row in rows).encode("cp932")
        case _:
            return "\r\n".join([title, *labelled, *lines, ""]).encode("cp932")


@lru_cache(maxsize=32)
def _fixed_size(suffix: str) -> int:
    return len(content(0, "size", 0, "", suffix))


def size(seed: int, kind: str, index: int, part: str, suffix: str) -> int:
    """The length of :func:`content`, cheaply."""
    if suffix in {"csv", "txt"}:
        return len(content(seed, kind, index, part, suffix))
    return _fixed_size(suffix)


def _suffix(entropy: bytes, part: str) -> str:
    kinds = _FINDING_KINDS if part else _KINDS
    return kinds[entropy[3] % len(kinds)]


@dataclass(frozen=True, slots=True)
class Place:
    """A drive that takes part in the noise."""

    source: str
    partition: str
    authors: tuple[str, ...]
    base: tuple[Permission, ...] = field(repr=False)
    """What every file in it inherits."""

    @property
    def reach(self) -> str:
        """The exposure that the inherited permissions alone give."""
        return PRIVATE if self.source == "onedrive" else BY_GROUP


class Files:
    """The noise of all drives: file ``place`` of drive ``n`` is number ``place * drives + n``."""

    def __init__(self, seed: int, places: Sequence[Place], sharing: Sharing, count: int) -> None:
        """``count`` files over ``places``."""
        self._seed = seed
        self._places = places
        self._sharing = sharing
        self.count = count

    def many(self, order: int) -> int:
        """How many noise files the drive at ``order`` has."""
        return max(0, -(-(self.count - order) // len(self._places)))

    def _shared(
        self, index: int, entropy: bytes, here: Place
    ) -> tuple[tuple[Permission, ...], str]:
        """Permissions and the exposure they mean."""
        chance = entropy[10]
        if chance < 24:
            made, level = self._sharing.link("organization", index), INTERNAL
        elif chance < 32:
            made, level = self._sharing.direct("mori@minato-print.example"), EXTERNAL
        elif chance < 36:
            made, level = self._sharing.link("anonymous", index), PUBLIC
        elif chance < 60:
            made = self._sharing.link("users", index, people=here.authors[:2])
            level = here.reach
        else:
            return here.base, here.reach
        return (*here.base, made), level

    def _name(self, entropy: bytes, place: int, suffix: str) -> str:
        month = f"{2019 + entropy[6] % 7}年{1 + entropy[7] % 12}月"
        tail = code(place, 4).lstrip("A") or "A"
        return f"{TOPICS[entropy[4] % len(TOPICS)]}_{month}_{tail}.{suffix}"

    def make(self, order: int, place: int) -> DriveFile:
        """The file at ``place`` of the drive at ``order``."""
        index = place * len(self._places) + order
        entropy = draw(self._seed, "file", index)
        part = role(self._seed, index, self.count)
        suffix = _suffix(entropy, part)
        here = self._places[order]
        identity = guid(entropy[12:]).upper()
        created = _START + timedelta(
            days=int.from_bytes(entropy[44:46]) % _DAYS, hours=entropy[46] % 10
        )
        permissions, _ = self._shared(index, entropy, here)
        return DriveFile(
            id=file_id(entropy, place),
            name=self._name(entropy, place, suffix),
            folder=FILE_FOLDERS[entropy[8] % len(FILE_FOLDERS)],
            size=size(self._seed, "file", index, part, suffix),
            ctag=f'"c:{{{identity}}},1"',
            etag=f'"{{{identity}}},1"',
            quick_xor_hash=hash_text(entropy[20:] + entropy[:20]),
            media_type=_TYPES[suffix],
            created=created,
            modified=created + timedelta(hours=entropy[47]),
            created_by=here.authors[entropy[11] % len(here.authors)],
            data=partial(content, self._seed, "file", index, part, suffix),
            permissions=permissions,
        )

    def planted(self, entry: int) -> Planted:
        """Entry ``2 * block`` is the finding of a block, the next one its look-alike."""
        block, odd = divmod(entry, 2)
        index = (lookalike_spot if odd else spot)(self._seed, block)
        entropy = draw(self._seed, "file", index)
        place, order = divmod(index, len(self._places))
        here = self._places[order]
        name = self._name(entropy, place, _suffix(entropy, "finding"))
        if odd:
            number = courier(self._seed, "file", index)
            return Planted(number, here.source, here.partition, name, NONE, "", "parcel number")
        _, level = self._shared(index, entropy, here)
        number = individual(self._seed, "file", index)
        return Planted(number, here.source, here.partition, name, HIGH, level, "noise")


class Blobs:
    """The noise of two containers, one after the other by turns."""

    containers = (BACKUP, LOGS)
    _PREFIX = ("連携", "logs")

    def __init__(self, seed: int, count: int) -> None:
        """``count`` blobs."""
        self._seed = seed
        self.count = count

    def many(self, order: int) -> int:
        """How many noise blobs the container at ``order`` has."""
        return max(0, -(-(self.count - order) // len(self.containers)))

    def _name(self, order: int, place: int, suffix: str) -> str:
        """Names grow with their position, as a listing is sorted."""
        letters = code(place).lower()
        return f"{self._PREFIX[order]}/{letters[:4]}/{letters}.{suffix}"

    def make(self, order: int, place: int) -> Blob:
        """The blob at ``place`` of the container at ``order``."""
        index = place * len(self.containers) + order
        entropy = draw(self._seed, "blob", index)
        part = role(self._seed, index, self.count)
        suffix = ("csv", "txt")[entropy[3] & 1]
        created = _START + timedelta(days=int.from_bytes(entropy[44:46]) % _DAYS)
        return Blob(
            name=self._name(order, place, suffix),
            size=size(self._seed, "blob", index, part, suffix),
            etag=blob_etag(entropy),
            media_type=_TYPES[suffix],
            created=created,
            modified=created + timedelta(minutes=entropy[47]),
            tier=("Hot", "Hot", "Cool")[entropy[2] % 3],
            data=partial(content, self._seed, "blob", index, part, suffix),
        )

    def planted(self, entry: int) -> Planted:
        """Entry ``2 * block`` is the finding of a block, the next one its look-alike."""
        block, odd = divmod(entry, 2)
        index = (lookalike_spot if odd else spot)(self._seed, block)
        place, order = divmod(index, len(self.containers))
        suffix = ("csv", "txt")[draw(self._seed, "blob", index)[3] & 1]
        name, container = self._name(order, place, suffix), self.containers[order]
        if odd:
            number = courier(self._seed, "blob", index)
            return Planted(number, "blob", container, name, NONE, "", "parcel number")
        number = individual(self._seed, "blob", index)
        return Planted(number, "blob", container, name, HIGH, PRIVATE, "noise")


def entries(count: int) -> int:
    """How many entries ``planted`` of a noise of ``count`` items has."""
    return 2 * (count // BLOCK)
