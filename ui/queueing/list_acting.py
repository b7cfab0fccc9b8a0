"""名单的事 the four lists of the line, one ticket's story, and what is done with it from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.counter import calling, ticketing
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.queueing.story import story
from ui.background import Background
from ui.language import tr
from ui.queueing.lists_pane import ListsPane
from ui.queueing.lists_view import LIST_WORDS, ListKey
from ui.queueing.one_act import OneAct, Told
from ui.queueing.page import CounterPage
from ui.queueing.state import Calls
from ui.queueing.telling_lists import LineDay, tell_lists
from ui.widgets.over_page import OverPage

MOST_OVER = 60


class ListActs(QObject):
    """名单 over the counter page; `right_wanted(ticket)` asks why somebody comes next, `refused(why)` says why not."""

    right_wanted = Signal(object)
    refused = Signal(str)

    def __init__(self, office: Office, beat: Beater, background: Background, one: OneAct, page: CounterPage) -> None:
        super().__init__(one)
        self._office, self._beat, self._background, self._one = office, beat, background, one
        self.pane = self._lists = ListsPane()
        self._over = OverPage(page, self._lists)
        self._shown: ListKey = "waiting"
        self._chosen = ""
        self._day: LineDay | None = None
        self._lists.list_wanted.connect(self._show_list)
        self._lists.row_wanted.connect(self._choose)
        self._lists.act_wanted.connect(self._on_act)
        self._lists.refused.connect(self.refused)
        self._lists.closed.connect(self.close)
        self.close()

    @Slot()
    def close(self) -> None:
        """Not looked at any more."""
        self._over.hide()

    @Slot()
    def open_lists(self) -> None:
        """名单."""
        if self._lists.isVisible():
            self.close()
            return
        self.close()
        self._read(self._over.show)

    @Slot(str)
    def _show_list(self, key: str) -> None:
        self._shown = next(one for one in LIST_WORDS if one == key)
        self._chosen = ""
        self._read()

    @Slot(str)
    def _choose(self, ticket: str) -> None:
        if ticket != self._chosen:
            self._chosen = ticket
            self._read()

    def _read(self, then: Callable[[], object] = lambda: None) -> None:
        office, shown, chosen = self._office, self._shown, self._chosen

        def read() -> LineDay:
            calls = Calls(self._beat.line, self._beat.dealt)  # asked first: the beat looks into the store by itself
            return office.read(lambda books: self._day_of(books, calls, shown, chosen))

        def show(day: LineDay) -> None:
            self._day = day
            view = tell_lists(day, office.hall, shown, chosen)
            self._chosen = view.chosen
            self._lists.render(view)
            then()

        self._background.run(read, show)

    def _day_of(self, books: Books, calls: Calls, shown: ListKey, chosen: str) -> LineDay:
        now, window = self._office.parts.clock.now(), self._office.window
        waiting = calling.waiting_now(self._office, books, calls.line, dealt=calls.dealt)
        letters = tuple(self._office.hall.queue.letters)
        parked = {t.id for t in calling.held_here(self._office, books)}
        today = books.tickets_of(now.date(), letters)
        mine = [t for t in today if t.window == window or t.state == "passed" or t.id in parked]
        others = sorted(
            (t for t in mine if t.state not in ("waiting", "called", "serving", "issuing")),
            key=lambda t: t.ended_at or t.taken_at,
            reverse=True,
        )
        current = books.open_call_at(window, now.date())
        day = LineDay(
            now=now,
            window=window,
            busy=current.number if current is not None else "",
            waiting=waiting,
            others=tuple(others[:MOST_OVER]),
            cut=calls.alone,
        )
        tickets = day.of(shown)
        ticket = next((one for one in tickets if one.id == chosen), tickets[0] if tickets else None)
        told = story(ticket, self._office.hall.roster.name_of, books.papers_served(now.date())) if ticket else ()
        return replace(day, story=told)

    @Slot(str)
    def _on_act(self, act: str) -> None:
        office, beat, key = self._office, self._beat, self._chosen
        ticket = next((t for t in (*self._day.waiting, *self._day.others) if t.id == key), None) if self._day else None
        if ticket is None:
            return
        if act == "right":
            self.close()
            self.right_wanted.emit(ticket)
            return
        acts: dict[str, tuple[Callable[[], Outcome], str]] = {
            "call": (lambda: calling.call_chosen(office, beat, key), tr("{number} 已叫号。", number=ticket.number)),
            "resume": (lambda: calling.resume(office, key), tr("{number} 接着办。", number=ticket.number)),
            "rejoin": (lambda: calling.rejoin(office, key), tr("{number} 重排了。", number=ticket.number)),
            "reprint": (lambda: ticketing.reprint(office, key), tr("{number} 的号票在补打。", number=ticket.number)),
        }
        do, told = acts[act]
        self.close()
        self._one.do(do, Told(told, undoable=key if act == "rejoin" else ""), net=act != "resume")
