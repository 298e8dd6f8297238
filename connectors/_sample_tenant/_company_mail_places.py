"""Mails where few look: the dumpster, a header, a room's mailbox that forwards to outside."""

from __future__ import annotations

from connectors._sample_tenant._company_keys import individual
from connectors._sample_tenant._company_people import HR, IT, ROOM
from connectors._sample_tenant._company_plan import (
    DUMPSTER,
    INBOX,
    Core,
    Draft,
    Plant,
    day,
)
from connectors._sample_tenant._company_sharing import EXTERNAL, PRIVATE


def write(core: Core) -> None:
    """Everything of this chapter."""
    for folder in ("Deletions", "Purges", "Versions"):
        number = individual(core.seed, "dumpster", folder)
        core.mail(
            IT,
            f"{DUMPSTER}/{folder}",
            PRIVATE,
            Draft(
                f"扶養控除の確認（{folder}）",
                f"妻の個人番号は {number} です。\r\n",
                IT,
                (IT,),
                when=day(2026, 2, 3),
            ),
            Plant((number,), note=f"recoverable items: {folder}"),
        )
    number = individual(core.seed, "header")
    core.mail(
        IT,
        INBOX,
        PRIVATE,
        Draft(
            "申請を受け付けました",
            "申請内容を確認のうえ、ご連絡します。\r\n",
            IT,
            (IT,),
            headers=(("X-Form-Fields", f"kojinbango={number}; shain=A-17"),),
        ),
        Plant((number,), note="header of a mail"),
    )
    number = individual(core.seed, "room")
    core.mail(
        ROOM,
        INBOX,
        EXTERNAL,
        Draft(
            "面談のご案内",
            f"お持ちいただくもの：個人番号 {number} の控え\r\n",
            HR,
            (ROOM,),
        ),
        Plant((number,), note="mailbox of a room, forwarded to outside by a rule"),
    )
