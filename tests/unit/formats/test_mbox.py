from __future__ import annotations

from auditor.model import Limits

BOX = b"""From a@b Mon Jan  1 00:00:00 2026
From: a@b
To: c@d

one
From here on it is text.

From c@d Mon Jan  1 00:00:00 2026
From: c@d
To: a@b

two
"""


def test_every_mail_is_a_member(read) -> None:
    reading = read(BOX, "Inbox")
    assert reading.format == "mbox"
    assert [(m.path, m.media_type) for m in reading.members] == [
        (("mail 1",), "message/rfc822"),
        (("mail 2",), "message/rfc822"),
    ]
    assert b"From here on" in reading.members[0].data
    assert read(BOX, limits=Limits(members=1)).reasons == ["too_many_members"]


def test_one_mail_by_its_name_is_a_mail(read) -> None:
    reading = read(BOX, "one.eml")
    assert reading.format == "eml"
    assert "one" in reading.texts[""]
