"""One person, one session: signing in online at a second window ends it at the first, whichever record comes in first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.duty.usecases import RecordSignIn, RecordSignOut
from clerk_app.office.events import SessionMoved
from clerk_app.outside.ids import new_id
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall, read_document
from clerk_app.store.tables import sign_ins
from resources import path
from tests.server.desk import CODE, DAY, NOW, Desk
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall, RealWindow

DATABASES = ("postgresql",)

WHO, WORD = "P203", "lian-xi-203"  # A角 at window 2, B角 at window 3


def rows(office: CentreOffice) -> dict[str, bool]:
    """Whether each sign-in has ended."""
    with office.database.reading() as connection:
        return {row.id: row.ended for row in connection.execute(select(sign_ins))}


@pytest.fixture
def sat(desk: Desk, desk_at: Any) -> Any:
    """P203's sign-in at window 2 or 3, so many minutes after the other."""
    other = desk_at(3)
    assert other.sign_in(WORD, WHO).status == 200
    places = {2: desk, 3: other}

    def record(window: int, minutes: int, *, online: bool = True) -> tuple[Desk, dict[str, Any], str]:
        at, key = places[window], new_id()
        stamp = at.stamp(actor=WHO, post="A1" if window == 2 else "A2", at=NOW + timedelta(minutes=minutes))
        return at, at.record(RecordSignIn(**stamp, sign_in=key, online=online)), key

    return record


def test_the_later_sign_in_ends_the_earlier_one(sat: Any, office: CentreOffice) -> None:
    (first, one, key_one), (second, two, key_two) = sat(2, 0), sat(3, 5)
    assert first.states(one) == ["applied"]
    cursor = first.changes().json["cursor"]
    assert second.states(two) == ["applied"]
    assert rows(office) == {key_one: True, key_two: False}
    told = {c["subject"]: c["row"]["ended"] for c in first.changes(cursor).json["changes"]}
    assert told == {f"sign_in:{key_one}": True, f"sign_in:{key_two}": False}


def test_also_when_the_earlier_ones_record_comes_in_later(sat: Any, office: CentreOffice) -> None:
    (first, one, key_one), (second, two, key_two) = sat(2, 0), sat(3, 5)
    assert second.states(two) == ["applied"]
    assert first.states(one) == ["applied"], "a fact is recorded whenever it comes"
    assert rows(office) == {key_one: True, key_two: False}


def test_a_sign_in_with_the_line_cut_ends_nobodys(sat: Any, office: CentreOffice) -> None:
    (first, one, key_one), (second, two, key_two) = sat(2, 0), sat(3, 5, online=False)
    assert (first.states(one), second.states(two)) == (["applied"], ["applied"])
    assert rows(office) == {key_one: False, key_two: False}, "both stand"
    (task,) = [c["row"] for c in first.changes().json["changes"] if c["subject"].startswith("task:")]
    assert (task["kind"], task["subject"], task["window"]) == ("overlap", f"sign_in:{key_two}", 3)
    assert "许可心" in task["words"]
    assert "2号、3号" in task["words"]


def test_two_with_the_line_cut_are_one_task_for_the_duty_manager(sat: Any, office: CentreOffice) -> None:
    (first, one, key_one), (second, two, key_two) = sat(2, 0, online=False), sat(3, 5, online=False)
    assert (second.states(two), first.states(one)) == (["applied"], ["applied"])
    assert rows(office) == {key_one: False, key_two: False}
    tasks = [c["row"]["kind"] for c in first.changes().json["changes"] if c["subject"].startswith("task:")]
    assert tasks == ["overlap"]


def test_one_left_open_on_another_day_is_no_overlap(sat: Any, office: CentreOffice) -> None:
    (first, one, _), (second, two, _) = sat(2, -24 * 60), sat(3, 5, online=False)
    assert (first.states(one), second.states(two)) == (["applied"], ["applied"])
    assert [c for c in first.changes().json["changes"] if c["subject"].startswith("task:")] == []


def test_the_same_window_again_after_a_crash(sat: Any, office: CentreOffice) -> None:
    (first, one, key_one), (_, two, key_two) = sat(2, 0), sat(2, 5)
    assert first.states(one, two) == ["applied", "applied"]
    assert rows(office) == {key_one: True, key_two: False}


def test_another_persons_session_is_left_alone(sat: Any, desk_at: Any, office: CentreOffice) -> None:
    third = desk_at(4)
    assert third.do(third.present())["state"] == "applied"
    first, one, key = sat(2, 30)
    assert first.states(one) == ["applied"]
    assert sum(not ended for ended in rows(office).values()) == 2
    assert first.do(RecordSignOut(**first.stamp(), sign_in=key))["state"] == "applied"
    assert rows(office)[key]


@pytest.fixture
def hall(url: str, tmp_path: Path) -> Iterator[RealHall]:
    with closing(Database(url)) as database, open_door(app_over(CentreOffice(database, enrolment_code=CODE))) as base:
        hall = RealHall(tmp_path, base, CODE)
        yield hall
        hall.close()


def moved(window: RealWindow) -> list[SessionMoved]:
    return [event for event in window.events if isinstance(event, SessionMoved)]


def test_the_first_window_hears_of_it_and_locks(hall: RealHall) -> None:
    first, second = hall.window(2), hall.window(3)
    first.sits(WHO, WORD)
    first.rounds(3)
    second.sits(WHO, WORD)
    second.rounds()
    assert moved(first) == []
    first.rounds(1)
    (event,) = moved(first)
    assert event.window == 3
    assert "3号窗口" in event.sentence
    assert first.office.session is not None, "the pages save first"
    first.rounds(1)
    assert first.office.session is None
    assert moved(first) == [event], "said once"
    assert second.office.session is not None
    second.rounds(2)
    assert second.office.session is not None
    assert moved(second) == []
    first.sits(WHO, WORD)
    first.rounds(2)
    second.rounds(2)
    assert [event.window for event in moved(second)] == [2], "and back again"


def test_a_window_that_was_cut_meanwhile_locks_when_it_is_back(hall: RealHall) -> None:
    first, second = hall.window(2), hall.window(3)
    first.sits(WHO, WORD)
    first.rounds(2)
    first.line.cut()
    first.rounds(1)
    second.sits(WHO, WORD)
    second.rounds(2)
    assert moved(first) == []
    assert first.office.session is not None, "with the line cut nobody can know"
    first.line.join()
    first.rounds(3)
    assert [event.window for event in moved(first)] == [3]
    assert first.office.session is None


def test_a_new_hall_version_reaches_a_window_within_two_rounds(hall: RealHall, url: str) -> None:
    """Letters and the standing of seals come with it."""
    window = hall.window(2)
    window.rounds(3)
    before = window.office.hall
    text = path("halls", "training.yaml").read_text("utf-8")
    document = read_document(text, DAY + timedelta(days=1))
    with closing(Database(url)) as database, database.writing() as connection:
        loaded = load_hall(connection, document, training_passwords=False)
    window.rounds(1)
    assert window.office.hall.version == before.version
    window.rounds(1)
    assert window.office.hall.version == loaded.version
    assert window.office.hall.roster.letters != before.roster.letters
    greeted = []
    hello = window.office.parts.centre.hello
    window.office.parts.centre.hello = lambda *said: greeted.append(1) or hello(*said)
    window.rounds(3)
    assert greeted == [], "nothing new, nothing asked"
