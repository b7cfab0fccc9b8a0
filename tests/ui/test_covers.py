"""The whole desk: who sees which pages, what covers it, and whose name stands on the top line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clerk_app.command import Refusal
from clerk_app.duty.model import Seat
from clerk_app.duty.training import training_password
from clerk_app.office.duty import cover
from clerk_app.office.office import Done, Session
from clerk_app.office.signing_in import sign_in
from clerk_app.ports import SessionGrant
from tests.desk import CutCentre, cut_office
from tests.sync.scripted import ScriptedCentre
from tests.ui import test_desk
from tests.ui.one_desk import other_books
from ui.duty.away.page import AwayPage
from ui.duty.lock.page import LockPage

one, desk = test_desk.one, test_desk.desk
WORD = training_password("P203")


@pytest.fixture
def office(one, tmp_path):
    """The line is cut after her first sign-in: this machine judges her password."""
    office = cut_office(tmp_path)
    office.session = None
    centre = ScriptedCentre(sessions=(lambda asked: SessionGrant(person=asked[0]),))
    office.parts = replace(office.parts, centre=centre)
    assert isinstance(sign_in(office, "P203", WORD), Session)
    office.parts = replace(office.parts, centre=CutCentre())
    return other_books(one, office)


def sit(desk, office, person, window, post):
    """Another person at this desk, as after a sign-in."""
    roster = office.hall.roster
    office.session = replace(office.session, person=roster.people[person], seat=Seat(window=window, post=post))
    desk._enter(office.session)


def rail(desk):
    return [b.key for b in desk.shell.rail.findChildren(QWidget) if hasattr(b, "key") and b.isVisible()]


def kinds(office):
    return [row.kind for row in office.parts.vault.journal.rows((), 20)]


def test_ctrl_o_covers_the_desk_and_only_the_secret_uncovers_it(qtbot, desk, office):
    qtbot.keyClick(desk.shell, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desk.window.currentWidget(), LockPage)
    assert office.session is not None
    desk.covers.lock._ask("not-it")
    qtbot.waitUntil(lambda: desk.background.idle)
    assert isinstance(desk.window.currentWidget(), LockPage)
    desk.covers.lock._ask(WORD)
    qtbot.waitUntil(lambda: desk.window.currentWidget() is desk.shell)


def test_ctrl_l_pauses_asks_and_signs_out_once_answered(qtbot, desk, office):
    qtbot.keyClick(desk.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desk.window.currentWidget(), AwayPage)
    qtbot.waitUntil(lambda: desk.covers.away._view.phase == "asking")
    assert kinds(office)[0] == "pause_window"
    desk.covers.away.answer("short")
    qtbot.waitUntil(lambda: office.session is None)
    assert {"record_absence", "record_sign_out"} <= set(kinds(office))
    assert isinstance(desk.window.currentWidget(), AwayPage)
    desk.covers.away.come_back(WORD)
    qtbot.waitUntil(lambda: desk.window.currentWidget() is desk.shell)
    assert office.session.person.id == "P203"
    assert "resume_window" in kinds(office)


@pytest.mark.parametrize(
    ("person", "window", "post", "first", "hidden"),
    [
        ("P203", 2, "A1", "today", {"audit"}),
        ("P201", 21, "R-SJJ", "sealing", set()),
        ("P110", 2, "", "audit", {"today", "watch", "counter", "cases", "form", "sealing", "printing", "sync", "duty"}),
    ],
)
def test_each_persons_desk_has_his_own_pages_and_begins_where_his_work_is(
    qtbot, desk, office, person, window, post, first, hidden
):
    sit(desk, office, person, window, post)
    qtbot.waitUntil(lambda: desk.background.idle)
    assert desk.shell.current_page() == first
    shown = rail(desk)
    assert first in shown
    assert hidden.isdisjoint(shown)
    assert "board" in shown
    for key in hidden:
        assert not desk.shell._shortcuts[key].isEnabled()


def test_the_page_of_posts_is_called_as_the_hall_calls_it(desk):
    assert desk.shell.rail.findChild(QWidget, "rail-board").accessibleName().startswith("岗位AB岗")


def test_for_whom_one_acts_stands_on_the_top_line_as_long_as_one_does(qtbot, desk, office):
    sit(desk, office, "P204", 2, "A1")
    qtbot.waitUntil(lambda: desk.background.idle)
    assert desk._acting == ("", "")
    assert isinstance(cover.record_absence(office, "P203", "去开会"), Done)
    stepped = cover.step_in(office, "A1", "她去开会", provisional=True)
    assert not isinstance(stepped, Refusal), stepped
    qtbot.waitUntil(lambda: "代 许可心" in desk._acting[0])
    office.parts.clock.moment += timedelta(hours=14)
    desk._tick()
    qtbot.waitUntil(lambda: desk._acting == ("", ""))
