"""收件箱 by keys: what waits is oldest first; taken in with or without its person, a booking becomes a ticket once, or it is said what lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clerk_app.cases.inbox.rules import InboxRules
from clerk_app.cases.model import Applicant
from clerk_app.office.counter import inbox, intake
from clerk_app.office.counter.inbox import came_with, desk, ticket_of
from clerk_app.office.duty.pages import INBOX, pages_in
from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.office import Office
from tests.cases.inbox.messages import ITEM, PAPERS, application, booking, precheck, whole
from tests.desk import cut_office
from tests.ui.inbox.came import come
from tests.visits import done, serve
from ui.background import Background
from ui.inbox.house import VIEWS, InboxHouse
from ui.inbox.room import InboxRoom
from ui.inbox.room import inbox as the_inbox
from ui.inbox.telling import CHECK_IN, MISSING, NOT_TAKE, REASON
from ui.queueing.receive_pane import ReceivePane
from ui.queueing.state import load_state
from ui.queueing.telling import tell_counter
from ui.queueing.view import ReceiveView

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def at(qtbot, office: Office, front: Callable[..., QWidget]):
    background = Background()
    *_, built = the_inbox(office, background)
    assert built is not None
    house, room = built
    assert isinstance(house, InboxHouse)
    assert isinstance(room, InboxRoom)
    heard = SimpleNamespace(said=[], waiting=[], to_counter=[], to_case=[])
    room.said.connect(lambda text, good: heard.said.append((text, good)))
    room.waiting.connect(heard.waiting.append)
    room.counter_wanted.connect(lambda: heard.to_counter.append(True))
    room.case_wanted.connect(heard.to_case.append)
    house.resize(1290, 700)
    front(house)

    def settle() -> None:
        for _ in range(3):
            qtbot.waitUntil(lambda: background.idle)

    def start(kind: str = "application"):
        room.start()
        settle()
        house.show_view(VIEWS[kind])
        page = house.pages[kind]
        if page.table().rows():
            page.row_chosen.emit(page.table().rows()[0].id)
        return page

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(house, key, CTRL)
        settle()

    yield SimpleNamespace(start=start, press=press, settle=settle, house=house, room=room, **vars(heard))
    background.close()


def row_of(office: Office, key: str):
    return office.read(lambda books: books.inbox_item(key))


def test_a_hall_that_takes_nothing_from_outside_has_no_such_page(office):
    hall, clerk, cashier = office.hall, office.session.person, office.hall.roster.people["P111"]
    assert INBOX in pages_in(hall, clerk)
    assert INBOX not in pages_in(hall, cashier), "who takes nothing in"
    assert INBOX not in pages_in(replace(hall, inbox=InboxRules()), clerk)


def test_what_waits_is_oldest_first_and_too_late_is_said(at, office):
    week = office.parts.clock.now() - timedelta(days=9)
    come(office, application("WS000002"), booking("YY000002", day="2026-11-25"))
    (old,) = come(office, application("WS000001"), came_at=week)
    page = at.start()
    first, second = page.table().rows()
    assert (first.id, first.cell(1).text, first.cell(1).tone) == (old, "过期没答复", "red")
    assert second.cell(1).text == "今天来的"
    assert at.waiting[-1] == 2, "a booking of another day is no work of today"
    assert "2026-11-" not in first.summary()
    assert "429900199001011234" not in first.summary()


def test_taken_in_with_nobody_here_it_is_a_case_with_its_papers(at, office):
    names = tuple(m.name for m in office.hall.items[ITEM].materials)
    (key, short) = come(office, whole(names), application("WS000002"), opened=True)
    at.start()
    for _ in (*names, "看完了", "收件"):
        at.press(Qt.Key.Key_Return)
    row = row_of(office, key)
    case = office.read(lambda books: books.case(row.case))
    assert at.said[-1] == ("收件了，材料记作电子件。接着在办件里审、受理。", True)
    assert at.to_case == [case.id]
    assert (case.state, case.applicant.id_number, case.ticket) == ("received", "429900199001011234", "")
    assert {m.name for m in case.materials if m.brought_as == "electronic"} == set(names)
    assert (row.state, row.applicant.id_number) == ("taken", "")
    refusal = inbox.receive(office, short)
    assert refusal.type == "inbox-lacking"
    assert row_of(office, short).waiting, "nobody here can add what lacks"


def test_taken_in_for_who_stands_here_the_receive_page_is_filled(at, office, qtbot):
    (key,) = come(office, application(), opened=True)
    ticket = serve(office)
    at.start()
    for _ in (*PAPERS, "看完了", "收件"):
        at.press(Qt.Key.Key_Return)
    assert (at.to_counter, at.to_case) == ([True], [])
    state = load_state(office, lambda: LineState(connected=False), lambda: PrinterState(ready=False, said=""))
    state = replace(state, came=came_with(office, state.case))
    work = tell_counter(state, office.hall, None, False).work
    assert isinstance(work, ReceiveView)
    pane = ReceivePane()
    qtbot.addWidget(pane)
    pane.render(work)
    form = pane.form()
    assert (form.name, form.id_number, form.brought) == ("卢桂珍", "429900199001011234", PAPERS)
    assert dict(form.brought_as) == dict.fromkeys(PAPERS, "electronic")
    who = Applicant(name=form.name, id_number=form.id_number, phone=form.phone)
    brought = intake.Brought(papers=form.brought, brought_as=dict(form.brought_as))
    done(intake.receive(office, ticket.id, form.item, who, brought, draft=state.case.id))
    assert row_of(office, key).case == state.case.id


def test_what_was_only_taken_goes_back_and_waits_again(at, office):
    (key,) = come(office, application())
    serve(office)
    at.start()
    at.press(Qt.Key.Key_Return)
    assert desk(office).lately[0].open_here
    at.press(Qt.Key.Key_B)
    assert at.said[-1] == ("放回收件箱了，别的窗口也能收。", True)
    assert row_of(office, key).waiting


def test_not_taken_needs_the_reason_and_everything_that_lacks(at, office):
    (key,) = come(office, application())
    page = at.start()
    at.press(Qt.Key.Key_B)
    at.press(Qt.Key.Key_Return)
    assert at.said[-1][1] is False
    assert row_of(office, key).waiting
    assert "住所" in page.detail.field(MISSING).text(), "what did not come is named already"
    page.detail.field(REASON).set_text("材料不齐")
    page.detail.field(MISSING).set_text("住所证明；章程缺签名")
    at.press(Qt.Key.Key_Return)
    assert row_of(office, key).missing == ("住所证明", "章程缺签名")
    assert at.said[-1] == ("没有收，一次性告知会由平台转给申请人。", True)


def test_who_has_booked_is_found_by_his_phone_and_gets_one_ticket(at, office):
    (key, other) = come(office, booking(), booking("YY000009", applicant={"name": "王*", "phone": "13900001111"}))
    page = at.start("booking")
    page.searched.emit("0421")
    at.press(Qt.Key.Key_Return)
    ticket = ticket_of(office, key)
    assert ticket.number.startswith("YA")
    assert ticket.appointment.hour == 9
    assert (row_of(office, key).state, row_of(office, other).state) == ("taken", "waiting")
    page.searched.emit("0421")
    assert page.search.finding() == "没有找到在等的"
    page.row_chosen.emit(key)
    assert page.detail.button(CHECK_IN) is None
    assert page.detail.button(NOT_TAKE) is None


def test_a_pre_check_waits_for_its_person(at, office):
    (key,) = come(office, precheck())
    page = at.start("precheck")
    at.press(Qt.Key.Key_Return)
    assert row_of(office, key).waiting
    assert at.said[-1][1] is False
    ticket = serve(office)
    at.room.refresh()
    at.settle()
    page.row_chosen.emit(key)
    at.press(Qt.Key.Key_Return)
    assert row_of(office, key).ticket == ticket.id
    assert not any(m.brought_at for m in office.read(lambda books: books.case_of_ticket(ticket.id)).materials)
