"""The mail folders of a mailbox: the usual ones, filled from the core and with ordinary mails."""

from __future__ import annotations

from itertools import accumulate

from connectors._sample_tenant._company_keys import draw, token
from connectors._sample_tenant._company_lazy import Lazy, Shelf
from connectors._sample_tenant._company_noise import Mails
from connectors._sample_tenant._company_plan import (
    DELETED,
    DRAFTS,
    DUMPSTER,
    HIDDEN,
    ID_TAIL,
    INBOX,
    SENT,
    Core,
)
from connectors._sample_tenant._model import MailFolder, Message

_TREE = (
    (INBOX, 46),
    (f"{INBOX}/社内連絡", 10),
    (f"{INBOX}/取引先", 12),
    (f"{INBOX}/取引先/見積", 5),
    (SENT, 17),
    ("アーカイブ", 5),
    (DELETED, 3),
    ("迷惑メール", 2),
    (DRAFTS, 0),
    ("2026年度", 0),
)
"""Folders of everybody, and their share of the ordinary mails in percent; two stay empty."""


def mail_folders(
    core: Core, mails: Mails, address: str, order: int | None
) -> tuple[MailFolder, ...]:
    """The top-level folders of a mailbox at place ``order`` among those with ordinary mails."""
    many = 0 if order is None else mails.many(order)
    bounds = [many * edge // 100 for edge in accumulate((share for _, share in _TREE), initial=0)]
    ranges = {path: (bounds[n], bounds[n + 1]) for n, (path, _) in enumerate(_TREE)}
    paths = dict.fromkeys(ranges)
    for owner, path in core.mails:
        if owner == address:
            steps = path.split("/")
            paths.update(dict.fromkeys("/".join(steps[: n + 1]) for n in range(len(steps))))

    def build(path: str) -> MailFolder:
        start, end = ranges.get(path, (0, 0))

        def make(place: int) -> Message:
            return mails.make(order or 0, start + place, sent=path == SENT)

        return MailFolder(
            id=f"AQMkADAwATM{token(draw(core.seed, 'folder', address, path), 60)}AAAA",
            name=path.rpartition("/")[2],
            messages=Shelf(
                core.mails.get((address, path), []), Lazy(end - start, make), ID_TAIL, start
            ),
            children=tuple(build(one) for one in paths if one.rpartition("/")[0] == path),
            hidden=path == HIDDEN,
            recoverable=path == DUMPSTER,
        )

    return tuple(build(path) for path in paths if "/" not in path)
