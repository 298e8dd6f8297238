"""Modes of real files → who reaches them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Broken, ConnectorError, Gone, Reach
from connectors._modes import of_files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
OWNER, GROUP, EVERYONE = Reach.OWNER, Reach.LARGE_GROUP, Reach.ORGANISATION
STRANGE = 54_321


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder whose parents everybody may enter; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def refused(error: OSError) -> ConnectorError:
    return Gone(type(error).__name__)


def reaches(*paths: Path) -> list[list[Reach]]:
    answers = of_files(paths, refused)
    assert not [answer for answer in answers if isinstance(answer, ConnectorError)]
    return [[grant.reach for grant in answer] for answer in answers]  # type: ignore[union-attr]


def make(path: Path, mode: int) -> Path:
    path.touch()
    if os.geteuid() == 0:
        os.chown(path, -1, STRANGE)  # no user's own group
    path.chmod(mode)
    return path


def test_reach_follows_the_mode(place: Path) -> None:
    modes = (0o600, 0o604, 0o640, 0o644, 0o200)
    found = reaches(*(make(place / f"{mode:o}", mode) for mode in modes))
    if os.geteuid() == 0:
        assert found == [
            [OWNER],
            [OWNER, EVERYONE],
            [OWNER, GROUP],
            [OWNER, GROUP, EVERYONE],
            [OWNER],
        ]
    assert [EVERYONE in reach for reach in found] == [False, True, False, True, False]


@pytest.mark.parametrize("closed", ["", "a", "a/b"])
def test_a_closed_folder_above_keeps_others_out(place: Path, closed: str) -> None:
    (place / "a" / "b").mkdir(parents=True)
    path = make(place / "a" / "b" / "file", 0o666)
    (place / closed).chmod(0o700)
    assert reaches(path) == [[OWNER]]


def test_a_users_own_group_is_nobody_else(place: Path) -> None:
    path = place / "file"
    path.touch()
    path.chmod(0o660)
    found = reaches(path)
    if path.owner() == path.group():
        assert found == [[OWNER]]


def test_owner_and_group_are_named(place: Path) -> None:
    path = make(place / "file", 0o640)
    (grants,) = of_files([path], refused)
    assert not isinstance(grants, ConnectorError)
    assert grants[0].who == path.owner()
    if os.geteuid() == 0:
        assert grants[1].who == f"gid {STRANGE}"
        assert grants[1].people is None


def test_a_failed_question_is_an_error_not_nothing(place: Path) -> None:
    there, gone = make(place / "file", 0o644), place / "gone"
    answers = of_files([gone, there], refused)
    assert isinstance(answers[0], Gone)
    assert not isinstance(answers[1], ConnectorError)


def test_windows_is_said_to_be_unknown(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(place / "file", 0o644)
    monkeypatch.setattr("connectors._modes.os.name", "nt")
    (answer,) = of_files([path], refused)
    monkeypatch.undo()
    assert isinstance(answer, Broken)
