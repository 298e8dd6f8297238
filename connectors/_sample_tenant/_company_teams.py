"""What the company says in Teams and in a group's mailbox: every place a number can be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from connectors._sample_tenant._company_keys import courier, draw, guid, individual, token
from connectors._sample_tenant._company_people import (
    ACCOUNTS,
    AFFAIRS,
    GUEST,
    HR,
    HR_JUNIOR,
    IT,
    SALES,
)
from connectors._sample_tenant._company_plan import (
    HIGH,
    Core,
    Plant,
    attach,
    day,
    lookalike,
)
from connectors._sample_tenant._company_sharing import EXTERNAL, INTERNAL, PRIVATE
from connectors._sample_tenant._documents import PNG_TYPE, TEXT_TYPE
from connectors._sample_tenant._documents_image import qr
from connectors._sample_tenant._model import User
from connectors._sample_tenant._model_teams import (
    Channel,
    Chat,
    ChatMessage,
    Group,
    Hosted,
    Member,
    Post,
    Thread,
)
from connectors._sample_tenant._words import DOMAIN

TEAM, PARTNERS, PLAZA = "人事チーム", "労務相談", "全社広場"
MAILBOX, THREAD = f"jinji-team@{DOMAIN}", "扶養の届出について"
"""Mail address of the first team's group, and what its mails are about."""
OUTSIDER = "ishida@ishida-sr.example"
"""Somebody of another tenant, in a shared channel."""
FOREIGN = "3f8a1c64-7b2e-4d5a-9c1f-e0a6b8d4c2fa"
_APRIL = day(2026, 4, 6)
_CARD = "application/vnd.microsoft.card.adaptive"
_IMAGE = '<p>{0}</p><p><img src="{{hosted}}/hostedContents/{1}/$value" width="252"></p>'


class Writing:
    """Writes messages one after another, and what is planted in them."""

    def __init__(self, core: Core, users: Sequence[User]) -> None:
        """``core`` keeps what was planted."""
        self.core = core
        self.users = {user.mail: user for user in users}
        self._at = _APRIL

    def say(self, sender: str, text: str, **more: Any) -> ChatMessage:
        """A message, seven minutes after the last."""
        self._at += timedelta(minutes=7)
        identity = str(int(self._at.timestamp() * 1000) + 431)
        return ChatMessage(identity, sender, text, self._at, self._at, **more)

    def number(self, key: str) -> str:
        """A number of this chapter."""
        return individual(self.core.seed, "teams", key)

    def plant(self, where: str, item: str, exposure: str, number: str, note: str) -> None:
        """A number that an audit must find in ``item`` of the team or user ``where``."""
        self.core.plant("teams", where, item, exposure, [Plant((number,), HIGH, note)])

    def name(self, address: str) -> str:
        """What a message without a subject is called by."""
        return self.users[address].display_name

    def owner(self, *addresses: str) -> str:
        """The participant whose partition has the messages of a chat."""
        inside = [self.users[a] for a in addresses if self.users[a].user_type == "Member"]
        return min(inside, key=lambda user: user.id.lower()).mail

    def picture(self, number: str, key: str) -> Hosted:
        """A pasted picture of the back of a card."""
        identity = f"aWQ9{token(draw(self.core.seed, 'hosted', key), 40)}"
        return Hosted(identity, PNG_TYPE, partial(qr, number))


def write(core: Core, users: Sequence[User]) -> None:
    """The groups (three of them teams) and the chats."""
    pen = Writing(core, users)
    core.groups = (_personnel(pen), _partners(pen), _plaza(pen), _security(pen))
    core.chats = (_pair(pen), _several(pen), _meeting(pen))


def _personnel(pen: Writing) -> Group:
    """A private team: text, a reply, an edit, a deleted message, a card, a picture, a link."""
    plain, reply, edited = (pen.number(key) for key in ("plain", "reply", "edited"))
    first = pen.say(HR, f"<p>個人番号 {plain} の確認をお願いします。</p>", subject="番号の確認")
    answer = pen.say(
        ACCOUNTS, f"<p>マイナンバーは {reply} でした。</p>", reply_to=first.id, body_type="html"
    )
    changed = pen.say(HR, f"<p>訂正します。個人番号：{edited}</p>", subject="訂正", edited=True)
    standard = (
        pen.say(HR, "<systemEventMessage/>", event=_renamed()),
        first,
        answer,
        replace(changed, modified=changed.created + timedelta(minutes=3)),
        pen.say(HR, "", deleted=True),
        pen.say(HR_JUNIOR, "<p>ファイルを置きました。</p>", attachments=(_file(pen),)),
    )
    for item, number, note in (
        ("番号の確認", plain, "message of a channel"),
        (pen.name(ACCOUNTS), reply, "reply in a channel"),
        ("訂正", edited, "edited message"),
    ):
        pen.plant(TEAM, item, PRIVATE, number, note)
    card, shown = pen.number("card"), pen.number("picture")
    picture = pen.picture(shown, "channel")
    form = pen.say(HR, "<p>申請</p>", subject="入社申請カード", attachments=(_form(card),))
    pasted = pen.say(
        HR_JUNIOR,
        _IMAGE.format("写真です。", picture.id),
        hosted=(picture,),
        reply_to=form.id,
    )
    pen.plant(TEAM, "入社申請カード", PRIVATE, card, "card")
    pen.plant(TEAM, pen.name(HR_JUNIOR), PRIVATE, shown, "qr, pasted picture of a reply")
    members = (Member(HR, owner=True), Member(HR_JUNIOR), Member(ACCOUNTS))
    return Group(
        _id(pen, TEAM),
        TEAM,
        members,
        MAILBOX,
        unified=True,
        visibility="Private",
        channels=(
            Channel(_channel(pen, "一般"), "一般", standard),
            Channel(_channel(pen, "給与"), "給与", (form, pasted), "private", members[:2]),
        ),
        threads=(_thread(pen),),
    )


def _partners(pen: Writing) -> Group:
    """A team with a guest, and a channel shared with somebody of another tenant."""
    guest, outside = pen.number("guest"), pen.number("shared")
    said = pen.say(HR, f"<p>扶養者の個人番号は {guest} です。</p>", subject="扶養の届出")
    start = pen.say(HR, "<p>届出の件です。</p>", subject="共有の件")
    reply = pen.say(HR_JUNIOR, f"<p>個人番号 {outside}</p>", reply_to=start.id)
    pen.plant(PARTNERS, "扶養の届出", EXTERNAL, guest, "team with a guest")
    pen.plant(PARTNERS, pen.name(HR_JUNIOR), EXTERNAL, outside, "reply in a shared channel")
    sharers = (Member(HR, owner=True), Member(HR_JUNIOR), Member(OUTSIDER, tenant=FOREIGN))
    plaza = _id(pen, PLAZA)
    return Group(
        _id(pen, PARTNERS),
        PARTNERS,
        (Member(HR, owner=True), Member(HR_JUNIOR), Member(GUEST)),
        f"roumu@{DOMAIN}",
        unified=True,
        visibility="Private",
        channels=(
            Channel(_channel(pen, "相談"), "相談", (said,)),
            Channel(_channel(pen, "社外"), "社外共有", (start, reply), "shared", sharers, (plaza,)),
        ),
    )


def _plaza(pen: Writing) -> Group:
    """A team that everybody may join, with a number and parcels."""
    number = pen.number("public")
    parcel = courier(pen.core.seed, "teams")
    messages = (
        pen.say(SALES, f"<p>私の個人番号は {number} です。</p>", subject="うっかり投稿"),
        pen.say(AFFAIRS, f"<p>送り状番号 {parcel} で送りました。</p>", subject="発送のお知らせ"),
    )
    pen.plant(PLAZA, "うっかり投稿", INTERNAL, number, "public team")
    note = lookalike("courier number in a channel", parcel)
    pen.core.plant("teams", PLAZA, "発送のお知らせ", "", [note])
    return Group(
        _id(pen, PLAZA),
        PLAZA,
        tuple(Member(one, owner=one == AFFAIRS) for one in (AFFAIRS, SALES, IT, HR)),
        f"hiroba@{DOMAIN}",
        unified=True,
        visibility="Public",
        channels=(Channel(_channel(pen, "雑談"), "雑談", messages),),
    )


def _security(pen: Writing) -> Group:
    """The group that files are shared with: no team, another group inside."""
    identity = guid(draw(pen.core.seed, "group", "人事部"))
    return Group(identity, "人事部", (Member(IT),), nested=(_id(pen, TEAM),))


def _pair(pen: Writing) -> Chat:
    """Two people."""
    number = pen.number("pair")
    said = (
        pen.say(ACCOUNTS, "お疲れさまです", body_type="text"),
        pen.say(SALES, f"個人番号は {number} です", body_type="text"),
    )
    pen.plant(pen.owner(ACCOUNTS, SALES), pen.name(SALES), PRIVATE, number, "chat of two")
    ids = sorted(pen.users[one].id for one in (ACCOUNTS, SALES))
    return Chat(f"19:{ids[0]}_{ids[1]}@unq.gbl.spaces", "oneOnOne", _all(ACCOUNTS, SALES), said)


def _several(pen: Writing) -> Chat:
    """A group; one of them came later and does not see how it began."""
    early, shown = pen.number("early"), pen.number("chat picture")
    people = sorted((HR, IT, AFFAIRS), key=lambda one: pen.users[one].id)
    picture = pen.picture(shown, "chat")
    first = pen.say(people[1], f"<p>マイナンバー {early}</p>")
    later = pen.say(people[2], _IMAGE.format("裏面です", picture.id), hosted=(picture,))
    pen.plant(people[1], pen.name(people[1]), PRIVATE, early, "before the first one came")
    pen.plant(people[0], pen.name(people[2]), PRIVATE, shown, "qr, picture in a group chat")
    since = later.created - timedelta(minutes=5)
    identity = f"19:{token(draw(pen.core.seed, 'several'), 43)}@thread.v2"
    members = (Member(people[0], since=since), Member(people[1]), Member(people[2]))
    return Chat(identity, "group", members, (first, later), "番号の件")


def _meeting(pen: Writing) -> Chat:
    """A meeting with a guest."""
    number = pen.number("meeting")
    said = pen.say(HR_JUNIOR, f"<p>本人の個人番号：{number}</p>")
    where = pen.owner(HR_JUNIOR, AFFAIRS)
    pen.plant(where, pen.name(HR_JUNIOR), EXTERNAL, number, "chat of a meeting")
    identity = f"19:meeting_{token(draw(pen.core.seed, 'meeting'), 40)}@thread.v2"
    return Chat(identity, "meeting", _all(HR_JUNIOR, AFFAIRS, GUEST), (said,), "打合せ")


def _thread(pen: Writing) -> Thread:
    """A conversation in the group's mailbox: a number in a post, one in its attachment."""
    seed, sent = pen.core.seed, day(2026, 4, 8)
    posted, attached = pen.number("post"), pen.number("post attachment")
    for number, note in ((posted, "post of a group"), (attached, "attachment of a post")):
        pen.core.plant("mail", MAILBOX, THREAD, PRIVATE, [Plant((number,), HIGH, note)])
    paper = attach(seed, "届出.txt", TEXT_TYPE, f"個人番号 {attached}\r\n".encode())
    posts = (
        _post(pen, HR, "<p>届出をお送りください。</p>", sent),
        _post(pen, ACCOUNTS, f"<p>個人番号 {posted}</p>", sent + timedelta(hours=2), paper),
    )
    return Thread(f"AAQkA{token(draw(seed, 'thread'), 50)}", THREAD, posts)


def _post(pen: Writing, sender: str, html: str, sent: datetime, *attached: Any) -> Post:
    return Post(
        f"AAMkA{token(draw(pen.core.seed, 'post', html), 50)}", sender, html, sent, attached
    )


def _form(number: str) -> dict[str, Any]:
    """An adaptive card as a string of JSON."""
    facts = [{"title": "氏名", "value": "見本 花子"}, {"title": "個人番号", "value": number}]
    card = {"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "FactSet", "facts": facts}]}
    text = json.dumps(card, ensure_ascii=True)
    return _attachment("card-1", _CARD, content=text)


def _file(pen: Writing) -> dict[str, Any]:
    """A file: a link to where it lies."""
    url = "https://sampleshoji.sharepoint.example/sites/jinji/Shared/年間予定.xlsx"
    return _attachment(
        guid(draw(pen.core.seed, "file link")), "reference", name="年間予定.xlsx", contentUrl=url
    )


def _attachment(identity: str, kind: str, **more: str) -> dict[str, Any]:
    blank = dict.fromkeys(("contentUrl", "content", "name", "thumbnailUrl", "teamsAppId"))
    return {"id": identity, "contentType": kind, **blank, **more}


def _renamed() -> dict[str, Any]:
    return {
        "@odata.type": "#microsoft.graph.channelRenamedEventMessageDetail",
        "channelDisplayName": "一般",
        "initiator": None,
    }


def _all(*addresses: str) -> tuple[Member, ...]:
    return tuple(Member(one, owner=True) for one in addresses)


def _id(pen: Writing, name: str) -> str:
    return guid(draw(pen.core.seed, "team", name))


def _channel(pen: Writing, name: str) -> str:
    return f"19:{token(draw(pen.core.seed, 'channel', name), 43)}@thread.tacv2"
