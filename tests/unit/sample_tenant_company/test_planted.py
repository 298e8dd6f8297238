"""What the company says it planted is there, in the bytes that an audit will read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import UTC, datetime

from auditor.exposure import judge
from connectors._permissions import Directory, of_permission, of_recipients
from connectors._sample_tenant._company_keys import passes
from connectors._sample_tenant._model import DriveFile, ListRow, Message

# Twelve digits, in groups of four or not, that are no part of a longer number or word.
RUN = re.compile(
    r"(?<![0-9A-Za-z][ ,.-])(?<![0-9A-Za-z])"
    r"([0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4})(?![ ,.-]?[0-9A-Za-z])"
)

AZURE = {"azure_files", "azure_tables", "azure_queues"}
ELSEWHERE = {"teams", "intune", "dataverse", *AZURE}
"""Sources whose items have tests of their own."""


def folded(text):
    return unicodedata.normalize("NFKC", text)


def digits_of(text):
    """The text with digits folded and nothing between groups, for a plain search."""
    return "".join(c for c in folded(text) if c not in " -‐ー.,\r\n")


def _key(one):
    return one.source, one.partition, one.item


def test_every_planted_number_is_in_its_item(world, texts):
    digits = {key: digits_of(text) for key, text in texts.items()}
    missing = [
        (one.source, one.note)
        for one in world.planted
        if not one.note.startswith("encrypted")
        and one.number not in digits[_key(one)]
        and not (one.note == "leading zeros lost" and one.number.lstrip("0") in digits[_key(one)])
    ]
    assert missing == []


def test_encrypted_numbers_cannot_be_read(world, texts, entries):
    planted = [one for one in world.planted if one.note.startswith("encrypted")]
    assert len(planted) == 5
    assert not any(one.number in digits_of(texts[_key(one)]) for one in planted)
    (archive,) = [entry for entry in entries if entry.name == "マイナンバー一覧.zip"]
    raw = archive.item.data()
    assert not any(one.number.encode() in raw for one in planted)


def test_findings_pass_the_check_and_typos_do_not(world):
    wrong = [
        one.note
        for one in world.planted
        if one.confidence in {"high", "low"} and passes(one.number) == one.note.startswith("typo")
    ]
    assert wrong == []


def test_specimens_are_the_published_ones(world):
    specimens = {one.number for one in world.planted if one.confidence == "sample"}
    assert specimens == {"123456789018", "123456789012"}


def test_no_number_stands_in_two_kinds(world):
    levels = defaultdict(set)
    for one in world.planted:
        levels[one.number].add(one.confidence)
    assert [len(kinds) for kinds in levels.values() if len(kinds) > 1] == []


def test_words_are_those_of_the_contract(world):
    assert {one.confidence for one in world.planted} == {"high", "low", "sample", "none"}
    for one in world.planted:
        allowed = (
            {""} if one.confidence == "none" else {"private", "internal", "external", "public"}
        )
        assert one.exposure in allowed


def test_every_exposure_and_source_is_there(world):
    seen = {(one.source, one.exposure) for one in world.planted if one.confidence == "high"}
    assert {
        ("mail", "private"),
        ("mail", "external"),
        ("sharepoint", "private"),
        ("sharepoint", "internal"),
        ("sharepoint", "external"),
        ("sharepoint", "public"),
        ("onedrive", "private"),
        ("onedrive", "public"),
        ("blob", "private"),
        ("blob", "public"),
    } <= seen


def test_an_item_has_one_exposure(world):
    levels = defaultdict(set)
    for one in world.planted:
        if one.exposure:
            levels[_key(one)].add(one.exposure)
    assert [kinds for kinds in levels.values() if len(kinds) > 1] == []


def test_the_exposure_is_the_one_its_grants_mean(world, entries):
    """The planted word against the judgement of the real rules over the real permissions."""
    guests = {user.mail for user in world.users if user.user_type == "Guest"}
    directory = Directory({world.domain}, guests)
    expected = {_key(one): one.exposure for one in world.planted if one.exposure}
    wrong = []
    for entry in entries:
        item = entry.item
        if isinstance(item, Message):
            rules = next(u.forwards for u in world.users if u.mail == entry.partition)
            everybody = [entry.partition, *item.to, *item.cc, *item.bcc, *rules]
            grants = of_recipients(everybody, directory)
        elif isinstance(item, DriveFile | ListRow):
            grants = [g for p in item.permissions for g in of_permission(p, directory)]
        else:
            continue
        wanted = expected.get((entry.source, entry.partition, entry.name))
        if wanted and judge(grants, datetime(2026, 4, 1, tzinfo=UTC)).level != wanted:
            wrong.append((entry.source, wanted))
    assert wrong == []


def test_items_of_findings_have_names_of_their_own(world, entries):
    """So that a test can tell by source, partition and name what an item must give."""
    many = Counter((entry.source, entry.partition, entry.name) for entry in entries)
    spoken = {(g.mail, t.topic) for g in world.groups for t in g.threads}
    planted = {
        _key(one)
        for one in world.planted
        if one.source not in ELSEWHERE and (one.partition, one.item) not in spoken
    }
    assert planted <= many.keys()
    assert max(many[key] for key in planted) == 1


def test_a_message_of_teams_with_a_number_is_named_by_it_alone(world, texts):
    """Without a subject a message goes by its sender: one such with a number in each place."""
    teams = [one for one in world.planted if one.source == "teams"]
    assert len({_key(one) for one in teams}) == len(teams) > 10
    assert {_key(one) for one in teams} <= texts.keys()


def test_things_of_intune_have_names_of_their_own(world, kept_things):
    """Each place has one, and each of those has an item that is named by it alone."""
    many = Counter((place, name) for place, name, _ in kept_things)
    planted = {(one.partition, one.item) for one in world.planted if one.source == "intune"}
    assert planted <= many.keys()
    assert max(many[key] for key in planted) == 1
    assert {place for place, _ in many} == {place for place, _ in planted}


def test_files_rows_and_messages_of_storage_have_names_of_their_own(world, stored_things):
    """In every place but those of look-alikes something is planted."""
    many = Counter(stored_things)
    planted = {_key(one) for one in world.planted if one.source in AZURE}
    assert planted <= many.keys()
    assert max(many.values()) == 1
    assert {key[:2] for key in many} == {key[:2] for key in planted}


def test_nothing_else_could_be_a_number(world, texts):
    """Any unplanted run of twelve digits that passes would be a finding nobody expects."""
    known = defaultdict(set)
    for one in world.planted:
        known[_key(one)] |= {one.number, one.number[1:] if len(one.number) == 13 else one.number}
    teams = {one.number for one in world.planted if one.source == "teams"}
    for key in texts:
        if key[0] == "teams":  # a chat's messages stand with each of its people here
            known[key] |= teams
    stray = [
        key[:2]
        for key, text in texts.items()
        for found in (re.sub("[ -]", "", run) for run in RUN.findall(folded(text)))
        if passes(found) and found not in known[key]
    ]
    assert stray == []


def test_the_html_of_a_message_is_its_body(entries):
    mails = [entry.item for entry in entries if isinstance(entry.item, Message)]
    assert mails
    for message in mails[:: max(1, len(mails) // 60)]:
        body = message.html.replace("\r\n", "\n").strip()
        parts = [p for p in _parsed(message).walk() if p.get_content_maintype() == "text"]
        first = parts[0].get_content().replace("\r\n", "\n").strip()
        assert first == body


def _parsed(message):
    import email
    import email.policy

    return email.message_from_bytes(message.mime(), policy=email.policy.default)
