"""Headers of a mail: what people wrote, without what servers wrote for each other."""

from __future__ import annotations

from email import message_from_bytes

from connectors._envelopes import headers_of, recipients_of


def _header(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def test_what_servers_wrote_is_left_out() -> None:
    names = ["Received", "ARC-Seal", "X-MS-Exchange-Organization-SCL", "DKIM-Signature", "Subject"]
    value = {"internetMessageHeaders": [_header(name, "a") for name in [*names, "X-Form"]]}
    assert headers_of(value) == b"X-Form: a\r\n\r\n"


def test_a_line_break_begins_no_other_header() -> None:
    value = {"internetMessageHeaders": [_header("X-Form\r\nTo", "one\r\n\r\nX-Other: two")]}
    parsed = message_from_bytes(headers_of(value))
    assert len(parsed.keys()) == 1
    assert parsed.get_payload() == ""


def test_of_a_draft_the_names_with_digits_stand_in() -> None:
    to = [{"emailAddress": {"name": "room 12", "address": "a@x.example"}}]
    value = {"from": {"emailAddress": {"name": "Hanako"}}, "toRecipients": to}
    assert headers_of(value) == b"X-Name: room 12\r\n\r\n"
    assert headers_of({}) == b""


def test_every_recipient_counts() -> None:
    one = {"emailAddress": {"address": "a@x.example"}}
    value = {"toRecipients": [one], "bccRecipients": [one, {"emailAddress": {}}, {}]}
    assert recipients_of(value) == ("a@x.example", "a@x.example")
