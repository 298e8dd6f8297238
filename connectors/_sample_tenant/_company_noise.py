"""Ordinary mails, files and blobs without end; one in fifty holds a number, one a look-alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from connectors._sample_tenant._company_keys import (
    code,
    courier,
    draw,
    full_width,
    grouped,
    individual,
    token,
)
from connectors._sample_tenant._company_plan import (
    HIGH,
    NONE,
    Draft,
    day,
    message,
)
from connectors._sample_tenant._company_sharing import EXTERNAL, PRIVATE
from connectors._sample_tenant._documents import CSV_TYPE, PDF_TYPE, TEXT_TYPE, delimited
from connectors._sample_tenant._documents_forms import plain_pdf
from connectors._sample_tenant._model import Attachment, Message, Planted
from connectors._sample_tenant._words import (
    CHAT,
    COMPANY,
    GIVEN,
    LABOUR_OFFICE,
    PARTNERS,
    SENTENCES,
    SUBJECTS,
    SURNAMES,
)

BLOCK = 50
"""Every block of fifty items holds one finding and one look-alike."""
_STEP, _APART = 37, 17
_START = day(2022, 4, 1)
_SECONDS = 4 * 365 * 86_400
_PARAGRAPHS = tuple(f'<p style="margin:0">{sentence}</p>' for sentence in SENTENCES)
_HELLO = (_PARAGRAPHS[1], _PARAGRAPHS[0])
"""To a colleague, to somebody outside."""
_GOODBYE = SENTENCES.index("引き続きよろしくお願いいたします。")
_TOP = '<html><head><meta charset="utf-8"></head><body style="font-family:Meiryo;font-size:10pt">'
FINDING_SUBJECTS = (
    "マイナンバーのご連絡",
    "【人事】資格取得届に必要な番号について",
    "扶養追加の手続き",
    "Re: 個人番号の再提出",
    "住宅ローン控除の書類",
)
_ATTACHED = (("資料.pdf", PDF_TYPE), ("一覧.csv", CSV_TYPE), ("メモ.txt", TEXT_TYPE))
_PARCEL_SUBJECT = "発送のご連絡"


def spot(seed: int, block: int) -> int:
    """The index of the finding of a block; every residue comes up equally often."""
    return block * BLOCK + (block * _STEP + seed) % BLOCK


def lookalike_spot(seed: int, block: int) -> int:
    """The index of the look-alike of a block."""
    return block * BLOCK + (block * _STEP + seed + _APART) % BLOCK


def role(seed: int, index: int, count: int) -> str:
    """``finding``, ``lookalike`` or "" for the item at ``index`` of ``count``."""
    block = index // BLOCK
    if block >= count // BLOCK:
        return ""
    if index == spot(seed, block):
        return "finding"
    return "lookalike" if index == lookalike_spot(seed, block) else ""


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox that takes part in the noise."""

    address: str
    name: str
    signature: str = field(repr=False)


def box(address: str, name: str) -> Box:
    """A mailbox with the signature of its user."""
    shown = name.partition("（")[0]
    return Box(
        address,
        name,
        f"<p>--<br>{COMPANY}<br>{shown}<br>{address}<br>TEL 03-5550-01{len(address):02d}</p>",
    )


def written(number: str, style: int) -> str:
    """A number the way people write it: grouped, bare, full-width, with hyphens."""
    match style % 4:
        case 0:
            return grouped(number)
        case 1:
            return number
        case 2:
            return full_width(number)
        case _:
            return grouped(number, "-")


def person(entropy: bytes) -> str:
    """A full name."""
    return f"{SURNAMES[entropy[0] % 40][0]} {GIVEN[entropy[1] % 40][0]}"


def _file(entropy: bytes, media_type: str) -> bytes:
    if media_type == PDF_TYPE:
        return plain_pdf(SUBJECTS[entropy[9] % len(SUBJECTS)], entropy[10], pages=1)
    if media_type == CSV_TYPE:
        rows: list[list[str | int]] = [["品番", "数量"]]
        rows += [[f"A-{byte:03d}", byte % 40] for byte in entropy[10:24]]
        return delimited(rows)
    return "\r\n".join(SENTENCES[byte % 50] for byte in entropy[10:22]).encode("cp932")


class Mails:
    """The noise of all mailboxes: mail ``place`` of mailbox ``n`` is ``place * boxes + n``."""

    def __init__(self, seed: int, boxes: Sequence[Box], count: int) -> None:
        """``count`` mails over ``boxes``."""
        self._seed = seed
        self._boxes = boxes
        self.count = count

    def many(self, order: int) -> int:
        """How many noise mails the mailbox at ``order`` has."""
        return max(0, -(-(self.count - order) // len(self._boxes)))

    def _number(self, index: int) -> str:
        return individual(self._seed, "noise mail", index)

    def _subject(self, index: int, entropy: bytes, part: str) -> str:
        if part == "finding":
            topic = FINDING_SUBJECTS[entropy[4] % len(FINDING_SUBJECTS)]
            return f"{topic}（{person(entropy)}） [HR-{code(index, 5)}]"
        if part == "lookalike":
            return f"{_PARCEL_SUBJECT}（{PARTNERS[entropy[4] % 6][0]}） [SHIP-{code(index, 5)}]"
        return SUBJECTS[entropy[4] % len(SUBJECTS)] if index % 10 else CHAT[entropy[4] % len(CHAT)]

    def _special(self, index: int, entropy: bytes, part: str) -> str:
        """The paragraph that makes a mail a finding or a look-alike."""
        if part == "lookalike":
            number = courier(self._seed, "noise mail", index)
            return f"<p>お問い合わせ送り状番号：{grouped(number, '-')}（{PARTNERS[0][0]}）</p>"
        shown = written(self._number(index), entropy[5])
        if entropy[6] % 3 == 0:
            return (
                '<table border="1"><tr><th>氏名</th><th>個人番号</th></tr>'
                f"<tr><td>{person(entropy)}</td><td>{shown}</td></tr></table>"
            )
        return (
            f"<p>{person(entropy)}さんの{('個人番号', 'マイナンバー')[entropy[6] & 1]}：{shown}</p>"
        )

    def _files(self, index: int, entropy: bytes) -> tuple[Attachment, ...]:
        """One mail in sixteen brings a small file."""
        if entropy[7] % 16:
            return ()
        name, media_type = _ATTACHED[entropy[8] % 3]
        identity = f"AAMkADI{token(draw(self._seed, 'mail file', index), 64)}BEgAQA"
        return (Attachment(identity, name, media_type, partial(_file, entropy, media_type)),)

    def make(self, order: int, place: int, *, sent: bool) -> Message:
        """The mail at ``place`` of the mailbox at ``order``."""
        index = place * len(self._boxes) + order
        entropy = draw(self._seed, "mail", index)
        part = role(self._seed, index, self.count)
        own = self._boxes[order]
        other = self._boxes[int.from_bytes(entropy[10:12]) % len(self._boxes)]
        outside = not part and entropy[12] % 7 == 0
        partner = f"info@{PARTNERS[entropy[13] % 6][1]}"
        there = partner if outside else other.address
        subject = self._subject(index, entropy, part)
        middle = dict.fromkeys(byte % 50 for byte in entropy[16 : 24 + entropy[14] % 16])
        pieces = [_HELLO[outside], *map(_PARAGRAPHS.__getitem__, middle), _PARAGRAPHS[_GOODBYE]]
        if part:
            pieces.insert(2, self._special(index, entropy, part))
        elif index % 10 == 0:
            pieces = [f"<p>{subject}</p>"]
        author = own if sent or outside else other
        away = part == "finding" and entropy[15] % 4 == 0
        draft = Draft(
            subject,
            f"{_TOP}{''.join(pieces)}{author.signature}</body></html>",
            own.address if sent else there,
            (there,) if sent else (own.address,),
            (LABOUR_OFFICE,) if away else (),
            when=_START + timedelta(seconds=int.from_bytes(entropy[40:46]) % _SECONDS),
            body_type="html",
            attachments=() if part else self._files(index, entropy),
        )
        return message(draft, draw(self._seed, "mail id", index), place)

    def planted(self, entry: int) -> Planted:
        """Entry ``2 * block`` is the finding of a block, the next one its look-alike."""
        block, odd = divmod(entry, 2)
        index = (lookalike_spot if odd else spot)(self._seed, block)
        entropy = draw(self._seed, "mail", index)
        address = self._boxes[index % len(self._boxes)].address
        if odd:
            number = courier(self._seed, "noise mail", index)
            subject = self._subject(index, entropy, "lookalike")
            return Planted(number, "mail", address, subject, NONE, "", "parcel number")
        exposure = EXTERNAL if entropy[15] % 4 == 0 else PRIVATE
        subject = self._subject(index, entropy, "finding")
        return Planted(self._number(index), "mail", address, subject, HIGH, exposure, "noise")
