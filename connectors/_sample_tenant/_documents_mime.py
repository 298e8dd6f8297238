"""Mails as they travel: MIME with Japanese charsets, attachments, pictures, mails in mails."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from datetime import datetime
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.message import Message as Mime
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from connectors._sample_tenant._model import Attachment

_WIRE = email.policy.compat32.clone(linesep="\r\n")


def _charset(name: str) -> Charset | str:
    if name != "utf-8":
        return name
    charset = Charset(name)
    charset.body_encoding = QP
    return charset


def _part(attachment: Attachment) -> Mime:
    if attachment.kind == "item":
        part: Mime = MIMEMessage(email.message_from_bytes(attachment.data()))
    else:
        major, _, minor = attachment.content_type.partition("/")
        part = MIMEBase(major, minor)
        part.set_payload(attachment.data())
        encode_base64(part)
    name = ("utf-8", "", attachment.name)
    part.add_header(
        "Content-Disposition", "inline" if attachment.inline else "attachment", filename=name
    )
    if attachment.inline:
        part.add_header("Content-ID", f"<{attachment.name}>")
    return part


def mime(  # noqa: PLR0913 - the fields of a mail
    *,
    mark: str,
    subject: str,
    sender: str,
    to: Sequence[str],
    cc: Sequence[str],
    when: datetime,
    body: str,
    body_type: str,
    charset: str,
    attachments: Sequence[Attachment],
) -> bytes:
    """Return the mail; ``mark`` (letters) makes boundary and Message-ID, so they never change."""
    text = MIMEText(body, "plain" if body_type == "text" else "html", _charset(charset))  # type: ignore[arg-type]
    root: Mime = text
    held = [one for one in attachments if one.kind != "reference"]
    inline = [one for one in held if one.inline]
    others = [one for one in held if not one.inline]
    if inline:
        related = MIMEMultipart("related", boundary=f"=_related_{mark}")
        related.attach(text)
        for one in inline:
            related.attach(_part(one))
        root = related
    if others:
        mixed = MIMEMultipart("mixed", boundary=f"=_mixed_{mark}")
        mixed.attach(root)
        for one in others:
            mixed.attach(_part(one))
        root = mixed
    root["Subject"] = Header(subject, charset, header_name="Subject").encode()
    root["From"] = sender
    root["To"] = ", ".join(to) if to else "undisclosed-recipients:;"
    if cc:
        root["Cc"] = ", ".join(cc)
    root["Date"] = format_datetime(when)
    root["Message-ID"] = f"<{mark.lower()}@{sender.rpartition('@')[2]}>"
    return root.as_bytes(policy=_WIRE)
