"""整张桌 one real desk with something on every page: who sits down where, and each page and view he turns to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from clerk_app.duty.model import Seat
from clerk_app.office.counter.asking import open_first_asked
from clerk_app.office.line.attaching import attach_read
from clerk_app.office.office import Office, Session
from clerk_app.office.oversight.settling import hand_over
from clerk_app.office.running import Running
from clerk_app.queueing.model import Ticket
from printers.desk import desk_lane
from tests.cases.inbox.messages import application, booking, precheck, scan
from tests.machines_pretended import PretendMachines, PretendShelf
from tests.office import given_out
from tests.outward_pretended import PretendOutward
from tests.oversight.some_cards import card
from tests.ui import at_stake
from tests.ui.back_entry import paper
from tests.ui.fees.till import bill_of
from tests.ui.hall import busy_hall
from tests.ui.handing.results import sealed_case, shelved
from tests.ui.inbox.came import come
from tests.ui.kiosk_pages import ticket_pages
from tests.ui.sealing.desk import accepted, proposed, sealed, sealing_office
from tests.ui.test_desk import paper as slips
from tests.visits import done, receive, take
from ui.desk import Desk
from ui.front_door import FrontDoor
from ui.inbox.house import InboxHouse
from ui.kiosk.window import KioskWindow
from ui.late_house import LateHouse
from ui.oversight.rating_window import RatingWindow
from ui.oversight.view import RatingView
from ui.receipts.large_paper import LargePaper
from ui.receipts.view import PaperView
from ui.registration.citizen import CitizenWindow
from ui.rooms import Hands
from ui.tour.hands import until
from ui.training.printer_window import PrinterWindow
from ui.widgets.segments import Segment
from ui.widgets.views_house import ViewsHouse
from ui.windowscreen.screen import WindowScreen

PHONE = "13900000421"
CLERK, CHIEF, MANAGER, SUPERVISOR = ("P203", 2), ("P201", 21), ("P101", 21), ("P109", 21)
CASHIER, DISPATCHER = ("P111", 11), ("P108", 12)


RECEIVE, CASE, LIST, WHOLE, SHEET, SEALED = "receive", "case", "list", "whole", "sheet", "sealed"
LOOKS = {"counter": (RECEIVE, CASE), "cases": (LIST, WHOLE), "form": ("", SHEET)}
"""What a page of one view looks like besides, in the order it comes about."""


@dataclass(frozen=True)
class Place:
    """A page (and one of its views) in front of a person."""

    who: tuple[str, int]
    page: str
    view: str = ""

    def __str__(self) -> str:
        return f"{self.page}{'/' if self.view else ''}{self.view}@{self.who[0]}"


def _filled(folder: Path) -> tuple[Office, dict[str, str]]:
    """Every page has something to show: papers on their way, somebody at the window, what is overdue, due and asked."""
    office = sealing_office(folder)
    office.parts.clock.set(busy_hall.at(9))
    machines = PretendMachines(busy_hall.NOW)
    office.parts = replace(office.parts, machines=machines, setup_shelf=PretendShelf())
    office.parts = replace(office.parts, outward=PretendOutward(busy_hall.NOW))
    first = proposed(office)
    sealed(office, first)
    cases = {
        SEALED: first.id,
        WHOLE: proposed(office, "江州青杉文化传播有限公司").id,
        SHEET: accepted(office, "江州岚栎舟信息技术有限公司").id,
    }
    clashing = accepted(office, "江州明湖商贸有限公司", filled=False)
    given_out.some(office, cases[WHOLE])
    for _ in range(6):
        take(office)
    done(open_first_asked(office, "8", "税的事", phone=PHONE))
    done(hand_over(office, "case:nobody", "群众在窗口等，这件两边说法不一样。"))
    busy_hall.fill(office)
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_card(card("k1", person="P203"))
    for serial in (1, 2):
        bill_of(office, serial)
    paper.kit_in_use(office, folder)
    come(office, application(), precheck(), booking(day=f"{busy_hall.NOW:%Y-%m-%d}"), opened=True)
    at_stake.put(office, clashing.id)
    done(attach_read(office, cases[WHOLE], "公司章程.pdf", BytesIO(scan("公司章程"))))
    session = office.session
    assert session is not None
    person, window = DISPATCHER
    seat = replace(session.seat, window=window, post="J1")
    office.session = replace(session, person=office.hall.roster.people[person], seat=seat)
    for serial, days in ((47, 0), (48, 12)):
        shelved(office, sealed_case(office, serial, days=days), f"00{serial}", days=days)
    return office, cases


class WholeDesk:
    """The desk, whoever sits at it, and what he looks at."""

    def __init__(self, office: Office, cases: dict[str, str]) -> None:
        self.office, self.cases, self._serial = office, cases, 60
        running = Running(office, desk_lane(office.parts.vault.spool, ""))
        self.door = FrontDoor({}, training=True)
        self.desk = Desk(office, Hands(running, slips), self.door)
        self.who = ("", 0)

    def open(self) -> None:
        self.door.window.show()
        self.door.window.activateWindow()
        until(self.door.window.isActiveWindow, "前门")

    @property
    def window(self) -> QWidget:
        return self.door.window

    def settle(self) -> None:
        """Everything asked has landed, and was laid out and painted."""
        for _ in range(2):
            QApplication.processEvents()
            until(lambda: self.desk.background.idle, "后台", 60)
        QApplication.processEvents()

    def sit(self, who: tuple[str, int]) -> None:
        """Somebody sits down at a window."""
        if who == self.who:
            return
        person, window = who
        roster = self.office.hall.roster
        seat = roster.seat_of(person, window) or roster.role_seat_of(person, window) or Seat(window=window, post="")
        session: Any = self.office.session
        assert isinstance(session, Session)
        self.office.session = replace(session, person=roster.people[person], seat=seat)
        self.who = who
        self.desk._enter(self.office.session)
        self.settle()

    def house(self, page: str) -> QWidget:
        widget = self.desk.shell._pages[page].widget
        if isinstance(widget, LateHouse):
            until(lambda: widget.built, page)
            return widget.house
        return widget

    def views(self, page: str) -> tuple[str, ...]:
        house = self.house(page)
        if not isinstance(house, ViewsHouse):
            return LOOKS.get(page, ("",))
        return tuple(segment.key for segment in house.segments.findChildren(Segment))

    def _look(self, view: str) -> None:
        """What is no view of a house: the counter with nobody's case yet and with one, a case opened whole, its form."""
        rooms = self.desk.rooms
        if view == RECEIVE:
            self.away(self._somebody_else_stands_there)
            rooms.counter.refresh()
        elif view == CASE:
            self.away(self._received)
            rooms.counter.refresh()
        elif view == LIST:
            rooms.cases_page.show_list()
        elif view in (WHOLE, SEALED):
            rooms.cases.open_whole(self.cases[view])
        elif view == SHEET:
            rooms.form.open_case(self.cases[SHEET])

    def _received(self) -> None:
        ticket = self._served()
        if self.office.read(lambda books: books.case_of_ticket(ticket.id)) is None:
            receive(self.office, ticket)

    def away(self, job: Callable[[], object]) -> None:
        """Done at the books as others do it: not on the screen's thread."""
        self.desk.background.run(job, lambda _: None)
        self.settle()

    def nobody_there(self) -> None:
        """Whoever stood at the window is served."""
        before, now = self._served(), self.office.parts.clock.now()
        with self.office.parts.vault.unit(self.office.hall) as work:
            work.books.put_ticket(replace(before, state="finished", ended_at=now, outcome="handled"))

    def _served(self) -> Ticket:
        found = self.office.read(lambda books: books.open_call_at(CLERK[1], busy_hall.NOW.date()))
        assert found is not None
        return found

    def _somebody_else_stands_there(self) -> None:
        before = self._served()
        self.nobody_there()
        self._serial += 1
        after = replace(before, id=f"next-{self._serial}", serial=self._serial, number=f"A{self._serial}")
        with self.office.parts.vault.unit(self.office.hall) as work:
            work.books.put_ticket(after)

    def places(self) -> Iterator[Place]:
        """Every page with every view, each before somebody whose page it is."""
        whose = {
            CLERK: ("counter", "cases", "form", "printing", "sync", "today", "back_entry", "inbox", "settings"),
            CHIEF: ("sealing", "register"),
            MANAGER: ("duty", "board", "audit", "watch", "hall", "managing"),
            SUPERVISOR: ("audit",),
            CASHIER: ("fees",),
            DISPATCHER: ("handing",),
        }
        for who, pages in whose.items():
            self.sit(who)
            for page in pages:
                yield from (Place(who, page, view) for view in self.views(page))

    def turn(self, place: Place) -> QWidget:
        """This page in front, as it is when everything has come."""
        self.sit(place.who)
        self.desk.shell.show_page(place.page)
        page = self.house(place.page)
        if isinstance(page, ViewsHouse):
            page.show_view(place.view)
        elif place.view:
            self._look(place.view)
        self.settle()
        return page

    def beside(self) -> Iterator[tuple[str, QWidget]]:
        """What lies over the pages or stands beside them, each as it comes up: sheets, covers, and windows of others."""
        self.sit(CLERK)
        self.desk.shell.show_page("counter")
        self.settle()
        yield "登录", self.door.page
        yield from self._sheets()
        covers = self.desk.covers
        covers._cover()
        self.settle()
        yield "锁屏", covers._lock_page
        covers._uncover()
        self.desk.go_away()
        self.settle()
        yield "暂离", covers._away_page
        self.who = ("", 0)
        self.sit(CLERK)
        yield "原件", self._paper()
        yield "附件", self._attachment()
        yield from self._windows()

    def _paper(self) -> QWidget:
        """What came from outside, opened."""
        inbox = self.turn(Place(CLERK, "inbox", "inbox"))
        assert isinstance(inbox, InboxHouse)
        page = inbox.pages["application"]
        page.papers_wanted.emit(page.table().rows()[0].id)
        self.settle()
        return page

    def _attachment(self) -> QWidget:
        """What lies in a case, opened where it is authorised."""
        self.desk.shell.show_page("sealing")
        self.desk.rooms.sealing.open_case(self.cases[WHOLE])
        self.settle()
        page = self.desk.rooms.sealing_page
        page.look.click()
        self.settle()
        assert page.stage.reading()
        return page

    def _sheets(self) -> Iterator[tuple[str, QWidget]]:
        shell, finding = self.desk.shell, self.desk.finding
        shell._open_keys()
        yield "按键", shell._sheet
        shell._sheet.hide()
        finding.palette.open()
        self.settle()
        yield "找", finding.palette.sheet
        finding.palette.sheet.hide()
        finding.first_steps.open()
        self.settle()
        yield "走一遍", finding.first_steps
        finding.first_steps.shut()

    def _windows(self) -> Iterator[tuple[str, QWidget]]:
        bar = self.desk.rooms.queue.calls.bar.bar
        rating, kiosk = RatingWindow(), KioskWindow()
        rating.render(RatingView(ticket="A061"))
        windows = {
            "叫号条": bar,
            "评价": rating,
            "演练小票机": PrinterWindow(),
            "窗口屏": WindowScreen(),
            "群众屏": CitizenWindow(),
            "给他看": LargePaper(
                PaperView(title="受理回执", spoken="受理回执 JZ20261120-00001", code="JZ20261120-00001")
            ),
        }
        for name, window in windows.items():
            window.show()
            self.settle()
            yield name, window
            window.hide()
        kiosk.resize(1366, 768)
        kiosk.show()
        kiosk.show_ticket("A061")
        for page in ticket_pages():
            kiosk.pages.addWidget(page)
        for place in range(kiosk.pages.count()):
            kiosk.pages.setCurrentIndex(place)
            self.settle()
            yield f"自助机{place}", kiosk
        kiosk.close()

    def close(self) -> None:
        self.desk.close()
        self.office.parts.vault.close()


@contextmanager
def whole_desk(folder: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(*_filled(folder))
    try:
        made.open()
        yield made
    finally:
        made.close()
